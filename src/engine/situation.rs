//! The closed list of what a log can show. Words about each live in `content/situations/`.

use serde::{Deserialize, Serialize};

macro_rules! situations {
    ($($variant:ident = $id:literal),+ $(,)?) => {
        /// What the log shows. The ids and their meaning are fixed: they are the command-line program's interface.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[allow(missing_docs)] // each is described by its content file
        pub enum Situation {
            $($variant),+
        }

        impl Situation {
            /// Every situation, in the order of the interface's table.
            pub const ALL: &[Situation] = &[$(Situation::$variant),+];

            /// The kebab-case id.
            pub fn id(self) -> &'static str {
                match self {
                    $(Situation::$variant => $id),+
                }
            }
        }
    };
}

situations! {
    DuplicateTable = "duplicate-table",
    UndefinedTable = "undefined-table",
    UnknownRevision = "unknown-revision",
    VersionTableMissing = "version-table-missing",
    DuplicateObject = "duplicate-object",
    BrokenChain = "broken-chain",
    MultipleHeads = "multiple-heads",
    NotUpToDate = "not-up-to-date",
    ConcurrentStart = "concurrent-start",
    Permission = "permission",
    SchemaMissing = "schema-missing",
    ExtensionMissing = "extension-missing",
    DataViolation = "data-violation",
    MigrationDefect = "migration-defect",
    LockOrTimeout = "lock-or-timeout",
    ServerState = "server-state",
    Connection = "connection",
    Configuration = "configuration",
    AbortedTransaction = "aborted-transaction",
    AppError = "app-error",
    OtherStack = "other-stack",
    Healthy = "healthy",
    Unknown = "unknown",
}

impl Situation {
    /// The situation with this id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|s| s.id() == id)
    }

    /// Whether an outcome that deletes data may be reachable at all. From every other situation it never is.
    pub fn may_wipe(self) -> bool {
        matches!(
            self,
            Situation::DuplicateTable
                | Situation::UndefinedTable
                | Situation::UnknownRevision
                | Situation::VersionTableMissing
                | Situation::DuplicateObject
        )
    }
}

#[cfg(test)]
mod tests {
    use super::Situation;

    #[test]
    fn ids_lead_back() {
        assert_eq!(Situation::ALL.len(), 23);
        for situation in Situation::ALL {
            assert_eq!(Situation::from_id(situation.id()), Some(*situation));
        }
        assert_eq!(Situation::ALL.iter().filter(|s| s.may_wipe()).count(), 5);
    }
}
