//! A log nobody could read: its masked end, ready to be sent to those who can teach the page.

use leptos::prelude::*;

use super::blocks::folded;
use super::copy::copy_button;
use crate::engine::situation::Situation;
use crate::engine::text::MaskedView;
use crate::ui::element::el;
use crate::ui::state::{Known, Source};
use crate::ui::words;

/// Lines of a sample at most.
const LONGEST: usize = 60;

/// The sample, where the page could not tell.
pub(super) fn sample(known: &Known) -> Option<AnyView> {
    let Source::Log(view) = &known.source else { return None };
    let wanted = known.diagnosis.situation == Situation::Unknown && !view.lines.is_empty();
    wanted.then(|| {
        let text = text(view);
        let shown = el("pre")
            .class("ask-somebody__text")
            .attr("tabindex", "0")
            .attr("role", "group")
            .attr("aria-label", words::SAMPLE_LABEL)
            .text(text.clone());
        folded(words::SAMPLE)
            .class("ask-somebody")
            .child(
                el("p")
                    .class("quiet")
                    .text(words::SAMPLE_WHY)
                    .text(" ")
                    .child(el("a").attr("href", "/accuracy").attr("target", "_blank").text(words::SAMPLE_HOW)),
            )
            .child(shown)
            .child(copy_button(Signal::stored(text)))
            .into()
    })
}

fn text(view: &MaskedView) -> String {
    let from = view.lines.len().saturating_sub(LONGEST);
    let lines: Vec<&str> = view.lines.iter().skip(from).map(|(_, text)| text.as_str()).collect();
    lines.join("\n")
}
