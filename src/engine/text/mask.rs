//! Text → what may be shown of it. Two rules, one door.
//!
//! **What stays on the screen** ([`Masker::on_screen`]) hides every shape of a secret and the addresses of people and machines.
//! **What leaves** ([`Masker::leaving`], and [`Masker::name`] and [`Masker::command`] for facts) is the other way round: only the message that
//! was found, words we know and harmless shapes pass, and of these nothing that has the shape of a secret. An [`Excerpt`] can only be
//! made here, so no part of the program holds an unmasked line longer than it reads it.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::search::Search;
use super::secret::{Carry, SecretRules, Suspicion};
use super::vocabulary::is_plain_word;
use super::{Cut, Line, Vocabulary};

/// What replaces a hidden part.
pub const MASK: &str = "***";

/// Longest excerpt kept, in characters; of a longer line the part around the message is kept.
const MAX_EXCERPT_CHARS: usize = 400;

/// Of a longer line this many bytes before the message are kept.
const BEFORE_MESSAGE_BYTES: usize = 120;

/// Text that is safe to show, of bounded length.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Excerpt(String);

impl Excerpt {
    /// A line of which nothing is shown.
    pub fn hidden() -> Self {
        Excerpt(MASK.to_owned())
    }

    /// The masked text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn shortened(masked: &str) -> Self {
        let mut chars = masked.trim().chars();
        let mut kept: String = chars.by_ref().take(MAX_EXCERPT_CHARS).collect();
        if chars.next().is_some() {
            kept.push('…');
        }
        Excerpt(kept)
    }
}

impl std::fmt::Display for Excerpt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Masks text by the rules of the content.
#[derive(Debug)]
pub struct Masker<'c> {
    secrets: &'c SecretRules,
    suspicions: Search,
    vocabulary: Vocabulary,
}

impl<'c> Masker<'c> {
    /// A masker that lets these words pass.
    pub fn new(secrets: &'c SecretRules, vocabulary: Vocabulary) -> Self {
        let suspicions = secrets.suspicions();
        let suspicions = Search::new(suspicions.iter().map(String::as_str));
        Masker { secrets, suspicions, vocabulary }
    }

    /// What a secret looks like.
    pub fn secrets(&self) -> &'c SecretRules {
        self.secrets
    }

    /// Whether a line may hold a secret by itself: only such lines are looked at, for the view as for the warning.
    pub fn suspicion(&self, line: &str) -> Suspicion {
        if self.suspicions.any(line) { Suspicion::Text } else { Suspicion::of_characters(line) }
    }

    /// Where secrets stand in the next line of a text, of which the [suspicion](Masker::suspicion) is known: bytes, in order.
    pub fn find_next(&self, line: &Line<'_>, suspicion: Suspicion, carry: &mut Carry) -> Vec<Range<usize>> {
        match (line.key.as_deref(), suspicion) {
            (Some(key), _) if self.secrets.is_secret_key(key, &line.text) => {
                std::iter::once(0..line.text.len()).collect()
            }
            (_, Suspicion::Text) => self.secrets.find_next(&line.text, carry),
            _ if !carry.is_empty() => self.secrets.find_next(&line.text, carry),
            (_, Suspicion::Run) => self.secrets.find_tokens(&line.text),
            (_, Suspicion::Nothing) => Vec::new(),
        }
    }

    /// Whether a secret stands across a cut, and more of it than either side shows.
    ///
    /// Most lines that are read together were never cut, so what only a reading of both shows must hold together by itself: a token, an
    /// address up to its `@`, or the rest of a value that the first line ends within.
    pub fn is_cut(&self, cut: Cut<'_>, between: &str) -> bool {
        let rules = self.secrets;
        let near = cut.near(between);
        // A token holds no blank, so only the word that was cut can be one; all else would make the whole suspicious.
        if self.suspicion(&near.text) != Suspicion::Text && self.suspicion(near.cut_word()) == Suspicion::Nothing {
            return false;
        }
        let (before, rest) = near.sides();
        let at = before.len();
        let end = at - between.len();
        let crosses = |range: &&Range<usize>| range.start < end && range.end > at;
        let behind = rules.find(rest);
        let hidden_behind = |to: usize| behind.first().is_some_and(|hidden| hidden.start == 0 && hidden.end + at >= to);
        let unbroken = rules.find_unbroken(&near.text);
        let begun = between.is_empty() && rules.find(before).last().is_some_and(|hidden| hidden.end == end);
        unbroken.iter().find(crosses).is_some_and(|range| !hidden_behind(range.end))
            || begun && rules.find(&near.text).iter().find(crosses).is_some_and(|range| !hidden_behind(range.end))
    }

    /// A line as it stays on the screen: the secrets found in it (bytes, in order) and addresses hidden.
    pub fn on_screen(line: &str, secrets: &[Range<usize>]) -> Excerpt {
        Excerpt::shortened(&hide(line, secrets, hide_addresses))
    }

    /// A line as it may leave: of what is neither the message (bytes of the line, in order) nor known to be harmless nothing is left.
    pub fn leaving(&self, line: &str, message: &[Range<usize>]) -> Excerpt {
        let from = message.first().map_or(0, |first| first.start.saturating_sub(BEFORE_MESSAGE_BYTES));
        let long = line.len() > MAX_EXCERPT_CHARS && from > 0;
        let from = if long { begin_of_word(line, from) } else { 0 };
        let rest = line.get(from..).unwrap_or(line);
        let message: Vec<Range<usize>> = message.iter().map(|range| range.start - from..range.end - from).collect();
        let secrets = self.secrets.find(line);
        let secrets = secrets.iter().filter(|range| range.end > from);
        let secrets: Vec<Range<usize>> =
            secrets.map(|range| range.start.saturating_sub(from)..range.end - from).collect();
        let masked = self.vocabulary.mask_unknown(rest, &message, &secrets);
        Excerpt::shortened(&[if long { "…" } else { "" }, &hide_addresses(&masked)].concat())
    }

    /// The same for a line of any length, of which nothing is cut off.
    pub fn leaving_whole(&self, line: &str, message: &[Range<usize>], secrets: &[Range<usize>]) -> String {
        hide_addresses(&self.vocabulary.mask_unknown(line, message, secrets))
    }

    /// The name of a thing that a message told: shown, unless it has the shape of a secret.
    pub fn name(&self, value: &str) -> String {
        hide(value, &self.secrets.find(value), hide_addresses)
    }

    /// A command: its words are shown where they are plain words, paths and options; of `NAME=value` the value only where it is known to be
    /// harmless.
    pub fn command(&self, command: &str) -> String {
        hide(command, &self.secrets.find(command), |part| {
            let mut is_printed = false;
            let words = part.split_inclusive(char::is_whitespace).map(|word| {
                let core = word.trim_end();
                let blank = word.get(core.len()..).unwrap_or_default();
                is_printed = !core.ends_with(ENDS_OF_COMMANDS) && (is_printed || prints_its_words(core));
                let is_sign = !core.contains(char::is_alphanumeric) || prints_its_words(core);
                let shown = if is_printed && !is_sign { MASK.to_owned() } else { self.command_word(core) };
                [&shown, blank].concat()
            });
            words.collect()
        })
    }

    fn command_word(&self, word: &str) -> String {
        let shown = |text: &str| {
            let parts = text.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
            parts.into_iter().all(|part| is_plain_word(part) || self.vocabulary.holds(part))
        };
        match word.split_once('=') {
            Some((name, value)) if !value.is_empty() => {
                let harmless = value.starts_with('$')
                    || self.vocabulary.holds(value)
                    || value.len() <= 5 && value.bytes().all(|b| b.is_ascii_digit());
                let name = if shown(name) { name } else { MASK };
                [name, "=", if harmless && shown(value) { value } else { MASK }].concat()
            }
            _ if shown(word) => word.to_owned(),
            _ => MASK.to_owned(),
        }
    }
}

