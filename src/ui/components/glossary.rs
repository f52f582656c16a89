//! The words and what they mean.

use leptos::prelude::*;

use super::blocks::inlines;
use crate::engine::glossary::Term;
use crate::ui::element::el;
use crate::ui::words;

/// Where a word stands in the list, as a fragment without `#`.
pub(super) fn place(id: &str) -> String {
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
        .attr("aria-labelledby", "glossary")
        .child(el("h2").attr("id", "glossary").text(words::GLOSSARY))
        .child(el("dl").class("glossary").children(entries))
        .into()
}
