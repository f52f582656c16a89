//! What was read, masked, for the reader to look at again: the raw text is not kept.

use super::Log;
use super::mask::{Excerpt, MASK};

/// A log of at most this many lines is shown whole.
const WHOLE: usize = 200;

/// Of a longer one, this many lines before and behind each line that matters.
const NEAR: u32 = 8;

/// Lines of a log, masked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MaskedView {
    /// The lines kept, with their 1-based numbers; a gap in the numbers is a gap in the text.
    pub lines: Vec<(u32, Excerpt)>,
    /// How many lines the log has.
    pub all: u32,
    /// How many places are masked in the lines kept.
    pub masked: usize,
}

/// The masked view of a log: whole when short, else what is near the lines that matter (1-based numbers).
pub fn masked_view(log: &Log<'_>, matter: &[u32]) -> MaskedView {
    let mut view = MaskedView::default();
    let whole = log.lines().nth(WHOLE).is_none();
    let mut in_key = false;
    for line in log.lines() {
        view.all = line.number;
        if line.text.contains("-----BEGIN") {
            in_key = true;
        }
        if whole || matter.iter().any(|m| m.abs_diff(line.number) <= NEAR) {
            let text = if in_key { MASK } else { &*line.text };
            let kept = Excerpt::of(text);
            view.masked += kept.as_str().matches(MASK).count().saturating_sub(line.text.matches(MASK).count());
            view.lines.push((line.number, kept));
        }
        if line.text.contains("-----END") {
            in_key = false;
        }
    }
    view
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_log_is_whole_and_its_secrets_are_counted() {
        let log = Log::read(b"one\nPGPASSWORD=hunter2 x\npostgres://u:pw@h/d ***\n");
        let view = masked_view(&log, &[]);
        let lines: Vec<_> = view.lines.iter().map(|(number, text)| (*number, text.as_str())).collect();
        assert_eq!(lines, [(1, "one"), (2, "PGPASSWORD=*** x"), (3, "postgres://u:***@h/d ***")]);
        assert_eq!((view.all, view.masked), (3, 2));
    }

    #[test]
    fn of_a_long_log_only_what_is_near_is_kept() {
        let text = "line\n".repeat(1000);
        let view = masked_view(&Log::read(text.as_bytes()), &[5, 500]);
        let numbers: Vec<u32> = view.lines.iter().map(|(number, _)| *number).collect();
        assert_eq!(numbers, (1..=13).chain(492..=508).collect::<Vec<_>>());
        assert_eq!(view.all, 1000);
    }

    #[test]
    fn a_key_in_several_lines_is_masked_whole() {
        let log = Log::read(b"a\n-----BEGIN RSA PRIVATE KEY-----\nab/cd\n-----END RSA PRIVATE KEY-----\nb");
        let view = masked_view(&log, &[]);
        let lines: Vec<_> = view.lines.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(lines, ["a", "***", "***", "***", "b"]);
        assert_eq!(view.masked, 3);
    }
}
