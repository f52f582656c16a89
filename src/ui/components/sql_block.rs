//! Generated SQL with the reader's names, or what is missing before it can be written.

use leptos::prelude::*;

use super::blocks::folded;
use super::code::{copy_sql, figure, listing};
use super::server_answer::printed_box;
use super::team_user::team_user;
use crate::engine::sql::{Composed, Edition, ValueKind, compose};
use crate::ui::element::{El, el};
use crate::ui::names::Names;
use crate::ui::state::use_session;
use crate::ui::words;

/// One generated SQL text.
pub(super) fn sql_block(edition: Edition, place: &str) -> AnyView {
    let names = use_session().names;
    let body = move || {
        Some(match names.with(|names| write(edition, names)) {
            Ok(composed) => written(composed, edition),
            Err(why) => el("div").child(el("p").class("code__missing").text(why)).children(offer(edition)).into(),
        })
    };
    figure(place).live(body).into()
}

/// The team's user, where the SQL takes one.
pub(super) fn offer(edition: Edition) -> Option<AnyView> {
    edition.required().contains(&ValueKind::DbUser).then(team_user).flatten()
}

/// The text with the reader's names, or what is missing or refused.
pub(super) fn write(edition: Edition, names: &Names) -> Result<Composed, String> {
    let missing = names.missing(edition);
    if !missing.is_empty() {
        return Err(format!("{} {}.", words::NAMES_NEEDED, missing.join(", ")));
    }
    compose(edition, &names.sql_values()?).map_err(|error| error.to_string())
}

/// The SQL, why each line is there, a button to copy it, and a box for what it printed.
fn written(composed: Composed, edition: Edition) -> AnyView {
    let warnings = composed.warnings.iter().map(|w| el("p").class("code__warning").text(w.text()).into());
    let warnings: Vec<AnyView> = warnings.collect();
    let reasons = reasons(&composed);
    let sql = composed.sql;
    el("div")
        .children(warnings)
        .child(listing().child(el("code").text(sql.clone())))
        .child(copy_sql(Signal::derive(move || sql.clone()), edition.id()))
        .child(reasons)
        .child(printed_box(edition))
        .into()
}

/// Why each line is there.
pub(super) fn reasons(composed: &Composed) -> El {
    let reasons = composed.lines.iter().filter_map(|line| line.why.map(|why| (line.text.trim(), why)));
    let reasons =
        reasons.flat_map(|(line, why)| [el("dt").child(el("code").text(line)).into(), el("dd").text(why).into()]);
    folded(words::EACH_LINE).class("code__reasons").child(el("dl").children(reasons))
}
