//! `runbook plan`: the steps of an outcome as data, for a program that carries them out literally.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use runbook::embedded;
use runbook::engine::page::{Values, plain};
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
    assert_eq!(
        (run.kind.as_str(), run.shell.as_deref(), run.script.as_deref()),
        ("command", Some("sh"), Some("option-a"))
    );
    assert!(run.reads && run.needs == ["writers-stopped", "migrations-build", "data-safe"]);
    assert_eq!(
        run.text.as_deref(),
        Some(
            "psql -X -v ON_ERROR_STOP=1 -f option-a-shop.sql -d 'postgresql://shop_user@db.example.com/shop?sslmode=require'"
        )
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
fn a_step_has_the_id_its_author_wrote_and_a_title_without_it() {
    for (outcome, groups) in &embedded::LATER.get().expect("native programs hold it").steps {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("content/outcomes/{outcome}.md"));
        let written = fs::read_to_string(file).expect("the outcome's file");
        for step in steps(groups) {
            assert!(
                written.contains(&format!("{{#{}}}", step.id)) || written.contains(&format!("{{#{} ", step.id)),
                "{outcome}: {}",
                step.id
            );
            let title = plain(&step.title, &Values::default());
            assert!(!title.contains("{#") && !title.contains('"'), "{outcome}: {title}");
        }
    }
}

