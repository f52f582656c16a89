//! A plan as data, for a program that carries it out: where each step is done, what is run, with the names filled in.
//!
//! Comes in: an outcome, its steps, what its file says of each step beside the words ([`StepData`]), and the names. Goes out: one
//! [`PlannedStep`] for each step, and which names are missing. A text in which a name is missing is not handed over.
//! Must not know: how names were found, or how the result is printed. Only native programs hold [`StepData`].

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Group, Note, Only, Step, saved_script};
use crate::engine::fact::{FactKey, FactSet};
use crate::engine::page::{
    Block, Code, Corrections, Form, Inline, OutcomePage, Placeholder, Values, copied, plain, plain_text,
};
use crate::engine::sql::{Edition, Extensions, Ident, SqlError, SqlValues, ValueKind, compose};

/// Where a step is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// A computer with psql and `pg_dump` that reaches the database.
    Laptop,
    /// The host's dashboard.
    Dashboard,
    /// A checkout of the service's repository.
    Repository,
    /// The host's shell of the service.
    Shell,
}

/// Whose rights a step needs in the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RunAs {
    /// The user the service connects as.
    App,
    /// The owner of the schema or the tables.
    Owner,
    /// A user who may do what owners may not.
    Administrator,
}

/// What is done by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ActName {
    /// Stop the service or others that use the database.
    Suspend,
    /// Start them again.
    Resume,
    /// Deploy a commit.
    Deploy,
    /// Change or write a file or a command.
    Edit,
    /// Set a variable of the service.
    SetVariable,
    /// Look or note, and change nothing.
    Look,
}

/// One thing done by hand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Act {
    /// What is done.
    pub name: ActName,
    /// What it is done to.
    pub target: Option<String>,
    /// What it becomes.
    pub value: Option<String>,
}

/// What a step's file says of it beside the words on the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepData {
    /// Where it is done.
    pub place: Place,
    /// What is done by hand; `None` where the step runs something.
    pub act: Option<Act>,
    /// Whether its SQL is saved as a file, which the next command runs.
    pub saves: bool,
    /// Whose rights it needs.
    pub run_as: Option<RunAs>,
    /// Whether what it prints is read, although no generated SQL printed it.
    pub reads: bool,
    /// When it is done; `None`: always.
    pub when: Option<String>,
    /// The fact and the value with which it is done; with another value it is left out, and without one it is a question of `when`.
    pub only_if: Option<(FactKey, String)>,
}

/// [`StepData`] of every outcome, by the outcome's id and the step's.
pub type AllStepData = BTreeMap<String, BTreeMap<String, StepData>>;

/// How a step is carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum StepKind {
    /// A command in a shell.
    Command,
    /// SQL in psql.
    Sql,
    /// By hand.
    Manual,
}

/// When in a plan a step is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// Before anything is changed.
    Prepare,
    /// The repair and the deploy.
    Run,
    /// Whether it worked.
    Check,
    /// So that it does not happen again.
    Prevent,
}

impl Phase {
    /// The phase of a group of steps.
    fn of(group: &str) -> Self {
        match group {
            "before" => Self::Prepare,
            "check" => Self::Check,
            "prevent" => Self::Prevent,
            _ => Self::Run,
        }
    }
}

/// One step with everything filled in; the order of the fields is that of the interface.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PlannedStep {
    /// Its id, unique in the plan.
    pub id: String,
    /// What to do, in few words.
    pub title: String,
    /// Where.
    pub place: Place,
    /// How.
    pub kind: StepKind,
    /// The shell a command is for.
    pub shell: Option<&'static str>,
    /// The command or SQL, or the words of a step by hand; `None` while a name in it is missing.
    pub text: Option<String>,
    /// The generated SQL it runs or saves.
    pub script: Option<&'static str>,
    /// Ids of earlier steps that must be done first.
    pub needs: Vec<String>,
    /// What it prints or shows.
    pub expect: Option<String>,
    /// How to see that it worked.
    pub verify: Option<String>,
    /// How to take it back.
    pub undo: Option<String>,
    /// The most it can do to data.
    pub risk: &'static str,
    /// Whose rights it needs in the database.
    #[serde(rename = "as")]
    pub run_as: Option<RunAs>,
    /// Whether what it prints changes what comes next.
    pub reads: bool,
    /// When it is done; `None`: always.
    pub conditional: Option<String>,
    /// When in the plan.
    pub phase: Phase,
    /// What is done by hand.
    pub act: Option<Act>,
}

