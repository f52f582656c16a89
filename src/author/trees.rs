//! `content/trees/<slug of a runbook>.toml` → [`Tree`]: the first runbook's file begins it, the others enter it at a line of a log.

use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use toml::Spanned;

use super::markdown::nearest::did_you_mean;
use super::questions::{RawQuestion, question};
use super::reader::{Place, Reader, SourceFile, Spot};
use super::values;
use crate::engine::fact::FactKey;
use crate::engine::tree::{Branch, Node, Question, Subject, Target, Tree};

/// Marks an outcome where a branch leads: `to = "outcome:stamp"`.
const OUTCOME: &str = "outcome:";

/// The node that what the log says leads through first, when a file has `enter`.
const ENTER: &str = "enter";

/// What a tree's file may name that is defined elsewhere.
pub(super) struct Names<'a> {
    /// Folder names of the runbooks, the first one first.
    pub(super) runbooks: &'a [&'a str],
    /// Ids of the signatures.
    pub(super) signatures: &'a [&'a str],
    /// Ids of the ways out.
    pub(super) outcomes: &'a [&'a str],
}

/// The tree, and where its parts stand.
#[derive(Default)]
pub(super) struct Trees {
    pub(super) tree: Tree,
    pub(super) spots: Spots,
}

/// Where each part of the tree stands, so that what only the whole shows is noted at its place.
#[derive(Default)]
pub(super) struct Spots {
    nodes: BTreeMap<String, Spot>,
    /// By node and value; `otherwise` has the value `""`.
    branches: BTreeMap<(String, String), Spot>,
    pub(super) questions: BTreeMap<String, Spot>,
}

impl Spots {
    /// Where a node's id stands.
    pub(super) fn node(&self, id: &str) -> Option<&Spot> {
        self.nodes.get(id)
    }

