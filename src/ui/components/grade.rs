//! How an attempt at an exercise did, and why.

use leptos::prelude::*;

use super::blocks::inlines;
use super::exercise::why;
use crate::embedded;
use crate::engine::training::{Exercise, Grade, Verdict};
use crate::ui::element::{El, el};
use crate::ui::words;

/// The verdict, then each of the three choices, then why the right way out is right.
pub(super) fn grade(exercise: &'static Exercise, grade: &Grade<'static>, chosen: &str) -> AnyView {
    let (class, verdict) = match grade.verdict {
        Verdict::Right => ("calm", words::GRADE_RIGHT),
        Verdict::NotYet => ("warning", words::GRADE_NOT_YET),
        Verdict::Wiped => ("alarm", words::GRADE_WIPED),
    };
    let title = el("h4").attr("id", format!("{}-grade", exercise.id)).attr("tabindex", "-1").text(verdict);
    el("div")
        .class("grade")
        .child(el("div").class(class).child(title))
        .child(
            el("dl")
                .children(happened(grade))
                .children(line(exercise, grade))
                .children(way_out(exercise, grade, chosen)),
        )
        .children(why(exercise))
        .children(told(exercise))
        .into()
}

fn entry(title: &str, right: bool) -> (AnyView, El) {
    let (class, word) = if right { ("right", words::RIGHT) } else { ("wrong", words::WRONG) };
    (el("dt").text(title).into(), el("dd").child(el("strong").class(class).text(word)).text(" "))
}

fn happened(grade: &Grade<'static>) -> [AnyView; 2] {
    let (title, text) = entry(words::HAPPENED, grade.happened);
    let words = embedded::catalogue().situation(grade.solution.happened);
    let text = match words {
        Some(words) => text.text(format!("{} {}", words.title, words.meaning)),
        None => text,
    };
    [title, text.into()]
}

fn line(exercise: &'static Exercise, grade: &Grade<'static>) -> [AnyView; 2] {
    let (title, text) = entry(words::SAYS_SO, grade.line);
    let shown = exercise.lines().find(|(number, _)| Some(*number) == grade.solution.line);
    let text = match shown {
        Some((number, line)) => text.text(format!("{} {number}: ", words::LINE)).child(el("code").text(line)),
        None => text,
    };
    [title, text.into()]
}

fn way_out(exercise: &'static Exercise, grade: &Grade<'static>, chosen: &str) -> [AnyView; 2] {
    let (title, mut text) = entry(words::WAY_OUT, grade.way_out);
    if let Some(other) = exercise.other(chosen) {
        text = text.children(inlines(&other.why, &[])).text(" ");
    }
    if let Some(right) = embedded::catalogue().outcome(&grade.solution.way_out) {
        text = text.text(format!("{} {}.", words::RIGHT_IS, right.title_text()));
    }
    [title, text.into()]
}

/// What the brief tells, as the questions the page would ask.
fn told(exercise: &'static Exercise) -> Option<AnyView> {
    let tree = &embedded::catalogue().tree;
    let answers = exercise.answers.iter().filter_map(|(question, answer)| {
        let question = tree.question(question)?;
        let answer = question.answers.iter().find(|known| known.id == *answer)?;
        Some([el("dt").prose(&question.text).into(), el("dd").prose(&answer.text).into()])
    });
    let answers: Vec<AnyView> = answers.flatten().collect();
    let any = !answers.is_empty();
    any.then(|| el("div").child(el("h4").text(words::BRIEF_TELLS)).child(el("dl").children(answers)).into())
}
