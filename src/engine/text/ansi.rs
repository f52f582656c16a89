//! Colour codes and other terminal control sequences.

use std::borrow::Cow;

/// The text without escape sequences (CSI `ESC [ … letter`, OSC `ESC ] … BEL`, two-character ones) and other control
/// characters except tab.
/// Source: ECMA-48, 5th edition, sections 5.4 and 5.6.
pub(super) fn strip(raw: &str) -> Cow<'_, str> {
    if !raw.as_bytes().chunks(64).any(holds_control) {
        return Cow::Borrowed(raw);
    }
    let mut plain = String::with_capacity(raw.len());
    let mut chars = raw.chars();
    while let Some(c) = chars.next() {
        match c {
            '\u{1b}' => skip_sequence(&mut chars),
            '\t' => plain.push(c),
            c if c.is_control() => {}
            c => plain.push(c),
        }
    }
    Cow::Owned(plain)
}

/// Looks at every byte of a chunk, with no early end: so the compiler looks at many at once.
fn holds_control(chunk: &[u8]) -> bool {
    chunk.iter().fold(0, |found, b| found | u8::from(b.is_ascii_control() && *b != b'\t')) != 0
}

fn skip_sequence(chars: &mut std::str::Chars<'_>) {
    match chars.next() {
        Some('[') => {
            let _final_byte = chars.find(|c| ('\u{40}'..='\u{7e}').contains(c));
        }
        Some(']') => {
            // A string ends at BEL or ESC \; without either the rest of the line is not swallowed.
            let mut ahead = chars.clone();
            if ahead.any(|c| c == '\u{7}' || c == '\u{1b}') {
                *chars = ahead;
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::strip;

    #[test]
    fn sequences_go_and_text_stays() {
        assert_eq!(strip("\u{1b}[1;32mINFO\u{1b}[0m x"), "INFO x");
        assert_eq!(strip("\u{1b}]0;title\u{7}text"), "text");
        assert_eq!(strip("a\u{0}b\tc"), "ab\tc");
        assert!(matches!(strip("plain"), std::borrow::Cow::Borrowed("plain")));
        assert_eq!(strip("cut \u{1b}["), "cut ");
    }
}
