//! The table of role names: each row through the engine, and through the command line with its exit code and its words.

use runbook::engine::sql::{Ident, NameKind, NameWarning, Reason};
use std::process::{Command, Output};

/// What the last column of the table says about a name.
enum Row {
    Accept(&'static [NameWarning]),
    Refuse(&'static str),
    Suggest(&'static str, &'static str),
}
use NameWarning::{Capitals, LiteralName, NotYourUserOnRender};
use Row::{Accept, Refuse, Suggest};

const OK: Row = Accept(&[]);
const CAPITALS: Row = Accept(&[Capitals]);

/// Row number, raw name, its token (for accepted names), what is expected.
fn table() -> Vec<(u8, String, &'static str, Row)> {
    let rows: Vec<(u8, &str, &str, Row)> = vec![
        (1, "true911_prod_db_user", r#""true911_prod_db_user""#, OK),
        (2, "True911_User", r#""True911_User""#, CAPITALS),
        (3, "MYUSER", r#""MYUSER""#, CAPITALS),
        (4, "my-user", r#""my-user""#, OK),
        (5, "my user", r#""my user""#, OK),
        (6, "user", r#""user""#, OK),
        (7, "User", r#""User""#, CAPITALS),
        (8, "select", r#""select""#, OK),
        (8, "all", r#""all""#, OK),
        (8, "default", r#""default""#, OK),
        (8, "table", r#""table""#, OK),
        (9, "group", r#""group""#, OK),
        (10, "on", r#""on""#, OK),
        (10, "to", r#""to""#, OK),
        (10, "with", r#""with""#, OK),
        (11, "public", "", Refuse("everybody")),
        (12, "Public", r#""Public""#, CAPITALS),
        (13, "PUBLIC", "", Refuse("everybody")),
        (14, "none", "", Refuse("no-role")),
        (15, "None", r#""None""#, CAPITALS),
        (15, "NONE", r#""NONE""#, CAPITALS),
        (16, "current_user", r#""current_user""#, Accept(&[LiteralName])),
        (16, "session_user", r#""session_user""#, Accept(&[LiteralName])),
        (16, "current_role", r#""current_role""#, Accept(&[LiteralName])),
        (17, "CURRENT_USER", r#""CURRENT_USER""#, CAPITALS),
        (18, "system_user", r#""system_user""#, OK),
        (19, "pg_admin", "", Refuse("system-role")),
        (20, "PG_admin", r#""PG_admin""#, CAPITALS),
        (21, "pg_database_owner", "", Refuse("system-role")),
        (21, "pg_read_all_data", "", Refuse("system-role")),
        (22, "postgres", r#""postgres""#, Accept(&[NotYourUserOnRender])),
        (23, "1abc", r#""1abc""#, OK),
        (23, "911_user", r#""911_user""#, OK),
        (24, "_abc", r#""_abc""#, OK),
        (25, "$user", r#""$user""#, OK),
        (25, "$abc", r#""$abc""#, OK),
        (26, "a$b", r#""a$b""#, OK),
        (27, "a.b", r#""a.b""#, OK),
        (28, "we\"ird", r#""we""ird""#, OK),
        (29, "\"quoted\"", "", Suggest("quoted", "quoted")),
        (30, "o'brien", r#""o'brien""#, OK),
        (31, "semi;colon", r#""semi;colon""#, OK),
        (32, "x; DROP SCHEMA audit CASCADE; --", r#""x; DROP SCHEMA audit CASCADE; --""#, OK),
        (33, "-- c", r#""-- c""#, OK),
        (33, "/* c */", r#""/* c */""#, OK),
        (34, "back\\slash", r#""back\slash""#, OK),
        (35, "U&\"\\0441\"", r#""U&""\0441""""#, OK),
        (36, "naïve", r#""naïve""#, OK),
        (36, "пользователь", r#""пользователь""#, OK),
        (36, "ПОЛЬЗОВАТЕЛЬ", r#""ПОЛЬЗОВАТЕЛЬ""#, OK),
        (36, "用户", r#""用户""#, OK),
        (36, "emoji😀", r#""emoji😀""#, OK),
        (37, "İstanbul", r#""İstanbul""#, CAPITALS),
        (38, " lead", "", Suggest("space-around", "lead")),
        (38, "trail ", "", Suggest("space-around", "trail")),
        (39, "a\tb", "", Refuse("control-character")),
        (39, "a\nb", "", Refuse("control-character")),
        (40, "a\u{A0}b", "", Refuse("invisible-character")),
        (40, "a\u{200B}b", "", Refuse("invisible-character")),
        (44, "", "", Refuse("empty")),
        (45, "a\0b", "", Refuse("nul")),
        (46, ":var", r#"":var""#, OK),
        (46, ":'x'", r#"":'x'""#, OK),
        (46, "{{x}}", r#""{{x}}""#, OK),
        (46, "%s", r#""%s""#, OK),
        (47, "<db_user>", "", Refuse("placeholder")),
        (47, "$DB_USER", "", Refuse("placeholder")),
        (47, "${DB_USER}", "", Refuse("placeholder")),
        (47, "`name`", "", Suggest("quoted", "name")),
        (47, "'name'", "", Suggest("quoted", "name")),
        (47, "“name”", "", Suggest("quoted", "name")),
        (48, "postgresql://app_user:s3cret@dpg-abc-a/app", "", Suggest("connection-url", "app_user")),
        (48, "postgres://o%27brien:p%40ss@h.example/db?sslmode=require", "", Suggest("connection-url", "o'brien")),
    ];
    let long = [
        (41, "a".repeat(63), "", OK),
        (42, "b".repeat(64), "", Refuse("too-long")),
        (43, "é".repeat(32), "", Refuse("too-long")),
    ];
    let short = rows.into_iter().map(|(row, raw, token, expected)| (row, raw.to_owned(), token, expected));
    short.chain(long).collect()
}

#[test]
fn every_row_of_the_table_of_role_names() {
    let rows = table();
    let numbers: std::collections::BTreeSet<u8> = rows.iter().map(|row| row.0).collect();
    assert_eq!(numbers, (1..=48).collect());
    for (row, raw, token, expected) in rows {
        let found = Ident::role(&raw);
        match (expected, found) {
            (Accept(warnings), Ok(accepted)) => {
                assert_eq!(accepted.ident.name(), raw, "row {row}");
                let token = if token.is_empty() { format!("\"{raw}\"") } else { token.to_owned() };
                assert_eq!(accepted.ident.token(), token, "row {row}");
                assert_eq!(accepted.warnings, warnings, "row {row}: {raw}");
            }
            (Refuse(reason), Err(refusal)) => assert_eq!(refusal.reason.id(), reason, "row {row}: {raw}"),
            (Suggest(reason, name), Err(refusal)) => {
                assert_eq!(refusal.reason.id(), reason, "row {row}: {raw}");
                assert_eq!(refusal.suggestion.as_deref(), Some(name), "row {row}: {raw}");
            }
            (_, found) => panic!("row {row}: {raw:?} gave {found:?}"),
        }
    }
}

/// `runbook sql option-a` for that user.
fn option_a(user: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_runbook"));
    command.args(["sql", "option-a", "--database", "app_db", "--db-user", user]);
    command.output().expect("the program runs")
}

#[test]
fn every_row_through_the_command_line() {
    for (row, raw, token, expected) in table() {
        if raw.contains('\0') {
            continue; // No argument of a program can hold it; the library refuses it, as the other test says.
        }
        let ran = option_a(&raw);
        let (out, err) = (String::from_utf8(ran.stdout).expect("UTF-8"), String::from_utf8(ran.stderr).expect("UTF-8"));
        let code = ran.status.code().expect("no signal");
        match expected {
            Accept(warnings) => {
                assert_eq!(code, 0, "row {row}: {raw}: {err}");
                let token = if token.is_empty() { format!("\"{raw}\"") } else { token.to_owned() };
                assert!(out.contains(&format!("  GRANT ALL ON SCHEMA public TO {token};\n")), "row {row}: {out}");
                assert_eq!(err.is_empty(), warnings.is_empty(), "row {row}: {raw}: {err}");
                assert!(warnings.iter().all(|warning| err.contains(warning.text())), "row {row}: {raw}: {err}");
            }
            Refuse(reason) | Suggest(reason, _) => {
                assert_eq!((code, out.as_str()), (2, ""), "row {row}: {raw}: {err}");
                let refusal = Ident::role(&raw).expect_err("refused");
                assert_eq!(refusal.reason.id(), reason, "row {row}");
                assert!(err.contains(&refusal.reason.text(NameKind::Role)), "row {row}: {raw}: {err}");
                let suggested = match expected {
                    Suggest(_, name) => Some(name),
                    _ => None,
                };
                assert_eq!(err.contains("Type this instead: "), suggested.is_some(), "row {row}: {raw}: {err}");
                assert!(
                    suggested.is_none_or(|name| err.ends_with(&format!("Type this instead: {name}\n"))),
                    "row {row}: {err}"
                );
                assert!(!err.contains("s3cret") && !err.contains("ss@h"), "row {row}: {err}");
            }
        }
    }
}

#[test]
fn a_suggestion_is_accepted_as_it_is() {
    for (row, raw, _, expected) in table() {
        let Suggest(reason, name) = expected else { continue };
        assert_eq!(option_a(name).status.code(), Some(0), "row {row}: {raw}");
        assert_ne!(reason, Reason::Empty.id(), "row {row}: nothing follows from nothing");
    }
}
