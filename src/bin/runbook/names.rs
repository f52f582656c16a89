//! The names a plan is filled in with: given by hand, else said by the log or a server.

use std::fmt::Display;

use runbook::embedded;
use runbook::engine::case::Case;
use runbook::engine::fact::FactKey;
use runbook::engine::page::{OutcomePage, Placeholder, Value, Values};
use runbook::engine::plan::data::PlanNames;
use runbook::engine::sql::{Accepted, Grantee, Ident, Suffix};

use super::{Misuse, shown};

/// The placeholder for the address of an empty database.
const TRY_URL: &str = "try_url";

/// What was given by hand.
#[derive(Default)]
pub(super) struct Given {
    /// The database user.
    pub(super) db_user: Option<String>,
    /// The database.
    pub(super) database: Option<String>,
    /// Other values, in order; the last of a key wins.
    pub(super) settings: Vec<(String, String)>,
}

impl Given {
    /// The names for an outcome's steps.
    ///
    /// # Errors
    /// A name given by hand that is refused, or a key that no plan has a place for.
    pub(super) fn names(&self, case: &Case, way: &OutcomePage) -> Result<PlanNames, Misuse> {
        let mut names = PlanNames {
            values: Values::unfilled(&way.placeholders),
            facts: case.diagnosis.facts.clone(),
            ..PlanNames::default()
        };
        let fact = |key: &str| FactKey::for_placeholder(key).and_then(|key| case.diagnosis.facts.value(key));
        if let Some(user) = name(self.db_user.as_deref(), fact("db_user"), Ident::role)? {
            names.values.set("db_user", Value::ident(&user));
            names.sql.grantee = Some(Grantee::Role(user));
        }
        if let Some(database) = name(self.database.as_deref(), fact("database"), Ident::database)? {
            names.values.set("database", Value::ident(&database));
            names.extensions = case.extensions(database.name());
            names.sql.database = Some(database);
        }
        for (key, value) in &self.settings {
            match placeholder(way, key) {
                _ if key == "suffix" => names.sql.suffix = Suffix::new(value).map_err(|e| Misuse(e.to_string()))?,
                Some(placeholder) => {
                    let filled = Value::checked(placeholder.kind, value);
                    names.values.set(key, filled.map_err(|unfit| Misuse(format!("--set {}: {unfit}", shown(key))))?);
                }
                None if is_declared(key) => {}
                None => return Err(Misuse(format!("--set: no plan has a place for `{}`", shown(key)))),
            }
        }
        for placeholder in &way.placeholders {
            if names.values.is_filled(&placeholder.key) {
                continue;
            }
            let try_url = || (placeholder.key == TRY_URL).then(|| case.try_url());
            let told = fact(&placeholder.key).map(str::to_owned).or_else(try_url);
            if let Some(Ok(filled)) = told.map(|told| Value::checked(placeholder.kind, &told)) {
                names.values.set(&placeholder.key, filled);
            }
        }
        Ok(names)
    }
}

/// A name given by hand must be accepted; one that was found is left out if it is not.
fn name<E: Display>(
    given: Option<&str>,
    found: Option<&str>,
    accept: fn(&str) -> Result<Accepted, E>,
) -> Result<Option<Ident>, Misuse> {
    match given {
        Some(given) => Ok(Some(accept(given).map_err(|refusal| Misuse(refusal.to_string()))?.ident)),
        None => Ok(found.and_then(|found| accept(found).ok()).map(|accepted| accepted.ident)),
    }
}

fn placeholder<'w>(way: &'w OutcomePage, key: &str) -> Option<&'w Placeholder> {
    way.placeholders.iter().find(|placeholder| placeholder.key == key)
}

/// Whether any outcome has this placeholder: a value for a plan that is not reached yet is no mistake.
fn is_declared(key: &str) -> bool {
    embedded::catalogue().outcomes.iter().any(|way| placeholder(way, key).is_some())
}
