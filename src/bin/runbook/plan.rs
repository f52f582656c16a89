//! `runbook plan`: the steps of the outcome a log and its answers lead to, with the names filled in.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::process::ExitCode;

use lexopt::prelude::*;
use runbook::embedded;
use runbook::engine::case::Case;
use runbook::engine::contradiction::Contradiction;
use runbook::engine::page::OutcomePage;
use runbook::engine::plan::data::{PlanNames, Planned, PlannedStep, StepData, planned};
use runbook::engine::plan::{Group, steps};
use runbook::engine::sql::Edition;
use runbook::engine::tree::{Answers, End, Question};
use serde::Serialize;

use super::diagnose::{Way, format_is_json, known_answer, read_log};
use super::input::read_file;
use super::names::Given;
use super::steps_text::{contradiction_text, steps_text};
use super::{Misuse, Outcome, complain, key_value, print, print_data, shown};

pub(super) fn run(parser: lexopt::Parser) -> Outcome {
    let request = Request::read(parser)?;
    let mut case = Case::new(read_log(&request.file)?, request.answers.clone());
    for name in &request.stood_by {
        case.stand_by(name);
    }
    for (step, file) in &request.outputs {
        let printed = read_file(file)?;
        let script = script_of(&case, step)?;
        case.hand_back(embedded::engine(), script, &printed);
    }
    let advice = case.advise(embedded::catalogue());
    let Some(way) = embedded::catalogue().reached(&advice) else {
        let End::Question(question) = &advice.walk.end else { return Err(Misuse("the tree does not end".into())) };
        complain(&open_question(question));
        return Ok(ExitCode::from(1));
    };
    let contradiction = case.contradiction(request.given.database.as_deref(), way.risk);
    let names = request.given.names(&case, way)?;
    let (groups, data) = plan_of(way);
    if let Some(found) = contradiction {
        if request.json {
            let stopped = Json { outcome: Way::of(way), steps: Vec::new(), contradiction: Some(found) };
            print_data(&format!("{}\n", serde_json::to_string(&stopped)?))?;
        } else {
            print(&contradiction_text(&found))?;
        }
        return Ok(ExitCode::SUCCESS);
    }
    let plan = planned(way, groups, data, &names);
    for (flag, what) in &plan.missing {
        complain(&format!("a step is without its text until you give {what}: {flag}"));
    }
    if request.json {
        print_data(&format!("{}\n", serde_json::to_string(&Json::new(way, plan))?))?;
    } else {
        print(&steps_text(way, groups, &names))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The steps of an outcome and what programs are told of them.
pub(super) fn plan_of(way: &OutcomePage) -> (&'static [Group], &'static BTreeMap<String, StepData>) {
    static NONE: BTreeMap<String, StepData> = BTreeMap::new();
    let groups = embedded::LATER.get().map(|later| later.steps(&way.id)).unwrap_or_default();
    (groups, embedded::reference().step_data.get(&way.id).unwrap_or(&NONE))
}

fn open_question(question: &Question) -> String {
    let answers = question.answers.iter().map(|a| format!("\n  --answer {}={}   {}", question.id, a.id, a.text));
    format!("first answer: {}{}", question.text, answers.collect::<String>())
}

/// The generated SQL whose output this is: of a step of the plan as it is now, or of a script by its name.
fn script_of(case: &Case, step: &str) -> Result<Option<Edition>, Misuse> {
    let advice = case.advise(embedded::catalogue());
    let way = embedded::catalogue().reached(&advice);
    let here = way.and_then(|way| {
        let (groups, data) = plan_of(way);
        let plan = planned(way, groups, data, &PlanNames::default());
        plan.steps.into_iter().find(|planned| planned.id == step)
    });
    if let Some(planned) = here {
        return Ok(planned.script.and_then(Edition::from_id));
    }
    let later = embedded::LATER.get();
    let is_known = later.is_some_and(|later| later.steps.values().any(|groups| steps(groups).any(|s| s.id == step)));
    match Edition::from_id(step) {
        Some(edition) => Ok(Some(edition)),
        None if is_known => Ok(None),
        None => Err(Misuse(format!("--output: there is no step `{}` in any plan", shown(step)))),
    }
}

/// The key with which a name is typed again that contradicts an answer.
const STAND_BY: &str = "stand-by";

struct Request {
    json: bool,
    answers: Answers,
    given: Given,
    stood_by: Vec<String>,
    outputs: Vec<(String, OsString)>,
    file: OsString,
}

impl Request {
    fn read(mut parser: lexopt::Parser) -> Result<Self, Misuse> {
        let mut request = Request {
            json: false,
            answers: Answers::new(),
            given: Given::default(),
            stood_by: Vec::new(),
            outputs: Vec::new(),
            file: OsString::new(),
        };
        while let Some(argument) = parser.next()? {
            match argument {
                Long("format") => request.json = format_is_json(&parser.value()?)?,
                Long("answer") => {
                    let (key, value) = known_answer(key_value(parser.value()?)?)?;
                    request.answers.insert(key, value);
                }
                Long("db-user") => request.given.db_user = Some(text(parser.value()?)?),
                Long("database") => request.given.database = Some(text(parser.value()?)?),
                Long("set") => match key_value(parser.value()?)? {
                    (key, name) if key == STAND_BY => request.stood_by.push(name),
                    setting => request.given.settings.push(setting),
                },
                Long("output") => {
                    let (step, file) = key_value(parser.value()?)?;
                    request.outputs.push((step, file.into()));
                }
                Value(file) if request.file.is_empty() => request.file = file,
                other => return Err(other.unexpected().into()),
            }
        }
        if request.file.is_empty() {
            request.file = "-".into();
        }
        Ok(request)
    }
}

fn text(argument: OsString) -> Result<String, Misuse> {
    argument.into_string().map_err(|_| Misuse("this name is not UTF-8".into()))
}

/// The interface's JSON object; its field order is part of "identical input gives identical bytes".
#[derive(Serialize)]
struct Json {
    outcome: Way,
    steps: Vec<PlannedStep>,
    contradiction: Option<Contradiction>,
}

impl Json {
    fn new(way: &OutcomePage, plan: Planned) -> Self {
        Self { outcome: Way::of(way), steps: plan.steps, contradiction: None }
    }
}
