//! The text of a block, sign by sign: a placeholder is one sign, whatever its name.

use crate::author::markdown::blocks::{Piece, pieces};

/// A character, or a placeholder by its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign<'t> {
    Letter(char),
    Value(&'t str),
}

/// A block's signs with their bytes, read from front to back.
pub(super) struct Signs<'t> {
    signs: Vec<(Sign<'t>, usize)>,
    next: usize,
}

impl<'t> Signs<'t> {
    pub(super) fn of(code: &'t str) -> Self {
        let mut signs = Vec::new();
        let mut at = 0;
        for piece in pieces(code) {
            match piece {
                Piece::Text(text) => {
                    signs.extend(text.char_indices().map(|(inside, c)| (Sign::Letter(c), at + inside)));
                    at += text.len();
                }
                Piece::Placeholder(key, from) => {
                    signs.push((Sign::Value(key.trim()), from));
                    at = from + "{{".len() + key.len() + "}}".len();
                }
            }
        }
        Self { signs, next: 0 }
    }

    /// The next sign and its byte.
    pub(super) fn next(&mut self) -> Option<(Sign<'t>, usize)> {
        let sign = self.signs.get(self.next).copied();
        self.next += usize::from(sign.is_some());
        sign
    }

    /// The sign to come, without reading it.
    pub(super) fn peek(&self) -> Option<Sign<'t>> {
        self.signs.get(self.next).map(|(sign, _)| *sign)
    }

    /// The character to come; none before a placeholder and at the end.
    pub(super) fn peek_letter(&self) -> Option<char> {
        self.letter_ahead(0)
    }

    /// The character `ahead` signs further on.
    pub(super) fn letter_ahead(&self, ahead: usize) -> Option<char> {
        match self.signs.get(self.next + ahead)?.0 {
            Sign::Letter(c) => Some(c),
            Sign::Value(_) => None,
        }
    }

    /// Reads `text` if it comes next.
    pub(super) fn take(&mut self, text: &str) -> bool {
        let comes = text.chars().enumerate().all(|(ahead, c)| self.letter_ahead(ahead) == Some(c));
        self.next += if comes { text.chars().count() } else { 0 };
        comes
    }

    /// Reads letters while they fit.
    pub(super) fn take_while(&mut self, fits: impl Fn(char) -> bool) -> String {
        let mut taken = String::new();
        while let Some(c) = self.peek_letter().filter(|c| fits(*c)) {
            taken.push(c);
            self.next += 1;
        }
        taken
    }

    /// Reads up to the end of the line, without it: the letters, and where placeholders are.
    pub(super) fn rest_of_line(&mut self) -> (String, Vec<usize>) {
        let (mut line, mut values) = (String::new(), Vec::new());
        while let Some((sign, at)) = self.signs.get(self.next).copied() {
            match sign {
                Sign::Letter('\n') => break,
                Sign::Letter(c) => line.push(c),
                Sign::Value(_) => values.push(at),
            }
            self.next += 1;
        }
        (line, values)
    }

    /// Where every placeholder is.
    pub(super) fn values(&self) -> impl Iterator<Item = usize> {
        self.signs.iter().filter(|(sign, _)| matches!(sign, Sign::Value(_))).map(|(_, at)| *at)
    }

    /// All letters of the block, with a NUL for each placeholder.
    pub(super) fn letters(&self) -> String {
        let letter = |(sign, _): &(Sign<'_>, usize)| match sign {
            Sign::Letter(c) => *c,
            Sign::Value(_) => '\0',
        };
        self.signs.iter().map(letter).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_placeholder_is_one_sign_at_its_byte() {
        let mut signs = Signs::of("é{{ x }}b\n{{y}}");
        assert_eq!(signs.values().collect::<Vec<_>>(), [2, 11]);
        assert_eq!(signs.letters(), "é\0b\n\0");
        assert!(signs.take("é") && !signs.take("b"));
        assert_eq!(signs.next(), Some((Sign::Value("x"), 2)));
        assert_eq!(signs.rest_of_line(), ("b".to_owned(), Vec::new()));
        assert_eq!(signs.next(), Some((Sign::Letter('\n'), 10)));
        assert_eq!(signs.rest_of_line(), (String::new(), vec![11]));
        assert_eq!(signs.next(), None);
    }
}
