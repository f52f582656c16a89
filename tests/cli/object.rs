//! The JSON object of a diagnosis, with the contract's keys in their order.

use serde::{Deserialize, Serialize};

use crate::run::run_with;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Object {
    pub(crate) file: String,
    pub(crate) situation: String,
    pub(crate) candidates: Vec<String>,
    pub(crate) signature: Option<String>,
    pub(crate) headline: String,
    pub(crate) evidence: Vec<Evidence>,
    pub(crate) warnings: Vec<Warning>,
    pub(crate) facts: Facts,
    pub(crate) question: Option<Question>,
    pub(crate) outcome: Option<Outcome>,
    pub(crate) reachable: Vec<Reachable>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Evidence {
    pub(crate) line: u32,
    pub(crate) text: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Warning {
    pub(crate) id: String,
    pub(crate) line: u32,
    pub(crate) text: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Facts {
    pub(crate) relation: Option<String>,
    pub(crate) schema: Option<String>,
    pub(crate) revision: Option<String>,
    pub(crate) db_user: Option<String>,
    pub(crate) database: Option<String>,
    pub(crate) start_command: Option<String>,
    pub(crate) driver: Option<String>,
    pub(crate) tool: Option<String>,
    pub(crate) dbms: Option<String>,
    pub(crate) platform: Option<String>,
    pub(crate) from_revision: Option<String>,
    pub(crate) host_kind: Option<String>,
    pub(crate) server_version: Option<String>,
    pub(crate) object: Option<String>,
    pub(crate) extension: Option<String>,
    pub(crate) constraint: Option<String>,
    pub(crate) build_command: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Question {
    pub(crate) id: String,
    pub(crate) text: String,
    pub(crate) answers: Vec<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Outcome {
    pub(crate) id: String,
    pub(crate) risk: String,
    pub(crate) title: String,
}

#[derive(Serialize, Deserialize, PartialEq, Debug)]
#[serde(deny_unknown_fields)]
pub(crate) struct Reachable {
    pub(crate) id: String,
    pub(crate) risk: String,
}

/// Every line as an object of the contract.
pub(crate) fn objects(out: &str) -> Vec<Object> {
    assert!(out.is_empty() || out.ends_with('\n'), "every line ends with LF");
    assert!(!out.contains('\r'), "and with nothing else");
    let lines = out.split('\n').filter(|line| !line.is_empty());
    lines.map(object).collect()
}

pub(crate) fn object(line: &str) -> Object {
    let object: Object = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
    assert_eq!(serde_json::to_string(&object).expect("JSON"), line, "keys, their order and nothing else");
    assert_ne!(object.question.is_some(), object.outcome.is_some(), "one of the two: {line}");
    assert_eq!(object.candidates.first(), Some(&object.situation), "{line}");
    assert!(!object.reachable.is_empty(), "{line}");
    if let Some(outcome) = &object.outcome {
        let only = Reachable { id: outcome.id.clone(), risk: outcome.risk.clone() };
        assert_eq!(object.reachable, [only], "{line}");
    }
    let risks = object.reachable.iter().map(|way| way.risk.as_str());
    assert!(
        risks.into_iter().all(|risk| ["none", "reversible", "migrates", "interrupts", "destructive"].contains(&risk)),
        "{line}"
    );
    object
}

/// The one object of one input.
pub(crate) fn diagnosed(arguments: &[&str], input: &[u8]) -> Object {
    let ran = run_with(&[&["diagnose", "--format", "json"], arguments].concat(), input);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let mut objects = objects(&ran.out);
    assert_eq!(objects.len(), 1);
    objects.remove(0)
}
