//! What the reader did, and when: ticks, copies, what the server answered. It decides what a plan shows.
//!
//! Comes in: deeds, each with its time as text (no clock here), or what a tab kept of them. Goes out: which steps are ticked, and a
//! text to keep that holds ids and times alone: no log, no name, no SQL. A tick counts only until the next log is read, and only for the
//! database it was made for ([`Ticks`]): nothing that was confirmed for one failure or one database opens SQL that deletes data for another.

use super::situation::Situation;

/// Everything done in one tab, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Journal {
    entries: Vec<Entry>,
}

/// One deed and its time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// As the reader's device shows it, `2026-11-23 16:02`.
    pub time: String,
    /// What was done.
    pub deed: Deed,
}

/// What was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// A log was read, or the reader said what they saw.
    Read(Situation),
    /// A log that was read after this plan shows a working deploy.
    Recovered(String),
    /// A step was ticked.
    Ticked {
        /// Which.
        at: At,
        /// The database in use then, empty where there was no name; not kept, so `None` in what a tab kept.
        about: Option<String>,
    },
    /// SQL was copied.
    Copied {
        /// Which generated text; empty for SQL that stands in the content.
        edition: String,
        /// As it was copied; not kept.
        sql: Option<String>,
    },
    /// What the server's answer to a step means, in words without anything of the answer itself.
    Judged(At, String),
}

/// A step of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct At {
    /// The way out, by id.
    pub plan: String,
    /// The step, by id.
    pub step: String,
}

/// Which ticks count while a database is in use; an empty name is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ticks<'n> {
    /// Those that were made while exactly this one was in use: they open SQL that deletes data.
    About(&'n str),
    /// Those of which is not known that they were about another one.
    NotAboutAnother(&'n str),
}

impl Ticks<'_> {
    fn count(self, about: Option<&str>) -> bool {
        match self {
            Ticks::About(name) => !name.is_empty() && about == Some(name),
            Ticks::NotAboutAnother(name) => {
                about.is_none_or(|about| about.is_empty() || name.is_empty() || about == name)
            }
        }
    }
}

/// How a kept text begins.
const HEAD: &str = "plan 1";

impl Journal {
    /// Every entry, the oldest first.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Notes a deed.
    pub fn note(&mut self, time: String, deed: Deed) {
        self.entries.push(Entry { time, deed });
    }

    /// What counts now: all since a log was read last.
    fn now(&self) -> &[Entry] {
        let read = |entry: &Entry| matches!(entry.deed, Deed::Read(_) | Deed::Recovered(_));
        let from = self.entries.iter().rposition(read).map_or(0, |at| at + 1);
        self.entries.get(from..).unwrap_or_default()
    }

    /// When a step was ticked, if it is.
    pub fn ticked(&self, at: &At, ticks: Ticks<'_>) -> Option<&str> {
        first_tick(self.now(), at, ticks)
    }

    /// When a step was done, for who reads of it later: a log that shows a working deploy takes no tick back.
    pub fn done(&self, at: &At, ticks: Ticks<'_>) -> Option<&str> {
        let read = |entry: &Entry| matches!(entry.deed, Deed::Read(_));
        let from = self.entries.iter().rposition(read).unwrap_or_default();
        first_tick(self.entries.get(from..).unwrap_or_default(), at, ticks)
    }

    /// Takes a tick back: it was not so.
    pub fn untick(&mut self, at: &At) {
        let from = self.entries.len() - self.now().len();
        let mut index = 0;
        self.entries.retain(|entry| {
            index += 1;
            index <= from || !matches!(&entry.deed, Deed::Ticked { at: there, .. } if there == at)
        });
    }

    /// The plan after which the log read last shows a working deploy.
    pub fn recovered(&self) -> Option<&str> {
        self.entries.iter().rev().find_map(|entry| match &entry.deed {
            Deed::Read(_) => Some(None),
            Deed::Recovered(plan) => Some(Some(plan.as_str())),
            _ => None,
        })?
    }

    /// Whether there is more in it than what was read: something a reader would miss.
    pub fn holds_work(&self) -> bool {
        self.entries.iter().any(|entry| !matches!(entry.deed, Deed::Read(_)))
    }

    /// The text to keep, with the visit's own link.
    pub fn keep(&self, fragment: &str) -> String {
        let mut kept = format!("{HEAD}\n{fragment}\n");
        for Entry { time, deed } in &self.entries {
            let (kind, [a, b, c]) = match deed {
                Deed::Read(situation) => ("read", [situation.id(), "", ""]),
                Deed::Recovered(plan) => ("recovered", [plan.as_str(), "", ""]),
                Deed::Ticked { at, .. } => ("ticked", [at.plan.as_str(), &at.step, ""]),
                Deed::Copied { edition, .. } => ("copied", [edition.as_str(), "", ""]),
                Deed::Judged(at, says) => ("judged", [at.plan.as_str(), &at.step, says]),
            };
            let line = [time, kind, a, b, c].map(|part| part.replace(['\t', '\n'], " ")).join("\t");
            kept.push_str(&line);
            kept.push('\n');
        }
        kept
    }

    /// What was kept, and the link it belongs to; `None` when anything of it cannot be read.
    pub fn of_kept(kept: &str) -> Option<(&str, Journal)> {
        let mut lines = kept.strip_suffix('\n')?.split('\n');
        let (HEAD, fragment) = (lines.next()?, lines.next()?) else { return None };
        let entries = lines.map(entry).collect::<Option<Vec<Entry>>>()?;
        Some((fragment, Journal { entries }))
    }
}

