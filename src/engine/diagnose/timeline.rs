//! What was seen, in the order it happened, cut into attempts.

use std::rc::Rc;

use crate::engine::signature::{Hit, Role, Scanner, Seen, Sight, Signature};

/// A signature seen at a line, placed in time.
#[derive(Debug, Clone, PartialEq)]
pub struct Sighting<'c> {
    /// What was seen.
    pub signature: &'c Signature,
    /// 1-based line of the input.
    pub line: u32,
    /// Place in time among everything seen, from 0.
    pub order: usize,
    /// Which try of the deploy, from 0.
    pub attempt: usize,
    /// What it captured, and the line, masked.
    pub sight: Rc<Sight>,
}

impl Sighting<'_> {
    /// The capture of this name, unless it is empty.
    pub fn capture(&self, name: &str) -> Option<&str> {
        let found = self.sight.captures.iter().find(|(n, value)| n == name && !value.is_empty());
        found.map(|(_, value)| value.as_str())
    }
}

/// A marker, clue, credential or statement line, placed in time.
#[derive(Debug, Clone, PartialEq)]
pub struct Note {
    /// 1-based line of the input.
    pub line: u32,
    /// Place in time, from 0.
    pub order: usize,
    /// Which try of the deploy, from 0.
    pub attempt: usize,
    /// What was seen.
    pub seen: Seen,
}

/// Everything seen, in the order of time.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Timeline<'c> {
    /// Signatures seen.
    pub sightings: Vec<Sighting<'c>>,
    /// Everything else.
    pub notes: Vec<Note>,
}

impl<'c> Timeline<'c> {
    /// Sorts by time stamp where there are any (Render prints lines out of order) and counts attempts.
    pub fn of(scanner: &Scanner<'c>, mut hits: Vec<Hit>) -> Self {
        hits.sort_by_key(|hit| hit.time);
        let mut timeline = Timeline::default();
        let mut attempt = 0;
        for (order, hit) in hits.into_iter().enumerate() {
            attempt += usize::from(begins_attempt(&hit.seen));
            match hit.seen {
                Seen::Signature(sight) => {
                    if let Some(signature) = scanner.signature(sight.index) {
                        timeline.sightings.push(Sighting { signature, line: hit.line, order, attempt, sight });
                    }
                }
                seen => timeline.notes.push(Note { line: hit.line, order, attempt, seen }),
            }
        }
        timeline
    }

    /// The migration step that ran when this was seen.
    pub fn step_before(&self, sighting: &Sighting<'_>) -> Option<&Sighting<'c>> {
        let before = self.sightings.iter().rev().filter(|s| s.order < sighting.order && s.attempt == sighting.attempt);
        before.into_iter().find(|s| s.signature.role == Role::Progress && s.capture("revision").is_some())
    }
}

fn begins_attempt(seen: &Seen) -> bool {
    matches!(seen, Seen::Marker { kind, .. } if kind.begins_attempt())
}
