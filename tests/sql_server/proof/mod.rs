//! The proof: every text in every state on every version, and `content/proof.toml`, which says so on the page.
//!
//! `RUNBOOK_PG_BINS` names the directories of the versions' programs, separated by colons; `RUNBOOK_PG_DUMP` a `pg_dump` of the
//! newest of them; `RUNBOOK_PYTHON` a Python with Alembic. `./x proof` sets them, and UPDATE=1 to write the file with the day in
//! `RUNBOOK_DAY`.
mod bench;
mod cell;
mod dump;
mod expected;
mod states;
mod upgrade;
mod written;

use super::psql::EACH_WAY;
use bench::Bench;
use cell::{Cell, Tally};
use expected::expected;
use runbook::engine::sql::Edition;
use states::State;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;
use written::{Row, digest, table, toml};

const UPDATE: &str = "UPDATE";

fn file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("content/proof.toml")
}

#[test]
#[ignore = "needs PostgreSQL servers: ./x test runs it"]
fn the_proof_is_of_the_texts_as_they_are() {
    let found = fs::read_to_string(file()).unwrap_or_default();
    let line = format!("\ndigest = \"{}\"\n", digest());
    assert!(found.contains(&line), "content/proof.toml is of other SQL texts: run ./x proof");
}

#[test]
#[ignore = "needs PostgreSQL servers: ./x test runs it"]
fn matrix_of_texts_states_and_versions() {
    let programs = std::env::var("RUNBOOK_PG_BINS").expect("RUNBOOK_PG_BINS is not set: run ./x proof");
    let programs: Vec<&str> = programs.split(':').collect();
    let begin = Instant::now();
    let all: Vec<(String, Vec<Option<Tally>>)> = std::thread::scope(|scope| {
        let servers: Vec<_> = programs.iter().map(|bin| scope.spawn(|| prove(Path::new(bin)))).collect();
        servers.into_iter().map(|server| server.join().expect("no panic")).collect()
    });
    let versions: Vec<String> = all.iter().map(|(version, _)| version.clone()).collect();
    let rows: Vec<Row> =
        cells().enumerate().filter_map(|(at, (state, edition))| row(&all, at, state, edition)).collect();
    println!("{}", table(&versions, &rows));
    println!("{} s", begin.elapsed().as_secs());
    let faults = faults(&all);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let found = fs::read_to_string(file()).unwrap_or_default();
    let text = toml(&day(&found), &versions, &rows);
    if std::env::var_os(UPDATE).is_some() {
        fs::write(file(), &text).expect("content/proof.toml is written");
    }
    let found = fs::read_to_string(file()).unwrap_or_default();
    let all_versions = found.contains(&format!("\nservers = {versions:?}\n"));
    assert!(!all_versions || found == text, "content/proof.toml is behind: ./x proof. It should read:\n\n{text}");
}

/// The day that `./x proof` says it is; without it the day of the proof that is there.
fn day(found: &str) -> String {
    let written = found.split('\n').find_map(|line| line.strip_prefix("date = \"")?.strip_suffix('"'));
    std::env::var("RUNBOOK_DAY").ok().or(written.map(str::to_owned)).unwrap_or_default()
}

fn cells() -> impl Iterator<Item = (State, Edition)> {
    State::ALL.into_iter().flat_map(|state| Edition::ALL.map(|edition| (state, edition)))
}

/// All cells on one version; its name.
fn prove(programs: &Path) -> (String, Vec<Option<Tally>>) {
    let bench = Bench::start(programs);
    let tallies = cells().map(|(state, edition)| Cell { bench: &bench, edition, state }.run()).collect();
    (bench.version.clone(), tallies)
}

fn row(all: &[(String, Vec<Option<Tally>>)], at: usize, state: State, edition: Edition) -> Option<Row> {
    let tallies: Vec<&Tally> = all.iter().filter_map(|(_, tallies)| tallies.get(at)?.as_ref()).collect();
    let checks = tallies.first()?.checks;
    let good = |tally: &&Tally| tally.checks - u32::try_from(tally.faults.len()).unwrap_or(u32::MAX);
    // Where pasting it does harm that sending it as one does not, the harm is what a reader should know.
    let words = EACH_WAY.iter().filter_map(|how| Some(expected(edition, state, *how)?.word()));
    let outcome = words.reduce(|one, other| if other == "goes-on" { other } else { one })?;
    assert!(tallies.iter().all(|tally| tally.checks == checks), "every version gets the same checks");
    Some(Row { edition, state, outcome, checks, as_expected: tallies.iter().map(good).collect() })
}

fn faults(all: &[(String, Vec<Option<Tally>>)]) -> Vec<String> {
    let of = |(version, tallies): &(String, Vec<Option<Tally>>)| {
        let each = cells().zip(tallies).flat_map(|((state, edition), tally)| {
            let faults = tally.as_ref().map(|tally| tally.faults.clone()).unwrap_or_default();
            faults.into_iter().map(move |fault| (state, edition, fault))
        });
        each.map(|(state, edition, fault)| format!("{version} {} {}: {fault}", edition.id(), state.id()))
            .collect::<Vec<_>>()
    };
    all.iter().flat_map(of).collect()
}
