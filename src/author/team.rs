//! `content/team.toml` → [`Team`], and its values in place of the runbook's examples.

use super::markdown::fields::{self, Fields};
use super::markdown::nearest::did_you_mean;
use super::markdown::text::{Excerpt, File};
use super::reader::Reader;
use crate::engine::catalogue::{Contact, Team, TeamLinks, WarningWords};
use crate::engine::page::Placeholder;
use crate::engine::sql::{Accepted, Ident, NameKind, Refusal};
use crate::engine::text::secret::SecretRules;

/// What a page shows for a value the team left out.
const LEFT_OUT: [(&str, &str); 6] = [
    ("team", "your team"),
    ("service", "your service"),
    ("database", "your database"),
    ("db_user", "your database user"),
    ("region", "the same region as the service"),
    ("start_command", "your start command"),
];

/// Reads the team file, and which of the runbooks is the first. Every key of it may be missing, the file itself may not.
pub(super) fn read(
    reader: &mut Reader<'_>,
    secrets: &SecretRules,
    warnings: &[WarningWords],
    runbooks: &[&str],
) -> (Team, String) {
    let Some(source) = reader.file("team.toml") else { return (Team::default(), first_of(runbooks)) };
    let mut file = File::new(&source.path, &source.text);
    let whole = Excerpt::whole(&source.text, 0);
    let table = fields::parse(&mut file, &whole);
    let mut fields = Fields::new(&table, &whole, 0);
    let team = Team {
        name: line(secrets, &mut file, &mut fields, "team"),
        service: line(secrets, &mut file, &mut fields, "service"),
        database: name(&mut file, &mut fields, "database", Ident::database),
        db_user: name(&mut file, &mut fields, "db_user", Ident::role),
        region: line(secrets, &mut file, &mut fields, "region"),
        start_command: start_command(secrets, &mut file, &mut fields, warnings),
        links: links(secrets, &mut file, &mut fields),
        contact: contact(secrets, &mut file, &mut fields),
    };
    let first = first_runbook(&mut file, &mut fields, runbooks);
    fields.finish(&mut file, "the team file");
    reader.problems.extend(file.into_problems());
    (team, first)
}

fn first_of(runbooks: &[&str]) -> String {
    runbooks.first().copied().unwrap_or_default().to_owned()
}

/// The runbook of the start page. With one alone there is nothing to say.
fn first_runbook(file: &mut File<'_>, fields: &mut Fields<'_>, runbooks: &[&str]) -> String {
    let Some(named) = fields.optional(file, "first_runbook") else {
        if runbooks.len() > 1 {
            let suggestion = format!("add `first_runbook = \"…\"`: {}", did_you_mean("", runbooks.iter().copied()));
            file.problem(0, "there are several runbooks, and none is the first", suggestion);
        }
        return first_of(runbooks);
    };
    if runbooks.contains(&named.text.as_str()) {
        return named.text;
    }
    let message = format!("there is no runbook `{}`", named.text);
    file.problem(named.origin(0), message, did_you_mean(&named.text, runbooks.iter().copied()));
    first_of(runbooks)
}

/// Puts the team's values in place of the content's own examples.
pub(super) fn show(team: &Team, placeholders: &mut [Placeholder]) {
    for placeholder in placeholders {
        let Some(value) = team.value(&placeholder.key) else { continue };
        let left_out = LEFT_OUT.iter().find(|(key, _)| *key == placeholder.key).map(|(_, words)| (*words).to_owned());
        if let Some(shown) = value.clone().or(left_out) {
            placeholder.source = shown;
        }
    }
}

/// One line of text that everybody may read.
fn line(secrets: &SecretRules, file: &mut File<'_>, fields: &mut Fields<'_>, key: &'static str) -> Option<String> {
    let text = fields.optional(file, key)?.text;
    checked(secrets, file, fields, key, text)
}

fn checked(secrets: &SecretRules, file: &mut File<'_>, fields: &Fields<'_>, key: &str, text: String) -> Option<String> {
    let (message, suggestion) = if secrets.hides(&text) {
        ("holds something like a password or key", "leave it out: everybody who opens the site can read this file")
    } else if text.chars().any(char::is_control) {
        ("is more than one line", "write it on one line")
    } else {
        return Some(text);
    };
    file.problem(fields.place(key), format!("`{key}` {message}"), suggestion);
    None
}

