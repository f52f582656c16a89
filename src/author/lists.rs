//! The lists that are one file each: situations, markers, clues, plain words, warnings.

use serde::Deserialize;
use toml::Spanned;

use super::markdown::nearest::did_you_mean;
use super::reader::{Place, Reader};
use super::signatures::{fact, situation};
use super::template;
use super::values;
use crate::engine::catalogue::{Deciding, SituationWords, Trigger, WarningWords};
use crate::engine::signature::{Clue, Marker, MarkerKind, Signature};
use crate::engine::situation::Situation;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Situations {
    situation: Vec<RawSituation>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSituation {
    id: Spanned<String>,
    title: String,
    meaning: String,
    #[serde(default)]
    calm: bool,
    #[serde(default)]
    why_no_wipe: String,
    #[serde(default)]
    confirm: String,
}

/// Words for every situation, and what would show it; a missing one is a problem.
pub(super) fn situations(reader: &mut Reader<'_>) -> (Vec<SituationWords>, Vec<(Situation, String)>) {
    let (mut words, mut confirms) = (Vec::new(), Vec::new());
    let Some((place, raw)) = reader.toml_file::<Situations>("situations.toml") else {
        return (words, confirms);
    };
    for entry in raw.situation {
        let Some(id) = situation(reader, place, &entry.id) else { continue };
        if words.iter().any(|other: &SituationWords| other.id == id) {
            let message = format!("there are other words for `{}`", id.id());
            reader.wrong(place, &entry.id, message, "remove one of the two");
        }
        if id.may_wipe() != entry.why_no_wipe.is_empty() {
            let message = format!("`why_no_wipe` of `{}` is the wrong way round", id.id());
            reader.wrong(place, &entry.id, message, "say it where nothing may be deleted, and only there");
        }
        let RawSituation { title, meaning, calm, why_no_wipe, confirm, .. } = entry;
        words.push(SituationWords { id, title, meaning, calm, why_no_wipe });
        if !confirm.is_empty() {
            confirms.push((id, confirm));
        }
    }
    for missing in Situation::ALL.iter().filter(|s| words.iter().all(|w| w.id != **s)) {
        reader.at(place, 0, format!("`{}` has no words", missing.id()), "add a [[situation]] for it");
    }
    (words, confirms)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Markers {
    marker: Vec<RawMarker>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawMarker {
    kind: RawMarkerKind,
    line: Spanned<String>,
    #[serde(rename = "source")]
    _source: String,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
enum RawMarkerKind {
    Attempt,
    Run,
    BuildCommand,
    PreDeployCommand,
    StartCommand,
    ShellCommand,
    Frame,
    Statement,
    Chain,
    ServerVersion,
    Traceback,
    Prompt,
    Temporary,
    SearchPath,
}

/// Lines that structure a log.
pub(super) fn markers(reader: &mut Reader<'_>) -> Vec<Marker> {
    let Some((place, raw)) = reader.toml_file::<Markers>("markers.toml") else {
        return Vec::new();
    };
    let mut markers = Vec::new();
    for entry in raw.marker {
        let kind = match entry.kind {
            RawMarkerKind::Attempt => MarkerKind::Attempt,
            RawMarkerKind::Run => MarkerKind::Run,
            RawMarkerKind::BuildCommand => MarkerKind::BuildCommand,
            RawMarkerKind::PreDeployCommand => MarkerKind::PreDeployCommand,
            RawMarkerKind::StartCommand => MarkerKind::StartCommand,
            RawMarkerKind::ShellCommand => MarkerKind::ShellCommand,
            RawMarkerKind::Frame => MarkerKind::Frame,
            RawMarkerKind::Statement => MarkerKind::Statement,
            RawMarkerKind::Chain => MarkerKind::Chain,
            RawMarkerKind::ServerVersion => MarkerKind::ServerVersion,
            RawMarkerKind::Traceback => MarkerKind::Traceback,
            RawMarkerKind::Prompt => MarkerKind::Prompt,
            RawMarkerKind::Temporary => MarkerKind::Temporary,
            RawMarkerKind::SearchPath => MarkerKind::SearchPath,
        };
        match template::parse(entry.line.get_ref(), false) {
            Ok(template) => markers.push(Marker { kind, template }),
            Err((message, suggestion)) => reader.wrong(place, &entry.line, message, suggestion),
        }
    }
    markers
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Clues {
    clue: Vec<RawClue>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawClue {
    fact: Spanned<String>,
    value: Spanned<String>,
    texts: Vec<Spanned<String>>,
}

/// Texts that tell facts, in the file's order.
pub(super) fn clues(reader: &mut Reader<'_>) -> Vec<Clue> {
    let Some((place, raw)) = reader.toml_file::<Clues>("clues.toml") else {
        return Vec::new();
    };
    let mut clues = Vec::new();
    for entry in raw.clue {
        let fact = fact(reader, place, &entry.fact);
        values::told(reader, place, &entry.fact, &entry.value);
        for text in entry.texts {
            if text.get_ref().len() < 4 {
                reader.wrong(place, &text, "this text is too short to mean anything", "give at least four characters");
            }
            clues.push(Clue { fact: fact.clone(), value: entry.value.get_ref().clone(), text: text.into_inner() });
        }
    }
    clues
}

/// Words that may be shown beside a message, and those before a quoted name that may.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PlainWords {
    pub(super) words: String,
    pub(super) labels: String,
}

/// What may be shown beside a message.
pub(super) fn plain_words(reader: &mut Reader<'_>) -> PlainWords {
    reader.toml_file("plain-words.toml").map(|(_, raw)| raw).unwrap_or_default()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Warnings {
    warning: Vec<WarningWords>,
}

/// Words of the warnings.
pub(super) fn warnings(reader: &mut Reader<'_>) -> Vec<WarningWords> {
    reader.toml_file::<Warnings>("warnings.toml").map(|(_, raw)| raw.warning).unwrap_or_default()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Triggers {
    trigger: Vec<RawTrigger>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTrigger {
    text: String,
    situation: Spanned<String>,
    signature: Option<Spanned<String>>,
}

/// What a reader may have seen, in the file's order.
pub(super) fn triggers(reader: &mut Reader<'_>, signatures: &[Signature]) -> Vec<Trigger> {
    let Some((place, raw)) = reader.toml_file::<Triggers>("triggers.toml") else {
        return Vec::new();
    };
    let mut triggers = Vec::new();
    for entry in raw.trigger {
        if let Some(situation) = situation(reader, place, &entry.situation) {
            let deciding = entry.signature.and_then(|id| deciding(reader, place, &id, situation, signatures));
            triggers.push(Trigger { text: entry.text, situation, deciding });
        }
    }
    triggers
}

/// The file of this id, which must be about the same situation.
fn deciding(
    reader: &mut Reader<'_>,
    place: Place<'_>,
    id: &Spanned<String>,
    situation: Situation,
    signatures: &[Signature],
) -> Option<Deciding> {
    let fitting = signatures.iter().filter(|known| known.situation == situation);
    let Some(found) = fitting.clone().find(|known| known.id == *id.get_ref()) else {
        let message = format!("`{}` is no signature of `{}`", id.get_ref(), situation.id());
        reader.wrong(place, id, message, did_you_mean(id.get_ref(), fitting.map(|known| known.id.as_str())));
        return None;
    };
    Some(Deciding { signature: found.id.clone(), headline: found.without_names().to_owned() })
}
