//! `/runbook` and `/runbooks/<name>`: a whole runbook on its own, for reading and printing.

use leptos::prelude::*;

use crate::engine::page::Page;
use crate::ui::components::runbook_article;
use crate::ui::element::el;
use crate::ui::words;

/// The whole runbook.
pub(super) fn runbook(page: &'static Page) -> AnyView {
    let kicker = el("h1").class("reading__kicker").text(words::RUNBOOK);
    el("div").class("reading").child(kicker).child(runbook_article(page)).into()
}
