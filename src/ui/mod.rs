//! The interface: Leptos components over [`crate::engine`], which takes every decision.
//!
//! The same components are rendered twice. At build time ([`crate::site`], natively) each page becomes a complete HTML
//! file; in the browser `start` walks over that very HTML and makes it answer. So the first render
//! must not look at anything only a browser has (the fragment, storage, the clock): read those in an effect, after it. Pages that
//! are only read ([`still`]) are rendered at build time alone.

pub mod app;
#[cfg(target_arch = "wasm32")]
pub mod browser;
pub mod components;
#[cfg(target_arch = "wasm32")]
mod early;
pub mod element;
#[cfg(target_arch = "wasm32")]
pub mod env_intake;
#[cfg(target_arch = "wasm32")]
pub mod intake;
pub mod later;
pub mod names;
pub mod place;
#[cfg(target_arch = "wasm32")]
pub mod reading;
pub mod routes;
pub mod state;
#[cfg(not(target_arch = "wasm32"))]
pub mod still;
#[cfg(target_arch = "wasm32")]
pub mod visit;
pub mod words;
#[cfg(target_arch = "wasm32")]
pub mod worker;

/// Brings the page that was served to life with what this program shows, if it is the page its address asks for.
#[cfg(target_arch = "wasm32")]
pub fn start(show: routes::Show) {
    if !browser::settle_address() {
        return;
    }
    if !browser::page().is_some_and(|page| page.later) {
        return hydrate(show);
    }
    // The served page holds what is fetched later: the first render needs it too, or it would differ.
    wasm_bindgen_futures::spawn_local(async move {
        if later::fetch().await {
            hydrate(show);
        } else {
            browser::uncover(later::FAILED_ON_ARRIVAL);
        }
    });
}

#[cfg(target_arch = "wasm32")]
fn hydrate(show: routes::Show) {
    leptos::mount::hydrate_body(move || {
        place::provide_place(&browser::path());
        app::app(show)
    });
    browser::mark_hydrated();
    // The page answers; what reads logs comes now, so that it is here before the log.
    worker::start();
}
