//! Text comes in: by paste, button, file or drop. It goes to the engine in slices and into no element of the page.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{ClipboardEvent, DataTransfer, DragEvent, Event, File, HtmlInputElement, HtmlTextAreaElement};

use crate::engine::text::{Log, masked_view};
use crate::ui::state::{Reading, Session, Source};
use crate::ui::words;
use crate::ui::{browser, later};

/// Bytes read between two looks at the clock, about two hundred lines.
const BYTES_A_LOOK: usize = 16 * 1024;

/// Bytes of a file that are fetched in one go.
const FILE_SLICE: u32 = 1 << 20;

/// Longest time the page is busy before it breathes, in milliseconds.
const SLICE_MS: f64 = 12.0;

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
    let Some(area) = event.target().and_then(|t| t.dyn_into::<HtmlTextAreaElement>().ok()) else { return };
    // Somebody who types gets to finish the line.
    let text = area.value();
    if text.contains('\n') || text.len() > 80 {
        area.set_value("");
        read(session, text.into_bytes());
    }
}

/// A file chosen by button.
pub fn file(session: Session, event: &Event) {
    let Some(input) = event.target().and_then(|t| t.dyn_into::<HtmlInputElement>().ok()) else { return };
    if let Some(file) = input.files().and_then(|files| files.get(0)) {
        take_file(session, file);
    }
    input.set_value("");
}

/// A log of the training, read as if it had been pasted.
pub fn sample(session: Session, log: &str) {
    read(session, log.as_bytes().to_vec());
}

/// The button: asks the browser for the clipboard.
pub fn clipboard(session: Session) {
    browser::read_clipboard(move |text| match text {
        Some(text) => read(session, text.into_bytes()),
        None => session.reading.set(Reading::Notice(words::PASTE_REFUSED)),
    });
}

fn take_data(session: Session, data: &DataTransfer) {
    if let Some(file) = data.files().and_then(|files| files.get(0)) {
        return take_file(session, file);
    }
    read(session, data.get_data("text/plain").unwrap_or_default().into_bytes());
}

fn take_file(session: Session, file: File) {
    session.reading.set(Reading::Working(0));
    spawn_local(async move {
        match file_bytes(&file).await {
            Some(bytes) => read(session, bytes),
            None => session.reading.set(Reading::Notice(words::FILE_UNREADABLE)),
        }
    });
}

/// A file's bytes, slice by slice, so that no copy takes long.
async fn file_bytes(file: &File) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut from = 0.0;
    while from < file.size() {
        let to = from + f64::from(FILE_SLICE);
        let slice = file.slice_with_f64_and_f64(from, to).ok()?;
        let buffer = JsFuture::from(slice.array_buffer()).await.ok()?;
        bytes.extend(js_sys::Uint8Array::new(&buffer).to_vec());
        from = to;
    }
    Some(bytes)
}

/// Reads in slices, so that the page stays alive whatever the size.
fn read(session: Session, bytes: Vec<u8>) {
    session.reading.set(Reading::Working(0));
    spawn_local(async move {
        browser::breathe().await;
        let Some(engine) = later::patterns().await else {
            return session.reading.set(Reading::Notice(words::PATTERNS_FAILED));
        };
        let log = Log::read(&bytes);
        if log.is_blank() {
            return session.reading.set(Reading::Notice(words::EMPTY_PASTE));
        }
        let mut pass = engine.begin();
        let mut busy_since = browser::now_ms();
        let mut done = 0_usize;
        let mut looked_at = 0_usize;
        for line in log.lines() {
            done += line.text.len() + 1;
            pass.read(&line);
            if done - looked_at < BYTES_A_LOOK {
                continue;
            }
            looked_at = done;
            if browser::now_ms() - busy_since > SLICE_MS {
                session.reading.set(Reading::Working(percent(done, bytes.len())));
                browser::breathe().await;
                busy_since = browser::now_ms();
            }
        }
        let diagnosis = engine.conclude(pass);
        browser::breathe().await;
        let view = masked_view(&log, &diagnosis.lines());
        session.take(diagnosis, Source::Log(view));
        browser::breathe().await;
        browser::focus("result-title");
    });
}

fn percent(done: usize, all: usize) -> u8 {
    u8::try_from(done.saturating_mul(100) / all.max(1)).unwrap_or(100).min(99)
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
