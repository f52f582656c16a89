//! The team's database user, offered where SQL lacks one: one tap by the reader, never taken silently.

use leptos::prelude::*;

use crate::embedded;
use crate::ui::element::el;
use crate::ui::state::use_session;
use crate::ui::words;

/// The offer; nothing when the team file names no user or the reader gave one.
pub(super) fn team_user() -> Option<AnyView> {
    let session = use_session();
    let user = embedded::catalogue().team.db_user.as_deref()?;
    let given = session.names.with(|names| names.current_user || !names.db_user.is_empty());
    let button = el("button")
        .attr("type", "button")
        .class("button")
        .on("click", move |_| session.take_user(user))
        .text(words::USE_TEAM_USER)
        .text(" ")
        .child(el("code").text(user));
    (!given).then(|| el("p").child(button).into())
}
