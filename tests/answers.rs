//! What servers and Alembic really answered (`tests/answers/`, recorded by `./x lab answers`): every form psql prints the state in tells the
//! same, every end of a text is judged as what it is, and no answer opens a way to deleting data.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use runbook::embedded;
use runbook::engine::Engine;
use runbook::engine::answer::{Answer, Kind, SetAside, Verdict};
use runbook::engine::diagnose::Diagnosis;
use runbook::engine::fact::FactKey;
use runbook::engine::page::Risk;
use runbook::engine::situation::Situation;
use runbook::engine::sql::Edition;
use runbook::engine::tree::Answers;

const MAJORS: [u32; 6] = [13, 14, 15, 16, 17, 18];

fn engine() -> &'static Engine<'static> {
    embedded::engine().expect("native programs hold the patterns")
}

fn recorded(folder: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/answers").join(folder);
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).expect("recorded").map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    let name = |path: &Path| path.file_stem().expect("a name").to_string_lossy().into_owned();
    paths.iter().map(|path| (name(path), fs::read(path).expect("readable"))).collect()
}

fn states(major: u32) -> BTreeMap<String, Vec<u8>> {
    let states: BTreeMap<_, _> =
        recorded(&format!("pg{major}")).into_iter().filter(|(name, _)| name.starts_with("state.")).collect();
    assert!(states.len() >= 21, "{major}: {:?}", states.keys());
    states
}

fn answer(text: &[u8]) -> Answer {
    Answer::read(text).unwrap_or_else(|| panic!("nothing is known of\n{}", String::from_utf8_lossy(text)))
}

fn without_lines<'a>(rows: Vec<(&'a str, Option<&'a str>, u32)>) -> Vec<(&'a str, Option<&'a str>)> {
    rows.into_iter().map(|(name, rows, _)| (name, rows)).collect()
}

// ---- the state ----

#[test]
fn every_form_of_every_version_tells_the_same() {
    for major in MAJORS {
        for (name, text) in states(major) {
            let said = answer(&text);
            let place = format!("{major} {name}");
            assert_eq!(said.database().map(|s| s.0), Some("true911_prod_db"), "{place}");
            assert_eq!(said.user().map(|s| s.0), Some("true911_prod_db_user"), "{place}");
            assert!(said.version().expect("a version").0.starts_with(&major.to_string()), "{place}");
            let owner = if major < 15 { "true911_prod_db_user" } else { "pg_database_owner" };
            assert_eq!(said.owner().map(|s| s.0), Some(owner), "{place}");
            assert_eq!((said.can_create(), said.has_public()), (Some(true), Some(true)), "{place}");
            assert_eq!(said.set_aside().map(|s| s.0), Some(SetAside::Extension), "{place}");
            let tables = [("alembic_version", Some("1")), ("incidents", Some("12")), ("users", Some("3"))];
            assert_eq!(without_lines(said.tables().expect("tables")), tables, "{place}");
            let extensions: Vec<_> =
                said.extensions().expect("extensions").iter().map(|e| (e.name, e.again)).collect();
            assert_eq!(extensions, [("citext", Some(true)), ("pg_stat_statements", Some(false))], "{place}");
            let outside: Vec<_> = said.outside().expect("looked").into_iter().map(|(kind, name, _)| (kind, name)).collect();
            assert_eq!(outside, [("table column", "audit.log.m")], "{place}");
            let versions: Vec<_> = said.versions().expect("versions").into_iter().map(|(s, v, _)| (s, v)).collect();
            assert_eq!(versions, [("public", "{002}")], "{place}");
            let path = said.rows(Kind::Connection).and_then(|rows| rows.first()).map(|row| row.cell(5));
            assert_eq!(path, Some("\"$user\", public"), "{place}");
        }
    }
}