/// The time of the first tick of a step that counts.
fn first_tick<'e>(entries: &'e [Entry], at: &At, ticks: Ticks<'_>) -> Option<&'e str> {
    let counts =
        |deed: &Deed| matches!(deed, Deed::Ticked { at: there, about } if there == at && ticks.count(about.as_deref()));
    entries.iter().find(|entry| counts(&entry.deed)).map(|entry| entry.time.as_str())
}

fn entry(line: &str) -> Option<Entry> {
    let mut parts = line.split('\t');
    let mut next = || parts.next().map(str::to_owned);
    let (time, kind, a, b, c) = (next()?, next()?, next()?, next()?, next()?);
    let deed = match kind.as_str() {
        "read" => Deed::Read(Situation::from_id(&a)?),
        "recovered" => Deed::Recovered(a),
        "ticked" => Deed::Ticked { at: At { plan: a, step: b }, about: None },
        "copied" => Deed::Copied { edition: a, sql: None },
        "judged" => Deed::Judged(At { plan: a, step: b }, c),
        _ => return None,
    };
    Some(Entry { time, deed })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(step: &str) -> At {
        At { plan: "option-a".into(), step: step.into() }
    }

    /// A tick for a database.
    fn tick(step: &str, database: &str) -> Deed {
        Deed::Ticked { at: at(step), about: Some(database.into()) }
    }

    const SHOP: Ticks<'_> = Ticks::About("shop");

    fn journal() -> Journal {
        let mut journal = Journal::default();
        let deeds = [
            tick("dump", "shop"),
            Deed::Read(Situation::DuplicateTable),
            tick("stop", "shop"),
            Deed::Copied { edition: "option-a".into(), sql: Some("DROP …".into()) },
            Deed::Judged(at("sql"), "Worked".into()),
        ];
        for (minute, deed) in deeds.into_iter().enumerate() {
            journal.note(format!("2026-11-23 16:0{minute}"), deed);
        }
        journal
    }

    #[test]
    fn a_tick_counts_until_the_next_log() {
        let mut journal = journal();
        assert_eq!(journal.ticked(&at("dump"), SHOP), None, "it was ticked for another log");
        assert_eq!(journal.ticked(&at("stop"), SHOP), Some("2026-11-23 16:02"));
        journal.untick(&at("dump"));
        assert_eq!(journal.entries().len(), 5, "what was before stays in the record");
        journal.untick(&at("stop"));
        assert_eq!(journal.ticked(&at("stop"), SHOP), None);
        assert_eq!(journal.entries().len(), 4);
    }

    #[test]
    fn a_tick_that_opens_deleting_counts_for_its_own_database_alone() {
        let mut journal = Journal::default();
        let about = [None, Some(String::new()), Some("shop".to_owned())];
        for (step, about) in ["kept", "nameless", "named"].into_iter().zip(about) {
            journal.note("16:00".into(), Deed::Ticked { at: at(step), about });
        }
        let counting =
            |ticks: Ticks<'_>| ["kept", "nameless", "named"].map(|step| journal.ticked(&at(step), ticks).is_some());
        assert_eq!(counting(Ticks::About("shop")), [false, false, true]);
        assert_eq!(counting(Ticks::About("other")), [false; 3]);
        assert_eq!(counting(Ticks::About("")), [false; 3], "no name is no database");
        assert_eq!(counting(Ticks::NotAboutAnother("shop")), [true; 3]);
        assert_eq!(counting(Ticks::NotAboutAnother("other")), [true, true, false]);
        assert_eq!(counting(Ticks::NotAboutAnother("")), [true; 3]);
    }

    #[test]
    fn what_is_kept_comes_back_without_the_sql() {
        let kept = journal().keep("at=duplicate-table");
        assert!(!kept.contains("DROP") && !kept.contains("shop"));
        let (fragment, back) = Journal::of_kept(&kept).expect("it was just kept");
        assert_eq!(fragment, "at=duplicate-table");
        assert_eq!(back.keep(fragment), kept);
        assert_eq!(back.ticked(&at("stop"), Ticks::NotAboutAnother("shop")), Some("2026-11-23 16:02"));
        assert_eq!(back.ticked(&at("stop"), SHOP), None, "nobody knows any more which database it was about");
    }

    #[test]
    fn garbage_is_nothing() {
        let kept = journal().keep("at=x");
        for garbage in ["", "\n", "plan 1", "plan 1\n", "plan 2\nat=x\n", "plan 1\nat=x\ny\n", "{\"a\":1}", "\u{0}\t\n"]
        {
            assert_eq!(Journal::of_kept(garbage), None, "{garbage:?}");
        }
        for cut in (0..kept.len() - 1).filter(|cut| kept.is_char_boundary(*cut)) {
            let _ = Journal::of_kept(kept.get(..cut).unwrap_or_default());
        }
        assert_eq!(Journal::of_kept(&kept.replace("ticked", "tickled")), None);
    }

    #[test]
    fn a_working_deploy_after_a_plan_is_a_recovery_until_the_next_failure() {
        let mut journal = journal();
        assert_eq!(journal.recovered(), None);
        journal.note("16:09".into(), Deed::Recovered("option-a".into()));
        assert_eq!(journal.recovered(), Some("option-a"));
        assert_eq!(journal.ticked(&at("stop"), SHOP), None, "it opens nothing any more");
        assert_eq!(journal.done(&at("stop"), SHOP), Some("2026-11-23 16:02"), "it was done all the same");
        journal.note("16:10".into(), Deed::Read(Situation::Permission));
        assert_eq!(journal.recovered(), None);
        assert_eq!(journal.done(&at("stop"), SHOP), None, "that was another failure");
    }
}
