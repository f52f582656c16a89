//! `runbook check [DIR]`: every mistake in a content folder at once. None named: `RUNBOOK_CONTENT`, else `content/`.
//!
//! The stories of `tests/scenarios` beside that folder are walked; where there is no such folder, that is said.

use std::path::PathBuf;
use std::process::ExitCode;

use lexopt::prelude::*;
use runbook::author::scenarios::Stories;
use runbook::author::{files, load_told};

use super::{Misuse, Outcome, print, shown};

pub(super) fn run(mut parser: lexopt::Parser) -> Outcome {
    let mut folder = None;
    while let Some(argument) = parser.next()? {
        match argument {
            Value(value) if folder.is_none() => folder = Some(PathBuf::from(value)),
            other => return Err(other.unexpected().into()),
        }
    }
    let named = folder.or_else(|| std::env::var_os("RUNBOOK_CONTENT").map(PathBuf::from));
    let folder = named.unwrap_or_else(|| PathBuf::from("content"));
    let unreadable = |error| Misuse(format!("{}: {error}", shown(&folder)));
    let read = files::read_folder(&folder).map_err(unreadable)?;
    let told = files::read_stories(&folder).map_err(unreadable)?;
    let log = |name: &str| files::read_log(&folder, name);
    let stories = told.as_deref().map(|files| Stories { files, log: &log });
    let (content, problems) = load_told(&read, stories.as_ref());
    if problems.is_empty() {
        let told =
            told.map_or_else(|| "no tests/scenarios beside it".to_owned(), |told| format!("{} scenarios", told.len()));
        print(&format!(
            "{} files, {} signatures, {} ways out, {} questions, {told}: no problem\n",
            read.len(),
            content.patterns.signatures.len(),
            content.catalogue.outcomes.len(),
            content.catalogue.tree.questions.len(),
        ))?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
    lines.push(format!("{} problems\n", problems.len()));
    print(&lines.join("\n"))?;
    Ok(ExitCode::from(1))
}
