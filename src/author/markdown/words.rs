//! Words of ours that a reader never sees. The code and the content's keys use them; the page says it plainly.

use std::ops::Range;

/// Every word and what to write instead: `word = instead`, one a line. The browser tests read the same file.
const NEVER_SHOWN: &str = include_str!("never_shown.txt");

/// Where such words stand in a text, and what to write instead. Whole words, any case, plural too.
pub fn find(text: &str) -> Vec<(Range<usize>, &'static str)> {
    let lower = text.to_ascii_lowercase();
    let mut found = Vec::new();
    for (word, instead) in NEVER_SHOWN.split('\n').filter_map(|line| line.split_once(" = ")) {
        for (at, _) in lower.match_indices(word) {
            let end = at + word.len();
            let before = lower.get(..at).and_then(|s| s.chars().next_back());
            let rest = lower.get(end..).unwrap_or_default();
            let after = rest.strip_prefix('s').unwrap_or(rest).chars().next();
            if !before.is_some_and(is_word) && !after.is_some_and(is_word) {
                found.push((at..end, instead));
            }
        }
    }
    found.sort_by_key(|(range, _)| range.start);
    found
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_only() {
        let words = |text: &str| {
            find(text).into_iter().map(|(range, _)| text.get(range).unwrap_or_default().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(words("The Facts of a walk, the blast radius."), ["Fact", "walk", "blast radius"]);
        assert_eq!(words("factory, satisfactory, walked, expedition, outcome_x"), Vec::<String>::new());
        assert_eq!(words("Move-aside; editions"), ["Move-aside", "edition"]);
    }
}
