//! What is read on pages of its own and never by the program in a reader's browser: what is known of each error, and how often
//! recorded logs are read right, and what each SQL text did on real servers. Only native programs hold it, and make those pages.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::page::Section;
use super::plan::data::AllStepData;
use super::situation::Situation;

/// Everything those pages say beside the catalogue and the patterns.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reference {
    /// What is known of each error, by the signature's id.
    pub errors: BTreeMap<String, ErrorText>,
    /// How the last test run went; `None` when the content folder holds no such file.
    pub accuracy: Option<Accuracy>,
    /// What each SQL text did on real servers; `None` when the content folder holds no such file.
    pub proof: Option<Proof>,
    /// Which broken services came back; `None` when the content folder holds no such file.
    pub rescues: Option<Rescues>,
    /// The files of the guards' module, by path: they are served as they are.
    pub guard_files: BTreeMap<String, String>,
    /// What programs are told of each outcome's steps.
    pub step_data: AllStepData,
}

/// The prose of a signature's file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErrorText {
    /// One for each of the fixed headings, in their order.
    pub sections: Vec<Section>,
    /// The first log of the file that hits.
    pub example: String,
}

/// How often recorded logs are read right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accuracy {
    /// Where the logs come from.
    pub folders: Vec<Folder>,
    /// By what the label says was the matter.
    pub situations: Vec<(Situation, Counts)>,
}

/// A folder of labelled logs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Folder {
    /// Its name.
    pub name: String,
    /// What is in it, in one sentence.
    pub about: String,
    /// How they are read.
    pub counts: Counts,
}

/// Numbers of logs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counts {
    /// All of them.
    pub logs: u32,
    /// What the label says is said.
    pub right: u32,
    /// Something else is said.
    pub wrong: u32,
    /// Nothing is said, though the label says something.
    pub unknown: u32,
    /// A way out that deletes data can be reached, though the label says never; right or wrong.
    #[serde(rename = "unsafe")]
    pub harmful: u32,
    /// It is called healthy, though the label says otherwise; counts beside the first three as well.
    pub false_clear: u32,
    /// How often one of them was read again, carried in another way.
    pub carried: u32,
    /// How often that gave the same.
    pub same: u32,
}

impl Accuracy {
    /// All logs together.
    pub fn total(&self) -> Counts {
        self.situations.iter().fold(Counts::default(), |sum, (_, counts)| sum.and(*counts))
    }
}

impl Counts {
    /// Both together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Counts {
            logs: self.logs + other.logs,
            right: self.right + other.right,
            wrong: self.wrong + other.wrong,
            unknown: self.unknown + other.unknown,
            harmful: self.harmful + other.harmful,
            false_clear: self.false_clear + other.false_clear,
            carried: self.carried + other.carried,
            same: self.same + other.same,
        }
    }
}

/// What each SQL text did in each state on real servers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proof {
    /// The day it was made, `2026-11-23`.
    pub date: String,
    /// Of the texts it was proven of: a test compares it with the texts as they are.
    pub digest: String,
    /// The servers' versions, as they give them.
    pub servers: Vec<String>,
    /// By the state the database was in.
    #[serde(rename = "state")]
    pub states: Vec<ProvenState>,
}

/// A state of a database.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProvenState {
    /// Its name.
    pub id: String,
    /// What it is, in one sentence.
    pub about: String,
    /// One for each text that can meet it.
    pub cells: Vec<ProvenCell>,
}

/// What one text did in one state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProvenCell {
    /// The edition's id.
    pub edition: String,
    /// What it must do there: `reads`, `refuses`, `changes-nothing`, `deletes`, `sets-aside`, `puts-back`, `keeps-both`, `goes-on`.
    pub outcome: String,
    /// How many things were checked on each server.
    pub checks: u32,
    /// How many were as expected, in the order of the servers.
    pub as_expected: Vec<u32>,
}

/// Services that were broken for real, and what came of doing what the pages say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rescues {
    /// The day it was tried, `2026-11-26`.
    pub date: String,
    /// One for each way to break it.
    #[serde(rename = "rescue")]
    pub rescues: Vec<Rescue>,
}

/// One way to break a service, over all servers and drivers it was tried on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rescue {
    /// Its name.
    pub id: String,
    /// What was broken, in one sentence.
    pub broken: String,
    /// The headline of the diagnosis.
    pub said: String,
    /// The id of the outcome that brought it back.
    pub outcome: String,
    /// The most steps until it was back, prevention and conditional ones apart.
    pub steps: u32,
    /// The most questions that were answered.
    pub questions: u32,
    /// Which rows were lost that had to be kept.
    pub lost: Vec<String>,
    /// Major versions of PostgreSQL it was brought back on.
    pub servers: Vec<u32>,
    /// The Python drivers it was brought back with.
    pub drivers: Vec<String>,
    /// The ids of the outcomes that bring it back when every question is answered with "not sure".
    pub not_sure: Vec<String>,
    /// Where it was not brought back: `18 asyncpg`.
    pub failed: Vec<String>,
}
