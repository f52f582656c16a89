//! The runbook page holds the whole source: every sentence, step and code line, in order; and the content reads plainly.

use std::fs;
use std::path::{Path, PathBuf};

use runbook::author::markdown::{self, Known, mojibake, words};
use runbook::author::problem::ContentProblem;
use runbook::engine::guard::{Case, Guard};
use runbook::engine::page::{
    Block, Corrections, Inline, OutcomePage, Page, Placeholder, Risk, Values, every_code, fill_lines, plain, plain_text,
};
use runbook::engine::plan::steps;

const SLUG: &str = "render-database-recovery";
const SOURCE: &str = include_str!("fixtures/seed-render-database-recovery.md");
/// The generated SQL of the contract.
const EDITIONS: [&str; 8] =
    ["state", "rehearsal", "move-aside", "undo-move-aside", "option-a", "empty-in-place", "verify", "as-written"];
/// The ways out of the contract, with the most each can do to data.
const OUTCOMES: [(&str, Risk); 22] = [
    ("not-this-runbook", Risk::None),
    ("nothing-to-do", Risk::None),
    ("collect-more", Risk::None),
    ("back-up-first", Risk::None),
    ("fix-connection", Risk::None),
    ("fix-configuration", Risk::None),
    ("fix-code", Risk::None),
    ("merge-heads", Risk::None),
    ("redeploy", Risk::Migrates),
    ("migrate", Risk::Migrates),
    ("deploy-other-version", Risk::Migrates),
    ("end-blocker", Risk::Interrupts),
    ("compare", Risk::None),
    ("catch-up", Risk::Migrates),
    ("restore-table", Risk::Reversible),
    ("fix-permissions", Risk::Reversible),
    ("stamp", Risk::Reversible),
    ("repair-by-hand", Risk::Reversible),
    ("restore-backup", Risk::Reversible),
    ("move-aside", Risk::Reversible),
    ("option-a", Risk::Destructive),
    ("option-b", Risk::Destructive),
];

fn content() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("content")
}

fn read(path: &str) -> String {
    fs::read_to_string(content().join(path)).unwrap_or_else(|error| panic!("content/{path}: {error}"))
}

#[track_caller]
fn no_problems(problems: &[ContentProblem]) {
    let list: Vec<_> = problems.iter().map(ToString::to_string).collect();
    assert!(problems.is_empty(), "{}", list.join("\n"));
}

fn page() -> Page {
    let path = format!("runbooks/{SLUG}/runbook.md");
    let parsed = markdown::runbook(
        &format!("content/{path}"),
        SLUG,
        &read(&path),
        &Known { editions: &EDITIONS, placeholders: &[] },
    );
    no_problems(&parsed.problems);
    parsed.value
}

fn outcome(id: &str, placeholders: &[Placeholder]) -> OutcomePage {
    let path = format!("outcomes/{id}.md");
    let parsed =
        markdown::outcome(&format!("content/{path}"), id, &read(&path), &Known { editions: &EDITIONS, placeholders });
    no_problems(&parsed.problems);
    parsed.value.page
}

fn outcomes() -> Vec<OutcomePage> {
    let placeholders = page().placeholders;
    OUTCOMES.iter().map(|(id, _)| outcome(id, &placeholders)).collect()
}

/// What must be found of the source, one by one: headings, sentences of paragraphs and steps, lines of code.
/// Reads the few forms of Markdown the source uses, on purpose without our own parser.
fn source_units(source: &str) -> Vec<String> {
    let mut units = Vec::new();
    let mut paragraph = String::new();
    let mut in_code = false;
    for line in source.split('\n') {
        if line.starts_with("```") {
            flush(&mut paragraph, &mut units);
            in_code = !in_code;
        } else if in_code {
            units.extend(Some(line.trim().to_owned()).filter(|line| !line.is_empty()));
        } else {
            let bare = line.trim().trim_start_matches(['#', '>']).trim_start();
            let step = bare
                .split_once(". ")
                .filter(|(number, _)| number.chars().all(|c| c.is_ascii_digit()))
                .map(|(_, rest)| rest);
            let begins_anew = line.starts_with('#')
                || line.trim() == ">"
                || bare.is_empty()
                || step.is_some()
                || bare.starts_with("- ");
            if begins_anew {
                flush(&mut paragraph, &mut units);
            }
            let words = step.unwrap_or(bare.strip_prefix("- ").unwrap_or(bare));
            paragraph.push_str(words);
            paragraph.push(' ');
            if line.starts_with('#') {
                flush(&mut paragraph, &mut units);
            }
        }
    }
    flush(&mut paragraph, &mut units);
    units
}

/// Ends a paragraph and takes its sentences.
fn flush(paragraph: &mut String, units: &mut Vec<String>) {
    let text = squeeze(&paragraph.replace("**", "").replace('`', ""));
    paragraph.clear();
    let mut from = 0;
    for (at, _) in text.match_indices(". ") {
        if text.get(at + 2..).is_some_and(|next| next.starts_with(char::is_uppercase)) {
            units.extend(text.get(from..=at).map(str::to_owned));
            from = at + 2;
        }
    }
    units.extend(text.get(from..).filter(|rest| !rest.is_empty()).map(str::to_owned));
}

