//! The pages of the site: one file each, and the one table that names them.
//!
//! To add a page: write its component in its own file, add a line to [`PAGES`].
//! The app, the prerenderer, the headers and the browser tests read the table.

mod home;
mod not_found;
mod runbook;
mod training;

use leptos::prelude::AnyView;

/// What is known of a page besides its content.
#[derive(Debug, Clone, Copy)]
pub struct Page {
    /// The address: `/` or `/name`, never with a slash at the end.
    pub path: &'static str,
    /// The window's title.
    pub title: &'static str,
    /// One sentence for search results and link previews.
    pub description: &'static str,
    /// Whether it shows content that is fetched later ([`crate::ui::later`]) as soon as it opens.
    pub later: bool,
    /// What is in it.
    pub view: fn() -> AnyView,
}

/// Every page that has an address.
pub const PAGES: &[Page] = &[
    Page {
        path: "/",
        title: "Deploy failed? · Render Database Recovery",
        description: "Paste a failed deploy log and get the right, least destructive, verified recovery. It is read in your tab; nothing is sent.",
        later: false,
        view: home::home,
    },
    Page {
        path: "/runbook",
        title: "Render Database Recovery · Runbook",
        description: "What to do when a Render deploy fails because the database and the Alembic migrations no longer agree.",
        later: false,
        view: runbook::runbook,
    },
    Page {
        path: "/training",
        title: "Training · Render Database Recovery",
        description: "Start here: what the runbook's words mean, one guided run, and practice with recorded logs.",
        later: true,
        view: training::training,
    },
];

/// What is served, with status 404, for every other address.
pub const NOT_FOUND: Page = Page {
    path: "/404",
    title: "Page not found · Runbook",
    description: "There is no page at this address.",
    later: false,
    view: not_found::not_found,
};

/// The page at an address, with or without a slash at its end.
pub fn page_at(path: &str) -> Option<&'static Page> {
    let path = match path.strip_suffix('/') {
        None | Some("" | "/") => path,
        Some(shorter) => shorter,
    };
    PAGES.iter().find(|page| page.path == path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_found_with_and_without_the_last_slash() {
        let found = |path| page_at(path).map(|page| page.path);
        assert_eq!(found("/"), Some("/"));
        assert_eq!(found("/runbook"), Some("/runbook"));
        assert_eq!(found("/runbook/"), Some("/runbook"));
        assert_eq!(found(""), None);
        assert_eq!(found("//"), None);
        assert_eq!(found("/runbook//"), None);
        assert_eq!(found("/404"), None);
    }

    #[test]
    fn every_page_has_its_own_address_and_title() {
        for (index, page) in PAGES.iter().enumerate() {
            assert!(page.path == "/" || (page.path.starts_with('/') && !page.path.ends_with('/')), "{}", page.path);
            assert!(!page.title.is_empty() && !page.description.is_empty(), "{}", page.path);
            for other in PAGES.iter().skip(index + 1).chain([&NOT_FOUND]) {
                assert_ne!(page.path, other.path);
                assert_ne!(page.title, other.title);
            }
        }
    }
}
