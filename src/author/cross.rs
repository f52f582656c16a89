//! What no single file can get wrong: ids that lead nowhere, gates that are missing.

use std::collections::{BTreeMap, BTreeSet};

use super::reader::{Reader, Spot};
use super::trees::Spots;
use crate::engine::catalogue::Catalogue;
use crate::engine::fact::FactKey;
use crate::engine::gate::{GATES, GATES_OF_B, Gate};
use crate::engine::page::Risk;
use crate::engine::tree::{Node, Subject, Target, Tree};

/// Checks the catalogue as a whole; `spots` says where each part of the tree stands.
pub(super) fn check(catalogue: &Catalogue, spots: &Spots, reader: &mut Reader<'_>) {
    // What a branch leads to that is not there was said when its file was read.
    if catalogue.tree.nodes.is_empty() || !targets_exist(catalogue) {
        return;
    }
    all_is_reached(catalogue, spots, reader);
    all_is_asked(&catalogue.tree, spots, reader);
    // On a cycle following every way would not end.
    if no_cycle(&catalogue.tree, spots, reader) {
        every_way(catalogue, spots, reader);
    }
}

/// Notes a problem of a part of the tree, where it stands.
fn note(reader: &mut Reader<'_>, spot: Option<&Spot>, message: String, suggestion: impl Into<String>) {
    match spot {
        Some(spot) => reader.wrong_at(spot, message, suggestion),
        None => reader.problem("content/trees", (1, 1), message, suggestion),
    }
}

fn targets_exist(catalogue: &Catalogue) -> bool {
    let tree = &catalogue.tree;
    let exists = |target: &Target| match target {
        Target::Node(id) => tree.node(id).is_some(),
        Target::Outcome(id) => catalogue.outcome(id).is_some(),
    };
    tree.node(&tree.start).is_some() && edges(tree).all(|(_, target)| exists(target))
}

fn node_ids(tree: &Tree) -> impl Iterator<Item = &str> + Clone {
    tree.nodes.iter().map(|node| node.id.as_str())
}

fn edges(tree: &Tree) -> impl Iterator<Item = (&str, &Target)> {
    tree.nodes.iter().flat_map(|node| node.ways().map(|(_, to)| (node.id.as_str(), to)))
}

fn all_is_reached(catalogue: &Catalogue, spots: &Spots, reader: &mut Reader<'_>) {
    let tree = &catalogue.tree;
    let mut reached: BTreeSet<&str> = BTreeSet::from([tree.start.as_str()]);
    let mut ends: BTreeSet<&str> = BTreeSet::new();
    let mut open = vec![tree.start.as_str()];
    while let Some(at) = open.pop() {
        for (_, target) in edges(tree).filter(|(from, _)| *from == at) {
            match target {
                Target::Node(id) => {
                    if reached.insert(id) {
                        open.push(id);
                    }
                }
                Target::Outcome(id) => {
                    ends.insert(id);
                }
            }
        }
    }
    for id in node_ids(tree).filter(|id| !reached.contains(id)) {
        let message = format!("nothing leads to the node `{id}`");
        note(reader, spots.node(id), message, "lead to it from another node, or remove it");
    }
    for outcome in catalogue.outcomes.iter().filter(|o| !ends.contains(o.id.as_str())) {
        let file = format!("content/outcomes/{}.md", outcome.id);
        let suggestion = format!("lead to it with `outcome:{}`, or remove the file", outcome.id);
        reader.problem(&file, (1, 1), "no branch of the tree leads here", suggestion);
    }
}

fn all_is_asked(tree: &Tree, spots: &Spots, reader: &mut Reader<'_>) {
    let asked = |id: &str| tree.nodes.iter().any(|node| matches!(&node.on, Subject::Question(asked) if asked == id));
    for question in tree.questions.iter().filter(|question| !asked(&question.id)) {
        let id = &question.id;
        let message = format!("no node asks the question `{id}`");
        note(
            reader,
            spots.questions.get(id),
            message,
            format!("add a node with `ask = \"{id}\"`, or remove the question"),
        );
    }
}

fn no_cycle(tree: &Tree, spots: &Spots, reader: &mut Reader<'_>) -> bool {
    let mut left: BTreeSet<&str> = node_ids(tree).collect();
    // Nodes without a way on, and then those without a way to them, are taken off until all that are left lie on or between cycles.
    while retain(&mut left, |id, left| ways_on(tree, id).any(|to| left.contains(to))) {}
    while retain(&mut left, |id, left| left.iter().any(|from| ways_on(tree, from).any(|to| to == id))) {}
    if let Some(id) = left.first() {
        let message = format!("a walk through `{id}` never ends");
        note(reader, spots.node(id), message, "lead one of the branches behind it to an outcome");
    }
    left.is_empty()
}

/// The nodes a node leads to.
fn ways_on<'t>(tree: &'t Tree, id: &str) -> impl Iterator<Item = &'t str> {
    let ways = tree.node(id).into_iter().flat_map(Node::ways);
    ways.filter(|(_, to)| matches!(to, Target::Node(_))).map(|(_, to)| to.id())
}

/// Keeps what fits beside all that are left; gives whether something was taken off.
fn retain<'t>(left: &mut BTreeSet<&'t str>, fits: impl Fn(&str, &BTreeSet<&'t str>) -> bool) -> bool {
    let before = left.clone();
    left.retain(|id| fits(id, &before));
    left.len() < before.len()
}

/// Most questions on a way to an outcome that deletes data, and to any other.
const QUESTIONS: [usize; 2] = [7, 5];

