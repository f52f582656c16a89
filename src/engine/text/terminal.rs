//! Text on its way to a terminal: what the terminal would obey instead of showing is written out.
//!
//! Comes in: any text, such as a file's name or a line of a log. Goes out: the same text with every control and format character as
//! `\u{1b}`. A log can hold sequences that clear the screen, set its title or turn the direction of writing, and then what stands on
//! the screen is not what the program said.

use std::borrow::Cow;

/// Text of any number of lines: line ends and tabs stay.
pub fn for_terminal(text: &str) -> Cow<'_, str> {
    escaped(text, |letter| is_obeyed(letter) && !matches!(letter, '\n' | '\t'))
}

/// Text that must not begin a line of its own, such as a name in a sentence.
pub fn one_line(text: &str) -> Cow<'_, str> {
    escaped(text, is_obeyed)
}

fn escaped(text: &str, unfit: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.contains(&unfit) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\n' if unfit(letter) => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' if unfit(letter) => out.push_str("\\t"),
            _ if unfit(letter) => out.extend(letter.escape_unicode()),
            _ => out.push(letter),
        }
    }
    Cow::Owned(out)
}

/// Whether a terminal does something at this character other than showing it.
fn is_obeyed(letter: char) -> bool {
    letter.is_control() || is_format(letter)
}

/// Whether this character says how others are laid out, among them those that turn the direction of writing.
///
/// Source: Unicode 16, general categories Cf, Zl and Zp.
pub fn is_format(letter: char) -> bool {
    matches!(letter,
            '\u{00AD}' | '\u{0600}'..='\u{0605}' | '\u{061C}' | '\u{06DD}' | '\u{070F}' | '\u{0890}'..='\u{0891}'
            | '\u{08E2}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
            | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{110BD}' | '\u{110CD}' | '\u{13430}'..='\u{1343F}'
            | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0001}' | '\u{E0020}'..='\u{E007F}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_a_terminal_would_obey_is_written_out() {
        assert_eq!(for_terminal("a\x1b[2Jb\u{202E}c\r\n\td\u{9b}31m"), "a\\u{1b}[2Jb\\u{202e}c\\r\n\td\\u{9b}31m");
        assert_eq!(one_line("a\nb\tc\u{7}"), "a\\nb\\tc\\u{7}");
        for plain in ["", "relation \"users\"", "naïve 用户 😀 é — “x”", "a\nb\tc"] {
            assert!(matches!(for_terminal(plain), Cow::Borrowed(same) if same == plain), "{plain}");
        }
    }

    proptest! {
        #[test]
        fn nothing_obeyed_is_left_and_nothing_else_is_touched(text in any::<String>()) {
            let shown = for_terminal(&text);
            prop_assert!(!shown.contains(|letter: char| is_obeyed(letter) && letter != '\n' && letter != '\t'));
            prop_assert!(!one_line(&text).contains(is_obeyed));
            let kept = |text: &str| text.chars().filter(|letter| !letter.is_ascii() && !is_obeyed(*letter)).collect::<String>();
            prop_assert_eq!(kept(&shown), kept(&text));
        }
    }
}
