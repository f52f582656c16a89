//! The reader's values for the content's own placeholders, beside the user and the database: one field each.

use leptos::prelude::*;

use super::names::field;
use crate::embedded;
use crate::engine::page::Placeholder;
use crate::ui::element::el;
use crate::ui::names::checked_value;
use crate::ui::state::use_session;
use crate::ui::words;

/// The placeholders that [`super::names::names_form`] has fields for.
const NAMES: [&str; 2] = ["db_user", "database"];

/// What the field for a placeholder is called.
pub(super) fn label_of(placeholder: &Placeholder) -> &str {
    match placeholder.key.as_str() {
        "db_user" => words::USER_LABEL,
        "database" => words::DATABASE_LABEL,
        _ => &placeholder.label,
    }
}

/// Whether a page takes the user or the database.
pub(super) fn takes_names(placeholders: &[Placeholder]) -> bool {
    placeholders.iter().any(|placeholder| NAMES.contains(&placeholder.key.as_str()))
}

/// A field for every other placeholder the reader is asked for; nothing when there is none. `id` distinguishes the fields of
/// two forms on one page.
pub(super) fn values_form(id: &str, placeholders: &'static [Placeholder]) -> Option<AnyView> {
    let asked = placeholders.iter().filter(|p| p.asked && !NAMES.contains(&p.key.as_str()));
    let fields: Vec<AnyView> = asked.map(|placeholder| value_field(id, placeholder)).collect();
    if fields.is_empty() {
        return None;
    }
    let legend = el("legend").text(words::VALUES_TITLE);
    let form = el("fieldset").class("names").child(legend).children(fields);
    let folded = el("details").class("names-folded").child(el("summary").text(words::VALUES_TITLE)).child(form);
    // Where the page also takes the names, those come first and these do not push the words away.
    let folded = if takes_names(placeholders) { folded } else { folded.attr("open", "") };
    Some(folded.into())
}

/// The field for the database's host, where a command needs no other value.
pub(super) fn host_field(id: &str) -> Option<AnyView> {
    let placeholders = &embedded::catalogue().runbooks.first()?.placeholders;
    placeholders.iter().find(|placeholder| placeholder.key == "host").map(|host| value_field(id, host))
}

fn value_field(id: &str, placeholder: &'static Placeholder) -> AnyView {
    let session = use_session();
    let key = placeholder.key.as_str();
    let given = move || session.names.with(|names| names.values.get(key).cloned().unwrap_or_default());
    let note = move || {
        let given = given();
        if given.is_empty() { None } else { checked_value(placeholder.kind, &given).err() }
    };
    let take = move |typed: String| session.take_value(key, &typed);
    field(&format!("{id}-{key}"), key, &placeholder.label, Signal::derive(given), note, take).into()
}
