//! What is said about a name: why it is refused, or what is doubtful about it.
//!
//! These are values with words. None of the words repeats what was typed: a refused "name" may be a whole connection URL with
//! its password. Only a suggestion, itself an acceptable name, is ever shown.
use std::fmt;

/// What the name is the name of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameKind {
    /// A role, also called user.
    Role,
    /// A database.
    Database,
    /// Anything else with a name: a table, a view, a schema …
    Object,
}

impl NameKind {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Role => "database user",
            Self::Database => "database name",
            Self::Object => "name",
        }
    }
}

/// A name that is not put into SQL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What was asked for.
    pub kind: NameKind,
    /// Why not.
    pub reason: Reason,
    /// What to type instead, when that can be told without guessing; always an acceptable name.
    pub suggestion: Option<String>,
}

impl fmt::Display for Refusal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} refused: {}", self.kind.word(), self.reason.text(self.kind))?;
        match &self.suggestion {
            Some(name) => write!(out, "\nType this instead: {name}"),
            None => Ok(()),
        }
    }
}

/// Why a name is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Nothing, or nothing but white space.
    Empty,
    /// A NUL character: the text would be cut there on its way to the server.
    Nul,
    /// A whole connection URL.
    ConnectionUrl,
    /// Something with a password in it (`password=…`, `user:password@…`).
    HoldsPassword,
    /// White space or an invisible character at an end.
    SpaceAround,
    /// A tab, a line end or another control character inside.
    Control,
    /// A character that cannot be seen, such as a no-break or zero-width space.
    Invisible,
    /// U+FFFD, which stands where another character was lost.
    Lost,
    /// Wrapped in quotes of any kind.
    Quoted,
    /// A placeholder of some instructions, not yet replaced.
    Placeholder,
    /// More than 63 bytes.
    TooLong {
        /// Its length in bytes.
        n_bytes: usize,
    },
    /// `public` or `PUBLIC`, which is everybody.
    Everybody,
    /// `none`, reserved even in quotes.
    NoRole,
    /// Begins with `pg_`: PostgreSQL's own roles.
    SystemRole,
    /// `template0` or `template1`.
    TemplateDatabase,
}

impl Reason {
    /// A stable name for it.
    pub fn id(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Nul => "nul",
            Self::ConnectionUrl => "connection-url",
            Self::HoldsPassword => "holds-password",
            Self::SpaceAround => "space-around",
            Self::Control => "control-character",
            Self::Invisible => "invisible-character",
            Self::Lost => "lost-character",
            Self::Quoted => "quoted",
            Self::Placeholder => "placeholder",
            Self::TooLong { .. } => "too-long",
            Self::Everybody => "everybody",
            Self::NoRole => "no-role",
            Self::SystemRole => "system-role",
            Self::TemplateDatabase => "template-database",
        }
    }

    /// The reason in plain words, for a person.
    pub fn text(self, kind: NameKind) -> String {
        match self {
            Self::Empty => format!("the {} is empty", kind.word()),
            Self::TooLong { n_bytes } => format!(
                "the name is {n_bytes} bytes long (letters outside ASCII count as two to four); PostgreSQL cuts names after 63 bytes, and the rest may be the name of something else"
            ),
            other => other.fixed_text().to_owned(),
        }
    }

    fn fixed_text(self) -> &'static str {
        match self {
            Self::Empty => "the name is empty",
            Self::TooLong { .. } => "the name is longer than 63 bytes",
            Self::Nul => "the name holds a NUL character, where PostgreSQL would cut the statement off",
            Self::ConnectionUrl => "this is a whole connection URL; only the name in it belongs here, and no password",
            Self::HoldsPassword => {
                "this looks like connection settings with a password in them; only the name belongs here"
            }
            Self::SpaceAround => {
                "there is white space or an invisible character before or after the name; quoted, that would be another name"
            }
            Self::Control => "there is a tab, a line end or another control character inside the name",
            Self::Invisible => {
                "there is an invisible character (such as a no-break or zero-width space) inside the name; type the name by hand"
            }
            Self::Lost => {
                "the name holds U+FFFD, which stands where another character was lost in copying; copy it again"
            }
            Self::Quoted => {
                "the name is wrapped in quotes, which would become part of it; leave them out, they are added here"
            }
            Self::Placeholder => "this is a placeholder of some instructions, not a name yet",
            Self::Everybody => "public is not a user: the grant would go to everybody, even in quotes",
            Self::NoRole => "none is reserved by PostgreSQL, even in quotes: no user has that name",
            Self::SystemRole => {
                "names that begin with pg_ are PostgreSQL's own: no application logs in as one, and granting to one is not what recovers it"
            }
            Self::TemplateDatabase => {
                "template0 and template1 are what new databases are copied from, not an application's database"
            }
        }
    }
}

/// What is doubtful about an accepted name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameWarning {
    /// It has capital letters.
    Capitals,
    /// It is spelt like SQL's word for the connected user.
    LiteralName,
    /// `postgres`: a real user, but not yours on Render.
    NotYourUserOnRender,
    /// `postgres`: the maintenance database of most servers.
    NotYourDatabaseOnRender,
    /// A quote at one end only.
    StrayQuote,
    /// A colon inside: it may be `user:password`.
    Colon,
}

impl NameWarning {
    /// A stable name for it.
    pub fn id(self) -> &'static str {
        match self {
            Self::Capitals => "capitals",
            Self::LiteralName => "literal-name",
            Self::NotYourUserOnRender => "not-your-user-on-render",
            Self::NotYourDatabaseOnRender => "not-your-database-on-render",
            Self::StrayQuote => "stray-quote",
            Self::Colon => "colon",
        }
    }

    /// The warning in plain words, for a person.
    pub fn text(self) -> &'static str {
        match self {
            Self::Capitals => {
                "the name has capital letters; in quotes they count, so check that it is spelt exactly like this"
            }
            Self::LiteralName => {
                "in quotes this is a user of that literal name, which usually does not exist; it does not mean the user you are connected as"
            }
            Self::NotYourUserOnRender => {
                "postgres is the server's own administrator; on Render your application does not connect as postgres"
            }
            Self::NotYourDatabaseOnRender => {
                "postgres is the server's maintenance database; on Render your application's database has another name"
            }
            Self::StrayQuote => "there is a quote at one end of the name only; it is taken as part of the name",
            Self::Colon => "there is a colon in the name; if a password stands after it, give only what is before it",
        }
    }
}
