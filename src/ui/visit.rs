//! What a visit has to do with the window around it: its title, its address, what is kept, and its end.

use leptos::prelude::*;

use crate::embedded;
use crate::engine::sql::Ident;
use crate::ui::later::watch;
use crate::ui::names::Names;
use crate::ui::place::Place;
use crate::ui::routes::NOT_FOUND;
use crate::ui::state::{Session, Standing};
use crate::ui::{browser, words};

pub mod trail;

/// Starts everything that follows the session; once, after the first render.
pub fn follow(session: Session, place: Place) {
    watch(move || browser::set_title(&title(session, place)));
    watch(move || {
        trail::arrive(session);
        recall(session);
    });
    trail::follow(session, place);
    Effect::new(move |before: Option<bool>| keep(session, before.unwrap_or_default()));
    browser::on_window("pagehide", move || session.forget_names());
    browser::on_window("pageshow", move || recall(session));
}

/// The current step: the question asked, the way out reached, or the page's own title.
fn title(session: Session, place: Place) -> String {
    let page = place.page().unwrap_or(&NOT_FOUND);
    let step = match session.standing().filter(|_| page.path == "/") {
        _ if page.path == "/" && session.recovered().is_some() => Some(words::RECOVERED.to_owned()),
        Some(Standing::Asked(question)) => Some(question.text.clone()),
        Some(Standing::Contradicted) => Some(words::CONTRADICTION.to_owned()),
        Some(Standing::Disagreeing) => Some(words::DISAGREEMENT.to_owned()),
        Some(Standing::Reached(way)) => Some(way.title_text()),
        None => None,
    };
    step.map_or_else(|| page.title.to_string(), |step| format!("{step} · {}", embedded::catalogue().title()))
}

fn recall(session: Session) {
    if let Some((db_user, database)) = browser::kept_names() {
        session.recall(db_user, database);
    }
}

/// Keeps the names on this device while the reader wants that, and nothing that is not a name. Gives whether they do.
fn keep(session: Session, before: bool) -> bool {
    let names = session.names.get();
    if names.remember {
        keep_accepted(&names);
    } else if before {
        browser::keep_names(None);
    }
    names.remember
}

fn keep_accepted(names: &Names) {
    let accepted = |ok: bool, name: &str| if ok { name.to_owned() } else { String::new() };
    let db_user = accepted(Ident::role(&names.db_user).is_ok(), &names.db_user);
    let database = accepted(Ident::database(&names.database).is_ok(), &names.database);
    if !db_user.is_empty() || !database.is_empty() {
        browser::keep_names(Some((&db_user, &database)));
    }
}
