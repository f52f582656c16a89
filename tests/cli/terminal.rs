//! What reaches a terminal: nothing that it would obey.

use std::fs;

use proptest::prelude::*;

use crate::object::objects;
use crate::run::{ALREADY_THERE, Ran, folder, program, run_command, run_with};

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
