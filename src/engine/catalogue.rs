//! All content, typed.

use serde::{Deserialize, Serialize};

use super::guard::Guard;
use super::page::{OutcomePage, Page};
use super::signature::{Clue, Marker, Signature};
use super::situation::Situation;
use super::tree::Tree;

/// Everything in `content/`, parsed once at build time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Catalogue {
    /// Words for each situation.
    pub situations: Vec<SituationWords>,
    /// In the order of their ids.
    pub signatures: Vec<Signature>,
    /// Lines that structure a log.
    pub markers: Vec<Marker>,
    /// Texts that tell facts, the stronger first.
    pub clues: Vec<Clue>,
    /// What stands above any diagnosis.
    pub warnings: Vec<WarningWords>,
    /// What a reader who cannot copy the log may have seen.
    pub triggers: Vec<Trigger>,
    /// The decision structure.
    pub tree: Tree,
    /// Every way out, the milder first.
    pub outcomes: Vec<OutcomePage>,
    /// The runbooks, as pages.
    pub runbooks: Vec<Page>,
    /// What must be set before a reset script runs.
    pub guards: Vec<Guard>,
}

/// What a situation is called and means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SituationWords {
    /// Which one.
    pub id: Situation,
    /// A plain title.
    pub title: String,
    /// What it means, two or three sentences.
    pub meaning: String,
    /// Whether an earlier, working deploy keeps serving while this is mended.
    pub calm: bool,
    /// Why neither deleting nor renaming the schema would mend it; empty where one of them could.
    pub why_no_wipe: String,
}

/// A warning's words and what raises it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WarningWords {
    /// Its id.
    pub id: String,
    /// What it means for the reader.
    pub text: String,
    /// Names of scripts that raise it.
    pub scripts: Vec<String>,
}

/// What a reader may have seen, in the source runbook's own words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trigger {
    /// The words.
    pub text: String,
    /// What it then is.
    pub situation: Situation,
}

impl Catalogue {
    /// The words for a situation.
    pub fn situation(&self, id: Situation) -> Option<&SituationWords> {
        self.situations.iter().find(|words| words.id == id)
    }

    /// The way out with this id.
    pub fn outcome(&self, id: &str) -> Option<&OutcomePage> {
        self.outcomes.iter().find(|outcome| outcome.id == id)
    }
}
