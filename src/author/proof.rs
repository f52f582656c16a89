//! `content/proof.toml` → [`Proof`]: what each SQL text did on real servers, which `./x proof` writes.

use std::collections::BTreeMap;

use super::reader::Reader;
use crate::engine::later::Proven;
use crate::engine::reference::Proof;
use crate::engine::sql::Edition;

/// The last proof; nothing when there is no such file.
pub(super) fn read(reader: &mut Reader<'_>) -> Option<Proof> {
    let file = reader.folder("proof.toml", "").first().copied()?;
    let proof = reader.whole::<Proof>(file)?;
    if !is_date(&proof.date) {
        let message = format!("`{}` is no date like 2026-11-23", proof.date);
        reader.problem(&file.path, (1, 1), message, "have ./x proof write the file");
    }
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

/// Whether it is a day like `2026-11-23`.
pub(super) fn is_date(text: &str) -> bool {
    let digits = |part: &str, wanted: usize| part.len() == wanted && part.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = text.split('-').collect();
    matches!(parts.as_slice(), [year, month, day] if digits(year, 4) && digits(month, 2) && digits(day, 2))
}

/// What a page about a single text says of it.
pub(super) fn in_short(proof: &Proof) -> Proven {
    let mut checks = BTreeMap::<String, Option<u32>>::new();
    for cell in proof.states.iter().flat_map(|state| &state.cells) {
        let passed = cell.as_expected.iter().all(|good| *good == cell.checks);
        let sum = checks.entry(cell.edition.clone()).or_insert(Some(0));
        *sum = sum.filter(|_| passed).map(|sum| sum + cell.as_expected.iter().sum::<u32>());
    }
    let checks = checks.into_iter().filter_map(|(edition, sum)| Some((edition, sum?))).collect();
    Proven { date: proof.date.clone(), servers: proof.servers.clone(), checks }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::reference::{ProvenCell, ProvenState};

    #[test]
    fn a_date_is_year_month_day() {
        assert!(is_date("2026-11-23"));
        for other in ["", "2026-11", "23.11.2026", "2026-11-23 16:36", "2026-1-23", "20é-11-23"] {
            assert!(!is_date(other), "{other}");
        }
    }

    #[test]
    fn one_check_that_did_not_pass_leaves_the_text_out() {
        let cell = |edition: &str, good: u32| ProvenCell {
            edition: edition.into(),
            outcome: "reads".into(),
            checks: 5,
            as_expected: vec![5, good],
        };
        let state = |cells| ProvenState { id: String::new(), about: String::new(), cells };
        let proof = Proof {
            date: "2026-11-23".into(),
            digest: String::new(),
            servers: vec!["13.23".into(), "18.4".into()],
            states: vec![
                state(vec![cell("state", 5), cell("verify", 4)]),
                state(vec![cell("state", 5), cell("verify", 5)]),
            ],
        };
        let short = in_short(&proof);
        assert_eq!(short.checks.into_iter().collect::<Vec<_>>(), [("state".to_owned(), 20)]);
    }
}
