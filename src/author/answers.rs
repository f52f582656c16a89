//! `content/answers.toml` → [`Reply`]s, and their examples run as tests.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::markdown::nearest::did_you_mean;
use super::reader::{Place, Reader};
use super::signatures::{RawMatcher, matcher};
use crate::engine::Engine;
use crate::engine::answer::Reply;
use crate::engine::catalogue::Catalogue;
use crate::engine::fact::FactKey;
use crate::engine::sql::Edition;
use crate::engine::tree::Subject;

/// The file.
const FILE: &str = "answers.toml";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Answers {
    answer: Vec<RawAnswer>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawAnswer {
    id: Spanned<String>,
    #[serde(default)]
    editions: Vec<Spanned<String>>,
    worked: bool,
    text: String,
    #[serde(default)]
    go: BTreeMap<Spanned<String>, Spanned<String>>,
    #[serde(default, rename = "line")]
    lines: Vec<RawMatcher>,
    #[serde(default, rename = "example")]
    examples: Vec<Spanned<Example>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Example {
    edition: String,
    text: String,
}

/// All replies, in the order of the file.
pub(super) fn read(reader: &mut Reader<'_>) -> Vec<Reply> {
    let Some((place, raw)) = reader.toml_file::<Answers>(FILE) else { return Vec::new() };
    raw.answer.into_iter().map(|answer| reply(reader, place, answer)).collect()
}

fn reply(reader: &mut Reader<'_>, place: Place<'_>, raw: RawAnswer) -> Reply {
    for edition in &raw.editions {
        if Edition::from_id(edition.get_ref()).is_none() {
            let known = Edition::ALL.iter().map(|edition| edition.id());
            reader.wrong(place, edition, "there is no such text", did_you_mean(edition.get_ref(), known));
        }
    }
    if raw.lines.is_empty() != raw.examples.is_empty() {
        reader.wrong(place, &raw.id, "it has lines without an example, or the other way round", "add an [[answer.example]]");
    }
    Reply {
        id: raw.id.into_inner(),
        editions: raw.editions.into_iter().map(Spanned::into_inner).collect(),
        worked: raw.worked,
        text: raw.text,
        go: raw.go.into_iter().next().map(|(key, value)| (key.into_inner(), value.into_inner())),
        matchers: raw.lines.iter().filter_map(|line| matcher(reader, place, line)).collect(),
    }
}

/// Every `go` leads on in the tree: to an answer of a question, or to a value that a node looks for.
pub(super) fn check(catalogue: &Catalogue, reader: &mut Reader<'_>) {
    let Some((place, raw)) = reader.toml_file::<Answers>(FILE) else { return };
    let tree = &catalogue.tree;
    for answer in &raw.answer {
        for (key, value) in &answer.go {
            let fact = FactKey::from_id(key.get_ref()).map(Subject::Fact);
            let looks = |value: &str| {
                tree.nodes.iter().any(|n| Some(&n.on) == fact.as_ref() && n.branches.iter().any(|b| b.value == value))
            };
            if !tree.knows(key.get_ref(), value.get_ref()) && !looks(value.get_ref()) {
                let known = tree.questions.iter().map(|question| question.id.as_str());
                let message = format!("`{}` = `{}` leads nowhere in the tree", key.get_ref(), value.get_ref());
                reader.wrong(place, key, message, did_you_mean(key.get_ref(), known));
            }
        }
    }
}

/// Every example must be decided by its own entry.
pub(super) fn run(engine: &Engine<'_>, reader: &mut Reader<'_>) {
    let Some((place, raw)) = reader.toml_file::<Answers>(FILE) else { return };
    for answer in &raw.answer {
        for example in &answer.examples {
            let Example { edition, text } = example.get_ref();
            let decided = Edition::from_id(edition).and_then(|edition| engine.judge(edition, text.as_bytes()).reply);
            if decided.as_ref() != Some(answer.id.get_ref()) {
                let decided = decided.unwrap_or_else(|| "nothing".to_owned());
                let message = format!("this example is decided by `{decided}`");
                reader.wrong(place, example, message, "mend the line or the edition, or put the more exact entry first");
            }
        }
    }
}
