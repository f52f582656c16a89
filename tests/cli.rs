//! The command-line program as its callers see it: arguments and bytes in, bytes and an exit code out.
//!
//! The contract of its JSON is checked by reading a line into types that stand in the contract's order and writing it again:
//! any other key, order or spacing gives other bytes.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use proptest::prelude::*;
use serde::{Deserialize, Serialize};

// ---- helpers ----

#[derive(Debug, PartialEq)]
struct Ran {
    code: i32,
    out: String,
    err: String,
}

fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_runbook"));
    command.current_dir(env!("CARGO_MANIFEST_DIR")).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn run_command(mut command: Command, input: &[u8]) -> Ran {
    let mut child = command.spawn().expect("the program starts");
    // A program that does not read its input closes the pipe.
    let _closed_pipe = child.stdin.take().expect("a pipe").write_all(input);
    let output = child.wait_with_output().expect("the program ends");
    Ran {
        code: output.status.code().expect("an exit code, not a signal"),
        out: String::from_utf8(output.stdout).expect("UTF-8"),
        err: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

fn run_with(arguments: &[&str], input: &[u8]) -> Ran {
    let mut command = program();
    command.args(arguments);
    run_command(command, input)
}

fn run(arguments: &[&str]) -> Ran {
    run_with(arguments, b"")
}

/// A misuse: exit 2, nothing on standard output, and all these words on standard error.
fn check_misuse(arguments: &[&str], words: &[&str]) {
    let ran = run(arguments);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{arguments:?}: {}", ran.err);
    assert!(ran.err.starts_with("runbook: ") && ran.err.ends_with('\n'), "{arguments:?}: {}", ran.err);
    for word in words {
        assert!(ran.err.contains(word), "{arguments:?} says {word}: {}", ran.err);
    }
}

/// An empty folder of this test alone.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cli").join(name);
    let _may_not_exist = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    folder
}

const ALREADY_THERE: &str = "INFO  [alembic.runtime.migration] Running upgrade  -> 001, users\npsycopg2.errors.DuplicateTable: relation \"users\" already exists\n";

// ---- diagnose: the object ----

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Object {
    file: String,
    situation: String,
    candidates: Vec<String>,
    signature: Option<String>,
    headline: String,
    evidence: Vec<Evidence>,
    warnings: Vec<Warning>,
    facts: Facts,
    question: Option<Question>,
    outcome: Option<Outcome>,
    reachable: Vec<Reachable>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Evidence {
    line: u32,
    text: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Warning {
    id: String,
    line: u32,
    text: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Facts {
    relation: Option<String>,
    schema: Option<String>,
    revision: Option<String>,
    db_user: Option<String>,
    database: Option<String>,
    start_command: Option<String>,
    driver: Option<String>,
    tool: Option<String>,
    dbms: Option<String>,
    platform: Option<String>,
    from_revision: Option<String>,
    host_kind: Option<String>,
    server_version: Option<String>,
    object: Option<String>,
    extension: Option<String>,
    constraint: Option<String>,
    build_command: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Question {
    id: String,
    text: String,
    answers: Vec<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Outcome {
    id: String,
    risk: String,
    title: String,
}

#[derive(Serialize, Deserialize, PartialEq, Debug)]
#[serde(deny_unknown_fields)]
struct Reachable {
    id: String,
    risk: String,
}

/// Every line as an object of the contract.
fn objects(out: &str) -> Vec<Object> {
    assert!(out.is_empty() || out.ends_with('\n'), "every line ends with LF");
    assert!(!out.contains('\r'), "and with nothing else");
    let lines = out.split('\n').filter(|line| !line.is_empty());
    lines.map(object).collect()
}

fn object(line: &str) -> Object {
    let object: Object = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
    assert_eq!(serde_json::to_string(&object).expect("JSON"), line, "keys, their order and nothing else");
    assert_ne!(object.question.is_some(), object.outcome.is_some(), "one of the two: {line}");
    assert_eq!(object.candidates.first(), Some(&object.situation), "{line}");
    assert!(!object.reachable.is_empty(), "{line}");
    if let Some(outcome) = &object.outcome {
        let only = Reachable { id: outcome.id.clone(), risk: outcome.risk.clone() };
        assert_eq!(object.reachable, [only], "{line}");
    }
    let risks = object.reachable.iter().map(|way| way.risk.as_str());
    assert!(
        risks.into_iter().all(|risk| ["none", "reversible", "migrates", "interrupts", "destructive"].contains(&risk)),
        "{line}"
    );
    object
}

/// The one object of one input.
fn diagnosed(arguments: &[&str], input: &[u8]) -> Object {
    let ran = run_with(&[&["diagnose", "--format", "json"], arguments].concat(), input);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let mut objects = objects(&ran.out);
    assert_eq!(objects.len(), 1);
    objects.remove(0)
}

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

// ---- diagnose: input ----

#[test]
fn standard_input_is_read_for_a_dash_or_no_file() {
    let none = run_with(&["diagnose", "--format", "json"], ALREADY_THERE.as_bytes());
    let dash = run_with(&["diagnose", "--format=json", "-"], ALREADY_THERE.as_bytes());
    assert_eq!(none, dash);
    assert_eq!(objects(&none.out).len(), 1);
}

#[test]
fn paths_are_relative_to_the_callers_directory() {
    let folder = folder("relative");
    fs::write(folder.join("a log.txt"), ALREADY_THERE).expect("written");
    let mut command = program();
    command.current_dir(&folder).args(["diagnose", "--format", "json", "a log.txt", "./a log.txt"]);
    let ran = run_command(command, b"");
    let files: Vec<String> = objects(&ran.out).into_iter().map(|object| object.file).collect();
    assert_eq!((ran.code, files), (0, vec!["a log.txt".to_owned(), "./a log.txt".to_owned()]));
}

#[test]
fn a_missing_file_does_not_hide_the_others() {
    let folder = folder("missing");
    fs::write(folder.join("one.log"), ALREADY_THERE).expect("written");
    fs::write(folder.join("two.log"), b"Application startup complete.\n").expect("written");
    for format in ["json", "text"] {
        let mut command = program();
        command.current_dir(&folder).args(["diagnose", "--format", format, "one.log", "gone.log", ".", "two.log"]);
        let ran = run_command(command, b"");
        assert_eq!(ran.code, 2);
        assert_eq!(ran.err.matches('\n').count(), 2, "one line for each: {}", ran.err);
        assert!(ran.err.contains("gone.log: "), "{}", ran.err);
        assert!(ran.out.contains("one.log") && ran.out.contains("two.log"), "{}", ran.out);
        assert!(format == "text" || objects(&ran.out).len() == 2);
    }
}

#[test]
fn any_bytes_give_an_answer() {
    let random = random_bytes(3 * 1024 * 1024);
    let zeros = [0_u8; 5000];
    let inputs: [&[u8]; 9] =
        [b"", b"\n", b"\r\r\r", b" \t", b"\xff\xfe", b"\xef\xbb\xbf", b"\xc3\x28\x80", &zeros, &random];
    for input in inputs {
        let object = diagnosed(&[], input);
        assert_eq!((object.situation.as_str(), object.signature), ("unknown", None), "{} bytes", input.len());
        assert_eq!(object.outcome.expect("an outcome").id, "collect-more");
        let text = run_with(&["diagnose"], input);
        assert_eq!((text.code, text.err.as_str()), (0, ""));
        assert!(!text.out.is_empty());
    }
}

#[test]
fn a_log_reads_the_same_in_every_encoding() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/logs/render");
    let mut logs: Vec<PathBuf> =
        fs::read_dir(folder).expect("logs").map(|entry| entry.expect("an entry").path()).collect();
    logs.retain(|path| path.extension().is_some_and(|ending| ending == "log"));
    logs.sort();
    for path in logs.iter().step_by(7) {
        let text = fs::read_to_string(path).expect("UTF-8");
        let read = |bytes: &[u8]| run_with(&["diagnose", "--format", "json"], bytes).out;
        let plain = read(text.as_bytes());
        assert!(!plain.contains("\"evidence\":[]"), "{}: lines are to be compared", path.display());
        for mark in ["", "\u{feff}"] {
            let units: Vec<u16> = mark.encode_utf16().chain(text.encode_utf16()).collect();
            let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
            let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
            assert_eq!([read(&little), read(&big)], [plain.clone(), plain.clone()], "{}", path.display());
        }
    }
}

/// `printf 'x%.0s' … | gzip` and its like: only how they begin matters.
const PACKED: [(&str, &str, &[u8]); 3] = [
    ("gzip", "gunzip -c FILE | runbook diagnose -", b"\x1f\x8b\x08\0\0\0\0\0\x02\x03"),
    ("zip", "unzip -p FILE | runbook diagnose -", b"PK\x03\x04\x0a\0\0\0\0\0"),
    ("xz", "xz -dc FILE | runbook diagnose -", b"\xfd7zXZ\0\0\x04\xe6\xd6"),
];

#[test]
fn a_compressed_file_is_named_with_the_command_that_unpacks_it() {
    for (name, command, head) in PACKED {
        // A stored entry holds the log's own bytes, whose lines are none of the log's.
        let file = [head, ALREADY_THERE.as_bytes(), &random_bytes(100_000)].concat();
        let object = diagnosed(&[], &file);
        assert_eq!((object.situation.as_str(), object.signature, object.evidence.len()), ("unknown", None, 0));
        assert!(object.reachable.iter().all(|way| way.risk == "none"), "{name}");
        let said = run_with(&["diagnose"], &file);
        assert_eq!((said.code, said.err.as_str()), (0, ""));
        let first = said.out.split('\n').next().expect("a line");
        assert!(first.starts_with(&format!("-: This is a {name} file")) && first.ends_with(command), "{first}");
    }
}

/// Bytes that look random and are the same in every run.
fn random_bytes(count: usize) -> Vec<u8> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()
    };
    let mut bytes: Vec<u8> = std::iter::repeat_with(next).flatten().take(count).collect();
    // Neither a byte order mark nor an end inside a line end.
    if let Some(first) = bytes.first_mut() {
        *first = b'x';
    }
    bytes
}

#[test]
fn a_very_long_line_is_cut() {
    let log = format!("{}{ALREADY_THERE}", "x".repeat(500_000));
    let object = diagnosed(&[], log.as_bytes());
    assert_eq!(object.situation, "duplicate-table");
    assert!(object.evidence.iter().all(|evidence| evidence.text.chars().count() <= 401));
}

#[test]
fn a_closed_pipe_is_no_error() {
    let mut child = program().args(["diagnose", "-"]).spawn().expect("the program starts");
    drop(child.stdout.take());
    let _written = child.stdin.take().expect("a pipe").write_all(ALREADY_THERE.as_bytes());
    let output = child.wait_with_output().expect("the program ends");
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]));
}

