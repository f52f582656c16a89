//! The values a reader replaces: what each is, how it is spelled wherever it stands, and text with them filled in.
//!
//! Comes in: names and texts that were checked ([`Ident`], [`Value::text`]). Goes out: words for prose, SQL or a command of a shell.
//! Must not know: how a value is quoted ([`crate::engine::sql`] and [`crate::engine::shell`] do).

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::engine::shell::{self, Shell, ShellArgument};
use crate::engine::sql::{Edition, Ident, Literal, Refusal, holds_credentials};

/// One piece of a line of code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Part {
    /// As it stands.
    Text(String),
    /// A value of the reader's, by key.
    Placeholder(String),
}

/// A value the reader replaces, everywhere at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placeholder {
    /// Name in the content, `db_user`.
    pub key: String,
    /// What kind of value it takes.
    pub kind: Kind,
    /// What the page shows while nothing is filled in; the source's own example where it has one.
    pub source: String,
    /// Label of the field.
    pub label: String,
    /// Whether the reader gets a field for it; else its value comes from the team file alone.
    pub asked: bool,
}

/// What kind of value a placeholder takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// A name in the database; in SQL it stands quoted.
    Ident,
    /// Any other text.
    Text,
}

/// Where a value stands, and so which of its spellings is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// In prose, as the reader knows it.
    Shown,
    /// In SQL.
    Sql,
    /// In a command of a POSIX shell.
    Shell,
    /// In a command of PowerShell.
    PowerShell,
}

impl Form {
    /// The form used in a code block of this language.
    pub fn of_language(language: &str) -> Self {
        match language {
            "sql" => Self::Sql,
            "sh" | "bash" | "shell" => Self::Shell,
            _ => Self::Shown,
        }
    }
}

/// One value in every spelling a page needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    shown: String,
    sql: String,
    /// As a word of a command: in a POSIX shell, and in PowerShell.
    words: [String; 2],
}

impl Value {
    /// A name in the database, in double quotes in SQL.
    pub fn ident(name: &Ident) -> Self {
        Self { shown: name.name().to_owned(), sql: name.token(), words: words(&ShellArgument::of_name(name)) }
    }

    /// Any other text, a string constant in SQL; none when it holds a control character.
    pub fn text(raw: &str) -> Option<Self> {
        let argument = ShellArgument::of_text(raw)?;
        Some(Self { shown: raw.to_owned(), sql: Literal::of_text(raw)?.token(), words: words(&argument) })
    }

    /// What somebody typed for a placeholder of this kind.
    ///
    /// # Errors
    /// [`Unfit`]: why it is put into nothing.
    pub fn checked(kind: Kind, typed: &str) -> Result<Self, Unfit> {
        if holds_credentials(typed) {
            return Err(Unfit::Secret);
        }
        match kind {
            Kind::Ident => Ident::object(typed).map(|accepted| Self::ident(&accepted.ident)).map_err(Unfit::Name),
            Kind::Text => Self::text(typed).ok_or(Unfit::Lines),
        }
    }

    /// An example nobody has replaced yet. Where words stand for a name (`your database user`) they are one word in code.
    fn example(placeholder: &Placeholder) -> Self {
        let shown = placeholder.source.clone();
        if placeholder.kind == Kind::Ident {
            let word = shown.replace(' ', "_");
            return Self { shown, sql: word.clone(), words: [word.clone(), word] };
        }
        let sql = Literal::of_text(&shown).map_or_else(String::new, |literal| literal.token());
        Self { words: [shown.clone(), shown.clone()], shown, sql }
    }

    /// The spelling for one form.
    pub fn in_form(&self, form: Form) -> &str {
        match form {
            Form::Shown => &self.shown,
            Form::Sql => &self.sql,
            Form::Shell => &self.words[0],
            Form::PowerShell => &self.words[1],
        }
    }
}

/// Why a value is put into nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// It looks like a password or key.
    Secret,
    /// It is more than one line, or holds another control character.
    Lines,
    /// PostgreSQL takes no such name, or we do not.
    Name(Refusal),
}

impl fmt::Display for Unfit {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Secret => {
                out.write_str("This looks like a password or key. It is put into nothing; type the name alone.")
            }
            Self::Lines => out.write_str("This is more than one line. Type one line."),
            Self::Name(refusal) => refusal.fmt(out),
        }
    }
}

fn words(argument: &ShellArgument) -> [String; 2] {
    [Shell::Posix, Shell::PowerShell].map(|shell| argument.word(shell))
}

/// The placeholder that stands for a whole connection, made of the three in [`CONNECTION_OF`].
const CONNECTION: &str = "connection";

/// User, host and database.
const CONNECTION_OF: [&str; 3] = ["db_user", HOST, DATABASE];

const HOST: &str = "host";

const DATABASE: &str = "database";

/// The end of the placeholder that stands for the file an edition is saved as: `option_a_file`.
const FILE: &str = "_file";

