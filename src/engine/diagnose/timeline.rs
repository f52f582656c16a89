//! What was seen, in the order it happened, cut into attempts.

use std::ops::Range;
use std::rc::Rc;

use crate::engine::signature::{Hit, MarkerKind, Role, Scanner, Seen, Sight, Signature};

/// A signature seen at a line, placed in time.
#[derive(Debug, Clone, PartialEq)]
pub struct Sighting<'c> {
    /// What was seen.
    pub signature: &'c Signature,
    /// 1-based line of the input.
    pub line: u32,
    /// The same, where each line that a carrier held counts for itself.
    pub row: u32,
    /// Place in time among everything seen, from 0.
    pub order: usize,
    /// Which try of the deploy, from 0.
    pub attempt: usize,
    /// Errors that Python says were raised by each other share a number.
    pub chain: usize,
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
    /// The same, where each line that a carrier held counts for itself.
    pub row: u32,
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
    /// Puts everything in the order of time (Render prints lines out of order, dashboards the newest first) and counts attempts and chains.
    pub fn of(scanner: &Scanner<'c>, mut hits: Vec<Hit>) -> Self {
        if is_newest_first(&hits) {
            hits.reverse();
        }
        hits.sort_by_key(|hit| hit.time);
        let mut timeline = Timeline::default();
        let (mut attempt, mut chain, mut linked) = (0, 0, false);
        for (order, hit) in hits.into_iter().enumerate() {
            attempt += usize::from(begins_attempt(&hit.seen));
            match hit.seen {
                Seen::Signature(sight) => {
                    let Some(signature) = scanner.signature(sight.index) else { continue };
                    chain += usize::from(!std::mem::take(&mut linked));
                    let Hit { line, row, .. } = hit;
                    timeline.sightings.push(Sighting { signature, line, row, order, attempt, chain, sight });
                }
                seen => {
                    linked |= matches!(seen, Seen::Marker { kind: MarkerKind::Chain, .. });
                    timeline.notes.push(Note { line: hit.line, row: hit.row, order, attempt, seen });
                }
            }
        }
        timeline
    }

    /// Whether a command or a run of Alembic began between two places in time.
    pub fn command_between(&self, from: usize, to: usize) -> bool {
        let begins = |note: &Note| match note.seen {
            Seen::Marker { kind, .. } => {
                kind.begins_attempt() || kind == MarkerKind::ShellCommand || kind == MarkerKind::Prompt
            }
            _ => false,
        };
        self.notes.iter().any(|note| (from..to).contains(&note.order) && begins(note))
    }

    /// Whether what ran at one place in time was tried again before another: the same command of the deploy or an earlier one began, somebody
    /// typed one, or Alembic ran again and made steps. The start command behind a build command is no other try of it.
    pub fn tried_again(&self, from: usize, to: usize) -> bool {
        let kinds = |range: Range<usize>| {
            self.notes.iter().filter_map(move |note| match note.seen {
                Seen::Marker { kind, .. } if range.contains(&note.order) => Some((note.order, kind)),
                _ => None,
            })
        };
        let own = kinds(0..from).map(|(_, kind)| kind).rfind(|kind| kind.begins_step());
        let steps = |after: usize| {
            let step = |s: &Sighting<'_>| s.signature.role == Role::Progress && (after..to).contains(&s.order);
            self.sightings.iter().any(step)
        };
        kinds(from..to).any(|(order, kind)| match kind {
            MarkerKind::Prompt => true,
            MarkerKind::Run => steps(order),
            kind => kind.begins_step() && own.is_none_or(|own| kind <= own),
        })
    }

    /// The migration step that ran when this was seen.
    pub fn step_before(&self, sighting: &Sighting<'_>) -> Option<&Sighting<'c>> {
        let before = self.sightings.iter().rev().filter(|s| s.order < sighting.order && s.attempt == sighting.attempt);
        before.into_iter().find(|s| s.signature.role == Role::Progress && s.capture("revision").is_some())
    }
}

/// Whether the time stamps fall from line to line.
fn is_newest_first(hits: &[Hit]) -> bool {
    let times: Vec<_> = hits.iter().filter_map(|hit| hit.time).collect();
    let steps =
        |rises: bool| times.iter().zip(times.iter().skip(1)).filter(|(a, b)| if rises { a < b } else { a > b }).count();
    steps(false) > 2 * steps(true)
}

fn begins_attempt(seen: &Seen) -> bool {
    matches!(seen, Seen::Marker { kind, .. } if kind.begins_attempt())
}
