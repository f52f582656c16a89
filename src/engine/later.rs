//! Content that no first load needs: the browser fetches it in one file when a page or a reader first asks for it.

use serde::{Deserialize, Serialize};

use super::glossary::Term;
use super::training::Training;

/// Everything in that file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Later {
    /// What to read first, and practice.
    pub training: Training,
    /// The words that are explained, by name.
    pub glossary: Vec<Term>,
}

impl Later {
    /// The term with this id.
    pub fn term(&self, id: &str) -> Option<&Term> {
        self.glossary.iter().find(|term| term.id == id)
    }
}
