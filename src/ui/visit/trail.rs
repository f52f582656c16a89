//! The way back and forth: each answer is an entry of the history, with what a link holds in its fragment. Never the log, never a name;
//! answers that open deleting stay in this tab's memory.
//!
//! Where this tab still knows an entry it goes there with the log it read. After the page was loaded again there is only the
//! fragment, and of the plan what the tab kept. Then the program that reads logs is asked first what the file is called that decided.

use std::cell::RefCell;
use std::sync::Arc;

use leptos::prelude::*;

use crate::embedded;
use crate::engine::journal::Journal;
use crate::engine::link::Link;
use crate::engine::said::Said;
use crate::ui::later::{self, watch};
use crate::ui::place::Place;
use crate::ui::routes::GUIDED_RUN;
use crate::ui::state::{Known, Reading, Session, Source};
use crate::ui::{browser, intake, words, worker};

/// What was known and answered at an entry of the history.
#[derive(Clone, Default)]
struct Moment {
    known: Option<Arc<Known>>,
    said: Said,
}

impl Moment {
    fn of(session: Session) -> Self {
        Moment { known: session.known(), said: session.said() }
    }

    /// Whether it is the same log, not only one that shows the same.
    fn is(&self, other: &Self) -> bool {
        let same = match (&self.known, &other.known) {
            (Some(one), Some(another)) => Arc::ptr_eq(one, another),
            (None, None) => true,
            _ => false,
        };
        same && self.said == other.said
    }
}

/// The entries this tab still knows, and the one it is at.
#[derive(Default)]
struct Trail {
    moments: Vec<(u32, Moment)>,
    at: u32,
}

impl Trail {
    fn moment(&self, step: u32) -> Option<Moment> {
        self.moments.iter().find(|(at, _)| *at == step).map(|(_, moment)| moment.clone())
    }

    /// Puts a moment in the place of what was known of its entry.
    fn set(&mut self, moment: Moment) {
        let at = self.at;
        self.moments.retain(|(step, _)| *step != at);
        self.moments.push((at, moment));
    }
}

thread_local! {
    static TRAIL: RefCell<Trail> = RefCell::default();
}

/// What was known at the present entry: while another log is read too.
pub fn known_here() -> Option<Arc<Known>> {
    TRAIL.with_borrow(|trail| trail.moment(trail.at))?.known
}

/// What this tab still knows of an entry.
fn moment_at(step: Option<u32>) -> Option<Moment> {
    TRAIL.with_borrow(|trail| trail.moment(step?))
}

/// Starts everything that follows answers and ticks.
pub(super) fn follow(session: Session, place: Place) {
    watch(move || {
        let moment = Moment::of(session);
        let nothing = matches!(session.reading.get(), Reading::Nothing);
        if place.page().is_some_and(|page| page.path == "/") && (moment.known.is_some() || nothing) {
            go_on(session, moment);
        }
    });
    watch(move || keep(session));
    browser::on_window("popstate", move || arrive(session));
}

/// Gives what is known now its entry: a new one for a new log or answer.
fn go_on(session: Session, now: Moment) {
    let fragment = untrack(|| session.fragment()).unwrap_or_default();
    TRAIL.with_borrow_mut(|trail| {
        let before = trail.moment(trail.at).unwrap_or_default();
        let same = now.is(&before);
        if same && (now.known.is_none() || !browser::fragment().is_empty()) {
            return;
        }
        // More that is known of the same is no step of the reader's.
        let is_step = !same && (fragment != browser::fragment() || now.said != before.said);
        if is_step {
            trail.at += 1;
            let at = trail.at;
            trail.moments.retain(|(step, _)| *step < at);
        }
        trail.set(now);
        browser::set_fragment(&fragment, trail.at, is_step);
    });
}

