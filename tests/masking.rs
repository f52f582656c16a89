//! A secret that stands in a log is in nothing the program says.
//!
//! A random secret is planted into recorded logs in every shape it is known to take: on a line of its own, at the end of any
//! line, on the very lines that become evidence, in the start command. Everything the program prints is then searched for it.
//! Most of it goes through the engine, which is quick; a few go through the program itself, in both formats.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use proptest::prelude::*;
use runbook::embedded;
use runbook::engine::Engine;
use runbook::engine::diagnose::Diagnosis;
use runbook::engine::text::mask::{MASK, Masker};
use runbook::engine::text::secret::Carry;
use runbook::engine::text::{Line, Lines, ViewMaker};

// ---- what is planted ----

/// How a secret of two halves is written. A shape that is not made for marks inside gets the halves joined.
type Shape = fn(&str, &str) -> String;

const SHAPES: [(&str, Shape); 34] = [
    ("url", |a, b| format!("DATABASE_URL=postgresql+asyncpg://me:{a}{b}@dpg-1-a/shop")),
    ("url with @", |a, b| format!("could not parse 'postgres://me:{a}@{b}@dpg-1-a/shop'")),
    ("url with /", |a, b| format!("postgresql://me:{a}/{b}@dpg-1-a:5432/shop?sslmode=require failed")),
    ("url with #", |a, b| format!("url=postgresql://me:{a}#{b}@dpg-1-a/shop")),
    ("url with ?", |a, b| format!("postgres://me:{a}?{b}@dpg-1-a/shop")),
    ("url with :", |a, b| format!("postgres://me:{a}:{b}@dpg-1-a/shop")),
    ("url with @ / #", |a, b| format!("postgres://me:@/#{a}@/#{b}@dpg-1-a/shop")),
    ("url with quotes", |a, b| format!("postgres://me:{a}'{b}@dpg-1-a/shop")),
    ("url with \" and <", |a, b| format!("postgres://me:{a}\"{b}<{a}@dpg-1-a/shop")),
    ("url with %", |a, b| format!("redis://:{a}%40{b}@red-1:6379")),
    ("url without user", |a, b| format!("amqp://:{a}{b}@queue/")),
    ("url of a repository", |a, b| format!("Cloning https://{a}{b}@github.com/me/shop")),
    ("url in a query", |a, b| format!("postgresql://dpg-1-a/shop?user=me&password={a}{b}&sslmode=require")),
    ("PGPASSWORD", |a, b| format!("PGPASSWORD={a}{b} psql -h dpg-1-a -U me shop")),
    ("PGPASSWORD, quoted", |a, b| format!("export PGPASSWORD='{a} {b}'")),
    ("password:", |a, b| format!("password: {a}{b}")),
    ("password in a dictionary", |a, b| format!("{{'user': 'me', 'password': '{a} {b}', 'host': 'dpg-1-a'}}")),
    ("password in JSON", |a, b| format!("{{\"password\":\"{a}{b}\",\"user\":\"me\"}}")),
    ("password in a DSN", |a, b| format!("dsn: host=dpg-1-a password={a}{b} user=me")),
    ("secret key", |a, b| format!("DJANGO_SECRET_KEY = \"{a}{b}\"")),
    ("api key", |a, b| format!("RENDER_API_KEY={a}{b}")),
    ("option", |a, b| format!("pg_dump --password {a}{b} shop")),
    ("token", |a, b| format!("access_token={a}{b}&scope=all")),
    ("bearer", |a, b| format!("Authorization: Bearer {a}{b}")),
    ("bearer alone", |a, b| format!("using bearer {a}{b} for the request")),
    ("basic", |a, b| format!("authorization: Basic {a}{b}")),
    ("another scheme", |a, b| format!("Authorization: Token {a}{b}")),
    ("cookie", |a, b| format!("Cookie: session={a}{b}")),
    ("several cookies", |a, b| format!("cookie: theme=dark; session={a}; csrf={b}")),
    ("cookie set", |a, b| format!("Set-Cookie: id={a}{b}; Path=/; HttpOnly")),
    ("cookies in a dictionary", |a, b| format!("cookies={{'session': '{a}', 'csrf': '{b}'}}")),
    ("headers of a server", |a, b| {
        format!("[(b'cookie', b'session={a}; csrf={b}'), (b'authorization', b'Token {a}{b}')]")
    }),
    ("header of a command", |a, b| format!("curl -H 'cookie: a={a}; b=\"{b}\"' https://example.com")),
    ("headers", |a, b| format!("headers={{'Authorization': 'Bearer {a}{b}', 'Cookie': 'a=1; b={a}'}}")),
];

