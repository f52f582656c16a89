//! What happened and what was done, to keep or to hand over: a record as Markdown or plain text, and a card of one screen.
//!
//! Comes in: a [`Visit`], which is everything one tab knows, and the time (no clock here). Goes out: text, with secrets masked
//! once more whatever it is made of. Must not know: the log, of which the diagnosis holds masked excerpts alone.

mod card;
mod words;
mod write;

pub use write::Format;

use super::advice::Advice;
use super::catalogue::Catalogue;
use super::diagnose::{Diagnosis, Evidence};
use super::journal::{At, Deed, Journal, Ticks};
use super::later::Later;
use super::page::{Block, Inline, OutcomePage, Placeholder, Values, plain};
use super::plan::{Group, Only, Step, steps, ticks};
use super::tree::{Answers, Question, Subject};
use write::Part;

/// Everything one tab knows.
#[allow(missing_debug_implementations)] // it holds a function
pub struct Visit<'v> {
    /// The content.
    pub catalogue: &'v Catalogue,
    /// The plans.
    pub later: &'v Later,
    /// Which content it is.
    pub digest: &'v str,
    /// What the log showed.
    pub diagnosis: &'v Diagnosis,
    /// What was answered.
    pub answers: &'v Answers,
    /// What was done.
    pub journal: &'v Journal,
    /// The database in use; empty while there is no name.
    pub database: &'v str,
    /// The reader's names, for the placeholders of a page.
    pub values: &'v dyn Fn(&[Placeholder]) -> Values,
    /// When this is written, as the reader's device shows it.
    pub now: String,
}

impl<'v> Visit<'v> {
    /// The whole record.
    pub fn record(&self, format: Format) -> String {
        let mut parts = vec![
            Part::Title(format!("{}: {}", words::RECORD, self.diagnosis.headline)),
            Part::Line(format!("{} {}. {}", words::MADE, self.now, words::TIMES)),
        ];
        self.happened(&mut parts);
        self.known(&mut parts);
        self.answered(&mut parts);
        self.plan(&mut parts);
        self.timeline(&mut parts);
        self.sql(&mut parts);
        self.judged(&mut parts);
        parts.push(Part::Line(format!("{} {}", words::CONTENT, self.digest)));
        write::write(&parts, format)
    }

