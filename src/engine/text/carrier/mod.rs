//! What carries a line: a logger's JSON, logfmt, CSV, a Python `repr`, written-out escapes, marks of mail and Markdown.
//!
//! Comes in: a line as a terminal shows it. Goes out: the lines a program printed, one or more, under the same number. Everything here
//! only takes carriers off; it adds nothing and loses nothing but names of levels and times. What stands behind a key keeps it
//! ([`Line::key`]), because a key may say that the text is a secret, and a line of a request says so ([`Line::quoted`]), because nobody's
//! program prints its own errors there.
//!
//! Carriers come in any order and depth: JSON in a quoted mail, a traceback with written-out line ends in JSON. So a line is freed again
//! until nothing carries it, at most [`MAX_DEPTH`] times.

mod csv;
mod entities;
mod escapes;
mod joined;
mod json;
mod logfmt;
mod marks;
pub(crate) mod quotes;

use std::borrow::Cow;

use memchr::{memchr, memchr3};

use super::prefix::Prefix;
use super::{Line, prefix};

/// Carriers within carriers that are taken off.
const MAX_DEPTH: u8 = 6;

/// A text taken out of a carrier.
#[derive(Debug, PartialEq, Eq)]
struct Freed {
    text: String,
    key: Option<String>,
    /// Whether it stands where requests are reported, not where programs print their own errors.
    quoted: bool,
}

impl Freed {
    fn of(text: impl Into<String>) -> Self {
        Freed { text: text.into(), key: None, quoted: false }
    }
}

/// Gives the lines that a line carries.
pub(super) fn free(line: Line<'_>, each: &mut dyn FnMut(&Line<'_>)) {
    free_at(line, 0, each);
}

fn free_at(line: Line<'_>, depth: u8, each: &mut dyn FnMut(&Line<'_>)) {
    if is_bare(&line.text) || depth == MAX_DEPTH {
        return each(&line);
    }
    let line = marks::peel(line);
    let (carried, loose) = match carried(&line.text) {
        Some(carried) => (carried, line.loose),
        None => match joined::lines(&line.text) {
            Some(lines) => (lines, true),
            None => return each(&cleaned(line)),
        },
    };
    for freed in carried {
        let key = freed.key.or_else(|| line.key.clone());
        for text in freed.text.trim_end_matches('\n').split('\n') {
            let text = text.trim_end_matches('\r');
            let Prefix { time, length: skipped, shape } = prefix::measure(text);
            let inner = Line {
                text: Cow::Owned(text.get(skipped..).unwrap_or(text).to_owned()),
                time: line.time.or(time),
                prefixed: true,
                shape: line.shape.or(shape),
                loose,
                quoted: line.quoted || freed.quoted,
                key: key.clone(),
                ..line
            };
            free_at(inner, depth + 1, each);
        }
    }
}

/// Whether nothing can carry a line: nearly every line of a log is such.
fn is_bare(text: &str) -> bool {
    let bytes = text.as_bytes();
    let begins = bytes.iter().find(|byte| **byte != b' ').is_some_and(|byte| b"{[\"'>|`b<*".contains(byte));
    let quoted = || memchr(b'"', bytes).is_some() && (text.contains("=\"") || text.contains("\"\""));
    let numbered = bytes.iter().find(|byte| **byte != b' ').is_some_and(u8::is_ascii_digit);
    let is_plain =
        !begins && !numbered && memchr3(b'\\', b'&', b'{', bytes).is_none() && !quoted() && !text.contains("<br");
    text.is_ascii() && is_plain && !joined::may_be(text)
}

/// The texts a line carries; `None` where it carries none.
fn carried(text: &str) -> Option<Vec<Freed>> {
    // A literal of Python's may hold JSON, whose escapes are escaped once more.
    let literal = || text.trim_start().starts_with(['\'', 'b']).then(|| escapes::literal(text)).flatten();
    literal()
        .or_else(|| escapes::list(text))
        .or_else(|| json::strings(text))
        .or_else(|| json::fragment(text))
        .or_else(|| escapes::literal(text))
        .or_else(|| csv::fields(text))
        .or_else(|| logfmt::values(text))
        .or_else(|| escapes::written_lines(text))
}

/// A line without escapes and with one kind of quotes.
fn cleaned(line: Line<'_>) -> Line<'_> {
    let text = entities::decode(line.text);
    let text = if memchr(b'\\', text.as_bytes()).is_some() { Cow::Owned(escapes::plain(&text)) } else { text };
    let text = marks::without_emphasis(text);
    Line { text: quotes::plain(text), ..line }
}

#[cfg(test)]
mod tests {
    use super::super::{Line, Lines};

    fn freed(text: &str) -> Vec<String> {
        let (mut lines, mut read) = (Lines::default(), Vec::new());
        let mut keep = |line: &Line<'_>| read.push(line.text.to_string());
        lines.push(text.as_bytes(), &mut keep);
        lines.finish(&mut keep);
        read
    }

    #[test]
    fn carriers_in_carriers_come_off() {
        let message = "relation \"users\" already exists";
        for carried in [
            r#"{"severity":"ERROR","jsonPayload":{"error":{"stack":"a b\nrelation \"users\" already exists\n"}}}"#,
            r#"> 2026-11-05T18:38:00Z {"level":"error","exc":"a b\\nrelation \"users\" already exists"}"#,
            r#"'a b\nrelation "users" already exists\n'"#,
            r#"level=error ts=2026-11-05T18:38:00Z msg="a b\nrelation \"users\" already exists""#,
            r#""2026-11-05","error","a b
relation ""users"" already exists""#,
            "a b\\nrelation &quot;users&quot; already exists",
            "│ a b │\n│ relation “users” already exists │",
            "a b\n**relation «users» already exists**",
            "a b\nrelation\u{a0}\"us\u{200b}ers\" already\\ exists",
        ] {
            let lines = freed(carried);
            assert!(lines.iter().any(|line| line.trim() == message), "{carried}: {lines:#?}");
            assert!(lines.iter().any(|line| line.contains("a b")), "{carried}: {lines:#?}");
        }
    }

    #[test]
    fn what_carries_nothing_stays_as_it_is() {
        for text in [
            "INFO  [alembic.runtime.migration] Running upgrade 001 -> 002, add users",
            "sqlalchemy.exc.ProgrammingError: (pg8000) {'S': 'ERROR', 'C': '42P07', 'M': 'relation \"users\" already exists'}",
            "[SQL: CREATE TABLE users (id SERIAL)]",
            "  File \"/app/x.py\", line 12, in upgrade",
            "C:\\temp\\new\\app.py",
            "==> Running 'alembic upgrade head && uvicorn app:app'",
            "'users' is not a table",
            "{1, 2} and [3]",
        ] {
            assert_eq!(freed(text), [text], "{text}");
        }
    }

    #[test]
    fn a_key_goes_along_and_a_request_is_told() {
        let mut lines = Lines::default();
        let mut seen = Vec::new();
        let mut keep = |line: &Line<'_>| seen.push((line.key.clone(), line.quoted, line.text.to_string()));
        lines.push(br#"{"method":"GET","user_agent":"relation \"a\" already exists","db_password":"a b"}"#, &mut keep);
        lines.finish(&mut keep);
        assert!(seen.contains(&(Some("db_password".into()), true, "a b".into())), "{seen:?}");
        assert!(seen.contains(&(Some("user_agent".into()), true, "relation \"a\" already exists".into())), "{seen:?}");
    }
}
