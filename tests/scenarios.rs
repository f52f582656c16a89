//! The whole path as stories: a log, what the server said if it was asked, and answers → what happened, the way through the tree, the plan, the SQL with names in it.
//!
//! `tests/scenarios/<name>.md` begins with the story and what it leads to; below stands what the engine makes of it, for people to
//! read. `./x scenarios` writes that part anew. That every branch of the tree and every way out is in some story is what
//! `runbook check` finds; the last test here asks it.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use runbook::author::scenarios::{self, Scenario, Stories};
use runbook::author::{SourceFile, files, load_told};
use runbook::embedded;
use runbook::engine::advice::Advice;
use runbook::engine::answer::Answer;
use runbook::engine::diagnose::{Diagnosis, Evidence};
use runbook::engine::graph::Graph;
use runbook::engine::page::{OutcomePage, Value, Values, plain};
use runbook::engine::plan::{Group, Step as PlanStep};
use runbook::engine::risk::Risk;
use runbook::engine::sql::{Edition, Ident, RawValues};
use runbook::engine::tree::{End, Step, Subject};

/// Set to write the snapshots anew.
const UPDATE: &str = "UPDATE";

fn content() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("content")
}

fn story_files() -> Vec<SourceFile> {
    files::read_stories(&content()).expect("readable").expect("tests/scenarios")
}

fn log(name: &str) -> Option<Vec<u8>> {
    files::read_log(&content(), name)
}

fn told(files: &[SourceFile]) -> Vec<Scenario> {
    let (told, problems) = scenarios::read(&Stories { files, log: &log }, embedded::catalogue());
    assert!(problems.is_empty(), "{problems:#?}");
    told
}

// ---- what a story says ----

/// The snapshot of a story.
fn snapshot(scenario: &Scenario) -> String {
    let engine = embedded::engine();
    let (diagnosis, advice) = scenario.play(engine, embedded::catalogue());
    let way = embedded::catalogue().reached(&advice).unwrap_or_else(|| panic!("{}: an end", scenario.name));
    let asked = scenario.said(engine).map(|said| server_said(&said)).unwrap_or_default();
    [happened(&diagnosis), asked, way_through(&advice), outcome(way), plan(way, scenario), sql(way, scenario)].concat()
}

fn happened(diagnosis: &Diagnosis) -> String {
    let mut out = format!("\n## What happened\n\n{} ({})\n\n", diagnosis.headline, diagnosis.situation.id());
    for evidence in &diagnosis.evidence {
        writeln!(out, "    {}: {}", evidence.line, evidence.text.as_str()).expect("text");
    }
    for warning in &diagnosis.warnings {
        write!(out, "\nWarning: {}\n", warning.text).expect("text");
    }
    out
}

/// What is understood of the server's words, with the lines of what was pasted then.
fn server_said(said: &Answer) -> String {
    let lines = |of: &[Evidence]| {
        let lines: Vec<String> = of.iter().map(|e| format!("    {}: {}\n", e.line, e.text.as_str())).collect();
        lines.concat()
    };
    let deleted = lines(&said.deleted);
    let deleted = if deleted.is_empty() { deleted } else { format!("\nDeleting `public` would take:\n\n{deleted}") };
    format!("\n## What the server said\n\n{}{deleted}", lines(&said.says))
}

fn way_through(advice: &Advice<'_>) -> String {
    let steps = advice.walk.trail.iter().map(|step| format!("- {} = {}\n", subject(step), decided(step)));
    format!("\n## Through the tree\n\n{}", steps.collect::<String>())
}

fn subject<'s>(step: &'s Step<'_>) -> &'s str {
    match &step.node.on {
        Subject::Fact(key) => key.id(),
        Subject::Question(id) => id,
    }
}

fn decided(step: &Step<'_>) -> String {
    let value = step.value.as_deref().unwrap_or("not said");
    let how = match step.node.on {
        Subject::Question(_) if !step.answered => " (assumed)",
        _ if step.taken().is_none() => " (any other value)",
        _ => "",
    };
    format!("{value}{how}")
}

fn outcome(way: &OutcomePage) -> String {
    let values = Values::unfilled(&way.placeholders);
    let milder = embedded::LATER.get().and_then(|later| later.milder.get(&way.id));
    let milder = milder.map(|why| format!("Why nothing milder: {}\n\n", plain(why, &values))).unwrap_or_default();
    let costs = [("Data", &way.costs.data), ("Time", &way.costs.time), ("Undo", &way.costs.undo)];
    let costs: String = costs.map(|(name, text)| format!("- {name}: {}\n", plain(text, &values))).concat();
    format!("\n## {} ({}, {})\n\n{milder}{costs}", way.title_text(), way.id, way.risk.shown())
}

/// The steps, each with what it can do to data, for whom it is and what it waits for.
fn plan(way: &OutcomePage, scenario: &Scenario) -> String {
    let values = values(way, scenario);
    let groups = embedded::LATER.get().expect("native programs hold it").steps(&way.id);
    let group = |group: &Group| {
        let steps: Vec<String> =
            (1..).zip(&group.steps).map(|(number, step)| format!("{number}. {}", line(step, &values))).collect();
        format!("\n{}:\n\n{}\n", group.title, steps.join("\n"))
    };
    format!("\n## Plan\n{}", groups.iter().map(group).collect::<String>())
}

fn line(step: &PlanStep, values: &Values) -> String {
    let risk = (step.risk != Risk::None).then(|| step.risk.shown().to_owned());
    let only = step.only.map(|only| format!("{only:?} plan").to_lowercase());
    let needs = (!step.needs.is_empty()).then(|| format!("after {}", step.needs.join(", ")));
    let notes: Vec<String> = [risk, only, needs].into_iter().flatten().collect();
    let notes = if notes.is_empty() { String::new() } else { format!(" ({})", notes.join("; ")) };
    format!("{}{notes}", plain(&step.title, values))
}

