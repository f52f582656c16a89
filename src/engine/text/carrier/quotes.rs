//! One kind of quotes, blanks that are blanks, and no characters that nobody sees.

use std::borrow::Cow;

/// The text with typographic quotes as ASCII ones, arrows as `->`, no-break blanks as blanks, and without format characters. Templates are
/// read the same way, so that a message is found whichever quotes it was carried in.
pub(crate) fn plain(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.is_ascii() {
        return text;
    }
    let text = with_arrows(text);
    if !text.chars().any(|c| one(c) != Some(c)) {
        return text;
    }
    let mut plain: String = text.chars().filter_map(one).collect();
    if text.find(['«', '»']).is_some_and(|at| text.get(at..).is_some_and(|rest| rest.starts_with('«'))) {
        plain = without_inner_blanks(&text);
    }
    Cow::Owned(plain)
}

/// `→` as programs print it. What an editor made of `--` before `>` is a dash.
fn with_arrows(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.contains(ARROWS) || text.contains("–>") || text.contains("—>") {
        return Cow::Owned(text.replace(ARROWS, "->").replace(['–', '—'], "-"));
    }
    text
}

/// French puts blanks inside its quotes: `« users »`. German turns them round, without blanks.
fn without_inner_blanks(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let is_blank =
        |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(|c| matches!(c, ' ' | '\u{a0}' | '\u{202f}'));
    let inner = |at: usize| {
        let before = at.checked_sub(1).and_then(|at| chars.get(at));
        is_blank(Some(at)) && (before == Some(&'«') || chars.get(at + 1) == Some(&'»'))
    };
    let kept = chars.iter().enumerate().filter(|(at, _)| !inner(*at));
    kept.filter_map(|(_, c)| one(*c)).collect()
}

/// What editors and chats make of `->`.
const ARROWS: [char; 7] = ['→', '⇒', '➜', '➔', '⟶', '➡', '⇨'];

fn one(c: char) -> Option<char> {
    match c {
        '“' | '”' | '„' | '‟' | '«' | '»' | '＂' => Some('"'),
        '‘' | '’' | '‚' | '‛' | '‹' | '›' | '＇' => Some('\''),
        '\u{a0}' | '\u{2007}' | '\u{202f}' | '\u{3000}' | '\u{2000}'..='\u{200a}' => Some(' '),
        '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{206f}'
        | '\u{feff}'
        | '\u{ad}' => None,
        c => Some(c),
    }
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn quotes_are_one_kind() {
        assert_eq!(plain("“a” ‘b’ »c« e\u{200b}f".into()), "\"a\" 'b' \"c\" ef");
        assert_eq!(plain("a « d »\u{a0}e «f»".into()), "a \"d\" e \"f\"");
        assert_eq!(plain("отношение".into()), "отношение");
        assert_eq!(plain("1 → 2 ⇒ 3 –> 4".into()), "1 -> 2 -> 3 -> 4");
    }
}
