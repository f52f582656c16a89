//! A server's answer: what PostgreSQL, psql or Alembic said when somebody asked, as facts and plain words with the line that says so;
//! and whether a step worked, by what it printed.
//!
//! Comes in: pasted text, any bytes, and the [`Replies`] of the content: which tables there are, and what each line or row means. Goes
//! out: an [`Answer`], or the [`Reply`] that decides. Knows no line and no table itself, and not what caused anything: it says what
//! stands there.

pub mod chain;
mod rows;

use serde::{Deserialize, Serialize};

use super::diagnose::{Diagnosis, Evidence};
use super::fact::{FactKey, FactSet};
use super::signature::{Captures, Matcher};
use super::situation::Situation;
use super::sql::Edition;
use super::text::mask::Masker;
use rows::{Entry, rows};

/// The capture a list is made of.
const NAME: &str = "name";

/// How the rows of the tables in `public` begin: the name and the owner follow.
const TABLES: &str = "tables: public|";

/// The route in a database without tables.
const FROM_THE_BEGINNING: &str = "stamp:base upgrade:head";

/// How the names of schemas begin that the option of setting aside makes.
const SET_ASIDE: [&str; 2] = ["public_broken_", "public_attempt_"];

/// How the rows of a check of the recovery begin.
const CHECK: &str = "recovered: ";

/// How the rows of a comparison begin.
const COMPARISON: &str = "compare: ";

/// The reply that lists schemas beside `public` that hold tables.
const TABLES_ELSEWHERE: &str = "schema-with-tables";

/// What is longer than this is a log and no answer.
const LONGEST: usize = 1 << 20;

/// Everything that is recognised.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Replies {
    /// Tables: a name, and the columns as `schema|owner|…`.
    pub tables: Vec<(String, String)>,
    /// What lines and rows mean, the more exact first.
    pub replies: Vec<Reply>,
}

/// What a line or row means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reply {
    /// Kebab-case id.
    pub id: String,
    /// What it is about.
    pub about: About,
    /// The editions it can follow, by id; none: all.
    pub editions: Vec<String>,
    /// What it means, in plain words; `{name}` is filled from the line. Empty where nothing is to be said.
    pub text: String,
    /// Facts; of a failure the answer to a question with which the reader goes on.
    pub tells: Vec<(String, String)>,
    /// Whether its names are kept, for who makes more of them than words.
    pub lists: bool,
    /// The lines: any is enough, but of a success all must be there.
    pub matchers: Vec<Matcher>,
}

/// What a reply is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum About {
    /// The server, or the code's migrations.
    Server,
    /// Something that goes when `public` is deleted.
    Deleted,
    /// A step that failed.
    Failure,
    /// A step that worked.
    Success,
}

/// Whether what was run worked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judgement {
    /// Whether it did.
    pub worked: bool,
    /// What that means, in words without anything of what was printed.
    pub says: String,
    /// The answer to a question with which the reader goes on, if it failed.
    pub go_on: Option<(String, String)>,
}

impl From<&Reply> for Judgement {
    fn from(reply: &Reply) -> Self {
        let worked = reply.about == About::Success;
        Self { worked, says: reply.text.clone(), go_on: reply.tells.first().filter(|_| !worked).cloned() }
    }
}

/// What a server or Alembic said.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// What is known by it.
    pub facts: FactSet,
    /// What it says, with lines, masked.
    pub says: Vec<Evidence>,
    /// What deleting `public` would take, with lines, masked.
    pub deleted: Vec<Evidence>,
    /// Whether it is the output of a check of the recovery.
    of_a_check: bool,
    /// Names that are listed: the reply's id and the name as it was printed.
    listed: Vec<(String, String)>,
}

