//! One step of a plan: its tick, what to do, what to expect. One that changes data is not there before the steps it needs are ticked.

use leptos::prelude::*;

use super::blocks::{block_view, inlines};
use super::code::script_block;
use super::risk::risk;
use super::sql_block::printed_below;
use crate::engine::journal::At;
use crate::engine::page::{Block, Inline, OutcomePage, Placeholder};
use crate::engine::plan::{Group, Note, Only, Step, step as find};
use crate::engine::risk::Risk;
use crate::engine::sql::Edition;
use crate::ui::element::{El, el};
use crate::ui::state::{Session, use_session};
use crate::ui::words;

/// A plan as it is shown: the way out and all its steps.
#[derive(Clone, Copy)]
pub(super) struct Plan {
    /// The way out.
    pub(super) way: &'static OutcomePage,
    /// Its steps.
    pub(super) groups: &'static [Group],
}

impl Plan {
    fn at(self, step: &Step) -> At {
        At { plan: self.way.id.clone(), step: step.id.clone() }
    }

    /// The steps of the way back, in order.
    fn way_back(self) -> impl Iterator<Item = &'static Step> {
        self.groups.iter().filter(|group| group.id != PREVENT).flat_map(|group| &group.steps)
    }

    /// Which of the steps of the way back it is, counted from 1, and how many they are.
    fn number(self, step: &Step) -> Option<(usize, usize)> {
        let before = self.way_back().position(|other| other.id == step.id)?;
        Some((before + 1, self.way_back().count()))
    }

    /// The first step of the way back that is not ticked.
    fn next(self, session: Session) -> Option<&'static Step> {
        self.way_back().find(|step| session.ticked(&self.at(step), self.groups).is_none())
    }

    /// Whether a step may not be shown yet.
    pub(super) fn locked(self, session: Session, step: &Step) -> bool {
        let at = |id: &str| At { plan: self.way.id.clone(), step: id.to_owned() };
        step.locked(|id| session.ticked(&at(id), self.groups).is_some())
    }
}

/// The group of what keeps it from happening again: it is no part of the way back.
pub(super) const PREVENT: &str = "prevent";

/// The steps of a group. Of steps that need the same ones only the first lists them.
pub(super) fn steps(plan: Plan, group: &'static Group) -> El {
    let mut listed: &[String] = &[];
    let steps = group.steps.iter().map(|step| {
        let lists = step.needs != listed;
        listed = &step.needs;
        one(plan, step, lists)
    });
    el("ol").attr("role", "list").class("plan").children(steps)
}

fn one(plan: Plan, step: &'static Step, lists: bool) -> AnyView {
    let session = use_session();
    let placeholders = plan.way.placeholders.as_slice();
    let locked = Memo::new(move |_| plan.locked(session, step));
    let does = move || {
        if locked.get() {
            return (!lists).then(|| el("p").class("quiet").text(words::TICK_ABOVE).into());
        }
        let does = el("div").children(does(step, placeholders));
        let does = match step.runs.as_deref().and_then(Edition::from_id) {
            Some(edition) => does.live(printed_below(edition)),
            None => does,
        };
        Some(does.children(notes(step, placeholders)).into())
    };
    let chip = (step.risk != Risk::None).then(|| risk(step.risk).into());
    let only = step.only.map(|only| if only == Only::Free { words::FREE_PLAN } else { words::PAID_PLAN });
    let only = only.map(|plan| el("span").class("risk risk--plan").text(plan).into());
    let number =
        plan.number(step).map(|(number, all)| el("p").class("step__number").text(words::step_of(number, all)).into());
    // Where the reader is: the first step without a tick.
    let is_next = Memo::new(move |_| plan.next(session).is_some_and(|next| next.id == step.id));
    el("li")
        .attr_live("class", move || Some(if is_next.get() { "step step--next" } else { "step" }.to_owned()))
        .children(number)
        .child(el("p").class("step__head").child(tick(plan, step, &step.title)).children(only).children(chip))
        .children((lists && !step.needs.is_empty()).then(|| needed(plan, step)))
        .live(does)
        .into()
}

/// How to do it. SQL written by hand that deletes data is a file to run.
fn does(step: &'static Step, placeholders: &'static [Placeholder]) -> Vec<AnyView> {
    let one = |block: &'static Block| match block {
        Block::Code(code) if step.risk == Risk::Destructive && code.language == "sql" => {
            script_block(code, placeholders, &step.id)
        }
        _ => block_view(block, placeholders),
    };
    step.does.iter().map(one).collect()
}

/// A box to tick, its words, and when it was ticked.
fn tick(plan: Plan, step: &'static Step, says: &'static [Inline]) -> El {
    let session = use_session();
    let at = plan.at(step);
    let time = Signal::derive({
        let at = at.clone();
        move || {
            session.ticked(&at, plan.groups).map(|time| [" ", words::DONE_AT, " ", &time].concat()).unwrap_or_default()
        }
    });
    let input = el("input")
        .attr("type", "checkbox")
        .checked(move || !time.get().is_empty())
        .on("change", move |event| session.tick(&at, event_target_checked(&event)));
    el("label").class("step__tick").child(input).child(
        el("span")
            .children(inlines(says, &plan.way.placeholders))
            .child(el("span").class("quiet").text_live(move || time.get())),
    )
}

/// What must be so before: the same ticks as those of the steps themselves.
fn needed(plan: Plan, step: &'static Step) -> AnyView {
    let needed = step.needs.iter().filter_map(|id| find(plan.groups, id));
    let ticks = needed.filter_map(|step| Some(tick(plan, step, step.done.as_ref()?).into()));
    el("fieldset").class("needs").child(el("legend").text(words::TICK_FIRST)).children(ticks).into()
}

/// What must be ticked before the first step that deletes data, for a page that shows its SQL elsewhere.
pub(super) fn needed_to_delete(plan: Plan) -> Option<(&'static Step, AnyView)> {
    let deletes = |step: &&Step| step.risk == Risk::Destructive;
    let step = crate::engine::plan::steps(plan.groups).find(deletes)?;
    Some((step, needed(plan, step)))
}

fn notes(step: &'static Step, placeholders: &'static [Placeholder]) -> Option<AnyView> {
    let label = |note: Note| match note {
        Note::Expect => words::EXPECT,
        Note::Verify => words::VERIFY,
        Note::Undo => words::STEP_UNDO,
    };
    let note = |(note, words): &'static (Note, Vec<Inline>)| {
        [el("dt").text(label(*note)).into(), el("dd").children(inlines(words, placeholders)).into()]
    };
    (!step.notes.is_empty()).then(|| el("dl").class("notes").children(step.notes.iter().flat_map(note)).into())
}