/// The names that are filled in.
#[derive(Clone, Debug, Default)]
pub struct PlanNames {
    /// For words and commands.
    pub values: Values,
    /// For generated SQL.
    pub sql: SqlValues,
    /// The extensions that a server listed in `public`; `None` where none was asked.
    pub extensions: Option<Extensions>,
    /// What is known: it decides which steps are left out.
    pub facts: FactSet,
}

/// A whole plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// Its steps in order.
    pub steps: Vec<PlannedStep>,
    /// The names that are missing in some of them, each once: a flag or key, and what it is.
    pub missing: Vec<(String, String)>,
}

/// The plan of an outcome with the names filled in. A step without [`StepData`] is left out: the content check finds it.
pub fn planned(way: &OutcomePage, groups: &[Group], data: &BTreeMap<String, StepData>, names: &PlanNames) -> Planned {
    let mut writer = Writer { way, names, missing: Vec::new() };
    let mut steps = Vec::new();
    for group in groups {
        let with_data = group.steps.iter().filter_map(|step| Some((step, data.get(&step.id)?)));
        steps.extend(with_data.filter_map(|(step, data)| writer.step(step, data, Phase::of(&group.id))));
    }
    Planned { steps, missing: writer.missing }
}

/// What a step runs: the first thing in it that is run.
enum Runs<'s> {
    Command(&'s Code),
    Sql(&'s Code),
    Script(Edition),
    Extensions,
    Nothing,
}

/// What a step runs, and the command that runs the file it is saved as, if there is one.
fn runs(step: &Step) -> (Runs<'_>, Option<&Code>) {
    let mut all = step.does.iter().filter_map(|block| match block {
        Block::Code(code) if code.language == "sql" => Some(Runs::Sql(code)),
        Block::Code(code) if Form::of_language(&code.language) == Form::Shell => Some(Runs::Command(code)),
        Block::Sql { edition, .. } => Edition::from_id(edition).map(Runs::Script),
        Block::Extensions { .. } => Some(Runs::Extensions),
        _ => None,
    });
    let first = all.next().unwrap_or(Runs::Nothing);
    let then = all.find_map(|next| if let Runs::Command(code) = next { Some(code) } else { None });
    (first, then)
}

/// How many things are run in a step; SQL and the command that runs its file are one.
pub fn things_to_run(step: &Step) -> usize {
    let is_run = |block: &&Block| match block {
        Block::Code(code) => code.language == "sql" || Form::of_language(&code.language) == Form::Shell,
        Block::Sql { .. } | Block::Extensions { .. } => true,
        _ => false,
    };
    let all = step.does.iter().filter(is_run).count();
    match runs(step) {
        (Runs::Script(_) | Runs::Extensions, Some(_)) => all - 1,
        _ => all,
    }
}

struct Writer<'a> {
    way: &'a OutcomePage,
    names: &'a PlanNames,
    missing: Vec<(String, String)>,
}

