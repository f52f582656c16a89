//! A database beside what its migrations build, one migration at a time: which of them are complete in it.
//!
//! Comes in: rows of the comparison that the plan of `compare` prints: what the database holds (`here`), what each migration adds to an
//! empty database or takes from it, and the migration at which that stops. Goes out: a [`Comparison`]. Must not know: SQL, or what
//! anybody does about it.
//!
//! ```
//! use runbook::engine::answer::chain::{Compared, compare};
//! let rows = ["here|+|table a|", "001|+|table a|", "002|+|table b|", "002|end||"];
//! let found = compare(rows.into_iter()).expect("a comparison");
//! assert_eq!((found.compared, found.complete.as_str()), (Compared::Older, "001"));
//! ```

/// How a database compares with what its migrations build.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compared {
    /// It holds what the last migration leaves, no more and no less.
    Match,
    /// It holds what an earlier one leaves, no more and no less.
    Older,
    /// It holds nothing.
    Empty,
    /// The next migration is there in part; or one after it is, while it is not complete.
    Half,
    /// Something of later migrations is there while something of an earlier one is missing; each is there whole or not at all.
    Mixture,
    /// Some migrations are complete, the rest is not there, and there is something that none of them makes.
    Extras,
    /// No migration is complete, and what is there is of another making.
    Apart,
    /// The migrations don't build an empty database: one of them fails there too.
    Chain,
}

impl Compared {
    /// Every value.
    pub const ALL: [Self; 8] =
        [Self::Match, Self::Older, Self::Empty, Self::Half, Self::Mixture, Self::Extras, Self::Apart, Self::Chain];

    /// The fact's value.
    pub fn id(self) -> &'static str {
        match self {
            Self::Match => "match",
            Self::Older => "older",
            Self::Empty => "empty",
            Self::Half => "half",
            Self::Mixture => "mixture",
            Self::Extras => "extras",
            Self::Apart => "apart",
            Self::Chain => "chain",
        }
    }
}

/// What a comparison shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// In one word.
    pub compared: Compared,
    /// The last migration that is complete with all before it; [`BASE`] where none is.
    pub complete: String,
    /// How to get from there to the last one, each migration run or marked: `stamp:002 upgrade:003 stamp:004`. It ends before a
    /// migration that is there in part.
    pub route: String,
    /// The migration after it, or the one that fails.
    pub next: Option<String>,
    /// What of the next one is there already, as a database may hold it.
    pub present: Vec<String>,
    /// What of the next one is missing or differs.
    pub missing: Vec<String>,
    /// What no migration makes.
    pub extras: Vec<String>,
    /// How many tables are not there although something is that a later migration, or the same one, makes.
    pub gone_tables: usize,
}

/// What stands for the state before the first migration.
pub const BASE: &str = "base";

/// How a table is listed.
const TABLE: &str = "table ";

/// How an index is listed that a failed build left behind.
const INVALID: &str = "INVALID ";

/// The rows of the database itself.
const HERE: &str = "here";

/// What a database holds, in order: each thing and how it is made. Borrowed and in a list: maps of strings are 3 kB to download.
type Held<'r> = Vec<(&'r str, &'r str)>;

/// Where a thing stands in the list, or would.
fn place(held: &Held<'_>, what: &str) -> Result<usize, usize> {
    held.binary_search_by(|(known, _)| (*known).cmp(what))
}

/// How a thing is made; `None` where it is not there.
fn how<'r>(held: &Held<'r>, what: &str) -> Option<&'r str> {
    held.get(place(held, what).ok()?).map(|(_, how)| *how)
}

fn holds(held: &Held<'_>, what: &str) -> bool {
    place(held, what).is_ok()
}

fn insert<'r>(held: &mut Held<'r>, what: &'r str, how: &'r str) {
    match place(held, what) {
        Ok(at) => held.get_mut(at).into_iter().for_each(|thing| *thing = (what, how)),
        Err(at) => held.insert(at, (what, how)),
    }
}

/// One migration: what it adds or changes, and what it takes away.
#[derive(Default)]
struct Step<'r> {
    revision: &'r str,
    added: Held<'r>,
    gone: Vec<&'r str>,
}

/// Whether it can be an id of Alembic's: it becomes a word of a command. Alembic refuses ids with `@`, `-`, `+` or `:` in them.
/// Source: `RevisionMap` in alembic/script/revision.py, 1.20; checked 2026-11-26.
fn is_revision(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.'))
}