/// The edition whose file a placeholder stands for.
pub fn file_of(key: &str) -> Option<Edition> {
    Edition::from_slug(&key.strip_suffix(FILE)?.replace('_', "-"))
}

/// Whether every runbook has a placeholder without declaring it.
pub fn is_built_in(key: &str) -> bool {
    key == CONNECTION || file_of(key).is_some()
}

/// The declared placeholders that one is made of: itself, unless it is built in.
pub fn made_of(key: &str) -> Vec<&str> {
    match key {
        CONNECTION => CONNECTION_OF.to_vec(),
        _ if file_of(key).is_some() => vec![DATABASE],
        _ => vec![key],
    }
}

/// The reader's values by key; what is not filled in shows its example.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Values {
    filled: BTreeMap<String, Value>,
    examples: BTreeMap<String, Value>,
}

impl Values {
    /// Nothing filled in: every placeholder shows its example.
    pub fn unfilled(placeholders: &[Placeholder]) -> Self {
        let examples = placeholders.iter().map(|p| (p.key.clone(), Value::example(p))).collect();
        Self { filled: BTreeMap::new(), examples }
    }

    /// Fills one value in, everywhere.
    pub fn set(&mut self, key: &str, value: Value) {
        self.filled.insert(key.to_owned(), value);
    }

    /// Back to the example.
    pub fn clear(&mut self, key: &str) {
        self.filled.remove(key);
    }

    /// True when the reader filled this one in.
    pub fn is_filled(&self, key: &str) -> bool {
        made_of(key).iter().all(|one| self.filled.contains_key(*one))
    }

    /// The declared placeholders of these lines that the reader has not filled in, in order, each once.
    pub fn unfilled_in<'k>(&self, lines: &'k [Vec<Part>]) -> Vec<&'k str> {
        let mut unfilled = Vec::new();
        for key in keys(lines).flat_map(made_of) {
            if !self.is_filled(key) && !unfilled.contains(&key) {
                unfilled.push(key);
            }
        }
        unfilled
    }

    /// The database these lines are for, as the reader named it; `None` where they name none.
    pub fn database_in(&self, lines: &[Vec<Part>]) -> Option<&str> {
        keys(lines).flat_map(made_of).any(|key| key == DATABASE).then_some(())?;
        self.filled.get(DATABASE).map(|value| value.in_form(Form::Shown))
    }

    /// The text for a key in a form: the reader's value, else the example, else the key itself.
    pub fn get<'a>(&'a self, key: &'a str, form: Form) -> Cow<'a, str> {
        if key == CONNECTION {
            return Cow::Owned(self.connection(form));
        }
        if let Some(edition) = file_of(key) {
            return Cow::Owned(edition.file_name(self.filled.get(DATABASE).map(|database| database.shown.as_str())));
        }
        let value = self.filled.get(key).or_else(|| self.examples.get(key));
        Cow::Borrowed(value.map_or(key, |value| value.in_form(form)))
    }

    fn connection(&self, form: Form) -> String {
        let [user, host, database] = CONNECTION_OF.map(|key| match (self.filled.get(key), self.examples.get(key)) {
            (Some(value), _) if key == HOST => shell::url_host(&value.shown),
            (Some(value), _) => shell::url_piece(&value.shown),
            (None, Some(example)) => example.shown.replace(' ', "_"),
            (None, None) => key.to_owned(),
        });
        let shell = if form == Form::PowerShell { Shell::PowerShell } else { Shell::Posix };
        shell::connection(&user, &host, &database).word(shell)
    }
}

/// Every placeholder of some lines, in order.
fn keys(lines: &[Vec<Part>]) -> impl Iterator<Item = &str> {
    lines.iter().flatten().filter_map(|part| match part {
        Part::Placeholder(key) => Some(key.as_str()),
        Part::Text(_) => None,
    })
}

