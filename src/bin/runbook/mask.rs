//! `runbook mask`: logs as they may be handed on.

use std::ffi::{OsStr, OsString};
use std::io;
use std::process::ExitCode;

use lexopt::prelude::*;
use runbook::embedded;
use runbook::engine::text::HandedOver;

use super::input::read_portions;
use super::output::{complain, print, shown};
use super::{Misuse, Outcome};

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
        if let Err(error) = mask(file)? {
            complain(&format!("{}: {error}", shown(file)));
            code = ExitCode::from(2);
        }
    }
    Ok(code)
}

/// Prints what may be handed on of a file; the inner error is that of reading it.
fn mask(file: &OsStr) -> Result<io::Result<()>, Misuse> {
    let engine = embedded::engine();
    let messages = |line: &str| engine.messages_in(line);
    let mut masked = HandedOver::new(engine.masker(), &messages);
    let mut printed = Ok(());
    let read = read_portions(file, |portion| {
        let text = masked.push(portion);
        if printed.is_ok() {
            printed = print(&text);
        }
    });
    printed?;
    print(&masked.finish())?;
    Ok(read)
}
