//! What a copy button takes, over all content: one command at a time, and never an example in place of a reader's own value.

use runbook::engine::page::{Form, Part, Placeholder, Value, Values, copied, made_of};

#[path = "content/blocks.rs"]
mod blocks;
use blocks::blocks;

/// Every piece that is copied alone, with its form.
fn pieces() -> impl Iterator<Item = (&'static [Vec<Part>], Form, &'static [Placeholder])> {
    blocks().into_iter().flat_map(|(code, placeholders)| {
        [false, true].into_iter().flat_map(move |windows| {
            let (lines, commands, form) = code.lines_for(windows);
            commands.iter().map(move |range| (lines.get(range.clone()).expect("lines of it"), form, placeholders))
        })
    })
}

/// The reader's fields that a piece needs, each once.
fn needs(lines: &[Vec<Part>], placeholders: &[Placeholder]) -> Vec<String> {
    let keys = lines.iter().flatten().filter_map(|part| match part {
        Part::Placeholder(key) => Some(made_of(key)),
        Part::Text(_) => None,
    });
    let asked = |key: &&str| placeholders.iter().any(|placeholder| placeholder.key == *key && placeholder.asked);
    let mut keys: Vec<String> = keys.flatten().filter(asked).map(str::to_owned).collect();
    keys.sort();
    keys.dedup();
    keys
}

fn filled(keys: &[String], placeholders: &[Placeholder]) -> Values {
    let mut values = Values::unfilled(placeholders);
    for key in keys {
        values.set(key, Value::text(&format!("own-{key}")).expect("one line"));
    }
    values
}

#[test]
fn nothing_is_copied_before_every_field_it_needs_is_filled_in() {
    let mut asked = 0;
    for (lines, form, placeholders) in pieces() {
        let needs = needs(lines, placeholders);
        for missing in 0..needs.len() {
            let mut given = needs.clone();
            let left_out = given.remove(missing);
            let named = copied(lines, form, &filled(&given, placeholders), placeholders).expect_err("a field is empty");
            assert_eq!(named.iter().map(|placeholder| &placeholder.key).collect::<Vec<_>>(), [&left_out], "{lines:?}");
            asked += 1;
        }
        if !needs.is_empty() {
            let named = copied(lines, form, &Values::unfilled(placeholders), placeholders).expect_err("all are empty");
            assert_eq!(named.len(), needs.len(), "{lines:?}");
        }
    }
    assert!(asked > 20, "only {asked} fields are needed");
}

#[test]
fn what_is_copied_holds_the_readers_values_and_no_last_line_end() {
    for (lines, form, placeholders) in pieces() {
        let needs = needs(lines, placeholders);
        let text = copied(lines, form, &filled(&needs, placeholders), placeholders).expect("all is filled in");
        assert!(!text.is_empty() && !text.ends_with('\n'), "{text:?}");
        for key in &needs {
            assert!(text.contains(&format!("own-{key}")), "{key} in {text}");
        }
        for placeholder in placeholders.iter().filter(|placeholder| needs.contains(&placeholder.key)) {
            assert!(!text.contains(&placeholder.source), "the example of {} in {text}", placeholder.key);
        }
    }
}

#[test]
fn every_command_of_the_content_is_one_line_that_is_copied() {
    for (code, _) in blocks().into_iter().filter(|(code, _)| code.language == "sh") {
        for windows in [false, true] {
            let (lines, commands, _) = code.lines_for(windows);
            let covered: Vec<usize> = commands.iter().cloned().flatten().collect();
            assert_eq!(covered, (0..lines.len()).collect::<Vec<_>>(), "{code:?}");
            assert!(commands.iter().all(|range| range.len() == 1), "{code:?}");
        }
    }
}
