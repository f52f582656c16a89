//! Where the reader stands: at a question, at a way out, or before a contradiction that has to be settled first.

// The methods themselves are not general enough over the lifetime of what they look at.
#![allow(clippy::redundant_closure_for_method_calls)]

use leptos::prelude::*;

use super::{Session, Situation};
use crate::embedded;
use crate::engine::contradiction::{Contradiction as Disagreement, Statements};
use crate::engine::effect::{Effect, effect};
use crate::engine::fact::FactSet;
use crate::engine::journal::At;
use crate::engine::page::{OutcomePage, Risk};
use crate::engine::plan;
use crate::engine::production::Contradiction;
use crate::engine::tree::{Answers, End, Question};

/// Where the reader stands, and so what is shown.
#[derive(Debug, Clone, Copy)]
pub enum Standing {
    /// This is asked, for the first time or again.
    Asked(&'static Question),
    /// The way out deletes data, and a name speaks against what was said of it: that is asked first.
    Contradicted,
    /// The log, an answer and the server cannot all be right: one of them is taken back first.
    Disagreeing,
    /// This way out is reached.
    Reached(&'static OutcomePage),
}

/// The answer that leads from Option A to the milder way, and that way's id.
const SET_ASIDE: (&str, &str, &str) = ("instead", "set-aside", "move-aside");

impl Standing {
    /// What tells one from another.
    pub fn key(self) -> &'static str {
        match self {
            Self::Asked(question) => &question.id,
            Self::Contradicted => "contradiction",
            Self::Disagreeing => "disagreement",
            Self::Reached(way) => &way.id,
        }
    }
}

impl Session {
    /// Where the reader stands; `None` while nothing is known.
    pub fn standing(self) -> Option<Standing> {
        let advice = self.advice()?;
        let catalogue = embedded::catalogue();
        let again = self.asking.get().and_then(|id| catalogue.tree.question(&id));
        Some(match (again, &advice.walk.end) {
            (Some(question), _) => Standing::Asked(question),
            (None, End::Question(question)) => Standing::Asked(question),
            (None, End::Outcome(_)) => {
                let way = catalogue.reached(&advice)?;
                if self.disagreement().is_some() {
                    Standing::Disagreeing
                } else if way.risk == Risk::Destructive && self.contradiction().is_some() {
                    Standing::Contradicted
                } else {
                    Standing::Reached(way)
                }
            }
        })
    }

    /// What the log, the answers and the server say against each other. Which database is meant counts here only before deleting: else
    /// it is said where the server's words are.
    pub fn disagreement(self) -> Option<Disagreement> {
        let way = embedded::catalogue().reached(&self.advice()?)?;
        let two = if way.risk == Risk::Destructive { self.databases() } else { None };
        two.or_else(|| self.held(|all| all.contents()))
    }

    /// Two databases that are meant where something is to be deleted from one.
    pub fn databases(self) -> Option<Disagreement> {
        self.held(|all| all.databases())
    }

    /// An answer that allows deleting data beside many rows or a name that speaks of production. A user who is typed later stands in the
    /// plan itself, which must not go away meanwhile.
    pub fn contradiction(self) -> Option<Contradiction> {
        self.held(|all| all.production())
    }

    /// Looks at all that is held against each other before something is deleted.
    fn held<T>(self, look: impl FnOnce(&Statements<'_>) -> Option<T>) -> Option<T> {
        let (known, names, nothing) = (self.known(), self.names.get(), FactSet::default());
        look(&Statements {
            situation: known.as_ref().map_or(Situation::Unknown, |known| known.diagnosis.situation),
            facts: known.as_ref().map_or(&nothing, |known| &known.diagnosis.facts),
            said: known.as_ref().and_then(|known| known.answer.as_ref()),
            answers: &self.answers.get(),
            named: Some(names.database.as_str()).filter(|name| !name.is_empty()),
            stood_by: &names.stood_by,
            deletes: true,
        })
    }

    /// Settles a contradiction: what was said stands for the names in use too.
    pub fn stand_by_names(self) {
        if let Some(found) = untrack(|| self.contradiction()) {
            self.names
                .update(|names| names.stood_by.extend(found.names.into_iter().chain(found.rows).map(|(name, _)| name)));
        }
    }

    /// The heading a reader goes on at: the question that is asked now, what has to be settled, or the way out.
    pub fn next_heading(self, prefix: &str) -> String {
        match untrack(|| self.standing()) {
            Some(Standing::Asked(question)) => format!("{prefix}-{}", question.id),
            Some(Standing::Contradicted) => format!("{prefix}-contradiction"),
            Some(Standing::Disagreeing) => format!("{prefix}-disagreement"),
            Some(Standing::Reached(_)) | None => "outcome-title".to_owned(),
        }
    }

    /// The way out after whose plan the deploy works again.
    pub fn recovered(self) -> Option<&'static OutcomePage> {
        self.known().filter(|known| known.diagnosis.situation == Situation::Healthy)?;
        self.journal.with(|journal| embedded::catalogue().outcome(journal.recovered()?))
    }

    /// The most that what was done in this tab may have changed.
    pub fn effect(self) -> Effect {
        let step = |at: &At| plan::step(embedded::LATER.get()?.steps(&at.plan), &at.step);
        self.journal.with(|journal| effect(journal, step))
    }

    /// Whether the old schema can be set aside in place of deleting it, as far as this page knows.
    pub fn can_set_aside(self) -> bool {
        let (question, answer, way) = SET_ASIDE;
        let Some(known) = self.known() else { return false };
        let mut answers: Answers = self.answers.get();
        answers.insert(question.to_owned(), answer.to_owned());
        embedded::catalogue().advise(&known.diagnosis, &answers).walk.end == End::Outcome(way)
    }

    /// Leads to setting aside; what was said of the data stays as it is.
    pub fn set_aside(self) {
        let (question, answer, _) = SET_ASIDE;
        self.answer(question, answer);
    }
}
