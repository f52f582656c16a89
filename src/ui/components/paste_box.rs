//! Where the log goes in: paste, button, file or drop. What is pasted never enters the page's document.

use leptos::prelude::*;

use super::blocks::folded;
use super::names::uncorrected;
use super::read_note::read_note;
use super::triggers::triggers;
use crate::ui::element::{El, el, noscript};
use crate::ui::routes::GUIDED_RUN;
use crate::ui::state::{Reading, Session, use_session};
use crate::ui::words;

/// The id of the box: `src/early.js` and [`crate::ui::intake`] look for it.
pub(in crate::ui) const BOX: &str = "log";

/// The box, the ways into it, and how far reading has come. Once something is known it makes room.
pub fn paste_box() -> AnyView {
    let session = use_session();
    let done = Memo::new(move |_| matches!(session.reading.get(), Reading::Done(_)));
    // A button made anew with every percent could not be pressed.
    let slow = Memo::new(move |_| slow(session));
    // Whether something stays in the box until the reader asks for it to be read.
    let typed = RwSignal::new(false);
    // The log for which the reader opened the box again.
    let opened = RwSignal::new(0);
    el("section")
        .attr_live("class", move || Some(if done.get() { "paste paste--done" } else { "paste" }.to_owned()))
        .child(heading(session))
        .child(el("p").class("paste__promise").text(words::LEAD))
        .child(noscript("note", words::NO_SCRIPT))
        .live(move || session.known().map(|known| read_note(&known.source)))
        .live(move || done.get().then(|| another(session, opened)))
        .child(the_box(session, typed).attr_live("class", move || {
            let is_away = done.get() && session.known().is_some_and(|known| known.log != opened.get());
            Some(if is_away { "paste__box paste__box--away" } else { "paste__box" }.to_owned())
        }))
        .child(el("p").attr("role", "status").class("paste__status").text_live(move || status(session)))
        .live(move || slow.get().then(|| stop_button(session)))
        .live(move || (!done.get()).then(without_log))
        .into()
}

/// Nobody whose deploy works again is asked whether it failed.
fn heading(session: Session) -> El {
    let recovered = Memo::new(move |_| session.recovered().is_some());
    let words = move || if recovered.get() { words::RECOVERED } else { words::ASK }.to_owned();
    el("h1").attr_live("class", move || recovered.get().then(|| "recovered".to_owned())).text_live(words)
}

/// Brings the box back for the next log.
fn another(session: Session, opened: RwSignal<u32>) -> AnyView {
    let open = move |_| {
        opened.set(untrack(|| session.known()).map_or(0, |known| known.log));
        #[cfg(target_arch = "wasm32")]
        crate::ui::browser::focus_soon(BOX.to_owned());
    };
    el("button").attr("type", "button").class("link paste__another").on("click", open).text(words::ANOTHER).into()
}

/// The frame around what takes the log: typed or dropped, by button, or as a file.
fn the_box(session: Session, typed: RwSignal<bool>) -> El {
    el("div")
        .child(el("label").class("hidden").attr("for", BOX).text(words::BOX_LABEL))
        .child(area(session, typed))
        .child(ways(session, typed))
}

fn area(session: Session, typed: RwSignal<bool>) -> El {
    let done = move || matches!(session.reading.get(), Reading::Done(_));
    uncorrected(el("textarea"))
        .attr("id", BOX)
        .attr_live("rows", move || Some(if done() { "1" } else { "6" }.to_owned()))
        .attr("placeholder", words::BOX_HINT)
        .on("input", move |event| takes::input(session, &event, typed))
        .on("keydown", move |event| takes::key(session, &event, typed))
}

fn ways(session: Session, typed: RwSignal<bool>) -> El {
    let holds = Memo::new(move |_| typed.get());
    // Of the buttons on a screen one is filled: once a log is read, the one that goes on.
    let first = Memo::new(move |_| !typed.get() && !matches!(session.reading.get(), Reading::Done(_)));
    let read = move || {
        let read = el("button").attr("type", "button").class("button button--main");
        holds.get().then(|| read.on("click", move |_| takes::read_box(session, typed)).text(words::READ_LOG).into())
    };
    let file = el("input").attr("type", "file").class("hidden").on("change", move |event| takes::file(session, &event));
    let paste = el("button")
        .attr("type", "button")
        .attr("data-early", "paste")
        .attr_live("class", move || Some(if first.get() { "button button--main" } else { "button" }.to_owned()))
        .on("click", move |_| takes::clipboard(session))
        .text(words::PASTE);
    el("p")
        .class("paste__ways")
        .live(read)
        .child(paste)
        .child(el("label").class("button").text(words::CHOOSE_FILE).child(file))
        .child(el("a").class("button button--text").attr("href", GUIDED_RUN).text(words::TRY_EXAMPLE))
}

/// For a reader without a log at hand.
fn without_log() -> AnyView {
    let link = |(href, words, what): (&'static str, &'static str, &'static str)| {
        let words = el("a").attr("href", href).text(words);
        el("li").child(words).child(el("span").class("quiet").text(what)).into()
    };
    let uses = el("ul").attr("role", "list").class("paste__links").children(words::USES.map(link));
    let promise = el("details")
        .child(el("summary").text(words::PROMISE).text(" ").child(el("u").text(words::HOW_TO_CHECK)))
        .child(el("p").text(words::CHECK_IT));
    let places = words::LOG_PLACES.map(|place| el("li").prose(place).into());
    let places = folded(words::WHERE_LOG).class("triggers").child(el("ul").children(places));
    el("div")
        .child(el("div").class("paste__trust").child(promise))
        .child(places)
        .child(triggers(words::CANNOT_COPY))
        .child(uses)
        .into()
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
