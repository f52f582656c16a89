//! The strings in a line of JSON, whole or cut off, at any depth and under any key.
//!
//! Nothing is parsed into a tree: strings are looked for one after the other, so that broken or endless JSON costs no more than its length.
//! Source: RFC 8259, section 7.

use std::collections::BTreeSet;

use super::Freed;
use super::escapes::{self, Escapes};

/// Keys of a request: a line with one of them tells what somebody sent.
const REQUEST_KEYS: [&str; 14] = [
    "method",
    "path",
    "url",
    "uri",
    "user_agent",
    "useragent",
    "headers",
    "query",
    "referer",
    "referrer",
    "remote_addr",
    "status_code",
    "http",
    "request",
];

/// Keys whose short values say nothing about what happened.
const METADATA_KEYS: [&str; 22] = [
    "level",
    "levelname",
    "severity",
    "time",
    "ts",
    "timestamp",
    "@timestamp",
    "stream",
    "logger",
    "logger_name",
    "name",
    "module",
    "pid",
    "thread",
    "hostname",
    "host",
    "container_name",
    "container_id",
    "pod",
    "namespace",
    "source",
    "loglevel",
];

/// Keys under which loggers put what a program printed, be it one word.
const MESSAGE_KEYS: [&str; 7] = ["log", "msg", "message", "textpayload", "text", "line", "event"];

/// Levels of trouble: a line of such a level is kept with it, whatever its message says.
const SEVERE: [&str; 8] = ["error", "err", "fatal", "critical", "panic", "emerg", "emergency", "alert"];

/// The same as numbers.
/// Source: pino and bunyan, levels 50 and 60.
const SEVERE_NUMBERS: [&str; 4] = ["\"level\":50", "\"level\":60", "\"level\": 50", "\"level\": 60"];

/// A longer value is no level and no time, in bytes.
const MAX_METADATA_BYTES: usize = 40;

/// A string and the key before it.
struct Value {
    key: Option<String>,
    text: String,
    /// Bytes of its inside in the line.
    start: usize,
    end: usize,
}

/// The texts in an object or a list: every string of more than one word, and what is left of the line where that holds more than levels and
/// times.
pub(super) fn strings(line: &str) -> Option<Vec<Freed>> {
    let begin = line.find(['{', '['])?;
    let json = line.get(begin..)?;
    let inside = json.get(1..)?.trim_start();
    let looks_so = inside.starts_with('"') && (json.starts_with('{') || begin == line.len() - line.trim_start().len())
        || inside.starts_with("{\"")
        || inside.starts_with("[\"");
    if !looks_so || json.starts_with('{') && !inside.contains(':') {
        return None;
    }
    let values = values(line, begin);
    let is_request = values
        .iter()
        .filter_map(|value| value.key.as_deref())
        .any(|key| REQUEST_KEYS.contains(&key.to_ascii_lowercase().as_str()));
    let before = line.get(..begin).unwrap_or_default();
    let keys: BTreeSet<Option<&str>> =
        values.iter().filter(|value| is_text(&value.text)).map(|value| value.key.as_deref()).collect();
    let told: Vec<&Value> = values.iter().filter(|value| is_told(value, &keys)).collect();
    if told.is_empty() {
        return None;
    }
    let mut freed = Vec::new();
    let says_more = !before.trim().is_empty()
        || SEVERE_NUMBERS.iter().any(|level| line.contains(level))
        || values.iter().any(|value| !is_told(value, &keys) && !is_metadata(value));
    if says_more {
        freed.push(Freed { quoted: is_request, ..Freed::of(without(line, &told)) });
    }
    freed.extend(told.into_iter().map(|value| Freed {
        text: value.text.clone(),
        key: value.key.clone(),
        quoted: is_request,
    }));
    Some(freed)
}

/// One line of pretty-printed JSON: `"message": "…",` or `"…",`.
pub(super) fn fragment(line: &str) -> Option<Vec<Freed>> {
    let trimmed = line.trim();
    let whole = trimmed.starts_with('"') && trimmed.trim_end_matches([',', ']', '}']).ends_with('"');
    if !whole {
        return None;
    }
    let values = values(trimmed, 0);
    let [value] = values.as_slice() else { return None };
    let rest = trimmed.get(value.end + 1..)?.trim_matches([',', ']', '}', ' ']);
    let escaped = trimmed.get(value.start..value.end) != Some(value.text.as_str());
    let carries = rest.is_empty() && is_text(&value.text) && (value.key.is_some() || escaped || trimmed.ends_with(','));
    carries.then(|| vec![Freed { text: value.text.clone(), key: value.key.clone(), quoted: false }])
}

