//! Which of the things seen is the root.

use super::timeline::Note;
use super::{Sighting, Timeline};
use crate::engine::signature::{MarkerKind, Placed, Role, Seen};

/// Everything that speaks for a situation, best first.
///
/// 1. A success forgives the errors before it, but not those of a server that was up already: it came up and failed.
/// 2. Of the errors that are left the last attempt that shows one counts; earlier ones are history. In it the highest precedence wins, then
///    the earliest: Python prints the root of a chain first.
/// 3. Without an error of its own, one that only follows another counts, even behind a success.
/// 4. Without any, the end decides: a success that comes behind the last step, else the step that was running.
/// 5. A program that ended and does not say why, and a mere sign of health, count when nothing else is there.
/// 6. Nothing is well in front of a traceback whose exception is not in the log.
pub(super) fn rank<'s, 'c>(timeline: &'s Timeline<'c>) -> Vec<&'s Sighting<'c>> {
    let believed: Vec<&Sighting<'c>> = timeline.sightings.iter().filter(|s| is_believed(s)).collect();
    let of = |role: Role| believed.iter().copied().filter(move |s| s.signature.role == role);
    let success = of(Role::Success).map(|s| s.order).max();
    let last_up = of(Role::Success).map(|s| s.attempt).max();
    let was_up = |s: &Sighting<'c>| of(Role::Success).any(|up| up.attempt == s.attempt && up.order < s.order);
    let open = |s: &&'s Sighting<'c>| success.is_none_or(|at| s.order > at) || last_up == Some(s.attempt) && was_up(s);
    let failures: Vec<_> = of(Role::Failure).filter(open).collect();
    if let Some(attempt) = failures.iter().map(|s| s.attempt).max() {
        let (last, earlier): (Vec<_>, Vec<_>) = failures.into_iter().partition(|s| s.attempt == attempt);
        return [best_first(last), best_first(earlier)].concat();
    }
    let follow_ons: Vec<_> = of(Role::FollowOn).filter(open).collect();
    if !follow_ons.is_empty() {
        return best_first(follow_ons);
    }
    let step = of(Role::Progress).map(|s| s.order).max();
    let steps = || latest_first(of(Role::Progress).collect());
    let ends = best_first(of(Role::Exit).filter(open).collect());
    let is_well = |s: &&'s Sighting<'c>| !raised_after(timeline, s.order);
    match (success, step) {
        (Some(success), step)
            if ends.is_empty() && step.is_none_or(|step| step < success) && !raised_after(timeline, success) =>
        {
            [latest_first(of(Role::Success).collect()), steps()].concat()
        }
        (_, Some(_)) => [steps(), ends].concat(),
        _ if !ends.is_empty() => ends,
        _ => latest_first(of(Role::Sign).filter(is_well).collect()),
    }
}

/// Whether a traceback begins behind this place in time.
fn raised_after(timeline: &Timeline<'_>, order: usize) -> bool {
    let begins = |note: &Note| matches!(note.seen, Seen::Marker { kind: MarkerKind::Traceback, .. });
    timeline.notes.iter().any(|note| note.order > order && begins(note))
}

/// An error that a request quotes is nobody's here.
fn is_believed(sighting: &Sighting<'_>) -> bool {
    sighting.sight.placed != Placed::Quoted || !sighting.signature.situation.may_wipe()
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
