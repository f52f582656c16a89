//! The lines that say so, masked, with their numbers.

use leptos::prelude::AnyView;

use crate::engine::diagnose::Evidence;
use crate::ui::element::{El, el};
use crate::ui::words;

/// The lines that decided, or that none did because the reader told what happened.
pub(super) fn evidence(lines: &[Evidence]) -> AnyView {
    if lines.is_empty() {
        return el("p").class("quiet").text(words::NO_LINE).into();
    }
    let items = lines.iter().map(|line| {
        let code = el("code").text(line.text.as_str());
        el("li").class("evidence__line").child(line_number(line.line)).child(code).into()
    });
    el("div")
        .child(el("h3").class("evidence__title").text(words::SAYS_SO))
        .child(el("ol").class("evidence").attr("role", "list").children(items))
        .into()
}

/// `line 12`.
pub(super) fn line_number(line: u32) -> El {
    el("span").class("evidence__number").text(format!("line {line} "))
}
