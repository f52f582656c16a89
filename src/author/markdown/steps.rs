//! The blocks of a way out → its typed plan.
//!
//! What authors write: `## Before`, `## Run` or `## Do`, `## Deploy`, `## Check`, `## Prevent`, and under each the steps, `### What to
//! do {#stable-id}`. What a step says stands below its heading. A paragraph that begins with one of these words and a colon says
//! more about it, each at most once:
//! - `Needs: writers-stopped, data-safe`: earlier steps that must be ticked before this one is shown;
//! - `Done: Everything that writes is stopped.`: what the reader confirms by the tick, where another step needs this one;
//! - `Expect:` what it prints, `Verify:` how to see that it worked, `Undo:` how to take it back;
//! - `Risk:` with `reversible`, `migrates`, `interrupts` or `destructive`: what this step can do to data, nothing when left out;
//! - `Plan: free` or `Plan: paid`: the plan of the host it is for.
//!
//! What a program that carries the step out has to know stands behind the id ([`super::step_data`]).

use std::collections::BTreeMap;

use super::nearest::did_you_mean;
use super::sql;
use super::step_data::{Attributes, step_data};
use super::text::File;
use crate::engine::page::{Block, Form, Inline, Values, every_block, fill_lines, plain};
use crate::engine::plan::data::StepData;
use crate::engine::plan::{Group, Note, Only, Step, runs_in, steps};
use crate::engine::risk::Risk;
use crate::engine::sql::Edition;

/// The fixed groups of steps, in their order.
pub(super) const GROUPS: [&str; 6] = ["Before", "Run", "Do", "Deploy", "Check", "Prevent"];

/// The words a paragraph may begin with to say more about its step.
const LABELS: [&str; 7] = ["Needs", "Done", "Expect", "Verify", "Undo", "Risk", "Plan"];

/// What every step that deletes data needs: nothing writes any more, an empty database can be built, the data is not missed.
const BEFORE_DELETING: [&str; 3] = ["writers-stopped", "migrations-build", "data-safe"];

/// Reads the plan of a way out that can do `risk` to data; `from` is where the body begins.
pub(super) fn plan(
    file: &mut File<'_>,
    from: usize,
    blocks: Vec<(Block, usize)>,
    risk: Risk,
) -> (Vec<Group>, BTreeMap<String, StepData>) {
    let mut reader = PlanReader {
        file,
        groups: Vec::new(),
        groups_at: Vec::new(),
        places: Vec::new(),
        attributes: Vec::new(),
        last: None,
    };
    for (block, at) in blocks {
        reader.block(block, at);
    }
    reader.groups_agree(from);
    reader.steps_agree(risk);
    let data = reader.data();
    (with_what_runs(reader.groups), data)
}

struct PlanReader<'r, 'f> {
    file: &'r mut File<'f>,
    groups: Vec<Group>,
    /// Where each group begins.
    groups_at: Vec<usize>,
    /// Where each step stands, and where its needs do, in order.
    places: Vec<(usize, usize)>,
    /// What stands behind each step's id, in order.
    attributes: Vec<Attributes>,
    /// The place of the last group in [`GROUPS`].
    last: Option<usize>,
}

impl PlanReader<'_, '_> {
    fn block(&mut self, block: Block, at: usize) {
        match block {
            Block::Heading { level: 1, .. } => {
                self.file.problem(at, "the steps have no title of their own", "put it in the front matter as `title`");
            }
            Block::Heading { level: 2, inlines, .. } => self.group(words(&inlines), at),
            Block::Heading { level: 3, id, inlines } => self.step(id, inlines, at),
            other => self.inside(other, at),
        }
    }

    fn group(&mut self, title: String, at: usize) {
        let place = GROUPS.iter().position(|group| *group == title);
        if place.is_none() {
            self.file.problem(at, format!("unknown group of steps `{title}`"), did_you_mean(&title, GROUPS));
        } else if place <= self.last {
            let suggestion = format!("keep the order {}", GROUPS.join(", "));
            self.file.problem(at, format!("`{title}` stands in the wrong place"), suggestion);
        }
        self.last = place.max(self.last);
        self.groups_at.push(at);
        self.groups.push(Group { id: title.to_lowercase(), title, steps: Vec::new() });
    }

