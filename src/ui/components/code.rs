//! A block of code: where it runs, the lines with the reader's names, and a button for each command to copy it.

use std::sync::Arc;

use leptos::prelude::*;

use super::blocks::parts;
use super::copy::{Script, Take, Text, copy, take_script};
use crate::engine::page::{Code, Form, Part, Placeholder, copied};
use crate::engine::sql::{Edition, Ident, Risk};
use crate::ui::element::{El, el};
use crate::ui::state::use_session;
use crate::ui::words;

/// What the code of a page is shown with.
type Placeholders = &'static [Placeholder];

/// Lines of code.
type Lines = &'static [Vec<Part>];

/// Code as the content has it. A block that deletes data gets no copy button: the way leads to the safe form.
pub(super) fn code_block(code: &'static Code, placeholders: Placeholders) -> AnyView {
    let destructive = code.edition.as_deref().and_then(Edition::from_id).is_some_and(|e| e.risk() == Risk::Destructive);
    if destructive {
        let (lines, _, form) = code.lines_for(false);
        return figure(&code.place).child(listing_of(lines, form, placeholders)).child(to_the_safe_form()).into();
    }
    if code.windows.is_empty() {
        return figure(&code.place).children(pieces(code, false, placeholders)).into();
    }
    let windows = use_session().windows;
    let shown = move || Some(el("div").children(pieces(code, windows.get(), placeholders)).into());
    figure(&code.place).child(choice(windows)).live(shown).into()
}

fn to_the_safe_form() -> El {
    el("p")
        .class("code__safe")
        .child(el("a").class("button").attr("href", "#safe-form").text(words::SAFE_FORM))
        .child(el("span").class("quiet").text(words::SAFE_FORM_WHY))
}

/// A command may be another one in PowerShell: the choice counts for all of them, as long as the page is open.
fn choice(windows: RwSignal<bool>) -> El {
    let button = |shown: bool, words: &str| {
        el("button")
            .attr("type", "button")
            .class("button")
            .attr_live("aria-pressed", move || Some((windows.get() == shown).to_string()))
            .on("click", move |_| windows.set(shown))
            .text(words)
    };
    el("p")
        .class("code__shells")
        .attr("role", "group")
        .attr("aria-label", words::SHELLS)
        .child(button(false, words::SHELL_POSIX))
        .child(button(true, words::SHELL_WINDOWS))
}

/// Each command with its button. What stands between two commands is shown with the second, and copied with none.
fn pieces(code: &'static Code, windows: bool, placeholders: Placeholders) -> Vec<AnyView> {
    let (lines, commands, form) = code.lines_for(windows);
    let noted = (form == Form::Sql).then(|| code.edition.as_deref().unwrap_or_default());
    let last = commands.last().map_or(0, |range| range.end);
    let mut from = 0;
    let pieces = commands.iter().map(|range| {
        // Whatever follows the last command is shown with it.
        let end = if range.end == last { lines.len() } else { range.end };
        let shown = listing_of(lines.get(from..end).unwrap_or_default(), form, placeholders);
        from = end;
        let copied = lines.get(range.clone()).unwrap_or_default();
        let copy = copy(take(copied, form, placeholders), noted);
        el("div").class("code__piece").child(shown).child(copy).into()
    });
    pieces.collect()
}

/// SQL of the content in a step that deletes data: a file to run, named after the step.
pub(super) fn script_block(code: &'static Code, placeholders: Placeholders, step: &str) -> AnyView {
    let (lines, _, form) = code.lines_for(false);
    let script = Script { edition: "", file: format!("{step}.sql"), deletes: true };
    figure(&code.place)
        .child(listing_of(lines, form, placeholders))
        .child(take_script(take(lines, form, placeholders), script))
        .into()
}

/// What is copied of some lines.
fn take(lines: Lines, form: Form, placeholders: Placeholders) -> Take {
    let names = use_session().names;
    Arc::new(move || {
        let names = names.get();
        let values = names.page_values(placeholders);
        let in_lines = values.database_in(lines).map(str::to_owned);
        // Any SQL is for the database the reader named.
        let database = if form == Form::Sql { known_database(&names.database) } else { in_lines };
        copied(lines, form, &values, placeholders).map(|text| Text { text, database })
    })
}

/// The database a reader named, if that is a name.
pub(super) fn known_database(name: &str) -> Option<String> {
    Ident::database(name).ok().map(|accepted| accepted.ident.name().to_owned())
}

fn listing_of(lines: Lines, form: Form, placeholders: Placeholders) -> El {
    let line = |line: &'static Vec<Part>| {
        let mut line = parts(line, placeholders, form);
        line.push("\n".to_owned().into_any());
        line
    };
    listing().child(el("code").children(lines.iter().flat_map(line)))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::page::Kind;

    #[test]
    fn sql_of_the_content_that_deletes_is_a_file_first() {
        let queue = Placeholder {
            key: "queue".into(),
            kind: Kind::Ident,
            source: "job_queue".into(),
            label: "Queue".into(),
            asked: true,
        };
        let line =
            vec![Part::Text("TRUNCATE TABLE ".into()), Part::Placeholder("queue".into()), Part::Text(";".into())];
        let code = Code {
            language: "sql".into(),
            place: "psql".into(),
            edition: None,
            lines: vec![line],
            windows: Vec::new(),
            commands: [std::iter::once(0..1).collect(), Vec::new()],
        };
        let (code, placeholders) = (Box::leak(Box::new(code)), Box::leak(Box::new([queue])));
        let html = Owner::new().with(|| {
            crate::ui::state::provide_session();
            script_block(code, placeholders, "empty-the-queue").to_html()
        });
        let (save, copy) = (html.find("Save as empty-the-queue.sql"), html.find(words::COPY));
        assert!(save.is_some_and(|save| copy.is_some_and(|copy| save < copy)), "{html}");
    }
}
