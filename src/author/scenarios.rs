//! `tests/scenarios/<name>.md` → stories: a log and answers, and where they lead.
//!
//! What a reader pastes stands in the front matter: `log = "recorded/….log"` names a recorded log, or `text = '''…'''` holds its lines;
//! `server = '''…'''`, which may be left out, holds what the server printed when it was asked afterwards.
//!
//! Content is sound only when somebody can see what it does. So each story is walked, and every branch of the tree and every way out
//! must be in one. What stands below a story's front matter is its snapshot, which `tests/scenarios.rs` compares.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use toml::Spanned;

use super::markdown::nearest::did_you_mean;
use super::pages::stem;
use super::problem::ContentProblem;
use super::reader::{Place, Reader, SourceFile, Spot};
use super::training;
use super::trees::Spots;
use crate::engine::Engine;
use crate::engine::advice::Advice;
use crate::engine::answer::Answer;
use crate::engine::catalogue::Catalogue;
use crate::engine::diagnose::Diagnosis;
use crate::engine::graph::{Graph, Point};
use crate::engine::tree::{Answers, End};

/// The folder of the stories, beside the content's own.
pub const FOLDER: &str = "tests/scenarios";

/// The files of the stories, and the recorded logs they name.
pub struct Stories<'a> {
    /// The files, their paths beginning with [`FOLDER`].
    pub files: &'a [SourceFile],
    /// A log by its path below `tests/logs/`.
    pub log: &'a dyn Fn(&str) -> Option<Vec<u8>>,
}

/// One story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scenario {
    /// The file's name without its ending.
    pub name: String,
    /// What happened, in a sentence or two.
    pub story: String,
    /// The log as it was pasted.
    pub log: Vec<u8>,
    /// What the server said when it was asked then, as it was pasted; empty where nobody asked.
    pub server: String,
    /// The reader's answers.
    pub answers: Answers,
    /// The outcome they lead to.
    pub leads_to: String,
    /// The database user the SQL is for.
    pub db_user: String,
    /// The database it is for.
    pub database: String,
    /// Where it says what it leads to.
    end: Spot,
    /// Where the server's words stand, if there are any.
    asked: Option<Spot>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Front {
    story: String,
    log: Option<Spanned<String>>,
    text: Option<String>,
    server: Option<Spanned<String>>,
    #[serde(default)]
    answers: BTreeMap<Spanned<String>, Spanned<String>>,
    leads_to: Spanned<String>,
    #[serde(default = "some_user")]
    db_user: String,
    #[serde(default = "some_database")]
    database: String,
}

fn some_user() -> String {
    "shop_user".to_owned()
}

fn some_database() -> String {
    "shop".to_owned()
}

impl Scenario {
    /// The same log and answers, told to an engine, with what the server said in between.
    pub fn play<'c>(&self, engine: &Engine<'_>, catalogue: &'c Catalogue) -> (Diagnosis, Advice<'c>) {
        let mut diagnosis = engine.diagnose(&self.log);
        if let Some(said) = self.said(engine) {
            said.tell_apart(&mut diagnosis);
        }
        let advice = catalogue.advise(&diagnosis, &self.answers);
        (diagnosis, advice)
    }

    /// What is understood of the server's words.
    pub fn said(&self, engine: &Engine<'_>) -> Option<Answer> {
        engine.read(self.server.as_bytes())
    }
}

/// Reads all stories in the order of their names; what is wrong with one is noted, whatever the content is like.
pub fn read(stories: &Stories<'_>, catalogue: &Catalogue) -> (Vec<Scenario>, Vec<ContentProblem>) {
    let mut reader = Reader::new(stories.files);
    let mut told = Vec::new();
    for file in reader.folder("scenarios/", ".md") {
        let Some((place, front, _)) = reader.front_matter::<Front>(file) else { continue };
        training::answers(catalogue, &mut reader, place, &front.answers);
        let id = front.leads_to.get_ref();
        if catalogue.outcome(id).is_none() {
            let known = catalogue.outcomes.iter().map(|way| way.id.as_str());
            reader.wrong(place, &front.leads_to, format!("there is no outcome `{id}`"), did_you_mean(id, known));
        }
        if let Some(log) = log(&mut reader, place, &front, stories) {
            told.push(scenario(place, file, front, log));
        }
    }
    reader.unread();
    (told, reader.into_problems())
}

