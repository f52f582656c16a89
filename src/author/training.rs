//! `content/training/` → what to read first, and exercises; each exercise is solved by the engine at build time.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::glossary::text;
use super::markdown::nearest::did_you_mean;
use super::markdown::{self, Known};
use super::pages::stem;
use super::reader::{Place, Reader, SourceFile};
use super::signatures::situation;
use crate::engine::Engine;
use crate::engine::catalogue::Catalogue;
use crate::engine::page::{Page, Risk};
use crate::engine::situation::Situation;
use crate::engine::text::mask::hide_secrets;
use crate::engine::text::secret::SecretRules;
use crate::engine::training::{Exercise, OtherWay, Solution, Training};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Front {
    order: u32,
    #[serde(default)]
    guided: bool,
    title: String,
    brief: Spanned<String>,
    /// Where the log was taken from, below `tests/logs/`.
    #[serde(rename = "recorded")]
    _recorded: String,
    happened: Spanned<String>,
    or: Vec<Spanned<String>>,
    line: Spanned<u32>,
    way_out: Spanned<String>,
    answers: BTreeMap<Spanned<String>, Spanned<String>>,
    log: Spanned<String>,
    other: Vec<RawOther>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawOther {
    way_out: Spanned<String>,
    #[serde(default)]
    also_right: bool,
    why: Spanned<String>,
}

/// The training; what is wrong with it is noted.
pub(super) fn read(reader: &mut Reader<'_>) -> Training {
    let start = start(reader);
    let mut exercises = Vec::new();
    for file in reader.folder("training/practice/", ".md") {
        let Some((place, front, body)) = reader.front_matter::<Front>(file) else { continue };
        exercises.push((front.order, exercise(reader, place, file, front, body)));
    }
    exercises.sort_by_key(|(order, exercise)| (*order, exercise.id.clone()));
    let exercises: Vec<Exercise> = exercises.into_iter().map(|(_, exercise)| exercise).collect();
    let guided = exercises.iter().filter(|exercise| exercise.guided).count();
    if guided != 1 {
        let message = format!("{guided} exercises have `guided = true`");
        reader.problem("content/training/start-here.md", (1, 1), message, "the guided run needs exactly one");
    }
    Training { start, exercises }
}

fn start(reader: &mut Reader<'_>) -> Page {
    let (path, text) = match reader.file("training/start-here.md") {
        Some(file) => (file.path.as_str(), file.text.as_str()),
        None => ("", "+++\nsummary = \"missing\"\n+++\n# Missing\n"),
    };
    let parsed = markdown::runbook(path, "start-here", text, &Known::default());
    reader.problems.extend(parsed.problems);
    parsed.value
}

fn exercise(reader: &mut Reader<'_>, place: Place<'_>, file: &SourceFile, front: Front, body: usize) -> Exercise {
    let why = markdown::body(&file.path, &file.text, body, &Known::default());
    reader.problems.extend(why.problems);
    let mut happened: Vec<Situation> =
        std::iter::once(&front.happened).chain(&front.or).filter_map(|id| situation(reader, place, id)).collect();
    // The right one must not always stand first.
    happened.sort_unstable();
    Exercise {
        id: stem(file).to_owned(),
        guided: front.guided,
        title: front.title,
        brief: text(reader, place, &front.brief),
        log: front.log.into_inner(),
        answers: front.answers.into_iter().map(|(key, value)| (key.into_inner(), value.into_inner())).collect(),
        happened,
        why: why.value,
        others: front
            .other
            .into_iter()
            .map(|other| OtherWay {
                why: text(reader, place, &other.why),
                way_out: other.way_out.into_inner(),
                also_right: other.also_right,
            })
            .collect(),
        solution: None,
    }
}

fn no_secret(secrets: &SecretRules, reader: &mut Reader<'_>, place: Place<'_>, log: &Spanned<String>) {
    for line in log.get_ref().split('\n') {
        if secrets.hides(line) {
            reader.wrong(place, log, format!("a line holds a secret: {}", hide_secrets(secrets, line)), "take it out");
        }
    }
}

/// Solves every exercise. Its solution must be the one its file says.
pub(super) fn solve(engine: &Engine<'_>, catalogue: &Catalogue, training: &mut Training, reader: &mut Reader<'_>) {
    let (guided, practised): (Vec<&Exercise>, Vec<_>) = training.exercises.iter().partition(|exercise| exercise.guided);
    let beginners: Vec<String> =
        guided.iter().chain(practised.iter().take(FIRST)).map(|exercise| exercise.id.clone()).collect();
    for file in reader.folder("training/practice/", ".md") {
        let Some((place, front, _)) = reader.front_matter::<Front>(file) else { continue };
        let Some(exercise) = training.exercises.iter_mut().find(|exercise| exercise.id == stem(file)) else { continue };
        no_secret(engine.masker().secrets(), reader, place, &front.log);
        answers(catalogue, reader, place, &front.answers);
        ways_out(catalogue, reader, place, &front);
        exercise.solution = solved(engine, catalogue, reader, place, &front, exercise);
        if beginners.contains(&exercise.id) {
            keeps_data(catalogue, reader, place, &front);
        }
    }
}

/// So many exercises, and the guided run, teach that failures end without deleting anything.
const FIRST: usize = 3;

/// Whoever begins must not learn that a failed deploy ends in deleting data.
fn keeps_data(catalogue: &Catalogue, reader: &mut Reader<'_>, place: Place<'_>, front: &Front) {
    let way_out = catalogue.outcome(front.way_out.get_ref());
    if way_out.is_some_and(|way_out| way_out.risk == Risk::Destructive) {
        let message = format!("one of the first {FIRST} exercises ends with deleting data");
        reader.wrong(place, &front.way_out, message, "give it a higher `order`");
    }
}

/// Answers by the ids of their questions; one there is not is a problem.
pub(super) fn answers(
    catalogue: &Catalogue,
    reader: &mut Reader<'_>,
    place: Place<'_>,
    answers: &BTreeMap<Spanned<String>, Spanned<String>>,
) {
    let tree = &catalogue.tree;
    for (key, value) in answers {
        let Some(question) = tree.question(key.get_ref()) else {
            let known: Vec<&str> = tree.questions.iter().map(|question| question.id.as_str()).collect();
            let message = format!("there is no question `{}`", key.get_ref());
            reader.wrong(place, key, message, did_you_mean(key.get_ref(), known));
            continue;
        };
        if !tree.knows(&question.id, value.get_ref()) {
            let known: Vec<&str> = question.answers.iter().map(|answer| answer.id.as_str()).collect();
            let message = format!("`{}` has no answer `{}`", question.id, value.get_ref());
            reader.wrong(place, value, message, did_you_mean(value.get_ref(), known));
        }
    }
}

fn ways_out(catalogue: &Catalogue, reader: &mut Reader<'_>, place: Place<'_>, front: &Front) {
    let known: Vec<&str> = catalogue.outcomes.iter().map(|outcome| outcome.id.as_str()).collect();
    let mut seen = vec![front.way_out.get_ref()];
    for other in &front.other {
        let id = other.way_out.get_ref();
        match catalogue.outcome(id).map(|outcome| outcome.risk) {
            None => {
                let message = format!("there is no way out `{id}`");
                reader.wrong(place, &other.way_out, message, did_you_mean(id, known.iter().copied()));
            }
            Some(Risk::Destructive) if other.also_right => {
                let message = format!("`{id}` deletes data, so it cannot be right beside another way");
                reader.wrong(place, &other.way_out, message, "remove `also_right`");
            }
            Some(_) if seen.contains(&id) => {
                reader.wrong(place, &other.way_out, format!("`{id}` is there twice"), "remove one of the two");
            }
            Some(_) => {}
        }
        seen.push(id);
    }
    let tempts = seen.iter().filter_map(|id| catalogue.outcome(id)).any(|outcome| outcome.risk == Risk::Destructive);
    if !tempts {
        reader.wrong(place, &front.way_out, "no way out here deletes data", "offer `option-a`, and say why not");
    }
}

fn solved(
    engine: &Engine<'_>,
    catalogue: &Catalogue,
    reader: &mut Reader<'_>,
    place: Place<'_>,
    front: &Front,
    exercise: &Exercise,
) -> Option<Solution> {
    let Some(solution) = engine.solve(catalogue, exercise) else {
        reader.wrong(place, &front.way_out, "the answers lead to no way out", "answer every question that is asked");
        return None;
    };
    let found = solution.happened.id();
    if found != front.happened.get_ref() {
        let message = format!("the log shows `{found}`, not `{}`", front.happened.get_ref());
        reader.wrong(place, &front.happened, message, "mend the log, or say what it shows");
    }
    if !solution.lines.contains(front.line.get_ref()) {
        let message = format!("line {} does not say so; {:?} do", front.line.get_ref(), solution.lines);
        reader.wrong(place, &front.line, message, "count from the first line of `log`");
    }
    if solution.way_out != *front.way_out.get_ref() {
        let message = format!("the answers lead to `{}`, not to `{}`", solution.way_out, front.way_out.get_ref());
        reader.wrong(place, &front.way_out, message, "mend the answers, or say where they lead");
    }
    Some(solution)
}
