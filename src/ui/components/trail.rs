//! What decided so far; every answer can be changed, and the others stay.

use leptos::prelude::*;

use crate::embedded;
use crate::engine::advice::Advice;
use crate::engine::tree::{Question, Step, Subject};
use crate::ui::element::{El, el};
use crate::ui::state::{RIGHT_DATABASE, Session, use_session};
use crate::ui::words;

/// The answers given and taken as given; nothing while there are none.
pub(super) fn trail(advice: &Advice<'static>) -> Option<AnyView> {
    let steps: Vec<AnyView> = advice.walk.trail.iter().filter_map(answered).flatten().map(AnyView::from).collect();
    let title = el("h3").text(words::ANSWERED);
    (!steps.is_empty()).then(|| el("section").class("trail").child(title).child(el("dl").children(steps)).into())
}

fn answered(step: &Step<'static>) -> Option<[El; 2]> {
    let Subject::Question(id) = &step.node.on else { return None };
    let question = embedded::catalogue().tree.question(id)?;
    let answer = question.answers.iter().find(|a| Some(&a.id) == step.value.as_ref())?;
    let session = use_session();
    let whose = if step.answered { words::YOU_SAID } else { words::ASSUMED };
    let change = el("button")
        .attr("type", "button")
        .class("link")
        .attr("aria-label", format!("{}: {}", words::CHANGE, question.text))
        .on("click", move |_| ask_again(session, question))
        .text(words::CHANGE);
    let name = (question.id == RIGHT_DATABASE).then(|| session.names.with_untracked(|names| names.confirmed.clone()));
    let name = name.filter(|name| !name.is_empty()).map(|name| el("code").text(name).into());
    let said = el("dd")
        .child(el("span").class("quiet").text(format!("{whose}: ")))
        .text(format!("{} ", answer.text))
        .children(name)
        .text(" ")
        .child(change);
    Some([el("dt").text(&question.text), said])
}

fn ask_again(session: Session, question: &Question) {
    session.asking.set(Some(question.id.clone()));
    #[cfg(feature = "hydrate")]
    crate::ui::browser::focus_soon(session.next_heading(super::question::RESULT));
}