#[test]
fn a_closed_pipe_does_not_change_what_the_guard_answers() {
    let mut child = program().arg("guard").spawn().expect("the program starts");
    drop(child.stdout.take());
    drop(child.stdin.take());
    let output = child.wait_with_output().expect("the program ends");
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(1), &b""[..]));
}

/// Where every write fails, as on a disk that is full.
#[cfg(target_os = "linux")]
fn full_disk() -> Stdio {
    fs::OpenOptions::new().write(true).open("/dev/full").expect("Linux has it").into()
}

#[cfg(target_os = "linux")]
#[test]
fn a_result_that_cannot_be_written_is_an_error() {
    let commands: [&[&str]; 8] = [
        &["sql", "option-a", "--db-user", "me", "--database", "shop"],
        &["sql", "state"],
        &["diagnose", "-"],
        &["diagnose", "--format", "json", "-"],
        &["guard", "--set", "APP_MODE=demo", "--set", "ALLOW_DB_RESET=1"],
        &["check"],
        &["draw"],
        &["--help"],
    ];
    for arguments in commands {
        let mut command = program();
        command.args(arguments).stdout(full_disk());
        let ran = run_command(command, ALREADY_THERE.as_bytes());
        assert_eq!(ran.code, 2, "{arguments:?}: {}", ran.err);
        assert!(ran.err.starts_with("runbook: not all of it could be written to standard output: "), "{}", ran.err);
        assert_eq!(ran.err.matches('\n').count(), 1, "{}", ran.err);
        // With nobody left to tell it, the exit code still says it.
        let mut command = program();
        command.args(arguments).stdout(full_disk()).stderr(full_disk());
        assert_eq!(run_command(command, ALREADY_THERE.as_bytes()).code, 2, "{arguments:?}");
    }
    for misuse in [&["sql"][..], &["diagnose", "no/such/file"], &["sql", "option-a", "--db-user", "Me"]] {
        let mut command = program();
        command.args(misuse).stderr(full_disk());
        assert_eq!(run_command(command, b"").code, 2, "{misuse:?}");
    }
}

