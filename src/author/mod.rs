//! Content files → [`Content`], at build time and for `runbook check`.
//!
//! Comes in: paths and texts. Goes out: the content and every mistake in it, each with file, line and column. Never in
//! the reader's download: what the browser gets is the content already parsed.

mod accuracy;
mod answers;
mod cross;
mod dashboard;
mod examples;
pub mod files;
mod glossary;
mod guards;
mod lists;
pub mod markdown;
mod mistakes;
mod pages;
pub mod problem;
mod proof;
mod questions;
mod reader;
mod rescues;
pub mod scenarios;
mod secrets;
mod signatures;
mod team;
mod template;
mod terms;
mod training;
mod trees;
mod values;

pub use reader::SourceFile;

use problem::ContentProblem;
use reader::Reader;
use scenarios::Stories;

use crate::engine::Engine;
use crate::engine::catalogue::Catalogue;
use crate::engine::later::{Later, Workbench};
use crate::engine::reference::Reference;
use crate::engine::signature::Patterns;
use crate::engine::situation::Situation;

/// All content: the four parts a reader downloads, and what pages are made of that nobody needs a program to read.
#[derive(Debug, Clone, PartialEq)]
pub struct Content {
    /// What every page needs.
    pub catalogue: Catalogue,
    /// What logs are searched for.
    pub patterns: Patterns,
    /// What is fetched when somebody asks for it.
    pub later: Later,
    /// What only the pages without a log show.
    pub workbench: Workbench,
    /// What stands on pages without a program.
    pub reference: Reference,
}

/// Parses all files. The content is what could be read; it is to be used only when there is no problem.
pub fn load(files: &[SourceFile]) -> (Content, Vec<ContentProblem>) {
    load_told(files, None)
}

/// The same, with the stories that are told of the content: whatever none of them tells is a problem too.
pub fn load_told(files: &[SourceFile], stories: Option<&Stories<'_>>) -> (Content, Vec<ContentProblem>) {
    let mut reader = Reader::new(files);
    let secrets = secrets::read(&mut reader);
    let warnings = lists::warnings(&mut reader);
    let (team, first) = team::read(&mut reader, &secrets, &warnings, &pages::slugs(files));
    let mut runbooks = pages::runbooks(&mut reader, &team, &first);
    let glossary = glossary::read(&mut reader);
    for page in &mut runbooks {
        terms::mark_page(page, &glossary);
    }
    let mut training = training::read(&mut reader);
    terms::mark_training(&mut training, &glossary);
    let (signatures, errors) = signatures::read(&mut reader);
    let plain = lists::plain_words(&mut reader);
    let mut patterns = Patterns {
        signatures,
        markers: lists::markers(&mut reader),
        clues: lists::clues(&mut reader),
        plain_words: plain.words,
        labels: plain.labels,
        answers: answers::read(&mut reader),
        secrets,
        warnings: warnings.clone(),
        unknown_title: String::new(),
    };
    let (outcomes, step_data) = pages::outcomes(&mut reader, &team, &runbooks);
    let trees = trees::read(
        &mut reader,
        &trees::Names {
            runbooks: &ids(&runbooks, |page| &page.slug),
            signatures: &ids(&patterns.signatures, |signature| &signature.id),
            outcomes: &ids(&outcomes, |outcome| &outcome.id),
        },
    );
    let (guards, guard_files) = guards::read(&mut reader);
    let (situations, confirm) = lists::situations(&mut reader);
    let unknown = situations.iter().find(|words| words.id == Situation::Unknown);
    patterns.unknown_title = unknown.map(|words| words.title.clone()).unwrap_or_default();
    let mut catalogue = Catalogue {
        team,
        situations,
        warnings,
        triggers: lists::triggers(&mut reader, &patterns.signatures),
        tree: trees.tree,
        outcomes,
        runbooks,
        guards: guards.iter().map(guards::without_examples).collect(),
    };
    cross::check(&catalogue, &trees.spots, &mut reader);
    let told = stories.map(|stories| {
        let (told, problems) = scenarios::read(stories, &catalogue);
        reader.problems.extend(problems);
        told
    });
    answers::check(&catalogue, &mut reader);
    // Examples of content that does not hold together would only repeat its problems.
    if reader.problems.is_empty() {
        let engine = Engine::new(&patterns);
        examples::run(&engine, &mut reader);
        answers::run(&engine, &patterns.answers, &mut reader);
        training::solve(&engine, &catalogue, &mut training, &mut reader);
        if let Some(told) = &told {
            scenarios::check(&engine, &catalogue, told, &trees.spots, &mut reader);
        }
    }
    let steps = catalogue.outcomes.iter_mut().map(|way| (way.id.clone(), std::mem::take(&mut way.steps))).collect();
    let milder = catalogue.outcomes.iter_mut().filter_map(|way| Some((way.id.clone(), way.milder.take()?))).collect();
    let proof = proof::read(&mut reader);
    let proven = proof.as_ref().map(proof::in_short);
    let glossary = glossary.into_iter().map(|entry| entry.term).collect();
    let guided_log = training.guided().map(|exercise| exercise.log.clone()).unwrap_or_default();
    let later = Later { steps, milder, confirm, guided_log, glossary, proven };
    let workbench = Workbench { training, guards };
    let rescues = rescues::read(&catalogue, &mut reader);
    let accuracy = accuracy::read(&mut reader);
    let reference = Reference { errors, accuracy, proof, rescues, guard_files, step_data };
    reader.unread();
    (Content { catalogue, patterns, later, workbench, reference }, reader.into_problems())
}

fn ids<T>(all: &[T], id: fn(&T) -> &String) -> Vec<&str> {
    all.iter().map(|one| id(one).as_str()).collect()
}