impl Replies {
    /// Reads what was pasted; `None` when nothing in it is known.
    pub fn read(&self, text: &[u8], masker: &Masker<'_>) -> Option<Answer> {
        let entries = rows(&self.tables, text);
        let mut answer = Answer::default();
        let mut known = false;
        for (at, (line, text)) in entries.iter().enumerate() {
            let before = entries.get(..at).unwrap_or_default();
            let found =
                self.replies.iter().filter(|r| matches!(r.about, About::Server | About::Deleted)).find_map(|reply| {
                    reply.matchers.iter().find_map(|m| find(m, text, before)).map(|captures| (reply, captures))
                });
            if let Some((reply, captures)) = found {
                known = true;
                answer.take(reply, &captures, *line, masker);
            }
        }
        answer.take_comparison(&entries, masker);
        answer.of_a_check = entries.iter().any(|(_, text)| text.starts_with(CHECK));
        answer.take_tables(&entries, masker);
        answer.derive(masker);
        (known || answer.facts.get(FactKey::Compared).is_some()).then_some(answer)
    }

    /// What decides whether a step worked; `None` when the text does not say. Of the text the last run counts, and in it the first
    /// line that reports a failure. A word like `GRANT` alone proves nothing.
    pub fn judge(&self, edition: Edition, text: &[u8]) -> Option<&Reply> {
        let entries = rows(&self.tables, text);
        let begin = entries.iter().rposition(|(_, text)| text.strip_prefix(rows::PRINTED) == Some("BEGIN"));
        let run = entries.get(begin.unwrap_or_default()..).unwrap_or_default();
        let replies = |about| {
            let follows = move |reply: &&Reply| {
                reply.about == about
                    && (reply.editions.is_empty() || reply.editions.iter().any(|id| id == edition.id()))
            };
            self.replies.iter().filter(follows)
        };
        let seen = |matcher: &Matcher, text: &str| find(matcher, text, &[]).is_some();
        let failed = |(_, text): &Entry| replies(About::Failure).find(|r| r.matchers.iter().any(|m| seen(m, text)));
        let proved = |reply: &&Reply| reply.matchers.iter().all(|m| run.iter().any(|(_, text)| seen(m, text)));
        run.iter().find_map(failed).or_else(|| replies(About::Success).find(proved))
    }

    /// The reply with this id.
    pub fn reply(&self, id: &str) -> Option<&Reply> {
        self.replies.iter().find(|reply| reply.id == id)
    }
}

/// The captures, when the line matches and the line before it holds what it must.
fn find<'m, 'l>(matcher: &'m Matcher, text: &'l str, before: &[Entry]) -> Option<Captures<'m, 'l>> {
    let captures = matcher.find(text)?;
    let follows =
        matcher.after.as_ref().is_none_or(|after| before.last().is_some_and(|(_, text)| after.find(text).is_some()));
    follows.then_some(captures)
}

impl Answer {
    fn take(&mut self, reply: &Reply, captures: &Captures<'_, '_>, line: u32, masker: &Masker<'_>) {
        let mut text = reply.text.clone();
        let told = reply.tells.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        for (name, value) in captures.iter().copied().chain(told) {
            text = text.replace(&["{", name, "}"].concat(), value);
            if reply.lists && name == NAME {
                self.listed.push((reply.id.clone(), masker.name(value)));
            }
            if let Some(key) = FactKey::from_id(name) {
                self.facts.set_if_missing(key, masker.name(value), Some(line));
            }
        }
        let into = if reply.about == About::Deleted { &mut self.deleted } else { &mut self.says };
        if !text.is_empty() {
            into.push(Evidence { line, text: Masker::on_screen(&text, &masker.secrets().find(&text)) });
        }
    }

    /// What a comparison with the migrations shows, where one was printed.
    fn take_comparison(&mut self, entries: &[Entry], masker: &Masker<'_>) {
        let rows = || entries.iter().filter_map(|(line, text)| Some((*line, text.strip_prefix(COMPARISON)?)));
        let Some((line, _)) = rows().next() else { return };
        let Some(found) = chain::compare(rows().map(|(_, row)| row)) else { return };
        self.facts.set(FactKey::Compared, found.compared.id(), Some(line));
        self.facts.set(FactKey::CompleteRevision, masker.name(&found.complete), Some(line));
        self.facts.set(FactKey::Route, found.route.clone(), Some(line));
        if found.gone_tables > 0 {
            self.facts.set(FactKey::GoneTables, if found.gone_tables == 1 { "one" } else { "several" }, Some(line));
        }
        for says in comparison_says(&found) {
            self.says.push(Evidence { line, text: Masker::on_screen(&says, &masker.secrets().find(&says)) });
        }
    }

