//! `/training`: for the hour before anything breaks.

use leptos::prelude::*;

use crate::ui::components::glossary_list;
use crate::ui::element::el;
use crate::ui::later::{failed_on_arrival, with_later};
use crate::ui::words;

/// The training; all of it is fetched later.
#[component]
pub fn Training() -> impl IntoView {
    let page = el("div")
        .class("reading")
        .child(el("h1").text(words::TRAINING))
        .child(failed_on_arrival("/training"))
        .child(with_later(|later| glossary_list(&later.glossary)));
    AnyView::from(page)
}
