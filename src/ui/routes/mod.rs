//! The pages of the site: one file each, and the one table that names them.
//!
//! To add a page that is no runbook: write its component in its own file, name it in [`pages`] and add a `Route` in
//! [`crate::ui::app`]. Runbooks are pages by themselves. The prerenderer, the headers and the browser tests read the table.

pub mod home;
pub mod not_found;
pub mod other_address;
pub mod runbook;

use std::borrow::Cow;
use std::sync::OnceLock;

pub use home::Home;
pub use other_address::OtherAddress;
pub use runbook::Runbook;

use crate::embedded;
use crate::engine::page;
use crate::ui::words;

/// What is known of a page besides its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The address: `/` or `/name`, never with a slash at the end.
    pub path: &'static str,
    /// The window's title.
    pub title: Cow<'static, str>,
    /// One sentence for search results and link previews.
    pub description: &'static str,
}

/// What is served, with status 404, for every other address.
pub const NOT_FOUND: Page = Page {
    path: "/404",
    title: Cow::Borrowed("Page not found · Runbook"),
    description: "There is no page at this address.",
};

/// Every page that has an address.
pub fn pages() -> &'static [Page] {
    static PAGES: OnceLock<Vec<Page>> = OnceLock::new();
    PAGES.get_or_init(|| {
        [home_page()].into_iter().chain(embedded::catalogue().runbooks.iter().map(of_runbook)).collect()
    })
}

fn home_page() -> Page {
    Page {
        path: "/",
        title: Cow::Owned(format!("{} · {}", words::ASK, embedded::catalogue().title())),
        description: "Paste a failed deploy log and get the right, least destructive, verified recovery. It is read in your tab; nothing is sent.",
    }
}

fn of_runbook(runbook: &'static page::Page) -> Page {
    let title = Cow::Owned(format!("{}{}", runbook.title_text(), words::WINDOW_END));
    Page { path: &runbook.address, title, description: &runbook.summary }
}

/// The page at an address, with or without a slash at its end.
pub fn page_at(path: &str) -> Option<&'static Page> {
    pages().iter().find(|page| page.path == without_last_slash(path))
}

/// The runbook at an address.
pub fn runbook_at(path: &str) -> Option<&'static page::Page> {
    embedded::catalogue().runbooks.iter().find(|runbook| runbook.address == without_last_slash(path))
}

fn without_last_slash(path: &str) -> &str {
    match path.strip_suffix('/') {
        None | Some("" | "/") => path,
        Some(shorter) => shorter,
    }
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
        for (index, page) in pages().iter().enumerate() {
            assert!(page.path == "/" || (page.path.starts_with('/') && !page.path.ends_with('/')), "{}", page.path);
            assert!(!page.title.is_empty() && !page.description.is_empty(), "{}", page.path);
            for other in pages().iter().skip(index + 1).chain([&NOT_FOUND]) {
                assert_ne!(page.path, other.path);
                assert_ne!(page.title, other.title);
            }
        }
    }
}
