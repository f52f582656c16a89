//! Code that a stranger left in the database: no text calls it, neither whole nor one statement alone, as graphical tools send them.
//!
//! Planted are a twin of every built-in function, operator, table and type, in schemas that a manipulated `search_path` names first;
//! better matches for what PostgreSQL would convert, in `public` (`planted/shadows.sql`); and tables that run code when somebody only
//! counts their rows (`planted/tables.sql`). Each says `FIRED`. Event triggers fire with every change, whatever a text does about it:
//! the reading texts name them.
use super::databases::{FILL, database, role, text};
use super::psql::{How, Ran, must, pasted};
use super::reference::python;
use super::server::server;
use runbook::engine::sql::{Edition, Extensions, Ident, Risk};
use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Stdio;
use std::sync::OnceLock;

/// Owns the database, and is no superuser.
const OPERATOR: &str = "planted_operator";
const STRANGER: &str = "planted_stranger";

/// How the operator's session finds names: by the path that somebody set for the role or the database, or by PostgreSQL's own.
const PATHS: [(&str, &str); 3] = [
    ("planted", "-c search_path=planted,pg_catalog"),
    ("planted_types", "-c search_path=planted_types,pg_catalog"),
    ("public", ""),
];

/// The database that copies are made of.
fn template() -> &'static str {
    static TEMPLATE: OnceLock<String> = OnceLock::new();
    TEMPLATE.get_or_init(|| {
        let operator = role(OPERATOR);
        role(STRANGER);
        let name = database("planted", &operator);
        must(&operator, &name, FILL);
        must(
            "postgres",
            &name,
            "GRANT ALL ON SCHEMA public TO PUBLIC; GRANT CREATE ON DATABASE planted TO planted_stranger",
        );
        must("postgres", &name, include_str!("planted/shadows.sql"));
        must("postgres", &name, include_str!("planted/tables.sql"));
        name
    })
}

/// A new copy under that name, as the text needs it.
fn copy(name: &str, edition: Option<Edition>) {
    must("postgres", "postgres", &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
    must("postgres", "postgres", &format!("CREATE DATABASE {name} TEMPLATE {} OWNER {OPERATOR}", template()));
    if edition == Some(Edition::UndoMoveAside) {
        must("postgres", name, "CREATE SCHEMA public_broken_1 AUTHORIZATION planted_operator");
    }
}

fn run_as_operator(database: &str, options: &str, sql: &str, how: How) -> Ran {
    let mut command = server().psql(OPERATOR, database);
    command.env("PGOPTIONS", options);
    server().send(command, sql, how)
}

/// The same of statements one after the other, whether they fail or not. As a file: what is pasted may say more than a pipe holds.
fn run_each(database: &str, options: &str, statements: &[String]) -> Ran {
    let mut command = server().psql(OPERATOR, database);
    let file = server().dir.join(format!("{database}.sql"));
    fs::write(&file, statements.join(";\n") + ";\n").expect("write the file");
    command.env("PGOPTIONS", options).arg("-f").arg(file);
    pasted(command, "")
}

/// What ran that should not have.
fn fired(ran: &Ran) -> Vec<String> {
    let is_sign = |line: &&str| line.contains("FIRED ") || line.contains("has no handler");
    ran.err.split('\n').filter(is_sign).map(str::to_owned).collect()
}

/// Every text for that database; none is the one that creates extensions again.
fn texts(database: &str) -> Vec<(Option<Edition>, String)> {
    let editions = Edition::ALL.map(|edition| (Some(edition), text(edition, OPERATOR, database)));
    let ident = Ident::database(database).expect("acceptable").ident;
    let extensions = Extensions::of(["citext"].into_iter(), [].into_iter()).compose(&ident).expect("something");
    editions.into_iter().chain([(None, extensions.sql)]).collect()
}

/// The statements of each text.
fn parts(texts: &[&str]) -> Vec<Vec<String>> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/python/parts.py");
    let mut child = python().arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("Python runs");
    let lines: String = texts.iter().map(|sql| serde_json::json!(sql).to_string() + "\n").collect();
    child.stdin.take().expect("piped").write_all(lines.as_bytes()).expect("Python reads");
    let output = child.wait_with_output().expect("Python ends");
    assert!(output.status.success(), "the parser's program fails");
    let cut = String::from_utf8(output.stdout).expect("UTF-8");
    cut.trim_end().split('\n').map(|line| serde_json::from_str(line).expect("a list")).collect()
}

