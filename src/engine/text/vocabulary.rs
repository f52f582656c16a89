//! What may be shown of a line without being looked at twice: the words of the messages we know, and shapes that hold nothing.
//!
//! Masking by shape ([`super::mask`]) hides what looks like a secret. A line that leaves this program as evidence is treated the other
//! way round as well: what is neither part of the message that was found nor a word we know goes.

use std::ops::Range;

use super::mask::MASK;

/// Most digits of a number that is shown: a port, a line, a year; a longer one may be a code or a telephone number.
const MAX_NUMBER_DIGITS: usize = 5;

/// Most digits behind a decimal point: nanoseconds of a time stamp.
const MAX_FRACTION_DIGITS: usize = 9;

/// Most letters of a word that is shown without being known: longer ones may be keys.
const MAX_WORD_LETTERS: usize = 24;

/// Longest name of an exception.
const LONGEST_NAME: usize = 48;

/// Words that may stand in an excerpt beside the message: small letters, sorted.
#[derive(Debug, Clone)]
pub struct Vocabulary {
    words: Vec<String>,
    labels: Vec<String>,
}

impl Vocabulary {
    /// All words of these texts; capitals and small letters are one. A quoted name behind a label may be shown, as in `role "me"`.
    pub fn of<'t>(texts: impl IntoIterator<Item = &'t str>, labels: &'t str) -> Self {
        let mut words: Vec<String> = texts.into_iter().chain([labels]).flat_map(self::words).collect();
        words.sort_unstable();
        Vocabulary { words, labels: self::words(labels).collect() }
    }

    /// The line with everything masked that is not `known` to be part of a message (bytes of the line, in order), nor a word or
    /// shape that may be shown; `secrets` go whatever they are part of. Words in a row that go leave one mask.
    pub fn mask_unknown(&self, line: &str, known: &[Range<usize>], secrets: &[Range<usize>]) -> String {
        let mut shown = String::with_capacity(line.len());
        let (mut known, mut secrets) = (Ahead(known), Ahead(secrets));
        let mut at = 0;
        while at < line.len() {
            if let Some(secret) = secrets.around(at) {
                hide_one_more(&mut shown);
                at = secret.end.max(at + 1);
                continue;
            }
            let secret = secrets.behind(at).unwrap_or(line.len());
            if let Some(message) = known.around(at) {
                let end = message.end.min(secret);
                shown.push_str(line.get(at..end).unwrap_or_default());
                at = end;
                continue;
            }
            let next = known.behind(at).unwrap_or(line.len()).min(secret);
            let (before, rest) = line.split_at(at);
            let rest = rest.get(..next - at).unwrap_or_default();
            let word = rest.split(|c| !in_word(c)).next().unwrap_or_default();
            let gap = rest.get(word.len()..).unwrap_or_default().split(in_word).next().unwrap_or_default();
            if word.is_empty() || self.may_be_shown(word, before) || self.is_labelled(before) {
                shown.push_str(word);
            } else {
                hide_one_more(&mut shown);
            }
            shown.push_str(gap);
            at += word.len() + gap.len();
        }
        shown
    }

    /// Whether a word is known.
    pub fn holds(&self, word: &str) -> bool {
        self.words.binary_search(&word.to_ascii_lowercase()).is_ok()
    }

    fn may_be_shown(&self, word: &str, before: &str) -> bool {
        self.holds(word) || is_number(word, before) || is_exception(word)
    }

    /// Whether a quoted name that began in `before` stands behind a word that says what it names.
    fn is_labelled(&self, before: &str) -> bool {
        let before = before.trim_end_matches(|c| in_word(c) || c == '.');
        let Some(before) = before.strip_suffix(['"', '\'', '«', '»', '“']) else { return false };
        let label = before.trim_end_matches([' ', '(']);
        label.len() < before.len() && words(label).last().is_some_and(|word| self.labels.contains(&word))
    }
}

