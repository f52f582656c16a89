//! Generated SQL with the reader's names, or what is missing before it can be written.

use std::sync::Arc;

use leptos::prelude::*;

use super::blocks::folded;
use super::code::{figure, known_database, listing};
use super::copy::{Script, Text, take_script};
use super::server_answer::printed_box;
use super::team_user::team_user;
use crate::engine::sql::{Composed, Edition, Risk, ValueKind, compose};
use crate::ui::element::{El, el};
use crate::ui::names::Names;
use crate::ui::state::use_session;
use crate::ui::words;

/// One generated SQL text.
pub(super) fn sql_block(edition: Edition, place: &str) -> AnyView {
    let names = use_session().names;
    let body = move || {
        Some(match names.with(|names| write(edition, names)) {
            Ok(composed) => written(composed, edition, names.with(|names| names.database.clone())),
            Err(why) => el("div").child(el("p").class("code__missing").text(why)).children(offer(edition)).into(),
        })
    };
    figure(place).live(body).into()
}

/// The box for what a text printed, as soon as there is that text. It stays as it is while names change: a reader pastes into it.
pub(super) fn printed_below(edition: Edition) -> impl Fn() -> Option<AnyView> + Send + Sync + 'static {
    let names = use_session().names;
    let is_written = Memo::new(move |_| names.with(|names| write(edition, names).is_ok()));
    move || is_written.get().then(|| printed_box(edition))
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

/// The SQL, why each line is there, and buttons to take it.
fn written(composed: Composed, edition: Edition, database: String) -> AnyView {
    let warnings = composed.warnings.iter().map(|w| el("p").class("code__warning").text(w.text()).into());
    let warnings: Vec<AnyView> = warnings.collect();
    let reasons = reasons(&composed);
    el("div")
        .children(warnings)
        .child(listing().child(el("code").text(composed.sql.clone())))
        .child(take_edition(composed.sql, edition, &database))
        .child(reasons)
        .into()
}

/// The buttons that take a generated text, for the database the reader named.
pub(super) fn take_edition(sql: String, edition: Edition, database: &str) -> El {
    let database = known_database(database);
    let file = edition.file_name(database.as_deref());
    let script = Script { edition: edition.id(), file, deletes: edition.risk() == Risk::Destructive };
    let text = Text { text: sql, database };
    take_script(Arc::new(move || Ok(text.clone())), script)
}

/// Why each line is there.
pub(super) fn reasons(composed: &Composed) -> El {
    let reasons = composed.lines.iter().filter_map(|line| line.why.map(|why| (line.text.trim(), why)));
    let reasons =
        reasons.flat_map(|(line, why)| [el("dt").child(el("code").text(line)).into(), el("dd").text(why).into()]);
    folded(words::EACH_LINE).class("code__reasons").child(el("dl").children(reasons))
}