/// Every run of white space as one space.
fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_fixture_is_the_source_with_its_fault() {
    assert_eq!(mojibake::find(SOURCE).len(), 1);
    assert_eq!(source_units(&mojibake::repair(SOURCE)).len(), 43);
}

/// The first piece of the source that a text lacks, or has out of order.
fn first_missing(text: &str) -> Option<String> {
    let text = squeeze(text);
    let mut from = 0;
    for unit in source_units(&mojibake::repair(SOURCE)) {
        let unit = squeeze(&unit);
        let Some(at) = text.get(from..).and_then(|rest| rest.find(&unit)) else { return Some(unit) };
        from += at + unit.len();
    }
    None
}

#[test]
fn every_sentence_step_and_code_line_of_the_source_is_there_in_order() {
    let page = page();
    let text = page.plain_text(&Values::unfilled(&page.placeholders), Corrections::Shown);
    assert_eq!(first_missing(&text), None);
}

#[test]
fn the_check_notices_any_lost_line_and_a_changed_order() {
    let units = source_units(&mojibake::repair(SOURCE));
    for lost in 0..units.len() {
        let rest: Vec<_> =
            units.iter().enumerate().filter(|(i, _)| *i != lost).map(|(_, unit)| unit.as_str()).collect();
        assert!(first_missing(&rest.join(" ")).is_some(), "not noticed: {lost}");
    }
    let reversed: Vec<_> = units.iter().rev().map(String::as_str).collect();
    assert!(first_missing(&reversed.join(" ")).is_some());
    let with_fault = units.join(" ").replace('—', "\u{e2}\u{20ac}\u{201d}");
    assert!(first_missing(&with_fault).is_some_and(|unit| unit.contains('—')));
}

#[test]
fn without_its_corrections_the_page_is_the_source_and_nothing_more() {
    let page = page();
    let text = page.plain_text(&Values::unfilled(&page.placeholders), Corrections::Hidden);
    let source = source_units(&mojibake::repair(SOURCE)).join(" ");
    assert_eq!(squeeze(&text), squeeze(&source));
}

#[test]
fn the_sections_have_the_addresses_people_will_bookmark() {
    let contents: Vec<_> = page().contents().into_iter().map(|entry| entry.id).collect();
    assert_eq!(contents, ["when", "option-a", "option-b", "prevent", "check-state"]);
}

#[test]
fn each_option_is_one_list_of_numbered_steps() {
    let page = page();
    for id in ["option-a", "option-b"] {
        let section = page.section(id).expect("the section");
        let steps: Vec<usize> = section
            .blocks
            .iter()
            .filter_map(
                |b| if let Block::List { ordered: true, start: 1, items } = b { Some(items.len()) } else { None },
            )
            .collect();
        assert_eq!(steps, [4], "{id}");
    }
}

#[test]
fn the_block_as_written_is_the_source_block() {
    let page = page();
    let found = every_code(&page.section("option-a").expect("the section").blocks);
    let [code] = found.as_slice() else { panic!("one block of code") };
    assert_eq!(code.edition.as_deref(), Some("as-written"));
    let (lines, _, form) = code.lines_for(false);
    let filled = fill_lines(lines, &Values::unfilled(&page.placeholders), form);
    assert!(SOURCE.contains(&format!("```sql\n{filled}```")), "{filled}");
}

#[test]
fn every_correction_is_short_dated_and_sourced() {
    let page = page();
    let values = Values::unfilled(&page.placeholders);
    let corrections = page.corrections();
    assert!(corrections.len() >= 20, "only {}", corrections.len());
    for correction in corrections {
        let text = plain(&correction.text, &values);
        assert!(text.chars().count() <= 200, "too long for one glance: {text}");
        assert!(
            !plain(&correction.why, &values).is_empty() && !plain(&correction.source, &values).is_empty(),
            "{text}"
        );
        assert_eq!(correction.date.len(), 10, "{text}");
    }
}

#[test]
fn the_dangerous_block_is_replaced_by_the_safe_one() {
    let editions: Vec<_> = page().corrections().into_iter().filter_map(|c| c.edition.clone()).collect();
    assert_eq!(editions, ["option-a", "state"]);
}

#[test]
fn every_way_out_of_the_contract_has_its_page() {
    for (page, (id, risk)) in outcomes().into_iter().zip(OUTCOMES) {
        assert_eq!((page.id.as_str(), page.risk), (id, risk));
        assert_eq!(page.runbook, SLUG, "{id}");
        assert!(page.group("check").is_some(), "{id}");
        assert!(page.group("run").is_some() || page.group("do").is_some(), "{id}");
    }
    let folder = fs::read_dir(content().join("outcomes")).expect("the folder");
    let mut files: Vec<_> =
        folder.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    let mut expected: Vec<_> = OUTCOMES.iter().map(|(id, _)| format!("{id}.md")).collect();
    files.sort();
    expected.sort();
    assert_eq!(files, expected);
}

