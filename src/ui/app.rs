//! What is around every page: the router, the bar, the session, the page's place.

use crate::embedded;
use crate::ui::element::{El, el};
use crate::ui::routes::{Home, OtherAddress, Runbook};
use crate::ui::state::provide_session;
use crate::ui::words;
use leptos::prelude::*;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::path;

/// The whole interface.
#[component]
pub fn App() -> impl IntoView {
    provide_session();
    view! {
        <Router>
            <Visit/>
            {frame()}
        </Router>
    }
}

fn frame() -> Vec<AnyView> {
    let skip = el("a").class("skip-link").attr("href", "#main").text(words::SKIP);
    let main = el("main").attr("id", "main").attr("tabindex", "-1").child(pages());
    vec![skip.into(), bar().into(), main.into()]
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

fn pages() -> AnyView {
    view! {
        <FlatRoutes fallback=OtherAddress>
            <Route path=path!("/") view=Home/>
            <Route path=path!("/runbook") view=Runbook/>
        </FlatRoutes>
    }
    .into_any()
}

/// Keeps the window's title at the current step, and takes over what came with the address; the first title is in the
/// served file.
#[component]
fn Visit() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    {
        let session = crate::ui::state::use_session();
        crate::ui::visit::follow(session, leptos_router::hooks::use_location().pathname);
    }
}
