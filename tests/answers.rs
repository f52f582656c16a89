//! What servers and Alembic really answered (`tests/answers/`, recorded by `./x lab answers`): every form psql prints the state in tells the
//! same, every end of a text is judged as what it is, and no answer opens a way to deleting data.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use runbook::embedded;
use runbook::engine::Engine;
use runbook::engine::answer::{About, Answer};
use runbook::engine::diagnose::{Diagnosis, Evidence};
use runbook::engine::fact::FactKey;
use runbook::engine::page::Risk;
use runbook::engine::situation::Situation;
use runbook::engine::sql::Edition;
use runbook::engine::tree::Answers;

const MAJORS: [u32; 6] = [13, 14, 15, 16, 17, 18];

fn engine() -> &'static Engine<'static> {
    embedded::engine()
}

fn recorded(folder: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/answers").join(folder);
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).expect("recorded").map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    let name = |path: &Path| path.file_stem().expect("a name").to_string_lossy().into_owned();
    paths.iter().map(|path| (name(path), fs::read(path).expect("readable"))).collect()
}

fn states(major: u32) -> BTreeMap<String, Vec<u8>> {
    let states: BTreeMap<_, _> =
        recorded(&format!("pg{major}")).into_iter().filter(|(name, _)| name.starts_with("state.")).collect();
    assert!(states.len() >= 19, "{major}: {:?}", states.keys());
    states
}

fn answer(text: &[u8]) -> Answer {
    engine().read(text).unwrap_or_else(|| panic!("nothing is known of\n{}", String::from_utf8_lossy(text)))
}

/// One of the recorded texts.
fn one(all: &BTreeMap<String, Vec<u8>>, name: &str) -> Vec<u8> {
    all.get(name).unwrap_or_else(|| panic!("{name} is recorded")).clone()
}

fn words(said: &[Evidence]) -> Vec<&str> {
    said.iter().map(|line| line.text.as_str()).collect()
}

/// The verdict in one word, and the reply that decided.
fn judged(edition: Edition, text: &[u8]) -> (&'static str, Option<&'static str>) {
    match engine().judge(edition, text) {
        Some(reply) if reply.about == About::Success => ("worked", Some(reply.id.as_str())),
        Some(reply) => ("failed", Some(reply.id.as_str())),
        None => ("not recognised", None),
    }
}

// ---- the state ----

/// What the recorded database is, as said.
fn expected(major: u32, version: &str) -> ([String; 3], Vec<&'static str>) {
    let owner = if major < 15 { "true911_prod_db_user" } else { "pg_database_owner" };
    let says = [
        format!("Database true911_prod_db, user true911_prod_db_user, PostgreSQL {version}."),
        format!(
            "public belongs to {owner}, which this user acts for. Setting it aside cannot work: extensions in it would move along."
        ),
        "alembic_version in public: {002}.".to_owned(),
    ];
    let deleted = [
        "Extension citext: this user can create it again.",
        "Extension pg_stat_statements: this user cannot create it again.",
        "Table alembic_version, rows: 1.",
        "Table incidents, rows: 12.",
        "Not counted: pg_stat_statements (view).",
        "Not counted: pg_stat_statements_info (view).",
        "Table users, rows: 3.",
        "In another schema: table column audit.log.m.",
    ];
    // The second view came with PostgreSQL 14.
    (says, deleted.into_iter().filter(|line| major > 13 || !line.contains("_info")).collect())
}

