//! The reset guard without a script: which values open it, what is said about the others, and how a file of variables is read.
use proptest::prelude::*;
use runbook::engine::guard::{
    Case, Decision, EnvError, EnvSnapshot, Guard, NearMiss, NotRead, Report, Requirement, Source, State, Verdict,
    Verdicts, evaluate, read, visible,
};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

fn requirements() -> Vec<Requirement> {
    vec![Requirement::new("APP_MODE", "demo"), Requirement::new("ALLOW_DB_RESET", "1")]
}

fn judge(file: &[u8]) -> Verdicts {
    evaluate(&requirements(), &EnvSnapshot::parse(file).expect("well formed"))
}

/// The values of the table; none is "not set".
const APP_MODE: [Option<&str>; 14] = [
    None,
    Some(""),
    Some("demo"),
    Some("Demo"),
    Some("DEMO"),
    Some(" demo"),
    Some("demo "),
    Some("\"demo\""),
    Some("demonstration"),
    Some("not-demo"),
    Some("prod"),
    Some("production"),
    Some("d\u{435}mo"),
    Some("demo\n"),
];
const ALLOW_DB_RESET: [Option<&str>; 13] = [
    None,
    Some(""),
    Some("1"),
    Some("0"),
    Some("true"),
    Some("yes"),
    Some("on"),
    Some("01"),
    Some("1 "),
    Some(" 1"),
    Some("1\n"),
    Some("\"1\""),
    Some("\u{FF11}"),
];

#[test]
fn one_of_182_pairs_runs() {
    let mut n_pairs = 0;
    let mut running = Vec::new();
    for mode in APP_MODE {
        for allow in ALLOW_DB_RESET {
            let mut env = EnvSnapshot::default();
            if let Some(mode) = mode {
                env.set(b"APP_MODE", mode.as_bytes());
            }
            if let Some(allow) = allow {
                env.set(b"ALLOW_DB_RESET", allow.as_bytes());
            }
            n_pairs += 1;
            if evaluate(&requirements(), &env).decision == Decision::Run {
                running.push((mode, allow));
            }
        }
    }
    assert_eq!(n_pairs, 182);
    assert_eq!(running, [(Some("demo"), Some("1"))]);
}

#[test]
fn the_three_fixed_wordings() {
    let verdicts = judge(b"APP_MODE=demo\nALLOW_DB_RESET=\n");
    let texts: Vec<String> = verdicts.each.iter().map(Verdict::text).collect();
    assert_eq!(texts, ["set to exactly demo", "set, but not exactly 1"]);
    assert_eq!((verdicts.decision.word(), verdicts.exit_code()), ("REFUSE", 1));
    assert_eq!(judge(b"").each.iter().map(Verdict::text).collect::<Vec<_>>(), ["not set", "not set"]);
    let run = judge(b"APP_MODE=demo\nALLOW_DB_RESET=1");
    assert_eq!((run.decision.word(), run.exit_code()), ("RUN", 0));
    assert!(judge(b"").meaning().contains("On production that is good"));
}

fn guard(id: &str, script: &str, requirements: Vec<Requirement>) -> Guard {
    Guard {
        id: id.into(),
        title: String::new(),
        why: String::new(),
        scripts: vec![script.into()],
        requirements,
        beside: String::new(),
        cases: Vec::new(),
        files: Vec::new(),
    }
}

#[test]
fn every_guard_is_judged_and_one_that_opens_decides() {
    let set = EnvSnapshot::parse(b"APP_MODE=demo\nALLOW_DB_RESET=1\n").expect("well formed");
    let first = guard("render-reset", "reset_db.py", requirements());
    let other = guard("cache-reset", "reset_db.py", vec![Requirement::new("ALLOW_CACHE_RESET", "1")]);
    for guards in [[first.clone(), other.clone()], [other, first]] {
        let report = Report::of(&guards, &set).expect("two guards");
        assert_eq!(report.exit_code, 0, "{}", report.text);
        let lines: Vec<&str> = report.text.split('\n').collect();
        for line in [
            "render-reset (reset_db.py): a reset script would RUN",
            "  APP_MODE: set to exactly demo",
            "  ALLOW_DB_RESET: set to exactly 1",
            "cache-reset (reset_db.py): a reset script would REFUSE",
            "  ALLOW_CACHE_RESET: not set",
        ] {
            assert!(lines.contains(&line), "{line}: {}", report.text);
        }
        assert!(report.text.contains("delete the database's data") && !report.text.contains("leave it so"));
        let closed = Report::of(&guards, &EnvSnapshot::default()).expect("two guards");
        assert_eq!((closed.exit_code, closed.text.contains(" RUN")), (1, false), "{}", closed.text);
    }
}

