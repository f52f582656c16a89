//! Text → lines: what was pasted, cut at its line ends, freed of what terminals and platforms add.
//!
//! Comes in: any bytes. Goes out: a [`Log`], whose lines keep their 1-based number in the input.
//! Knows nothing of signatures, PostgreSQL or Render's meaning; a prefix is only a shape here.
//!
//! ```
//! use runbook::engine::text::Log;
//! let log = Log::read(b"Nov 6 09:21:09 AM  \x1b[32mINFO\x1b[0m one\rtwo\r\nthree");
//! let lines: Vec<_> = log.lines().map(|l| (l.number, l.text.to_string())).collect();
//! assert_eq!(lines, [(1, "INFO one".into()), (2, "two".into()), (3, "three".into())]);
//! ```

mod ansi;
pub mod mask;
mod prefix;
mod time;
mod view;

use std::borrow::Cow;

use memchr::memchr2;

pub use time::Time;
pub use view::{MaskedView, masked_view};

/// A line of the input without its line end, colour codes and platform prefix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line<'t> {
    /// 1-based number in the input.
    pub number: u32,
    /// When the platform says it was printed; `None` without a timestamp.
    pub time: Option<Time>,
    /// What the program printed.
    pub text: Cow<'t, str>,
}

/// The input as text. Invalid UTF-8 is replaced, never refused.
#[derive(Debug, Clone)]
pub struct Log<'b> {
    text: Cow<'b, str>,
}

impl<'b> Log<'b> {
    /// Reads any bytes; a byte order mark is dropped, UTF-16 with one is decoded.
    pub fn read(bytes: &'b [u8]) -> Self {
        Log { text: decode(bytes) }
    }

    /// The lines in the order of the input; a line ends at LF, CRLF or a lone CR. A line over 64 KiB comes in pieces of that
    /// length under one number, so that no single step takes long.
    pub fn lines(&self) -> impl Iterator<Item = Line<'_>> {
        let lines = split_lines(&self.text).zip(1_u32..);
        lines.flat_map(|(raw, number)| pieces(raw).map(move |raw| read_line(raw, number)))
    }

    /// Whether there is nothing but white space.
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

const LONGEST_PIECE: usize = 64 * 1024;

fn pieces(raw: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(raw);
    std::iter::from_fn(move || {
        let here = rest?;
        let (piece, behind) = here.split_at(here.floor_char_boundary(LONGEST_PIECE));
        rest = (!behind.is_empty()).then_some(behind);
        Some(piece)
    })
}

fn read_line(raw: &str, number: u32) -> Line<'_> {
    let plain = ansi::strip(raw);
    let (time, skipped) = prefix::measure(&plain);
    let text = match plain {
        Cow::Borrowed(text) => Cow::Borrowed(text.get(skipped..).unwrap_or(text)),
        Cow::Owned(text) => Cow::Owned(text.get(skipped..).unwrap_or(&text).to_owned()),
    };
    Line { number, time, text }
}

fn decode(bytes: &[u8]) -> Cow<'_, str> {
    match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest),
        [0xff, 0xfe, rest @ ..] => Cow::Owned(utf16(rest, u16::from_le_bytes)),
        [0xfe, 0xff, rest @ ..] => Cow::Owned(utf16(rest, u16::from_be_bytes)),
        _ => String::from_utf8_lossy(bytes),
    }
}

/// `PowerShell` redirects output as UTF-16.
fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let (pairs, _odd_byte) = bytes.as_chunks::<2>();
    let units = pairs.iter().map(|pair| unit(*pair));
    char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// Cuts at LF, CRLF and lone CR; `str::lines` keeps a lone CR inside the line.
fn split_lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let here = rest?;
        if here.is_empty() {
            return None;
        }
        let Some(end) = memchr2(b'\n', b'\r', here.as_bytes()) else {
            rest = None;
            return Some(here);
        };
        let (line, tail) = here.split_at(end);
        rest = tail.strip_prefix("\r\n").or_else(|| tail.get(1..));
        Some(line)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(input: &[u8], expected: &[(u32, &str)]) {
        let log = Log::read(input);
        let lines: Vec<(u32, String)> = log.lines().map(|l| (l.number, l.text.into_owned())).collect();
        let expected: Vec<(u32, String)> = expected.iter().map(|(n, t)| (*n, (*t).to_owned())).collect();
        assert_eq!(lines, expected);
    }

    #[test]
    fn every_line_end_counts() {
        check(b"a\nb\r\nc\rd\n", &[(1, "a"), (2, "b"), (3, "c"), (4, "d")]);
        check(b"a\n\nb", &[(1, "a"), (2, ""), (3, "b")]);
        check(b"", &[]);
    }

    #[test]
    fn a_very_long_line_comes_in_pieces() {
        let wide = "é".repeat(50_000);
        let input = format!("{wide}\nb");
        let log = Log::read(input.as_bytes());
        let lines: Vec<Line<'_>> = log.lines().collect();
        assert_eq!(lines.iter().map(|l| l.number).collect::<Vec<_>>(), [1, 1, 2]);
        assert_eq!(lines.iter().map(|l| l.text.len()).sum::<usize>(), wide.len() + 1);
    }

    #[test]
    fn any_bytes_are_text() {
        check(b"\xef\xbb\xbfhi", &[(1, "hi")]);
        check(b"\xff\xfeh\0i\0", &[(1, "hi")]);
        check(b"a\xffb", &[(1, "a\u{fffd}b")]);
    }

    #[test]
    fn prefixes_and_colours_go() {
        check(b"2026-11-05T18:38:00.354925507Z ==> Deploying...", &[(1, "==> Deploying...")]);
        check(b"Nov 6 09:21:09 AM  \x1b[1m==> Exited with status 1\x1b[0m", &[(1, "==> Exited with status 1")]);
        check(b"backend-1  | relation", &[(1, "relation")]);
    }
}
