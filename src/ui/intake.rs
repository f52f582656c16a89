//! Text comes in: by paste, button, file or drop. It goes to the worker and into no element of the page.

use std::sync::Arc;

use gloo::timers::future::TimeoutFuture;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{
    Blob, ClipboardEvent, DataTransfer, DragEvent, Element, Event, File, HtmlInputElement, HtmlTextAreaElement,
    InputEvent, KeyboardEvent,
};

use crate::engine::sql::Edition;
use crate::ui::components::BOX;
use crate::ui::place::Place;
use crate::ui::reading::{News, Outcome};
use crate::ui::routes::Program;
use crate::ui::state::{Known, Reading, Session};
use crate::ui::visit::trail;
use crate::ui::worker;
use crate::ui::{browser, words};

/// Fields that keep what is pasted into them, or text that is dropped on them.
const FIELDS: &str = "textarea, input[type=text]:not([readonly])";

/// Text in the box that comes at once and is longer than this was not typed.
const TYPED: usize = 80;

/// How long somebody who types may think before what the box held when the program started is read.
const PAUSE_MS: u32 = 1_000;

/// Reads what is pasted or dropped anywhere on the page, not only in the box; once, when the page answers.
pub fn listen(session: Session, place: Place) {
    for (name, take) in [("paste", paste as fn(Session, Place, &Event)), ("dragover", dragover), ("drop", drop)] {
        let hear = move |event: Event| {
            if !event.default_prevented() {
                take(session, place, &event);
            }
        };
        // The handle would only be needed to stop listening.
        let _for_ever = window_event_listener_untyped(name, hear);
    }
}

/// A log pasted on the start page is taken over: the text never becomes part of the document.
fn paste(session: Session, place: Place, event: &Event) {
    let data = event.dyn_ref::<ClipboardEvent>().and_then(ClipboardEvent::clipboard_data);
    if let Some(data) = data.filter(|_| is_start(place) && field(event).is_none_or(|field| field.id() == BOX)) {
        event.prevent_default();
        take_data(session, &data);
    }
}

/// A file may be dropped anywhere: the browser would open it in place of the page.
fn dragover(_: Session, _: Place, event: &Event) {
    if dropped(event).is_some() {
        event.prevent_default();
    }
}

/// A file or text dropped anywhere is read on the start page, and a file dropped on another page leads there. The workbench's pages
/// read no logs.
fn drop(session: Session, place: Place, event: &Event) {
    let Some(data) = dropped(event) else { return };
    event.prevent_default();
    let is_file = data.files().is_some_and(|files| files.length() > 0);
    let here = place.page_untracked();
    if here.program() == Program::Recovery && (is_file || is_start(place)) {
        place.go("/");
        take_data(session, &data);
    }
}

/// What is dragged over the page or dropped on it, unless it is text over a field, which takes it by itself.
fn dropped(event: &Event) -> Option<DataTransfer> {
    let data = event.dyn_ref::<DragEvent>()?.data_transfer()?;
    let is_file = data.types().includes(&"Files".into(), 0);
    (is_file || field(event).is_none_or(|field| field.id() == BOX)).then_some(data)
}

/// The field an event is in.
fn field(event: &Event) -> Option<Element> {
    event.target()?.dyn_into::<Element>().ok()?.closest(FIELDS).ok()?
}

fn is_start(place: Place) -> bool {
    place.page_untracked().path == "/"
}

/// What was kept before the program ran: a file, a text, or nothing where the clipboard was refused.
pub fn early(session: Session, place: Place, kept: &JsValue) {
    if place.page_untracked().program() != Program::Recovery {
        return;
    }
    place.go("/");
    match (kept.dyn_ref::<File>(), kept.as_string()) {
        (Some(file), _) => read(session, file.clone().into()),
        (None, Some(text)) => read_text(session, &text),
        (None, None) => say(session, None, words::PASTE_REFUSED),
    }
}

