//! Printed text → tables, in the forms `psql` prints them.
//!
//! Comes in: lines as a terminal shows them, one by one, and the [`Kind`]s of table that are known by their columns. Goes out: the
//! tables found, with the line of each row. Aligned with any border and line style, unaligned or CSV with any separator, and both turned
//! on their side (`\x`); what is no known table is passed over. Each line is looked at once.
//! Source: PostgreSQL docs, `psql`, "\pset format"; `src/fe_utils/print.c`.

use super::{Kind, Row, Table};

/// What stands between two cells.
const SEPARATORS: [char; 5] = ['|', '│', ',', '\t', ';'];

/// A row of a table that holds line ends takes at most so many bytes; more is no row.
const LONGEST_ROW: usize = 16 * 1024;

/// Reads lines and keeps the tables.
#[derive(Default)]
pub(super) struct TableReader {
    tables: Vec<Table>,
    below: Option<Heading>,
    record: Vec<(String, String)>,
    record_line: u32,
    /// Whether records came with a line before each, as psql's aligned form has.
    numbered: bool,
}

/// A heading that was read; rows follow.
struct Heading {
    columns: usize,
    /// `None` where only the widths tell cells apart.
    separator: Option<char>,
    /// Where each column stands, in characters, once the line below the heading was read.
    widths: Vec<(usize, usize)>,
    /// A row whose cells hold a line end, as far as it was read.
    begun: String,
    begun_at: u32,
}

impl TableReader {
    pub(super) fn line(&mut self, text: &str, number: u32) {
        if let Some((kind, heading)) = heading(text) {
            self.end_record();
            self.tables.push(Table { kind, rows: Vec::new() });
            self.below = Some(heading);
            return;
        }
        if let Some(mut heading) = self.below.take() {
            if self.row(&mut heading, text, number) {
                self.below = Some(heading);
            }
            return;
        }
        self.beside(text, number);
    }

    pub(super) fn finish(mut self) -> Vec<Table> {
        self.end_record();
        self.tables
    }

    /// Takes a line below a heading; says whether the table goes on.
    fn row(&mut self, heading: &mut Heading, text: &str, number: u32) -> bool {
        let open = !heading.begun.is_empty();
        if !open && is_rule(text) {
            if heading.widths.is_empty() {
                heading.widths = widths(text);
            }
            return true;
        }
        if !open && (text.trim().is_empty() || text.trim_start().starts_with('(')) {
            return false;
        }
        if !open {
            heading.begun_at = number;
        }
        heading.begun.push_str(text);
        let Some(cells) = heading.cells() else {
            heading.begun.push('\n');
            return heading.begun.len() < LONGEST_ROW;
        };
        heading.begun.clear();
        // One cell alone is a word of psql's: `SET`, `ROLLBACK`.
        if cells.len() != heading.columns {
            return false;
        }
        let Some(table) = self.tables.last_mut() else { return false };
        match (table.rows.last_mut(), cells.first()) {
            // A value of several lines goes on below in the aligned forms.
            (Some(before), Some(first)) if first.is_empty() && !heading.widths.is_empty() => {
                for (whole, more) in before.cells.iter_mut().zip(&cells) {
                    whole.push_str(more);
                }
            }
            _ => table.rows.push(Row { line: heading.begun_at, cells }),
        }
        true
    }

    /// Takes a line that may be one column of a record: its name, and the value beside it.
    fn beside(&mut self, text: &str, number: u32) {
        let inner = text.trim_start_matches(['+', '┌', '├', '╞', '-', '─', '═', '*', ' ']);
        if inner.starts_with("[ RECORD ") || (inner.starts_with("Record ") && inner.len() < text.len()) {
            self.end_record();
            self.numbered = true;
            return;
        }
        let text = framed(text).trim_start();
        let cut = text.char_indices().find(|(_, c)| SEPARATORS.contains(c) || (self.numbered && *c == ' '));
        let Some((name, value)) = cut.and_then(|(at, c)| Some((text.get(..at)?, text.get(at + c.len_utf8()..)?))) else {
            return self.end_record();
        };
        let name = name.trim();
        let value = value.trim_start().strip_prefix(['|', '│']).unwrap_or(value);
        if Kind::OWN.iter().all(|kind| !kind.columns().contains(&name)) {
            // A value of several lines has no name on its further ones.
            if !name.is_empty() {
                self.end_record();
            }
            return;
        }
        if self.record.iter().any(|(known, _)| known == name) {
            self.end_record();
        }
        if self.record.is_empty() {
            self.record_line = number;
        }
        self.record.push((name.to_owned(), unquoted(value)));
    }

