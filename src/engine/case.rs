//! One failed deploy as far as it is known: the log, the answers, and what servers and tools printed since.
//!
//! Comes in: a diagnosis, answers, and printed texts in the order in which they were handed over. Goes out: the advice. What a text
//! tells is added to the facts; a script that failed in a known way answers a question. Must not know: files or the command line.

use std::collections::BTreeSet;

use super::Engine;
use super::advice::Advice;
use super::answer::Answer;
use super::catalogue::Catalogue;
use super::contradiction::{Contradiction, Statements, contradiction};
use super::diagnose::Diagnosis;
use super::fact::FactKey;
use super::risk::Risk;
use super::sql::{Edition, Extensions};
use super::tree::Answers;

/// A failed deploy.
#[derive(Debug, Clone)]
pub struct Case {
    /// What is known of it.
    pub diagnosis: Diagnosis,
    /// What was answered.
    pub answers: Answers,
    /// What servers and tools said.
    pub said: Option<Answer>,
    /// Names that were typed again.
    stood_by: BTreeSet<String>,
}

/// The replies of `content/answers.toml` that list extensions in `public`.
const OWN_EXTENSIONS: &str = "extension-again";
const EXTENSIONS_OF_OTHERS: &str = "extension-gone";

/// Drivers whose name has to be in an address, because they are not SQLAlchemy's own choice. pg8000 is none of them: it needs a user in
/// the address, and nobody knows whose.
const DRIVERS_IN_URLS: [&str; 2] = ["asyncpg", "psycopg"];

impl Case {
    /// A case of which only the log and the answers are known; `said` is what a server says in that log.
    pub fn new((diagnosis, said): (Diagnosis, Option<Answer>), answers: Answers) -> Self {
        Self { diagnosis, answers, said, stood_by: BTreeSet::new() }
    }

    /// Notes a name that was typed again: it contradicts nothing any more.
    pub fn stand_by(&mut self, name: &str) {
        self.stood_by.insert(name.to_owned());
    }

    /// What the log, the answers, the server and the name given by hand say against each other, on the way to an outcome of this risk.
    pub fn contradiction(&self, named: Option<&str>, risk: Risk) -> Option<Contradiction> {
        contradiction(Statements {
            situation: self.diagnosis.situation,
            facts: &self.diagnosis.facts,
            said: self.said.as_ref(),
            answers: &self.answers,
            named,
            stood_by: &self.stood_by,
            deletes: risk == Risk::Destructive,
        })
    }

    /// Takes over what a step printed; `edition` is the script it ran, if any.
    pub fn hand_back(&mut self, engine: &Engine<'_>, edition: Option<Edition>, printed: &[u8]) {
        if let Some(said) = engine.read(printed) {
            said.tell_apart(&mut self.diagnosis);
            self.said = Some(said.after(self.said.take()));
        }
        let reply = edition.and_then(|edition| engine.judge(edition, printed));
        if let Some((question, answer)) = reply.map(super::answer::Judgement::from).and_then(|judged| judged.go_on) {
            self.answers.insert(question, answer);
        }
    }

    /// Where it leads.
    pub fn advise<'c>(&self, catalogue: &'c Catalogue) -> Advice<'c> {
        catalogue.advise(&self.diagnosis, &self.answers)
    }

    /// The address of the empty database on the reader's own computer, in the form that the log's driver takes.
    pub fn try_url(&self) -> String {
        let driver = self.diagnosis.facts.value(FactKey::Driver).filter(|driver| DRIVERS_IN_URLS.contains(driver));
        let plus = if driver.is_some() { "+" } else { "" };
        ["postgresql", plus, driver.unwrap_or_default(), ":///migrations_try"].concat()
    }

    /// The extensions in `public` that the server listed which answered last; `None` where none was asked, or for another database than
    /// this one. Outputs of two databases are never put together: the one asked last counts, and only for its own database.
    pub fn extensions(&self, database: &str) -> Option<Extensions> {
        let said = self.said.as_ref().filter(|said| said.database() == Some(database))?;
        extensions_of(said)
    }
}

/// The extensions in `public` that an answer lists; `None` where it is of no database.
pub fn extensions_of(said: &Answer) -> Option<Extensions> {
    said.database().map(|_| Extensions::of(said.listed(OWN_EXTENSIONS), said.listed(EXTENSIONS_OF_OTHERS)))
}
