//! What the pieces of a composed line are, for colouring it.
//!
//! In: one line of this program's own texts. Out: its pieces with their [`Class`], which joined are the line again. Our texts
//! write key words in capitals, and no constant, name or comment of theirs goes over a line's end: that is all that is known of
//! SQL here. Any other text is cut into pieces too, only perhaps not well.

/// What a piece of a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Everything else.
    Plain,
    /// A word in capitals.
    Keyword,
    /// From `--` to the line's end.
    Comment,
    /// Between single quotes.
    Text,
    /// Between double quotes.
    Name,
}

/// The pieces of a line, in order; joined they are the line.
pub fn tokens(line: &str) -> Vec<(Class, &str)> {
    let mut pieces = Vec::new();
    let (mut plain, mut rest) = (line, line);
    while !rest.is_empty() {
        let (class, length) = first(rest);
        let (piece, after) = rest.split_at(length);
        if class != Class::Plain {
            push_plain(&mut pieces, plain, rest);
            pieces.push((class, piece));
            plain = after;
        }
        rest = after;
    }
    push_plain(&mut pieces, plain, "");
    pieces
}

/// Adds what stands in `from` before its end `until`.
fn push_plain<'l>(pieces: &mut Vec<(Class, &'l str)>, from: &'l str, until: &str) {
    let piece = from.strip_suffix(until).unwrap_or(from);
    if !piece.is_empty() {
        pieces.push((Class::Plain, piece));
    }
}

/// The first piece of a text that is not empty, and its length in bytes.
fn first(text: &str) -> (Class, usize) {
    if text.starts_with("--") {
        return (Class::Comment, text.len());
    }
    match text.as_bytes().first() {
        Some(quote @ b'\'') => (Class::Text, quoted(text, *quote)),
        Some(quote @ b'"') => (Class::Name, quoted(text, *quote)),
        _ => word(text),
    }
}

/// Up to and with the closing quote; a doubled one does not close.
fn quoted(text: &str, quote: u8) -> usize {
    let mut bytes = text.bytes().enumerate().skip(1).peekable();
    while let Some((at, byte)) = bytes.next() {
        if byte == quote && bytes.next_if(|(_, next)| *next == quote).is_none() {
            return at + 1;
        }
    }
    text.len()
}

/// A whole word, or one character that is in none.
fn word(text: &str) -> (Class, usize) {
    let in_word = |c: char| c.is_alphanumeric() || c == '_';
    let length = text.find(|c| !in_word(c)).unwrap_or(text.len());
    let word = text.get(..length).unwrap_or_default();
    let capitals = word.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_');
    match text.chars().next() {
        Some(other) if word.is_empty() => (Class::Plain, other.len_utf8()),
        // One capital letter is no key word: it may be the `E` before a quote.
        _ if capitals && length > 1 => (Class::Keyword, length),
        _ => (Class::Plain, length),
    }
}

#[cfg(test)]
mod tests {
    use super::Class::{Comment, Keyword, Name, Plain, Text};
    use super::*;
    use crate::engine::sql::{Edition, Grantee, Ident, SqlValues, compose};

    #[test]
    fn a_line_is_cut_into_its_pieces() {
        for (line, pieces) in [
            ("", vec![]),
            ("COMMIT;", vec![(Keyword, "COMMIT"), (Plain, ";")]),
            ("  x <> 'a''b' -- y", vec![(Plain, "  x <> "), (Text, "'a''b'"), (Plain, " "), (Comment, "-- y")]),
            ("TO \"we\"\"ird\";", vec![(Keyword, "TO"), (Plain, " "), (Name, "\"we\"\"ird\""), (Plain, ";")]),
            ("E'\\\\''x'", vec![(Plain, "E"), (Text, "'\\\\''x'")]),
            ("'-- no'", vec![(Text, "'-- no'")]),
            ("DO $b1$", vec![(Keyword, "DO"), (Plain, " $b1$")]),
            ("'open", vec![(Text, "'open")]),
            ("a - b", vec![(Plain, "a - b")]),
            ("É𝄞 ÀB", vec![(Plain, "É𝄞 ÀB")]),
        ] {
            assert_eq!(tokens(line), pieces, "{line}");
        }
    }

    #[test]
    fn the_pieces_of_every_text_are_the_text_again() {
        let ident = |name: &str| Ident::object(name).unwrap().ident;
        for name in ["app_user", "we\"ird", "it's", "a--b", "Ünï𝄞", "b\\c", "$do$"] {
            let values = SqlValues {
                grantee: Some(Grantee::Role(ident(name))),
                database: Some(ident(name)),
                ..SqlValues::default()
            };
            for edition in Edition::ALL {
                for line in compose(edition, &values).unwrap().lines {
                    let pieces = tokens(&line.text);
                    assert_eq!(pieces.iter().map(|(_, piece)| *piece).collect::<String>(), line.text);
                    assert!(pieces.iter().all(|(_, piece)| !piece.is_empty()), "{}", line.text);
                    // A name or constant that were cut short would leave a quote behind.
                    let left = pieces.iter().filter(|(class, _)| matches!(class, Plain | Keyword));
                    assert!(left.clone().all(|(_, piece)| !piece.contains(['\'', '"'])), "{}", line.text);
                }
            }
        }
    }
}
