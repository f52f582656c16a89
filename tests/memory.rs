//! How much memory a log takes that is nothing but different failures.
#![cfg(target_os = "linux")]

use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

const LINES: usize = 1_000_000;
const MOST_KILOBYTES: u64 = 64 * 1024;

/// A log of as many failures as lines, no two the same.
fn log() -> String {
    let mut log = String::new();
    for number in 0..LINES {
        writeln!(log, "relation \"t{number}\" already exists").expect("a string");
    }
    log
}

/// The most memory a process has held so far.
fn peak_kilobytes(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).expect("it still runs");
    let line = status.split('\n').find_map(|line| line.strip_prefix("VmHWM:")).expect("Linux says it");
    line.split_whitespace().next().and_then(|number| number.parse().ok()).expect("a number")
}

#[test]
fn a_million_different_failures_are_read_within_64_megabytes() {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("failures.log");
    fs::write(&path, log()).expect("written");
    let mut command = Command::new(env!("CARGO_BIN_EXE_runbook"));
    command.args(["diagnose", "--format", "json"]).arg(&path).arg("-").stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    let mut out = BufReader::new(child.stdout.take().expect("piped"));
    let mut answer = String::new();
    out.read_line(&mut answer).expect("an answer");
    // It has answered and waits for the next log, so the whole of the first is in this.
    let peak = peak_kilobytes(child.id());
    drop(child.stdin.take());
    assert!(child.wait().expect("it ends").success());
    fs::remove_file(path).expect("removed");
    let answer: serde_json::Value = serde_json::from_str(&answer).expect("JSON");
    assert_eq!(answer.pointer("/situation").and_then(|value| value.as_str()), Some("duplicate-table"));
    assert_eq!(answer.pointer("/facts/relation").and_then(|value| value.as_str()), Some("t0"));
    assert_eq!(answer.pointer("/evidence/0/line").and_then(serde_json::Value::as_u64), Some(1));
    assert!(peak < MOST_KILOBYTES, "{peak} kB");
}
