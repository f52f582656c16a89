//! What happened and what to do, in the order a frightened reader needs it: calm, cause, proof, warnings, ways, question.

use leptos::prelude::*;

use super::ask_somebody::ask_somebody;
use super::blocks::folded;
use super::contradiction::{contradiction_form, disagreement};
use super::elsewhere::elsewhere;
use super::evidence::{evidence, line_number};
use super::handover::handover;
use super::outcome::outcome;
use super::plan::recovered;
use super::question::{RESULT, question_form};
use super::sample::sample;
use super::server_answer::server_answer;
use super::trail::trail;
use super::triggers::triggers;
use super::ways_out::ways_out;
use crate::embedded;
use crate::engine::diagnose::{Diagnosis, Warning};
use crate::engine::effect::Effect;
use crate::engine::later::Later;
use crate::engine::situation::Situation;
use crate::ui::element::el;
use crate::ui::later::use_later;
use crate::ui::state::{Known, Session, Standing, use_session};
use crate::ui::words;

/// The whole result; nothing until something is known. It is made anew for another log alone: what a server adds must not move a
/// reader away from the step where they pasted it.
pub fn result() -> AnyView {
    let session = use_session();
    let log = Memo::new(move |_| session.known().map_or(0, |known| known.log));
    let is_over = Memo::new(move |_| session.recovered().is_some());
    let body = move || {
        log.get();
        let known = session.known_untracked()?;
        Some(if is_over.get() { over(&known) } else { found(&known) })
    };
    el("div").class("result-region").attr("aria-live", "polite").live(body).into()
}

fn found(known: &Known) -> AnyView {
    let diagnosis = &known.diagnosis;
    let calms = embedded::catalogue().situation(diagnosis.situation).is_some_and(|words| words.calm);
    el("article")
        .class("result")
        .children(calms.then(calm))
        .children(happened(diagnosis))
        .children(more(diagnosis))
        .children(also(diagnosis))
        .children(diagnosis.warnings.iter().map(warning))
        .live(server_answer)
        .child(next_step())
        .live(unchanged)
        .children(sample(known))
        .children(ends())
        .into()
}

/// The deploy works again: that comes first, and there is nothing to decide.
fn over(known: &Known) -> AnyView {
    let session = use_session();
    let diagnosis = &known.diagnosis;
    el("article")
        .class("result")
        .live(move || session.recovered().map(recovered))
        .children(happened(diagnosis))
        .children(diagnosis.warnings.iter().map(warning))
        .children(ends())
        .into()
}

/// What happened, what that means, and the lines that say so.
fn happened(diagnosis: &Diagnosis) -> [AnyView; 3] {
    let session = use_session();
    let meaning = embedded::catalogue().situation(diagnosis.situation).map(|words| words.meaning.as_str());
    let headline = move || session.known().map(|known| known.diagnosis.headline.clone()).unwrap_or_default();
    let title = el("h2")
        .attr("id", "result-title")
        .attr("tabindex", "-1")
        .child(el("span").class("result__kicker").text(words::HAPPENED))
        .text_live(headline);
    [title.into(), el("p").prose(meaning.unwrap_or_default()).into(), evidence(&diagnosis.evidence)]
}

/// What a reader may take along, and the ways to somebody or something else.
fn ends() -> [AnyView; 4] {
    [handover().into(), ask_somebody().into(), elsewhere().into(), triggers(words::NOT_THIS)]
}

/// Said only as long as it is true.
fn unchanged() -> Option<AnyView> {
    (use_session().effect() == Effect::Nothing).then(|| el("p").class("quiet").text(words::UNCHANGED).into())
}

/// What is known of the message that decided. It opens beside this page, which would be forgotten otherwise.
fn more(diagnosis: &Diagnosis) -> Option<AnyView> {
    let words = match diagnosis.situation {
        Situation::Unknown => return None,
        Situation::Healthy => words::MORE_LINE,
        _ => words::MORE_ERROR,
    };
    let address = format!("/errors/{}", diagnosis.signature.as_ref()?);
    Some(el("p").child(el("a").attr("href", address).attr("target", "_blank").text(words)).into())
}

/// What else the log could mean, and what would show it.
fn also(diagnosis: &Diagnosis) -> Option<AnyView> {
    let later = use_later();
    let words = |id: &Situation| embedded::catalogue().situation(*id);
    let others: Vec<AnyView> = diagnosis
        .candidates
        .iter()
        .filter(|id| **id != diagnosis.situation)
        .filter_map(words)
        .map(|other| {
            let item = el("li").child(el("strong").text(&other.title));
            item.live(move || confirm(later.get()?, other.id)).into()
        })
        .collect();
    (!others.is_empty()).then(|| folded(words::ALSO).child(el("ul").children(others)).into())
}

/// What would show that it is this situation.
fn confirm(later: &'static Later, situation: Situation) -> Option<AnyView> {
    let words = later.confirm(situation)?;
    Some(el("span").text(" ").text(words::CONFIRM).text(" ").prose(words).into())
}

fn calm() -> AnyView {
    let source = folded(words::CALM_SOURCE_LABEL).child(el("p").text(words::CALM_SOURCE));
    el("div").class("calm").child(el("p").text(words::CALM)).child(source).into()
}

fn warning(warning: &Warning) -> AnyView {
    let number = warning.line.map(|line| line_number(line).into());
    el("p").class("warning").attr("role", "note").children(number).prose(&warning.text).into()
}

/// The ways out, what decided, and the one question or the way out reached.
fn next_step() -> AnyView {
    let session = use_session();
    // What is reached stays as it is while only what is known of it grows.
    let key = Memo::new(move |_| session.standing().map_or("", Standing::key));
    let shown = move || {
        key.get();
        Some(match untrack(|| session.standing())? {
            Standing::Asked(question) => question_form(question, RESULT),
            Standing::Contradicted => contradiction_form(session, RESULT),
            Standing::Disagreeing => disagreement(session, RESULT, Session::disagreement),
            Standing::Reached(way) => outcome(way, &*session.known_untracked()?),
        })
    };
    el("div")
        .live(move || Some(ways_out(&*session.known()?, &session.advice()?)))
        .live(move || session.advice().and_then(|advice| trail(&advice)))
        .live(shown)
        .into()
}
