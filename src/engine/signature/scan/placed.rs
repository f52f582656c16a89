//! Where on its line a message stands: where a program prints its errors, or where somebody quotes one.
//!
//! A message is believed where a driver, a server or Python prints one: at the beginning of the line, or behind the name of an exception, a level
//! or a code. `relation "users" already exists` in an access log, a chat or a comment says nothing about this deploy.

/// Where a message stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Placed {
    /// Where a program prints its own errors.
    Printed,
    /// In a sentence of somebody's.
    Somewhere,
    /// In a request that was logged.
    Quoted,
}

/// Words behind which programs print an error, in small letters: levels and their like, in the languages of PostgreSQL's catalogues, and the
/// key of the message in a dictionary.
const INTRODUCTIONS: [&str; 26] = [
    "error",
    "errors",
    "err",
    "fatal",
    "panic",
    "failed",
    "failure",
    "exception",
    "critical",
    "crit",
    "warn",
    "warning",
    "fehler",
    "erreur",
    "errore",
    "erro",
    "fel",
    "hata",
    "ошибка",
    "важно",
    "помилка",
    "错误",
    "致命错误",
    "エラー",
    "오류",
    "m",
];

/// Where a message stands that begins at this byte of a line.
pub(super) fn placed(line: &str, at: usize) -> Placed {
    let before = line.get(..at).unwrap_or_default();
    if is_access_log(line) {
        Placed::Quoted
    } else if is_introduced(before) && !is_sql(before) {
        Placed::Printed
    } else {
        Placed::Somewhere
    }
}

/// The same on a line whose line ends were lost: what stands in front of the message may be another line.
pub(super) fn placed_loosely(line: &str, at: usize) -> Placed {
    match placed(line, at) {
        Placed::Printed => Placed::Somewhere,
        placed => placed,
    }
}

/// Words in front of a good message that take it back: somebody waits for it, asks about it or repeats it.
const TAKEN_BACK: [&str; 22] = [
    "not",
    "no",
    "never",
    "until",
    "wait",
    "waiting",
    "when",
    "once",
    "if",
    "is",
    "expect",
    "expected",
    "expecting",
    "looking",
    "grep",
    "echo",
    "print",
    "said",
    "says",
    "saw",
    "without",
    "before",
];

/// Where a message stands that says that something went well.
pub(super) fn placed_good(line: &str, at: usize) -> Placed {
    let before = line.get(..at).unwrap_or_default();
    let mut words = before.split(|c: char| !c.is_ascii_alphanumeric());
    let is_taken_back = words.any(|word| TAKEN_BACK.iter().any(|known| word.eq_ignore_ascii_case(known)));
    if is_access_log(line)
        || is_taken_back
        || before.ends_with(['"', '\'', '`'])
        || before.trim_start().starts_with("--")
    {
        Placed::Quoted
    } else {
        Placed::Printed
    }
}

/// `"GET /path HTTP/1.1" 200`: a request and what was answered.
fn is_access_log(line: &str) -> bool {
    let Some((before, behind)) = line.split_once(" HTTP/") else { return false };
    let method = |word: &str| matches!(word, "GET" | "POST" | "PUT" | "PATCH" | "DELETE" | "HEAD" | "OPTIONS");
    behind.starts_with(['1', '2', '3']) && before.split(|c: char| !c.is_ascii_uppercase()).any(method)
}

fn is_introduced(before: &str) -> bool {
    let before = before.trim_end_matches(|c: char| c.is_whitespace() || is_sign(c));
    if before.is_empty() {
        return true;
    }
    if is_header(before.rsplit(char::is_whitespace).next().unwrap_or_default()) {
        return false;
    }
    // `ERROR [alembic.util.messages] …`, `ERROR - root - …`: a logger's name may stand between.
    let mut words = before.rsplit(|c: char| c.is_whitespace() || is_sign(c)).filter(|word| !word.is_empty());
    let Some(last) = words.next() else { return true };
    is_introduction(last) || is_exception(last) || is_logger(last) && words.next().is_some_and(is_introduction)
}