#[test]
fn one_guard_alone_is_named_by_its_scripts_and_none_says_nothing() {
    let alone = Report::of(&[guard("render-reset", "reset_db.py", requirements())], &EnvSnapshot::default());
    let text = alone.expect("a guard").text;
    assert!(text.starts_with("reset_db.py: a reset script would REFUSE\n  APP_MODE: not set\n"), "{text}");
    assert_eq!(Report::of(&[], &EnvSnapshot::default()), None);
}

proptest! {
    /// Whatever is set: the answer as a whole is that of the guard that opens, if any does.
    #[test]
    fn no_guard_hides_another(
        wanted in prop::collection::vec(prop::collection::vec(("[AB]", "[01]"), 0..3), 1..5),
        set in prop::collection::btree_map("[AB]", "[01]", 0..3),
    ) {
        let guards: Vec<Guard> = wanted
            .iter()
            .map(|all| guard("g", "s", all.iter().map(|(name, value)| Requirement::new(name, value)).collect()))
            .collect();
        let mut env = EnvSnapshot::default();
        for (name, value) in &set {
            env.set(name.as_bytes(), value.as_bytes());
        }
        let runs = guards.iter().any(|one| evaluate(&one.requirements, &env).decision == Decision::Run);
        let report = Report::of(&guards, &env).expect("a guard");
        prop_assert_eq!(report.exit_code == 0, runs);
        prop_assert_eq!(report.text.matches("a reset script would ").count(), guards.len());
    }
}

#[test]
fn near_misses_are_named_and_still_refuse() {
    let cases: [(&[u8], Option<NearMiss>); 20] = [
        (b"", Some(NearMiss::Empty)),
        (b"demo\r", Some(NearMiss::CarriageReturn)),
        (b" demo", Some(NearMiss::SpaceAround)),
        (b"demo\t", Some(NearMiss::SpaceAround)),
        ("demo\u{A0}".as_bytes(), Some(NearMiss::SpaceAround)),
        ("demo\u{200B}".as_bytes(), Some(NearMiss::Invisible)),
        (b"\"demo\"", Some(NearMiss::Quotes)),
        (b"'demo'", Some(NearMiss::Quotes)),
        (b"\"demo\"\r", Some(NearMiss::Quotes)),
        (b"Demo", Some(NearMiss::Case)),
        (b"DEMO ", Some(NearMiss::Case)),
        ("d\u{435}mo".as_bytes(), Some(NearMiss::LookAlike)),
        ("ｄｅｍｏ".as_bytes(), Some(NearMiss::FullWidth)),
        (b"demonstration", Some(NearMiss::Longer)),
        (b"not-demo", Some(NearMiss::Longer)),
        (b"de\xFFmo", Some(NearMiss::NotUtf8)),
        (b"production", None),
        (b"dem", None),
        (b"1", None),
        (b"demo=demo", Some(NearMiss::Longer)),
    ];
    for (value, expected) in cases {
        let mut env = EnvSnapshot::default();
        env.set(b"APP_MODE", value);
        env.set(b"ALLOW_DB_RESET", b"1");
        let verdicts = evaluate(&requirements(), &env);
        assert_eq!(verdicts.decision, Decision::Refuse, "{value:?}");
        assert_eq!(verdicts.each.first().expect("two").near_miss, expected, "{:?}", String::from_utf8_lossy(value));
    }
    let allow = |value: &str| {
        let mut env = EnvSnapshot::default();
        env.set(b"ALLOW_DB_RESET", value.as_bytes());
        evaluate(&requirements(), &env).each.pop().expect("two").near_miss
    };
    assert_eq!(allow("true"), Some(NearMiss::Truthy));
    assert_eq!(allow("YES"), Some(NearMiss::Truthy));
    assert_eq!(allow("01"), Some(NearMiss::LeadingZeros));
    assert_eq!(allow("\u{FF11}"), Some(NearMiss::FullWidth));
    assert_eq!(allow("l"), Some(NearMiss::LookAlike));
    assert_eq!(allow("1\n"), Some(NearMiss::Newline));
    assert_eq!(allow("0"), None);
}