fn values(way: &OutcomePage, scenario: &Scenario) -> Values {
    let mut values = Values::unfilled(&way.placeholders);
    values.set("db_user", Value::ident(&Ident::role(&scenario.db_user).expect("a name").ident));
    values.set("database", Value::ident(&Ident::database(&scenario.database).expect("a name").ident));
    values
}

/// The SQL in which the names stand. What only reads is the same in every story and for every name: its name is enough.
fn sql(way: &OutcomePage, scenario: &Scenario) -> String {
    let editions: String = way.editions.iter().map(|name| edition(name, scenario)).collect();
    if editions.is_empty() { String::new() } else { format!("\n## SQL\n{editions}") }
}

fn edition(name: &str, scenario: &Scenario) -> String {
    let edition = Edition::from_id(name).expect("an edition");
    let filled = RawValues {
        db_user: Some(scenario.db_user.clone()),
        database: Some(scenario.database.clone()),
        ..RawValues::default()
    };
    let (composed, _) = filled.compose(edition).expect("both names are given");
    if RawValues::default().compose(edition).is_ok() {
        return format!("\n### {name}: `./x runbook sql {name}`, no name stands in it\n");
    }
    format!("\n### {name}\n\n```sql\n{}```\n", composed.sql)
}

// ---- the stories ----

#[test]
fn every_story_reads_as_its_file_says() {
    let files = story_files();
    let mut stale = Vec::new();
    for (file, scenario) in files.iter().zip(told(&files)) {
        let (front, body) = split(&file.text);
        let now = snapshot(&scenario);
        if body == now {
            continue;
        }
        if std::env::var_os(UPDATE).is_some() {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(&file.path);
            fs::write(path, format!("{front}{now}")).expect("written");
        } else {
            stale.push(format!("{}: {}", file.path, first_difference(body, &now)));
        }
    }
    assert!(stale.is_empty(), "look at these, then ./x scenarios:\n{}", stale.join("\n"));
}

/// The front matter with its marks, and what stands below.
fn split(text: &str) -> (&str, &str) {
    let end = text.get(3..).and_then(|rest| rest.find("\n+++\n")).expect("front matter") + 8;
    text.split_at(end)
}

fn first_difference(before: &str, now: &str) -> String {
    let mut pairs = before.split('\n').zip(now.split('\n').chain(std::iter::repeat("the end")));
    let (old, new) = pairs.find(|(old, new)| old != new).unwrap_or(("the end", "more"));
    format!("`{old}` is now `{new}`")
}

#[test]
fn no_two_stories_are_the_same() {
    let files = story_files();
    let mut seen = Vec::new();
    for scenario in told(&files) {
        let what = (scenario.log.clone(), scenario.server.clone(), scenario.answers.clone());
        assert!(!seen.contains(&what), "{} tells what another one tells", scenario.name);
        seen.push(what);
    }
}

#[test]
fn what_servers_say_in_stories_was_recorded() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/answers");
    let folders = fs::read_dir(folder).expect("recordings").map(|entry| entry.expect("a folder").path());
    let files = folders.flat_map(|folder| fs::read_dir(folder).expect("recordings"));
    let recorded: Vec<String> =
        files.map(|file| fs::read_to_string(file.expect("a file").path()).expect("UTF-8")).collect();
    let told = told(&story_files());
    let asked: Vec<&Scenario> = told.iter().filter(|scenario| !scenario.server.is_empty()).collect();
    assert!(asked.len() >= 5, "{}", asked.len());
    for scenario in asked {
        assert!(recorded.contains(&scenario.server), "{}: paste a file of tests/answers as it is", scenario.name);
    }
}

#[test]
fn every_branch_and_every_way_out_is_in_a_story() {
    let read = files::read_folder(&content()).expect("readable");
    let every = story_files();
    let load = |files: &[SourceFile]| load_told(&read, Some(&Stories { files, log: &log })).1;
    assert_eq!(load(&every), []);
    // Without any story every branch and every way out is named.
    let graph = Graph::new(embedded::catalogue());
    let without = load(&[]);
    assert_eq!(without.len(), graph.edges.len() + embedded::catalogue().outcomes.len());
    for problem in &without {
        assert!(problem.suggestion.starts_with("add a file to tests/scenarios"), "{problem}");
        assert!(problem.line > 1 || problem.file.starts_with("content/outcomes/"), "{problem}");
    }
    // Without one story the branches that it alone takes are named.
    let fewer: Vec<SourceFile> = every
        .into_iter()
        .filter(|file| !file.path.contains("/other-stack.md") && !file.path.contains("other-tool"))
        .collect();
    let named: Vec<String> = load(&fewer).into_iter().map(|problem| problem.message).collect();
    assert_eq!(
        named,
        ["no scenario leads here", "no scenario passes `situation` = other-stack", "no scenario passes `tool` = other"]
    );
}

#[test]
fn every_story_ends_at_an_outcome() {
    let engine = embedded::engine();
    for scenario in told(&story_files()) {
        let (_, advice) = scenario.play(engine, embedded::catalogue());
        assert_eq!(
            advice.walk.end,
            End::Outcome(embedded::catalogue().outcome(&scenario.leads_to).expect("one").id.as_str())
        );
        let used = advice.walk.trail.iter().filter(|step| step.answered).count();
        assert_eq!(used, scenario.answers.len(), "{}: every answer is on the way", scenario.name);
    }
}
