//! Printed text → its lines, and the rows of known tables in the forms `psql` prints them.
//!
//! Comes in: any text, and the tables' columns (`schema|owner|…`) with their names. Goes out: `printed: TEXT` for each line, and
//! `TABLE: cell|cell|cell` for each row. Aligned with a frame, with lines or with spaces alone, unaligned or CSV with any usual separator, and all turned on
//! their side (`\x`). Each line is looked at once; what is in no known table is passed over, and so is a row with more cells than its
//! table has columns: a separator in a value can't be told from one between two. Without headings (`\t`) nothing is a table.
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
    let mut reader = Reader {
        tables,
        entries: Vec::new(),
        below: None,
        before: String::new(),
        ends: Vec::new(),
        in_record: false,
        names: String::new(),
        values: String::new(),
        from: 0,
    };
    let mut lines = Lines::as_printed();
    lines.push(text, &mut |line| reader.line(&line.text, line.number));
    lines.finish(&mut |line| reader.line(&line.text, line.number));
    reader.entries
}

/// A table and its columns.
type Heading<'t> = (&'t str, &'t str);

struct Reader<'t> {
    tables: &'t [(String, String)],
    entries: Vec<Entry>,
    /// The table whose heading was read, and the heading; its rows follow.
    below: Option<Heading<'t>>,
    /// The line before.
    before: String,
    /// Where the columns end, in a table with spaces alone between them.
    ends: Vec<usize>,
    /// Whether a record on its side follows that has nothing but spaces between names and values.
    in_record: bool,
    /// Of a record on its side: the names read so far, their values, and where it begins.
    names: String,
    values: String,
    from: u32,
}

impl<'t> Reader<'t> {
    fn line(&mut self, text: &str, number: u32) {
        if is_message(text) {
            return self.entries.push((number, [PRINTED, text.trim()].concat()));
        }
        let (before, printed) = (std::mem::replace(&mut self.before, text.to_owned()), text);
        let text = text.trim();
        self.entries.push((number, [PRINTED, text].concat()));
        if text.is_empty() || counts_rows(text) {
            (self.ends, self.in_record) = (Vec::new(), false);
        } else if let Some((headed, ends)) = self.ruled(&before, text) {
            (self.below, self.ends) = (Some(headed), ends);
            return;
        } else if text.starts_with("* Record ") {
            self.in_record = true;
            return;
        }
        let spaced = if self.ends.is_empty() { self.in_two(text) } else { cut(printed, &self.ends) };
        let Some(row) = spaced.or_else(|| cells(text)) else {
            // Lines are drawn within a table; a word, a count of rows or nothing ends it.
            if text.is_empty() || counts_rows(text) || text.as_bytes().first().is_some_and(u8::is_ascii_alphanumeric) {
                self.below = None;
            }
            return;
        };
        if let Some(headed) = self.headed(&row) {
            self.below = Some(headed);
        } else if let Some((table, heading)) = self.below {
            // Empty cells at the end of a line are lost with its white space.
            if let Some(lost) = columns(heading).checked_sub(columns(&row)) {
                self.entries.push((number, [table, ": ", &row, &"|".repeat(lost)].concat()));
            }
        } else if let Some((name, value)) = row.split_once('|') {
            self.beside(name, value, number);
        }
    }

    /// A name and its value in a record on its side, with only spaces between them; a column's name alone has an empty value.
    fn in_two(&self, text: &str) -> Option<String> {
        let is_column = |name: &str| self.tables.iter().any(|(_, columns)| columns.split('|').any(|one| one == name));
        let (name, value) = text.split_once(' ').or_else(|| is_column(text).then_some((text, "")))?;
        self.in_record.then(|| [name, "|", value.trim_start()].concat())
    }

    /// The table with this heading.
    fn headed(&self, row: &str) -> Option<Heading<'t>> {
        let found = self.tables.iter().find(|(_, columns)| *columns == row);
        found.map(|(table, columns)| (table.as_str(), columns.as_str()))
    }

    /// The table whose heading stands above a line like `---- ------ --`, and where its columns end.
    fn ruled(&self, above: &str, text: &str) -> Option<(Heading<'t>, Vec<usize>)> {
        let drawn = text.starts_with('-') && text.bytes().all(|b| b == b'-' || b == b' ');
        let ends: Vec<usize> = text.match_indices(' ').map(|(at, _)| at).collect();
        if !drawn || ends.is_empty() {
            return None;
        }
        Some((self.headed(&cut(above, &ends)?)?, ends))
    }

    /// A name with its value beside it: a record is complete when its names are a table's columns.
    fn beside(&mut self, name: &str, value: &str, number: u32) {
        if value.contains('|') {
            return self.names.clear();
        }
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

/// Whether this is psql's line below a table: `(3 rows)`, in whatever language. A value may begin with a bracket too: `(none)`.
fn counts_rows(text: &str) -> bool {
    text.strip_prefix('(').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// Whether it is a message of the server that came in between: `NOTICE:  extension "plpgsql" already exists, skipping`, in whatever
/// language. Two blanks stand behind its first word in all of them, and no cell before that.
fn is_message(text: &str) -> bool {
    text.split_once(":  ").is_some_and(|(severity, _)| !severity.contains(SEPARATORS))
}

fn ends_name(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with('|')
}

fn columns(row: &str) -> usize {
    row.matches('|').count()
}

/// The cells of a line whose columns end there; `None` where something stands between two columns.
fn cut(text: &str, ends: &[usize]) -> Option<String> {
    let mut row = String::new();
    for (at, c) in text.chars().enumerate() {
        if ends.contains(&at) {
            if c != ' ' {
                return None;
            }
            row.truncate(row.trim_end().len());
            row.push('|');
        } else if c != ' ' || !(row.is_empty() || row.ends_with('|')) {
            row.push(c);
        }
    }
    row.truncate(row.trim_end().len());
    Some(row)
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
