//! Where the log goes in: paste, button, file or drop. What is pasted never enters the page's document.

use leptos::prelude::*;

use super::names::uncorrected;
use super::triggers::triggers;
use crate::ui::element::{Event, el, noscript};
use crate::ui::state::{Reading, Session, use_session};
use crate::ui::words;

/// The box, the ways into it, and how far reading has come.
pub fn paste_box() -> AnyView {
    let session = use_session();
    let done = move || matches!(session.reading.get(), Reading::Done(_));
    let area = uncorrected(el("textarea"))
        .attr("id", "log")
        .attr_live("rows", move || Some(if done() { "2" } else { "6" }.to_owned()))
        .attr_live("placeholder", move || Some(if done() { words::ANOTHER } else { words::BOX_HINT }.to_owned()))
        .on("paste", move |event| takes::paste(session, &event))
        .on("input", move |event| takes::input(session, &event));
    let file = el("input").attr("type", "file").class("hidden").on("change", move |event| takes::file(session, &event));
    let ways = el("p")
        .class("paste__ways")
        .child(
            el("button")
                .attr("type", "button")
                .class("button button--main")
                .on("click", move |_| takes::clipboard(session))
                .text(words::PASTE),
        )
        .child(el("label").class("button").text(words::CHOOSE_FILE).child(file));
    el("section")
        .attr_live("class", move || Some(if done() { "paste paste--done" } else { "paste" }.to_owned()))
        .on("dragover", |event: Event| event.prevent_default())
        .on("drop", move |event| takes::drop(session, &event))
        .child(el("h1").text(words::ASK))
        .child(el("p").class("paste__promise").text(words::PROMISE))
        .child(noscript("note", words::NO_SCRIPT))
        .child(el("label").class("hidden").attr("for", "log").text(words::BOX_LABEL))
        .child(area)
        .child(ways)
        .child(el("p").attr("role", "status").class("paste__status").text_live(move || status(session)))
        .child(el("p").class("quiet").text(words::QUIET))
        .live(move || (!done()).then(|| triggers(words::CANNOT_COPY)))
        .into()
}

fn status(session: Session) -> String {
    match session.reading.get() {
        Reading::Notice(text) => text.to_owned(),
        Reading::Working(percent) => format!("{} … {percent} %", words::READING),
        Reading::Nothing | Reading::Done(_) => String::new(),
    }
}

#[cfg(feature = "hydrate")]
use crate::ui::intake as takes;

/// While a page is prerendered nobody pastes.
#[cfg(not(feature = "hydrate"))]
mod takes {
    use super::{Event, Session};

    pub(super) fn paste(_: Session, _: &Event) {}
    pub(super) fn input(_: Session, _: &Event) {}
    pub(super) fn file(_: Session, _: &Event) {}
    pub(super) fn drop(_: Session, _: &Event) {}
    pub(super) fn clipboard(_: Session) {}
}
