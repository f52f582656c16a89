//! What pages of numbers are made of: parts, lists, and rows of tables.

use leptos::prelude::*;

pub(super) use crate::ui::components::table;
use crate::ui::components::table_row;
use crate::ui::element::{El, el};

/// A row: what it is about, then its cells, each with whether it is bad news.
pub(super) fn row(title: El, cells: impl IntoIterator<Item = (String, bool)>) -> El {
    let cell = |(text, bad): (String, bool)| {
        let cell = el("td").text(text);
        if bad { cell.class("table__bad") } else { cell }
    };
    table_row(title, cells.into_iter().map(cell))
}

/// A part of the page under its heading.
pub(super) fn part(id: &str, title: &str) -> El {
    el("section").child(el("h2").attr("id", id.to_owned()).text(title))
}

/// One paragraph each.
pub(super) fn paragraphs(texts: &[&str]) -> Vec<AnyView> {
    texts.iter().map(|text| el("p").prose(text).into()).collect()
}

/// A list: `ul` or `ol`.
pub(super) fn list(tag: &'static str, texts: &[&str]) -> El {
    el(tag).children(texts.iter().map(|text| el("li").prose(text).into()))
}
