//! `runbook sql EDITION`: only SQL on standard output, or nothing and the reason on standard error. `runbook sql extensions FILE`: the
//! SQL that creates again what stood in `public`, from what the text `state` printed.

use std::ffi::{OsStr, OsString};
use std::io::Read;
use std::process::ExitCode;

use lexopt::prelude::*;
use runbook::embedded;
use runbook::engine::case::extensions_of;
use runbook::engine::sql::{Edition, Ident, RawValues, SqlError};

use super::input::read_file;
use super::{Misuse, Outcome, complain, print_data, shown};

/// What stands for the text that is made of a server's output.
const EXTENSIONS: &str = "extensions";

/// Which text is wanted.
enum Wanted {
    Edition(Edition),
    /// Of the output in this file; `-`: standard input.
    Extensions(Option<OsString>),
}

pub(super) fn run(parser: lexopt::Parser) -> Outcome {
    let (wanted, values) = read(parser)?;
    match wanted {
        Wanted::Edition(edition) => {
            let (composed, warnings) = values.compose(edition)?;
            for warning in warnings {
                complain(&warning);
            }
            print_data(&composed.sql)?;
        }
        Wanted::Extensions(file) => print_extensions(file.as_deref().unwrap_or(OsStr::new("-")), &values)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// Prints nothing where this user can create nothing again; why is said on standard error.
fn print_extensions(file: &OsStr, values: &RawValues) -> Result<(), Misuse> {
    let printed = read_file(file)?;
    let said = embedded::engine().read(&printed);
    let Some((there, extensions)) = said.as_ref().and_then(|said| said.database().zip(extensions_of(said))) else {
        return Err(Misuse("this is not what `runbook sql state` prints when psql runs it".into()));
    };
    let there = shown(there);
    match &values.database {
        None => return Err(Misuse(format!("--database is missing; the output is of {there}"))),
        Some(named) if shown(named) != there => {
            return Err(Misuse(format!("the output is of the database {there}, not of {}", shown(named))));
        }
        Some(_) => {}
    }
    for extension in &extensions.of_others {
        complain(&format!("only a superuser can create {} again: ask your host", extension.name()));
    }
    if extensions.refused > 0 {
        complain(&format!("{} names are none of an extension and are left out", extensions.refused));
    }
    let database = Ident::database(values.database.as_deref().unwrap_or_default()).map_err(SqlError::from)?.ident;
    match extensions.compose(&database) {
        Some(composed) => print_data(&composed.sql)?,
        None => complain("no extension stood in public that this user could create again"),
    }
    Ok(())
}

fn read(mut parser: lexopt::Parser) -> Result<(Wanted, RawValues), Misuse> {
    let mut wanted = None;
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
            Value(id) if wanted.is_none() => wanted = Some(known(&id.to_string_lossy())?),
            Value(file) if matches!(wanted, Some(Wanted::Extensions(None))) => {
                wanted = Some(Wanted::Extensions(Some(file)));
            }
            // What stands in the wrong place may be a URL with its password: it is not repeated.
            Value(_) => {
                return Err(Misuse("one SQL at a time; names are given with --db-user, --database or --url -".into()));
            }
            other => return Err(other.unexpected().into()),
        }
    }
    let wanted = wanted.ok_or_else(|| Misuse(format!("which SQL? There are {}", ids())))?;
    Ok((wanted, values))
}

fn known(id: &str) -> Result<Wanted, Misuse> {
    if id == EXTENSIONS {
        return Ok(Wanted::Extensions(None));
    }
    let edition = Edition::from_id(id).map(Wanted::Edition);
    edition.ok_or_else(|| Misuse(format!("there is no such SQL; there are {}", ids())))
}

fn ids() -> String {
    format!("{}, {EXTENSIONS}", Edition::ALL.map(Edition::id).join(", "))
}

fn text(argument: std::ffi::OsString) -> Result<String, Misuse> {
    argument.into_string().map_err(|_| Misuse("this name is not UTF-8".into()))
}

fn from_standard_input() -> Result<String, Misuse> {
    let mut url = String::new();
    std::io::stdin().read_to_string(&mut url)?;
    Ok(url)
}