fn every_way(catalogue: &Catalogue, spots: &Spots, reader: &mut Reader<'_>) {
    let mut ways = Ways { catalogue, passed: BTreeMap::new(), not: BTreeMap::new(), found: BTreeSet::new() };
    ways.follow(&catalogue.tree.start);
    for Finding { node, value, message, suggestion } in ways.found {
        note(reader, spots.branch(node, value), message, suggestion);
    }
}

/// Every way through the tree, and what is wrong on some of them.
struct Ways<'c> {
    catalogue: &'c Catalogue,
    /// What was decided so far; another value than the ones named is `None`.
    passed: BTreeMap<Passed<'c>, Option<&'c str>>,
    /// The values that a fact of another value does not have: those named where it was looked at.
    not: BTreeMap<Passed<'c>, BTreeSet<&'c str>>,
    found: BTreeSet<Finding<'c>>,
}

/// What decides at a node.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Passed<'c> {
    Fact(FactKey),
    Question(&'c str),
}

/// What is wrong with a branch that leads to an end.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Finding<'c> {
    node: &'c str,
    value: Option<&'c str>,
    message: String,
    suggestion: &'static str,
}

impl<'c> Ways<'c> {
    fn follow(&mut self, at: &str) {
        let Some(node) = self.catalogue.tree.node(at) else { return };
        let subject = match &node.on {
            Subject::Fact(key) => Passed::Fact(*key),
            Subject::Question(id) => Passed::Question(id),
        };
        for (value, to) in node.ways() {
            let before = self.passed.get(&subject).copied();
            if !self.is_possible(subject, node, value) {
                continue;
            }
            // What was decided stays decided where a node does not name it.
            self.passed.insert(subject, value.or(before.flatten()));
            let not = self.not.get(&subject).cloned();
            if value.is_none() && before.flatten().is_none() {
                self.not.entry(subject).or_default().extend(node.branches.iter().map(|branch| branch.value.as_str()));
            }
            match to {
                Target::Node(next) => self.follow(next),
                Target::Outcome(id) => self.end(node, value, id),
            }
            match before {
                Some(value) => self.passed.insert(subject, value),
                None => self.passed.remove(&subject),
            };
            match not {
                Some(values) => self.not.insert(subject, values),
                None => self.not.remove(&subject),
            };
        }
    }

    /// Whether a branch can be taken after all that was decided: by the value decided, or by one that was not excluded.
    fn is_possible(&self, subject: Passed<'c>, node: &Node, value: Option<&str>) -> bool {
        let named = |decided: &str| node.branches.iter().any(|branch| branch.value == decided);
        match (self.passed.get(&subject), value) {
            (None, _) | (Some(None), None) => true,
            (Some(Some(decided)), Some(value)) => *decided == value,
            (Some(Some(decided)), None) => !named(decided),
            (Some(None), Some(value)) => self.not.get(&subject).is_none_or(|not| !not.contains(value)),
        }
    }

    /// Whether this is a question that is asked: one with an assumed answer is only there to be overturned.
    fn is_asked(&self, passed: &Passed<'_>) -> bool {
        let Passed::Question(id) = passed else { return false };
        self.catalogue.tree.question(id).is_some_and(|question| question.assumed.is_none())
    }

    fn end(&mut self, node: &'c Node, value: Option<&'c str>, outcome: &str) {
        let destructive = self.catalogue.outcome(outcome).is_some_and(|o| o.risk == Risk::Destructive);
        let questions = self.passed.keys().filter(|passed| self.is_asked(passed)).count();
        let mut wrong = |message, suggestion| {
            self.found.insert(Finding { node: &node.id, value, message, suggestion });
        };
        let [deleting, other] = QUESTIONS;
        let most = if destructive { deleting } else { other };
        if questions > most {
            wrong(
                format!("a way to `{outcome}` asks {questions} questions"),
                "lead to an end after at most 5, or 7 before deleting data",
            );
        }
        if !destructive {
            return;
        }
        for (subject, values) in missing_gates(outcome, &self.passed) {
            let message = format!("a way to `{outcome}` does not pass `{subject}` = {}", values.join(" or "));
            wrong(message, "put the gate before it: the contract of outcomes that delete data");
        }
        for question in &self.catalogue.tree.questions {
            let given = self.passed.get(&Passed::Question(&question.id)).copied().flatten();
            if given.is_some() && given == question.not_sure.as_deref() {
                let message = format!("a reader who is not sure about `{}` comes to `{outcome}`", question.id);
                wrong(message, "lead whoever is not sure to an outcome that deletes nothing");
            }
        }
    }
}

fn missing_gates(
    outcome: &str,
    passed: &BTreeMap<Passed<'_>, Option<&str>>,
) -> Vec<(&'static str, &'static [&'static str])> {
    let of_b: &[Gate] = if outcome == "option-b" { &GATES_OF_B } else { &[] };
    let holds = |subject, values: &[&str]| passed.get(&subject).copied().flatten().is_some_and(|v| values.contains(&v));
    let mut missing: Vec<(&'static str, &'static [&'static str])> = Vec::new();
    if !holds(Passed::Fact(FactKey::Wipe), &["possible"]) {
        missing.push((FactKey::Wipe.id(), &["possible"]));
    }
    let gates = GATES.iter().chain(of_b).filter(|gate| !holds(Passed::Question(gate.question), gate.opened_by));
    missing.extend(gates.map(|gate| (gate.question, gate.opened_by)));
    missing
}
