//! A message template: literal text with named captures, as in PostgreSQL's own message catalogue.
//!
//! `relation "{relation}" already exists` matches anywhere in a line. A capture ends where the literal behind it begins, so
//! matching is one pass without backtracking. A capture at the beginning is read backwards from the literal behind it. A template never holds two captures in a row
//! (`author` checks both).

use std::ops::Range;

use memchr::memchr_iter;
use serde::{Deserialize, Serialize};

use crate::engine::text::plain_words;

/// Longest text a capture takes, in bytes. PostgreSQL names end at 63 bytes; commands are longer.
const LONGEST_CAPTURE: usize = 1000;

/// Literal text and captures in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Template {
    /// The pieces; the first is a literal, or a capture before one.
    pub pieces: Vec<Piece>,
    /// Whether nothing else may stand on the line.
    pub whole: bool,
}

/// One piece of a [`Template`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Piece {
    /// Text that must stand there exactly.
    Literal(String),
    /// A named piece of the line.
    Capture {
        /// The capture's name, `_` for one nobody reads.
        name: String,
        /// What it may consist of.
        kind: Kind,
    },
}

/// What a capture may consist of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// A database name as printed between quotes: no quotes, at least one character.
    Ident,
    /// Letters, digits, `_`, `-`, `.`, at least one.
    Word,
    /// An Alembic revision: like a word; may be empty (`-> 001`, the base).
    Revision,
    /// An environment variable: capitals, digits, `_`, starting with a capital.
    Variable,
    /// Decimal digits.
    Number,
    /// Twelve hexadecimal digits, as Alembic makes them.
    Hex,
    /// A cell of a row: anything but the bar between two.
    Cell,
    /// Anything.
    Any,
    /// The words somebody gave a thing, such as a migration's title: anything, of which plain words are shown.
    Title,
}

impl Kind {
    /// The kind written `{name:kind}`; no kind is [`Kind::Ident`].
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "ident" => Kind::Ident,
            "word" => Kind::Word,
            "revision" => Kind::Revision,
            "variable" => Kind::Variable,
            "number" => Kind::Number,
            "hex" => Kind::Hex,
            "cell" => Kind::Cell,
            "any" => Kind::Any,
            "title" => Kind::Title,
            _ => return None,
        })
    }

    fn allows(self, c: char) -> bool {
        match self {
            Kind::Ident => !matches!(c, '"' | '«' | '»' | '“' | '”'),
            Kind::Word | Kind::Revision => c.is_alphanumeric() || matches!(c, '_' | '-' | '.'),
            Kind::Variable => c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_',
            Kind::Number => c.is_ascii_digit(),
            Kind::Hex => c.is_ascii_hexdigit(),
            Kind::Cell => c != '|',
            Kind::Any | Kind::Title => true,
        }
    }

    fn accepts(self, text: &str) -> bool {
        let fits = text.len() <= LONGEST_CAPTURE && text.chars().all(|c| self.allows(c));
        let starts = match self {
            Kind::Any | Kind::Title | Kind::Cell | Kind::Revision => true,
            Kind::Variable => text.starts_with(|c: char| c.is_ascii_uppercase()),
            Kind::Hex => text.len() == 12,
            Kind::Ident | Kind::Word | Kind::Number => !text.is_empty(),
        };
        fits && starts
    }
}

/// The named pieces of a matched line, in the template's order.
pub type Captures<'t, 'l> = Vec<(&'t str, &'l str)>;

impl Template {
    /// The longest literal: what a search over many templates looks for first.
    pub fn anchor(&self) -> &str {
        self.literals().max_by_key(|text| text.len()).unwrap_or_default()
    }

