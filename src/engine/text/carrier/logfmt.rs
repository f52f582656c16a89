//! Values of logfmt: `level=error msg="relation \"users\" already exists"`.

use super::Freed;
use super::escapes::{Escapes, unescape};
use super::json::is_message_key;

/// The quoted values of more than one word, and the line without them.
pub(super) fn values(line: &str) -> Option<Vec<Freed>> {
    if !line.contains("=\"") || pairs(line) < 2 {
        return None;
    }
    let (mut rest, mut told, mut at) = (String::with_capacity(line.len()), Vec::new(), 0);
    while let Some(open) = line.get(at..).and_then(|rest| rest.find("=\"")).map(|found| at + found + 2) {
        let inside = line.get(open..)?;
        let length = end(inside);
        let value = unescape(inside.get(..length)?, Escapes::Written);
        rest.push_str(line.get(at..open)?);
        let key = line.get(..open - 2)?.rsplit(|c: char| c.is_whitespace()).next().unwrap_or_default();
        if value.contains([' ', '\n']) || !value.is_empty() && is_message_key(key) {
            told.push(Freed { text: value, key: Some(key.to_owned()), quoted: false });
            rest.push('…');
        } else {
            rest.push_str(&value);
        }
        at = open + length;
    }
    rest.push_str(line.get(at..)?);
    if told.is_empty() {
        return None;
    }
    // Freed again it must not be taken for logfmt.
    let mut freed = vec![Freed::of(rest.replace("=\"", "= \""))];
    freed.extend(told);
    Some(freed)
}

/// How many words of the line are `name=…`, from its first on.
fn pairs(line: &str) -> usize {
    let is_pair = |word: &&str| {
        let name = word.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || b"_.@-".contains(byte)).count();
        name > 0 && word.as_bytes().get(name) == Some(&b'=')
    };
    let first = line.split_whitespace().next().is_some_and(|word| is_pair(&word));
    if first { line.split_whitespace().filter(is_pair).count() } else { 0 }
}

/// Where the closing quote stands, or the text ends.
fn end(inside: &str) -> usize {
    let mut escaped = false;
    for (at, byte) in inside.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at,
            _ => {}
        }
    }
    inside.len()
}

#[cfg(test)]
mod tests {
    use super::values;

    #[test]
    fn quoted_values_come_out_with_their_key() {
        let freed = values(r#"level=error password="a b" err="relation \"users\" already exists""#).unwrap_or_default();
        let told: Vec<_> = freed.iter().map(|freed| (freed.key.as_deref(), freed.text.as_str())).collect();
        assert_eq!(
            told,
            [
                (None, r#"level=error password= "…" err= "…""#),
                (Some("password"), "a b"),
                (Some("err"), "relation \"users\" already exists")
            ]
        );
        assert!(values(r#"<a href="x y" b="c d">"#).is_none());
        assert!(values("a=1 b=2").is_none());
    }
}
