//! Text comes in: by paste, button, file or drop. It goes to the worker and into no element of the page.

use std::sync::Arc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Blob, ClipboardEvent, DataTransfer, DragEvent, Event, HtmlInputElement, HtmlTextAreaElement};

use crate::engine::sql::Edition;
use crate::ui::reading::{News, Outcome};
use crate::ui::state::{Known, Reading, Session};
use crate::ui::worker;
use crate::ui::{browser, words};

/// A paste into the box is taken over: the text never becomes part of the document.
pub fn paste(session: Session, event: &Event) {
    let Some(paste) = event.dyn_ref::<ClipboardEvent>() else { return };
    if let Some(data) = paste.clipboard_data() {
        event.prevent_default();
        take_data(session, &data);
    }
}

/// A file or text dropped on the box.
pub fn drop(session: Session, event: &Event) {
    event.prevent_default();
    if let Some(data) = event.dyn_ref::<DragEvent>().and_then(DragEvent::data_transfer) {
        take_data(session, &data);
    }
}

/// What got into the box another way (an assistive tool, a keyboard's own paste) is read and removed.
pub fn input(session: Session, event: &Event) {
    if let Some(text) = taken(event) {
        read_text(session, &text);
    }
}

/// The text of a box, taken out of it.
fn taken(event: &Event) -> Option<String> {
    let area = event.target()?.dyn_into::<HtmlTextAreaElement>().ok()?;
    // Somebody who types gets to finish the line.
    let text = area.value();
    let whole = text.contains('\n') || text.len() > 80;
    whole.then(|| {
        area.set_value("");
        text
    })
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
        None => session.reading.set(Reading::Notice(words::PASTE_REFUSED)),
    });
}

fn take_data(session: Session, data: &DataTransfer) {
    if let Some(file) = data.files().and_then(|files| files.get(0)) {
        return read(session, file.into());
    }
    read_text(session, &data.get_data("text/plain").unwrap_or_default());
}

fn read_text(session: Session, text: &str) {
    let parts = js_sys::Array::of1(&text.into());
    match Blob::new_with_str_sequence(&parts) {
        Ok(log) => read(session, log),
        Err(_) => session.reading.set(Reading::Notice(words::FILE_UNREADABLE)),
    }
}

fn read(session: Session, log: Blob) {
    let mut before = session.known_untracked();
    session.reading.set(Reading::Working(0));
    worker::read(log, move |news| match news {
        News::Progress(percent) => session.reading.set(Reading::Working(percent)),
        News::Done(outcome) => done(session, before.take(), outcome),
        News::Ready => {}
    });
}

fn done(session: Session, before: Option<Arc<Known>>, outcome: Outcome) {
    let notice = match outcome {
        Outcome::Read(read, view) => {
            let heading = session.take_read(before, *read, view);
            return browser::focus_soon(heading.to_owned());
        }
        Outcome::Blank => words::EMPTY_PASTE,
        Outcome::NoReader => words::READER_FAILED,
        Outcome::Unreadable | Outcome::Judged(..) | Outcome::Headline(_) => words::FILE_UNREADABLE,
    };
    session.reading.set(Reading::Notice(notice));
}

/// What a step printed, pasted below it or put there another way: it is judged and forgotten.
pub fn printed(session: Session, edition: Edition, event: &Event, is_paste: bool) {
    let text = if is_paste { pasted(event) } else { taken(event) };
    let Some(text) = text else { return };
    worker::judge(edition, &text, move |news| match news {
        News::Done(Outcome::Judged(judgement, answer)) => {
            if session.judge(edition, judgement, answer) {
                browser::focus_soon("server-title".to_owned());
            }
        }
        News::Done(_) => session.notice.set(words::READER_FAILED),
        News::Ready | News::Progress(_) => {}
    });
}

/// The text of a paste, kept out of the box.
pub(super) fn pasted(event: &Event) -> Option<String> {
    let data = event.dyn_ref::<ClipboardEvent>()?.clipboard_data()?;
    event.prevent_default();
    data.get_data("text/plain").ok()
}

/// Gives up what is being read.
pub fn stop(session: Session) {
    worker::stop();
    session.reading.set(Reading::Notice(words::STOPPED));
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
