//! What stands above any diagnosis.

use std::collections::BTreeMap;

use super::doubt::other_failure;
use super::timeline::Note;
use super::{Sighting, Timeline, Warning};
use crate::engine::catalogue::{Catalogue, WarningWords};
use crate::engine::link::Link;
use crate::engine::signature::{MarkerKind, Role, Seen};

/// A deploy that runs a reset script; no redeploy is advised while it does.
pub(super) const RESET_SCRIPT: &str = "reset-script-in-deploy";
const SECRET: &str = "secret-in-log";
const SEVERAL: &str = "several-failures";

/// A check that lists what autogenerate would remove.
const WOULD_DROP: &str = "check-would-drop";

/// All warnings of this log, in a fixed order.
pub(super) fn warnings(
    words: &[WarningWords],
    timeline: &Timeline<'_>,
    ranked: &[&Sighting<'_>],
    would_drop: Option<u32>,
) -> Vec<Warning> {
    let found = [
        (RESET_SCRIPT, reset_script(words, timeline)),
        (SECRET, secret(timeline)),
        (WOULD_DROP, would_drop),
        (SEVERAL, several(timeline, ranked)),
    ];
    found.into_iter().filter_map(|(id, line)| warning(words, id, Some(line?))).collect()
}

/// The warnings that came along in a link.
pub(super) fn linked(catalogue: &Catalogue, link: &Link) -> Vec<Warning> {
    link.reset_script.then(|| warning(&catalogue.warnings, RESET_SCRIPT, None)).flatten().into_iter().collect()
}

fn warning(words: &[WarningWords], id: &str, line: Option<u32>) -> Option<Warning> {
    let text = &words.iter().find(|w| w.id == id)?.text;
    Some(Warning { id: id.to_owned(), line, text: text.clone() })
}

/// The last build, pre-deploy and start command each count, and whatever shows a script running since the last of them began.
fn reset_script(words: &[WarningWords], timeline: &Timeline<'_>) -> Option<u32> {
    let scripts = &words.iter().find(|w| w.id == RESET_SCRIPT)?.scripts;
    let names = |text: &str| scripts.iter().any(|script| text.contains(script.as_str()));
    let begins = |note: &&Note| matches!(note.seen, Seen::Marker { kind, .. } if kind.begins_step());
    let last_step = timeline.notes.iter().rev().find(begins).map_or(0, |note| note.order);
    let mut last: BTreeMap<MarkerKind, (u32, bool)> = BTreeMap::new();
    for note in &timeline.notes {
        let Seen::Marker { kind, command, .. } = &note.seen else { continue };
        match kind {
            MarkerKind::BuildCommand | MarkerKind::PreDeployCommand | MarkerKind::StartCommand => {
                last.insert(*kind, (note.line, names(command)));
            }
            MarkerKind::ShellCommand | MarkerKind::Frame if note.order >= last_step && names(command) => {
                last.entry(*kind).or_insert((note.line, true));
            }
            _ => {}
        }
    }
    last.into_values().filter(|(_, runs)| *runs).map(|(line, _)| line).min()
}

fn secret(timeline: &Timeline<'_>) -> Option<u32> {
    let secrets = timeline.notes.iter().filter(|note| matches!(note.seen, Seen::Credential { secret: true, .. }));
    secrets.map(|note| note.line).min()
}

/// The line of the first failure that does not follow from the deciding one, wherever in the deploy it stands.
fn several(timeline: &Timeline<'_>, ranked: &[&Sighting<'_>]) -> Option<u32> {
    let deciding = ranked.first().filter(|first| first.signature.role == Role::Failure)?;
    other_failure(timeline, deciding)
}
