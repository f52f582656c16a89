//! The lines that say so, masked, with their numbers.

use leptos::prelude::AnyView;

use crate::engine::diagnose::Evidence;
use crate::engine::text::MaskedView;
use crate::ui::element::{El, el};
use crate::ui::words;

/// How many lines are shown before and behind the first that decided.
const NEAR: u32 = 2;

/// The lines that decided, the first among its neighbours; or word that none did because the reader told what happened.
pub(super) fn evidence(lines: &[Evidence], view: Option<&MaskedView>) -> AnyView {
    let Some(first) = lines.first() else {
        return el("p").class("quiet").text(words::NO_LINE).into();
    };
    let mut rows = vec![(first.line, "evidence__line", first.text.as_str())];
    for line in lines.iter().skip(1) {
        rows.push((line.line, "evidence__line evidence__other", line.text.as_str()));
    }
    for (number, text) in view.map_or(&[][..], |view| &view.lines) {
        if number.abs_diff(first.line) <= NEAR && lines.iter().all(|line| line.line != *number) {
            rows.push((*number, "evidence__line evidence__near", text.as_str()));
        }
    }
    // In the order of the log. They are few, and a sort is 3 kB of program.
    let mut shown: Vec<AnyView> = Vec::new();
    let mut after = 0;
    while let Some((number, class, text)) = rows.iter().filter(|row| row.0 > after).min_by_key(|row| row.0) {
        shown.push(row(class, *number, text));
        after = *number;
    }
    el("div")
        .child(el("h3").class("evidence__title").text(words::line_of_log(first.line)))
        .child(el("ol").class("evidence").attr("role", "list").children(shown))
        .into()
}

fn row(class: &str, number: u32, text: &str) -> AnyView {
    let number = el("span").class("evidence__number").text(number.to_string());
    el("li").class(class).child(number).child(code(text)).into()
}

/// A line breaks behind a separator, so that a narrow screen cuts no name in two.
fn code(text: &str) -> El {
    text.split_inclusive(['.', '/', '_']).fold(el("code"), |code, piece| code.text(piece).child(el("wbr")))
}

/// `line 12`.
pub(super) fn line_number(line: u32) -> El {
    el("span").class("evidence__number").text(format!("line {line} "))
}
