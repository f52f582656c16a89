//! A line as a machine should read it: characters that only look different are folded, characters nobody sees are dropped.
//!
//! `ｐａｓｓｗｏｒｄ＝x`, `pass<zero-width space>word=x` and `passwоrd=x` with a Cyrillic о all read `password=x`. Every byte
//! of the folded text knows its place in the line, so that what is found there can be hidden in the line itself.

use std::ops::Range;

use super::compatible::COMPATIBLE;

/// A line, folded.
#[derive(Debug)]
pub(super) struct Folded {
    /// Folded, capitals kept.
    pub(super) text: String,
    /// The same in small letters (ASCII only); each byte at the same place.
    pub(super) lower: String,
    /// For each byte of the text and its end, the byte of the line; `None` when they are the same.
    places: Option<Vec<usize>>,
}

impl Folded {
    /// Folds a line.
    pub(super) fn of(line: &str) -> Self {
        let (text, places) = if line.is_ascii() { (line.to_owned(), None) } else { fold(line) };
        Folded { lower: text.to_ascii_lowercase(), text, places }
    }

    /// Where a range of the folded text stands in the line.
    pub(super) fn in_line(&self, range: &Range<usize>) -> Range<usize> {
        let Some(places) = &self.places else { return range.clone() };
        let place = |at: usize| places.get(at).or(places.last()).copied().unwrap_or_default();
        place(range.start)..place(range.end)
    }
}

fn fold(line: &str) -> (String, Option<Vec<usize>>) {
    let (mut text, mut places) = (String::with_capacity(line.len()), Vec::with_capacity(line.len() + 1));
    for (at, c) in line.char_indices() {
        let Some(c) = plain(c) else { continue };
        text.push(c);
        places.extend(std::iter::repeat_n(at, c.len_utf8()));
    }
    places.push(line.len());
    (text, Some(places))
}

/// What a character stands for; `None` when nobody sees it.
fn plain(c: char) -> Option<char> {
    match c {
        '\0'..='\x7f' => Some(c),
        // Format characters, variation selectors and accents set on the letter before.
        '\u{ad}'
        | '\u{300}'..='\u{36f}'
        | '\u{61c}'
        | '\u{180e}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}'
        | '\u{e0000}'..='\u{e0fff}' => None,
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' => Some('"'),
        '‘' | '’' | '‚' | '‛' | '‹' | '›' | '′' => Some('\''),
        '‐'..='―' | '−' => Some('-'),
        '∶' | '꞉' => Some(':'),
        '∕' | '⁄' => Some('/'),
        _ => Some(compatible(c).or_else(|| lookalike(c)).unwrap_or(c)),
    }
}

fn compatible(c: char) -> Option<char> {
    let code = u32::from(c);
    let (first, count, stands_for) = COMPATIBLE.get(COMPATIBLE.partition_point(|run| run.0 <= code).checked_sub(1)?)?;
    let more = u8::try_from(code - first).ok().filter(|more| more < count)?;
    Some(char::from(stands_for + more))
}

/// Letters of other scripts that look like Latin ones, each with the letter it looks like.
/// Source: Unicode Technical Standard 39, `confusables.txt`; the ones that are letters in Cyrillic and Greek.
const LOOKALIKES: [(&str, &str); 2] = [
    ("аеіјорсѕухԁһкмнтвԛѡАВЕКМНОРСТУХІЅЈԚ", "aeijopcsyxdhkmhtbqwABEKMHOPCTYXISJQ"),
    ("αεικνορτυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "aeikvoptuxABEZHIKMNOPTYX"),
];

fn lookalike(c: char) -> Option<char> {
    let pairs = LOOKALIKES.iter().flat_map(|(others, latin)| others.chars().zip(latin.chars()));
    pairs.into_iter().find(|(other, _)| *other == c).map(|(_, latin)| latin)
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization;

    use super::{Folded, LOOKALIKES, plain};

    #[test]
    fn what_stands_for_one_ascii_character_is_folded_as_unicode_says() {
        let mut checked = 0;
        for c in ('\u{80}'..=char::MAX).filter(|c| !c.is_ascii()) {
            let normal: Vec<char> = c.nfkc().collect();
            if let [ascii] = normal.as_slice()
                && ascii.is_ascii()
            {
                assert_eq!(plain(c), Some(*ascii), "{:x}", u32::from(c));
                checked += 1;
            }
        }
        assert!(checked > 1000);
        for (others, latin) in LOOKALIKES {
            assert_eq!(others.chars().count(), latin.len());
        }
    }

    #[test]
    fn every_byte_knows_its_place() {
        let line = "é p\u{200b}а＝x“y";
        let folded = Folded::of(line);
        assert_eq!(folded.text, "é pa=x\"y");
        let at = folded.text.find("pa=").unwrap();
        assert_eq!(line.get(folded.in_line(&(at..at + 3))), Some("p\u{200b}а＝"));
        assert_eq!(line.get(folded.in_line(&(0..folded.text.len()))), Some(line));
    }
}
