//! `/tree`: all questions and where each answer leads, as a drawing and as text.
//!
//! A result links here with the way its answers took in the fragment (`#path=…`); `src/tree.js` marks it. Without
//! that script everything can be read all the same.

mod drawing;
mod layout;

use leptos::prelude::*;

use super::words;
use crate::embedded;
use crate::engine::fact::FactKey;
use crate::engine::graph::{Edge, Graph, Point};
use crate::engine::page::{Inline, Values, plain};
use crate::engine::situation::Situation;
use crate::engine::tree::{Node, Subject};
use crate::ui::components::risk;
use crate::ui::element::{El, el};

/// The whole page.
pub(super) fn tree() -> AnyView {
    let graph = Graph::new(embedded::catalogue());
    let asked = (0..graph.points.len()).filter_map(|at| node(&graph, at));
    let ends = graph.points.iter().filter_map(end);
    el("div")
        .class("tree")
        .child(
            el("div")
                .class("reading")
                .child(el("h1").text(words::TREE))
                .child(el("p").text(words::TREE_LEAD))
                .child(marked()),
        )
        .child(
            el("div")
                .class("tree__scroll")
                .attr("tabindex", "0")
                .attr("role", "region")
                .attr("aria-label", words::TREE_DRAWING)
                .child(drawing::drawing(&graph)),
        )
        .child(
            el("div")
                .class("reading")
                .child(el("h2").attr("id", "questions").text(words::TREE_AS_TEXT))
                .child(el("ul").class("tree__list").attr("role", "list").children(asked))
                .child(el("h2").attr("id", "ways-out").text(words::TREE_ENDS))
                .child(el("ul").class("tree__list").attr("role", "list").children(ends)),
        )
        .into()
}

/// Hidden until the script has marked a way.
fn marked() -> El {
    el("p")
        .class("note tree__marked")
        .attr("role", "status")
        .attr("data-mark", words::TREE_MARK)
        .child(el("span").attr("hidden", "").text(words::TREE_MARKED))
}

/// What decides at a node, in words.
fn title(point: &Point<'_>) -> String {
    match point {
        Point::Asks(_, question) => plainly(&question.text),
        Point::Looks(node) => looks(node).0.to_owned(),
        Point::End(way) => way.title_text(),
    }
}

/// What is looked at, and the words for a value of it that is named and for every other.
fn looks(node: &Node) -> (&'static str, &'static str, &'static str) {
    match node.on {
        Subject::Fact(FactKey::Situation) => words::LOOKS_SITUATION,
        Subject::Fact(FactKey::Wipe) => words::LOOKS_WIPE,
        Subject::Fact(FactKey::ResetScript) => words::LOOKS_RESET,
        Subject::Fact(_) | Subject::Question(_) => words::LOOKS_OTHER,
    }
}

/// The answer or what was seen, in words.
fn value(point: &Point<'_>, edge: &Edge<'_>) -> String {
    let named = match (point, edge.value) {
        (Point::Asks(_, question), Some(id)) => {
            question.answers.iter().find(|answer| answer.id == id).map(|answer| answer.text.clone())
        }
        (Point::Looks(node), Some(id)) => {
            Some(match Situation::from_id(id).and_then(|id| embedded::catalogue().situation(id)) {
                Some(words) if node.on == Subject::Fact(FactKey::Situation) => words.title.clone(),
                _ if looks(node).1.is_empty() => id.to_owned(),
                _ => looks(node).1.to_owned(),
            })
        }
        (Point::Looks(node), None) => Some(looks(node).2.to_owned()),
        _ => None,
    };
    named.unwrap_or_default()
}

/// The name of a line for the script: the node and the value, which a result's link names in the same way.
fn name(point: &Point<'_>, edge: &Edge<'_>) -> String {
    format!("{}.{}", point.id(), edge.value.unwrap_or_default())
}

fn node(graph: &Graph<'_>, at: usize) -> Option<AnyView> {
    let point = graph.points.get(at).filter(|point| point.node().is_some())?;
    let ways = graph.leaving(at).filter_map(|edge| {
        let to = graph.points.get(edge.to)?;
        let link = el("a").attr("href", format!("#{}", place(to))).text(title(to));
        Some(el("li").attr("data-edge", name(point, edge)).text(value(point, edge)).text(" → ").child(link).into())
    });
    let why = match point {
        Point::Asks(_, question) => {
            let assumed = question.answers.iter().find(|answer| Some(&answer.id) == question.assumed.as_ref());
            let assumed = assumed.map(|answer| format!(" {} “{}”", words::TREE_ASSUMED, answer.text));
            format!("{}{}", plainly(&question.why), assumed.unwrap_or_default())
        }
        _ => words::TREE_FROM_LOG.to_owned(),
    };
    let item = el("li")
        .attr("id", place(point))
        .child(el("h3").text(title(point)))
        .child(el("p").class("quiet").text(why))
        .child(el("ul").children(ways));
    Some(item.into())
}

fn end(point: &Point<'_>) -> Option<AnyView> {
    let Point::End(way) = point else { return None };
    let said = |words: &[Inline]| plain(words, &Values::unfilled(&way.placeholders));
    let title = el("h3").text(said(&way.title)).text(" ").child(risk(way.risk));
    Some(el("li").attr("id", place(point)).child(title).child(el("p").text(said(&way.summary))).into())
}

/// Without the marks of code, which a drawing cannot show.
fn plainly(text: &str) -> String {
    text.replace('`', "")
}

/// The id of its entry in the text.
fn place(point: &Point<'_>) -> String {
    format!("at-{}", point.id())
}
