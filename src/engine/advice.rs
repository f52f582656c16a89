//! Diagnosis → advice: the walk through the tree and where it can still lead. Needs the content alone, not the patterns logs
//! are searched for, so a page can show what a link or a reader says before those are here.

use super::catalogue::{Catalogue, Deciding};
use super::diagnose::{self, Diagnosis};
use super::link::Link;
use super::page::OutcomePage;
use super::situation::Situation;
use super::tree::{self, Answers, End, Walk};

/// Where the reader stands: the walk through the tree and where it can still lead.
#[derive(Debug, Clone, PartialEq)]
pub struct Advice<'c> {
    /// The nodes passed and the open question or outcome.
    pub walk: Walk<'c>,
    /// Ids of every outcome that can still be reached, in the content's order.
    pub reachable: Vec<&'c str>,
}

impl Catalogue {
    /// What a reader says they saw.
    pub fn told(&self, situation: Situation, deciding: Option<&Deciding>) -> Diagnosis {
        diagnose::told(self, situation, deciding)
    }

    /// What a link from another tab says was seen; `headline` is what [`super::Engine::headline`] gives for its signature.
    pub fn linked(&self, link: &Link, headline: Option<&str>) -> Diagnosis {
        diagnose::linked(self, link, headline)
    }

    /// What to do about it, given the answers so far; unknown keys are ignored.
    pub fn advise(&self, diagnosis: &Diagnosis, answers: &Answers) -> Advice<'_> {
        let walk = tree::walk(&self.tree, &diagnosis.facts, answers);
        let ends = tree::reachable(&self.tree, &diagnosis.facts, answers);
        let reachable = self.outcomes.iter().map(|o| o.id.as_str()).filter(|id| ends.contains(id)).collect();
        Advice { walk, reachable }
    }

    /// The most questions that are still asked about it, the open one counted.
    pub fn questions_left(&self, diagnosis: &Diagnosis, answers: &Answers) -> usize {
        tree::questions_left(&self.tree, &diagnosis.facts, answers)
    }

    /// The outcome reached, if it is.
    pub fn reached(&self, advice: &Advice<'_>) -> Option<&OutcomePage> {
        match advice.walk.end {
            End::Outcome(id) => self.outcome(id),
            End::Question(_) => None,
        }
    }
}
