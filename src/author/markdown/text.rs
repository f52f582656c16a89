//! Text that remembers where it came from: a file, or a piece cut out of one.

use std::ops::Range;

use crate::author::problem::ContentProblem;

/// A content file: its name, its text, and what is wrong with it so far.
pub(in crate::author) struct File<'a> {
    pub(in crate::author) name: &'a str,
    pub(in crate::author) text: &'a str,
    problems: Vec<ContentProblem>,
}

impl<'a> File<'a> {
    pub(in crate::author) fn new(name: &'a str, text: &'a str) -> Self {
        Self { name, text, problems: Vec::new() }
    }

    /// Notes a problem at a byte offset of the file.
    pub(in crate::author) fn problem(&mut self, at: usize, message: impl Into<String>, suggestion: impl Into<String>) {
        let (line, column) = line_and_column(self.text, at);
        self.problems.push(ContentProblem {
            file: self.name.to_owned(),
            line,
            column,
            message: message.into(),
            suggestion: suggestion.into(),
        });
    }

    /// The problems in the order of the file.
    pub(in crate::author) fn into_problems(mut self) -> Vec<ContentProblem> {
        self.problems.sort_by(|a, b| (a.line, a.column, &a.message).cmp(&(b.line, b.column, &b.message)));
        self.problems.dedup();
        self.problems
    }
}

/// Line and column (in characters) of a byte offset, both from 1. An offset past the end is the end.
pub(in crate::author) fn line_and_column(text: &str, at: usize) -> (u32, u32) {
    let mut end = at.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let before = text.get(..end).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (u32::try_from(line).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX))
}

/// Text taken out of a file piece by piece; every offset in it leads back to the file.
#[derive(Clone, Debug, Default)]
pub(in crate::author) struct Excerpt {
    pub(in crate::author) text: String,
    /// Where each piece starts: here, and in the file.
    pieces: Vec<(usize, usize)>,
}

impl Excerpt {
    /// One piece, as it stands in the file from `at` on.
    pub(in crate::author) fn whole(text: &str, at: usize) -> Self {
        Self { text: text.to_owned(), pieces: vec![(0, at)] }
    }

    /// Adds a piece that stands in the file from `at` on.
    pub(in crate::author) fn push(&mut self, text: &str, at: usize) {
        self.pieces.push((self.text.len(), at));
        self.text.push_str(text);
    }

    /// The file's offset of an offset here.
    pub(in crate::author) fn origin(&self, offset: usize) -> usize {
        let piece = self.pieces.iter().rev().find(|(here, _)| *here <= offset);
        piece.map_or(0, |(here, there)| there + (offset - here))
    }

    /// A piece of this text, still leading back to the file.
    pub(in crate::author) fn cut(&self, range: Range<usize>) -> Self {
        let mut pieces = vec![(0, self.origin(range.start))];
        let inside = self.pieces.iter().filter(|(here, _)| *here > range.start && *here < range.end);
        pieces.extend(inside.map(|(here, there)| (here - range.start, *there)));
        Self { text: self.text.get(range).unwrap_or_default().to_owned(), pieces }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        assert_eq!(line_and_column("é—x\nab", 5), (1, 3));
        assert_eq!(line_and_column("é—x\nab", 8), (2, 2));
        assert_eq!(line_and_column("ab", 99), (1, 3));
        assert_eq!(line_and_column("", 0), (1, 1));
    }

    #[test]
    fn offsets_lead_back() {
        let mut excerpt = Excerpt::default();
        excerpt.push("abc\n", 10);
        excerpt.push("def\n", 20);
        assert_eq!([0, 3, 4, 6].map(|at| excerpt.origin(at)), [10, 13, 20, 22]);
        let cut = excerpt.cut(2..7);
        assert_eq!(cut.text, "c\ndef");
        assert_eq!([0, 1, 2, 4].map(|at| cut.origin(at)), [12, 13, 20, 22]);
    }
}
