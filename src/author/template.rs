//! `relation "{relation}" already exists` → [`Template`].

use crate::engine::fact::FactKey;
use crate::engine::signature::{Kind, Piece, Template};
use crate::engine::text::carrier::quotes;

/// Names a capture may have beside the facts: the command of a marker, a step's start, what an answer's words are filled from, what a
/// headline names, one nobody reads.
const OTHER_NAMES: [&str; 15] = [
    "command",
    "from",
    "name",
    "kind",
    "count",
    "host",
    "port",
    "function",
    "symbol",
    "module",
    "program",
    "variable",
    "operation",
    "package",
    "_",
];

/// Shortest literal worth searching for; a line that must be whole may be shorter (`DO`).
const SHORTEST_ANCHOR: usize = 4;

/// Parses a template; `{}` is these two characters.
///
/// # Errors
/// What is wrong and what to do, when a brace is left open, a name or kind is unknown, or the pieces cannot be matched in
/// one pass.
pub(super) fn parse(text: &str, whole: bool) -> Result<Template, (String, String)> {
    let text = as_read(text);
    let mut pieces = Vec::new();
    let mut rest = text.as_str();
    while let Some((literal, tail)) = rest.split_once('{') {
        push_literal(&mut pieces, literal);
        let Some((inside, tail)) = tail.split_once('}') else {
            return Err(("a `{` is not closed".into(), "write a capture as `{name}` or `{name:kind}`".into()));
        };
        match inside {
            "" => push_literal(&mut pieces, "{}"),
            inside => pieces.push(capture(inside)?),
        }
        rest = tail;
    }
    push_literal(&mut pieces, rest);
    let template = Template { pieces, whole };
    check(&template)?;
    Ok(template)
}

/// A text as logs are read: with one kind of quotes.
pub(super) fn as_read(text: &str) -> String {
    quotes::plain(text.into()).into_owned()
}

/// Adds text; what stands beside other text is one with it.
fn push_literal(pieces: &mut Vec<Piece>, text: &str) {
    match pieces.last_mut() {
        _ if text.is_empty() => {}
        Some(Piece::Literal(before)) => before.push_str(text),
        _ => pieces.push(Piece::Literal(text.to_owned())),
    }
}

fn capture(inside: &str) -> Result<Piece, (String, String)> {
    let (name, kind) = inside.split_once(':').unwrap_or((inside, "ident"));
    let Some(kind) = Kind::from_name(kind) else {
        return Err((
            format!("`{kind}` is no kind of capture"),
            "use ident, word, revision, variable, number, hex, cell, title or any".into(),
        ));
    };
    if FactKey::from_id(name).is_none() && !OTHER_NAMES.contains(&name) {
        return Err((format!("`{name}` is no fact"), "name the fact it tells, or `_` when nobody reads it".into()));
    }
    Ok(Piece::Capture { name: name.to_owned(), kind })
}

fn check(template: &Template) -> Result<(), (String, String)> {
    let begins = match template.pieces.as_slice() {
        [Piece::Literal(_), ..] => true,
        [
            Piece::Capture { kind: Kind::Word | Kind::Variable | Kind::Number | Kind::Hex, .. },
            Piece::Literal(_),
            ..,
        ] => !template.whole,
        _ => false,
    };
    if !begins {
        return Err((
            "it does not begin with text".into(),
            "begin with words that stand on the line, or with a word, variable, number or hex before them".into(),
        ));
    }
    if template.pieces.windows(2).any(|pair| matches!(pair, [Piece::Capture { .. }, Piece::Capture { .. }])) {
        return Err(("two captures touch".into(), "put the text between them that ends the first".into()));
    }
    if !template.whole && template.anchor().len() < SHORTEST_ANCHOR {
        return Err((
            "its longest text is too short to search for".into(),
            "give at least four characters in a row".into(),
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn mistakes_are_named() {
        for (text, message) in [
            ("relation {relation", "not closed"),
            ("{relation} exists", "does not begin"),
            ("relation {relation}{schema} x", "two captures"),
            ("relation {colour} exists", "no fact"),
            ("relation {relation:shade} exists", "no kind"),
            ("a {relation} b", "too short"),
        ] {
            assert!(parse(text, false).expect_err(text).0.contains(message), "{text}");
        }
        assert!(parse("relation \"{relation}\" already exists", false).is_ok());
    }
}
