//! A visit as the fragment of a link: what was seen and answered, by id. Never the log, and names only on request.
//!
//! Comes in: a fragment somebody else may have written. Goes out: a [`Link`] that holds only ids this content knows. A
//! link can close a way out, never open one that its own situation does not allow ([`crate::engine::diagnose::linked`]).
//!
//! ```
//! use runbook::engine::link::Link;
//! use runbook::engine::{fact::Wipe, situation::Situation};
//! let tree = &runbook::embedded::catalogue().tree;
//! let mut link = Link::new(Situation::DuplicateTable, Wipe::Possible);
//! link.answers.insert("data".into(), "disposable".into());
//! link.database = "shop & co".into();
//! let fragment = link.fragment(tree);
//! assert!(fragment.starts_with("at=duplicate-table&wipe=possible&q.data=disposable&database=shop%20%26%20co&content="));
//! assert_eq!(Link::parse(&fragment, tree), Some(link));
//! ```

use super::fact::Wipe;
use super::situation::Situation;
use super::tree::{Answers, Tree};

/// What a link carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// What was seen.
    pub situation: Situation,
    /// Whether deleting could mend it, or why not.
    pub wipe: Wipe,
    /// Whether the deploy calls a reset script.
    pub reset_script: bool,
    /// The answers given.
    pub answers: Answers,
    /// The database user; empty unless the sender chose to send it.
    pub db_user: String,
    /// The database; empty unless the sender chose to send it.
    pub database: String,
    /// Whether it was made under other content than this.
    pub other_content: bool,
}

/// Before the id of a question.
const QUESTION: &str = "q.";

impl Link {
    /// A link without answers and names.
    pub fn new(situation: Situation, wipe: Wipe) -> Self {
        Link {
            situation,
            wipe,
            reset_script: false,
            answers: Answers::new(),
            db_user: String::new(),
            database: String::new(),
            other_content: false,
        }
    }

    /// The fragment, without `#`.
    pub fn fragment(&self, tree: &Tree) -> String {
        let mut pairs = vec![("at".to_owned(), self.situation.id()), ("wipe".to_owned(), self.wipe.id())];
        if self.reset_script {
            pairs.push(("reset".to_owned(), "runs"));
        }
        pairs.extend(self.answers.iter().map(|(question, answer)| (format!("{QUESTION}{question}"), answer.as_str())));
        let names = [("user", &self.db_user), ("database", &self.database)];
        pairs.extend(names.into_iter().filter(|(_, n)| !n.is_empty()).map(|(key, n)| (key.to_owned(), n.as_str())));
        let version = version(tree);
        pairs.push(("content".to_owned(), &version));
        let pairs: Vec<String> = pairs.into_iter().map(|(key, value)| format!("{key}={}", encode(value))).collect();
        pairs.join("&")
    }

    /// Reads a fragment without its `#`; `None` when it is no link of this kind. What this content does not know is dropped;
    /// a link that does not say whether deleting could help is taken to say no.
    pub fn parse(fragment: &str, tree: &Tree) -> Option<Self> {
        let pairs: Vec<(&str, String)> = fragment
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .filter_map(|(key, value)| Some((key, decode(value)?)))
            .collect();
        let get = |wanted: &str| pairs.iter().find(|(key, _)| *key == wanted).map(|(_, value)| value.as_str());
        let wipe = get("wipe").and_then(Wipe::from_id).unwrap_or(Wipe::OtherError);
        let mut link = Link {
            reset_script: get("reset") == Some("runs"),
            db_user: get("user").unwrap_or_default().to_owned(),
            database: get("database").unwrap_or_default().to_owned(),
            other_content: get("content") != Some(version(tree).as_str()),
            ..Link::new(Situation::from_id(get("at")?)?, wipe)
        };
        for (key, answer) in &pairs {
            if let Some(question) = key.strip_prefix(QUESTION).filter(|question| tree.knows(question, answer)) {
                link.answers.insert(question.to_owned(), answer.clone());
            }
        }
        Some(link)
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
