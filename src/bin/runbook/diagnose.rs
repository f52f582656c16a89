//! `runbook diagnose`: what each log shows and what to do about it.

use std::ffi::{OsStr, OsString};
use std::io;
use std::process::ExitCode;

use lexopt::prelude::*;
use runbook::embedded;
use runbook::engine::advice::Advice;
use runbook::engine::answer::Answer;
use runbook::engine::case::Case;
use runbook::engine::diagnose::{Diagnosis, Evidence, Warning};
use runbook::engine::fact::FactKey;
use runbook::engine::page::OutcomePage;
use runbook::engine::situation::Situation;
use runbook::engine::tree::{Answers, End};
use serde::Serialize;

use super::input::read_portions;
use super::names::Given;
use super::plan::plan_of;
use super::steps_text::{contradiction_text, steps_text};
use super::{Misuse, Outcome, complain, key_value, print, print_data, shown};

pub(super) fn run(parser: lexopt::Parser) -> Outcome {
    let request = Request::read(parser)?;
    let mut code = ExitCode::SUCCESS;
    for file in &request.files {
        match diagnose(file) {
            Ok(read) => request.answer(&file.to_string_lossy(), read)?,
            Err(error) => {
                complain(&format!("{}: {error}", shown(file)));
                code = ExitCode::from(2);
            }
        }
    }
    Ok(code)
}

struct Request {
    json: bool,
    brief: bool,
    answers: Answers,
    files: Vec<OsString>,
}

impl Request {
    fn read(mut parser: lexopt::Parser) -> Result<Self, Misuse> {
        let mut request = Request { json: false, brief: false, answers: Answers::new(), files: Vec::new() };
        while let Some(argument) = parser.next()? {
            match argument {
                Long("brief") => request.brief = true,
                Long("format") => request.json = format_is_json(&parser.value()?)?,
                Long("answer") => {
                    let (key, value) = known_answer(key_value(parser.value()?)?)?;
                    request.answers.insert(key, value);
                }
                Value(file) => request.files.push(file),
                other => return Err(other.unexpected().into()),
            }
        }
        if request.files.is_empty() {
            request.files.push("-".into());
        }
        Ok(request)
    }

    fn answer(&self, file: &str, read: (Diagnosis, Option<Answer>)) -> Result<(), Misuse> {
        let case = Case::new(read, self.answers.clone());
        let advice = case.advise(embedded::catalogue());
        let outcome = embedded::catalogue().reached(&advice);
        if self.json {
            let line = serde_json::to_string(&Json::new(file, &case.diagnosis, &advice, outcome))?;
            return print_data(&format!("{line}\n"));
        }
        let mut out = text(&shown(file), &case.diagnosis, &advice, outcome);
        if let Some(way) = outcome.filter(|_| !self.brief) {
            out.push_str(&match case.contradiction(None, way.risk) {
                Some(found) => contradiction_text(&found),
                None => steps_text(way, plan_of(way).0, &Given::default().names(&case, way)?),
            });
            out.push('\n');
        }
        print(&out)
    }
}

pub(super) fn format_is_json(value: &OsStr) -> Result<bool, Misuse> {
    match value.to_str() {
        Some("json") => Ok(true),
        Some("text") => Ok(false),
        _ => Err(Misuse(format!("--format is text or json, not {}", shown(value)))),
    }
}

pub(super) fn known_answer((key, value): (String, String)) -> Result<(String, String), Misuse> {
    let tree = &embedded::catalogue().tree;
    let Some(question) = tree.question(&key) else {
        let known: Vec<&str> = tree.questions.iter().map(|q| q.id.as_str()).collect();
        return Err(Misuse(format!(
            "--answer: there is no question `{}`; there are {}",
            shown(&key),
            known.join(", ")
        )));
    };
    if tree.knows(&key, &value) {
        return Ok((key, value));
    }
    let known: Vec<&str> = question.answers.iter().map(|a| a.id.as_str()).collect();
    Err(Misuse(format!("--answer: `{}` is no answer to `{key}`; there are {}", shown(&value), known.join(", "))))
}

/// Reads a file, or standard input for `-`, portion by portion.
fn diagnose(file: &OsStr) -> io::Result<(Diagnosis, Option<Answer>)> {
    let engine = embedded::engine();
    let mut reading = engine.begin();
    read_portions(file, |portion| reading.push(portion))?;
    Ok(engine.conclude(reading).shown())
}

/// The same, where a file that cannot be read ends the program.
pub(super) fn read_log(file: &OsStr) -> Result<(Diagnosis, Option<Answer>), Misuse> {
    diagnose(file).map_err(|error| Misuse(format!("{}: {error}", shown(file))))
}

