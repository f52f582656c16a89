//! `runbook guard`: would any reset script run with these variables? Never reads the process's own environment.

use std::ffi::OsString;
use std::process::ExitCode;

use lexopt::prelude::*;
use runbook::embedded;
use runbook::engine::guard::{EnvSnapshot, Report};

use super::{Misuse, Outcome, print, shown};

pub(super) fn run(mut parser: lexopt::Parser) -> Outcome {
    let mut pairs = Vec::new();
    let mut env = EnvSnapshot::default();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("set") => pairs.push(parser.value()?),
            Long("env-file") => env = env_file(parser.value()?)?,
            other => return Err(other.unexpected().into()),
        }
    }
    // What is set by hand wins over the file, wherever it stands.
    for pair in pairs {
        env.set_pair(pair.as_encoded_bytes())?;
    }
    let report = Report::of(&embedded::catalogue().guards, &env);
    let report = report.ok_or_else(|| Misuse("this build holds no guard".into()))?;
    print(&report.text)?;
    Ok(ExitCode::from(report.exit_code))
}

fn env_file(path: OsString) -> Result<EnvSnapshot, Misuse> {
    let bytes = std::fs::read(&path).map_err(|error| Misuse(format!("{}: {error}", shown(&path))))?;
    Ok(EnvSnapshot::parse(&bytes)?)
}
