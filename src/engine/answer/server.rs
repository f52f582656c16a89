//! What an answer says about a database, and what follows from it for setting `public` aside or deleting it.

use super::{Answer, Kind, Row};
use crate::engine::diagnose::Diagnosis;
use crate::engine::fact::{FactKey, FactSet};
use crate::engine::situation::Situation;

/// Whether `public` can be set aside by the user who asked, or why not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SetAside {
    /// It can.
    Possible,
    /// The schema is another user's.
    NotOwner,
    /// This user may create no schema.
    NoCreate,
    /// An extension stands in it and would move along.
    Extension,
}

impl SetAside {
    /// The fact's value.
    pub fn id(self) -> &'static str {
        match self {
            SetAside::Possible => "possible",
            SetAside::NotOwner => "not-owner",
            SetAside::NoCreate => "no-create",
            SetAside::Extension => "extension",
        }
    }
}

/// An extension that goes with `public`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extension<'a> {
    /// Its name.
    pub name: &'a str,
    /// Whether the user who asked could create it again; `None` when the answer does not say.
    pub again: Option<bool>,
    /// The line that says so.
    pub line: u32,
}

impl Row {
    /// A cell by its place; empty when there is none.
    pub fn cell(&self, at: usize) -> &str {
        self.cells.get(at).map(String::as_str).unwrap_or_default()
    }
}

impl Answer {
    /// The database the server names.
    pub fn database(&self) -> Option<(&str, u32)> {
        self.connection(0)
    }

    /// The user who asked.
    pub fn user(&self) -> Option<(&str, u32)> {
        self.connection(1)
    }

    /// The server's version.
    pub fn version(&self) -> Option<(&str, u32)> {
        self.connection(2)
    }

    fn connection(&self, column: usize) -> Option<(&str, u32)> {
        let row = self.rows(Kind::Connection).or_else(|| self.rows(Kind::ConnectionAfter))?.first()?;
        Some((row.cell(column), row.line)).filter(|(text, _)| !text.is_empty())
    }

    /// Whether a schema may be created in the database.
    pub fn can_create(&self) -> Option<bool> {
        yes(self.rows(Kind::Connection)?.first()?.cell(4))
    }

    /// The row of the schema `public` in the list of schemas.
    fn public(&self) -> Option<&Row> {
        self.rows(Kind::Schemas)?.iter().find(|row| row.cell(0) == "public")
    }

    /// Whether there is a schema `public`.
    pub fn has_public(&self) -> Option<bool> {
        let kinds = [Kind::Schemas, Kind::ListedSchemas, Kind::PublicAfter];
        kinds.iter().find_map(|kind| Some(self.rows(*kind)?.iter().any(|row| row.cell(0) == "public")))
    }

    /// Who owns `public`.
    pub fn owner(&self) -> Option<(&str, u32)> {
        let listed = || self.rows(Kind::ListedSchemas)?.iter().find(|row| row.cell(0) == "public");
        self.public().or_else(listed).map(|row| (row.cell(1), row.line))
    }

    /// Whether `public` can be set aside, and the line that decides.
    pub fn set_aside(&self) -> Option<(SetAside, u32)> {
        let public = self.public()?;
        let found = match (yes(public.cell(2))?, self.can_create()?) {
            (false, _) => SetAside::NotOwner,
            (true, false) => return Some((SetAside::NoCreate, self.database()?.1)),
            (true, true) if public.cell(4) != "-" => SetAside::Extension,
            (true, true) => SetAside::Possible,
        };
        Some((found, public.line))
    }

    /// The tables of `public`: name, number of rows where it is known, line. `None` when no list of tables is there.
    pub fn tables(&self) -> Option<Vec<(&str, Option<&str>, u32)>> {
        let of_public = |row: &&Row| row.cell(0) == "public";
        if let Some(rows) = self.rows(Kind::Tables) {
            let tables = rows.iter().filter(of_public).map(|row| (row.cell(1), count(row.cell(3)), row.line));
            return Some(tables.collect());
        }
        if let Some(rows) = self.rows(Kind::ListedTables) {
            let tables = rows.iter().filter(of_public).filter(|row| row.cell(2).ends_with("table"));
            return Some(tables.map(|row| (row.cell(1), None, row.line)).collect());
        }
        // A list without a row has no columns in psql's expanded form.
        (self.public()?.cell(3) == "0").then(Vec::new)
    }

