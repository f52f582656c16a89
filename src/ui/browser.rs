//! What the interface asks of the browser itself. Beside this only the way of a log ([`super::intake`], [`super::worker`],
//! [`super::reading`]) names `web_sys`.

use crate::ui::routes::{NOT_FOUND, Page, page_at};
use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// Whether this is a computer with Windows, by what the browser says of it.
pub fn is_windows() -> bool {
    window().navigator().user_agent().is_ok_and(|agent| agent.contains("Windows"))
}

/// The address of `src/boot.js`, and the files with which it starts the program that reads logs.
pub fn reader_files() -> Option<(String, String)> {
    let script = document().query_selector("script[type=module][src]").ok()??.get_attribute("src")?;
    Some((script, document().document_element()?.get_attribute("data-reader")?))
}

/// Makes the address and the served file agree, and says whether they do.
///
/// A host may serve one file under several addresses (`/runbook/index.html`, `/runbook.html`). [`crate::ui::place`] reads the address,
/// so it would render something else over this file's HTML, which kills the program; the file says which page it is in
/// `<html data-page>`, and the address follows it. The other way round (a 404 file under a known address) nothing can
/// be done: that page stays as plain HTML.
pub fn settle_address() -> bool {
    let Some(served) = document().document_element().and_then(|html| html.get_attribute("data-page")) else {
        return false;
    };
    let location = window().location();
    let (Ok(path), Ok(hash)) = (location.pathname(), location.hash()) else {
        return false;
    };
    let asked = page_at(&path).map_or(NOT_FOUND.path, |page| page.path);
    if asked == served {
        return true;
    }
    if served == NOT_FOUND.path {
        return false;
    }
    replace_address(&format!("{served}{hash}"))
}

/// Puts another address of this page into the bar and the history; says whether the browser agreed.
pub fn replace_address(address: &str) -> bool {
    let Ok(history) = window().history() else { return false };
    let state = history.state().unwrap_or_default();
    history.replace_state_with_url(&state, "", Some(address)).is_ok()
}

/// Gives this page a fragment and a number in the history, in a new entry or in the present one.
pub fn set_fragment(fragment: &str, step: u32, in_new_entry: bool) {
    let Ok(history) = window().history() else { return };
    let (state, address) = (step.into(), format!("{}#{fragment}", path()));
    // Without an entry the page is shown all the same; only the way back is missing.
    let _refused = if in_new_entry {
        history.push_state_with_url(&state, "", Some(&address))
    } else {
        history.replace_state_with_url(&state, "", Some(&address))
    };
}

/// The number this entry of the history was given, here or before the page was loaded again.
pub fn history_step() -> Option<u32> {
    let number = window().history().ok()?.state().ok()?.as_f64()?;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // it was a `u32`; any other number is nobody's
    Some(number as u32)
}

/// The time this device shows, `2026-11-23 16:02`. The only place where a clock is read.
pub fn now() -> String {
    let now = js_sys::Date::new_0();
    // Written as if the local time were UTC: the one form that no setting of the browser changes.
    now.set_time(now.get_time() - now.get_timezone_offset() * 60_000.0);
    let mut text = String::from(now.to_iso_string());
    text.truncate("2026-11-23T16:02".len());
    text.replace('T', " ")
}

/// Hands a text over as a file, byte for byte.
pub fn download(name: &str, text: &str) {
    let link = document().create_element("a").ok().and_then(|link| link.dyn_into::<web_sys::HtmlAnchorElement>().ok());
    let file = web_sys::Blob::new_with_str_sequence(&js_sys::Array::of1(&text.into()));
    let address = file.and_then(|file| web_sys::Url::create_object_url_with_blob(&file));
    if let (Some(link), Ok(address)) = (link, address) {
        link.set_href(&address);
        link.set_download(name);
        link.click();
        spawn_local(async move {
            gloo::timers::future::TimeoutFuture::new(SAVING_MS).await;
            // A browser that keeps it longer loses a little memory.
            let _refused = web_sys::Url::revoke_object_url(&address);
        });
    }
}

/// How long a browser may take to begin saving a file, with a question to the reader where it asks one.
const SAVING_MS: u32 = 60_000;

/// Where this tab keeps its plan.
const KEPT_PLAN: &str = "runbook.plan";

/// What this tab kept. A tab's own storage, because a tick that somebody made last week, or for another failure in another
/// tab, must not open anything here.
///
/// # Errors
/// The browser's own, where it forbids storage.
pub fn kept_plan() -> Result<Option<String>, wasm_bindgen::JsValue> {
    plan_storage()?.get_item(KEPT_PLAN)
}

