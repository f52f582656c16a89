//! The eight texts this program writes, and the one door to them.
//!
//! In: an [`Edition`] and checked [`SqlValues`]. Out: [`Composed`] text, line by line with reasons, or the name of the value that
//! is missing. Each text lives in its own file under `statement`.
use super::Risk;
use super::line::{self, Script, SqlLine};
use super::statement;
use super::values::{Grantee, SqlError, SqlValues};
use super::{Ident, Suffix};

/// A kind of SQL text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Edition {
    /// Reads what is there.
    State,
    /// Does what Option A does, inside a statement that undoes itself.
    Rehearsal,
    /// Renames schema `public` and makes an empty one.
    MoveAside,
    /// Puts the renamed schema back.
    UndoMoveAside,
    /// The source runbook's Option A, checked and in one transaction.
    OptionA,
    /// Drops what is in `public` and keeps the schema: for a user that does not own it.
    EmptyInPlace,
    /// Reads whether the recovery worked.
    Verify,
    /// The source runbook's own block with the name filled in.
    AsWritten,
}

/// A value an edition may need.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueKind {
    /// Who gets the new schema.
    DbUser,
    /// Which database it is for.
    Database,
}

impl ValueKind {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::DbUser => "the database user",
            Self::Database => "the database name",
        }
    }

    /// The flag of the command line that gives it.
    pub fn flag(self) -> &'static str {
        match self {
            Self::DbUser => "--db-user NAME",
            Self::Database => "--database NAME",
        }
    }
}

/// What to know before running an edition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SqlWarning {
    /// The rehearsal changes nothing but locks every table of `public` until it is over.
    RehearsalLocks,
    /// The source's block is neither checked nor one transaction.
    AsWrittenUnchecked,
    /// The source's block waits for locks without a limit.
    AsWrittenWaits,
    /// The source's block goes on without its client.
    AsWrittenOutlivesItsClient,
    /// The source's block lets every user of the database create objects in `public`.
    AsWrittenGrantsEverybody,
}

impl SqlWarning {
    /// The warning in plain words.
    pub fn text(self) -> &'static str {
        match self {
            Self::RehearsalLocks => {
                "the rehearsal changes nothing, but while it runs it locks every table of schema public: queries of a running application wait"
            }
            Self::AsWrittenUnchecked => {
                "the source's block checks nothing and is not one transaction: with a mistyped user the data is gone before the grant fails; option-a does the same and checks first"
            }
            Self::AsWrittenWaits => {
                "it has no lock_timeout: while anything uses a table it waits without end, and every new query on that table waits behind it; option-a gives up after 5 seconds"
            }
            Self::AsWrittenOutlivesItsClient => {
                "closing or killing the client does not stop it: the server goes on waiting, and deletes everything later, when the table is free; option-a, run as one file, is undone instead"
            }
            Self::AsWrittenGrantsEverybody => {
                "its last line lets every user of the database create objects in schema public (CVE-2018-1058); option-a leaves it out"
            }
        }
    }
}

/// A finished text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Composed {
    /// The text, each line ended by LF: exactly `lines`, joined.
    pub sql: String,
    /// The same line by line, with the reason for each.
    pub lines: Vec<SqlLine>,
    /// What to know before running it.
    pub warnings: Vec<SqlWarning>,
}

impl Edition {
    /// Every edition, in the order in which they are of use.
    pub const ALL: [Self; 8] = [
        Self::State,
        Self::Rehearsal,
        Self::MoveAside,
        Self::UndoMoveAside,
        Self::OptionA,
        Self::EmptyInPlace,
        Self::Verify,
        Self::AsWritten,
    ];

