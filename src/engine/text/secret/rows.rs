//! Values that a server or driver quotes from a row, and options of commands that carry a secret.

use std::ops::Range;

use super::blocks::Carry;
use super::fold::Folded;
use super::names::NameKind;
use super::rules::{OptionRule, RowRule, SecretRules};

/// Bytes of a time stamp with its zone.
const MAX_TIME_BYTES: usize = 40;

pub(super) fn find(rules: &SecretRules, folded: &Folded, carry: &mut Carry) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = rules.rows.iter().filter_map(|rule| in_row(rule, folded, carry)).collect();
    found.extend(rules.options.iter().filter_map(|rule| in_option(rules, rule, folded)));
    found
}

fn in_row(rule: &RowRule, folded: &Folded, carry: &mut Carry) -> Option<Range<usize>> {
    let text = folded.text.as_str();
    let start = text.find(&rule.begins)? + rule.begins.len();
    let rest = text.get(start..)?;
    let Some(ends) = &rule.ends else {
        let quoted = rest.split_once(": \"")?.1;
        let from = text.len() - quoted.len();
        let value = from..from + quoted.rfind('"').unwrap_or(quoted.len());
        return Some(value).filter(|value| is_private(text.get(value.clone()).unwrap_or_default()));
    };
    let length = rest.rfind(ends.as_str()).unwrap_or_else(|| {
        if is_private(rest) {
            carry.parameters(ends);
        }
        rest.len()
    });
    is_private(rest.get(..length)?).then(|| start..start + length)
}

/// Whether a list of values holds anything but numbers, times and words in small letters: names of tables and states are no secret, what
/// people typed may be.
fn is_private(values: &str) -> bool {
    let is_plain = |value: &str| {
        let value = value.trim_matches(|c: char| c.is_ascii_punctuation() || c.is_whitespace());
        let is_word = value.bytes().all(|b| b.is_ascii_lowercase() || b == b'_' || b == b' ');
        let is_number =
            value.len() <= MAX_TIME_BYTES && !value.bytes().any(|b| b.is_ascii_alphabetic() || b == b'@' || b == b'$');
        is_word || is_number || matches!(value, "None" | "True" | "False" | "NULL")
    };
    !values.split([',', ':']).all(is_plain)
}

/// `-pSECRET`, `-p SECRET`, `-u user:SECRET` behind one of the commands.
fn in_option(rules: &SecretRules, rule: &OptionRule, folded: &Folded) -> Option<Range<usize>> {
    let (text, lower) = (folded.text.as_str(), folded.lower.as_str());
    let command = rule.commands.iter().filter_map(|command| Some(word_at(lower, command)? + command.len())).min()?;
    let mut from = command;
    loop {
        let option = from + lower.get(from..)?.find(&format!(" {}", rule.option))? + 1 + rule.option.len();
        let rest = text.get(option..)?;
        let blanks = rest.len() - rest.trim_start_matches([' ', '=']).len();
        let value = rest.get(blanks..)?;
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let value = quote.map_or(value, |quote| value.trim_start_matches(quote));
        let end = value.find(|c: char| quote.map_or(c.is_whitespace(), |quote| c == quote)).unwrap_or(value.len());
        let value = value.get(..end)?;
        let secret = if rule.behind_user { value.split_once(':').map_or("", |(_, secret)| secret) } else { value };
        let is_secret = !secret.starts_with('-')
            && !is_mapping(secret)
            && !rules.harmless.is_value(secret, "", NameKind::default());
        if is_secret && !(rule.attached && blanks > 0) {
            let end = option + blanks + usize::from(quote.is_some()) + end;
            return Some(end - secret.len()..end);
        }
        from = option;
    }
}

/// Where a command stands as a word.
fn word_at(lower: &str, command: &str) -> Option<usize> {
    let in_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    let stands = |at: &usize| {
        let before = lower.get(..*at).and_then(|before| before.chars().next_back());
        let behind = lower.get(at + command.len()..).and_then(|behind| behind.chars().next());
        !before.is_some_and(in_word) && behind == Some(' ')
    };
    lower.match_indices(command).map(|(at, _)| at).find(stands)
}

/// `8080:80`: ports, no password.
fn is_mapping(value: &str) -> bool {
    value.contains(':') && value.bytes().all(|byte| byte.is_ascii_digit() || byte == b':' || byte == b'.')
}
