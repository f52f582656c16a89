//! `/runbook`: the whole first runbook on its own, for reading and printing.

use leptos::prelude::*;

use crate::embedded;
use crate::ui::components::runbook_article;
use crate::ui::element::el;

/// The whole first runbook.
#[component]
pub fn Runbook() -> impl IntoView {
    let first = embedded::catalogue().runbooks.first();
    AnyView::from(el("div").class("reading").children(first.map(|page| runbook_article(page, "h1"))))
}
