//! The command-line program: the engine's answers as text or JSON. Parses arguments, prints, sets the exit code.

mod check;
mod diagnose;
mod draw;
mod guard;
mod input;
mod mask;
mod names;
mod output;
mod plan;
mod sql;
mod steps_text;

use std::error::Error;
use std::process::ExitCode;

use lexopt::prelude::*;
use output::{complain, print, print_data, shown};

const HELP: &str = "\
From a failed deploy log to the right, least destructive, verified recovery.

runbook diagnose [--format text|json] [--brief] [--answer KEY=VALUE]… [FILE…]
    what a log shows and the steps that help (FILE `-` or none: standard input; --brief: without the steps)
runbook plan [--format text|json] [--answer KEY=VALUE]… [--db-user NAME] [--database NAME] [--set KEY=VALUE]…
             [--output STEP=FILE]… FILE
    the steps of the option that fits, with your names in them; --output gives what a step printed
runbook mask [FILE…]
    a log as it may be handed on: the same lines, everything masked that is not known to be harmless
runbook sql EDITION [--db-user NAME] [--database NAME] [--url -] [--set KEY=VALUE]…
    SQL with your names in it, and nothing else on standard output
runbook sql extensions --database NAME [FILE]
    SQL that creates extensions again, from what the SQL `state` printed (FILE `-` or none: standard input)
runbook guard [--set NAME=VALUE]… [--env-file FILE]
    whether a reset script would RUN or REFUSE with these variables
runbook check [DIR]
    every mistake in a content folder (none named: $RUNBOOK_CONTENT, else content)
runbook draw
    the decision tree as a Mermaid flowchart
";

/// A misuse, or a result that could not be written: said on standard error, exit code 2.
struct Misuse(String);

impl<E: Error + 'static> From<E> for Misuse {
    fn from(error: E) -> Self {
        let said = error.to_string();
        let source: &(dyn Error + 'static) = &error;
        // The parser's own errors repeat an argument as it was given.
        Misuse(if source.is::<lexopt::Error>() { shown(said) } else { said })
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
            Some("plan") => plan::run(parser),
            Some("sql") => sql::run(parser),
            Some("mask") => mask::run(parser),
            Some("guard") => guard::run(parser),
            Some("check") => check::run(parser),
            Some("draw") => draw::run(parser),
            _ => Err(Misuse(format!("there is no command {}\n\n{HELP}", shown(command)))),
        },
        Some(Long("help") | Short('h')) => {
            print(HELP)?;
            Ok(ExitCode::SUCCESS)
        }
        Some(other) => Err(other.unexpected().into()),
        None => Err(Misuse(format!("say what to do\n\n{HELP}"))),
    }
}

/// Splits `KEY=VALUE` at the first `=`.
fn key_value(argument: std::ffi::OsString) -> Result<(String, String), Misuse> {
    let text = argument.into_string().map_err(|_| Misuse("KEY=VALUE must be UTF-8".into()))?;
    let (key, value) = text.split_once('=').ok_or_else(|| Misuse(format!("`{}` is not KEY=VALUE", shown(&text))))?;
    Ok((key.to_owned(), value.to_owned()))
}
