//! The ways in which a log reaches somebody who pastes it: each its own writer, so that the reader is not tested with itself.

use std::fmt::Write;

/// A way of carrying: its name, and what becomes of a text.
pub(crate) type Way = (&'static str, fn(&str) -> Vec<u8>);

/// All of them.
pub(crate) const WAYS: [Way; 42] = [
    ("the value of a logger's `message`", |text| json(&["message"], text)),
    ("the value of a logger's `exception`", |text| json(&["exception"], text)),
    ("a value four objects deep", |text| json(&["payload", "error", "detail", "trace"], text)),
    ("JSON in a string of JSON", |text| json(&["log"], &utf8(json(&["msg"], text)))),
    ("an array of lines", |text| format!("{{\"lines\": [{}]}}\n", strings(text).join(", ")).into()),
    ("JSON over many lines", |text| {
        format!("{{\n  \"level\": \"error\",\n  \"lines\": [\n    {}\n  ]\n}}\n", strings(text).join(",\n    ")).into()
    }),
    ("an object of JSON for each line", |text| {
        each(text, |line| format!("{{\"stream\": \"stderr\", \"log\": {}}}", quoted(&format!("{line}\n"))))
    }),
    ("logfmt", |text| each(text, |line| format!("ts=2026-03-01T10:00:00Z level=info msg={}", quoted(line)))),
    ("logfmt with all of it in one value", |text| {
        format!("level=error ts=2026-03-01T10:00:00Z err={}\n", quoted(text)).into()
    }),
    ("Python's repr", |text| format!("{}\n", repr(text)).into()),
    ("Python's repr of bytes", |text| format!("b{}\n", repr(text)).into()),
    ("CSV, a row for each line", |text| {
        each(text, |line| format!("2026-03-01,error,\"{}\"", line.replace('"', "\"\"")))
    }),
    ("line ends written out", |text| format!("{}\n", text.trim_end_matches('\n').replace('\n', "\\n")).into()),
    ("HTML", |text| html(text).into()),
    ("Markdown's escapes", |text| text.replace('_', "\\_").replace('*', "\\*").into()),
    ("curly quotes", |text| paired(text, ('“', '”'), ('‘', '’')).into()),
    ("guillemets", |text| paired(text, ('«', '»'), ('\'', '\'')).into()),
    ("a quoted mail", |text| each(text, |line| format!("> {line}"))),
    ("a mail quoted twice", |text| each(text, |line| format!("> > {line}"))),
    ("line numbers", |text| numbered(text).into()),
    ("a fence", |text| format!("```text\n{}\n```\n", text.trim_end_matches('\n')).into()),
    ("a box", |text| boxed(text).into()),
    ("indentation", |text| each(text, |line| format!("    {line}"))),
    ("a prefix of compose", |text| each(text, |line| format!("api-1  | {line}"))),
    ("a prefix of Heroku", |text| {
        each(text, |line| format!("2026-03-01T10:00:00.113456+00:00 app[release.7421]: {line}"))
    }),
    ("a prefix of Fly", |text| each(text, |line| format!("2026-03-01T10:00:00Z app[3d8d9e2f] ams [info] {line}"))),
    ("a prefix of kubectl", |text| each(text, |line| format!("[pod/api-7c9f8d6b5-x2x9z/api] {line}"))),
    ("a prefix of stern", |text| each(text, |line| format!("api-7c9f8d6b5-x2x9z api {line}"))),
    ("a prefix of journald", |text| each(text, |line| format!("Mar 01 10:00:00 web-1 api[4711]: {line}"))),
    ("a prefix of a container runtime", |text| {
        each(text, |line| format!("2026-03-01T10:00:00.113456789Z stderr F {line}"))
    }),
    ("UTF-16 with a mark", |text| utf16(&format!("\u{feff}{text}"))),
    ("UTF-16 without a mark", utf16),
    ("no-break blanks and characters of no width", |text| {
        each(text, |line| format!("\u{200b}{}", line.replace("  ", "\u{a0} ")))
    }),
    ("one line with blanks between", |text| joined(text, " ")),
    ("one line with bars between", |text| joined(text, " | ")),
    ("one line with breaks of HTML", |text| joined(text, "<br/>")),
    ("Python's list of lines", |text| format!("[{}]\n", lines(text).map(repr).collect::<Vec<_>>().join(", ")).into()),
    ("HTML escaped twice", |text| html(&html(text)).into()),
    ("drawn arrows", |text| text.replace("->", "→").into()),
    ("double arrows", |text| text.replace(" -> ", " ⇒ ").into()),
    ("dashes before brackets", |text| text.replace("->", "–>").into()),
    ("a narrow column", |text| wrapped(text, 80).into()),
];

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.trim_end_matches('\n').split('\n').map(|line| line.trim_end_matches('\r'))
}

