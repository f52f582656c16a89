//! The content, typed; two parts of it have types and files of their own ([`super::signature::Patterns`], [`super::later`]).

use serde::{Deserialize, Serialize};

use super::guard::Guard;
use super::page::{OutcomePage, Page};
use super::situation::Situation;
use super::tree::Tree;

/// Everything in `content/` that every page needs, parsed once at build time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Catalogue {
    /// Whose runbook this is.
    pub team: Team,
    /// Words for each situation.
    pub situations: Vec<SituationWords>,
    /// What stands above any diagnosis.
    pub warnings: Vec<WarningWords>,
    /// What a reader who cannot copy the log may have seen.
    pub triggers: Vec<Trigger>,
    /// The decision structure.
    pub tree: Tree,
    /// Every way out, the milder first.
    pub outcomes: Vec<OutcomePage>,
    /// The runbooks, as pages; the first is the start page's.
    pub runbooks: Vec<Page>,
    /// What must be set before a reset script runs.
    pub guards: Vec<Guard>,
}

/// The team whose runbook this is: what pages show until a reader says something else. Nothing of it counts as said by the
/// reader, and what the team left out is `None`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Team {
    /// The team's name.
    pub name: Option<String>,
    /// The service on Render.
    pub service: Option<String>,
    /// The database.
    pub database: Option<String>,
    /// The user the service connects as.
    pub db_user: Option<String>,
    /// Where both stand.
    pub region: Option<String>,
    /// The service's start command.
    pub start_command: Option<String>,
    /// Pages of the dashboard.
    pub links: TeamLinks,
    /// Whom to call.
    pub contact: Option<Contact>,
}

/// Pages of the team's dashboard, each `https://…`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamLinks {
    /// The service's page.
    pub service: Option<String>,
    /// Its environment variables.
    pub environment: Option<String>,
    /// Its logs.
    pub logs: Option<String>,
    /// The database's page.
    pub database: Option<String>,
}

/// Whom to call when this page does not help.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// A person or a group.
    pub name: String,
    /// How to reach them, in words.
    pub how: String,
    /// A page that reaches them, `https://…`.
    pub link: Option<String>,
}

impl Team {
    /// The team's value for a placeholder that the team file has a key for; `None` for any other placeholder.
    pub fn value(&self, placeholder: &str) -> Option<&Option<String>> {
        match placeholder {
            "team" => Some(&self.name),
            "service" => Some(&self.service),
            "database" => Some(&self.database),
            "db_user" => Some(&self.db_user),
            "region" => Some(&self.region),
            "start_command" => Some(&self.start_command),
            _ => None,
        }
    }
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
    /// Whether what it asks for is done once the service is up: then it stands behind the question. Else before it.
    #[serde(default)]
    pub waits: bool,
}

/// What a reader may have seen, in the source runbook's own words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trigger {
    /// The words.
    pub text: String,
    /// What it then is.
    pub situation: Situation,
    /// The file that a log with these words would be decided by; `None` where several could.
    pub deciding: Option<Deciding>,
}

/// The file that decided, for a page that has no log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deciding {
    /// Its id.
    pub signature: String,
    /// Its headline, without names.
    pub headline: String,
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

    /// The title of the first runbook.
    pub fn title(&self) -> String {
        self.runbooks.first().map(Page::title_text).unwrap_or_default()
    }

    /// Where the section of its runbook stands that a way out comes from.
    pub fn source_section(&self, way: &OutcomePage) -> Option<String> {
        let anchor = way.anchor.as_ref()?;
        let page = self.runbooks.iter().find(|page| page.slug == way.runbook)?;
        Some(format!("{}#{anchor}", page.address))
    }
}
