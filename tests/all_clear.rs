//! An all-clear is earned: by a good end of the same run, with no word of trouble behind it.
//!
//! Properties over what the repository holds: every recorded failure, cut after any of its lines; every way in which a run ends badly behind
//! every run that is well; every failure in front of a server that came up all the same.

#[path = "doubt/material.rs"]
mod material;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use runbook::engine::situation::Situation;

use self::material::{Recorded, diagnose, examples, is_failure, recorded};
use serde::Deserialize;

/// What a label says that this test needs.
#[derive(Deserialize)]
struct Label {
    situation: String,
    accept: Vec<String>,
}

/// Whether the deploy of a log failed, whatever one may also say of it.
fn failed(log: &Recorded) -> bool {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/logs/recorded").join(format!("{}.json", log.name));
    let label: Label = serde_json::from_slice(&fs::read(file).expect("a label")).expect("a label");
    std::iter::once(label.situation).chain(label.accept).all(|situation| situation != "healthy")
}

/// A deploy that failed is never called well, wherever the paste of it ends.
#[test]
fn no_part_of_a_failure_is_an_all_clear() {
    let mut wrong = BTreeSet::new();
    let mut count = 0;
    for log in recorded().iter().filter(|log| failed(log)) {
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
