//! What SQL written by hand must not hold.

/// Words that take something away for good.
const DELETING: [&str; 3] = ["DROP", "TRUNCATE", "DELETE"];

/// What can be dropped without taking a row along, as long as nothing that depends on it goes too.
const WITHOUT_ROWS: [&str; 2] = ["INDEX", "TYPE"];

/// Where a column is dropped, this stands before: it stops as long as a row has a value there.
const EMPTY_COLUMN: &str = "THEN 0 ELSE 1 END) AS the_column_is_empty";

/// Where the first word stands that takes rows: dropping an index or a type without `CASCADE` takes none, and neither does dropping a
/// column behind the check that it holds no value.
pub(super) fn deletes_rows(sql: &str) -> Option<usize> {
    let cascades = words(sql).any(|(_, word)| word.eq_ignore_ascii_case("cascade"));
    let harmless = |at: usize| {
        let mut after = words(sql.get(at..).unwrap_or_default()).map(|(_, word)| word);
        let is_drop = after.next().is_some_and(|word| word.eq_ignore_ascii_case("drop"));
        let what = after.next().unwrap_or_default();
        let checked = || sql.get(..at).is_some_and(|before| before.contains(EMPTY_COLUMN));
        is_drop
            && (WITHOUT_ROWS.iter().any(|known| what.eq_ignore_ascii_case(known))
                || what.eq_ignore_ascii_case("column") && checked())
    };
    let mut from = 0;
    while let Some(found) = deletes(sql.get(from..).unwrap_or_default()) {
        let at = from + found;
        if cascades || !harmless(at) {
            return Some(at);
        }
        from = at + "DROP".len();
    }
    None
}

/// Where the first word stands that deletes something; comments and `ON DELETE …` do not.
pub(super) fn deletes(sql: &str) -> Option<usize> {
    let mut line_start = 0;
    for line in sql.split_inclusive('\n') {
        let code = line.split_once("--").map_or(line, |(code, _)| code);
        let mut before = "";
        for (at, word) in words(code) {
            let is_deleting = DELETING.iter().any(|deleting| word.eq_ignore_ascii_case(deleting));
            if is_deleting && !before.eq_ignore_ascii_case("on") {
                return Some(line_start + at);
            }
            before = word;
        }
        line_start += line.len();
    }
    None
}

/// Words with their place.
fn words(code: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mut at = 0;
    code.split_inclusive(move |c: char| !is_word(c)).filter_map(move |piece| {
        let start = at;
        at += piece.len();
        let word = piece.trim_end_matches(|c: char| !is_word(c));
        (!word.is_empty()).then_some((start, word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_deletes_is_found_whatever_its_case() {
        assert_eq!(deletes("SELECT 1;\ndrop TABLE a;"), Some(10));
        assert_eq!(deletes("BEGIN;DELETE FROM a"), Some(6));
        assert_eq!(deletes("ALTER TABLE a DROP COLUMN b"), Some(14));
        assert_eq!(deletes("truncate\n"), Some(0));
        for harmless in ["-- DROP TABLE a", "SELECT dropped, delete_at FROM a", "REFERENCES a ON DELETE CASCADE", ""] {
            assert_eq!(deletes(harmless), None, "{harmless}");
        }
    }

    #[test]
    fn what_takes_no_row_is_told_apart() {
        let column = "SELECT 1 / (CASE WHEN EXISTS (SELECT FROM a WHERE b IS NOT NULL) THEN 0 ELSE 1 END) AS the_column_is_empty; ALTER TABLE a DROP COLUMN b";
        for harmless in ["DROP TYPE tier", "drop index a; DROP TYPE b;", column] {
            assert_eq!(deletes_rows(harmless), None, "{harmless}");
        }
        for deleting in
            ["DROP TYPE tier CASCADE", "ALTER TABLE a DROP COLUMN b", "DROP TYPE a; DROP TABLE b", "DELETE FROM a"]
        {
            assert!(deletes_rows(deleting).is_some(), "{deleting}");
        }
    }
}
