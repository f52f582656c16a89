//! Recorded logs of real failures, each beside a label that says what it shows.
//!
//! `tests/logs/recorded` holds what Alembic, `SQLAlchemy` and the drivers print; `tests/logs/render` the same failures as a
//! deploy log of Render; `tests/logs/kinds` and `tests/logs/platform` small logs, one for each kind of fault. A label names the situation
//! (`accept`: others that are right as well), whether an outcome that deletes data may be reachable (`never` or `depends`), the secret
//! standing in the log, and facts it tells; it may name a word that must be shown, ways out that must be reachable or must not be, and
//! warnings. A failing test lists every log that is wrong, not only the first. Any folder beside those is counted as well, for the page
//! `/accuracy`: `./x accuracy` writes the numbers.

#[path = "carriers/ways.rs"]
mod ways;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use runbook::embedded;
use runbook::engine::Engine;
use runbook::engine::diagnose::Diagnosis;
use runbook::engine::fact::FactKey;
use runbook::engine::page::Risk;
use runbook::engine::reference::Counts;
use runbook::engine::situation::Situation;
use runbook::engine::tree::Answers;
use serde::Deserialize;

#[derive(Deserialize)]
struct Label {
    situation: String,
    accept: Vec<String>,
    destructive: String,
    secret: Option<String>,
    relation: Option<String>,
    revision: Option<String>,
    db_user: Option<String>,
    must_show: Option<String>,
    #[serde(default)]
    reach: Vec<String>,
    #[serde(default)]
    avoid: Vec<String>,
    #[serde(default)]
    warn: Vec<String>,
    #[serde(default)]
    no_warn: Vec<String>,
}

struct Recorded {
    name: String,
    bytes: Vec<u8>,
    label: Label,
    diagnosis: Diagnosis,
}

/// All folders' logs, each diagnosed once for all tests.
struct Logs {
    recorded: Vec<Recorded>,
    render: Vec<Recorded>,
    /// Small ones, one for each kind of fault.
    kinds: Vec<Recorded>,
    /// What the laboratory recorded (`tests/lab/README.md`), alone and inside deploy logs.
    lab: Vec<Recorded>,
}

fn engine() -> &'static Engine<'static> {
    embedded::engine()
}

fn logs() -> &'static Logs {
    static LOGS: OnceLock<Logs> = OnceLock::new();
    LOGS.get_or_init(|| {
        let lab = ["lab", "lab-render"].into_iter().flat_map(folder).collect();
        let kinds = ["kinds", "platform"].into_iter().flat_map(folder).collect();
        Logs { recorded: folder("recorded"), render: folder("render"), kinds, lab }
    })
}

impl Logs {
    fn all(&self) -> impl Iterator<Item = &Recorded> {
        self.recorded.iter().chain(&self.render)
    }

    /// Those of which every one must be read right.
    fn strict(&self) -> impl Iterator<Item = &Recorded> {
        self.all().chain(&self.kinds)
    }

    fn with_lab(&self) -> impl Iterator<Item = &Recorded> {
        self.strict().chain(&self.lab)
    }
}

/// The logs of a folder in the order of their names.
fn folder(name: &str) -> Vec<Recorded> {
    let mut paths = inside(&all_logs().join(name));
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "log"));
    paths.iter().map(|path| recorded(path)).collect()
}

fn all_logs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/logs")
}

/// What is in a folder, in the order of the names.
fn inside(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    paths
}

fn recorded(path: &Path) -> Recorded {
    let label = fs::read(path.with_extension("json")).expect("every log has a label");
    let bytes = fs::read(path).expect("a readable log");
    Recorded {
        name: path.file_stem().expect("a name").to_string_lossy().into_owned(),
        diagnosis: engine().diagnose(&bytes),
        bytes,
        label: serde_json::from_slice(&label).expect("a label"),
    }
}

