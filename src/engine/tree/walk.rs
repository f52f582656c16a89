//! One replay through a tree, and where it can still lead.

use std::collections::{BTreeMap, BTreeSet};

use super::{Node, Question, Subject, Target, Tree};
use crate::engine::fact::FactSet;

/// Answers given, by question id.
pub type Answers = BTreeMap<String, String>;

/// One node passed and what decided there.
#[derive(Debug, Clone, PartialEq)]
pub struct Step<'t> {
    /// The node.
    pub node: &'t Node,
    /// The fact's value or the answer's id; `None` for a fact the log does not tell.
    pub value: Option<String>,
    /// Whether the reader gave the answer; an assumed one can still be overturned.
    pub answered: bool,
}

impl Step<'_> {
    /// The value of the branch that was taken; `None` when it was the one for every other value.
    pub fn taken(&self) -> Option<&str> {
        let value = self.value.as_deref()?;
        self.node.branches.iter().any(|branch| branch.value == value).then_some(value)
    }
}

/// Where a walk stands.
#[derive(Debug, Clone, PartialEq)]
pub enum End<'t> {
    /// This must be answered first.
    Question(&'t Question),
    /// The outcome with this id.
    Outcome(&'t str),
}

/// One replay: the nodes passed and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Walk<'t> {
    /// Nodes passed, first to last.
    pub trail: Vec<Step<'t>>,
    /// The open question or the outcome.
    pub end: End<'t>,
}

/// The outcome of a walk through a tree that does not hold together; content checks make sure it is never seen.
const LOST: &str = "collect-more";

/// Replays the tree. Answers to questions that are not on this walk are ignored.
pub fn walk<'t>(tree: &'t Tree, facts: &FactSet, answers: &Answers) -> Walk<'t> {
    replay(tree, facts, answers, Assume::Yes)
}

/// Whether a question with an assumed answer is passed or asked.
#[derive(Clone, Copy, PartialEq)]
enum Assume {
    Yes,
    No,
}

fn replay<'t>(tree: &'t Tree, facts: &FactSet, answers: &Answers, assume: Assume) -> Walk<'t> {
    let mut trail: Vec<Step<'t>> = Vec::new();
    let mut at = tree.start.as_str();
    loop {
        // A tree with a cycle fails the content check; here it only must not hang.
        let Some(node) = tree.node(at).filter(|_| trail.len() <= tree.nodes.len()) else {
            return Walk { trail, end: End::Outcome(LOST) };
        };
        let (value, answered) = match &node.on {
            Subject::Fact(key) => (facts.value(*key).map(str::to_owned), false),
            Subject::Question(id) => {
                let Some(question) = tree.question(id) else {
                    return Walk { trail, end: End::Outcome(LOST) };
                };
                let given = answers.get(id).filter(|value| tree.knows(id, value));
                match (given, &question.assumed) {
                    (Some(value), _) => (Some(value.clone()), true),
                    (None, Some(assumed)) if assume == Assume::Yes => (Some(assumed.clone()), false),
                    (None, _) => return Walk { trail, end: End::Question(question) },
                }
            }
        };
        let target = node.target(value.as_deref());
        trail.push(Step { node, value, answered });
        match target {
            Some(Target::Node(next)) => at = next,
            Some(Target::Outcome(id)) => return Walk { trail, end: End::Outcome(id) },
            None => return Walk { trail, end: End::Outcome(LOST) },
        }
    }
}

/// Every outcome that some answers to the questions still open lead to; exactly the one reached once it is reached.
/// A question with an assumed answer counts as open until then.
pub fn reachable<'t>(tree: &'t Tree, facts: &FactSet, answers: &Answers) -> BTreeSet<&'t str> {
    if let End::Outcome(id) = walk(tree, facts, answers).end {
        return BTreeSet::from([id]);
    }
    let mut ends = BTreeSet::new();
    explore(tree, facts, answers, &mut ends);
    ends
}

/// The most questions that are still asked, whatever is answered; 0 once an outcome is reached.
pub fn questions_left(tree: &Tree, facts: &FactSet, answers: &Answers) -> usize {
    let End::Question(question) = walk(tree, facts, answers).end else { return 0 };
    let after = question.answers.iter().map(|answer| {
        let mut more = answers.clone();
        more.insert(question.id.clone(), answer.id.clone());
        questions_left(tree, facts, &more)
    });
    1 + after.max().unwrap_or_default()
}

/// Gives every answer to the open question, then to the next.
fn explore<'t>(tree: &'t Tree, facts: &FactSet, answers: &Answers, ends: &mut BTreeSet<&'t str>) {
    match replay(tree, facts, answers, Assume::No).end {
        End::Outcome(id) => {
            ends.insert(id);
        }
        End::Question(question) => {
            for answer in &question.answers {
                let mut more = answers.clone();
                more.insert(question.id.clone(), answer.id.clone());
                explore(tree, facts, &more, ends);
            }
        }
    }
}
