//! `/proof`: what each SQL text did in each state of a database, on real servers.

use leptos::prelude::*;

use super::rescues;
use super::table::{list, paragraphs, part, row, table};
use super::words;
use crate::embedded;
use crate::engine::reference::{Proof, ProvenCell, ProvenState};
use crate::engine::sql::Edition;
use crate::ui::element::{El, el};

/// The whole page.
pub(super) fn proof() -> AnyView {
    let reference = embedded::reference();
    let parts = reference.proof.as_ref().map(parts);
    let rescues = reference.rescues.as_ref().map(rescues::rescues);
    el("div")
        .class("reading proof")
        .child(el("h1").text(words::PROOF))
        .children(parts)
        .children(rescues)
        .child(part("how", words::PROOF_HOW).children(paragraphs(&words::PROOF_HOW_TEXT)))
        .child(part("not-proven", words::NOT_PROVEN).child(list("ul", &words::NOT_PROVEN_TEXT)))
        .into()
}

fn parts(proof: &'static Proof) -> AnyView {
    let (checks, good) = all(proof).fold((0, 0), |(checks, good), cell| {
        (checks + checks_of(cell, proof), good + cell.as_expected.iter().sum::<u32>())
    });
    let tables = Edition::ALL.iter().filter_map(|edition| of_edition(*edition, proof));
    let meanings = words::OUTCOMES
        .iter()
        .flat_map(|(_, word, meaning)| [el("dt").text(*word).into(), el("dd").text(*meaning).into()]);
    el("div")
        .child(el("p").text(words::proof_lead(&proof.date, &proof.servers.join(", "), checks, good)))
        .child(el("dl").class("costs").children(meanings))
        .children(tables)
        .into()
}

fn all(proof: &Proof) -> impl Iterator<Item = &ProvenCell> {
    proof.states.iter().flat_map(|state| &state.cells)
}

fn of_edition(edition: Edition, proof: &'static Proof) -> Option<AnyView> {
    let rows: Vec<AnyView> = (proof.states.iter())
        .flat_map(|state| state.cells.iter().filter(|cell| cell.edition == edition.id()).map(move |cell| (state, cell)))
        .map(|(state, cell)| line(state, cell, proof).into())
        .collect();
    let columns = [words::PROOF_STATE, words::PROOF_DOES, words::PROOF_CHECKS];
    (!rows.is_empty())
        .then(|| part(edition.id(), edition.title()).child(table(words::PROOF_CAPTION, &columns, rows)).into())
}

fn line(state: &'static ProvenState, cell: &ProvenCell, proof: &Proof) -> El {
    let (checks, good) = (checks_of(cell, proof), cell.as_expected.iter().sum::<u32>());
    let outcome = words::OUTCOMES.iter().find(|(id, ..)| *id == cell.outcome).map_or("", |(_, word, _)| *word);
    let counted = (words::good_of(good, checks), good != checks);
    row(el("th").text(&state.about), [(outcome.to_owned(), false), counted])
}

/// On all servers together.
fn checks_of(cell: &ProvenCell, proof: &Proof) -> u32 {
    proof.servers.iter().map(|_| cell.checks).sum()
}