    /// The texts between the captures.
    pub fn literals(&self) -> impl Iterator<Item = &str> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Literal(text) => Some(text.as_str()),
            Piece::Capture { .. } => None,
        })
    }

    /// The names of the captures.
    pub fn names(&self) -> impl Iterator<Item = &str> + Clone {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Capture { name, .. } => Some(name.as_str()),
            Piece::Literal(_) => None,
        })
    }

    /// The captures of the first place in the line where the template stands.
    pub fn find<'t, 'l>(&'t self, line: &'l str) -> Option<Captures<'t, 'l>> {
        self.find_behind(line).map(|(_, captures)| captures)
    }

    /// The same, with what stands on the line behind the first literal.
    fn find_behind<'t, 'l>(&'t self, line: &'l str) -> Option<(&'l str, Captures<'t, 'l>)> {
        let (leading, pieces) = self.leading();
        let Some((Piece::Literal(first), rest)) = pieces.split_first() else {
            return None;
        };
        if self.whole {
            let behind = line.trim().strip_prefix(first.as_str())?;
            return take(rest, behind, true).map(|captures| (behind, captures));
        }
        let mut from = line;
        loop {
            let behind = behind_first(from, first)?;
            let before = line.get(..line.len() - behind.len() - first.len()).unwrap_or_default();
            if let Some(mut captures) = take(rest, behind, false)
                && let Some(first) =
                    leading.map_or(Some(None), |(name, kind)| Some(Some((name, run_before(kind, before)?))))
            {
                captures.splice(0..0, first);
                return Some((behind, captures));
            }
            from = behind;
        }
    }

    /// The capture at the beginning, if there is one, and the other pieces.
    fn leading(&self) -> (Option<(&str, Kind)>, &[Piece]) {
        match self.pieces.split_first() {
            Some((Piece::Capture { name, kind }, rest)) => (Some((name.as_str(), *kind)), rest),
            _ => (None, self.pieces.as_slice()),
        }
    }

    /// Where the message stands on a line: the bytes of its literals and of the names it captures, in order. Free text is no
    /// part of a message; of a title its plain words are.
    pub fn message_in(&self, line: &str) -> Vec<Range<usize>> {
        let Some((behind, captures)) = self.find_behind(line) else { return Vec::new() };
        let end = if self.whole { line.trim_end().len() } else { line.len() };
        let (leading, pieces) = self.leading();
        let mut values = captures.into_iter().map(|(_, value)| value);
        let first = leading.and_then(|_| values.next()).map_or(0, str::len);
        let literal = match pieces.first() {
            Some(Piece::Literal(text)) => text.len(),
            _ => 0,
        };
        let begin = end.saturating_sub(behind.len()).saturating_sub(literal + first);
        let mut known = Vec::new();
        known.extend((first > 0).then(|| begin..begin + first));
        let mut at = begin + first;
        for piece in pieces {
            let start = at;
            match piece {
                Piece::Literal(text) => {
                    at += text.len();
                    known.push(start..at);
                }
                Piece::Capture { kind, .. } => {
                    let value = values.next().unwrap_or_default();
                    at += value.len();
                    match kind {
                        Kind::Any => {}
                        Kind::Title if is_command(value) => {}
                        Kind::Title => {
                            known.extend(plain_words(value).map(|word| start + word.start..start + word.end));
                        }
                        _ => known.push(start..at),
                    }
                }
            }
        }
        known
    }
}

/// Where a literal stands first in a text. Looked for so often, in lines so short, that preparing a cleverer search takes longer.
fn position(text: &str, literal: &str) -> Option<usize> {
    let (text, literal) = (text.as_bytes(), literal.as_bytes());
    memchr_iter(*literal.first()?, text).find(|at| text.get(*at..).is_some_and(|rest| rest.starts_with(literal)))
}

/// What stands behind it.
fn behind_first<'l>(text: &'l str, literal: &str) -> Option<&'l str> {
    text.get(position(text, literal)? + literal.len()..)
}

/// As far as a capture and the literal behind it can reach: looking further would make a long line slow for nothing.
fn near<'l>(rest: &'l str, next: &str) -> &'l str {
    rest.get(..rest.floor_char_boundary(LONGEST_CAPTURE + next.len())).unwrap_or(rest)
}

fn take<'t, 'l>(pieces: &'t [Piece], line: &'l str, whole: bool) -> Option<Captures<'t, 'l>> {
    let mut captures = Vec::new();
    let mut rest = line;
    let mut pieces = pieces;
    while let Some((piece, behind)) = pieces.split_first() {
        pieces = behind;
        match piece {
            Piece::Literal(text) => rest = rest.strip_prefix(text.as_str())?,
            Piece::Capture { name, kind } => {
                let length = match behind.first() {
                    // `'bash -c '…''`: free text ends at the last of the quotes.
                    Some(Piece::Literal(next)) if matches!(kind, Kind::Any | Kind::Title) && behind.len() == 1 => {
                        near(rest, next).rfind(next.as_str())?
                    }
                    Some(Piece::Literal(next)) => position(near(rest, next), next)?,
                    _ => run_length(*kind, rest),
                };
                let (value, tail) = rest.split_at(length);
                if !kind.accepts(value) {
                    return None;
                }
                captures.push((name.as_str(), value));
                rest = tail;
            }
        }
    }
    (!whole || rest.is_empty()).then_some(captures)
}

