//! What the reader does to the tabs, and what the address says of them.

use leptos::prelude::*;

use super::{PATH, Tabs, tab_id};
use crate::engine::sql::Edition;
use crate::engine::sql_link::SqlLink;
use crate::ui::element::Event;
use crate::ui::later::watch;
use crate::ui::state::Session;
use crate::ui::{browser, words};

/// A tab was clicked: a step of the history.
pub(super) fn click(tabs: Tabs, edition: Edition, event: &Event) {
    if !browser::take_plain_click(event) {
        return;
    }
    if edition != untrack(|| tabs.shown()) {
        browser::push_address(&address(edition));
    }
    choose(tabs, edition);
}

/// The arrows walk in a circle, Home and End lead to the ends, and the text follows.
pub(super) fn key(tabs: Tabs, event: &Event) {
    let key = browser::plain_key(event);
    let Some(edition) = key.and_then(|key| next(untrack(|| tabs.shown()), &key)) else { return };
    event.prevent_default();
    choose(tabs, edition);
    browser::focus(&tab_id(edition));
}

fn next(shown: Edition, key: &str) -> Option<Edition> {
    let all = Edition::ALL;
    let at = all.iter().position(|edition| *edition == shown)?;
    let to = match key {
        "ArrowRight" => (at + 1) % all.len(),
        "ArrowLeft" => (at + all.len() - 1) % all.len(),
        "Home" => 0,
        "End" => all.len() - 1,
        " " => at,
        _ => return None,
    };
    all.get(to).copied()
}

fn address(edition: Edition) -> String {
    [PATH, "#", edition.slug()].concat()
}

/// Shows a tab; the address says so.
fn choose(tabs: Tabs, edition: Edition) {
    browser::replace_address(&address(edition));
    tabs.0.set(Some(edition));
}

/// Does what the address says, on arrival and whenever it changes.
pub(super) fn follow(session: Session, tabs: Tabs, notice: RwSignal<&'static str>) {
    watch(move || {
        untrack(|| arrive(session, tabs, notice));
        // The browser could not scroll to what was still hidden. Names from a link are to be seen first.
        if untrack(|| notice.get().is_empty()) {
            browser::show(&browser::fragment());
        }
    });
    browser::while_here("popstate", move || arrive(session, tabs, notice));
}

fn arrive(session: Session, tabs: Tabs, notice: RwSignal<&'static str>) {
    if browser::page().is_none_or(|page| page.path != PATH) {
        return;
    }
    let fragment = browser::fragment();
    match SqlLink::parse(&fragment) {
        Some(link) => open(session, tabs, &link, notice),
        None if fragment.contains(['=', '%']) => {
            browser::drop_fragment();
            notice.set(words::ADDRESS_UNREADABLE);
        }
        // Where no tab was chosen yet the page stays as it was served.
        None if tabs.0.get_untracked().is_some() => tabs.0.set(None),
        None => {}
    }
}

/// Shows what a link leads to. Names do not stay in the address, nor does anything that is no part of a link.
fn open(session: Session, tabs: Tabs, link: &SqlLink, notice: RwSignal<&'static str>) {
    choose(tabs, link.edition);
    if link.has_names() {
        for (name, take) in
            [(&link.db_user, Session::take_user as fn(Session, &str)), (&link.database, Session::take_database)]
        {
            if !name.is_empty() {
                take(session, name);
            }
        }
        session.names.update(|names| names.current_user = link.current_user);
        notice.set(words::NAMES_FROM_LINK);
    }
}
