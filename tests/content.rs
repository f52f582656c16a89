//! The content as a whole: it holds together, and what the build embeds is what it says.

use std::path::Path;

use runbook::author::{SourceFile, files, load};
use runbook::embedded::{self, LATER};
use runbook::engine::Engine;
use runbook::engine::page::Risk;
use runbook::engine::situation::Situation;

#[test]
fn content_has_no_problem_and_is_embedded_as_it_is() {
    let files =
        files::read_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content")).expect("content is readable");
    let (content, problems) = load(&files);
    assert!(problems.is_empty(), "{problems:#?}");
    assert_eq!(&content.catalogue, embedded::catalogue());
    assert_eq!(&content.patterns, embedded::patterns());
    assert_eq!(Some(&content.later), embedded::LATER.get());
    assert_eq!(Some(&content.workbench), embedded::workbench());
}

#[test]
fn every_situation_but_unknown_has_a_signature() {
    for situation in Situation::ALL.iter().filter(|s| **s != Situation::Unknown) {
        let seen = embedded::patterns().signatures.iter().any(|s| s.situation == *situation);
        assert!(seen, "no signature shows {}", situation.id());
    }
}

#[test]
fn every_situation_but_unknown_says_what_would_confirm_it() {
    let later = LATER.get().expect("native programs hold it");
    for situation in Situation::ALL.iter().copied() {
        assert_eq!(later.confirm(situation).is_none(), situation == Situation::Unknown, "{}", situation.id());
    }
}

#[test]
fn outcomes_have_the_risk_of_the_interface() {
    let destructive: Vec<&str> =
        embedded::catalogue().outcomes.iter().filter(|o| o.risk == Risk::Destructive).map(|o| o.id.as_str()).collect();
    assert_eq!(destructive, ["option-a", "option-b"]);
    assert_eq!(embedded::catalogue().outcomes.len(), 22);
    for (id, risk) in [
        ("redeploy", Risk::Migrates),
        ("migrate", Risk::Migrates),
        ("deploy-other-version", Risk::Migrates),
        ("catch-up", Risk::Migrates),
        ("end-blocker", Risk::Interrupts),
        ("compare", Risk::None),
        ("restore-table", Risk::Reversible),
        ("stamp", Risk::Reversible),
    ] {
        assert_eq!(embedded::catalogue().outcome(id).map(|outcome| outcome.risk), Some(risk), "{id}");
    }
}

/// A new cause is one new file, with its own examples, and nothing else.
#[test]
fn a_signature_is_one_file() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let mut all = files::read_folder(&folder).expect("content is readable");
    let text = r#"+++
situation = "lock-or-timeout"
headline = "The queue was full."
plain_headline = "The queue was full."

[[match]]
line = 'queue {_:word} has no room left'

[[hit]]
log = '''
<<<
worker: queue mail has no room left
'''

[[miss]]
log = '''
<<<
worker: queue mail has room again
'''
+++

## What it means

Nothing was lost.

## Why it happens

Too much at once.

## What to do

Wait.

## What not to do

Delete nothing.

## Source

Ours.
"#;
    all.push(SourceFile { path: "content/signatures/ours/queue-full.md".into(), text: text.into() });
    let (content, problems) = load(&all);
    assert!(problems.is_empty(), "{problems:#?}");
    let engine = Engine::new(&content.patterns);
    let diagnosis = engine.diagnose(b"starting\nworker: queue mail has no room left\n");
    assert_eq!(diagnosis.signature.as_deref(), Some("ours/queue-full"));
    assert_eq!(diagnosis.headline, "The queue was full.");
}