#[test]
fn a_text_prints_where_it_is_run_not_where_it_is_saved() {
    let later = embedded::LATER.get().expect("native programs hold it");
    let runs = |outcome: &str| -> Vec<(&str, &str)> {
        let groups = later.steps(outcome);
        steps(groups).filter_map(|step| Some((step.id.as_str(), step.runs.as_deref()?))).collect()
    };
    assert_eq!(
        runs("move-aside"),
        [("state", "state"), ("run-sql", "move-aside"), ("undo", "undo-move-aside"), ("verify", "verify")]
    );
    let option_a = runs("option-a");
    assert!(
        option_a.contains(&("run-sql", "option-a")) && !option_a.iter().any(|(id, _)| *id == "sql"),
        "{option_a:?}"
    );
    for outcome in later.steps.keys() {
        let editions: Vec<&str> = runs(outcome).into_iter().map(|(_, edition)| edition).collect();
        let once: BTreeSet<&str> = editions.iter().copied().filter(|edition| *edition != "state").collect();
        let all = editions.iter().filter(|edition| **edition != "state").count();
        assert_eq!(once.len(), all, "{outcome}: one step for each text that changes something: {editions:?}");
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

/// A log in which a later migration meets something, and the answers with which its tables are too far apart.
const LATER: &str = "tests/logs/recorded/duplicate_column.psycopg2.log";
const FAR_APART: [&str; 4] = ["--answer", "made-by=by-hand", "--answer", "tables-match=differ"];
const GATES: [&str; 4] = ["--answer", "data=disposable", "--answer", "right-database=confirmed"];

/// A file with what a step printed, as the value of `--output`.
fn output(step: &str, recording: &str) -> String {
    format!("{step}=tests/answers/{recording}")
}

#[test]
fn what_a_server_says_fills_names_in() {
    let state = output("state", "pg15/state.aligned.txt");
    let stand_by = ["--set", "stand-by=true911_prod_db", "--set", "stand-by=true911_prod_db_user"];
    let plan = object(&[&FAR_APART[..], &GATES, &stand_by, &["--set", "host=h", "--output", &state, LATER]].concat());
    assert!(step(&plan, "sql").text.is_some());
    let again = step(&plan, "extensions");
    assert!(again.text.as_deref().is_some_and(|text| text.contains("extensions.sql")), "{:?}", again.text);
    let sql = again.act.as_ref().and_then(|act| act.value.as_deref()).expect("its SQL is saved");
    assert!(sql.contains("CREATE EXTENSION"), "{sql}");
    let before = |id: &str| plan.steps.iter().position(|step| step.id == id).expect("a step");
    assert!(before("run-sql") < before("extensions") && before("extensions") < before("resume"));
}

#[test]
fn a_comparison_decides_and_fills_the_route_in() {
    for (recording, outcome, id, text) in [
        ("match", "stamp", "stamp", "alembic stamp --purge -- 006"),
        ("older", "stamp", "stamp", "alembic stamp --purge -- 004"),
        ("mixture", "catch-up", "route", "'stamp:002 upgrade:003 stamp:004 upgrade:005 stamp:006'"),
    ] {
        let printed = output("compare", &format!("compare/{recording}.txt"));
        let plan = object(&["--answer", "tables-match=not-sure", "--output", &printed, LOG]);
        assert_eq!(plan.outcome.id, outcome);
        assert!(step(&plan, id).text.as_deref().is_some_and(|found| found.contains(text)), "{recording}");
    }
    let printed = output("compare", "compare/apart.txt");
    let ran = plan(&["--answer", "tables-match=not-sure", "--output", &printed, LOG]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("--answer data="), "the data is asked about only now: {}", ran.err);
}

#[test]
fn a_step_of_another_error_is_left_out_and_its_own_needs_no_condition() {
    let names = [&NAMES[..], &["--answer", "made-by=earlier-try", LATER]].concat();
    let plan = object(&names);
    let column = step(&plan, "column");
    assert_eq!(column.conditional, None);
    let sql = column.text.as_deref().expect("the log names both");
    assert!(
        sql.contains("ALTER TABLE \"users\" DROP COLUMN \"last_seen\";") && sql.contains("the_column_is_empty"),
        "{sql}"
    );
    assert!(plan.steps.iter().all(|step| step.id != "type" && step.id != "extension"));
}

#[test]
fn every_plan_reaches_its_end_in_few_steps() {
    for (outcome, groups) in &embedded::LATER.get().expect("native programs hold it").steps {
        let data = embedded::reference().step_data.get(outcome).expect("data of every outcome");
        let counted = |step: &&runbook::engine::plan::Step| {
            step.only.is_none() && data.get(&step.id).is_some_and(|data| data.when.is_none())
        };
        let all =
            groups.iter().filter(|group| group.id != "prevent").flat_map(|group| &group.steps).filter(counted).count();
        let most = match outcome.as_str() {
            "move-aside" => 16,
            "option-a" | "option-b" => 20,
            _ => 14,
        };
        assert!(all <= most, "{outcome}: {all} steps");
    }
}

// ---- contradictions ----

#[test]
fn a_log_at_the_beginning_and_a_version_stop_the_plan() {
    let state = output("state", "pg15/state.aligned.txt");
    let ran = plan(&["--format", "json", "--answer", "tables-match=match", "--output", &state, LOG]);
    let object: Object = serde_json::from_str(&ran.out).expect("the object");
    assert!(object.steps.is_empty());
    let found = object.contradiction.expect("both sides").to_string();
    assert!(
        found.contains("\"log\"") && found.contains("\"server\"") && found.contains("alembic_version holds"),
        "{found}"
    );
    let text = plan(&["--answer", "tables-match=match", "--output", &state, LOG]).out;
    assert!(text.starts_with("Stop: ") && text.contains("the log: ") && text.contains("the server: "), "{text}");
}

#[test]
fn a_name_that_speaks_of_production_is_typed_again() {
    let names = ["--db-user", "shop", "--database", "shop_prod", "--set", "host=h", "--answer", "tables-match=differ"];
    let stopped = object(&[&names[..], &GATES, &[LOG]].concat());
    assert!(stopped.steps.is_empty() && stopped.contradiction.is_some());
    let other = object(&[&names[..], &GATES, &["--set", "stand-by=shop", LOG]].concat());
    assert!(other.contradiction.is_some(), "another name settles nothing");
    let settled = object(&[&names[..], &GATES, &["--set", "stand-by=shop_prod", LOG]].concat());
    assert!(settled.contradiction.is_none() && step(&settled, "sql").text.is_some());
}

#[test]
fn a_server_of_another_database_stops_the_plan() {
    let state = output("state", "compare/empty.txt");
    let stopped = object(&["--database", "shop", "--answer", "made-by=not-sure", "--output", &state, LATER]);
    let found = stopped.contradiction.expect("another database").to_string();
    assert!(found.contains("shop") && found.contains("parcels"), "{found}");
}

/// A file with the log and a line above it that says which database it is about.
fn log_about(database: &str) -> String {
    let file = folder("logs").join([database, ".log"].concat());
    let address = format!("DATABASE_URL=postgresql://shop_user:x@db.example.com/{database}\n");
    let log = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(LOG)).expect("the log");
    fs::write(&file, address + &log).expect("written");
    file.display().to_string()
}

#[test]
fn a_log_about_one_database_deletes_nothing_in_another() {
    let log = log_about("shop_a");
    let names = ["--db-user", "shop_user", "--set", "host=h", "--set", "stand-by=shop_b"];
    let of = |database| object(&[&TO_OPTION_A[..], &GATES, &names, &["--database", database, &log]].concat());
    let stopped = of("shop_b");
    let found = stopped.contradiction.expect("two databases").to_string();
    assert!(stopped.steps.is_empty() && found.contains("shop_a") && found.contains("shop_b"), "{found}");
    assert!(step(&of("shop_a"), "sql").text.is_some());
}

#[test]
fn a_backup_is_restored_into_a_database_with_another_name() {
    let log = log_about("shop_a").replace(".log", "-gone.log");
    let gone = fs::read_to_string("tests/logs/lab-render/application_starts_without_its_table.psycopg2.sa20.pg17.log");
    fs::write(&log, "DATABASE_URL=postgresql://u:x@h/shop_a\n".to_owned() + &gone.expect("the log")).expect("written");
    let printed = output("state", "pg15/state.aligned.txt");
    let answers = ["--answer", "table-was-there=many-deleted", "--set", "host=h", "--db-user", "u"];
    let plan = object(&[&answers[..], &["--database", "true911_prod_db", "--output", &printed, &log]].concat());
    assert_eq!(plan.outcome.id, "restore-backup");
    assert!(plan.contradiction.is_none(), "{:?}", plan.contradiction);
}

#[test]
fn outputs_of_two_databases_are_never_put_together() {
    let folder = folder("two");
    let printed = fs::read_to_string("tests/answers/pg15/state.aligned.txt").expect("recorded");
    let files = ["true911_prod_db", "elsewhere_db_15"].map(|name| {
        let file = folder.join(name);
        fs::write(&file, printed.replace("true911_prod_db ", &format!("{name} ")).replace("citext", name))
            .expect("written");
        format!("state={}", file.display())
    });
    let stand_by = ["--set", "stand-by=true911_prod_db", "--set", "stand-by=true911_prod_db_user", "--set", "host=h"];
    let of = |outputs: &[&str], more: &[&str]| {
        object(&[&FAR_APART[..], &GATES, &stand_by, outputs, more, &[LATER]].concat())
    };
    let [one, other] = &files;
    let again = of(&["--output", one], &[]);
    let sql = step(&again, "extensions-file").text.as_deref().expect("its SQL").to_owned();
    assert!(sql.contains("IF NOT EXISTS \"true911_prod_db\" WITH") && !sql.contains("elsewhere"), "{sql}");
    for (first, last) in [(one, other), (other, one)] {
        for more in [&[][..], &["--database", "true911_prod_db"], &["--database", "elsewhere_db_15"]] {
            let stopped = of(&["--output", first, "--output", last], more);
            assert!(stopped.steps.is_empty() && stopped.contradiction.is_some(), "{more:?}");
        }
    }
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
