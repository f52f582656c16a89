//! What the server says, beside what the log says: which database it is, what deleting `public` would take, whether it can be set aside.
//! And below each SQL text a small box that tells from what it printed whether it worked.

use leptos::prelude::*;

use super::blocks::folded;
use super::evidence::line_number;
use super::names::uncorrected;
use crate::engine::answer::{Answer, Judgement, Kind, SetAside, Verdict};
use crate::engine::sql::Edition;
use crate::ui::element::{El, Event, el};
use crate::ui::state::{Known, Session, use_session};
use crate::ui::words;

/// Of a longer list the rest is folded away.
const SHOWN: usize = 12;

/// Everything the server said so far.
pub(super) fn server_answer(known: &Known) -> Option<AnyView> {
    let answer = known.answer.as_ref()?;
    let section = el("section")
        .class("server")
        .attr("aria-labelledby", "server-title")
        .child(el("h3").attr("id", "server-title").attr("tabindex", "-1").text(words::SERVER_SAYS))
        .children(answer.ran.as_ref().map(judged))
        .children(connection(answer))
        .live(elsewhere)
        .children(revisions(answer))
        .children(deleted(answer))
        .children(answer.set_aside().map(|(found, line)| aside(found, line)));
    Some(section.into())
}

fn connection(answer: &Answer) -> Option<AnyView> {
    let (database, line) = answer.database()?;
    let said = |text: Option<(&str, u32)>| el("code").text(text.map_or("", |(text, _)| text));
    let words = el("p").child(line_number(line)).text(words::DATABASE_LABEL).text(" ").child(el("code").text(database));
    let words = words.text(", ").text(words::SERVER_USER).text(" ").child(said(answer.user()));
    Some(words.text(", PostgreSQL ").child(said(answer.version())).into())
}

/// Said loudly: the server answered for another database than the one the SQL on this page is for, or the log names.
fn elsewhere() -> Option<AnyView> {
    let session = use_session();
    let known = session.known()?;
    let answer = known.answer.as_ref()?;
    let (here, _) = answer.database()?;
    let named = session.names.with(|names| !names.database.is_empty() && names.database != here);
    let differs = named || answer.is_elsewhere(&known.log.facts);
    differs.then(|| el("p").class("warning").attr("role", "alert").text(words::SERVER_ELSEWHERE).into())
}

/// What Alembic's table holds, and what its commands print.
fn revisions(answer: &Answer) -> Vec<AnyView> {
    let row = |label: &str, name: &str, line: u32| {
        el("p").child(line_number(line)).text(label).text(" ").child(el("code").text(name)).into()
    };
    let mut rows: Vec<AnyView> = Vec::new();
    let versions = answer.versions().unwrap_or_default();
    rows.extend(versions.iter().map(|(schema, held, line)| row(&format!("{schema}.alembic_version"), held, *line)));
    for (kind, label) in [(Kind::Current, words::SERVER_CURRENT), (Kind::Heads, words::SERVER_HEAD)] {
        let found = answer.rows(kind).unwrap_or_default();
        rows.extend(found.iter().map(|found| row(label, found.cell(0), found.line)));
    }
    rows
}

