//! The record of what happened and was done, and a card for whoever goes on.

use leptos::prelude::*;

use super::blocks::folded;
use super::copy::copy_button;
use crate::embedded;
use crate::engine::later::Later;
use crate::engine::page::Placeholder;
use crate::engine::record::{Format, Visit};
use crate::ui::element::{El, el};
use crate::ui::later::with_later;
use crate::ui::state::{Session, now, use_session};
use crate::ui::words;

/// Folded away until somebody needs it; only then the plans are fetched that it tells of.
pub(super) fn handover() -> El {
    let opened = RwSignal::new(false);
    let summary = el("summary").text(words::HANDOVER).on("click", move |_| opened.set(true));
    el("details").class("handover").child(summary).live(move || opened.get().then(|| with_later(parts)))
}

fn parts(later: &'static Later) -> AnyView {
    let session = use_session();
    let write = move |what: fn(&Visit<'_>) -> String| Signal::derive(move || visit(session, later, what));
    let card_text = write(card);
    let text = el("pre")
        .class("ask-somebody__text")
        .attr("tabindex", "0")
        .attr("role", "group")
        .attr("aria-label", words::CARD)
        .text_live(move || card_text.get());
    el("div")
        .child(el("p").class("quiet").text(words::HANDOVER_WHY))
        .child(record(words::RECORD_MARKDOWN, "record.md", write(|visit| visit.record(Format::Markdown))))
        .child(record(words::RECORD_TEXT, "record.txt", write(|visit| visit.record(Format::Text))))
        .child(folded(words::CARD).attr("open", "").child(text).child(copy_button(card_text)))
        .into()
}

fn card(visit: &Visit<'_>) -> String {
    visit.card()
}

/// One form of the record: to copy, and to download.
fn record(label: &str, file: &'static str, text: Signal<String>) -> El {
    let download = move |_| {
        #[cfg(target_arch = "wasm32")]
        crate::ui::browser::download(file, &text.get_untracked());
        #[cfg(not(target_arch = "wasm32"))]
        let _ = (file, text);
    };
    let download = el("button").attr("type", "button").class("button").on("click", download).text(words::DOWNLOAD);
    el("div")
        .attr("role", "group")
        .attr("aria-label", label)
        .child(el("p").text(label))
        .child(copy_button(text).child(download))
}

/// What this visit tells; after a recovery what was known and answered before it.
fn visit(session: Session, later: &Later, write: fn(&Visit<'_>) -> String) -> String {
    let Some(known) = session.known() else { return String::new() };
    let (known, answers) = known.before.clone().unwrap_or_else(|| (known, session.answers.get()));
    let names = session.names.get();
    let values = |placeholders: &[Placeholder]| names.page_values(placeholders);
    session.journal.with(|journal| {
        write(&Visit {
            catalogue: embedded::catalogue(),
            later,
            digest: embedded::DIGEST,
            diagnosis: &known.diagnosis,
            answers: &answers,
            journal,
            database: &names.database,
            values: &values,
            now: now(),
        })
    })
}
