//! `/runbook`: the whole runbook on its own, for reading and printing.

use leptos::prelude::*;

use crate::ui::components::runbook_article;
use crate::ui::element::el;

/// The whole runbook.
pub(super) fn runbook() -> AnyView {
    el("div").class("reading").child(runbook_article("h1")).into()
}