impl Writer<'_> {
    fn step(&mut self, step: &Step, data: &StepData, phase: Phase) -> Option<PlannedStep> {
        let known =
            data.only_if.as_ref().and_then(|(key, value)| Some(self.names.facts.value(*key)? == value || value == ANY));
        if known == Some(false) {
            return None;
        }
        let when = data.when.clone().filter(|_| known.is_none());
        let (runs, command) = runs(step);
        let script = match &runs {
            Runs::Script(edition) => Some(*edition),
            Runs::Command(code) => code.lines.iter().flatten().find_map(saved_script),
            _ => None,
        };
        let mut act = data.act.clone();
        let (kind, text) = match runs {
            Runs::Nothing => (StepKind::Manual, Some(self.prose(step))),
            // A variable is set by hand, in the way the command shows.
            Runs::Command(code) if act.is_some() => (StepKind::Manual, self.code(code)),
            Runs::Command(code) => (StepKind::Command, self.code(code)),
            Runs::Sql(code) => (StepKind::Sql, self.code(code)),
            Runs::Script(edition) => {
                let file = edition.file_name(self.names.sql.database.as_ref().map(Ident::name));
                let sql = self.script(edition);
                self.saved(file, sql, data, command, &mut act)
            }
            Runs::Extensions => {
                let sql = self.extensions()?;
                self.saved(EXTENSIONS_FILE.to_owned(), Some(sql), data, command, &mut act)
            }
        };
        let note = |kind| step.note(kind).map(|words| self.words(words));
        let reads = data.reads || script.is_some() && kind != StepKind::Manual;
        Some(PlannedStep {
            id: step.id.clone(),
            title: self.words(&step.title),
            place: data.place,
            kind,
            shell: (kind == StepKind::Command).then_some("sh"),
            text,
            script: script.map(Edition::id),
            needs: step.needs.clone(),
            expect: note(Note::Expect),
            verify: note(Note::Verify),
            undo: note(Note::Undo),
            risk: step.risk.id(),
            run_as: data.run_as,
            reads,
            conditional: when.or_else(|| step.only.map(only).map(str::to_owned)),
            phase,
            act,
        })
    }

    /// SQL that is run as it is, or saved as a file that a command of this step or of the next one runs.
    fn saved(
        &mut self,
        file: String,
        sql: Option<String>,
        data: &StepData,
        command: Option<&Code>,
        act: &mut Option<Act>,
    ) -> (StepKind, Option<String>) {
        if !data.saves {
            return (StepKind::Sql, sql);
        }
        *act = Some(Act { name: ActName::Edit, target: Some(file), value: sql.clone() });
        match command {
            Some(code) => (StepKind::Command, self.code(code)),
            None => (StepKind::Manual, sql),
        }
    }

    fn script(&mut self, edition: Edition) -> Option<String> {
        match compose(edition, &self.names.sql) {
            Ok(composed) => Some(composed.sql),
            Err(SqlError::Missing(_)) => {
                let given = &self.names.sql;
                for kind in edition.required().iter().filter(|kind| !gives(given, **kind)) {
                    self.lacks(kind.flag().to_owned(), kind.word());
                }
                None
            }
            Err(_) => None,
        }
    }

    fn extensions(&self) -> Option<String> {
        let database: &Ident = self.names.sql.database.as_ref()?;
        self.names.extensions.as_ref()?.compose(database).map(|composed| composed.sql)
    }

    fn code(&mut self, code: &Code) -> Option<String> {
        let (lines, _, form) = code.lines_for(false);
        match copied(lines, form, &self.names.values, &self.way.placeholders) {
            Ok(text) => Some(text),
            Err(missing) => {
                for placeholder in missing {
                    self.lacks(flag(placeholder), &placeholder.label);
                }
                None
            }
        }
    }

    fn lacks(&mut self, flag: String, what: &str) {
        if self.missing.iter().all(|(known, _)| *known != flag) {
            self.missing.push((flag, what.to_owned()));
        }
    }

    fn prose(&self, step: &Step) -> String {
        plain_text(&step.does, &self.names.values, Corrections::Hidden).trim_end().to_owned()
    }

    fn words(&self, words: &[Inline]) -> String {
        plain(words, &self.names.values)
    }
}

fn gives(names: &SqlValues, kind: ValueKind) -> bool {
    match kind {
        ValueKind::DbUser => names.grantee.is_some(),
        ValueKind::Database => names.database.is_some(),
    }
}

/// What stands for every value of a fact in [`StepData::only_if`].
const ANY: &str = "*";

/// The file the extensions' SQL is kept in.
const EXTENSIONS_FILE: &str = "extensions.sql";

fn only(plan: Only) -> &'static str {
    match plan {
        Only::Free => "on a free plan",
        Only::Paid => "on a paid plan",
    }
}

/// The flag of the command line that gives a value.
fn flag(placeholder: &Placeholder) -> String {
    match placeholder.key.as_str() {
        "db_user" => "--db-user NAME".to_owned(),
        "database" => "--database NAME".to_owned(),
        key => format!("--set {key}=VALUE"),
    }
}
