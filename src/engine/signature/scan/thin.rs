//! What of everything seen can still decide anything, for a log that shows more than fits into memory.
//!
//! Comes in: hits so far. Goes out: which of them to keep, so that whatever follows, [`crate::engine::diagnose`] says the same as it
//! would of all of them. It looks at the deciding error, the step before it, the first of every other kind and what their
//! lines capture; a hundred thousand more of the same change nothing.
//!
//! Lines that come out of order are put in order first, as far as they are here; of a line that comes later and belongs before
//! what was forgotten, the answer may miss that it was the first of its kind.

use std::collections::{BTreeMap, BTreeSet};

use super::{Connection, Hit, Seen, Sight};
use crate::engine::signature::{MarkerKind, Patterns, Role, Signature, qualified_tables};

/// The capture by which a step of a migration is known.
const REVISION: &str = "revision";

/// The capture for which a schema is looked up in the SQL behind an error.
const RELATION: &str = "relation";

/// So many steps at the end of a try may be the last one and those it is compared with.
const LAST_STEPS: usize = 3;

/// Whether each hit can still decide anything; those behind a line are too recent to tell.
pub(super) fn still_matter(hits: &[Hit], line: u32, patterns: &Patterns) -> Vec<bool> {
    let mut sorted: Vec<usize> = (0..hits.len()).collect();
    sorted.sort_by_key(|at| hits.get(*at).and_then(|hit| hit.time));
    let sorted: Vec<Entry<'_>> = sorted.into_iter().filter_map(|at| Entry::of(at, hits.get(at)?, patterns)).collect();
    let mut keep = Keep(hits.iter().map(|hit| hit.line > line).collect());
    let tries = tries(&sorted);
    let forgiven = sorted.iter().rposition(|entry| entry.role() == Some(Role::Success)).map_or(0, |at| at + 1);
    over_all_tries(&sorted, forgiven, &mut keep);
    let whole = tries_that_decide(&tries, forgiven);
    for (number, one) in tries.iter().enumerate() {
        if whole.contains(&number) {
            within_a_try(one, forgiven, &mut keep);
        } else if one.entries.iter().any(|entry| keep.holds(entry.at)) {
            one.entries.first().into_iter().for_each(|begin| keep.entry(begin));
        }
    }
    keep.0
}

/// A hit with its place among all of them.
#[derive(Clone, Copy)]
struct Entry<'h> {
    at: usize,
    hit: &'h Hit,
    /// What the hit is a sight of.
    sight: Option<(&'h Sight, &'h Signature)>,
}

impl<'h> Entry<'h> {
    fn of(at: usize, hit: &'h Hit, patterns: &'h Patterns) -> Option<Self> {
        let sight = match &hit.seen {
            Seen::Signature(sight) => Some((&**sight, patterns.signatures.get(sight.index)?)),
            _ => None,
        };
        Some(Self { at, hit, sight })
    }

    fn role(&self) -> Option<Role> {
        self.sight.map(|(_, signature)| signature.role)
    }

    fn fails(&self) -> bool {
        matches!(self.role(), Some(Role::Failure | Role::FollowOn))
    }

    fn marker(&self) -> Option<MarkerKind> {
        if let Seen::Marker { kind, .. } = &self.hit.seen { Some(*kind) } else { None }
    }

    /// What it can tell: its signature and the names it captures something under.
    fn tells(&self) -> Option<(usize, Vec<&'h str>)> {
        let (sight, _) = self.sight?;
        let named = sight.captures.iter().filter(|(_, value)| !value.is_empty()).map(|(name, _)| name.as_str());
        Some((sight.index, named.collect()))
    }

    /// The table that is named, without its schema.
    fn relation(&self) -> Option<&'h str> {
        let (_, value) = self.sight?.0.captures.iter().find(|(name, _)| name == RELATION)?;
        Some(value.split_once('.').map_or(value, |(_, table)| table))
    }

    fn is_step(&self) -> bool {
        self.role() == Some(Role::Progress) && self.tells().is_some_and(|(_, names)| names.contains(&REVISION))
    }
}

/// Which hits are kept, by their place.
struct Keep(Vec<bool>);

impl Keep {
    fn at(&mut self, at: usize) {
        if let Some(keep) = self.0.get_mut(at) {
            *keep = true;
        }
    }

    fn entry(&mut self, entry: &Entry<'_>) {
        self.at(entry.at);
    }

    fn all(&mut self, places: impl IntoIterator<Item = usize>) {
        for at in places {
            self.at(at);
        }
    }

    fn holds(&self, at: usize) -> bool {
        self.0.get(at).copied().unwrap_or_default()
    }
}

/// One try of the deploy: what was seen in it, and where it begins among everything seen.
struct Try<'s, 'h> {
    from: usize,
    entries: &'s [Entry<'h>],
}

impl<'s, 'h> Try<'s, 'h> {
    /// What comes behind the last success.
    fn unforgiven(&self, forgiven: usize) -> &'s [Entry<'h>] {
        self.entries.get(forgiven.saturating_sub(self.from)..).unwrap_or_default()
    }
}

fn tries<'s, 'h>(sorted: &'s [Entry<'h>]) -> Vec<Try<'s, 'h>> {
    let mut tries: Vec<Try<'s, 'h>> = Vec::new();
    let begins = |entry: &Entry<'_>| entry.marker().is_some_and(MarkerKind::begins_attempt);
    for entries in sorted.chunk_by(|_, next| !begins(next)) {
        let from = tries.last().map_or(0, |last| last.from + last.entries.len());
        tries.push(Try { from, entries });
    }
    tries
}