/// Keeps the plan, or removes it; says whether the browser agreed.
pub fn keep_plan(plan: Option<&str>) -> bool {
    let Ok(storage) = plan_storage() else { return false };
    match plan {
        Some(plan) => storage.set_item(KEPT_PLAN, plan).is_ok(),
        None => storage.remove_item(KEPT_PLAN).is_ok(),
    }
}

fn plan_storage() -> Result<web_sys::Storage, wasm_bindgen::JsValue> {
    window().session_storage()?.ok_or(wasm_bindgen::JsValue::NULL)
}

/// What stands behind `#` in the address.
pub fn fragment() -> String {
    window().location().hash().unwrap_or_default().trim_start_matches('#').to_owned()
}

/// Takes the fragment, and a query nobody reads, out of the address.
pub fn drop_fragment() {
    replace_address(&window().location().pathname().unwrap_or_default());
}

/// Where this site is, without a slash at the end.
pub fn origin() -> String {
    window().location().origin().unwrap_or_default()
}

/// Calls back whenever the window reports an event, as long as it is open.
pub fn on_window(event: &'static str, answer: impl Fn() + 'static) {
    let listener = leptos::prelude::window_event_listener_untyped(event, move |_| answer());
    // The handle would only be needed to stop listening.
    let _for_ever = listener;
}

/// Whether the browser has a way to send something to another program or device.
pub fn can_share() -> bool {
    js_sys::Reflect::has(&window().navigator(), &"share".into()).unwrap_or_default()
}

/// Offers a link to whatever the reader chooses.
pub fn share(title: &str, url: &str) {
    let data = web_sys::ShareData::new();
    data.set_title(title);
    data.set_url(url);
    let shared = window().navigator().share_with_data(&data);
    spawn_local(async move {
        // The reader may think better of it.
        let _refused = JsFuture::from(shared).await;
    });
}

/// Calls back whenever the window reports an event, as long as the part of the page is there that asks for it.
pub fn while_here(event: &'static str, answer: impl Fn() + 'static) {
    let listener = leptos::prelude::window_event_listener_untyped(event, move |_| answer());
    leptos::prelude::on_cleanup(move || listener.remove());
}

const KEPT_USER: &str = "runbook.db_user";
const KEPT_DATABASE: &str = "runbook.database";

/// User and database kept on this device, if the reader chose that.
pub fn kept_names() -> Option<(String, String)> {
    let storage = window().local_storage().ok()??;
    let get = |key| storage.get_item(key).ok().flatten();
    Some((get(KEPT_USER)?, get(KEPT_DATABASE).unwrap_or_default()))
}

/// Keeps user and database on this device, or removes them. A browser that refuses keeps nothing.
pub fn keep_names(names: Option<(&str, &str)>) {
    let Ok(Some(storage)) = window().local_storage() else { return };
    let _refused = match names {
        Some((db_user, database)) => {
            storage.set_item(KEPT_USER, db_user).and_then(|()| storage.set_item(KEPT_DATABASE, database))
        }
        None => storage.remove_item(KEPT_USER).and_then(|()| storage.remove_item(KEPT_DATABASE)),
    };
}

/// The path in the address.
pub fn path() -> String {
    window().location().pathname().unwrap_or_default()
}

/// The page at the address, if there is one.
pub fn page() -> Option<&'static Page> {
    page_at(&path())
}

/// A link of this site that was clicked.
pub struct ClickedLink {
    /// The whole address.
    pub href: String,
    /// Its path.
    pub path: String,
    /// What stands behind `#`, or nothing.
    pub fragment: String,
}

/// Asks about every plain click on a link of this site; one that is answered with `true` is not the browser's any more.
pub fn on_link(answer: impl Fn(ClickedLink) -> bool + 'static) {
    let listener = leptos::prelude::window_event_listener_untyped("click", move |event| {
        if is_plain_click(&event) && !event.default_prevented() && clicked_link(&event).is_some_and(&answer) {
            event.prevent_default();
        }
    });
    // The handle would only be needed to stop listening.
    let _for_ever = listener;
}

fn clicked_link(event: &web_sys::Event) -> Option<ClickedLink> {
    let element = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    let link = element.closest("a[href]").ok()??.dyn_into::<web_sys::HtmlAnchorElement>().ok()?;
    let here = link.target().is_empty() && !link.has_attribute("download") && link.origin() == origin();
    let fragment = link.hash().trim_start_matches('#').to_owned();
    here.then(|| ClickedLink { href: link.href(), path: link.pathname(), fragment })
}

