//! The way out that was reached: what it costs, and its steps with the SQL filled in.

use leptos::prelude::AnyView;

use super::blocks::{blocks, inlines};
use super::names::names_form;
use super::ways_out::risk;
use crate::engine::page::{Inline, OutcomePage};
use crate::ui::element::{El, el};
use crate::ui::words;

/// Costs and steps of one way out.
pub(super) fn outcome(way: &'static OutcomePage) -> AnyView {
    let placeholders = way.placeholders.as_slice();
    let title = el("h3")
        .attr("id", "outcome-title")
        .attr("tabindex", "-1")
        .children(inlines(&way.title, placeholders))
        .text(" ")
        .child(risk(way));
    let source = way
        .anchor
        .as_ref()
        .map(|anchor| el("p").child(el("a").attr("href", format!("#{anchor}")).text(words::SOURCE_SECTION)).into());
    let steps = way.steps.iter().map(|group| {
        el("section")
            .class("steps")
            .child(el("h4").children(inlines(&group.title, placeholders)))
            .children(blocks(&group.blocks, placeholders))
            .into()
    });
    el("section")
        .class("outcome")
        .attr("id", "to-do")
        .attr("aria-labelledby", "outcome-title")
        .child(el("p").class("question__kicker").text(words::TO_DO))
        .child(title)
        .child(el("p").children(inlines(&way.summary, placeholders)))
        .child(costs(way))
        .children(source)
        .child(names_form("plan"))
        .children(steps)
        .into()
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
