//! Four times the input takes about four times as long, whatever is in it: nothing is gone through again and again.

use std::time::{Duration, Instant};

use runbook::embedded;

const SIZE: usize = 100_000;

/// Best of so many: others work on this machine as well.
const TRIES: usize = 3;

/// What takes longer for another reason does not do so every time.
const ROUNDS: usize = 4;

fn took(log: &str) -> Duration {
    let engine = embedded::engine();
    let tries = (0..TRIES).map(|_| {
        let began = Instant::now();
        std::hint::black_box(engine.diagnose(log.as_bytes()));
        began.elapsed()
    });
    tries.min().expect("a try")
}

/// Four times the work is 4, going through everything for everything would be 16.
fn check(what: &str, piece: &str) {
    let log = |size: usize| piece.repeat(size / piece.len());
    let mut seen = Vec::new();
    let fits = (0..ROUNDS).any(|_| {
        let (small, large) = (took(&log(SIZE)), took(&log(4 * SIZE)));
        seen.push((small, large));
        large < small * 9
    });
    assert!(fits, "{what}: once and four times as much, in each round: {seen:?}");
}

#[test]
fn four_times_the_log_takes_about_four_times_as_long() {
    check("lines of a build", "  Downloading package-1.0.0-py3-none-any.whl (12 kB)\n");
    check("the same error in every line", "psycopg2.errors.DuplicateTable: relation \"users\" already exists\n");
    check("one line", "relation \"users\" already exists ");
    check("beginnings without an end", "relation \"");
    check("SQL statements", "[SQL: CREATE TABLE users (\n  id INTEGER\n");
    check("addresses", "postgresql://user:secret@host/db postgresql://user:secret@host/db\n");
    check(
        "tries of a deploy",
        "==> Running 'alembic upgrade head'\nINFO  [alembic.runtime.migration] Context impl PostgresqlImpl.\n",
    );
    check("backslashes in one line", "\\\\\\");
    check("escapes in one line", "a\\n");
    check("a path in one line", "C:\\n");
    check("JSON in one line", "{\"log\":\"relation \\\"users\\\" already exists\\n\"}");
}

/// A line made to be slow: every beginning of a pattern, and its end once.
#[test]
fn a_line_made_to_be_slow_is_not() {
    let line = format!("{}\" already exists", "relation \"".repeat(6_000));
    let log = format!("{line}\n").repeat(8);
    assert!(took(&log) < Duration::from_secs(20), "{:?}", took(&log));
}
