//! Findings → facts: typed statements `name = value` with the line that says so.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

macro_rules! fact_keys {
    ($($(#[$doc:meta])* $variant:ident = $id:literal),+ $(,)?) => {
        /// What can be known about a failed deploy. The names are those of the interface's `facts`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum FactKey {
            $($(#[$doc])* $variant),+
        }

        impl FactKey {
            /// Every key.
            pub const ALL: &[FactKey] = &[$(FactKey::$variant),+];

            /// The key's name in content, conditions and the interface.
            pub fn id(self) -> &'static str {
                match self {
                    $(FactKey::$variant => $id),+
                }
            }
        }
    };
}

fact_keys! {
    /// The table, index, sequence, type or column the message names; bare, without schema or quotes.
    Relation = "relation",
    /// The schema beside it, when the message or its SQL qualifies it.
    Schema = "schema",
    /// The revision the message names, else the one being applied.
    Revision = "revision",
    /// Who the application connects as.
    DbUser = "db_user",
    /// The database it connects to.
    Database = "database",
    /// The service's start command, masked.
    StartCommand = "start_command",
    /// The Python driver.
    Driver = "driver",
    /// The migration tool.
    Tool = "tool",
    /// The database system.
    Dbms = "dbms",
    /// Where the deploy ran.
    Platform = "platform",
    /// The revision before the one being applied; nothing is before the first.
    FromRevision = "from_revision",
    /// What kind of host the database is reached at: the id of a [`HostKind`](crate::engine::sql::HostKind).
    HostKind = "host_kind",
    /// The server's version, as a program printed it.
    ServerVersion = "server_version",
    /// What kind of thing the message is about: relation, column, type, constraint, function, schema, extension.
    Object = "object",
    /// The extension the message names.
    Extension = "extension",
    /// The constraint the message names.
    Constraint = "constraint",
    /// The service's build command, masked.
    BuildCommand = "build_command",
    /// What the log shows (derived).
    Situation = "situation",
    /// The file that decided, `<area>/<name>` (derived).
    Signature = "signature",
    /// Whether an outcome that deletes data may be offered at all: the id of a [`Wipe`] (derived).
    Wipe = "wipe",
    /// `runs` when the deploy calls a reset script (derived).
    ResetScript = "reset_script",
    /// `yes` when the log names the tool that builds the tables (derived).
    ToolSeen = "tool_seen",
    /// Whether `public` can be set aside: `possible`, `not-owner`, `no-create` or `extension` (the server says so).
    SetAside = "set_aside",
    /// Whether the schema `public` is there: `present` or `missing` (the server says so).
    PublicSchema = "public_schema",
    /// Where in the migrations' history it failed: `first` (nothing before the arrow), `later`, or `this-run` where the same run
    /// began with the first one (derived).
    History = "history",
    /// `absent` when the deploy's commands run no migrations and the log shows none (derived).
    MigrationCommand = "migration_command",
    /// The column the message names beside its table.
    Column = "column",
    /// Who owns tables of `public` in place of the user who asked (the server says so).
    OldOwner = "old_owner",
    /// Whether any commit has the migration that the database names: `found` or `lost` (a search printed it).
    RevisionFile = "revision_file",
    /// A schema beside `public` that holds tables (the server says so).
    OtherSchema = "other_schema",
    /// Whether the one version in the database is that last complete migration: `same` or `other` (derived from a comparison).
    Recorded = "recorded",
    /// How to reach the last migration from what a comparison found: `stamp:002 upgrade:003 …` (derived from a comparison).
    Route = "route",
    /// `yes` when a check would drop something that the database has and the code does not know.
    WouldDrop = "would_drop",
    /// How many tables `public` has, the version table among them (the server says so).
    PublicTables = "public_tables",
    /// How many rows the tables of `public` hold together (the server says so).
    PublicRows = "public_rows",
    /// What the version table of `public` holds, as printed (the server says so).
    VersionRows = "version_rows",
    /// How many versions that is: `none` without the table, `empty`, `one`, `several` (derived from the server's words).
    Version = "version",
    /// What the database holds beside it: `empty`, `tables`, or `elsewhere` in another schema (derived from the server's words).
    Contents = "contents",
    /// How the database compares with what the migrations build: the id of a
    /// [`Compared`](crate::engine::answer::chain::Compared) (derived from a comparison).
    Compared = "compared",
    /// How many tables are not there although the database has something of a later migration: `one` or `several` (derived from a
    /// comparison).
    GoneTables = "gone_tables",
    /// Whether a session waits for a lock that another one holds: `yes` or `no` (the server says so).
    Blocked = "blocked",
    /// The last migration that is complete with all before it (derived from a comparison).
    CompleteRevision = "complete_revision",
}

impl FactKey {
    /// The fact that fills in a placeholder of a plan.
    pub fn for_placeholder(placeholder: &str) -> Option<Self> {
        match placeholder {
            "revision" => Some(Self::CompleteRevision),
            "failing_revision" => Some(Self::Revision),
            other => Self::from_id(other),
        }
    }

    /// The key of this name.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|key| key.id() == id)
    }
}

/// Whether deleting or renaming the schema `public` could mend what the log shows, or why it could not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wipe {
    /// It could.
    Possible,
    /// The error does not come from what is in the schema.
    OtherError,
    /// Another tool or another database system wrote in the log.
    OtherStack,
    /// The object is outside the schema `public`.
    OtherSchema,
    /// Another failure stands in the log.
    OtherFailure,
    /// A step, a stamp or a success comes behind the error.
    WentOn,
    /// The server was up before the error.
    AfterStart,
    /// No program prints the message where it stands.
    NotPrinted,
    /// The table is a temporary one.
    TemporaryTable,
    /// The run began at the first migration and got past it, so another migration of the same chain made the object.
    OwnRun,
    /// An extension is there already: it would go with the schema, and may not come back.
    Extension,
}

