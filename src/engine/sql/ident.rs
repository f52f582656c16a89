//! A name that may stand in SQL: checked once, quoted always.
//!
//! In: what somebody typed. Out: [`Accepted`] (the name and what is doubtful about it) or a [`Refusal`]. The rules are in
//! `name_rules`; this file holds the type whose only constructors apply them, so an [`Ident`] is proof that they were applied.
use super::literal::Literal;
use super::name_rules;
use super::refusal::{NameKind, NameWarning, Refusal};
use super::values::Suffix;

/// A checked name of a role, a database or a schema: at most 63 bytes, not empty, no NUL, nothing invisible.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ident {
    name: String,
}

/// A name that was accepted, with what is doubtful about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// The checked name.
    pub ident: Ident,
    /// What to look at again; empty for an ordinary name.
    pub warnings: Vec<NameWarning>,
}

impl Ident {
    /// Checks the name of a role that is to be granted something.
    ///
    /// # Errors
    /// A [`Refusal`] with the reason in plain words and, where one can be told without guessing, what to type instead.
    ///
    /// Source: PostgreSQL docs, "Identifiers and Key Words" and `GRANT`; our 48 names run on a PostgreSQL 15 server.
    pub fn role(raw: &str) -> Result<Accepted, Refusal> {
        Self::accept(raw, NameKind::Role)
    }

    /// Checks the name of a database. `public`, `none` and `pg_…` are ordinary here; the two template databases are refused.
    ///
    /// # Errors
    /// A [`Refusal`], as for [`Ident::role`].
    pub fn database(raw: &str) -> Result<Accepted, Refusal> {
        Self::accept(raw, NameKind::Database)
    }

    /// Checks the name of anything else: a table, a view, a schema …
    ///
    /// # Errors
    /// A [`Refusal`], as for [`Ident::role`].
    pub fn object(raw: &str) -> Result<Accepted, Refusal> {
        Self::accept(raw, NameKind::Object)
    }

    /// Checks a name of any kind.
    ///
    /// # Errors
    /// A [`Refusal`], as for [`Ident::role`].
    pub fn accept(raw: &str, kind: NameKind) -> Result<Accepted, Refusal> {
        let warnings = name_rules::check(raw, kind)?;
        let ident = Self { name: raw.to_owned() };
        Ok(Accepted { ident, warnings })
    }

    /// The name of a schema this program makes itself: a fixed beginning and a checked [`Suffix`].
    pub(super) fn schema(beginning: &'static str, suffix: &Suffix) -> Self {
        let name = format!("{beginning}{}", suffix.as_str());
        debug_assert!(name.len() <= name_rules::LONGEST_NAME_BYTES);
        Self { name }
    }

    /// The name itself, unquoted: for showing, not for SQL.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The token for SQL: always in double quotes, inner double quotes doubled. Never the `U&"…"` form.
    ///
    /// Source: PostgreSQL docs, "Identifiers and Key Words"; what `quote_ident()` leaves bare differs by version, so all are quoted.
    pub fn token(&self) -> String {
        format!("\"{}\"", self.name.replace('"', "\"\""))
    }

    /// The same name as a string constant, for comparing with a catalogue column.
    pub fn literal(&self) -> Literal {
        Literal::of_ident(self)
    }

    /// Whether the bare name means the same role as [`Ident::token`] on every version: lower case, no reserved word.
    ///
    /// Deliberately narrow: no key word has a digit, and those with an underscore that are reserved begin with one of three words.
    /// Source: PostgreSQL docs, appendix "SQL Key Words", 13 to 18.
    pub(super) fn is_plain(&self) -> bool {
        let mut bytes = self.name.bytes();
        let starts_plain = bytes.next().is_some_and(|first| first.is_ascii_lowercase() || first == b'_');
        let stays_plain = bytes.all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
        let no_word = self.name.bytes().any(|byte| byte == b'_' || byte.is_ascii_digit());
        let reserved = ["current_", "session_", "system_"].iter().any(|word| self.name.starts_with(word));
        starts_plain && stays_plain && no_word && !reserved
    }
}
