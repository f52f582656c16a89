//! The values a fact can have, where that list is closed: the command-line program's interface names them.

use toml::Spanned;

use super::markdown::nearest::did_you_mean;
use super::reader::{Place, Reader};
use crate::engine::answer::chain::Compared;
use crate::engine::fact::{FactKey, Wipe};
use crate::engine::situation::Situation;

const DRIVERS: [&str; 5] = ["asyncpg", "psycopg2", "psycopg", "pg8000", "other"];
const TOOLS: [&str; 10] =
    ["alembic", "create-all", "django", "rails", "prisma", "laravel", "flyway", "sequelize", "psql", "other"];
const SYSTEMS: [&str; 4] = ["postgresql", "mysql", "sqlite", "other"];
const PLATFORMS: [&str; 8] = ["render", "heroku", "railway", "fly", "docker", "kubernetes", "github-actions", "other"];

const SET_ASIDE: [&str; 4] = ["possible", "not-owner", "no-create", "extension"];
const PUBLIC_SCHEMA: [&str; 2] = ["present", "missing"];
const OBJECTS: [&str; 7] = ["relation", "column", "type", "constraint", "function", "schema", "extension"];

/// All values of a fact; `None` where a log may say anything.
fn closed(key: FactKey) -> Option<Vec<&'static str>> {
    match key {
        FactKey::Driver => Some(DRIVERS.to_vec()),
        FactKey::Tool => Some(TOOLS.to_vec()),
        FactKey::Dbms => Some(SYSTEMS.to_vec()),
        FactKey::Platform => Some(PLATFORMS.to_vec()),
        FactKey::Object => Some(OBJECTS.to_vec()),
        FactKey::Situation => Some(Situation::ALL.iter().map(|situation| situation.id()).collect()),
        FactKey::Wipe => Some(Wipe::ALL.iter().map(|wipe| wipe.id()).collect()),
        FactKey::ResetScript => Some(vec!["runs"]),
        FactKey::ToolSeen | FactKey::WouldDrop => Some(vec!["yes"]),
        FactKey::SetAside => Some(SET_ASIDE.to_vec()),
        FactKey::PublicSchema => Some(PUBLIC_SCHEMA.to_vec()),
        FactKey::History => Some(vec!["first", "later", "this-run"]),
        FactKey::RevisionFile => Some(vec!["found", "lost"]),
        FactKey::Recorded => Some(vec!["same", "other"]),
        FactKey::GoneTables => Some(vec!["one", "several"]),
        FactKey::Blocked => Some(vec!["yes", "no"]),
        FactKey::MigrationCommand => Some(vec!["absent"]),
        FactKey::Version => Some(vec!["none", "empty", "one", "several"]),
        FactKey::Contents => Some(vec!["empty", "tables", "elsewhere"]),
        FactKey::Compared => Some(Compared::ALL.iter().map(|compared| compared.id()).collect()),
        _ => None,
    }
}

/// A value the fact cannot have is a problem.
pub(super) fn known(reader: &mut Reader<'_>, place: Place<'_>, key: FactKey, value: &Spanned<String>) {
    let Some(values) = closed(key) else { return };
    if !values.contains(&value.get_ref().as_str()) {
        let message = format!("`{}` is no value of `{}`", value.get_ref(), key.id());
        reader.wrong(place, value, message, did_you_mean(value.get_ref(), values));
    }
}

/// What a line or a text of a log tells: a fact a log can say, with a value it can have. What follows from the whole log is told by
/// no single line.
pub(super) fn told(reader: &mut Reader<'_>, place: Place<'_>, name: &Spanned<String>, value: &Spanned<String>) {
    match FactKey::from_id(name.get_ref()) {
        Some(FactKey::Situation | FactKey::Signature | FactKey::Wipe | FactKey::ResetScript | FactKey::ToolSeen) => {
            let message = format!("`{}` follows from the whole log, so nothing can tell it", name.get_ref());
            reader.wrong(place, name, message, "remove this line, or name a fact that one line can tell");
        }
        Some(key) => known(reader, place, key, value),
        None => {}
    }
}
