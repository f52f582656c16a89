//! Where the log goes in: paste, button, file or drop. What is pasted never enters the page's document.

use leptos::prelude::*;

use super::names::uncorrected;
use super::read_note::read_note;
use super::triggers::triggers;
use crate::ui::element::{El, el, noscript};
use crate::ui::state::{Reading, Session, use_session};
use crate::ui::words;

/// The id of the box: `src/early.js` and [`crate::ui::intake`] look for it.
pub(in crate::ui) const BOX: &str = "log";

/// The box, the ways into it, and how far reading has come. Once something is known it makes room.
pub fn paste_box() -> AnyView {
    let session = use_session();
    let done = move || matches!(session.reading.get(), Reading::Done(_));
    // A button made anew with every percent could not be pressed.
    let slow = Memo::new(move |_| slow(session));
    // Whether something stays in the box until the reader asks for it to be read.
    let typed = RwSignal::new(false);
    el("section")
        .attr_live("class", move || Some(if done() { "paste paste--done" } else { "paste" }.to_owned()))
        .child(el("h1").text_live(move || heading(session).to_owned()))
        .child(el("p").class("paste__promise").text(words::PROMISE))
        .child(noscript("note", words::NO_SCRIPT))
        .live(move || session.known().map(|known| read_note(&known.source)))
        .child(el("label").class("hidden").attr("for", BOX).text(words::BOX_LABEL))
        .child(area(session, typed))
        .child(ways(session, typed))
        .child(el("p").attr("role", "status").class("paste__status").text_live(move || status(session)))
        .live(move || slow.get().then(|| stop_button(session)))
        .live(move || (!done()).then(without_log))
        .into()
}

/// Nobody whose deploy works again is asked whether it failed.
fn heading(session: Session) -> &'static str {
    if session.recovered().is_some() { words::RECOVERED } else { words::ASK }
}

fn area(session: Session, typed: RwSignal<bool>) -> El {
    let done = move || matches!(session.reading.get(), Reading::Done(_));
    uncorrected(el("textarea"))
        .attr("id", BOX)
        .attr_live("rows", move || Some(if done() { "1" } else { "6" }.to_owned()))
        .attr_live("placeholder", move || Some(if done() { words::ANOTHER } else { words::BOX_HINT }.to_owned()))
        .on("input", move |event| takes::input(session, &event, typed))
        .on("keydown", move |event| takes::key(session, &event, typed))
}

fn ways(session: Session, typed: RwSignal<bool>) -> El {
    let holds = Memo::new(move |_| typed.get());
    let read = move || {
        let read = el("button").attr("type", "button").class("button button--main");
        holds.get().then(|| read.on("click", move |_| takes::read_box(session, typed)).text(words::READ_LOG).into())
    };
    let file = el("input").attr("type", "file").class("hidden").on("change", move |event| takes::file(session, &event));
    let paste = el("button")
        .attr("type", "button")
        .attr("data-early", "paste")
        .attr_live("class", move || Some(if holds.get() { "button" } else { "button button--main" }.to_owned()))
        .on("click", move |_| takes::clipboard(session))
        .text(words::PASTE);
    el("p")
        .class("paste__ways")
        .live(read)
        .child(paste)
        .child(el("label").class("button").text(words::CHOOSE_FILE).child(file))
}

/// For a reader without a log at hand.
fn without_log() -> AnyView {
    let links = el("p")
        .class("paste__links")
        .child(el("a").attr("href", "/runbook").text(words::TO_RUNBOOK))
        .child(el("a").attr("href", "/training").text(words::TO_TRAINING))
        .child(el("a").attr("href", "/errors").text(words::TO_ERRORS))
        .child(el("a").attr("href", "/sql").text(words::TO_SQL));
    el("div").child(triggers(words::CANNOT_COPY)).child(el("p").class("quiet").text(words::QUIET)).child(links).into()
}

/// Whether reading takes long enough to think of stopping it.
fn slow(session: Session) -> bool {
    matches!(session.reading.get(), Reading::Working(percent) if percent > 0)
}

fn stop_button(session: Session) -> AnyView {
    let button = el("button").attr("type", "button").class("button").on("click", move |_| takes::stop(session));
    el("p").child(button.text(words::STOP_READING)).into()
}

fn status(session: Session) -> String {
    match session.reading.get() {
        Reading::Notice(text) => text,
        Reading::Working(percent) => format!("{} … {percent} %", words::READING),
        Reading::Nothing | Reading::Done(_) => session.notice.get(),
    }
}

#[cfg(target_arch = "wasm32")]
use crate::ui::intake as takes;

/// While a page is prerendered nobody pastes.
#[cfg(not(target_arch = "wasm32"))]
mod takes {
    use super::{RwSignal, Session};
    use crate::ui::element::Event;

    pub(super) fn input(_: Session, _: &Event, _: RwSignal<bool>) {}
    pub(super) fn key(_: Session, _: &Event, _: RwSignal<bool>) {}
    pub(super) fn read_box(_: Session, _: RwSignal<bool>) {}
    pub(super) fn file(_: Session, _: &Event) {}
    pub(super) fn clipboard(_: Session) {}
    pub(super) fn stop(_: Session) {}
}
