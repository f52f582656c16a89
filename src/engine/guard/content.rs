//! A guard as an author writes it (`content/guards/<id>.toml`).
//!
//! Plain owned data with serde, so that it is read once at build time and embedded. Its cases are its own tests.
use super::{Decision, EnvSnapshot, evaluate};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What must be set before some scripts do anything.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Guard {
    /// Its name: the stem of its file.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Why it exists.
    pub why: String,
    /// The scripts it keeps from running.
    pub scripts: Vec<String>,
    /// What must be set; all of it.
    pub requirements: Vec<Requirement>,
    /// What the requirements do not say, and what does: one paragraph.
    #[serde(default)]
    pub beside: String,
    /// Examples with the answer they must get.
    #[serde(default)]
    pub cases: Vec<Case>,
    /// The files of a module that does all of it.
    #[serde(default)]
    pub files: Vec<ModuleFile>,
}

/// A file of the module a service can adopt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModuleFile {
    /// Its path below `content/guards/reference/`, which is where it goes below the service's own folder.
    pub path: String,
    /// What it does.
    pub does: String,
}

/// One variable and the only value that counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Requirement {
    /// The variable's name.
    pub variable: String,
    /// The value, byte for byte.
    pub exactly: String,
    /// Why this variable.
    pub why: String,
    /// Where it would be set, and where it must not be.
    #[serde(rename = "where")]
    pub place: String,
}

/// An example: what is set, and whether the scripts would run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// What is set; what is not in it is not set.
    pub set: BTreeMap<String, String>,
    /// Whether the scripts would run.
    pub runs: bool,
    /// What the example shows.
    #[serde(default)]
    pub note: String,
}

impl Requirement {
    /// A requirement without words, for calculations and tests.
    pub fn new(variable: &str, exactly: &str) -> Self {
        Self { variable: variable.to_owned(), exactly: exactly.to_owned(), why: String::new(), place: String::new() }
    }
}

impl Guard {
    /// The cases that do not get the answer written in them: an author's mistakes.
    pub fn failing_cases(&self) -> Vec<&Case> {
        let answer = |case: &Case| evaluate(&self.requirements, &case.snapshot()).decision;
        self.cases.iter().filter(|case| (answer(case) == Decision::Run) != case.runs).collect()
    }
}

impl Case {
    /// What is set, as bytes.
    pub fn snapshot(&self) -> EnvSnapshot {
        let mut env = EnvSnapshot::default();
        for (name, value) in &self.set {
            env.set(name.as_bytes(), value.as_bytes());
        }
        env
    }
}
