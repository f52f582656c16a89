//! Whether a value is a secret, or says that there is none, or is code that reads one.

use super::names::NameKind;
use super::rules::Harmless;

/// Bytes of the longest word of a sentence that is taken for one.
const MAX_WORD_BYTES: usize = 16;

/// Letters and digits that change places this often look random.
const RANDOM_TURNS: usize = 3;

/// Whether a text has digits and letters in turns: no word, no number.
pub(super) fn looks_random(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    digits >= 2 && turns(text) >= RANDOM_TURNS
}

/// How often the kind of character changes: small letter, capital, digit. A capital before small letters is no change.
pub(super) fn turns(text: &str) -> usize {
    let kind = |byte: u8| match byte {
        b'0'..=b'9' => 1,
        b'A'..=b'Z' => 2,
        _ => 3,
    };
    let kinds: Vec<u8> = text.bytes().filter(u8::is_ascii_alphanumeric).map(kind).collect();
    kinds.windows(2).filter(|pair| matches!(pair, [a, b] if a != b && (*a, *b) != (2, 3))).count()
}

impl Harmless {
    /// Whether a value is none: a word that says so, a reference, a placeholder, something crossed out. `name` is the name it belongs to.
    pub(super) fn is_value(&self, value: &str, name: &str, kind: NameKind) -> bool {
        let core = value
            .trim_matches(|c: char| c.is_ascii_punctuation() && !matches!(c, '$' | '%' | '_') || c.is_whitespace());
        let lower = core.to_ascii_lowercase();
        core.is_empty()
            || lower.len() < 2
            || is_crossed_out(&lower)
            || is_reference(value)
            || self.values.holds(&lower)
            || lower == name
            || kind.counts && core.len() <= 6 && core.bytes().all(|b| b.is_ascii_digit() || b == b'.')
            || self.is_sentence(core)
    }

    /// `not set`, `is missing`: words alone, the first of them one of ours.
    fn is_sentence(&self, text: &str) -> bool {
        let is_word = |word: &str| {
            let rest = word.trim_matches(|c: char| c.is_ascii_punctuation());
            let rest = rest.strip_prefix(|c: char| c.is_ascii_uppercase()).unwrap_or(rest);
            rest.len() < MAX_WORD_BYTES && rest.bytes().all(|b| b.is_ascii_lowercase())
        };
        let mut words = text.split(' ').filter(|word| !word.is_empty());
        let first = words.next().map(|word| word.trim_matches(|c: char| c.is_ascii_punctuation()).to_ascii_lowercase());
        first.is_some_and(|first| self.values.holds(&first)) && words.clone().next().is_some() && words.all(is_word)
    }

    /// Whether what follows a name is code: a type, a call, an attribute. `rest` begins at the value.
    pub(super) fn is_code(&self, rest: &str, lower: &str, name: &str) -> bool {
        let word = |text: &str| text.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(text.len());
        let length = word(rest);
        let (Some(first), Some(behind)) = (lower.get(..length), rest.get(length..)) else { return false };
        if first.is_empty() || first.starts_with(|c: char| c.is_ascii_digit()) {
            return false;
        }
        let next = behind.chars().next();
        let is_type = self.types.holds(first) && !matches!(next, Some('-' | '.'));
        let is_call = matches!(next, Some('(' | '[')) && !first.bytes().any(|b| b.is_ascii_digit());
        let is_attribute = next == Some('.') && (self.roots.holds(first) || is_called_at_end(behind));
        // `password=db_password`: a variable named like the value.
        let is_variable = name.len() > 3 && first.len() > name.len() && first.ends_with(name) && first.contains('_');
        is_type || is_call || is_attribute || is_variable
    }
}

/// `.a.b(` : an attribute that is called.
fn is_called_at_end(behind: &str) -> bool {
    let end = behind.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '.'))).unwrap_or(behind.len());
    behind.get(end..).is_some_and(|rest| rest.starts_with(['(', '[']))
}

/// `***`, `xxxx`, `…`: nothing but signs somebody put there instead.
pub(super) fn is_crossed_out(lower: &str) -> bool {
    lower.chars().all(|c| matches!(c, '*' | 'x' | '•' | '·' | '.' | '…' | '#' | '_' | '-' | '●' | '█' | '?' | ' '))
}

/// `$1`, `${NAME}`, `$(cat file)`, `%s`, `%(name)s`, `{name}`, `<name>`: what stands for a value.
fn is_reference(value: &str) -> bool {
    let value = value.trim_end_matches([',', ';', ')', '}', ']']);
    let names =
        |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"_.- ".contains(&b));
    let wraps =
        |open: &str, close: char| value.strip_prefix(open).is_some_and(|rest| names(rest.trim_end_matches(close)));
    let dollar =
        value.strip_prefix('$').is_some_and(|rest| rest.starts_with(['{', '(']) || names(rest) && rest.len() <= 40);
    let percent = value.starts_with("%(") || matches!(value, "%s" | "%d" | "%v" | "%q");
    dollar
        || percent
        || wraps("{", '}') && value.contains(' ')
        || wraps("{{", '}')
        || wraps("<", '>')
        || wraps("%", '%') && value.ends_with('%')
        || wraps(":", ':') && value.len() > 1
}

#[cfg(test)]
mod tests {
    use super::{is_reference, looks_random, turns};

    #[test]
    fn references_stand_for_a_value() {
        for reference in [
            "$1",
            "${DB_PASSWORD}",
            "$(cat x)",
            "%s",
            "%(password)s",
            "{{ password }}",
            "<your-password>",
            "$PASSWORD",
            "%PASSWORD%",
        ] {
            assert!(is_reference(reference), "{reference}");
        }
        for value in ["hunter2", "$2b$12$abc", "p%40ss", "{kettle9drum}"] {
            assert!(!is_reference(value), "{value}");
        }
    }

    #[test]
    fn words_do_not_look_random() {
        assert!(!looks_random("encrypt_users_table_2024_01"));
        assert!(!looks_random("DuplicateTableError"));
        assert!(looks_random("aZ4kQ2mV7xT1"));
        assert_eq!(turns("CamelCase"), 1);
    }
}
