//! What SQL written by hand must not hold.

/// Words that take something away for good.
const DELETING: [&str; 3] = ["DROP", "TRUNCATE", "DELETE"];

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
}
