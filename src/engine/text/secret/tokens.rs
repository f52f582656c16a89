//! Tokens: what an issuer marks, and what looks random.

use std::ops::Range;

use super::LONG_RUN_BYTES;
use super::fold::Folded;
use super::rules::{Alphabet, SecretRules, TokenRule};
use super::value::{looks_random, turns};

/// Bytes of the shortest run that is taken for a key without a mark.
const RANDOM_BYTES: usize = 20;

/// Bytes of the shortest hash written in hexadecimal digits that somebody keeps secret.
const HEX_BYTES: usize = 32;

/// Bytes of a Git commit; it is no secret.
const COMMIT_BYTES: usize = 40;

/// Whether a byte is part of a run that is looked at.
pub(super) fn in_run(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-'
}

/// What looks like a token.
pub(super) fn find(rules: &SecretRules, folded: &Folded) -> Vec<Range<usize>> {
    let mut found = find_runs(rules, folded);
    let text = folded.text.as_str();
    found
        .extend(rules.tokens.all().filter(|rule| rule.of == Alphabet::Printed).flat_map(|rule| all_around(rule, text)));
    found
}

/// The same without tokens of printed characters, which stand on [suspicious](SecretRules::suspicions) lines alone.
pub(super) fn find_runs(rules: &SecretRules, folded: &Folded) -> Vec<Range<usize>> {
    let text = folded.text.as_str();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(run) = next_run(text, at) {
        let rest = text.get(run.start..).unwrap_or_default();
        let fitting = rules.tokens.beginning(rest).filter_map(|(mark, rule)| marked(rule, mark, rest));
        found.extend(fitting.max().map(|length| run.start..run.start + length));
        if run.len() >= RANDOM_BYTES && is_random(rules, folded, &run) {
            found.push(
                run.start
                    ..run.end + text.get(run.end..).map_or(0, |rest| rest.len() - rest.trim_start_matches('=').len()),
            );
        }
        at = run.end;
    }
    let within = rules.tokens.all().filter(|rule| rule.before.is_some() && rule.of != Alphabet::Printed);
    found.extend(within.flat_map(|rule| all_around(rule, text)));
    found
}

/// The tokens around the marks of a rule.
fn all_around<'t>(rule: &'t TokenRule, text: &'t str) -> impl Iterator<Item = Range<usize>> + 't {
    let places = rule.marks.iter().flat_map(|mark| text.match_indices(mark));
    places.filter_map(|(at, mark)| around(rule, mark, text, at))
}

/// The next run of token characters at or behind a byte.
fn next_run(text: &str, from: usize) -> Option<Range<usize>> {
    let rest = text.as_bytes().get(from..)?;
    let start = from + rest.iter().position(|byte| in_run(*byte))?;
    let length = text.as_bytes().get(start..)?.iter().take_while(|byte| in_run(**byte)).count();
    Some(start..start + length)
}

/// The length of the token whose mark a text begins with, in bytes.
fn marked(rule: &TokenRule, mark: &str, text: &str) -> Option<usize> {
    let end = mark.len() + extent(rule, text.get(mark.len()..)?)?;
    holds_run(text.get(..end)?).then_some(end)
}

/// A token that holds its mark at this byte, or begins with one that is no word.
fn around(rule: &TokenRule, mark: &str, text: &str, at: usize) -> Option<Range<usize>> {
    let before = text.as_bytes().get(..at)?.iter().rev().take_while(|byte| Alphabet::Token.allows(**byte)).count();
    if before < usize::from(rule.before.unwrap_or_default()) {
        return None;
    }
    let behind = at + mark.len();
    let start = if rule.before.is_some() { at - before } else { at };
    let end = behind + extent(rule, text.get(behind..)?)?;
    (rule.of == Alphabet::Printed || holds_run(text.get(start..end)?)).then_some(start..end)
}

/// How many bytes of the token stand behind its mark.
fn extent(rule: &TokenRule, rest: &str) -> Option<usize> {
    let length = rest.bytes().take_while(|byte| rule.of.allows(*byte)).count();
    let token = rest.get(..length)?.trim_end_matches(['.', ',', ';', ')', '|']);
    let enough = token.len() >= usize::from(rule.rest) && (!rule.random || looks_random(token));
    enough.then_some(token.len())
}

/// Whether a long run stands in a token: lines without one are not looked at.
fn holds_run(token: &str) -> bool {
    token.as_bytes().split(|byte| !in_run(*byte)).any(|run| run.len() >= LONG_RUN_BYTES)
}

/// Whether a long run looks like a key: nobody names anything so.
fn is_random(rules: &SecretRules, folded: &Folded, run: &Range<usize>) -> bool {
    let Some(word) = folded.text.get(run.clone()) else { return false };
    if names_a_thing(rules, folded, run) || is_uuid(word) {
        return false;
    }
    let count = |kind: fn(&u8) -> bool| word.bytes().filter(kind).count();
    let (capitals, small, digits) =
        (count(u8::is_ascii_uppercase), count(u8::is_ascii_lowercase), count(u8::is_ascii_digit));
    let all_mixed = word.len() >= HEX_BYTES && capitals >= 3 && small >= 3 && digits >= 3 && turns(word) >= 10;
    all_mixed || word.split(['_', '-']).any(is_random_segment)
}

/// A part between `_` and `-`: hexadecimal digits as of a hash, or letters and digits in many turns.
fn is_random_segment(segment: &str) -> bool {
    let count = |kind: fn(&u8) -> bool| segment.bytes().filter(kind).count();
    let (capitals, small, digits) =
        (count(u8::is_ascii_uppercase), count(u8::is_ascii_lowercase), count(u8::is_ascii_digit));
    let hex = segment.bytes().all(|byte| byte.is_ascii_hexdigit()) && digits > 0 && digits < segment.len();
    if hex {
        return segment.len() >= HEX_BYTES && segment.len() != COMMIT_BYTES;
    }
    let mixed = segment.len() >= RANDOM_BYTES && capitals >= 2 && small >= 2 && digits >= 2 && turns(segment) >= 6;
    let small_alone = segment.len() >= 30 && capitals == 0 && digits >= 4 && turns(segment) >= 6;
    mixed || small_alone
}

/// `sha256:…`, `commit …`, `request_id=…`, `sha384-…`: a name of a thing stands right before it, or in it.
fn names_a_thing(rules: &SecretRules, folded: &Folded, run: &Range<usize>) -> bool {
    // A digest in Base64 holds signs that end a run.
    let in_base64 = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '-' | '_');
    let whole = folded.lower.get(..run.end).unwrap_or_default();
    let start = whole.trim_end_matches(in_base64).len();
    let within = whole.get(start..).and_then(|word| word.split(['-', '_']).next());
    let before = folded.lower.get(..start).unwrap_or_default();
    let before = before.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
    let word = before.rsplit(|c: char| !c.is_ascii_alphanumeric()).next();
    [within, word].into_iter().flatten().any(|word| rules.harmless.ids.holds(word))
}

/// `8-4-4-4-12` hexadecimal digits: a name of something far more often than a key.
fn is_uuid(word: &str) -> bool {
    let lengths: Vec<usize> = word.split('-').map(str::len).collect();
    lengths == [8, 4, 4, 4, 12] && word.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
}