#[test]
fn a_way_out_that_comes_from_the_source_names_its_section() {
    let page = page();
    for outcome in outcomes() {
        if let Some(anchor) = &outcome.anchor {
            assert!(page.section(anchor).is_some(), "{}: no section `{anchor}`", outcome.id);
        }
    }
    for id in ["option-a", "option-b"] {
        assert_eq!(outcome(id, &page.placeholders).anchor.as_deref(), Some(id));
    }
}

#[test]
fn both_options_have_all_five_groups_of_steps() {
    let placeholders = page().placeholders;
    for id in ["option-a", "option-b"] {
        let page = outcome(id, &placeholders);
        let groups: Vec<_> = page.steps.iter().map(|section| section.id.replace("do", "run")).collect();
        assert_eq!(groups, ["before", "run", "deploy", "check", "prevent"], "{id}");
    }
}

#[test]
fn only_what_deletes_data_shows_sql_that_deletes_data() {
    for page in outcomes() {
        let deletes =
            page.editions.iter().any(|name| ["option-a", "empty-in-place", "as-written"].contains(&name.as_str()));
        assert!(!deletes || page.risk == Risk::Destructive, "{}", page.id);
    }
}

#[test]
fn no_way_out_puts_a_password_on_the_command_line() {
    let mut connections = 0;
    for page in outcomes() {
        for code in steps(&page.steps).flat_map(|step| every_code(&step.does)) {
            let values = Values::unfilled(&page.placeholders);
            for windows in [false, true] {
                let (lines, _, form) = code.lines_for(windows);
                let text = fill_lines(lines, &values, form);
                for wrong in ["PGPASSWORD", "postgres://", "$DATABASE_URL", "EXTERNAL_URL"] {
                    assert!(!text.contains(wrong), "{}: {text}", page.id);
                }
                // An address without a host is the reader's own computer: it names nobody.
                for url in text.split("postgresql://").skip(1).filter(|url| !url.starts_with('/')) {
                    let (who, rest) = url.split_once('@').expect("a user");
                    assert!(!who.contains(':') && rest.contains("?sslmode=require'"), "{}: {text}", page.id);
                    connections += 1;
                }
            }
        }
    }
    assert!(connections > 0, "no command connects");
}

/// All text of a way out that a reader sees.
fn shown(page: &OutcomePage) -> String {
    let values = Values::unfilled(&page.placeholders);
    let mut lines = vec![
        page.title.clone(),
        page.summary.clone(),
        page.costs.data.clone(),
        page.costs.time.clone(),
        page.costs.undo.clone(),
    ];
    for step in steps(&page.steps) {
        lines.push(step.title.clone());
        lines.extend(step.notes.iter().map(|(_, words)| words.clone()));
        lines.extend(step.done.clone());
    }
    let mut text: String = lines.iter().map(|line: &Vec<Inline>| plain(line, &values) + "\n").collect();
    for step in steps(&page.steps) {
        text.push_str(&plain_text(&step.does, &values, Corrections::Shown));
    }
    text
}

#[test]
fn readers_never_see_our_own_words() {
    let page = page();
    let values = Values::unfilled(&page.placeholders);
    let mut texts = vec![page.plain_text(&values, Corrections::Shown)];
    texts.extend(page.corrections().iter().flat_map(|c| [plain(&c.why, &values), plain(&c.source, &values)]));
    texts.extend(outcomes().iter().map(shown));
    for text in texts {
        let found: Vec<_> =
            words::find(&text).into_iter().map(|(range, _)| text.get(range).unwrap_or_default()).collect();
        assert!(found.is_empty(), "{found:?} in: {text}");
    }
}

#[test]
fn nothing_says_to_set_the_guards_on_production() {
    for page in outcomes() {
        let text = shown(&page);
        for line in text.split('\n').filter(|line| line.contains("ALLOW_DB_RESET") || line.contains("APP_MODE")) {
            assert!(line.contains("Do not set") || line.contains("not set"), "{}: {line}", page.id);
        }
    }
}

#[test]
fn the_guard_answers_its_own_cases() {
    let guard: Guard = toml::from_str(&read("guards/render-reset.toml")).expect("the guard");
    assert_eq!(guard.failing_cases(), Vec::<&Case>::new());
    assert_eq!(guard.cases.iter().filter(|case| case.runs).count(), 1, "exactly one pair opens");
    assert_eq!(guard.scripts, ["reset_db.py", "reset_and_migrate.py"]);
}

#[test]
fn no_text_in_the_content_was_read_in_the_wrong_encoding() {
    for path in files_below(&content()) {
        let is_text = path.extension().is_some_and(|ext| ext == "md" || ext == "toml");
        if is_text {
            let bytes = fs::read(&path).expect("readable");
            let text = String::from_utf8(bytes).unwrap_or_else(|_| panic!("{} is not UTF-8", path.display()));
            assert_eq!(mojibake::find(&text), [], "{}", path.display());
        }
    }
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() { files.extend(files_below(&path)) } else { files.push(path) }
    }
    files.sort();
    files
}
