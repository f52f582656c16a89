//! A log whose line ends were lost: its lines stand one behind the other, with blanks or signs between them.
//!
//! Where a line began shows only in what programs print first: a level, Render's arrow, a traceback, the name of an exception. A line is cut in
//! front of each, and only where there are several.

use super::Freed;

/// A shorter line is one line: bytes.
const SHORTEST: usize = 120;

/// So many beginnings make it several lines.
const FEWEST: usize = 3;

/// What only stands where a line begins.
const BEGINNINGS: [&str; 9] = [
    "==> ",
    "Traceback (most recent call last):",
    "File \"",
    "The above exception was",
    "During handling of the above",
    "[SQL: ",
    "(Background on this error",
    "DETAIL:",
    "HINT:",
];

/// Levels that begin a line where a colon, a blank and a bracket, or the like stands behind.
const LEVELS: [&str; 7] = ["INFO", "WARNING", "WARN", "ERROR", "DEBUG", "CRITICAL", "FATAL"];

/// Whether a line may be several: most are too short to look closer.
pub(super) fn may_be(line: &str) -> bool {
    line.len() >= SHORTEST && (line.contains("INFO") || line.contains("Traceback (") || line.contains("==> "))
}

/// The lines that were one behind the other; `None` where a line is a line.
pub(super) fn lines(line: &str) -> Option<Vec<Freed>> {
    if line.len() < SHORTEST {
        return None;
    }
    let begins: Vec<usize> = words(line).filter(|at| begins_line(line.get(*at..).unwrap_or_default())).collect();
    // Its own beginning is none where it is cut.
    let cuts: Vec<usize> = begins.iter().copied().filter(|at| *at > 0).collect();
    if begins.len() < FEWEST {
        return None;
    }
    let ends = cuts.iter().copied().chain([line.len()]);
    let pieces = std::iter::once(0).chain(cuts.iter().copied()).zip(ends);
    Some(pieces.filter_map(|(from, to)| line.get(from..to)).map(Freed::of).collect())
}

/// Where words begin.
fn words(line: &str) -> impl Iterator<Item = usize> {
    let bytes = line.as_bytes();
    let is_blank = move |at: usize| bytes.get(at).is_none_or(|byte| byte.is_ascii_whitespace() || *byte == b'\'');
    (0..bytes.len()).filter(move |at| line.is_char_boundary(*at) && !is_blank(*at) && (*at == 0 || is_blank(*at - 1)))
}

fn begins_line(rest: &str) -> bool {
    let level = || LEVELS.iter().find_map(|level| rest.strip_prefix(level));
    BEGINNINGS.iter().any(|begin| rest.starts_with(begin))
        || level().is_some_and(|behind| behind.starts_with([':', ' ']) && behind.trim_start().starts_with([':', '[']))
        || names_exception(rest)
}

/// `psycopg2.errors.DuplicateTable: `, `sqlalchemy.exc.ProgrammingError: `.
fn names_exception(rest: &str) -> bool {
    let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '.')).unwrap_or(rest.len());
    let (name, behind) = rest.split_at(end);
    let Some((_, last)) = name.rsplit_once('.') else { return false };
    behind.starts_with(": ") && last.starts_with(|c: char| c.is_ascii_uppercase()) && last.len() > 3
}

#[cfg(test)]
mod tests {
    use super::lines;

    const LOG: [&str; 5] = [
        "INFO  [alembic.runtime.migration] Running upgrade 001 -> 002, add users",
        "Traceback (most recent call last):",
        "File \"/app/x.py\", line 2, in upgrade",
        "psycopg2.errors.DuplicateTable: relation \"users\" already exists",
        "==> Exited with status 1",
    ];

    fn texts(line: &str) -> Vec<String> {
        lines(line).unwrap_or_default().into_iter().map(|freed| freed.text).collect()
    }

    #[test]
    fn lines_one_behind_the_other_are_lines() {
        for between in [" ", "  ", " | ", " ; ", "\t", " ⏎ "] {
            let pieces = texts(&LOG.join(between));
            assert_eq!(pieces.len(), LOG.len(), "{between:?}: {pieces:?}");
            assert!(pieces.iter().zip(LOG).all(|(piece, line)| piece.starts_with(line)), "{between:?}: {pieces:?}");
        }
    }

    #[test]
    fn a_line_is_a_line() {
        for line in [
            r#"sqlalchemy.exc.ProgrammingError: (psycopg2.errors.DuplicateTable) relation "users" already exists in this database, which nobody expected at all"#,
            "INFO: the words INFO and ERROR stand here, and neither begins a line of its own although this one is long enough for several of them",
            "short ==> ==> ==> ==>",
        ] {
            assert!(lines(line).is_none(), "{line}");
        }
    }
}
