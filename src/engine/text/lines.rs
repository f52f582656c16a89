//! Bytes → lines, in whatever portions the bytes come: a file need not be in memory to be read.

use std::borrow::Cow;

use memchr::memchr2;

use super::decode::Decoder;
use super::{Line, carrier, printed_line, read_line};

/// A longer line comes in pieces of this many bytes under one number, so that no single step takes long.
const LONGEST_PIECE: usize = 64 * 1024;

/// A piece ends between words where its last word is no longer than this many bytes.
const LONGEST_WORD: usize = 4 * 1024;

/// Cuts bytes into lines at LF, CRLF and lone CR; `str::lines` keeps a lone CR inside the line. However the bytes are
/// portioned, the lines are the same.
#[derive(Debug)]
pub struct Lines {
    decoder: Decoder,
    /// What was read of the line that has not ended.
    begun: Vec<u8>,
    /// Its 1-based number.
    number: u32,
    /// Whether the byte before was a CR: an LF now belongs to it.
    after_cr: bool,
    /// Whether lines are given as printed.
    as_printed: bool,
}

impl Default for Lines {
    fn default() -> Self {
        Lines { decoder: Decoder::default(), begun: Vec::new(), number: 1, after_cr: false, as_printed: false }
    }
}

impl Lines {
    /// Gives lines as a terminal shows them: what looks like a platform's prefix may be the first column of a table.
    pub fn as_printed() -> Self {
        Lines { as_printed: true, ..Lines::default() }
    }

    /// Reads more bytes and gives every line that ends in them.
    pub fn push(&mut self, bytes: &[u8], each: &mut dyn FnMut(&Line<'_>)) {
        let text = self.decoder.decode(bytes);
        self.cut(&text, each);
    }

    /// Gives what is left when no more bytes come.
    pub fn finish(mut self, each: &mut dyn FnMut(&Line<'_>)) {
        let text = self.decoder.finish();
        self.cut(&text, each);
        if !self.begun.is_empty() {
            pieces(&self.begun, self.number, self.as_printed, each);
        }
    }

    fn cut(&mut self, text: &[u8], each: &mut dyn FnMut(&Line<'_>)) {
        let mut rest = text;
        while !rest.is_empty() {
            if std::mem::take(&mut self.after_cr) {
                rest = rest.strip_prefix(b"\n").unwrap_or(rest);
            }
            let Some((line, end, behind)) = split(rest) else {
                return self.hold(rest, each);
            };
            rest = behind;
            self.after_cr = end == b'\r';
            self.line(line, each);
        }
    }

    fn line(&mut self, line: &[u8], each: &mut dyn FnMut(&Line<'_>)) {
        if self.begun.is_empty() {
            pieces(line, self.number, self.as_printed, each);
        } else {
            self.begun.extend_from_slice(line);
            pieces(&self.begun, self.number, self.as_printed, each);
            self.begun.clear();
        }
        self.number += 1;
    }

    /// Keeps the beginning of a line until its end comes, and no more of it than a piece.
    fn hold(&mut self, begin: &[u8], each: &mut dyn FnMut(&Line<'_>)) {
        self.begun.extend_from_slice(begin);
        let mut given = 0;
        while let Some((piece, _)) = self.begun.get(given..).and_then(first_piece) {
            give(piece, self.number, self.as_printed, each);
            given += piece.len();
        }
        self.begun.drain(..given);
    }
}

/// A line, the byte that ends it, and what is behind.
fn split(text: &[u8]) -> Option<(&[u8], u8, &[u8])> {
    let (line, rest) = text.split_at_checked(memchr2(b'\n', b'\r', text)?)?;
    let (end, behind) = rest.split_first()?;
    Some((line, *end, behind))
}

fn pieces(line: &[u8], number: u32, as_printed: bool, each: &mut dyn FnMut(&Line<'_>)) {
    let mut rest = line;
    while let Some((piece, behind)) = first_piece(rest) {
        give(piece, number, as_printed, each);
        rest = behind;
    }
    give(rest, number, as_printed, each);
}

/// The first piece of a text that is longer than one, cut between words so that no message or secret is torn; in a very long word, where a
/// character begins.
fn first_piece(text: &[u8]) -> Option<(&[u8], &[u8])> {
    if text.len() <= LONGEST_PIECE {
        return None;
    }
    let last_words = text.get(LONGEST_PIECE - LONGEST_WORD..LONGEST_PIECE)?;
    let between_words = last_words.iter().rposition(u8::is_ascii_whitespace);
    text.split_at_checked(between_words.map_or_else(|| between_characters(text), |at| LONGEST_PIECE - LONGEST_WORD + at))
}

/// The last place in a piece where a character begins.
fn between_characters(text: &[u8]) -> usize {
    let inside = |at: &usize| text.get(*at).is_some_and(|byte| byte & 0xc0 == 0x80);
    (LONGEST_PIECE - 3..=LONGEST_PIECE).rev().find(|at| !inside(at)).unwrap_or(LONGEST_PIECE)
}

fn give(raw: &[u8], number: u32, as_printed: bool, each: &mut dyn FnMut(&Line<'_>)) {
    // Nearly every line is UTF-8, which is found out faster than it is repaired.
    let raw = std::str::from_utf8(raw).map_or_else(|_| String::from_utf8_lossy(raw), Cow::Borrowed);
    if as_printed {
        return each(&printed_line(&raw, number));
    }
    carrier::free(read_line(&raw, number), each);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces_of(line: &str) -> Vec<(u32, String)> {
        let mut given = Vec::new();
        let mut lines = Lines::as_printed();
        lines.push(line.as_bytes(), &mut |line| given.push((line.number, line.text.to_string())));
        lines.finish(&mut |line| given.push((line.number, line.text.to_string())));
        given
    }

    #[test]
    fn no_word_is_torn_at_the_end_of_a_piece() {
        for length in LONGEST_PIECE - 40..LONGEST_PIECE + 4 {
            let pieces = pieces_of(&format!("{} password=Pl4nted-S3cret-{} end", "a ".repeat(length / 2), "x".repeat(30)));
            let whole = format!("password=Pl4nted-S3cret-{}", "x".repeat(30));
            assert!(pieces.len() == 2 && pieces.iter().any(|(_, piece)| piece.contains(&whole)), "{length}");
        }
    }

    #[test]
    fn a_word_without_end_is_cut_between_characters() {
        let pieces = pieces_of(&"é".repeat(LONGEST_PIECE));
        assert!(pieces.len() > 1 && pieces.iter().all(|(number, piece)| *number == 1 && !piece.contains('\u{fffd}')));
    }
}
