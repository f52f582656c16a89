//! A visit as the fragment of a link: what was seen and answered, by id. Never the log, and names only on request.
//!
//! Comes in: a diagnosis and answers, or a fragment somebody else may have written. Goes out: a [`Link`] that holds only ids this
//! content knows. It carries everything the tree decides by, so that it leads to the same place, and no answer that opens a gate
//! ([`super::gate`]): those are given where the SQL will run. A link can close a way out, never open one that its own situation does not
//! allow ([`crate::engine::diagnose::linked`]).
//!
//! ```
//! use runbook::engine::link::Link;
//! use runbook::engine::{fact::Wipe, situation::Situation};
//! let tree = &runbook::embedded::catalogue().tree;
//! let mut link = Link::new(Situation::DuplicateTable, Wipe::Possible);
//! link.carry("data", "needed");
//! link.database = "shop & co".into();
//! let fragment = link.fragment(tree);
//! assert!(fragment.starts_with("at=duplicate-table&wipe=possible&q.data=needed&database=shop%20%26%20co&content="));
//! assert_eq!(Link::parse(&fragment, tree).as_ref(), Some(&link));
//! link.carry("data", "disposable");
//! assert!(!link.fragment(tree).contains("q.data"), "what opens a gate stays here");
//! ```

use super::diagnose::Diagnosis;
use super::fact::{FactKey, FactSet, Wipe};
use super::gate;
use super::situation::Situation;
use super::tree::{Answers, Tree};

/// What a link carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// What was seen.
    pub situation: Situation,
    /// Whether deleting could mend it, or why not.
    pub wipe: Wipe,
    /// The file that decided, as the link says: whether there is one of this id is for who knows the files.
    pub signature: Option<String>,
    /// Whether the deploy calls a reset script.
    pub reset_script: bool,
    /// What else the tree looks at, such as what a server said.
    facts: FactSet,
    /// The answers given, without those that open a gate.
    answers: Answers,
    /// The database user; empty unless the sender chose to send it.
    pub db_user: String,
    /// The database; empty unless the sender chose to send it.
    pub database: String,
    /// Whether it was made under other content than this.
    pub other_content: bool,
}

/// Before the id of a question.
const QUESTION: &str = "q.";

/// Before the key of a fact.
const FACT: &str = "f.";

/// That a reset script does.
const RUNS: &str = "runs";

/// Facts that have a place of their own in a link.
const OWN_PLACE: [FactKey; 4] = [FactKey::Situation, FactKey::Wipe, FactKey::Signature, FactKey::ResetScript];

impl Link {
    /// A link without answers and names.
    pub fn new(situation: Situation, wipe: Wipe) -> Self {
        Link {
            situation,
            wipe,
            signature: None,
            reset_script: false,
            facts: FactSet::default(),
            answers: Answers::new(),
            db_user: String::new(),
            database: String::new(),
            other_content: false,
        }
    }

    /// A link to where a diagnosis and answers lead, without names.
    pub fn to(diagnosis: &Diagnosis, answers: &Answers, tree: &Tree) -> Option<Self> {
        let wipe = diagnosis.facts.value(FactKey::Wipe).and_then(Wipe::from_id)?;
        let mut link = Link::new(diagnosis.situation, wipe);
        link.signature.clone_from(&diagnosis.signature);
        link.reset_script = diagnosis.facts.value(FactKey::ResetScript).is_some();
        for (key, fact) in diagnosis.facts.iter() {
            link.carry_fact(key, &fact.value, tree);
        }
        for (question, answer) in answers {
            link.carry(question, answer);
        }
        Some(link)
    }

    /// Carries an answer, unless it opens a gate: then the question is asked where the link leads.
    pub fn carry(&mut self, question: &str, answer: &str) {
        if gate::opens(question, answer) {
            self.answers.remove(question);
        } else {
            self.answers.insert(question.to_owned(), answer.to_owned());
        }
    }

    /// Carries a fact where the tree has a branch for its value: any other value leads where none does.
    fn carry_fact(&mut self, key: FactKey, value: &str, tree: &Tree) {
        if !OWN_PLACE.contains(&key) && tree.looks_for(key, value) {
            self.facts.set(key, value, None);
        }
    }

    /// The answers it carries.
    pub fn answers(&self) -> &Answers {
        &self.answers
    }

    /// The facts it carries that have no place of their own.
    pub(super) fn facts(&self) -> &FactSet {
        &self.facts
    }

    /// The fragment, without `#`.
    pub fn fragment(&self, tree: &Tree) -> String {
        let mut fragment = String::new();
        let mut pair = |kind: &str, key: &str, value: &str| {
            if !value.is_empty() {
                fragment += &[if fragment.is_empty() { "" } else { "&" }, kind, key, "=", &encode(value)].concat();
            }
        };
        pair("", "at", self.situation.id());
        pair("", "wipe", self.wipe.id());
        pair("", "signature", self.signature.as_deref().unwrap_or_default());
        pair("", "reset", if self.reset_script { RUNS } else { "" });
        for (key, fact) in self.facts.iter() {
            pair(FACT, key.id(), &fact.value);
        }
        for (question, answer) in &self.answers {
            pair(QUESTION, question, answer);
        }
        pair("", "user", &self.db_user);
        pair("", "database", &self.database);
        pair("", "content", &version(tree));
        fragment
    }