    /// How many rows the tables hold, and who owns some of them in place of the user who asked.
    fn take_tables(&mut self, entries: &[Entry], masker: &Masker<'_>) {
        let tables = || entries.iter().filter_map(|(line, text)| Some((*line, text.strip_prefix(TABLES)?)));
        let counts: Vec<u64> = tables().filter_map(|(_, row)| row.rsplit('|').next()?.trim().parse().ok()).collect();
        if !counts.is_empty() {
            let rows = counts.iter().fold(0_u64, |sum, rows| sum.saturating_add(*rows));
            self.facts.set(FactKey::PublicRows, rows.to_string(), None);
        }
        let Some(user) = self.facts.value(FactKey::DbUser).map(str::to_owned) else { return };
        let owners = tables().filter_map(|(line, row)| Some((line, row.split('|').nth(1)?)));
        // A superuser owns what extensions bring along: it hands nothing over, and nobody becomes its member.
        let other = owners.into_iter().find(|(_, owner)| !owner.is_empty() && *owner != user && *owner != "postgres");
        if let Some((line, owner)) = other {
            self.facts.set(FactKey::OldOwner, masker.name(owner), Some(line));
        }
    }

    /// A schema besides `public` with tables of the app's; what was set aside stays aside.
    fn elsewhere(&self) -> Option<&str> {
        let aside = |schema: &&str| SET_ASIDE.iter().any(|start| schema.starts_with(start));
        self.listed(TABLES_ELSEWHERE).find(|schema| !aside(schema))
    }

    /// What follows from rows of several tables: how many versions there are, and whether there are tables beside them.
    fn derive(&mut self, masker: &Masker<'_>) {
        // What a check of the recovery prints is so afterwards: it says nothing of the failure.
        if self.of_a_check {
            for key in [FactKey::Version, FactKey::VersionRows, FactKey::PublicTables] {
                self.facts.remove(key);
            }
            return;
        }
        let rows = self.facts.value(FactKey::VersionRows).map(str::to_owned);
        if let Some(rows) = &rows {
            let inside = rows.trim_matches(['{', '}']);
            let version = match inside.split(',').filter(|one| !one.is_empty()).count() {
                0 => "empty",
                1 => "one",
                _ => "several",
            };
            self.facts.set(FactKey::Version, version, None);
        }
        let Some(tables) = self.facts.value(FactKey::PublicTables).and_then(|number| number.parse::<u64>().ok()) else {
            return;
        };
        let own = u64::from(rows.is_some());
        let contents = match tables > own {
            true => "tables",
            false if self.elsewhere().is_some() => "elsewhere",
            false => "empty",
        };
        let elsewhere = self.elsewhere().map(str::to_owned);
        if let Some(schema) = elsewhere {
            self.facts.set(FactKey::OtherSchema, masker.name(&schema), None);
        }
        self.facts.set(FactKey::Contents, contents, None);
        // Without tables no comparison is needed: every migration has to run.
        if contents == "empty" {
            self.facts.set_if_missing(FactKey::Route, FROM_THE_BEGINNING, None);
        }
    }

    /// What a reply listed.
    pub fn listed(&self, reply: &'static str) -> impl Iterator<Item = &str> {
        self.listed.iter().filter(move |(id, _)| id == reply).map(|(_, name)| name.as_str())
    }

    /// The database the server names.
    pub fn database(&self) -> Option<&str> {
        self.facts.value(FactKey::Database)
    }

    /// This answer behind one that came before, unless all of that was asked again.
    #[must_use]
    pub fn after(mut self, before: Option<Answer>) -> Answer {
        match before {
            // What stood there before it was deleted is still to be known.
            Some(old) if self.database().is_some() && self.database() == old.database() => {
                self.listed.extend(old.listed);
                self
            }
            Some(mut all) if self.database().is_none() => {
                all.says.extend(self.says);
                all.deleted.extend(self.deleted);
                all.listed.extend(self.listed);
                all
            }
            _ => self,
        }
    }

