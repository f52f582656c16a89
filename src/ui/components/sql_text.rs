//! One of the SQL texts to read and take away: coloured, beside each line why it is there, to copy and to download.

use leptos::prelude::*;

use super::code::{copy_sql, figure};
use super::server_answer::printed_box;
use super::sql_block::{offer, write};
use crate::engine::sql::{Class, Composed, Edition, Ident, SqlLine, tokens};
use crate::ui::element::{El, el};
use crate::ui::names::Names;
use crate::ui::state::use_session;
use crate::ui::words;

/// The text with the reader's names, or what is missing before it can be written.
pub(super) fn sql_text(edition: Edition) -> AnyView {
    let names = use_session().names;
    let reasons = RwSignal::new(false);
    let body = move || {
        Some(match names.with(|names| Ok((write(edition, names)?, file_name(edition, names)))) {
            Ok((composed, file)) => written(composed, edition, file, reasons),
            Err(why) => missing(why, edition),
        })
    };
    figure(words::PSQL).live(body).into()
}

fn missing(why: String, edition: Edition) -> AnyView {
    el("div").child(el("p").class("code__missing").text(why)).children(offer(edition)).into()
}

fn file_name(edition: Edition, names: &Names) -> String {
    edition.file_name(Ident::database(&names.database).ok().map(|accepted| accepted.ident).as_ref())
}

fn written(composed: Composed, edition: Edition, file: String, reasons: RwSignal<bool>) -> AnyView {
    let warnings: Vec<AnyView> =
        composed.warnings.iter().map(|w| el("p").class("code__warning").text(w.text()).into()).collect();
    let sql = Signal::stored(composed.sql);
    el("div")
        .children(warnings)
        .child(copy_sql(sql, edition.id()).child(download(sql, file)))
        .child(toggle(reasons))
        .child(annotated(&composed.lines, reasons))
        .child(printed_box(edition))
        .into()
}

fn download(sql: Signal<String>, file: String) -> El {
    let download = move |_| {
        #[cfg(feature = "hydrate")]
        crate::ui::browser::download(&file, &sql.get_untracked());
        #[cfg(not(feature = "hydrate"))]
        let _ = (&file, sql);
    };
    el("button").attr("type", "button").class("button").on("click", download).text(words::DOWNLOAD)
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
