//! What the server says, beside what the log says; and below each SQL text a small box that tells from what it printed whether it worked.

use leptos::prelude::*;

use super::blocks::folded;
use super::evidence::line_number;
use super::names::uncorrected;
use crate::engine::answer::Judgement;
use crate::engine::diagnose::Evidence;
use crate::engine::sql::Edition;
use crate::ui::element::{Event, el};
use crate::ui::state::{Session, use_session};
use crate::ui::words;

/// Everything the server said so far.
pub(super) fn server_answer() -> Option<AnyView> {
    let session = use_session();
    let known = session.known()?;
    let answer = known.answer.as_ref()?;
    let may_delete = session.advice().is_some_and(|advice| advice.reachable.contains(&OPTION_A));
    let section = el("section")
        .class("server")
        .attr("aria-labelledby", "server-title")
        .child(el("h3").attr("id", "server-title").attr("tabindex", "-1").text(words::SERVER_SAYS))
        .live(elsewhere)
        .child(lines(&answer.says));
    let deleted = (!answer.deleted.is_empty()).then(|| {
        let folded = folded(words::WOULD_DELETE).child(lines(&answer.deleted));
        // Where the way is closed it is only there for who looks for it.
        if may_delete { folded.attr("open", "").into() } else { folded.into() }
    });
    Some(section.children(deleted).into())
}

/// The way out that deletes what the server lists.
const OPTION_A: &str = "option-a";

fn lines(lines: &[Evidence]) -> AnyView {
    let items = lines.iter().map(|line| el("li").child(line_number(line.line)).text(line.text.as_str()).into());
    el("ul").attr("role", "list").class("server__list").children(items).into()
}

/// Said loudly: the server answered for another database than the one the SQL on this page is for, or the log names.
fn elsewhere() -> Option<AnyView> {
    let session = use_session();
    let differs = session.is_elsewhere(session.known()?.answer.as_ref()?);
    differs.then(|| el("p").class("warning").attr("role", "alert").text(words::SERVER_ELSEWHERE).into())
}

/// The box below a text: what it printed goes in, and one line comes out.
pub(super) fn printed_box(edition: Edition) -> AnyView {
    let session = use_session();
    let area = uncorrected(el("textarea"))
        .attr("rows", "2")
        .attr("aria-label", words::PRINTED)
        .on("paste", move |event: Event| takes::printed(session, edition, &event, true))
        .on("input", move |event: Event| takes::printed(session, edition, &event, false));
    folded(words::PRINTED)
        .class("printed")
        .child(area)
        .child(el("div").attr("role", "status").live(move || judged(session, edition)))
        .into()
}

/// Worked, failed with where to go on, or not recognised.
fn judged(session: Session, edition: Edition) -> Option<AnyView> {
    let judged = session.judged.with(|all| all.get(edition.id()).cloned())?;
    let (class, verdict) = match &judged {
        Some(Judgement { worked: true, .. }) => ("right", words::WORKED),
        Some(_) => ("warning", words::FAILED),
        None => ("note", words::NOT_RECOGNISED),
    };
    let says = judged.as_ref().map(|judged| judged.says.as_str()).unwrap_or_default();
    let words = el("p").class(class).child(el("strong").text(verdict)).text(" ").prose(says);
    // The reader stays here, so what must stop them is said here too.
    Some(
        el("div").live(elsewhere).child(words).children(judged.and_then(|judged| go_on(session, judged.go_on?))).into(),
    )
}

/// A button that gives the answer a failure is, and says where that leads.
fn go_on(session: Session, go: (String, String)) -> Option<AnyView> {
    let to = untrack(|| session.leads_to(&go))?;
    let follow = move |_| {
        session.answer(&go.0, &go.1);
        #[cfg(target_arch = "wasm32")]
        crate::ui::browser::focus_soon(session.next_heading(super::question::RESULT));
    };
    let button = el("button").attr("type", "button").class("button").on("click", follow);
    Some(el("p").child(button.text(words::GO_ON).text(" ").text(to)).into())
}

#[cfg(target_arch = "wasm32")]
use crate::ui::intake as takes;

/// While a page is prerendered nobody pastes.
#[cfg(not(target_arch = "wasm32"))]
mod takes {
    use super::{Edition, Event, Session};

    pub(super) fn printed(_: Session, _: Edition, _: &Event, _: bool) {}
}