    /// Whether the database is another than the one that is known.
    pub fn is_elsewhere(&self, known: &FactSet) -> bool {
        self.database().zip(known.value(FactKey::Database)).is_some_and(|(here, there)| here != there)
    }

    /// Adds its facts to what a log shows: what the log says stays, and nothing is taken from another database. A text that is no log
    /// is said to be what it is.
    pub fn tell(&self, log: &mut Diagnosis) {
        self.add_to(log, |line| line);
    }

    /// The same of an answer that was pasted after the log: its lines are not the log's.
    pub fn tell_apart(&self, log: &mut Diagnosis) {
        self.add_to(log, |_| None);
    }

    fn add_to(&self, log: &mut Diagnosis, line: fn(Option<u32>) -> Option<u32>) {
        if !self.is_elsewhere(&log.facts) {
            for (key, fact) in self.facts.iter() {
                let (value, line) = (fact.value.as_str(), line(fact.line));
                match key {
                    // What only a server knows is true as it was said last.
                    FactKey::SetAside
                    | FactKey::PublicSchema
                    | FactKey::PublicTables
                    | FactKey::VersionRows
                    | FactKey::PublicRows
                    | FactKey::Version
                    | FactKey::Contents
                    | FactKey::Compared
                    | FactKey::GoneTables
                    | FactKey::Blocked
                    | FactKey::Route
                    | FactKey::OldOwner
                    | FactKey::OtherSchema
                    | FactKey::RevisionFile
                    | FactKey::CompleteRevision => log.facts.set(key, value, line),
                    _ => log.facts.set_if_missing(key, value, line),
                }
            }
        }
        let rows = log.facts.value(FactKey::VersionRows).map(|rows| rows.trim_matches(['{', '}']));
        let recorded = rows.zip(log.facts.value(FactKey::CompleteRevision)).map(|(rows, complete)| rows == complete);
        if let Some(same) = recorded.filter(|_| log.facts.value(FactKey::Version) == Some("one")) {
            log.facts.set(FactKey::Recorded, if same { "same" } else { "other" }, None);
        }
        if log.situation == Situation::Unknown && log.signature.is_none() {
            "This is what the server or Alembic says, and no log of a deploy.".clone_into(&mut log.headline);
        }
    }
}

/// What a comparison shows, in sentences.
fn comparison_says(found: &chain::Comparison) -> Vec<String> {
    let mut says = Vec::new();
    if found.compared == chain::Compared::Chain {
        let next = found.next.as_deref().unwrap_or_default();
        return vec![["The migrations fail on an empty database too, at ", next, "."].concat()];
    }
    says.push(["Complete with all before it: ", &found.complete, "."].concat());
    let lists = [
        (found.next.as_deref().unwrap_or_default(), " is there already: ", &found.present),
        (found.next.as_deref().unwrap_or_default(), " is missing or differs: ", &found.missing),
        ("No migration", " makes: ", &found.extras),
    ];
    for (of, what, list) in lists.into_iter().filter(|(.., list)| !list.is_empty()) {
        let of = if of == "No migration" { of.to_owned() } else { ["Of ", of].concat() };
        says.push([&of, what, &list.join(", "), "."].concat());
    }
    says
}

/// Keeps what may be an answer while it comes in portions.
#[derive(Debug, Default)]
pub(super) struct Keeper {
    kept: Vec<u8>,
    too_long: bool,
}

impl Keeper {
    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.too_long |= self.kept.len() + bytes.len() > LONGEST;
        if self.too_long {
            self.kept = Vec::new();
        } else {
            self.kept.extend_from_slice(bytes);
        }
    }

    pub(super) fn finish(self, replies: &Replies, masker: &Masker<'_>) -> Option<Answer> {
        replies.read(&self.kept, masker)
    }
}
