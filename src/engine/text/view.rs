//! What was read, masked, for the reader to look at again: the raw text is not kept.

use serde::{Deserialize, Serialize};

use super::mask::{Excerpt, MASK, mask_secrets};
use super::{Cut, Line, Lines, Rejoin};

/// A log of at most this many lines is shown whole.
const WHOLE: u32 = 200;

/// Of a longer one, this many lines before and behind each line that matters.
const NEAR: u32 = 8;

/// Lines of a log, masked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MaskedView {
    /// The lines kept, with their 1-based numbers; a gap in the numbers is a gap in the text.
    pub lines: Vec<(u32, Excerpt)>,
    /// How many lines the log has.
    pub all: u32,
    /// How many places are masked in the lines kept.
    pub masked: usize,
}

/// Makes the masked view of a log that comes in portions, once it is known which of its lines matter: the log is read again.
#[derive(Debug)]
pub struct ViewMaker {
    lines: Lines,
    kept: Kept,
}

#[derive(Debug)]
struct Kept {
    view: MaskedView,
    whole: bool,
    matter: Vec<u32>,
    in_key: bool,
    rejoin: Rejoin,
}

impl ViewMaker {
    /// For a log of so many lines, of which these matter (1-based numbers): it is kept whole when short, else what is near them.
    pub fn new(all: u32, matter: Vec<u32>) -> Self {
        let view = MaskedView { all, ..MaskedView::default() };
        ViewMaker {
            lines: Lines::default(),
            kept: Kept { view, whole: all <= WHOLE, matter, in_key: false, rejoin: Rejoin::default() },
        }
    }

    /// Reads more of the log.
    pub fn push(&mut self, bytes: &[u8]) {
        let ViewMaker { lines, kept } = self;
        lines.push(bytes, &mut |line| kept.read(line));
    }

    /// The view, when no more comes.
    pub fn finish(self) -> MaskedView {
        let ViewMaker { lines, mut kept } = self;
        lines.finish(&mut |line| kept.read(line));
        kept.view
    }
}

impl Kept {
    fn read(&mut self, line: &Line<'_>) {
        if line.text.contains("-----BEGIN") {
            self.in_key = true;
        }
        if self.whole || self.matter.iter().any(|m| m.abs_diff(line.number) <= NEAR) {
            let text = if self.in_key { MASK } else { &*line.text };
            let kept = Excerpt::of(text);
            self.view.masked += kept.as_str().matches(MASK).count().saturating_sub(line.text.matches(MASK).count());
            self.view.lines.push((line.number, kept));
        }
        if line.text.contains("-----END") {
            self.in_key = false;
        }
        let view = &mut self.view;
        self.rejoin.next(line, |cut| Cut::BETWEEN.into_iter().for_each(|between| hide_cut(view, cut, between)));
    }
}

/// A secret that the edge of a terminal cut in two is in neither line alone: it is hidden in the first, and the rest goes.
fn hide_cut(view: &mut MaskedView, cut: Cut<'_>, between: &str) {
    let near = cut.near(between);
    let (before, rest) = near.sides();
    if mask_secrets(&near.text) == mask_secrets(before) + &mask_secrets(rest) {
        return;
    }
    let begin = view.lines.partition_point(|(number, _)| *number < cut.number());
    let lines = view.lines.get_mut(begin..).unwrap_or_default();
    let masks =
        |lines: &[(u32, Excerpt)]| lines.iter().map(|(_, text)| text.as_str().matches(MASK).count()).sum::<usize>();
    let already = masks(lines);
    for (number, text) in &mut *lines {
        *text = if *number == cut.number() { Excerpt::of(&cut.whole(between).text) } else { Excerpt::of(MASK) };
    }
    view.masked = (view.masked + masks(lines)).saturating_sub(already);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(text: &str, all: u32, matter: &[u32]) -> MaskedView {
        let mut maker = ViewMaker::new(all, matter.to_vec());
        maker.push(text.as_bytes());
        maker.finish()
    }

    #[test]
    fn a_short_log_is_whole_and_its_secrets_are_counted() {
        let view = view("one\nPGPASSWORD=hunter2 x\npostgres://u:pw@h/d ***\n", 3, &[]);
        let lines: Vec<_> = view.lines.iter().map(|(number, text)| (*number, text.as_str())).collect();
        assert_eq!(lines, [(1, "one"), (2, "PGPASSWORD=*** x"), (3, "postgres://u:***@h/d ***")]);
        assert_eq!((view.all, view.masked), (3, 2));
    }

    #[test]
    fn of_a_long_log_only_what_is_near_is_kept() {
        let text = "line\n".repeat(1000);
        let view = view(&text, 1000, &[5, 500]);
        let numbers: Vec<u32> = view.lines.iter().map(|(number, _)| *number).collect();
        assert_eq!(numbers, (1..=13).chain(492..=508).collect::<Vec<_>>());
        assert_eq!(view.all, 1000);
    }

    #[test]
    fn a_secret_that_was_cut_is_hidden_whole() {
        let text = "could not connect to postgresql://me:hunter\n2/x@dpg-1-a/shop\nnext line";
        let view = view(text, 3, &[]);
        let lines: Vec<_> = view.lines.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(lines, ["could not connect to postgresql://me:***@dpg-1-a/shop", "***", "next line"]);
        assert_eq!(view.masked, 2);
    }

    #[test]
    fn a_key_in_several_lines_is_masked_whole() {
        let view = view("a\n-----BEGIN RSA PRIVATE KEY-----\nab/cd\n-----END RSA PRIVATE KEY-----\nb", 5, &[]);
        let lines: Vec<_> = view.lines.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(lines, ["a", "***", "***", "***", "b"]);
        assert_eq!(view.masked, 3);
    }
}
