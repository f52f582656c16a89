//! Deleting is closed by doubt, whatever stands beside a log that calls for it.
//!
//! Properties over what the repository holds: every kind of recorded failure from which deleting may be reached, mixed with an example of
//! every other failure, in both orders. Nothing here names a rule of the engine: what is a failure is what a content file calls one.

#[path = "doubt/material.rs"]
mod material;

use std::collections::BTreeMap;

use runbook::embedded;
use runbook::engine::diagnose::Diagnosis;
use runbook::engine::page::Risk;
use runbook::engine::signature::{Role, Signature};
use runbook::engine::situation::Situation;
use runbook::engine::tree::Answers;

use self::material::{diagnose, examples, is_failure, recorded};

fn deletes_data(diagnosis: &Diagnosis) -> bool {
    let catalogue = embedded::catalogue();
    let reachable = catalogue.advise(diagnosis, &Answers::new()).reachable;
    reachable.iter().filter_map(|id| catalogue.outcome(id)).any(|outcome| outcome.risk == Risk::Destructive)
}

/// One recorded log for each signature that opens a way to deleting.
fn starred() -> BTreeMap<String, &'static str> {
    let mut starred = BTreeMap::new();
    for log in recorded() {
        let diagnosis = diagnose(&log.text);
        if let Some(signature) = diagnosis.signature.clone().filter(|_| deletes_data(&diagnosis)) {
            starred.entry(signature).or_insert(log.text.as_str());
        }
    }
    starred
}

/// Fails with every mixture from which deleting can be reached.
fn never_deletes(mixtures: impl Iterator<Item = (String, String)>, at_least: usize) {
    let mut count = 0;
    let counted = mixtures.inspect(|_| count += 1);
    let open: Vec<String> = counted.filter(|(_, text)| deletes_data(&diagnose(text))).map(|(what, _)| what).collect();
    assert!(count >= at_least, "only {count} mixtures");
    assert!(open.is_empty(), "{} of {count}:\n{}", open.len(), open.join("\n"));
}

#[test]
fn beside_another_failure_nothing_is_deleted() {
    let examples = examples();
    let starred = starred();
    assert!(starred.len() >= 5, "{:?}", starred.keys());
    let mixtures = starred.iter().flat_map(|(decided, log)| {
        let others = examples.iter().filter(move |(other, _)| is_failure(other) && other.id != *decided);
        // What content says follows from the starred error is explained by it.
        let others = others.filter(move |(other, _)| !other.follows(decided));
        others.flat_map(move |(other, example)| {
            let after = (format!("{decided}, then {}", other.id), format!("{log}\n{example}"));
            let before = (format!("{}, then {decided}", other.id), format!("{example}\n{log}"));
            // A check that says no is no failure of the command behind it.
            let is_check = other.situation == Situation::NotUpToDate;
            std::iter::once(after).chain((!is_check).then_some(before))
        })
    });
    never_deletes(mixtures, 500);
}

#[test]
fn after_a_success_nothing_is_deleted() {
    let examples = examples();
    let mixtures = starred().into_iter().flat_map(|(decided, log)| {
        let ends: Vec<_> = examples.iter().filter(|(other, _)| other.role == Role::Success).collect();
        let mixture = move |(other, example): &(&Signature, String)| {
            (format!("{decided}, then {}", other.id), format!("{log}\n{example}"))
        };
        ends.into_iter().map(mixture).collect::<Vec<_>>()
    });
    never_deletes(mixtures, 10);
}

/// Where people and programs quote an error that is not this deploy's.
const QUOTES: [&str; 9] = [
    r#"10.0.0.1 - - [04/Nov/2026:10:00:00 +0000] "GET /health HTTP/1.1" 200 15 "-" "MESSAGE""#,
    r#"INFO:     10.0.0.1:5123 - "GET /?q=MESSAGE HTTP/1.1" 200 OK"#,
    "alice: yesterday I got MESSAGE, what did you do?",
    "> bob wrote: MESSAGE",
    "-- the old script stopped with MESSAGE",
    "# see the wiki: MESSAGE",
    "INSERT INTO notes (body) VALUES ('ERROR: MESSAGE');",
    r#"{"method": "POST", "path": "/tickets", "body": "last week: MESSAGE"}"#,
    "X-Last-Error: MESSAGE",
];

const MESSAGES: [&str; 4] = [
    r#"relation "users" already exists"#,
    r#"relation "users" does not exist"#,
    r#"type "mood" already exists"#,
    "Can't locate revision identified by '9f1c2d3e4a5b'",
];

#[test]
fn what_somebody_quotes_deletes_nothing() {
    let healthy = recorded().iter().find(|log| log.name == "upgrade_ok.asyncpg").or_else(|| recorded().first());
    let healthy = &healthy.expect("a log").text;
    let start = "==> Running 'alembic upgrade head && uvicorn app.main:app'\n";
    let mixtures = QUOTES.iter().flat_map(|quote| MESSAGES.iter().map(|message| quote.replace("MESSAGE", message)));
    let mixtures = mixtures.flat_map(|line| {
        [String::new(), start.to_owned(), healthy.clone()].map(|before| (line.clone(), format!("{before}{line}\n")))
    });
    never_deletes(mixtures, 100);
}