    /// Reads a fragment without its `#`; `None` when it is no link of this kind. What this content does not know is dropped, and so
    /// is an answer that opens a gate; a link that does not say whether deleting could help is taken to say no.
    pub fn parse(fragment: &str, tree: &Tree) -> Option<Self> {
        let mut situation = None;
        let mut link = Link { other_content: true, ..Link::new(Situation::Unknown, Wipe::OtherError) };
        for (key, value) in fragment.split('&').filter_map(|pair| pair.split_once('=')) {
            let Some(value) = decode(value) else { continue };
            match key {
                "at" => situation = situation.or(Some(Situation::from_id(&value)?)),
                "wipe" => link.wipe = Wipe::from_id(&value).unwrap_or(Wipe::OtherError),
                "signature" => link.signature = Some(value),
                "reset" => link.reset_script = value == RUNS,
                "user" => link.db_user = value,
                "database" => link.database = value,
                "content" => link.other_content = value != version(tree),
                _ => link.take(key, &value, tree),
            }
        }
        link.situation = situation?;
        Some(link)
    }

    /// Takes an answer or a fact that this content knows.
    fn take(&mut self, key: &str, value: &str, tree: &Tree) {
        if let Some(question) = key.strip_prefix(QUESTION).filter(|question| tree.knows(question, value)) {
            self.carry(question, value);
        }
        if let Some(key) = key.strip_prefix(FACT).and_then(FactKey::from_id) {
            self.carry_fact(key, value, tree);
        }
    }
}

/// A short digest of the questions and ways of a tree: links made under other content differ in it.
fn version(tree: &Tree) -> String {
    let questions = tree.questions.iter().flat_map(|q| std::iter::once(&q.id).chain(q.answers.iter().map(|a| &a.id)));
    let nodes = tree.nodes.iter().flat_map(|n| std::iter::once(&n.id).chain(n.branches.iter().map(|b| &b.value)));
    let digest = questions
        .chain(nodes)
        .flat_map(|id| id.bytes().chain([0]))
        .fold(FNV_START, |digest: u32, byte| (digest ^ u32::from(byte)).wrapping_mul(FNV_PRIME));
    format!("{digest:08x}")
}

/// FNV-1a, 32 bits (<http://www.isthe.com/chongo/tech/comp/fnv/>): small, and nobody gains by forging it.
const FNV_START: u32 = 0x811c_9dc5;
const FNV_PRIME: u32 = 0x0100_0193;

/// Percent-encoding of every byte that is not unreserved in a URL (RFC 3986, 2.3).
pub(super) fn encode(value: &str) -> String {
    let encode = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    value.bytes().map(encode).collect()
}

/// The text behind percent-encoding; `None` when it is no valid UTF-8 or a `%` stands alone.
pub(super) fn decode(value: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = value.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let mut digit = || char::from(rest.next()?).to_digit(16);
            bytes.push(u8::try_from(digit()? * 16 + digit()?).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::tree::{Answer, Question};

    fn tree() -> Tree {
        let answer = |id: &str| Answer { id: id.into(), text: String::new() };
        let question = Question {
            id: "data".into(),
            text: String::new(),
            why: String::new(),
            find_out: String::new(),
            answers: vec![answer("needed"), answer("disposable")],
            assumed: None,
            not_sure: None,
        };
        Tree { start: String::new(), nodes: Vec::new(), questions: vec![question] }
    }

    #[test]
    fn what_is_unknown_is_dropped() {
        let link =
            Link::parse("at=duplicate-table&q.data=everything&q.color=red&x&=&%=%&secret=hunter2", &tree()).unwrap();
        assert_eq!(link, Link { other_content: true, ..Link::new(Situation::DuplicateTable, Wipe::OtherError) });
    }

    #[test]
    fn what_opens_a_gate_travels_neither_way() {
        let mut link = Link::new(Situation::DuplicateTable, Wipe::Possible);
        link.carry("data", "needed");
        link.carry("data", "disposable");
        assert!(!link.fragment(&tree()).contains("data"), "nor does the answer before it");
        let forged = Link::parse("at=duplicate-table&q.data=needed&q.data=disposable", &tree()).unwrap();
        assert!(forged.answers().is_empty());
    }

    #[test]
    fn other_fragments_are_no_links() {
        for fragment in ["", "option-a", "at=", "at=nothing", "wipe=possible", "at=%", "at=%ff"] {
            assert_eq!(Link::parse(fragment, &tree()), None, "{fragment}");
        }
    }

    #[test]
    fn names_travel_whole() {
        for name in ["we\"ird", "Ünïcode", "a&b=c#d%25", "with space", "𝄞"] {
            let mut link = Link::new(Situation::Permission, Wipe::OtherError);
            link.db_user = name.to_owned();
            assert_eq!(Link::parse(&link.fragment(&tree()), &tree()), Some(link), "{name}");
        }
    }
}
