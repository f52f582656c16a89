//! The words a reader never sees stand in no text that reaches one: the interface's, the content's, the served pages'.

use std::fs;
use std::path::Path;

use runbook::author::markdown::words;
use runbook::embedded;
use runbook::site;
use runbook::ui::routes::{NOT_FOUND, pages};
use runbook::ui::still;
use serde_json::Value;

/// Messages of other programs, shown as they print them.
const OF_OTHERS: [&str; 1] = ["Ambiguous walk"];

/// Fails when one of the words is in a text.
fn assert_plain(text: &str, from: &str) {
    if OF_OTHERS.contains(&text) {
        return;
    }
    let found: Vec<_> = words::find(text).into_iter().map(|(range, _)| text.get(range).unwrap_or_default()).collect();
    assert!(found.is_empty(), "{found:?} in {from}: {text}");
}

/// Every text of a value. What has no space is an id, which no reader sees.
fn texts<'v>(value: &'v Value, out: &mut Vec<&'v str>) {
    match value {
        Value::String(text) if text.contains(' ') => out.push(text),
        Value::Array(values) => values.iter().for_each(|value| texts(value, out)),
        Value::Object(fields) => fields.values().for_each(|value| texts(value, out)),
        _ => {}
    }
}

#[test]
fn the_words_of_the_interface_are_plain() {
    let mut read = 0;
    for file in ["src/ui/words.rs", "src/ui/still/words.rs", "src/engine/record/words.rs"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
        let source = fs::read_to_string(path).expect("the words");
        for line in source.split('\n').filter(|line| !line.trim_start().starts_with("//")) {
            for text in line.split('"').skip(1).step_by(2) {
                assert_plain(text, file);
                read += 1;
            }
        }
    }
    assert!(read > 140, "only {read} texts were read");
}

#[test]
fn the_words_of_the_content_are_plain() {
    let catalogue = serde_json::to_value(embedded::catalogue()).expect("content");
    let patterns = serde_json::to_value(embedded::patterns()).expect("content");
    let later = (embedded::LATER.get().expect("content fetched later"), embedded::workbench().expect("at its end"));
    let later = serde_json::to_value(later).expect("content");
    let reference = serde_json::to_value(embedded::reference()).expect("what is only read");
    let mut all = Vec::new();
    texts(&reference, &mut all);
    assert!(all.len() > 600, "only {} texts of errors were read", all.len());
    texts(&catalogue, &mut all);
    texts(&patterns, &mut all);
    texts(&later, &mut all);
    assert!(all.len() > 1_100, "only {} texts were read", all.len());
    for text in all {
        assert_plain(text, "content");
    }
}

#[test]
fn the_served_pages_are_plain() {
    for page in pages().iter().chain([&NOT_FOUND]) {
        assert_page_plain(page.path, &page.title, page.description, &site::render(page.path));
    }
    for page in still::pages() {
        assert_page_plain(&page.path, &page.title, &page.description, &site::render_still(page));
    }
}

fn assert_page_plain(path: &str, title: &str, description: &str, html: &str) {
    assert_plain(title, path);
    assert_plain(description, path);
    // Between tags; names of classes and addresses are not shown.
    for text in html.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| text) {
        assert_plain(text, path);
    }
    for label in html.split("aria-label=\"").skip(1).filter_map(|part| part.split('"').next()) {
        assert_plain(label, path);
    }
}
