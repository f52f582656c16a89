//! The pure core: any bytes in, an answer out; same input, same bytes.
//!
//! The modules stand in the order of the data's path: [`text`] → [`signature`] → [`diagnose`] (findings and facts) →
//! [`tree`] → [`sql`] and [`page`]. A module knows only those before it; only this one sees all.
//! No browser, clock, file system or randomness here; a test holds that.

pub mod catalogue;
pub mod diagnose;
pub mod fact;
pub mod guard;
pub mod page;
pub mod risk;
pub mod signature;
pub mod situation;
pub mod sql;
pub mod text;
pub mod tree;

use catalogue::Catalogue;
use diagnose::Diagnosis;
use signature::{Pass, Scanner};
use situation::Situation;
use text::Log;
use tree::{Answers, End, Walk};

/// The content and the search prepared for it: made once, asked often.
#[derive(Debug)]
pub struct Engine<'c> {
    catalogue: &'c Catalogue,
    scanner: Scanner<'c>,
}

/// Where the reader stands: the walk through the tree and where it can still lead.
#[derive(Debug, Clone, PartialEq)]
pub struct Advice<'c> {
    /// The nodes passed and the open question or outcome.
    pub walk: Walk<'c>,
    /// Ids of every outcome that can still be reached, in the content's order.
    pub reachable: Vec<&'c str>,
}

impl<'c> Engine<'c> {
    /// Prepares the search over all signatures.
    pub fn new(catalogue: &'c Catalogue) -> Self {
        let scripts = catalogue.warnings.iter().flat_map(|warning| &warning.scripts).map(String::as_str);
        let scanner = Scanner::new(&catalogue.signatures, &catalogue.markers, &catalogue.clues, scripts);
        Engine { catalogue, scanner }
    }

    /// The content.
    pub fn catalogue(&self) -> &'c Catalogue {
        self.catalogue
    }

    /// What a log shows. Any bytes give an answer.
    pub fn diagnose(&self, bytes: &[u8]) -> Diagnosis {
        let log = Log::read(bytes);
        let mut pass = self.begin();
        for line in log.lines() {
            pass.read(&line);
        }
        self.conclude(pass)
    }

    /// Begins to read a log line by line, for a caller that must not be busy for long at a time.
    pub fn begin(&self) -> Pass<'_> {
        self.scanner.begin()
    }

    /// What the lines read so far show.
    pub fn conclude(&self, pass: Pass<'_>) -> Diagnosis {
        diagnose::diagnose(self.catalogue, &self.scanner, pass.finish())
    }

    /// What a reader says they saw.
    pub fn told(&self, situation: Situation) -> Diagnosis {
        diagnose::told(self.catalogue, situation)
    }

    /// What to do about it, given the answers so far; unknown keys are ignored.
    pub fn advise(&self, diagnosis: &Diagnosis, answers: &Answers) -> Advice<'c> {
        let tree = &self.catalogue.tree;
        let walk = tree::walk(tree, &diagnosis.facts, answers);
        let ends = tree::reachable(tree, &diagnosis.facts, answers);
        let reachable = self.catalogue.outcomes.iter().map(|o| o.id.as_str()).filter(|id| ends.contains(id)).collect();
        Advice { walk, reachable }
    }

    /// The outcome reached, if it is.
    pub fn outcome(&self, advice: &Advice<'c>) -> Option<&'c page::OutcomePage> {
        match advice.walk.end {
            End::Outcome(id) => self.catalogue.outcome(id),
            End::Question(_) => None,
        }
    }
}