#[test]
fn a_variable_of_nearly_that_name_is_pointed_out() {
    for file in ["export APP_MODE=demo", " APP_MODE=demo", "app_mode=demo", "\u{FEFF}APP_MODE=demo", "APP_MODE =demo"] {
        let verdict = judge(file.as_bytes()).each.swap_remove(0);
        assert_eq!((verdict.state, verdict.near_miss), (State::NotSet, Some(NearMiss::OtherName)), "{file:?}");
    }
    assert_eq!(judge(b"OTHER=demo").each.swap_remove(0).near_miss, None);
}

#[test]
fn a_guard_without_requirements_opens_nothing() {
    assert_eq!(evaluate(&[], &EnvSnapshot::default()).decision, Decision::Refuse);
}

#[test]
fn files_are_read_byte_for_byte() {
    let file = b"# APP_MODE=x\n\nno equals sign\nAPP_MODE=de=mo\r\nexport A=\"1\"\n #B=2\nLAST=\xFF";
    let env = EnvSnapshot::parse(file).expect("well formed");
    assert_eq!(env.get(b"APP_MODE"), Some(&b"de=mo\r"[..]));
    assert_eq!(env.get(b"export A"), Some(&b"\"1\""[..]));
    assert_eq!(env.get(b" #B"), Some(&b"2"[..]));
    assert_eq!(env.get(b"LAST"), Some(&b"\xFF"[..]));
    assert_eq!(env.names().count(), 4);
    assert_eq!(judge(b"APP_MODE=demo\r\nALLOW_DB_RESET=1\r\n").decision, Decision::Refuse);
    assert_eq!(judge(b"APP_MODE=demo\rALLOW_DB_RESET=1\r").each.swap_remove(1).state, State::NotSet);
}

#[test]
fn a_name_set_twice_is_malformed_even_to_the_same_value() {
    for file in ["A=1\nAPP_MODE=demo\n#\nAPP_MODE=secretvalue\n", "A=1\nAPP_MODE=demo\n#\nAPP_MODE=demo"] {
        let error = EnvSnapshot::parse(file.as_bytes()).expect_err("malformed");
        assert_eq!(error, EnvError::SetTwice { name: "APP_MODE".to_owned(), first_line: 2, second_line: 4 });
        assert!(error.to_string().starts_with("malformed: APP_MODE is set on line 2 and again on line 4"));
        assert!(!error.to_string().contains("secretvalue"));
    }
}

#[test]
fn flags_win_over_the_file() {
    let mut env = EnvSnapshot::parse(b"APP_MODE=production\nALLOW_DB_RESET=1\n").expect("well formed");
    env.set_pair(b"APP_MODE=demo").expect("a pair");
    assert_eq!(evaluate(&requirements(), &env).decision, Decision::Run);
    assert_eq!(env.set_pair(b"APP_MODE"), Err(EnvError::NoEquals));
    assert_eq!(env.set_pair(b"=demo"), Err(EnvError::NoEquals));
}

#[test]
fn a_guard_is_content_and_its_cases_are_its_tests() {
    let set =
        |pairs: &[(&str, &str)]| pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let case = |pairs, runs| Case { set: set(pairs), runs, note: String::new() };
    let mut guard = Guard {
        id: "render-reset".to_owned(),
        title: "t".to_owned(),
        why: "w".to_owned(),
        scripts: vec!["reset_db.py".to_owned()],
        requirements: requirements(),
        beside: String::new(),
        files: Vec::new(),
        cases: vec![case(&[("APP_MODE", "demo"), ("ALLOW_DB_RESET", "1")], true), case(&[("APP_MODE", "demo")], false)],
    };
    assert!(guard.failing_cases().is_empty());
    guard.cases.push(case(&[("APP_MODE", "Demo"), ("ALLOW_DB_RESET", "1")], true));
    assert_eq!(guard.failing_cases().len(), 1);
    let json = serde_json::to_string(&guard).expect("plain data");
    assert!(json.contains("\"where\":"));
    assert_eq!(serde_json::from_str::<Guard>(&json).expect("reads back"), guard);
}

