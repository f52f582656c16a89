//! `/accuracy`: how often recorded logs are read right, and how to give one.

use leptos::prelude::*;

use super::{ERRORS, words};
use crate::embedded;
use crate::engine::reference::{Accuracy, Counts};
use crate::ui::element::{El, el};

/// The whole page.
pub(super) fn accuracy() -> AnyView {
    let tables = embedded::reference().accuracy.as_ref().map(tables);
    el("div")
        .class("reading accuracy")
        .child(el("h1").text(words::ACCURACY))
        .children(tables)
        .child(part("measured", words::MEASURED).children(paragraphs(&words::MEASURED_TEXT)))
        .child(part("not-measured", words::NOT_MEASURED).child(list("ul", &words::NOT_MEASURED_TEXT)))
        .child(
            part("contribute", words::CONTRIBUTE)
                .child(el("p").text(words::CONTRIBUTE_TEXT))
                .child(list("ol", &words::CONTRIBUTE_STEPS)),
        )
        .into()
}

fn tables(accuracy: &'static Accuracy) -> AnyView {
    let kinds = accuracy.situations.iter().map(|(situation, counts)| {
        let title = embedded::catalogue().situation(*situation).map(|words| words.title.clone());
        let link = el("a").attr("href", format!("{ERRORS}#{}", situation.id())).text(title.unwrap_or_default());
        row(el("th").child(link), *counts)
    });
    let folders = accuracy.folders.iter().map(|folder| {
        let name = el("code").text(format!("tests/logs/{}", folder.name));
        let about = el("span").class("quiet").text(&folder.about);
        row(el("th").child(name).text(" ").child(about), folder.counts)
    });
    let total = || row(el("th").text(words::ALL), accuracy.total()).class("table__total").into();
    let meanings = words::COLUMNS
        .iter()
        .flat_map(|(column, meaning)| [el("dt").text(*column).into(), el("dd").text(*meaning).into()]);
    part("numbers", words::NUMBERS)
        .child(el("p").text(words::NUMBERS_HOW))
        .child(table(words::BY_KIND, words::WHAT_HAPPENED, kinds.map(Into::into).chain([total()])))
        .child(el("dl").class("costs").children(meanings))
        .child(table(words::BY_FOLDER, words::FROM, folders.map(Into::into)))
        .into()
}

/// A table. On a phone its rows are two lines (`style/parts.css`), and browsers forget what a table is that is laid out as
/// something else: so each part says it.
fn table(caption: &str, first: &str, rows: impl IntoIterator<Item = AnyView>) -> El {
    let columns = [first, words::LOGS, words::RIGHT, words::WRONG, words::CANNOT_TELL, words::UNSAFE];
    let head = columns.map(|column| el("th").attr("scope", "col").attr("role", "columnheader").text(column).into());
    let head = el("tr").attr("role", "row").children(head);
    el("table")
        .class("table")
        .attr("role", "table")
        .child(el("caption").text(caption))
        .child(el("thead").attr("role", "rowgroup").child(head))
        .child(el("tbody").attr("role", "rowgroup").children(rows))
}

fn row(title: El, counts: Counts) -> El {
    let cell = |number: u32| el("td").attr("role", "cell").text(number.to_string());
    let good = [counts.logs, counts.right].map(cell);
    let bad = [counts.wrong, counts.unknown, counts.harmful]
        .map(|number| if number == 0 { cell(number) } else { cell(number).class("table__bad") });
    let title = title.attr("scope", "row").attr("role", "rowheader");
    el("tr").attr("role", "row").child(title).children(good.into_iter().chain(bad).map(Into::into))
}

fn part(id: &'static str, title: &str) -> El {
    el("section").child(el("h2").attr("id", id).text(title))
}

fn paragraphs(texts: &[&str]) -> Vec<AnyView> {
    texts.iter().map(|text| el("p").children(with_code(text)).into()).collect()
}

fn list(tag: &'static str, texts: &[&str]) -> El {
    el(tag).children(texts.iter().map(|text| el("li").children(with_code(text)).into()))
}

/// What stands between backticks is code.
fn with_code(text: &str) -> Vec<AnyView> {
    let pieces = text.split('`').enumerate();
    pieces
        .map(|(index, piece)| if index % 2 == 1 { el("code").text(piece).into() } else { piece.to_owned().into_any() })
        .collect()
}