fn name(
    file: &mut File<'_>,
    fields: &mut Fields<'_>,
    key: &'static str,
    accept: fn(&str) -> Result<Accepted, Refusal>,
) -> Option<String> {
    let name = fields.optional(file, key)?.text;
    match accept(&name) {
        Ok(_) => Some(name),
        Err(refusal) => {
            let kind: NameKind = refusal.kind;
            let suggestion = refusal.suggestion.map_or_else(
                || "write the name alone, as the server knows it, or leave the line out".to_owned(),
                |name| format!("did you mean `{name}`?"),
            );
            file.problem(fields.place(key), format!("`{key}`: {}", refusal.reason.text(kind)), suggestion);
            None
        }
    }
}

/// The start command; one that empties the database must not be shown as the right one.
fn start_command(
    secrets: &SecretRules,
    file: &mut File<'_>,
    fields: &mut Fields<'_>,
    warnings: &[WarningWords],
) -> Option<String> {
    let command = line(secrets, file, fields, "start_command")?;
    let script = warnings.iter().flat_map(|warning| &warning.scripts).find(|script| command.contains(script.as_str()));
    let Some(script) = script else { return Some(command) };
    file.problem(
        fields.place("start_command"),
        format!("`start_command` runs `{script}`, which empties the database at every deploy"),
        "take it out of the service's start command first, then out of this line",
    );
    None
}

fn links(secrets: &SecretRules, file: &mut File<'_>, fields: &mut Fields<'_>) -> TeamLinks {
    let Some(mut table) = fields.optional_table(file, "links") else { return TeamLinks::default() };
    let links = TeamLinks {
        service: link(secrets, file, &mut table, "service"),
        environment: link(secrets, file, &mut table, "environment"),
        logs: link(secrets, file, &mut table, "logs"),
        database: link(secrets, file, &mut table, "database"),
    };
    table.finish(file, "`[links]`");
    links
}

fn contact(secrets: &SecretRules, file: &mut File<'_>, fields: &mut Fields<'_>) -> Option<Contact> {
    let mut table = fields.optional_table(file, "contact")?;
    let name = table.required(file, "name", "whom to call");
    let name = name.and_then(|name| checked(secrets, file, &table, "name", name.text));
    let how = table.required(file, "how", "how to reach them, in words");
    let how = how.and_then(|how| checked(secrets, file, &table, "how", how.text));
    let link = link(secrets, file, &mut table, "link");
    table.finish(file, "`[contact]`");
    Some(Contact { name: name?, how: how?, link })
}

