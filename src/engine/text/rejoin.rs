//! Lines that a terminal, a dashboard or a chat cut at its edge, put together again.
//!
//! Nothing marks such a cut. But where one was made, the line reaches as far as any line before it, or the first word of the next
//! line had no more room behind it, and the next line begins without the platform's prefix. Other lines meet that by
//! chance; they gain nothing by being read together, and lose nothing.

use super::Line;
use super::time::Time;

/// A narrower line was not cut by any edge.
const NARROWEST: usize = 40;

/// A longer first word was not moved to the next line as a whole.
const LONGEST_WORD: usize = 40;

/// Longer lines are not put together, in bytes.
const LONGEST: usize = 800;

/// As far on both sides of a cut a message reaches, in bytes.
const NEAR: usize = 100;

/// Finds the cuts, line by line.
#[derive(Debug, Default)]
pub struct Rejoin {
    /// The widest line so far.
    widest: usize,
    before: Option<Before>,
}

/// A line that may have been cut at its end.
#[derive(Debug)]
struct Before {
    number: u32,
    time: Option<Time>,
    width: usize,
    text: String,
    /// Whether the message that belongs to it comes on the next line.
    announces: bool,
}

/// Where a line was cut: what stood before, and the rest.
#[derive(Debug, Clone, Copy)]
pub struct Cut<'l> {
    before: &'l Before,
    rest: &'l Line<'l>,
}

/// Texts put together.
#[derive(Debug)]
pub struct Rejoined {
    /// All of it.
    pub text: String,
    /// The byte where the rest begins.
    pub cut: usize,
}

impl Rejoin {
    /// Takes the next line and says whether it looks like the rest of those before.
    pub fn next(&mut self, line: &Line<'_>, each: impl FnOnce(Cut<'_>)) {
        self.widest = self.widest.max(line.width);
        let before = self.before.take().filter(|before| self.was_cut(before, line));
        if let Some(before) = &before {
            each(Cut { before, rest: line });
        }
        let announces = announces(&line.text);
        if announces || (NARROWEST..=LONGEST).contains(&line.width) && line.width + LONGEST_WORD >= self.widest {
            // What a lone word announces begins with that word.
            self.before = Some(self.begun(before.filter(|_| !is_word(&line.text)), line));
        }
    }

    fn was_cut(&self, before: &Before, line: &Line<'_>) -> bool {
        if before.announces {
            return line.text.len() <= LONGEST && !line.text.trim().is_empty();
        }
        let word = line.text.find(' ').unwrap_or(line.text.len()).min(LONGEST_WORD);
        let rest = before.number < line.number && !line.prefixed && (1..=LONGEST).contains(&line.text.len());
        rest && before.width + word >= self.widest
    }

    /// What the line after next may be the rest of.
    fn begun(&self, before: Option<Before>, line: &Line<'_>) -> Before {
        let Line { number, time, width, .. } = *line;
        match before.filter(|before| before.text.len() + line.text.len() < LONGEST) {
            None => Before { number, time, width, text: line.text.to_string(), announces: announces(&line.text) },
            Some(mut begun) => {
                if begun.width < self.widest {
                    begun.text.push(' ');
                }
                begun.text.push_str(&line.text);
                Before { width, announces: announces(&line.text), ..begun }
            }
        }
    }
}

/// Whether a line only names what the next one is about: the class of an exception, or one word (pydantic prints a setting's name so).
fn announces(text: &str) -> bool {
    is_word(text) || announces_message(text)
}

fn is_word(text: &str) -> bool {
    let word = text.trim();
    !word.is_empty() && word.len() <= LONGEST_WORD && word.chars().all(in_name)
}

/// Whether a line ends with the class of an exception and its colon: its message comes on the next one.
pub fn announces_message(text: &str) -> bool {
    let last = text.strip_suffix(':').and_then(|name| name.rsplit([' ', '.']).next()).unwrap_or_default();
    last.starts_with(|c: char| c.is_ascii_uppercase()) && last.chars().all(in_name)
}

fn in_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '.')
}