    /// The extensions in `public`; `None` when the answer says nothing about extensions.
    pub fn extensions(&self) -> Option<Vec<Extension<'_>>> {
        if let Some(rows) = self.rows(Kind::Extensions) {
            let going = rows.iter().filter(|row| row.cell(1) == "public");
            return Some(going.map(|row| Extension { name: row.cell(0), again: yes(row.cell(2)), line: row.line }).collect());
        }
        let public = self.public()?;
        let names = public.cell(4).split(", ").filter(|name| *name != "-");
        Some(names.map(|name| Extension { name, again: None, line: public.line }).collect())
    }

    /// What would go outside `public`, beside extensions: its kind, its name, the line. `None` when the answer does not say.
    pub fn outside(&self) -> Option<Vec<(&str, &str, u32)>> {
        let rows = self.rows(Kind::Outside)?.iter().filter(|row| !["(none)", "extension"].contains(&row.cell(0)));
        Some(rows.map(|row| (row.cell(0), row.cell(1), row.line)).collect())
    }

    /// What Alembic's own tables hold, each with its schema and line: `{002}`, `{}`; no rows when there is no such table.
    pub fn versions(&self) -> Option<Vec<(&str, &str, u32)>> {
        let rows = self.rows(Kind::Versions)?.iter().filter(|row| row.cell(0) != "(none)");
        Some(rows.map(|row| (row.cell(0), row.cell(1), row.line)).collect())
    }

    /// Whether the check after a recovery shows what it should: a `public` this user can use, with tables and one version in it.
    pub(super) fn is_well(&self) -> bool {
        let public = self.rows(Kind::PublicAfter).and_then(<[Row]>::first);
        let usable = |row: &Row| yes(row.cell(2)) == Some(true) && yes(row.cell(3)) == Some(true) && row.cell(5) != "0";
        let version = self.versions().is_some_and(|all| all.iter().any(|(schema, v, _)| *schema == "public" && v.len() > 2));
        version && public.is_some_and(|row| row.cell(0) == "public" && usable(row))
    }

    /// Whether the database is another than the one these facts name.
    pub fn is_elsewhere(&self, facts: &FactSet) -> bool {
        self.database().zip(facts.value(FactKey::Database)).is_some_and(|((here, _), there)| here != there)
    }

    /// What is known when this answer is added to what a log shows. A text that is no log is said to be what it is.
    pub fn add_to(&self, log: &Diagnosis) -> Diagnosis {
        let mut known = log.clone();
        self.tell(&mut known.facts);
        if known.situation == Situation::Unknown {
            known.headline = match self.database() {
                Some((database, _)) => format!("This is what the server says about the database {database}."),
                None => "This is an answer to a command, and no log of a deploy.".to_owned(),
            };
        }
        known
    }

    /// Adds to what a log says: names that it left out, and what only a server knows. Nothing is taken from another database.
    fn tell(&self, facts: &mut FactSet) {
        if self.is_elsewhere(facts) {
            return;
        }
        for (key, said) in [(FactKey::Database, self.database()), (FactKey::DbUser, self.user())] {
            if let Some((name, line)) = said {
                facts.set_if_missing(key, name, Some(line));
                facts.set_if_missing(FactKey::Dbms, "postgresql", Some(line));
            }
        }
        if let Some((found, line)) = self.set_aside() {
            facts.set(FactKey::SetAside, found.id(), Some(line));
        }
        if let Some(there) = self.has_public() {
            facts.set(FactKey::PublicSchema, if there { "present" } else { "missing" }, None);
        }
    }
}

/// A truth value as psql, CSV and other clients print it.
fn yes(text: &str) -> Option<bool> {
    match text {
        "t" | "true" => Some(true),
        "f" | "false" => Some(false),
        _ => None,
    }
}

/// A number as printed, whatever stands between its thousands; `None` for a mark of "not known".
fn count(text: &str) -> Option<&str> {
    let number = text.starts_with(|c: char| c.is_ascii_digit()) && !text.contains(|c: char| c.is_alphabetic());
    number.then_some(text)
}
