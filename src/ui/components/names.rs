//! The reader's names: one place to give them, filled in everywhere.

use std::rc::Rc;

use leptos::prelude::*;

use crate::engine::sql::{Accepted, Ident, Refusal};
use crate::ui::element::{El, Event, el};
use crate::ui::names::Names;
use crate::ui::state::use_session;
use crate::ui::words;

/// The fields for a plan: folded away once user and database are known.
pub(super) fn names_folded(id: &str) -> El {
    let names = use_session().names;
    let known = names.with_untracked(|n| !n.db_user.is_empty() && !n.database.is_empty());
    let form = el("details").child(el("summary").text(words::NAMES_TITLE)).child(fields(id));
    if known { form } else { form.attr("open", "") }
}

/// The fields under their heading; `id` distinguishes those of two forms on one page.
pub(in crate::ui) fn names_form(id: &str) -> AnyView {
    fields(id).into()
}

/// A pasted connection string gives user and database; its password never gets further than this handler.
fn fields(id: &str) -> El {
    let session = use_session();
    let names = session.names;
    let user = field(
        &format!("{id}-user"),
        "db_user",
        words::USER_LABEL,
        Signal::derive(move || names.with(|n| n.db_user.clone())),
        move || names.with(|n| note(&n.db_user, Ident::role).or_else(|| n.notice.map(str::to_owned))),
        move |typed| session.take_user(&typed),
    )
    .child(el("span").class("quiet").text_live(move || names.with(hint).unwrap_or_default()));
    let database = field(
        &format!("{id}-database"),
        "database",
        words::DATABASE_LABEL,
        Signal::derive(move || names.with(|n| n.database.clone())),
        move || names.with(|n| note(&n.database, Ident::database)),
        move |typed| session.take_database(&typed),
    );
    let current_user = el("label")
        .class("names__choice")
        .child(
            el("input")
                .attr("type", "checkbox")
                .checked(move || names.with(|n| n.current_user))
                .on("change", move |event| names.update(|n| n.current_user = event_target_checked(&event))),
        )
        .child(el("span").text(words::NO_NAME));
    let remember = el("label")
        .class("names__choice")
        .child(
            el("input")
                .attr("type", "checkbox")
                .checked(move || names.with(|n| n.remember))
                .on("change", move |event| names.update(|n| n.remember = event_target_checked(&event))),
        )
        .child(el("span").text(words::REMEMBER));
    el("fieldset")
        .class("names")
        .child(el("legend").text(words::NAMES_TITLE))
        .child(user)
        .child(database)
        .child(current_user)
        .child(remember)
}

/// What the user is often called on Render. Said, never filled in.
fn hint(names: &Names) -> Option<String> {
    let known = names.db_user.is_empty() && Ident::database(&names.database).is_ok();
    known.then(|| format!("{} {}_user", words::HINT, names.database))
}

/// What to say about a name: why it is refused, or what is doubtful.
fn note(name: &str, check: fn(&str) -> Result<Accepted, Refusal>) -> Option<String> {
    if name.is_empty() {
        return None;
    }
    match check(name) {
        Ok(accepted) => accepted.warnings.first().map(|warning| warning.text().to_owned()),
        Err(refusal) => Some(refusal.to_string()),
    }
}

/// A field for a name: nothing corrects, completes or remembers what is typed. `fills` is the placeholder it fills in, if any.
pub(super) fn field(
    id: &str,
    fills: &str,
    label: &str,
    value: Signal<String>,
    note: impl Fn() -> Option<String> + Send + Sync + 'static,
    take: impl Fn(String) + 'static,
) -> El {
    let note_id = format!("{id}-note");
    let take: Rc<dyn Fn(String)> = Rc::new(take);
    let input = uncorrected(el("input"))
        .attr("id", id)
        .attr("type", "text")
        .attr("data-fills", fills)
        .attr("aria-describedby", note_id.clone())
        .value(value)
        .on("paste", {
            let take = take.clone();
            move |event: Event| takes::url(&event, value, &*take)
        })
        .on("input", move |event: Event| takes::text(&event, value, &*take));
    let note = move || note().unwrap_or_default();
    el("p")
        .class("field")
        .child(el("label").attr("for", id).text(label))
        .child(input)
        .child(el("span").attr("id", note_id).class("field__note").attr("role", "status").text_live(note))
}

#[cfg(target_arch = "wasm32")]
use crate::ui::intake::field as takes;

/// While a page is prerendered nobody types.
#[cfg(not(target_arch = "wasm32"))]
mod takes {
    use leptos::prelude::Signal;

    use super::Event;

    pub(super) fn text(_: &Event, _: Signal<String>, _: &dyn Fn(String)) {}
    pub(super) fn url(_: &Event, _: Signal<String>, _: &dyn Fn(String)) {}
}

/// Switches off what phones and browsers do to words typed into a field.
pub(super) fn uncorrected(field: El) -> El {
    field
        .attr("autocapitalize", "none")
        .attr("autocorrect", "off")
        .attr("autocomplete", "off")
        .attr("spellcheck", "false")
}
