//! `/training`: for the hour before anything breaks.

use leptos::prelude::*;

use crate::ui::components::{glossary_list, training_parts};
use crate::ui::element::{El, el};
use crate::ui::later::{failed_on_arrival, with_workbench};
use crate::ui::words;

/// What to read first, a guided run, practice, and the words; all of it is fetched later.
pub(super) fn training() -> AnyView {
    let content = with_workbench(|later, workbench| {
        let parts = training_parts(&workbench.training).into_iter().chain([glossary_list(&later.glossary)]);
        el("div").children(parts).into()
    });
    el("div")
        .class("reading training")
        .child(el("h1").text(words::TRAINING))
        .child(contents())
        .child(failed_on_arrival("/training"))
        .child(content)
        .into()
}

fn contents() -> El {
    let parts = [
        ("#start-here", words::START_HERE),
        ("#guided-run", words::GUIDED),
        ("#practice", words::PRACTICE),
        ("#glossary", words::GLOSSARY),
    ];
    let links = parts.map(|(href, words)| el("li").child(el("a").attr("href", href).text(words)).into());
    let list = el("ul").attr("role", "list").children(links);
    el("nav").class("contents").attr("aria-label", words::CONTENTS).child(list)
}