fn scenario(place: Place<'_>, file: &SourceFile, front: Front, log: Vec<u8>) -> Scenario {
    Scenario {
        name: stem(file).to_owned(),
        story: front.story,
        log,
        answers: front.answers.into_iter().map(|(key, value)| (key.into_inner(), value.into_inner())).collect(),
        end: Reader::spot(place, &front.leads_to),
        asked: front.server.as_ref().map(|server| Reader::spot(place, server)),
        server: front.server.map(Spanned::into_inner).unwrap_or_default(),
        leads_to: front.leads_to.into_inner(),
        db_user: front.db_user,
        database: front.database,
    }
}

/// The log that is named, or the text that stands in the file.
fn log(reader: &mut Reader<'_>, place: Place<'_>, front: &Front, stories: &Stories<'_>) -> Option<Vec<u8>> {
    match (&front.log, &front.text) {
        (Some(name), None) => {
            let log = (stories.log)(name.get_ref());
            if log.is_none() {
                let message = format!("there is no log `tests/logs/{}`", name.get_ref());
                reader.wrong(place, name, message, "name one as `recorded/….log`, or write its lines as `text`");
            }
            log
        }
        (None, Some(text)) => Some(text.clone().into_bytes()),
        _ => {
            let suggestion = "add either `log = \"recorded/….log\"` or `text = '''…'''`";
            reader.at(place, 0, "a story has one log", suggestion);
            None
        }
    }
}

/// Words of a server in a story must be understood, and be of the database the log names: else a reader's would tell nothing.
fn understood(engine: &Engine<'_>, scenario: &Scenario, reader: &mut Reader<'_>) {
    let Some(spot) = &scenario.asked else { return };
    match scenario.said(engine) {
        None => {
            let suggestion = "paste what `runbook sql state` printed, as it is";
            reader.wrong_at(spot, "nothing in this is understood", suggestion);
        }
        Some(said) if said.is_elsewhere(&engine.diagnose(&scenario.log).facts) => {
            reader.wrong_at(spot, "this is of another database than the log", "ask the database that the log names");
        }
        Some(_) => {}
    }
}

/// Walks every story; one that leads elsewhere than it says is a problem, and so is whatever none of them tells.
pub(super) fn check(
    engine: &Engine<'_>,
    catalogue: &Catalogue,
    told: &[Scenario],
    spots: &Spots,
    reader: &mut Reader<'_>,
) {
    let mut taken = BTreeSet::new();
    let mut ends = BTreeSet::new();
    for scenario in told {
        understood(engine, scenario, reader);
        let (_, advice) = scenario.play(engine, catalogue);
        taken.extend(advice.walk.trail.iter().map(|step| (step.node.id.clone(), step.taken().map(str::to_owned))));
        let found = match advice.walk.end {
            End::Outcome(id) => {
                ends.insert(id.to_owned());
                format!("outcome `{id}`")
            }
            End::Question(question) => format!("question `{}`", question.id),
        };
        if found != format!("outcome `{}`", scenario.leads_to) {
            let message = format!("this leads to the {found}, not to `{}`", scenario.leads_to);
            reader.wrong_at(&scenario.end, message, "mend the log or the answers, or say where they lead");
        }
    }
    let graph = Graph::new(catalogue);
    for edge in &graph.edges {
        let Some(from) = graph.points.get(edge.from).map(Point::id) else { continue };
        if !taken.contains(&(from.to_owned(), edge.value.map(str::to_owned))) {
            let value = edge.value.unwrap_or("any other value");
            let message = format!("no scenario passes `{from}` = {value}");
            let suggestion = format!("add a file to {FOLDER} whose log and answers lead this way");
            match spots.branch(from, edge.value) {
                Some(spot) => reader.wrong_at(spot, message, suggestion),
                None => reader.problem(FOLDER, (1, 1), message, suggestion),
            }
        }
    }
    for way in catalogue.outcomes.iter().filter(|way| !ends.contains(&way.id)) {
        let suggestion = format!("add a file to {FOLDER} with `leads_to = \"{}\"`", way.id);
        reader.problem(&format!("content/outcomes/{}.md", way.id), (1, 1), "no scenario leads here", suggestion);
    }
}
