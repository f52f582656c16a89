//! Which page is shown, and how a reader gets from one to another without loading anything.
//!
//! Our own: addresses known at build time need no patterns, and the router library was a tenth of the program. A link to another page
//! of the site changes the address and what is shown; everything else (fragments of this page, other sites, new tabs,
//! addresses without a page, pages that are only read, pages of the other program) is the browser's own business.

use leptos::prelude::*;

#[cfg(feature = "hydrate")]
use crate::ui::routes::NOT_FOUND;
use crate::ui::routes::{Page, page_at};

/// The path in the address.
#[derive(Debug, Clone, Copy)]
pub struct Place(RwSignal<String>);

/// Makes the place known; once, before [`crate::ui::app::app`].
pub fn provide_place(path: &str) {
    provide_context(Place(RwSignal::new(path.to_owned())));
}

/// The place of this visit.
pub fn use_place() -> Place {
    expect_context::<Place>()
}

impl Place {
    /// The path as it stands in the address; whoever reads this is made anew when it changes.
    pub fn path(self) -> String {
        self.0.get()
    }

    /// The page there, if there is one.
    pub fn page(self) -> Option<&'static Page> {
        self.0.with(|path| page_at(path))
    }

    /// Follows links and the browser's own ways back and forth.
    #[cfg(feature = "hydrate")]
    pub fn follow(self) {
        use crate::ui::browser;
        browser::on_link(move |link| {
            let here = untrack(|| self.page()).unwrap_or(&NOT_FOUND);
            let ours = |page: &&Page| page.path != here.path && page.program() == here.program();
            let Some(page) = page_at(&link.path).filter(ours) else { return false };
            browser::push_address(&link.href);
            self.0.set(page.path.to_owned());
            browser::begin_soon(link.fragment);
            true
        });
        // On the same page nothing is told: others listen too, and come after whoever is made anew by this.
        browser::on_window("popstate", move || {
            if self.0.get_untracked() != browser::path() {
                self.0.set(browser::path());
            }
        });
    }
}
