//! The names a reader gave, as typed, and as pages and SQL take them.

use std::collections::{BTreeMap, BTreeSet};

use crate::engine::page::{Kind, Placeholder, Value, Values};
use crate::engine::sql::{Edition, Grantee, Ident, RawValues, SqlValues};

/// The names the reader gave, as typed; a password never gets here.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names {
    /// The database user.
    pub db_user: String,
    /// The database.
    pub database: String,
    /// What was given for the content's other placeholders, by key.
    pub values: BTreeMap<String, String>,
    /// What the log told, so that the next log's names take its place: user and database.
    pub from_log: [String; 2],
    /// Grant to `CURRENT_USER` instead of a name.
    pub current_user: bool,
    /// Names that speak of production and that the reader stood by when asked again.
    pub stood_by: BTreeSet<String>,
    /// What to say below the user's field.
    pub notice: Option<&'static str>,
    /// Whether the reader wants user and database kept on this device.
    pub remember: bool,
}

impl Names {
    /// The values for the SQL generator, or why a name is refused.
    ///
    /// # Errors
    /// The refusal in plain words, with what to type instead.
    pub fn sql_values(&self) -> Result<SqlValues, String> {
        let given = |name: &str| (!name.is_empty()).then(|| name.to_owned());
        let db_user = if self.current_user { None } else { given(&self.db_user) };
        let raw = RawValues { db_user, database: given(&self.database), ..RawValues::default() };
        let mut values = raw.resolve().map_err(|refusal| refusal.to_string())?.values;
        if self.current_user {
            values.grantee = Some(Grantee::CurrentUser);
        }
        Ok(values)
    }

    /// Which names an SQL text still needs.
    pub fn missing(&self, edition: Edition) -> Vec<&'static str> {
        let given = |flag: &str| match flag {
            "--db-user NAME" => self.current_user || !self.db_user.is_empty(),
            _ => !self.database.is_empty(),
        };
        edition.required().iter().filter(|kind| !given(kind.flag())).map(|kind| kind.word()).collect()
    }

    /// The values for a page; a refused name shows the example.
    pub fn page_values(&self, placeholders: &[Placeholder]) -> Values {
        let mut values = Values::unfilled(placeholders);
        for (key, accepted) in [("db_user", Ident::role(&self.db_user)), ("database", Ident::database(&self.database))]
        {
            if let Ok(accepted) = accepted {
                values.set(key, Value::ident(&accepted.ident));
            }
        }
        for placeholder in placeholders {
            let given = self.values.get(&placeholder.key).filter(|given| !given.is_empty());
            if let Some(Ok(value)) = given.map(|given| checked_value(placeholder.kind, given)) {
                values.set(&placeholder.key, value);
            }
        }
        values
    }
}

/// A value as pages and SQL take it.
///
/// # Errors
/// Why it is put into nothing, in plain words.
pub fn checked_value(kind: Kind, given: &str) -> Result<Value, String> {
    Value::checked(kind, given).map_err(|unfit| unfit.to_string())
}
