//! A message as it stands in a log, with a word where a name stands.

use leptos::prelude::*;

use crate::engine::signature::{Kind, Piece, Signature, Template};
use crate::ui::element::{El, el};

/// The messages of an error, each once, English ones first.
pub(super) fn messages(signature: &'static Signature) -> Vec<&'static Template> {
    let mut found: Vec<&Template> = Vec::new();
    for template in signature.matchers.iter().map(|matcher| &matcher.template) {
        if found.iter().all(|other| text(other) != text(template)) {
            found.push(template);
        }
    }
    found.sort_by_key(|template| !is_ascii(template));
    found
}

fn is_ascii(template: &Template) -> bool {
    template.pieces.iter().all(|piece| match piece {
        Piece::Literal(text) => text.is_ascii(),
        Piece::Capture { .. } => true,
    })
}

/// As an element: what differs from log to log is marked.
pub(super) fn message(template: &'static Template) -> El {
    let last = template.pieces.len().saturating_sub(1);
    let pieces = template.pieces.iter().enumerate().map(|(index, piece)| match piece {
        Piece::Literal(text) => trimmed(text, index == 0, index == last).to_owned().into_any(),
        Piece::Capture { name, kind } => el("var").text(word(name, *kind)).into(),
    });
    el("code").children(pieces)
}

/// As text: `relation "…" already exists`.
pub(super) fn text(template: &Template) -> String {
    let pieces = template.pieces.iter().map(|piece| match piece {
        Piece::Literal(text) => text.as_str(),
        Piece::Capture { .. } => "…",
    });
    pieces.collect::<String>().trim().to_owned()
}

fn trimmed(text: &str, first: bool, last: bool) -> &str {
    let text = if first { text.trim_start() } else { text };
    if last { text.trim_end() } else { text }
}

/// What stands there, in a word.
fn word(name: &str, kind: Kind) -> &'static str {
    match (name, kind) {
        ("relation", _) => "name",
        ("schema", _) => "schema",
        ("db_user", _) => "user",
        ("database", _) => "database",
        ("revision" | "from", _) | (_, Kind::Revision) => "revision",
        (_, Kind::Number) => "number",
        (_, Kind::Variable) => "VARIABLE",
        _ => "…",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_left_out() {
        let capture = Piece::Capture { name: "relation".into(), kind: Kind::Ident };
        let pieces = vec![Piece::Literal(" relation \"".into()), capture, Piece::Literal("\" already exists ".into())];
        assert_eq!(text(&Template { pieces, whole: false }), "relation \"…\" already exists");
    }
}