    /// Its name on the command line and in addresses.
    pub fn id(self) -> &'static str {
        match self {
            Self::State => "state",
            Self::Rehearsal => "rehearsal",
            Self::MoveAside => "move-aside",
            Self::UndoMoveAside => "undo-move-aside",
            Self::OptionA => "option-a",
            Self::EmptyInPlace => "empty-in-place",
            Self::Verify => "verify",
            Self::AsWritten => "as-written",
        }
    }

    /// The edition of that name.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|edition| edition.id() == id)
    }

    /// Its name as readers meet it: in addresses, and in the name of its file.
    pub fn slug(self) -> &'static str {
        match self {
            Self::State => "look-only",
            Self::Rehearsal => "practice",
            Self::MoveAside => "set-aside",
            Self::UndoMoveAside => "undo-set-aside",
            Self::OptionA => "option-a",
            Self::EmptyInPlace => "empty-tables",
            Self::Verify => "check-it-worked",
            Self::AsWritten => "original-text",
        }
    }

    /// The edition that readers know by this name.
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|edition| edition.slug() == slug)
    }

    /// Its title.
    pub fn title(self) -> &'static str {
        match self {
            Self::State => "Look at the database",
            Self::Rehearsal => "Rehearse Option A",
            Self::MoveAside => "Move the schema aside",
            Self::UndoMoveAside => "Put the moved schema back",
            Self::OptionA => "Option A: drop and recreate the schema",
            Self::EmptyInPlace => "Empty the schema and keep it",
            Self::Verify => "Check the recovery",
            Self::AsWritten => "Option A as the source wrote it",
        }
    }

    /// What running it can do to data.
    pub fn risk(self) -> Risk {
        match self {
            Self::State | Self::Rehearsal | Self::Verify => Risk::None,
            Self::MoveAside | Self::UndoMoveAside => Risk::Reversible,
            Self::OptionA | Self::EmptyInPlace | Self::AsWritten => Risk::Destructive,
        }
    }

    /// Whether it contains lines that delete data, even if it takes them back: a reader may copy only those lines.
    pub fn holds_deletes(self) -> bool {
        self == Self::Rehearsal || self.risk() == Risk::Destructive
    }

    /// The values it cannot be written without.
    pub fn required(self) -> &'static [ValueKind] {
        match self {
            Self::State | Self::Verify => &[],
            Self::UndoMoveAside => &[ValueKind::Database],
            Self::AsWritten => &[ValueKind::DbUser],
            Self::Rehearsal | Self::MoveAside | Self::OptionA | Self::EmptyInPlace => {
                &[ValueKind::DbUser, ValueKind::Database]
            }
        }
    }

    /// Whether the suffix is part of it.
    pub fn uses_suffix(self) -> bool {
        matches!(self, Self::MoveAside | Self::UndoMoveAside)
    }

    /// The name of the file it is kept in: `option-a-shop.sql`. Of the database's name what any system takes in a file's name.
    pub fn file_name(self, database: Option<&str>) -> String {
        let plain = |c: char| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' };
        let database: String = database.unwrap_or_default().chars().map(plain).collect();
        let between = if database.is_empty() { "" } else { "-" };
        [self.slug(), between, &database, ".sql"].concat()
    }

    fn warnings(self) -> Vec<SqlWarning> {
        match self {
            Self::Rehearsal => vec![SqlWarning::RehearsalLocks],
            Self::AsWritten => vec![
                SqlWarning::AsWrittenUnchecked,
                SqlWarning::AsWrittenWaits,
                SqlWarning::AsWrittenOutlivesItsClient,
                SqlWarning::AsWrittenGrantsEverybody,
            ],
            _ => Vec::new(),
        }
    }
}

/// Writes `edition` with `values`. One text serves PostgreSQL 13 to 18.
///
/// # Errors
/// [`SqlError::Missing`] for the first required value that is not there.
pub fn compose(edition: Edition, values: &SqlValues) -> Result<Composed, SqlError> {
    let given = Given(values);
    let script = match edition {
        Edition::State => statement::state::script(),
        Edition::Verify => statement::verify::script(),
        Edition::Rehearsal => statement::rehearsal::script(given.database()?, given.grantee()?),
        Edition::OptionA => statement::option_a::script(given.database()?, given.grantee()?),
        Edition::EmptyInPlace => statement::empty_in_place::script(given.database()?, given.grantee()?),
        Edition::MoveAside => statement::move_aside::script(given.database()?, given.grantee()?, given.suffix()),
        Edition::UndoMoveAside => statement::undo_move_aside::script(given.database()?, given.suffix()),
        Edition::AsWritten => statement::as_written::script(given.grantee()?),
    };
    Ok(finish(edition, script))
}

fn finish(edition: Edition, script: Script) -> Composed {
    let lines = script.into_lines();
    Composed { sql: line::join(&lines), lines, warnings: edition.warnings() }
}

/// The values, asked for one by one.
struct Given<'a>(&'a SqlValues);

impl<'a> Given<'a> {
    fn grantee(&self) -> Result<&'a Grantee, SqlError> {
        let missing = SqlError::Missing(ValueKind::DbUser);
        self.0.grantee.as_ref().ok_or(missing)
    }

    fn database(&self) -> Result<&'a Ident, SqlError> {
        let missing = SqlError::Missing(ValueKind::Database);
        self.0.database.as_ref().ok_or(missing)
    }

    fn suffix(&self) -> &'a Suffix {
        &self.0.suffix
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_by_its_text_and_its_database() {
        let named = |name: &str| Edition::OptionA.file_name(Some(name));
        assert_eq!(Edition::State.file_name(None), "look-only.sql");
        assert_eq!(named("app_db-2"), "option-a-app_db-2.sql");
        assert_eq!(named("../a b\\c;é\"."), "option-a-___a_b_c____.sql");
    }
}
