//! The states a database is in when a text meets it.

/// One of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    Plain,
    Extensions,
    OthersObjects,
    ColumnsElsewhere,
    ManyTables,
    OpenReader,
    WrongDatabase,
    WrongRole,
    NotTheOwner,
    SchemaNotOwned,
    PublicMissing,
    RunTwice,
    CutOff,
    FilledSince,
}

impl State {
    pub(crate) const ALL: [Self; 14] = [
        Self::Plain,
        Self::Extensions,
        Self::OthersObjects,
        Self::ColumnsElsewhere,
        Self::ManyTables,
        Self::OpenReader,
        Self::WrongDatabase,
        Self::WrongRole,
        Self::NotTheOwner,
        Self::SchemaNotOwned,
        Self::PublicMissing,
        Self::RunTwice,
        Self::CutOff,
        Self::FilledSince,
    ];

    /// Its name in `content/proof.toml`, and what it is, in a reader's words.
    pub(crate) fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Plain => ("plain", "A few tables, a view, a type and a function, run by the database’s owner."),
            Self::Extensions => ("extensions", "Two extensions live in schema public, and a table uses one."),
            Self::OthersObjects => ("others-objects", "Another user owns a table and a function in schema public."),
            Self::ColumnsElsewhere => {
                ("columns-elsewhere", "A table in another schema has a column whose type is in public.")
            }
            Self::ManyTables => ("6000-tables", "Six thousand tables: more than the server can lock at once."),
            Self::OpenReader => ("open-reader", "Another session has read a table and left its transaction open."),
            Self::WrongDatabase => ("wrong-database", "The text was made for another database."),
            Self::WrongRole => ("wrong-role", "The text names a user that does not exist."),
            Self::NotTheOwner => ("not-the-owner", "Run by a user without rights on the database."),
            Self::SchemaNotOwned => ("schema-not-owned", "Schema public belongs to another user, as on old servers."),
            Self::PublicMissing => ("public-missing", "There is no schema public."),
            Self::RunTwice => ("run-twice", "The same text has run before."),
            Self::CutOff => ("cut-off", "The connection ends in the middle."),
            Self::FilledSince => ("filled-since", "Tables were made in the new schema before the old one is put back."),
        }
    }

    pub(crate) fn id(self) -> &'static str {
        self.words().0
    }

    /// The state whose template it starts from: those that differ in the text or in the moment share the plain one.
    pub(crate) fn template(self) -> Self {
        match self {
            Self::Extensions
            | Self::OthersObjects
            | Self::ColumnsElsewhere
            | Self::ManyTables
            | Self::SchemaNotOwned
            | Self::PublicMissing => self,
            _ => Self::Plain,
        }
    }

    /// What makes it: SQL of the owner, then of the superuser.
    pub(crate) fn made_by(self) -> (&'static str, &'static str) {
        match self {
            Self::Extensions => (
                "CREATE EXTENSION citext SCHEMA public; CREATE EXTENSION pgcrypto SCHEMA public; CREATE TABLE public.people (mail public.citext)",
                "",
            ),
            Self::OthersObjects => (
                "GRANT ALL ON SCHEMA public TO second",
                "SET ROLE second; CREATE TABLE public.theirs AS SELECT 1 AS id; CREATE FUNCTION public.theirs() RETURNS int LANGUAGE sql AS 'SELECT 2'",
            ),
            Self::ColumnsElsewhere => {
                ("ALTER TABLE audit.log ADD s public.status; UPDATE audit.log SET s = 'open'", "")
            }
            Self::ManyTables => (
                "DO $$ BEGIN FOR i IN 1..6000 LOOP EXECUTE format('CREATE TABLE public.t%s (id int)', i);
                   IF i % 500 = 0 THEN COMMIT; END IF; END LOOP; END $$",
                "",
            ),
            Self::SchemaNotOwned => (
                "",
                "ALTER SCHEMA public OWNER TO postgres; GRANT ALL ON SCHEMA public TO PUBLIC; CREATE EXTENSION citext",
            ),
            Self::PublicMissing => ("DROP SCHEMA public CASCADE", ""),
            _ => ("", ""),
        }
    }
}

/// What is otherwise in these databases than in those of the other tests: a version no file declares, and nothing outside
/// public that hangs on it.
pub(crate) const CHANGES: &str = "
    UPDATE public.alembic_version SET version_num = 'gone_1';
    ALTER TABLE audit.log DROP COLUMN s;";
