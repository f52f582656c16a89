//! What the server says in another language means what it means in English, and opens nothing that English keeps closed.
//!
//! `tests/fixtures/translations.toml` holds the messages as PostgreSQL's own catalogues have them; `tests/lab/translations.py`,
//! which needs those catalogues, compares them and reads every other message of the server as well.

use std::collections::{BTreeMap, BTreeSet};

use runbook::embedded;
use runbook::engine::Engine;
use runbook::engine::diagnose::Diagnosis;
use runbook::engine::fact::FactKey;
use runbook::engine::tree::Answers;
use serde::Deserialize;

#[derive(Deserialize)]
struct Table {
    severity: BTreeMap<String, Severity>,
    message: Vec<Message>,
}

#[derive(Deserialize)]
struct Severity {
    error: String,
    notice: String,
}

#[derive(Deserialize)]
struct Message {
    english: String,
    /// How drivers call this error.
    class: Option<String>,
    #[serde(default)]
    notice: bool,
    cases: Vec<Case>,
    r#in: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct Case {
    names: Vec<String>,
    situation: String,
    #[serde(default)]
    facts: BTreeMap<String, String>,
}

fn table() -> Table {
    toml::from_str(include_str!("fixtures/translations.toml")).expect("the table is well-formed")
}

fn engine() -> &'static Engine<'static> {
    embedded::engine()
}

/// The text with the names in it: `%s` takes the next one, `%2$s` the second.
fn filled(text: &str, names: &[String]) -> String {
    let mut pieces = text.split('%');
    let mut filled = pieces.next().unwrap_or_default().to_owned();
    for (next, piece) in pieces.enumerate() {
        let (place, rest) = match piece.split_once("$s") {
            Some((place, rest)) => (place.parse::<usize>().expect("a place is a number") - 1, rest),
            None => (next, piece.strip_prefix('s').expect("only names are filled in")),
        };
        filled.push_str(names.get(place).expect("there is a name for each place"));
        filled.push_str(rest);
    }
    filled
}

/// The ways a log prints the message: a server or psql in this language, two drivers by their class.
fn printed(message: &Message, severity: &Severity, text: &str) -> Vec<String> {
    let word = if message.notice { &severity.notice } else { &severity.error };
    let plain = format!("{word}:  {text}\n");
    let by_class = message.class.iter().flat_map(|class| {
        [
            format!("psycopg2.errors.{class}: {text}\n"),
            format!("sqlalchemy.exc.ProgrammingError: (sqlalchemy.dialects.postgresql.asyncpg.ProgrammingError) <class 'asyncpg.exceptions.{class}Error'>: {text}\n"),
        ]
    });
    std::iter::once(plain).chain(by_class).collect()
}

/// In a run of Alembic, from which deleting can be reached where the situation allows it.
fn diagnosed(line: &str) -> Diagnosis {
    engine().diagnose(
        format!("INFO  [alembic.runtime.migration] Running upgrade  -> 3f9a1c0b72de, first\n{line}").as_bytes(),
    )
}

/// The same; what is only a notice stands in a run without a step, which would be what the log ends with.
fn diagnosed_as(message: &Message, line: &str) -> Diagnosis {
    if message.notice {
        engine().diagnose(format!("INFO  [alembic.runtime.migration] Context impl PostgresqlImpl.\n{line}").as_bytes())
    } else {
        diagnosed(line)
    }
}

fn reachable(diagnosis: &Diagnosis) -> BTreeSet<&'static str> {
    embedded::catalogue().advise(diagnosis, &Answers::new()).reachable.into_iter().collect()
}

/// All that is wrong with a reading: the situation, a name, or what it leads to.
fn wrong(diagnosis: &Diagnosis, case: &Case, english: &BTreeSet<&str>) -> Option<String> {
    if diagnosis.situation.id() != case.situation {
        return Some(format!("is read as {}", diagnosis.situation.id()));
    }
    let names = [FactKey::Relation, FactKey::Schema, FactKey::Database];
    let other = names.iter().find(|key| diagnosis.facts.value(**key) != case.facts.get(key.id()).map(String::as_str));
    if let Some(key) = other {
        return Some(format!("has the {} {:?}", key.id(), diagnosis.facts.value(*key)));
    }
    (reachable(diagnosis) != *english).then(|| format!("leads to {:?}", reachable(diagnosis)))
}

#[test]
fn every_language_means_what_english_means() {
    let table = table();
    let english = Severity { error: "ERROR".to_owned(), notice: "NOTICE".to_owned() };
    let mut wrongs = Vec::new();
    let mut read = 0;
    for message in &table.message {
        for case in &message.cases {
            let lines = printed(message, &english, &filled(&message.english, &case.names));
            let ends: Vec<_> = lines.iter().map(|line| reachable(&diagnosed_as(message, line))).collect();
            let severity = |language| table.severity.get(language).expect("each language has its words");
            let translated = message.r#in.iter().map(|(language, text)| (severity(language), text));
            for (severity, text) in translated.chain([(&english, &message.english)]) {
                for (line, ends) in printed(message, severity, &filled(text, &case.names)).iter().zip(&ends) {
                    read += 1;
                    let what = wrong(&diagnosed_as(message, line), case, ends);
                    wrongs.extend(what.map(|what| format!("{} {what}", line.trim_end())));
                }
            }
        }
    }
    assert!(wrongs.is_empty(), "{} of {read}:\n{}", wrongs.len(), wrongs.join("\n"));
}

/// The server's message alone, without a class or a code, is enough in each language.
#[test]
fn each_situation_stands_in_each_language() {
    let table = table();
    for situation in [
        "duplicate-table",
        "undefined-table",
        "version-table-missing",
        "duplicate-object",
        "permission",
        "schema-missing",
    ] {
        let of_it = table.message.iter().filter(|m| m.cases.iter().any(|case| case.situation == situation));
        let languages: BTreeSet<&str> = of_it.flat_map(|m| m.r#in.keys().map(String::as_str)).collect();
        assert_eq!(languages.into_iter().collect::<Vec<_>>(), ["de", "es", "fr", "ja", "pt_BR", "ru", "zh_CN"]);
    }
}

/// What is skipped never leads to deleting, whichever word stands before it.
#[test]
fn a_notice_is_never_a_failure() {
    for message in table().message.iter().filter(|message| message.notice) {
        for (language, text) in &message.r#in {
            for case in &message.cases {
                let skipped = filled(text, &case.names);
                // Chinese says of a table that is skipped what it says of one that is missing; then only the word tells.
                let told_by_the_word = table().message.iter().any(|m| !m.notice && m.r#in.get(language) == Some(text));
                let words =
                    ["", "NOTICE:  ", "app | "].iter().filter(|word| !told_by_the_word || **word == "NOTICE:  ");
                for word in words {
                    let ends = reachable(&diagnosed(&format!("{word}{skipped}\n")));
                    assert!(
                        !ends.contains("option-a") && !ends.contains("option-b"),
                        "{language}: {skipped}: {ends:?}"
                    );
                }
            }
        }
    }
}
