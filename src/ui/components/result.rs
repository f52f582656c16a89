//! What happened and what to do, in the order a frightened reader needs it: calm, cause, proof, warnings, ways, question.

use leptos::prelude::*;

use super::ask_somebody::ask_somebody;
use super::blocks::folded;
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
use crate::engine::advice::Advice;
use crate::engine::diagnose::{Diagnosis, Warning};
use crate::engine::page::OutcomePage;
use crate::engine::situation::Situation;
use crate::engine::tree::{End, Question};
use crate::ui::element::el;
use crate::ui::state::{Known, Session, use_session};
use crate::ui::words;

/// The whole result; nothing until something is known.
pub fn result() -> AnyView {
    let session = use_session();
    el("div")
        .class("result-region")
        .attr("aria-live", "polite")
        .live(move || session.known().map(|known| found(&known)))
        .into()
}

fn found(known: &Known) -> AnyView {
    let diagnosis = &known.diagnosis;
    let words_of = embedded::catalogue().situation(diagnosis.situation);
    let title = el("h2")
        .attr("id", "result-title")
        .attr("tabindex", "-1")
        .child(el("span").class("result__kicker").text(words::HAPPENED))
        .text(diagnosis.headline.clone());
    el("article")
        .class("result")
        .children(words_of.is_some_and(|w| w.calm).then(calm))
        .child(title)
        .children(words_of.map(|w| el("p").prose(&w.meaning).into()))
        .child(evidence(&diagnosis.evidence))
        .children(more(diagnosis))
        .children(also(diagnosis))
        .children(diagnosis.warnings.iter().map(warning))
        .children(server_answer(known))
        .child(next_step())
        .child(el("p").class("quiet").text(words::UNCHANGED))
        .children(sample(known))
        .child(handover())
        .child(ask_somebody())
        .child(elsewhere())
        .child(triggers(words::NOT_THIS))
        .into()
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
    let words = |id: &Situation| embedded::catalogue().situation(*id);
    let others: Vec<AnyView> = diagnosis
        .candidates
        .iter()
        .filter(|id| **id != diagnosis.situation)
        .filter_map(words)
        .map(|other| {
            let title = el("strong").text(&other.title);
            el("li").child(title).text(" ").text(words::CONFIRM).text(" ").prose(&other.confirm).into()
        })
        .collect();
    (!others.is_empty()).then(|| folded(words::ALSO).child(el("ul").children(others)).into())
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
    el("div")
        .live(move || Some(ways_out(&*session.known()?, &session.advice()?)))
        .live(move || session.advice().and_then(|advice| trail(&advice)))
        .live(move || {
            let advice = session.advice()?;
            if let Some(plan) = recovered_after(session) {
                return Some(recovered(plan));
            }
            match asked(&advice, session.asking.get()) {
                Some(question) => Some(question_form(question, RESULT)),
                None => Some(outcome(embedded::catalogue().reached(&advice)?, &*session.known()?)),
            }
        })
        .into()
}

/// The way out after whose plan the deploy works again.
fn recovered_after(session: Session) -> Option<&'static OutcomePage> {
    session.known().filter(|known| known.diagnosis.situation == Situation::Healthy)?;
    session.journal.with(|journal| embedded::catalogue().outcome(journal.recovered()?))
}

/// The question the reader wants to answer again, else the one the walk stands at.
fn asked(advice: &Advice<'static>, again: Option<String>) -> Option<&'static Question> {
    again.and_then(|id| embedded::catalogue().tree.question(&id)).or(match advice.walk.end {
        End::Question(question) => Some(question),
        End::Outcome(_) => None,
    })
}