fn each(text: &str, write: impl Fn(&str) -> String) -> Vec<u8> {
    lines(text).map(|line| write(line) + "\n").collect::<String>().into()
}

fn utf8(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).expect("what was written is UTF-8")
}

/// A text as JSON writes it.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            c if u32::from(c) < 0x20 => write!(quoted, "\\u{:04x}", u32::from(c)).expect("a string takes all"),
            c => quoted.push(c),
        }
    }
    quoted + "\""
}

fn strings(text: &str) -> Vec<String> {
    lines(text).map(quoted).collect()
}

/// The text below these keys, one object in the other, beside what loggers add.
fn json(keys: &[&str], text: &str) -> Vec<u8> {
    let inner = keys.iter().rev().fold(quoted(text), |inside, key| format!("{{\"{key}\": {inside}}}"));
    format!("{{\"level\": \"error\", \"ts\": \"2026-03-01T10:00:00Z\", {}\n", inner.trim_start_matches('{')).into()
}

fn repr(text: &str) -> String {
    let quote = if text.contains('\'') && !text.contains('"') { '"' } else { '\'' };
    let mut repr = String::from(quote);
    for c in text.chars() {
        match c {
            '\\' => repr.push_str("\\\\"),
            '\n' => repr.push_str("\\n"),
            '\r' => repr.push_str("\\r"),
            '\t' => repr.push_str("\\t"),
            c if c == quote => {
                repr.push('\\');
                repr.push(c);
            }
            c if u32::from(c) < 0x20 => write!(repr, "\\x{:02x}", u32::from(c)).expect("a string takes all"),
            c => repr.push(c),
        }
    }
    repr.push(quote);
    repr
}

fn html(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    text.replace('"', "&quot;").replace('\'', "&#x27;")
}

/// Quotes that stand around something on one line become these; apostrophes stay.
fn paired(text: &str, double: (char, char), single: (char, char)) -> String {
    let mut paired = String::new();
    for line in text.split_inclusive('\n') {
        paired.push_str(&turned(&turned(line, '"', double), '\'', single));
    }
    paired
}

fn turned(line: &str, quote: char, (open, close): (char, char)) -> String {
    let (mut turned, mut rest, mut before) = (String::new(), line, None);
    while let Some(at) = rest.find(quote) {
        let behind = &rest[at + 1..];
        let opens = rest[..at].chars().last().or(before).is_none_or(|c: char| quote == '"' || !c.is_alphanumeric());
        turned.push_str(&rest[..at]);
        if let Some(end) = behind.find(quote).filter(|_| opens) {
            turned.push(open);
            turned.push_str(&behind[..end]);
            turned.push(close);
            rest = &behind[end + 1..];
        } else {
            turned.push(quote);
            rest = behind;
        }
        before = Some(quote);
    }
    turned + rest
}

fn joined(text: &str, between: &str) -> Vec<u8> {
    format!("{}\n", lines(text).collect::<Vec<_>>().join(between)).into()
}

fn numbered(text: &str) -> String {
    lines(text).enumerate().fold(String::new(), |mut all, (at, line)| {
        writeln!(all, "{:5}  {line}", at + 1).expect("a string takes all");
        all
    })
}

fn boxed(text: &str) -> String {
    let width = lines(text).map(|line| line.chars().count()).max().unwrap_or_default();
    let inside = lines(text).map(|line| format!("│ {line:<width$} │")).collect::<Vec<_>>().join("\n");
    format!("┌{0}┐\n{inside}\n└{0}┘\n", "─".repeat(width + 2))
}

fn wrapped(text: &str, width: usize) -> String {
    let mut wrapped = String::new();
    for line in lines(text) {
        let chars: Vec<char> = line.chars().collect();
        for piece in chars.chunks(width) {
            wrapped.extend(piece);
            wrapped.push('\n');
        }
        if chars.is_empty() {
            wrapped.push('\n');
        }
    }
    wrapped
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}
