//! The examples inside signature files, run as tests: at build time and by `runbook check`.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::reader::{Place, Reader};
use super::signatures::id_of;
use crate::engine::Engine;
use crate::engine::diagnose::Diagnosis;
use crate::engine::fact::FactKey;

#[derive(Deserialize)]
struct Front {
    hit: Vec<Spanned<Hit>>,
    #[serde(default)]
    miss: Vec<Spanned<Miss>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Hit {
    log: String,
    #[serde(default)]
    facts: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Miss {
    log: String,
}

/// Every hit must be decided by its own signature with the facts it names, every near-miss by another.
pub(super) fn run(engine: &Engine<'_>, reader: &mut Reader<'_>) {
    for file in reader.folder("signatures/", ".md") {
        let Some((place, front, _)) = reader.front_matter::<Front>(file) else { continue };
        let id = id_of(&file.path);
        for example in &front.hit {
            let hit = example.get_ref();
            let diagnosis = engine.diagnose(hit.log.as_bytes());
            decided(reader, place, example, &diagnosis, id);
            facts(reader, place, example, &diagnosis, &hit.facts);
        }
        for example in &front.miss {
            let diagnosis = engine.diagnose(example.get_ref().log.as_bytes());
            if diagnosis.signature.as_deref() == Some(id) {
                reader.wrong(
                    place,
                    example,
                    "this near-miss is taken for a hit",
                    "narrow the pattern, or use `unless`",
                );
            }
        }
    }
}

fn decided<T>(reader: &mut Reader<'_>, place: Place<'_>, example: &Spanned<T>, diagnosis: &Diagnosis, id: &str) {
    let decided = diagnosis.signature.as_deref().unwrap_or("nothing");
    if decided != id {
        reader.wrong(
            place,
            example,
            format!("this example is decided by {decided}"),
            "widen the pattern, or set the precedence of one of the two",
        );
    }
}

fn facts<T>(
    reader: &mut Reader<'_>,
    place: Place<'_>,
    example: &Spanned<T>,
    diagnosis: &Diagnosis,
    expected: &BTreeMap<String, String>,
) {
    for (name, value) in expected {
        let found = FactKey::from_id(name).and_then(|key| diagnosis.facts.value(key));
        if found != Some(value) {
            reader.wrong(
                place,
                example,
                format!("{name} is {found:?}, not {value:?}"),
                "mend the capture or the example",
            );
        }
    }
}
