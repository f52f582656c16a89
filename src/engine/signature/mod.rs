//! Lines → findings: named patterns with a meaning, found in a log.
//!
//! A [`Signature`] is one content file. It is looked for in two stages: one search over the log for the longest literal of
//! every pattern at once ([`Scanner`]), then the pattern itself on the few lines that hold one. What is found is cut into
//! attempts and weighed in [`crate::engine::diagnose`]; nothing here knows what a finding leads to.

mod scan;
mod statement;
mod template;

use serde::{Deserialize, Serialize};

pub use scan::{Connection, Hit, Pass, Placed, Scanner, Seen, SeenAll, Sight};
pub use statement::qualified_tables;
pub use template::{Captures, Kind, Piece, Template};

use crate::engine::answer::Replies;
use crate::engine::catalogue::WarningWords;
use crate::engine::situation::Situation;
use crate::engine::text::Vocabulary;
use crate::engine::text::secret::SecretRules;

/// Everything a log is searched for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Patterns {
    /// In the order of their ids.
    pub signatures: Vec<Signature>,
    /// Lines that structure a log.
    pub markers: Vec<Marker>,
    /// Texts that tell facts, the stronger first.
    pub clues: Vec<Clue>,
    /// Words that may be shown beside a message; those of the messages may anyway.
    pub plain_words: String,
    /// Words before a quoted name that may be shown.
    pub labels: String,
    /// What servers answer.
    pub answers: Replies,
    /// What a secret looks like.
    pub secrets: SecretRules,
    /// What stands above any diagnosis.
    pub warnings: Vec<WarningWords>,
    /// What a log is called that shows nothing we know.
    pub unknown_title: String,
}

impl Patterns {
    /// What may be shown beside a message: a pattern holds no secret.
    fn vocabulary(&self) -> Vocabulary {
        let templates = self.signatures.iter().flat_map(|s| &s.matchers).map(|m| &m.template);
        let literals = templates.chain(self.markers.iter().map(|m| &m.template)).flat_map(Template::literals);
        let clues = self.clues.iter().map(|clue| clue.text.as_str());
        let words = self.signatures.iter().flat_map(|s| &s.words).map(String::as_str);
        Vocabulary::of(literals.chain(clues).chain(words).chain([self.plain_words.as_str()]), &self.labels)
    }
}

/// A named pattern with a meaning. The id names the bad state, not its cure: `postgres/duplicate-relation`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Signature {
    /// `<area>/<file stem>`.
    pub id: String,
    /// What the log shows when this is seen.
    pub situation: Situation,
    /// How it counts beside others.
    pub role: Role,
    /// Between several on one line, and between several in one attempt, the higher wins; then the earlier line.
    pub precedence: u8,
    /// What happened, in one sentence; `{capture}` is filled from the line.
    pub headline: String,
    /// The same without names, for a line that holds none; empty when the headline has none.
    pub plain_headline: String,
    /// Facts this signature alone proves, such as `dbms` = `postgresql`.
    pub tells: Vec<(String, String)>,
    /// Any of them is enough; an earlier one wins on the same line.
    pub matchers: Vec<Matcher>,
    /// For [`Role::Doubt`]: words that tell of it wherever they stand, in small letters.
    pub words: Vec<String>,
    /// Signatures whose errors this one is a consequence of: ids, `area/*`, or `*` for all.
    pub follows: Vec<String>,
    /// Whether it goes away by itself: programs wait for a server that is not there yet.
    pub passes: bool,
    /// Whether it stands for the exceptions that no other signature reads; one does.
    pub unread: bool,
}

impl Signature {
    /// Whether its content says that this follows from an error of that signature.
    pub fn follows(&self, id: &str) -> bool {
        let area = id.split('/').next().unwrap_or_default();
        self.follows.iter().any(|cause| cause == "*" || cause == id || cause.strip_suffix("/*") == Some(area))
    }
}

impl Signature {
    /// The headline without names.
    pub fn without_names(&self) -> &str {
        if self.plain_headline.is_empty() { &self.headline } else { &self.plain_headline }
    }
}

/// How a finding counts beside others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Role {
    /// An error that can be the root.
    Failure,
    /// An error that only follows another one; counts when nothing else is there.
    FollowOn,
    /// A step began: it is printed before the step runs, so it is no success.
    Progress,
    /// A program ended and does not say why.
    Exit,
    /// The run ended well; forgives the errors before it in the same attempt.
    Success,
    /// A word of trouble, whatever it is about: behind a success it takes the all-clear back.
    Doubt,
    /// Looks fine but proves little (`alembic current`); counts when nothing else is in the log.
    Sign,
}

/// One pattern of a signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Matcher {
    /// What the line holds.
    pub template: Template,
    /// Texts whose presence on the line speaks against it (`already exists, skipping`).
    pub unless: Vec<String>,
    /// What one of the 60 lines before must hold.
    pub after: Option<Template>,
}

impl Matcher {
    /// The captures, when the line alone matches; the scanner checks `after`.
    pub fn find<'s, 'l>(&'s self, line: &'l str) -> Option<Captures<'s, 'l>> {
        let captures = self.template.find(line)?;
        let refused = self.unless.iter().any(|text| line.contains(text.as_str()));
        (!refused).then_some(captures)
    }
}

/// A line that structures the log without being good or bad news.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marker {
    /// What the line does to the log's structure.
    pub kind: MarkerKind,
    /// What the line holds; its first capture is the command run, or what else the kind is about.
    pub template: Template,
}

/// What a marker line does to the log's structure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum MarkerKind {
    /// Another try begins.
    Attempt,
    /// A program begins to migrate, in the same deploy.
    Run,
    /// Another try begins, with the build command.
    BuildCommand,
    /// Another try begins, with the pre-deploy command.
    PreDeployCommand,
    /// Another try begins, with the start command.
    StartCommand,
    /// A program reports a command of its own (`set -x`), within the same try.
    ShellCommand,
    /// A file named in a traceback.
    Frame,
    /// The SQL statement that failed begins.
    Statement,
    /// What follows is an exception raised by the one before (Python's two sentences).
    Chain,
    /// A program says which version the server is.
    ServerVersion,
    /// A traceback begins; the line that names its exception follows.
    Traceback,
    /// Somebody typed a command: another try begins.
    Prompt,
    /// A temporary table is made, by its name.
    Temporary,
    /// The search path is set.
    SearchPath,
}

impl MarkerKind {
    /// Whether another try begins here.
    pub fn begins_attempt(self) -> bool {
        matches!(self, Self::Run | Self::Prompt) || self.begins_step()
    }

    /// Whether Render (or its like) begins a deploy or one of its commands here.
    pub fn begins_step(self) -> bool {
        matches!(self, Self::Attempt | Self::BuildCommand | Self::PreDeployCommand | Self::StartCommand)
    }
}

/// A text that tells a fact wherever it stands: `asyncpg.exceptions.` → driver = asyncpg.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clue {
    /// The fact it tells.
    pub fact: String,
    /// The fact's value.
    pub value: String,
    /// The text.
    pub text: String,
}
