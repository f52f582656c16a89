//! What is known for sure, and what follows from it.

use super::{Sighting, Timeline, Warning};
use crate::engine::fact::{FactKey, FactSet, Wipe};
use crate::engine::link::Link;
use crate::engine::signature::{MarkerKind, Scanner, Seen};
use crate::engine::situation::Situation;
use crate::engine::text::mask::mask;

/// Words before the name of a table or its like in SQL.
const TABLE_WORDS: [&str; 14] = [
    "TYPE",
    "DOMAIN",
    "SEQUENCE",
    "INDEX",
    "VIEW",
    "TABLE",
    "INTO",
    "FROM",
    "UPDATE",
    "JOIN",
    "EXISTS",
    "ONLY",
    "ON",
    "REFERENCES",
];

/// Collects what the log says, each with its line.
pub(super) fn collect(scanner: &Scanner<'_>, timeline: &Timeline<'_>, ranked: &[&Sighting<'_>]) -> FactSet {
    let mut facts = FactSet::default();
    connection(timeline, &mut facts);
    if let Some(deciding) = ranked.first() {
        captures(deciding, ranked, &mut facts);
        step(timeline, deciding, &mut facts);
        schema(timeline, deciding, &mut facts);
        for (name, value) in &deciding.signature.tells {
            if let Some(key) = FactKey::from_id(name) {
                facts.set(key, value, Some(deciding.line));
            }
        }
    }
    told_by_markers(timeline, &mut facts);
    clues(scanner, timeline, &mut facts);
    facts
}

/// User, database and kind of host of the last PostgreSQL URL in the log.
fn connection(timeline: &Timeline<'_>, facts: &mut FactSet) {
    for note in &timeline.notes {
        if let Seen::Credential { connection: Some(connection), .. } = &note.seen {
            for (key, value) in [(FactKey::DbUser, &connection.user), (FactKey::Database, &connection.database)] {
                if !value.is_empty() {
                    facts.set(key, value, Some(note.line));
                }
            }
            facts.set(FactKey::HostKind, connection.host.id(), Some(note.line));
        }
    }
}

/// What the deciding line names; where it names nothing, what a line of the same meaning names.
fn captures(deciding: &Sighting<'_>, ranked: &[&Sighting<'_>], facts: &mut FactSet) {
    let same = ranked
        .iter()
        .filter(|s| s.attempt == deciding.attempt && s.signature.situation == deciding.signature.situation);
    for sighting in std::iter::once(&deciding).chain(same) {
        for (name, value) in &sighting.sight.captures {
            let Some(key) = FactKey::from_id(name).filter(|_| !value.is_empty()) else { continue };
            // A log may hold the same error a hundred thousand times: only what is still missing is looked at.
            match key {
                _ if facts.get(key).is_some() => {}
                FactKey::Relation => relation(value, sighting.line, facts),
                _ => facts.set(key, mask(value), Some(sighting.line)),
            }
        }
    }
}

/// `audit.users` is schema `audit`, relation `users`.
fn relation(printed: &str, line: u32, facts: &mut FactSet) {
    match printed.split_once('.') {
        Some((schema, name)) if !schema.is_empty() && !name.is_empty() => {
            facts.set(FactKey::Relation, mask(name), Some(line));
            facts.set_if_missing(FactKey::Schema, mask(schema), Some(line));
        }
        _ => facts.set(FactKey::Relation, mask(printed), Some(line)),
    }
}

/// The step of the migration: the revision being applied, when the message names none, and the one before.
fn step(timeline: &Timeline<'_>, deciding: &Sighting<'_>, facts: &mut FactSet) {
    let Some(step) = timeline.step_before(deciding) else { return };
    for (key, name) in [(FactKey::Revision, "revision"), (FactKey::FromRevision, "from")] {
        if let Some(revision) = step.capture(name).filter(|revision| !revision.is_empty()) {
            facts.set_if_missing(key, mask(revision), Some(step.line));
        }
    }
}

/// The schema beside the relation in the failed SQL statement.
fn schema(timeline: &Timeline<'_>, deciding: &Sighting<'_>, facts: &mut FactSet) {
    let Some(relation) = facts.value(FactKey::Relation).map(str::to_owned) else { return };
    let lines = timeline.notes.iter().filter(|n| n.attempt == deciding.attempt && n.order > deciding.order);
    for note in lines {
        if let Seen::Statement(text) = &note.seen
            && let Some(schema) = schema_beside(text, &relation)
        {
            facts.set_if_missing(FactKey::Schema, mask(&schema), Some(note.line));
            return;
        }
    }
}

fn schema_beside(sql: &str, relation: &str) -> Option<String> {
    let words: Vec<&str> = sql
        .split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | ',' | ';'))
        .filter(|w| !w.is_empty())
        .collect();
    words.windows(2).find_map(|pair| {
        let [before, name] = pair else { return None };
        if !TABLE_WORDS.contains(&before.to_ascii_uppercase().as_str()) {
            return None;
        }
        let (schema, table) = name.split_once('.')?;
        (table.trim_matches('"') == relation).then(|| schema.trim_matches('"').to_owned())
    })
}