#[test]
fn every_form_of_every_version_tells_the_same() {
    let versions = ["13.23", "14.23", "15.18", "16.14", "17.10", "18.4"];
    for (major, version) in MAJORS.into_iter().zip(versions) {
        let (says, deleted) = expected(major, version);
        for (name, text) in states(major) {
            let said = answer(&text);
            assert_eq!(words(&said.says), says, "{major} {name}");
            assert_eq!(words(&said.deleted), deleted, "{major} {name}");
            let fact = |key| said.facts.value(key);
            assert_eq!(fact(FactKey::Database), Some("true911_prod_db"), "{major} {name}");
            assert_eq!(fact(FactKey::DbUser), Some("true911_prod_db_user"), "{major} {name}");
            assert_eq!(fact(FactKey::SetAside), Some("extension"), "{major} {name}");
            assert_eq!(fact(FactKey::PublicSchema), Some("present"), "{major} {name}");
            // Views of an extension belong to the superuser: nobody is made its member.
            assert_eq!(fact(FactKey::OldOwner), None, "{major} {name}");
        }
    }
}

/// Tables that were set aside are no place to send the app to.
#[test]
fn what_was_set_aside_is_no_other_schema_of_the_app() {
    let state = one(&recorded("pg18").into_iter().collect(), "state.unaligned");
    let empty = String::from_utf8(state).expect("text").replace("|t|3|", "|t|0|");
    for (schema, contents, other) in
        [("audit", "elsewhere", Some("audit")), ("public_broken_1", "empty", None), ("public_attempt_1", "empty", None)]
    {
        let said = answer(empty.replace("\naudit|", &format!("\n{schema}|")).as_bytes());
        assert_eq!(said.facts.value(FactKey::Contents), Some(contents), "{schema}");
        assert_eq!(said.facts.value(FactKey::OtherSchema), other, "{schema}");
    }
}

/// As texts printed it until November 2026: without views, and with the number in the last of four columns.
#[test]
fn what_was_printed_before_is_read_still() {
    let (says, deleted) = expected(16, "16.14");
    let tables: Vec<&str> = deleted.into_iter().filter(|line| !line.starts_with("Not counted")).collect();
    let mut seen = 0;
    for (name, text) in recorded("older") {
        if name.starts_with("state.") {
            let said = answer(&text);
            assert_eq!(
                (words(&said.says), words(&said.deleted)),
                (says.iter().map(String::as_str).collect(), tables.clone()),
                "{name}"
            );
            seen += 1;
        }
    }
    assert!(seen >= 19, "{seen}");
    let known: BTreeMap<String, Vec<u8>> = recorded("older").into_iter().collect();
    let said = answer(&one(&known, "rights.no-usage"));
    assert_eq!(words(&said.deleted).first(), Some(&"Table alembic_version, rows not counted."));
    assert_eq!(judged(Edition::Verify, &one(&known, "verify.recovered")), ("worked", Some("recovered")));
}

#[test]
fn what_is_not_read_and_event_triggers_are_told() {
    let trigger = "Event trigger log_drops: whenever a schema or table is created or deleted, the server also runs audit.log_drops(), a function of visitor.";
    let deleted = [
        "Table alembic_version, rows: 1.",
        "Not counted: emails (view).",
        "Not counted: incidents (row security).",
        "Table users, rows: 3.",
        "Nothing in other schemas.",
    ];
    for major in MAJORS {
        let mut seen = 0;
        for (name, text) in recorded(&format!("pg{major}")).into_iter().filter(|(name, _)| name.starts_with("unread."))
        {
            let said = answer(&text);
            assert!(words(&said.says).contains(&trigger), "{major} {name}: {:?}", said.says);
            assert_eq!(words(&said.deleted), deleted, "{major} {name}");
            seen += 1;
        }
        assert_eq!(seen, 7, "{major}");
    }
}

