//! Text → lines: what was pasted, cut at its line ends, freed of what terminals and platforms add.
//!
//! Comes in: any bytes, in any portions. Goes out: [`Line`]s, which keep their 1-based number in the input.
//! Knows nothing of signatures, PostgreSQL or Render's meaning; a prefix is only a shape here.
//!
//! ```
//! use runbook::engine::text::Lines;
//! let (mut lines, mut read) = (Lines::default(), Vec::new());
//! let mut keep = |line: &runbook::engine::text::Line<'_>| read.push((line.number, line.text.to_string()));
//! lines.push(b"Nov 6 09:21:09 AM  \x1b[32mINFO\x1b[0m one\rtwo\r\nthr", &mut keep);
//! lines.push(b"ee", &mut keep);
//! lines.finish(&mut keep);
//! assert_eq!(read, [(1, "INFO one".into()), (2, "two".into()), (3, "three".into())]);
//! ```

mod ansi;
pub(crate) mod carrier;
mod decode;
mod handover;
mod lines;
pub mod mask;
mod packed;
mod prefix;
mod rejoin;
pub(in crate::engine) mod search;
pub mod secret;
pub mod terminal;
mod time;
mod view;
mod vocabulary;

use std::borrow::Cow;

pub use handover::HandedOver;
pub use lines::Lines;
pub use packed::{Opening, Packed};
pub use prefix::Shape;
pub use rejoin::{Cut, Rejoin, Rejoined, announces_message};
pub use time::Time;
pub use view::{MaskedView, ViewMaker};
pub use vocabulary::{Vocabulary, plain_words};

use prefix::Prefix;

/// A line of the input without its line end, colour codes and platform prefix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line<'t> {
    /// 1-based number in the input.
    pub number: u32,
    /// When the platform says it was printed; `None` without a timestamp.
    pub time: Option<Time>,
    /// How wide it stands there, prefix and all: bytes without colour codes.
    pub width: usize,
    /// Whether a platform's prefix was taken off.
    pub prefixed: bool,
    /// Whose prefix it was, where its form tells.
    pub shape: Option<Shape>,
    /// The key under which a carrier holds the text; `None` for a line that stands for itself.
    pub key: Option<String>,
    /// Whether its line ends were lost: where on its line a message stood is not known.
    pub loose: bool,
    /// Whether the text is part of a request that is reported: a program prints no errors of its own there.
    pub quoted: bool,
    /// What the program printed.
    pub text: Cow<'t, str>,
}

/// A line as a terminal shows it.
fn printed_line(raw: &str, number: u32) -> Line<'_> {
    let text = carrier::quotes::plain(ansi::strip(raw));
    Line {
        number,
        time: None,
        width: text.len(),
        prefixed: false,
        shape: None,
        key: None,
        loose: false,
        quoted: false,
        text,
    }
}

