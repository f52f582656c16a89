//! What one visit knows: what was read, the answers, the names. It lives in this tab and nowhere else.
//!
//! What was answered is private here: everybody else sees only the answers that count for the database in use ([`Said::about`]).

mod given;
mod standing;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use leptos::prelude::*;

use crate::embedded;
use crate::engine::Conclusion;
use crate::engine::advice::Advice;
use crate::engine::answer::{Answer, Judgement};
use crate::engine::catalogue::Trigger;
use crate::engine::diagnose::Diagnosis;
use crate::engine::fact::FactKey;
use crate::engine::journal::{At, Deed, Journal, Ticks};
use crate::engine::link::Link;
use crate::engine::page::OutcomePage;
use crate::engine::plan::{self, Group};
use crate::engine::said::Said;
use crate::engine::situation::Situation;
use crate::engine::sql::Edition;
use crate::engine::text::MaskedView;
use crate::engine::tree::{Answers, End};
use crate::ui::names::Names;
pub use standing::Standing;

/// How far reading has come.
#[derive(Debug, Clone, PartialEq)]
pub enum Reading {
    /// Nothing was pasted yet.
    Nothing,
    /// A line for the reader: an empty paste, a refused clipboard.
    Notice(String),
    /// Reading, percent done.
    Working(u8),
    /// Something is known.
    Done(Arc<Known>),
}

/// What is known of a failed deploy, and how.
#[derive(Debug, Clone, PartialEq)]
pub struct Known {
    /// What it is, with the facts that the server told.
    pub diagnosis: Diagnosis,
    /// What the server says.
    pub answer: Option<Answer>,
    /// How that is known.
    pub source: Source,
    /// Where the deploy works again after a plan: what was known and answered before.
    pub before: Option<(Arc<Known>, Answers)>,
    /// Counts the logs of this visit: what a server says later belongs to the same one.
    pub log: u32,
}

/// How something is known.
#[derive(Debug, Clone, PartialEq)]
pub enum Source {
    /// A log was read; only its masked view is kept.
    Log(MaskedView),
    /// The reader chose what they saw.
    Told,
    /// A link from another tab brought it.
    Link {
        /// Whether the link was made under other content than this.
        other_content: bool,
    },
    /// This tab itself, before the page was loaded again.
    Resumed,
}

/// How many logs were read.
static LOGS: AtomicU32 = AtomicU32::new(1);

/// All signals of a visit.
#[derive(Debug, Clone, Copy)]
pub struct Session {
    /// How far reading has come.
    pub reading: RwSignal<Reading>,
    /// What was answered, and about which database.
    said: RwSignal<Said>,
    /// The answers that count for the database in use, by question.
    pub answers: Memo<Answers>,
    /// A question the reader wants to answer again.
    pub asking: RwSignal<Option<String>>,
    /// The names.
    pub names: RwSignal<Names>,
    /// What was done, and when.
    pub journal: RwSignal<Journal>,
    /// One line about what could not be kept or read; nothing at first.
    pub notice: RwSignal<String>,
    /// Whether commands are shown for PowerShell on Windows.
    pub windows: RwSignal<bool>,
    /// Whether a text that was run worked, by its edition; `None` when what it printed was not recognised.
    pub judged: RwSignal<BTreeMap<&'static str, Option<Judgement>>>,
}

/// Makes the session; once, in [`crate::ui::app`].
pub fn provide_session() {
    let (said, names) = (RwSignal::new(Said::default()), RwSignal::new(Names::default()));
    provide_context(Session {
        reading: RwSignal::new(Reading::Nothing),
        said,
        answers: Memo::new(move |_| said.with(|said| names.with(|names| said.about(&names.database)))),
        asking: RwSignal::new(None),
        names,
        journal: RwSignal::new(Journal::default()),
        notice: RwSignal::new(String::new()),
        windows: RwSignal::new(false),
        judged: RwSignal::new(BTreeMap::new()),
    });
}

/// The session of this visit.
pub fn use_session() -> Session {
    expect_context::<Session>()
}

impl Session {
    /// What is known, once something is.
    pub fn known(self) -> Option<Arc<Known>> {
        match self.reading.get() {
            Reading::Done(known) => Some(known),
            _ => None,
        }
    }

