//! Colour codes and other terminal control sequences.

use std::borrow::Cow;

use memchr::memchr_iter;

/// Longest colour code that is taken for one, in bytes between `[` and `m`.
const MAX_CODE_BYTES: usize = 12;

/// The text without escape sequences (CSI `ESC [ … letter`, OSC `ESC ] … BEL`, two-character ones) and other control
/// characters except tab.
/// Source: ECMA-48, 5th edition, sections 5.4 and 5.6.
pub(super) fn strip(raw: &str) -> Cow<'_, str> {
    let raw = without_written_codes(raw);
    if !raw.as_bytes().chunks(64).any(holds_control) {
        return raw;
    }
    let mut plain = String::with_capacity(raw.len());
    let mut chars = raw.chars();
    while let Some(c) = chars.next() {
        match c {
            '\u{1b}' => skip_sequence(&mut chars),
            '\t' => plain.push(c),
            // A terminal takes the character before it away.
            '\u{8}' => {
                plain.pop();
            }
            c if c.is_control() => {}
            c => plain.push(c),
        }
    }
    Cow::Owned(plain)
}

/// The text without colour codes that lost their escape character on the way: `[31m`.
fn without_written_codes(raw: &str) -> Cow<'_, str> {
    let starts =
        |text: &str| memchr_iter(b'[', text.as_bytes()).find_map(|at| Some((at, written_code(text.get(at..)?)?)));
    let Some(first) = starts(raw) else { return Cow::Borrowed(raw) };
    let (mut plain, mut rest, mut next) = (String::with_capacity(raw.len()), raw, Some(first));
    while let Some((at, length)) = next {
        let behind = rest.get(at + length..).unwrap_or_default();
        let before = rest.get(..at).unwrap_or_default();
        // `ESC [ 31 m` is whole: it goes with its escape character.
        let whole = rest.get(..at + length).filter(|_| before.ends_with('\u{1b}'));
        plain.push_str(whole.unwrap_or_else(|| without_written_escape(before)));
        rest = behind;
        next = starts(rest);
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

/// Ways to write the escape character: of syslog, of C and its like, of terminals.
const WRITTEN_ESCAPES: [&str; 6] = ["#033", "\\033", "\\x1b", "\\x1B", "\\u001b", "^["];

/// The text without an escape character written out at its end.
fn without_written_escape(text: &str) -> &str {
    WRITTEN_ESCAPES.iter().find_map(|escape| text.strip_suffix(escape)).unwrap_or(text)
}

/// How long a written colour code is that begins a text; `rate(x[5m])` holds none.
fn written_code(text: &str) -> Option<usize> {
    let inside = text.get(1..)?;
    let numbers = inside.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b';').count();
    let behind = inside.get(numbers..)?.strip_prefix('m')?;
    (numbers > 0 && numbers <= MAX_CODE_BYTES && !behind.starts_with(']')).then_some(numbers + 2)
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
        assert_eq!(strip("[31mred[0m [1;32mgreen[m x[5m] [2:3m"), "red green[m x[5m] [2:3m");
        assert_eq!(strip("\u{1b}[31mpass\u{1b}[0mword [0mx"), "password x");
        assert_eq!(strip("pas\u{8}\u{8}\u{8}x"), "x");
        assert_eq!(strip("#033[35mdb |#033[0m a \\033[1mb^[[0m c"), "db | a b c");
    }
}
