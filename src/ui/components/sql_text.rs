//! One of the SQL texts to read and take away: coloured, beside each line why it is there, to copy and to save.

use leptos::prelude::*;

use super::code::figure;
use super::run_file::run_file;
use super::sql_block::{offer, printed_below, take_edition, write};
use super::values_form::host_field;
use crate::engine::sql::{Class, Composed, Edition, SqlLine, tokens};
use crate::ui::element::{El, el};
use crate::ui::state::use_session;
use crate::ui::words;

/// The text with the reader's names, or what is missing before it can be written.
pub(super) fn sql_text(edition: Edition) -> AnyView {
    let names = use_session().names;
    let reasons = RwSignal::new(false);
    let body = move || {
        Some(match names.with(|names| write(edition, names)) {
            Ok(composed) => written(composed, edition, names.with(|names| names.database.clone()), reasons),
            Err(why) => missing(why, edition),
        })
    };
    let run = run_file(edition);
    let host = run.is_some().then(|| host_field("sql")).flatten();
    let figure = figure(words::PSQL).live(body);
    el("div").child(figure).children(run).children(host).live(printed_below(edition)).into()
}

fn missing(why: String, edition: Edition) -> AnyView {
    el("div").child(el("p").class("code__missing").text(why)).children(offer(edition)).into()
}

fn written(composed: Composed, edition: Edition, database: String, reasons: RwSignal<bool>) -> AnyView {
    let warnings: Vec<AnyView> =
        composed.warnings.iter().map(|w| el("p").class("code__warning").text(w.text()).into()).collect();
    let lines = annotated(&composed.lines, reasons);
    el("div")
        .children(warnings)
        .child(take_edition(composed.sql, edition, &database))
        .child(toggle(reasons))
        .child(lines)
        .into()
}

/// Where there is no room for the reasons beside the lines, they are shown below each on request.
fn toggle(reasons: RwSignal<bool>) -> El {
    let button = el("button")
        .attr("type", "button")
        .class("link")
        .attr_live("aria-expanded", move || Some(reasons.get().to_string()))
        .on("click", move |_| reasons.update(|shown| *shown = !*shown))
        .text(words::EACH_LINE);
    el("p").class("annotated__toggle").child(button)
}

/// The lines, those that belong together with their reason beside them.
fn annotated(lines: &[SqlLine], reasons: RwSignal<bool>) -> El {
    // A line without a reason finishes the one above.
    let parts = lines.chunk_by(|_, next| next.why.is_none()).map(part);
    let class = move || Some(if reasons.get() { "annotated annotated--open" } else { "annotated" }.to_owned());
    el("div").attr_live("class", class).children(parts)
}

fn part(lines: &[SqlLine]) -> AnyView {
    let why = lines.first().and_then(|line| line.why);
    let code = el("code").children(lines.iter().map(line));
    el("div")
        .class("annotated__part")
        .child(el("pre").child(code))
        .children(why.map(|why| el("p").class("quiet annotated__why").text(why).into()))
        .into()
}

fn line(line: &SqlLine) -> AnyView {
    let pieces = tokens(&line.text).into_iter().map(piece);
    el("span").class("annotated__line").children(pieces).text("\n").into()
}

fn piece((class, text): (Class, &str)) -> AnyView {
    let class = match class {
        Class::Plain => return text.to_owned().into_any(),
        Class::Keyword => "sql-keyword",
        Class::Comment => "sql-comment",
        Class::Text => "sql-text",
        Class::Name => "sql-name",
    };
    el("span").class(class).text(text).into()
}
