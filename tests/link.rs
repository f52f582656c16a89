//! A link leads to the same place as the log it was made from: every recorded log, with every answer on its way, in both directions.
//! What opens a gate stays behind, whatever is written into an address.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use proptest::prelude::*;
use runbook::embedded;
use runbook::engine::diagnose::Diagnosis;
use runbook::engine::fact::{FactKey, Wipe};
use runbook::engine::gate::opens;
use runbook::engine::link::Link;
use runbook::engine::page::Risk;
use runbook::engine::situation::Situation;
use runbook::engine::tree::{Answers, End, Question, Tree};

fn tree() -> &'static Tree {
    &embedded::catalogue().tree
}

/// What every recorded log shows, and every thing a reader can say instead.
fn diagnoses() -> Vec<(String, Diagnosis)> {
    let (catalogue, engine) = (embedded::catalogue(), embedded::engine());
    let mut all = Vec::new();
    let folders = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/logs")).expect("the logs");
    for folder in folders.map(|folder| folder.expect("a folder").path()).filter(|path| path.is_dir()) {
        let files = fs::read_dir(folder).expect("a folder").map(|file| file.expect("a file").path());
        for path in files.filter(|path| path.extension().is_some_and(|ending| ending == "log")) {
            all.push((path.display().to_string(), engine.diagnose(&fs::read(&path).expect("a log"))));
        }
    }
    assert!(all.len() > 400, "only {} logs", all.len());
    let told = catalogue.triggers.iter();
    all.extend(told.map(|seen| (seen.text.clone(), catalogue.told(seen.situation, seen.deciding.as_ref()))));
    all
}

/// What a server can add to a log.
fn with_server(diagnosis: &Diagnosis) -> Vec<Diagnosis> {
    let told = [(FactKey::SetAside, "not-owner"), (FactKey::SetAside, "possible"), (FactKey::PublicSchema, "missing")];
    let with = told.map(|(key, value)| {
        let mut diagnosis = diagnosis.clone();
        diagnosis.facts.set(key, value, Some(1));
        diagnosis
    });
    [diagnosis.clone()].into_iter().chain(with).collect()
}

/// The page of another device: it has the fragment, and the program that reads logs.
fn opened(fragment: &str) -> (Diagnosis, Answers) {
    let link = Link::parse(fragment, tree()).expect("a link");
    let headline = link.signature.as_ref().and_then(|id| embedded::engine().headline(id, link.situation));
    (embedded::catalogue().linked(&link, headline), link.answers().clone())
}

/// Every set of answers a reader can have given on the way.
fn ways(diagnosis: &Diagnosis, answers: &Answers, all: &mut Vec<Answers>) {
    all.push(answers.clone());
    if let End::Question(question) = embedded::catalogue().advise(diagnosis, answers).walk.end {
        for answer in &question.answers {
            let mut more = answers.clone();
            more.insert(question.id.clone(), answer.id.clone());
            ways(diagnosis, &more, all);
        }
    }
}

/// Where a reader stands: each branch taken on the way, as `node: value`, the end, and what can still be reached.
fn place(diagnosis: &Diagnosis, answers: &Answers) -> (Vec<String>, String, Vec<&'static str>) {
    let advice = embedded::catalogue().advise(diagnosis, answers);
    let taken = advice.walk.trail.iter().map(|step| format!("{}: {}", step.node.id, step.taken().unwrap_or_default()));
    let end = match advice.walk.end {
        End::Question(question) => &question.id,
        End::Outcome(id) => id,
    };
    (taken.collect(), end.to_owned(), advice.reachable)
}

fn without_gates(answers: &Answers) -> Answers {
    answers.iter().filter(|(question, answer)| !opens(question, answer)).map(|(q, a)| (q.clone(), a.clone())).collect()
}

#[test]
fn every_log_s_link_leads_to_the_same_place() {
    let (mut looked_at, mut gated) = (BTreeSet::new(), 0);
    for (name, log) in diagnoses() {
        for diagnosis in with_server(&log) {
            let mut all = Vec::new();
            ways(&diagnosis, &Answers::new(), &mut all);
            for answers in all {
                let fragment = Link::to(&diagnosis, &answers, tree()).expect("a link").fragment(tree());
                let (there, carried) = opened(&fragment);
                assert_eq!(carried, without_gates(&answers), "{name}: {fragment}");
                assert_eq!((there.situation, &there.signature), (diagnosis.situation, &diagnosis.signature), "{name}");
                assert_eq!(place(&there, &carried), place(&diagnosis, &carried), "{name}: {fragment}");
                gated += usize::from(carried != answers);
                looked_at.insert(fragment);
            }
        }
    }
    assert!(looked_at.len() > 300 && gated > 300, "{} fragments, {gated} with a gate", looked_at.len());
}