    /// Keeps the record that was read, if its columns are those of a known table.
    fn end_record(&mut self) {
        let record = std::mem::take(&mut self.record);
        let kind = Kind::OWN.iter().find(|kind| record.iter().map(|(name, _)| name.as_str()).eq(kind.columns().iter().copied()));
        let Some(kind) = kind else { return };
        let row = Row { line: self.record_line, cells: record.into_iter().map(|(_, value)| value).collect() };
        match self.tables.last_mut() {
            Some(table) if table.kind == *kind => table.rows.push(row),
            _ => self.tables.push(Table { kind: *kind, rows: vec![row] }),
        }
    }
}

impl Heading {
    /// The cells of the row begun; `None` when more of it has to come.
    fn cells(&self) -> Option<Vec<String>> {
        let text = self.begun.as_str();
        let Some(separator) = self.separator else { return Some(self.by_width(text)) };
        if quotes_count(separator) && text.matches('"').count() % 2 == 1 {
            return None;
        }
        let cells = split(framed(text), separator);
        match cells.len() {
            n if n == self.columns || n == 1 => Some(cells),
            _ if !self.widths.is_empty() => Some(self.by_width(text)),
            n if n < self.columns => None,
            _ => Some(cells),
        }
    }

    fn by_width(&self, text: &str) -> Vec<String> {
        let cell = |(from, to): &(usize, usize)| {
            text.chars().skip(*from).take(to - from).collect::<String>().trim().trim_end_matches('+').trim_end().to_owned()
        };
        self.widths.iter().map(cell).collect()
    }
}

/// The kind of table whose columns these are.
fn heading(text: &str) -> Option<(Kind, Heading)> {
    let inner = framed(text);
    // Nearly every line ends here.
    let first = inner.split(SEPARATORS).next()?.split_whitespace().next()?;
    if Kind::ALL.iter().all(|kind| kind.columns().first() != Some(&first)) {
        return None;
    }
    let found = |cells: &[String], separator| {
        let kind = Kind::ALL.iter().find(|kind| kind.is_headed(cells))?;
        let heading = Heading { columns: cells.len(), separator, widths: Vec::new(), begun: String::new(), begun_at: 0 };
        Some((*kind, heading))
    };
    let words = || inner.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    SEPARATORS.iter().find_map(|c| found(&split(inner, *c), Some(*c))).or_else(|| found(&words(), None))
}

/// The line without what closes it on both sides.
fn framed(text: &str) -> &str {
    let trimmed = text.trim();
    let bars = ['|', '│'];
    match trimmed.strip_prefix(bars).and_then(|inner| inner.strip_suffix(bars)) {
        Some(inner) => inner,
        None => text,
    }
}

/// Whether double quotes hold a cell together: in psql's own forms they mean nothing.
fn quotes_count(separator: char) -> bool {
    matches!(separator, ',' | ';' | '\t')
}

/// Cells between separators.
fn split(text: &str, separator: char) -> Vec<String> {
    let mut quoted = false;
    let cells = text.split(|c: char| {
        quoted ^= c == '"' && quotes_count(separator);
        c == separator && !quoted
    });
    cells.map(unquoted).collect()
}

/// A cell without its padding, the mark of a value that goes on, and CSV's quotes.
fn unquoted(cell: &str) -> String {
    let cell = cell.trim();
    match cell.strip_prefix('"').and_then(|inner| inner.strip_suffix('"')) {
        // `"$user", public` is a value that begins with a quote, not one between quotes.
        Some(inner) if inner.replace("\"\"", "").find('"').is_none() => inner.replace("\"\"", "\""),
        _ => cell.strip_suffix('+').unwrap_or(cell).trim_end().to_owned(),
    }
}

/// A line drawn between heading and rows, or around them.
fn is_rule(text: &str) -> bool {
    let text = text.trim();
    text.contains(['-', '─', '═'])
        && text.chars().all(|c| matches!(c, '-' | '+' | ' ' | '|' | '\u{2500}'..='\u{257f}'))
}

/// Where the drawn line runs: from and to, in characters.
fn widths(rule: &str) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (at, _) in rule.chars().enumerate().filter(|(_, c)| matches!(c, '-' | '─' | '═')) {
        match found.last_mut() {
            Some((_, to)) if *to == at => *to = at + 1,
            _ => found.push((at, at + 1)),
        }
    }
    found
}