    fn step(&mut self, id: String, title: Vec<Inline>, at: usize) {
        let text = self.file.text;
        let line = text.get(at..).and_then(|rest| rest.split('\n').next()).unwrap_or_default();
        let behind = line.rfind("{#").and_then(|begin| {
            let begin = line.get(begin..)?.find(' ')? + begin;
            Some((line.get(begin..)?.trim_end().strip_suffix('}')?, at + begin))
        });
        let attributes =
            behind.map_or_else(Attributes::default, |(written, at)| Attributes::read(self.file, written, at));
        if !line.trim_end().ends_with('}') {
            let suggestion = format!("end it with one that stays when the words change: `{{#{id}}}`");
            self.file.problem(at, "this step has no id of its own", suggestion);
        }
        let Some(group) = self.groups.last_mut() else {
            return self.file.problem(
                at,
                "a step before the first group",
                "begin with `## Before`, `## Run` or `## Do`",
            );
        };
        let (needs, does, notes) = (Vec::new(), Vec::new(), Vec::new());
        group.steps.push(Step { id, title, needs, does, runs: None, done: None, notes, risk: Risk::None, only: None });
        self.places.push((at, at));
        self.attributes.push(attributes);
    }

    /// The data of every step, by its id.
    fn data(&mut self) -> BTreeMap<String, StepData> {
        let file = &mut *self.file;
        let all = steps(&self.groups).zip(&self.places).zip(&self.attributes);
        all.map(|((step, (at, _)), attributes)| (step.id.clone(), step_data(file, step, attributes, *at))).collect()
    }

    /// What stands below a heading: part of the step, or more about it.
    fn inside(&mut self, block: Block, at: usize) {
        let Some(group) = self.groups.last_mut() else {
            let suggestion = "begin with `## Before`, `## Run` or `## Do`";
            return self.file.problem(at, "text before the first group of steps", suggestion);
        };
        let Some(step) = group.steps.last_mut() else {
            let suggestion = "begin the step with a line `### What to do {#its-id}`";
            return self.file.problem(at, "text that belongs to no step", suggestion);
        };
        let Block::Paragraph(inlines) = block else { return step.does.push(block) };
        let Some((label, value)) = labelled(&inlines) else { return step.does.push(Block::Paragraph(inlines)) };
        let value_at = at + label.len() + 2;
        let words = words(&value);
        match label.as_str() {
            "Needs" if step.needs.is_empty() => {
                step.needs = words.split(',').map(|id| id.trim().to_owned()).collect();
                if let Some(place) = self.places.last_mut() {
                    place.1 = value_at;
                }
            }
            "Done" if step.done.is_none() => step.done = Some(value),
            "Expect" | "Verify" | "Undo" if step.note(note(&label)).is_none() => step.notes.push((note(&label), value)),
            "Risk" if step.risk == Risk::None => step.risk = step_risk(self.file, &words, value_at),
            "Plan" if step.only.is_none() => step.only = only(self.file, &words, value_at),
            known if LABELS.contains(&known) => {
                self.file.problem(at, format!("`{known}:` stands twice in this step"), "say it once");
            }
            other => {
                let suggestion =
                    format!("{} In a step a word and a colon begin one of these.", did_you_mean(other, LABELS));
                self.file.problem(at, format!("`{other}:` says nothing known about a step"), suggestion);
            }
        }
    }

    fn groups_agree(&mut self, from: usize) {
        let has = |id: &str| self.groups.iter().any(|group| group.id == id);
        let (acts, checks) = (has("run") != has("do"), has("check"));
        if !acts {
            let suggestion = "`Run` when SQL is run, else `Do`";
            self.file.problem(from, "one of `## Run` and `## Do` must be there", suggestion);
        }
        if !checks {
            self.file.problem(from, "there is no `## Check`", "say how the reader sees that it worked");
        }
        for (group, at) in self.groups.iter().zip(&self.groups_at).filter(|(group, _)| group.steps.is_empty()) {
            let suggestion = "add a line `### What to do {#its-id}`";
            self.file.problem(*at, format!("there is no step in `{}`", group.title), suggestion);
        }
    }