    fn advice(&self) -> Advice<'v> {
        self.catalogue.advise(self.diagnosis, self.answers)
    }

    /// The way out the answers lead to, with its plan.
    fn way(&self) -> Option<(&'v OutcomePage, &'v [Group])> {
        let way = self.catalogue.reached(&self.advice())?;
        Some((way, self.later.steps(&way.id)))
    }

    fn happened(&self, parts: &mut Vec<Part>) {
        parts.push(Part::Heading(words::HAPPENED));
        parts.push(Part::Line(self.diagnosis.headline.clone()));
        let lines: Vec<String> = self.diagnosis.evidence.iter().map(evidence).collect();
        parts.push(Part::Code("text", lines.join("\n")));
        parts.extend(self.diagnosis.warnings.iter().map(|warning| Part::Item(warning.text.clone())));
    }

    /// What the log told, with its lines, and the server.
    fn known(&self, parts: &mut Vec<Part>) {
        let facts = self.diagnosis.facts.iter().filter_map(|(key, fact)| Some((words::fact(key)?, fact)));
        let lines = facts.map(|(name, fact)| {
            let line = fact.line.map(|line| format!(" (line {line})")).unwrap_or_default();
            [name, ": ", &fact.value, &line].concat()
        });
        parts.push(Part::Heading(words::KNOWN));
        parts.push(Part::Code("text", lines.collect::<Vec<String>>().join("\n")));
    }

    fn answered(&self, parts: &mut Vec<Part>) {
        parts.push(Part::Heading(words::ANSWERS));
        for step in self.advice().walk.trail {
            let Subject::Question(id) = &step.node.on else { continue };
            let Some(question) = self.catalogue.tree.question(id) else { continue };
            let whose = if step.answered { "" } else { words::ASSUMED };
            let answer = answer(question, step.value.as_deref().unwrap_or_default());
            parts.push(Part::Item(format!("{} {whose}{answer}", question.text)));
        }
    }

    fn plan(&self, parts: &mut Vec<Part>) {
        let Some((way, groups)) = self.way() else { return };
        parts.push(Part::Heading(words::PLAN));
        parts.push(Part::Line(format!("{} ({})", way.title_text(), way.risk.shown())));
        let values = (self.values)(&way.placeholders);
        for step in steps(groups) {
            let time = self.journal.done(&at(way, step), Ticks::NotAboutAnother(self.database));
            let done = time.map_or_else(|| "[ ]".to_owned(), |time| format!("[x] {time}"));
            parts.push(Part::Task(done, format!("{}{}", plain(&step.title, &values), for_whom(step))));
        }
    }

    fn timeline(&self, parts: &mut Vec<Part>) {
        parts.push(Part::Heading(words::TIMELINE));
        for entry in self.journal.entries() {
            let deed = match &entry.deed {
                Deed::Read(situation) => {
                    let title = self.catalogue.situation(*situation).map_or("", |words| words.title.as_str());
                    format!("{} {title}", words::READ)
                }
                Deed::Recovered(plan) => format!("{} {}", words::RECOVERED, self.title_of(plan)),
                Deed::Ticked { at, .. } => format!("{} {}", words::TICKED, self.step_words(at, Step::confirmed)),
                Deed::Copied { edition, .. } => format!("{} {}", words::COPIED, self.shown_in(edition)),
                Deed::Judged(at, says) => format!("{}: {says}", self.step_title(at)),
            };
            parts.push(Part::Item(format!("{} {deed}", entry.time)));
        }
    }

    fn sql(&self, parts: &mut Vec<Part>) {
        let copied = |deed: &'v Deed| match deed {
            Deed::Copied { edition, sql } => Some((edition, sql)),
            _ => None,
        };
        let all = self.journal.entries().iter().filter_map(|entry| Some((&entry.time, copied(&entry.deed)?)));
        for (index, (time, (edition, sql))) in all.enumerate() {
            if index == 0 {
                parts.push(Part::Heading(words::SQL));
            }
            parts.push(Part::Line(format!("{time} {}", self.shown_in(edition))));
            match sql {
                Some(sql) => parts.push(Part::Code("sql", sql.clone())),
                None => parts.push(Part::Line(words::SQL_NOT_KEPT.to_owned())),
            }
        }
    }

    /// What the server's answers meant, step by step.
    fn judged(&self, parts: &mut Vec<Part>) {
        let judged = self.judgements();
        if !judged.is_empty() {
            parts.push(Part::Heading(words::SERVER));
        }
        parts.extend(judged.into_iter().map(|(step, says)| Part::Item(format!("{step}: {says}"))));
    }

    /// Each step whose output was pasted back, and what it meant.
    fn judgements(&self) -> Vec<(String, &'v str)> {
        let judged = |deed: &'v Deed| match deed {
            Deed::Judged(at, says) => Some((self.step_title(at), says.as_str())),
            _ => None,
        };
        self.journal.entries().iter().filter_map(|entry| judged(&entry.deed)).collect()
    }

    /// When a step was ticked, if that counts for the database in use.
    fn ticked(&self, way: &OutcomePage, groups: &[Group], step: &Step) -> Option<&'v str> {
        self.journal.ticked(&at(way, step), ticks(groups, &step.id, self.database))
    }

    fn title_of(&self, way: &str) -> String {
        self.catalogue.outcome(way).map(OutcomePage::title_text).unwrap_or_default()
    }

    fn step_title(&self, at: &At) -> String {
        self.step_words(at, |step| &step.title)
    }

    fn step_words(&self, at: &At, words: fn(&Step) -> &[Inline]) -> String {
        let Some(way) = self.catalogue.outcome(&at.plan) else { return String::new() };
        let step = super::plan::step(self.later.steps(&way.id), &at.step);
        step.map(|step| plain(words(step), &(self.values)(&way.placeholders))).unwrap_or_default()
    }

    /// The title of the step that shows this SQL, in the plan the reader is at, else in any.
    fn shown_in(&self, edition: &str) -> String {
        let shows = |step: &&Step| step.does.iter().any(|b| matches!(b, Block::Sql { edition: e, .. } if e == edition));
        let mut plans =
            self.way().into_iter().map(|(_, groups)| groups).chain(self.later.steps.values().map(Vec::as_slice));
        let step = plans.find_map(|groups| steps(groups).find(shows));
        step.map_or_else(|| words::SQL_OF_PAGE.to_owned(), |step| plain(&step.title, &Values::default()))
    }
}

/// `line 12: …`, masked.
fn evidence(evidence: &Evidence) -> String {
    format!("line {}: {}", evidence.line, evidence.text)
}

fn at(way: &OutcomePage, step: &Step) -> At {
    At { plan: way.id.clone(), step: step.id.clone() }
}

fn for_whom(step: &Step) -> &'static str {
    match step.only {
        None => "",
        Some(Only::Free) => words::FREE,
        Some(Only::Paid) => words::PAID,
    }
}

fn answer<'q>(question: &'q Question, id: &str) -> &'q str {
    question.answers.iter().find(|answer| answer.id == id).map_or("", |answer| &answer.text)
}