/// Puts the address of another page into the bar, as a new step of the history.
pub fn push_address(address: &str) {
    if let Ok(history) = window().history() {
        // Without an entry the page is shown all the same; only the way back is missing.
        let _refused = history.push_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(address));
    }
}

/// Loads another address in place of this one.
pub fn leave_for(address: &str) {
    // Refused where the page is leaving already.
    let _refused = window().location().replace(address);
}

/// Begins another page as the browser does: at its top or at a part of it, keyboard and screen reader with it.
pub fn begin_soon(part: String) {
    spawn_local(async move {
        breathe().await;
        focus("main");
        match document().get_element_by_id(&part) {
            Some(part) => part.scroll_into_view(),
            None => window().scroll_to_with_x_and_y(0.0, 0.0),
        }
    });
}

/// The bytes of a file of the site; `None` when they did not arrive.
pub async fn fetch_bytes(address: &str) -> Option<Vec<u8>> {
    let response = JsFuture::from(window().fetch_with_str(address)).await.ok()?;
    let response = response.dyn_into::<web_sys::Response>().ok().filter(web_sys::Response::ok)?;
    let buffer = JsFuture::from(response.array_buffer().ok()?).await.ok()?;
    Some(js_sys::Uint8Array::new(&buffer).to_vec())
}

/// Shows an element that was served hidden.
pub fn uncover(id: &str) {
    if let Some(element) = document().get_element_by_id(id) {
        // What cannot be shown is no reason to stop.
        let _refused = element.remove_attribute("hidden");
    }
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

/// Takes a click over from the browser, unless the reader wants the link in another tab or window.
pub fn take_plain_click(event: &web_sys::Event) -> bool {
    let plain = is_plain_click(event);
    if plain {
        event.prevent_default();
    }
    plain
}

fn is_plain_click(event: &web_sys::Event) -> bool {
    event.dyn_ref::<web_sys::MouseEvent>().is_some_and(|click| {
        let modified = click.ctrl_key() || click.meta_key() || click.shift_key() || click.alt_key();
        click.button() == 0 && !modified
    })
}

/// Whether the key Escape was pressed.
pub fn is_escape(event: &web_sys::Event) -> bool {
    event.dyn_ref::<web_sys::KeyboardEvent>().is_some_and(|event| event.key() == "Escape")
}

/// The key that was pressed, unless it is the browser's own together with another.
pub fn plain_key(event: &web_sys::Event) -> Option<String> {
    let event = event.dyn_ref::<web_sys::KeyboardEvent>()?;
    let modified = event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key();
    (!modified).then(|| event.key())
}

/// Scrolls to an element.
pub fn show(id: &str) {
    if let Some(element) = document().get_element_by_id(id) {
        element.scroll_into_view();
    }
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

/// Moves focus as soon as the page has changed.
pub fn focus_soon(id: String) {
    spawn_local(async move {
        breathe().await;
        focus(&id);
    });
}

/// Keeps an element where it stands in the window while the page changes around it. Where it goes away, focus moves on.
pub fn hold_soon(element: web_sys::Element, or_focus: &'static str) {
    let before = element.get_bounding_client_rect().top();
    spawn_local(async move {
        breathe().await;
        if element.is_connected() {
            // Most browsers did this already, and nothing is left to scroll.
            window().scroll_by_with_x_and_y(0.0, element.get_bounding_client_rect().top() - before);
        } else {
            focus(or_focus);
        }
    });
}

/// Moves to the field that fills in a value, in the form nearest to what was pressed. What it is folded into opens.
pub fn to_field(pressed: &web_sys::Event, fills: &str) {
    let mut around = pressed.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    while let Some(element) = around {
        if let Ok(Some(field)) = element.query_selector(&["[data-fills=", fills, "]"].concat()) {
            return unfold_to(&field);
        }
        around = element.parent_element();
    }
}

fn unfold_to(field: &web_sys::Element) {
    let mut inside = field.clone();
    while let Some(folded) = inside.parent_element().and_then(|parent| parent.closest("details").ok()?) {
        // A browser that does not unfold it leaves it to the reader.
        let _refused = folded.set_attribute("open", "");
        inside = folded;
    }
    if let Some(field) = field.dyn_ref::<web_sys::HtmlElement>() {
        // The same: the words beside the button name it.
        let _refused = field.focus();
    }
}

/// Moves focus to an element, so that a screen reader and the keyboard go on there.
pub fn focus(id: &str) {
    let element = document().get_element_by_id(id).and_then(|e| e.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some(element) = element {
        // A refused focus leaves the reader where they were.
        let _refused = element.focus();
    }
}
