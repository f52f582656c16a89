//! The way out that was reached: what it costs, the names, and its plan.

use leptos::prelude::*;

use super::blocks::inlines;
use super::names::names_folded;
use super::plan::plan;
use super::risk::risk;
use super::set_aside::set_aside_instead;
use super::values_form::{takes_names, values_form};
use crate::embedded;
use crate::engine::page::{Inline, OutcomePage};
use crate::ui::element::{El, el};
use crate::ui::state::Known;
use crate::ui::words;

/// Costs and steps of one way out.
pub(super) fn outcome(way: &'static OutcomePage, known: &Known) -> AnyView {
    let placeholders = way.placeholders.as_slice();
    let title = el("h3")
        .attr("id", "outcome-title")
        .attr("tabindex", "-1")
        .children(inlines(&way.title, placeholders))
        .text(" ")
        .child(risk(way.risk));
    let source = embedded::catalogue()
        .source_section(way)
        .map(|section| el("p").child(el("a").attr("href", section).text(words::SOURCE_SECTION)).into());
    let names = (!way.editions.is_empty() || takes_names(placeholders))
        .then(|| names_folded("plan").class("names-folded").into());
    el("section")
        .class("outcome")
        .attr("id", "to-do")
        .attr("aria-labelledby", "outcome-title")
        .child(el("p").class("question__kicker").text(words::TO_DO))
        .child(title)
        .child(el("p").children(inlines(&way.summary, placeholders)))
        .children(differs(way, known))
        .child(costs(way))
        .live(move || set_aside_instead().filter(|_| way.id == OPTION_A))
        .children(source)
        .children(names)
        .children(values_form("plan", placeholders))
        .child(plan(way))
        .into()
}

/// The way that has a milder one beside it.
const OPTION_A: &str = "option-a";

/// Why this and not what the source runbook says for what happened.
fn differs(way: &'static OutcomePage, known: &Known) -> Option<AnyView> {
    let because = way.instead.as_ref().filter(|_| known.diagnosis.situation.may_wipe())?;
    let text = el("p").text(words::SOURCE_SAYS).text(" ").children(inlines(because, &way.placeholders));
    Some(text.class("differs").into())
}

fn costs(way: &'static OutcomePage) -> El {
    let cost = |label: &str, words: &'static [Inline]| {
        [el("dt").text(label).into(), el("dd").children(inlines(words, &way.placeholders)).into()]
    };
    el("dl")
        .class("costs")
        .children(cost(words::DATA, &way.costs.data))
        .children(cost(words::TIME, &way.costs.time))
        .children(cost(words::UNDO, &way.costs.undo))
}