/// Collects what `wrong` says about each log; any word is a failure.
fn check<'l>(logs: impl IntoIterator<Item = &'l Recorded>, wrong: impl Fn(&Recorded, &Diagnosis) -> Option<String>) {
    let mut count = 0;
    let counted = logs.into_iter().inspect(|_| count += 1);
    let found: Vec<String> =
        counted.filter_map(|log| Some(format!("{}: {}", log.name, wrong(log, &log.diagnosis)?))).collect();
    assert!(count > 0, "no log to look at");
    assert!(found.is_empty(), "{} of {count} logs:\n{}", found.len(), found.join("\n"));
}

/// Changing a log so must not change what it shows.
fn check_variant<'l>(logs: impl IntoIterator<Item = &'l Recorded>, change: impl Fn(&[u8]) -> Vec<u8>) {
    check(logs, |log, diagnosis| {
        let changed = engine().diagnose(&change(&log.bytes));
        (changed.situation != diagnosis.situation)
            .then(|| format!("{} becomes {}", diagnosis.situation.id(), changed.situation.id()))
    });
}

fn deletes_data(diagnosis: &Diagnosis) -> bool {
    let reachable = embedded::catalogue().advise(diagnosis, &Answers::new()).reachable;
    reachable.iter().filter_map(|id| embedded::catalogue().outcome(id)).any(|outcome| outcome.risk == Risk::Destructive)
}

/// Lines without their ends, whatever ends them.
fn lines(log: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(log).replace("\r\n", "\n").replace('\r', "\n");
    text.strip_suffix('\n').unwrap_or(&text).split('\n').map(str::to_owned).collect()
}

// ---- as recorded ----

#[test]
fn there_are_logs_and_their_labels_are_of_the_interface() {
    let logs = logs();
    assert!(logs.recorded.len() >= 130 && logs.render.len() >= 30 && logs.kinds.len() >= 60 && logs.lab.len() >= 600);
    for log in logs.with_lab() {
        let named = log.label.accept.iter().chain([&log.label.situation]);
        assert!(named.clone().all(|id| Situation::from_id(id).is_some()), "{}", log.name);
        assert!(matches!(log.label.destructive.as_str(), "never" | "depends"), "{}", log.name);
    }
}

#[test]
fn the_situation_comes_first() {
    check(logs().strict(), |log, diagnosis| {
        let found = diagnosis.situation.id();
        let first = diagnosis.candidates.first() == Some(&diagnosis.situation);
        let right = found == log.label.situation || log.label.accept.iter().any(|id| id == found);
        (!right || !first).then(|| format!("{found}, not {}; {:?}", log.label.situation, diagnosis.candidates))
    });
}

#[test]
fn only_what_went_well_is_called_healthy() {
    check(logs().with_lab(), |log, diagnosis| is_false_all_clear(log).then(|| format!("{:?}", diagnosis.evidence)));
}

/// A way out that deletes data, whichever.
const DELETES: &str = "deletes data";

/// What a label asks for beside the situation and does not get.
fn missed(log: &Recorded) -> Vec<String> {
    let diagnosis = &log.diagnosis;
    let advice = embedded::catalogue().advise(diagnosis, &Answers::new());
    let reachable: BTreeSet<&str> = advice.reachable.into_iter().collect();
    let warned: BTreeSet<&str> = diagnosis.warnings.iter().map(|warning| warning.id.as_str()).collect();
    let Label { must_show, reach, avoid, warn, no_warn, .. } = &log.label;
    let shows =
        |word: &String| diagnosis.evidence.iter().any(|evidence| evidence.text.as_str().contains(word.as_str()));
    let hidden = must_show.iter().filter(|word| !shows(word)).map(|word| format!("shows no {word}"));
    let closed = reach.iter().filter(|id| !reachable.contains(id.as_str())).cloned();
    let open = avoid.iter().filter(|id| reachable.contains(id.as_str())).cloned();
    let silent = warn.iter().filter(|id| !warned.contains(id.as_str())).map(|id| format!("no warning {id}"));
    let alarmed = no_warn.iter().filter(|id| warned.contains(id.as_str())).map(|id| format!("false warning {id}"));
    let deletes = (log.label.destructive == "never" && deletes_data(diagnosis)).then(|| DELETES.to_owned());
    hidden.chain(closed).chain(open).chain(silent).chain(alarmed).chain(deletes).collect()
}

