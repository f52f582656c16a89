//! `[[question]]` of a tree's file → [`Question`].

use std::collections::BTreeSet;

use serde::Deserialize;
use toml::Spanned;

use super::markdown::nearest::did_you_mean;
use super::reader::{Place, Reader};
use crate::engine::tree::{Answer, Question};

/// A question as it stands in the file. What is missing is said by [`question`], so that it hides nothing else.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawQuestion {
    pub(super) id: Spanned<String>,
    #[serde(default)]
    text: String,
    #[serde(default)]
    why: String,
    #[serde(default)]
    find_out: String,
    assumed: Option<Spanned<String>>,
    not_sure: Option<Spanned<String>>,
    #[serde(default)]
    answer: Vec<RawAnswer>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawAnswer {
    id: Spanned<String>,
    #[serde(default)]
    text: String,
}

/// Adds a question; what is wrong with it is noted.
pub(super) fn question(reader: &mut Reader<'_>, place: Place<'_>, raw: RawQuestion, questions: &mut Vec<Question>) {
    if questions.iter().any(|question| question.id == *raw.id.get_ref()) {
        let message = format!("there is another question `{}`", raw.id.get_ref());
        reader.wrong(place, &raw.id, message, "give one of the two another id");
        return;
    }
    all_is_said(reader, place, &raw);
    for (key, answer) in [("assumed", &raw.assumed), ("not_sure", &raw.not_sure)] {
        if let Some(answer) = answer {
            is_an_answer(reader, place, key, answer, &raw.answer);
        }
    }
    let answers = raw.answer.into_iter().map(|a| Answer { id: a.id.into_inner(), text: a.text }).collect();
    let id = raw.id.into_inner();
    let (assumed, not_sure) = (raw.assumed.map(Spanned::into_inner), raw.not_sure.map(Spanned::into_inner));
    questions.push(Question { id, text: raw.text, why: raw.why, find_out: raw.find_out, answers, assumed, not_sure });
}

/// A reader under pressure is told why it is asked and how to find out, and need not know.
fn all_is_said(reader: &mut Reader<'_>, place: Place<'_>, raw: &RawQuestion) {
    let id = raw.id.get_ref();
    let texts = [
        ("text", &raw.text, "the question itself, one sentence"),
        ("why", &raw.why, "why it is asked"),
        ("find_out", &raw.find_out, "a command or a place that tells"),
    ];
    for (key, _, what) in texts.iter().filter(|(_, text, _)| text.trim().is_empty()) {
        let message = format!("the question `{id}` has no `{key}`");
        reader.wrong(place, &raw.id, message, format!("add `{key} = \"…\"`: {what}"));
    }
    if raw.answer.len() < 2 {
        let message = format!("the question `{id}` leaves no choice");
        reader.wrong(place, &raw.id, message, "add at least two answers: `answer = [{ id = \"…\", text = \"…\" }, …]`");
    }
    // What is assumed is asked of nobody, so nobody has to be sure.
    if raw.not_sure.is_none() && raw.assumed.is_none() {
        let message = format!("the question `{id}` has no answer for a reader who is not sure");
        reader.wrong(place, &raw.id, message, "add one, and name it: `not_sure = \"…\"`");
    }
    let mut ids = BTreeSet::new();
    for answer in &raw.answer {
        if !ids.insert(answer.id.get_ref()) {
            let message = format!("`{id}` has another answer `{}`", answer.id.get_ref());
            reader.wrong(place, &answer.id, message, "give one of the two another id");
        }
        if answer.text.trim().is_empty() {
            let message = format!("the answer `{}` has no words", answer.id.get_ref());
            reader.wrong(place, &answer.id, message, "add `text = \"…\"`, a full sentence");
        }
    }
}

fn is_an_answer(reader: &mut Reader<'_>, place: Place<'_>, key: &str, named: &Spanned<String>, answers: &[RawAnswer]) {
    let known = answers.iter().map(|answer| answer.id.get_ref().as_str());
    if known.clone().all(|id| id != named.get_ref()) {
        let message = format!("`{}` is none of the answers", named.get_ref());
        reader.wrong(
            place,
            named,
            message,
            format!("{} Set `{key}` to an answer.", did_you_mean(named.get_ref(), known)),
        );
    }
}