/// An address that nobody can have tampered with on the way, without a user or password in it.
fn link(secrets: &SecretRules, file: &mut File<'_>, fields: &mut Fields<'_>, key: &'static str) -> Option<String> {
    let link = line(secrets, file, fields, key)?;
    let rest = link.strip_prefix("https://").unwrap_or_default();
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if host.is_empty() || host.contains(['@', '\\']) || link.chars().any(char::is_whitespace) {
        file.problem(
            fields.place(key),
            format!("`{key}` is no safe link"),
            "copy the address from the browser: it begins with `https://`",
        );
        return None;
    }
    Some(link)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::author::SourceFile;
    use crate::engine::page::Kind;
    use crate::engine::text::secret::NameRules;

    fn read_text(text: &str) -> (Team, Vec<String>) {
        let files = [SourceFile { path: "content/team.toml".into(), text: text.into() }];
        let mut reader = Reader::new(&files);
        let names = NameRules { words: ["password"].into_iter().collect(), ..NameRules::default() };
        let rules = SecretRules { names, ..SecretRules::default() };
        let scripts = vec!["reset_db".to_owned()];
        let warnings = [WarningWords { id: "reset".into(), text: String::new(), scripts, waits: false }];
        let (team, _) = read(&mut reader, &rules, &warnings, &["one"]);
        (team, reader.into_problems().iter().map(ToString::to_string).collect())
    }

    #[test]
    fn every_key_may_be_left_out() {
        assert_eq!(read_text("# nothing yet\n"), (Team::default(), Vec::new()));
    }

    #[test]
    fn all_keys_are_read() {
        let (team, problems) = read_text(concat!(
            "team = \"Shop\"\nservice = \"shop-api\"\ndatabase = \"shop\"\ndb_user = \"shop_user\"\nregion = \"oregon\"\n",
            "start_command = \"alembic upgrade head && uvicorn shop:app\"\n",
            "[links]\nservice = \"https://a.example/s\"\nenvironment = \"https://a.example/e\"\nlogs = \"https://a.example/l\"\n",
            "database = \"https://a.example/d\"\n[contact]\nname = \"Ada\"\nhow = \"call 1\"\nlink = \"https://a.example/c\"\n",
        ));
        assert_eq!(problems, Vec::<String>::new());
        for (key, _) in LEFT_OUT {
            assert!(team.value(key).is_some_and(Option::is_some), "{key}");
        }
        assert_eq!(team.links.database.as_deref(), Some("https://a.example/d"));
        assert_eq!(team.contact.map(|c| (c.name, c.how)), Some(("Ada".into(), "call 1".into())));
    }

    #[test]
    fn mistakes_are_found_at_their_place() {
        for (text, place, message, suggestion) in [
            ("servce = \"a\"", "1:1", "unknown field `servce`", "`service`"),
            ("team = 1", "1:8", "`team` is a integer", "team = "),
            ("team = \"\"", "1:8", "`team` is empty", "remove the line"),
            ("team = \"\"\"a\nb\"\"\"", "1:8", "more than one line", "one line"),
            ("\ndb_user = \"public\"", "2:11", "`db_user`:", "write the name alone"),
            ("database = \"postgres://u:p4ssw0rdp@h/d\"", "1:12", "`database`:", "did you mean `d`?"),
            ("service = \"postgres://u:p4ssw0rdp@h/d\"", "1:11", "password or key", "leave it out"),
            ("start_command = \"python reset_db.py && x\"", "1:17", "`start_command` runs `reset_db`", "take it out"),
            ("[links]\nservice = \"http://a.example\"", "2:11", "no safe link", "https://"),
            ("[links]\nservice = \"https://a.example@b.example\"", "2:11", "password or key", "leave it out"),
            ("[links]\nservice = \"https://\"", "2:11", "no safe link", "https://"),
            ("[links]\ndatabse = \"https://a.example\"", "2:1", "unknown field `databse`", "`database`"),
            ("[contact]\nname = \"Ada\"", "1:1", "`how` is missing", "how to reach them"),
            ("contact = \"Ada\"", "1:11", "`contact` is not a table", "[contact]"),
        ] {
            let (_, problems) = read_text(text);
            let [problem] = problems.as_slice() else { panic!("{text}: {problems:#?}") };
            assert!(problem.starts_with(&format!("content/team.toml:{place}: ")), "{text}: {problem}");
            assert!(problem.contains(message) && problem.contains(suggestion), "{text}: {problem}");
        }
    }

    #[test]
    fn the_first_runbook_is_said_when_there_are_several() {
        for (text, runbooks, first, says) in [
            ("", &["one"][..], "one", None),
            ("first_runbook = \"two\"", &["one", "two"], "two", None),
            ("", &["one", "two"], "one", Some("content/team.toml:1:1: there are several runbooks")),
            (
                "first_runbook = \"tow\"",
                &["one", "two"],
                "one",
                Some("content/team.toml:1:18: there is no runbook `tow`"),
            ),
        ] {
            let files = [SourceFile { path: "content/team.toml".into(), text: text.into() }];
            let mut reader = Reader::new(&files);
            let (_, found) = read(&mut reader, &SecretRules::default(), &[], runbooks);
            let problems = reader.into_problems();
            assert_eq!(found, first, "{text}");
            assert_eq!(problems.len(), usize::from(says.is_some()), "{problems:?}");
            let said = problems.first().map(ToString::to_string).unwrap_or_default();
            assert!(said.starts_with(says.unwrap_or_default()), "{said}");
        }
    }

    #[test]
    fn a_value_left_out_is_said_plainly_and_never_invented() {
        let placeholder = |key: &str| Placeholder {
            key: key.into(),
            kind: Kind::Ident,
            source: "from the source".into(),
            label: "Label".into(),
            asked: true,
        };
        let mut placeholders = [placeholder("db_user"), placeholder("service"), placeholder("host")];
        show(&Team { service: Some("shop-api".into()), ..Team::default() }, &mut placeholders);
        let shown = placeholders.map(|placeholder| placeholder.source);
        assert_eq!(shown, ["your database user", "shop-api", "from the source"]);
    }
}
