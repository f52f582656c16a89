//! The pages of the site: one file each, and the one table that names them.
//!
//! To add a page that is no runbook: write its component in its own file, and name it in [`View`], [`pages`] and the view's program. Runbooks are
//! pages by themselves. The app, the prerenderer, the headers and the browser tests read the table.

mod guards;
mod home;
mod not_found;
mod runbook;
mod sql;
mod training;

use std::borrow::Cow;
use std::sync::OnceLock;

use leptos::prelude::AnyView;

use crate::embedded;
use crate::engine::page;
use crate::ui::words;

/// What is known of a page besides its content.
#[derive(Debug, Clone)]
pub struct Page {
    /// The address: `/` or `/name`, never with a slash at the end.
    pub path: &'static str,
    /// The window's title.
    pub title: Cow<'static, str>,
    /// One sentence for search results and link previews.
    pub description: &'static str,
    /// Whether it shows content that is fetched later ([`crate::ui::later`]) as soon as it opens.
    pub later: bool,
    /// What is in it.
    pub view: View,
}

/// What is in a page.
#[derive(Debug, Clone, Copy)]
pub enum View {
    /// The box to paste into, and the first runbook.
    Home,
    /// A runbook of the content.
    Runbook(&'static page::Page),
    /// Training.
    Training,
    /// The SQL texts on their own.
    Sql,
    /// The guards of the reset scripts.
    Guards,
    /// Word that nothing is here.
    NotFound,
}

/// The program that makes a page answer. Each has its own views alone: a reader downloads no page of the other's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Program {
    /// From a log to the recovery, and the runbooks.
    Recovery,
    /// What is used without a log.
    Workbench,
}

/// What a program shows for a view.
pub type Show = fn(View) -> AnyView;

/// The elements of [`Program::Recovery`]'s views.
pub fn recovery(view: View) -> AnyView {
    match view {
        View::Home => home::home(),
        View::Runbook(page) => runbook::runbook(page),
        View::Training | View::Sql | View::Guards | View::NotFound => not_found::not_found(),
    }
}

/// The elements of [`Program::Workbench`]'s views.
pub fn workbench(view: View) -> AnyView {
    match view {
        View::Sql => sql::sql(),
        View::Guards => guards::guards(),
        View::Training => training::training(),
        View::Home | View::Runbook(_) | View::NotFound => not_found::not_found(),
    }
}

impl Page {
    /// Which program makes it answer.
    pub fn program(&self) -> Program {
        match self.view {
            View::Home | View::Runbook(_) | View::NotFound => Program::Recovery,
            View::Training | View::Sql | View::Guards => Program::Workbench,
        }
    }
}

/// Where the training's guided run goes on: the start page reads its log.
pub const GUIDED_RUN: &str = "/#guided-run";

/// What is served, with status 404, for every other address.
pub const NOT_FOUND: Page = Page {
    path: "/404",
    title: Cow::Borrowed("Page not found · Runbook"),
    description: "There is no page at this address.",
    later: false,
    view: View::NotFound,
};

/// Every page that has an address.
pub fn pages() -> &'static [Page] {
    static PAGES: OnceLock<Vec<Page>> = OnceLock::new();
    PAGES.get_or_init(|| {
        let runbooks = embedded::catalogue().runbooks.iter().map(of_runbook);
        [home_page()].into_iter().chain(runbooks).chain([training_page(), sql_page(), guards_page()]).collect()
    })
}

fn home_page() -> Page {
    Page {
        path: "/",
        title: Cow::Owned(format!("{} · {}", words::ASK, embedded::catalogue().title())),
        description: "Paste a failed deploy log and get the right, least destructive, verified recovery. It is read in your tab; nothing is sent.",
        later: false,
        view: View::Home,
    }
}

fn of_runbook(runbook: &'static page::Page) -> Page {
    Page {
        path: &runbook.address,
        title: Cow::Owned(format!("{}{}", runbook.title_text(), words::WINDOW_END)),
        description: &runbook.summary,
        later: false,
        view: View::Runbook(runbook),
    }
}

fn training_page() -> Page {
    Page {
        path: "/training",
        title: Cow::Owned(format!("{} · {}", words::TRAINING, embedded::catalogue().title())),
        description: "Start here: what the runbook's words mean, one guided run, and practice with recorded logs.",
        later: true,
        view: View::Training,
    }
}

fn sql_page() -> Page {
    Page {
        path: "/sql",
        title: Cow::Owned(format!("{} · {}", words::SQL_PAGE, embedded::catalogue().title())),
        description: "SQL to look at a PostgreSQL database, to practice, to set its schema aside or to empty it, with your names, each line explained and proven on PostgreSQL 13 to 18.",
        later: true,
        view: View::Sql,
    }
}

fn guards_page() -> Page {
    Page {
        path: "/guards",
        title: Cow::Owned(format!("{} · {}", words::GUARDS, embedded::catalogue().title())),
        description: "Would a reset script run with these variables? Type them or paste an env file; every value that is nearly right is explained. Nothing is sent or kept.",
        later: true,
        view: View::Guards,
    }
}

/// The page at an address, with or without a slash at its end.
pub fn page_at(path: &str) -> Option<&'static Page> {
    pages().iter().find(|page| page.path == without_last_slash(path))
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
