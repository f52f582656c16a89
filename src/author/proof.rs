//! `content/proof.toml` → [`Proof`]: what each SQL text did on real servers, which `./x proof` writes.

use super::reader::Reader;
use crate::engine::reference::Proof;
use crate::engine::sql::Edition;

/// The last proof; nothing when there is no such file.
pub(super) fn read(reader: &mut Reader<'_>) -> Option<Proof> {
    let file = reader.folder("proof.toml", "").first().copied()?;
    let proof = reader.whole::<Proof>(file)?;
    for state in &proof.states {
        for cell in &state.cells {
            let known = Edition::from_id(&cell.edition).is_some();
            if !known || cell.as_expected.len() != proof.servers.len() {
                let message =
                    format!("the cell {} of {} is of no edition, or not of every server", cell.edition, state.id);
                reader.problem(&file.path, (1, 1), message, "have ./x proof write the file");
            }
        }
    }
    Some(proof)
}
