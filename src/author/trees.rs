//! `content/trees/render-database-recovery.toml` → [`Tree`].

use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

use super::markdown::nearest::did_you_mean;
use super::reader::{Place, Reader};
use crate::engine::fact::FactKey;
use crate::engine::tree::{Answer, Branch, Node, Question, Subject, Target, Tree};

/// Marks an outcome where a branch leads: `to = "outcome:stamp"`.
const OUTCOME: &str = "outcome:";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTree {
    start: String,
    question: Vec<RawQuestion>,
    node: Vec<RawNode>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawQuestion {
    id: String,
    text: String,
    why: String,
    find_out: String,
    assumed: Option<Spanned<String>>,
    answer: Vec<RawAnswer>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawAnswer {
    id: String,
    text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawNode {
    id: Spanned<String>,
    fact: Option<Spanned<String>>,
    ask: Option<Spanned<String>>,
    to: BTreeMap<Spanned<String>, Spanned<String>>,
    otherwise: Option<Spanned<String>>,
}

/// The decision tree; an unreadable one is empty and a problem.
pub(super) fn read(reader: &mut Reader<'_>) -> Tree {
    let Some((place, raw)) = reader.toml_file::<RawTree>("trees/render-database-recovery.toml") else {
        return Tree { start: String::new(), nodes: Vec::new(), questions: Vec::new() };
    };
    let questions: Vec<Question> = raw.question.into_iter().map(|q| question(reader, place, q)).collect();
    let nodes = raw.node.into_iter().filter_map(|n| node(reader, place, n, &questions)).collect();
    Tree { start: raw.start, nodes, questions }
}

fn question(reader: &mut Reader<'_>, place: Place<'_>, raw: RawQuestion) -> Question {
    let answers: Vec<Answer> = raw.answer.into_iter().map(|a| Answer { id: a.id, text: a.text }).collect();
    if let Some(assumed) = &raw.assumed
        && answers.iter().all(|a| a.id != *assumed.get_ref())
    {
        let known = answers.iter().map(|a| a.id.as_str());
        reader.wrong(
            place,
            assumed,
            "the assumed answer is none of the answers",
            did_you_mean(assumed.get_ref(), known),
        );
    }
    let assumed = raw.assumed.map(Spanned::into_inner);
    Question { id: raw.id, text: raw.text, why: raw.why, find_out: raw.find_out, answers, assumed }
}

fn node(reader: &mut Reader<'_>, place: Place<'_>, raw: RawNode, questions: &[Question]) -> Option<Node> {
    let on = subject(reader, place, &raw, questions)?;
    if let Subject::Question(id) = &on {
        every_answer_leads_on(reader, place, &raw, questions.iter().find(|q| q.id == *id)?);
    } else if raw.otherwise.is_none() {
        reader.wrong(place, &raw.id, "a fact may have another value or none", "add `otherwise`");
    }
    let branches =
        raw.to.into_iter().map(|(value, to)| Branch { value: value.into_inner(), to: target(&to) }).collect();
    Some(Node { id: raw.id.into_inner(), on, branches, otherwise: raw.otherwise.as_ref().map(target) })
}

fn subject(reader: &mut Reader<'_>, place: Place<'_>, raw: &RawNode, questions: &[Question]) -> Option<Subject> {
    match (&raw.fact, &raw.ask) {
        (Some(fact), None) => {
            let key = FactKey::from_id(fact.get_ref());
            if key.is_none() {
                let known = FactKey::ALL.iter().map(|key| key.id());
                reader.wrong(place, fact, "there is no such fact", did_you_mean(fact.get_ref(), known));
            }
            key.map(Subject::Fact)
        }
        (None, Some(ask)) => {
            let known = questions.iter().any(|q| q.id == *ask.get_ref());
            if !known {
                let ids = questions.iter().map(|q| q.id.as_str());
                reader.wrong(place, ask, "there is no such question", did_you_mean(ask.get_ref(), ids));
            }
            known.then(|| Subject::Question(ask.get_ref().clone()))
        }
        _ => {
            reader.wrong(
                place,
                &raw.id,
                "a node looks at one fact or asks one question",
                "give either `fact` or `ask`",
            );
            None
        }
    }
}

fn every_answer_leads_on(reader: &mut Reader<'_>, place: Place<'_>, raw: &RawNode, question: &Question) {
    for answer in &question.answers {
        if raw.to.keys().all(|value| *value.get_ref() != answer.id) {
            reader.wrong(place, &raw.id, format!("the answer `{}` leads nowhere", answer.id), "add it to `to`");
        }
    }
    for value in raw.to.keys() {
        if question.answers.iter().all(|a| a.id != *value.get_ref()) {
            let known = question.answers.iter().map(|a| a.id.as_str());
            reader.wrong(place, value, "this is none of the answers", did_you_mean(value.get_ref(), known));
        }
    }
}

fn target(to: &Spanned<String>) -> Target {
    match to.get_ref().strip_prefix(OUTCOME) {
        Some(outcome) => Target::Outcome(outcome.to_owned()),
        None => Target::Node(to.get_ref().clone()),
    }
}
