//! The pure core: any bytes in, an answer out; same input, same bytes.
//!
//! The modules stand in the order of the data's path: [`text`] → [`signature`] → [`diagnose`] (findings and facts) →
//! [`tree`] → [`advice`] → [`sql`] and [`page`]. A module knows only those before it; only this one sees all.
//! No browser, clock, file system or randomness here; a test holds that.

pub mod advice;
pub mod catalogue;
pub mod diagnose;
pub mod fact;
pub mod glossary;
pub mod graph;
pub mod guard;
pub mod later;
pub mod link;
pub mod page;
pub mod reference;
pub mod risk;
pub mod signature;
pub mod situation;
pub mod sql;
pub mod text;
pub mod training;
pub mod tree;

use catalogue::Catalogue;
use diagnose::Diagnosis;
use risk::Risk;
use signature::{Pass, Patterns, Scanner, SeenAll};
use training::{Attempt, Exercise, Grade, Solution};
use tree::End;

/// The content and the search prepared for it: made once, asked often.
#[derive(Debug)]
pub struct Engine<'c> {
    catalogue: &'c Catalogue,
    scanner: Scanner<'c>,
}

/// What a log that came in portions shows.
#[derive(Debug, PartialEq)]
pub struct Conclusion {
    /// What it shows.
    pub diagnosis: Diagnosis,
    /// How many lines it has.
    pub lines: u32,
    /// Whether there is nothing but white space in it.
    pub blank: bool,
}

impl<'c> Engine<'c> {
    /// Prepares the search over all patterns.
    pub fn new(catalogue: &'c Catalogue, patterns: &'c Patterns) -> Self {
        let scripts = catalogue.warnings.iter().flat_map(|warning| &warning.scripts).map(String::as_str);
        Engine { catalogue, scanner: Scanner::new(patterns, scripts) }
    }

    /// The content.
    pub fn catalogue(&self) -> &'c Catalogue {
        self.catalogue
    }

    /// What a log shows. Any bytes give an answer.
    pub fn diagnose(&self, bytes: &[u8]) -> Diagnosis {
        let mut pass = self.begin();
        pass.push(bytes);
        self.conclude(pass).diagnosis
    }

    /// Begins to read a log in portions, for a caller that has not all of it or must not be busy for long at a time.
    pub fn begin(&self) -> Pass<'_> {
        self.scanner.begin()
    }

    /// What the log that was read shows.
    pub fn conclude(&self, pass: Pass<'_>) -> Conclusion {
        let SeenAll { hits, lines, blank } = pass.finish();
        Conclusion { diagnosis: diagnose::diagnose(self.catalogue, &self.scanner, hits), lines, blank }
    }

    /// What is right in an exercise; `None` when its answers leave a question open, which the content check finds.
    pub fn solve(&self, exercise: &Exercise) -> Option<Solution<'c>> {
        let diagnosis = self.diagnose(exercise.log.as_bytes());
        let End::Outcome(way_out) = self.catalogue.advise(&diagnosis, &exercise.answers).walk.end else { return None };
        let decided = diagnosis.signature.is_some();
        let says_so = |text: &str| decided && self.diagnose(text.as_bytes()).signature == diagnosis.signature;
        let deciding = diagnosis.evidence.first().map(|evidence| evidence.line);
        let lines = exercise.lines().filter(|(number, text)| Some(*number) == deciding || says_so(text));
        let lines = lines.map(|(number, _)| number).collect();
        Some(Solution { diagnosis, lines, way_out })
    }

    /// How an attempt at an exercise did.
    pub fn grade(&self, exercise: &Exercise, attempt: &Attempt) -> Option<Grade<'c>> {
        let deletes_data = self.catalogue.outcome(&attempt.way_out).is_some_and(|way| way.risk == Risk::Destructive);
        Some(training::grade(exercise, self.solve(exercise)?, attempt, deletes_data))
    }
}
