//! What the log, the answers and the server's words say against each other. While two of them disagree no plan is right for both.
//!
//! Comes in: a diagnosis, what a server said, the answers, and the names somebody stood by. Goes out: the first contradiction, with both
//! sides in words. It is over when one side is taken back: another answer, the words of the right server. A name or a size that speaks of
//! production only asks once more: it is over too when the name is typed again.

use std::collections::BTreeSet;

use serde::Serialize;

use super::answer::Answer;
use super::fact::{FactKey, FactSet};
use super::production;
use super::situation::Situation;
use super::tree::Answers;

/// Who says something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// The log of the deploy.
    Log,
    /// An answer of the reader's.
    Answer,
    /// What a server or a tool printed.
    Server,
    /// A name given by hand.
    Name,
}

/// One side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Side {
    /// Who says it.
    pub source: Source,
    /// What is said.
    pub text: String,
}

/// Two sides that cannot both be true.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Contradiction {
    /// What it is about: `database`, `history`, `tables` or `data`.
    pub id: &'static str,
    /// Both sides.
    pub sides: [Side; 2],
    /// The name to type again where that settles it.
    pub stand_by: Option<String>,
}

/// What is held against each other.
#[derive(Clone, Copy, Debug)]
pub struct Statements<'a> {
    /// What the log shows.
    pub situation: Situation,
    /// What is known, the server's facts included.
    pub facts: &'a FactSet,
    /// What a server or a tool said last.
    pub said: Option<&'a Answer>,
    /// The answers.
    pub answers: &'a Answers,
    /// The database's name as given by hand.
    pub named: Option<&'a str>,
    /// Names that were typed again.
    pub stood_by: &'a BTreeSet<String>,
    /// Whether what they lead to deletes data.
    pub deletes: bool,
}

/// The first contradiction.
pub fn contradiction(statements: Statements<'_>) -> Option<Contradiction> {
    statements.databases().or_else(|| statements.contents()).or_else(|| statements.data())
}