/// What gets into the box another way. What comes at once (an assistive tool, a keyboard's own paste) or ends a line is read and
/// removed; what is typed stays until the reader asks. `typed` says whether anything stays.
pub fn input(session: Session, event: &Event, typed: RwSignal<bool>) {
    let Some(area) = event.target().and_then(|t| t.dyn_into::<HtmlTextAreaElement>().ok()) else { return };
    let text = area.value();
    if text.contains('\n') || (text.len() > TYPED && !is_typed(event)) {
        return read_box(session, typed);
    }
    typed.set(!text.trim().is_empty());
    // Done again for what was typed before the program ran: it is read once the typing pauses.
    if !event.is_trusted() {
        spawn_local(read_after_pause(session, area, typed));
    }
}

/// Whether a key or a keyboard on the screen changed the text.
fn is_typed(event: &Event) -> bool {
    let kind = event.dyn_ref::<InputEvent>().map(InputEvent::input_type).unwrap_or_default();
    kind == "insertText" || kind == "insertCompositionText" || kind.starts_with("delete")
}

async fn read_after_pause(session: Session, area: HtmlTextAreaElement, typed: RwSignal<bool>) {
    let mut before = String::new();
    while area.value() != before {
        before = area.value();
        TimeoutFuture::new(PAUSE_MS).await;
    }
    if area.is_connected() && !before.trim().is_empty() {
        read_box(session, typed);
    }
}

/// Reads what the box holds, and empties it.
pub fn read_box(session: Session, typed: RwSignal<bool>) {
    let area = document().get_element_by_id(BOX).and_then(|area| area.dyn_into::<HtmlTextAreaElement>().ok());
    let Some(area) = area else { return };
    let text = area.value();
    area.set_value("");
    typed.set(false);
    read_text(session, &text);
}

/// Ctrl or Cmd with Enter reads what the box holds.
pub fn key(session: Session, event: &Event, typed: RwSignal<bool>) {
    let asks = |key: &KeyboardEvent| key.key() == "Enter" && (key.ctrl_key() || key.meta_key());
    if typed.get_untracked() && event.dyn_ref().is_some_and(asks) {
        event.prevent_default();
        read_box(session, typed);
    }
}

/// A file chosen by button.
pub fn file(session: Session, event: &Event) {
    let Some(input) = event.target().and_then(|t| t.dyn_into::<HtmlInputElement>().ok()) else { return };
    if let Some(file) = input.files().and_then(|files| files.get(0)) {
        read(session, file.into());
    }
    input.set_value("");
}

/// A log of the training, read as if it had been pasted.
pub fn sample(session: Session, log: &str) {
    read_text(session, log);
}

/// The button: asks the browser for the clipboard.
pub fn clipboard(session: Session) {
    browser::read_clipboard(move |text| match text {
        Some(copied) => read_text(session, &copied),
        None => say(session, session.known_untracked(), words::PASTE_REFUSED),
    });
}

fn take_data(session: Session, data: &DataTransfer) {
    if let Some(file) = data.files().and_then(|files| files.get(0)) {
        return read(session, file.into());
    }
    read_text(session, &data.get_data("text/plain").unwrap_or_default());
}

fn read_text(session: Session, text: &str) {
    if text.trim().is_empty() {
        return say(session, session.known_untracked(), words::EMPTY_PASTE);
    }
    let parts = js_sys::Array::of1(&text.into());
    match Blob::new_with_str_sequence(&parts) {
        Ok(log) => read(session, log),
        Err(_) => say(session, session.known_untracked(), words::FILE_UNREADABLE),
    }
}

fn read(session: Session, log: Blob) {
    let mut before = session.known_untracked();
    session.notice.set(String::new());
    session.reading.set(Reading::Working(0));
    worker::read(log, move |news| match news {
        News::Progress(percent) => session.reading.set(Reading::Working(percent)),
        News::Done(outcome) => done(session, before.take(), outcome),
        News::Ready | News::NotReady => {}
    });
}

