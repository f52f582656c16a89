//! A string constant for SQL.
//!
//! In: a checked name, or a text without NUL. Out: `'…'` with single quotes doubled. A backslash is ordinary in `'…'` only while
//! `standard_conforming_strings` is on (the default since 9.1, but a server or role setting may differ); a constant that holds
//! one is therefore written `E'…'` with the backslash doubled, which reads the same under either setting.
//! Source: PostgreSQL docs, "String Constants" and "String Constants with C-Style Escapes".
use super::ident::Ident;

/// A string constant: the value and how it is written in SQL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Literal {
    value: String,
}

impl Literal {
    /// The constant whose value is the name of `ident`.
    pub fn of_ident(ident: &Ident) -> Self {
        Self { value: ident.name().to_owned() }
    }

    /// The constant for a text; none when it holds a NUL character, which no text of PostgreSQL can.
    pub fn of_text(text: &str) -> Option<Self> {
        (!text.contains('\0')).then(|| Self { value: text.to_owned() })
    }

    /// The token for SQL.
    pub fn token(&self) -> String {
        let quoted = self.value.replace('\'', "''");
        if quoted.contains('\\') { format!("E'{}'", quoted.replace('\\', "\\\\")) } else { format!("'{quoted}'") }
    }
}