impl Statements<'_> {
    fn fact(&self, key: FactKey) -> Option<&str> {
        self.facts.value(key)
    }

    /// Two databases are meant. Before anything that deletes, the log, the name given by hand and the server all have to mean the same
    /// one. Elsewhere only the server's words have to be of the database in use: a backup is restored into one with another name.
    pub fn databases(&self) -> Option<Contradiction> {
        let by_hand = self.named.map(|name| (Source::Name, "the database you named is ", name));
        let read = self.facts.get(FactKey::Database).map(|fact| match fact.line {
            Some(_) => (Source::Log, "the log is about the database ", fact.value.as_str()),
            None => (Source::Server, "what was read first is of the database ", fact.value.as_str()),
        });
        let there = self.said.and_then(Answer::database);
        let there = there.map(|name| (Source::Server, "the server answers for the database ", name));
        let pairs = [(by_hand.or(read), there), (by_hand, read), (read, there)];
        let held = if self.deletes { &pairs[..] } else { &pairs[..1] };
        let (one, other) =
            held.iter().filter_map(|(one, other)| one.zip(*other)).find(|(one, other)| one.2 != other.2)?;
        let sides = [one, other].map(|(source, says, name)| Side { source, text: [says, name].concat() });
        Some(Contradiction { id: "database", sides, stand_by: None })
    }

    /// What the database holds is not what the log tells of it.
    pub fn contents(&self) -> Option<Contradiction> {
        self.history().or_else(|| self.tables())
    }

    /// The log begins the history, and the server has a version.
    fn history(&self) -> Option<Contradiction> {
        let version = self.fact(FactKey::Version).filter(|version| matches!(*version, "one" | "several"))?;
        let first = self.fact(FactKey::History) == Some("first");
        let rows = self.fact(FactKey::VersionRows).unwrap_or(version);
        let log = "nothing is before the arrow: Alembic found no version in its database".to_owned();
        first.then(|| sides("history", (Source::Log, log), ["alembic_version holds ", rows].concat()))
    }

    /// The log or an answer says that a table is there, and the server does not list it.
    fn tables(&self) -> Option<Contradiction> {
        let relation = self.fact(FactKey::Relation)?;
        if self.situation != Situation::DuplicateTable || self.fact(FactKey::Schema).is_some_and(|s| s != "public") {
            return None;
        }
        let exists = [relation, " already exists"].concat();
        if self.fact(FactKey::Contents) == Some("empty") {
            return Some(sides("tables", (Source::Log, exists), "there is no table in public".to_owned()));
        }
        let said = self.said?;
        let mut listed = TABLES.iter().flat_map(|reply| said.listed(reply)).peekable();
        let says_match = self.answers.get("tables-match").is_some_and(|answer| answer == "match");
        let lacks = listed.peek().is_some() && listed.all(|table| table != relation);
        let found = says_match && lacks && !self.stood_by.contains(relation);
        let answer = ["the tables match, and the log names ", relation].concat();
        let server = ["public has no table ", relation].concat();
        found.then(|| Contradiction {
            stand_by: Some(relation.to_owned()),
            ..sides("tables", (Source::Answer, answer), server)
        })
    }

    /// The data is said not to matter, and a name or the number of rows says that people use it.
    fn data(&self) -> Option<Contradiction> {
        let found = self.production()?;
        let (name, says) = found.names.first().or(found.rows.as_ref())?;
        let (source, text) = if found.names.is_empty() {
            (Source::Server, [says, " in public"].concat())
        } else {
            (Source::Name, [name, " (", says, ")"].concat())
        };
        let one = Side { source: Source::Answer, text: ["data=", &found.answer].concat() };
        Some(Contradiction { id: "data", sides: [one, Side { source, text }], stand_by: Some(name.clone()) })
    }

    /// What speaks against the answer that the data may be deleted: every name of the database and of its user, and the number of rows.
    pub fn production(&self) -> Option<production::Contradiction> {
        let names = [
            self.named,
            self.fact(FactKey::Database),
            self.said.and_then(Answer::database),
            self.fact(FactKey::DbUser),
        ];
        let names: Vec<&str> = names.into_iter().flatten().collect();
        let database = self.named.or(self.fact(FactKey::Database)).unwrap_or("public");
        let rows = self.fact(FactKey::PublicRows).map(|rows| (database, rows));
        production::contradiction(self.answers, &names, rows, self.stood_by)
    }
}

/// The replies of `content/answers.toml` that list tables in `public`.
const TABLES: [&str; 3] = ["table-with-rows", "not-counted", "table"];

