//! What closes every way that deletes data, and the line that does.
//!
//! Deleting or renaming the schema helps only where the log shows one failure, of a migration, in `public`. Any doubt about that closes the
//! way: another failure anywhere in the deploy, retries included; another schema; a temporary table; a step or a success behind the error; a
//! server that was up before it; a message that no program printed.

use super::{Sighting, Timeline};
use crate::engine::fact::{FactKey, FactSet, Wipe};
use crate::engine::signature::{MarkerKind, Placed, Role, Scanner, Seen, qualified_tables};
use crate::engine::situation::Situation;

/// A class on a line of its own belongs to the message at most this many lines below.
const LINES_OF_A_MESSAGE: u32 = 3;

/// Schemas that hold what the server itself made.
const OWN_SCHEMAS: [&str; 4] = ["public", "pg_catalog", "information_schema", "pg_toast"];

/// Whether deleting may be offered for what decided; where not, why, and the 1-based line that says so.
pub(super) fn wipe(
    scanner: &Scanner<'_>,
    timeline: &Timeline<'_>,
    deciding: &Sighting<'_>,
    facts: &FactSet,
) -> (Wipe, Option<u32>) {
    if !deciding.signature.situation.may_wipe() {
        return (Wipe::OtherError, None);
    }
    if deciding.capture("extension").is_some() {
        return (Wipe::Extension, Some(deciding.line));
    }
    let other_stack = || other_stack(facts, timeline, scanner).map(|line| (Wipe::OtherStack, Some(line)));
    let other_schema = || other_schema(timeline, facts).map(|line| (Wipe::OtherSchema, Some(line)));
    let temporary = || temporary_table(timeline, facts).map(|line| (Wipe::TemporaryTable, Some(line)));
    let quoted = || not_printed(timeline, deciding).map(|line| (Wipe::NotPrinted, Some(line)));
    let after_start = || after_start(timeline, deciding).map(|line| (Wipe::AfterStart, Some(line)));
    let went_on = || went_on(timeline, deciding).map(|line| (Wipe::WentOn, Some(line)));
    let own_run = || own_run(timeline, deciding).map(|line| (Wipe::OwnRun, Some(line)));
    let other = || other_failure(timeline, deciding).map(|line| (Wipe::OtherFailure, Some(line)));
    other_stack()
        .or_else(other_schema)
        .or_else(temporary)
        .or_else(quoted)
        .or_else(after_start)
        .or_else(went_on)
        .or_else(own_run)
        .or_else(other)
        .unwrap_or((Wipe::Possible, None))
}

/// The line of the first failure that nothing explains by the deciding one.
pub(super) fn other_failure(timeline: &Timeline<'_>, deciding: &Sighting<'_>) -> Option<u32> {
    let others = timeline.sightings.iter().filter(|s| matches!(s.signature.role, Role::Failure | Role::FollowOn));
    others.into_iter().find(|other| !is_explained(timeline, other, deciding)).map(|other| other.line)
}

/// Whether an error is the deciding one again (of one that allows no deleting also about another thing), another tool's like that one, tied to it by Python's chain, named by its content as what follows, or a check that said no before
/// another command.
fn is_explained(timeline: &Timeline<'_>, other: &Sighting<'_>, deciding: &Sighting<'_>) -> bool {
    other.sight.placed == Placed::Quoted
        || is_same(other, deciding)
        || other.signature.id == deciding.signature.id && !deciding.signature.situation.may_wipe()
        || deciding.signature.situation == Situation::OtherStack
        || other.chain == deciding.chain
        || other.signature.follows(&deciding.signature.id)
        || other.signature.unread && other.row <= deciding.row && deciding.row - other.row <= LINES_OF_A_MESSAGE
        || other.signature.situation == Situation::NotUpToDate && timeline.command_between(other.order, deciding.order)
}

/// The same error about the same thing.
pub(super) fn is_same(other: &Sighting<'_>, deciding: &Sighting<'_>) -> bool {
    let named = |s: &Sighting<'_>| -> Vec<(String, String)> {
        s.sight.captures.iter().filter(|(name, value)| name != "_" && !value.is_empty()).cloned().collect()
    };
    other.signature.id == deciding.signature.id && named(other) == named(deciding)
}

/// The line that tells of another tool than Alembic or `create_all`, or of another database than PostgreSQL, anywhere in the log.
fn other_stack(facts: &FactSet, timeline: &Timeline<'_>, scanner: &Scanner<'_>) -> Option<u32> {
    let ours = |fact: &str, value: &str| match fact {
        "tool" => matches!(value, "alembic" | "create-all"),
        "dbms" => value == "postgresql",
        _ => true,
    };
    let clues = timeline.notes.iter().filter_map(|note| match note.seen {
        Seen::Clue(index) => scanner.clue(index).map(|clue| (note.line, clue)),
        _ => None,
    });
    let clue = clues.into_iter().find(|(_, clue)| !ours(&clue.fact, &clue.value)).map(|(line, _)| line);
    let tells = |s: &Sighting<'_>| s.signature.tells.iter().any(|(fact, value)| !ours(fact, value));
    let told = || timeline.sightings.iter().find(|s| tells(s)).map(|s| s.line);
    let known =
        || facts.iter().find(|(key, fact)| !ours(key.id(), &fact.value)).map(|(_, fact)| fact.line.unwrap_or_default());
    clue.or_else(told).or_else(known)
}

