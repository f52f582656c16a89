//! Whether a word of trouble on a line tells of trouble: the end of a deploy has a thousand wordings, and no list of messages holds them.
//!
//! Such a word takes an all-clear back and decides nothing else, so it is enough that it stands there as a word of its own, in whatever
//! case, and that nothing beside it says that there was none: `0 failed`, `no errors`, `exit code 0`, `Registered the error handler`.

use super::Placed;
use super::notes::names_exception;
use super::placed::placed;
use crate::engine::text::Line;

/// A word of so many bytes, its first letter left out, is too short for a fast search.
const SHORT_WORD: usize = 3;

/// Words before another that say there was none of it.
const NONE_BEFORE: [&str; 10] = ["0", "no", "non", "not", "never", "without", "zero", "any", "on", "if"];

/// Words behind it that make it the name of something else.
const NAMED_BEHIND: [&str; 14] = [
    "handler",
    "handlers",
    "handling",
    "handled",
    "reporting",
    "reporter",
    "tracking",
    "page",
    "pages",
    "log",
    "logs",
    "middleware",
    "rate",
    "monitoring",
];

/// Words between a word and its number: `exited with code 0`, `failed count: 0`.
const BEFORE_A_NUMBER: [&str; 6] = ["with", "code", "status", "count", "signal", "of"];

/// A word in the three ways it is written, of several the longest: each may begin with a capital. In longer ones the first letter, which
/// alone differs between two of the ways, is left out.
pub(super) fn spellings(words: &str) -> Vec<String> {
    let longest = words.split(' ').max_by_key(|word| word.len()).filter(|word| word.len() > SHORT_WORD + 1);
    let word = longest.unwrap_or(words);
    let rest = word.char_indices().nth(1).map_or("", |(at, _)| word.get(at..).unwrap_or_default());
    let mut forms = vec![word.to_owned(), word.to_ascii_uppercase()];
    if rest.len() > SHORT_WORD {
        forms = vec![rest.to_owned(), rest.to_ascii_uppercase()];
    } else if word.is_ascii() {
        let first = word.get(..word.len() - rest.len()).unwrap_or_default().to_ascii_uppercase();
        forms.push(first + rest);
    }
    forms.dedup();
    forms
}

/// Whether this word of trouble, in small letters, tells of trouble on a line of the program's own.
pub(super) fn is_told(line: &Line<'_>, word: &str) -> bool {
    is_believed(line, word) && tells(&line.text, word)
}

/// In a request that is logged only its answer counts, which is a number.
fn is_believed(line: &Line<'_>, word: &str) -> bool {
    word.ends_with(|c: char| c.is_ascii_digit()) || !line.quoted && placed(&line.text, 0) != Placed::Quoted
}

/// `shop.money.Mismatch`, alone or before its message, where no traceback stands above.
pub(super) fn is_lone_exception(text: &str) -> bool {
    let name = text.split(':').next().unwrap_or_default();
    text.starts_with(|c: char| c.is_ascii_lowercase()) && name.contains('.') && names_exception(text)
}

/// Whether it tells of trouble somewhere on the line.
fn tells(line: &str, word: &str) -> bool {
    let mut at = 0;
    while let Some(found) = line.get(at..).and_then(|rest| position(rest, word)) {
        let (begin, end) = (at + found, at + found + word.len());
        let (before, behind) = (line.get(..begin).unwrap_or_default(), line.get(end..).unwrap_or_default());
        if stands(before, word, line.get(begin..end).unwrap_or_default(), behind) && !is_none(before, word, behind) {
            return true;
        }
        at = end;
    }
    false
}

/// Where the word stands first, in small letters, in capitals, or with a capital first.
fn position(text: &str, word: &str) -> Option<usize> {
    let all = text.char_indices().map(|(at, _)| at);
    let is_here = |at: &usize| text.get(*at..*at + word.len()).is_some_and(|here| here.eq_ignore_ascii_case(word));
    if word.is_ascii() { all.into_iter().find(is_here) } else { text.find(word) }
}

/// Whether it is a word of its own, or the end of an exception's name. Words outside ASCII are stems: their languages inflect.
fn stands(before: &str, word: &str, here: &str, behind: &str) -> bool {
    let first = before.chars().next_back();
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '/' | '.' | '@');
    let is_class = here.starts_with(|c: char| c.is_ascii_uppercase()) && first.is_some_and(|c| c.is_ascii_lowercase());
    let begins = !word.starts_with(|c: char| c.is_ascii_alphanumeric()) || !first.is_some_and(is_part) || is_class;
    let mut rest = behind.chars();
    let next = rest.next();
    let goes_on = next.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '/' | '@'))
        || matches!(next, Some('.' | '-')) && rest.next().is_some_and(|c| c.is_ascii_alphanumeric());
    begins && (!goes_on || !word.ends_with(|c: char| c.is_ascii_alphanumeric()))
}

/// Whether what stands beside it says that there was none, or that it is the name of something else.
fn is_none(before: &str, word: &str, behind: &str) -> bool {
    if !word.ends_with(char::is_alphabetic) {
        return false;
    }
    let last = before.rsplit(is_between).find(|word| !word.is_empty()).unwrap_or_default();
    let mut next = behind.split(is_between).filter(|word| !word.is_empty());
    let first = next.next().unwrap_or_default();
    let number = std::iter::once(first).chain(next).find(|word| !BEFORE_A_NUMBER.contains(word)).unwrap_or_default();
    let is = |words: &[&str], word: &str| words.iter().any(|known| word.eq_ignore_ascii_case(known));
    is(&NONE_BEFORE, last) || is(&NAMED_BEHIND, first) || matches!(number, "0" | "false" | "none" | "None" | "null")
}

fn is_between(c: char) -> bool {
    !(c.is_alphanumeric() || c == '_')
}

#[cfg(test)]
mod tests {
    use super::tells;

    #[test]
    fn a_word_tells_of_trouble_in_any_case() {
        for line in [
            "deploy failed",
            "Deploy FAILED: timed out",
            "[Failed] the release",
            "status=failed",
            "job failed.",
            "failed 3 of 4",
            "web_1 failed (1)",
        ] {
            assert!(tells(line, "failed"), "{line}");
        }
        for line in ["TimeoutError", "app.errors.StartError: no room", "level=error msg=x", "2 errors, 1 error"] {
            assert!(tells(line, "error"), "{line}");
        }
        assert!(tells("произошла ошибка", "ошибк") && tells("❌ release", "❌"));
    }

    #[test]
    fn where_there_was_none_it_does_not() {
        for line in
            ["0 failed", "failed: 0", "failed=0", "failed=false", "not failed", "failed_jobs 3", "on-failed", "/failed"]
        {
            assert!(!tells(line, "failed"), "{line}");
        }
        for line in
            ["no error", "Registered the error handler", "error.log opened", "errors", "GET /error", "error count: 0"]
        {
            assert!(!tells(line, "error"), "{line}");
        }
        assert!(!tells("exited with code 0", "exited") && tells("exited with code 2", "exited"));
    }
}
