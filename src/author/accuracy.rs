//! `content/accuracy.toml` → [`Accuracy`]: the numbers of the last test run, which `./x accuracy` writes.

use serde::Deserialize;
use toml::Spanned;

use super::reader::Reader;
use super::signatures::situation;
use crate::engine::reference::{Accuracy, Counts, Folder};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    folder: Vec<RawFolder>,
    situation: Vec<RawSituation>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFolder {
    name: String,
    about: String,
    counts: Counts,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSituation {
    id: Spanned<String>,
    counts: Counts,
}

/// The numbers; nothing when there is no such file.
pub(super) fn read(reader: &mut Reader<'_>) -> Option<Accuracy> {
    let file = reader.folder("accuracy.toml", "").first().copied()?;
    let (place, raw) = reader.whole_at::<Raw>(file)?;
    let folders = raw.folder.into_iter().map(|RawFolder { name, about, counts }| Folder { name, about, counts });
    let mut situations = Vec::new();
    for entry in raw.situation {
        if let Some(id) = situation(reader, place, &entry.id) {
            situations.push((id, entry.counts));
        }
    }
    Some(Accuracy { folders: folders.collect(), situations })
}
