//! The pure core: any bytes in, an answer out; same input, same bytes.
//!
//! The modules stand in the order of the data's path: [`text`] → [`signature`] → [`diagnose`] (findings and facts) →
//! [`tree`] → [`advice`] → [`sql`] and [`page`]; [`answer`] reads what the [`sql`] printed. No browser, clock, file system or randomness
//! here; `tests/architecture.rs` checks that, and which modules may not import which.

pub mod advice;
pub mod answer;
pub mod case;
pub mod catalogue;
pub mod contradiction;
pub mod diagnose;
pub mod effect;
pub mod fact;
pub mod gate;
pub mod glossary;
pub mod graph;
pub mod guard;
pub mod journal;
pub mod later;
pub mod link;
pub mod page;
pub mod plan;
pub mod production;
pub mod record;
pub mod reference;
pub mod risk;
pub mod said;
pub mod shell;
pub mod signature;
pub mod situation;
pub mod sql;
pub mod sql_link;
pub mod text;
pub mod training;
pub mod tree;

use std::ops::Range;

use serde::{Deserialize, Serialize};

use answer::{Answer, Keeper, Reply};
use catalogue::Catalogue;
use diagnose::Diagnosis;
use signature::{Pass, Patterns, Role, Scanner, SeenAll};
use situation::Situation;
use sql::Edition;
use text::mask::Masker;
use text::{Opening, Packed};
use training::{Exercise, Solution};
use tree::End;

/// What logs are searched for, and the search prepared for it: build once, use for every log.
#[derive(Debug)]
pub struct Engine<'c> {
    scanner: Scanner<'c>,
    patterns: &'c Patterns,
}

/// A text that comes in portions: a log, or what a server answered.
#[derive(Debug)]
pub struct Reading<'e> {
    pass: Pass<'e>,
    keeper: Keeper,
    opening: Opening,
}

impl Reading<'_> {
    /// Reads more of it: bytes in any portions.
    pub fn push(&mut self, bytes: &[u8]) {
        // What is compressed says nothing until it is unpacked.
        if self.opening.read(bytes).is_none() {
            self.keeper.push(bytes);
            self.pass.push(bytes);
        }
    }
}

/// What a log that came in portions shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Conclusion {
    /// What it shows as a log.
    pub log: Diagnosis,
    /// What a server or Alembic answers in it.
    pub answer: Option<Answer>,
    /// Whether there is nothing else in it: no deploy failed or went well here.
    pub answer_alone: bool,
    /// How many lines it has.
    pub lines: u32,
    /// Whether there is nothing but white space in it.
    pub blank: bool,
    /// What kind of compressed file it is in place of a log.
    pub packed: Option<Packed>,
}

impl Conclusion {
    /// What it shows, with the facts of the answer in it.
    pub fn diagnosis(self) -> Diagnosis {
        self.shown().0
    }

    /// The same, and the answer.
    pub fn shown(mut self) -> (Diagnosis, Option<Answer>) {
        if let Some(answer) = &self.answer {
            answer.tell(&mut self.log);
        }
        (self.log, self.answer)
    }
}

impl<'c> Engine<'c> {
    /// Prepares the search over all patterns.
    pub fn new(patterns: &'c Patterns) -> Self {
        Engine { scanner: Scanner::new(patterns), patterns }
    }

    /// What masks the lines of a log.
    pub fn masker(&self) -> &Masker<'c> {
        self.scanner.masker()
    }

    /// What a log shows. Any bytes give an answer.
    pub fn diagnose(&self, bytes: &[u8]) -> Diagnosis {
        let mut reading = self.begin();
        reading.push(bytes);
        self.conclude(reading).diagnosis()
    }

    /// Begins to read a log in portions, for a caller that has not all of it or must not be busy for long at a time.
    pub fn begin(&self) -> Reading<'_> {
        Reading { pass: self.scanner.begin(), keeper: Keeper::default(), opening: Opening::default() }
    }

    /// What the log that was read shows.
    pub fn conclude(&self, reading: Reading<'_>) -> Conclusion {
        if let Some(packed) = reading.opening.packed() {
            return self.conclude_packed(packed);
        }
        let SeenAll { hits, lines, blank } = reading.pass.finish();
        let log = diagnose::diagnose(&self.scanner, hits);
        let answer = reading.keeper.finish(&self.patterns.answers, self.masker());
        let decided = log.signature.as_ref().and_then(|id| self.patterns.signatures.iter().find(|s| s.id == *id));
        let shows_little = log.situation == Situation::Unknown || decided.is_some_and(|s| s.role == Role::Sign);
        let answer_alone = answer.is_some() && shows_little;
        Conclusion { log, answer, answer_alone, lines, blank, packed: None }
    }

    /// A compressed file shows nothing but what it is.
    fn conclude_packed(&self, packed: Packed) -> Conclusion {
        let log = diagnose::diagnose(&self.scanner, Vec::new());
        let log = Diagnosis { headline: packed.headline(), ..log };
        Conclusion { log, answer: None, answer_alone: false, lines: 0, blank: false, packed: Some(packed) }
    }

    /// Where the messages stand on a line that we know: bytes, in order.
    pub fn messages_in(&self, line: &str) -> Vec<Range<usize>> {
        self.scanner.messages_in(line)
    }

    /// The headline of the file of this id, without names, if a log that it decides shows this situation: then what a link says of it can
    /// be taken over.
    pub fn headline(&self, signature: &str, situation: Situation) -> Option<&'c str> {
        let mut known = self.patterns.signatures.iter();
        Some(known.find(|known| known.id == signature && known.situation == situation)?.without_names())
    }

    /// What a server or Alembic answers in a text.
    pub fn read(&self, text: &[u8]) -> Option<Answer> {
        self.patterns.answers.read(text, self.masker())
    }

    /// What decides whether a step worked, by what it printed; `None` when the text does not say.
    pub fn judge(&self, edition: Edition, printed: &[u8]) -> Option<&'c Reply> {
        self.patterns.answers.judge(edition, printed)
    }

    /// What is right in an exercise; `None` when its answers leave a question open, which the content check finds.
    pub fn solve(&self, catalogue: &Catalogue, exercise: &Exercise) -> Option<Solution> {
        let diagnosis = self.diagnose(exercise.log.as_bytes());
        let End::Outcome(way_out) = catalogue.advise(&diagnosis, &exercise.answers).walk.end else { return None };
        let decided = diagnosis.signature.is_some();
        let says_so = |text: &str| decided && self.diagnose(text.as_bytes()).signature == diagnosis.signature;
        let line = diagnosis.evidence.first().map(|evidence| evidence.line);
        let lines = exercise.lines().filter(|(number, text)| Some(*number) == line || says_so(text));
        let lines = lines.map(|(number, _)| number).collect();
        Some(Solution { happened: diagnosis.situation, line, lines, way_out: way_out.to_owned() })
    }
}
