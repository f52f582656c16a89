//! What can happen to data: the one scale for ways out and generated SQL.

use serde::{Deserialize, Serialize};

/// The most a way out or a generated text can do to data. What changes no data may still take locks for a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Risk {
    /// Changes no data.
    None,
    /// Can be undone.
    Reversible,
    /// Deletes data.
    Destructive,
}

impl Risk {
    /// The word of the contract.
    pub fn id(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Reversible => "reversible",
            Self::Destructive => "destructive",
        }
    }

    /// The words on screen.
    pub fn shown(self) -> &'static str {
        match self {
            Self::None => "Changes no data",
            Self::Reversible => "Can be undone",
            Self::Destructive => "Deletes data",
        }
    }
}