    /// Where it says what a value leads to; `None` is any other value.
    pub(super) fn branch(&self, node: &str, value: Option<&str>) -> Option<&Spot> {
        self.branches.get(&(node.to_owned(), value.unwrap_or_default().to_owned())).or_else(|| self.node(node))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTree {
    start: Option<Spanned<String>>,
    #[serde(default)]
    enter: BTreeMap<Spanned<String>, Spanned<String>>,
    #[serde(default)]
    question: Vec<RawQuestion>,
    #[serde(default)]
    node: Vec<RawNode>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawNode {
    id: Spanned<String>,
    fact: Option<Spanned<String>>,
    ask: Option<Spanned<String>>,
    to: BTreeMap<Spanned<String>, Spanned<String>>,
    otherwise: Option<Spanned<String>>,
}

/// The decision tree of all files; an unreadable one is empty and a problem.
pub(super) fn read(reader: &mut Reader<'_>, names: &Names<'_>) -> Trees {
    let mut trees = Trees::default();
    let Some(first) = names.runbooks.first() else { return trees };
    let first_name = format!("trees/{first}.toml");
    if reader.file(&first_name).is_none() {
        return trees;
    }
    let files = reader.folder("trees/", ".toml");
    let read: Vec<(Place<'_>, RawTree)> = files.into_iter().filter_map(|file| reader.whole_at(file)).collect();
    let mut enter =
        Node { id: ENTER.to_owned(), on: Subject::Fact(FactKey::Signature), branches: Vec::new(), otherwise: None };
    let mut targets = Vec::new();
    for (place, raw) in read {
        named_like_a_runbook(reader, place.file, names.runbooks);
        begin(reader, place, &raw, place.file.path.ends_with(&first_name), &mut trees.tree);
        for (signature, to) in raw.enter {
            known_signature(reader, place, &signature, names.signatures);
            targets.push((place, ENTER.to_owned(), to.clone()));
            let spot = Reader::spot(place, &signature);
            trees.spots.nodes.entry(ENTER.to_owned()).or_insert_with(|| spot.clone());
            trees.spots.branches.insert((ENTER.to_owned(), signature.get_ref().clone()), spot);
            enter.branches.push(Branch { value: signature.into_inner(), to: target(&to) });
        }
        for raw in raw.question {
            let spot = Reader::spot(place, &raw.id);
            trees.spots.questions.entry(raw.id.get_ref().clone()).or_insert(spot);
            question(reader, place, raw, &mut trees.tree.questions);
        }
        for raw in raw.node {
            let leads = raw.to.values().chain(&raw.otherwise).cloned();
            targets.extend(leads.map(|to| (place, raw.id.get_ref().clone(), to)));
            trees.add(reader, place, raw);
        }
    }
    lead_somewhere(reader, &trees.spots, &targets, names.outcomes);
    trees.enter_at(enter);
    trees
}

impl Trees {
    fn add(&mut self, reader: &mut Reader<'_>, place: Place<'_>, raw: RawNode) {
        let id = raw.id.get_ref().clone();
        if id == ENTER || self.spots.nodes.contains_key(&id) {
            reader.wrong(place, &raw.id, format!("there is another node `{id}`"), "give one of the two another id");
            return;
        }
        self.spots.nodes.insert(id.clone(), Reader::spot(place, &raw.id));
        for value in raw.to.keys() {
            self.spots.branches.insert((id.clone(), value.get_ref().clone()), Reader::spot(place, value));
        }
        if let Some(to) = &raw.otherwise {
            self.spots.branches.insert((id, String::new()), Reader::spot(place, to));
        }
        self.tree.nodes.extend(node(reader, place, raw, &self.tree.questions));
    }

    /// Puts the node before all others that the lines of a log lead through, if there is any such line.
    fn enter_at(&mut self, mut enter: Node) {
        if !enter.branches.is_empty() {
            enter.otherwise = Some(Target::Node(std::mem::replace(&mut self.tree.start, ENTER.to_owned())));
            self.tree.nodes.insert(0, enter);
        }
    }
}

fn named_like_a_runbook(reader: &mut Reader<'_>, file: &SourceFile, runbooks: &[&str]) {
    let name = file.path.rsplit('/').next().and_then(|name| name.strip_suffix(".toml")).unwrap_or_default();
    if !runbooks.contains(&name) {
        let suggestion = did_you_mean(name, runbooks.iter().copied());
        reader.problem(&file.path, (1, 1), format!("there is no runbook `{name}`"), suggestion);
    }
}

/// Where all begins stands in the first runbook's file, and only there.
fn begin(reader: &mut Reader<'_>, place: Place<'_>, raw: &RawTree, is_first: bool, tree: &mut Tree) {
    match (&raw.start, is_first) {
        (Some(start), true) => {
            tree.start.clone_from(start.get_ref());
            let nodes: Vec<&str> = raw.node.iter().map(|node| node.id.get_ref().as_str()).collect();
            if !nodes.contains(&tree.start.as_str()) {
                let message = format!("it starts at `{}`, which is no node", tree.start);
                reader.wrong(place, start, message, did_you_mean(&tree.start, nodes));
            }
        }
        (None, true) => reader.at(place, 0, "`start` is missing", "name the first node: `start = \"…\"`"),
        (Some(start), false) => {
            reader.wrong(place, start, "only the first runbook has a `start`", "use `enter` to say where a line leads");
        }
        (None, false) => {}
    }
}

fn known_signature(reader: &mut Reader<'_>, place: Place<'_>, id: &Spanned<String>, known: &[&str]) {
    if !known.contains(&id.get_ref().as_str()) {
        let message = format!("there is no file `content/signatures/{}.md`", id.get_ref());
        reader.wrong(place, id, message, did_you_mean(id.get_ref(), known.iter().copied()));
    }
}

/// Every branch leads to a node or outcome there is.
fn lead_somewhere(
    reader: &mut Reader<'_>,
    spots: &Spots,
    targets: &[(Place<'_>, String, Spanned<String>)],
    outcomes: &[&str],
) {
    // A node that could not be read is there all the same.
    let nodes: BTreeSet<&str> = spots.nodes.keys().map(String::as_str).filter(|id| *id != ENTER).collect();
    for (place, from, to) in targets {
        match target(to) {
            Target::Node(id) if !nodes.contains(id.as_str()) => {
                let message = format!("`{from}` leads to `{id}`, which is no node");
                let known: Vec<&str> = nodes.iter().copied().collect();
                reader.wrong(*place, to, message, did_you_mean(&id, known));
            }
            Target::Outcome(id) if !outcomes.contains(&id.as_str()) => {
                let message = format!("`{from}` leads to the outcome `{id}`, which has no file");
                reader.wrong(*place, to, message, did_you_mean(&id, outcomes.iter().copied()));
            }
            _ => {}
        }
    }
}

fn node(reader: &mut Reader<'_>, place: Place<'_>, raw: RawNode, questions: &[Question]) -> Option<Node> {
    let on = subject(reader, place, &raw, questions)?;
    if let Subject::Question(id) = &on {
        every_answer_leads_on(reader, place, &raw, questions.iter().find(|q| q.id == *id)?);
    } else if raw.otherwise.is_none() {
        reader.wrong(place, &raw.id, "a fact may have another value or none", "add `otherwise`");
    }
    if let Subject::Fact(key) = on {
        for value in raw.to.keys() {
            values::known(reader, place, key, value);
        }
    }
    let branches =
        raw.to.into_iter().map(|(value, to)| Branch { value: value.into_inner(), to: target(&to) }).collect();
    Some(Node { id: raw.id.into_inner(), on, branches, otherwise: raw.otherwise.as_ref().map(target) })
}

fn subject(reader: &mut Reader<'_>, place: Place<'_>, raw: &RawNode, questions: &[Question]) -> Option<Subject> {
    match (&raw.fact, &raw.ask) {
        (Some(fact), None) => {
            let key = FactKey::from_id(fact.get_ref());
            if key.is_none() {
                let known = FactKey::ALL.iter().map(|key| key.id());
                reader.wrong(place, fact, "there is no such fact", did_you_mean(fact.get_ref(), known));
            }
            key.map(Subject::Fact)
        }
        (None, Some(ask)) => {
            let known = questions.iter().any(|q| q.id == *ask.get_ref());
            if !known {
                let ids = questions.iter().map(|q| q.id.as_str());
                reader.wrong(place, ask, "there is no such question", did_you_mean(ask.get_ref(), ids));
            }
            known.then(|| Subject::Question(ask.get_ref().clone()))
        }
        _ => {
            reader.wrong(
                place,
                &raw.id,
                "a node looks at one fact or asks one question",
                "give either `fact` or `ask`",
            );
            None
        }
    }
}

fn every_answer_leads_on(reader: &mut Reader<'_>, place: Place<'_>, raw: &RawNode, question: &Question) {
    for answer in &question.answers {
        if raw.to.keys().all(|value| *value.get_ref() != answer.id) {
            let suggestion = format!("add `{} = \"…\"` to `to`", answer.id);
            reader.wrong(place, &raw.id, format!("the answer `{}` leads nowhere", answer.id), suggestion);
        }
    }
    for value in raw.to.keys() {
        if question.answers.iter().all(|a| a.id != *value.get_ref()) {
            let known = question.answers.iter().map(|a| a.id.as_str());
            reader.wrong(place, value, "this is none of the answers", did_you_mean(value.get_ref(), known));
        }
    }
}

fn target(to: &Spanned<String>) -> Target {
    match to.get_ref().strip_prefix(OUTCOME) {
        Some(outcome) => Target::Outcome(outcome.to_owned()),
        None => Target::Node(to.get_ref().clone()),
    }
}
