//! Findings → diagnosis: which attempt counts, which error is its root, what is known for sure.
//!
//! Comes in: what the scanner saw. Goes out: one [`Diagnosis`] with the lines that prove it. When nothing is supported it
//! says `unknown`; it never picks the nearest guess.

mod doubt;
mod facts;
mod timeline;
mod warn;
mod weigh;

use serde::{Deserialize, Serialize};

pub use timeline::{Sighting, Timeline};

use crate::engine::catalogue::{Catalogue, Deciding};
use crate::engine::fact::{FactKey, FactSet, Wipe};
use crate::engine::link::Link;
use crate::engine::signature::{Hit, Scanner, Signature};
use crate::engine::situation::Situation;
use crate::engine::text::mask::{Excerpt, MASK};

/// What a log shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Diagnosis {
    /// The best supported situation.
    pub situation: Situation,
    /// Every supported situation, best first.
    pub candidates: Vec<Situation>,
    /// The signature that decided; for [`Situation::Unknown`] the one that kept the log from being called healthy, if any.
    pub signature: Option<String>,
    /// What happened, in one sentence.
    pub headline: String,
    /// The lines that say so, the deciding one first.
    pub evidence: Vec<Evidence>,
    /// What stands above any diagnosis.
    pub warnings: Vec<Warning>,
    /// What is known, with lines.
    pub facts: FactSet,
}

impl Diagnosis {
    /// The 1-based lines of the log that matter: those that decided, and those that raised a warning.
    pub fn lines(&self) -> Vec<u32> {
        let evidence = self.evidence.iter().map(|evidence| evidence.line);
        evidence.chain(self.warnings.iter().filter_map(|warning| warning.line)).collect()
    }
}

/// A line of the log, masked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// 1-based line of the input.
    pub line: u32,
    /// The line, masked.
    pub text: Excerpt,
}

/// A warning that stands above any diagnosis.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// Its id.
    pub id: String,
    /// The 1-based line that raised it; `None` when the log is not here.
    pub line: Option<u32>,
    /// What it means for the reader.
    pub text: String,
}

/// What follows from everything seen in a log.
pub fn diagnose(scanner: &Scanner<'_>, hits: Vec<Hit>) -> Diagnosis {
    let timeline = Timeline::of(scanner, hits);
    let ranked = weigh::rank(&timeline);
    let deciding = ranked.first().copied();
    let situation = deciding.map_or(Situation::Unknown, |s| s.signature.situation);
    let mut facts = facts::collect(scanner, &timeline, &ranked);
    let would_drop = facts.get(FactKey::WouldDrop).map(|fact| fact.line.unwrap_or_default());
    let warnings = warn::warnings(&scanner.patterns().warnings, &timeline, &ranked, would_drop);
    let wipe = deciding.map_or((Wipe::OtherError, None), |deciding| doubt::wipe(scanner, &timeline, deciding, &facts));
    facts::derive(&mut facts, situation, wipe, &warnings);
    if let Some(deciding) = deciding {
        facts.set(FactKey::Signature, &deciding.signature.id, Some(deciding.line));
    }
    Diagnosis {
        situation,
        candidates: candidates(&ranked),
        signature: deciding.map(|s| s.signature.id.clone()),
        headline: headline(scanner, deciding, &facts),
        evidence: evidence(&timeline, deciding),
        warnings,
        facts,
    }
}

/// What a reader says they saw, without a log: no line proves it.
pub fn told(catalogue: &Catalogue, situation: Situation, deciding: Option<&Deciding>) -> Diagnosis {
    let mut facts = FactSet::default();
    facts::derive_told(&mut facts, situation);
    let mut diagnosis = without_log(catalogue, situation, facts);
    if let Some(Deciding { signature, headline }) = deciding {
        decided(&mut diagnosis, signature, headline);
    }
    diagnosis
}

/// What a link brings from the tab that read the log: no line proves it here. Which file decided is taken over with the headline that it
/// has here, and without one not at all.
pub fn linked(catalogue: &Catalogue, link: &Link, headline: Option<&str>) -> Diagnosis {
    let mut facts = FactSet::default();
    facts::derive_linked(&mut facts, link);
    let mut diagnosis = without_log(catalogue, link.situation, facts);
    diagnosis.warnings = warn::linked(catalogue, link);
    if let (Some(signature), Some(headline)) = (&link.signature, headline) {
        decided(&mut diagnosis, signature, headline);
    }
    diagnosis
}