/// Compares; `None` when the rows are no whole comparison. Each row is `revision|change|what|how`.
pub fn compare<'r>(rows: impl Iterator<Item = &'r str>) -> Option<Comparison> {
    let (mut here, mut steps, mut end) = (Held::new(), Vec::<Step<'r>>::new(), None);
    for row in rows {
        let mut cells = row.splitn(4, '|');
        let (revision, change, what) = (cells.next()?, cells.next()?, cells.next()?);
        let how = cells.next().unwrap_or_default();
        if !is_revision(revision) {
            return None;
        }
        match (revision, change) {
            (HERE, "+") => insert(&mut here, what, how),
            (_, "end" | "stopped") => end = Some((revision, change == "stopped")),
            (_, "+" | "-" | "ran") => {
                if steps.last().is_none_or(|step| step.revision != revision) {
                    steps.push(Step { revision, ..Step::default() });
                }
                let step = steps.last_mut()?;
                match change {
                    "+" => insert(&mut step.added, what, how),
                    "-" => step.gone.push(what),
                    _ => {}
                }
            }
            _ => return None,
        }
    }
    let (at, stopped) = end?;
    if stopped {
        let complete = steps.last().map_or(BASE, |step| step.revision).to_owned();
        return Some(Lists::default().found(Compared::Chain, complete, Some(at.to_owned())));
    }
    Some(Chain { here, states: states(&steps), steps }.compared())
}

/// What an empty database holds after each migration, the empty one first.
fn states<'r>(steps: &[Step<'r>]) -> Vec<Held<'r>> {
    let mut states = vec![Held::new()];
    for step in steps {
        let mut state = states.last().cloned().unwrap_or_default();
        state.retain(|(what, _)| !step.gone.contains(what));
        for (what, how) in &step.added {
            insert(&mut state, what, how);
        }
        states.push(state);
    }
    states
}

/// What is listed beside the word.
#[derive(Default)]
struct Lists {
    present: Vec<String>,
    missing: Vec<String>,
    extras: Vec<String>,
}

impl Lists {
    fn found(self, compared: Compared, complete: String, next: Option<String>) -> Comparison {
        let Self { present, missing, extras } = self;
        let route = ["stamp:", &complete].concat();
        Comparison { compared, complete, route, next, present, missing, extras, gone_tables: 0 }
    }
}

struct Chain<'r> {
    here: Held<'r>,
    steps: Vec<Step<'r>>,
    /// One more than steps.
    states: Vec<Held<'r>>,
}

