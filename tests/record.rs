//! What a record and a card say, as files to read; and what they never say. `UPDATE=1` writes the files anew.

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use runbook::embedded;
use runbook::engine::journal::{At, Deed, Journal};
use runbook::engine::page::{Placeholder, Value, Values};
use runbook::engine::record::{Format, Visit};
use runbook::engine::situation::Situation;
use runbook::engine::sql::{Edition, Ident, RawValues, compose};
use runbook::engine::tree::Answers;

const USER: &str = "app_user";
const DATABASE: &str = "app_db";

fn folder() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests"))
}

fn log(name: &str) -> String {
    fs::read_to_string(folder().join("logs").join(name)).expect("the log")
}

fn values(placeholders: &[Placeholder]) -> Values {
    let mut values = Values::unfilled(placeholders);
    values.set("db_user", Value::ident(&Ident::role(USER).expect("accepted").ident));
    values.set("database", Value::ident(&Ident::database(DATABASE).expect("accepted").ident));
    values
}

fn answers(given: &[(&str, &str)]) -> Answers {
    given.iter().map(|(question, answer)| ((*question).to_owned(), (*answer).to_owned())).collect()
}

fn at(step: &str) -> At {
    At { plan: "option-a".into(), step: step.into() }
}

/// A tick made for a database.
fn ticked_for(step: &str, database: &str) -> Deed {
    Deed::Ticked { at: at(step), about: Some(database.into()) }
}

/// The same for the database that is in use in these visits.
fn ticked(step: &str) -> Deed {
    ticked_for(step, DATABASE)
}

/// Deeds, one a minute.
fn journal(deeds: Vec<Deed>) -> Journal {
    let mut journal = Journal::default();
    for (minute, deed) in deeds.into_iter().enumerate() {
        journal.note(format!("2026-11-23 16:{minute:02}"), deed);
    }
    journal
}

/// Both records and the card of a log.
fn write(log: &str, answers: &Answers, journal: &Journal) -> [String; 3] {
    let catalogue = embedded::catalogue();
    let diagnosis = embedded::engine().diagnose(log.as_bytes());
    let visit = Visit {
        catalogue,
        later: embedded::LATER.get().expect("native programs hold the plans"),
        digest: "0123456789abcdef",
        diagnosis: &diagnosis,
        answers,
        journal,
        database: DATABASE,
        values: &values,
        now: "2026-11-23 16:40".to_owned(),
    };
    [visit.record(Format::Markdown), visit.record(Format::Text), visit.card()]
}

fn check(name: &str, written: [String; 3]) {
    for (text, ending) in written.into_iter().zip(["record.md", "record.txt", "card.txt"]) {
        let path = folder().join("records").join(format!("{name}.{ending}"));
        if std::env::var_os("UPDATE").is_some() {
            fs::create_dir_all(path.parent().expect("a folder")).expect("writable");
            fs::write(&path, &text).expect("writable");
        }
        let expected = fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(text, expected, "{}: look at the difference, then run with UPDATE=1", path.display());
    }
}

fn option_a() -> Answers {
    answers(&[("tables-match", "differ"), ("data", "disposable"), ("right-database", "confirmed")])
}

fn sql() -> String {
    let raw = RawValues { db_user: Some(USER.into()), database: Some(DATABASE.into()), ..RawValues::default() };
    compose(Edition::OptionA, &raw.resolve().expect("accepted").values).expect("written").sql
}

fn deeds() -> Vec<Deed> {
    vec![
        Deed::Read(Situation::DuplicateTable),
        ticked("state"),
        ticked("migrations-build"),
        ticked("writers-stopped"),
        ticked("data-safe"),
        Deed::Copied { edition: "option-a".into(), sql: Some(sql()) },
        Deed::Judged(at("run-sql"), "Worked: the last word is COMMIT.".into()),
    ]
}

#[test]
fn a_recovery_half_way() {
    check("half-way", write(&log("render/render-014.log"), &option_a(), &journal(deeds())));
}

#[test]
fn a_recovery_that_ended() {
    let mut deeds = deeds();
    deeds.push(Deed::Copied { edition: "verify".into(), sql: None });
    deeds.push(Deed::Recovered("option-a".into()));
    check("recovered", write(&log("render/render-014.log"), &option_a(), &journal(deeds)));
}

#[test]
fn a_question_is_open() {
    check("question", write(&log("render/render-014.log"), &Answers::new(), &journal(vec![])));
}

#[test]
fn what_must_not_be_done_follows_from_what_was_done() {
    let log = log("render/render-014.log");
    let card = |log: &str, deeds: Vec<Deed>| {
        let [_, _, card] = write(log, &option_a(), &journal(deeds));
        card.split_once("WHAT MUST NOT BE DONE").map(|(_, rest)| rest.to_owned()).expect("the last part")
    };
    assert_eq!(card(&log, vec![]).matches("Run no SQL that deletes data before").count(), 3);
    assert_eq!(card(&log, vec![ticked("data-safe")]).matches("Run no SQL that deletes").count(), 2);
    let of_another = vec![ticked_for("data-safe", "another_db"), ticked_for("writers-stopped", "")];
    assert_eq!(
        card(&log, of_another).matches("Run no SQL that deletes").count(),
        3,
        "those ticks were not about this one"
    );
    assert!(card(&log, deeds()).contains("a second time"));
    let other = card("ERROR: permission denied for schema public", vec![]);
    assert!(other.contains("Delete nothing"), "{other}");
    let reset = log.replace("alembic upgrade head && python", "python reset_db.py && alembic upgrade head && python");
    assert_ne!(reset, log);
    assert!(card(&reset, vec![]).contains("runs a script that empties the database"));
    assert!(!card(&log, vec![]).contains("password"), "what is only good to know is no prohibition");
}

#[test]
fn nothing_in_it_ends_a_block_or_begins_one() {
    let says = "```\n# not a heading\n[x](https://example.com) <b>".to_owned();
    let deeds = vec![
        Deed::Judged(at("run-sql"), says),
        Deed::Copied { edition: String::new(), sql: Some("a\n````\nb".into()) },
    ];
    let [markdown, _, _] = write("ERROR: permission denied for schema public", &Answers::new(), &journal(deeds));
    assert!(markdown.contains("\n`````sql\na\n````\nb\n`````\n"), "{markdown}");
    assert!(!markdown.contains("\n# not") && !markdown.contains("[x](") && !markdown.contains("<b>"), "{markdown}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_planted_secret_never_appears(secret in "[A-Za-z0-9]{3}Pl4nted[A-Za-z0-9]{4,20}") {
        let log = format!(
            "==> Running 'PGPASSWORD={secret} API={secret} alembic upgrade head && ./start {secret}'\nDATABASE_URL=postgres://app:{secret}@dpg-x-a/db\n\
             PGPASSWORD={secret}\nError at postgres://app:{secret}@dpg-x-a/db: psycopg2.errors.DuplicateTable: relation \"users\" already exists {secret}\n"
        );
        for text in write(&log, &option_a(), &journal(deeds())) {
            prop_assert!(!text.contains(&secret), "{text}");
        }
    }

    #[test]
    fn what_a_tab_keeps_is_read_or_refused(kept in "(plan 1\n)?[a-z=\n\t]{0,60}") {
        if let Some((fragment, journal)) = Journal::of_kept(&kept) {
            prop_assert!(Journal::of_kept(&journal.keep(fragment)).is_some());
        }
    }
}