#[test]
fn each_fact_stands_in_the_line_it_names() {
    for (name, text) in states(15) {
        let said = answer(&text);
        let text = String::from_utf8(text).expect("UTF-8");
        let lines: Vec<&str> = text.split('\n').collect();
        let near = |line: u32, word: &str| {
            let from = usize::try_from(line).expect("small") - 1;
            lines.iter().skip(from).take(8).any(|text| text.contains(word))
        };
        assert!(near(said.database().expect("named").1, "true911_prod_db"), "{name}");
        for (table, _, line) in said.tables().expect("tables") {
            assert!(near(line, table), "{name}: {table} at {line}");
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
        let noisy = format!("user@laptop:~$ psql -X -f state.sql\nPager usage is off.\n{text}\nuser@laptop:~$ ls | wc -l\n4\n");
        let noisy = answer(noisy.as_bytes());
        assert_eq!(noisy.database().map(|s| s.0), said.database().map(|s| s.0), "{name}");
        assert_eq!(without_lines(noisy.tables().expect("tables")), without_lines(said.tables().expect("tables")), "{name}");
    }
}

#[test]
fn lists_of_psql_tell_owner_and_tables() {
    for major in MAJORS {
        for (name, text) in recorded(&format!("pg{major}")).into_iter().filter(|(name, _)| name.starts_with("lists.")) {
            let said = answer(&text);
            assert_eq!(said.has_public(), Some(true), "{major} {name}");
            assert!(said.owner().expect("an owner").0.starts_with(if major < 15 { "true911" } else { "pg_database" }), "{major} {name}");
            let tables = [("alembic_version", None), ("incidents", None), ("users", None)];
            assert_eq!(without_lines(said.tables().expect("tables")), tables, "{major} {name}");
            let schemas: Vec<&str> =
                said.rows(Kind::ListedSchemas).expect("a list").iter().map(|row| row.cell(0)).collect();
            assert_eq!(schemas, ["audit", "public"], "{major} {name}");
            assert_eq!(said.set_aside(), None, "a list does not say it");
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
            let judgement = engine().judge(edition, &text);
            assert_eq!(judgement.reply.as_deref(), expected, "{major} {name}: {}", String::from_utf8_lossy(&text));
            let worked = ["committed", "rehearsed", "recovered", "state-read", "done-as-written"];
            let verdict = match expected {
                None => Verdict::NotRecognised,
                Some(reply) if worked.contains(&reply) => Verdict::Worked,
                Some(_) => Verdict::Failed,
            };
            assert_eq!(judgement.verdict, verdict, "{major} {name}");
            assert_eq!(judgement.verdict == Verdict::NotRecognised, judgement.text.is_empty());
            seen.extend(judgement.reply);
        }
    }
    assert!(seen.len() >= 20, "{seen:?}");
}

#[test]
fn a_word_alone_proves_nothing() {
    for text in ["GRANT\n", "DO\n", "COMMIT\n", "DROP SCHEMA\n", "", "ok\n", "BEGIN\nSET\nSET\nSET\n"] {
        for edition in Edition::ALL {
            assert_eq!(engine().judge(edition, text.as_bytes()).verdict, Verdict::NotRecognised, "{} {text:?}", edition.id());
        }
    }
    let undone = "BEGIN\nSET\nSET\nSET\nDO\nROLLBACK\n";
    let judgement = engine().judge(Edition::OptionA, undone.as_bytes());
    assert_eq!((judgement.verdict, judgement.reply.as_deref()), (Verdict::Failed, Some("rolled-back")));
}

#[test]
fn the_last_run_counts() {
    let failed = "BEGIN\nSET\nSET\nSET\nERROR:  canceling statement due to lock timeout\nROLLBACK\n";
    let worked = "BEGIN\nSET\nSET\nSET\nDO\nCOMMIT\n";
    let verdict = |text: String| engine().judge(Edition::OptionA, text.as_bytes()).verdict;
    assert_eq!(verdict(format!("{failed}{worked}")), Verdict::Worked);
    assert_eq!(verdict(format!("{worked}{failed}")), Verdict::Failed);
}

#[test]
fn the_text_itself_on_a_terminal_is_no_end() {
    let values = runbook::engine::sql::RawValues { db_user: Some("app".into()), database: Some("app_db".into()), ..Default::default() };
    let values = values.resolve().expect("good names").values;
    for edition in Edition::ALL {
        let sql = runbook::engine::sql::compose(edition, &values).expect("all values").sql;
        let judgement = engine().judge(edition, sql.as_bytes());
        assert_eq!(judgement.verdict, Verdict::NotRecognised, "{}: {judgement:?}", edition.id());
    }
}

// ---- Alembic and the source's check ----

#[test]
fn alembic_tells_revisions() {
    let known: BTreeMap<String, Vec<u8>> = recorded("alembic").into_iter().collect();
    let revisions = |name: &str, kind| -> Option<Vec<String>> {
        let said = Answer::read(&known[name])?;
        Some(said.rows(kind)?.iter().map(|row| row.cell(0).to_owned()).collect())
    };
    let (heads, current, history) = (Kind::Heads, Kind::Current, Kind::History);
    assert_eq!(revisions("current.behind", current), Some(vec!["002".into()]));
    assert_eq!(revisions("current.verbose", current), Some(vec!["002".into()]));
    assert_eq!(revisions("current.head", current), Some(vec!["ae1027a6acf3".into()]));
    assert_eq!(revisions("current.none", current), None);
    for one in ["heads.one", "heads.verbose", "history", "history.indicated"] {
        assert_eq!(revisions(one, heads), Some(vec!["ae1027a6acf3".into()]), "{one}");
    }
    for two in ["heads.two", "history.two"] {
        assert_eq!(revisions(two, heads), Some(vec!["003b".into(), "ae1027a6acf3".into()]), "{two}");
    }
    assert_eq!(revisions("history", history), Some(vec!["ae1027a6acf3".into(), "002".into(), "001".into()]));
    for log in ["upgrade", "upgrade.head"] {
        assert_eq!(Answer::read(&known[log]), None, "{log} is a log");
    }
}

#[test]
fn the_sources_check_tells_version_and_tables() {
    let known: BTreeMap<String, Vec<u8>> = recorded("alembic").into_iter().collect();
    let there = answer(&known["check"]);
    assert_eq!(there.versions().expect("said"), [("public", "{002}", 1)]);
    assert_eq!(without_lines(there.tables().expect("said")), [("alembic_version", None), ("incidents", None), ("users", None)]);
    let absent = answer(&known["check.no-table"]);
    assert_eq!((absent.versions(), absent.tables()), (Some(Vec::new()), Some(Vec::new())));
}

// ---- beside a log ----

fn log(text: &str) -> Diagnosis {
    engine().diagnose(text.as_bytes())
}

const DUPLICATE: &str = "psycopg2.errors.DuplicateTable: relation \"users\" already exists\n";

#[test]
fn an_answer_alone_supports_no_situation() {
    for major in MAJORS {
        for (name, text) in states(major) {
            let shown = engine().diagnose(&text);
            assert_eq!(shown.situation, Situation::Unknown, "{major} {name}: {:?}", shown.evidence);
            assert!(shown.headline.contains("true911_prod_db"), "{}", shown.headline);
            assert_eq!(shown.facts.value(FactKey::Database), Some("true911_prod_db"));
            assert_eq!(shown.facts.value(FactKey::DbUser), Some("true911_prod_db_user"));
        }
    }
}

#[test]
fn a_log_keeps_its_facts_and_another_database_tells_nothing() {
    let said = answer(&states(15)["state.aligned"]);
    let with_url = format!("connecting to postgresql://app:pw@h/other_db\n{DUPLICATE}");
    let elsewhere = said.add_to(&log(&with_url));
    assert!(said.is_elsewhere(&log(&with_url).facts));
    assert_eq!(elsewhere.facts.value(FactKey::Database), Some("other_db"));
    assert_eq!(elsewhere.facts.value(FactKey::SetAside), None);
    let same = said.add_to(&log(DUPLICATE));
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
    let said = answer(&states(15)["state.aligned"]);
    for situation in Situation::ALL {
        let told = catalogue.told(*situation);
        let (before, after) = (catalogue.advise(&told, &Answers::new()), catalogue.advise(&said.add_to(&told), &Answers::new()));
        let opened = after.reachable.iter().find(|id| destructive(id) && !before.reachable.contains(id));
        assert_eq!(opened, None, "{situation:?}");
        assert!(catalogue.reached(&after).is_none_or(|way| way.risk != Risk::Destructive), "{situation:?}");
    }
    // An extension in `public` would move along, so renaming is not offered.
    let keep = answers(&[("data", "needed"), ("tables-match", "differ")]);
    let reached = |known: &Diagnosis| catalogue.reached(&catalogue.advise(known, &keep)).map(|way| way.id.clone());
    assert_eq!(reached(&log(DUPLICATE)).as_deref(), Some("move-aside"));
    assert_eq!(reached(&said.add_to(&log(DUPLICATE))).as_deref(), Some("back-up-first"));
    let another = String::from_utf8(states(15)["state.csv"].clone()).expect("UTF-8").replace("public,pg_database_owner,t", "public,postgres,f");
    assert_eq!(reached(&answer(another.as_bytes()).add_to(&log(DUPLICATE))).as_deref(), Some("fix-permissions"));
}

// ---- secrets, size ----

#[test]
fn a_secret_in_an_answer_is_masked() {
    let url = "postgresql://app:hunter2secret@db.example.com/app";
    let text = format!("db=> \\! export DATABASE_URL={url}\nschema|table|owner|rows\npublic|users {url}|app|3\n(1 row)\n");
    let said = answer(text.as_bytes());
    assert_eq!(said.tables().expect("tables").len(), 1);
    assert!(!format!("{said:?}").contains("hunter2secret"));
    let failed = format!("psql: error: connection to {url} failed\n");
    let judgement = engine().judge(Edition::OptionA, failed.as_bytes());
    assert_eq!(judgement.verdict, Verdict::Failed);
    assert!(!format!("{judgement:?}").contains("hunter2secret"));
}

#[test]
fn any_text_is_read_to_its_end() {
    for text in ["|", "||||", "schema", "schema|table|owner|rows", "db,usr,pg,db_owner,search_path\n\"", "-[ RECORD 1 ]", "┌─┐", "* Record 1\ndb"] {
        let _ = Answer::read(text.as_bytes());
        for edition in Edition::ALL {
            let _ = engine().judge(edition, text.as_bytes());
        }
    }
    // A quote that is never closed ends the table instead of taking everything that follows.
    let open = format!("schema,table,owner,rows\npublic,\"users,app,3\n{}", "x\n".repeat(20_000));
    assert_eq!(answer(open.as_bytes()).tables(), Some(Vec::new()));
}
