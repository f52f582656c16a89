//! The part of `/proof` about whole services: what was broken, and what came of doing what the pages say.

use leptos::prelude::*;

use super::table::{paragraphs, part, row, table};
use super::words;
use crate::embedded;
use crate::engine::page::OutcomePage;
use crate::engine::reference::{Rescue, Rescues};
use crate::ui::element::el;

/// Under its heading, with the day it was tried.
pub(super) fn rescues(rescues: &'static Rescues) -> AnyView {
    let back = rescues.rescues.iter().filter(|rescue| rescue.failed.is_empty()).count();
    part("rescues", words::RESCUES)
        .child(el("p").text(words::rescues_lead(&rescues.date, back, rescues.rescues.len())))
        .children(paragraphs(&words::RESCUES_HOW))
        .child(table(words::RESCUES_CAPTION, &words::RESCUES_COLUMNS, rescues.rescues.iter().map(line)))
        .into()
}

fn line(rescue: &'static Rescue) -> AnyView {
    let lost = if rescue.lost.is_empty() { words::RESCUES_NONE.to_owned() } else { rescue.lost.join(", ") };
    row(
        el("th").text(&rescue.broken),
        [
            (rescue.said.clone(), false),
            (words::rescue_way(&title(&rescue.outcome), rescue.steps, rescue.questions), false),
            (lost, !rescue.lost.is_empty()),
            (words::rescue_tried(&rescue.servers, &rescue.drivers, &rescue.failed), !rescue.failed.is_empty()),
        ],
    )
    .into()
}

fn title(outcome: &str) -> String {
    embedded::catalogue().outcome(outcome).map(OutcomePage::title_text).unwrap_or_default()
}
