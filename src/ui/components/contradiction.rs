//! Asked again before anything is shown that deletes data: the data was said not to matter, and a name or its size says that people use it.

use leptos::prelude::*;

use super::question::{choose, move_on};
use crate::embedded;
use crate::engine::contradiction::{Contradiction as Disagreement, Side, Source};
use crate::engine::production::Contradiction;
use crate::ui::element::el;
use crate::ui::state::Session;
use crate::ui::words;

/// The question about the data.
const DATA: &str = "data";

/// The answer that keeps it, and the choice that stands by what was said.
const KEEP: &str = "needed";
const STAND_BY: &str = "stand-by";

/// What was said, the names that say otherwise, and which of the two counts; `prefix` distinguishes two forms on one page.
pub(super) fn contradiction_form(session: Session, prefix: &'static str) -> AnyView {
    let title = format!("{prefix}-contradiction");
    let go_on = move |chosen: &str| {
        if chosen == KEEP {
            session.answer(DATA, KEEP);
        } else {
            session.stand_by_names();
        }
        move_on(session, prefix);
    };
    let choice = |id, words: &str| (id, el("span").text(words));
    let choices = vec![choice(KEEP, words::KEEP_DATA), choice(STAND_BY, words::STAND_BY_IT)];
    el("section")
        .class("question")
        .attr("aria-labelledby", title.clone())
        .child(el("p").class("question__kicker").text(words::CONTRADICTION_KICKER))
        .child(el("h3").attr("id", title.clone()).attr("tabindex", "-1").text(words::CONTRADICTION))
        .live(move || session.contradiction().map(|found| contradicted(&found)))
        .child(choose(&title, words::CONTRADICTION, choices, None, Box::new(go_on)))
        .into()
}

/// Both sides of what cannot be true together; there is nothing to choose here, and no plan until one side is taken back.
pub(super) fn disagreement(
    session: Session,
    prefix: &'static str,
    sides: fn(Session) -> Option<Disagreement>,
) -> AnyView {
    let title = [prefix, "-disagreement"].concat();
    el("section")
        .class("question")
        .attr("aria-labelledby", title.clone())
        .child(el("p").class("question__kicker").text(words::CONTRADICTION_KICKER))
        .child(el("h3").attr("id", title).attr("tabindex", "-1").text(words::DISAGREEMENT))
        .live(move || sides(session).map(|found| both_sides(&found)))
        .child(el("p").text(words::TAKE_ONE_BACK))
        .into()
}

fn both_sides(found: &Disagreement) -> AnyView {
    let side = |side: &Side| {
        let source = match side.source {
            Source::Log => words::SAYS_LOG,
            Source::Answer => words::SAYS_ANSWER,
            Source::Server => words::SAYS_SERVER,
            Source::Name => words::SAYS_NAME,
        };
        el("li").child(el("strong").text(source)).text(": ").text(side.text.as_str()).into()
    };
    el("ul").children(found.sides.iter().map(side)).into()
}

/// What was said, and the names and rows that say otherwise.
fn contradicted(found: &Contradiction) -> AnyView {
    let question = embedded::catalogue().tree.question(DATA);
    let said = question.and_then(|question| question.answers.iter().find(|answer| answer.id == found.answer));
    let said = said.map(|answer| answer.text.as_str()).unwrap_or_default();
    let names =
        found.names.iter().chain(&found.rows).map(|(name, word)| {
            el("li").child(el("code").text(name.as_str())).text([" (“", word, "”)"].concat()).into()
        });
    el("div")
        .child(el("p").text([words::YOU_SAID, ": “", said, "”"].concat()))
        .child(el("p").text(words::BUT_NAME))
        .child(el("ul").children(names))
        .into()
}
