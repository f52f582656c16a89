//! The runbook itself: contents, the names, every section with its corrections.

use leptos::prelude::*;

use super::blocks::{blocks, inlines};
use super::guard_check::guard_checks;
use super::names::names_form;
use super::safe_form::safe_form;
use super::values_form::{takes_names, values_form};
use crate::embedded;
use crate::engine::page::{Page, Section};
use crate::ui::element::el;
use crate::ui::state::use_session;
use crate::ui::words;

/// The section of the first runbook that gets the gated, safe form of its SQL.
const OPTION_A: &str = "option-a";

/// The section of the first runbook that says what must be set before a reset script runs.
const PREVENT: &str = "prevent";

/// A runbook under a heading `h2`.
pub fn runbook_article(page: &'static Page) -> AnyView {
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
        .children(takes_names(placeholders).then(|| names_form("runbook")))
        .children(values_form("runbook", placeholders))
        .children(blocks(&page.lead, placeholders))
        .children(page.sections.iter().map(|part| section(page, part)))
        .child(el("p").child(el("a").attr("href", "/tree").text(words::TO_TREE)))
        .child(el("p").child(el("a").attr("href", "/sql").text(words::SQL_PAGE)))
        .children(other_runbooks(page))
        .into()
}

/// Links to the other runbooks; nothing while there is one alone.
fn other_runbooks(page: &Page) -> Option<AnyView> {
    let others = embedded::catalogue().runbooks.iter().filter(|other| other.slug != page.slug);
    let link = |other: &Page| el("a").attr("href", other.address.as_str()).text(other.title_text());
    let links: Vec<AnyView> = others.map(|other| el("li").child(link(other)).into()).collect();
    let nav = el("nav").class("contents").attr("aria-label", words::OTHER_RUNBOOKS);
    let title = el("p").class("quiet").text(words::OTHER_RUNBOOKS);
    (!links.is_empty()).then(|| nav.child(title).child(el("ul").attr("role", "list").children(links)).into())
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
        .children((section.id == OPTION_A && page.is_first()).then(safe_form))
        .children((section.id == PREVENT && page.is_first()).then(guard_checks).unwrap_or_default())
        .into()
}
