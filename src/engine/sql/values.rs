//! The values an edition is filled with, and what can be wrong with them.
//!
//! In: checked names. Out: [`SqlValues`], ready for `compose`. Errors are refusals a person reads; none repeats raw input.
use super::edition::ValueKind;
use super::ident::Ident;
use super::refusal::Refusal;
use super::url::UrlError;
use std::fmt;

/// What a person gave, checked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SqlValues {
    /// Who gets the new schema.
    pub grantee: Option<Grantee>,
    /// The database the SQL is for; the server refuses any other.
    pub database: Option<Ident>,
    /// The end of the name of the schema moved aside.
    pub suffix: Suffix,
}

/// Who gets the new schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Grantee {
    /// A role by its name; the server is asked whether it exists.
    Role(Ident),
    /// Whoever runs the SQL (`CURRENT_USER`): nothing to mistype.
    CurrentUser,
}

/// The end of `public_broken_…`: 1 to 40 of `a` to `z`, `0` to `9`, `_`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suffix(String);

/// The longest suffix in bytes: short enough for every name made with it.
const LONGEST_SUFFIX_BYTES: usize = 40;

impl Suffix {
    /// Checks a suffix.
    ///
    /// # Errors
    /// [`SuffixError`] when it is empty, too long or holds another character.
    pub fn new(raw: &str) -> Result<Self, SuffixError> {
        let fits = (1..=LONGEST_SUFFIX_BYTES).contains(&raw.len());
        let plain = raw.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        if fits && plain { Ok(Self(raw.to_owned())) } else { Err(SuffixError) }
    }

    /// The suffix.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for Suffix {
    fn default() -> Self {
        Self("1".to_owned())
    }
}

/// A suffix that is not 1 to 40 of `a` to `z`, `0` to `9`, `_`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SuffixError;

impl fmt::Display for SuffixError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "suffix refused: use 1 to {LONGEST_SUFFIX_BYTES} of the characters a to z, 0 to 9 and _")
    }
}

/// Why there is no SQL. Its text is for a person and never repeats a password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SqlError {
    /// A required value was not given.
    Missing(ValueKind),
    /// A name is refused.
    Refused(Refusal),
    /// The suffix is refused.
    Suffix(SuffixError),
    /// The URL could not be read.
    Url(UrlError),
    /// A setting of that key does not exist.
    UnknownSetting,
}

impl fmt::Display for SqlError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(kind) => write!(out, "missing: {} ({})", kind.word(), kind.flag()),
            Self::Refused(refusal) => refusal.fmt(out),
            Self::Suffix(error) => error.fmt(out),
            Self::Url(error) => write!(out, "connection URL refused: {error}"),
            Self::UnknownSetting => out.write_str("unknown setting: --set takes suffix=… only"),
        }
    }
}

impl std::error::Error for SqlError {}

impl From<Refusal> for SqlError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<SuffixError> for SqlError {
    fn from(error: SuffixError) -> Self {
        Self::Suffix(error)
    }
}

impl From<UrlError> for SqlError {
    fn from(error: UrlError) -> Self {
        Self::Url(error)
    }
}