/// Where a command of a shell ends.
const ENDS_OF_COMMANDS: [char; 3] = ['|', ';', '&'];

/// `echo hunter2 | docker login --password-stdin`: what stands behind may be a secret however plain a word it is.
fn prints_its_words(word: &str) -> bool {
    matches!(word.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '<'), "echo" | "printf" | "<<<")
}

/// A text without the secrets found in it.
pub fn hide_secrets(rules: &SecretRules, text: &str) -> String {
    hide(text, &rules.find(text), str::to_owned)
}

/// Where the word begins that a byte is in.
fn begin_of_word(line: &str, at: usize) -> usize {
    let at = line.floor_char_boundary(at);
    line.get(..at)
        .and_then(|before| before.rfind(char::is_whitespace))
        .map_or(at, |blank| line.ceil_char_boundary(blank + 1))
}

/// The text with these ranges replaced by [`MASK`], and the rest as `show` gives it.
fn hide(text: &str, ranges: &[Range<usize>], show: impl Fn(&str) -> String) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut at = 0;
    for range in ranges {
        shown.push_str(&show(text.get(at..range.start).unwrap_or_default()));
        shown.push_str(MASK);
        at = range.end;
    }
    shown.push_str(&show(text.get(at..).unwrap_or_default()));
    shown
}

/// The text without e-mail and IPv4 addresses, and without what stands before an `@` that leaked into a host name.
pub fn hide_addresses(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let length = rest.find(|c| !in_word(c)).unwrap_or(rest.len());
        let (word, tail) = rest.split_at(length);
        masked.push_str(&address(word).unwrap_or_else(|| word.to_owned()));
        let gap = tail.find(in_word).unwrap_or(tail.len());
        let (between, tail) = tail.split_at(gap);
        masked.push_str(between);
        rest = tail;
    }
    masked
}

fn in_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '@' | '+' | '%')
}

fn address(word: &str) -> Option<String> {
    if let Some((local, host)) = word.rsplit_once('@') {
        // Alembic's own `branch@head` is no address.
        let alembic = matches!(host.trim_end_matches('.'), "head" | "heads" | "base");
        return (!local.is_empty() && !alembic).then(|| format!("{MASK}@{host}"));
    }
    let own_machine = matches!(word, "127.0.0.1" | "0.0.0.0");
    (!own_machine && is_ipv4(word.trim_end_matches('.'))).then(|| MASK.to_owned())
}

fn is_ipv4(word: &str) -> bool {
    let parts = word.split('.').collect::<Vec<_>>();
    parts.len() == 4 && parts.iter().all(|p| p.len() <= 3 && !p.is_empty() && p.parse::<u8>().is_ok())
}