// ---- what reaches a terminal ----

/// Nothing a terminal obeys: no control character but LF and TAB, nothing that is invisible or turns the direction of writing.
fn check_shown(ran: &Ran) {
    let hidden = |letter: &char| {
        let format = ['\u{ad}', '\u{61c}', '\u{180e}', '\u{feff}', '\u{e0001}'].contains(letter)
            || ['\u{200b}'..='\u{200f}', '\u{2028}'..='\u{202e}', '\u{2060}'..='\u{206f}', '\u{fff9}'..='\u{fffb}']
                .iter()
                .any(|range| range.contains(letter));
        (letter.is_control() && !matches!(letter, '\n' | '\t')) || format
    };
    for text in [&ran.out, &ran.err] {
        assert_eq!(text.chars().find(hidden), None, "{text:?}");
    }
}

const TERMINAL: &str = "\u{1b}[2J\u{1b}]0;x\u{7}\u{9b}31m\u{202e}\u{2066}\r\u{8}\u{200b}\u{7f}";

#[test]
fn a_log_cannot_write_on_the_terminal() {
    let log = format!("psycopg2.errors.DuplicateTable: relation \"u{TERMINAL}s\" already exists {TERMINAL}\n");
    let ran = run_with(&["diagnose"], log.as_bytes());
    assert_eq!(ran.code, 0);
    check_shown(&ran);
}