/// `X-Last-Error`: the name of a header quotes, whatever its last word is.
fn is_header(word: &str) -> bool {
    let mut parts = word.split('-');
    let begins = |part: &str| part.starts_with(|c: char| c.is_ascii_uppercase());
    word.contains('-') && parts.all(|part| begins(part) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// Between a name and its message.
fn is_sign(c: char) -> bool {
    matches!(c, ':' | ')' | '(' | ']' | '[' | '-' | '>' | '<' | '\'' | '"' | '|' | '=' | '{' | '}' | '：')
}

fn is_introduction(word: &str) -> bool {
    let is_code = word.len() == 5
        && word.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase())
        && word.bytes().any(|b| b.is_ascii_digit());
    is_code || INTRODUCTIONS.iter().any(|known| word.chars().map(small).eq(known.chars()))
}

/// The small letter of a capital in the alphabets of [`INTRODUCTIONS`]. The standard library's tables for all alphabets are 10 kB that a
/// reader would download.
/// Source: Unicode blocks "Basic Latin" and "Cyrillic": a basic capital stands 0x20 before its small letter.
fn small(c: char) -> char {
    match c {
        '\u{410}'..='\u{42F}' => char::from_u32(u32::from(c) + 0x20).unwrap_or(c),
        _ => c.to_ascii_lowercase(),
    }
}

/// `psycopg2.errors.DuplicateTable`, `ProgrammingError`: the last part begins with a capital and has small letters.
fn is_exception(word: &str) -> bool {
    let name = word.rsplit('.').next().unwrap_or_default();
    let letters = name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    name.len() > 3
        && letters
        && name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.bytes().any(|b| b.is_ascii_lowercase())
}

/// `alembic.util.messages`, `root`.
fn is_logger(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_lowercase() || matches!(b, b'.' | b'_'))
}

/// A comment or a string of SQL.
fn is_sql(before: &str) -> bool {
    let statement = ["INSERT ", "SELECT ", "VALUES ", "UPDATE ", "RAISE ", "COMMENT ON", "COPY "]
        .iter()
        .any(|word| before.contains(word));
    statement || before.trim_start().starts_with("--")
}

#[cfg(test)]
mod tests {
    use super::{Placed, placed};

    fn of(line: &str) -> Placed {
        placed(line, line.find("relation \"").expect("a message"))
    }

    #[test]
    fn programs_print_errors_behind_their_name() {
        for line in [
            r#"relation "users" already exists"#,
            r#"psycopg2.errors.DuplicateTable: relation "users" already exists"#,
            r#"sqlalchemy.exc.ProgrammingError: (psycopg2.errors.DuplicateTable) relation "users" already exists"#,
            r#"(sqlalchemy.dialects.postgresql.asyncpg.ProgrammingError) <class 'asyncpg.exceptions.DuplicateTableError'>: relation "users""#,
            r#"psql:init.sql:3: ERROR:  relation "users" already exists"#,
            r#"2026-03-01 10:00:07 UTC [77] ERROR:  42P07: relation "users" already exists"#,
            r#"(pg8000.exceptions.ProgrammingError) {'S': 'ERROR', 'C': '42P07', 'M': 'relation "users" already exists'"#,
            r#"ERROR [alembic.util.messages] relation "users" already exists"#,
            r#"2026-11-05 - root - ERROR - relation "users" already exists"#,
            r#"migration failed: relation "users" already exists"#,
        ] {
            assert_eq!(of(line), Placed::Printed, "{line}");
        }
    }

    #[test]
    fn others_quote_them() {
        for line in [
            r#"alice: I get relation "users" already exists"#,
            r#"[10:02] alice: relation "users" already exists"#,
            r#"-- relation "users" already exists"#,
            r#"INSERT INTO notes VALUES ('ERROR: relation "users" already exists')"#,
            r#"the deploy said relation "users" already exists"#,
            r#"X-Last-Error: relation "users" already exists"#,
        ] {
            assert_eq!(of(line), Placed::Somewhere, "{line}");
        }
        let request = r#"10.0.0.1 - - "GET / HTTP/1.1" 200 "-" "ERROR: relation "users" already exists""#;
        assert_eq!(of(request), Placed::Quoted);
    }
}
