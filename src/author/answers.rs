//! `content/answers.toml` → [`Replies`], and their examples run as tests.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::markdown::nearest::did_you_mean;
use super::reader::{Place, Reader};
use super::signatures::{RawMatcher, matcher};
use crate::engine::Engine;
use crate::engine::answer::{About, Replies, Reply};
use crate::engine::catalogue::Catalogue;
use crate::engine::fact::FactKey;
use crate::engine::sql::Edition;
use crate::engine::tree::{Node, Subject};

/// The file.
const FILE: &str = "answers.toml";

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
    text: String,
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
        text: raw.text,
        tells: raw.tells.into_iter().map(|(key, value)| (key.into_inner(), value.into_inner())).collect(),
        lists: raw.lists,
        matchers: raw.lines.iter().filter_map(|line| matcher(reader, place, line)).collect(),
    }
}

/// All that is told leads on in the tree: to an answer of a question, or to a value that a node looks for.
pub(super) fn check(catalogue: &Catalogue, reader: &mut Reader<'_>) {
    let Some((place, raw)) = reader.toml_file::<Answers>(FILE) else { return };
    let tree = &catalogue.tree;
    for answer in &raw.answer {
        for (key, value) in &answer.tells {
            let fact = FactKey::from_id(key.get_ref()).map(Subject::Fact);
            // What a server says may be that all is well, which no branch is for.
            let looks = |value: &str| {
                let leads = |node: &&Node| {
                    matches!(answer.about, RawAbout::Server) || node.target(Some(value)) != node.otherwise.as_ref()
                };
                tree.nodes.iter().filter(|node| Some(&node.on) == fact.as_ref()).any(|node| leads(&node))
            };
            if !tree.knows(key.get_ref(), value.get_ref()) && !looks(value.get_ref()) {
                let known = tree.questions.iter().map(|question| question.id.as_str());
                let message = format!("`{}` = `{}` leads nowhere in the tree", key.get_ref(), value.get_ref());
                reader.wrong(place, key, message, did_you_mean(key.get_ref(), known));
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
        let read = replies.read(example.text.as_bytes()).unwrap_or_default();
        let words: Vec<&str> = read.says.iter().chain(&read.deleted).map(|e| e.text.as_str()).collect();
        (words.join("\n"), example.said.trim())
    };
    (found != expected).then_some(found)
}