#[test]
fn what_is_handed_over_is_judged_like_a_file_or_not_at_all() {
    let judged = |text: &str, source| read(&requirements(), text.as_bytes(), source);
    let lf = judged("A=1\nAPP_MODE=demo\nALLOW_DB_RESET=1\n", Source::Paste).expect("read");
    assert_eq!((lf.pairs, lf.verdicts.decision, lf.line_ends_unknown), (3, Decision::Run, false));
    let crlf = "APP_MODE=demo\r\nALLOW_DB_RESET=1\r\n";
    let pasted = judged(crlf, Source::Paste).expect("read");
    assert_eq!((pasted.verdicts.decision, pasted.line_ends_unknown), (Decision::Run, true));
    let file = judged(crlf, Source::File).expect("read");
    assert_eq!((file.verdicts, file.line_ends_unknown), (judge(crlf.as_bytes()), false));
    let twice = |variable: Option<&str>, first_line, second_line| {
        Err(NotRead::SetTwice { variable: variable.map(str::to_owned), first_line, second_line })
    };
    assert_eq!(judged("APP_MODE=a\n\nAPP_MODE=b", Source::File), twice(Some("APP_MODE"), 1, 3));
    assert_eq!(judged("c2VjcmV0=\nc2VjcmV0=", Source::File), twice(None, 1, 2));
    for nothing in ["", "hello", "# APP_MODE=demo", "\n\n", "# APP_MODE is not set here"] {
        assert_eq!(judged(nothing, Source::Paste), Err(NotRead::NoPairs), "{nothing:?}");
    }
    for (text, variable, line) in [
        ("APP_MODE\ndemo\nALLOW_DB_RESET\n1", "APP_MODE", 1),
        ("X=1\r\nallow_db_reset\t1\r\n", "ALLOW_DB_RESET", 2),
        ("{\"APP_MODE\": \"demo\"}", "APP_MODE", 1),
        ("- key: APP_MODE\n  value: demo", "APP_MODE", 1),
    ] {
        let unclear = Err(NotRead::Unclear { variable: variable.to_owned(), line });
        assert_eq!(judged(text, Source::Paste), unclear, "{text:?}");
    }
    let both = judged("APP_MODE=demo\nwhat APP_MODE is for\n", Source::File).expect("one line sets it");
    assert_eq!(both.pairs, 1);
}

#[test]
fn a_value_can_be_seen() {
    assert_eq!(visible("d\u{435}mo \r\n\t"), "d[U+0435]mo[space][carriage return][line end][tab]");
    assert_eq!(visible("\u{FF11}"), "[U+FF11]");
    assert_eq!(visible("\"demo\""), "\"demo\"");
}

