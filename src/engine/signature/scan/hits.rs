//! What was seen, and no more of it than can matter: a log may hold a million different errors.
//!
//! Of each kind of hit the first of the log, the first since the last attempt began and the last are kept. The deciding error is the first of its
//! kind in the last attempt; whether a step, a success or another failure comes behind it shows in the last ones; and that many of one
//! kind say by themselves that the log has more than one failure.

use std::collections::{BTreeMap, VecDeque};

use super::{Hit, Seen};
use crate::engine::signature::MarkerKind;

/// Hits of one kind kept from each end of the log.
const MAX_AT_AN_END: usize = 400;

/// Hits of one kind kept from the beginning of the last attempt.
const MAX_IN_AN_ATTEMPT: usize = 100;

/// All hits, by kind.
#[derive(Debug, Default)]
pub(super) struct Hits {
    kinds: BTreeMap<Kind, Kept>,
    /// How many were pushed, so that those of one line keep their order.
    pushed: u64,
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Signature(usize),
    Marker(MarkerKind),
    Clue,
    Prefix,
    Credential,
    Statement,
}

/// Hits of one kind in the order they came, each with its number.
#[derive(Debug, Default)]
struct Kept {
    first: Vec<(u64, Hit)>,
    in_attempt: Vec<(u64, Hit)>,
    last: VecDeque<(u64, Hit)>,
}

impl Hits {
    pub(super) fn push(&mut self, hit: Hit) {
        let begins_attempt = matches!(hit.seen, Seen::Marker { kind, .. } if kind.begins_attempt());
        if begins_attempt {
            self.kinds.values_mut().for_each(Kept::end_attempt);
        }
        self.pushed += 1;
        self.kinds.entry(Kind::of(&hit.seen)).or_default().push((self.pushed, hit));
    }

    /// Forgets what is unfit on this line or behind it.
    pub(super) fn forget_if(&mut self, line: u32, unfit: impl Fn(&Seen) -> bool) {
        for kept in self.kinds.values_mut() {
            let stays = |(_, hit): &(u64, Hit)| hit.line < line || !unfit(&hit.seen);
            let is_before = |(_, hit): &(u64, Hit)| hit.line < line;
            if !kept.last.back().is_some_and(is_before) {
                kept.last.retain(stays);
            }
            for list in [&mut kept.first, &mut kept.in_attempt] {
                if !list.last().is_some_and(is_before) {
                    list.retain(stays);
                }
            }
        }
    }

    /// Forgets the last hit of a signature.
    pub(super) fn forget_last(&mut self, signature: usize) {
        let Some(kept) = self.kinds.get_mut(&Kind::Signature(signature)) else { return };
        if kept.last.pop_back().is_none() && kept.in_attempt.pop().is_none() {
            kept.first.pop();
        }
    }

    /// Everything that was kept, in the order of the lines.
    pub(super) fn finish(self) -> Vec<Hit> {
        let kept = self.kinds.into_values();
        let mut all: Vec<(u64, Hit)> =
            kept.flat_map(|kept| kept.first.into_iter().chain(kept.in_attempt).chain(kept.last)).collect();
        all.sort_by_key(|(number, hit)| (hit.line, *number));
        all.into_iter().map(|(_, hit)| hit).collect()
    }
}

impl Kind {
    fn of(seen: &Seen) -> Self {
        match seen {
            Seen::Signature(sight) => Kind::Signature(sight.index),
            Seen::Marker { kind, .. } => Kind::Marker(*kind),
            Seen::Clue(_) => Kind::Clue,
            Seen::Prefix(_) => Kind::Prefix,
            Seen::Credential { .. } => Kind::Credential,
            Seen::Statement(_) => Kind::Statement,
        }
    }
}

impl Kept {
    fn push(&mut self, hit: (u64, Hit)) {
        if self.first.len() < MAX_AT_AN_END {
            self.first.push(hit);
        } else if self.in_attempt.len() < MAX_IN_AN_ATTEMPT {
            self.in_attempt.push(hit);
        } else {
            self.last.push_back(hit);
            self.trim();
        }
    }

    fn end_attempt(&mut self) {
        if !self.in_attempt.is_empty() {
            self.last.extend(self.in_attempt.drain(..));
            self.last.make_contiguous().sort_by_key(|(number, _)| *number);
            self.trim();
        }
    }

    fn trim(&mut self) {
        let more = self.last.len().saturating_sub(MAX_AT_AN_END);
        self.last.drain(..more);
    }
}
