//! `runbook plan`: the steps of an outcome as data, for a program that carries them out literally.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use runbook::embedded;
use runbook::engine::plan::steps;
use serde::{Deserialize, Serialize};
use serde_json::Value;

// ---- helpers ----

const LOG: &str = "tests/logs/lab/create_all_before_history.psycopg2.sa20.pg17.log";

/// The interface's object: another key, order or spacing gives other bytes.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Object {
    outcome: Outcome,
    steps: Vec<Step>,
    contradiction: Option<Value>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Outcome {
    id: String,
    risk: String,
    title: String,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Step {
    id: String,
    title: String,
    place: String,
    kind: String,
    shell: Option<String>,
    text: Option<String>,
    script: Option<String>,
    needs: Vec<String>,
    expect: Option<String>,
    verify: Option<String>,
    undo: Option<String>,
    risk: String,
    r#as: Option<String>,
    reads: bool,
    conditional: Option<String>,
    phase: String,
    act: Option<Act>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Act {
    name: String,
    target: Option<String>,
    value: Option<String>,
}

struct Ran {
    code: i32,
    out: String,
    err: String,
}

fn plan(arguments: &[&str]) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_runbook"));
    let output = command.current_dir(env!("CARGO_MANIFEST_DIR")).arg("plan").args(arguments).output().expect("it runs");
    Ran {
        code: output.status.code().expect("an exit code"),
        out: String::from_utf8(output.stdout).expect("UTF-8"),
        err: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

/// The object of a plan, in exactly the contract's form.
fn object(arguments: &[&str]) -> Object {
    let mut all = vec!["--format", "json"];
    all.extend(arguments);
    let ran = plan(&all);
    assert_eq!(ran.code, 0, "{all:?}: {}", ran.err);
    let object: Object = serde_json::from_str(&ran.out).expect("the contract's object");
    assert_eq!(serde_json::to_string(&object).expect("JSON") + "\n", ran.out);
    object
}

const NAMES: [&str; 6] = ["--db-user", "shop_user", "--database", "shop", "--set", "host=db.example.com"];

/// Option A behind its gates, with every name given.
fn option_a() -> Object {
    let mut arguments = vec!["--answer", "data=disposable", "--answer", "right-database=confirmed"];
    arguments.extend(TO_OPTION_A);
    arguments.extend(NAMES);
    arguments.push(LOG);
    object(&arguments)
}

/// What else is answered on the way to Option A.
const TO_OPTION_A: [&str; 2] = ["--answer", "tables-match=differ"];

fn step<'o>(object: &'o Object, id: &str) -> &'o Step {
    object.steps.iter().find(|step| step.id == id).unwrap_or_else(|| panic!("no step {id}"))
}

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("plan").join(name);
    fs::create_dir_all(&folder).expect("a folder");
    folder
}

// ---- what it says ----

#[test]
fn an_open_question_is_exit_1_and_nothing_else() {
    for format in ["text", "json"] {
        let ran = plan(&["--format", format, LOG]);
        assert_eq!((ran.code, ran.out.as_str()), (1, ""));
        assert!(ran.err.contains("--answer ") && ran.err.contains('='), "{}", ran.err);
    }
}

#[test]
fn option_a_is_data_that_can_be_carried_out() {
    let plan = option_a();
    assert_eq!((plan.outcome.id.as_str(), plan.outcome.risk.as_str()), ("option-a", "destructive"));
    let saved = step(&plan, "sql");
    assert_eq!((saved.kind.as_str(), saved.script.as_deref(), saved.reads), ("manual", Some("option-a"), false));
    let act = saved.act.as_ref().expect("it is saved");
    assert_eq!((act.name.as_str(), act.target.as_deref()), ("edit", Some("option-a-shop.sql")));
    assert_eq!(act.value, saved.text);
    assert!(saved.text.as_deref().is_some_and(|sql| sql.contains("TO \"shop_user\";")));
    let run = step(&plan, "run-sql");
    assert_eq!((run.kind.as_str(), run.shell.as_deref(), run.script.as_deref()), ("command", Some("sh"), Some("option-a")));
    assert!(run.reads && run.needs == ["writers-stopped", "migrations-build", "data-safe"]);
    assert_eq!(
        run.text.as_deref(),
        Some("psql -X -v ON_ERROR_STOP=1 -f option-a-shop.sql -d 'postgresql://shop_user@db.example.com/shop?sslmode=require'")
    );
    let stop = step(&plan, "writers-stopped");
    assert_eq!(stop.act.as_ref().map(|act| act.name.as_str()), Some("suspend"));
}

