//! What stands before SQL that holds lines that delete: the same two answers as in the tree; and if it does delete, the ticks of Option
//! A's own plan as well. Until then none of it is in the document.

use leptos::prelude::*;

use super::ask_somebody::ask_somebody;
use super::contradiction::{contradiction_form, disagreement};
use super::question::question_form;
use super::set_aside::set_aside_here;
use super::step::{Plan, needed_to_delete};
use super::ways_out::why_never;
use crate::embedded;
use crate::engine::gate::{GATES, opens};
use crate::engine::later::Later;
use crate::engine::risk::Risk;
use crate::engine::sql::Edition;
use crate::ui::element::{El, el};
use crate::ui::later::with_later;
use crate::ui::state::{Session, use_session};
use crate::ui::words;

/// The gates behind these: one database is meant, and a name that speaks of production was asked about.
const DISAGREEMENT: &str = "disagreement";
const CONTRADICTION: &str = "contradiction";

/// The way out whose plan says what must be ticked.
const OPTION_A: &str = "option-a";

/// What shows the text.
type Show = fn(Edition) -> AnyView;

/// The first gate still closed, then the text, and somebody to ask. `prefix` distinguishes the forms of two such places; the heading
/// above has the id `<prefix>-form-title`.
pub(super) fn gated(prefix: &'static str, edition: Edition, show: Show) -> El {
    let session = use_session();
    // What is open stays as it is while names are typed.
    let closed = Memo::new(move |_| closed_gate(session).unwrap_or_default());
    let body = move || {
        Some(match closed.get() {
            "" if edition.risk() == Risk::Destructive => {
                with_later(move |later| ticked_first(session, later, edition, show))
            }
            "" => show(edition),
            DISAGREEMENT => disagreement(session, prefix, Session::databases),
            CONTRADICTION => contradiction_form(session, prefix),
            gate => gate_view(session, gate, prefix),
        })
    };
    el("div").live(move || advised_against(session)).live(set_aside_here).live(body).child(ask_somebody())
}

/// Word that deleting would not mend what the log shows, where one was read.
fn advised_against(session: Session) -> Option<AnyView> {
    let why = why_never(embedded::catalogue().outcome(OPTION_A)?, &*session.known()?)?;
    Some(el("p").class("warning").attr("role", "note").text(words::LOG_AGAINST).text(" ").text(why).into())
}

/// The ticks, then the text.
fn ticked_first(session: Session, later: &'static Later, edition: Edition, show: Show) -> AnyView {
    let plan = embedded::catalogue().outcome(OPTION_A).map(|way| Plan { way, groups: later.steps(OPTION_A) });
    let Some((plan, (step, ticks))) = plan.and_then(|plan| Some((plan, needed_to_delete(plan)?))) else {
        return ().into_any();
    };
    let locked = Memo::new(move |_| plan.locked(session, step));
    el("div").child(ticks).live(move || (!locked.get()).then(|| show(edition))).into()
}

fn closed_gate(session: Session) -> Option<&'static str> {
    let opened = |question: &str| session.answers.with(|a| a.get(question).is_some_and(|given| opens(question, given)));
    let closed = GATES.iter().map(|gate| gate.question).find(|question| !opened(question));
    closed
        .or_else(|| session.databases().map(|_| DISAGREEMENT))
        .or_else(|| session.contradiction().map(|_| CONTRADICTION))
}

fn gate_view(session: Session, gate: &'static str, prefix: &'static str) -> AnyView {
    let kept = move || session.answers.with(|a| a.contains_key(gate));
    let question = embedded::catalogue().tree.question(gate);
    el("div")
        .live(move || kept().then(|| el("p").class("warning").text(words::KEEP_IT).into()))
        .children(question.map(|question| question_form(question, prefix)))
        .into()
}
