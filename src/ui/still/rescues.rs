//! The part of `/proof` about whole services: what was broken, and what came of doing what the pages say.

use leptos::prelude::*;

use super::table::{paragraphs, part};
use super::words;
use crate::embedded;
use crate::engine::page::OutcomePage;
use crate::engine::reference::{Rescue, Rescues};
use crate::ui::element::el;

/// Under its heading, with the day it was tried.
pub(super) fn rescues(rescues: &'static Rescues) -> AnyView {
    let back = rescues.rescues.iter().filter(|rescue| rescue.failed.is_empty()).count();
    let each = rescues.rescues.iter().flat_map(entry);
    part("rescues", words::RESCUES)
        .child(el("p").text(words::rescues_lead(&rescues.date, back, rescues.rescues.len())))
        .children(paragraphs(&words::RESCUES_HOW))
        .child(el("h3").text(words::RESCUES_EACH))
        .child(el("dl").class("costs").children(each))
        .into()
}

/// What was broken; below it what the page says, what brought it back, what was lost and where it was tried.
fn entry(rescue: &'static Rescue) -> [AnyView; 2] {
    let way = embedded::catalogue().outcome(&rescue.outcome).map(OutcomePage::title_text).unwrap_or_default();
    let failed = (!rescue.failed.is_empty())
        .then(|| el("p").child(el("strong").class("table__bad").text(words::rescue_failed(&rescue.failed))).into());
    let told = el("dd")
        .child(el("p").prose(&rescue.said))
        .child(el("p").text(words::rescue_way(&way, rescue.steps, rescue.questions, &rescue.lost)))
        .child(el("p").class("quiet").text(words::rescue_tried(&rescue.servers, &rescue.drivers)))
        .children(failed);
    [el("dt").prose(&rescue.broken).into(), told.into()]
}