/// One side, and the server's.
fn sides(id: &'static str, (source, text): (Source, String), server: String) -> Contradiction {
    let sides = [Side { source, text }, Side { source: Source::Server, text: server }];
    Contradiction { id, sides, stand_by: None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::diagnose::Diagnosis;

    fn found(diagnosis: &Diagnosis, answers: &[(&str, &str)], stood_by: &[&str]) -> Option<Contradiction> {
        let answers = answers.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        let stood_by = stood_by.iter().map(|name| (*name).to_owned()).collect();
        contradiction(Statements {
            situation: diagnosis.situation,
            facts: &diagnosis.facts,
            said: None,
            answers: &answers,
            named: None,
            stood_by: &stood_by,
            deletes: true,
        })
    }

    /// What is held against each other where a log, a name and a server each mean a database, or say nothing of it.
    fn meant([log, name, server]: [Option<&str>; 3], deletes: bool, answers: &Answers) -> Option<Contradiction> {
        let mut diagnosis = diagnosis(&[]);
        if let Some(log) = log {
            diagnosis.facts.set(FactKey::Database, log, Some(1));
        }
        let mut said = Answer::default();
        if let Some(server) = server {
            said.facts.set(FactKey::Database, server, None);
            said.tell_apart(&mut diagnosis);
        }
        let stood_by = BTreeSet::new();
        contradiction(Statements {
            situation: diagnosis.situation,
            facts: &diagnosis.facts,
            said: Some(&said),
            answers,
            named: name,
            stood_by: &stood_by,
            deletes,
        })
    }

    /// Every way in which three sources mean one of three databases, or say nothing.
    fn all_meant() -> impl Iterator<Item = [Option<&'static str>; 3]> {
        let names = [None, Some("shop"), Some("shop_b"), Some("shop_live")];
        names.into_iter().flat_map(move |log| {
            names.into_iter().flat_map(move |name| names.into_iter().map(move |server| [log, name, server]))
        })
    }

    #[test]
    fn nothing_is_deleted_while_two_databases_are_meant() {
        for meant_here in all_meant() {
            let all: BTreeSet<&str> = meant_here.into_iter().flatten().collect();
            let found = meant(meant_here, true, &Answers::new());
            assert_eq!(found.is_some_and(|found| found.id == "database"), all.len() > 1, "{meant_here:?}");
        }
    }

    #[test]
    fn every_name_is_weighed_for_production() {
        let disposable = Answers::from([("data".to_owned(), "disposable".to_owned())]);
        for meant_here in all_meant() {
            let speaks = meant_here.contains(&Some("shop_live"));
            assert_eq!(
                meant(meant_here, true, &disposable).is_some(),
                speaks || {
                    let all: BTreeSet<&str> = meant_here.into_iter().flatten().collect();
                    all.len() > 1
                }
            );
            let other = meant(meant_here, false, &disposable).is_some();
            assert!(other || !speaks, "{meant_here:?}");
        }
    }

    #[test]
    fn a_backup_is_restored_into_a_database_with_another_name() {
        assert_eq!(meant([Some("shop"), Some("shop_new"), Some("shop_new")], false, &Answers::new()), None);
        assert!(meant([Some("shop"), Some("shop_new"), Some("shop")], false, &Answers::new()).is_some());
        assert!(meant([Some("shop"), None, Some("shop_new")], false, &Answers::new()).is_some());
    }

    fn diagnosis(facts: &[(FactKey, &str)]) -> Diagnosis {
        let mut diagnosis = Diagnosis {
            situation: Situation::DuplicateTable,
            candidates: Vec::new(),
            signature: None,
            headline: String::new(),
            evidence: Vec::new(),
            warnings: Vec::new(),
            facts: FactSet::default(),
        };
        for (key, value) in facts {
            diagnosis.facts.set(*key, *value, None);
        }
        diagnosis
    }

    #[test]
    fn a_log_at_the_beginning_contradicts_a_version() {
        let at = |history| {
            diagnosis(&[(FactKey::History, history), (FactKey::Version, "one"), (FactKey::VersionRows, "{006}")])
        };
        let both = found(&at("first"), &[], &[]).expect("both cannot be true");
        assert_eq!((both.id, both.sides[1].text.as_str()), ("history", "alembic_version holds {006}"));
        assert_eq!(found(&at("later"), &[], &[]), None);
        assert_eq!(found(&diagnosis(&[(FactKey::History, "first"), (FactKey::Version, "empty")]), &[], &[]), None);
    }

    #[test]
    fn many_rows_and_a_name_ask_once_more() {
        let many = diagnosis(&[(FactKey::PublicRows, "1000"), (FactKey::Database, "shop")]);
        assert_eq!(found(&many, &[("data", "disposable")], &[]).and_then(|both| both.stand_by), Some("shop".into()));
        assert_eq!(found(&many, &[("data", "disposable")], &["shop"]), None);
        assert_eq!(found(&many, &[("data", "needed")], &[]), None);
        let few = diagnosis(&[(FactKey::PublicRows, "999"), (FactKey::Database, "shop")]);
        assert_eq!(found(&few, &[("data", "disposable")], &[]), None);
        let named = diagnosis(&[(FactKey::Database, "shop_prod")]);
        assert_eq!(found(&named, &[("data", "disposable")], &[]).map(|both| both.id), Some("data"));
        assert_eq!(found(&named, &[("data", "disposable")], &["shop_prod"]), None);
    }

    #[test]
    fn a_table_that_exists_contradicts_an_empty_database() {
        let facts = [(FactKey::Relation, "users"), (FactKey::Contents, "empty")];
        assert_eq!(found(&diagnosis(&facts), &[], &[]).map(|both| both.id), Some("tables"));
    }
}
