//! Tables that stay tables on a phone.

use leptos::prelude::*;

use crate::ui::element::{El, el};

/// A table. On a phone its rows are laid out as lines (`style/parts.css`), and browsers forget what a table is that is laid out as
/// something else: so each part says it.
pub(in crate::ui) fn table(caption: &str, columns: &[&str], rows: impl IntoIterator<Item = AnyView>) -> El {
    let head = columns.iter().map(|name| el("th").attr("scope", "col").attr("role", "columnheader").text(*name).into());
    let head = el("tr").attr("role", "row").children(head);
    el("table")
        .class("table")
        .attr("role", "table")
        .child(el("caption").text(caption))
        .child(el("thead").attr("role", "rowgroup").child(head))
        .child(el("tbody").attr("role", "rowgroup").children(rows))
}

/// A row: what it is about, then its cells.
pub(in crate::ui) fn table_row(title: El, cells: impl IntoIterator<Item = El>) -> El {
    let cells = cells.into_iter().map(|cell| cell.attr("role", "cell").into());
    let title = title.attr("scope", "row").attr("role", "rowheader");
    el("tr").attr("role", "row").child(title).children(cells)
}