fn done(session: Session, before: Option<Arc<Known>>, outcome: Outcome) {
    let notice = match outcome {
        Outcome::Read(read, view) => {
            let heading = session.take_read(before, *read, view);
            return browser::focus_soon(heading.to_owned());
        }
        Outcome::Blank => words::EMPTY_PASTE.to_owned(),
        Outcome::Packed(packed) => words::packed(packed.name(), packed.unpack()),
        Outcome::NoReader => words::READER_FAILED.to_owned(),
        Outcome::Unreadable | Outcome::Judged(..) | Outcome::Headline(_) => words::FILE_UNREADABLE.to_owned(),
    };
    say(session, before, notice);
}

/// Says why nothing was read. What was known before stays.
fn say(session: Session, before: Option<Arc<Known>>, notice: impl Into<String>) {
    let notice = notice.into();
    match before {
        Some(known) => {
            session.reading.set(Reading::Done(known));
            session.notice.set(notice);
        }
        None => session.reading.set(Reading::Notice(notice)),
    }
}

/// What a step printed, pasted below it or put there another way: it is judged and forgotten. The reader stays at the step, unless
/// what the server says leads elsewhere.
pub fn printed(session: Session, edition: Edition, event: &Event, is_paste: bool) {
    let text = if is_paste { pasted(event) } else { taken(event) };
    let area = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let (Some(text), Some(area)) = (text, area) else { return };
    worker::judge(edition, &text, move |news| match news {
        News::Done(Outcome::Judged(judgement, answer)) => {
            browser::hold_soon(area.clone(), "server-title");
            session.judge(edition, judgement, answer);
        }
        News::Done(_) => session.notice.set(words::READER_FAILED.to_owned()),
        News::Ready | News::NotReady | News::Progress(_) => {}
    });
}

/// The text of a small box that came at once, taken out of it. Somebody who types gets to finish the line.
fn taken(event: &Event) -> Option<String> {
    let area = event.target()?.dyn_into::<HtmlTextAreaElement>().ok()?;
    let text = area.value();
    let whole = text.contains('\n') || text.len() > TYPED;
    whole.then(|| {
        area.set_value("");
        text
    })
}

/// The text of a paste, kept out of the box.
pub(super) fn pasted(event: &Event) -> Option<String> {
    let data = event.dyn_ref::<ClipboardEvent>()?.clipboard_data()?;
    event.prevent_default();
    data.get_data("text/plain").ok()
}

/// Gives up what is being read, and goes back to what was known before.
pub fn stop(session: Session) {
    worker::stop();
    say(session, trail::known_here(), words::STOPPED);
}

/// What comes into a field for a name.
pub mod field {
    use super::{ClipboardEvent, Event, GetUntracked, HtmlInputElement, JsCast, Signal};

    /// Typed text. The field then shows what was kept of it: of a connection string no password stays in the document.
    pub fn text(event: &Event, kept: Signal<String>, take: &dyn Fn(String)) {
        let Some(input) = event.target().and_then(|t| t.dyn_into::<HtmlInputElement>().ok()) else { return };
        let typed = input.value();
        take(typed.clone());
        let kept = kept.get_untracked();
        if kept != typed {
            input.set_value(&kept);
        }
    }

    /// A pasted connection string takes the place of what is there; any other paste is the browser's own.
    pub fn url(event: &Event, kept: Signal<String>, take: &dyn Fn(String)) {
        let pasted = event.dyn_ref::<ClipboardEvent>().and_then(ClipboardEvent::clipboard_data);
        let Some(text) = pasted.and_then(|data| data.get_data("text/plain").ok()).filter(|text| text.contains("://"))
        else {
            return;
        };
        let Some(input) = event.target().and_then(|t| t.dyn_into::<HtmlInputElement>().ok()) else { return };
        event.prevent_default();
        take(text);
        input.set_value(&kept.get_untracked());
    }
}