#[test]
fn what_a_label_asks_for_is_there() {
    check(&logs().kinds, |log, _| {
        let missed = missed(log);
        (!missed.is_empty()).then(|| missed.join(", "))
    });
}

#[test]
fn nothing_deletes_data_where_the_label_says_never() {
    check(logs().strict(), |log, diagnosis| {
        let wrong = log.label.destructive == "never" && deletes_data(diagnosis);
        wrong.then(|| "reaches one".to_owned())
    });
}

/// Logs that name the cause: they reach this way out, and none that deletes data.
const DECIDED: [(&str, &str); 1] = [
    // The start command runs no migration.
    ("reach-never-migrated", "migrate"),
];

#[test]
fn the_runbooks_own_situations_reach_its_own_options() {
    let own = |label: &Label| Situation::from_id(&label.situation).is_some_and(Situation::may_wipe);
    let logs = logs().strict().filter(|log| own(&log.label) && log.label.destructive == "depends");
    check(logs, |log, diagnosis| {
        let reached = embedded::catalogue().advise(diagnosis, &Answers::new()).reachable;
        let decided = DECIDED.iter().find(|(name, _)| *name == log.name);
        let right =
            decided.is_none_or(|(_, way)| reached.contains(way)) && deletes_data(diagnosis) == decided.is_none();
        (!right).then(|| format!("reaches {reached:?}; {:?}", diagnosis.facts))
    });
}

/// The laboratory keeps logs of causes nobody has described yet; those read otherwise are named by `./x accuracy`.
#[test]
fn nearly_all_of_the_laboratory_is_read_right() {
    let Counts { logs, right, harmful, .. } = count(&logs().lab);
    assert!(right * 100 >= logs * 97, "{right} of {logs}");
    assert_eq!(harmful, 0);
}

#[test]
fn no_secret_is_shown() {
    check(logs().with_lab().filter(|log| log.label.secret.is_some()), |log, diagnosis| {
        let secret = log.label.secret.as_deref()?;
        assert!(String::from_utf8_lossy(&log.bytes).contains(secret), "{} holds its secret", log.name);
        let shown = shown(diagnosis);
        shown.into_iter().find(|text| text.contains(secret)).map(|text| format!("shows it: {text}"))
    });
}

#[test]
fn a_log_with_a_secret_warns() {
    check(logs().strict(), |log, diagnosis| {
        let warns = diagnosis.warnings.iter().any(|warning| warning.id == "secret-in-log");
        (log.label.secret.is_some() && !warns).then(|| "no warning".to_owned())
    });
}

fn is_false_all_clear(log: &Recorded) -> bool {
    let accepted = log.label.accept.iter().chain([&log.label.situation]).any(|id| id == Situation::Healthy.id());
    log.diagnosis.situation == Situation::Healthy && !accepted
}

/// Everything of a diagnosis that a reader sees.
fn shown(diagnosis: &Diagnosis) -> Vec<String> {
    let evidence = diagnosis.evidence.iter().map(|evidence| evidence.text.to_string());
    let warnings = diagnosis.warnings.iter().map(|warning| warning.text.clone());
    let facts = diagnosis.facts.iter().map(|(_, fact)| fact.value.clone());
    evidence.chain(warnings).chain(facts).chain([diagnosis.headline.clone()]).collect()
}

