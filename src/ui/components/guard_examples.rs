//! A guard's own cases as examples, and the files of the module that does what it says.

use leptos::prelude::*;

use super::{Stand, table, table_row};
use crate::engine::guard::{Case, Decision, Guard, ModuleFile, NearMiss, Requirement, evaluate, visible};
use crate::ui::element::{El, el};
use crate::ui::words;

/// Where the module's files stand on the site.
pub(crate) const MODULE: &str = "/guards/reference/";

/// Every case: what is set, what a script would do, and what was nearly right.
pub(in crate::ui) fn guard_examples(stand: Stand) -> El {
    let guard = stand.guard;
    let names = guard.requirements.iter().map(|one| one.variable.as_str());
    let columns: Vec<&str> = names.chain([words::GUARD_SCRIPT, words::GUARD_WHY]).collect();
    let rows = guard.cases.iter().map(|case| example(guard, case).into());
    el("section")
        .child(el("h2").attr("id", stand.id("examples")).text(words::GUARD_EXAMPLES))
        .child(el("p").text(words::GUARD_EXAMPLES_WHY))
        .child(el("p").class("quiet").text(words::GUARD_SIGNS))
        .child(table(words::GUARD_CASES, &columns, rows))
}

fn example(guard: &'static Guard, case: &Case) -> El {
    let verdicts = evaluate(&guard.requirements, &case.snapshot());
    let tags = std::iter::once("th").chain(std::iter::repeat("td"));
    let mut values = guard.requirements.iter().zip(tags).map(|(one, tag)| value(tag, one, case));
    let first = values.next().unwrap_or_else(|| el("th"));
    let rest: Vec<El> = values.collect();
    let near = verdicts
        .each
        .iter()
        .filter_map(|verdict| Some(format!("{}: {}.", verdict.variable, verdict.near_miss.map(NearMiss::text)?)));
    let why: Vec<String> = [format!("{}.", case.note)].into_iter().chain(near).collect();
    let runs = verdicts.decision == Decision::Run;
    let class = if runs { "truth__run" } else { "truth__refuse" };
    let script = el("td").child(el("span").class(class).text(verdicts.decision.word()));
    table_row(first, rest.into_iter().chain([script, el("td").text(why.join(" "))]))
}

fn value(tag: &'static str, requirement: &Requirement, case: &Case) -> El {
    let cell = el(tag);
    match case.set.get(&requirement.variable).map(String::as_str) {
        None => cell.child(el("em").text(words::GUARD_CASE_NOT_SET)),
        Some("") => cell.child(el("em").text(words::GUARD_CASE_EMPTY)),
        Some(value) => cell.child(el("code").text(visible(value))),
    }
}

/// The module: what each file does, to be read or downloaded.
pub(in crate::ui) fn guard_module(stand: Stand) -> El {
    let files = stand.guard.files.iter().map(file);
    el("section")
        .child(el("h2").attr("id", stand.id("module")).text(words::GUARD_MODULE))
        .child(el("p").text(words::GUARD_MODULE_WHY))
        .child(el("ul").class("module").attr("role", "list").children(files))
        .child(el("p").class("quiet").text(words::GUARD_MODULE_EMPTY))
}

fn file(file: &'static ModuleFile) -> AnyView {
    let address = format!("{MODULE}{}.txt", file.path);
    let name = file.path.rsplit('/').next().unwrap_or_default();
    let link = |words: &str| el("a").attr("href", address.clone()).text(format!("{words} {name}"));
    let read = link(words::READ).attr("target", "_blank").attr("rel", "noopener");
    let download = link(words::DOWNLOAD).attr("download", name);
    el("li")
        .child(el("p").child(el("code").text(&file.path)).text(" ").text(&file.does))
        .child(el("p").class("module__ways").child(read).child(download))
        .into()
}