/// A line of code or a code span with the values filled in.
pub fn fill(parts: &[Part], values: &Values, form: Form) -> String {
    let mut out = String::new();
    for part in parts {
        match part {
            Part::Text(text) => out.push_str(text),
            Part::Placeholder(key) => out.push_str(&values.get(key, form)),
        }
    }
    out
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(in crate::engine::page) fn declared() -> Vec<Placeholder> {
        vec![Placeholder {
            key: "db_user".into(),
            kind: Kind::Ident,
            source: "example_user".into(),
            label: "Database user".into(),
            asked: true,
        }]
    }

    pub(in crate::engine::page) fn line() -> Vec<Part> {
        vec![Part::Text("TO ".into()), Part::Placeholder("db_user".into()), Part::Text(";".into())]
    }

    #[test]
    fn unfilled_places_show_the_example_in_every_form() {
        let values = Values::unfilled(&declared());
        for form in [Form::Shown, Form::Sql, Form::Shell] {
            assert_eq!(fill(&line(), &values, form), "TO example_user;");
        }
        assert!(!values.is_filled("db_user"));
    }

    #[test]
    fn words_that_stand_for_a_name_are_one_word_in_code() {
        let declared = [Placeholder { source: "your database user".into(), ..declared().remove(0) }];
        let values = Values::unfilled(&declared);
        assert_eq!(fill(&line(), &values, Form::Shown), "TO your database user;");
        assert_eq!(fill(&line(), &values, Form::Sql), "TO your_database_user;");
        assert_eq!(fill(&line(), &values, Form::Shell), "TO your_database_user;");
    }

    #[test]
    fn one_value_fills_every_form() {
        let mut values = Values::unfilled(&declared());
        values.set("db_user", Value::ident(&Ident::role("o'brien x").expect("accepted").ident));
        assert!(values.is_filled("db_user"));
        assert_eq!(fill(&line(), &values, Form::Shown), "TO o'brien x;");
        assert_eq!(fill(&line(), &values, Form::Sql), "TO \"o'brien x\";");
        assert_eq!(fill(&line(), &values, Form::Shell), r"TO 'o'\''brien x';");
        values.clear("db_user");
        assert_eq!(fill(&line(), &values, Form::Sql), "TO example_user;");
    }

    #[test]
    fn a_text_is_a_string_constant_in_sql() {
        let declared = [Placeholder { kind: Kind::Text, ..declared().remove(0) }];
        let mut values = Values::unfilled(&declared);
        assert_eq!(fill(&line(), &values, Form::Sql), "TO 'example_user';");
        values.set("db_user", Value::text("o'brien; DROP").expect("no control character"));
        assert_eq!(fill(&line(), &values, Form::Sql), "TO 'o''brien; DROP';");
        assert_eq!(fill(&line(), &values, Form::Shown), "TO o'brien; DROP;");
        assert_eq!(Value::text("a\0b"), None);
        assert_eq!(Value::text("a\nb"), None);
    }

    #[test]
    fn an_undeclared_key_shows_itself_and_never_panics() {
        assert_eq!(fill(&line(), &Values::default(), Form::Sql), "TO db_user;");
    }

    #[test]
    fn a_connection_is_made_of_three_values_without_a_password() {
        let declare =
            |key: &str, source: &str| Placeholder { key: key.into(), source: source.into(), ..declared().remove(0) };
        let mut values = Values::unfilled(&[
            declare("db_user", "your user"),
            declare("host", "your-host"),
            declare("database", "db"),
        ]);
        let line = [Part::Text("psql -d ".into()), Part::Placeholder(CONNECTION.into())];
        assert_eq!(fill(&line, &values, Form::Shell), "psql -d 'postgresql://your_user@your-host/db?sslmode=require'");
        values.set("db_user", Value::ident(&Ident::role("o'brien $x").expect("accepted").ident));
        values.set("host", Value::text("dpg-x-a.example.com:5433").expect("one line"));
        assert!(!values.is_filled(CONNECTION));
        values.set("database", Value::ident(&Ident::database("caf\u{e9}\"`%").expect("accepted").ident));
        assert!(values.is_filled(CONNECTION));
        let same =
            "psql -d 'postgresql://o%27brien%20%24x@dpg-x-a.example.com:5433/caf%c3%a9%22%60%25?sslmode=require'";
        assert_eq!(fill(&line, &values, Form::Shell), same);
        assert_eq!(fill(&line, &values, Form::PowerShell), same);
    }

    #[test]
    fn a_file_is_named_after_its_sql_and_the_database() {
        let mut values = Values::unfilled(&declared());
        let line = [Part::Placeholder("option_a_file".into())];
        assert_eq!(fill(&line, &values, Form::Shell), "option-a.sql");
        assert!(!values.is_filled("option_a_file"));
        values.set("database", Value::ident(&Ident::database("shop $(x)").expect("accepted").ident));
        for form in [Form::Shown, Form::Shell, Form::PowerShell] {
            assert_eq!(fill(&line, &values, form), "option-a-shop___x_.sql");
        }
        assert!(values.is_filled("option_a_file"));
        assert_eq!(file_of("some_file"), None);
    }

    #[test]
    fn what_is_not_filled_in_is_named_once_and_in_order() {
        let line = |keys: &[&str]| keys.iter().map(|key| Part::Placeholder((*key).into())).collect::<Vec<_>>();
        let lines = [line(&["option_a_file", CONNECTION]), line(&["table", "db_user"])];
        let mut values = Values::default();
        assert_eq!(values.unfilled_in(&lines), ["database", "db_user", "host", "table"]);
        assert_eq!(values.database_in(&lines), None);
        values.set("database", Value::text("shop").expect("one line"));
        values.set("table", Value::text("jobs").expect("one line"));
        assert_eq!(values.unfilled_in(&lines), ["db_user", "host"]);
        assert_eq!(values.database_in(&lines), Some("shop"));
        assert_eq!(values.database_in(&lines[1..]), None, "these lines name no database");
    }

    #[test]
    fn the_language_decides_the_form() {
        assert_eq!(Form::of_language("sql"), Form::Sql);
        assert_eq!(Form::of_language("bash"), Form::Shell);
        assert_eq!(Form::of_language("text"), Form::Shown);
    }
}