#[test]
fn facts_are_those_of_the_label() {
    check(logs().strict(), |log, diagnosis| {
        let expected = [
            (FactKey::Relation, &log.label.relation),
            (FactKey::Revision, &log.label.revision),
            (FactKey::DbUser, &log.label.db_user),
        ];
        let wrong = expected
            .into_iter()
            .find(|(key, value)| value.as_deref().is_some_and(|value| diagnosis.facts.value(*key) != Some(value)));
        wrong.map(|(key, value)| format!("{} is {:?}, not {value:?}", key.id(), diagnosis.facts.value(key)))
    });
}

#[test]
fn evidence_stands_where_it_says() {
    check(logs().strict(), |log, diagnosis| {
        let count = lines(&log.bytes).len();
        let outside = diagnosis.evidence.iter().find(|e| e.line == 0 || e.line as usize > count);
        outside.map(|e| format!("line {} of {count}", e.line))
    });
}

// ---- the same log in other clothes ----

#[test]
fn line_ends_do_not_matter() {
    check_variant(logs().all(), |log| lines(log).join("\r\n").into_bytes());
    check_variant(logs().all(), |log| lines(log).join("\r").into_bytes());
}

#[test]
fn marks_and_broken_bytes_do_not_matter() {
    check_variant(logs().all(), |log| [b"\xef\xbb\xbf", log].concat());
    check_variant(logs().all(), |log| [log, b"\xff"].concat());
    check_variant(logs().all(), |log| [log, b"\xff\xfe\x00\n"].concat());
}

#[test]
fn utf16_is_read() {
    check_variant(&logs().render, |log| {
        let text = String::from_utf8_lossy(log);
        [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect()
    });
}

#[test]
fn a_containers_name_before_every_line_does_not_matter() {
    let prefixed = |prefix: &str, log: &[u8]| {
        lines(log).iter().flat_map(|line| [prefix, line, "\n"]).collect::<String>().into_bytes()
    };
    let render = &logs().render;
    check_variant(render, |log| prefixed("web-1  | ", log));
    check_variant(render, |log| prefixed("true911-api-1 | ", log));
}

#[test]
fn colours_do_not_matter() {
    check_variant(&logs().render, |log| {
        lines(log).iter().flat_map(|line| ["\u{1b}[1;31m", line, "\u{1b}[0m\n"]).collect::<String>().into_bytes()
    });
}

#[test]
fn lines_of_json_do_not_matter() {
    let object = |line: &String| serde_json::json!({ "stream": "stderr", "log": format!("{line}\n") }).to_string();
    check_variant(&logs().recorded, |log| lines(log).iter().map(object).collect::<Vec<_>>().join("\n").into_bytes());
}

#[test]
fn a_whole_log_in_one_string_of_json_does_not_matter() {
    check_variant(&logs().recorded, |log| {
        let message = String::from_utf8_lossy(log);
        serde_json::json!({ "level": "error", "message": message }).to_string().into_bytes()
    });
}

#[test]
fn a_pages_own_spelling_does_not_matter() {
    check_variant(&logs().recorded, |log| {
        let text = String::from_utf8_lossy(log).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        text.replace('"', "&quot;").replace('\'', "&#39;").into_bytes()
    });
}

#[test]
fn a_runtimes_prefix_does_not_matter() {
    check_variant(&logs().recorded, |log| {
        let prefixed = |line: &String| format!("2026-11-05T18:38:00.354925507Z stderr F {line}\n");
        lines(log).iter().map(prefixed).collect::<String>().into_bytes()
    });
}

#[test]
fn a_log_pasted_twice_shows_the_same() {
    check_variant(logs().all(), |log| [log, b"\n", log].concat());
}

#[test]
fn the_same_bytes_give_the_same_answer() {
    check(&logs().render, |log, diagnosis| (engine().diagnose(&log.bytes) != *diagnosis).then(|| "differs".to_owned()));
}

// ---- the page /accuracy ----

/// The command that brings the file up to date says so in this variable.
const UPDATE: &str = "UPDATE";

impl Recorded {
    /// Whether it is read the same when it is carried in this way.
    fn carried(&self, (_, way): ways::Way) -> Counts {
        let diagnosis = engine().diagnose(&way(&String::from_utf8_lossy(&self.bytes).replace("\r\n", "\n")));
        let same = diagnosis.situation == self.diagnosis.situation && diagnosis.headline == self.diagnosis.headline;
        Counts { carried: 1, same: same.into(), ..Counts::default() }
    }

    fn counts(&self) -> Counts {
        let found = self.diagnosis.situation;
        let right = self.label.accept.iter().chain([&self.label.situation]).any(|id| id == found.id());
        let unknown = !right && found == Situation::Unknown;
        Counts {
            logs: 1,
            right: right.into(),
            wrong: (!right && !unknown).into(),
            unknown: unknown.into(),
            harmful: (self.label.destructive == "never" && deletes_data(&self.diagnosis)).into(),
            false_clear: is_false_all_clear(self).into(),
            carried: 0,
            same: 0,
        }
    }
}

fn count<'l>(logs: impl IntoIterator<Item = &'l Recorded>) -> Counts {
    logs.into_iter().fold(Counts::default(), |sum, log| sum.and(log.counts()))
}

