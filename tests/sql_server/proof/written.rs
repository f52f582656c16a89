//! The result as a table for people and as `content/proof.toml` for the page.
use super::states::State;
use runbook::engine::sql::{Edition, Grantee, Ident, SqlValues, Suffix, compose};
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// What came of one text in one state, on each server.
pub(crate) struct Row {
    pub(crate) edition: Edition,
    pub(crate) state: State,
    pub(crate) outcome: &'static str,
    pub(crate) checks: u32,
    /// In the order of the servers.
    pub(crate) as_expected: Vec<u32>,
}

/// A digest of every text, with example names in it: the proof is of exactly these.
pub(crate) fn digest() -> String {
    let ident = |name: &str| Ident::object(name).expect("fine").ident;
    let values = SqlValues {
        grantee: Some(Grantee::Role(ident("app_user"))),
        database: Some(ident("app_database")),
        suffix: Suffix::default(),
    };
    let mut hash = Sha256::new();
    for edition in Edition::ALL {
        hash.update(compose(edition, &values).expect("complete").sql);
    }
    hash.finalize().iter().take(16).fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

/// The file: the day, the digest, the servers, the states, and a line for each text in each state.
pub(crate) fn toml(date: &str, versions: &[String], rows: &[Row]) -> String {
    let mut text = format!(
        "# What each SQL text does in each state on real servers, for the page /proof. `./x proof` writes this file.\n\n\
        # The day it was proven.\ndate = \"{date}\"\n\n# The texts it was proven of.\ndigest = \"{}\"\n\n# In this order each line counts the checks that went as expected.\nservers = {versions:?}\n",
        digest()
    );
    for state in State::ALL {
        let (id, about) = state.words();
        write!(text, "\n[[state]]\nid = \"{id}\"\nabout = \"{about}\"\ncells = [\n").expect("a string takes it");
        for row in rows.iter().filter(|row| row.state == state) {
            writeln!(
                text,
                "  {{ edition = \"{}\", outcome = \"{}\", checks = {}, as_expected = {:?} }},",
                row.edition.id(),
                row.outcome,
                row.checks,
                row.as_expected
            )
            .expect("a string takes it");
        }
        text += "]\n";
    }
    text
}

/// The same for people: states down, texts across, in each place what happens and how many checks went as expected.
pub(crate) fn table(versions: &[String], rows: &[Row]) -> String {
    let mut text = format!("PostgreSQL {}\n{:18}", versions.join(", "), "");
    for edition in Edition::ALL {
        write!(text, "{:24}", edition.id()).expect("a string takes it");
    }
    for state in State::ALL {
        write!(text, "\n{:18}", state.id()).expect("a string takes it");
        for edition in Edition::ALL {
            let found = rows.iter().find(|row| row.edition == edition && row.state == state);
            let said = found.map_or_else(String::new, |row| {
                let n_servers = u32::try_from(row.as_expected.len()).unwrap_or(0);
                format!("{} {}/{}", row.outcome, row.as_expected.iter().sum::<u32>(), row.checks * n_servers)
            });
            write!(text, "{said:24}").expect("a string takes it");
        }
    }
    text + "\n"
}
