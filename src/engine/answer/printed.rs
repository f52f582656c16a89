//! What Alembic and the source's `python -m app.db_check` print, line by line.
//!
//! Source: Alembic `alembic/command.py`, `alembic/script/base.py` (`Script.cmd_format`), recorded with 1.13 to 1.17; the source runbook for
//! what `app.db_check` says.

use super::{Kind, Row, Table};

/// Collects what is printed in lines of a known form.
#[derive(Default)]
pub(super) struct Printed {
    versions: Found,
    tables: Found,
    heads: Found,
    current: Found,
    history: Found,
    /// Alembic connected to a database: what follows is about it, and not about the code.
    connected: bool,
    /// The line before ended Alembic's own words; revisions follow.
    revisions_follow: bool,
}

/// The rows of one kind; `None` while no line of that kind was seen.
type Found = Option<Vec<Row>>;

impl Printed {
    pub(super) fn line(&mut self, text: &str, number: u32) {
        let text = text.trim_end();
        let follows = std::mem::replace(&mut self.revisions_follow, false);
        if text.contains("[alembic.runtime.migration] Will assume ") || text.starts_with("Current revision(s) for ") {
            (self.connected, self.revisions_follow) = (true, true);
            self.current.get_or_insert_default();
        } else if let Some(version) = text.strip_prefix("alembic_version: ") {
            let (schema, shown) = match version {
                "(table does not exist)" => ("(none)", String::new()),
                "(no rows)" => ("public", "{}".to_owned()),
                version => ("public", format!("{{{version}}}")),
            };
            add(&mut self.versions, number, vec![schema.to_owned(), shown]);
        } else if let Some((count, names)) = text.strip_prefix("tables (").and_then(|rest| rest.split_once("): ")) {
            let names: Vec<&str> = names.split(", ").filter(|name| *name != "(none)").collect();
            if count.parse() == Ok(names.len()) {
                self.tables = Some(Vec::new());
                for name in names {
                    let cells = ["public", name, "table", ""].map(str::to_owned);
                    add(&mut self.tables, number, cells.to_vec());
                }
            }
        } else if text.starts_with("INFO ") {
            // An upgrade prints no revisions of its own.
            self.revisions_follow = follows;
        } else {
            self.revision(text, number, follows);
        }
    }

    /// `003 (head)`, `Rev: 003 (head)`, `002 -> 003 (head), add phone`, and a bare `002` where Alembic shows the database's.
    fn revision(&mut self, text: &str, number: u32, follows: bool) {
        let (before, shown) = match text.split_once(" -> ") {
            Some((before, after)) => (Some(before), after),
            None => (None, text.strip_prefix("Rev: ").unwrap_or(text)),
        };
        let end = shown.find([' ', ',']).unwrap_or(shown.len());
        let (id, marks) = shown.split_at(end);
        let marks = marks.split(',').next().unwrap_or_default().trim();
        let marked = marks.starts_with('(') && marks.ends_with(')');
        if !is_revision(id) || !(marks.is_empty() || marked) {
            return;
        }
        let row = || vec![id.to_owned()];
        let head = marks.contains("(head)");
        match before {
            Some(before) if before == "<base>" || before.split(", ").all(is_revision) => {
                add(&mut self.history, number, row());
                if head {
                    add(&mut self.heads, number, row());
                }
            }
            Some(_) => {}
            None if follows && (marked || looks_made(id)) => {
                self.revisions_follow = true;
                add(&mut self.current, number, row());
            }
            None if head && self.connected => add(&mut self.current, number, row()),
            None if head => add(&mut self.heads, number, row()),
            None => {}
        }
    }

    pub(super) fn finish(mut self) -> Vec<Table> {
        // Arrows alone are no history of Alembic's.
        if self.heads.is_none() {
            self.history = None;
        }
        // An upgrade connects too, and shows no revision.
        self.current = self.current.filter(|rows| !rows.is_empty());
        let found = [
            (Kind::Versions, self.versions),
            (Kind::ListedTables, self.tables),
            (Kind::Heads, self.heads),
            (Kind::Current, self.current),
            (Kind::History, self.history),
        ];
        found.into_iter().filter_map(|(kind, rows)| Some(Table { kind, rows: rows? })).collect()
    }
}

fn add(found: &mut Found, line: u32, cells: Vec<String>) {
    let rows = found.get_or_insert_default();
    if rows.iter().all(|row| row.cells != cells) {
        rows.push(Row { line, cells });
    }
}

fn is_revision(id: &str) -> bool {
    (1..=64).contains(&id.len()) && id.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'))
}

/// Whether a word alone on a line is a revision and nothing else: Alembic's own twelve digits, or a number at its beginning.
fn looks_made(id: &str) -> bool {
    id.starts_with(|c: char| c.is_ascii_digit()) || (id.len() == 12 && id.chars().all(|c| c.is_ascii_hexdigit()))
}
