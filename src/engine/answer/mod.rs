//! A server's answer: what PostgreSQL or Alembic said when somebody asked, as facts with the line that says so.
//!
//! Comes in: pasted text, any bytes. Goes out: an [`Answer`], when the text holds a table that our own SQL, `\dn+` or `\dt` prints
//! ([`table`]), or what `alembic current`, `heads`, `history` and the source's `app.db_check` print ([`printed`]); and a [`Judgement`]
//! on what a step printed ([`judge`]). Knows no log and no tree: it says what stands there, never what caused it.

mod judge;
mod printed;
mod server;
mod table;

use serde::{Deserialize, Serialize};

pub use judge::{Judgement, Reply, Verdict, judge};
pub use server::{Extension, SetAside};

use super::text::Lines;
use super::text::mask::mask_secrets;
use printed::Printed;
use table::TableReader;

/// What is longer than this is a log and no answer.
const LONGEST: usize = 1 << 20;

/// A kind of table, known by its columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// Which database, as whom.
    Connection,
    /// The same, asked after a recovery.
    ConnectionAfter,
    /// The schemas, and whether they are one's own.
    Schemas,
    /// What every `alembic_version` holds.
    Versions,
    /// The tables with their rows.
    Tables,
    /// The extensions, and whether they could be created again.
    Extensions,
    /// What deleting `public` would take elsewhere.
    Outside,
    /// The schema `public` after a recovery.
    PublicAfter,
    /// `\dn`.
    ListedSchemas,
    /// `\dt`.
    ListedTables,
    /// The last migrations of the code: a revision each.
    Heads,
    /// The revisions Alembic finds in the database.
    Current,
    /// The revisions of the code.
    History,
}

impl Kind {
    /// What tables are looked for.
    const ALL: [Kind; 10] = [
        Kind::Connection,
        Kind::ConnectionAfter,
        Kind::Schemas,
        Kind::Versions,
        Kind::Tables,
        Kind::Extensions,
        Kind::Outside,
        Kind::PublicAfter,
        Kind::ListedSchemas,
        Kind::ListedTables,
    ];

    /// Those that our own SQL prints: no other table has their columns.
    const OWN: &'static [Kind] = match Kind::ALL.split_last_chunk::<2>() {
        Some((own, _)) => own,
        None => &[],
    };

    /// The columns, as the SQL names them.
    fn columns(self) -> &'static [&'static str] {
        match self {
            Kind::Connection => &["db", "usr", "pg", "db_owner", "can_create_schema", "search_path"],
            Kind::ConnectionAfter => &["db", "usr", "pg", "db_owner", "search_path"],
            Kind::Schemas => &["schema", "owner", "i_own_it", "tables", "extensions"],
            Kind::Versions => &["schema", "alembic_version"],
            Kind::Tables => &["schema", "table", "owner", "rows"],
            Kind::Extensions => &["extension", "schema", "i_can_create_it_again"],
            Kind::Outside => &["would_go_outside_public", "identity"],
            Kind::PublicAfter => &["schema", "owner", "i_can_use_it", "i_can_create", "everybody_can_create", "tables"],
            Kind::ListedSchemas => &["Name", "Owner"],
            Kind::ListedTables => &["Schema", "Name", "Type", "Owner"],
            Kind::Heads | Kind::Current | Kind::History => &["revision"],
        }
    }

    /// Whether these cells are its heading; psql's own lists have more columns with `+`.
    fn is_headed(self, cells: &[String]) -> bool {
        let columns = self.columns();
        let more = match self {
            Kind::ListedSchemas => cells.get(2).is_none_or(|third| third.starts_with("Access")),
            Kind::ListedTables => true,
            _ => cells.len() == columns.len(),
        };
        more && cells.len() >= columns.len() && cells.iter().zip(columns).all(|(cell, column)| cell == column)
    }
}

/// A table of a known kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// Which.
    pub kind: Kind,
    /// Its rows.
    pub rows: Vec<Row>,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The 1-based line it begins at.
    pub line: u32,
    /// A cell for each column, secrets masked.
    pub cells: Vec<String>,
}

/// What a server or Alembic said.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    tables: Vec<Table>,
    /// What one of our texts printed that changes something.
    pub ran: Option<Judgement>,
}

impl Answer {
    /// Reads what was pasted; `None` when nothing in it is known.
    pub fn read(text: &[u8]) -> Option<Self> {
        let answer = Self::known_tables(text);
        (!answer.tables.is_empty()).then_some(answer)
    }

    fn known_tables(text: &[u8]) -> Self {
        let (mut lines, mut tables, mut printed) = (Lines::as_printed(), TableReader::default(), Printed::default());
        let mut each = |line: &super::text::Line<'_>| {
            tables.line(&line.text, line.number);
            printed.line(&line.text, line.number);
        };
        lines.push(text, &mut each);
        lines.finish(&mut each);
        let mut answer = Answer::default();
        for table in tables.finish().into_iter().chain(printed.finish()) {
            answer.take(table);
        }
        for cell in answer.tables.iter_mut().flat_map(|table| &mut table.rows).flat_map(|row| &mut row.cells) {
            *cell = mask_secrets(cell);
        }
        answer
    }

    /// Adds what was said later: it takes the place of what was said before on the same.
    pub fn add(&mut self, later: Answer) {
        if later.database().is_some_and(|(now, _)| self.database().is_some_and(|(before, _)| before != now)) {
            // Another database: nothing of the one before is true of it.
            self.tables.clear();
        }
        for table in later.tables {
            self.take(table);
        }
        self.ran = later.ran;
    }

    fn take(&mut self, table: Table) {
        self.tables.retain(|known| known.kind != table.kind);
        self.tables.push(table);
    }

    /// The rows of a kind of table; `None` when there is no such table in the text.
    pub fn rows(&self, kind: Kind) -> Option<&[Row]> {
        self.tables.iter().find(|table| table.kind == kind).map(|table| table.rows.as_slice())
    }
}

/// Keeps what may be an answer while it comes in portions.
#[derive(Debug, Default)]
pub(super) struct Keeper {
    kept: Vec<u8>,
    too_long: bool,
}

impl Keeper {
    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.too_long |= self.kept.len() + bytes.len() > LONGEST;
        if self.too_long {
            self.kept = Vec::new();
        } else {
            self.kept.extend_from_slice(bytes);
        }
    }

    pub(super) fn finish(self, replies: &[Reply]) -> Option<Answer> {
        let mut answer = Answer::known_tables(&self.kept);
        answer.ran = judge::ran(replies, &self.kept);
        (!answer.tables.is_empty() || answer.ran.is_some()).then_some(answer)
    }
}