/// One table of the file.
fn entry(kind: &str, names: &[(&str, &str)], counts: Counts) -> String {
    let mut text = format!("\n[[{kind}]]\n");
    for (key, value) in names {
        writeln!(text, "{key} = {value:?}").expect("a string takes all");
    }
    let Counts { logs, right, wrong, unknown, harmful, false_clear, carried, same } = counts;
    text + &format!(
        "counts = {{ logs = {logs}, right = {right}, wrong = {wrong}, unknown = {unknown}, unsafe = {harmful}, false_clear = {false_clear}, carried = {carried}, same = {same} }}\n"
    )
}

#[test]
fn what_is_known_says_which_line_it_is_from() {
    let log = "==> Running build command 'pip install -r requirements.txt'...\n\
        psql (15.18, server 16.14)\n\
        DATABASE_URL=postgresql://app:pw@dpg-abcdefghij0123456789-a/shop\n\
        ==> Running 'alembic upgrade head'\n\
        INFO  [alembic.runtime.migration] Running upgrade 001 -> 002, add a check\n\
        psycopg2.errors.DuplicateObject: constraint \"ck_total\" for relation \"orders\" already exists\n";
    let facts = engine().diagnose(log.as_bytes()).facts;
    let known = |key| facts.get(key).map(|fact| (fact.value.as_str(), fact.line));
    for (key, value, line) in [
        (FactKey::BuildCommand, "pip install -r requirements.txt", 1),
        (FactKey::ServerVersion, "16.14", 2),
        (FactKey::HostKind, "render-internal", 3),
        (FactKey::DbUser, "app", 3),
        (FactKey::StartCommand, "alembic upgrade head", 4),
        (FactKey::FromRevision, "001", 5),
        (FactKey::Revision, "002", 5),
        (FactKey::Object, "constraint", 6),
        (FactKey::Constraint, "ck_total", 6),
        (FactKey::Relation, "orders", 6),
    ] {
        assert_eq!(known(key), Some((value, Some(line))), "{}", key.id());
    }
}

/// How a terminal cuts lines at its edge: in the middle of a word, or before it.
fn cut(text: &str, width: usize, within_words: bool) -> String {
    let mut cut = String::new();
    for line in text.split('\n') {
        let mut rest = line;
        while let Some((edge, _)) = rest.char_indices().nth(width) {
            let blank = rest.get(..=edge).and_then(|start| start.rfind(' ')).filter(|at| *at > 0 && !within_words);
            let (piece, behind) = rest.split_at(blank.unwrap_or(edge));
            cut.push_str(piece);
            cut.push('\n');
            rest = if blank.is_some() { behind.trim_start_matches(' ') } else { behind };
        }
        cut.push_str(rest);
        cut.push('\n');
    }
    cut
}

