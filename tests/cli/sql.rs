//! `runbook sql`: nothing but SQL, with guards, and never a password.

use crate::run::{PASSWORD, check_misuse, run, run_with};

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
