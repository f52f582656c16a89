//! What is known for sure, and what follows from it.

use super::{Sighting, Timeline, Warning};
use crate::engine::fact::{FactKey, FactSet, Wipe};
use crate::engine::link::Link;
use crate::engine::signature::{MarkerKind, Role, Scanner, Seen, qualified_tables};
use crate::engine::situation::Situation;
use crate::engine::text::Shape;
use crate::engine::text::mask::Masker;

/// Collects what the log says, each with its line.
pub(super) fn collect(scanner: &Scanner<'_>, timeline: &Timeline<'_>, ranked: &[&Sighting<'_>]) -> FactSet {
    let mut facts = FactSet::default();
    let masker = scanner.masker();
    connection(timeline, &mut facts);
    if let Some(deciding) = ranked.first() {
        captures(masker, deciding, ranked, &mut facts);
        version_row(masker, timeline, deciding, &mut facts);
        step(masker, timeline, deciding, &mut facts);
        schema(masker, timeline, deciding, &mut facts);
        for (name, value) in &deciding.signature.tells {
            if let Some(key) = FactKey::from_id(name) {
                facts.set(key, value, Some(deciding.line));
            }
        }
    }
    told_by_markers(masker, timeline, &mut facts);
    clues(scanner, timeline, &mut facts);
    prefixes(timeline, &mut facts);
    let is_check = ranked.first().is_some_and(|deciding| deciding.signature.situation == Situation::NotUpToDate);
    migration_command(&mut facts, is_check);
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
fn captures(masker: &Masker<'_>, deciding: &Sighting<'_>, ranked: &[&Sighting<'_>], facts: &mut FactSet) {
    let same = ranked
        .iter()
        .filter(|s| s.attempt == deciding.attempt && s.signature.situation == deciding.signature.situation);
    for sighting in std::iter::once(&deciding).chain(same) {
        for (name, value) in &sighting.sight.captures {
            let Some(key) = FactKey::from_id(name).filter(|_| !value.is_empty()) else { continue };
            // A log may hold the same error a hundred thousand times: only what is still missing is looked at.
            match key {
                _ if facts.get(key).is_some() => {}
                FactKey::Relation => relation(masker, value, sighting.line, facts),
                _ => facts.set(key, masker.name(value), Some(sighting.line)),
            }
        }
    }
}

/// `audit.users` is schema `audit`, relation `users`.
fn relation(masker: &Masker<'_>, printed: &str, line: u32, facts: &mut FactSet) {
    match printed.split_once('.') {
        Some((schema, name)) if !schema.is_empty() && !name.is_empty() => {
            facts.set(FactKey::Relation, masker.name(name), Some(line));
            facts.set_if_missing(FactKey::Schema, masker.name(schema), Some(line));
        }
        _ => facts.set(FactKey::Relation, masker.name(printed), Some(line)),
    }
}

/// The step of the migration: the revision being applied, when the message names none, and the one before.
fn step(masker: &Masker<'_>, timeline: &Timeline<'_>, deciding: &Sighting<'_>, facts: &mut FactSet) {
    let Some(step) = timeline.step_before(deciding) else { return };
    facts.set(FactKey::History, history(timeline, step), Some(step.line));
    for (key, name) in [(FactKey::Revision, "revision"), (FactKey::FromRevision, "from")] {
        if let Some(revision) = step.capture(name).filter(|revision| !revision.is_empty()) {
            facts.set_if_missing(key, masker.name(revision), Some(step.line));
        }
    }
}

/// Whether the failing step is the first of the history; a run that began with the first one and passed it made what it met itself, or
/// met what no history tells of.
fn history(timeline: &Timeline<'_>, step: &Sighting<'_>) -> &'static str {
    let is_first = |s: &Sighting<'_>| s.capture("revision").is_some() && s.capture("from").is_none();
    if is_first(step) {
        return "first";
    }
    let before = timeline.sightings.iter().filter(|s| s.attempt == step.attempt && s.order < step.order);
    let ran_first = before.into_iter().any(|s| s.signature.role == Role::Progress && is_first(s));
    if ran_first { "this-run" } else { "later" }
}

/// `absent` where the commands of the deploy are known and run no migrations, and nothing in the log comes from Alembic.
fn migration_command(facts: &mut FactSet, is_check: bool) {
    let runs_migrations = |command: &str| {
        let names_a_file = command.split_whitespace().any(|word| word.contains(".sh") || word.starts_with("./"));
        names_a_file || ["migrat", "upgrade", "make "].iter().any(|word| command.contains(word))
    };
    let Some(command) = facts.get(FactKey::StartCommand) else { return };
    let absent = !runs_migrations(&command.value) && facts.get(FactKey::History).is_none();
    // A check says only that they did not run; whatever else Alembic prints comes from a command that runs them.
    let shown = facts.value(FactKey::Tool) == Some("alembic") && !is_check;
    let line = command.line;
    if absent && !shown {
        facts.set(FactKey::MigrationCommand, "absent", line);
    }
}

/// The schema beside the relation in the failed SQL statement.
fn schema(masker: &Masker<'_>, timeline: &Timeline<'_>, deciding: &Sighting<'_>, facts: &mut FactSet) {
    let Some(relation) = facts.value(FactKey::Relation).map(str::to_owned) else { return };
    let lines = timeline.notes.iter().filter(|n| n.attempt == deciding.attempt && n.order > deciding.order);
    for note in lines {
        if let Seen::Statement(text) = &note.seen
            && let Some(schema) = schema_beside(text, &relation)
        {
            facts.set_if_missing(FactKey::Schema, masker.name(schema), Some(note.line));
            return;
        }
    }
}

/// What stands before the revision that a statement notes in the table of versions.
const VERSION_ROWS: [&str; 2] = ["SET version_num='", "(version_num) VALUES ('"];

/// The revision that the failed statement was to note, when the message names none.
fn version_row(masker: &Masker<'_>, timeline: &Timeline<'_>, deciding: &Sighting<'_>, facts: &mut FactSet) {
    let lines = timeline.notes.iter().filter(|n| n.attempt == deciding.attempt && n.order > deciding.order);
    for note in lines {
        let Seen::Statement(text) = &note.seen else { continue };
        let behind = VERSION_ROWS.iter().find_map(|before| text.split_once(before)).map(|(_, behind)| behind);
        if let Some((revision, _)) = behind.and_then(|behind| behind.split_once('\'')) {
            facts.set_if_missing(FactKey::Revision, masker.name(revision), Some(note.line));
            return;
        }
    }
}

fn schema_beside<'s>(sql: &'s str, relation: &str) -> Option<&'s str> {
    qualified_tables(sql).find(|(_, table)| *table == relation).map(|(schema, _)| schema)
}

