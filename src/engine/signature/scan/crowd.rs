//! A log that shows more than is worth keeping: once it has, what adds nothing is left out, and now and then what was kept is thinned.
//!
//! Up to that point everything is kept, so a log of ordinary length is read whole whatever the order of its lines.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::thin::still_matter;
use super::{Found, Hit, Notes, Seen, hash};
use crate::engine::signature::{Patterns, Role};
use crate::engine::text::Time;

/// So many bytes of what was seen are enough to answer with.
const ENOUGH: usize = 4 << 20;

/// So many of the last lines are left alone: one may still be put together with the next.
const RECENT: u32 = 64;

/// What a hit takes beside its texts.
const OF_A_HIT: usize = 200;

/// How much was seen, and which errors were since the log's structure changed last.
#[derive(Debug)]
pub(super) struct Crowd {
    held: usize,
    pub(super) enough: usize,
    thinned: bool,
    /// The highest precedence among them.
    highest: u8,
    /// By signature and the names it captured something under: where and when the first stands.
    known: BTreeMap<(usize, u64), (u32, Option<Time>)>,
}

impl Default for Crowd {
    fn default() -> Self {
        Self { held: 0, enough: ENOUGH, thinned: false, highest: 0, known: BTreeMap::new() }
    }
}

impl Crowd {
    /// Whether this error, seen again, cannot change what follows from the first one.
    pub(super) fn knows(&self, found: &Found<'_, '_>, line: u32, time: Option<Time>) -> bool {
        let first = self.known.get(&key(found)).filter(|_| self.thinned);
        first.is_some_and(|(first, since)| line.saturating_sub(*first) > RECENT && time >= *since)
    }

    /// Notes an error. One of a higher precedence than all before decides, and the others count anew behind it, as they do behind a
    /// success.
    pub(super) fn saw(&mut self, found: &Found<'_, '_>, line: u32, time: Option<Time>) {
        match found.role {
            Role::Success => return self.forget(),
            Role::Progress | Role::Sign => return,
            Role::Failure | Role::FollowOn => {}
        }
        if found.precedence > self.highest {
            self.forget();
            self.highest = found.precedence;
        }
        self.known.entry(key(found)).or_insert((line, time));
    }

    /// Counts a hit; where it gives the log structure, every error behind it counts anew.
    pub(super) fn add(&mut self, hit: &Hit) {
        self.held += weight(hit);
        if matches!(hit.seen, Seen::Marker { .. }) {
            self.forget();
        }
    }

    /// Every error counts anew.
    pub(super) fn forget(&mut self) {
        self.known.clear();
        self.highest = 0;
    }
}

impl Notes {
    /// Keeps of all that was seen what can still decide anything, when it has become too much.
    pub(super) fn make_room(&mut self, line: u32, patterns: &Patterns) {
        if self.crowd.held <= self.crowd.enough {
            return;
        }
        let mut keep = still_matter(&self.hits, line.saturating_sub(RECENT), patterns).into_iter();
        self.hits.retain(|_| keep.next().unwrap_or(true));
        self.sights.retain(|_, sight| Rc::strong_count(sight) > 1);
        self.texts.retain(|text| Rc::strong_count(text) > 1);
        self.crowd.held = self.hits.iter().map(weight).sum();
        self.crowd.enough = self.crowd.enough.max(self.crowd.held * 2);
        self.crowd.thinned = true;
    }
}

fn key(found: &Found<'_, '_>) -> (usize, u64) {
    let named: Vec<&str> =
        found.captures.iter().filter(|(_, value)| !value.is_empty()).map(|(name, _)| *name).collect();
    (found.index, hash(&named.join(" ")))
}

/// About how many bytes a hit takes, those that it may share with others among them.
fn weight(hit: &Hit) -> usize {
    OF_A_HIT
        + match &hit.seen {
            Seen::Signature(sight) => {
                sight.excerpt.as_str().len()
                    + sight.captures.iter().map(|(name, value)| name.len() + value.len()).sum::<usize>()
            }
            Seen::Marker { command: text, .. } | Seen::Statement(text) => text.len(),
            Seen::Clue(_) | Seen::Credential { .. } => 0,
        }
}
