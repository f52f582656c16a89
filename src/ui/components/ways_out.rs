//! The ways out at a glance, the gentlest first, each with where it stands for this error and why.

use leptos::prelude::AnyView;

use super::blocks::inlines;
use super::risk::risk;
use crate::embedded;
use crate::engine::advice::Advice;
use crate::engine::fact::{FactKey, Wipe};
use crate::engine::later::Later;
use crate::engine::page::OutcomePage;
use crate::engine::risk::Risk;
use crate::engine::tree::{Answers, End, Subject};
use crate::ui::element::el;
use crate::ui::later::use_later;
use crate::ui::state::Known;
use crate::ui::words;

/// Always shown, whatever the error: a reader looks for them.
const ALWAYS: [&str; 3] = ["move-aside", "option-a", "option-b"];

/// The strip: the runbook's options always, others when they can be reached.
pub(super) fn ways_out(known: &Known, advice: &Advice<'static>) -> AnyView {
    let is_shown = |way: &OutcomePage| {
        let id = way.id.as_str();
        ALWAYS.contains(&id) || advice.reachable.contains(&id)
    };
    // Loops, for a sort is 3 kB of program.
    let mut rows = Vec::new();
    for closed in [false, true] {
        for risk in Risk::ALL {
            for way in embedded::catalogue().outcomes.iter().filter(|way| way.risk == risk && is_shown(way)) {
                let state = state(way, known, advice);
                if state.is_closed() == closed {
                    rows.push(row(state, way, known, advice));
                }
            }
        }
    }
    let later = use_later();
    let reached = embedded::catalogue().reached(advice);
    el("section")
        .class("ways")
        .child(el("h3").text(words::WAYS_OUT))
        .child(el("ul").attr("role", "list").children(rows))
        .live(move || nothing_milder(reached?, later.get()?))
        .into()
}

/// Why nothing milder than the way that was reached is enough.
fn nothing_milder(way: &'static OutcomePage, later: &'static Later) -> Option<AnyView> {
    let why = later.milder.get(&way.id)?;
    let label = el("strong").text(words::NOTHING_MILDER);
    Some(el("p").class("milder").child(label).text(" ").children(inlines(why, &way.placeholders)).into())
}

fn row(state: State, way: &'static OutcomePage, known: &Known, advice: &Advice<'_>) -> AnyView {
    let summary = el("summary")
        .child(el("span").class("way__title").text(way.title_text()))
        .child(risk(way.risk))
        .child(el("span").class(if state == State::Open { "hidden" } else { "way__state" }).text(state.words()));
    let why = match state {
        State::Closed => el("p").text(why_closed(known)),
        State::ClosedByAnswers => el("p").text(why_answers(way, known, advice)),
        State::OnlyIfRefused => el("p").text(words::WHY_REFUSED),
        State::Open | State::Recommended => el("p").children(inlines(&way.summary, &way.placeholders)),
    };
    let details = el("details").child(summary).child(why);
    el("li").class(&format!("way way--{}", state.class())).child(details).into()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Recommended,
    Open,
    OnlyIfRefused,
    Closed,
    ClosedByAnswers,
}

impl State {
    fn words(self) -> &'static str {
        match self {
            State::Recommended => words::RECOMMENDED,
            State::Open => words::NEEDS_ANSWER,
            State::OnlyIfRefused => words::ONLY_IF_REFUSED,
            State::Closed => words::NOT_FOR_THIS,
            State::ClosedByAnswers => words::NOT_WITH_ANSWERS,
        }
    }

    fn is_closed(self) -> bool {
        matches!(self, State::Closed | State::ClosedByAnswers)
    }

    fn class(self) -> &'static str {
        match self {
            State::Recommended => "recommended",
            State::Open | State::OnlyIfRefused => "open",
            State::Closed | State::ClosedByAnswers => "closed",
        }
    }
}

fn state(way: &OutcomePage, known: &Known, advice: &Advice<'_>) -> State {
    let reached = matches!(advice.walk.end, End::Outcome(_));
    match (advice.reachable.contains(&way.id.as_str()), reached) {
        (true, true) => State::Recommended,
        (true, false) if way.id == "option-b" => State::OnlyIfRefused,
        (true, false) => State::Open,
        (false, _) if open_with(&Answers::new(), way, known) => State::ClosedByAnswers,
        (false, _) => State::Closed,
    }
}

/// Whether a way can be reached with these answers.
fn open_with(answers: &Answers, way: &OutcomePage, known: &Known) -> bool {
    embedded::catalogue().advise(&known.diagnosis, answers).reachable.contains(&way.id.as_str())
}

/// The answer that closed it: the first without which it could still be reached.
fn why_answers(way: &OutcomePage, known: &Known, advice: &Advice<'_>) -> String {
    let tree = &embedded::catalogue().tree;
    let mut answers = Answers::new();
    for step in advice.walk.trail.iter().filter(|step| step.answered) {
        let (Subject::Question(id), Some(value)) = (&step.node.on, &step.value) else { continue };
        answers.insert(id.clone(), value.clone());
        if open_with(&answers, way, known) {
            continue;
        }
        let answer = tree.question(id).and_then(|question| question.answers.iter().find(|answer| answer.id == *value));
        return [words::WHY_ANSWERS, answer.map_or("", |answer| &answer.text), words::WHY_ANSWERS_END].concat();
    }
    String::new()
}

/// Why a way is closed to what the log shows, whatever is answered; `None` where it is not.
pub(super) fn why_never(way: &OutcomePage, known: &Known) -> Option<String> {
    (!open_with(&Answers::new(), way, known)).then(|| why_closed(known))
}

/// Why neither deleting nor renaming the schema would mend what the log shows.
fn why_closed(known: &Known) -> String {
    let fact = known.diagnosis.facts.get(FactKey::Wipe);
    let why = match fact.and_then(|fact| Wipe::from_id(&fact.value)) {
        Some(Wipe::OtherStack) => words::WHY_OTHER_STACK,
        Some(Wipe::OtherSchema) => words::WHY_OTHER_SCHEMA,
        Some(Wipe::OtherFailure) => words::WHY_OTHER_FAILURE,
        Some(Wipe::WentOn) => words::WHY_WENT_ON,
        Some(Wipe::AfterStart) => words::WHY_AFTER_START,
        Some(Wipe::NotPrinted) => words::WHY_NOT_PRINTED,
        Some(Wipe::TemporaryTable) => words::WHY_TEMPORARY,
        Some(Wipe::OwnRun) => words::WHY_OWN_RUN,
        Some(Wipe::Extension) => words::WHY_EXTENSION,
        Some(Wipe::Possible | Wipe::OtherError) | None => return why_no_wipe(known),
    };
    match fact.and_then(|fact| fact.line) {
        Some(line) => format!("{why} (line {line})"),
        None => why.to_owned(),
    }
}

fn why_no_wipe(known: &Known) -> String {
    embedded::catalogue()
        .situation(known.diagnosis.situation)
        .map(|words| words.why_no_wipe.clone())
        .unwrap_or_default()
}
