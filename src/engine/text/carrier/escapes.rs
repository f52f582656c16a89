//! Escapes written out: `\n`, `\"`, `\u201c`, and the backslashes of Markdown.

use super::Freed;

/// Whose escapes.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Escapes {
    /// JSON's: every backslash escapes.
    Json,
    /// Anybody's: a backslash before a letter that means nothing stays.
    Written,
}

/// Characters that Markdown escapes.
/// Source: `CommonMark` 0.31, section 2.4.
const PUNCTUATION: &str = "!\"#$%&'()*+,-./:;<=>?@[]^_`{|}~ ";

/// The text with its escapes decoded. Half an escape stays as it is.
pub(super) fn unescape(text: &str, whose: Escapes) -> String {
    let mut plain = Plain { text: String::with_capacity(text.len()), word: 0 };
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('\\') {
        plain.push(before);
        let decoded = if whose == Escapes::Written && plain.ends_in_path() { None } else { decode(behind, whose) };
        let (c, length) = decoded.unwrap_or(('\\', 0));
        plain.push(c.encode_utf8(&mut [0; 4]));
        rest = behind.get(length..).unwrap_or_default();
    }
    plain.push(rest);
    plain.text
}

/// What is decoded, and where its last word begins: nothing is gone through twice.
struct Plain {
    text: String,
    word: usize,
}

impl Plain {
    fn push(&mut self, piece: &str) {
        let ends_word = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '(' | '=');
        let last = piece.rsplit(ends_word).next().unwrap_or_default();
        self.text.push_str(piece);
        if last.len() < piece.len() {
            self.word = self.text.len() - last.len();
        }
    }

    /// Whether the text ends within a path of Windows, `C:\new\table`, whose backslashes escape nothing.
    fn ends_in_path(&self) -> bool {
        let mut chars = self.text.get(self.word..).unwrap_or_default().chars();
        chars.next().is_some_and(|c| c.is_ascii_alphabetic()) && chars.next() == Some(':')
    }
}

/// What stands for an escape whose backslash is gone, and how many bytes it takes.
fn decode(behind: &str, whose: Escapes) -> Option<(char, usize)> {
    let first = behind.chars().next()?;
    let simple = |c| Some((c, 1));
    match first {
        'n' => simple('\n'),
        't' => simple('\t'),
        'r' => simple('\r'),
        'u' => unicode(behind),
        'x' => number(behind.get(1..3)?).and_then(char::from_u32).map(|c| (c, 3)),
        '\\' | '"' | '\'' | '/' => simple(first),
        _ if whose == Escapes::Json || PUNCTUATION.contains(first) => Some((first, first.len_utf8())),
        _ => None,
    }
}

/// `u201c`, or both halves of a pair; a lone half stands for nothing.
fn unicode(behind: &str) -> Option<(char, usize)> {
    let first = number(behind.get(1..5)?)?;
    if let Some(c) = char::from_u32(first) {
        return Some((c, 5));
    }
    let second = behind.get(5..).and_then(|rest| rest.strip_prefix("\\u")).and_then(|rest| number(rest.get(..4)?));
    let Some(second) = second.filter(|second| (0xdc00..0xe000).contains(second) && first < 0xdc00) else {
        return Some((char::REPLACEMENT_CHARACTER, 5));
    };
    let joined = 0x10000 + ((first & 0x3ff) << 10) + (second & 0x3ff);
    Some((char::from_u32(joined).unwrap_or(char::REPLACEMENT_CHARACTER), 11))
}

fn number(digits: &str) -> Option<u32> {
    u32::from_str_radix(digits, 16).ok().filter(|_| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// A whole text as a program writes a literal: `'one\ntwo'`, `b"…"`.
pub(super) fn literal(line: &str) -> Option<Vec<Freed>> {
    let trimmed = line.trim().trim_end_matches(',');
    let quoted = trimmed.strip_prefix(['b', 'r', 'u']).filter(|rest| rest.starts_with(['"', '\''])).unwrap_or(trimmed);
    let quote = quoted.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let inside = quoted.strip_prefix(quote)?.strip_suffix(quote)?;
    inside.contains("\\n").then(|| vec![Freed::of(unescape(inside, Escapes::Written))])
}

/// The texts of a list as Python writes it, `['one', "it's two"]`; JSON's has no single quotes.
pub(super) fn list(line: &str) -> Option<Vec<Freed>> {
    let mut rest = line.trim().strip_prefix('[')?.strip_suffix(']')?;
    let (mut texts, mut is_python) = (Vec::new(), false);
    while let Some(quote) = rest.chars().next().filter(|c| matches!(c, '"' | '\'')) {
        let inside = rest.get(1..)?;
        let mut escaped = false;
        let end = inside.find(|c: char| {
            let ends = c == quote && !escaped;
            escaped = c == '\\' && !escaped;
            ends
        })?;
        is_python |= quote == '\'';
        texts.push(Freed::of(unescape(inside.get(..end)?, Escapes::Written)));
        rest = inside.get(end + 1..)?.trim_start_matches([',', ' ']);
    }
    (is_python && rest.is_empty()).then_some(texts)
}

/// What a page's source writes for a line end.
const BREAKS: [&str; 3] = ["<br/>", "<br />", "<br>"];

/// Lines in one, with `\n` or a break of HTML written between them.
pub(super) fn written_lines(line: &str) -> Option<Vec<Freed>> {
    if BREAKS.iter().any(|mark| line.contains(mark)) {
        return Some(vec![Freed::of(BREAKS.iter().fold(line.to_owned(), |line, mark| line.replace(mark, "\n")))]);
    }
    let freed = unescape(line, Escapes::Written);
    freed.contains('\n').then(|| vec![Freed::of(freed)])
}

/// A text of one line without its escapes.
pub(super) fn plain(line: &str) -> String {
    unescape(line, Escapes::Written).replace(['\n', '\r'], " ")
}

#[cfg(test)]
mod tests {
    use super::{Escapes, list, plain, unescape};

    #[test]
    fn escapes_are_decoded_once() {
        assert_eq!(
            unescape(r#"a\nb \"c\" \u201cd\u201d \\n \ud83d\ude00"#, Escapes::Written),
            "a\nb \"c\" “d” \\n \u{1f600}"
        );
        assert_eq!(plain(r"alembic\_version \*x\* \d+ \ud83d"), "alembic_version *x* \\d+ \u{fffd}");
        assert_eq!(plain("end \\"), "end \\");
        let texts = list(r#"['one', "it's two", 'a \'b\'']"#).unwrap_or_default();
        assert_eq!(texts.iter().map(|freed| freed.text.as_str()).collect::<Vec<_>>(), ["one", "it's two", "a 'b'"]);
        assert!(list(r#"["one", "two"]"#).is_none() && list("['one', 2]").is_none());
        assert_eq!(plain(r"C:\new\table"), r"C:\new\table");
    }
}
