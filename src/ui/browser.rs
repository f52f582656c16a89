//! The only file that names `web_sys`: what the interface asks of the browser itself.

use crate::ui::routes::{NOT_FOUND, page_at};
use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// Whether there is a page at all (a worker has none).
pub fn has_window() -> bool {
    web_sys::window().is_some()
}

/// Makes the address and the served file agree, and says whether they do.
///
/// A host may serve one file under several addresses (`/runbook/index.html`, `/runbook.html`). The router reads the address,
/// so it would render something else over this file's HTML, which kills the program; the file says which page it is in
/// `<html data-page>`, and the address follows it. The other way round (a 404 file under a known address) nothing can
/// be done: that page stays as plain HTML.
pub fn settle_address() -> bool {
    let Some(served) = document().document_element().and_then(|html| html.get_attribute("data-page")) else {
        return false;
    };
    let location = window().location();
    let (Ok(path), Ok(search), Ok(hash)) = (location.pathname(), location.search(), location.hash()) else {
        return false;
    };
    let asked = page_at(&path).map_or(NOT_FOUND.path, |page| page.path);
    if asked == served {
        return true;
    }
    if served == NOT_FOUND.path {
        return false;
    }
    let Ok(history) = window().history() else { return false };
    let state = history.state().unwrap_or_default();
    history.replace_state_with_url(&state, "", Some(&format!("{served}{search}{hash}"))).is_ok()
}

/// Leaves a mark that the page answers now; browser tests wait for it.
pub fn mark_hydrated() {
    if let Some(html) = document().document_element() {
        // Nothing depends on the mark but tests, so a refusal is no reason to stop.
        let _ = html.set_attribute("data-hydrated", "");
    }
}

/// Names the page in the window's title.
pub fn set_title(title: &str) {
    document().set_title(title);
}

/// Puts a text on the clipboard and says whether that worked.
pub fn copy(text: String, done: impl Fn(bool) + 'static) {
    let clipboard = window().navigator().clipboard();
    spawn_local(async move {
        let copied = JsFuture::from(clipboard.write_text(&text)).await;
        done(copied.is_ok());
    });
}

/// Asks for the clipboard's text; `None` when the browser or the reader refuses.
pub fn read_clipboard(done: impl Fn(Option<String>) + 'static) {
    let clipboard = window().navigator().clipboard();
    spawn_local(async move {
        let text = JsFuture::from(clipboard.read_text()).await;
        done(text.ok().and_then(|text| text.as_string()));
    });
}

/// Lets the browser paint and answer before the program goes on.
pub async fn breathe() {
    gloo::timers::future::TimeoutFuture::new(0).await;
}

/// Milliseconds since some point in the past, for measuring how long the page was busy.
pub fn now_ms() -> f64 {
    window().performance().map_or_else(js_sys::Date::now, |performance| performance.now())
}

/// Moves focus as soon as the page has changed.
pub fn focus_soon(id: String) {
    spawn_local(async move {
        breathe().await;
        focus(&id);
    });
}

/// Moves focus to an element, so that a screen reader and the keyboard go on there.
pub fn focus(id: &str) {
    let element = document().get_element_by_id(id).and_then(|e| e.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some(element) = element {
        // A refused focus leaves the reader where they were.
        let _refused = element.focus();
    }
}
