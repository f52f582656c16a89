//! Named values in TOML, read one by one so that every mistake is found, each at its place.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::nearest::did_you_mean;
use super::text::{Excerpt, File};

/// One TOML table and which of its keys were asked for.
pub(in crate::author) struct Fields<'t> {
    table: &'t DeTable<'t>,
    excerpt: &'t Excerpt,
    /// Where the table starts in the file: the place of what is missing.
    at: usize,
    asked: Vec<&'static str>,
}

/// Parses TOML, noting what is not TOML. What can be read is read.
pub(in crate::author) fn parse<'t>(file: &mut File<'_>, excerpt: &'t Excerpt) -> DeTable<'t> {
    let (table, errors) = DeTable::parse_recoverable(&excerpt.text);
    for error in errors {
        let at = error.span().map_or(0, |span| span.start);
        file.problem(
            excerpt.origin(at),
            format!("this is not TOML: {}", error.message()),
            "write `key = \"value\"`, one on a line",
        );
    }
    table.into_inner()
}

impl<'t> Fields<'t> {
    pub(in crate::author) fn new(table: &'t DeTable<'t>, excerpt: &'t Excerpt, at: usize) -> Self {
        Self { table, excerpt, at, asked: Vec::new() }
    }

    /// The text the fields stand in.
    pub(in crate::author) fn excerpt(&self) -> &'t Excerpt {
        self.excerpt
    }

    fn value(&mut self, key: &'static str) -> Option<&'t Spanned<DeValue<'t>>> {
        self.asked.push(key);
        self.table.iter().find(|(name, _)| name.get_ref() == key).map(|(_, value)| value)
    }

    /// Where the value of a key stands in the file; the table's start when it is missing.
    pub(in crate::author) fn place(&self, key: &str) -> usize {
        let value = self.table.iter().find(|(name, _)| name.get_ref() == key).map(|(_, value)| value);
        value.map_or(self.at, |value| self.excerpt.origin(value.span().start))
    }

    /// A string that may be missing, leading back to the file.
    pub(in crate::author) fn optional(&mut self, file: &mut File<'_>, key: &'static str) -> Option<Excerpt> {
        let value = self.value(key)?;
        let Some(text) = value.get_ref().as_str() else {
            let kind = value.get_ref().type_str();
            file.problem(
                self.excerpt.origin(value.span().start),
                format!("`{key}` is a {kind}, not a string"),
                format!("write `{key} = \"…\"`"),
            );
            return None;
        };
        if text.trim().is_empty() {
            file.problem(
                self.excerpt.origin(value.span().start),
                format!("`{key}` is empty"),
                "fill it in, or remove the line",
            );
            return None;
        }
        Some(self.content(value, text))
    }

    /// A string that must be there, and why.
    pub(in crate::author) fn required(&mut self, file: &mut File<'_>, key: &'static str, why: &str) -> Option<Excerpt> {
        let missing = !self.table.iter().any(|(name, _)| name.get_ref() == key);
        if missing {
            self.asked.push(key);
            file.problem(self.at, format!("`{key}` is missing"), format!("add `{key} = \"…\"`: {why}"));
            return None;
        }
        self.optional(file, key)
    }

    /// True or false; `default` when it is missing.
    pub(in crate::author) fn flag(&mut self, file: &mut File<'_>, key: &'static str, default: bool) -> bool {
        let Some(value) = self.value(key) else { return default };
        let flag = value.get_ref().as_bool();
        if flag.is_none() {
            let at = self.excerpt.origin(value.span().start);
            file.problem(at, format!("`{key}` is neither true nor false"), format!("write `{key} = {}`", !default));
        }
        flag.unwrap_or(default)
    }

    /// A day that must be there.
    pub(in crate::author) fn date(&mut self, file: &mut File<'_>, key: &'static str, why: &str) -> Option<String> {
        let Some(value) = self.value(key) else {
            file.problem(self.at, format!("`{key}` is missing"), format!("add `{key} = 2026-11-22`: {why}"));
            return None;
        };
        let day = value.get_ref().as_datetime().filter(|d| d.date.is_some() && d.time.is_none() && d.offset.is_none());
        if day.is_none() {
            let at = self.excerpt.origin(value.span().start);
            file.problem(at, format!("`{key}` is not a day"), format!("write `{key} = 2026-11-22`, without quotes"));
        }
        day.map(ToString::to_string)
    }

    /// The tables of `[[key]]`.
    pub(in crate::author) fn tables(
        &mut self,
        file: &mut File<'_>,
        key: &'static str,
    ) -> Vec<(&'t DeTable<'t>, usize)> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let at = self.excerpt.origin(value.span().start);
        let mut tables = Vec::new();
        match value.get_ref() {
            DeValue::Array(items) => {
                for item in items {
                    if let Some(table) = item.get_ref().as_table() {
                        tables.push((table, self.excerpt.origin(item.span().start)));
                    } else {
                        file.problem(
                            self.excerpt.origin(item.span().start),
                            format!("`{key}` holds something else than tables"),
                            format!("write `[[{key}]]`"),
                        );
                    }
                }
            }
            _ => file.problem(at, format!("`{key}` is not a list of tables"), format!("write `[[{key}]]`")),
        }
        tables
    }

    /// The table of `[key]`, which must be there.
    pub(in crate::author) fn table(&mut self, file: &mut File<'_>, key: &'static str, why: &str) -> Option<Fields<'t>> {
        if self.value(key).is_none() {
            file.problem(self.at, format!("`[{key}]` is missing"), format!("add a `[{key}]` table: {why}"));
        }
        self.optional_table(file, key)
    }

    /// The table of `[key]`, which may be missing.
    pub(in crate::author) fn optional_table(&mut self, file: &mut File<'_>, key: &'static str) -> Option<Fields<'t>> {
        let value = self.value(key)?;
        let at = self.excerpt.origin(value.span().start);
        let Some(table) = value.get_ref().as_table() else {
            file.problem(at, format!("`{key}` is not a table"), format!("write `[{key}]` and its lines below"));
            return None;
        };
        Some(Fields::new(table, self.excerpt, at))
    }

    /// Strings of a list that may be missing, each leading back to the file.
    pub(in crate::author) fn strings(&mut self, file: &mut File<'_>, key: &'static str) -> Vec<Excerpt> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let Some(items) = value.get_ref().as_array() else {
            file.problem(
                self.excerpt.origin(value.span().start),
                format!("`{key}` is not a list"),
                format!("write `{key} = [\"…\"]`"),
            );
            return Vec::new();
        };
        let mut strings = Vec::new();
        for item in items {
            match item.get_ref().as_str() {
                Some(text) => strings.push(self.content(item, text)),
                None => file.problem(
                    self.excerpt.origin(item.span().start),
                    format!("`{key}` holds something else than strings"),
                    "put it in quotes",
                ),
            }
        }
        strings
    }

    /// Notes every key that was never asked for.
    pub(in crate::author) fn finish(self, file: &mut File<'_>, what: &str) {
        for (key, _) in self.table {
            let name = key.get_ref().as_ref();
            if !self.asked.contains(&name) {
                let at = self.excerpt.origin(key.span().start);
                file.problem(
                    at,
                    format!("unknown field `{name}` in {what}"),
                    did_you_mean(name, self.asked.iter().copied()),
                );
            }
        }
    }

    /// A string's content with its place: exact when it stands in the file as written, else the start of the string.
    fn content(&self, value: &Spanned<DeValue<'_>>, text: &str) -> Excerpt {
        let span = value.span();
        let written = self.excerpt.text.get(span.clone()).unwrap_or_default();
        match written.find(text) {
            Some(inside) => self.excerpt.cut(span.start + inside..span.start + inside + text.len()),
            None => Excerpt::whole(text, self.excerpt.origin(span.start)),
        }
    }
}
