//! What goes on over several lines: keys, values on a line of their own, long lists of parameters.

use std::ops::Range;

use super::fold::Folded;

/// A key that never ends is taken to end after this many lines.
const MAX_KEY_LINES: u32 = 120;

/// A list of parameters that never ends is taken to end after this many lines.
const MAX_PARAMETER_LINES: u32 = 40;

/// What the lines before announced.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Carry {
    state: State,
    /// A line before named a secret as `key: NAME`: the next `value: …` within this many lines is it.
    pub(super) named_lines: u8,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
enum State {
    #[default]
    Nothing,
    /// A private key in ASCII armour, and how many lines it may still have.
    Key(u32),
    /// So many lines that are a key (`Private-Lines: 14` of `PuTTY`).
    Lines(u32),
    /// The value of the name before stands on the next line, further in than this many columns.
    Value { indent: usize },
    /// The value is every line further in than this many columns (YAML's `|` and `>`).
    Scalar { indent: usize },
    /// A list of parameters, until a line ends with this text.
    Parameters { ends: String, lines: u32 },
}

impl Carry {
    /// Whether nothing was announced.
    pub fn is_empty(&self) -> bool {
        self.state == State::Nothing && self.named_lines == 0
    }

    /// Takes a line that holds nothing suspicious and belongs to nothing.
    pub fn pass(&mut self) {
        self.named_lines = self.named_lines.saturating_sub(1);
    }

    /// Whether the next line is a secret as a whole because of those before it.
    pub(super) fn swallows(&mut self, line: &str) -> bool {
        let indent = indent_of(line);
        let blank = line.trim().is_empty();
        let (swallowed, next) = match std::mem::take(&mut self.state) {
            State::Key(_) if line.contains("-----END") => (true, State::Nothing),
            State::Key(left) => match left.checked_sub(1).filter(|_| is_key_material(line)) {
                Some(left) => (true, State::Key(left)),
                None => (false, State::Nothing),
            },
            State::Nothing | State::Lines(0) => (false, State::Nothing),
            State::Lines(left) => (true, State::Lines(left - 1)),
            State::Value { indent: name } => (!blank && indent > name, State::Nothing),
            State::Scalar { indent: name } if blank || indent > name => (true, State::Scalar { indent: name }),
            State::Scalar { .. } => (false, State::Nothing),
            State::Parameters { ends, .. } if line.trim_end().ends_with(&ends) => (true, State::Nothing),
            State::Parameters { ends, lines } => match lines.checked_sub(1) {
                Some(lines) if !line.starts_with("(Background on") => (true, State::Parameters { ends, lines }),
                _ => (false, State::Nothing),
            },
        };
        self.state = next;
        swallowed
    }

    /// The value of a name at this indentation comes on the next line.
    pub(super) fn value(&mut self, indent: usize) {
        self.state = State::Value { indent };
    }

    /// The value of a name at this indentation is the block of lines that follows.
    pub(super) fn scalar(&mut self, indent: usize) {
        self.state = State::Scalar { indent };
    }

    /// A list of parameters goes on until a line ends so.
    pub(super) fn parameters(&mut self, ends: &str) {
        self.state = State::Parameters { ends: ends.to_owned(), lines: MAX_PARAMETER_LINES };
    }
}

/// How far in a line begins, in bytes.
pub(super) fn indent_of(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// Base64, a header of the armour, or nothing.
fn is_key_material(line: &str) -> bool {
    let line = line.trim();
    let base64 = line.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/=_-\\".contains(&byte));
    base64 || ["Proc-Type:", "DEK-Info:", "Version:", "Comment:", "Hash:"].iter().any(|header| line.starts_with(header))
}

/// A key that begins on this line: hidden from there to its end, or on over the next lines.
pub(super) fn find(folded: &Folded, carry: &mut Carry) -> Option<Range<usize>> {
    let text = folded.text.as_str();
    if let Some((_, count)) = text.split_once("Private-Lines:") {
        carry.state = State::Lines(count.trim().parse().unwrap_or_default());
    }
    let begin = text.match_indices("-----BEGIN ").map(|(at, _)| at).find(|at| {
        let label = text.get(at + "-----BEGIN ".len()..).and_then(|rest| rest.split("-----").next());
        label.is_some_and(|label| label.contains("PRIVATE KEY"))
    })?;
    let end = text.get(begin..)?.find("-----END").map(|end| begin + end);
    if end.is_none() {
        carry.state = State::Key(MAX_KEY_LINES);
    }
    let rest = end.and_then(|end| Some(end + text.get(end..)?.find(['"', '\'', ' ', ','])?));
    Some(begin..rest.unwrap_or(text.len()))
}
