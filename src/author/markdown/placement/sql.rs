//! Where the placeholders of SQL are.
//!
//! The engine writes a value as one token: `'…'`, `E'…'` or `"…"`. It stays that token outside of every quote and comment, and where
//! nothing is joined to it. Source: PostgreSQL 18 docs, 4.1 "Lexical Structure"; the parts are named below. A backslash begins a
//! command of psql, which reads its arguments by other rules (docs of psql, "Meta-Commands"; read 2026-11-26).

use super::text::{Sign, Signs};
use super::{Found, Place};

struct Reader<'t> {
    signs: Signs<'t>,
    /// What is right before: a letter of the author's, or a NUL for a placeholder.
    before: char,
    /// The one before that.
    earlier: char,
    /// Whether a string came that ends elsewhere when `standard_conforming_strings` is off.
    lost: bool,
    found: Found,
}

/// Every misplaced placeholder.
pub(super) fn misplaced(signs: Signs<'_>) -> Found {
    let mut reader = Reader { signs, before: '\n', earlier: '\n', lost: false, found: Found::default() };
    while let Some((sign, at)) = reader.signs.next() {
        match sign {
            Sign::Value(_) => reader.value(at),
            Sign::Letter(c) => reader.letter(c),
        }
    }
    reader.found
}

/// A letter of a key word, name or number (4.1.1), other than the first.
fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '$' || !c.is_ascii()
}

impl Reader<'_> {
    fn step(&mut self, c: char) {
        self.earlier = std::mem::replace(&mut self.before, c);
    }

    /// A placeholder outside of everything.
    fn value(&mut self, at: usize) {
        // `E'…'`, `U&"…"`, a variable `:'…'` of psql, and two constants that become one with a quote in it.
        let behind =
            is_word(self.before) || "'\"&\0".contains(self.before) || (self.before == ':' && self.earlier != ':');
        let ahead = match self.signs.peek() {
            Some(Sign::Letter(c)) => is_word(c) || c == '\'' || c == '"',
            Some(Sign::Value(_)) => true,
            None => false,
        };
        if self.lost {
            self.found.refuse(at, Place::Unclear);
        } else if behind || ahead {
            self.found.refuse(at, Place::Joined);
        }
        self.step('\0');
    }

    fn letter(&mut self, c: char) {
        match c {
            '\'' => self.string(),
            '"' => self.until_quote('"', false),
            '-' if self.signs.take("-") => self.line(Place::Comment),
            '/' if self.signs.take("*") => self.comment(),
            '$' if !is_word(self.before) => self.dollar(),
            '\\' => self.line(Place::PsqlCommand),
            _ => self.step(c),
        }
    }

    /// `'…'` (4.1.2.1), or `E'…'` (4.1.2.2), in which a backslash hides the quote.
    fn string(&mut self) {
        let escapes = matches!(self.before, 'e' | 'E') && !is_word(self.earlier);
        self.until_quote('\'', escapes);
    }

    /// The rest of what a quote began; a doubled quote is one in it.
    fn until_quote(&mut self, quote: char, escapes: bool) {
        let mut last = quote;
        while let Some((sign, at)) = self.signs.next() {
            match sign {
                Sign::Value(_) => self.found.refuse(at, Place::Quotes),
                Sign::Letter('\\') if escapes => {
                    if self.signs.peek_letter().is_some() {
                        self.signs.next();
                    }
                }
                Sign::Letter(c) if c == quote && !self.signs.take(&quote.to_string()) => {
                    self.lost |= last == '\\' && quote == '\'' && !escapes;
                    break;
                }
                Sign::Letter(c) => last = c,
            }
        }
        self.step(quote);
    }

    /// `--` (4.1.5), or a command of psql: to the end of the line.
    fn line(&mut self, place: Place) {
        let (_, values) = self.signs.rest_of_line();
        self.found.refuse_all(values, place);
        self.step(' ');
    }

    /// `/* … */` (4.1.5), one inside another.
    fn comment(&mut self) {
        let mut depth = 1_usize;
        while depth > 0 {
            if self.signs.take("/*") {
                depth += 1;
            } else if self.signs.take("*/") {
                depth -= 1;
            } else {
                match self.signs.next() {
                    Some((Sign::Value(_), at)) => self.found.refuse(at, Place::Comment),
                    Some(_) => {}
                    None => break,
                }
            }
        }
        self.step(' ');
    }

    /// `$$…$$` or `$tag$…$tag$` (4.1.2.4); otherwise a parameter such as `$1`.
    fn dollar(&mut self) {
        let tag = self.signs.take_while(|c| is_word(c) && c != '$');
        let is_tag = !tag.starts_with(|c: char| c.is_ascii_digit());
        if !is_tag || !self.signs.take("$") {
            return self.step('$');
        }
        let end = format!("${tag}$");
        while !self.signs.take(&end) {
            match self.signs.next() {
                Some((Sign::Value(_), at)) => self.found.refuse(at, Place::Quotes),
                Some(_) => {}
                None => break,
            }
        }
        self.step('\'');
    }
}