/// The tries that decide now, or would if what follows showed nothing: the last one, the last that shows anything at all, the last that
/// shows more than a mere sign, and the last that failed.
fn tries_that_decide(tries: &[Try<'_, '_>], forgiven: usize) -> BTreeSet<usize> {
    let last = |shows: &dyn Fn(&Try<'_, '_>) -> bool| tries.iter().rposition(shows);
    let any = |one: &Try<'_, '_>| one.entries.iter().any(|entry| entry.sight.is_some());
    let counts = |one: &Try<'_, '_>| one.entries.iter().any(|entry| entry.role().is_some_and(|r| r != Role::Sign));
    let fails = |one: &Try<'_, '_>| one.unforgiven(forgiven).iter().any(|entry| entry.role() == Some(Role::Failure));
    [tries.len().checked_sub(1), last(&any), last(&counts), last(&fails)].into_iter().flatten().collect()
}

/// What counts wherever it stands: clues, secrets, the last connection and commands, scripts that run since the last command, and of
/// each signature the first that is not forgiven and the last.
fn over_all_tries(sorted: &[Entry<'_>], forgiven: usize, keep: &mut Keep) {
    let (mut first, mut last) = (BTreeMap::new(), BTreeMap::new());
    let (mut connections, mut commands, mut scripts) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for (number, entry) in sorted.iter().enumerate() {
        match &entry.hit.seen {
            Seen::Signature(sight) => {
                if number >= forgiven {
                    first.entry(sight.index).or_insert(entry.at);
                }
                last.insert(sight.index, entry.at);
            }
            Seen::Marker { kind: kind @ (MarkerKind::ShellCommand | MarkerKind::Frame), command } => {
                scripts.entry((*kind, command)).or_insert(entry.at);
            }
            Seen::Marker { kind, .. } => {
                if kind.begins_step() {
                    scripts.clear();
                }
                commands.insert(*kind, entry.at);
            }
            Seen::Clue(_) | Seen::Credential { secret: true, .. } => keep.entry(entry),
            Seen::Credential { connection, .. } => {
                connections.insert(connection.as_deref().map(names_in), entry.at);
            }
            Seen::Statement(_) => {}
        }
    }
    for places in [first, last] {
        keep.all(places.into_values());
    }
    keep.all(connections.into_values());
    keep.all(commands.into_values());
    keep.all(scripts.into_values());
}

/// Which names a connection gives: only those take the place of names before.
fn names_in(connection: &Connection) -> [bool; 2] {
    [&connection.user, &connection.database].map(|name| !name.is_empty())
}

fn within_a_try(one: &Try<'_, '_>, forgiven: usize, keep: &mut Keep) {
    one.entries.first().into_iter().for_each(|begin| keep.entry(begin));
    errors(one.unforgiven(forgiven), keep);
    last_of_what_went_well(one.entries, keep);
    what_belongs_to_errors(one.entries, keep);
}

/// The first error of each kind and of all that it can tell; and, because a failure is one of its own only where no chain links it to the
/// deciding one, the first of each kind behind the deciding error and behind the last link before it.
fn errors(entries: &[Entry<'_>], keep: &mut Keep) {
    let mut told = BTreeSet::new();
    let mut decides: Option<u8> = None;
    let (mut behind_link, mut behind_deciding) = (BTreeMap::new(), BTreeMap::new());
    for entry in entries {
        if entry.marker() == Some(MarkerKind::Chain) {
            behind_link.clear();
        }
        let Some((sight, signature)) = entry.sight.filter(|_| entry.fails()) else { continue };
        if told.insert(entry.tells()) {
            keep.entry(entry);
        }
        if signature.role == Role::Failure && decides.is_none_or(|decides| signature.precedence > decides) {
            decides = Some(signature.precedence);
            keep.all(std::mem::take(&mut behind_link).into_values());
            behind_deciding.clear();
        }
        behind_link.entry(sight.index).or_insert(entry.at);
        behind_deciding.entry(sight.index).or_insert(entry.at);
    }
    // What follows may hold an error that decides over these.
    keep.all(behind_link.into_values().chain(behind_deciding.into_values()));
}

/// Of what went well the last word counts, and the last steps.
fn last_of_what_went_well(entries: &[Entry<'_>], keep: &mut Keep) {
    let went_well = || entries.iter().rev().filter(|entry| entry.sight.is_some() && !entry.fails());
    let mut told = BTreeSet::new();
    for entry in went_well() {
        if told.insert(entry.tells()) {
            keep.entry(entry);
        }
    }
    keep.all(went_well().filter(|entry| entry.is_step()).take(LAST_STEPS).map(|entry| entry.at));
}

/// The step before each error or success that is kept, one of the links between two errors, and the first SQL behind an error that
/// tells the schema of a table some error names.
fn what_belongs_to_errors(entries: &[Entry<'_>], keep: &mut Keep) {
    let named: BTreeSet<&str> =
        entries.iter().filter(|entry| keep.holds(entry.at)).filter_map(Entry::relation).collect();
    let (mut step, mut linked, mut told) = (None, false, BTreeSet::new());
    for entry in entries {
        match (entry.role(), &entry.hit.seen) {
            (Some(Role::Progress), _) if entry.is_step() => step = Some(entry.at),
            (Some(Role::Failure | Role::FollowOn | Role::Success), _) if keep.holds(entry.at) => {
                keep.all(step);
                linked = false;
                told.clear();
            }
            (None, Seen::Marker { kind: MarkerKind::Chain, .. }) if !linked => {
                keep.entry(entry);
                linked = true;
            }
            (None, Seen::Statement(sql)) => {
                let mut tables = qualified_tables(sql).map(|(_, table)| table);
                if tables.any(|table| named.contains(table) && told.insert(table)) {
                    keep.entry(entry);
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests;
