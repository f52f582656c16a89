//! `/sql`: the SQL texts on their own, with the reader's names.

use leptos::prelude::*;

use crate::ui::components::{names_form, sql_tabs};
use crate::ui::element::{el, noscript};
use crate::ui::later::failed_on_arrival;
use crate::ui::words;

/// The names, then a tab for each text.
pub(super) fn sql() -> AnyView {
    let notice = RwSignal::new("");
    el("div")
        .class("reading sql")
        .child(el("h1").text(words::SQL_PAGE))
        .child(el("p").text(words::SQL_LEAD))
        .child(noscript("note", words::SQL_NO_SCRIPT))
        .child(failed_on_arrival("/sql"))
        .child(el("div").attr("role", "status").live(move || said(notice.get())))
        .child(names_form("sql"))
        .child(sql_tabs(notice))
        .into()
}

fn said(notice: &str) -> Option<AnyView> {
    (!notice.is_empty()).then(|| el("p").class("note").text(notice).into())
}
