//! Where an env file goes in. It may hold every secret of a service: of what comes in only verdicts go further.

use leptos::prelude::*;

use super::Stand;
use super::names::uncorrected;
use crate::engine::guard::{NotRead, Source, read};
use crate::ui::element::{El, Event, el};
use crate::ui::words;

/// What is said about the text read last.
type Said = RwSignal<String>;

/// A box to paste into, a button to choose a file, and what came of it.
pub(in crate::ui) fn env_box(stand: Stand) -> AnyView {
    let said: Said = RwSignal::new(String::new());
    let wrong = RwSignal::new(false);
    let take = move |bytes: Vec<u8>, source: Source| {
        let (text, ok) = judge(stand, &bytes, source);
        wrong.set(!ok);
        said.set(text);
    };
    let unreadable = move || {
        wrong.set(true);
        said.set(words::ENV_UNREADABLE.to_owned());
    };
    let class = move || match (said.with(String::is_empty), wrong.get()) {
        (true, _) => "hidden env__said",
        (_, true) => "warning env__said",
        (_, false) => "note env__said",
    };
    el("section")
        .class("guard env")
        .on("dragover", |event: Event| event.prevent_default())
        .on("drop", move |event| takes::drop(&event, take, unreadable))
        .child(el("h2").attr("id", stand.id("paste")).text(words::ENV_TITLE))
        .child(el("p").text(words::ENV_PROMISE))
        .child(el("label").attr("for", stand.id("env")).text(words::ENV_LABEL))
        .child(area(stand.id("env"), take))
        .child(file(take, unreadable))
        .child(
            el("p")
                .attr("role", "status")
                .attr_live("class", move || Some(class().to_owned()))
                .text_live(move || said.get()),
        )
        .into()
}

fn area(id: String, take: impl Fn(Vec<u8>, Source) + Copy + 'static) -> El {
    uncorrected(el("textarea"))
        .attr("id", id)
        .attr("rows", "3")
        .attr("placeholder", words::ENV_HINT)
        .on("paste", move |event| takes::paste(&event, take))
        .on("input", move |event| takes::typed(&event, false, take))
        .on("change", move |event| takes::typed(&event, true, take))
}

fn file(take: impl Fn(Vec<u8>, Source) + Copy + 'static, unreadable: impl Fn() + Copy + 'static) -> El {
    let input = el("input")
        .attr("type", "file")
        .class("hidden")
        .on("change", move |event| takes::file(&event, take, unreadable));
    el("p").class("paste__ways").child(el("label").class("button").text(words::ENV_FILE).child(input))
}

/// Reads a text, takes over what it says of the guard's variables, and says what was done; and whether it could be read.
fn judge(stand: Stand, bytes: &[u8], source: Source) -> (String, bool) {
    let names: Vec<&str> = stand.guard.requirements.iter().map(|one| one.variable.as_str()).collect();
    match read(&stand.guard.requirements, bytes, source) {
        Ok(handed) => {
            let line_ends = if handed.line_ends_unknown { words::ENV_LINE_ENDS } else { "" };
            stand.take(handed.verdicts);
            (format!("{}{line_ends}", words::env_read(handed.pairs, &names)), true)
        }
        Err(why) => (format!("{} {}", not_read(why), words::ENV_DROPPED), false),
    }
}

fn not_read(why: NotRead) -> String {
    match why {
        NotRead::NoPairs => words::ENV_NO_PAIRS.to_owned(),
        NotRead::SetTwice { variable, first_line, second_line } => {
            words::env_set_twice(variable.as_deref().unwrap_or(words::ENV_A_NAME), first_line, second_line)
        }
        NotRead::Unclear { variable, line } => words::env_unclear(&variable, line),
    }
}

#[cfg(target_arch = "wasm32")]
use crate::ui::env_intake as takes;

/// While a page is prerendered nobody pastes.
#[cfg(not(target_arch = "wasm32"))]
mod takes {
    use super::{Event, Source};

    pub(super) fn paste(_: &Event, _: impl Fn(Vec<u8>, Source)) {}
    pub(super) fn typed(_: &Event, _: bool, _: impl Fn(Vec<u8>, Source)) {}
    pub(super) fn file(_: &Event, _: impl Fn(Vec<u8>, Source), _: impl Fn()) {}
    pub(super) fn drop(_: &Event, _: impl Fn(Vec<u8>, Source), _: impl Fn()) {}
}