/// Where it is planted.
#[derive(Debug, Clone, Copy)]
enum Place {
    /// A line of its own at this part of the log.
    Own(usize),
    /// Behind the text of this line.
    Behind(usize),
    /// Before the text of this line.
    Before(usize),
    /// Behind every line that is evidence.
    Evidence,
    /// In the start command.
    Command,
    /// In the statement printed behind an error.
    Statement,
}

fn engine() -> &'static Engine<'static> {
    embedded::engine()
}

fn places() -> impl Strategy<Value = Place> {
    prop_oneof![
        any::<usize>().prop_map(Place::Own),
        any::<usize>().prop_map(Place::Behind),
        any::<usize>().prop_map(Place::Before),
        Just(Place::Evidence),
        Just(Place::Command),
        Just(Place::Statement),
    ]
}

struct Recorded {
    name: String,
    lines: Vec<String>,
    evidence: Vec<usize>,
}

fn logs() -> &'static [Recorded] {
    static LOGS: OnceLock<Vec<Recorded>> = OnceLock::new();
    LOGS.get_or_init(|| {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/logs");
        let folders = ["recorded", "render"].map(|folder| fs::read_dir(root.join(folder)).expect("logs"));
        let paths = folders.into_iter().flatten().map(|entry| entry.expect("an entry").path());
        let mut paths: Vec<_> = paths.filter(|path| path.extension().is_some_and(|ending| ending == "log")).collect();
        paths.sort();
        paths.iter().map(|path| recorded(path)).collect()
    })
}

fn recorded(path: &Path) -> Recorded {
    let bytes = fs::read(path).expect("a readable log");
    let evidence = engine().diagnose(&bytes).evidence;
    Recorded {
        name: path.file_stem().expect("a name").to_string_lossy().into_owned(),
        lines: String::from_utf8_lossy(&bytes).split('\n').map(str::to_owned).collect(),
        evidence: evidence.iter().filter_map(|evidence| usize::try_from(evidence.line).ok()?.checked_sub(1)).collect(),
    }
}

/// The log with `planted` in its place.
fn plant(log: &Recorded, planted: &str, place: Place) -> String {
    let mut lines = log.lines.clone();
    let count = lines.len();
    match place {
        Place::Own(at) => lines.insert(at % count, planted.to_owned()),
        Place::Behind(at) => change(&mut lines, at % count, |line| format!("{} {planted}", line.trim_end())),
        Place::Before(at) => change(&mut lines, at % count, |line| format!("{planted} {line}")),
        Place::Evidence => {
            for at in &log.evidence {
                change(&mut lines, *at, |line| format!("{} {planted}", line.trim_end()));
            }
        }
        Place::Command => lines.insert(0, format!("==> Running '{planted} alembic upgrade head'")),
        Place::Statement => {
            let behind = log.evidence.first().map_or(count, |at| at + 1);
            lines.insert(behind, format!("[SQL: INSERT INTO audit.users (a) VALUES ('{planted}')]"));
        }
    }
    lines.join("\n")
}

fn change(lines: &mut [String], at: usize, by: impl Fn(&str) -> String) {
    if let Some(line) = lines.get_mut(at) {
        *line = by(line);
    }
}

// ---- what is said ----

/// Everything of a diagnosis that leaves the engine.
fn said(diagnosis: &Diagnosis) -> String {
    let lists = serde_json::to_string(&(&diagnosis.evidence, &diagnosis.warnings)).expect("plain data");
    let facts: Vec<&str> = diagnosis.facts.iter().map(|(_, fact)| fact.value.as_str()).collect();
    format!("{lists}\n{}\n{facts:?}", diagnosis.headline)
}

