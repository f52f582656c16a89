//! What a step's heading says for a program that carries the step out, and what its code says: [`StepData`].
//!
//! What authors write behind the id, each at most once, a value with spaces in straight quotes:
//! `### Stop everything that writes {#writers-stopped act=suspend target=service}`
//! - `act=`: `suspend`, `resume`, `deploy`, `edit`, `set-variable`, or `look`, with `target="…"` and `value="…"`: a step that runs
//!   nothing has one. `act=save`: its SQL is saved as a file, which this step's command or the next step's runs;
//! - `place=`: `laptop`, `dashboard`, `repository`, `shell`, where neither the code nor the act says it;
//! - `as=`: `app`, `owner` or `administrator`, whose rights in the database it needs;
//! - `reads`: what it prints is read;
//! - `when="…"`: it is done only then;
//! - `if=fact:value`: it is left out where that fact is known to be another; needs `when` for where it is not known. `*` is any value. `cause` is what the log shows, `error` the file that decided.

use super::nearest::did_you_mean;
use super::text::File;
use crate::engine::fact::FactKey;
use crate::engine::page::Block;
use crate::engine::plan::Step;
use crate::engine::plan::data::{Act, ActName, Place, RunAs, StepData, things_to_run};

/// Names behind a step's id.
const NAMES: [&str; 8] = ["act", "target", "value", "place", "as", "reads", "when", "if"];

const PLACES: [(&str, Place); 4] = [
    ("laptop", Place::Laptop),
    ("dashboard", Place::Dashboard),
    ("repository", Place::Repository),
    ("shell", Place::Shell),
];

const USERS: [(&str, RunAs); 3] =
    [("app", RunAs::App), ("owner", RunAs::Owner), ("administrator", RunAs::Administrator)];

const ACTS: [(&str, ActName); 6] = [
    ("suspend", ActName::Suspend),
    ("resume", ActName::Resume),
    ("deploy", ActName::Deploy),
    ("edit", ActName::Edit),
    ("set-variable", ActName::SetVariable),
    ("look", ActName::Look),
];

/// `act=save` is no act of its own: the file is written where the step is done.
const SAVE: &str = "save";

/// What stands behind an id: names, their values, and where each begins in the file.
#[derive(Clone, Debug, Default)]
pub(super) struct Attributes(Vec<(String, String, usize)>);

impl Attributes {
    /// Reads `act=suspend target="the service"`, which begins at byte `at` of the file.
    pub(super) fn read(file: &mut File<'_>, written: &str, at: usize) -> Self {
        let mut all: Vec<(String, String, usize)> = Vec::new();
        let mut rest = written;
        while !rest.trim_start().is_empty() {
            rest = rest.trim_start();
            let here = at + (written.len() - rest.len());
            let end = rest.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(rest.len());
            let (name, after) = rest.split_at(end);
            let (value, after) = match after.strip_prefix('=') {
                None => ("", after),
                Some(quoted) if quoted.starts_with('"') => quoted[1..].split_once('"').unwrap_or((&quoted[1..], "")),
                Some(word) => word.split_at(word.find(char::is_whitespace).unwrap_or(word.len())),
            };
            if !NAMES.contains(&name) {
                file.problem(here, format!("unknown name `{name}` behind the id of a step"), did_you_mean(name, NAMES));
            } else if all.iter().any(|(known, ..)| known == name) {
                file.problem(here, format!("`{name}` stands twice"), "say it once");
            } else {
                all.push((name.to_owned(), value.to_owned(), here));
            }
            rest = after;
        }
        Self(all)
    }

    fn get(&self, name: &str) -> Option<(&str, usize)> {
        self.0.iter().find(|(known, ..)| known == name).map(|(_, value, at)| (value.as_str(), *at))
    }

    fn text(&self, name: &str) -> Option<String> {
        self.get(name).map(|(value, _)| value.to_owned())
    }

    fn one_of<T: Copy>(&self, file: &mut File<'_>, name: &str, known: &[(&str, T)]) -> Option<T> {
        let (value, at) = self.get(name)?;
        let found = known.iter().find(|(word, _)| *word == value).map(|(_, value)| *value);
        if found.is_none() {
            let words: Vec<&str> = known.iter().map(|(word, _)| *word).collect();
            file.problem(at, format!("`{name}={value}` is not known"), did_you_mean(value, words.iter().copied()));
        }
        found
    }
}

