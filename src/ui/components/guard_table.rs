//! Every combination of a guard's variables, and which of them is the reader's own.

use leptos::prelude::*;

use super::guard_check::{answer, element_id, not_set, said};
use super::names::field;
use super::{table, table_row};
use crate::engine::guard::{Decision, EnvSnapshot, Guard, Requirement, State, Verdict, Verdicts, evaluate};
use crate::ui::element::{El, el};
use crate::ui::words;

/// How the reader's variables stand: verdicts, and what was typed. What was pasted is in neither.
#[derive(Clone, Copy)]
pub(in crate::ui) struct Stand {
    pub(super) guard: &'static Guard,
    /// Whether other guards stand above it on the same page.
    further: bool,
    each: RwSignal<Vec<Verdict>>,
    typed: RwSignal<Vec<String>>,
}

impl Stand {
    /// Nothing is set. `index` counts the page's guards from 0.
    pub(in crate::ui) fn new(index: usize, guard: &'static Guard) -> Self {
        let each = evaluate(&guard.requirements, &EnvSnapshot::default()).each;
        let typed = vec![String::new(); each.len()];
        Self { guard, further: index > 0, each: RwSignal::new(each), typed: RwSignal::new(typed) }
    }

    /// The id of an element of this guard's: the plain one for the first guard, so that links to it stay short.
    pub(in crate::ui) fn id(self, name: &str) -> String {
        element_id(name, self.further, self.guard)
    }

    /// Takes over what a text said of all of them; the fields are emptied, since no value is kept.
    pub(super) fn take(self, verdicts: Verdicts) {
        self.typed.update(|typed| typed.iter_mut().for_each(String::clear));
        self.each.set(verdicts.each);
    }

    /// One of them is typed, or is not set.
    fn set(self, index: usize, requirement: &Requirement, value: Option<String>) {
        let mut env = EnvSnapshot::default();
        if let Some(value) = &value {
            env.set(requirement.variable.as_bytes(), value.as_bytes());
        }
        let verdict = evaluate(std::slice::from_ref(requirement), &env).each.pop();
        self.each.update(|each| each.get_mut(index).into_iter().zip(verdict).for_each(|(old, new)| *old = new));
        self.typed
            .update(|typed| typed.get_mut(index).into_iter().for_each(|old| *old = value.clone().unwrap_or_default()));
    }

    fn decision(self) -> Decision {
        self.each.with(|each| Verdicts::new(each.clone()).decision)
    }

    /// Which of them are met.
    fn met(self) -> Vec<bool> {
        self.each.with(|each| each.iter().map(|verdict| verdict.state == State::Met).collect())
    }
}

/// The answer, and the table of truth.
pub(in crate::ui) fn guard_table(stand: Stand) -> El {
    let names: Vec<&str> = stand.guard.requirements.iter().map(|one| one.variable.as_str()).collect();
    let columns: Vec<&str> = names.into_iter().chain([words::GUARD_SCRIPT]).collect();
    let rows = combinations(stand.guard.requirements.len()).into_iter().map(|met| row(stand, met).into());
    el("section")
        .child(el("h2").attr("id", stand.id("truth")).text(&stand.guard.title))
        .child(answer(move || stand.decision()))
        .child(table(words::GUARD_TRUTH, &columns, rows).attr("id", stand.id("truth-table")))
}

/// All ways in which so many variables can each be met or not; all met comes first.
fn combinations(count: usize) -> Vec<Vec<bool>> {
    (0..count).fold(vec![Vec::new()], |all, _| {
        all.iter().flat_map(|one| [true, false].map(|met| [one.as_slice(), &[met]].concat())).collect()
    })
}

fn row(stand: Stand, met: Vec<bool>) -> El {
    let requirements = &stand.guard.requirements;
    let mut env = EnvSnapshot::default();
    for (requirement, _) in requirements.iter().zip(&met).filter(|(_, met)| **met) {
        env.set(requirement.variable.as_bytes(), requirement.exactly.as_bytes());
    }
    let decision = evaluate(requirements, &env).decision;
    let tags = std::iter::once("th").chain(std::iter::repeat("td"));
    let mut cells = requirements.iter().zip(&met).zip(tags).map(|((one, met), tag)| cell(tag, one, *met));
    let first = cells.next().unwrap_or_else(|| el("th"));
    let rest: Vec<El> = cells.collect();
    let own = Memo::new(move |_| stand.met() == met);
    let mark = move || own.get().then(|| el("strong").class("truth__own").text(words::GUARD_OWN).into());
    let class = if decision == Decision::Run { "truth__run" } else { "truth__refuse" };
    let last = el("td").child(el("span").class(class).text(decision.word())).live(mark);
    table_row(first, rest.into_iter().chain([last]))
        .attr_live("aria-current", move || own.get().then(|| "true".to_owned()))
}

fn cell(tag: &'static str, requirement: &Requirement, met: bool) -> El {
    let cell = el(tag);
    if met {
        cell.text(words::GUARD_EXACTLY).text(" ").child(el("code").text(&requirement.exactly))
    } else {
        cell.text(words::GUARD_OTHERWISE)
    }
}

/// A field for each variable, why it is there and where it is set.
pub(in crate::ui) fn guard_fields(stand: Stand) -> El {
    let fields = stand.guard.requirements.iter().enumerate().map(|(index, one)| variable(stand, index, one));
    el("section")
        .class("guard")
        .child(el("h2").attr("id", stand.id("type")).text(words::GUARD_TYPE))
        .child(el("p").class("quiet").text(words::GUARD_TYPE_WHY))
        .children(fields)
}

fn variable(stand: Stand, index: usize, requirement: &'static Requirement) -> AnyView {
    let typed = Signal::derive(move || stand.typed.with(|typed| typed.get(index).cloned().unwrap_or_default()));
    let note = move || stand.each.with(|each| each.get(index).map(said));
    let take = move |typed| stand.set(index, requirement, Some(typed));
    let field = field(&stand.id(&format!("guards-{index}")), "", &requirement.variable, typed, note, take)
        .child(not_set(&requirement.variable, move || stand.set(index, requirement, None)));
    let about = el("p").class("quiet").text(&requirement.why).text(" ").text(&requirement.place);
    el("div").child(field).child(about).into()
}