#[test]
fn the_headline_is_the_log_s_own_without_its_names() {
    let signatures = &embedded::patterns().signatures;
    let mut with_names = 0;
    for (name, diagnosis) in diagnoses() {
        let (there, _) = opened(&Link::to(&diagnosis, &Answers::new(), tree()).expect("a link").fragment(tree()));
        let decided = signatures.iter().find(|signature| Some(&signature.id) == diagnosis.signature.as_ref());
        let Some(decided) = decided else {
            assert_eq!(there.headline, diagnosis.headline, "{name}");
            continue;
        };
        assert!(decided.plain_headline == there.headline || decided.headline == there.headline, "{name}");
        assert!(!there.headline.contains('{'), "{name}: {}", there.headline);
        with_names += usize::from(there.headline != diagnosis.headline);
    }
    assert!(with_names > 100, "{with_names} headlines held names");
}

#[test]
fn what_a_reader_says_they_saw_is_what_a_log_with_that_line_shows() {
    let (catalogue, engine) = (embedded::catalogue(), embedded::engine());
    for (line, of) in [
        ("DuplicateTableError: relation \"users\" already exists", 0),
        ("psycopg2.errors.UndefinedTable: relation \"users\" does not exist", 1),
        ("psycopg2.errors.UndefinedTable: relation \"alembic_version\" does not exist", 2),
        ("Can't locate revision identified by 'abc123'", 3),
    ] {
        let seen = catalogue.triggers.get(of).expect("a trigger");
        let (log, told) = (engine.diagnose(line.as_bytes()), catalogue.told(seen.situation, seen.deciding.as_ref()));
        assert_eq!((log.situation, &log.signature), (told.situation, &told.signature), "{}", seen.text);
        assert!(told.signature.is_some() && told.facts.value(FactKey::Signature) == told.signature.as_deref());
    }
}

#[test]
fn a_signature_that_does_not_fit_is_not_taken_over() {
    let catalogue = embedded::catalogue();
    let title = &catalogue.situation(Situation::Permission).expect("words").title;
    for signature in ["postgres/duplicate-relation", "postgres/nothing", "../x", "", "%3Cscript%3E"] {
        let (there, _) = opened(&format!("at=permission&wipe=possible&signature={signature}"));
        assert_eq!((&there.signature, &there.headline), (&None, title), "{signature}");
        assert_eq!(there.facts.value(FactKey::Signature), None);
    }
}

fn any_answer() -> impl Strategy<Value = (String, String)> {
    let of =
        |question: &Question| question.answers.iter().map(|a| (question.id.clone(), a.id.clone())).collect::<Vec<_>>();
    prop::sample::select(tree().questions.iter().flat_map(of).collect::<Vec<_>>())
}

/// Values of facts that open something, and others.
const VALUES: &[&str] = &["possible", "runs", "not-owner", "missing", "healthy", "postgres/duplicate-relation", "x"];

fn any_fact() -> impl Strategy<Value = (FactKey, &'static str)> {
    (prop::sample::select(FactKey::ALL), prop::sample::select(VALUES))
}

proptest! {
    /// Whatever somebody writes into an address: no answer that opens a gate comes out of it, and with a name confirmed on top nothing
    /// that deletes is reached.
    #[test]
    fn no_address_opens_a_gate(
        situation in prop::sample::select(Situation::ALL),
        wipe in prop::sample::select(&Wipe::ALL[..]),
        answers in prop::collection::vec(any_answer(), 0..12),
        facts in prop::collection::vec(any_fact(), 0..6),
        signature in prop::option::of("[a-z/-]{0,30}"),
    ) {
        let mut pairs = vec![format!("at={}", situation.id()), format!("wipe={}", wipe.id())];
        pairs.extend(signature.map(|id| format!("signature={id}")));
        pairs.extend(answers.iter().map(|(question, answer)| format!("q.{question}={answer}")));
        pairs.extend(facts.iter().map(|(key, value)| format!("f.{}={value}", key.id())));
        let (there, mut carried) = opened(&pairs.join("&"));
        prop_assert!(carried.iter().all(|(question, answer)| !opens(question, answer)));
        prop_assert_eq!(there.situation, situation);
        prop_assert!(situation.may_wipe() || there.facts.value(FactKey::Wipe) == Some("other-error"));
        carried.insert("right-database".into(), "confirmed".into());
        let advice = embedded::catalogue().advise(&there, &carried);
        let reached = embedded::catalogue().reached(&advice);
        prop_assert!(reached.is_none_or(|way| way.risk != Risk::Destructive));
    }

    /// A link says again what it was made of, and an address that was not made here is never more than it says.
    #[test]
    fn a_link_comes_back_whole(fragment in "(at=duplicate-table&)?([a-z.]{1,12}=[a-z%2F-]{0,12}&){0,6}") {
        if let Some(mut link) = Link::parse(&fragment, tree()) {
            let again = Link::parse(&link.fragment(tree()), tree());
            link.other_content = false;
            prop_assert_eq!(again, Some(link));
        }
    }
}
