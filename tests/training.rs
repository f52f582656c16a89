//! The training as a whole: every exercise is solved by the engine, is cut from a recorded log, and teaches not to wipe.

use std::fs;
use std::path::Path;

use runbook::author::SourceFile;
use runbook::author::files::read_folder;
use runbook::author::load;
use runbook::embedded::{self, LATER};
use runbook::engine::page::{Block, Inline, Risk, Values, plain};
use runbook::engine::situation::Situation;
use runbook::engine::training::{self, Attempt, Exercise, Grade, Solution, Verdict};

fn exercises() -> &'static [Exercise] {
    &embedded::workbench().expect("native programs hold it").training.exercises
}

fn solve(exercise: &Exercise) -> &Solution {
    exercise.solution.as_ref().unwrap_or_else(|| panic!("{}: a question is open", exercise.id))
}

fn right(exercise: &Exercise) -> Attempt {
    let solution = solve(exercise);
    Attempt {
        happened: solution.happened,
        line: *solution.lines.first().expect("a line says so"),
        way_out: solution.way_out.clone(),
    }
}

fn grade<'e>(exercise: &'e Exercise, attempt: &Attempt) -> Grade<'e> {
    training::grade(embedded::catalogue(), exercise, attempt).expect("a grade")
}

fn deletes_data(way_out: &str) -> bool {
    embedded::catalogue().outcome(way_out).expect("a way out").risk == Risk::Destructive
}

#[test]
fn what_is_right_is_what_the_engine_says() {
    let engine = embedded::engine();
    for exercise in exercises() {
        assert_eq!(engine.solve(embedded::catalogue(), exercise).as_ref(), Some(solve(exercise)), "{}", exercise.id);
    }
}

#[test]
fn the_right_answers_pass() {
    for exercise in exercises() {
        assert_eq!(grade(exercise, &right(exercise)).verdict, Verdict::Right, "{}", exercise.id);
    }
}

#[test]
fn every_line_that_is_right_names_the_cause_and_no_other_is() {
    for exercise in exercises() {
        let solution = solve(exercise);
        for (line, text) in exercise.lines() {
            let attempt = Attempt { line, ..right(exercise) };
            let accepted = grade(exercise, &attempt).line;
            assert_eq!(accepted, solution.lines.contains(&line), "{}:{line}", exercise.id);
            let structure = text.starts_with("==>") || text.starts_with("  ") || text.starts_with("Traceback");
            assert!(!(accepted && structure), "{}:{line} says nothing: {text}", exercise.id);
        }
    }
}

#[test]
fn a_wrong_part_does_not_pass() {
    for exercise in exercises() {
        let right = right(exercise);
        for happened in exercise.happened.iter().filter(|happened| **happened != right.happened) {
            let attempt = Attempt { happened: *happened, ..right.clone() };
            assert_eq!(grade(exercise, &attempt).verdict, Verdict::NotYet, "{}: {happened:?}", exercise.id);
        }
        let attempt = Attempt { line: 1, ..right.clone() };
        assert_eq!(grade(exercise, &attempt).verdict, Verdict::NotYet, "{}: line 1", exercise.id);
        for other in exercise.others.iter().filter(|other| !other.also_right && !deletes_data(&other.way_out)) {
            let attempt = Attempt { way_out: other.way_out.clone(), ..right.clone() };
            assert_eq!(grade(exercise, &attempt).verdict, Verdict::NotYet, "{}: {}", exercise.id, other.way_out);
        }
    }
}

#[test]
fn every_wipe_but_the_right_one_fails_everywhere() {
    for exercise in exercises() {
        let solution = solve(exercise);
        for way_out in ["option-a", "option-b"].into_iter().filter(|way_out| *way_out != solution.way_out) {
            let attempt = Attempt { way_out: way_out.into(), ..right(exercise) };
            assert_eq!(grade(exercise, &attempt).verdict, Verdict::Wiped, "{}: {way_out}", exercise.id);
        }
    }
}

#[test]
fn the_exercises_are_many_kinds_and_mostly_against_wiping() {
    let kinds: std::collections::BTreeSet<Situation> = exercises().iter().map(|e| solve(e).happened).collect();
    assert!(kinds.len() >= 8, "{kinds:?}");
    let wipes = exercises().iter().filter(|exercise| deletes_data(&solve(exercise).way_out)).count();
    assert!(wipes >= 2 && exercises().len() - wipes >= 5, "{wipes} of {}", exercises().len());
    assert_eq!(exercises().iter().filter(|exercise| exercise.guided).count(), 1);
    for exercise in exercises() {
        assert!(exercise.happened.contains(&solve(exercise).happened), "{}", exercise.id);
        let offered = exercise.others.iter().any(|other| deletes_data(&other.way_out));
        assert!(offered || deletes_data(&solve(exercise).way_out), "{} tempts nobody", exercise.id);
    }
}