#[test]
fn what_stands_against_setting_aside_is_told() {
    for major in MAJORS {
        let known: BTreeMap<String, Vec<u8>> = recorded(&format!("pg{major}")).into_iter().collect();
        let mut seen = 0;
        for (name, aside, there) in [
            ("possible", Some("possible"), "present"),
            ("not-owner", Some("not-owner"), "present"),
            ("not-owner-csv", Some("not-owner"), "present"),
            ("no-usage", Some("not-owner"), "present"),
            ("no-create", Some("no-create"), "present"),
            ("public-missing", None, "missing"),
            ("public-missing-expanded", None, "missing"),
        ] {
            let said = answer(&one(&known, &format!("rights.{name}")));
            assert_eq!(said.facts.value(FactKey::SetAside), aside, "{major} {name}");
            assert_eq!(said.facts.value(FactKey::PublicSchema), Some(there), "{major} {name}");
            seen += 1;
        }
        assert_eq!(known.keys().filter(|name| name.starts_with("rights.")).count(), seen, "{major}");
    }
}

/// Nobody can tell a separator in a value from one between two, and without headings no column from another.
#[test]
fn what_could_be_read_in_two_ways_is_not_read() {
    let row = |owner: &str| format!("schema|owner|i_own_it|tables|extensions\npublic|{owner}|f|3|-\n(1 row)\n");
    assert_eq!(answer(row("app").as_bytes()).facts.value(FactKey::SetAside), Some("not-owner"));
    for text in [
        row("app|t"),
        "schema,owner,i_own_it,tables,extensions\npublic,app|t,f,3,-\n".to_owned(),
        " public | app | t | 3 | -\n".to_owned(),
        "schema | public\nowner | app|t\ni_own_it | f\ntables | 3\nextensions | -\n".to_owned(),
        "schema owner i_own_it tables extensions\n------ ----- -------- ------ ----------\npublic application    t     3 -\n".to_owned(),
    ] {
        assert_eq!(engine().read(text.as_bytes()), None, "{text}");
    }
}

#[test]
fn each_line_named_is_where_it_stands() {
    for (name, text) in states(15) {
        let text = String::from_utf8(text).expect("UTF-8");
        let lines: Vec<&str> = text.split('\n').collect();
        let said = answer(text.as_bytes());
        let words = [
            "citext",
            "pg_stat_statements",
            "alembic_version",
            "incidents",
            "pg_stat_statements",
            "pg_stat_statements_info",
            "users",
            "table column",
        ];
        assert_eq!(said.deleted.len(), words.len(), "{name}");
        for (word, evidence) in words.iter().zip(&said.deleted) {
            let from = usize::try_from(evidence.line).expect("small") - 1;
            assert!(
                lines.iter().skip(from).take(3).any(|line| line.contains(word)),
                "{name}: {word} at {}",
                evidence.line
            );
        }
    }
}

#[test]
fn other_line_ends_and_noise_change_nothing() {
    for (name, text) in states(15) {
        let said = answer(&text);
        let text = String::from_utf8(text).expect("UTF-8");
        let crlf = text.replace("\r\n", "\n").replace('\n', "\r\n");
        assert_eq!(answer(crlf.as_bytes()), said, "{name}");
        let noisy =
            format!("user@laptop:~$ psql -X -f state.sql\nPager usage is off.\n{text}\nuser@laptop:~$ ls | wc -l\n4\n");
        let noisy = answer(noisy.as_bytes());
        assert_eq!((words(&noisy.says), words(&noisy.deleted)), (words(&said.says), words(&said.deleted)), "{name}");
    }
}

#[test]
fn messages_of_the_server_between_any_two_lines_change_nothing() {
    let notice = "NOTICE:  extension \"plpgsql\" already exists, skipping";
    let messages =
        [notice, "WARNUNG:  Datenbank »app_db« hat eine Version, die nicht passt", "psql:state.sql:3: WARNING:  x | y"];
    let texts = states(18).into_iter().chain(recorded("compare")).filter(|(name, _)| !name.contains("csv"));
    for (name, text) in texts {
        let said = answer(&text);
        let text = String::from_utf8(text).expect("UTF-8");
        for message in messages {
            let between: String = text.split_inclusive('\n').flat_map(|line| [line, message, "\n"]).collect();
            let between = answer(between.as_bytes());
            assert_eq!(words(&between.says), words(&said.says), "{name}: {message}");
            let facts = |said: &Answer| {
                with(said, log("")).facts.iter().map(|(key, fact)| (key, fact.value.clone())).collect::<Vec<_>>()
            };
            assert_eq!(facts(&between), facts(&said), "{name}: {message}");
        }
    }
}