/// Goes where the address stands: on arrival, back and forth, and after somebody put another fragment into it.
pub(super) fn arrive(session: Session) {
    let fragment = browser::fragment();
    let step = browser::history_step();
    let known_here = moment_at(step);
    if browser::path() != "/" {
        return;
    }
    if let (Some(step), Some(moment)) = (step, known_here) {
        TRAIL.with_borrow_mut(|trail| trail.at = step);
        go_to(session, moment);
    } else if let Some(link) = Link::parse(&fragment, &embedded::catalogue().tree) {
        open_named(session, link, step);
    } else if GUIDED_RUN.ends_with(&fragment) && !fragment.is_empty() {
        browser::drop_fragment();
        open_guided_run(session);
    } else if fragment.is_empty() {
        TRAIL.with_borrow_mut(|trail| trail.at = 0);
        go_to(session, Moment::default());
    } else if fragment.contains(['=', '%']) {
        browser::drop_fragment();
        session.notice.set(words::ADDRESS_UNREADABLE.to_owned());
    } else if let Some(page) = embedded::catalogue().runbooks.first().filter(|page| page.section(&fragment).is_some()) {
        // The first runbook stood on this page once, and links to its sections are about.
        browser::leave_for(&[&page.address, "#", &fragment].concat());
    }
}

fn go_to(session: Session, moment: Moment) {
    let here = untrack(|| Moment::of(session));
    if !moment.is(&here) {
        session.go_to(moment.known, moment.said);
        // What was answered may have got a name on the way: that is no step of the reader's.
        TRAIL.with_borrow_mut(|trail| trail.set(untrack(|| Moment::of(session))));
    }
}

/// Reads the log of the training's guided run, once it is here.
fn open_guided_run(session: Session) {
    session.reading.set(Reading::Notice(words::OPENING.to_owned()));
    wasm_bindgen_futures::spawn_local(async move {
        let arrived = later::fetch().await;
        if let Some(later) = embedded::LATER.get().filter(|_| arrived) {
            intake::sample(session, &later.guided_log);
            session.notice.set(words::EXAMPLE.to_owned());
        } else {
            session.reading.set(Reading::Nothing);
            session.notice.set(words::LATER_FAILED.to_owned());
        }
    });
}

/// Opens what a link says, once the headline of the file that decided is known. By then the reader may be elsewhere.
fn open_named(session: Session, link: Link, step: Option<u32>) {
    let Some(signature) = link.signature.clone() else { return open(session, &link, None, step) };
    if matches!(untrack(|| session.reading.get()), Reading::Nothing) {
        session.reading.set(Reading::Notice(words::OPENING.to_owned()));
    }
    let fragment = browser::fragment();
    worker::headline(link.situation, &signature, move |headline| {
        if browser::fragment() == fragment && browser::history_step() == step && moment_at(step).is_none() {
            open(session, &link, headline.as_deref(), step);
        }
    });
}

/// Opens what a link says. An entry with a number is this tab's own, from before the page was loaded again.
fn open(session: Session, link: &Link, headline: Option<&str>, step: Option<u32>) {
    let source = match step {
        Some(_) if !link.other_content => Source::Resumed,
        _ => Source::Link { other_content: link.other_content },
    };
    let here = session.journal.with_untracked(|journal| journal.holds_work().then(|| journal.clone()));
    session.open_link(link, headline, source);
    if step.is_some() {
        session.journal.set(here.unwrap_or_else(|| kept(session, link)));
    }
    let moment = untrack(|| Moment::of(session));
    let fragment = untrack(|| session.fragment()).unwrap_or_default();
    TRAIL.with_borrow_mut(|trail| {
        trail.at = step.unwrap_or(trail.at + 1);
        trail.set(moment);
        browser::set_fragment(&fragment, trail.at, false);
    });
    browser::focus_soon("result-title".to_owned());
}

/// What this tab kept of the plan, if it belongs to what the link says.
fn kept(session: Session, link: &Link) -> Journal {
    let Ok(kept) = browser::kept_plan() else {
        session.notice.set(words::NOT_KEPT.to_owned());
        return Journal::default();
    };
    let Some(kept) = kept else { return Journal::default() };
    let Some((fragment, journal)) = Journal::of_kept(&kept) else {
        session.notice.set(words::KEPT_UNREADABLE.to_owned());
        return Journal::default();
    };
    let of_link = Link::parse(fragment, &embedded::catalogue().tree).is_some_and(|kept| {
        (kept.situation, kept.wipe, &kept.signature) == (link.situation, link.wipe, &link.signature)
    });
    if of_link { journal } else { Journal::default() }
}

/// Keeps the plan in this tab as long as there is one.
fn keep(session: Session) {
    let Some(fragment) = session.fragment() else { return };
    let plan = session.journal.with(|journal| journal.holds_work().then(|| journal.keep(&fragment)));
    if !browser::keep_plan(plan.as_deref()) && plan.is_some() {
        session.notice.set(words::NOT_KEPT.to_owned());
    }
}