#[cfg(unix)]
#[test]
fn a_file_name_cannot_write_on_the_terminal_nor_begin_a_line() {
    use std::ffi::OsString;
    use std::os::unix::ffi::OsStringExt;
    let folder = folder("terminal");
    let spoofed = format!("a{TERMINAL}\nWhat to do: Option A\t(x)");
    let names = [spoofed.clone().into_bytes(), b"raw\xff\x9b\xe2\x80".to_vec()];
    for name in names.map(OsString::from_vec) {
        fs::write(folder.join(&name), ALREADY_THERE).expect("written");
        let mut command = program();
        command.current_dir(&folder).args(["diagnose"]).arg(&name).arg("-").arg("gone\u{1b}[1m");
        let ran = run_command(command, b"");
        assert_eq!(ran.code, 2);
        check_shown(&ran);
        assert!(!ran.out.contains("\nWhat to do: Option A"), "{}", ran.out);
        assert_eq!(ran.err.matches('\n').count(), 1, "{}", ran.err);
    }
    // Programs are told the name as it is.
    let mut command = program();
    command.current_dir(&folder).args(["diagnose", "--format", "json", &spoofed]);
    assert_eq!(objects(&run_command(command, b"").out).first().map(|object| object.file.clone()), Some(spoofed));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_argument_and_no_log_writes_on_the_terminal(
        argument in "[a=:-]{0,2}[\u{1}-\u{9f}\u{ad}\u{200b}-\u{206f}\u{feff}x]{1,9}",
        log in "[\u{1}-\u{9f}\u{200b}-\u{206f}x]{0,99}",
    ) {
        let log = format!("{log}\n{argument}: relation \"{log}\" already exists\npostgres://{argument}:x@h/{argument}\n");
        let answer = format!("data={argument}");
        let places: [&[&str]; 11] = [
            &["diagnose"],
            &[&argument],
            &["diagnose", &argument],
            &["diagnose", "--format", &argument],
            &["diagnose", "--answer", &argument],
            &["diagnose", "--answer", &answer],
            &["sql", &argument],
            &["sql", "option-a", "--database", "d", "--db-user", &argument],
            &["guard", "--set", &argument],
            &["guard", "--env-file", &argument],
            &["check", &argument],
        ];
        for arguments in places {
            check_shown(&run_with(arguments, log.as_bytes()));
        }
    }
}

