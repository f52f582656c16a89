//! What is around every page: the bar, the session, the page's place.

use crate::embedded;
use crate::ui::element::{El, el};
use crate::ui::later::provide_later;
use crate::ui::place::use_place;
use crate::ui::routes::{NOT_FOUND, Show, page_at};
use crate::ui::state::provide_session;
#[cfg(feature = "ssr")]
use crate::ui::still::StillPage;
use crate::ui::words;
use leptos::prelude::*;

/// The whole interface, with the pages of one program.
pub fn app(show: Show) -> Vec<AnyView> {
    provide_session();
    provide_later();
    #[cfg(feature = "hydrate")]
    {
        use_place().follow();
        let session = crate::ui::state::use_session();
        crate::ui::visit::follow(session, use_place());
        // After the first render, which is the same everywhere.
        crate::ui::later::watch(move || session.windows.set(crate::ui::browser::is_windows()));
    }
    frame(el("main").live(page(show)))
}

/// A page that is only read.
#[cfg(feature = "ssr")]
pub fn still(page: &StillPage) -> Vec<AnyView> {
    provide_session();
    frame(el("main").child(page.show()))
}

fn frame(main: El) -> Vec<AnyView> {
    let skip = el("a").class("skip-link").attr("href", "#main").text(words::SKIP);
    vec![skip.into(), bar().into(), main.attr("id", "main").attr("tabindex", "-1").into()]
}

fn bar() -> El {
    let link = |href: &'static str, words: &str| el("a").attr("href", href).text(words);
    let links = el("span")
        .class("bar__links")
        .child(link("/#option-a", words::NAV_OPTION_A))
        .child(link("/#option-b", words::NAV_OPTION_B))
        .child(link("/#check-state", words::NAV_STATE));
    let nav = el("nav")
        .class("bar__nav")
        .attr("aria-label", words::NAV_LABEL)
        .child(link("/", &embedded::catalogue().title()).class("bar__title"))
        .child(links);
    el("header").class("bar").child(nav)
}

/// The page at this place; made anew only when another one is.
fn page(show: Show) -> impl Fn() -> Option<AnyView> + Send + Sync + 'static {
    let place = use_place();
    let path = Memo::new(move |_| place.page().unwrap_or(&NOT_FOUND).path);
    move || Some(show(page_at(path.get()).unwrap_or(&NOT_FOUND).view))
}
