//! `runbook check [DIR]`: every mistake in a content folder at once. None named: `RUNBOOK_CONTENT`, else `content/`.

use std::path::PathBuf;
use std::process::ExitCode;

use lexopt::prelude::*;
use runbook::author::{files, load};

use super::{Misuse, Outcome};

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
    let read = files::read_folder(&folder).map_err(|error| Misuse(format!("{}: {error}", folder.display())))?;
    let (content, problems) = load(&read);
    if problems.is_empty() {
        super::print(&format!(
            "{} files, {} signatures, {} ways out, {} questions: no problem\n",
            read.len(),
            content.patterns.signatures.len(),
            content.catalogue.outcomes.len(),
            content.catalogue.tree.questions.len(),
        ));
        return Ok(ExitCode::SUCCESS);
    }
    for problem in &problems {
        super::print(&format!("{problem}\n"));
    }
    super::print(&format!("{} problems\n", problems.len()));
    Ok(ExitCode::from(1))
}
