//! Mistakes that an author of content could make, and what `check` must say about each.

mod alone;
mod files;
mod options;
mod server_output;
mod signatures;
mod step_data;
mod tree;

pub(crate) use alone::ALONE;

use crate::fault::Fault;

const TREE: &str = "content/trees/render-database-recovery.toml";
const RELATION: &str = "content/signatures/postgres/duplicate-relation.md";
const STAMP: &str = "content/outcomes/stamp.md";
const SITUATIONS: &str = "content/situations.toml";
const CLUES: &str = "content/clues.toml";
const ANSWERS: &str = "content/answers.toml";
const STORY: &str = "tests/scenarios/healthy.md";

/// Faults that hide none of the others, so that all can stand in one copy.
pub(crate) fn faults() -> impl Iterator<Item = &'static Fault> {
    let subjects = [
        tree::IN_THE_TREE,
        signatures::SIGNATURES,
        options::OPTIONS,
        step_data::STEP_DATA,
        server_output::SERVER_OUTPUT,
        files::FILES,
    ];
    subjects.into_iter().flatten()
}
