//! Where secrets stand in a text: the one definition behind the mask, the warning and every view.
//!
//! Comes in: lines, one after the other, and the [`SecretRules`] of the content. Goes out: byte ranges of each line. What is hidden for its
//! shape is what the warning is about, because both ask [`SecretRules::find`]. Knows no signature and no platform.
//!
//! Five kinds of evidence, one file each: `names` (`DB_PASS=…`), `urls` (`user:password@host`), `tokens` (what an issuer marks, and
//! what looks random), `rows` (values a server quotes, options of commands) and `blocks` (keys and values over several lines).
//! A line is folded (`fold`) first, so that look-alike and invisible characters hide nothing.

mod blocks;
mod compatible;
mod fold;
mod names;
mod rows;
mod rules;
mod tokens;
mod urls;
mod value;

use std::ops::Range;

pub use blocks::Carry;
pub use rules::{Alphabet, Harmless, NameRules, OptionRule, RowRule, SecretRules, TokenRule, TokenRules, Words};

use fold::Folded;

/// A run of letters, digits, `_` and `-` this long is looked at whatever stands around it, in bytes.
const LONG_RUN_BYTES: usize = 16;

impl SecretRules {
    /// Where secrets stand in a line that belongs to no others.
    pub fn find(&self, line: &str) -> Vec<Range<usize>> {
        self.find_next(line, &mut Carry::default())
    }

    /// Where secrets stand in the next line of a text: bytes, in order, apart from each other. `carry` holds what the lines before
    /// announced: a key that goes on, a value that comes on a line of its own.
    pub fn find_next(&self, line: &str, carry: &mut Carry) -> Vec<Range<usize>> {
        if carry.swallows(line) {
            let start = line.len() - line.trim_start().len();
            return Some(start..line.trim_end().len()).filter(|range| !range.is_empty()).into_iter().collect();
        }
        let folded = Folded::of(line);
        let mut found = urls::find(self, &folded);
        found.extend(names::find(self, &folded, carry));
        found.extend(tokens::find(self, &folded));
        found.extend(rows::find(self, &folded, carry));
        found.extend(blocks::find(&folded, carry));
        let found = found.iter().map(|range| folded.in_line(range)).filter(|range| !range.is_empty()).collect();
        joined(found)
    }

    /// Where tokens stand in a line that holds none of the [suspicions](SecretRules::suspicions): bytes, in order, apart from each other.
    pub fn find_tokens(&self, line: &str) -> Vec<Range<usize>> {
        let folded = Folded::of(line);
        joined(tokens::find_runs(self, &folded).iter().map(|range| folded.in_line(range)).collect())
    }

    /// Where tokens and whole addresses stand: what holds together without the words around it.
    pub fn find_unbroken(&self, text: &str) -> Vec<Range<usize>> {
        let folded = Folded::of(text);
        let ends_at_host =
            |range: &Range<usize>| folded.text.get(range.end..).is_some_and(|rest| rest.starts_with('@'));
        let addresses = urls::find(self, &folded).into_iter().filter(ends_at_host);
        joined(addresses.chain(tokens::find(self, &folded)).map(|range| folded.in_line(&range)).collect())
    }

    /// Whether a text that a carrier holds under a key is a secret for its key.
    pub fn is_secret_key(&self, key: &str, value: &str) -> bool {
        names::kind_of(&self.names, key).is_some_and(|kind| !kind.loose && !self.harmless.is_value(value, key, kind))
    }

    /// Whether a text holds a secret.
    pub fn hides(&self, text: &str) -> bool {
        !self.find(text).is_empty()
    }