// ---- diagnose: answers and misuse ----

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

// ---- sql ----

const EDITIONS: [&str; 8] =
    ["state", "rehearsal", "move-aside", "undo-move-aside", "option-a", "empty-in-place", "verify", "as-written"];

#[test]
fn sql_prints_only_sql() {
    for edition in EDITIONS {
        let ran = run(&["sql", edition, "--db-user", "we\"ird", "--database", "shop"]);
        assert_eq!(ran.code, 0, "{edition}");
        // What is worth knowing about an edition stands beside the SQL, never in it.
        let said = ["rehearsal", "as-written"].contains(&edition);
        assert_eq!(ran.err.is_empty(), !said, "{edition}: {}", ran.err);
        assert!(ran.out.ends_with('\n') && !ran.out.contains('\r'), "{edition}");
        assert!(ran.out.starts_with("--") || ran.out.starts_with("DROP SCHEMA"), "{edition}: {}", ran.out);
        assert_eq!(run(&["sql", edition, "--database", "shop", "--db-user", "we\"ird"]), ran, "{edition}");
    }
}

#[test]
fn destructive_sql_begins_with_the_guards_and_what_they_guard() {
    for edition in ["option-a", "empty-in-place", "as-written"] {
        let out = run(&["sql", edition, "--db-user", "me", "--database", "shop"]).out;
        let top: Vec<&str> = out.split('\n').take_while(|line| line.starts_with("--")).collect();
        let top = top.join("\n");
        for word in ["APP_MODE", "ALLOW_DB_RESET", "reset_db.py", "reset_and_migrate.py"] {
            assert!(top.contains(word), "{edition} names {word} on top: {top}");
        }
    }
}

#[test]
fn a_refused_or_missing_value_is_a_misuse() {
    check_misuse(&["sql", "option-a", "--database", "shop"], &["--db-user"]);
    check_misuse(&["sql", "option-a", "--db-user", "me"], &["--database"]);
    check_misuse(&["sql", "option-a", "--db-user", "public", "--database", "shop"], &["public"]);
    check_misuse(&["sql", "option-a", "--db-user", " me ", "--database", "shop"], &["me"]);
    check_misuse(&["sql", "option-a", "--db-user", "", "--database", "shop"], &[]);
    check_misuse(&["sql", "move-aside", "--db-user", "me", "--database", "shop", "--set", "suffix=A-B"], &["suffix"]);
    check_misuse(&["sql", "state", "--set", "colour=red"], &["suffix"]);
    check_misuse(&["sql", "option-c"], &["option-a", "as-written"]);
    check_misuse(&["sql"], &["option-a"]);
    check_misuse(&["sql", "option-a", "extra"], &["--db-user"]);
    check_misuse(&["sql", "option-a", "--dbuser", "me"], &["--dbuser"]);
}

