//! The words a newcomer does not know yet, and what they mean.

use serde::{Deserialize, Serialize};

use super::page::Inline;

/// One word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// Kebab-case id; its place on the training page is `term-<id>`.
    pub id: String,
    /// The word as it is usually written.
    pub name: String,
    /// One or two plain sentences.
    pub meaning: Vec<Inline>,
    /// Where that is known from, with the day; `None` where it needs no proof.
    pub source: Option<String>,
}
