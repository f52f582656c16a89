//! Any bytes → UTF-8, in portions. What is no UTF-8 is replaced later, line by line: a line end is never part of a character.

use std::borrow::Cow;

/// Bytes of the longest byte order mark.
const MARK: usize = 3;

/// Drops a byte order mark; UTF-16 with one is decoded (`PowerShell` redirects output so).
#[derive(Debug, Default)]
pub(super) struct Decoder {
    encoding: Encoding,
    /// Bytes that mean nothing yet: of a mark, of a pair, of a surrogate.
    held: Vec<u8>,
}

#[derive(Debug, Default, Clone, Copy)]
enum Encoding {
    #[default]
    Unknown,
    Utf8,
    Utf16(fn([u8; 2]) -> u16),
}

impl Decoder {
    /// As much text as the bytes so far give.
    pub(super) fn decode<'b>(&mut self, bytes: &'b [u8]) -> Cow<'b, [u8]> {
        let bytes = self.joined(bytes);
        match self.encoding {
            Encoding::Utf8 => bytes,
            Encoding::Utf16(unit) => Cow::Owned(self.utf16(&bytes, unit, false)),
            Encoding::Unknown if bytes.len() < MARK => {
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
            _ => (Encoding::Utf8, 0),
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
    fn utf16(&mut self, bytes: &[u8], unit: fn([u8; 2]) -> u16, last: bool) -> Vec<u8> {
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
