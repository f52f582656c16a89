//! A log that is thinned again and again says the same as one of which everything is kept.

use std::fmt::Write;

use proptest::prelude::*;

use super::{Hit, still_matter};
use crate::embedded;
use crate::engine::diagnose::{Diagnosis, diagnose};
use crate::engine::fact::FactKey;
use crate::engine::signature::Scanner;

/// Lines of every kind; `{n}` is a small number, so that some lines are the same and some differ.
const LINES: [&str; 31] = [
    "relation \"t{n}\" already exists",
    "relation \"s{n}.t\" does not exist",
    "permission denied for schema public",
    "permission denied for table t{n}",
    "current transaction is aborted, commands ignored until end of transaction block",
    "Can't locate revision identified by 'r{n}'",
    "column \"c{n}\" of relation \"t\" already exists",
    "type \"e{n}\" already exists",
    "FATAL:  password authentication failed for user \"u{n}\"",
    "canceling statement due to lock timeout",
    "KeyError: 'DATABASE_URL'",
    "django.db.utils.ProgrammingError: relation \"t{n}\" already exists",
    "INFO  [alembic.runtime.migration] Running upgrade r{n} -> q{n}, words",
    "INFO  [alembic.runtime.migration] Running upgrade  -> r{n}, words",
    "INFO  [alembic.runtime.migration] Context impl PostgresqlImpl.",
    "INFO:     Application startup complete.",
    "==> Your service is live",
    "==> Exited with status {n}",
    "==> Cloning from https://example.com/{n}",
    "==> Running build command 'pip install {n}'...",
    "==> Running 'sh start{n}.sh'",
    "+ python reset_db.py {n}",
    "  File \"/app/reset_and_migrate.py\", line {n}, in <module>",
    "The above exception was the direct cause of the following exception:",
    "During handling of the above exception, another exception occurred:",
    "[SQL: CREATE TABLE audit.t{n} (id integer)]",
    "[SQL: INSERT INTO t{n} (id) SELECT id FROM old{n}.t2]",
    "postgresql://u{n}:secret{n}@dpg-x-a/d{n}",
    "postgresql://h.example.com/d{n}",
    "r{n} (head)",
    "nothing to see on line {n}",
];

/// Every line as often as chosen, so many seconds of the day after the one before: none gives no time, many
/// put lines out of order.
fn log(chosen: &[(usize, u8, usize)], seconds: usize) -> String {
    let mut log = String::new();
    let mut second = 0;
    for (which, number, again) in chosen {
        for _ in 0..*again {
            let line = LINES.get(*which).expect("a line").replace("{n}", &number.to_string());
            second = (second + seconds) % 86_400;
            if seconds > 0 {
                let (hour, minute) = (second / 3600, second / 60 % 60);
                write!(log, "2026-11-05T{hour:02}:{minute:02}:{:02}.5Z ", second % 60).expect("a string");
            }
            log.push_str(&line);
            log.push('\n');
        }
    }
    log
}

/// What is seen of a log when so many bytes of it are enough.
fn seen(scanner: &Scanner<'_>, log: &str, enough: usize) -> Vec<Hit> {
    let mut pass = scanner.begin();
    pass.notes.crowd.enough = enough;
    pass.push(log.as_bytes());
    pass.finish().hits
}

fn shown(scanner: &Scanner<'_>, hits: &[Hit]) -> Diagnosis {
    diagnose(embedded::catalogue(), scanner, hits.to_vec())
}

/// What is left when hits are thinned whenever so many more have come, however recent they are.
fn thinned_every(count: usize, hits: &[Hit]) -> Vec<Hit> {
    let mut left: Vec<Hit> = Vec::new();
    for more in hits.chunks(count) {
        left.extend_from_slice(more);
        let mut keep = still_matter(&left, u32::MAX, embedded::patterns()).into_iter();
        left.retain(|_| keep.next().expect("one for each"));
    }
    left
}

