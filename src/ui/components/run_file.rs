//! The command that runs a saved text which deletes data, where no plan has it as its next step.

use std::iter;
use std::sync::LazyLock;

use leptos::prelude::*;

use super::code::code_block;
use crate::embedded;
use crate::engine::page::{Code, Part};
use crate::engine::sql::{Edition, Risk};
use crate::ui::element::el;
use crate::ui::words;

/// One command for each text.
static COMMANDS: LazyLock<Vec<(Edition, Code)>> =
    LazyLock::new(|| Edition::ALL.into_iter().map(|edition| (edition, command(edition))).collect());

fn command(edition: Edition) -> Code {
    let text = |text: &str| Part::Text(text.to_owned());
    let file = Part::Placeholder([&edition.slug().replace('-', "_"), "_file"].concat());
    let connection = Part::Placeholder("connection".to_owned());
    Code {
        language: "sh".to_owned(),
        place: words::PSQL.to_owned(),
        edition: None,
        lines: vec![vec![text("psql -X -v ON_ERROR_STOP=1 -f "), file, text(" -d "), connection]],
        windows: Vec::new(),
        commands: [iter::once(0..1).collect(), Vec::new()],
    }
}

/// The command, with the reader's names; nothing for a text that deletes nothing.
pub(super) fn run_file(edition: Edition) -> Option<AnyView> {
    let (_, command) = COMMANDS.iter().find(|(of, _)| *of == edition && of.risk() == Risk::Destructive)?;
    let placeholders = embedded::catalogue().runbooks.first()?.placeholders.as_slice();
    let run = el("p").text(words::RUN_FILE);
    Some(el("div").child(run).child(code_block(command, placeholders)).into())
}
