//! Any bytes → UTF-8, in portions. What is no UTF-8 is replaced later, line by line: a line end is never part of a character.

use std::borrow::Cow;

/// So many bytes tell the encoding: a byte order mark, or where the NULs stand.
const SAMPLE: usize = 256;

/// Reads two bytes as a unit of UTF-16.
type Unit = fn([u8; 2]) -> u16;

/// Drops a byte order mark. UTF-16 is decoded (`PowerShell` redirects output so), also where an editor or an upload lost its mark.
#[derive(Debug, Default)]
pub(super) struct Decoder {
    encoding: Encoding,
    /// Bytes that mean nothing yet: of the sample, of a pair, of a surrogate.
    held: Vec<u8>,
}

#[derive(Debug, Default, Clone, Copy)]
enum Encoding {
    #[default]
    Unknown,
    Utf8,
    Utf16(Unit),
}

impl Decoder {
    /// As much text as the bytes so far give.
    pub(super) fn decode<'b>(&mut self, bytes: &'b [u8]) -> Cow<'b, [u8]> {
        let bytes = self.joined(bytes);
        match self.encoding {
            Encoding::Utf8 => bytes,
            Encoding::Utf16(unit) => Cow::Owned(self.utf16(&bytes, unit, false)),
            Encoding::Unknown if bytes.len() < SAMPLE => {
                self.held = bytes.into_owned();
                Cow::Borrowed(&[])
            }
            Encoding::Unknown => self.begin(bytes, false),
        }
    }

    /// What was still held.
    pub(super) fn finish(&mut self) -> Vec<u8> {
        let held = std::mem::take(&mut self.held);
        match self.encoding {
            Encoding::Utf8 => held,
            Encoding::Utf16(unit) => self.utf16(&held, unit, true),
            Encoding::Unknown => self.begin(Cow::Owned(held), true).into_owned(),
        }
    }

    fn joined<'b>(&mut self, bytes: &'b [u8]) -> Cow<'b, [u8]> {
        if self.held.is_empty() {
            return Cow::Borrowed(bytes);
        }
        let mut all = std::mem::take(&mut self.held);
        all.extend_from_slice(bytes);
        Cow::Owned(all)
    }

    fn begin<'b>(&mut self, bytes: Cow<'b, [u8]>, last: bool) -> Cow<'b, [u8]> {
        let (encoding, mark) = match *bytes {
            [0xef, 0xbb, 0xbf, ..] => (Encoding::Utf8, 3),
            [0xff, 0xfe, ..] => (Encoding::Utf16(u16::from_le_bytes), 2),
            [0xfe, 0xff, ..] => (Encoding::Utf16(u16::from_be_bytes), 2),
            _ => (unmarked(bytes.get(..SAMPLE).unwrap_or(&bytes)), 0),
        };
        self.encoding = encoding;
        let text = match bytes {
            Cow::Borrowed(bytes) => Cow::Borrowed(bytes.get(mark..).unwrap_or_default()),
            Cow::Owned(bytes) => Cow::Owned(bytes.get(mark..).unwrap_or_default().to_vec()),
        };
        match encoding {
            Encoding::Utf16(unit) => Cow::Owned(self.utf16(&text, unit, last)),
            Encoding::Unknown | Encoding::Utf8 => text,
        }
    }

    /// Decodes whole pairs; an odd byte and the first half of a surrogate pair wait for what follows, if anything does.
    fn utf16(&mut self, bytes: &[u8], unit: Unit, last: bool) -> Vec<u8> {
        let (pairs, _) = bytes.as_chunks::<2>();
        let half = pairs.last().is_some_and(|pair| (0xd800..0xdc00).contains(&unit(*pair)));
        let whole = if half && !last { pairs.len() - 1 } else { pairs.len() };
        if !last {
            self.held = bytes.get(whole * 2..).unwrap_or_default().to_vec();
        }
        let units = pairs.iter().take(whole).map(|pair| unit(*pair));
        let text: String = char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
        text.into_bytes()
    }
}

/// The encoding of a text without a mark. Even a log in Chinese has ASCII in it, whose other byte is NUL in UTF-16, always on the same
/// side; in UTF-8 no text has a NUL at all, and binary data has them on both sides. A short text with a few NULs in it is still UTF-8
/// where more pairs are two letters: UTF-16 in letters beyond ASCII has control characters in its pairs, or is no UTF-8.
fn unmarked(sample: &[u8]) -> Encoding {
    let (pairs, _) = sample.as_chunks::<2>();
    let is_ascii = |byte: u8| matches!(byte, b'\t' | b'\n' | b'\r' | 0x1b | b' '..=b'~');
    let count = |is: &dyn Fn(u8, u8) -> bool| pairs.iter().filter(|[first, second]| is(*first, *second)).count();
    let little = count(&|first, second| second == 0 && is_ascii(first));
    let big = count(&|first, second| first == 0 && is_ascii(second));
    let letters = count(&|first, second| [first, second].into_iter().all(|byte| is_ascii(byte) || byte >= 0x80));
    let speaks = |one: usize, other: usize| {
        one >= 2 && one * 8 >= pairs.len() && one > other * 4 && !(letters > one && is_utf_8(sample))
    };
    match pairs.contains(&[0, 0]) {
        false if speaks(little, big) => Encoding::Utf16(u16::from_le_bytes),
        false if speaks(big, little) => Encoding::Utf16(u16::from_be_bytes),
        _ => Encoding::Utf8,
    }
}

/// Whether this is the beginning of UTF-8; its last character may be cut.
fn is_utf_8(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).map_or_else(|error| error.error_len().is_none(), |_| true)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Decoder;

    /// All text that bytes in portions of this length give.
    fn decoded(bytes: &[u8], portion: usize) -> Vec<u8> {
        let mut decoder = Decoder::default();
        let mut text: Vec<u8> = bytes.chunks(portion).flat_map(|piece| decoder.decode(piece).into_owned()).collect();
        text.extend(decoder.finish());
        text
    }

    proptest! {
        #[test]
        fn text_with_a_few_nuls_in_it_stays_as_it_is(
            text in "[ -~\n\u{e9}\u{4e00}\u{1f600}]{20,600}",
            nuls in prop::collection::vec(0_usize..600, 0..3),
            portion in 1_usize..700,
        ) {
            let mut bytes = text.into_bytes();
            for at in nuls {
                bytes.insert(at % bytes.len(), 0);
            }
            prop_assert_eq!(decoded(&bytes, portion), bytes);
        }

        #[test]
        fn portions_of_any_bytes_change_nothing(
            bytes in prop_oneof![
                prop::collection::vec(any::<u8>(), 0..700),
                prop::collection::vec(prop::sample::select(b"a\n\0\0\xd8\xff".to_vec()), 0..700),
            ],
            portion in 1_usize..700,
        ) {
            prop_assert_eq!(decoded(&bytes, portion), decoded(&bytes, 10_000));
        }
    }

    #[test]
    fn binary_data_is_not_taken_for_utf_16() {
        let zeros = [0; 600];
        let table: Vec<u8> = (0..300_u32).flat_map(u32::to_le_bytes).collect();
        for bytes in [&zeros[..], &table] {
            assert_eq!(decoded(bytes, 64), bytes);
        }
    }
}