fn read_line(raw: &str, number: u32) -> Line<'_> {
    let plain = ansi::strip(raw);
    let Prefix { time, length: skipped, shape } = prefix::measure(&plain);
    let width = plain.len();
    let text = match plain {
        Cow::Borrowed(text) => Cow::Borrowed(text.get(skipped..).unwrap_or(text)),
        Cow::Owned(text) => Cow::Owned(text.get(skipped..).unwrap_or(&text).to_owned()),
    };
    Line { number, time, width, prefixed: skipped > 0, shape, key: None, loose: false, quoted: false, text }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The lines of bytes that come in portions of these lengths, the last of them again and again.
    fn lines(input: &[u8], portions: &[usize]) -> Vec<(u32, String)> {
        let (mut lines, mut read) = (Lines::default(), Vec::new());
        let mut keep = |line: &Line<'_>| read.push((line.number, line.text.to_string()));
        let mut rest = input;
        let mut sizes = portions.iter().chain(std::iter::repeat(portions.last().unwrap_or(&usize::MAX)));
        while let (false, Some(size)) = (rest.is_empty(), sizes.next()) {
            let (portion, behind) = rest.split_at((*size).clamp(1, rest.len()));
            lines.push(portion, &mut keep);
            rest = behind;
        }
        lines.finish(&mut keep);
        read
    }

    fn check(input: &[u8], expected: &[(u32, &str)]) {
        let expected: Vec<(u32, String)> = expected.iter().map(|(n, t)| (*n, (*t).to_owned())).collect();
        assert_eq!(lines(input, &[]), expected);
    }

    #[test]
    fn every_line_end_counts() {
        check(b"a\nb\r\nc\rd\n", &[(1, "a"), (2, "b"), (3, "c"), (4, "d")]);
        check(b"a\n\nb", &[(1, "a"), (2, ""), (3, "b")]);
        check(b"a\r\r\nb\r", &[(1, "a"), (2, ""), (3, "b")]);
        check(b"", &[]);
    }

    #[test]
    fn a_very_long_line_comes_in_pieces() {
        let wide = "é".repeat(50_000);
        let read = lines(format!("x{wide}\nb").as_bytes(), &[]);
        assert_eq!(read.iter().map(|(number, _)| *number).collect::<Vec<_>>(), [1, 1, 2]);
        assert_eq!(read.iter().map(|(_, text)| text.len()).sum::<usize>(), wide.len() + 2);
        assert!(read.iter().all(|(_, text)| !text.contains('\u{fffd}')), "no character is cut");
    }

    #[test]
    fn any_bytes_are_text() {
        check(b"\xef\xbb\xbfhi", &[(1, "hi")]);
        check(b"\xff\xfeh\0i\0", &[(1, "hi")]);
        check(b"\xfe\xff\xd8\x3d\xde\x00", &[(1, "\u{1f600}")]);
        check(b"h\0i\0\n\0y\0o\0", &[(1, "hi"), (2, "yo")]);
        check(b"\0h\0i\0\r\0\n\0y", &[(1, "hi"), (2, "y")]);
        check(b"a\xffb", &[(1, "a\u{fffd}b")]);
        check(b"\xff", &[(1, "\u{fffd}")]);
    }

    #[test]
    fn prefixes_and_colours_go() {
        check(b"2026-11-05T18:38:00.354925507Z ==> Deploying...", &[(1, "==> Deploying...")]);
        check(b"Nov 6 09:21:09 AM  \x1b[1m==> Exited with status 1\x1b[0m", &[(1, "==> Exited with status 1")]);
        check(b"backend-1  | relation", &[(1, "relation")]);
        check(b"2026-11-05T18:38:00.354925507Z stderr F relation", &[(1, "relation")]);
    }

    #[test]
    fn what_collectors_and_pages_wrap_is_unwrapped() {
        check(br#"{"log":"Nov 6 09:21:09 AM  one\ntwo\n","stream":"stderr"}"#, &[(1, "one"), (1, "two")]);
        check(b"relation &quot;a&quot; &amp; &#39;b&#x27; &amp;lt; &c;", &[(1, "relation \"a\" & 'b' < &c;")]);
    }

    proptest! {
        #[test]
        fn portions_change_nothing(
            mark in prop::sample::select(vec![&b""[..], b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"]),
            body in prop::collection::vec(prop::sample::select(b"ab \r\n\0\xc3\xa9\xd8\xde\xff".to_vec()), 0..60),
            portions in prop::collection::vec(1_usize..5, 1..9),
        ) {
            let input = [mark, &body].concat();
            prop_assert_eq!(lines(&input, &portions), lines(&input, &[]));
        }

        /// Whatever the language, as long as it has a little ASCII in it, and however it comes.
        #[test]
        fn utf_16_needs_no_mark(
            text in prop::collection::vec("[a-z]{2,9}[ :\r\n]{1,2}[а-яé一-十\u{1f600}]{0,9}", 1..60),
            big in prop::bool::ANY,
            portions in prop::collection::vec(1_usize..300, 1..5),
        ) {
            let text = text.concat();
            let unit = |unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() };
            let bytes: Vec<u8> = text.encode_utf16().flat_map(unit).collect();
            prop_assert_eq!(lines(&bytes, &portions), lines(text.as_bytes(), &[]));
        }

        #[test]
        fn portions_of_a_long_line_change_nothing(at in 0_usize..200_000, wide in prop::bool::ANY) {
            let line = if wide { "é".repeat(70_000) } else { "abc\u{1f600}".repeat(20_000) };
            prop_assert_eq!(lines(line.as_bytes(), &[at, 9_999]), lines(line.as_bytes(), &[]));
        }
    }
}
