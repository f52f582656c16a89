//! `content/glossary.toml` → the words that are explained.

use serde::Deserialize;
use toml::Spanned;

use super::markdown::{self, Known};
use super::reader::{Place, Reader};
use crate::engine::glossary::Term;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Glossary {
    term: Vec<RawTerm>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTerm {
    id: Spanned<String>,
    name: Spanned<String>,
    #[serde(default)]
    also: Vec<Spanned<String>>,
    meaning: Spanned<String>,
    source: Option<String>,
}

/// A word with every spelling that is found in a text.
pub(super) struct Entry {
    pub(super) term: Term,
    pub(super) spellings: Vec<String>,
}

/// All words in the order of their names.
pub(super) fn read(reader: &mut Reader<'_>) -> Vec<Entry> {
    let Some((place, raw)) = reader.toml_file::<Glossary>("glossary.toml") else {
        return Vec::new();
    };
    let mut entries: Vec<Entry> = Vec::new();
    for raw in raw.term {
        unique(reader, place, &raw, &entries);
        let meaning = text(reader, place, &raw.meaning);
        let spellings = std::iter::once(raw.name.clone()).chain(raw.also).map(Spanned::into_inner).collect();
        let term = Term { id: raw.id.into_inner(), name: raw.name.into_inner(), meaning, source: raw.source };
        entries.push(Entry { term, spellings });
    }
    entries.sort_by_key(|entry| entry.term.name.to_lowercase());
    entries
}

/// A word that two entries claim would get the meaning of either.
fn unique(reader: &mut Reader<'_>, place: Place<'_>, raw: &RawTerm, entries: &[Entry]) {
    if entries.iter().any(|entry| entry.term.id == *raw.id.get_ref()) {
        reader.wrong(place, &raw.id, format!("the id `{}` is there twice", raw.id.get_ref()), "give each its own");
    }
    for spelling in std::iter::once(&raw.name).chain(&raw.also) {
        let taken = |entry: &&Entry| entry.spellings.iter().any(|s| s.eq_ignore_ascii_case(spelling.get_ref()));
        if let Some(other) = entries.iter().find(taken) {
            let message = format!("`{}` belongs to `{}` already", spelling.get_ref(), other.term.id);
            reader.wrong(place, spelling, message, "remove it from one of the two");
        }
    }
}

/// A string of a TOML file that holds one line of Markdown.
pub(super) fn text(
    reader: &mut Reader<'_>,
    place: Place<'_>,
    line: &Spanned<String>,
) -> Vec<crate::engine::page::Inline> {
    // The string's text begins after its quotation mark.
    let at = place.start + line.span().start + 1;
    let parsed = markdown::line(&place.file.path, &place.file.text, at, line.get_ref(), &Known::default());
    reader.problems.extend(parsed.problems);
    parsed.value
}