/// The interface's JSON object; its field order is part of "identical input gives identical bytes".
#[derive(Serialize)]
struct Json<'a> {
    file: &'a str,
    situation: &'a str,
    candidates: Vec<&'a str>,
    signature: Option<&'a str>,
    headline: &'a str,
    evidence: &'a [Evidence],
    warnings: &'a [Warning],
    facts: Facts<'a>,
    question: Option<Question<'a>>,
    outcome: Option<Way>,
    reachable: Vec<Reachable<'a>>,
}

#[derive(Serialize)]
struct Facts<'a> {
    relation: Option<&'a str>,
    schema: Option<&'a str>,
    revision: Option<&'a str>,
    db_user: Option<&'a str>,
    database: Option<&'a str>,
    start_command: Option<&'a str>,
    driver: Option<&'a str>,
    tool: Option<&'a str>,
    dbms: Option<&'a str>,
    platform: Option<&'a str>,
    from_revision: Option<&'a str>,
    host_kind: Option<&'a str>,
    server_version: Option<&'a str>,
    object: Option<&'a str>,
    extension: Option<&'a str>,
    constraint: Option<&'a str>,
    build_command: Option<&'a str>,
}

#[derive(Serialize)]
struct Question<'a> {
    id: &'a str,
    text: &'a str,
    answers: Vec<&'a str>,
}

#[derive(Serialize)]
pub(super) struct Way {
    id: String,
    risk: &'static str,
    title: String,
}

impl Way {
    pub(super) fn of(way: &OutcomePage) -> Self {
        Self { id: way.id.clone(), risk: way.risk.id(), title: way.title_text() }
    }
}

#[derive(Serialize)]
struct Reachable<'a> {
    id: &'a str,
    risk: &'static str,
}

impl<'a> Json<'a> {
    fn new(file: &'a str, diagnosis: &'a Diagnosis, advice: &'a Advice<'a>, outcome: Option<&'a OutcomePage>) -> Self {
        let fact = |key| diagnosis.facts.value(key);
        let catalogue = embedded::catalogue();
        Json {
            file,
            situation: diagnosis.situation.id(),
            candidates: diagnosis.candidates.iter().map(|s| s.id()).collect(),
            signature: diagnosis.signature.as_deref().filter(|_| diagnosis.situation != Situation::Unknown),
            headline: &diagnosis.headline,
            evidence: &diagnosis.evidence,
            warnings: &diagnosis.warnings,
            facts: Facts {
                relation: fact(FactKey::Relation),
                schema: fact(FactKey::Schema),
                revision: fact(FactKey::Revision),
                db_user: fact(FactKey::DbUser),
                database: fact(FactKey::Database),
                start_command: fact(FactKey::StartCommand),
                driver: fact(FactKey::Driver),
                tool: fact(FactKey::Tool),
                dbms: fact(FactKey::Dbms),
                platform: fact(FactKey::Platform),
                from_revision: fact(FactKey::FromRevision),
                host_kind: fact(FactKey::HostKind),
                server_version: fact(FactKey::ServerVersion),
                object: fact(FactKey::Object),
                extension: fact(FactKey::Extension),
                constraint: fact(FactKey::Constraint),
                build_command: fact(FactKey::BuildCommand),
            },
            question: match &advice.walk.end {
                End::Question(question) => Some(Question {
                    id: &question.id,
                    text: &question.text,
                    answers: question.answers.iter().map(|a| a.id.as_str()).collect(),
                }),
                End::Outcome(_) => None,
            },
            outcome: outcome.map(Way::of),
            reachable: advice
                .reachable
                .iter()
                .filter_map(|id| catalogue.outcome(id))
                .map(|o| Reachable { id: &o.id, risk: o.risk.id() })
                .collect(),
        }
    }
}

/// A report for people: what was seen, what it means, what to do.
fn text(file: &str, diagnosis: &Diagnosis, advice: &Advice<'_>, outcome: Option<&OutcomePage>) -> String {
    let mut lines = vec![format!("{file}: {}", diagnosis.headline)];
    if let Some(words) = embedded::catalogue().situation(diagnosis.situation) {
        lines.extend([String::new(), words.meaning.clone()]);
    }
    lines.push(String::new());
    lines.extend(diagnosis.evidence.iter().map(|e| format!("  line {}: {}", e.line, e.text)));
    for warning in &diagnosis.warnings {
        let line = warning.line.map_or_else(String::new, |line| format!("line {line}: "));
        lines.extend([String::new(), format!("! {line}{}", warning.text)]);
    }
    lines.push(String::new());
    match (&advice.walk.end, outcome) {
        (End::Question(question), _) => {
            lines.push(format!("To go on: {}", question.text));
            lines.extend(question.answers.iter().map(|a| format!("  --answer {}={}   {}", question.id, a.id, a.text)));
        }
        (End::Outcome(_), Some(outcome)) => {
            lines.push(format!("What to do: {} ({})", outcome.title_text(), outcome.risk.shown()));
        }
        (End::Outcome(_), None) => {}
    }
    lines.push(String::new());
    lines.join("\n") + "\n"
}