/// The last command of each kind, and the last version a server is said to be.
fn told_by_markers(timeline: &Timeline<'_>, facts: &mut FactSet) {
    for note in &timeline.notes {
        let Seen::Marker { kind, command } = &note.seen else { continue };
        let key = match kind {
            MarkerKind::StartCommand => FactKey::StartCommand,
            MarkerKind::BuildCommand => FactKey::BuildCommand,
            MarkerKind::ServerVersion => FactKey::ServerVersion,
            _ => continue,
        };
        facts.set(key, mask(command), Some(note.line));
    }
}

/// Of several clues to one fact the one that stands first in the content wins.
fn clues(scanner: &Scanner<'_>, timeline: &Timeline<'_>, facts: &mut FactSet) {
    let mut seen: Vec<(usize, u32)> = timeline
        .notes
        .iter()
        .filter_map(|note| match note.seen {
            Seen::Clue(index) => Some((index, note.line)),
            _ => None,
        })
        .collect();
    seen.sort_unstable();
    for (index, line) in seen {
        if let Some(clue) = scanner.clue(index)
            && let Some(key) = FactKey::from_id(&clue.fact)
        {
            facts.set_if_missing(key, &clue.value, Some(line));
        }
    }
}

/// What follows: the situation itself, whether deleting may be offered at all, whether a reset script runs.
pub(super) fn derive(
    facts: &mut FactSet,
    situation: Situation,
    timeline: &Timeline<'_>,
    scanner: &Scanner<'_>,
    warnings: &[Warning],
) {
    let wipe = match situation {
        _ if !situation.may_wipe() => Wipe::OtherError,
        _ if !stack_is_ours(facts, timeline, scanner) => Wipe::OtherStack,
        _ if !schema_is_public(facts) => Wipe::OtherSchema,
        _ => Wipe::Possible,
    };
    set_derived(facts, situation, wipe);
    if let Some(warning) = warnings.iter().find(|w| w.id == super::warn::RESET_SCRIPT) {
        facts.set(FactKey::ResetScript, "runs", warning.line);
    }
}

/// The same for what a reader told: nothing speaks against PostgreSQL and `public`, and the SQL checks both.
pub(super) fn derive_told(facts: &mut FactSet, situation: Situation) {
    set_derived(facts, situation, if situation.may_wipe() { Wipe::Possible } else { Wipe::OtherError });
}

/// What another tab of the reader's found and put into a link: it may close what it told, never open more.
pub(super) fn derive_linked(facts: &mut FactSet, link: &Link) {
    let wipe = if link.situation.may_wipe() { link.wipe } else { Wipe::OtherError };
    set_derived(facts, link.situation, wipe);
    if link.reset_script {
        facts.set(FactKey::ResetScript, "runs", None);
    }
    for (key, fact) in link.facts().iter() {
        facts.set(key, &fact.value, None);
    }
}

fn set_derived(facts: &mut FactSet, situation: Situation, wipe: Wipe) {
    facts.set(FactKey::Situation, situation.id(), None);
    facts.set(FactKey::Wipe, wipe.id(), None);
}

fn schema_is_public(facts: &FactSet) -> bool {
    facts.value(FactKey::Schema).is_none_or(|schema| schema == "public")
}

/// No trace anywhere in the log of another tool than Alembic or `create_all`, or of another database than PostgreSQL.
fn stack_is_ours(facts: &FactSet, timeline: &Timeline<'_>, scanner: &Scanner<'_>) -> bool {
    let ours = |fact: &str, value: &str| match fact {
        "tool" => matches!(value, "alembic" | "create-all"),
        "dbms" => value == "postgresql",
        _ => true,
    };
    let clues = timeline.notes.iter().filter_map(|note| match note.seen {
        Seen::Clue(index) => scanner.clue(index),
        _ => None,
    });
    let told = timeline.sightings.iter().flat_map(|s| &s.signature.tells);
    clues.map(|clue| (clue.fact.as_str(), clue.value.as_str())).all(|(fact, value)| ours(fact, value))
        && told.map(|(fact, value)| (fact.as_str(), value.as_str())).all(|(fact, value)| ours(fact, value))
        && facts.iter().all(|(key, fact)| ours(key.id(), &fact.value))
}

#[cfg(test)]
mod tests {
    use super::schema_beside;

    #[test]
    fn a_schema_stands_beside_its_table() {
        assert_eq!(schema_beside("CREATE TABLE audit.users (", "users"), Some("audit".into()));
        assert_eq!(schema_beside("[SQL: INSERT INTO \"audit\".\"users\" (a)", "users"), Some("audit".into()));
        assert_eq!(schema_beside("SELECT users.id FROM users", "id"), None);
        assert_eq!(schema_beside("CREATE TABLE users (", "users"), None);
    }
}
