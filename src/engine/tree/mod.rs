//! Facts and answers → outcome: the decision structure, as data.
//!
//! Conditions are tiny on purpose: a node looks at one fact or asks one question. What cannot be said so becomes a derived
//! fact in [`crate::engine::diagnose`], never a richer condition language. Position is never stored: a [`Walk`] is
//! replayed from the start with all answers given, so changing one answer keeps the others.

mod walk;

use serde::{Deserialize, Serialize};

pub use walk::{Answers, End, Step, Walk, questions_left, reachable, walk};

use crate::engine::fact::FactKey;

/// The decision structure of all runbooks.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Tree {
    /// The first node.
    pub start: String,
    /// All nodes.
    pub nodes: Vec<Node>,
    /// All questions.
    pub questions: Vec<Question>,
}

/// A place in the tree: looks at a fact or asks a question, then goes on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Node {
    /// Kebab-case id, distinct from every outcome's.
    pub id: String,
    /// What decides.
    pub on: Subject,
    /// Where each value leads; for a question every answer has one.
    pub branches: Vec<Branch>,
    /// Where a fact leads that has another value or none; `None` for a question.
    pub otherwise: Option<Target>,
}

/// What decides at a node.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Subject {
    /// A fact of the log.
    Fact(FactKey),
    /// A question, by id.
    Question(String),
}

/// One way on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Branch {
    /// The fact's value or the answer's id.
    pub value: String,
    /// Where it leads.
    pub to: Target,
}

/// Where a branch leads.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Target {
    /// Another node.
    Node(String),
    /// The end of the walk.
    Outcome(String),
}

/// Something only the reader knows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// Kebab-case id; also the key of `--answer`.
    pub id: String,
    /// The question, one sentence.
    pub text: String,
    /// Why it is asked.
    pub why: String,
    /// How to find out.
    pub find_out: String,
    /// The possible answers, in the order shown.
    pub answers: Vec<Answer>,
    /// The answer taken when the reader gave none: the question is then not asked, only open to being overturned.
    pub assumed: Option<String>,
    /// The answer of a reader who does not know; it opens nothing that deletes data. `None` only where one is assumed.
    pub not_sure: Option<String>,
}

/// One possible answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// Kebab-case id; also the value of `--answer`.
    pub id: String,
    /// The answer as a full sentence.
    pub text: String,
}

impl Tree {
    /// The node with this id.
    pub fn node(&self, id: &str) -> Option<&Node> {
        self.nodes.iter().find(|node| node.id == id)
    }

    /// The question with this id.
    pub fn question(&self, id: &str) -> Option<&Question> {
        self.questions.iter().find(|question| question.id == id)
    }

    /// Whether a node has a branch for this value of a fact.
    pub fn looks_for(&self, key: FactKey, value: &str) -> bool {
        let looking = self.nodes.iter().filter(|node| node.on == Subject::Fact(key));
        looking.flat_map(|node| &node.branches).any(|branch| branch.value == value)
    }

    /// Whether the question exists and has this answer.
    pub fn knows(&self, question: &str, answer: &str) -> bool {
        self.question(question).is_some_and(|q| q.answers.iter().any(|a| a.id == answer))
    }
}

impl Target {
    /// The id of the node or outcome.
    pub fn id(&self) -> &str {
        match self {
            Target::Node(id) | Target::Outcome(id) => id,
        }
    }
}

impl Node {
    /// Every value it leads on from, and where to; `None` is every other value.
    pub fn ways(&self) -> impl Iterator<Item = (Option<&str>, &Target)> {
        let named = self.branches.iter().map(|branch| (Some(branch.value.as_str()), &branch.to));
        named.chain(self.otherwise.iter().map(|to| (None, to)))
    }

    /// Where a value leads; `None` when the content names no way on.
    pub fn target(&self, value: Option<&str>) -> Option<&Target> {
        let branch = self.branches.iter().find(|branch| Some(branch.value.as_str()) == value);
        branch.map(|branch| &branch.to).or(self.otherwise.as_ref())
    }
}