/// Whether somebody's words for a thing are a command: its words may be anything, a password among them.
fn is_command(title: &str) -> bool {
    [" | ", "&&", ";", "$(", "`", "<<", " --", "echo "].iter().any(|sign| title.contains(sign))
}

/// What a capture at the beginning of a template takes of the text before its literal.
fn run_before(kind: Kind, before: &str) -> Option<&str> {
    let length = before.chars().rev().take_while(|c| kind.allows(*c)).map(char::len_utf8).sum::<usize>();
    let value = before.get(before.len() - length..)?;
    (!value.is_empty() && kind.accepts(value)).then_some(value)
}

/// How much a capture at the end of a template takes.
fn run_length(kind: Kind, text: &str) -> usize {
    let run = text.find(|c| !kind.allows(c)).unwrap_or(text.len());
    run.min(text.floor_char_boundary(LONGEST_CAPTURE))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn template(pieces: &[(&str, Option<Kind>)]) -> Template {
        let piece = |(text, kind): &(&str, Option<Kind>)| match kind {
            None => Piece::Literal((*text).to_owned()),
            Some(kind) => Piece::Capture { name: (*text).to_owned(), kind: *kind },
        };
        Template { pieces: pieces.iter().map(piece).collect(), whole: false }
    }

    #[test]
    fn captures_end_at_the_next_literal() {
        let duplicate =
            template(&[("relation \"", None), ("relation", Some(Kind::Ident)), ("\" already exists", None)]);
        let line = r#"(psycopg2.errors.DuplicateTable) relation "users" already exists"#;
        assert_eq!(duplicate.find(line), Some(vec![("relation", "users")]));
        assert_eq!(
            duplicate.find(r#"relation "a" is not, relation "b" already exists"#),
            Some(vec![("relation", "b")])
        );
        assert_eq!(duplicate.find(r#"relation "users" does not exist"#), None);
        assert_eq!(duplicate.anchor(), "\" already exists");
    }

    #[test]
    fn a_last_capture_takes_its_run() {
        let upgrade = template(&[
            ("Running upgrade ", None),
            ("from", Some(Kind::Revision)),
            (" -> ", None),
            ("revision", Some(Kind::Revision)),
        ]);
        assert_eq!(upgrade.find("INFO Running upgrade  -> 001, create"), Some(vec![("from", ""), ("revision", "001")]));
    }

    #[test]
    fn the_message_is_told_from_what_stands_around_it() {
        let missing = template(&[
            ("user \"", None),
            ("db_user", Some(Kind::Ident)),
            ("\" from ", None),
            ("_", Some(Kind::Any)),
            (" refused", None),
        ]);
        let line = "x user y, user \"me\" from far away refused z";
        let known: Vec<&str> = missing.message_in(line).into_iter().filter_map(|range| line.get(range)).collect();
        assert_eq!(known, ["user \"", "me", "\" from ", " refused"]);
        assert!(missing.message_in("nothing").is_empty());
    }

    #[test]
    fn a_command_is_no_title() {
        let upgrade = template(&[("Running upgrade ", None), ("title", Some(Kind::Title))]);
        let known = |line: &'static str| {
            upgrade.message_in(line).into_iter().filter_map(|range| line.get(range)).collect::<Vec<_>>()
        };
        assert_eq!(known("Running upgrade add users"), ["Running upgrade ", "add", "users"]);
        assert_eq!(known("Running upgrade echo correcthorse | docker login --password-stdin"), ["Running upgrade "]);
    }

    #[test]
    fn a_whole_template_leaves_nothing_over() {
        let mut done = template(&[("exit code ", None), ("code", Some(Kind::Number))]);
        done.whole = true;
        assert!(done.find(" exit code 0 ").is_some());
        assert!(done.find("exit code 0, they say").is_none());
    }
}
