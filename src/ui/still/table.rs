//! What pages of numbers are made of: parts, lists, and tables that stay tables on a phone.

use leptos::prelude::*;

use crate::ui::element::{El, el};

/// A table. On a phone its rows are two lines (`style/parts.css`), and browsers forget what a table is that is laid out as
/// something else: so each part says it.
pub(super) fn table(caption: &str, columns: &[&'static str], rows: impl IntoIterator<Item = AnyView>) -> El {
    let head = columns.iter().map(|name| el("th").attr("scope", "col").attr("role", "columnheader").text(*name).into());
    let head = el("tr").attr("role", "row").children(head);
    el("table")
        .class("table")
        .attr("role", "table")
        .child(el("caption").text(caption))
        .child(el("thead").attr("role", "rowgroup").child(head))
        .child(el("tbody").attr("role", "rowgroup").children(rows))
}

/// A row: what it is about, then its cells, each with whether it is bad news.
pub(super) fn row(title: El, cells: impl IntoIterator<Item = (String, bool)>) -> El {
    let cells = cells.into_iter().map(|(text, bad)| {
        let cell = el("td").attr("role", "cell").text(text);
        if bad { cell.class("table__bad").into() } else { cell.into() }
    });
    let title = title.attr("scope", "row").attr("role", "rowheader");
    el("tr").attr("role", "row").child(title).children(cells)
}

/// A part of the page under its heading.
pub(super) fn part(id: &str, title: &str) -> El {
    el("section").child(el("h2").attr("id", id.to_owned()).text(title))
}

/// One paragraph each.
pub(super) fn paragraphs(texts: &[&str]) -> Vec<AnyView> {
    texts.iter().map(|text| el("p").children(with_code(text)).into()).collect()
}

/// A list: `ul` or `ol`.
pub(super) fn list(tag: &'static str, texts: &[&str]) -> El {
    el(tag).children(texts.iter().map(|text| el("li").children(with_code(text)).into()))
}

/// What stands between backticks is code.
fn with_code(text: &str) -> Vec<AnyView> {
    let pieces = text.split('`').enumerate();
    pieces
        .map(|(index, piece)| if index % 2 == 1 { el("code").text(piece).into() } else { piece.to_owned().into_any() })
        .collect()
}
