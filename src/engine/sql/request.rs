//! From what was typed (flags, or fields of a page) to checked values.
//!
//! In: [`RawValues`]. Out: [`Resolved`] values with the words to show beside them, or the first [`SqlError`]. A value that is
//! given is checked even where the edition does not need it: a refused name is never passed over in silence.
use super::edition::{Composed, Edition, compose};
use super::ident::Ident;
use super::refusal::NameKind;
use super::url::ConnectionUrl;
use super::values::{Grantee, SqlError, SqlValues, Suffix};

/// What was typed, unchecked.
#[derive(Clone, Default)]
pub struct RawValues {
    /// The database user.
    pub db_user: Option<String>,
    /// The database.
    pub database: Option<String>,
    /// A whole connection URL; user and database are taken from it where they are not given.
    pub url: Option<String>,
    /// The URL was an argument of the command, so it stays in the shell's history.
    pub url_in_arguments: bool,
    /// `KEY=VALUE` settings as typed, in order; the last of a key wins.
    pub settings: Vec<String>,
}

/// Checked values and what to say about them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolved {
    /// The values.
    pub values: SqlValues,
    /// What is doubtful, in plain words.
    pub warnings: Vec<String>,
}

impl RawValues {
    /// Checks everything that was given.
    ///
    /// # Errors
    /// The first [`SqlError`]: an unreadable URL, a refused name, a refused or unknown setting.
    pub fn resolve(&self) -> Result<Resolved, SqlError> {
        let mut warnings = Vec::new();
        let url = self.url.as_deref().map(ConnectionUrl::parse).transpose()?;
        if url.is_some() && self.url_in_arguments {
            warnings.push("the URL with its password stays in the shell's history: prefer --url - and change the password if others can read it".to_owned());
        }
        let url_user = url.as_ref().and_then(ConnectionUrl::user);
        let url_database = url.as_ref().and_then(ConnectionUrl::database);
        let (db_user, database) = (self.db_user.as_deref(), self.database.as_deref());
        let role = choose(NameKind::Role, db_user, url_user, &mut warnings)?;
        let database = choose(NameKind::Database, database, url_database, &mut warnings)?;
        let values = SqlValues { grantee: role.map(Grantee::Role), database, suffix: self.suffix()? };
        Ok(Resolved { values, warnings })
    }

    /// Composes `edition`, the names' warnings before the edition's own.
    ///
    /// # Errors
    /// As [`RawValues::resolve`], and [`SqlError::Missing`].
    pub fn compose(&self, edition: Edition) -> Result<(Composed, Vec<String>), SqlError> {
        let Resolved { values, mut warnings } = self.resolve()?;
        let composed = compose(edition, &values)?;
        let own = composed.warnings.iter().map(|warning| warning.text());
        warnings.extend(own.map(str::to_owned));
        Ok((composed, warnings))
    }

    fn suffix(&self) -> Result<Suffix, SqlError> {
        let mut suffix = Suffix::default();
        for setting in &self.settings {
            match setting.split_once('=') {
                Some(("suffix", value)) => suffix = Suffix::new(value)?,
                _ => return Err(SqlError::UnknownSetting),
            }
        }
        Ok(suffix)
    }
}

/// The name given by hand, else the URL's; a difference between the two is said.
fn choose(
    kind: NameKind,
    given: Option<&str>,
    in_url: Option<&str>,
    warnings: &mut Vec<String>,
) -> Result<Option<Ident>, SqlError> {
    let Some(raw) = given.or(in_url) else {
        return Ok(None);
    };
    let accepted = Ident::accept(raw, kind)?;
    warnings.extend(accepted.warnings.iter().map(|warning| warning.text().to_owned()));
    if in_url.is_some_and(|other| other != raw) {
        warnings.push(format!("the URL names another {}; the one given by hand is used", kind.word()));
    }
    Ok(Some(accepted.ident))
}
