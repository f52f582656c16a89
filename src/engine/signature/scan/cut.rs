//! Messages that were cut in two by the edge of a terminal: what only stands on the lines put together.

use super::{Found, Notes, Scanner, Seen, Target};
use crate::engine::signature::Template;
use crate::engine::text::{Cut, Rejoined};

impl Scanner<'_> {
    /// Adds what neither side of a cut shows alone, and takes back what the rest of the line refuses.
    pub(super) fn scan_cut(&self, cut: Cut<'_>, notes: &mut Notes) {
        let mut read = None;
        for between in Cut::BETWEEN {
            let near = cut.near(between);
            self.take_back(cut.number(), &near, notes);
            notes.cut_credential(cut, between, &self.masker);
            if self.targets_in(&near.text).any(|target| self.is_cut(target, &near)) {
                read = self.scan_whole(cut, between, &near, read, notes);
            }
        }
    }

    /// Reads what was put together: of everything on it only what was cut counts. Gives the signature found; what was `read` already, with the
    /// halves of a word together, is not read again with a blank in it.
    fn scan_whole(
        &self,
        cut: Cut<'_>,
        between: &str,
        near: &Rejoined,
        read: Option<usize>,
        notes: &mut Notes,
    ) -> Option<usize> {
        let line = cut.whole(between);
        let mut best: Option<Found<'_, '_>> = None;
        for target in self.targets_in(&near.text).filter(|target| self.is_cut(*target, near)) {
            match target {
                Target::Matcher { signature, matcher } => best = self.better(best, signature, matcher, &line, notes),
                Target::Marker(index) => self.marker(index, &line, notes),
                _ => {}
            }
        }
        let found = best.filter(|found| read != Some(found.index))?;
        let index = found.index;
        notes.forget(line.number, index);
        notes.sight(&line, found, &self.masker);
        Some(index)
    }

    fn is_cut(&self, target: Target, near: &Rejoined) -> bool {
        let template = match target {
            Target::Matcher { signature, matcher } => self.matcher(signature, matcher).map(|matcher| &matcher.template),
            Target::Marker(index) => self.patterns.markers.get(index).map(|marker| &marker.template),
            _ => None,
        };
        let stands = |template: &Template| near.only_whole(|text| template.find(text).is_some());
        template.is_some_and(stands)
    }

    /// `relation "a" already exists, skip` was no error when the next line begins with `ping`.
    fn take_back(&self, first: u32, near: &Rejoined, notes: &mut Notes) {
        let refused = |index: usize| {
            let matchers = self.signature(index).map(|signature| signature.matchers.as_slice()).unwrap_or_default();
            matchers
                .iter()
                .flat_map(|matcher| &matcher.unless)
                .any(|text| near.only_whole(|side| side.contains(text.as_str())))
        };
        notes.hits.forget_if(first, |seen| matches!(seen, Seen::Signature(sight) if refused(sight.index)));
    }
}

impl Notes {
    /// Forgets what was seen of a signature on this line or behind: the lines put together say it better.
    fn forget(&mut self, line: u32, index: usize) {
        self.hits.forget_if(line, |seen| matches!(seen, Seen::Signature(sight) if sight.index == index));
    }
}
