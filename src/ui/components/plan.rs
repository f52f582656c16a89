//! The steps of a way out, in order, to be ticked; where they end; and what is left when the deploy works again.

use leptos::prelude::*;

use super::step::{PREVENT, Plan, steps};
use crate::engine::journal::Journal;
use crate::engine::page::OutcomePage;
use crate::engine::plan::Group;
use crate::ui::element::{El, el};
use crate::ui::later::with_later;
use crate::ui::state::{Session, use_session};
use crate::ui::words;

/// All steps, and the end: the next log.
pub(super) fn plan(way: &'static OutcomePage) -> AnyView {
    with_later(move |later| {
        let plan = Plan { way, groups: later.steps(&way.id) };
        let groups = plan.groups.iter().map(|group| section(plan, group).into());
        el("div").children(groups).child(end(use_session())).into()
    })
}

fn section(plan: Plan, group: &'static Group) -> El {
    el("section").class("steps").child(el("h4").text(&group.title)).child(steps(plan, group))
}

/// Where the plan ends, and how to begin it anew.
fn end(session: Session) -> El {
    let next = el("button").attr("type", "button").class("button button--main").on("click", |_| to_the_box());
    let clear = el("button")
        .attr("type", "button")
        .class("button")
        .on("click", move |_| session.journal.set(Journal::default()))
        .text(words::CLEAR_ALL);
    el("section")
        .class("steps")
        .child(el("h4").text(words::NEXT_LOG))
        .child(el("p").text(words::NEXT_LOG_WHY))
        .child(el("p").class("quiet").text_live(move || session.notice.get()))
        .child(el("p").class("question__buttons").child(next.text(words::NEXT_LOG)).child(clear))
}

fn to_the_box() {
    #[cfg(target_arch = "wasm32")]
    crate::ui::browser::focus(super::paste_box::BOX);
}

/// The deploy works again: what keeps it so.
pub(super) fn recovered(way: &'static OutcomePage) -> AnyView {
    let title = el("h2").attr("id", "outcome-title").attr("tabindex", "-1").text(words::RECOVERED_NEXT);
    let prevent = with_later(move |later| {
        let plan = Plan { way, groups: later.steps(&way.id) };
        let group = plan.groups.iter().find(|group| group.id == PREVENT);
        el("div").children(group.map(|group| steps(plan, group).into())).into()
    });
    el("section")
        .class("outcome")
        .attr("aria-labelledby", "outcome-title")
        .child(title)
        .child(el("p").class("calm").text(words::RECOVERED_WHY))
        .child(prevent)
        .into()
}
