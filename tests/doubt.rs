//! Deleting is closed by doubt, whatever stands beside a log that calls for it, and an all-clear is earned.
//!
//! Properties over what the repository holds: every kind of recorded failure from which deleting may be reached, mixed with an example of
//! every other failure, in both orders; and every recorded failure, cut after any of its lines. Nothing here names a rule of the engine:
//! what is a failure is what a content file calls one.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use runbook::embedded;
use runbook::engine::diagnose::Diagnosis;
use runbook::engine::page::Risk;
use runbook::engine::signature::{Role, Signature};
use runbook::engine::situation::Situation;
use runbook::engine::tree::Answers;
use serde::Deserialize;

/// The part of a signature file that this test needs.
#[derive(Deserialize)]
struct Front {
    hit: Vec<Example>,
}

#[derive(Deserialize)]
struct Example {
    log: String,
}

#[derive(Deserialize)]
struct Label {
    situation: String,
    accept: Vec<String>,
}

struct Recorded {
    name: String,
    text: String,
    label: Label,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf()
}

fn diagnose(text: &str) -> Diagnosis {
    embedded::engine().diagnose(text.as_bytes())
}

fn deletes_data(diagnosis: &Diagnosis) -> bool {
    let catalogue = embedded::catalogue();
    let reachable = catalogue.advise(diagnosis, &Answers::new()).reachable;
    reachable.iter().filter_map(|id| catalogue.outcome(id)).any(|outcome| outcome.risk == Risk::Destructive)
}

/// The logs of `tests/logs/recorded` in the order of their names.
fn recorded() -> &'static [Recorded] {
    static LOGS: OnceLock<Vec<Recorded>> = OnceLock::new();
    LOGS.get_or_init(|| {
        let folder = fs::read_dir(root().join("tests/logs/recorded")).expect("recorded logs");
        let mut paths: Vec<PathBuf> = folder.map(|entry| entry.expect("an entry").path()).collect();
        paths.retain(|path| path.extension().is_some_and(|ending| ending == "log"));
        paths.sort();
        paths.iter().map(|path| read(path)).collect()
    })
}

fn read(path: &Path) -> Recorded {
    let label = fs::read(path.with_extension("json")).expect("a label");
    Recorded {
        name: path.file_stem().expect("a name").to_string_lossy().into_owned(),
        text: String::from_utf8_lossy(&fs::read(path).expect("a log")).into_owned(),
        label: serde_json::from_slice(&label).expect("a label"),
    }
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

/// Every signature with the first example of its file.
fn examples() -> Vec<(&'static Signature, String)> {
    let signatures = &embedded::patterns().signatures;
    let example = |signature: &'static Signature| {
        let file = root().join(format!("content/signatures/{}.md", signature.id));
        let text = fs::read_to_string(file).expect("a signature has a file");
        let front = text.split("+++").nth(1).expect("front matter");
        let front: Front = toml::from_str(front).expect("front matter is TOML");
        (signature, front.hit.into_iter().next().expect("an example").log.replace("<<<\n", ""))
    };
    signatures.iter().map(example).collect()
}

fn is_failure(signature: &Signature) -> bool {
    matches!(signature.role, Role::Failure | Role::FollowOn)
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

/// A deploy that failed is never called well, wherever the paste of it ends.
#[test]
fn no_part_of_a_failure_is_an_all_clear() {
    let failed = recorded().iter().filter(|log| {
        let healthy = "healthy".to_owned();
        log.label.situation != healthy && !log.label.accept.contains(&healthy)
    });
    let mut wrong = BTreeSet::new();
    let mut count = 0;
    for log in failed {
        let lines: Vec<&str> = log.text.split('\n').collect();
        for end in 1..=lines.len() {
            count += 1;
            let part = lines.get(..end).expect("a part").join("\n");
            if diagnose(&part).situation == Situation::Healthy {
                wrong.insert(format!("{} up to line {end}: {}", log.name, lines.get(end - 1).expect("a line")));
            }
        }
    }
    assert!(count > 1000, "only {count} parts");
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.into_iter().collect::<Vec<_>>().join("\n"));
}

