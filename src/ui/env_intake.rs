//! An env file comes in: by paste, file, drop or typing. It goes to whoever reads it and into no element of the page.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, DragEvent, Event, HtmlInputElement, HtmlTextAreaElement};

use crate::engine::guard::Source;
use crate::ui::intake::pasted;

/// No env file is as large; what is, is something else.
const LIMIT: f64 = 1_000_000.0;

/// A paste into the box is taken over: the text never becomes part of the document.
pub fn paste(event: &Event, take: impl Fn(Vec<u8>, Source)) {
    if let Some(text) = pasted(event) {
        take(text.into_bytes(), Source::Paste);
    }
}

/// What got into the box another way is taken out of it with its first whole line, or when the box is left.
pub fn typed(event: &Event, left: bool, take: impl Fn(Vec<u8>, Source)) {
    let Some(area) = event.target().and_then(|t| t.dyn_into::<HtmlTextAreaElement>().ok()) else { return };
    let text = area.value();
    if text.contains('\n') || (left && !text.is_empty()) {
        area.set_value("");
        take(text.into_bytes(), Source::Paste);
    }
}

/// A file chosen by button, byte for byte.
pub fn file(event: &Event, take: impl Fn(Vec<u8>, Source) + 'static, unreadable: impl Fn() + 'static) {
    let Some(input) = event.target().and_then(|t| t.dyn_into::<HtmlInputElement>().ok()) else { return };
    if let Some(file) = input.files().and_then(|files| files.get(0)) {
        bytes(file.into(), take, unreadable);
    }
    input.set_value("");
}

/// A file or text dropped on the box.
pub fn drop(event: &Event, take: impl Fn(Vec<u8>, Source) + 'static, unreadable: impl Fn() + 'static) {
    event.prevent_default();
    let Some(data) = event.dyn_ref::<DragEvent>().and_then(DragEvent::data_transfer) else { return };
    match data.files().and_then(|files| files.get(0)) {
        Some(file) => bytes(file.into(), take, unreadable),
        None => take(data.get_data("text/plain").unwrap_or_default().into_bytes(), Source::Paste),
    }
}

fn bytes(file: Blob, take: impl Fn(Vec<u8>, Source) + 'static, unreadable: impl Fn() + 'static) {
    if file.size() > LIMIT {
        return unreadable();
    }
    spawn_local(async move {
        match JsFuture::from(file.array_buffer()).await {
            Ok(buffer) => take(js_sys::Uint8Array::new(&buffer).to_vec(), Source::File),
            Err(_) => unreadable(),
        }
    });
}
