//! `content/answers.toml` → [`Replies`], and their examples run as tests.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::markdown::nearest::did_you_mean;
use super::reader::{Place, Reader};
use super::signatures::{RawMatcher, matcher};
use super::{template, training, values};
use crate::engine::Engine;
use crate::engine::answer::{About, Replies, Reply};
use crate::engine::catalogue::Catalogue;
use crate::engine::fact::FactKey;
use crate::engine::sql::Edition;
use crate::engine::tree::{Subject, Tree};

/// The file.
const FILE: &str = "answers.toml";

/// What a line begins with that is looked for in what was printed, and in no table.
const PRINTED: &str = "printed";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Answers {
    tables: BTreeMap<String, Vec<String>>,
    answer: Vec<RawAnswer>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawAnswer {
    id: Spanned<String>,
    about: RawAbout,
    #[serde(default)]
    editions: Vec<Spanned<String>>,
    text: Spanned<String>,
    /// What it tells, or the answer to a question with which a reader goes on.
    #[serde(default)]
    tells: BTreeMap<Spanned<String>, Spanned<String>>,
    /// Whether its `{name}`s are kept as a list.
    #[serde(default)]
    lists: bool,
    #[serde(rename = "line")]
    lines: Vec<RawMatcher>,
    #[serde(rename = "example")]
    examples: Vec<Spanned<Example>>,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
enum RawAbout {
    Server,
    Deleted,
    Failure,
    Success,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Example {
    edition: Option<String>,
    text: String,
    /// What is then said, for what a server says.
    #[serde(default)]
    said: String,
}

/// All tables and replies, in the order of the file.
pub(super) fn read(reader: &mut Reader<'_>) -> Replies {
    let Some((place, raw)) = reader.toml_file::<Answers>(FILE) else { return Replies::default() };
    for answer in &raw.answer {
        lines_and_text_agree(reader, place, answer, &raw.tables);
    }
    let tables =
        raw.tables.into_iter().flat_map(|(name, headings)| headings.into_iter().map(move |h| (name.clone(), h)));
    let tables = tables.collect();
    Replies { tables, replies: raw.answer.into_iter().map(|answer| reply(reader, place, answer)).collect() }
}

fn reply(reader: &mut Reader<'_>, place: Place<'_>, raw: RawAnswer) -> Reply {
    for edition in &raw.editions {
        if Edition::from_id(edition.get_ref()).is_none() {
            let known = Edition::ALL.iter().map(|edition| edition.id());
            reader.wrong(place, edition, "there is no such text", did_you_mean(edition.get_ref(), known));
        }
    }
    Reply {
        id: raw.id.into_inner(),
        about: match raw.about {
            RawAbout::Server => About::Server,
            RawAbout::Deleted => About::Deleted,
            RawAbout::Failure => About::Failure,
            RawAbout::Success => About::Success,
        },
        editions: raw.editions.into_iter().map(Spanned::into_inner).collect(),
        text: raw.text.into_inner(),
        tells: raw.tells.into_iter().map(|(key, value)| (key.into_inner(), value.into_inner())).collect(),
        lists: raw.lists,
        matchers: raw.lines.iter().filter_map(|line| matcher(reader, place, line)).collect(),
    }
}

/// All that is told leads on in the tree: a server tells facts that a node looks at, and a failure the answer to a question.
pub(super) fn check(catalogue: &Catalogue, reader: &mut Reader<'_>) {
    let Some((place, raw)) = reader.toml_file::<Answers>(FILE) else { return };
    for (index, answer) in raw.answer.iter().enumerate() {
        let id = answer.id.get_ref();
        if raw.answer.iter().take(index).any(|before| before.id.get_ref() == id) {
            reader.wrong(place, &answer.id, format!("there is another entry `{id}`"), "give one of the two another id");
        }
        match answer.about {
            RawAbout::Failure => training::answers(catalogue, reader, place, &answer.tells),
            RawAbout::Server => answer.tells.iter().for_each(|told| tells_a_fact(&catalogue.tree, reader, place, told)),
            RawAbout::Deleted | RawAbout::Success => {
                for key in answer.tells.keys() {
                    reader.wrong(place, key, "only a server or a failure tells something", "remove this line");
                }
            }
        }
    }
}

/// The fact has this value, and some node looks at it. That all is well may be a value which no branch is for.
fn tells_a_fact(
    tree: &Tree,
    reader: &mut Reader<'_>,
    place: Place<'_>,
    (key, value): (&Spanned<String>, &Spanned<String>),
) {
    let asked = FactKey::from_id(key.get_ref()).filter(|key| tree.nodes.iter().any(|n| n.on == Subject::Fact(*key)));
    if let Some(key) = asked {
        values::known(reader, place, key, value);
    } else {
        let looked_at = tree.nodes.iter().filter_map(|node| match node.on {
            Subject::Fact(key) => Some(key.id()),
            Subject::Question(_) => None,
        });
        let message = format!("no node of the tree looks at `{}`", key.get_ref());
        reader.wrong(place, key, message, did_you_mean(key.get_ref(), looked_at));
    }
}

/// What a server says begins with the name of a table, if with any such word; and what a text names must be in each of the lines or told.
fn lines_and_text_agree(
    reader: &mut Reader<'_>,
    place: Place<'_>,
    raw: &RawAnswer,
    tables: &BTreeMap<String, Vec<String>>,
) {
    let rows = matches!(raw.about, RawAbout::Server | RawAbout::Deleted);
    for line in raw.lines.iter().filter(|_| rows) {
        let table = line.line.get_ref().split_once(": ").map_or("", |(table, _)| table);
        let is_name = !table.is_empty() && table.bytes().all(|b| b.is_ascii_lowercase());
        if is_name && table != PRINTED && !tables.contains_key(table) {
            let known = tables.keys().map(String::as_str).chain([PRINTED]);
            reader.wrong(place, &line.line, format!("there is no table `{table}`"), did_you_mean(table, known));
        }
    }
    let told = |name: &str| raw.tells.keys().any(|key| key.get_ref() == name);
    for name in raw.text.get_ref().split('{').skip(1).filter_map(|piece| piece.split('}').next()) {
        for line in &raw.lines {
            let Ok(template) = template::parse(line.line.get_ref(), false) else { continue };
            if !told(name) && !template.names().any(|known| known == name) {
                let message = format!("`{{{name}}}` is not in every line");
                reader.wrong(place, &raw.text, message, did_you_mean(name, template.names()));
            }
        }
    }
}

/// Every example must be decided by its own entry, and what a server says must be said in these words.
pub(super) fn run(engine: &Engine<'_>, replies: &Replies, reader: &mut Reader<'_>) {
    let Some((place, raw)) = reader.toml_file::<Answers>(FILE) else { return };
    for answer in &raw.answer {
        for example in &answer.examples {
            if let Some(found) = misread(engine, replies, answer.id.get_ref(), example.get_ref()) {
                let message = format!("this example is read as `{found}`");
                reader.wrong(
                    place,
                    example,
                    message,
                    "mend the line or the edition, or put the more exact entry first",
                );
            }
        }
    }
}

/// As what an example is read instead.
fn misread(engine: &Engine<'_>, replies: &Replies, id: &str, example: &Example) -> Option<String> {
    let (found, expected) = if let Some(edition) = &example.edition {
        let edition = Edition::from_id(edition)?;
        (
            engine
                .judge(edition, example.text.as_bytes())
                .map_or_else(|| "nothing".to_owned(), |reply| reply.id.clone()),
            id,
        )
    } else {
        let read = replies.read(example.text.as_bytes(), engine.masker()).unwrap_or_default();
        let words: Vec<&str> = read.says.iter().chain(&read.deleted).map(|e| e.text.as_str()).collect();
        (words.join("\n"), example.said.trim())
    };
    (found != expected).then_some(found)
}