    /// What steps say about each other and about data.
    fn steps_agree(&mut self, risk: Risk) {
        let mut before: Vec<&Step> = Vec::new();
        let mut most = Risk::None;
        for (step, (at, needs_at)) in steps(&self.groups).zip(&self.places) {
            needs_agree(self.file, step, &before, *needs_at);
            risk_agrees(self.file, step, risk, *at);
            most = most.max(step.risk);
            before.push(step);
        }
        let first = self.places.first();
        if let Some((at, _)) = first.filter(|_| most < risk) {
            let message = format!("the way out has `risk = \"{}\"`, but none of its steps says so", risk.id());
            self.file.problem(*at, message, format!("write `Risk: {}` in the step that has it", risk.id()));
        }
    }
}

/// What a step needs was there before, and can be confirmed.
fn needs_agree(file: &mut File<'_>, step: &Step, before: &[&Step], at: usize) {
    for id in &step.needs {
        match before.iter().find(|earlier| earlier.id == *id) {
            None => {
                let suggestion = did_you_mean(id, before.iter().map(|earlier| earlier.id.as_str()));
                file.problem(at, format!("no step before this one has the id `{id}`"), suggestion);
            }
            Some(earlier) if earlier.done.is_none() => {
                let suggestion = format!("add `Done: …` to `{id}`: what the reader confirms, as a sentence");
                file.problem(
                    at,
                    format!("the step `{id}` is needed, but says not what is so when it is done"),
                    suggestion,
                );
            }
            Some(_) => {}
        }
    }
}

fn risk_agrees(file: &mut File<'_>, step: &Step, most: Risk, at: usize) {
    let deletes = every_block(&step.does).into_iter().any(shows_deleting_sql);
    if deletes && step.risk != Risk::Destructive {
        file.problem(at, "this step shows SQL that deletes data", "add `Risk: destructive`, and what it needs");
    }
    if step.risk > most {
        let message = format!("the step's risk is `{}`, that of the way out is less", step.risk.id());
        file.problem(at, message, format!("write `risk = \"{}\"` in the front matter", step.risk.id()));
    }
    if step.risk != Risk::None && step.note(Note::Undo).is_none() {
        file.problem(
            at,
            "this step changes data and says not how to take it back",
            "add `Undo: …`, also when it cannot be",
        );
    }
    if step.risk != Risk::None && step.note(Note::Expect).or(step.note(Note::Verify)).is_none() {
        file.problem(
            at,
            "this step changes data and says not how to see that it worked",
            "add `Expect: …` or `Verify: …`",
        );
    }
    if step.risk == Risk::Destructive {
        for id in BEFORE_DELETING.into_iter().filter(|id| !step.needs.iter().any(|need| need == id)) {
            let suggestion = format!("add `{id}` to `Needs:`, and a step with that id before");
            file.problem(at, format!("this step deletes data and does not need `{id}`"), suggestion);
        }
    }
}

/// The groups, each step with the generated SQL that runs in it.
fn with_what_runs(mut groups: Vec<Group>) -> Vec<Group> {
    let runs: Vec<Option<Edition>> = steps(&groups).map(|step| runs_in(step, &groups)).collect();
    for (step, edition) in groups.iter_mut().flat_map(|group| &mut group.steps).zip(runs) {
        step.runs = edition.map(|edition| edition.id().to_owned());
    }
    groups
}

/// Whether generated SQL stands in it that deletes data.
fn shows_deleting_sql(block: &Block) -> bool {
    match block {
        Block::Sql { edition, .. } => Edition::from_id(edition).is_some_and(|e| e.risk() == Risk::Destructive),
        Block::Code(code) if code.language == "sql" => {
            sql::deletes_rows(&fill_lines(&code.lines, &Values::default(), Form::Shown)).is_some()
        }
        _ => false,
    }
}

