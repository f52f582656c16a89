//! A block of code: where it runs, the lines with the reader's names, and a button to copy it.

use leptos::prelude::*;

use super::blocks::parts;
use crate::engine::journal::Deed;
use crate::engine::page::{Code, Form, Part, Placeholder, fill_code, fill_windows};
use crate::engine::sql::{Edition, Risk};
use crate::ui::element::{El, el};
use crate::ui::state::use_session;
use crate::ui::words;

/// Code as the content has it. A block that deletes data gets no copy button: the way leads to the safe form.
pub(super) fn code_block(code: &'static Code, placeholders: &'static [Placeholder]) -> AnyView {
    if !code.windows.is_empty() {
        return command(code, placeholders);
    }
    let names = use_session().names;
    let form = Form::of_language(&code.language);
    let lines = lines(&code.lines, placeholders, form);
    let destructive = code.edition.as_deref().and_then(Edition::from_id).is_some_and(|e| e.risk() == Risk::Destructive);
    let action = if destructive {
        el("p")
            .class("code__safe")
            .child(el("a").class("button").attr("href", "#safe-form").text(words::SAFE_FORM))
            .child(el("span").class("quiet").text(words::SAFE_FORM_WHY))
    } else {
        let text = Signal::derive(move || names.with(|names| fill_code(code, &names.page_values(placeholders))));
        if form == Form::Sql { copy_sql(text, code.edition.as_deref().unwrap_or_default()) } else { copy_button(text) }
    };
    figure(&code.place).child(listing().child(el("code").children(lines))).child(action).into()
}

/// A command that is another one in PowerShell: the choice counts for all of them, as long as the page is open.
fn command(code: &'static Code, placeholders: &'static [Placeholder]) -> AnyView {
    let (names, windows) = (use_session().names, use_session().windows);
    let button = |shown: bool, words: &str| {
        el("button")
            .attr("type", "button")
            .class("button")
            .attr_live("aria-pressed", move || Some((windows.get() == shown).to_string()))
            .on("click", move |_| windows.set(shown))
            .text(words)
    };
    let choice = el("p")
        .class("code__shells")
        .attr("role", "group")
        .attr("aria-label", words::SHELLS)
        .child(button(false, words::SHELL_POSIX))
        .child(button(true, words::SHELL_WINDOWS));
    let shown = move || {
        let (shown, form) = if windows.get() { (&code.windows, Form::PowerShell) } else { (&code.lines, Form::Shell) };
        Some(listing().child(el("code").children(lines(shown, placeholders, form))).into())
    };
    let text = Signal::derive(move || {
        let fill = if windows.get() { fill_windows } else { fill_code };
        names.with(|names| fill(code, &names.page_values(placeholders)))
    });
    figure(&code.place).child(choice).live(shown).child(copy_button(text)).into()
}

fn lines(lines: &'static [Vec<Part>], placeholders: &'static [Placeholder], form: Form) -> Vec<AnyView> {
    let line = |line: &'static Vec<Part>| {
        let mut line = parts(line, placeholders, form);
        line.push("\n".to_owned().into_any());
        line
    };
    lines.iter().flat_map(line).collect()
}

/// A figure that says where its code runs.
pub(super) fn figure(place: &str) -> El {
    let caption = el("figcaption").class("code__place").text(format!("{} {place}", words::RUNS_IN));
    el("figure").class("code").child(caption)
}

/// A listing; it can be reached and scrolled by keyboard.
pub(super) fn listing() -> El {
    el("pre").attr("tabindex", "0")
}

/// Copies a text and says so.
pub(super) fn copy_button(text: Signal<String>) -> El {
    copying(text, None)
}

/// Copies SQL; what was copied and when goes into the record of what happened.
pub(super) fn copy_sql(text: Signal<String>, edition: &'static str) -> El {
    copying(text, Some(edition))
}

fn copying(text: Signal<String>, noted: Option<&'static str>) -> El {
    let said = RwSignal::new("");
    let session = use_session();
    let copy = move |_| {
        let sql = text.get_untracked();
        if let Some(edition) = noted.filter(|_| session.known().is_some()) {
            session.note(Deed::Copied { edition: edition.to_owned(), sql: Some(sql.clone()) });
        }
        #[cfg(feature = "hydrate")]
        crate::ui::browser::copy(sql, move |done| {
            said.set(if done { words::COPIED } else { words::COPY_REFUSED });
        });
        #[cfg(not(feature = "hydrate"))]
        let _ = (sql, said);
    };
    el("p")
        .class("copy")
        .child(el("button").attr("type", "button").class("button").on("click", copy).text(words::COPY))
        .child(el("span").class("copy__said").attr("role", "status").text_live(move || said.get().to_owned()))
}
