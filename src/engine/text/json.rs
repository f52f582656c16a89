//! What a program printed, out of a line of JSON: `{"log":"…\n","stream":"stderr"}` of container runtimes and log collectors.

/// Where collectors put the text, the more certain first.
const KEYS: [&str; 6] = ["\"log\"", "\"textPayload\"", "\"message\"", "\"msg\"", "\"MESSAGE\"", "\"line\""];

/// The text in a line of JSON; `None` when it is something else.
pub(super) fn message(line: &str) -> Option<String> {
    let object = line.trim_start().strip_prefix('{').filter(|_| line.trim_end().ends_with('}'))?;
    KEYS.iter().find_map(|key| {
        let (_, behind) = object.split_once(key)?;
        string(behind.trim_start().strip_prefix(':')?.trim_start().strip_prefix('"')?)
    })
}

/// A JSON string up to its closing quote (RFC 8259, section 7).
fn string(text: &str) -> Option<String> {
    let mut value = String::new();
    let mut chars = text.chars();
    loop {
        match chars.next()? {
            '"' => return Some(value),
            '\\' => value.push(escaped(&mut chars)?),
            c => value.push(c),
        }
    }
}

fn escaped(chars: &mut std::str::Chars<'_>) -> Option<char> {
    Some(match chars.next()? {
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        'u' => {
            let first = unit(chars)?;
            match char::from_u32(first) {
                Some(c) => c,
                // The second half of the pair, or a lone half that stands for nothing.
                None if chars.as_str().starts_with("\\u") => {
                    *chars = chars.as_str().get(2..)?.chars();
                    let second = unit(chars)?;
                    let joined = 0x10000 + ((first & 0x3ff) << 10) + (second & 0x3ff);
                    char::from_u32(joined).unwrap_or(char::REPLACEMENT_CHARACTER)
                }
                None => char::REPLACEMENT_CHARACTER,
            }
        }
        c => c,
    })
}

fn unit(chars: &mut std::str::Chars<'_>) -> Option<u32> {
    let digits = chars.as_str().get(..4)?;
    *chars = chars.as_str().get(4..)?.chars();
    u32::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::message;

    #[test]
    fn the_text_of_a_collectors_line() {
        let read = |line: &str| message(line).unwrap_or_default();
        assert_eq!(
            read(r#"{"log":"relation \"users\" already exists\n","stream":"stderr"}"#),
            "relation \"users\" already exists\n"
        );
        assert_eq!(read(r#"{"level": "error", "msg" : "a\tb \u001b[31m \ud83d\ude00"}"#), "a\tb \u{1b}[31m \u{1f600}");
        assert_eq!(message("{'log': 'a dict of Python'}"), None);
        assert_eq!(message(r#"{"message": 5}"#), None);
        assert_eq!(message(r#"{"message":"cut off"#), None);
        assert_eq!(message("plain"), None);
    }
}