fn scanner() -> Scanner<'static> {
    Scanner::new(embedded::patterns(), ["reset_db.py", "reset_and_migrate.py"])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_that_decides_is_left_out(
        chosen in prop::collection::vec((0..LINES.len(), 0_u8..4, prop_oneof![1_usize..3, 50_usize..90]), 1..40),
        timed in prop::bool::ANY,
        enough in 1_usize..20_000,
        every in 1_usize..50,
    ) {
        let (scanner, log) = (scanner(), log(&chosen, usize::from(timed)));
        let all = seen(&scanner, &log, usize::MAX);
        let diagnosis = shown(&scanner, &all);
        prop_assert_eq!(&shown(&scanner, &seen(&scanner, &log, enough)), &diagnosis, "{}", log);
        prop_assert_eq!(&shown(&scanner, &thinned_every(every, &all)), &diagnosis, "{}", log);
    }

    #[test]
    fn lines_out_of_order_are_put_in_order_first(
        chosen in prop::collection::vec((0..LINES.len(), 0_u8..4, 1_usize..4), 1..60),
        seconds in 2_usize..86_400,
    ) {
        let (scanner, log) = (scanner(), log(&chosen, seconds));
        let all = seen(&scanner, &log, usize::MAX);
        prop_assert_eq!(shown(&scanner, &thinned_every(all.len().max(1), &all)), shown(&scanner, &all), "{}", log);
    }
}

#[test]
fn whatever_repeats_little_of_it_is_kept() {
    let scanner = scanner();
    let shapes: [&[usize]; 9] =
        [&[0], &[12, 0], &[1, 23, 4], &[18, 0], &[14, 12, 3, 25, 26], &[17, 16], &[27], &[20, 21, 22], &[29]];
    for shape in shapes {
        let chosen: Vec<(usize, u8, usize)> =
            (0..2_000).flat_map(|n: u32| shape.iter().map(move |which| (*which, (n % 251) as u8, 1))).collect();
        let log = log(&chosen, 0);
        let (all, left) = (seen(&scanner, &log, usize::MAX), seen(&scanner, &log, 50_000));
        assert_eq!(shown(&scanner, &left), shown(&scanner, &all), "{shape:?}");
        assert!(all.len() >= 2_000 && left.len() <= 700, "{shape:?}: {} of {}", left.len(), all.len());
    }
}

/// What these lines show, thinned or not.
fn check_thinned(lines: &[&str]) -> Diagnosis {
    let scanner = scanner();
    let all = seen(&scanner, &lines.join("\n"), usize::MAX);
    let diagnosis = shown(&scanner, &all);
    for every in 1..all.len() {
        let left = thinned_every(every, &all);
        assert!(left.len() < all.len(), "nothing was left out");
        assert_eq!(shown(&scanner, &left), diagnosis, "thinned after each {every}");
    }
    diagnosis
}

#[test]
fn an_error_between_a_link_and_the_deciding_one_is_a_failure_of_its_own() {
    let own = "permission denied for table t";
    let link = "The above exception was the direct cause of the following exception:";
    let deciding = "column \"c\" of relation \"t\" already exists";
    let diagnosis = check_thinned(&[&[own, own, link][..], &[own; 9], &[deciding], &[own; 9]].concat());
    let warned = diagnosis.warnings.iter().find(|warning| warning.id == "several-failures").expect("a warning");
    assert_eq!(warned.line, Some(4));
}

#[test]
fn a_later_line_that_names_more_is_kept() {
    let [plain, first, second] =
        ["", " 'r1'", " 'r2'"].map(|name| format!("Can't locate revision identified by{name}"));
    let diagnosis = check_thinned(&[&[plain.as_str(); 2][..], &[first.as_str()], &[second.as_str(); 9]].concat());
    assert_eq!(diagnosis.facts.value(FactKey::Revision), Some("r1"));
}
