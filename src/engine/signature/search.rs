//! Many literals in one pass: which of them stand on a line.
//!
//! Of each literal three bytes are looked for, the rarest it has; a table of 262,144 bits says for nearly every place of a
//! log that none of them stands there. Only where one does are whole literals compared. A third of the code of an
//! Aho-Corasick automaton (measured: 66 kB of WebAssembly less), which the reader downloads, and linear all the same.

/// Bytes looked for.
const KEY: usize = 3;

/// The bits of a key.
const KEY_BITS: u32 = 0xff_ffff;

/// Words of the filter, and how many bits of a key's hash it takes.
const WORDS: usize = 1 << 12;
const HASH_BITS: u32 = 18;

/// Buckets of the keys: 12 bits of the hash.
const BUCKETS: usize = 1 << 12;

/// A set of literals, each at least three bytes long; a shorter one is never found.
#[derive(Debug, Clone)]
pub(super) struct Search {
    literals: Vec<Vec<u8>>,
    /// By bucket: the three bytes, and the literal they stand for with their place in it.
    keys: Vec<(u32, usize, usize)>,
    /// Where each bucket's keys begin, and behind the last where they end.
    begins: Vec<usize>,
    filter: Vec<u64>,
}

impl Search {
    /// Prepares the search.
    pub(super) fn new<'l>(literals: impl IntoIterator<Item = &'l str>) -> Self {
        let literals: Vec<Vec<u8>> = literals.into_iter().map(|text| text.as_bytes().to_vec()).collect();
        let mut keys = Vec::new();
        let mut filter = vec![0; WORDS];
        for (index, literal) in literals.iter().enumerate() {
            let Some((at, key)) = rarest(literal) else { continue };
            keys.push((key, index, at));
            let (word, bit) = place(key);
            if let Some(word) = filter.get_mut(word) {
                *word |= bit;
            }
        }
        keys.sort_unstable_by_key(|(key, index, at)| (bucket(*key), *key, *index, *at));
        let begins = (0..=BUCKETS).map(|b| keys.partition_point(|(key, ..)| bucket(*key) < b)).collect();
        Search { literals, keys, begins, filter }
    }

    /// The indexes of all literals on a line, each once, in ascending order.
    pub(super) fn find(&self, line: &str) -> Vec<usize> {
        let line = line.as_bytes();
        let mut found = Vec::new();
        let mut key = 0;
        for (end, byte) in line.iter().enumerate() {
            key = (key << 8 | u32::from(*byte)) & KEY_BITS;
            let (word, bit) = place(key);
            if self.filter.get(word).is_some_and(|w| w & bit != 0)
                && let Some(at) = (end + 1).checked_sub(KEY)
            {
                self.compare(key, line, at, &mut found);
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    fn compare(&self, key: u32, line: &[u8], at: usize, found: &mut Vec<usize>) {
        let bucket = bucket(key);
        let (Some(begin), Some(end)) = (self.begins.get(bucket), self.begins.get(bucket + 1)) else { return };
        let keys = self.keys.get(*begin..*end).unwrap_or_default();
        for (_, index, offset) in keys.iter().filter(|(other, ..)| *other == key) {
            let start = at.checked_sub(*offset);
            let rest = start.and_then(|start| line.get(start..)).unwrap_or_default();
            if self.literals.get(*index).is_some_and(|literal| rest.starts_with(literal)) {
                found.push(*index);
            }
        }
    }
}

fn key(window: &[u8]) -> u32 {
    window.iter().fold(0, |key, byte| key << 8 | u32::from(*byte))
}

/// Word and bit of a key in the filter (Fibonacci hashing, the upper bits).
fn place(key: u32) -> (usize, u64) {
    let hash = key.wrapping_mul(0x9E37_79B1) >> (32 - HASH_BITS);
    ((hash >> 6) as usize, 1 << (hash & 63))
}

/// The bucket of a key.
fn bucket(key: u32) -> usize {
    (key.wrapping_mul(0x9E37_79B1) >> 20) as usize
}

/// Where a literal's three rarest bytes stand, and their key.
fn rarest(literal: &[u8]) -> Option<(usize, u32)> {
    let windows = literal.windows(KEY).enumerate();
    let (at, window) = windows.max_by_key(|(_, window)| window.iter().copied().map(rarity).sum::<u32>())?;
    Some((at, key(window)))
}

/// How seldom a byte stands in a log, roughly.
fn rarity(byte: u8) -> u32 {
    match byte {
        b' ' | b'e' | b't' | b'a' | b'o' | b'n' | b'r' | b'i' | b's' => 1,
        b'a'..=b'z' | b'.' | b'/' | b'_' | b'0'..=b'9' => 2,
        _ => 4,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Search;

    #[test]
    fn all_literals_on_a_line_are_found_once() {
        let search = Search::new(["already exists", "relation \"", "://", "ist", "no"]);
        assert_eq!(search.find("relation \"a\" already exists, already exists"), [0, 1, 3]);
        assert_eq!(search.find("postgresql://u"), [2]);
        assert_eq!(search.find("no"), [] as [usize; 0]);
    }

    proptest! {
        #[test]
        fn it_finds_what_contains_finds(line in "[ab:/ ]{0,40}", literals in prop::collection::vec("[ab:/ ]{3,6}", 0..8)) {
            let search = Search::new(literals.iter().map(String::as_str));
            let expected: Vec<usize> = literals.iter().enumerate().filter(|(_, l)| line.contains(l.as_str())).map(|(i, _)| i).collect();
            prop_assert_eq!(search.find(&line), expected);
        }
    }
}
