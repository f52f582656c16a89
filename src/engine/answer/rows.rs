//! Printed text → its lines, and the rows of known tables in the forms `psql` prints them.
//!
//! Comes in: any text, and the tables' columns (`schema|owner|…`) with their names. Goes out: `printed: TEXT` for each line, and
//! `TABLE: cell|cell|cell` for each row. Aligned with or without a frame, unaligned or CSV with any usual separator, and both turned on
//! their side (`\x`). Each line is looked at once; what is in no known table is passed over.
//! Source: PostgreSQL docs, `psql`, "\pset format"; recorded in `tests/answers/`.

use crate::engine::text::Lines;

/// What stands before a line that is given as it is.
pub(super) const PRINTED: &str = "printed: ";

/// What stands between cells; where two of them are on a line the first here does.
const SEPARATORS: [char; 5] = ['|', '│', '\t', ';', ','];

/// A line or row of the text with its 1-based number.
pub(super) type Entry = (u32, String);

/// Every line, and every row of these tables.
pub(super) fn rows(tables: &[(String, String)], text: &[u8]) -> Vec<Entry> {
    let mut reader =
        Reader { tables, entries: Vec::new(), below: None, names: String::new(), values: String::new(), from: 0 };
    let mut lines = Lines::as_printed();
    lines.push(text, &mut |line| reader.line(&line.text, line.number));
    lines.finish(&mut |line| reader.line(&line.text, line.number));
    reader.entries
}

struct Reader<'t> {
    tables: &'t [(String, String)],
    entries: Vec<Entry>,
    /// The table whose heading was read; its rows follow.
    below: Option<&'t str>,
    /// Of a record on its side: the names read so far, their values, and where it begins.
    names: String,
    values: String,
    from: u32,
}

impl Reader<'_> {
    fn line(&mut self, text: &str, number: u32) {
        let text = text.trim();
        self.entries.push((number, [PRINTED, text].concat()));
        let Some(row) = cells(text) else {
            // Lines are drawn within a table; a word, a count of rows or nothing ends it.
            if text.is_empty()
                || text.starts_with('(')
                || text.as_bytes().first().is_some_and(u8::is_ascii_alphanumeric)
            {
                self.below = None;
            }
            return;
        };
        let tables = self.tables;
        if let Some((table, _)) = tables.iter().find(|(_, columns)| *columns == row) {
            self.below = Some(table);
        } else if let Some(table) = self.below {
            self.entries.push((number, [table, ": ", &row].concat()));
        } else if let Some((name, value)) = row.split_once('|') {
            self.beside(name, value, number);
        }
    }

    /// A name with its value beside it: a record is complete when its names are a table's columns.
    fn beside(&mut self, name: &str, value: &str, number: u32) {
        let tables = self.tables;
        let begins =
            |names: &str| tables.iter().find(|(_, columns)| columns.strip_prefix(names).is_some_and(ends_name));
        let longer = [self.names.as_str(), "|", name].concat();
        if !self.names.is_empty() && begins(&longer).is_some() {
            self.names = longer;
            self.values.push('|');
        } else {
            (self.names, self.from) = (name.to_owned(), number);
            self.values.clear();
        }
        self.values.push_str(value);
        match begins(&self.names) {
            None => self.names.clear(),
            Some((table, columns)) if *columns == self.names => {
                self.entries.push((self.from, [table, ": ", &self.values].concat()));
                self.names.clear();
            }
            Some(_) => {}
        }
    }
}

fn ends_name(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with('|')
}

/// The cells of a line, without padding, frame and CSV's quotes; `None` when it has but one.
fn cells(text: &str) -> Option<String> {
    let separator = SEPARATORS.into_iter().find(|c| text.contains(*c))?;
    let inner = text.strip_prefix(separator).and_then(|inner| inner.strip_suffix(separator)).unwrap_or(text);
    let psql = separator == '|' || separator == '│';
    let (mut row, mut quoted) = (String::new(), false);
    for c in inner.chars() {
        if c == '"' && !psql {
            quoted = !quoted;
        } else if c == separator && !quoted {
            row.truncate(row.trim_end().len());
            row.push('|');
        } else if c != ' ' || !(row.is_empty() || row.ends_with('|')) {
            row.push(c);
        }
    }
    row.truncate(row.trim_end().len());
    Some(row)
}
