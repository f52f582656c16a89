//! `/accuracy`: how often recorded logs are read right, and how to give one.

use leptos::prelude::*;

use super::table::{self, list, paragraphs, part};
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
        .child(table::table(words::BY_KIND, &columns(words::WHAT_HAPPENED), kinds.map(Into::into).chain([total()])))
        .child(el("dl").class("costs").children(meanings))
        .child(table::table(words::BY_FOLDER, &columns(words::FROM), folders.map(Into::into)))
        .into()
}

fn columns(first: &'static str) -> [&'static str; 8] {
    let [bad, clear, carried] = [words::UNSAFE, words::FALSE_CLEAR, words::CARRIED];
    [first, words::LOGS, words::RIGHT, words::WRONG, words::CANNOT_TELL, bad, clear, carried]
}

fn row(title: El, counts: Counts) -> El {
    let good = [counts.logs, counts.right].map(|number| (number.to_string(), false));
    let bad = [counts.wrong, counts.unknown, counts.harmful, counts.false_clear];
    let bad = bad.map(|number| (number.to_string(), number > 0));
    let carried = (words::share(counts.same, counts.carried), counts.same < counts.carried);
    table::row(title, good.into_iter().chain(bad).chain([carried]))
}
