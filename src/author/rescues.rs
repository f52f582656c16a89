//! `content/rescues.toml` → [`Rescues`]: which broken services came back, which `./x lab rescue` writes.

use super::proof::is_date;
use super::reader::Reader;
use crate::engine::catalogue::Catalogue;
use crate::engine::reference::Rescues;

const REWRITE: &str = "have ./x lab rescue write the file";

/// The last rescues; nothing when there is no such file.
pub(super) fn read(catalogue: &Catalogue, reader: &mut Reader<'_>) -> Option<Rescues> {
    let file = reader.folder("rescues.toml", "").first().copied()?;
    let rescues = reader.whole::<Rescues>(file)?;
    if !is_date(&rescues.date) {
        reader.problem(&file.path, (1, 1), format!("`{}` is no date like 2026-11-26", rescues.date), REWRITE);
    }
    for rescue in &rescues.rescues {
        let ends = std::iter::once(&rescue.outcome).chain(&rescue.not_sure);
        for id in ends.filter(|id| catalogue.outcome(id).is_none()) {
            reader.problem(
                &file.path,
                (1, 1),
                format!("the rescue {} ends in `{id}`, which is no outcome", rescue.id),
                REWRITE,
            );
        }
    }
    Some(rescues)
}
