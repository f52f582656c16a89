//! `/`: the box, and what it finds.

use leptos::prelude::*;

use crate::ui::components::{paste_box, result};
use crate::ui::element::el;

/// The start page.
pub(super) fn home() -> AnyView {
    el("div").class("desk").child(paste_box()).child(result()).into()
}
