//! What no single file can get wrong: ids that lead nowhere, gates that are missing.

use std::collections::{BTreeMap, BTreeSet};

use super::reader::Reader;
use crate::engine::catalogue::Catalogue;
use crate::engine::fact::FactKey;
use crate::engine::page::Risk;
use crate::engine::tree::{Subject, Target, Tree};

/// Checks the catalogue as a whole; `files` says which file each node of the tree stands in.
pub(super) fn check(catalogue: &Catalogue, files: &BTreeMap<String, String>, reader: &mut Reader<'_>) {
    // What a branch leads to that is not there was said when its file was read.
    if catalogue.tree.nodes.is_empty() || !targets_exist(catalogue) {
        return;
    }
    all_is_reached(catalogue, files, reader);
    // On a cycle following every way would not end.
    if no_cycle(&catalogue.tree, files, reader) {
        gates(catalogue, files, reader);
    }
}

/// Notes a problem of a node, in its file.
fn note(
    reader: &mut Reader<'_>,
    files: &BTreeMap<String, String>,
    node: &str,
    message: String,
    suggestion: impl Into<String>,
) {
    let file = files.get(node).map_or("content/trees", String::as_str);
    reader.problem(file, (1, 1), message, suggestion);
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
    tree.nodes
        .iter()
        .flat_map(|node| node.branches.iter().map(|b| &b.to).chain(&node.otherwise).map(|to| (node.id.as_str(), to)))
}

fn all_is_reached(catalogue: &Catalogue, files: &BTreeMap<String, String>, reader: &mut Reader<'_>) {
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
        note(reader, files, id, format!("nothing leads to the node `{id}`"), "lead to it, or remove it");
    }
    for outcome in catalogue.outcomes.iter().filter(|o| !ends.contains(o.id.as_str())) {
        let file = format!("content/outcomes/{}.md", outcome.id);
        reader.problem(&file, (1, 1), "no branch of the tree leads here", "lead to it, or remove the file");
    }
}

fn no_cycle(tree: &Tree, files: &BTreeMap<String, String>, reader: &mut Reader<'_>) -> bool {
    // Nodes without a way on are taken off until none is left or all that are left lie on a cycle.
    let mut left: BTreeSet<&str> = node_ids(tree).collect();
    loop {
        let done: Vec<&str> = left
            .iter()
            .copied()
            .filter(|id| {
                !edges(tree).any(|(from, to)| from == *id && matches!(to, Target::Node(n) if left.contains(n.as_str())))
            })
            .collect();
        if done.is_empty() {
            break;
        }
        left.retain(|id| !done.contains(id));
    }
    if let Some(id) = left.first() {
        note(reader, files, id, format!("a walk through `{id}` never ends"), "lead one of its branches on");
    }
    left.is_empty()
}

/// What every way to an outcome that deletes data must have passed.
const GATES: [(&str, &[&str]); 2] = [("right-database", &["confirmed"]), ("data", &["disposable", "backed-up"])];

/// And to Option B beside these.
const GATES_OF_B: [(&str, &[&str]); 2] = [("tried", &["option-a-refused"]), ("ownership", &["cannot-fix"])];

fn gates(catalogue: &Catalogue, files: &BTreeMap<String, String>, reader: &mut Reader<'_>) {
    let tree = &catalogue.tree;
    let mut found = Vec::new();
    follow(catalogue, &tree.start, &mut BTreeMap::new(), &mut found);
    found.sort();
    found.dedup();
    for (node, message) in found {
        note(reader, files, node, message, "put the gate before it: the contract of outcomes that delete data");
    }
}

/// Follows every way from a node; `passed` holds what was decided on it.
fn follow<'c>(
    catalogue: &'c Catalogue,
    at: &'c str,
    passed: &mut BTreeMap<&'c str, &'c str>,
    found: &mut Vec<(&'c str, String)>,
) {
    let Some(node) = catalogue.tree.node(at) else { return };
    let subject = match &node.on {
        Subject::Fact(key) => key.id(),
        Subject::Question(id) => id.as_str(),
    };
    let otherwise = node.otherwise.iter().map(|to| ("", to));
    for (value, to) in node.branches.iter().map(|b| (b.value.as_str(), &b.to)).chain(otherwise) {
        if passed.get(subject).is_some_and(|decided| *decided != value) {
            continue;
        }
        let before = passed.insert(subject, value);
        match to {
            Target::Node(next) => follow(catalogue, next, passed, found),
            Target::Outcome(id) => {
                let missing = missing_gates(catalogue, id, passed);
                found.extend(missing.into_iter().map(|message| (node.id.as_str(), message)));
            }
        }
        match before {
            Some(value) => passed.insert(subject, value),
            None => passed.remove(subject),
        };
    }
}

fn missing_gates(catalogue: &Catalogue, outcome: &str, passed: &BTreeMap<&str, &str>) -> Vec<String> {
    let destructive = catalogue.outcome(outcome).is_some_and(|o| o.risk == Risk::Destructive);
    if !destructive {
        return Vec::new();
    }
    let of_b: &[_] = if outcome == "option-b" { &GATES_OF_B } else { &[] };
    let wipe = [(FactKey::Wipe.id(), &["possible"][..])];
    let gates = wipe.iter().chain(&GATES).chain(of_b);
    let missing = gates.filter(|(key, values)| !passed.get(key).is_some_and(|v| values.contains(v)));
    missing
        .map(|(key, values)| format!("a way to `{outcome}` does not pass `{key}` = {}", values.join(" or ")))
        .collect()
}