/// A plain failure of a first migration with a line before it.
fn behind(line: &str) -> Diagnosis {
    diagnose(&format!("{line}\n{}", plain(r#"relation "orders" already exists"#)))
}

fn plain(message: &str) -> String {
    format!(
        "INFO  [alembic.runtime.migration] Context impl PostgresqlImpl.\n\
         INFO  [alembic.runtime.migration] Running upgrade  -> 3f9a1c0b72de, first tables\n\
         psycopg2.errors.ProgrammingError: {message}\n"
    )
}

/// An extension's objects go with the schema, and may not come back.
#[test]
fn what_an_extension_made_deletes_nothing() {
    let names =
        ["pg_stat_statements", "pg_buffercache", "hypopg", "spatial_ref_sys", "geometry_columns", "raster_columns"];
    let relations = names
        .iter()
        .flat_map(|name| ["already exists", "does not exist"].map(|is| format!("relation \"{name}\" {is}")));
    let types = ["citext", "hstore", "vector", "geometry"].map(|name| format!("type \"{name}\" already exists"));
    let others = [
        r#"extension "pg_trgm" already exists"#,
        "Erweiterung »pg_trgm« existiert bereits",
        "l'extension « pg_trgm » existe déjà",
        r#"function "uuid_generate_v4" already exists with same argument types"#,
    ];
    let messages = relations.chain(types).chain(others.map(str::to_owned));
    never_deletes(messages.map(|message| (message.clone(), plain(&message))), 20);
    assert!(deletes_data(&diagnose(&plain(r#"relation "orders" already exists"#))), "a table of the app's own");
    assert!(deletes_data(&diagnose(&plain(r#"type "order_state" already exists"#))), "a type of the app's own");
}

/// A schema is named in many places: what is outside `public` closes deleting, `public` itself does not.
#[test]
fn another_schema_deletes_nothing() {
    let ways = [
        "alembic -x schema={} upgrade head",
        "alembic -x tenant={} upgrade head",
        "options=-csearch_path%3D{}&sslmode=require",
        "options='-c search_path={}'",
        "INFO sqlalchemy.engine.Engine SET search_path TO {}",
        "SET SESSION search_path = {}",
        "SET LOCAL search_path to \"{}\", public",
        "SELECT set_config('search_path', '{}', false)",
        "server_settings={'search_path': '{}'}",
        "version_table_schema=\"{}\",",
    ];
    for way in ways {
        assert!(!deletes_data(&behind(&way.replace("{}", "tenant_a"))), "{way}");
        assert!(deletes_data(&behind(&way.replace("{}", "public"))), "{way} with public");
    }
    assert!(!deletes_data(&behind("schema_translate_map={None: \"tenant_a\"}")));
}

/// Products and programs that keep tables in their own way.
#[test]
fn another_program_deletes_nothing() {
    let lines = [
        "File \"/app/backend/open_webui/config.py\", line 53, in run_migrations",
        "prefect.server.database",
        "dagster._core.storage.sql",
        "airflow/utils/db.py",
        "optuna/storages/_rdb/storage.py",
        "ckan db upgrade",
        "RS-DBI driver: (could not run the statement)",
        "LibPQ.Errors",
        "SQL Error [42P07]: ERROR: relation \"orders\" already exists",
        "[2026-11-25 10:00:00] [42P07] ERROR: relation \"orders\" already exists",
        "Starting migration InitialMigration1587669153312",
        "WordPress database error",
        "SELECT COUNT(*) AS \"__count\" FROM \"orders\"",
        "crdb_internal.tables",
    ];
    never_deletes(
        lines
            .iter()
            .map(|line| ((*line).to_owned(), format!("{line}\n{}", plain(r#"relation "orders" already exists"#)))),
        lines.len(),
    );
}

/// A reset script is named in every form in which a deploy can say that it runs one; its mere name is no run.
#[test]
fn a_reset_script_is_seen_however_it_is_run() {
    let warns = |line: &str| behind(line).warnings.iter().any(|warning| warning.id == "reset-script-in-deploy");
    let runs = [
        "> python scripts/reset_db.py",
        "> app@1 start\n> python3 reset_db.py && uvicorn app:app",
        "CMD [\"python\",\"reset_db.py\"]",
        "RUN [\"python\", \"scripts/reset_db.py\"]",
        "    buildCommand: pip install . && ./reset_db.sh",
        "preDeployCommand: reset-db",
        "release: bin/reset_db && alembic upgrade head",
        "    command: sh -c \"bin/reset_db && uvicorn app:app\"",
        "+ uv run python -m app.reset",
        "$ uv run scripts/reset_db.py",
        "Running release command: bin/reset_db",
        "+ poetry run reset-db",
        "make reset-db",
    ];
    for line in runs {
        assert!(warns(line), "{line}");
    }
    for line in
        ["tests/test_reset_db.py PASSED", "Copying scripts/reset_db.py", "please make sure reset_db is never called"]
    {
        assert!(!warns(line), "{line}");
    }
}
