//! A log says the same however it was carried: as a value of JSON, quoted in a mail, behind a platform's prefix.
//!
//! The repository's own logs are carried in the ways of `carriers/ways.rs` and read again: the small ones in every way, the longer ones in some,
//! the next log in the next ones, so that every way has met logs of every kind. Situation and headline must be those of the plain log in nearly all, a log that is not healthy must be healthy in none, and deleting data must never be
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

use self::ways::{WAYS, Way};

/// Most of a hundred that may be read otherwise.
const MOST_OTHERWISE: usize = 1;

/// Folders of logs, and of how many ways each log is carried in one.
const FOLDERS: [(&str, usize); 4] = [("kinds", 1), ("platform", 1), ("recorded", 4), ("render", 8)];

/// A log and what is said of it as it is.
struct Log {
    name: String,
    text: String,
    diagnosis: Diagnosis,
    deletes: bool,
    /// It is carried in one of so many ways.
    one_of: usize,
}

fn logs() -> Vec<Log> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/logs");
    FOLDERS
        .into_iter()
        .flat_map(|(folder, one_of)| paths(&root.join(folder)).into_iter().map(move |path| read(&path, one_of)))
        .collect()
}

fn paths(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let mut paths: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_some_and(|ending| ending == "log")).collect();
    paths.sort();
    paths
}

fn read(path: &Path, one_of: usize) -> Log {
    let text = String::from_utf8_lossy(&fs::read(path).expect("a readable log")).replace("\r\n", "\n");
    let diagnosis = embedded::engine().diagnose(text.as_bytes());
    let deletes = deletes_data(&diagnosis);
    Log { name: path.file_stem().expect("a name").to_string_lossy().into_owned(), text, diagnosis, deletes, one_of }
}

fn deletes_data(diagnosis: &Diagnosis) -> bool {
    let reachable = embedded::catalogue().advise(diagnosis, &Answers::new()).reachable;
    reachable.iter().filter_map(|id| embedded::catalogue().outcome(id)).any(|outcome| outcome.risk == Risk::Destructive)
}

/// What came of carrying logs.
#[derive(Default)]
struct Found {
    all: usize,
    otherwise: Vec<String>,
    all_clear: Vec<String>,
    deletes: Vec<String>,
}

impl Found {
    fn note(&mut self, log: &Log, (name, way): Way) {
        let diagnosis = embedded::engine().diagnose(&way(&log.text));
        let plain = &log.diagnosis;
        let title = format!("{} as {name}", log.name);
        self.all += 1;
        if (diagnosis.situation, &diagnosis.headline) != (plain.situation, &plain.headline) {
            self.otherwise.push(format!("{title}: {} instead of {}", diagnosis.headline, plain.headline));
        }
        if diagnosis.situation == Situation::Healthy && plain.situation != Situation::Healthy {
            self.all_clear.push(title.clone());
        }
        if !log.deletes && deletes_data(&diagnosis) {
            self.deletes.push(title);
        }
    }
}

#[test]
fn a_log_says_the_same_however_it_was_carried() {
    let logs = logs();
    let mut found = Found::default();
    for (at, log) in logs.iter().enumerate() {
        let ways = WAYS.into_iter().enumerate().filter(|(number, _)| (number + at) % log.one_of == 0);
        ways.for_each(|(_, way)| found.note(log, way));
    }
    assert!(logs.len() > 200 && found.all > 3000, "{} logs, {} readings", logs.len(), found.all);
    assert!(found.all_clear.is_empty(), "called healthy: {:#?}", found.all_clear);
    assert!(found.deletes.is_empty(), "lead to deleting data: {:#?}", found.deletes);
    let (otherwise, most) = (found.otherwise.len(), found.all * MOST_OTHERWISE / 100);
    assert!(otherwise <= most, "{otherwise} of {}: {:#?}", found.all, found.otherwise);
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
