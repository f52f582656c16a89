//! Many literals in one pass: which of them stand on a line.
//!
//! Of each literal two keys of three bytes are looked for, side by side where it is rarest, so that it is enough to look at every
//! second place of a line; a table of 262,144 bits says for nearly every place that no key stands there. Only where one does are
//! whole literals compared. A third of the code of an Aho-Corasick automaton (measured: 66 kB of WebAssembly less), which the
//! reader downloads, and linear all the same.

use memchr::memchr_iter;

/// Bytes looked for.
const KEY: usize = 3;

/// Words of the filter, and how many bits of a key's hash it takes.
const WORDS: usize = 1 << 12;
const HASH_BITS: u32 = 18;

/// Buckets of the keys: 12 bits of the hash.
const BUCKETS: usize = 1 << 12;

/// A set of literals; an empty one is never found.
#[derive(Debug, Clone)]
pub(in crate::engine) struct Search {
    literals: Vec<Vec<u8>>,
    /// The literals too short for two keys.
    short: Vec<usize>,
    /// By bucket: the three bytes, and the literal they stand for with their place in it.
    keys: Vec<(u32, usize, usize)>,
    /// Where each bucket's keys begin, and behind the last where they end.
    begins: Vec<usize>,
    filter: Vec<u64>,
}

impl Search {
    /// Prepares the search.
    pub(in crate::engine) fn new<'l>(literals: impl IntoIterator<Item = &'l str>) -> Self {
        let literals: Vec<Vec<u8>> = literals.into_iter().map(|text| text.as_bytes().to_vec()).collect();
        let mut keys = Vec::new();
        let mut filter = vec![0; WORDS];
        let commonness = Commonness::among(&literals);
        for (index, literal) in literals.iter().enumerate() {
            for (at, key) in commonness.rarest(literal) {
                keys.push((key, index, at));
                let (word, bit) = place(key);
                if let Some(word) = filter.get_mut(word) {
                    *word |= bit;
                }
            }
        }
        keys.sort_unstable_by_key(|(key, index, at)| (bucket(*key), *key, *index, *at));
        let begins = (0..=BUCKETS).map(|b| keys.partition_point(|(key, ..)| bucket(*key) < b)).collect();
        let short = (0..literals.len()).filter(|index| literals.get(*index).is_some_and(|l| l.len() <= KEY)).collect();
        Search { literals, short, keys, begins, filter }
    }

    /// The indexes of all literals on a line, each once, in ascending order.
    pub(in crate::engine) fn find(&self, line: &str) -> Vec<usize> {
        let line = line.as_bytes();
        let mut found = Vec::new();
        let mut rest = line;
        while let [first, second, third, ..] = rest {
            let key = key(&[*first, *second, *third]);
            let (word, bit) = place(key);
            if self.filter.get(word).is_some_and(|w| w & bit != 0) {
                self.compare(key, line, line.len() - rest.len(), &mut found);
            }
            rest = rest.get(2..).unwrap_or_default();
        }
        self.find_short(line, &mut found);
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Whether any of the literals stands on a line.
    pub(in crate::engine) fn any(&self, line: &str) -> bool {
        !self.find(line).is_empty()
    }

    fn find_short(&self, line: &[u8], found: &mut Vec<usize>) {
        for index in &self.short {
            let literal = self.literals.get(*index).map(Vec::as_slice).unwrap_or_default();
            let Some(first) = literal.first() else { continue };
            if memchr_iter(*first, line).any(|at| line.get(at..).is_some_and(|rest| rest.starts_with(literal))) {
                found.push(*index);
            }
        }
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

/// How often keys stand in the literals. What many messages share is common in logs too (`sql`, `mig`), and would be found there
/// again and again for nothing.
struct Commonness(Vec<u16>);

impl Commonness {
    const BITS: u32 = 16;

    fn among(literals: &[Vec<u8>]) -> Self {
        let mut counts = Commonness(vec![0; 1 << Self::BITS]);
        for window in literals.iter().flat_map(|literal| literal.windows(KEY)) {
            if let Some(count) = counts.0.get_mut(Self::slot(key(window))) {
                *count = count.saturating_add(1);
            }
        }
        counts
    }

    fn slot(key: u32) -> usize {
        (key.wrapping_mul(0x9E37_79B1) >> (32 - Self::BITS)) as usize
    }

    fn of(&self, window: &[u8]) -> u32 {
        self.0.get(Self::slot(key(window))).copied().unwrap_or_default().into()
    }

    /// The two keys side by side that are rarest in a literal, and where they stand in it.
    fn rarest(&self, literal: &[u8]) -> Vec<(usize, u32)> {
        let windows = literal.windows(KEY + 1).enumerate();
        let pair = windows.min_by_key(|(_, window)| window.windows(KEY).map(|key| self.of(key)).sum::<u32>());
        let keys =
            |(at, window): (usize, &[u8])| window.windows(KEY).map(key).zip(at..).map(|(key, at)| (at, key)).collect();
        pair.map_or_else(Vec::new, keys)
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
        assert_eq!(search.find("no"), [4]);
    }

    proptest! {
        #[test]
        fn it_finds_what_contains_finds(line in "[ab:/ ]{0,40}", literals in prop::collection::vec("[ab:/ ]{1,6}", 0..8)) {
            let search = Search::new(literals.iter().map(String::as_str));
            let expected: Vec<usize> = literals.iter().enumerate().filter(|(_, l)| line.contains(l.as_str())).map(|(i, _)| i).collect();
            prop_assert_eq!(search.find(&line), expected);
        }
    }
}
