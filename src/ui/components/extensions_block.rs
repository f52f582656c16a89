//! The SQL that creates again what extensions stood in `public`, by what the reader pasted.

use std::sync::Arc;

use leptos::prelude::*;

use super::code::{figure, listing};
use super::copy::{Script, Text, take_script};
use super::sql_block::reasons;
use crate::engine::case::extensions_of;
use crate::engine::sql::{Ident, ValueKind};
use crate::ui::element::el;
use crate::ui::state::{Session, use_session};
use crate::ui::words;

/// The text, or what is missing before it can be written.
pub(super) fn extensions_block(place: &str) -> AnyView {
    let session = use_session();
    figure(place).live(move || Some(body(session))).into()
}

fn body(session: Session) -> AnyView {
    let missing = |words: &str| el("p").class("code__missing").text(words).into();
    let answer = session.known().and_then(|known| known.answer.clone());
    let Some((answer, extensions)) = answer.and_then(|answer| extensions_of(&answer).map(|found| (answer, found)))
    else {
        return missing(words::EXTENSIONS_PASTE);
    };
    if extensions.is_empty() {
        return missing(words::EXTENSIONS_NONE);
    }
    let named = session.names.with(|names| names.database.clone());
    if named.is_empty() {
        return missing(&[words::NAMES_NEEDED, " ", ValueKind::Database.word(), "."].concat());
    }
    if answer.database() != Some(named.as_str()) {
        return missing(words::SERVER_ELSEWHERE);
    }
    let others = extensions.of_others.iter().map(Ident::name).collect::<Vec<_>>().join(", ");
    let notes = [
        (!others.is_empty()).then(|| [words::EXTENSIONS_OF_OTHERS, " ", &others].concat()),
        (extensions.refused > 0).then(|| words::EXTENSIONS_REFUSED.to_owned()),
    ];
    let notes = notes.into_iter().flatten().map(|note| el("p").class("code__warning").text(note).into());
    let database = Ident::database(&named).ok();
    let composed = database.and_then(|database| extensions.compose(&database.ident));
    let text = composed.map(|composed| {
        let lines = listing().child(el("code").text(composed.sql.clone()));
        let sql = Text { text: composed.sql.clone(), database: Some(named) };
        let script = Script { edition: "", file: FILE.to_owned(), deletes: false };
        el("div")
            .child(lines)
            .child(take_script(Arc::new(move || Ok(sql.clone())), script))
            .child(reasons(&composed))
            .into()
    });
    el("div").children(notes).children(text).into()
}

/// The file that Option A's plan runs.
const FILE: &str = "extensions.sql";
