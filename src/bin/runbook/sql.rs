//! `runbook sql EDITION`: only SQL on standard output, or nothing and the reason on standard error.

use std::io::Read;
use std::process::ExitCode;

use lexopt::prelude::*;
use runbook::engine::sql::{Edition, RawValues};

use super::{Misuse, Outcome, complain, print_data};

pub(super) fn run(parser: lexopt::Parser) -> Outcome {
    let (edition, values) = read(parser)?;
    let (composed, warnings) = values.compose(edition)?;
    for warning in warnings {
        complain(&warning);
    }
    print_data(&composed.sql)?;
    Ok(ExitCode::SUCCESS)
}

fn read(mut parser: lexopt::Parser) -> Result<(Edition, RawValues), Misuse> {
    let mut edition = None;
    let mut values = RawValues::default();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("db-user") => values.db_user = Some(text(parser.value()?)?),
            Long("database") => values.database = Some(text(parser.value()?)?),
            Long("set") => values.settings.push(text(parser.value()?)?),
            Long("url") => {
                let given = text(parser.value()?)?;
                values.url_in_arguments = given != "-";
                values.url = Some(if given == "-" { from_standard_input()? } else { given });
            }
            Value(id) if edition.is_none() => edition = Some(known(&id.to_string_lossy())?),
            // What stands in the wrong place may be a URL with its password: it is not repeated.
            Value(_) => {
                return Err(Misuse("one SQL at a time; names are given with --db-user, --database or --url -".into()));
            }
            other => return Err(other.unexpected().into()),
        }
    }
    let edition = edition.ok_or_else(|| Misuse(format!("which SQL? There are {}", ids())))?;
    Ok((edition, values))
}

fn known(id: &str) -> Result<Edition, Misuse> {
    Edition::from_id(id).ok_or_else(|| Misuse(format!("there is no such SQL; there are {}", ids())))
}

fn ids() -> String {
    Edition::ALL.map(Edition::id).join(", ")
}

fn text(argument: std::ffi::OsString) -> Result<String, Misuse> {
    argument.into_string().map_err(|_| Misuse("this name is not UTF-8".into()))
}

fn from_standard_input() -> Result<String, Misuse> {
    let mut url = String::new();
    std::io::stdin().read_to_string(&mut url)?;
    Ok(url)
}
