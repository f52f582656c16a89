//! What is around every page: the bar, the session, the page's place.

use std::sync::Arc;

use crate::ui::element::{El, el};
use crate::ui::later::provide_later;
#[cfg(not(target_arch = "wasm32"))]
use crate::ui::place::current;
use crate::ui::place::use_place;
use crate::ui::routes::{NOT_FOUND, Show, page_at};
use crate::ui::state::provide_session;
#[cfg(not(target_arch = "wasm32"))]
use crate::ui::still::StillPage;
use crate::ui::words;
use leptos::prelude::*;

/// The whole interface, with the pages of one program.
pub fn app(show: Show) -> Vec<AnyView> {
    provide_session();
    provide_later();
    #[cfg(target_arch = "wasm32")]
    {
        let (session, place) = (crate::ui::state::use_session(), use_place());
        place.follow();
        crate::ui::visit::follow(session, place);
        crate::ui::intake::listen(session, place);
        // After the first render, which is the same everywhere.
        crate::ui::later::watch(move || session.windows.set(crate::ui::browser::is_windows()));
        crate::ui::later::watch(move || untrack(|| crate::ui::early::take_over(session, place)));
    }
    let place = use_place();
    // Shown by a style sheet, while `src/early.js` keeps something.
    let early = el("p").class("early").attr("role", "status").text(words::EARLY);
    let mut parts = frame(el("main").live(page(show)), Arc::new(move |part| place.current(part)));
    parts.push(early.into());
    parts
}

/// A page that is only read.
#[cfg(not(target_arch = "wasm32"))]
pub fn still(page: &StillPage) -> Vec<AnyView> {
    provide_session();
    let path = page.path.clone();
    frame(el("main").child(page.show()), Arc::new(move |part| current(&path, part)))
}

/// How the link to a part of the site is marked.
type Current = Arc<dyn Fn(&str) -> Option<&'static str> + Send + Sync>;

fn frame(main: El, current: Current) -> Vec<AnyView> {
    let skip = el("a").class("skip-link").attr("href", "#main").text(words::SKIP);
    vec![skip.into(), bar(&current).into(), main.attr("id", "main").attr("tabindex", "-1").into(), foot().into()]
}

fn bar(current: &Current) -> El {
    let link = |href: &'static str, words: &str| el("a").attr("href", href).text(words);
    let part = |(href, words): (&'static str, &str)| {
        let current = current.clone();
        link(href, words).attr_live("aria-current", move || current(href).map(str::to_owned)).into()
    };
    let nav = el("nav")
        .class("bar__nav")
        .attr("aria-label", words::NAV_LABEL)
        .child(link("/", words::RUNBOOK).class("bar__title").attr("aria-label", words::TO_START))
        .child(el("button").attr("type", "button").class("bar__menu").attr("popovertarget", PARTS).text(words::MENU))
        .child(el("span").class("bar__links").attr("id", PARTS).attr("popover", "").children(words::NAV.map(part)))
        .child(theme());
    el("header").class("bar").child(nav)
}

/// The links to the site's parts: a menu on a phone, opened by the browser itself.
const PARTS: &str = "parts";

/// `src/header.js` answers it, on every page; there is none before that has run.
fn theme() -> El {
    el("button")
        .attr("type", "button")
        .class("bar__theme")
        .attr("data-theme-toggle", "")
        .attr("aria-label", words::THEME)
}

/// What a reader may look for at the end of a page.
fn foot() -> El {
    let links = words::FOOT.map(|(href, words)| el("a").attr("href", href).text(words).into());
    el("footer")
        .class("foot")
        .child(el("div").class("foot__links").child(el("span").text(words::PRIVACY)).children(links))
}

/// The page at this place; made anew only when another one is.
fn page(show: Show) -> impl Fn() -> Option<AnyView> + Send + Sync + 'static {
    let place = use_place();
    let path = Memo::new(move |_| place.page().unwrap_or(&NOT_FOUND).path);
    move || Some(show(page_at(path.get()).unwrap_or(&NOT_FOUND).view))
}
