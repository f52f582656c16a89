//! What decided so far; every answer can be changed, and the others stay.

use leptos::prelude::*;

use super::blocks::folded;
use crate::embedded;
use crate::engine::advice::Advice;
use crate::engine::gate::{RIGHT_DATABASE, opens};
use crate::engine::tree::{Question, Step, Subject};
use crate::ui::element::{El, el};
use crate::ui::state::{Session, use_session};
use crate::ui::words;

/// Where the page of all questions reads which way to mark.
const TREE: &str = "/tree#path=";

/// The answers given and taken as given; nothing while there are none.
pub(super) fn trail(advice: &Advice<'static>) -> Option<AnyView> {
    let steps: Vec<AnyView> = advice.walk.trail.iter().filter_map(answered).flatten().map(AnyView::from).collect();
    let drawn =
        || el("p").child(el("a").attr("href", on_the_drawing(advice)).attr("target", "_blank").text(words::TO_TREE));
    (!steps.is_empty())
        .then(|| folded(words::ANSWERED).class("trail").child(el("dl").children(steps)).child(drawn()).into())
}

/// The page of all questions with this way marked: ids of the content alone (`src/tree.js`). It opens beside this page, which would be
/// forgotten otherwise.
fn on_the_drawing(advice: &Advice<'_>) -> String {
    let taken = |step: &Step<'_>| [&step.node.id, ".", step.taken().unwrap_or_default(), ","].concat();
    advice.walk.trail.iter().map(taken).fold(TREE.to_owned(), |address, step| address + &step)
}

fn answered(step: &Step<'static>) -> Option<[El; 2]> {
    let Subject::Question(id) = &step.node.on else { return None };
    let question = embedded::catalogue().tree.question(id)?;
    let answer = question.answers.iter().find(|a| Some(&a.id) == step.value.as_ref())?;
    let session = use_session();
    let whose = if step.answered { words::YOU_SAID } else { words::ASSUMED };
    let change = el("button")
        .attr("type", "button")
        .class("link")
        .attr("aria-label", format!("{}: {}", words::CHANGE, question.text))
        .on("click", move |_| ask_again(session, question))
        .text(words::CHANGE);
    // A confirmation counts only for the name in use, so that is the one that was confirmed.
    let name = opens(&question.id, &answer.id).then(|| session.names.with_untracked(|names| names.database.clone()));
    let name = name.filter(|_| question.id == RIGHT_DATABASE).map(|name| el("code").text(name).into());
    let said = el("dd")
        .child(el("span").class("quiet").text(format!("{whose}: ")))
        .prose(&answer.text)
        .text(" ")
        .children(name)
        .text(" ")
        .child(change);
    Some([el("dt").prose(&question.text), said])
}

fn ask_again(session: Session, question: &Question) {
    session.asking.set(Some(question.id.clone()));
    #[cfg(target_arch = "wasm32")]
    crate::ui::browser::focus_soon(session.next_heading(super::question::RESULT));
}
