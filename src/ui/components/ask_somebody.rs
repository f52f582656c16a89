//! Stop and ask: whom, and a masked summary of where the reader stands.

use leptos::prelude::*;

use super::blocks::folded;
use super::copy::copy_button;
use crate::embedded;
use crate::engine::effect::Effect;
use crate::ui::element::{El, el};
use crate::ui::state::{Session, Standing, use_session};
use crate::ui::words;

/// Folded away until somebody needs it; it is on every result and below every question.
pub(super) fn ask_somebody() -> El {
    let session = use_session();
    let summary = Signal::derive(move || summary(session).join("\n"));
    folded(words::STOP)
        .class("ask-somebody")
        .child(el("p").class("quiet").text(words::STOP_WHY))
        .child(
            el("pre")
                .class("ask-somebody__text")
                .attr("tabindex", "0")
                .attr("role", "group")
                .attr("aria-label", words::STOP_LABEL)
                .text_live(move || summary.get()),
        )
        .child(copy_button(summary))
}

/// Five lines: what was seen, the line, where the reader stands, what was answered, what was not done. They are made of
/// content and of excerpts, which are masked, and of nothing that was typed.
fn summary(session: Session) -> [String; 5] {
    let known = session.known();
    let saw = known.as_ref().map_or(words::SAW_NOTHING, |known| &known.diagnosis.headline);
    let line = known.as_ref().and_then(|known| known.diagnosis.evidence.first());
    let line = line.map_or_else(|| words::NO_LINE.to_owned(), |line| format!("line {}: {}", line.line, line.text));
    let stands = match session.standing() {
        None => words::SAFE_FORM.to_owned(),
        Some(Standing::Asked(question)) => format!("{} {}", words::QUESTION_OPEN, question.text),
        Some(Standing::Contradicted) => format!("{} {}", words::QUESTION_OPEN, words::CONTRADICTION),
        Some(Standing::Disagreeing) => format!("{} {}", words::QUESTION_OPEN, words::DISAGREEMENT),
        Some(Standing::Reached(way)) => way.title_text(),
    };
    [
        format!("{}: {saw}", words::SAW),
        format!("{}: {line}", words::SAYS_SO),
        format!("{}: {stands}", words::STANDS),
        format!("{}: {}", words::ANSWERS_SO_FAR, answers(session)),
        done(session).to_owned(),
    ]
}

/// What was not done, as far as that is true.
fn done(session: Session) -> &'static str {
    match session.effect() {
        Effect::Nothing => words::NOTHING_DONE,
        Effect::Change => words::MAY_HAVE_CHANGED,
        Effect::Deletion => words::MAY_HAVE_DELETED,
    }
}

/// Every answer given, as sentences in the order of the content.
fn answers(session: Session) -> String {
    let answers = session.answers.get();
    let given: Vec<String> = embedded::catalogue()
        .tree
        .questions
        .iter()
        .filter_map(|question| {
            let id = answers.get(&question.id)?;
            let answer = question.answers.iter().find(|answer| answer.id == *id)?;
            Some(format!("{} {}", question.text, answer.text))
        })
        .collect();
    if given.is_empty() { words::NONE_YET.to_owned() } else { given.join(" ") }
}