#[test]
fn lists_of_psql_tell_owner_and_tables() {
    for major in MAJORS {
        for (name, text) in recorded(&format!("pg{major}")).into_iter().filter(|(name, _)| name.starts_with("lists.")) {
            let said = answer(&text);
            let owner = if major < 15 { "true911_prod_db_user" } else { "pg_database_owner" };
            assert_eq!(words(&said.says), [format!("public belongs to {owner}.")], "{major} {name}");
            let tables =
                ["alembic_version", "incidents", "users"].map(|table| format!("Table {table}, rows not counted."));
            assert_eq!(words(&said.deleted), tables, "{major} {name}");
            assert_eq!(said.facts.value(FactKey::SetAside), None, "a list does not say it");
        }
    }
}

// ---- ends of a text ----

#[test]
fn every_recorded_end_is_judged_as_what_it_is() {
    let mut seen = std::collections::BTreeSet::new();
    for major in MAJORS {
        for (name, text) in recorded(&format!("pg{major}")) {
            let (edition, expected) = name.split_once('.').expect("EDITION.REPLY");
            let Some(edition) = Edition::from_id(edition) else { continue };
            let expected = match expected.strip_suffix("-pasted").unwrap_or(expected) {
                _ if edition == Edition::State => Some("state-read"),
                "nothing" => None,
                expected => Some(expected),
            };
            let worked = ["committed", "rehearsed", "recovered", "state-read", "done-as-written"];
            let verdict = match expected {
                None => "not recognised",
                Some(reply) if worked.contains(&reply) => "worked",
                Some(_) => "failed",
            };
            let found = judged(edition, &text);
            assert_eq!(found, (verdict, expected), "{major} {name}: {}", String::from_utf8_lossy(&text));
            seen.extend(found.1);
        }
    }
    assert!(seen.len() >= 20, "{seen:?}");
}

#[test]
fn a_word_alone_proves_nothing() {
    for text in ["GRANT\n", "DO\n", "COMMIT\n", "DROP SCHEMA\n", "", "ok\n", "BEGIN\nSET\nSET\nSET\n"] {
        for edition in Edition::ALL {
            assert_eq!(judged(edition, text.as_bytes()).0, "not recognised", "{} {text:?}", edition.id());
        }
    }
    let undone = "BEGIN\nSET\nSET\nSET\nDO\nROLLBACK\n";
    assert_eq!(judged(Edition::OptionA, undone.as_bytes()), ("failed", Some("rolled-back")));
}

#[test]
fn the_last_run_counts() {
    let failed = "BEGIN\nSET\nSET\nSET\nERROR:  canceling statement due to lock timeout\nROLLBACK\n";
    let worked = "BEGIN\nSET\nSET\nSET\nDO\nCOMMIT\n";
    let verdict = |text: String| judged(Edition::OptionA, text.as_bytes()).0;
    assert_eq!(verdict(format!("{failed}{worked}")), "worked");
    assert_eq!(verdict(format!("{worked}{failed}")), "failed");
}

#[test]
fn the_text_itself_on_a_terminal_is_no_end() {
    let values = runbook::engine::sql::RawValues {
        db_user: Some("app".into()),
        database: Some("app_db".into()),
        ..Default::default()
    };
    let values = values.resolve().expect("good names").values;
    for edition in Edition::ALL {
        let sql = runbook::engine::sql::compose(edition, &values).expect("all values").sql;
        assert_eq!(judged(edition, sql.as_bytes()), ("not recognised", None), "{}", edition.id());
    }
}

// ---- Alembic and the source's check ----

