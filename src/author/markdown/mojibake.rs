//! UTF-8 that was read as Windows-1252 somewhere on its way (`â€”` for `—`), and how it reads repaired.
//!
//! A sequence counts as broken when its characters, put back into Windows-1252 bytes, are one well-formed UTF-8 character of
//! two bytes or more. Honest text practically never does that: it would need an accented capital followed by a symbol.

/// One broken character.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// Byte offset in the text.
    pub at: usize,
    /// What stands there.
    pub found: String,
    /// What was meant.
    pub meant: char,
}

/// Windows-1252 for 0x80 to 0x9F; five bytes have no character and stand for themselves.
const HIGH: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// Every broken character of a text, in order. The replacement character U+FFFD is one too: what was meant is lost.
pub fn find(text: &str) -> Vec<Broken> {
    let mut found = Vec::new();
    let mut skip_until = 0;
    for (at, first) in text.char_indices() {
        if at < skip_until {
            continue;
        }
        if first == char::REPLACEMENT_CHARACTER {
            found.push(Broken { at, found: first.to_string(), meant: first });
        } else if let Some((length, meant)) = broken_at(text.get(at..).unwrap_or_default()) {
            skip_until = at + length;
            found.push(Broken { at, found: text.get(at..skip_until).unwrap_or_default().to_owned(), meant });
        }
    }
    found
}

/// The text with every broken character repaired; U+FFFD stays.
pub fn repair(text: &str) -> String {
    let mut out = String::new();
    let mut from = 0;
    for broken in find(text) {
        out.push_str(text.get(from..broken.at).unwrap_or_default());
        out.push(broken.meant);
        from = broken.at + broken.found.len();
    }
    out.push_str(text.get(from..).unwrap_or_default());
    out
}

/// The broken character at the start of a text: its length in bytes there, and what was meant.
fn broken_at(text: &str) -> Option<(usize, char)> {
    let first = byte(text.chars().next()?)?;
    let count = match first {
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF4 => 4,
        _ => return None,
    };
    let bytes: Vec<u8> = text.chars().take(count).map_while(byte).collect();
    let meant = std::str::from_utf8(&bytes).ok()?.chars().next()?;
    Some((text.chars().take(count).map(char::len_utf8).sum(), meant))
}

/// The Windows-1252 byte of a character.
fn byte(c: char) -> Option<u8> {
    let high = HIGH.iter().position(|h| *h == c).and_then(|i| u8::try_from(i + 0x80).ok());
    high.or_else(|| u8::try_from(u32::from(c)).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repairs_what_was_read_wrong() {
        for (broken, meant) in
            [("a â€” b", "a — b"), ("itâ€™s", "it’s"), ("cafÃ©", "café"), ("Â\u{a0}", "\u{a0}"), ("ðŸŽ‰", "🎉")]
        {
            assert_eq!(repair(broken), meant);
            assert_eq!(find(broken).len(), 1, "{broken}");
        }
    }

    #[test]
    fn the_runbooks_own_fault() {
        let text = "idempotent \u{e2}\u{20ac}\u{201d} if";
        assert_eq!(find(text), [Broken { at: 11, found: "\u{e2}\u{20ac}\u{201d}".into(), meant: '—' }]);
        assert_eq!(repair(text), "idempotent — if");
    }

    #[test]
    fn honest_text_stays() {
        for text in ["café — ‘x’ “y” … naïve Ünïcödé 用户 🎉", "prix: 5 €", "Â", "Ã", "á é í", "", "İstanbul"]
        {
            assert_eq!(find(text), [], "{text}");
            assert_eq!(repair(text), text);
        }
        assert_eq!(find("a\u{fffd}b").len(), 1);
    }
}
