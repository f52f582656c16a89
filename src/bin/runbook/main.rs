//! The command-line program: the engine's answers as text or JSON. Parses arguments, prints, sets the exit code.

mod check;
mod diagnose;
mod draw;
mod guard;
mod input;
mod mask;
mod sql;

use std::process::ExitCode;

use lexopt::prelude::*;
use runbook::embedded;
use runbook::engine::text::mask::hide_secrets;

const HELP: &str = "\
From a failed deploy log to the right, least destructive, verified recovery.

runbook diagnose [--format text|json] [--answer KEY=VALUE]… [FILE…]
    what a log shows and what to do about it (FILE `-` or none: standard input)
runbook mask [FILE…]
    a log as it may be handed on: the same lines, everything masked that is not known to be harmless
runbook sql EDITION [--db-user NAME] [--database NAME] [--url -] [--set KEY=VALUE]…
    SQL with your names in it, and nothing else on standard output
runbook guard [--set NAME=VALUE]… [--env-file FILE]
    whether a reset script would RUN or REFUSE with these variables
runbook check [DIR]
    every mistake in a content folder (none named: $RUNBOOK_CONTENT, else content)
runbook draw
    the decision tree as a Mermaid flowchart
";

/// A misuse: one clear line, exit code 2.
struct Misuse(String);

impl<E: std::error::Error> From<E> for Misuse {
    fn from(error: E) -> Self {
        Misuse(error.to_string())
    }
}

type Outcome = Result<ExitCode, Misuse>;

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(Misuse(message)) => {
            complain(&message);
            ExitCode::from(2)
        }
    }
}

fn run() -> Outcome {
    let mut parser = lexopt::Parser::from_env();
    match parser.next()? {
        Some(Value(command)) => match command.to_str() {
            Some("diagnose") => diagnose::run(parser),
            Some("sql") => sql::run(parser),
            Some("mask") => mask::run(parser),
            Some("guard") => guard::run(parser),
            Some("check") => check::run(parser),
            Some("draw") => draw::run(parser),
            _ => Err(Misuse(format!("there is no command {}\n\n{HELP}", command.to_string_lossy()))),
        },
        Some(Long("help") | Short('h')) => {
            print(HELP);
            Ok(ExitCode::SUCCESS)
        }
        Some(other) => Err(other.unexpected().into()),
        None => Err(Misuse(format!("say what to do\n\n{HELP}"))),
    }
}

/// Says on standard error what is wrong. What was given in a wrong place may be a URL: its password is not repeated.
fn complain(message: &str) {
    eprintln!("runbook: {}", hide_secrets(&embedded::patterns().secrets, message));
}

/// Prints to standard output; a reader that closed the pipe is no error.
fn print(text: &str) {
    use std::io::Write;
    let _closed_pipe = std::io::stdout().write_all(text.as_bytes());
}

/// Splits `KEY=VALUE` at the first `=`.
fn key_value(argument: std::ffi::OsString) -> Result<(String, String), Misuse> {
    let text = argument.into_string().map_err(|_| Misuse("KEY=VALUE must be UTF-8".into()))?;
    let (key, value) = text.split_once('=').ok_or_else(|| Misuse(format!("`{text}` is not KEY=VALUE")))?;
    Ok((key.to_owned(), value.to_owned()))
}