/// A schema other than `public`: beside the table in the message, in a failed statement, or in the search path.
fn other_schema(timeline: &Timeline<'_>, facts: &FactSet) -> Option<u32> {
    let named = facts
        .get(FactKey::Schema)
        .filter(|schema| schema.value != "public")
        .map(|schema| schema.line.unwrap_or_default());
    let in_path = timeline.notes.iter().find(|note| match &note.seen {
        Seen::Marker { kind: MarkerKind::SearchPath, command } => names_other_schema(command),
        _ => false,
    });
    named
        .or_else(|| in_path.map(|note| note.line))
        .or_else(|| statements(timeline).find_map(|(line, sql)| qualified(&sql).then_some(line)))
}

/// Whether a search path begins with another schema.
fn names_other_schema(path: &str) -> bool {
    let first = path.trim_start_matches([' ', '=', ':']).split(',').next().unwrap_or_default();
    let first = first.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ';' | '(' | ')'));
    !first.is_empty() && first != "public" && first != "$user"
}

/// Failed statements, each with its first line, put together from the lines they are printed on.
fn statements(timeline: &Timeline<'_>) -> impl Iterator<Item = (u32, String)> {
    let lines = timeline.notes.iter().filter_map(|note| match &note.seen {
        Seen::Statement(text) => Some((note, text)),
        _ => None,
    });
    let mut statements: Vec<(u32, u32, String)> = Vec::new();
    for (note, text) in lines {
        match statements.last_mut() {
            Some((_, last, sql)) if *last + 1 == note.row => {
                sql.push(' ');
                sql.push_str(text);
                *last = note.row;
            }
            _ => statements.push((note.line, note.row, text.to_string())),
        }
    }
    statements.into_iter().map(|(line, _, sql)| (line, sql))
}

fn qualified(sql: &str) -> bool {
    qualified_tables(sql).any(|(schema, _)| !OWN_SCHEMAS.contains(&schema))
}

/// The line that makes a temporary table of this name.
fn temporary_table(timeline: &Timeline<'_>, facts: &FactSet) -> Option<u32> {
    let relation = facts.value(FactKey::Relation)?;
    let makes = |command: &str| command.trim_matches('"') == relation;
    let note = timeline
        .notes
        .iter()
        .find(|note| matches!(&note.seen, Seen::Marker { kind: MarkerKind::Temporary, command } if makes(command)));
    let in_statement =
        || statements(timeline).find(|(_, sql)| sql.to_ascii_uppercase().contains(" TEMP")).map(|(line, _)| line);
    note.map(|note| note.line).or_else(in_statement)
}

/// The deciding line, where no program prints the message itself, there or elsewhere.
fn not_printed(timeline: &Timeline<'_>, deciding: &Sighting<'_>) -> Option<u32> {
    let printed = |s: &Sighting<'_>| s.sight.placed == Placed::Printed && is_same(s, deciding);
    (!timeline.sightings.iter().any(printed)).then_some(deciding.line)
}

/// The line that says the server was up before the error, in the same attempt.
fn after_start(timeline: &Timeline<'_>, deciding: &Sighting<'_>) -> Option<u32> {
    let up = |s: &&Sighting<'_>| {
        s.signature.role == Role::Success && s.attempt == deciding.attempt && s.order < deciding.order
    };
    timeline.sightings.iter().find(up).map(|s| s.line)
}

/// The first step, stamp, success or sign of one behind the error.
fn went_on(timeline: &Timeline<'_>, deciding: &Sighting<'_>) -> Option<u32> {
    let later = |s: &&Sighting<'_>| {
        let goes_on = match s.signature.role {
            Role::Success | Role::Progress => true,
            Role::Sign => s.signature.situation == Situation::Unknown,
            Role::Failure | Role::FollowOn | Role::Exit | Role::Doubt => false,
        };
        goes_on && s.order > deciding.order
    };
    timeline.sightings.iter().find(later).map(|s| s.line)
}

/// The first migration, where the run began with it, got past it and then made something twice: an empty database fails at the same step.
fn own_run(timeline: &Timeline<'_>, deciding: &Sighting<'_>) -> Option<u32> {
    if !matches!(deciding.signature.situation, Situation::DuplicateTable | Situation::DuplicateObject) {
        return None;
    }
    let is_first = |s: &Sighting<'_>| s.capture("revision").is_some() && s.capture("from").is_none();
    let mut steps = timeline
        .sightings
        .iter()
        .filter(|s| s.signature.role == Role::Progress && s.attempt == deciding.attempt && s.order < deciding.order);
    let first = steps.find(|s| is_first(s))?;
    // Two handlers print the same step twice.
    steps.any(|s| s.capture("revision") != first.capture("revision")).then_some(first.line)
}