    /// Where the reader stands in the tree.
    pub fn advice(self) -> Option<Advice<'static>> {
        let known = self.known()?;
        Some(embedded::catalogue().advise(&known.diagnosis, &self.answers.get()))
    }

    /// What is known, for who does not watch it.
    pub fn known_untracked(self) -> Option<Arc<Known>> {
        untrack(|| self.known())
    }

    /// Takes a diagnosis over: a new log starts without old answers, but names given by hand stay.
    pub fn take(self, diagnosis: Diagnosis, source: Source) {
        self.begin(Known { diagnosis, answer: None, source, before: None, log: 0 });
    }

    /// Takes over what was read, and gives the id of its heading. An answer that is no log is added to what was known before.
    pub fn take_read(self, before: Option<Arc<Known>>, read: Conclusion, view: MaskedView) -> &'static str {
        let (diagnosis, answer) = match (before, read) {
            (Some(before), Conclusion { answer: Some(answer), answer_alone: true, .. }) => {
                self.add(before, answer);
                return "server-title";
            }
            (_, read) => read.shown(),
        };
        self.begin(Known { diagnosis, answer, source: Source::Log(view), before: None, log: 0 });
        if untrack(|| self.recovered()).is_some() { "outcome-title" } else { "result-title" }
    }

    /// Adds what the server says to what is known.
    fn add(self, before: Arc<Known>, answer: Answer) {
        let mut known = Arc::unwrap_or_clone(before);
        answer.tell_apart(&mut known.diagnosis);
        known.answer = Some(answer.after(known.answer));
        self.show(known);
    }

    fn begin(self, mut known: Known) {
        known.before = match known.source {
            Source::Log(_) | Source::Told => self.note_reading(known.diagnosis.situation),
            Source::Link { .. } | Source::Resumed => {
                self.journal.set(Journal::default());
                None
            }
        };
        self.said.set(Said::default());
        self.asking.set(None);
        self.judged.set(BTreeMap::new());
        self.names.update(|names| names.stood_by.clear());
        known.log = LOGS.fetch_add(1, Ordering::Relaxed);
        self.show(known);
    }

    fn show(self, known: Known) {
        let told = |key| known.diagnosis.facts.value(key).unwrap_or_default().to_owned();
        self.names.update(|names| {
            let told = [told(FactKey::DbUser), told(FactKey::Database)];
            for ((name, before), now) in
                [&mut names.db_user, &mut names.database].into_iter().zip(&names.from_log).zip(&told)
            {
                if name.is_empty() || name == before {
                    name.clone_from(now);
                }
            }
            names.from_log = told;
        });
        self.reading.set(Reading::Done(Arc::new(known)));
    }

    /// Notes what a new log shows. One that works after a plan is a recovery; gives what was known and answered before it.
    fn note_reading(self, situation: Situation) -> Option<(Arc<Known>, Answers)> {
        let (known, way) = self.stands().filter(|_| situation == Situation::Healthy).unzip();
        let recovered = known.as_ref().is_some_and(|known| known.diagnosis.situation == Situation::Healthy);
        let plan = match (way, recovered) {
            (Some(way), false) => Some(way.id.clone()),
            _ => self.journal.with_untracked(|journal| journal.recovered().map(str::to_owned)),
        };
        let plan = plan.filter(|_| situation == Situation::Healthy);
        self.note(plan.map_or(Deed::Read(situation), Deed::Recovered));
        match known {
            Some(known) if recovered => known.before.clone(),
            known => known.map(|known| (known, self.answers.get_untracked())),
        }
    }

    /// What was known until this log was read, and the way out that was reached then.
    fn stands(self) -> Option<(Arc<Known>, &'static OutcomePage)> {
        #[cfg(target_arch = "wasm32")]
        let known = crate::ui::visit::trail::known_here()?;
        #[cfg(not(target_arch = "wasm32"))]
        let known = untrack(|| self.known())?;
        let catalogue = embedded::catalogue();
        let advice = self.answers.with_untracked(|answers| catalogue.advise(&known.diagnosis, answers));
        Some((known, catalogue.reached(&advice)?))
    }

    /// Notes a deed with the time it is now.
    pub fn note(self, deed: Deed) {
        self.journal.update(|journal| journal.note(now(), deed));
    }

    /// Ticks a step for the database in use, or takes its tick back.
    pub fn tick(self, at: &At, done: bool) {
        if done {
            let about = self.names.with_untracked(|names| names.database.clone());
            self.note(Deed::Ticked { at: at.clone(), about: Some(about) });
        } else {
            self.journal.update(|journal| journal.untick(at));
        }
    }

    /// When a step of a plan was ticked, if that counts for the database in use; whoever reads this is made anew when that changes.
    pub fn ticked(self, at: &At, plan: &[Group]) -> Option<String> {
        let ticked = |journal: &Journal, ticks: Ticks<'_>| journal.ticked(at, ticks).map(str::to_owned);
        self.names
            .with(|names| self.journal.with(|journal| ticked(journal, plan::ticks(plan, &at.step, &names.database))))
    }

    /// Takes over whether a text that was run worked: then its step is ticked. What the server says in it is added to what is known.
    pub fn judge(self, edition: Edition, judgement: Option<Judgement>, answer: Option<Answer>) {
        if let Some((judgement, (at, plan))) = judgement.as_ref().zip(self.step_with(edition)) {
            self.note(Deed::Judged(at.clone(), judgement.says.clone()));
            let is_elsewhere = answer.as_ref().is_some_and(|answer| untrack(|| self.is_elsewhere(answer)));
            if judgement.worked && !is_elsewhere && untrack(|| self.ticked(&at, plan)).is_none() {
                self.tick(&at, true);
            }
        }
        self.judged.update(|all| {
            all.insert(edition.id(), judgement);
        });
        if let (Some(known), Some(answer)) = (self.known_untracked(), answer) {
            self.reading.set(Reading::Nothing);
            self.add(known, answer);
        }
    }

    /// Whether a server answered for another database than the one the SQL on this page is for, or the log names.
    pub fn is_elsewhere(self, answer: &Answer) -> bool {
        let Some(here) = answer.database() else { return false };
        let named = self.names.with(|names| !names.database.is_empty() && names.database != here);
        named || self.known().is_some_and(|known| answer.is_elsewhere(&known.diagnosis.facts))
    }

    /// The step of the plan that is shown which runs this text, and that plan.
    fn step_with(self, edition: Edition) -> Option<(At, &'static [Group])> {
        let way = embedded::catalogue().reached(&untrack(|| self.advice())?)?;
        let plan = embedded::LATER.get()?.steps(&way.id);
        let step = plan::step_with(plan, edition)?;
        Some((At { plan: way.id.clone(), step: step.id.clone() }, plan))
    }

    /// Where the walk would lead with one more answer.
    pub fn leads_to(self, (question, answer): &(String, String)) -> Option<String> {
        let mut answers = self.answers.get();
        answers.insert(question.clone(), answer.clone());
        Some(match embedded::catalogue().advise(&self.known()?.diagnosis, &answers).walk.end {
            End::Question(question) => question.text.clone(),
            End::Outcome(id) => embedded::catalogue().outcome(id)?.title_text(),
        })
    }

    /// The section of a runbook that the way out reached comes from: the runbook's slug and the section's id.
    pub fn recommended_section(self) -> Option<(&'static String, &'static String)> {
        let Standing::Reached(way) = self.standing()? else { return None };
        Some((&way.runbook, way.anchor.as_ref()?))
    }

    /// Takes over what the reader saw but could not copy.
    pub fn told(self, seen: &Trigger) {
        self.take(embedded::catalogue().told(seen.situation, seen.deciding.as_ref()), Source::Told);
    }

    /// Goes on where a link from another tab or device stands. What opens deleting is asked here again.
    pub fn open_link(self, link: &Link, headline: Option<&str>, source: Source) {
        self.take(embedded::catalogue().linked(link, headline), source);
        self.names.update(|names| {
            for (name, sent) in [(&mut names.db_user, &link.db_user), (&mut names.database, &link.database)] {
                if !sent.is_empty() {
                    name.clone_from(sent);
                }
            }
        });
        self.said.set(Said::brought(link.answers()));
    }

    /// This visit as a link, with the names only if the reader wants that.
    pub fn link(self, with_names: bool) -> Option<Link> {
        let known = self.known()?;
        // What was said of a database does not travel, so none is asked about.
        let answers = self.said.with(|said| said.about(""));
        let mut link = Link::to(&known.diagnosis, &answers, &embedded::catalogue().tree)?;
        if with_names {
            self.names.with(|names| {
                link.db_user.clone_from(&names.db_user);
                link.database.clone_from(&names.database);
            });
        }
        Some(link)
    }

    /// All that was answered, to come back to. It says nothing but to [`Session::go_to`].
    pub fn said(self) -> Said {
        self.said.get()
    }

    /// Goes back or forth to what was known and answered then.
    pub fn go_to(self, known: Option<Arc<Known>>, said: Said) {
        let same =
            known.is_some() && known.as_ref().map(Arc::as_ptr) == self.known_untracked().as_ref().map(Arc::as_ptr);
        self.said.update(|now| *now = if same { said.named_by(now) } else { said });
        self.asking.set(None);
        self.reading.set(known.map_or(Reading::Nothing, Reading::Done));
    }

    /// This visit as a fragment without names.
    pub fn fragment(self) -> Option<String> {
        Some(self.link(false)?.fragment(&embedded::catalogue().tree))
    }

    /// Keeps one answer, given about the database in use; the others stay.
    pub fn answer(self, question: &str, answer: &str) {
        self.names.with_untracked(|names| self.said.update(|said| said.say(question, answer, &names.database)));
        self.asking.set(None);
    }

    /// Whether a question was answered about another database than the one in use.
    pub fn said_of_another(self, question: &str) -> bool {
        self.names.with(|names| self.said.with(|said| said.was_about_another(question, &names.database)))
    }
}

/// The time as this device shows it; nothing while a page is prerendered.
pub fn now() -> String {
    #[cfg(target_arch = "wasm32")]
    return crate::ui::browser::now();
    #[cfg(not(target_arch = "wasm32"))]
    String::new()
}
