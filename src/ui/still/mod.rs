//! Pages that are only read: complete HTML, and no program comes with them.
//!
//! They say what the first load must not carry: the prose of each error, the numbers of the last test run and proof. The prerenderer alone
//! makes them ([`crate::site`]); the browser's program knows none of their addresses, so a link to one is the browser's own
//! business. Nothing here may need a click to be answered: what opens is `<details>`, what leads on is a link. Two have a
//! script of their own: `src/filter.js` makes the list of all errors shorter, `src/tree.js` marks a way in the drawing.

mod accuracy;
mod error;
mod errors;
mod message;
mod proof;
mod rescues;
mod table;
mod tree;
pub mod words;

use std::sync::OnceLock;

use leptos::prelude::AnyView;

use crate::embedded;
use crate::engine::signature::Signature;
use crate::ui::words::WINDOW_END;

/// Where all errors are listed; each has its page below.
pub const ERRORS: &str = "/errors";

/// Where the numbers of the last test run stand.
pub const ACCURACY: &str = "/accuracy";

/// Where it stands what each SQL text did on real servers.
pub const PROOF: &str = "/proof";

/// Where all questions and their answers are drawn.
pub const TREE: &str = "/tree";

/// What is known of a page besides its content.
#[derive(Debug, Clone)]
pub struct StillPage {
    /// The address, never with a slash at the end.
    pub path: String,
    /// The window's title.
    pub title: String,
    /// What search engines show below it.
    pub description: String,
    /// What is in it.
    pub view: View,
}

/// What is in a page.
#[derive(Debug, Clone, Copy)]
pub enum View {
    /// All errors.
    Errors,
    /// One of them.
    Error(&'static Signature),
    /// How often logs are read right.
    Accuracy,
    /// What each SQL text did on real servers.
    Proof,
    /// All questions and where each answer leads.
    Tree,
}

impl StillPage {
    /// Its elements.
    pub fn show(&self) -> AnyView {
        match self.view {
            View::Errors => errors::errors(),
            View::Error(signature) => error::error(signature),
            View::Accuracy => accuracy::accuracy(),
            View::Proof => proof::proof(),
            View::Tree => tree::tree(),
        }
    }
}

/// Every one of them.
pub fn pages() -> &'static [StillPage] {
    static PAGES: OnceLock<Vec<StillPage>> = OnceLock::new();
    PAGES.get_or_init(|| {
        let each = signatures().iter().map(|signature| StillPage {
            path: address(signature),
            title: error::title(signature),
            description: error::description(signature),
            view: View::Error(signature),
        });
        let numbers = embedded::reference().accuracy.is_some().then(|| StillPage {
            path: ACCURACY.to_owned(),
            title: format!("{}{WINDOW_END}", words::ACCURACY),
            description: words::ACCURACY_DESCRIPTION.to_owned(),
            view: View::Accuracy,
        });
        let proof = embedded::reference().proof.is_some().then(|| StillPage {
            path: PROOF.to_owned(),
            title: format!("{}{WINDOW_END}", words::PROOF),
            description: words::PROOF_DESCRIPTION.to_owned(),
            view: View::Proof,
        });
        let all = StillPage {
            path: ERRORS.to_owned(),
            title: format!("{}{WINDOW_END}", words::ERRORS),
            description: words::ERRORS_DESCRIPTION.to_owned(),
            view: View::Errors,
        };
        let tree = StillPage {
            path: TREE.to_owned(),
            title: format!("{}{WINDOW_END}", words::TREE),
            description: words::TREE_DESCRIPTION.to_owned(),
            view: View::Tree,
        };
        [all, tree].into_iter().chain(each).chain(numbers).chain(proof).collect()
    })
}

fn signatures() -> &'static [Signature] {
    &embedded::patterns().signatures
}

/// Where an error's page stands.
fn address(signature: &Signature) -> String {
    format!("{ERRORS}/{}", signature.id)
}

/// What happened, in one sentence without names.
fn headline(signature: &Signature) -> &str {
    if signature.plain_headline.is_empty() { &signature.headline } else { &signature.plain_headline }
}
