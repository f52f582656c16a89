//! Values in commands: each shell hands a program exactly the value; a connection is the same word in all of them.
#![cfg(unix)]
use std::process::Command;

use proptest::prelude::*;
use runbook::engine::shell::{Shell, ShellArgument, connection, url_host, url_piece};
use runbook::engine::sql::ConnectionUrl;

/// Letters that mean something to some shell, and some that mean nothing to any.
const LETTERS: &str =
    "[ab1 '\"$`%\\\\!&|;<>(){}\\[\\]*?~#=:,@^/.éяѣ日\u{2018}\u{2019}\u{201A}\u{201B}\u{201C}\u{201D}😀+_-]{0,12}";

fn argument(raw: &str) -> ShellArgument {
    ShellArgument::of_text(raw).expect("no control character")
}

/// What `sh` hands to a program for these words.
fn printed_by_sh(words: &[String]) -> Vec<String> {
    let script = format!("printf '%s\\0' {}", words.join(" "));
    let output = Command::new("sh").args(["-c", &script]).output().expect("sh runs");
    assert!(output.status.success(), "{script}");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    text.split_terminator('\0').map(str::to_owned).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_posix_shell_reads_each_word_as_the_value(raw in prop::collection::vec(LETTERS, 1..40)) {
        let words: Vec<String> = raw.iter().map(|raw| argument(raw).word(Shell::Posix)).collect();
        prop_assert_eq!(printed_by_sh(&words), raw);
    }

    #[test]
    fn a_connection_says_who_and_what_and_is_one_plain_word(user in LETTERS, host in LETTERS, database in LETTERS) {
        prop_assume!(!user.is_empty() && !host.is_empty() && !database.is_empty());
        let whole = connection(&url_piece(&user), &url_host(&host), &url_piece(&database));
        let word = whole.word(Shell::Posix);
        prop_assert_eq!(&word, &whole.word(Shell::PowerShell));
        let url = word.strip_prefix('\'').and_then(|word| word.strip_suffix('\'')).expect("in quotes");
        prop_assert!(url.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~%:/@?=".contains(&byte)), "{}", url);
        prop_assert_eq!(printed_by_sh(std::slice::from_ref(&word)), [url]);
        let (authority, _) = url.strip_prefix("postgresql://").and_then(|rest| rest.split_once('/')).expect("a URL");
        prop_assert_eq!(authority.matches('@').count(), 1);
        prop_assert!(!authority.split('@').next().expect("a user").contains(':'), "a password in {}", url);
        let plain = format!("postgresql://{}@localhost/{}?sslmode=require", url_piece(&user), url_piece(&database));
        let read = ConnectionUrl::parse(&plain).expect("read back");
        prop_assert_eq!((read.user(), read.database()), (Some(user.as_str()), Some(database.as_str())));
    }

    /// PowerShell's own rule, read backwards: between single quotes a doubled one is one, and nothing else means anything.
    #[test]
    fn power_shell_ends_a_word_where_we_do(raw in LETTERS) {
        let word = argument(&raw).word(Shell::PowerShell);
        if let Some(inner) = word.strip_prefix('\'').and_then(|word| word.strip_suffix('\'')) {
            let mut letters = inner.chars();
            while let Some(letter) = letters.next() {
                if "'\u{2018}\u{2019}\u{201A}\u{201B}".contains(letter) {
                    prop_assert_eq!(letters.next(), Some(letter), "{}", word);
                }
            }
        } else {
            prop_assert!(word == raw && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte)));
        }
    }
}

#[test]
fn words_of_power_shell() {
    for (raw, word) in [
        ("true911_prod_db", "true911_prod_db"),
        ("dpg-x-a.oregon-postgres.render.com", "dpg-x-a.oregon-postgres.render.com"),
        ("", "'\"\"'"),
        ("1kb", "'1kb'"),
        ("-x", "'-x'"),
        ("my user", "'my user'"),
        ("a,b", "'a,b'"),
        ("@x", "'@x'"),
        ("$env:PATH", "'$env:PATH'"),
        ("a`b", "'a`b'"),
        ("100%", "'100%'"),
        ("o'brien", "'o''brien'"),
        ("o\u{2019}brien", "'o\u{2019}\u{2019}brien'"),
        ("\u{201A}x\u{201B}\u{2018}", "'\u{201A}\u{201A}x\u{201B}\u{201B}\u{2018}\u{2018}'"),
        ("\u{201C}x\u{201D}", "'\u{201C}x\u{201D}'"),
        ("we\"ird", "'we\\\"ird'"),
        ("a\\\"b", "'a\\\\\\\"b'"),
        ("a b\\", "'a b\\\\'"),
        ("a\\b", "'a\\b'"),
        ("na\u{ef}ve", "'na\u{ef}ve'"),
        ("; rm x", "'; rm x'"),
        ("$(x)", "'$(x)'"),
    ] {
        assert_eq!(argument(raw).word(Shell::PowerShell), word, "{raw}");
    }
}

#[test]
fn what_no_command_shows_is_no_argument() {
    for raw in ["a\nb", "\0", "a\tb", "\u{1b}[0m", "\u{85}"] {
        assert_eq!(ShellArgument::of_text(raw), None, "{raw:?}");
    }
}

#[test]
fn a_host_may_name_its_port_and_a_user_may_not_name_a_password() {
    assert_eq!(url_host("dpg-x-a.example.com:5432"), "dpg-x-a.example.com:5432");
    assert_eq!(url_host("/tmp/my socket"), "%2ftmp%2fmy%20socket");
    assert_eq!(url_host("x:"), "x%3a");
    assert_eq!(url_piece("user:5432"), "user%3a5432");
}