#[test]
fn alembic_and_the_sources_check_tell_revisions() {
    let known: BTreeMap<String, Vec<u8>> = recorded("alembic").into_iter().collect();
    let said =
        |name: &str| engine().read(&one(&known, name)).map(|said| words(&said.says).join("\n")).unwrap_or_default();
    let (here, head) = ("Alembic finds this version in the database: ", "Last migration in the code: ");
    for (name, expected) in [
        ("current.behind", format!("{here}002.")),
        ("current.verbose", format!("{here}002.")),
        ("current.head", format!("{here}ae1027a6acf3.")),
        ("current.none", String::new()),
        ("heads.one", format!("{head}ae1027a6acf3.")),
        ("heads.verbose", format!("{head}ae1027a6acf3.")),
        ("heads.two", format!("{head}003b.\n{head}ae1027a6acf3.")),
        ("history", format!("{head}ae1027a6acf3.")),
        ("history.indicated", format!("{head}ae1027a6acf3.")),
        ("history.verbose", format!("{head}ae1027a6acf3.")),
        ("history.two", format!("{head}003b.\n{head}ae1027a6acf3.")),
        ("upgrade", String::new()),
        ("upgrade.head", String::new()),
        ("check", "alembic_version: 002.".to_owned()),
        ("check.no-table", "There is no table alembic_version.".to_owned()),
    ] {
        assert_eq!(said(name), expected, "{name}");
    }
    let check = answer(&one(&known, "check"));
    assert_eq!(words(&check.deleted), ["Tables: alembic_version, incidents, users."]);
}

// ---- beside a log ----

/// What is known when an answer comes to a log.
fn with(said: &Answer, mut log: Diagnosis) -> Diagnosis {
    said.tell_apart(&mut log);
    log
}

fn log(text: &str) -> Diagnosis {
    engine().diagnose(text.as_bytes())
}

const DUPLICATE: &str = "INFO  [alembic.runtime.migration] Running upgrade  -> 001, users\npsycopg2.errors.DuplicateTable: relation \"users\" already exists\n";

#[test]
fn an_answer_alone_supports_no_situation() {
    for major in MAJORS {
        for (name, text) in states(major) {
            let shown = engine().diagnose(&text);
            assert_eq!(shown.situation, Situation::Unknown, "{major} {name}: {:?}", shown.evidence);
            assert!(shown.headline.contains("no log of a deploy"), "{}", shown.headline);
            assert_eq!(shown.facts.value(FactKey::Database), Some("true911_prod_db"));
            assert_eq!(shown.facts.value(FactKey::DbUser), Some("true911_prod_db_user"));
        }
    }
}

#[test]
fn a_log_keeps_its_facts_and_another_database_tells_nothing() {
    let said = answer(&one(&states(15), "state.aligned"));
    let with_url = format!("connecting to postgresql://app:pw@h/other_db\n{DUPLICATE}");
    let elsewhere = with(&said, log(&with_url));
    assert!(said.is_elsewhere(&log(&with_url).facts));
    assert_eq!(elsewhere.facts.value(FactKey::Database), Some("other_db"));
    assert_eq!(elsewhere.facts.value(FactKey::SetAside), None);
    let same = with(&said, log(DUPLICATE));
    assert_eq!(same.situation, Situation::DuplicateTable);
    assert_eq!(same.headline, log(DUPLICATE).headline);
    assert_eq!(same.facts.value(FactKey::Database), Some("true911_prod_db"));
    assert_eq!(same.facts.value(FactKey::SetAside), Some("extension"));
}