#[test]
fn every_line_of_a_log_is_recorded() {
    for file in practice_files() {
        let value =
            |name: &str| file.text.split(name).nth(1).and_then(|rest| rest.split('"').nth(1)).map(str::to_owned);
        let recorded = value("recorded = ").expect("where it was recorded");
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/logs").join(&recorded);
        let recorded = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let recorded: Vec<&str> = recorded.split('\n').map(str::trim_end).collect();
        let id = file.path.rsplit('/').next().and_then(|name| name.strip_suffix(".md")).expect("a name");
        let exercise = exercises().iter().find(|exercise| exercise.id == id).expect("embedded");
        for (number, line) in exercise.lines() {
            let ours = line.starts_with("==> ") || line.trim() == "...";
            assert!(ours || recorded.contains(&line), "{}:{number} is not in {}: {line}", file.path, path.display());
        }
    }
}

#[test]
fn words_are_explained_and_every_word_is_used_somewhere() {
    let later = LATER.get().expect("native programs hold it");
    let training = &embedded::workbench().expect("native programs hold it").training;
    let mut used = Vec::new();
    for page in embedded::catalogue().runbooks.iter().chain([&training.start]) {
        terms(&page.lead, &mut used);
        page.sections.iter().for_each(|section| terms(&section.blocks, &mut used));
    }
    training.exercises.iter().for_each(|exercise| terms(&exercise.why, &mut used));
    assert!(used.len() > 30, "{used:?}");
    for id in &used {
        assert!(later.term(id).is_some(), "{id} has no meaning");
    }
    let unread: Vec<_> = later.glossary.iter().filter(|term| !used.contains(&term.id)).map(|term| &term.id).collect();
    assert!(unread.is_empty(), "words nobody reads: {unread:?}");
    for term in &later.glossary {
        assert!(plain(&term.meaning, &Values::default()).len() < 300, "{} is long for a tap", term.id);
    }
}

fn terms(blocks: &[Block], used: &mut Vec<String>) {
    for block in blocks {
        match block {
            Block::Paragraph(line) => in_line(line, used),
            Block::List { items, .. } => items.iter().for_each(|item| terms(item, used)),
            Block::Quote(inner) => terms(inner, used),
            Block::Correction(correction) => {
                in_line(&correction.text, used);
                in_line(&correction.why, used);
            }
            Block::Heading { inlines, .. } => {
                assert!(!inlines.iter().any(|inline| matches!(inline, Inline::Term { .. })), "a term in a heading");
            }
            Block::Code(_) | Block::Sql { .. } | Block::Extensions { .. } => {}
        }
    }
}

fn in_line(line: &[Inline], used: &mut Vec<String>) {
    for inline in line {
        match inline {
            Inline::Term { id, .. } => used.push(id.clone()),
            Inline::Strong(inner) | Inline::Emphasis(inner) => in_line(inner, used),
            _ => {}
        }
    }
}

// ---- an author's mistakes ----

fn content() -> Vec<SourceFile> {
    read_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content")).expect("content is readable")
}

fn practice_files() -> Vec<SourceFile> {
    content().into_iter().filter(|file| file.path.contains("/training/practice/")).collect()
}

/// The problems of the content with one file changed, as `line: message`.
fn problems(path: &str, from: &str, to: &str) -> Vec<String> {
    let mut files = content();
    let file = files.iter_mut().find(|file| file.path == path).expect("that file");
    assert!(file.text.contains(from), "{path} holds no {from:?}");
    file.text = file.text.replacen(from, to, 1);
    let problems = load(&files).1.into_iter();
    problems.map(|p| format!("{}:{}:{}: {}", p.file, p.line, p.column, p.message)).collect()
}

#[test]
fn an_exercise_that_disagrees_with_the_engine_is_a_problem() {
    let path = "content/training/practice/newer-than-the-code.md";
    let cases = [
        (
            "happened = \"unknown-revision\"",
            "happened = \"permission\"",
            ":6:12: the log shows `unknown-revision`, not `permission`",
        ),
        ("line = 5", "line = 1", ":8:8: line 1 does not say so; [5, 6] do"),
        (
            "way_out = \"deploy-other-version\"",
            "way_out = \"back-up-first\"",
            ":9:11: the answers lead to `deploy-other-version`, not to `back-up-first`",
        ),
        ("revision-file = \"found\"", "revision-file = \"fuond\"", "`revision-file` has no answer `fuond`"),
        ("revision-file = \"found\"", "revision-fiel = \"found\"", "there is no question `revision-fiel`"),
        ("revision-file = \"found\"", "", "the answers lead to no way out"),
        ("way_out = \"restore-backup\"", "way_out = \"restore-bakcup\"", "there is no way out `restore-bakcup`"),
        ("way_out = \"restore-backup\"", "way_out = \"stamp\"", "`stamp` is there twice"),
        ("way_out = \"option-a\"", "way_out = \"option-a\"\nalso_right = true", "`option-a` deletes data"),
        ("==> Deploying...", "PASSWORD=hunter2hunter2", "a line holds a secret"),
    ];
    for (from, to, expected) in cases {
        let found = problems(path, from, to);
        assert!(found.iter().any(|problem| problem.contains(expected)), "{to}: {found:#?}");
    }
}

#[test]
fn a_word_that_two_entries_claim_is_a_problem() {
    let found = problems("content/glossary.toml", "name = \"stamp\"", "name = \"head\"");
    assert!(found.iter().any(|problem| problem.contains("`head` belongs to `head` already")), "{found:#?}");
    let found = problems("content/glossary.toml", "id = \"stamp\"", "id = \"head\"");
    assert!(found.iter().any(|problem| problem.contains("the id `head` is there twice")), "{found:#?}");
}