fn without_log(catalogue: &Catalogue, situation: Situation, facts: FactSet) -> Diagnosis {
    Diagnosis {
        situation,
        candidates: vec![situation],
        signature: None,
        headline: title(catalogue, situation),
        evidence: Vec::new(),
        warnings: Vec::new(),
        facts,
    }
}

/// Which file decided, where its line is not here.
fn decided(diagnosis: &mut Diagnosis, signature: &str, headline: &str) {
    diagnosis.facts.set(FactKey::Signature, signature, None);
    diagnosis.signature = Some(signature.to_owned());
    headline.clone_into(&mut diagnosis.headline);
}

fn title(catalogue: &Catalogue, situation: Situation) -> String {
    catalogue.situation(situation).map_or_else(String::new, |words| words.title.clone())
}

fn candidates(ranked: &[&Sighting<'_>]) -> Vec<Situation> {
    let mut candidates: Vec<Situation> = Vec::new();
    for sighting in ranked {
        if !candidates.contains(&sighting.signature.situation) {
            candidates.push(sighting.signature.situation);
        }
    }
    // "I can't tell" is an answer only where there is no other.
    if candidates.len() > 1 {
        candidates.retain(|s| *s != Situation::Unknown);
    }
    if candidates.is_empty() {
        candidates.push(Situation::Unknown);
    }
    candidates
}

fn headline(scanner: &Scanner<'_>, deciding: Option<&Sighting<'_>>, facts: &FactSet) -> String {
    let Some(sighting) = deciding else { return scanner.patterns().unknown_title.clone() };
    let named = |name: &str| {
        let fact = FactKey::from_id(name).and_then(|key| facts.value(key)).map(str::to_owned);
        fact.or_else(|| sighting.capture(name).map(|value| scanner.masker().name(value)))
    };
    fill_headline(sighting.signature, named)
}

/// The headline with names, or the plain one when a name is missing or is masked whole.
fn fill_headline(signature: &Signature, named: impl Fn(&str) -> Option<String>) -> String {
    let mut filled = String::new();
    let mut rest = signature.headline.as_str();
    while let Some((before, behind)) = rest.split_once('{') {
        let Some((name, behind)) = behind.split_once('}') else { break };
        let Some(value) = named(name).filter(|value| value != MASK) else {
            return signature.without_names().to_owned();
        };
        filled.push_str(before);
        filled.push_str(&value);
        rest = behind;
    }
    filled + rest
}

/// Lines below the deciding one that are shown because they say more about it.
const MAX_DETAILS: usize = 3;

/// How far below the deciding line they stand at most.
const LINES_OF_DETAILS: u32 = 12;

/// Whether a line's content names what decided as its cause, or it says the same of another thing.
fn is_detail(other: &Sighting<'_>, deciding: &Sighting<'_>) -> bool {
    let (signature, root) = (other.signature, deciding.signature);
    signature.follows.contains(&root.id)
        || signature.id == root.id && !root.situation.may_wipe() && !doubt::is_same(other, deciding)
}

/// The deciding line, the migration step it happened in, and what directly below says more: the objects that depend on it, the
/// other settings that are missing.
fn evidence(timeline: &Timeline<'_>, deciding: Option<&Sighting<'_>>) -> Vec<Evidence> {
    let Some(deciding) = deciding else { return Vec::new() };
    let step = timeline.step_before(deciding).filter(|step| step.row != deciding.row);
    let says_more = |s: &&Sighting<'_>| {
        s.order > deciding.order && s.row.abs_diff(deciding.row) <= LINES_OF_DETAILS && is_detail(s, deciding)
    };
    let details = timeline.sightings.iter().filter(says_more).take(MAX_DETAILS);
    let lines = std::iter::once(deciding).chain(step).chain(details);
    lines.map(|s| Evidence { line: s.line, text: s.sight.excerpt.clone() }).collect()
}
