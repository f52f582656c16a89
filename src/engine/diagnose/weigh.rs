//! Which of the things seen is the root.

use super::{Sighting, Timeline};
use crate::engine::signature::Role;

/// Everything that speaks for a situation, best first.
///
/// 1. The last attempt that shows an error or a success counts; earlier ones are history.
/// 2. In it, a success forgives the errors before it.
/// 3. Among errors the highest precedence wins, then the earliest: Python prints the root of a chain first.
/// 4. Where the last attempt shows only an error that follows another, the root is that of the attempt before; without one
///    the follow-on counts itself. A mere sign of health counts when nothing else is there.
pub(super) fn rank<'s, 'c>(timeline: &'s Timeline<'c>) -> Vec<&'s Sighting<'c>> {
    let all: Vec<&Sighting<'c>> = timeline.sightings.iter().collect();
    let counted = || all.iter().copied().filter(|s| s.signature.role != Role::Sign);
    let Some(attempt) = counted().map(|s| s.attempt).max() else {
        return latest_first(all);
    };
    let present: Vec<_> = counted().filter(|s| s.attempt == attempt).collect();
    let success = present.iter().filter(|s| s.signature.role == Role::Success).map(|s| s.order).max();
    let after = |role| -> Vec<_> {
        present.iter().copied().filter(|s| s.signature.role == role && success.is_none_or(|at| s.order > at)).collect()
    };
    let earlier = unforgiven(&all, attempt);
    let failures = after(Role::Failure);
    if !failures.is_empty() {
        return [best_first(failures), best_first(earlier)].concat();
    }
    let follow_ons = after(Role::FollowOn);
    if !follow_ons.is_empty() {
        // A retry that was cut off shows only that it ended; the try before it shows why.
        let last = earlier.iter().map(|s| s.attempt).max();
        let (roots, older): (Vec<_>, Vec<_>) = earlier.into_iter().partition(|s| Some(s.attempt) == last);
        return [best_first(roots), best_first(follow_ons), best_first(older)].concat();
    }
    latest_first(present.into_iter().filter(|s| matches!(s.signature.role, Role::Success | Role::Progress)).collect())
}

/// Errors of the attempts before this one that no success came after.
fn unforgiven<'s, 'c>(all: &[&'s Sighting<'c>], attempt: usize) -> Vec<&'s Sighting<'c>> {
    let success = all.iter().filter(|s| s.signature.role == Role::Success).map(|s| s.order).max();
    let open = |s: &&'s Sighting<'c>| {
        s.attempt < attempt && s.signature.role == Role::Failure && success.is_none_or(|at| s.order > at)
    };
    all.iter().copied().filter(open).collect()
}

/// Of what went well the last word counts.
fn latest_first<'s, 'c>(mut sightings: Vec<&'s Sighting<'c>>) -> Vec<&'s Sighting<'c>> {
    sightings.sort_by_key(|s| (s.signature.role != Role::Success, std::cmp::Reverse(s.order)));
    sightings
}

fn best_first<'s, 'c>(mut sightings: Vec<&'s Sighting<'c>>) -> Vec<&'s Sighting<'c>> {
    sightings.sort_by_key(|s| (std::cmp::Reverse(s.signature.precedence), s.order));
    sightings
}
