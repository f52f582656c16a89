//! The plan of a way out: ordered steps, each with what it needs, what to do, what to expect and how to take it back.
//!
//! Comes in: nothing; the author side builds these values from Markdown. Goes out: which steps a step waits for. A step that
//! deletes data is not to be shown before the steps it needs are ticked ([`Step::locked`]).

pub mod data;

use serde::{Deserialize, Serialize};

use super::journal::Ticks;
use super::page::{Block, Inline, Part, file_of};
use super::risk::Risk;
use super::sql::Edition;

/// One part of a plan: what to do before, the thing itself, the deploy, the check, the prevention.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// `before`, `run` or `do`, `deploy`, `check`, `prevent`, in this order.
    pub id: String,
    /// The words above it.
    pub title: String,
    /// In order.
    pub steps: Vec<Step>,
}

/// One thing to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Stable, unique in its plan: ticks are kept by it.
    pub id: String,
    /// What to do, in few words.
    pub title: Vec<Inline>,
    /// Ids of earlier steps that must be ticked before this one is shown.
    pub needs: Vec<String>,
    /// How to do it.
    pub does: Vec<Block>,
    /// The id of the generated SQL that runs here, if any: what it prints is pasted at this step.
    pub runs: Option<String>,
    /// What is so once it is done, as a sentence to confirm.
    pub done: Option<Vec<Inline>>,
    /// What else is to be said about it, in the order written, each kind once.
    pub notes: Vec<(Note, Vec<Inline>)>,
    /// The most it can do to data.
    pub risk: Risk,
    /// The plan of the host it is for; `None` for all.
    pub only: Option<Only>,
}

/// What a note of a step is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Note {
    /// What the step prints or shows.
    Expect,
    /// How to see that it worked.
    Verify,
    /// How to take it back.
    Undo,
}

/// For whom a step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Only {
    /// Free services and databases: no backups, no Shell, no pre-deploy command.
    Free,
    /// Paid ones: point-in-time recovery, Shell, pre-deploy command.
    Paid,
}

impl Step {
    /// The note of this kind.
    pub fn note(&self, kind: Note) -> Option<&[Inline]> {
        self.notes.iter().find(|(note, _)| *note == kind).map(|(_, words)| words.as_slice())
    }

    /// What a tick says: what is so now, or else what was to be done.
    pub fn confirmed(&self) -> &[Inline] {
        self.done.as_deref().unwrap_or(&self.title)
    }

    /// Whether all it does is look: it runs generated SQL that changes nothing, and nothing else.
    pub fn only_looks(&self) -> bool {
        let looks = |block: &Block| match block {
            Block::Sql { edition, .. } => Edition::from_id(edition).is_some_and(|edition| edition.risk() == Risk::None),
            Block::Paragraph(_) => true,
            _ => false,
        };
        let runs = self.does.iter().any(|block| matches!(block, Block::Sql { .. }));
        self.risk == Risk::None && runs && self.does.iter().all(looks)
    }

    /// Whether it must not be shown yet: a step it needs is not ticked.
    pub fn locked(&self, ticked: impl Fn(&str) -> bool) -> bool {
        !self.needs.iter().all(|id| ticked(id))
    }
}

/// All steps of a plan, in order.
pub fn steps(groups: &[Group]) -> impl Iterator<Item = &Step> + Clone {
    groups.iter().flat_map(|group| &group.steps)
}

/// The generated SQL that runs in this step of a plan: it stands here, or a command here runs the file it was saved as. A step that only
/// saves it for a later command runs nothing. [`Step::runs`] holds it.
pub fn runs_in(step: &Step, groups: &[Group]) -> Option<Edition> {
    let saved = |step: &Step| commands(step).find_map(saved_script);
    let shown = step.does.iter().find_map(|block| match block {
        Block::Sql { edition, .. } => Edition::from_id(edition),
        _ => None,
    });
    saved(step).or(shown.filter(|shown| !steps(groups).any(|other| saved(other) == Some(*shown))))
}

/// The pieces of all commands of a step.
fn commands(step: &Step) -> impl Iterator<Item = &Part> {
    let code = step.does.iter().filter_map(|block| if let Block::Code(code) = block { Some(code) } else { None });
    code.flat_map(|code| code.lines.iter().flatten())
}

/// The generated SQL whose file a piece of a command names.
fn saved_script(part: &Part) -> Option<Edition> {
    match part {
        Part::Placeholder(key) => file_of(key),
        Part::Text(_) => None,
    }
}

/// The first step that runs this text.
pub fn step_with(groups: &[Group], edition: Edition) -> Option<&Step> {
    steps(groups).find(|step| step.runs.as_deref() == Some(edition.id()))
}

/// Whether a tick of this step opens one that deletes data.
pub fn opens_deleting(groups: &[Group], id: &str) -> bool {
    steps(groups).any(|step| step.risk == Risk::Destructive && step.needs.iter().any(|needed| needed == id))
}

/// Which ticks of this step count while a database is in use.
pub fn ticks<'n>(groups: &[Group], id: &str, database: &'n str) -> Ticks<'n> {
    if opens_deleting(groups, id) { Ticks::About(database) } else { Ticks::NotAboutAnother(database) }
}

/// The step with this id.
pub fn step<'p>(groups: &'p [Group], id: &str) -> Option<&'p Step> {
    steps(groups).find(|step| step.id == id)
}