fn hide_one_more(shown: &mut String) {
    let end = shown.trim_end_matches(' ').len();
    if shown.get(..end).is_some_and(|before| before.ends_with(MASK)) {
        shown.truncate(end);
    } else {
        shown.push_str(MASK);
    }
}

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c| !in_word(c)).filter(|word| !word.is_empty()).map(str::to_ascii_lowercase)
}

fn in_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn is_number(word: &str, before: &str) -> bool {
    let is_fraction =
        before.strip_suffix(['.', ',']).is_some_and(|before| before.ends_with(|c: char| c.is_ascii_digit()));
    word.len() <= if is_fraction { MAX_FRACTION_DIGITS } else { MAX_NUMBER_DIGITS }
        && word.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a word is plainly one: letters alone, with at most two digits behind them (`python3`), or a short number. Names of programs,
/// files and tables are; what is secret seldom is.
pub(super) fn is_plain_word(word: &str) -> bool {
    let letters = word.trim_end_matches(|c: char| c.is_ascii_digit());
    let few_digits = word.len() - letters.len() <= 2;
    let is_word = few_digits && letters.chars().count() <= MAX_WORD_LETTERS && letters.chars().all(char::is_alphabetic);
    is_word || is_number(word, "")
}

/// Where plain words stand in a text, by which somebody named a thing.
pub fn plain_words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    text.split_inclusive(|c| !in_word(c)).filter_map(move |piece| {
        let start = at;
        at += piece.len();
        let word = piece.trim_end_matches(|c| !in_word(c));
        let is_plain = !word.is_empty() && word.split('_').all(is_plain_word);
        is_plain.then(|| start..start + word.len())
    })
}

/// Ranges in order, of which those before a place are done with.
struct Ahead<'r>(&'r [Range<usize>]);

impl Ahead<'_> {
    /// The range a byte is in.
    fn around(&mut self, at: usize) -> Option<Range<usize>> {
        let done = self.0.iter().take_while(|range| range.end <= at).count();
        self.0 = self.0.get(done..).unwrap_or_default();
        self.0.first().filter(|range| range.contains(&at)).cloned()
    }

    /// Where the next range behind a byte begins.
    fn behind(&self, at: usize) -> Option<usize> {
        self.0.iter().map(|range| range.start).find(|start| *start > at)
    }
}

/// `DuplicateTableError`: letters alone, and an ending that says what it is.
fn is_exception(word: &str) -> bool {
    let ends = ["Error", "Exception", "Warning"].iter().any(|end| word.len() > end.len() && word.ends_with(end));
    ends && word.len() <= LONGEST_NAME && word.bytes().all(|b| b.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::Vocabulary;

    fn check(line: &str, known: &str, expected: &str) {
        let vocabulary = Vocabulary::of(["relation already", "sqlalchemy.exc asyncpg class error"], "role named");
        let start = line.find(known).unwrap_or_default();
        let message = start..start + known.len();
        assert_eq!(vocabulary.mask_unknown(line, std::slice::from_ref(&message), &[]), expected);
    }

    #[test]
    fn what_is_no_message_goes() {
        check("hunter two: relation \"hunter\" gone", "relation \"hunter\" gone", "***: relation \"hunter\" gone");
        check(
            "relation \"x\" gone for correct-horse at 8080, 123456789",
            "relation \"x\" gone",
            "relation \"x\" gone ***-*** 8080, ***",
        );
    }

    #[test]
    fn a_quoted_name_stays_behind_the_word_for_it() {
        check("role \"me_2\" and named 'app.x1' no", "no", "role \"me_2\" *** named 'app.x1' no");
        check("role me, named=\"x\" no", "no", "role ***, named=\"***\" no");
    }

    #[test]
    fn known_words_numbers_and_exceptions_stay() {
        check(
            "2026-11-22 ERROR <class 'asyncpg.exc.DuplicateTableError'>: no",
            "no",
            "2026-11-22 ERROR <class 'asyncpg.exc.DuplicateTableError'>: no",
        );
        check("Sqlalchemy.exc.x1Error: no", "no", "Sqlalchemy.exc.***: no");
    }
}
