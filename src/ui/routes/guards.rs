//! `/guards`: would a reset script run, with which values, and the module that refuses everything else.

use leptos::prelude::*;

use crate::engine::guard::Guard;
use crate::ui::components::{Stand, env_box, guard_examples, guard_fields, guard_module, guard_table};
use crate::ui::element::el;
use crate::ui::later::{failed_on_arrival, with_workbench};
use crate::ui::words;

/// Every guard of the content; its examples and files are fetched later.
pub(super) fn guards() -> AnyView {
    let content =
        with_workbench(|_, workbench| el("div").children(workbench.guards.iter().enumerate().map(guard)).into());
    el("div")
        .class("reading guards")
        .child(el("h1").text(words::GUARDS))
        .child(failed_on_arrival("/guards"))
        .child(content)
        .into()
}

fn guard((index, guard): (usize, &'static Guard)) -> AnyView {
    let stand = Stand::new(index, guard);
    el("div")
        .child(el("p").text(&guard.why))
        .child(el("p").class("warning").child(el("strong").text(words::GUARD_DO_NOT)))
        .child(guard_table(stand))
        .child(guard_fields(stand))
        .child(env_box(stand))
        .child(part(stand.id("which-database"), words::WHICH_DATABASE).child(el("p").text(&guard.beside)))
        .child(guard_examples(stand))
        .child(guard_module(stand))
        .into()
}

/// A part of the page under its heading.
fn part(id: String, title: &str) -> crate::ui::element::El {
    el("section").child(el("h2").attr("id", id).text(title))
}