impl Wipe {
    /// Every value.
    pub const ALL: [Wipe; 11] = [
        Wipe::Possible,
        Wipe::OtherError,
        Wipe::OtherStack,
        Wipe::OtherSchema,
        Wipe::OtherFailure,
        Wipe::WentOn,
        Wipe::AfterStart,
        Wipe::NotPrinted,
        Wipe::TemporaryTable,
        Wipe::OwnRun,
        Wipe::Extension,
    ];

    /// The fact's value.
    pub fn id(self) -> &'static str {
        match self {
            Wipe::Possible => "possible",
            Wipe::OtherError => "other-error",
            Wipe::OtherStack => "other-stack",
            Wipe::OtherSchema => "other-schema",
            Wipe::OtherFailure => "other-failure",
            Wipe::WentOn => "went-on",
            Wipe::AfterStart => "after-start",
            Wipe::NotPrinted => "not-printed",
            Wipe::TemporaryTable => "temporary-table",
            Wipe::OwnRun => "own-run",
            Wipe::Extension => "extension",
        }
    }

    /// The value with this id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|wipe| wipe.id() == id)
    }
}

/// A fact's value and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// The value.
    pub value: String,
    /// The 1-based line that says so; `None` when it follows from other facts.
    pub line: Option<u32>,
}

/// What is known; a missing key means the log does not say.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactSet(BTreeMap<FactKey, Fact>);

impl FactSet {
    /// The value of a fact.
    pub fn value(&self, key: FactKey) -> Option<&str> {
        self.0.get(&key).map(|fact| fact.value.as_str())
    }

    /// A fact with its line.
    pub fn get(&self, key: FactKey) -> Option<&Fact> {
        self.0.get(&key)
    }

    /// Sets a fact, replacing what was known.
    pub fn set(&mut self, key: FactKey, value: impl Into<String>, line: Option<u32>) {
        self.0.insert(key, Fact { value: value.into(), line });
    }

    /// Sets a fact unless it is known already.
    pub fn set_if_missing(&mut self, key: FactKey, value: impl Into<String>, line: Option<u32>) {
        self.0.entry(key).or_insert_with(|| Fact { value: value.into(), line });
    }

    /// Forgets a fact.
    pub fn remove(&mut self, key: FactKey) {
        self.0.remove(&key);
    }

    /// All facts in the order of their keys.
    pub fn iter(&self) -> impl Iterator<Item = (FactKey, &Fact)> {
        self.0.iter().map(|(key, fact)| (*key, fact))
    }
}
