//! Characters as a page's source writes them: a log copied from there, or from a mail.
//! Source: HTML Living Standard, named character references; the few that programs write.

use std::borrow::Cow;

use memchr::memchr;

/// What a page's source writes for quotes, brackets and blanks.
const NAMED: [(&str, char); 12] = [
    ("quot", '"'),
    ("apos", '\''),
    ("lt", '<'),
    ("gt", '>'),
    ("amp", '&'),
    ("nbsp", ' '),
    ("ldquo", '"'),
    ("rdquo", '"'),
    ("lsquo", '\''),
    ("rsquo", '\''),
    ("laquo", '"'),
    ("raquo", '"'),
];

/// Bytes of the longest reference, without `&` and `;`.
const MAX_REFERENCE_BYTES: usize = 8;

/// The text with its references decoded; what was escaped twice, as where a page's source is shown on a page, is decoded twice.
pub(super) fn decode(text: Cow<'_, str>) -> Cow<'_, str> {
    let twice = text.contains("&amp;");
    let text = once(text);
    if twice { once(text) } else { text }
}

fn once(text: Cow<'_, str>) -> Cow<'_, str> {
    if memchr(b'&', text.as_bytes()).is_none() {
        return text;
    }
    let (mut plain, mut rest) = (String::with_capacity(text.len()), &*text);
    while let Some((before, behind)) = rest.split_once('&') {
        plain.push_str(before);
        let near = behind.get(..behind.floor_char_boundary(MAX_REFERENCE_BYTES + 1)).unwrap_or_default();
        let reference = near.split_once(';').and_then(|(name, _)| Some((name.len(), character(name)?)));
        let (c, length) = reference.map_or(('&', 0), |(length, c)| (c, length + 1));
        plain.push(c);
        rest = behind.get(length..).unwrap_or_default();
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

fn character(name: &str) -> Option<char> {
    let Some(number) = name.strip_prefix('#') else {
        return NAMED.iter().find(|(known, _)| *known == name).map(|(_, c)| *c);
    };
    let hex = number.strip_prefix(['x', 'X']);
    let code = hex.map_or_else(|| number.parse().ok(), |digits| u32::from_str_radix(digits, 16).ok())?;
    char::from_u32(code).filter(|c| !c.is_control())
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn references_are_decoded() {
        assert_eq!(
            decode("&quot;a&quot; &amp; &#39;b&#x27; &amp;lt; &c; &nope; &#64; a & b".into()),
            "\"a\" & 'b' < &c; &nope; @ a & b"
        );
    }
}