/// All that one path is tried with, on a database of its own.
struct Matrix {
    path: &'static str,
    options: &'static str,
    database: String,
    n_cells: usize,
    faults: Vec<String>,
}

impl Matrix {
    fn run(path: &'static str, options: &'static str) -> Self {
        let database = format!("planted_for_{path}");
        let mut matrix = Self { path, options, database, n_cells: 0, faults: Vec::new() };
        let texts = texts(&matrix.database);
        let all: Vec<&str> = texts.iter().map(|(_, sql)| sql.as_str()).collect();
        for ((edition, sql), parts) in texts.iter().zip(parts(&all)) {
            matrix.text(*edition, sql, &parts);
        }
        matrix
    }

    fn text(&mut self, edition: Option<Edition>, sql: &str, parts: &[String]) {
        let reads = edition.is_some_and(|edition| edition.risk() == Risk::None);
        let name = edition.map_or("extensions", Edition::id);
        let mut said = String::new();
        copy(&self.database, edition);
        for how in [How::File, How::OneString] {
            let ran = run_as_operator(&self.database, self.options, sql, how);
            self.cell(&format!("{name}, whole, {how:?}"), &ran);
            self.check(ran.is_clean(), || format!("{name}, whole, {how:?}: {}", ran.err));
            said = ran.out;
            if !reads {
                copy(&self.database, edition);
            }
        }
        for part in parts {
            let first = part.split('\n').find(|line| !line.starts_with("--")).unwrap_or_default();
            let begins_with = |words: &[&str]| words.iter().any(|word| first.starts_with(word));
            let ran = run_as_operator(&self.database, self.options, part, How::OneString);
            self.cell(&format!("{name}, {first}"), &ran);
            // What reads tells the same alone.
            let same = !reads || !begins_with(&["SELECT", "WITH"]) || said.contains(&ran.out);
            self.check(same, || format!("{name}, {first}: not as in the whole: {}{}", ran.out, ran.err));
            if !reads && !begins_with(&["BEGIN", "SET", "COMMIT", "SELECT", "WITH"]) {
                copy(&self.database, edition);
            }
        }
        if reads {
            let backwards: Vec<String> = parts.iter().rev().cloned().collect();
            let ran = run_each(&self.database, self.options, &backwards);
            self.cell(&format!("{name}, backwards"), &ran);
        }
    }

    /// Nothing of the stranger's ran.
    fn cell(&mut self, what: &str, ran: &Ran) {
        self.n_cells += 1;
        let fired = fired(ran);
        self.check(fired.is_empty(), || {
            let each: BTreeSet<&str> = fired.iter().filter_map(|line| Some(line.split_once(":  ")?.1)).collect();
            format!("{what}: {} calls, {} different: {each:?}", fired.len(), each.len())
        });
    }

    fn check(&mut self, holds: bool, fault: impl FnOnce() -> String) {
        if !holds {
            let fault = fault();
            self.faults.push(format!("{}: {}", self.path, fault.chars().take(600).collect::<String>()));
        }
    }
}

#[test]
#[ignore = "needs PostgreSQL servers: ./x test runs it"]
fn no_text_runs_what_a_stranger_planted() {
    template();
    let all: Vec<Matrix> = std::thread::scope(|scope| {
        let paths: Vec<_> = PATHS.iter().map(|(path, options)| scope.spawn(|| Matrix::run(path, options))).collect();
        paths.into_iter().map(|path| path.join().expect("no panic")).collect()
    });
    let n_cells: usize = all.iter().map(|matrix| matrix.n_cells).sum();
    let faults: Vec<&str> = all.iter().flat_map(|matrix| &matrix.faults).map(String::as_str).collect();
    assert!(faults.is_empty(), "{} faults in {n_cells} cells:\n{}", faults.len(), faults.join("\n"));
    assert!(n_cells > 100, "{n_cells} cells");
}