#[test]
fn a_doubtful_value_warns_and_prints() {
    let ran = run(&["sql", "option-a", "--db-user", "Me", "--database", "shop"]);
    assert_eq!(ran.code, 0);
    assert!(ran.out.contains("\"Me\"") && ran.err.contains("capital letters"), "{}", ran.err);
    assert!(!ran.out.contains("runbook:"));
}

#[test]
fn a_setting_names_the_schema_moved_aside() {
    let names = |settings: &[&str]| {
        let flags: Vec<&str> = settings.iter().flat_map(|setting| ["--set", setting]).collect();
        let ran = run(&[&["sql", "move-aside", "--db-user", "me", "--database", "shop"], &flags[..]].concat());
        assert_eq!(ran.code, 0, "{}", ran.err);
        ran.out
    };
    assert!(names(&[]).contains("public_broken_1"));
    assert!(names(&["suffix=old"]).contains("public_broken_old"));
    let last = names(&["suffix=old", "suffix=new"]);
    assert!(last.contains("public_broken_new") && !last.contains("public_broken_old"));
}

const PASSWORD: &str = "zq7hunter2passw0rd";

#[test]
fn a_url_gives_names_and_never_its_password() {
    let url = format!("postgresql://me:{PASSWORD}@dpg-1-a.oregon-postgres.render.com:5432/shop?sslmode=require\n");
    let by_names = run(&["sql", "option-a", "--db-user", "me", "--database", "shop"]);
    let piped = run_with(&["sql", "option-a", "--url", "-"], url.as_bytes());
    assert_eq!((piped.code, &piped.out, piped.err.as_str()), (0, &by_names.out, ""));
    let given = run(&["sql", "option-a", "--url", url.trim()]);
    assert_eq!((given.code, &given.out), (0, &by_names.out));
    assert!(given.err.contains("history") && !given.err.contains(PASSWORD), "{}", given.err);
}

#[test]
fn a_password_in_a_wrong_place_is_not_repeated() {
    let url = format!("postgres://me:{PASSWORD}@host/shop");
    let broken = format!("postgres://me:ab@/#{PASSWORD}@host/shop");
    let token = format!("PGPASSWORD={PASSWORD}");
    let pair = format!("me:{PASSWORD}");
    check_misuse(&["sql", "option-a", "--db-user", &pair, "--database", "shop"], &["password"]);
    check_misuse(&["sql", "option-a", "--db-user", "me", "--database", &pair], &["password"]);
    for secret in [url.as_str(), &broken, &token] {
        let flag = format!("--{secret}");
        let joined = format!("--url={secret}");
        let format = format!("--format={secret}");
        let setting = format!("suffix={secret}");
        let answer = format!("data={secret}");
        let key = format!("{secret}=needed");
        let places: [&[&str]; 24] = [
            &[secret],
            &["--help", secret],
            &[&flag],
            &["sql", secret],
            &["sql", "option-a", secret],
            &["sql", "option-a", "--db-user", secret, "--database", "shop"],
            &["sql", "option-a", "--db-user", "me", "--database", secret],
            &["sql", "option-a", &joined],
            &["sql", "move-aside", "--set", secret],
            &["sql", "move-aside", "--set", &setting],
            &["sql", "option-a", &flag],
            &["diagnose", secret],
            &["diagnose", "--format", secret],
            &["diagnose", &format],
            &["diagnose", "--answer", secret],
            &["diagnose", "--answer", &answer],
            &["diagnose", "--answer", &key],
            &["diagnose", &flag],
            &["guard", secret],
            &["guard", "--set", secret],
            &["guard", "--env-file", secret],
            &["guard", &flag],
            &["check", secret],
            &["check", "content", secret],
        ];
        for arguments in places {
            let ran = run(arguments);
            assert!(!ran.out.contains(PASSWORD), "{arguments:?}: {}", ran.out);
            assert!(!ran.err.contains(PASSWORD), "{arguments:?}: {}", ran.err);
        }
    }
}

// ---- guard ----

