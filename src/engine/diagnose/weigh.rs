//! Which of the things seen is the root.

use super::timeline::Note;
use super::{Sighting, Timeline};
use crate::engine::signature::{MarkerKind, Placed, Role, Seen};
use crate::engine::situation::Situation;

/// Everything that speaks for a situation, best first.
///
/// 1. A success forgives an error before it only where the same thing was tried again in between: `alembic upgrade head; uvicorn app` comes up
///    over a failed migration.
/// 2. Of the errors that are left the last attempt that shows one counts; earlier ones are history. In it the highest precedence wins, then
///    the earliest: Python prints the root of a chain first.
/// 3. Without an error of its own, one that only follows another counts, even behind a success.
/// 4. Without any, the end decides: a success that comes behind the last step, else the step that was running.
/// 5. A success is taken back by a word of trouble behind it or beside it, by a traceback whose exception is not in the log, and by a deploy that
///    begins behind it: that one's end is not in the log.
/// 6. A program that ended and does not say why, and a mere sign of health, count when nothing else is there.
pub(super) fn rank<'s, 'c>(timeline: &'s Timeline<'c>) -> Vec<&'s Sighting<'c>> {
    let believed = Believed(timeline.sightings.iter().filter(|s| is_believed(s)).collect());
    let success = believed.of(Role::Success).max_by_key(|s| s.order);
    let open = |s: &&'s Sighting<'c>| success.is_none_or(|success| !is_forgiven(timeline, s, success));
    let failures: Vec<_> = believed.of(Role::Failure).filter(open).collect();
    if let Some(attempt) = failures.iter().map(|s| s.attempt).max() {
        let (last, earlier): (Vec<_>, Vec<_>) = failures.into_iter().partition(|s| s.attempt == attempt);
        return [best_first(last), best_first(earlier)].concat();
    }
    let follow_ons: Vec<_> = believed.of(Role::FollowOn).filter(open).collect();
    if !follow_ons.is_empty() {
        return best_first(follow_ons);
    }
    let ends = best_first(believed.of(Role::Exit).filter(open).collect());
    believed.end(timeline, success, ends)
}

/// What was seen and is nobody's quotation.
struct Believed<'s, 'c>(Vec<&'s Sighting<'c>>);

impl<'s, 'c> Believed<'s, 'c> {
    fn of(&self, role: Role) -> impl Iterator<Item = &'s Sighting<'c>> {
        self.0.iter().copied().filter(move |s| s.signature.role == role)
    }

    /// What the end of a log without errors says, best first.
    fn end(
        &self,
        timeline: &Timeline<'c>,
        success: Option<&'s Sighting<'c>>,
        ends: Vec<&'s Sighting<'c>>,
    ) -> Vec<&'s Sighting<'c>> {
        let step = self.of(Role::Progress).map(|s| s.order).max();
        let steps = || latest_first(self.of(Role::Progress).collect());
        let came_up = success.filter(|success| ends.is_empty() && step.is_none_or(|step| step < success.order));
        if let Some(success) = came_up {
            let doubts = self.doubts(timeline, success);
            if !doubts.is_empty() || begins_again(timeline, success.order) {
                return doubts;
            }
            if !raised_after(timeline, success.order) {
                return [latest_first(self.of(Role::Success).collect()), steps()].concat();
            }
        }
        let went_on =
            self.of(Role::Sign).filter(|s| s.signature.situation == Situation::Unknown).map(|s| s.order).max();
        if step.is_some() && step > went_on {
            return [steps(), ends].concat();
        }
        if !ends.is_empty() {
            return ends;
        }
        let signs = latest_first(self.of(Role::Sign).filter(|s| !raised_after(timeline, s.order)).collect());
        let doubts = signs.first().map(|sign| self.doubts(timeline, sign)).filter(|doubts| !doubts.is_empty());
        doubts.unwrap_or(signs)
    }

    /// The words of trouble that take back what went well.
    fn doubts(&self, timeline: &Timeline<'_>, good: &Sighting<'_>) -> Vec<&'s Sighting<'c>> {
        best_first(self.of(Role::Doubt).filter(|s| takes_back(timeline, s, good)).collect())
    }
}

/// Whether a success behind an error makes it history: the same thing was tried again in between, or the server was only not there yet.
fn is_forgiven(timeline: &Timeline<'_>, error: &Sighting<'_>, success: &Sighting<'_>) -> bool {
    error.order < success.order && (error.signature.passes || timeline.tried_again(error.order, success.order))
}

/// Whether a word of trouble stands behind what went well, or beside it, and is not about an instance that it replaced.
fn takes_back(timeline: &Timeline<'_>, doubt: &Sighting<'_>, good: &Sighting<'_>) -> bool {
    let replaced = |s: &Sighting<'_>| s.order < doubt.order && doubt.signature.follows(&s.signature.id);
    (doubt.order > good.order || doubt.row == good.row) && !timeline.sightings.iter().any(replaced)
}

/// Whether a deploy, one of its commands or a run of Alembic begins behind this place in time.
fn begins_again(timeline: &Timeline<'_>, order: usize) -> bool {
    let begins = |note: &Note| matches!(note.seen, Seen::Marker { kind, .. } if kind.begins_attempt());
    timeline.notes.iter().any(|note| note.order > order && begins(note))
}

/// Whether a traceback begins behind this place in time.
fn raised_after(timeline: &Timeline<'_>, order: usize) -> bool {
    let begins = |note: &Note| matches!(note.seen, Seen::Marker { kind: MarkerKind::Traceback, .. });
    timeline.notes.iter().any(|note| note.order > order && begins(note))
}

/// An error that a request quotes is nobody's here, nor is a success that somebody waits for or repeats.
fn is_believed(sighting: &Sighting<'_>) -> bool {
    let signature = sighting.signature;
    sighting.sight.placed != Placed::Quoted || !signature.situation.may_wipe() && signature.role != Role::Success
}

/// Of what went well the strongest word counts, then the last.
fn latest_first<'s, 'c>(mut sightings: Vec<&'s Sighting<'c>>) -> Vec<&'s Sighting<'c>> {
    sightings.sort_by_key(|s| (std::cmp::Reverse(s.signature.precedence), std::cmp::Reverse(s.order)));
    sightings
}

fn best_first<'s, 'c>(mut sightings: Vec<&'s Sighting<'c>>) -> Vec<&'s Sighting<'c>> {
    let doubted = |s: &Sighting<'_>| s.signature.situation.may_wipe() && s.sight.placed != Placed::Printed;
    sightings.sort_by_key(|s| (doubted(s), std::cmp::Reverse(s.signature.precedence), s.order));
    sightings
}
