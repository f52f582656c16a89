//! What a secret looks like, as content says it (`content/secrets.toml`).

use serde::{Deserialize, Serialize};

/// All rules. Lists of words are sorted and in small letters.
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
    pub tokens: Vec<TokenRule>,
}

/// Names whose value is a secret. A name is compared word by word; only its last words count.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NameRules {
    /// Last words of such names.
    pub words: Vec<String>,
    /// The same, where the value looks random.
    pub loose: Vec<String>,
    /// Words of which a short number is a count.
    pub counted: Vec<String>,
    /// Endings of names written as one word.
    pub endings: Vec<String>,
    /// Words before `key` that make it secret.
    pub keyed: Vec<String>,
    /// Words before `KEY` that do not.
    pub open_keys: Vec<String>,
    /// Words behind the last one that change nothing.
    pub suffixes: Vec<String>,
    /// Headers, without dashes; their value reaches to the end of the line.
    pub headers: Vec<String>,
    /// Parameters of an address.
    pub parameters: Vec<String>,
    /// Words in a row that announce a value.
    pub phrases: Vec<String>,
}

/// Values that are no secret.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Harmless {
    /// Words that stand where a value would.
    pub values: Vec<String>,
    /// Types of variables.
    pub types: Vec<String>,
    /// What code reads values from.
    pub roots: Vec<String>,
    /// Words before a long run of letters and digits that name a thing.
    pub ids: Vec<String>,
}

/// An option of a command that carries a secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OptionRule {
    /// The commands.
    pub commands: Vec<String>,
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

/// A token that its issuer marks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenRule {
    /// The text that marks it.
    pub mark: String,
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

/// Whether a sorted list holds a word.
pub(super) fn holds(list: &[String], word: &str) -> bool {
    list.binary_search_by(|known| known.as_str().cmp(word)).is_ok()
}
