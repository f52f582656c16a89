//! `/`: the paste box and what it finds, beside the runbook itself.

use leptos::prelude::*;

use crate::embedded;
use crate::ui::components::{paste_box, result, runbook_article};
use crate::ui::element::el;

/// The start page: on a phone one below the other, on a desk side by side.
pub(super) fn home() -> AnyView {
    let ask = el("div").class("desk__ask").child(paste_box()).child(result());
    let first = embedded::catalogue().runbooks.first();
    let runbook = el("div").class("desk__runbook").children(first.map(runbook_article));
    el("div").class("desk").child(ask).child(runbook).into()
}
