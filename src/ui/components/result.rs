//! What happened and what to do, in the order a frightened reader needs it: cause, calm, proof, warnings, question; beside it the options.

use leptos::prelude::*;

use super::ask_somebody::ask_somebody;
use super::blocks::{folded, link};
use super::contradiction::{contradiction_form, disagreement};
use super::elsewhere::elsewhere;
use super::evidence::{evidence, line_number};
use super::handover::handover;
use super::names::names_form;
use super::outcome::outcome;
use super::plan::recovered;
use super::question::{RESULT, question_form};
use super::sample::sample;
use super::server_answer::server_answer;
use super::trail::trail;
use super::triggers::triggers;
use super::ways_out::ways_out;
use crate::embedded;
use crate::engine::diagnose::{Diagnosis, Warning};
use crate::engine::effect::Effect;
use crate::engine::later::Later;
use crate::engine::situation::Situation;
use crate::ui::element::{El, el};
use crate::ui::later::use_later;
use crate::ui::state::{Known, Session, Source, Standing, use_session};
use crate::ui::words;

/// The whole result; nothing until something is known. It is made anew for another log alone: what a server adds must not move a
/// reader away from the step where they pasted it.
pub fn result() -> AnyView {
    let session = use_session();
    let log = Memo::new(move |_| session.known().map_or(0, |known| known.log));
    let is_over = Memo::new(move |_| session.recovered().is_some());
    let body = move || {
        log.get();
        let known = session.known_untracked()?;
        Some(if is_over.get() { over(&known) } else { found(&known) })
    };
    el("div").class("result-region").attr("aria-live", "polite").live(body).into()
}

fn found(known: &Known) -> AnyView {
    let diagnosis = &known.diagnosis;
    let main = el("div")
        .class("result__main")
        .children(happened(known))
        .children(diagnosis.warnings.iter().filter(|warning| !waits(warning)).map(warning))
        .live(server_answer)
        .child(next_step())
        .child(meaning(diagnosis))
        .children(also(diagnosis))
        .children(diagnosis.warnings.iter().filter(|warning| waits(warning)).map(warning))
        .live(unchanged)
        .children(sample(known));
    el("article").class("result").child(main).child(beside(true)).into()
}

/// The deploy works again: that comes first, and there is nothing to decide.
fn over(known: &Known) -> AnyView {
    let session = use_session();
    let diagnosis = &known.diagnosis;
    let main = el("div")
        .class("result__main")
        .live(move || session.recovered().map(recovered))
        .children(happened(known))
        .children(diagnosis.warnings.iter().map(warning))
        .child(meaning(diagnosis));
    el("article").class("result").child(main).child(beside(false)).into()
}

/// What happened, and the lines that say so.
fn happened(known: &Known) -> impl Iterator<Item = AnyView> {
    let session = use_session();
    let diagnosis = &known.diagnosis;
    let situation = embedded::catalogue().situation(diagnosis.situation);
    let headline = move || session.known().map(|known| known.diagnosis.headline.clone()).unwrap_or_default();
    let title = el("h2")
        .class("result__happened")
        .attr("id", "result-title")
        .attr("tabindex", "-1")
        .child(el("span").class("hidden").text(words::HAPPENED).text(". "))
        .text_live(headline);
    let calm = situation.is_some_and(|words| words.calm).then(calm);
    let view = match &known.source {
        Source::Log(view) => Some(view),
        _ => None,
    };
    let lines = evidence(&diagnosis.evidence, view);
    [Some(title.into()), calm, Some(lines)].into_iter().flatten()
}

/// What that means, and where more is known of it: folded away below what is asked.
fn meaning(diagnosis: &Diagnosis) -> El {
    let meaning = embedded::catalogue().situation(diagnosis.situation).map(|words| words.meaning.as_str());
    folded(words::MEANING)
        .class("result__meaning")
        .child(el("p").prose(meaning.unwrap_or_default()))
        .children(more(diagnosis))
}

/// The options, unless it is over; what a reader may take along, and the ways to somebody or something else.
fn beside(is_open: bool) -> El {
    let session = use_session();
    let options =
        is_open.then(|| el("div").live(move || Some(ways_out(&*session.known()?, &session.advice()?))).into());
    // A plan has them where its commands are.
    let is_asked = Memo::new(move |_| !matches!(session.standing(), Some(Standing::Reached(_))));
    let names = move || (is_open && is_asked.get()).then(|| names_form("result"));
    el("aside")
        .class("result__aside")
        .attr("aria-label", words::BESIDE)
        .children(options)
        .live(names)
        .child(handover())
        .child(ask_somebody())
        .child(elsewhere())
        .child(triggers(words::NOT_THIS))
}

/// Said only as long as it is true.
fn unchanged() -> Option<AnyView> {
    (use_session().effect() == Effect::Nothing).then(|| el("p").class("quiet").text(words::UNCHANGED).into())
}

/// What is known of the message that decided. It opens beside this page, which would be forgotten otherwise.
fn more(diagnosis: &Diagnosis) -> Option<AnyView> {
    let words = match diagnosis.situation {
        Situation::Unknown => return None,
        Situation::Healthy => words::MORE_LINE,
        _ => words::MORE_ERROR,
    };
    let address = format!("/errors/{}", diagnosis.signature.as_ref()?);
    Some(el("p").child(el("a").attr("href", address).attr("target", "_blank").text(words)).into())
}

/// What else the log could mean, and what would show it.
fn also(diagnosis: &Diagnosis) -> Option<AnyView> {
    let later = use_later();
    let words = |id: &Situation| embedded::catalogue().situation(*id);
    let others: Vec<AnyView> = diagnosis
        .candidates
        .iter()
        .filter(|id| **id != diagnosis.situation)
        .filter_map(words)
        .map(|other| {
            let item = el("li").child(el("strong").text(&other.title));
            item.live(move || confirm(later.get()?, other.id)).into()
        })
        .collect();
    (!others.is_empty()).then(|| folded(words::ALSO).child(el("ul").children(others)).into())
}

/// What would show that it is this situation.
fn confirm(later: &'static Later, situation: Situation) -> Option<AnyView> {
    let words = later.confirm(situation)?;
    Some(el("span").text(" ").text(words::CONFIRM).text(" ").prose(words).into())
}

fn calm() -> AnyView {
    let [before, known, after] = words::CALM;
    el("p").class("result__calm").text(before).child(link(words::CALM_SOURCE).text(known)).text(after).into()
}

/// Whether it stands behind the question.
fn waits(warning: &Warning) -> bool {
    embedded::catalogue().warnings.iter().any(|words| words.id == warning.id && words.waits)
}

fn warning(warning: &Warning) -> AnyView {
    let number = warning.line.map(|line| line_number(line).into());
    el("p").class("warning").attr("role", "note").children(number).prose(&warning.text).into()
}

/// What decided, and the one question or the way out reached.
fn next_step() -> AnyView {
    let session = use_session();
    // What is reached stays as it is while only what is known of it grows.
    let key = Memo::new(move |_| session.standing().map_or("", Standing::key));
    let shown = move || {
        key.get();
        Some(match untrack(|| session.standing())? {
            Standing::Asked(question) => question_form(question, RESULT),
            Standing::Contradicted => contradiction_form(session, RESULT),
            Standing::Disagreeing => disagreement(session, RESULT, Session::disagreement),
            Standing::Reached(way) => outcome(way, &*session.known_untracked()?),
        })
    };
    el("div").live(move || session.advice().and_then(|advice| trail(&advice))).live(shown).into()
}