/// What a run prints when it does not end well: words of programs, shells, containers, platforms and CI, in fields and in other languages.
const BAD_ENDS: &[&str] = &[
    "Traceback (most recent call last):",
    "app.errors.StartError: no room",
    "sqlalchemy.exc.ProgrammingError: (psycopg2.errors.SomethingNew) what nobody has seen",
    "ERROR:  something nobody has seen",
    "SQLSTATE: 57P09",
    "FATAL:  something nobody has seen",
    "FAILED: something nobody has seen",
    "Killed",
    "==> Exited with status 1",
    "==> Exited with status 137",
    "==> Timed out",
    "==> Deploy failed",
    "level=fatal msg=\"no room\"",
    "{\"level\":\"critical\",\"msg\":\"no room\"}",
    "{\"level\":60,\"time\":1,\"msg\":\"no room\"}",
    "{\"severity\":\"EMERGENCY\",\"textPayload\":\"no room\"}",
    "[CRITICAL] no room",
    "PANIC no room",
    "TimeoutError",
    "asyncio.exceptions.CancelledError",
    "app.start.Boom",
    "exit code: 2",
    "exit status 3",
    "Exited (1) 3 seconds ago",
    "web_1 exited with code 255",
    "process exited with signal: 9",
    "received SIGSEGV",
    "Segmentation fault (core dumped)",
    "make: *** [deploy] Error 2",
    "app crashed",
    "container is unhealthy",
    "Readiness probe failed: HTTP probe failed",
    "Deploy failed: timed out",
    "Rolled back to the previous revision",
    "The job was canceled",
    "out of memory",
    "No space left on device",
    "Cannot allocate memory",
    "Fehler: Dienst abgestürzt",
    "Échec du déploiement",
    "el despliegue falló",
    "ОШИБКА: сбой",
    "起動に失敗",
    "部署失败",
    "배포 실패",
    "❌ deploy",
    "[FAIL] smoke test",
    "INFO:     10.0.0.1:0 - \"GET /health HTTP/1.1\" 503 Service Unavailable",
    "[INFO] Worker (pid:8) was sent SIGKILL!",
    "heroku[web.1]: State changed from up to crashed",
    "Back-off restarting failed container",
    "deploy unsuccessful",
    "502 Bad Gateway",
    "Out Of Memory",
];

/// What a server says when it ends: the instance that a live one replaces says the same.
const STOPS: &[&str] = &[
    "INFO:     Shutting down\nINFO:     Finished server process [7]",
    "[INFO] Handling signal: term\n[INFO] Shutting down: Master",
    "Gracefully stopping... (press Ctrl+C again to force)",
    "Terminated",
];

/// What a server that is well prints.
const HARMLESS: &[&str] = &[
    "INFO:     10.0.0.1:0 - \"GET / HTTP/1.1\" 200 OK",
    "INFO:     10.0.0.1:0 - \"GET /errors/failed HTTP/1.1\" 404 Not Found",
    "==> Available at your primary URL https://shop.onrender.com",
    "Checks: 12 passed, 0 failed",
    "no errors found",
    "errors: 0",
    "Error reporting is on",
    "INFO: registered the error handler and the exception handlers",
    "INFO: request timeout=30, keep-alive timeout 5",
    "shop-migrate exited with code 0",
    "{\"level\":30,\"msg\":\"ready to serve\"}",
    "DEBUG: subscribed to error_events, see /var/log/error.log",
    "==> Detected service running on port 10000",
];

/// Runs that end well, each in another way.
const GOOD_ENDS: [&str; 3] = [
    "INFO:     Application startup complete.\nINFO:     Uvicorn running on http://0.0.0.0:10000 (Press CTRL+C to quit)",
    "INFO:     Uvicorn running on http://0.0.0.0:10000 (Press CTRL+C to quit)\n==> Your service is live 🎉",
    "==> Your service is live 🎉",
];

const RUN: &str = "==> Running 'alembic upgrade head && uvicorn app.main:app'
INFO  [alembic.runtime.migration] Context impl PostgresqlImpl.
INFO  [alembic.runtime.migration] Will assume transactional DDL.
INFO  [alembic.runtime.migration] Running upgrade 001 -> 002, create incidents";