    /// Texts of which one stands on every line that holds a secret, but for those that [`Suspicion::of_characters`] tells apart.
    pub fn suspicions(&self) -> Vec<String> {
        let NameRules { words, headers, phrases, .. } = &self.names;
        let mut all: Vec<String> = ALWAYS_SUSPICIOUS.map(str::to_owned).into();
        all.extend(words.iter().chain(headers.iter()).filter(|word| !is_short(word)).flat_map(spellings));
        for word in self.weak_names().flat_map(spellings) {
            all.extend(BEHIND_NAMES.chars().map(|next| format!("{word}{next}")));
        }
        let printed = self.tokens.all().filter(|token| token.of == Alphabet::Printed).map(|token| &token.marks);
        let lists = self.options.iter().map(|option| &option.commands).chain(printed).chain([phrases]);
        all.extend(
            lists.flat_map(Words::iter).chain(self.rows.iter().map(|row| row.begins.as_str())).map(str::to_owned),
        );
        all
    }

    /// The names that stand inside many other words: suspicious only with a sign or more of the name behind them.
    fn weak_names(&self) -> impl Iterator<Item = &str> {
        let NameRules { words, loose, headers, .. } = &self.names;
        words.iter().chain(headers.iter()).filter(|word| is_short(word)).chain(loose.iter())
    }
}

fn is_short(word: &str) -> bool {
    word.len() <= 3
}

/// A word as lines are read: names in a list are compared with folded text.
pub fn folded(word: &str) -> String {
    Folded::of(word).text
}

/// What stands on lines with addresses and keys.
const ALWAYS_SUSPICIOUS: [&str; 10] =
    ["://", "@", "%3A%2F%2F", "%3a%2f%2f", "PRIVATE", "Private-Lines", ":*:", ":5432:", ":6432:", ":6543:"];

/// What may stand behind the last word of a name: a sign, what joins it to its next word, or how that begins: `keyId`, `pwd2`.
const BEHIND_NAMES: &str = "=:>|(\"'`]\\ \t_-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// How a word is written: small, in capitals, with a capital.
fn spellings(word: &str) -> [String; 3] {
    let mut capital = word.to_owned();
    if let Some(first) = capital.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    [word.to_owned(), word.to_ascii_uppercase(), capital]
}

/// What about a line makes it worth looking at: nearly every line has nothing, and looking takes a hundred times as long as this.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Suspicion {
    /// Nothing: it holds no secret.
    Nothing,
    /// A long run of token characters alone: it can hold a token and nothing else.
    Run,
    /// One of the [suspicions](SecretRules::suspicions), or a character that may stand for another: it can hold anything.
    Text,
}

impl Suspicion {
    /// What a line's characters say, whatever it is about.
    pub fn of_characters(line: &str) -> Self {
        match (line.is_ascii() || line.chars().all(is_plain), holds_long_run(line.as_bytes())) {
            (false, _) => Suspicion::Text,
            (true, true) => Suspicion::Run,
            (true, false) => Suspicion::Nothing,
        }
    }
}

/// Whether a character stands for no letter, digit or sign of a name: ASCII stands for itself, an ellipsis and the lines and blocks
/// that progress bars and frames are drawn with for nothing.
fn is_plain(c: char) -> bool {
    c.is_ascii() || matches!(c, '\u{2026}' | '\u{2500}'..='\u{259F}')
}

/// Whether a long run of token characters stands in a line. Every such run covers a place whose number is a multiple of its length, so only
/// those are looked at first.
fn holds_long_run(line: &[u8]) -> bool {
    let mut from = LONG_RUN_BYTES - 1;
    while let Some(byte) = line.get(from) {
        if tokens::in_run(*byte) {
            let (before, behind) = line.split_at(from);
            let left = before.iter().rev().take(LONG_RUN_BYTES).take_while(|b| tokens::in_run(**b)).count();
            let right = behind.iter().take(LONG_RUN_BYTES).take_while(|b| tokens::in_run(**b)).count();
            if left + right >= LONG_RUN_BYTES {
                return true;
            }
        }
        from += LONG_RUN_BYTES;
    }
    false
}

/// The ranges in order, those that touch put together.
pub fn joined(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_unstable_by_key(|range| (range.start, range.end));
    let mut all: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match all.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => all.push(range),
        }
    }
    all
}
