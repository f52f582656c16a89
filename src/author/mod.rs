//! Content files → [`Catalogue`](crate::engine::catalogue::Catalogue), at build time and for `runbook check`.
//!
//! Comes in: paths and texts. Goes out: the catalogue and every mistake in it, each with file, line and column. Never in
//! the reader's download: what the browser gets is the catalogue already parsed.

mod cross;
mod dashboard;
mod examples;
pub mod files;
mod lists;
pub mod markdown;
mod pages;
pub mod problem;
mod reader;
mod signatures;
mod team;
mod template;
mod trees;

pub use reader::SourceFile;

use problem::ContentProblem;
use reader::Reader;

use crate::engine::catalogue::Catalogue;

/// Parses all files. The catalogue holds what could be read; it is to be used only when there is no problem.
pub fn load(files: &[SourceFile]) -> (Catalogue, Vec<ContentProblem>) {
    let mut reader = Reader::new(files);
    let warnings = lists::warnings(&mut reader);
    let (team, first) = team::read(&mut reader, &warnings, &pages::slugs(files));
    let runbooks = pages::runbooks(&mut reader, &team, &first);
    let signatures = signatures::read(&mut reader);
    let outcomes = pages::outcomes(&mut reader, &team, &runbooks);
    let trees = trees::read(
        &mut reader,
        &trees::Names {
            runbooks: &ids(&runbooks, |page| &page.slug),
            signatures: &ids(&signatures, |signature| &signature.id),
            outcomes: &ids(&outcomes, |outcome| &outcome.id),
        },
    );
    let catalogue = Catalogue {
        team,
        situations: lists::situations(&mut reader),
        signatures,
        markers: lists::markers(&mut reader),
        clues: lists::clues(&mut reader),
        warnings,
        triggers: lists::triggers(&mut reader),
        tree: trees.tree,
        outcomes,
        runbooks,
        guards: lists::guards(&mut reader),
    };
    cross::check(&catalogue, &trees.files, &mut reader);
    // Examples of content that does not hold together would only repeat its problems.
    if reader.problems.is_empty() {
        examples::run(&catalogue, &mut reader);
    }
    reader.unread();
    (catalogue, reader.into_problems())
}

fn ids<T>(all: &[T], id: fn(&T) -> &String) -> Vec<&str> {
    all.iter().map(|one| id(one).as_str()).collect()
}