#[test]
fn the_module_is_served_as_it_is_in_the_repository() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/guards/reference");
    let files = &runbook::embedded::reference().guard_files;
    let workbench = runbook::embedded::workbench().expect("here");
    let named: Vec<&str> =
        workbench.guards.iter().flat_map(|guard| &guard.files).map(|file| file.path.as_str()).collect();
    assert!(files.len() == named.len() && files.len() > 8, "{named:?}");
    for (path, text) in files {
        assert_eq!(std::fs::read_to_string(folder.join(path)).expect("a file"), *text);
        assert!(named.contains(&path.as_str()) && text.is_ascii(), "{path}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn only_the_exact_bytes_run(mode in prop::collection::vec(any::<u8>(), 0..6), allow in prop::collection::vec(any::<u8>(), 0..3)) {
        let mut env = EnvSnapshot::default();
        env.set(b"APP_MODE", &mode);
        env.set(b"ALLOW_DB_RESET", &allow);
        let runs = evaluate(&requirements(), &env).decision == Decision::Run;
        prop_assert_eq!(runs, mode == b"demo" && allow == b"1");
    }

    #[test]
    fn any_bytes_are_a_file(file in prop::collection::vec(prop_oneof![Just(b'='), Just(b'\n'), Just(b'\r'), Just(b'#'), Just(b'A'), any::<u8>()], 0..40)) {
        if let Ok(env) = EnvSnapshot::parse(&file) {
            let text: Vec<u8> = file.split(|b| *b == b'\n').filter(|line| !line.starts_with(b"#") && line.contains(&b'=')).flatten().copied().collect();
            let read: usize = env.names().map(|name| name.len() + 1 + env.get(name).map_or(0, <[u8]>::len)).sum();
            prop_assert_eq!(read, text.len());
        }
    }

    #[test]
    fn nothing_of_what_is_handed_over_is_in_the_answer(text in "([A-Z]{0,2}zqj[=\\n: ]{0,2}(APP_MODE|zqj)?[=\\n\\r]{0,2}){0,6}") {
        for source in [Source::File, Source::Paste] {
            prop_assert!(!format!("{:?}", read(&requirements(), text.as_bytes(), source)).contains("zqj"), "{text:?}");
        }
    }

    #[test]
    fn a_secret_in_a_variable_is_never_said(value in "[^a-z]{0,3}zqj[^a-z]{0,3}") {
        let mut env = EnvSnapshot::default();
        env.set(b"APP_MODE", value.as_bytes());
        let verdicts = evaluate(&requirements(), &env);
        let said = verdicts.each.iter().map(|v| v.text() + v.near_miss.map_or("", NearMiss::text)).collect::<String>();
        let all = said + &format!("{verdicts:?}");
        prop_assert!(!all.contains("zqj"));
    }
}

/// A program that reads pairs as JSON and says of each what the reference module says.
const REFERENCE: &str = "
import json, sys
from app import reset_guard
for environ in json.load(sys.stdin):
    said = [reset_guard.verdict(environ.get(name), wanted, wanted.decode()) for name, wanted in reset_guard.REQUIRED]
    print(json.dumps({'runs': not reset_guard.failures(environ), 'said': said}))
";

/// What the Python module of `content/guards/reference/` says of each set of variables.
fn reference(sets: &[BTreeMap<&str, &str>]) -> Vec<(bool, Vec<String>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/guards/reference");
    let python = std::env::var_os("RUNBOOK_PYTHON").unwrap_or_else(|| "python3".into());
    let mut command = Command::new(python);
    command.args(["-X", "utf8", "-B", "-c", REFERENCE]).current_dir(folder);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("Python runs");
    let given = serde_json::to_vec(sets).expect("plain data");
    child.stdin.take().expect("piped").write_all(&given).expect("Python reads");
    let output = child.wait_with_output().expect("Python ends");
    assert!(output.status.success());
    let lines = String::from_utf8(output.stdout).expect("UTF-8");
    let read = |line: &str| {
        let said: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let texts = said.pointer("/said").and_then(serde_json::Value::as_array).expect("two");
        let texts = texts.iter().map(|text| text.as_str().expect("text").to_owned());
        (said.get("runs") == Some(&true.into()), texts.collect())
    };
    lines.split_terminator('\n').map(read).collect()
}

#[test]
fn the_reference_module_and_this_program_say_the_same_of_every_pair() {
    let pairs = APP_MODE.into_iter().flat_map(|mode| ALLOW_DB_RESET.map(|allow| (mode, allow)));
    let sets: Vec<BTreeMap<&str, &str>> = pairs
        .map(|(mode, allow)| {
            let given = [("APP_MODE", mode), ("ALLOW_DB_RESET", allow)];
            given.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
        })
        .collect();
    let ours: Vec<(bool, Vec<String>)> = sets
        .iter()
        .map(|set| {
            let mut env = EnvSnapshot::default();
            for (name, value) in set {
                env.set(name.as_bytes(), value.as_bytes());
            }
            let verdicts = evaluate(&requirements(), &env);
            (verdicts.decision == Decision::Run, verdicts.each.iter().map(Verdict::text).collect())
        })
        .collect();
    let theirs = reference(&sets);
    assert_eq!(theirs.len(), 182);
    assert_eq!(theirs, ours);
    assert_eq!(theirs.iter().filter(|(runs, _)| *runs).count(), 1);
}
