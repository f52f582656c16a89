//! What `runbook diagnose` reads and how a result is written: files, standard input, any bytes, encodings, pipes and full disks.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use crate::object::{diagnosed, objects};
use crate::run::{ALREADY_THERE, folder, program, run_command, run_with};

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
