//! Marks around a line: of a quoted mail or chat, of a box drawn around it, of Markdown.

use std::borrow::Cow;

use super::super::prefix::Prefix;
use super::super::{Line, prefix};

/// Takes marks off, and the platform's prefix behind them.
pub(super) fn peel(line: Line<'_>) -> Line<'_> {
    let inside = without_marks(&line.text).or_else(|| without_number(&line.text, line.number));
    let Some(inside) = inside else { return line };
    let Prefix { time, length, shape } = prefix::measure(inside);
    let text = inside.get(length..).unwrap_or(inside).to_owned();
    Line { time: line.time.or(time), shape: line.shape.or(shape), text: Cow::Owned(text), ..line }
}

/// What stands behind `> ` and between the sides of a box; `None` without any.
fn without_marks(text: &str) -> Option<&str> {
    let mut inside = text;
    // A line that begins with `>` may be the program's own; one mark and a blank are somebody's.
    while let Some(rest) =
        inside.trim_start().strip_prefix('>').filter(|rest| rest.is_empty() || rest.starts_with([' ', '>']))
    {
        inside = rest.strip_prefix(' ').unwrap_or(rest);
    }
    if let Some(rest) = inside.trim_start().strip_prefix(['│', '┃', '║']) {
        inside = rest.trim_end().trim_end_matches(['│', '┃', '║']).trim_end();
        inside = inside.strip_prefix(' ').unwrap_or(inside);
    }
    (inside.len() < text.len()).then_some(inside)
}

/// What stands behind the line's own number, as `cat -n` and editors print it; other numbers are the program's.
fn without_number(text: &str, number: u32) -> Option<&str> {
    let numbered = text.trim_start_matches(' ');
    let digits = numbered.bytes().take_while(u8::is_ascii_digit).count();
    let (own, behind) = numbered.split_at(digits);
    let inside = ["\t", "  ", ": ", " | ", "| "].iter().find_map(|mark| behind.strip_prefix(mark))?;
    (own.parse() == Ok(number)).then_some(inside)
}

/// The text without the stars and backticks of Markdown around all of it.
pub(super) fn without_emphasis(text: Cow<'_, str>) -> Cow<'_, str> {
    let trimmed = text.trim();
    let inside = ["**", "`", "*"]
        .iter()
        .find_map(|mark| trimmed.strip_prefix(mark)?.strip_suffix(mark))
        .filter(|inside| !inside.is_empty());
    match inside {
        Some(inside) if !inside.contains('`') => Cow::Owned(inside.to_owned()),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::{without_emphasis, without_marks, without_number};

    #[test]
    fn a_line_s_own_number_comes_off() {
        assert_eq!(without_number("   12  Killed", 12), Some("Killed"));
        assert_eq!(without_number("12\tKilled", 12), Some("Killed"));
        assert_eq!(without_number("   12  Killed", 13), None);
        assert_eq!(without_number("12 rows", 12), None);
    }

    #[test]
    fn marks_come_off() {
        assert_eq!(without_marks("> > a"), Some("a"));
        assert_eq!(without_marks("│ a b    │"), Some("a b"));
        assert_eq!(without_marks(">"), Some(""));
        assert_eq!(without_marks(">=1.2"), None);
        assert_eq!(without_emphasis("`a b`".into()), "a b");
        assert_eq!(without_emphasis("**a** and `b`".into()), "**a** and `b`");
    }
}