#[test]
fn behind_a_bad_end_nothing_is_well() {
    let good = GOOD_ENDS.map(|end| (end.to_owned(), format!("{RUN}\n{end}")));
    for (end, run) in &good {
        assert_eq!(diagnose(run).situation, Situation::Healthy, "{end}");
    }
    assert_eq!(diagnose(RUN).situation, Situation::Unknown);
    let healthy = recorded().iter().filter(|log| diagnose(&log.text).situation == Situation::Healthy);
    let recorded = healthy.map(|log| (log.name.clone(), log.text.trim_end().to_owned()));
    let mut wrong = Vec::new();
    let mut count = 0;
    for (name, run) in recorded.chain(good) {
        for end in BAD_ENDS {
            count += 1;
            if diagnose(&format!("{run}\n{end}\n")).situation == Situation::Healthy {
                wrong.push(format!("{name}, then {end}"));
            }
        }
    }
    assert!(count >= 300, "only {count}");
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_bad_end_on_the_line_of_a_good_one_counts() {
    let ends = BAD_ENDS.iter().filter(|end| !end.contains(['{', '\n']) && !end.starts_with("app."));
    let lines = ends.map(|end| format!("INFO:     Application startup complete. {end}"));
    let well: Vec<String> = lines.filter(|line| diagnose(line).situation == Situation::Healthy).collect();
    assert!(well.is_empty(), "{well:#?}");
}

#[test]
fn a_server_that_stopped_is_not_well_unless_another_is_live() {
    let up = format!("{RUN}\n{}", GOOD_ENDS[0]);
    for stop in STOPS {
        assert_ne!(diagnose(&format!("{up}\n{stop}")).situation, Situation::Healthy, "{stop}");
        let live = format!("{up}\n==> Your service is live 🎉\n{stop}");
        assert_eq!(diagnose(&live).situation, Situation::Healthy, "{stop}");
        let before = format!("{stop}\n{up}");
        assert_eq!(diagnose(&before).situation, Situation::Healthy, "{stop}");
    }
}

#[test]
fn what_a_healthy_server_prints_takes_nothing_back() {
    for line in HARMLESS {
        assert_eq!(diagnose(&format!("{RUN}\n{}\n{line}\n", GOOD_ENDS[0])).situation, Situation::Healthy, "{line}");
    }
}

/// `alembic upgrade head; uvicorn app` comes up over whatever happened.
#[test]
fn a_success_forgives_only_what_was_tried_again() {
    let start = "==> Running 'alembic upgrade head; uvicorn app.main:app'\n";
    let healthy = |text: &str| diagnose(text).situation == Situation::Healthy;
    let mut count = 0;
    for (signature, example) in examples() {
        if !is_failure(signature) || signature.passes {
            continue;
        }
        count += 1;
        let once = format!("{start}{example}\n{}", GOOD_ENDS[0]);
        assert!(!healthy(&once), "{} and then a server", signature.id);
        let other_step = format!("==> Running build command 'x'\n{example}\n{start}{}", GOOD_ENDS[0]);
        assert!(!healthy(&other_step), "{} in the build", signature.id);
        let again = format!("{start}{example}\n{RUN}\n{}", GOOD_ENDS[0]);
        assert!(healthy(&again), "{} and then another try", signature.id);
    }
    assert!(count > 100, "only {count}");
}

#[test]
fn a_deploy_that_begins_behind_a_success_has_no_end_yet() {
    let well = format!("{RUN}\n{}\n==> Your service is live 🎉", GOOD_ENDS[0]);
    assert_eq!(diagnose(&well).situation, Situation::Healthy);
    for begin in ["==> Cloning from https://github.com/example/shop", "==> Running build command 'pip install .'", RUN]
    {
        assert_eq!(diagnose(&format!("{well}\n{begin}\n")).situation, Situation::Unknown, "{begin}");
    }
}

#[test]
fn a_success_that_somebody_waits_for_is_none() {
    for line in [
        "waiting for 'Application startup complete.'",
        "never saw Application startup complete.",
        "+ grep -q \"Your service is live\" log",
        "echo \"==> Your service is live\"",
        "is Uvicorn running on http://0.0.0.0:10000?",
    ] {
        assert_ne!(diagnose(&format!("{RUN}\n{line}")).situation, Situation::Healthy, "{line}");
    }
    let gunicorn = format!("{RUN}\n[2026-11-04 10:00:00 +0000] [1] [INFO] Listening at: http://0.0.0.0:10000 (1)");
    assert_eq!(diagnose(&gunicorn).situation, Situation::Unknown, "no worker has loaded the app");
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
