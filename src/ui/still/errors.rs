//! `/errors`: all errors by what happened. `src/filter.js` makes the list shorter; without it the list is whole.

use leptos::prelude::*;

use super::message::{message, messages, text};
use super::{ACCURACY, PROOF, TREE, address, headline, signatures, words};
use crate::embedded;
use crate::engine::catalogue::SituationWords;
use crate::engine::signature::Signature;
use crate::ui::element::{El, el};

/// The whole page.
pub(super) fn errors() -> AnyView {
    let kinds = embedded::catalogue().situations.iter().filter_map(kind);
    let numbers = embedded::reference().accuracy.is_some().then(|| {
        let link = el("a").attr("href", ACCURACY).text(words::TO_ACCURACY);
        el("p").child(link).into()
    });
    let proof = embedded::reference().proof.is_some().then(|| {
        let link = el("a").attr("href", PROOF).text(words::PROOF);
        el("p").child(link).into()
    });
    el("div")
        .class("reading errors")
        .child(el("h1").text(words::ERRORS))
        .child(el("p").text(words::errors_lead(signatures().len())))
        .child(
            el("p")
                .class("note")
                .text(words::ERRORS_PASTE)
                .text(" ")
                .child(el("a").attr("href", "/").text(words::ERRORS_PASTE_LINK))
                .text(": ")
                .text(words::ERRORS_PASTE_WHY),
        )
        .child(filter())
        .children(kinds)
        .children(numbers)
        .child(el("p").child(el("a").attr("href", TREE).text(words::TREE)))
        .children(proof)
        .into()
}

/// Hidden until the script that answers it is here.
fn filter() -> El {
    let field = el("input")
        .attr("id", "filter")
        .attr("type", "text")
        .attr("autocomplete", "off")
        .attr("autocapitalize", "none")
        .attr("spellcheck", "false");
    let nothing = el("span").attr("hidden", "").text(words::FILTER_NOTHING);
    el("div")
        .class("field filter")
        .attr("hidden", "")
        .child(el("label").attr("for", "filter").text(words::FILTER))
        .child(field)
        .child(el("p").attr("role", "status").child(nothing))
}

fn kind(words: &SituationWords) -> Option<AnyView> {
    let items: Vec<AnyView> =
        signatures().iter().filter(|signature| signature.situation == words.id).map(entry).collect();
    let id = words.id.id();
    let section = || {
        el("section")
            .attr("aria-labelledby", id)
            .child(el("h2").attr("id", id).text(&words.title))
            .child(el("ul").attr("role", "list").children(items))
    };
    signatures().iter().any(|signature| signature.situation == words.id).then(|| section().into())
}

/// What happened and the first of its messages. The script looks at those that are enough by themselves: what a line means behind
/// another one alone is found by that other line.
fn entry(signature: &'static Signature) -> AnyView {
    let all = messages(signature);
    let is_enough =
        |line: &String| signature.matchers.iter().any(|found| found.after.is_none() && text(&found.template) == *line);
    let find = all.iter().map(|template| text(template)).filter(is_enough).collect::<Vec<_>>().join("\n");
    let first = all.first().map(|template| el("div").child(message(template)).into());
    el("li")
        .attr("data-find", find)
        .child(el("a").attr("href", address(signature)).text(headline(signature)))
        .children(first)
        .into()
}
