//! What the log, the answers and the server's words say against each other. While two of them disagree no plan is right for both.
//!
//! Comes in: a diagnosis, what a server said, the answers, and the names somebody stood by. Goes out: the first contradiction, with both
//! sides in words. It is over when one side is taken back: another answer, the words of the right server. A name or a size that speaks of
//! production only asks once more: it is over too when the name is typed again.

use std::collections::BTreeSet;

use serde::Serialize;

use super::answer::Answer;
use super::diagnose::Diagnosis;
use super::fact::FactKey;
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

/// The id of the contradiction about the data: it only asks once more.
pub const DATA: &str = "data";

/// From this many rows on a database is one that somebody uses.
const MANY_ROWS: u64 = 1000;

/// What is held against each other.
#[derive(Clone, Copy, Debug)]
pub struct Statements<'a> {
    /// What is known, the server's facts included.
    pub diagnosis: &'a Diagnosis,
    /// The database the log itself names.
    pub log_database: Option<&'a str>,
    /// What a server or a tool said.
    pub said: Option<&'a Answer>,
    /// The answers.
    pub answers: &'a Answers,
    /// The database's name as given by hand.
    pub named: Option<&'a str>,
    /// Names that were typed again.
    pub stood_by: &'a BTreeSet<String>,
}

/// The first contradiction.
pub fn contradiction(statements: Statements<'_>) -> Option<Contradiction> {
    statements
        .databases()
        .or_else(|| statements.history())
        .or_else(|| statements.tables())
        .or_else(|| statements.data())
}

impl Statements<'_> {
    fn fact(&self, key: FactKey) -> Option<&str> {
        self.diagnosis.facts.value(key)
    }

    /// The server answered for another database than the log or the reader names.
    fn databases(&self) -> Option<Contradiction> {
        let there = self.said?.database()?;
        let by_hand = self.named.map(|name| (Source::Name, name));
        let in_log = self.log_database.map(|name| (Source::Log, name));
        let (source, here) = by_hand.or(in_log).filter(|(_, here)| *here != there)?;
        let says = if source == Source::Log { "the log is about the database " } else { "the database you named is " };
        Some(sides(
            "database",
            (source, [says, here].concat()),
            ["the server answers for the database ", there].concat(),
        ))
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
        if self.diagnosis.situation != Situation::DuplicateTable
            || self.fact(FactKey::Schema).is_some_and(|s| s != "public")
        {
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
        let database = self.named.or(self.fact(FactKey::Database));
        let names: Vec<&str> = database.into_iter().chain(self.fact(FactKey::DbUser)).collect();
        let answer = |id: &str| (Source::Answer, ["data=", id].concat());
        if let Some(found) = production::contradiction(self.answers, &names, self.stood_by) {
            let (name, word) = found.names.first()?;
            let other = Side { source: Source::Name, text: [name, " (", word, ")"].concat() };
            let (source, text) = answer(&found.answer);
            let one = Side { source, text };
            return Some(Contradiction { id: DATA, sides: [one, other], stand_by: Some(name.clone()) });
        }
        let disposable = self.answers.get("data").filter(|answer| *answer == "disposable")?;
        let rows = self
            .fact(FactKey::PublicRows)
            .and_then(|rows| rows.parse::<u64>().ok())
            .filter(|rows| *rows >= MANY_ROWS)?;
        let database = database.unwrap_or("public");
        let found = !self.stood_by.contains(database);
        let server = [&rows.to_string(), " rows in public"].concat();
        found.then(|| Contradiction { stand_by: Some(database.to_owned()), ..sides(DATA, answer(disposable), server) })
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
    use crate::engine::fact::FactSet;

    fn found(diagnosis: &Diagnosis, answers: &[(&str, &str)], stood_by: &[&str]) -> Option<Contradiction> {
        let answers = answers.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        let stood_by = stood_by.iter().map(|name| (*name).to_owned()).collect();
        contradiction(Statements {
            diagnosis,
            log_database: None,
            said: None,
            answers: &answers,
            named: None,
            stood_by: &stood_by,
        })
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
