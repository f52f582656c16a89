//! The parts of the training page: what to read first, the guided run, practice.

use leptos::prelude::*;

use super::blocks::{blocks, folded, inlines};
use super::exercise::{brief, exercise, why};
use crate::embedded;
use crate::engine::page::{Page, Section};
use crate::engine::training::{Exercise, Training};
use crate::ui::element::{El, el, noscript};
use crate::ui::routes::GUIDED_RUN;
use crate::ui::words;

/// All of the training but the glossary.
pub fn training_parts(training: &'static Training) -> Vec<AnyView> {
    let guided = training.guided().map(guided_run);
    std::iter::once(start(&training.start)).chain(guided).chain([practice(&training.exercises)]).collect()
}

fn part(id: &'static str, title: El) -> El {
    el("section").class("training__part").attr("aria-labelledby", id).child(title.attr("id", id))
}

fn start(page: &'static Page) -> AnyView {
    let title = el("h2").children(inlines(&page.title, &[]));
    part("start-here", title).children(blocks(&page.lead, &[])).children(page.sections.iter().flat_map(section)).into()
}

fn section(section: &'static Section) -> Vec<AnyView> {
    let mut parts = vec![el("h3").attr("id", &section.id).children(inlines(&section.title, &[])).into()];
    parts.extend(blocks(&section.blocks, &[]));
    parts
}

/// The real flow on the start page, with a recorded log already read.
fn guided_run(exercise: &'static Exercise) -> AnyView {
    let open = el("a").class("button button--main").attr("href", GUIDED_RUN);
    let way_out = exercise.solution.as_ref().and_then(|right| embedded::catalogue().outcome(&right.way_out));
    let ends = way_out.map(|way| el("p").child(el("strong").text(way.title_text())).into());
    part("guided-run", el("h2").text(words::GUIDED))
        .child(el("p").text(words::GUIDED_HOW))
        .child(brief(exercise))
        .child(noscript("note", words::GUIDED_NO_SCRIPT))
        .child(el("p").child(open.text(words::GUIDED_OPEN)))
        .child(folded(words::GUIDED_ENDS).children(ends).children(why(exercise)))
        .into()
}

fn practice(exercises: &'static [Exercise]) -> AnyView {
    part("practice", el("h2").text(words::PRACTICE))
        .child(el("p").text(words::PRACTICE_HOW))
        .child(noscript("note", words::PRACTICE_NO_SCRIPT))
        .children(exercises.iter().filter(|practised| !practised.guided).map(exercise))
        .into()
}