fn check(log: &Recorded, shape: (&str, Shape), (a, b): (&str, &str), place: Place) {
    let text = plant(log, &shape.1(a, b), place);
    let said = said(&engine().diagnose(text.as_bytes()));
    let leaks = said.contains(a) || said.contains(b);
    assert!(!leaks, "{} in {}, {place:?}: {a} {b}\n{said}", shape.0, log.name);
}

fn halves() -> impl Strategy<Value = (String, String)> {
    ("[A-Za-z0-9]{10,20}", "[A-Za-z0-9]{10,20}")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_planted_secret_is_said((a, b) in halves(), log in any::<prop::sample::Index>(), shape in prop::sample::select(&SHAPES[..]), place in places()) {
        check(log.get(logs()), shape, (&a, &b), place);
    }
}

/// A line of its own as it stays on the screen, and how many places in it are hidden for their shape.
fn on_screen(line: &str) -> (String, usize) {
    let masker = engine().masker();
    let mut shown = (String::new(), 0);
    let mut show = |line: &Line<'_>| {
        let secrets = masker.find_next(line, masker.suspicion(&line.text), &mut Carry::default());
        shown = (shown.0.clone() + Masker::on_screen(&line.text, &secrets).as_str(), shown.1 + secrets.len());
    };
    let mut lines = Lines::as_printed();
    lines.push(line.as_bytes(), &mut show);
    lines.finish(&mut show);
    shown
}

/// The view of a log that is kept whole, and how many places are hidden in it for their shape.
fn view(log: &str) -> (String, usize) {
    let mut maker = ViewMaker::new(1, Vec::new(), engine().masker());
    maker.push(log.as_bytes());
    let view = maker.finish();
    (view.lines.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>().join("\n"), view.masked)
}

fn is_warned_of(log: &str) -> bool {
    engine().diagnose(log.as_bytes()).warnings.iter().any(|warning| warning.id == "secret-in-log")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_shape_is_masked_in_a_line_of_its_own((a, b) in halves(), shape in prop::sample::select(&SHAPES[..])) {
        let (masked, places) = on_screen(&shape.1(&a, &b));
        prop_assert!(!masked.contains(&a) && !masked.contains(&b), "{}: {masked}", shape.0);
        prop_assert!(masked.contains(MASK) && places > 0, "{}: {masked}", shape.0);
        prop_assert_eq!(on_screen(&masked).0, masked.clone(), "masking twice changes nothing");
    }

    #[test]
    fn what_is_hidden_for_its_shape_is_warned_of_and_nothing_else(pieces in prop::collection::vec(prop::sample::select(&["password", "DB_PASS", "token", "cookie", "bearer ", "authorization", "://", "me:", "@", ":", "=", "'", "\"", " ", "/", "x1Y2z3W4", "***", "ü", "ſ", "\n", "\n  ", "ghp_", "0123456789abcdefABCDEF", "DETAIL:  Key (a)=(b)", "-----BEGIN PRIVATE KEY-----", "relation \"a\" already exists"][..]), 0..24)) {
        let log = pieces.concat();
        prop_assert_eq!(is_warned_of(&log), view(&log).1 > 0, "{:?}", view(&log));
    }

    /// Most lines are not looked at; of those no rule finds anything.
    #[test]
    fn what_a_quick_look_lets_pass_holds_no_secret(pieces in prop::collection::vec(prop::sample::select(&["key", "Key", "KEY", "pwd", "pin", "jwt", "sid", "salt", "session", "token", "password", "_id", "Id", "_hash", "_2", "x_", "my-", "=", ": ", "\": \"", "\"", "'", " ", "=>", " is ", "/", "\t", "`", "]", "(", "[", ".", "|", ">", "<", "->", "\\", "--", "Value", ", ", "99aa77bb55cc33dd99aa77bb", "x1Y2z3W4", "aB3dE5fG7hJ9kL2m", "npm_", "sk_live_", "requirements", "2026-11-26", "━━", "…"][..]), 1..9)) {
        let line = pieces.concat();
        let secrets = engine().masker().secrets().find(&line);
        prop_assert_eq!(on_screen(&line).1, secrets.len(), "{}: {:?}", line, secrets);
    }

    #[test]
    fn masking_takes_any_text(text in any::<String>()) {
        let secrets = engine().masker().secrets().find(&text);
        prop_assert!(secrets.iter().all(|range| text.get(range.clone()).is_some()), "{secrets:?}");
        prop_assert!(secrets.iter().zip(secrets.iter().skip(1)).all(|(one, next)| one.end < next.start), "{secrets:?}");
        engine().masker().leaving(&text, &[]);
        engine().masker().command(&text);
    }
}