#[test]
fn every_step_can_be_carried_out_or_only_looks() {
    for (outcome, groups) in &embedded::LATER.get().expect("native programs hold it").steps {
        let data = embedded::reference().step_data.get(outcome).expect("data of every outcome");
        let ids: BTreeSet<&str> = steps(groups).map(|step| step.id.as_str()).collect();
        assert_eq!(ids, data.keys().map(String::as_str).collect(), "{outcome}");
    }
}

#[test]
fn a_text_with_a_missing_name_is_not_handed_over() {
    let mut arguments = vec!["--format", "json", "--answer", "data=disposable", "--answer", "right-database=confirmed"];
    arguments.extend(TO_OPTION_A);
    arguments.push(LOG);
    let ran = plan(&arguments);
    let object: Object = serde_json::from_str(&ran.out).expect("the object");
    assert_eq!(ran.code, 0);
    for id in ["dump", "rehearsal", "sql", "run-sql"] {
        assert_eq!(step(&object, id).text, None, "{id}");
    }
    assert_eq!(step(&object, "sql").act.as_ref().expect("saved").value, None);
    for flag in ["--db-user NAME", "--database NAME", "--set host=VALUE"] {
        assert!(ran.err.contains(flag), "{}", ran.err);
    }
}

#[test]
fn text_holds_every_step_and_every_script_once() {
    let mut arguments = vec!["--answer", "data=disposable", "--answer", "right-database=confirmed"];
    arguments.extend(TO_OPTION_A);
    arguments.extend(NAMES);
    arguments.push(LOG);
    let text = plan(&arguments).out;
    for step in option_a().steps.iter().filter(|step| !step.title.contains("xtension")) {
        assert!(text.contains(&step.title), "{}", step.title);
    }
    assert_eq!(text.matches("\nSQL `state`\n").count(), 1);
    assert_eq!(text.matches("DROP SCHEMA IF EXISTS public CASCADE").count(), 2, "the script and its rehearsal");
}

// ---- what steps printed ----

#[test]
fn what_a_server_refused_changes_the_outcome() {
    let refused = folder("refused").join("printed.txt");
    fs::write(&refused, "psql:option-a.sql:27: ERROR:  STOP: app does not own schema public\n").expect("written");
    let output = format!("run-sql={}", refused.display());
    let mut arguments = vec!["--format", "json", "--answer", "data=disposable", "--answer", "right-database=confirmed"];
    arguments.extend(TO_OPTION_A);
    arguments.extend(NAMES);
    arguments.extend(["--output", output.as_str(), LOG]);
    let ran = plan(&arguments);
    assert_eq!(ran.code, 1, "{}", ran.out);
    assert!(ran.err.contains("--answer ownership="), "{}", ran.err);
}

#[test]
fn what_a_server_says_fills_names_in() {
    let said = fs::read_to_string("tests/answers/pg15/state.aligned.txt").expect("a recording");
    let file = folder("state").join("state.txt");
    fs::write(&file, said).expect("written");
    let output = format!("state={}", file.display());
    let mut arguments = vec!["--answer", "data=disposable", "--answer", "right-database=confirmed"];
    arguments.extend(TO_OPTION_A);
    arguments.extend(["--output", output.as_str(), LOG]);
    let plan = object(&arguments);
    assert!(step(&plan, "sql").text.is_some());
    assert!(plan.steps.iter().all(|step| step.id != "extensions"), "none is in that schema");
}

#[test]
fn misuse_is_said() {
    for (arguments, says) in [
        (vec!["--output", "stat=x", LOG], "stat"),
        (vec!["--output", "state=/no/such/file", LOG], "/no/such/file"),
        (vec!["--set", "nonsense=1", "--answer", "data=needed", "--answer", "tables-match=match", LOG], "nonsense"),
        (vec!["--answer", "data=maybe", LOG], "data"),
        (vec!["--format", "yaml", LOG], "yaml"),
        (vec!["/no/such/log"], "/no/such/log"),
    ] {
        let ran = plan(&arguments);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{arguments:?}");
        assert!(ran.err.contains(says), "{}", ran.err);
    }
}
