//! What happened and what to do, in the order a frightened reader needs it: calm, cause, proof, warnings, ways, question.

use leptos::prelude::*;

use super::evidence::{evidence, line_number};
use super::outcome::outcome;
use super::question::{RESULT, question_form};
use super::trail::trail;
use super::triggers::triggers;
use super::ways_out::ways_out;
use crate::embedded;
use crate::engine::Advice;
use crate::engine::diagnose::{Diagnosis, Warning};
use crate::engine::tree::{End, Question};
use crate::ui::element::el;
use crate::ui::state::use_session;
use crate::ui::words;

/// The whole result; nothing until something was read.
pub fn result() -> AnyView {
    let session = use_session();
    el("div")
        .class("result-region")
        .attr("aria-live", "polite")
        .live(move || session.diagnosis().map(|diagnosis| found(&diagnosis)))
        .into()
}

fn found(diagnosis: &Diagnosis) -> AnyView {
    let words_of = embedded::catalogue().situation(diagnosis.situation);
    let calm = words_of.is_some_and(|w| w.calm).then(|| {
        el("p").class("calm").text(words::CALM).child(el("small").class("quiet").text(words::CALM_SOURCE)).into()
    });
    let title = el("h2")
        .attr("id", "result-title")
        .attr("tabindex", "-1")
        .child(el("span").class("result__kicker").text(words::HAPPENED))
        .text(diagnosis.headline.clone());
    el("article")
        .class("result")
        .children(calm)
        .child(title)
        .children(words_of.map(|w| el("p").text(&w.meaning).into()))
        .child(evidence(&diagnosis.evidence))
        .children(diagnosis.warnings.iter().map(warning))
        .child(next_step())
        .child(el("p").class("quiet").text(words::UNCHANGED))
        .child(triggers(words::NOT_THIS))
        .into()
}

fn warning(warning: &Warning) -> AnyView {
    el("p").class("warning").attr("role", "note").child(line_number(warning.line)).text(&warning.text).into()
}

/// The ways out, what decided, and the one question or the way out reached.
fn next_step() -> AnyView {
    let session = use_session();
    el("div")
        .live(move || session.advice().map(|advice| ways_out(&advice)))
        .live(move || session.advice().and_then(|advice| trail(&advice)))
        .live(move || {
            let advice = session.advice()?;
            match asked(&advice, session.asking.get()) {
                Some(question) => Some(question_form(question, RESULT)),
                None => embedded::engine().outcome(&advice).map(outcome),
            }
        })
        .into()
}

/// The question the reader wants to answer again, else the one the walk stands at.
fn asked(advice: &Advice<'static>, again: Option<String>) -> Option<&'static Question> {
    again.and_then(|id| embedded::catalogue().tree.question(&id)).or(match advice.walk.end {
        End::Question(question) => Some(question),
        End::Outcome(_) => None,
    })
}
