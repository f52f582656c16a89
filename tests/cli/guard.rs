//! `runbook guard`: exact bytes, and no value of a variable.

use std::fs;

use crate::run::{PASSWORD, Ran, check_misuse, folder, program, run, run_command};

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