/// What `guard` says with an env file of these bytes.
fn guard_file(name: &str, file: &[u8], more: &[&str]) -> Ran {
    let path = folder(name).join("env");
    fs::write(&path, file).expect("written");
    run(&[&["guard", "--env-file", path.to_str().expect("UTF-8")], more].concat())
}

/// The exit code and the words for each variable.
fn check_guard(ran: &Ran, code: i32, app_mode: &str, allow: &str) {
    assert_eq!((ran.code, ran.err.as_str()), (code, ""), "{}", ran.out);
    let says =
        |variable: &str, words: &str| ran.out.split('\n').any(|line| line.trim() == format!("{variable}: {words}"));
    assert!(says("APP_MODE", app_mode), "{}", ran.out);
    assert!(says("ALLOW_DB_RESET", allow), "{}", ran.out);
    assert!(ran.out.contains(if code == 0 { "RUN" } else { "REFUSE" }), "{}", ran.out);
}

#[test]
fn the_guard_opens_for_the_exact_bytes_only() {
    let set = |mode: &str, allow: &str| {
        run(&["guard", "--set", &format!("APP_MODE={mode}"), "--set", &format!("ALLOW_DB_RESET={allow}")])
    };
    let (mode, not_mode) = ("set to exactly demo", "set, but not exactly demo");
    let (allow, not_allow) = ("set to exactly 1", "set, but not exactly 1");
    check_guard(&set("demo", "1"), 0, mode, allow);
    check_guard(&run(&["guard"]), 1, "not set", "not set");
    check_guard(&run(&["guard", "--set", "APP_MODE=demo"]), 1, mode, "not set");
    for other in ["", "Demo", "demo ", " demo", "demo\r", "\"demo\"", "demonstration", "d\u{435}mo"] {
        check_guard(&set(other, "1"), 1, not_mode, allow);
    }
    for other in ["", "true", "01", "1\n", "yes", "\u{ff11}"] {
        check_guard(&set("demo", other), 1, mode, not_allow);
    }
    check_guard(&run(&["guard", "--set", "APP_MODE=x", "--set", "APP_MODE=demo"]), 1, mode, "not set");
}

#[test]
fn an_env_file_is_read_byte_for_byte() {
    let (exactly, not) = ("set to exactly demo", "set, but not exactly demo");
    check_guard(
        &guard_file("env-lf", b"# x\n\nAPP_MODE=demo\nALLOW_DB_RESET=1\n", &[]),
        0,
        exactly,
        "set to exactly 1",
    );
    let crlf = guard_file("env-cr", b"APP_MODE=demo\r\nALLOW_DB_RESET=1\r\n", &[]);
    check_guard(&crlf, 1, not, "set, but not exactly 1");
    assert!(crlf.out.contains("carriage return"));
    check_guard(
        &guard_file("env-export", b"export APP_MODE=demo\nALLOW_DB_RESET=1", &[]),
        1,
        "not set",
        "set to exactly 1",
    );
    check_guard(
        &guard_file("env-quotes", b"APP_MODE=\"demo\"\nALLOW_DB_RESET=\n", &[]),
        1,
        not,
        "set, but not exactly 1",
    );
    check_guard(&guard_file("env-binary", b"APP_MODE=\xff\xfe\n\x00=1\n", &[]), 1, not, "not set");
    check_guard(&guard_file("env-comment", b"#APP_MODE=demo\n", &[]), 1, "not set", "not set");
    check_guard(&guard_file("env-empty", b"", &[]), 1, "not set", "not set");
}

#[test]
fn flags_win_over_the_file_wherever_they_stand() {
    let file = folder("env-wins").join("env");
    fs::write(&file, b"APP_MODE=production\nALLOW_DB_RESET=1\n").expect("written");
    let file = file.to_str().expect("UTF-8");
    for arguments in [
        ["guard", "--set", "APP_MODE=demo", "--env-file", file],
        ["guard", "--env-file", file, "--set", "APP_MODE=demo"],
    ] {
        check_guard(&run(&arguments), 0, "set to exactly demo", "set to exactly 1");
    }
}