#[test]
fn a_log_that_was_cut_by_the_edge_of_a_terminal_is_read_the_same() {
    let (mut all, mut other, mut unsafe_ones) = (0, Vec::new(), Vec::new());
    for log in logs().with_lab() {
        let text = String::from_utf8_lossy(&log.bytes);
        for (width, within_words) in [(80, true), (80, false), (100, true), (120, false), (132, true)] {
            let diagnosis = engine().diagnose(cut(&text, width, within_words).as_bytes());
            all += 1;
            if diagnosis.situation != log.diagnosis.situation {
                other.push(format!(
                    "{} at {width}: {} instead of {}",
                    log.name,
                    diagnosis.situation.id(),
                    log.diagnosis.situation.id()
                ));
            }
            if log.label.destructive == "never" && deletes_data(&diagnosis) {
                unsafe_ones.push(format!("{} at {width}", log.name));
            }
        }
    }
    assert!(unsafe_ones.is_empty(), "{unsafe_ones:#?}");
    assert!(other.len() * 100 <= all, "{} of {all}: {other:#?}", other.len());
}

#[test]
fn the_page_says_how_often_logs_are_read_right() {
    let folders = inside(&all_logs()).into_iter().filter(|path| path.is_dir());
    let folders: BTreeMap<String, Vec<Recorded>> = folders
        .map(|path| path.file_name().expect("a name").to_string_lossy().into_owned())
        .map(|name| (name.clone(), folder(&name)))
        .collect();
    let ways = ways::WAYS.into_iter().cycle();
    let numbers: BTreeMap<(&str, &str), Counts> = folders
        .iter()
        .flat_map(|(name, logs)| logs.iter().map(move |log| (name.as_str(), log)))
        .zip(ways)
        .map(|((name, log), way)| ((name, log.name.as_str()), log.counts().and(log.carried(way))))
        .collect();
    let sum = |wanted: &dyn Fn(&str, &Recorded) -> bool| {
        let logs = folders.iter().flat_map(|(name, logs)| logs.iter().map(move |log| (name.as_str(), log)));
        let chosen =
            logs.filter(|(name, log)| wanted(name, log)).filter_map(|(name, log)| numbers.get(&(name, &log.name)));
        chosen.fold(Counts::default(), |sum, counts| sum.and(*counts))
    };
    let mut text =
        "# How often the logs of tests/logs are read right, for the page /accuracy. `./x accuracy` writes this file.\n"
            .to_owned();
    for name in folders.keys() {
        let about = fs::read_to_string(all_logs().join(name).join("about.txt")).unwrap_or_default();
        text += &entry("folder", &[("name", name), ("about", about.trim())], sum(&|folder, _| folder == name));
    }
    let all: Vec<&Recorded> = folders.values().flatten().collect();
    let is_unsafe = |log: &&&Recorded| log.counts().harmful > 0;
    let unsafely: Vec<&str> = all.iter().filter(is_unsafe).map(|log| log.name.as_str()).collect();
    for situation in Situation::ALL {
        let counts = sum(&|_, log| log.label.situation == situation.id());
        if counts.logs > 0 {
            text += &entry("situation", &[("id", situation.id())], counts);
        }
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/accuracy.toml");
    if std::env::var_os(UPDATE).is_some() {
        fs::write(&file, &text).expect("content/accuracy.toml is written");
        for log in all.iter().filter(|log| log.counts().right == 0) {
            println!("{}: {}, not {}", log.name, log.diagnosis.situation.id(), log.label.situation);
        }
        println!("{:?}", sum(&|_, _| true));
    }
    assert!(unsafely.is_empty(), "lead to deleting data against their labels: {unsafely:?}");
    let found = fs::read_to_string(file).unwrap_or_default();
    assert!(found == text, "content/accuracy.toml is behind the logs: ./x accuracy. It should read:\n\n{text}");
}