impl Cut<'_> {
    /// Both ways to put it together: a word was cut, or the text between two words.
    pub const BETWEEN: [&'static str; 2] = ["", " "];

    /// The 1-based number of the first line.
    pub fn number(self) -> u32 {
        self.before.number
    }

    /// The rest; the message of a name that stands alone may be indented.
    fn rest(&self) -> &str {
        if self.before.announces { self.rest.text.trim_start() } else { &self.rest.text }
    }

    /// What stands near the cut: there a message must be that neither side shows alone.
    pub fn near(self, between: &str) -> Rejoined {
        let (before, rest) = (self.before.text.as_str(), self.rest());
        let from = before.ceil_char_boundary(before.len().saturating_sub(NEAR));
        let to = rest.floor_char_boundary(NEAR);
        join(before.get(from..).unwrap_or_default(), between, rest.get(..to).unwrap_or_default())
    }

    /// All of it, as one line under the number of the first.
    pub fn whole(self, between: &str) -> Line<'static> {
        let Before { number, time, width, ref text, .. } = *self.before;
        Line {
            number,
            time,
            width,
            prefixed: false,
            shape: None,
            key: None,
            loose: false,
            quoted: false,
            text: join(text, between, self.rest()).text.into(),
        }
    }
}

impl Rejoined {
    /// Whether this is on the whole, and on neither side alone.
    pub fn only_whole(&self, holds: impl Fn(&str) -> bool) -> bool {
        let (before, rest) = self.sides();
        holds(&self.text) && !holds(before) && !holds(rest)
    }

    /// The word that was cut: what stands around the cut up to the next blank on each side; empty where a blank stands at it.
    pub fn cut_word(&self) -> &str {
        let (before, rest) = self.sides();
        let from = before.rfind(char::is_whitespace).map_or(0, |at| before.ceil_char_boundary(at + 1));
        let to = rest.find(char::is_whitespace).unwrap_or(rest.len());
        if from == before.len() || to == 0 { "" } else { self.text.get(from..before.len() + to).unwrap_or_default() }
    }

    /// What stands before the cut and behind.
    pub fn sides(&self) -> (&str, &str) {
        self.text.split_at_checked(self.cut).unwrap_or_default()
    }
}

fn join(before: &str, between: &str, rest: &str) -> Rejoined {
    Rejoined { text: [before, between, rest].concat(), cut: before.len() + between.len() }
}

#[cfg(test)]
mod tests {
    use super::super::Lines;
    use super::Rejoin;

    /// What is put together of a text, each as the reading that was cut within a word.
    fn rejoined(text: &str) -> Vec<(u32, String)> {
        let (mut rejoin, mut found) = (Rejoin::default(), Vec::new());
        let mut each = |line: &super::Line<'_>| {
            rejoin.next(line, |cut| found.push((cut.number(), cut.whole("").text.into_owned())));
        };
        let mut lines = Lines::default();
        lines.push(text.as_bytes(), &mut each);
        lines.finish(&mut each);
        found
    }

    #[test]
    fn a_line_that_was_cut_is_whole_again() {
        let cut = "0123456789012345678901234567890123456789ABCD\nEF g\nend";
        assert_eq!(rejoined(cut), [(1, "0123456789012345678901234567890123456789ABCDEF g".to_owned())]);
    }

    #[test]
    fn a_line_may_be_cut_more_than_once() {
        let wide = "x".repeat(50);
        let found = rejoined(&format!("{wide}\n{wide}\nend"));
        assert_eq!(found.last().map(|(number, text)| (*number, text.len())), Some((1, 103)));
    }

    #[test]
    fn lines_with_room_left_or_a_prefix_are_no_rest() {
        let wide = "x".repeat(90);
        assert_eq!(rejoined(&format!("{wide}\n\n{}\nshort word", "y ".repeat(30))), []);
        assert_eq!(rejoined(&format!("{wide}\n2026-11-05T18:38:00Z {wide}")), []);
        assert_eq!(rejoined("a a\nb"), []);
    }

    #[test]
    fn a_class_belongs_to_the_message_below_it() {
        let found = rejoined("asyncpg.exceptions.ConnectionError:\nno way in");
        assert_eq!(found, [(1, "asyncpg.exceptions.ConnectionError:no way in".to_owned())]);
    }
}