#[test]
fn what_the_server_says_opens_no_way_that_was_closed_and_no_gate() {
    let catalogue = embedded::catalogue();
    let answers = |pairs: &[(&str, &str)]| -> Answers {
        pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
    };
    let destructive = |id: &&str| catalogue.outcome(id).is_some_and(|way| way.risk == Risk::Destructive);
    let said = answer(&one(&states(15), "state.aligned"));
    for situation in Situation::ALL {
        let told = catalogue.told(*situation, None);
        let (before, after) =
            (catalogue.advise(&told, &Answers::new()), catalogue.advise(&with(&said, told.clone()), &Answers::new()));
        let opened = after.reachable.iter().find(|id| destructive(id) && !before.reachable.contains(id));
        assert_eq!(opened, None, "{situation:?}");
        assert!(catalogue.reached(&after).is_none_or(|way| way.risk != Risk::Destructive), "{situation:?}");
    }
    // An extension in `public` would move along, so renaming is not offered.
    let keep = answers(&[("data", "needed"), ("tables-match", "differ")]);
    let reached = |known: &Diagnosis| catalogue.reached(&catalogue.advise(known, &keep)).map(|way| way.id.clone());
    assert_eq!(reached(&log(DUPLICATE)).as_deref(), Some("move-aside"));
    assert_eq!(reached(&with(&said, log(DUPLICATE))).as_deref(), Some("back-up-first"));
    let another = String::from_utf8(one(&states(15), "state.csv"))
        .expect("UTF-8")
        .replace("public,pg_database_owner,t", "public,postgres,f");
    assert_eq!(reached(&with(&answer(another.as_bytes()), log(DUPLICATE))).as_deref(), Some("fix-permissions"));
}

// ---- secrets, size ----

#[test]
fn a_secret_in_an_answer_is_masked() {
    let url = "postgresql://app:hunter2secret@db.example.com/app";
    let text =
        format!("db=> \\! export DATABASE_URL={url}\nschema|table|owner|rows\npublic|users {url}|app|3\n(1 row)\n");
    let said = answer(text.as_bytes());
    assert_eq!(words(&said.deleted), ["Table users postgresql://app:***@db.example.com/app, rows: 3."]);
    assert!(!format!("{said:?}").contains("hunter2secret"));
    let planted = format!("db|usr|pg|db_owner|search_path\n{url}|{url}|15|{url}|{url}\n");
    let said = answer(planted.as_bytes());
    assert!(!format!("{said:?}").contains("hunter2secret"), "{said:?}");
}

#[test]
fn any_text_is_read_to_its_end() {
    for text in [
        "|",
        "||||",
        "schema",
        "schema|table|owner|rows",
        "db,usr,pg,db_owner,search_path\n\"",
        "-[ RECORD 1 ]",
        "┌─┐",
        "* Record 1\ndb",
    ] {
        let _ = engine().read(text.as_bytes());
        for edition in Edition::ALL {
            let _ = engine().judge(edition, text.as_bytes());
        }
    }
}

#[test]
fn extensions_in_public_are_listed_by_every_form_and_stay_known_after_they_are_gone() {
    for major in MAJORS {
        for (form, text) in states(major) {
            let said = answer(&text);
            let listed = |id| said.listed(id).map(str::to_owned).collect::<Vec<_>>();
            assert_eq!(listed("extension-again"), ["citext"], "{major} {form}");
            assert_eq!(listed("extension-gone"), ["pg_stat_statements"], "{major} {form}");
        }
    }
    let before = answer(&one(&states(16), "state.aligned"));
    let text = String::from_utf8(one(&states(16), "state.aligned")).expect("UTF-8");
    let gone: String = text.split_inclusive('\n').filter(|line| !line.contains("| public     |")).collect();
    let after = answer(gone.as_bytes());
    assert_eq!(after.listed("extension-again").count(), 0);
    let both = after.clone().after(Some(before.clone()));
    assert_eq!(both.listed("extension-again").collect::<Vec<_>>(), ["citext"]);
    let elsewhere = answer(gone.replace("true911_prod_db ", "another_prod_db ").as_bytes());
    assert_eq!(elsewhere.after(Some(before)).listed("extension-again").count(), 0);
}
