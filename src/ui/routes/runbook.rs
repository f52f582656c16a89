//! `/runbook`: the whole runbook on its own, for reading and printing.

use leptos::prelude::*;

use crate::ui::components::runbook_article;
use crate::ui::element::el;
use crate::ui::words;

/// The whole runbook.
pub(super) fn runbook() -> AnyView {
    let title = el("h1").class("reading__kicker").text(words::RUNBOOK);
    el("div").class("reading").child(title).child(runbook_article()).into()
}
