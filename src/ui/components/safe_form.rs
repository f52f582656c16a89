//! Option A's safe SQL for a reader who comes without a log: behind the same two answers as in the tree.

use leptos::prelude::*;

use super::ask_somebody::ask_somebody;
use super::blocks::folded;
use super::question::question_form;
use super::sql_block::sql_block;
use super::step::{Plan, needed_to_delete};
use crate::embedded;
use crate::engine::later::Later;
use crate::engine::sql::Edition;
use crate::ui::element::{El, el};
use crate::ui::later::with_later;
use crate::ui::state::{Session, use_session};
use crate::ui::words;

/// What must have been answered, and how, before SQL that deletes data is shown.
const GATES: [(&str, &[&str]); 2] = [("data", &["disposable", "backed-up"]), ("right-database", &["confirmed"])];

/// The way out whose SQL this is.
const OPTION_A: &str = "option-a";

/// The first gate still closed, then the SQL.
pub(super) fn safe_form() -> AnyView {
    let session = use_session();
    let body = move || {
        Some(match closed_gate(session) {
            None => with_later(move |later| ticked_first(session, later)),
            Some(gate) => gate_view(session, gate),
        })
    };
    el("section")
        .class("safe-form")
        .attr("id", "safe-form")
        .attr("aria-labelledby", "safe-form-title")
        .child(el("h4").attr("id", "safe-form-title").attr("tabindex", "-1").text(words::SAFE_FORM))
        .child(el("p").class("quiet").text(words::SAFE_FORM_WHY))
        .live(body)
        .child(ask_somebody())
        .into()
}

/// The ticks of Option A's own plan, then the SQL.
fn ticked_first(session: Session, later: &'static Later) -> AnyView {
    let plan = embedded::catalogue().outcome(OPTION_A).map(|way| Plan { way, groups: later.steps(OPTION_A) });
    let Some((plan, (step, ticks))) = plan.and_then(|plan| Some((plan, needed_to_delete(plan)?))) else {
        return ().into_any();
    };
    let locked = Memo::new(move |_| plan.locked(session, step));
    let sql = move || {
        let open = !locked.get();
        open.then(|| el("div").child(sql_block(Edition::OptionA, words::PSQL)).child(original()).into())
    };
    el("div").child(ticks).live(sql).into()
}

/// The source's own block, behind the same answers.
fn original() -> El {
    folded(words::ORIGINAL)
        .child(el("p").class("warning").text(words::ORIGINAL_RISK))
        .child(sql_block(Edition::AsWritten, words::PSQL))
}

fn closed_gate(session: Session) -> Option<&'static str> {
    let open = |(question, wanted): &(&str, &[&str])| {
        session.answers.with(|a| a.get(*question).is_some_and(|given| wanted.contains(&given.as_str())))
    };
    GATES.iter().find(|gate| !open(gate)).map(|(question, _)| *question)
}

fn gate_view(session: Session, gate: &str) -> AnyView {
    let kept = session.answers.with(|a| a.contains_key(gate));
    let question = embedded::catalogue().tree.question(gate);
    el("div")
        .children(kept.then(|| el("p").class("warning").text(words::KEEP_IT).into()))
        .children(question.map(|question| question_form(question, "safe")))
        .into()
}
