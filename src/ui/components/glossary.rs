//! The words and what they mean: all of them on the training page, each one where it stands in a text.

use leptos::prelude::*;

use super::blocks::inlines;
use crate::engine::glossary::Term;
use crate::ui::element::{El, el};
use crate::ui::later::use_later;
use crate::ui::words;

/// Where a word stands in the list, as a fragment without `#`.
fn place(id: &str) -> String {
    format!("term-{id}")
}

/// All words, each at an address of its own.
pub fn glossary_list(terms: &'static [Term]) -> AnyView {
    let entries = terms.iter().flat_map(|term| {
        let source = term.source.iter().map(|source| el("span").class("quiet").text(format!(" ({source})")).into());
        let meaning = el("dd").children(inlines(&term.meaning, &[])).children(source);
        [el("dt").attr("id", place(&term.id)).text(&term.name).into(), meaning.into()]
    });
    el("section")
        .class("training__part")
        .attr("aria-labelledby", "glossary")
        .child(el("h2").attr("id", "glossary").text(words::GLOSSARY))
        .child(el("dl").class("glossary").children(entries))
        .into()
}

/// A word in a text: a link to its place in the list. A tap shows the meaning right here; a second one or Escape hides it.
pub(super) fn term(id: &'static str, words: Vec<AnyView>) -> AnyView {
    let open = RwSignal::new(false);
    let link = el("a")
        .attr("href", format!("/training#{}", place(id)))
        // Only once it is open: without JavaScript the link opens nothing here.
        .attr_live("aria-expanded", move || open.get().then(|| "true".to_owned()))
        .children(words);
    let link = answering(link, open);
    el("span").class("term").child(link).live(move || open.get().then(|| meaning(id))).into()
}

#[cfg(target_arch = "wasm32")]
fn answering(link: El, open: RwSignal<bool>) -> El {
    use crate::ui::browser;
    let tap = move |event| {
        if browser::take_plain_click(&event) {
            open.update(|open| *open = !*open);
        }
    };
    let key = move |event| {
        if browser::is_escape(&event) {
            open.set(false);
        }
    };
    link.on("click", tap).on("keydown", key)
}

#[cfg(not(target_arch = "wasm32"))]
fn answering(link: El, _: RwSignal<bool>) -> El {
    link
}

fn meaning(id: &'static str) -> AnyView {
    let later = use_later();
    later.ask();
    let shown = move || {
        let text = el("span");
        Some(match later.get().map(|later| later.term(id)) {
            Some(Some(term)) => text.children(inlines(&term.meaning, &[])).into(),
            Some(None) => ().into_any(),
            None => text.text(later.notice()).into(),
        })
    };
    el("span").class("term__meaning").attr("role", "status").live(shown).into()
}