#[test]
fn a_duplicate_name_is_misuse() {
    for again in ["APP_MODE=demo\nAPP_MODE=production\n", "APP_MODE=demo\nALLOW_DB_RESET=1\nAPP_MODE=demo\n"] {
        let ran = guard_file("env-twice", again.as_bytes(), &[]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""));
        assert!(ran.err.contains("APP_MODE") && !ran.err.contains("production"), "{}", ran.err);
    }
}

#[test]
fn misuse_of_the_guard() {
    check_misuse(&["guard", "--set", "APP_MODE"], &["NAME=VALUE"]);
    check_misuse(&["guard", "--set", "=demo"], &["NAME=VALUE"]);
    check_misuse(&["guard", "--env-file", "no/such/file"], &["no/such/file"]);
    check_misuse(&["guard", "--sett", "A=1"], &["--sett"]);
    check_misuse(&["guard", "APP_MODE=demo"], &[]);
}

#[test]
fn the_own_environment_is_not_read() {
    let mut command = program();
    command.arg("guard").env("APP_MODE", "demo").env("ALLOW_DB_RESET", "1");
    check_guard(&run_command(command, b""), 1, "not set", "not set");
}

#[test]
fn the_guard_never_says_a_value() {
    let ran =
        run(&["guard", "--set", &format!("APP_MODE={PASSWORD}"), "--set", &format!("ALLOW_DB_RESET=1{PASSWORD}")]);
    assert_eq!(ran.code, 1);
    assert!(!ran.out.contains(PASSWORD) && !ran.err.contains(PASSWORD));
}

// ---- draw ----

#[test]
fn the_drawing_has_every_node_edge_and_way_out() {
    let tree = &runbook::embedded::catalogue().tree;
    let ran = run(&["draw"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let id = |id: &str| format!("n_{}", id.replace('-', "_"));
    let edges: usize = tree.nodes.iter().map(|node| node.branches.len() + node.otherwise.iter().len()).sum();
    assert_eq!(ran.out.matches(" -->|\"").count(), edges);
    for node in &tree.nodes {
        let shapes = [format!("  {}[\"", id(&node.id)), format!("  {}{{{{\"", id(&node.id))];
        assert!(shapes.iter().any(|shape| ran.out.contains(shape)), "{}", node.id);
    }
    for outcome in &runbook::embedded::catalogue().outcomes {
        assert!(ran.out.contains(&format!("  {}([\"{}", id(&outcome.id), outcome.title_text())), "{}", outcome.id);
    }
    assert_eq!(ran.out.matches(":::destructive").count(), 2);
    check_misuse(&["draw", "it"], &["it", "render-database-recovery"]);
    assert_eq!(run(&["draw", "render-database-recovery"]), ran);
}

#[test]
fn the_sql_for_extensions_is_made_of_what_the_state_printed() {
    let state = "tests/answers/pg16/state.no-footer.txt";
    let ran = run(&["sql", "extensions", "--database", "true911_prod_db", state]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("CREATE EXTENSION IF NOT EXISTS \"citext\" WITH SCHEMA public CASCADE;"), "{}", ran.out);
    assert!(
        !ran.out.contains("EXISTS \"pg_stat_statements\"") && ran.err.contains("pg_stat_statements"),
        "{}",
        ran.err
    );
    let printed = std::fs::read(state).expect("the recorded output");
    let same = run_with(&["sql", "extensions", "--database", "true911_prod_db"], &printed);
    assert_eq!((same.code, &same.out), (0, &ran.out));
    check_misuse(&["sql", "extensions", state], &["--database", "true911_prod_db"]);
    check_misuse(&["sql", "extensions", "--database", "other", state], &["true911_prod_db", "other"]);
    check_misuse(&["sql", "extensions", "--database", "other", "Cargo.toml"], &["not what", "state"]);
    check_misuse(&["sql", "extensions", "--database", "other", "missing.txt"], &["missing.txt"]);
}
