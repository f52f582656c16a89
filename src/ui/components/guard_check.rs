//! Would a reset script run with these values? On production the answer to hope for is no.

use leptos::prelude::*;

use super::names::field;
use crate::embedded;
use crate::engine::guard::{Decision, EnvSnapshot, Guard, NearMiss, Requirement, Verdict, Verdicts, evaluate};
use crate::ui::element::el;
use crate::ui::words;

/// What the reader says is set, for each requirement; `None` is not set, which is not the same as empty.
type Values = RwSignal<Vec<Option<String>>>;

/// The first guard of the content, with a field for each of its requirements.
pub(super) fn guard_check() -> AnyView {
    let Some(guard) = embedded::catalogue().guards.first() else {
        return ().into_any();
    };
    let values: Values = RwSignal::new(vec![None; guard.requirements.len()]);
    let class = move || if decision(guard, values) == Decision::Refuse { "guard__refuse" } else { "guard__run" };
    let answer =
        move || if decision(guard, values) == Decision::Refuse { words::GUARD_REFUSE } else { words::GUARD_RUN };
    el("section")
        .class("guard")
        .attr("aria-labelledby", "guard-title")
        .child(el("h4").attr("id", "guard-title").text(&guard.title))
        .child(el("p").class("quiet").text(&guard.why))
        .children(guard.requirements.iter().enumerate().map(|(index, r)| requirement(guard, values, index, r)))
        .child(
            el("p")
                .attr("role", "status")
                .attr_live("class", move || Some(class().to_owned()))
                .text_live(move || answer().to_owned()),
        )
        .child(el("p").child(el("strong").text(words::GUARD_DO_NOT)))
        .into()
}

fn requirement(guard: &'static Guard, values: Values, index: usize, requirement: &'static Requirement) -> AnyView {
    let set = move |value: Option<String>| {
        values.update(|values| {
            if let Some(place) = values.get_mut(index) {
                *place = value;
            }
        });
    };
    let typed = Signal::derive(move || values.with(|values| values.get(index).cloned().flatten()).unwrap_or_default());
    let note = move || verdicts(guard, values).each.get(index).map(said);
    let not_set = el("button")
        .attr("type", "button")
        .class("link")
        .attr("aria-label", format!("{}: {}", requirement.variable, words::GUARD_NOT_SET))
        .on("click", move |_| set(None))
        .text(words::GUARD_NOT_SET);
    let id = format!("guard-{index}");
    field(&id, &requirement.variable, typed, note, move |typed| set(Some(typed))).child(not_set).into()
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
fn said(verdict: &Verdict) -> String {
    let near = verdict.near_miss.map(NearMiss::text).unwrap_or_default();
    format!("{} {near}", verdict.text()).trim_end().to_owned()
}
