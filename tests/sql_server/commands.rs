//! The commands of the plans, filled in with awkward names and run by `sh` as a reader runs them.
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use super::databases::{FILL, database, role, text, version};
use super::psql::must;
use super::server::server;
use runbook::embedded;
use runbook::engine::page::{Block, Code, Value, Values, fill_code};
use runbook::engine::sql::{Edition, Ident};

/// The code of a step.
fn code(outcome: &str, step: &str) -> &'static Code {
    let steps = embedded::LATER.get().expect("here").steps(outcome);
    let step = steps.iter().flat_map(|group| &group.steps).find(|one| one.id == step).expect("the step");
    step.does.iter().find_map(|block| if let Block::Code(code) = block { Some(code) } else { None }).expect("code")
}

/// The reader's values, by a server that is reached over its socket.
fn values(user: &str, name: &str) -> Values {
    let way = embedded::catalogue().outcome("option-a").expect("there");
    let mut values = Values::unfilled(&way.placeholders);
    values.set("db_user", Value::ident(&Ident::role(user).expect("accepted").ident));
    values.set("database", Value::ident(&Ident::database(name).expect("accepted").ident));
    values.set("host", Value::text(&server().dir.display().to_string()).expect("one line"));
    values
}

/// Runs a step's command in a folder of its own; tools that get no connection use the reader's own server.
fn sh(folder: &Path, outcome: &str, step: &str, values: &Values) -> Output {
    let script = fill_code(code(outcome, step), values);
    let mut command = Command::new("sh");
    command.args(["-c", &script]).current_dir(folder).env("PGHOST", &server().dir).env("PGUSER", "postgres");
    command.output().expect("sh runs")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("runbook-commands-{}-{name}", std::process::id()));
    fs::create_dir_all(&folder).expect("made");
    folder
}

/// The major version of the `pg_dump` that `sh` finds.
fn pg_dump_version() -> u32 {
    let output = Command::new("pg_dump").arg("--version").output().expect("pg_dump is on the PATH");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let number = said.split_whitespace().find_map(|word| word.split('.').next()?.parse().ok());
    number.unwrap_or_else(|| panic!("no version in {said}"))
}

#[test]
#[ignore = "needs PostgreSQL servers: ./x test runs it"]
fn a_backup_is_made_read_to_its_end_and_restored() {
    let folder = folder("backup");
    let user = role("o'brien $HOME `id` 50%");
    let name = database("caf\u{e9} \"db\" $(x) = %41", &user);
    must(&user, &name, FILL);
    let values = values(&user, &name);
    let looked = sh(&folder, "back-up-first", "version", &values);
    assert!(looked.status.success() && said(&looked).contains(&format!("\n {}.", version())), "{}", said(&looked));
    let dumped = sh(&folder, "back-up-first", "dump", &values);
    if pg_dump_version() < version() {
        // What the plan says of an older pg_dump: it stops, and leaves nothing to take for a backup.
        assert!(!dumped.status.success() && said(&dumped).contains("server version mismatch"), "{}", said(&dumped));
        assert_eq!(fs::metadata(folder.join("before.dump")).map_or(0, |file| file.len()), 0);
        return fs::remove_dir_all(&folder).expect("removed");
    }
    assert_eq!((dumped.status.success(), said(&dumped).as_str()), (true, ""));
    let whole = sh(&folder, "back-up-first", "dump-is-whole", &values);
    assert!(whole.status.success() && said(&whole).ends_with("readable to the end\n"), "{}", said(&whole));
    let restored = sh(&folder, "back-up-first", "restore", &values);
    assert_eq!((restored.status.success(), said(&restored).as_str()), (true, ""));
    let rows = "SELECT count(*) FROM public.users";
    assert_eq!(must("postgres", "scratch", rows), must("postgres", &name, rows));
    // A file that was cut short is not taken for a backup.
    let file = folder.join("before.dump");
    let bytes = fs::read(&file).expect("the dump");
    fs::write(&file, bytes.get(..bytes.len() - 200).expect("long enough")).expect("written");
    let cut = sh(&folder, "back-up-first", "dump-is-whole", &values);
    assert!(!cut.status.success() && !said(&cut).contains("readable to the end"), "{}", said(&cut));
    fs::remove_dir_all(&folder).expect("removed");
}

#[test]
#[ignore = "needs PostgreSQL servers: ./x test runs it"]
fn option_a_is_run_with_the_plans_own_command() {
    let folder = folder("option-a");
    let user = role("semi;colon & 'x' \\ user");
    let name = database("host=x dbname=y", &user);
    must(&user, &name, FILL);
    let values = values(&user, &name);
    let tables = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'";
    let write = |database: &str| {
        fs::write(folder.join(Edition::OptionA.file_name(Some(&name))), text(Edition::OptionA, &user, database))
            .expect("written");
    };
    let before = must("postgres", &name, tables);
    write("another");
    let refused = sh(&folder, "option-a", "run-sql", &values);
    assert_eq!(refused.status.code(), Some(3), "{}", said(&refused));
    assert_eq!(must("postgres", &name, tables), before);
    write(&name);
    let ran = sh(&folder, "option-a", "run-sql", &values);
    assert!(ran.status.success() && ran.stdout.ends_with(b"\nCOMMIT\n"), "{}", said(&ran));
    assert_eq!((before != "0", must("postgres", &name, tables).as_str()), (true, "0"));
    fs::remove_dir_all(&folder).expect("removed");
}