/// A paragraph's label and what follows it, when it begins with one word and a colon.
fn labelled(inlines: &[Inline]) -> Option<(String, Vec<Inline>)> {
    let (Inline::Text(text), rest) = inlines.split_first()? else { return None };
    let (label, after) = text.split_once(':')?;
    let mut letters = label.chars();
    let is_label = letters.next().is_some_and(|c| c.is_ascii_uppercase()) && letters.all(|c| c.is_ascii_lowercase());
    let after = after.trim_start();
    let first = (!after.is_empty()).then(|| Inline::Text(after.to_owned()));
    is_label.then(|| (label.to_owned(), first.into_iter().chain(rest.iter().cloned()).collect()))
}

fn note(label: &str) -> Note {
    match label {
        "Expect" => Note::Expect,
        "Verify" => Note::Verify,
        _ => Note::Undo,
    }
}

fn step_risk(file: &mut File<'_>, word: &str, at: usize) -> Risk {
    let known = Risk::ALL.into_iter().filter(|risk| *risk != Risk::None);
    known.clone().find(|risk| risk.id() == word).unwrap_or_else(|| {
        file.problem(at, format!("unknown risk `{word}` of a step"), did_you_mean(word, known.map(Risk::id)));
        Risk::None
    })
}

fn only(file: &mut File<'_>, word: &str, at: usize) -> Option<Only> {
    match word {
        "free" => Some(Only::Free),
        "paid" => Some(Only::Paid),
        other => {
            file.problem(at, format!("unknown plan `{other}`"), did_you_mean(other, ["free", "paid"]));
            None
        }
    }
}

fn words(inlines: &[Inline]) -> String {
    plain(inlines, &Values::default())
}

#[cfg(test)]
mod tests {
    use crate::author::markdown::{Known, outcome};
    use crate::engine::page::{Inline, Risk};
    use crate::engine::plan::{Note, Only, step, steps};

    const KNOWN: Known<'static> = Known { editions: &["state", "option-a"], placeholders: &[] };

    fn front(risk: &str, edition: &str) -> String {
        format!(
            "+++\ntitle = \"Look (`x`)\"\nrisk = \"{risk}\"\nsummary = \"S.\"\nmilder = \"M.\"\nrunbook = \"x\"\neditions = [\"{edition}\"]\n\n[costs]\ndata = \"a\"\ntime = \"b\"\nundo = \"c\"\n+++\n"
        )
    }

    /// Line, column, message of each problem, with the lines counted from the body's first.
    fn problems(risk: &str, edition: &str, body: &str) -> Vec<(u32, u32, String)> {
        let parsed = outcome("x.md", "look", &(front(risk, edition) + body), &KNOWN);
        parsed.problems.into_iter().map(|p| (p.line.saturating_sub(13), p.column, p.message)).collect()
    }

    const SQL: &str = "```sql place=\"your laptop\" edition=\"state\"\n```\n\n";

    #[test]
    fn a_plan() {
        let body = format!(
            "## Before\n\n### Stop {{#writers-stopped act=suspend}}\n\nSuspend it.\n\nDone: It is stopped.\n\nPlan: paid\n\n## Run\n\n### Do `x` {{#act}}\n\n{SQL}Expect: `COMMIT`, last.\n\nUndo: Not possible.\n\nNeeds: writers-stopped\n\nRisk: reversible\n\n## Check\n\n### Look {{#look act=look place=laptop}}\n\nWell: look.\n"
        );
        let parsed =
            outcome("x.md", "look", &(front("reversible", "state") + &body.replace("Well: look", "Look well")), &KNOWN);
        assert_eq!(parsed.problems, []);
        let page = parsed.value.page;
        assert_eq!(page.title_text(), "Look (x)");
        assert_eq!(page.steps.iter().map(|group| group.id.as_str()).collect::<Vec<_>>(), ["before", "run", "check"]);
        assert!(page.group("deploy").is_none());
        assert_eq!(steps(&page.steps).map(|s| s.id.as_str()).collect::<Vec<_>>(), ["writers-stopped", "act", "look"]);
        let run = step(&page.steps, "act").expect("the step");
        assert_eq!((run.needs.as_slice(), run.risk), (["writers-stopped".to_owned()].as_slice(), Risk::Reversible));
        assert_eq!(run.does.len(), 1, "fields are not shown twice");
        assert!(matches!(run.note(Note::Expect), Some([Inline::Code(_), Inline::Text(rest)]) if rest == ", last."));
        assert!(run.locked(|_| false) && !run.locked(|id| id == "writers-stopped"));
        assert_eq!(step(&page.steps, "writers-stopped").and_then(|s| s.only), Some(Only::Paid));
    }