impl Chain<'_> {
    fn compared(&self) -> Comparison {
        let head = self.steps.len();
        if self.states.last() == Some(&self.here) {
            return Lists::default().found(Compared::Match, self.revision(head), None);
        }
        if let Some(at) = self.states.iter().position(|state| *state == self.here) {
            let compared = if self.here.is_empty() { Compared::Empty } else { Compared::Older };
            let mut found = Lists::default().found(compared, self.revision(at), self.after(at));
            found.route.push_str(" upgrade:head");
            return found;
        }
        let complete = (0..head).find(|at| !self.is_complete(*at)).unwrap_or(head);
        let lists = self.lists(complete);
        let later = self.later_is_there(complete);
        let apart = complete == 0 && (later || !lists.extras.is_empty());
        let half_built = lists.extras.iter().any(|what| what.starts_with(INVALID));
        let compared = match (complete == head, later) {
            (true, _) => Compared::Extras,
            _ if apart => Compared::Apart,
            (_, true) if self.route(complete).is_some() => Compared::Mixture,
            (_, false) if lists.present.is_empty() && !half_built => Compared::Extras,
            _ => Compared::Half,
        };
        let next = self.after(complete);
        let route = self.route(complete);
        let mut found = lists.found(compared, self.revision(complete), next);
        found.route = route.unwrap_or(found.route);
        found.gone_tables = self.gone_tables();
        found
    }

    /// Every migration after the last complete one, run where nothing of it is there and marked where all is; `None` where one is there
    /// in part.
    fn route(&self, complete: usize) -> Option<String> {
        let mut route = vec![["stamp:", &self.revision(complete)].concat()];
        for (at, step) in self.steps.iter().enumerate().skip(complete) {
            let before = self.states.get(at)?;
            let part = step.added.iter().any(|(what, _)| !holds(before, what) && holds(&self.here, what));
            let does = match (self.is_complete(at), part) {
                (true, _) if !step.added.is_empty() || !step.gone.is_empty() => "stamp:",
                (false, true) => return None,
                _ => "upgrade:",
            };
            route.push([does, step.revision].concat());
        }
        Some(route.join(" "))
    }

    fn revision(&self, complete: usize) -> String {
        let last = complete.checked_sub(1).and_then(|at| self.steps.get(at));
        last.map_or(BASE, |step| step.revision).to_owned()
    }

    fn after(&self, complete: usize) -> Option<String> {
        self.steps.get(complete).map(|step| step.revision.to_owned())
    }

    /// Whether all that this step does is so: as it leaves it, or as a later one does.
    fn is_complete(&self, at: usize) -> bool {
        let Some(step) = self.steps.get(at) else { return false };
        let later = self.states.get(at + 1..).unwrap_or_default();
        let stands = |what: &str| {
            let here = how(&self.here, what);
            later.iter().any(|state| how(state, what) == here)
        };
        step.added.iter().all(|(what, _)| stands(what)) && step.gone.iter().all(|what| stands(what))
    }

    fn gone_tables(&self) -> usize {
        let traces = |step: &Step<'_>| step.added.iter().any(|(what, _)| holds(&self.here, what));
        let last = self.steps.iter().rposition(traces).and_then(|at| self.states.get(at + 1));
        let gone = |what: &str| what.starts_with(TABLE) && !holds(&self.here, what);
        last.map_or(0, |built| built.iter().filter(|(what, _)| gone(what)).count())
    }

    /// What of the next step is there and what is not, and what none of the steps makes.
    fn lists(&self, complete: usize) -> Lists {
        let before = self.states.get(complete);
        let is_new = |what: &str| before.is_none_or(|state| !holds(state, what));
        let mut lists = Lists::default();
        for (what, _) in self.steps.get(complete).into_iter().flat_map(|step| &step.added) {
            let there = holds(&self.here, what) && is_new(what);
            if there { &mut lists.present } else { &mut lists.missing }.push((*what).to_owned());
        }
        let made = |what: &str| self.states.iter().any(|state| holds(state, what));
        let extras = self.here.iter().filter(|(what, _)| !made(what));
        lists.extras = extras.map(|(what, _)| (*what).to_owned()).collect();
        lists
    }

    /// Whether something is there that only steps after the next one make.
    fn later_is_there(&self, complete: usize) -> bool {
        let next = self.states.get(complete + 1);
        let earlier = |what: &str| next.is_some_and(|state| holds(state, what));
        let later = self.steps.get(complete + 1..).unwrap_or_default();
        let mut made = later.iter().flat_map(|step| &step.added);
        made.any(|(what, _)| holds(&self.here, what) && !earlier(what))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three migrations: a table, a column and a type in it, another table.
    const CHAIN: [&str; 6] = [
        "001|+|table a|",
        "001|+|column a.id|integer",
        "002|+|column a.kind|tier",
        "002|+|type tier|big,small",
        "003|+|table b|",
        "003|end||",
    ];

    fn of(here: &[&str]) -> Comparison {
        let rows = here.iter().map(|row| ["here|+|", row].concat());
        let rows: Vec<String> = rows.chain(CHAIN.map(str::to_owned)).collect();
        compare(rows.iter().map(String::as_str)).expect("a comparison")
    }

    fn word(here: &[&str]) -> (Compared, String) {
        let found = of(here);
        (found.compared, found.complete)
    }

    #[test]
    fn what_is_no_revision_becomes_no_word_of_a_command() {
        for revision in ["001 downgrade:base", "downgrade:base", "-x", "a@b", "a+1", "a\u{a0}b", ""] {
            let rows = [&format!("{revision}|+|table a|"), "001|end||"];
            assert_eq!(compare(rows.into_iter().map(|row| row as &str)).map(|found| found.route), None, "{revision}");
        }
    }

    const FIRST: [&str; 2] = ["table a|", "column a.id|integer"];

    fn first_and(more: &[&'static str]) -> Vec<&'static str> {
        [&FIRST, more].concat()
    }

    #[test]
    fn every_way_a_database_can_compare() {
        let all = first_and(&["column a.kind|tier", "type tier|big,small", "table b|"]);
        assert_eq!(word(&all), (Compared::Match, "003".into()));
        assert_eq!(word(&FIRST), (Compared::Older, "001".into()));
        assert_eq!(word(&[]), (Compared::Empty, BASE.into()));
        assert_eq!(word(&first_and(&["type tier|big,small"])), (Compared::Half, "001".into()));
        assert_eq!(word(&["type tier|big,small"]), (Compared::Apart, BASE.into()), "of a later one than the first");
        assert_eq!(word(&["table a|"]), (Compared::Half, BASE.into()));
        assert_eq!(word(&first_and(&["table b|"])), (Compared::Mixture, "001".into()));
        assert_eq!(word(&first_and(&["table c|"])), (Compared::Extras, "001".into()));
        assert_eq!(word(&[&all[..], &["table c|"]].concat()), (Compared::Extras, "003".into()));
        assert_eq!(word(&["table a|", "column a.name|text"]), (Compared::Apart, BASE.into()));
    }

    #[test]
    fn what_is_there_and_what_is_missing_is_listed() {
        let found = of(&first_and(&["type tier|big,small"]));
        assert_eq!((found.present, found.missing), (vec!["type tier".into()], vec!["column a.kind".into()]));
        assert_eq!(of(&first_and(&["table c|"])).extras, ["table c"]);
        assert_eq!(of(&first_and(&["table b|"])).route, "stamp:001 upgrade:002 stamp:003");
        assert_eq!(of(&FIRST).route, "stamp:001 upgrade:head");
        let half = of(&first_and(&["INVALID index x|"]));
        assert_eq!((half.compared, half.complete.as_str()), (Compared::Half, "001"));
        assert_eq!(of(&first_and(&["type tier|big,small", "table b|"])).compared, Compared::Half);
        let differs = of(&first_and(&["type tier|big", "column a.kind|tier"]));
        assert_eq!((differs.compared, differs.next.as_deref()), (Compared::Half, Some("002")));
    }

    #[test]
    fn tables_are_gone_where_something_later_is_there() {
        let tables = ["001|+|table a|", "001|+|table b|", "002|+|table c|", "003|+|column a.x|text", "003|end||"];
        let gone = |here: &[&'static str]| {
            let rows: Vec<&str> = here.iter().copied().chain(tables).collect();
            compare(rows.into_iter()).expect("a comparison").gone_tables
        };
        assert_eq!(gone(&["here|+|table a|", "here|+|table b|", "here|+|column a.x|text"]), 1);
        assert_eq!(gone(&["here|+|table a|", "here|+|column a.x|text"]), 2);
        assert_eq!(gone(&["here|+|table a|"]), 1, "its own migration made another one");
        assert_eq!(gone(&["here|+|table a|", "here|+|table b|"]), 0, "what comes later has not run");
        assert_eq!(gone(&["here|+|table d|"]), 0);
    }

    #[test]
    fn what_a_later_migration_changes_or_drops_counts_as_it_leaves_it() {
        let chain = [
            "001|+|column a.x|text",
            "002|+|column a.y|text",
            "003|-|column a.x|",
            "003|+|column a.y|integer",
            "003|end||",
        ];
        let of = |here: &[&'static str]| {
            let rows: Vec<&str> = here.iter().copied().chain(chain).collect();
            let found = compare(rows.into_iter()).expect("a comparison");
            (found.compared, found.complete)
        };
        assert_eq!(of(&["here|+|column a.y|integer"]), (Compared::Match, "003".into()));
        assert_eq!(of(&["here|+|column a.x|text", "here|+|column a.y|text"]), (Compared::Older, "002".into()));
        assert_eq!(of(&["here|+|column a.y|text"]).1, "002", "the first is as the third leaves it");
    }

    #[test]
    fn a_chain_that_stops_on_an_empty_database_is_said() {
        let found = compare(["001|+|table a|", "002|stopped||"].into_iter()).expect("a comparison");
        assert_eq!(
            (found.compared, found.complete.as_str(), found.next.as_deref()),
            (Compared::Chain, "001", Some("002"))
        );
        assert_eq!(compare(["here|+|table a|", "001|+|table a|"].into_iter()), None, "cut off");
        assert_eq!(compare(std::iter::empty()), None);
    }

    #[test]
    fn a_migration_without_a_change_of_tables_is_not_marked_for_it() {
        let rows = ["here|+|table a|", "001|+|table a|", "002|ran||", "003|+|table b|", "003|end||"];
        let found = compare(rows.into_iter()).expect("a comparison");
        assert_eq!((found.compared, found.complete.as_str()), (Compared::Older, "001"));
    }
}
