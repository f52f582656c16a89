//! TOML → a type, with every mistake on the way and not only the first.
//!
//! A reader of TOML gives up at its first mistake. Here what is wrong is blanked out, so that every byte keeps its place, and the
//! rest is read again.

use serde::de::DeserializeOwned;

use super::markdown::nearest::did_you_mean;

/// What is wrong at a byte of the text, and what to do about it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Mistake {
    pub(super) at: usize,
    pub(super) message: String,
    pub(super) suggestion: String,
}

/// The value, unless one of its entries could not be read; and every mistake that was found.
pub(super) fn parse<T: DeserializeOwned>(text: &str) -> (Option<T>, Vec<Mistake>) {
    let mut mistakes: Vec<Mistake> = Vec::new();
    let mut whole = true;
    let mut text = text.to_owned();
    loop {
        let error = match toml::from_str(&text) {
            Ok(value) => return (Some(value).filter(|_| whole), mistakes),
            Err(error) => error,
        };
        let at = error.span().map_or(0, |span| span.start);
        let message = error.message().replace('\n', " ");
        // Where every entry was blanked out, the list of them is missing, which is no mistake of the author's.
        let emptied = !whole && at == 0 && message.starts_with(MISSING_FIELD);
        if emptied || mistakes.iter().any(|mistake| mistake.at == at) {
            return (None, mistakes);
        }
        let superfluous = message.starts_with(UNKNOWN_FIELD);
        mistakes.push(Mistake { at, suggestion: suggestion(&message), message });
        let rest = if superfluous { without_line(&text, at) } else { None };
        whole &= rest.is_some();
        match rest.or_else(|| without_entry(&text, at)).filter(|rest| toml::from_str::<toml::Table>(rest).is_ok()) {
            Some(rest) => text = rest,
            None => return (None, mistakes),
        }
    }
}

const UNKNOWN_FIELD: &str = "unknown field";
const MISSING_FIELD: &str = "missing field";

fn suggestion(message: &str) -> String {
    let mut named = message.split('`').skip(1).step_by(2);
    let first = named.next().unwrap_or_default();
    match message {
        _ if message.starts_with(MISSING_FIELD) => {
            format!("add `{first} = …`, as the other files and entries of this kind have it")
        }
        _ if message.starts_with("unknown ") => did_you_mean(first, named),
        _ if message.starts_with("duplicate key") => "remove one of the two".to_owned(),
        _ if message.starts_with("invalid type") => {
            "write it as the other files and entries of this kind do".to_owned()
        }
        _ => "write `key = \"value\"`, one on a line, and a new entry as `[[name]]`".to_owned(),
    }
}

/// The text without the line a key stands on; `None` when it is not the first thing there.
fn without_line(text: &str, at: usize) -> Option<String> {
    let from = text.get(..at)?.rfind('\n').map_or(0, |end| end + 1);
    let alone = text.get(from..at)?.trim().is_empty();
    let to = text.get(at..)?.find('\n').map_or(text.len(), |end| at + end);
    alone.then(|| blanked(text, from, to))?
}

/// The text without the entry `[[…]]` and its own tables around a byte; `None` when there is no such entry.
fn without_entry(text: &str, at: usize) -> Option<String> {
    let line_end = text.get(at..)?.find('\n').map_or(text.len(), |end| at + end);
    let from = format!("\n{}", text.get(..line_end)?).rfind("\n[[")?;
    let name = text.get(from + 2..)?.split("]]").next()?;
    let mut to = from;
    let mut lines = text.get(from..)?.split_inclusive('\n');
    to += lines.next()?.len();
    for line in lines {
        let header = line.trim_start_matches('[');
        let own = header.strip_prefix(name).is_some_and(|rest| rest.starts_with('.'));
        if line.starts_with('[') && !own {
            break;
        }
        to += line.len();
    }
    blanked(text, from, to)
}

/// The text with spaces in place of a part, line ends kept.
fn blanked(text: &str, from: usize, to: usize) -> Option<String> {
    let blank: String = text.get(from..to)?.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }).collect();
    Some(format!("{}{blank}{}", text.get(..from)?, text.get(to..)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Deserialize, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    struct List {
        entry: Vec<Entry>,
    }

    #[derive(Deserialize, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    struct Entry {
        id: String,
        #[serde(default)]
        note: String,
    }

    fn found(text: &str) -> (Option<List>, Vec<(usize, String)>) {
        let (value, mistakes) = parse(text);
        (value, mistakes.into_iter().map(|mistake| (mistake.at, mistake.suggestion)).collect())
    }

    #[test]
    fn a_superfluous_line_is_said_and_passed_over() {
        let (value, mistakes) = found("[[entry]]\nid = 'a'\nnoet = 'b'\n[[entry]]\nid = 'c'\nnoet = 'é'\n");
        assert_eq!(value.expect("a list").entry.len(), 2);
        let meant = || "did you mean `note`?".to_owned();
        assert_eq!(mistakes, [(19, meant()), (49, meant())]);
    }

    #[test]
    fn an_entry_that_cannot_be_read_hides_no_other() {
        let (value, mistakes) = found("[[entry]]\nid = 1\n[[entry]]\n[[entry]]\nid = 'a'\nid = 'b'\n");
        assert_eq!(value, None);
        assert_eq!(
            mistakes.iter().map(|(at, _)| *at).collect::<Vec<_>>(),
            [46, 15, 17],
            "the list itself is not missing"
        );
        let (_, mistakes) = found("[[entry]]\nid = 1\n[[entry]]\nnote = 'é'\n[[entry]]\nid = 'a'\n");
        assert_eq!(mistakes.iter().map(|(at, _)| *at).collect::<Vec<_>>(), [15, 17]);
        assert!(mistakes.last().is_some_and(|(_, suggestion)| suggestion.starts_with("add `id = …`")), "{mistakes:?}");
    }

    #[test]
    fn any_text_gives_a_value() {
        for text in ["", "[", "[[entry", "=", "[[entry]]\n[[entry]]\n[entry.x]\n", "é = 1", "entry = 1", "entry = [1]"]
        {
            let (value, mistakes) = found(text);
            assert!(value.is_none() && !mistakes.is_empty(), "{text}");
        }
    }
}
