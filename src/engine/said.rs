//! What a reader answered, and about which database. It decides which answers count.
//!
//! Comes in: answers, each with the name of the database in use at that moment. Goes out: the answers that count for the name in use
//! now. An answer that opens a gate ([`super::gate`]) was said about one database: with another name in use it counts no more, and
//! counts again when the first name is back. There is no other way to the answers, so whoever sets a name need not think of this.
//!
//! ```
//! use runbook::engine::said::Said;
//! let mut said = Said::default();
//! said.say("data", "disposable", "");
//! said.confirm("staging_db", "");
//! assert_eq!(said.about("staging_db").len(), 2);
//! assert!(said.about("production_db").is_empty() && said.about("").is_empty());
//! ```

use super::gate::{RIGHT_DATABASE, opens};
use super::tree::Answers;

/// Everything a reader answered. It holds names, so it is never kept or sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    answers: Answers,
    /// By question the database in use when it was answered; none where there was no name yet.
    about: Answers,
}

/// The answer that names a database. Only [`Said::confirm`] gives it.
const CONFIRMED: &str = "confirmed";

impl Said {
    /// What a link or an earlier page of this tab brought: nothing in it opens a gate.
    pub fn brought(answers: &Answers) -> Self {
        let mut said = Said::default();
        for (question, answer) in answers.iter().filter(|(question, answer)| !opens(question, answer)) {
            said.note(question, answer, "");
        }
        said
    }

    /// Notes an answer, and which database is in use. That a database is the right one is not said so but by its name.
    pub fn say(&mut self, question: &str, answer: &str, database: &str) {
        if (question, answer) != (RIGHT_DATABASE, CONFIRMED) {
            self.note(question, answer, database);
        }
    }

    /// Notes that this is the right database, and which name was in use until now. Where there was none, what was answered before was
    /// about the database that is named here.
    pub fn confirm(&mut self, database: &str, in_use: &str) {
        for question in self.answers.keys().filter(|_| in_use.is_empty()) {
            if !self.about.contains_key(question) {
                self.about.insert(question.clone(), database.to_owned());
            }
        }
        self.note(RIGHT_DATABASE, CONFIRMED, database);
    }

    /// The same, gone back to from what was said later: where the same answer has a name there, that is the database it was about.
    #[must_use]
    pub fn named_by(mut self, later: &Said) -> Self {
        for (question, name) in &later.about {
            if !self.about.contains_key(question) && self.answers.get(question) == later.answers.get(question) {
                self.about.insert(question.clone(), name.clone());
            }
        }
        self
    }

    fn note(&mut self, question: &str, answer: &str, database: &str) {
        self.answers.insert(question.to_owned(), answer.to_owned());
        if database.is_empty() {
            self.about.remove(question);
        } else {
            self.about.insert(question.to_owned(), database.to_owned());
        }
    }

    /// The answers that count while this database is in use; an empty name is none.
    pub fn about(&self, database: &str) -> Answers {
        let mut counting = Answers::new();
        for (question, answer) in
            self.answers.iter().filter(|(question, answer)| self.counts(question, answer, database))
        {
            counting.insert(question.clone(), answer.clone());
        }
        counting
    }

    /// Whether a question was answered about another database than the one in use.
    pub fn was_about_another(&self, question: &str, database: &str) -> bool {
        self.answers.get(question).is_some_and(|answer| !self.counts(question, answer, database))
    }

    fn counts(&self, question: &str, answer: &str, database: &str) -> bool {
        let about = self.about.get(question).map(String::as_str).unwrap_or_default();
        let nameless = question == RIGHT_DATABASE && database.is_empty();
        !opens(question, answer) || about == database && !nameless
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn going_back_to_a_time_without_a_name_keeps_what_was_said_of_one() {
        let mut said = Said::default();
        said.say("data", "disposable", "");
        let before = said.clone();
        said.confirm("staging_db", "");
        let back = before.clone().named_by(&said);
        assert_eq!(back.about("staging_db").len(), 1, "the data's answer, and no confirmation");
        assert!(back.about("production_db").is_empty());
        said.say("data", "backed-up", "production_db");
        assert!(before.named_by(&said).about("production_db").is_empty(), "that was another answer");
    }
}
