//! In place of what was pasted: how much was read, and its masked view.

use leptos::prelude::AnyView;

use super::blocks::folded;
use super::evidence::line_number;
use crate::engine::text::MaskedView;
use crate::ui::element::el;
use crate::ui::state::Source;
use crate::ui::words;

/// Where the answer comes from.
pub(super) fn read_note(source: &Source) -> AnyView {
    let note = |text: &str| el("p").class("read").text(text);
    match source {
        Source::Log(view) => masked(view),
        Source::Told => note(words::TOLD).into(),
        Source::Resumed => note(words::RESUMED).into(),
        Source::Link { other_content: false } => note(words::FROM_LINK).into(),
        Source::Link { other_content: true } => {
            el("div").child(note(words::FROM_LINK)).child(el("p").class("warning").text(words::OTHER_CONTENT)).into()
        }
    }
}

fn masked(view: &MaskedView) -> AnyView {
    let mut before = 0;
    let mut lines: Vec<AnyView> = Vec::new();
    let left_out = |count: u32| el("li").class("quiet").text(words::lines_left_out(count)).into();
    for (number, text) in &view.lines {
        if *number > before + 1 {
            lines.push(left_out(number - before - 1));
        }
        lines.push(el("li").child(line_number(*number)).child(el("code").text(text.as_str())).into());
        before = *number;
    }
    if view.all > before {
        lines.push(left_out(view.all - before));
    }
    folded(&words::lines_read(view.all, view.masked))
        .class("read")
        .child(el("p").class("quiet").text(words::BEFORE_A_PICTURE))
        .child(el("ol").class("evidence read__lines").attr("role", "list").attr("tabindex", "0").children(lines))
        .into()
}