    #[test]
    fn mistakes_in_groups_and_headings() {
        let body = "Words.\n\n## Check\n\nx\n\n## Beforee\n\n### A\n\n## Run\n\n### B {#b}\n\n```sql place=\"your laptop\" edition=\"state\"\n```\n";
        let found = problems("none", "state", body);
        assert_eq!(
            found,
            [
                (1, 1, "text before the first group of steps".to_owned()),
                (3, 1, "there is no step in `Check`".to_owned()),
                (5, 1, "text that belongs to no step".to_owned()),
                (7, 1, "unknown group of steps `Beforee`".to_owned()),
                (9, 1, "this step does not say where it is done".to_owned()),
                (9, 1, "this step has no id of its own".to_owned()),
                (9, 1, "this step runs nothing and does not say what is done".to_owned()),
                (11, 1, "`Run` stands in the wrong place".to_owned()),
            ]
        );
    }

    /// The problems of one step in a plan that is right otherwise.
    fn of_step(risk: &str, edition: &str, step: &str) -> Vec<(u32, u32, String)> {
        let sql = SQL.replace("state", edition);
        let body = format!(
            "## Before\n\n### Stop {{#stop act=suspend}}\n\nDone: It is stopped.\n\n### Look {{#look act=look place=laptop}}\n\n## Run\n\n### Do {{#act}}\n\n{sql}{step}\n\n## Check\n\n### See {{#see act=look place=laptop}}\n"
        );
        problems(risk, edition, &body)
    }

    #[test]
    fn mistakes_in_what_a_step_says() {
        for (step, column, says) in [
            ("Verfy: Look.", 1, "`Verfy:` says nothing known about a step"),
            ("Expect: a\n\nExpect: b", 1, "`Expect:` stands twice in this step"),
            ("Needs: stopp", 8, "no step before this one has the id `stopp`"),
            ("Needs: see", 8, "no step before this one has the id `see`"),
            ("Needs: look", 8, "the step `look` is needed, but says not what is so when it is done"),
            ("Risk: destructve", 7, "unknown risk `destructve` of a step"),
            ("Plan: hobby", 7, "unknown plan `hobby`"),
        ] {
            let found = of_step("none", "state", step);
            let line = if step.contains("\n\n") { 18 } else { 16 };
            assert_eq!(found, [(line, column, says.to_owned())], "{step}");
        }
    }

    #[test]
    fn what_a_step_can_do_to_data_is_said_and_guarded() {
        let says = |risk, edition, step: &str| -> Vec<String> {
            of_step(risk, edition, step).into_iter().map(|(_, _, message)| message).collect()
        };
        assert_eq!(
            says("none", "state", "Risk: reversible\n\nUndo: x\n\nVerify: x"),
            ["the step's risk is `reversible`, that of the way out is less"]
        );
        assert_eq!(
            says("reversible", "state", "Risk: reversible\n\nExpect: x"),
            ["this step changes data and says not how to take it back"]
        );
        assert_eq!(
            says("reversible", "state", "Risk: reversible\n\nUndo: x"),
            ["this step changes data and says not how to see that it worked"]
        );
        assert_eq!(
            says("reversible", "state", ""),
            ["the way out has `risk = \"reversible\"`, but none of its steps says so"]
        );
        assert_eq!(
            says("destructive", "option-a", "Undo: No."),
            [
                "the way out has `risk = \"destructive\"`, but none of its steps says so",
                "this step shows SQL that deletes data",
            ]
        );
        assert_eq!(
            says("destructive", "option-a", "Expect: x\n\nUndo: No.\n\nRisk: destructive\n\nNeeds: stop"),
            ["writers-stopped", "migrations-build", "data-safe"]
                .map(|id| format!("this step deletes data and does not need `{id}`"))
                .into_iter()
                .collect::<std::collections::BTreeSet<_>>()
                .into_iter()
                .collect::<Vec<_>>()
        );
    }
}
