//! Every address without a `Route` of its own: another runbook than the first, or nothing.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::not_found::not_found;
use super::runbook_at;
use crate::ui::components::runbook_article;
use crate::ui::element::el;

/// The runbook at this address, or word that there is none.
#[component]
pub fn OtherAddress() -> impl IntoView {
    let path = use_location().pathname;
    let runbook = Memo::new(move |_| path.with(|path| runbook_at(path).map(|runbook| runbook.address.as_str())));
    let page =
        move || Some(runbook.get().and_then(runbook_at).map_or_else(not_found, |page| runbook_article(page, "h1")));
    AnyView::from(el("div").class("reading").live(page))
}
