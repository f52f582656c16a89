//! Would a reset script run with these values? On production the answer to hope for is no.

use leptos::prelude::*;

use super::names::field;
use crate::embedded;
use crate::engine::guard::{Decision, EnvSnapshot, Guard, NearMiss, Requirement, Verdict, Verdicts, evaluate};
use crate::ui::element::{El, el};
use crate::ui::words;

/// What the reader says is set, for each requirement; `None` is not set, which is not the same as empty.
type Values = RwSignal<Vec<Option<String>>>;

/// Every guard of the content, with a field for each of its requirements: one that opens is enough to lose the data.
pub(super) fn guard_checks() -> Vec<AnyView> {
    embedded::catalogue().guards.iter().enumerate().map(|(index, guard)| guard_check(index > 0, guard)).collect()
}

fn guard_check(further: bool, guard: &'static Guard) -> AnyView {
    let values: Values = RwSignal::new(vec![None; guard.requirements.len()]);
    let title = element_id("guard-title", further, guard);
    el("section")
        .class("guard")
        .attr("aria-labelledby", title.clone())
        .child(el("h4").attr("id", title).text(&guard.title))
        .child(el("p").class("quiet").text(&guard.why))
        .children(guard.requirements.iter().enumerate().map(|(index, one)| {
            let id = element_id(&format!("guard-{index}"), further, guard);
            requirement(guard, values, &id, index, one)
        }))
        .child(answer(move || decision(guard, values)))
        .child(el("p").child(el("strong").text(words::GUARD_DO_NOT)))
        .child(el("p").child(el("a").attr("href", "/guards").text(words::TO_GUARDS)))
        .into()
}

/// The id of an element that every guard on a page has; only `further` guards carry their own name in it.
pub(super) fn element_id(name: &str, further: bool, guard: &Guard) -> String {
    if further { format!("{name}-{}", guard.id) } else { name.to_owned() }
}

/// What a reset script would do, in words and by colour.
pub(super) fn answer(decision: impl Fn() -> Decision + Copy + Send + Sync + 'static) -> El {
    let refuses = move || decision() == Decision::Refuse;
    let class = move || if refuses() { "guard__refuse" } else { "guard__run" };
    let answer = move || if refuses() { words::GUARD_REFUSE } else { words::GUARD_RUN };
    el("p")
        .attr("role", "status")
        .attr_live("class", move || Some(class().to_owned()))
        .text_live(move || answer().to_owned())
}

fn requirement(
    guard: &'static Guard,
    values: Values,
    id: &str,
    index: usize,
    requirement: &'static Requirement,
) -> AnyView {
    let set = move |value: Option<String>| {
        values.update(|values| {
            if let Some(place) = values.get_mut(index) {
                *place = value;
            }
        });
    };
    let typed = Signal::derive(move || values.with(|values| values.get(index).cloned().flatten()).unwrap_or_default());
    let note = move || verdicts(guard, values).each.get(index).map(said);
    field(id, "", &requirement.variable, typed, note, move |typed| set(Some(typed)))
        .child(not_set(&requirement.variable, move || set(None)))
        .into()
}

/// The button for a variable that is not there at all: an empty field is one that is set to nothing.
pub(super) fn not_set(variable: &str, unset: impl Fn() + 'static) -> El {
    el("button")
        .attr("type", "button")
        .class("link")
        .attr("aria-label", format!("{variable}: {}", words::GUARD_NOT_SET))
        .on("click", move |_| unset())
        .text(words::GUARD_NOT_SET)
}

fn verdicts(guard: &Guard, values: Values) -> Verdicts {
    let mut env = EnvSnapshot::default();
    for (requirement, value) in guard.requirements.iter().zip(values.get()) {
        if let Some(value) = value {
            env.set(requirement.variable.as_bytes(), value.as_bytes());
        }
    }
    evaluate(&guard.requirements, &env)
}

fn decision(guard: &Guard, values: Values) -> Decision {
    verdicts(guard, values).decision
}

/// How one variable stands, and what it nearly was.
pub(super) fn said(verdict: &Verdict) -> String {
    match verdict.near_miss.map(NearMiss::text) {
        Some(near) => format!("{}: {near}", verdict.text()),
        None => verdict.text(),
    }
}