/// All strings that are no keys.
fn values(line: &str, from: usize) -> Vec<Value> {
    let (mut values, mut key, mut at) = (Vec::new(), None, from);
    while let Some(start) = line.get(at..).and_then(|rest| rest.find('"')).map(|quote| at + quote + 1) {
        let inside = line.get(start..).unwrap_or_default();
        let (text, length) = string(inside);
        let end = start + length;
        at = end + 1;
        if line.get(at..).is_some_and(|rest| rest.trim_start().starts_with(':')) {
            key = Some(text);
        } else {
            values.push(Value { key: key.clone(), text, start, end });
        }
    }
    values
}

/// A string up to its closing quote or the end of the line, and how many bytes it takes.
fn string(inside: &str) -> (String, usize) {
    let mut from = 0;
    let length = loop {
        let Some(at) = inside.get(from..).and_then(|rest| rest.find(['"', '\\'])).map(|at| from + at) else {
            break inside.len();
        };
        if inside.as_bytes().get(at) == Some(&b'"') {
            break at;
        }
        // What is escaped may be a character of several bytes.
        from = inside.ceil_char_boundary((at + 2).min(inside.len()));
    };
    (escapes::unescape(inside.get(..length).unwrap_or_default(), Escapes::Json), length)
}

/// Whether a value is more than a word.
fn is_text(text: &str) -> bool {
    text.trim().contains([' ', '\n', '\t'])
}

/// Whether a value is something a program printed: more than a word, or a word where such stand, or below one of these keys, in a list.
fn is_told(value: &Value, keys: &BTreeSet<Option<&str>>) -> bool {
    let key = value.key.as_deref();
    is_text(&value.text) || !value.text.trim().is_empty() && (key.is_some_and(is_message_key) || keys.contains(&key))
}

/// Whether loggers put what a program printed below this key.
pub(super) fn is_message_key(key: &str) -> bool {
    MESSAGE_KEYS.contains(&key.to_ascii_lowercase().as_str())
}

fn is_metadata(value: &Value) -> bool {
    let key = value.key.as_deref().unwrap_or_default().to_ascii_lowercase();
    let is_severe = (key.contains("level") || key == "severity")
        && SEVERE.iter().any(|level| value.text.eq_ignore_ascii_case(level));
    !is_severe && value.text.len() <= MAX_METADATA_BYTES && METADATA_KEYS.contains(&key.as_str())
}

/// The line with these values left out.
fn without(line: &str, values: &[&Value]) -> String {
    let (mut rest, mut at) = (String::with_capacity(line.len()), 0);
    for value in values {
        rest.push_str(line.get(at..value.start).unwrap_or_default());
        rest.push('…');
        at = value.end;
    }
    rest.push_str(line.get(at..).unwrap_or_default());
    // Freed again it must not be taken for JSON.
    rest.replacen(['{', '['], "", 1)
}

#[cfg(test)]
mod tests {
    use super::{fragment, strings};

    fn texts(line: &str) -> Vec<String> {
        strings(line).or_else(|| fragment(line)).unwrap_or_default().into_iter().map(|freed| freed.text).collect()
    }

    #[test]
    fn every_string_of_several_words_comes_out() {
        assert_eq!(
            texts(r#"{"log":"relation \"users\" already exists\n","stream":"stderr"}"#),
            ["relation \"users\" already exists\n"]
        );
        assert_eq!(
            texts(r#"{"level": "error", "msg" : "a\tb \u001b[31m \ud83d\ude00"}"#),
            [r#""level": "error", "msg" : "…"}"#, "a\tb \u{1b}[31m \u{1f600}"]
        );
        assert_eq!(texts(r#"{"a":{"b":[{"c":"one two"},"three four"]}}"#), ["one two", "three four"]);
        assert_eq!(texts(r#"{"log":"Killed\n","stream":"stderr"}"#), ["Killed\n"]);
        assert_eq!(texts(r#"{"level":"info","lines":["one two","three"]}"#), ["one two", "three"]);
        assert_eq!(texts(r#"{"message":"cut off within a st"#), ["cut off within a st"]);
        assert_eq!(texts(r#"{"message":"half an escape \u00"#), ["half an escape \\u00"]);
        assert_eq!(texts(r#"  "message": "one \"two\"","#), ["one \"two\""]);
    }

    #[test]
    fn what_is_left_is_kept_where_it_says_something() {
        assert_eq!(
            texts(r#"{"level":"info","password":"kettle9","msg":"one two"}"#),
            [r#""level":"info","password":"kettle9","msg":"…"}"#, "one two"]
        );
        assert_eq!(texts(r#"api: {"msg":"one two"}"#), [r#"api: "msg":"…"}"#, "one two"]);
    }

    #[test]
    fn other_text_is_no_json() {
        for line in [
            "{'log': 'a dict of Python'}",
            r#"{"message": 5}"#,
            "plain",
            "[SQL: SELECT 1]",
            r#"[{"a":1}]"#,
            r#"["x"]"#,
            r#"set {"a b"}"#,
        ] {
            assert!(texts(line).is_empty(), "{line}");
        }
    }
}