/// What Option A would delete.
fn deleted(answer: &Answer) -> Option<AnyView> {
    let item = |name: &str, more: &str, line: u32| -> AnyView {
        el("li").child(line_number(line)).child(el("code").text(name)).text(" ").text(more).into()
    };
    let tables = answer.tables();
    let extensions = answer.extensions();
    if tables.is_none() && extensions.is_none() {
        return None;
    }
    let mut items: Vec<AnyView> = Vec::new();
    for extension in extensions.into_iter().flatten() {
        let again = match extension.again {
            Some(true) => words::EXTENSION_AGAIN,
            Some(false) => words::EXTENSION_GONE,
            None => words::EXTENSION,
        };
        items.push(item(extension.name, again, extension.line));
    }
    let outside = answer.outside();
    items.extend(outside.iter().flatten().map(|(kind, name, line)| item(name, &words::gone_outside(kind), *line)));
    items.extend(tables.into_iter().flatten().map(|(name, rows, line)| item(name, &words::rows_gone(rows), line)));
    let rest = items.split_off(items.len().min(SHOWN));
    let more = (!rest.is_empty()).then(|| folded(&words::and_more(rest.len())).child(list(rest)).into());
    let nothing = items.is_empty();
    let found = if nothing { el("p").text(words::NOTHING_GONE) } else { list(items) };
    let outside_unknown = outside.is_none().then(|| el("p").class("quiet").text(words::OUTSIDE_UNKNOWN).into());
    Some(el("div").child(el("h4").text(words::WOULD_DELETE)).child(found).children(more).children(outside_unknown).into())
}

fn list(items: Vec<AnyView>) -> El {
    el("ul").class("server__list").attr("role", "list").children(items)
}

fn aside(found: SetAside, line: u32) -> AnyView {
    let words = match found {
        SetAside::Possible => words::ASIDE_POSSIBLE,
        SetAside::NotOwner => words::ASIDE_NOT_OWNER,
        SetAside::NoCreate => words::ASIDE_NO_CREATE,
        SetAside::Extension => words::ASIDE_EXTENSION,
    };
    el("p").child(line_number(line)).text(words).into()
}

/// The box below a text: what it printed goes in, and one line comes out.
pub(super) fn printed_box(edition: Edition) -> AnyView {
    let session = use_session();
    let area = uncorrected(el("textarea"))
        .attr("rows", "2")
        .attr("aria-label", format!("{}: {}", words::PRINTED, edition.title()))
        .on("paste", move |event: Event| takes::printed(session, edition, &event))
        .on("input", move |event: Event| takes::printed_input(session, edition, &event));
    let judgement = move || session.judged.with(|all| all.get(edition.id()).map(judged));
    folded(words::PRINTED)
        .class("printed")
        .child(area)
        .child(el("div").attr("role", "status").live(judgement))
        .into()
}

/// Worked, failed with where to go on, or not recognised; with the line.
fn judged(judgement: &Judgement) -> AnyView {
    let (class, verdict) = match judgement.verdict {
        Verdict::Worked => ("right", words::WORKED),
        Verdict::Failed => ("warning", words::FAILED),
        Verdict::NotRecognised => ("note", words::NOT_RECOGNISED),
    };
    let said = judgement.line.iter().map(|(line, text)| {
        el("p").class("evidence__line").child(line_number(*line)).child(el("code").text(text.as_str())).into()
    });
    let words = el("p").class(class).child(el("strong").text(verdict)).text(" ").text(judgement.text.clone());
    let on = judgement.go.clone().and_then(go_on);
    el("div").child(words).children(said).children(on).into()
}

/// A button that goes on where this leads, if it leads anywhere else than here.
fn go_on(go: (String, String)) -> Option<AnyView> {
    let session = use_session();
    let to = untrack(|| session.leads_to(&go))?;
    let button = el("button").attr("type", "button").class("button").on("click", move |_| follow(session, &go));
    Some(el("p").child(button.text(words::GO_ON).text(" ").text(to)).into())
}

fn follow(session: Session, go: &(String, String)) {
    session.go_on(go);
    #[cfg(feature = "hydrate")]
    crate::ui::browser::focus_soon(session.next_heading(super::question::RESULT));
}

#[cfg(feature = "hydrate")]
use crate::ui::intake as takes;

/// While a page is prerendered nobody pastes.
#[cfg(not(feature = "hydrate"))]
mod takes {
    use super::{Edition, Event, Session};

    pub(super) fn printed(_: Session, _: Edition, _: &Event) {}
    pub(super) fn printed_input(_: Session, _: Edition, _: &Event) {}
}
