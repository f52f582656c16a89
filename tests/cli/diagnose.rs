//! `runbook diagnose`: its JSON, the answers it takes, and misuse.

use std::fs;
use std::path::Path;

use crate::object::{diagnosed, objects};
use crate::run::{ALREADY_THERE, check_misuse, folder, program, run, run_command};

#[test]
fn json_has_the_keys_of_the_interface_in_their_order() {
    let log = "==> Deploying...\n==> Running 'sh start.sh'\n\
        DATABASE_URL=postgresql+asyncpg://me:pw@dpg-1-a/shop\n\
        INFO  [alembic.runtime.migration] Running upgrade 001 -> 002, create users\n\
        sqlalchemy.exc.ProgrammingError: <class 'asyncpg.exceptions.DuplicateTableError'>: relation \"users\" already exists\n";
    let object = diagnosed(&[], log.as_bytes());
    assert_eq!((object.file.as_str(), object.situation.as_str()), ("-", "duplicate-table"));
    assert_eq!(object.signature.as_deref(), Some("postgres/duplicate-relation"));
    assert!(object.headline.contains("users"), "names are filled in: {}", object.headline);
    assert_eq!(object.evidence.first().map(|evidence| evidence.line), Some(5));
    let facts = &object.facts;
    let found =
        [&facts.relation, &facts.revision, &facts.db_user, &facts.database, &facts.start_command, &facts.driver];
    let expected = ["users", "002", "me", "shop", "sh start.sh", "asyncpg"];
    assert_eq!(found.map(Option::as_deref), expected.map(Some));
    assert_eq!(
        [&facts.tool, &facts.dbms, &facts.platform].map(Option::as_deref),
        ["alembic", "postgresql", "render"].map(Some)
    );
    assert_eq!(facts.schema, None);
    let question = object.question.expect("a question");
    assert_eq!(question.id, "made-by");
    assert_eq!(question.answers, ["another-migration", "earlier-try", "left-over", "by-hand", "not-sure"]);
    assert!(object.reachable.iter().any(|way| way.id == "option-a" && way.risk == "destructive"));
    assert!(object.warnings.iter().any(|warning| warning.id == "secret-in-log" && warning.line == 3));
}

#[test]
fn every_recorded_log_gives_an_object() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/logs/render");
    let mut files: Vec<String> = fs::read_dir(&folder)
        .expect("logs")
        .map(|entry| format!("tests/logs/render/{}", entry.expect("an entry").file_name().to_string_lossy()))
        .filter(|file| Path::new(file).extension().is_some_and(|ending| ending == "log"))
        .collect();
    files.sort();
    let arguments: Vec<&str> =
        ["diagnose", "--format", "json"].into_iter().chain(files.iter().map(String::as_str)).collect();
    let ran = run(&arguments);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let named: Vec<String> = objects(&ran.out).into_iter().map(|object| object.file).collect();
    assert_eq!(named, files, "as given, in the order given");
    assert_eq!(run(&arguments), ran, "identical input gives identical bytes");
}

#[test]
fn answers_lead_on_and_the_last_value_wins() {
    let id = |answers: &[&str]| {
        let flags: Vec<&str> = answers.iter().flat_map(|answer| ["--answer", answer]).collect();
        let object = diagnosed(&flags, ALREADY_THERE.as_bytes());
        object.outcome.map(|o| o.id).or(object.question.map(|q| q.id)).expect("one of the two")
    };
    let far = "tables-match=differ";
    assert_eq!(id(&["data=disposable"]), "tables-match", "the cause comes first");
    assert_eq!(id(&[far, "data=disposable"]), "right-database");
    assert_eq!(id(&[far, "data=disposable", "right-database=confirmed"]), "option-a");
    assert_eq!(id(&[far, "data=disposable", "right-database=confirmed", "tried=option-a-refused"]), "ownership");
    let b = [far, "data=backed-up", "right-database=confirmed", "tried=option-a-refused", "ownership=cannot-fix"];
    assert_eq!(id(&b), "option-b");
    assert_eq!(id(&[far, "data=disposable", "right-database=confirmed", "data=needed"]), "move-aside");
    assert_eq!(id(&[far, "data=needed", "right-database=confirmed", "data=disposable"]), "option-a");
    assert_eq!(id(&["ownership=cannot-fix", "revision-file=gone"]), "tables-match", "not on this walk");
}

#[test]
fn answers_apply_to_every_file() {
    let folder = folder("answers");
    for name in ["a", "b"] {
        fs::write(folder.join(name), ALREADY_THERE).expect("written");
    }
    let mut command = program();
    command.current_dir(&folder).args(["diagnose", "--format", "json", "a", "--answer", "tables-match=differ", "b"]);
    let asked = objects(&run_command(command, b"").out).into_iter().map(|object| object.question.map(|q| q.id));
    assert_eq!(asked.collect::<Vec<_>>(), [Some("data".to_owned()), Some("data".to_owned())]);
}

#[test]
fn a_permission_error_never_leads_to_deleting_data() {
    let flags = ["--answer", "data=disposable", "--answer", "right-database=confirmed", "--answer"];
    let refused = [&flags[..], &["tried=option-a-refused", "--answer", "ownership=cannot-fix"]].concat();
    let log = "psycopg2.errors.InsufficientPrivilege: permission denied for schema public\n";
    let object = diagnosed(&refused, log.as_bytes());
    assert_eq!(object.situation, "permission");
    assert!(object.reachable.iter().all(|way| way.risk != "destructive"));
}

#[test]
fn misuse_of_diagnose_is_said_and_prints_nothing() {
    check_misuse(&["diagnose", "--formt", "json"], &["--formt"]);
    check_misuse(&["diagnose", "--format", "yaml"], &["text or json"]);
    check_misuse(&["diagnose", "--format"], &["--format"]);
    check_misuse(&["diagnose", "-x"], &["-x"]);
    check_misuse(&["diagnose", "--answer", "dta=needed"], &["dta", "data", "right-database"]);
    check_misuse(&["diagnose", "--answer", "relation=users"], &["relation", "data"]);
    check_misuse(&["diagnose", "--answer", "data=gone"], &["gone", "needed", "backed-up"]);
    check_misuse(&["diagnose", "--answer", "data"], &["KEY=VALUE"]);
    check_misuse(&["diagnose", "--answer", "data=Needed"], &["Needed"]);
    check_misuse(&["diagnose", "--answer", "data=gone", "--answer", "data=needed"], &["gone"]);
    check_misuse(&["diagnos"], &["diagnose"]);
    check_misuse(&[], &["diagnose", "sql", "guard", "check"]);
}

#[test]
fn help_is_printed() {
    for flag in ["--help", "-h"] {
        let ran = run(&[flag]);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""));
        assert!(["diagnose", "sql", "guard", "check"].iter().all(|command| ran.out.contains(command)));
    }
}