#[test]
fn every_shape_is_masked_where_it_becomes_evidence() {
    // One log of each situation, so that every kind of message has had every shape beside it.
    let mut seen = Vec::new();
    for log in logs() {
        let situation = engine().diagnose(log.lines.join("\n").as_bytes()).situation;
        if seen.contains(&situation) {
            continue;
        }
        seen.push(situation);
        for shape in SHAPES {
            check(log, shape, ("abcdefghijkmno", "pqrstuvwxyzabc"), Place::Evidence);
        }
    }
    assert!(seen.len() > 10);
}

/// What stands on a line of evidence and is no part of a known message goes, whatever it looks like.
#[test]
fn a_secret_that_looks_like_nothing_is_no_evidence() {
    let (a, b) = ("correcthorse", "battery-Staple7");
    let mut checked = 0;
    for log in logs() {
        // The step's line is behind it; the title somebody gave a migration is shown.
        let is_step = |at: &usize| log.lines.get(*at).is_some_and(|line| line.contains("Running upgrade"));
        for at in log.evidence.iter().filter(|at| !is_step(at)) {
            let mut lines = log.lines.clone();
            change(&mut lines, *at, |line| format!("{} {a} ({b}, '{a}') {b}", line.trim_end()));
            let diagnosis = engine().diagnose(lines.join("\n").as_bytes());
            let shown = diagnosis.evidence.iter().map(|evidence| evidence.text.as_str()).collect::<Vec<_>>().join("\n");
            let leaks = [a, "battery", "Staple7"].iter().any(|part| shown.contains(part));
            assert!(!leaks, "{}, line {}: {shown}", log.name, at + 1);
            checked += usize::from(shown.contains(MASK));
        }
    }
    assert!(checked > 100, "{checked} lines were masked");
}

#[test]
fn a_password_with_a_bracket_is_no_database() {
    let shape: (&str, Shape) =
        ("url with digits, / and a bracket", |a, b| format!("postgres://me:12/{a}({b}@dpg-1-a/shop"));
    for place in [Place::Own(0), Place::Evidence] {
        check(logs().first().expect("a log"), shape, ("abcdefghijkmno", "pqrstuvwxyzabc"), place);
    }
}

#[test]
fn what_is_no_secret_stays() {
    for line in [
        "password authentication failed for user \"me\"",
        "relation \"password_reset_tokens\" already exists",
        "relation \"cookies\" does not exist",
        "column \"secret\" of relation \"users\" does not exist",
        "Background on this error at: https://sqlalche.me/e/20/f405",
        "FATAL:  database \"shop\" does not exist",
    ] {
        assert_eq!(on_screen(line), (line.to_owned(), 0));
    }
}

// ---- the program itself ----

fn program(format: &str, log: &str) -> String {
    let mut child = Command::new(env!("CARGO_BIN_EXE_runbook"))
        .args(["diagnose", "--format", format])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    child.stdin.take().expect("a pipe").write_all(log.as_bytes()).expect("written");
    let output = child.wait_with_output().expect("the program ends");
    assert!(output.status.success() && output.stderr.is_empty());
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn the_program_prints_no_planted_secret() {
    let (a, b) = ("k7Qm2ZtR9wXb", "h4Lp8VnC3yDs");
    for (shape, log) in SHAPES.into_iter().zip(logs().iter().rev()) {
        for place in [Place::Evidence, Place::Command] {
            let text = plant(log, &shape.1(a, b), place);
            for format in ["json", "text"] {
                let printed = program(format, &text);
                assert!(!printed.contains(a) && !printed.contains(b), "{} in {}: {printed}", shape.0, log.name);
            }
        }
    }
}
