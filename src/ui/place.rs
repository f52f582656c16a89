//! Which page is shown, and how a reader gets from one to another without loading anything.
//!
//! Our own: addresses known at build time need no patterns, and the router library was a tenth of the program. A link to another page
//! of the site changes the address and what is shown; everything else (fragments of this page, other sites, new tabs,
//! addresses without a page, pages that are only read, pages of the other program) is the browser's own business.

use leptos::prelude::*;

#[cfg(target_arch = "wasm32")]
use crate::ui::routes::NOT_FOUND;
use crate::ui::routes::{Page, page_at};

/// How a link to a part of the site is marked on the page at an address: as this very page, as the part it is in, or not.
pub fn current(path: &str, part: &str) -> Option<&'static str> {
    // Only the first runbook stands at the part's own address.
    let folder = if part == RUNBOOKS { "/runbooks" } else { part };
    let is_below = part != "/" && path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
    if path == part { Some("page") } else { is_below.then_some("true") }
}

const RUNBOOKS: &str = "/runbook";

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

    /// How a link to a part of the site is marked here.
    pub fn current(self, part: &str) -> Option<&'static str> {
        // Every wrong address is served the same file.
        self.0.with(|path| page_at(path).and_then(|page| current(page.path, part)))
    }

    /// The page shown, for who does not watch it; at an address without one, the page that says so.
    #[cfg(target_arch = "wasm32")]
    pub fn page_untracked(self) -> &'static Page {
        untrack(|| self.page()).unwrap_or(&NOT_FOUND)
    }

    /// Goes to another page of this program.
    #[cfg(target_arch = "wasm32")]
    pub fn go(self, path: &'static str) {
        if self.page_untracked().path != path {
            crate::ui::browser::push_address(path);
            self.0.set(path.to_owned());
            crate::ui::browser::begin_soon(String::new());
        }
    }

    /// Follows links and the browser's own ways back and forth.
    #[cfg(target_arch = "wasm32")]
    pub fn follow(self) {
        use crate::ui::browser;
        browser::on_link(move |link| {
            let here = self.page_untracked();
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::words::NAV;

    #[test]
    fn a_page_is_in_one_part_at_most() {
        let marked =
            |path: &str| NAV.into_iter().filter_map(|(part, _)| Some((part, current(path, part)?))).collect::<Vec<_>>();
        for (part, _) in NAV {
            assert_eq!(marked(part), [(part, "page")]);
        }
        assert_eq!(marked("/errors/postgres/duplicate-relation"), [("/errors", "true")]);
        assert_eq!(marked("/runbooks/another"), [("/runbook", "true")]);
        for path in ["/404", "/tree", "/guards", "/errorsome", "/runbook-x", ""] {
            assert_eq!(marked(path), [], "{path}");
        }
    }
}
