//! What a secret looks like, as content says it (`content/secrets.toml`).

use serde::{Deserialize, Serialize};

/// All rules.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecretRules {
    /// Names whose value is a secret.
    pub names: NameRules,
    /// Values that are no secret, whatever the name.
    pub harmless: Harmless,
    /// Options of commands that carry a secret.
    pub options: Vec<OptionRule>,
    /// What a server or driver quotes from a row.
    pub rows: Vec<RowRule>,
    /// Tokens that their issuer marks.
    pub tokens: TokenRules,
}

/// Words and texts in one, each ended by a line end: a list that is read in one piece.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Words(String);

impl Words {
    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.split_terminator('\n')
    }

    /// Whether a word is among them.
    pub(super) fn holds(&self, word: &str) -> bool {
        let is_whole = |at: usize| {
            let before = self.0.as_bytes().get(..at).and_then(<[u8]>::last);
            before.is_none_or(|end| *end == b'\n') && self.0.as_bytes().get(at + word.len()) == Some(&b'\n')
        };
        !word.is_empty() && self.0.match_indices(word).any(|(at, _)| is_whole(at))
    }
}

impl<W: AsRef<str>> FromIterator<W> for Words {
    fn from_iter<I: IntoIterator<Item = W>>(words: I) -> Self {
        let mut all = String::new();
        for word in words {
            all.push_str(word.as_ref());
            all.push('\n');
        }
        Words(all)
    }
}

/// Names whose value is a secret. A name is compared word by word; only its last words count.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NameRules {
    /// Last words of such names.
    pub words: Words,
    /// The same, where the value looks random.
    pub loose: Words,
    /// Words of which a short number is a count.
    pub counted: Words,
    /// Endings of names written as one word.
    pub endings: Words,
    /// Words before `key` that make it secret.
    pub keyed: Words,
    /// Words before `KEY` that do not.
    pub open_keys: Words,
    /// Words behind the last one that change nothing.
    pub suffixes: Words,
    /// Headers, without dashes; their value reaches to the end of the line.
    pub headers: Words,
    /// Parameters of an address.
    pub parameters: Words,
    /// Words in a row that announce a value.
    pub phrases: Words,
}

/// Values that are no secret.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Harmless {
    /// Words that stand where a value would.
    pub values: Words,
    /// Types of variables.
    pub types: Words,
    /// What code reads values from.
    pub roots: Words,
    /// Words before a long run of letters and digits that name a thing.
    pub ids: Words,
}

/// An option of a command that carries a secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OptionRule {
    /// The commands.
    pub commands: Words,
    /// The option with its dash.
    pub option: String,
    /// Whether the value counts only where no blank stands before it.
    pub attached: bool,
    /// Whether the secret stands behind `user:`.
    pub behind_user: bool,
}

/// What a server or driver quotes from a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowRule {
    /// The text before it.
    pub begins: String,
    /// The last text of this kind on the line ends it; for a quoted value the quotes do.
    pub ends: Option<String>,
}

/// Rules of tokens, with their marks in order: a line has many places where a token may begin, and there are hundreds of marks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<TokenRule>", into = "Vec<TokenRule>")]
pub struct TokenRules {
    rules: Vec<TokenRule>,
    /// What a token begins with and its rule's index.
    beginnings: Vec<(String, usize)>,
}

impl TokenRules {
    /// All of them.
    pub fn all(&self) -> std::slice::Iter<'_, TokenRule> {
        self.rules.iter()
    }

    /// The rules one of whose marks a text begins with, each with that mark.
    pub(super) fn beginning(&self, text: &str) -> impl Iterator<Item = (&str, &TokenRule)> {
        let first = |text: &str| text.as_bytes().first_chunk::<2>().copied();
        let wanted = first(text);
        let from = self.beginnings.partition_point(|(mark, _)| first(mark) < wanted);
        let near = self.beginnings.iter().skip(from).take_while(move |(mark, _)| first(mark) == wanted);
        let fitting = near.filter(move |(mark, _)| text.starts_with(mark));
        fitting.filter_map(|(mark, rule)| Some((mark.as_str(), self.rules.get(*rule)?)))
    }
}

impl From<Vec<TokenRule>> for TokenRules {
    fn from(rules: Vec<TokenRule>) -> Self {
        let begins = rules.iter().enumerate().filter(|(_, rule)| rule.before.is_none() && rule.of != Alphabet::Printed);
        let mut beginnings: Vec<(String, usize)> =
            begins.flat_map(|(index, rule)| rule.marks.iter().map(move |mark| (mark.to_owned(), index))).collect();
        beginnings.sort_unstable();
        TokenRules { rules, beginnings }
    }
}

impl From<TokenRules> for Vec<TokenRule> {
    fn from(rules: TokenRules) -> Self {
        rules.rules
    }
}

/// A token that its issuer marks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenRule {
    /// The texts that mark it.
    pub marks: Words,
    /// How many characters of the token stand before the mark at least; `None` when the token begins with it.
    pub before: Option<u8>,
    /// How many follow at least.
    pub rest: u8,
    /// What they are.
    pub of: Alphabet,
    /// Whether they must look random: words may begin with the mark.
    pub random: bool,
}

/// What a token consists of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Alphabet {
    /// Letters, digits and `_ - . = + ~ % |`.
    Token,
    /// Letters and digits.
    Alnum,
    /// Hexadecimal digits.
    Hex,
    /// Everything up to a blank or quote.
    Printed,
}

impl Alphabet {
    /// Whether a byte may be part of it.
    pub(super) fn allows(self, byte: u8) -> bool {
        match self {
            Alphabet::Token => byte.is_ascii_alphanumeric() || b"_-.=+~%|".contains(&byte),
            Alphabet::Alnum => byte.is_ascii_alphanumeric(),
            Alphabet::Hex => byte.is_ascii_hexdigit(),
            Alphabet::Printed => byte.is_ascii_graphic() && !b"\"'`<>".contains(&byte),
        }
    }
}
