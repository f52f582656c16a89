//! One question. Choosing and going on are two acts, so that no single key opens a way that deletes data.

use leptos::prelude::*;

use super::blocks::folded;
use super::names::field;
use crate::embedded;
use crate::engine::advice::Advice;
use crate::engine::fact::FactKey;
use crate::engine::gate::RIGHT_DATABASE;
use crate::engine::sql::Ident;
use crate::engine::tree::Question;
use crate::ui::element::{El, el};
use crate::ui::state::{Session, use_session};
use crate::ui::words;

/// The prefix of the question that belongs to a result.
pub(super) const RESULT: &str = "result";

/// The heading a form stands below that belongs to no result.
fn form_title(prefix: &str) -> String {
    format!("{prefix}-form-title")
}

/// One question with its answers as full sentences; `prefix` distinguishes the ids of two forms on one page.
pub(super) fn question_form(question: &'static Question, prefix: &'static str) -> AnyView {
    let title = format!("{prefix}-{}", question.id);
    let again = untrack(|| use_session().said_of_another(&question.id));
    let answers = if question.id == RIGHT_DATABASE { typed_name(question, prefix) } else { choices(question, prefix) };
    // The same question may stand in the result and before SQL elsewhere: each is a place of its own.
    let label = if prefix == RESULT { title.clone() } else { [form_title(prefix), title.clone()].join(" ") };
    el("section")
        .class("question")
        .attr("aria-labelledby", label)
        .child(el("p").class("question__kicker").text(number(prefix)))
        .child(el("h3").attr("id", title).attr("tabindex", "-1").prose(&question.text))
        .children(again.then(|| el("p").class("warning").text(words::SAID_OF_ANOTHER).into()))
        .child(answers)
        .child(folded(words::WHY).child(el("p").prose(&question.why)))
        .child(folded(words::FIND_OUT).child(el("p").prose(&question.find_out)))
        .into()
}

/// Which question this is, and how many there are at most; of one that belongs to no result only that it is one.
fn number(prefix: &str) -> String {
    let session = use_session();
    let known = session.known_untracked().filter(|_| prefix == RESULT);
    let Some(known) = known else { return words::ONE_QUESTION.to_owned() };
    let answered = |advice: Advice<'_>| advice.walk.trail.iter().filter(|step| step.answered).count();
    let answered = untrack(|| session.advice()).map_or(0, answered);
    let left =
        session.answers.with_untracked(|answers| embedded::catalogue().questions_left(&known.diagnosis, answers));
    words::question_of(answered + 1, answered + left.max(1))
}

/// Goes on where the answer leads; focus goes along.
pub(super) fn move_on(session: Session, prefix: &'static str) {
    #[cfg(target_arch = "wasm32")]
    crate::ui::browser::focus_soon(if prefix == RESULT { session.next_heading(prefix) } else { form_title(prefix) });
    #[cfg(not(target_arch = "wasm32"))]
    let _ = (session, prefix);
}

fn choices(question: &'static Question, prefix: &'static str) -> El {
    let session = use_session();
    let before = session.answers.with_untracked(|answers| answers.get(&question.id).cloned());
    let name = format!("{prefix}-{}", question.id);
    let answers = question.answers.iter().map(|answer| (answer.id.as_str(), el("span").prose(&answer.text)));
    let take = move |answer: &str| {
        session.answer(&question.id, answer);
        move_on(session, prefix);
    };
    choose(&name, &question.text, answers.collect(), before, Box::new(take))
}

/// Answers to choose from, and a button that goes on with the one chosen.
pub(super) fn choose(
    name: &str,
    legend: &str,
    answers: Vec<(&'static str, El)>,
    before: Option<String>,
    take: Box<dyn Fn(&str)>,
) -> El {
    let chosen = RwSignal::new(before);
    let notice = RwSignal::new("");
    let name = [name, "-answer"].concat();
    let choices = answers.into_iter().map(|(id, words)| {
        let radio = el("input")
            .attr("type", "radio")
            .attr("name", name.clone())
            .attr("value", id)
            .checked(move || chosen.with(|c| c.as_deref() == Some(id)))
            .on("change", move |_| chosen.set(Some(id.to_owned())));
        el("label").class("question__answer").child(radio).child(words).into()
    });
    let choices: Vec<AnyView> = choices.collect();
    let go_on = move |_| match chosen.get_untracked() {
        Some(answer) => take(&answer),
        None => notice.set(words::CHOOSE_FIRST),
    };
    el("div").child(el("fieldset").child(el("legend").class("hidden").prose(legend)).children(choices)).child(
        el("p")
            .child(main_button(words::CONTINUE).on("click", go_on))
            .child(el("span").attr("role", "status").text_live(move || notice.get().to_owned())),
    )
}

fn main_button(words: &str) -> El {
    el("button").attr("type", "button").class("button button--main").text(words)
}

/// The database's name is typed or pasted; a click alone never confirms it.
fn typed_name(question: &'static Question, prefix: &'static str) -> El {
    let session = use_session();
    let typed = RwSignal::new(String::new());
    let in_log = session.known().and_then(|known| known.diagnosis.facts.value(FactKey::Database).map(str::to_owned));
    // A connection string says where a program connects, not where this reader is; its password is dropped here.
    let url = RwSignal::new(false);
    let take = move |given: String| {
        url.set(given.contains("://"));
        typed.set(if url.get_untracked() { String::new() } else { given });
    };
    let note = move || {
        typed.with(|name| match Ident::database(name) {
            _ if name.is_empty() => url.get().then(|| words::NAME_ALONE.to_owned()),
            Err(refusal) => Some(refusal.to_string()),
            Ok(_) => in_log.as_ref().filter(|log| *log != name).map(|_| words::NAME_DIFFERS.to_owned()),
        })
    };
    let refused = move || typed.with(|name| Ident::database(name).is_err()).then(String::new);
    let confirm = move |_| {
        let name = typed.get_untracked();
        if Ident::database(&name).is_ok() {
            session.confirm_database(name);
            move_on(session, prefix);
        }
    };
    let not_sure = move |_| {
        session.answer(&question.id, "not-sure");
        move_on(session, prefix);
    };
    let id = format!("{prefix}-confirm-database");
    el("div").child(field(&id, "", words::TYPE_DATABASE, typed.into(), note, take)).child(
        el("p")
            .class("question__buttons")
            .child(main_button(words::CONFIRM_DATABASE).attr_live("disabled", refused).on("click", confirm))
            .child(el("button").attr("type", "button").class("button").on("click", not_sure).text(words::NOT_SURE)),
    )
}
