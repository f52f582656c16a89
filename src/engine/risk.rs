//! What can happen to data: the one scale for ways out and generated SQL.

use serde::{Deserialize, Serialize};

/// The most a way out or a generated text can do to data. What changes no data may still take locks for a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Risk {
    /// Changes no data.
    None,
    /// Can be undone.
    Reversible,
    /// Runs the team's migrations: what they do to rows is theirs.
    Migrates,
    /// Ends another session, whose open work is lost.
    Interrupts,
    /// Deletes data.
    Destructive,
}

impl Risk {
    /// Every risk, the least first.
    pub const ALL: [Self; 5] = [Self::None, Self::Reversible, Self::Migrates, Self::Interrupts, Self::Destructive];

    /// The risk of this id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|risk| risk.id() == id)
    }

    /// The word of the contract.
    pub fn id(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Reversible => "reversible",
            Self::Migrates => "migrates",
            Self::Interrupts => "interrupts",
            Self::Destructive => "destructive",
        }
    }

    /// The words on screen.
    pub fn shown(self) -> &'static str {
        match self {
            Self::None => "Changes no data",
            Self::Reversible => "Can be undone",
            Self::Migrates => "Runs your migrations",
            Self::Interrupts => "Ends another session",
            Self::Destructive => "Deletes data",
        }
    }
}
