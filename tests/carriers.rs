//! A log says the same however it was carried: as a value of JSON, quoted in a mail, behind a platform's prefix.
//!
//! Every log of the repository's own that was made for this is carried in every way of `carriers/ways.rs` and read again. Situation and
//! headline must be those of the plain log in nearly all, a log that is not healthy must be healthy in none, and deleting data must never be
//! reachable where it is not from the plain log.

#[path = "carriers/ways.rs"]
mod ways;

use std::fs;
use std::path::{Path, PathBuf};

use runbook::embedded;
use runbook::engine::diagnose::Diagnosis;
use runbook::engine::page::Risk;
use runbook::engine::situation::Situation;
use runbook::engine::tree::Answers;

use self::ways::WAYS;

/// Most of a hundred that may be read otherwise.
const MOST_OTHERWISE: usize = 1;

fn logs() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/logs");
    let folders = ["recorded", "render", "kinds", "platform"].map(|name| root.join(name));
    let mut paths: Vec<PathBuf> = folders
        .iter()
        .flat_map(|folder| fs::read_dir(folder).expect("a folder"))
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "log"))
        .collect();
    paths.sort();
    let read = |path: PathBuf| {
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        (name, String::from_utf8_lossy(&fs::read(path).expect("a readable log")).replace("\r\n", "\n"))
    };
    paths.into_iter().map(read).collect()
}

fn deletes_data(diagnosis: &Diagnosis) -> bool {
    let reachable = embedded::catalogue().advise(diagnosis, &Answers::new()).reachable;
    reachable.iter().filter_map(|id| embedded::catalogue().outcome(id)).any(|outcome| outcome.risk == Risk::Destructive)
}

/// What is wrong with all logs carried in one way.
#[derive(Default)]
struct Wrong {
    otherwise: Vec<String>,
    all_clear: Vec<String>,
    deletes: Vec<String>,
}

fn carried(way: fn(&str) -> Vec<u8>, name: &str, logs: &[(String, String, Diagnosis, bool)]) -> Wrong {
    let mut wrong = Wrong::default();
    for (log, text, plain, deletes) in logs {
        let diagnosis = embedded::engine().diagnose(&way(text));
        if (diagnosis.situation, &diagnosis.headline) != (plain.situation, &plain.headline) {
            wrong.otherwise.push(format!("{log} as {name}: {} instead of {}", diagnosis.headline, plain.headline));
        }
        if diagnosis.situation == Situation::Healthy && plain.situation != Situation::Healthy {
            wrong.all_clear.push(format!("{log} as {name}"));
        }
        if !deletes && deletes_data(&diagnosis) {
            wrong.deletes.push(format!("{log} as {name}"));
        }
    }
    wrong
}

#[test]
fn a_log_says_the_same_however_it_was_carried() {
    let logs: Vec<_> = logs()
        .into_iter()
        .map(|(name, text)| {
            let diagnosis = embedded::engine().diagnose(text.as_bytes());
            let deletes = deletes_data(&diagnosis);
            (name, text, diagnosis, deletes)
        })
        .collect();
    assert!(logs.len() > 200, "{} logs", logs.len());
    let mut all = Wrong::default();
    for (name, way) in WAYS {
        let wrong = carried(way, name, &logs);
        all.otherwise.extend(wrong.otherwise);
        all.all_clear.extend(wrong.all_clear);
        all.deletes.extend(wrong.deletes);
    }
    assert!(all.all_clear.is_empty(), "called healthy: {:#?}", all.all_clear);
    assert!(all.deletes.is_empty(), "lead to deleting data: {:#?}", all.deletes);
    let most = logs.len() * WAYS.len() * MOST_OTHERWISE / 100;
    assert!(all.otherwise.len() <= most, "{} of {}: {:#?}", all.otherwise.len(), logs.len() * WAYS.len(), all.otherwise);
}

#[test]
fn no_way_loses_a_word() {
    let text = "psycopg2.errors.DuplicateTable: relation \"users\" already exists\n  it's \\d and 'so' on\n";
    for (name, way) in WAYS {
        let carried = way(text);
        let plain = String::from_utf8_lossy(&carried).replace('\0', "");
        for word in ["DuplicateTable", "relation", "users", "already", "exists"] {
            assert!(plain.contains(word), "{name}: {plain}");
        }
    }
}
