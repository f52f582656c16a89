//! `runbook mask`: logs as they may be handed on.

use std::ffi::{OsStr, OsString};
use std::io;
use std::process::ExitCode;

use lexopt::prelude::*;
use runbook::embedded;
use runbook::engine::text::HandedOver;

use super::Outcome;
use super::input::read_portions;

pub(super) fn run(mut parser: lexopt::Parser) -> Outcome {
    let mut files: Vec<OsString> = Vec::new();
    while let Some(argument) = parser.next()? {
        match argument {
            Value(file) => files.push(file),
            other => return Err(other.unexpected().into()),
        }
    }
    if files.is_empty() {
        files.push("-".into());
    }
    let mut code = ExitCode::SUCCESS;
    for file in &files {
        if let Err(error) = mask(file) {
            super::complain(&format!("{}: {error}", file.to_string_lossy()));
            code = ExitCode::from(2);
        }
    }
    Ok(code)
}

fn mask(file: &OsStr) -> io::Result<()> {
    let engine = embedded::engine();
    let messages = |line: &str| engine.messages_in(line);
    let mut masked = HandedOver::new(engine.masker(), &messages);
    read_portions(file, |portion| super::print(&masked.push(portion)))?;
    super::print(&masked.finish());
    Ok(())
}