#[test]
#[ignore = "needs PostgreSQL servers: ./x test runs it"]
fn all_that_is_planted_fires_when_it_is_called_plainly() {
    let name = "planted_to_fire";
    copy(name, None);
    let list = must("postgres", name, "SELECT json_build_array(path, call, what) FROM planted.all_of_it");
    let plants: Vec<[String; 3]> = list.split('\n').map(|line| serde_json::from_str(line).expect("a list")).collect();
    let mut silent = Vec::new();
    for (path, options) in PATHS.into_iter().chain([("any", "")]) {
        let mine: Vec<_> = plants.iter().filter(|plant| plant[0] == path).collect();
        let ran = run_each(name, options, &mine.iter().map(|plant| plant[1].clone()).collect::<Vec<_>>());
        let signs = fired(&ran);
        let said: BTreeSet<&str> = signs.iter().filter_map(|line| Some(line.split_once("FIRED ")?.1)).collect();
        // What reads a foreign table fails, because its wrapper has no code.
        let (foreign, own): (Vec<&str>, Vec<&str>) =
            mine.iter().map(|plant| plant[2].as_str()).partition(|what| what.starts_with("foreign "));
        silent.extend(own.into_iter().filter(|what| !said.contains(what)));
        assert_eq!(signs.iter().filter(|line| line.contains("has no handler")).count(), foreign.len(), "{path}");
    }
    assert!(silent.is_empty(), "{} of {} are silent: {silent:?}", silent.len(), plants.len());
    assert!(plants.len() > 4000, "{}", plants.len());
}

#[test]
#[ignore = "needs PostgreSQL servers: ./x test runs it"]
fn what_would_run_code_is_listed_and_not_read() {
    let name = "planted_to_list";
    copy(name, None);
    for (path, options) in PATHS {
        let ran = run_as_operator(name, options, &text(Edition::State, OPERATOR, name), How::File);
        let has = |line: &str| assert!(ran.out.split('\n').any(|found| found == line), "{path}: {line} in {}", ran.out);
        has("public|users|planted_operator||3");
        has("public|{001}");
        for (table, reason) in [
            ("view", "view"),
            ("policy", "row security"),
            ("index", "an index calls a function"),
            ("partial index", "an index calls a function"),
            ("index with an operator", "an index calls a function"),
            ("exclusion", "an index calls a function"),
            ("partition key", "its rows are in its partitions"),
            ("foreign table", "foreign table"),
            ("foreign partition", "its rows are in its partitions"),
        ] {
            has(&format!("public|{table}|planted_stranger|{reason}|"));
            has(&format!("{table}|not read: {reason}"));
        }
        // Its own rows are read, those of its foreign child are not.
        has("public|foreign child|planted_stranger||0");
        has("foreign child|of public|planted_stranger|foreign table|");
    }
}

#[test]
#[ignore = "needs PostgreSQL servers: ./x test runs it"]
fn event_triggers_of_others_are_named_by_what_only_reads() {
    let name = "planted_to_name";
    copy(name, None);
    must("postgres", name, include_str!("planted/event_triggers.sql"));
    for edition in [Edition::State, Edition::Verify] {
        for how in [How::File, How::OneString] {
            let ran = run_as_operator(name, "", &text(edition, OPERATOR, name), how);
            assert!(ran.is_clean() && fired(&ran).is_empty(), "{edition:?}: {}", ran.err);
            for line in ["at_drop|sql_drop", "at_end|ddl_command_end", "at_start|ddl_command_start"] {
                let named = format!("{line}|postgres|planted.on_change()|{STRANGER}\n");
                assert!(ran.out.contains(&named), "{edition:?}: {named} in {}", ran.out);
            }
            assert!(!ran.out.contains("switched_off"), "{}", ran.out);
        }
    }
    // Nothing keeps them from firing.
    let ran = run_as_operator(name, "", &text(Edition::OptionA, OPERATOR, name), How::File);
    assert!(ran.is_clean(), "{}", ran.err);
    for event in ["ddl_command_start", "ddl_command_end", "sql_drop"] {
        assert!(ran.err.contains(&format!("FIRED event trigger at {event}")), "{event}: {}", ran.err);
    }
}
