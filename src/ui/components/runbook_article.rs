//! The runbook itself: contents, the names, every section with its corrections.

use leptos::prelude::*;

use super::blocks::{blocks, inlines};
use super::guard_check::guard_check;
use super::names::names_form;
use super::safe_form::safe_form;
use crate::embedded;
use crate::engine::page::{Page, Section};
use crate::ui::element::el;
use crate::ui::state::use_session;
use crate::ui::words;

/// The section that gets the gated, safe form of its SQL.
const OPTION_A: &str = "option-a";

/// The section that says what must be set before a reset script runs.
const PREVENT: &str = "prevent";

/// The first runbook of the content, under a heading `h2`.
pub fn runbook_article() -> AnyView {
    let Some(page) = embedded::catalogue().runbooks.first() else {
        return ().into_any();
    };
    let placeholders = page.placeholders.as_slice();
    let entries = page
        .contents()
        .into_iter()
        .filter(|entry| entry.level == 2)
        .map(|entry| el("li").child(el("a").attr("href", format!("#{}", entry.id)).text(entry.text)).into());
    el("article")
        .class("runbook")
        .child(el("h2").class("runbook__title").children(inlines(&page.title, placeholders)))
        .child(
            el("nav")
                .class("contents")
                .attr("aria-label", words::CONTENTS)
                .child(el("ul").attr("role", "list").children(entries)),
        )
        .child(names_form("runbook"))
        .children(blocks(&page.lead, placeholders))
        .children(page.sections.iter().map(|part| section(page, part)))
        .into()
}

fn section(page: &'static Page, section: &'static Section) -> AnyView {
    let placeholders = page.placeholders.as_slice();
    let title = el("h3").attr("id", &section.id).attr("tabindex", "-1").children(inlines(&section.title, placeholders));
    let session = use_session();
    let recommended = move || session.recommended_section() == Some((&page.slug, &section.id));
    let class = move || {
        let marked = if recommended() { " runbook__section--recommended" } else { "" };
        Some(format!("runbook__section{marked}"))
    };
    el("section")
        .attr_live("class", class)
        .attr("aria-labelledby", &section.id)
        .live(move || recommended().then(|| el("p").class("runbook__here").text(words::HERE).into()))
        .child(title)
        .children(blocks(&section.blocks, placeholders))
        .children((section.id == OPTION_A).then(safe_form))
        .children((section.id == PREVENT).then(guard_check))
        .into()
}
