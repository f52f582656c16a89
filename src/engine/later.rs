//! Content that no first load needs: the browser fetches it in one file when a page or a reader first asks for it. What only the
//! workbench's pages show stands at the file's end, so that the program of the recovery need not know how to read it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::glossary::Term;
use super::guard::Guard;
use super::page::Inline;
use super::plan::Group;
use super::situation::Situation;
use super::training::Training;

/// What the file begins with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Later {
    /// The steps of every way out, by its id.
    pub steps: BTreeMap<String, Vec<Group>>,
    /// Why nothing milder than a way out is enough, by its id.
    pub milder: BTreeMap<String, Vec<Inline>>,
    /// What would show that it is this situation and no other; of every one but `unknown`.
    pub confirm: Vec<(Situation, String)>,
    /// The log of the training's guided run, which the start page reads.
    pub guided_log: String,
    /// The words that are explained, by name.
    pub glossary: Vec<Term>,
    /// When and on which servers the SQL texts were last proven; `None` when the content folder holds no proof.
    pub proven: Option<Proven>,
}

/// What the file ends with: only the pages that are used without a log show it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Workbench {
    /// What to read first, and practice.
    pub training: Training,
    /// The guards with their examples and files; the catalogue has them without.
    pub guards: Vec<Guard>,
}

/// The last proof of the SQL texts, in short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proven {
    /// The day, `2026-11-23`.
    pub date: String,
    /// The servers' versions.
    pub servers: Vec<String>,
    /// By the edition's id how many checks passed on all servers together; a text of which one did not is left out.
    pub checks: BTreeMap<String, u32>,
}

impl Later {
    /// The steps of a way out.
    pub fn steps(&self, outcome: &str) -> &[Group] {
        self.steps.get(outcome).map(Vec::as_slice).unwrap_or_default()
    }

    /// What would show this situation.
    pub fn confirm(&self, situation: Situation) -> Option<&str> {
        self.confirm.iter().find(|(of, _)| *of == situation).map(|(_, words)| words.as_str())
    }

    /// The term with this id.
    pub fn term(&self, id: &str) -> Option<&Term> {
        self.glossary.iter().find(|term| term.id == id)
    }
}