/// The last command of each kind, and the last version a server is said to be.
fn told_by_markers(masker: &Masker<'_>, timeline: &Timeline<'_>, facts: &mut FactSet) {
    for note in &timeline.notes {
        let Seen::Marker { kind, command } = &note.seen else { continue };
        let key = match kind {
            MarkerKind::StartCommand => FactKey::StartCommand,
            MarkerKind::BuildCommand => FactKey::BuildCommand,
            MarkerKind::ServerVersion => FactKey::ServerVersion,
            _ => continue,
        };
        let told = if key == FactKey::ServerVersion { masker.name(command) } else { masker.command(command) };
        facts.set(key, told, Some(note.line));
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

/// Where no clue tells the platform, the form of its prefixes does.
fn prefixes(timeline: &Timeline<'_>, facts: &mut FactSet) {
    let shapes = timeline.notes.iter().filter_map(|note| match note.seen {
        Seen::Prefix(shape) => Some((shape, note.line)),
        _ => None,
    });
    for (shape, line) in shapes {
        let platform = match shape {
            Shape::Compose => "docker",
            Shape::Dyno => "heroku",
            Shape::Machine => "fly",
            Shape::Pod => "kubernetes",
        };
        facts.set_if_missing(FactKey::Platform, platform, Some(line));
    }
}

/// What follows: the situation itself, whether deleting may be offered at all, whether a reset script runs.
pub(super) fn derive(
    facts: &mut FactSet,
    situation: Situation,
    (wipe, line): (Wipe, Option<u32>),
    warnings: &[Warning],
) {
    set_derived(facts, situation, wipe);
    facts.set(FactKey::Wipe, wipe.id(), line);
    // Only Alembic prints which migration it runs.
    if let Some(seen) = facts.get(FactKey::Tool).or_else(|| facts.get(FactKey::History)) {
        facts.set(FactKey::ToolSeen, "yes", seen.line);
    }
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