/// The data of a step that stands at `at`; what is missing or says two things is a problem.
pub(super) fn step_data(file: &mut File<'_>, step: &Step, attributes: &Attributes, at: usize) -> StepData {
    let saves = attributes.get("act").is_some_and(|(act, _)| act == SAVE);
    let name = if saves { None } else { attributes.one_of(file, "act", &ACTS) };
    // An act that is not known was said already.
    let is_said = name.is_some() || attributes.get("act").is_some() && !saves;
    let runs = things_to_run(step);
    let act = name.map(|name| Act { name, target: attributes.text("target"), value: attributes.text("value") });
    let problem = match (runs, &act) {
        (0, None) if is_said => None,
        (2.., _) => Some(("a step runs one thing, and here are more", "make a step of each")),
        (1, Some(act)) if act.name != ActName::SetVariable => {
            Some(("this step runs something and has an act as well", "make a step of each"))
        }
        (0, None) if saves => Some(("this step saves SQL, and none stands in it", "show it: ```sql edition=\"…\"")),
        (0, None) => Some((
            "this step runs nothing and does not say what is done",
            "add `act=…` behind its id: suspend, resume, deploy, edit, set-variable, or `look` where nothing is changed",
        )),
        _ => None,
    };
    if let Some((message, suggestion)) = problem {
        file.problem(at, message, suggestion);
    }
    let place = attributes.one_of(file, "place", &PLACES);
    let place =
        place.or_else(|| step.does.iter().find_map(place_of)).or_else(|| act.as_ref().and_then(|act| of_act(act.name)));
    if place.is_none() {
        file.problem(
            at,
            "this step does not say where it is done",
            "add `place=laptop`, `place=dashboard`, `place=repository` or `place=shell` behind its id",
        );
    }
    StepData {
        place: place.unwrap_or(Place::Laptop),
        act,
        saves,
        run_as: attributes.one_of(file, "as", &USERS).or_else(|| default_user(step)),
        reads: attributes.get("reads").is_some(),
        when: attributes.text("when"),
        only_if: only_if(file, attributes),
    }
}

/// What a heading calls facts whose names are words that readers never see.
const OTHER_NAMES: [(&str, FactKey); 2] = [("cause", FactKey::Situation), ("error", FactKey::Signature)];

/// `if=object:type`, beside a `when` in words.
fn only_if(file: &mut File<'_>, attributes: &Attributes) -> Option<(FactKey, String)> {
    let (written, at) = attributes.get("if")?;
    if attributes.get("when").is_none() {
        file.problem(
            at,
            "`if` stands without `when`",
            "say in words when the step is done: `when=\"a type is left over\"`",
        );
    }
    let (key, value) = written.split_once(':')?;
    let found =
        OTHER_NAMES.iter().find(|(name, _)| *name == key).map(|(_, key)| *key).or_else(|| FactKey::from_id(key));
    if found.is_none() {
        file.problem(
            at,
            format!("there is no fact `{key}`"),
            did_you_mean(key, FactKey::ALL.iter().map(|key| key.id())),
        );
    }
    Some((found?, value.to_owned()))
}

/// Where a block of code runs, by the words for readers.
fn place_of(block: &Block) -> Option<Place> {
    let words = match block {
        Block::Code(code) => code.place.as_str(),
        Block::Sql { place, .. } | Block::Extensions { place } => place.as_str(),
        _ => return None,
    };
    if words.starts_with("your laptop") {
        Some(Place::Laptop)
    } else if words.starts_with("repository") {
        Some(Place::Repository)
    } else if words.contains("Shell") {
        Some(Place::Shell)
    } else {
        None
    }
}

/// Where an act is done, unless its heading says another place.
fn of_act(act: ActName) -> Option<Place> {
    match act {
        ActName::Suspend | ActName::Resume | ActName::Deploy | ActName::SetVariable => Some(Place::Dashboard),
        ActName::Edit => Some(Place::Repository),
        ActName::Look => None,
    }
}

/// SQL is run as the app's user unless the heading says another.
fn default_user(step: &Step) -> Option<RunAs> {
    let connects = |block: &Block| match block {
        Block::Code(code) => code.language == "sql",
        Block::Sql { .. } | Block::Extensions { .. } => true,
        _ => false,
    };
    step.does.iter().any(connects).then_some(RunAs::App)
}
