//! Where one command of a block ends and the next begins, so that each is copied alone. A shell that is given two lines at once
//! hands the second to whatever the first one starts: a prompt for a password takes it as the password.
//!
//! Comes in: the lines of a block and their language. Goes out: ranges of lines. Must not know: what a command does, or what is
//! filled in.

use std::ops::Range;

use crate::engine::page::Part;

/// The commands of a block, each as its range of lines. Blank lines and comments between commands belong to none. A block that
/// is not for a shell is one piece.
pub(super) fn commands(lines: &[Vec<Part>], language: &str) -> Vec<Range<usize>> {
    let shell = match language {
        "sh" | "bash" | "shell" => Shell::Posix,
        POWER_SHELL => Shell::PowerShell,
        _ => return std::iter::once(0..lines.len()).filter(|all| !all.is_empty()).collect(),
    };
    let mut found = Vec::new();
    let mut open = Open::new(shell);
    let mut from = None;
    for (at, line) in lines.iter().enumerate() {
        let text = text(line);
        if from.is_none() && is_between(&text) {
            continue;
        }
        let begin = *from.get_or_insert(at);
        open.read(&text);
        if open.is_done() {
            found.push(begin..at + 1);
            from = None;
        }
    }
    // What is never closed is still one command: nothing that is shown is left out.
    found.extend(from.map(|begin| begin..lines.len()));
    found
}

/// The language of a command for Windows.
pub(super) const POWER_SHELL: &str = "powershell";

/// A line with a word for each placeholder.
fn text(line: &[Part]) -> String {
    let piece = |part: &Part| match part {
        Part::Text(text) => text.clone(),
        Part::Placeholder(_) => "x".to_owned(),
    };
    line.iter().map(piece).collect()
}

fn is_between(text: &str) -> bool {
    let text = text.trim_start();
    text.is_empty() || text.starts_with('#')
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Shell {
    Posix,
    PowerShell,
}

impl Shell {
    /// What takes the next character its meaning.
    fn escape(self) -> char {
        if self == Self::Posix { '\\' } else { '`' }
    }

    fn is_quote(self, c: char) -> bool {
        matches!(c, '\'' | '"') || (c == '`' && self == Self::Posix)
    }
}

/// What a command has opened and not closed yet.
struct Open {
    shell: Shell,
    quote: Option<char>,
    /// The word that ends a here-document, or the mark that ends a here-string.
    until: Option<String>,
    brackets: usize,
    /// `if`, `case` and loops.
    blocks: usize,
    /// The line ends in the middle: with an escape, a pipe, `&&` or `||`.
    goes_on: bool,
}

impl Open {
    fn new(shell: Shell) -> Self {
        Self { shell, quote: None, until: None, brackets: 0, blocks: 0, goes_on: false }
    }

    fn is_done(&self) -> bool {
        let nested = self.brackets + self.blocks > 0;
        self.quote.is_none() && self.until.is_none() && !nested && !self.goes_on
    }

    fn read(&mut self, line: &str) {
        if let Some(end) = &self.until {
            let ended = match self.shell {
                Shell::Posix => line.trim_start_matches('\t') == end,
                Shell::PowerShell => line.starts_with(end.as_str()),
            };
            if ended {
                self.until = None;
            }
            return;
        }
        self.goes_on = false;
        let mut rest = line;
        // What stands before `rest`, as far as it decides what `rest` means: nothing counts as the end of a command.
        let mut before = ';';
        while let Some(c) = rest.chars().next() {
            let read = match self.quote {
                Some(quote) => self.in_quotes(quote, c, rest),
                None => self.outside(&mut before, c, rest),
            };
            rest = rest.get(read..).unwrap_or_default();
        }
    }

    /// Reads what begins with `c` inside quotes; gives how many bytes that is.
    fn in_quotes(&mut self, quote: char, c: char, rest: &str) -> usize {
        if c == quote {
            self.quote = None;
        }
        if c == self.shell.escape() && quote != '\'' { two(rest) } else { c.len_utf8() }
    }

    /// The same outside of quotes. `before` is `;` where a command may begin, ` ` where another word may, else the last character.
    fn outside(&mut self, before: &mut char, c: char, rest: &str) -> usize {
        let begins_word = matches!(*before, ';' | ' ');
        if c == '#' && begins_word {
            return rest.len();
        }
        if let Some((end, length)) = self.here(rest).filter(|_| *before != '<') {
            self.until = Some(end);
            return length;
        }
        if c == self.shell.escape() {
            self.goes_on = rest.len() == c.len_utf8();
            *before = c;
            return two(rest);
        }
        if c.is_ascii_alphabetic() && begins_word {
            let word =
                rest.find(|c: char| !c.is_ascii_alphanumeric()).map_or(rest, |end| rest.get(..end).unwrap_or(rest));
            let command_follows = *before == ';' && self.keyword(word);
            *before = if command_follows { ';' } else { 'x' };
            self.goes_on = false;
            return word.len();
        }
        match c {
            _ if self.shell.is_quote(c) => self.quote = Some(c),
            '(' | '{' => self.brackets += 1,
            ')' | '}' => self.brackets = self.brackets.saturating_sub(1),
            _ => {}
        }
        if c.is_whitespace() {
            // What a command begins with may be indented.
            *before = if *before == ';' { ';' } else { ' ' };
            return c.len_utf8();
        }
        self.goes_on = c == '|' || rest.starts_with("&&");
        *before = if ";|&(){}".contains(c) { ';' } else { c };
        if rest.starts_with("&&") { 2 } else { c.len_utf8() }
    }

    /// Counts a keyword of the shell; gives whether another command follows it directly.
    fn keyword(&mut self, word: &str) -> bool {
        if self.shell != Shell::Posix {
            return false;
        }
        match word {
            "if" | "while" | "until" | "for" | "case" | "select" => self.blocks += 1,
            "fi" | "done" | "esac" => self.blocks = self.blocks.saturating_sub(1),
            _ => {}
        }
        matches!(word, "if" | "while" | "until" | "then" | "else" | "elif" | "do")
    }

    /// What ends the here-document or here-string that begins here, and how many bytes say so.
    fn here(&self, rest: &str) -> Option<(String, usize)> {
        if self.shell == Shell::PowerShell {
            let quote = rest.strip_prefix('@')?.chars().next().filter(|c| matches!(c, '\'' | '"'))?;
            return (rest.trim_end().len() == 2).then(|| (format!("{quote}@"), rest.len()));
        }
        let word = rest.strip_prefix("<<")?.trim_start_matches('-').trim_start().trim_start_matches(['\'', '"', '\\']);
        let end = word.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(word.len());
        let (word, after) = word.split_at_checked(end).filter(|(word, _)| !word.is_empty())?;
        Some((word.to_owned(), rest.len() - after.trim_start_matches(['\'', '"']).len()))
    }
}

/// The length of a character that means nothing itself, and of the next one, which loses its meaning.
fn two(text: &str) -> usize {
    text.chars().take(2).map(char::len_utf8).sum()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn lines(text: &str) -> Vec<Vec<Part>> {
        text.split('\n').map(|line| vec![Part::Text(line.to_owned())]).collect()
    }

    fn split(text: &str, language: &str) -> Vec<String> {
        let all: Vec<&str> = text.split('\n').collect();
        commands(&lines(text), language)
            .into_iter()
            .map(|range| all.get(range).unwrap_or_default().join("\n"))
            .collect()
    }

    #[test]
    fn every_line_is_a_command_of_its_own() {
        assert_eq!(split("createdb x\nalembic upgrade head", "sh"), ["createdb x", "alembic upgrade head"]);
        let prompt = "read -rs URL && export URL\nalembic current";
        assert_eq!(split(prompt, "sh"), ["read -rs URL && export URL", "alembic current"]);
        let windows = "$env:URL = Read-Host URL\nif ($x -eq 0) { 'a' } else { 'b' }";
        assert_eq!(split(windows, POWER_SHELL).len(), 2);
    }

    #[test]
    fn a_command_over_several_lines_stays_whole() {
        for whole in [
            "psql \\\n  -d x",
            "pg_dump x |\n  gzip",
            "a &&\nb",
            "a ||\n b",
            "echo 'a\nb'",
            "echo \"a \\\" \nb\"",
            "x=$(\n  date\n)",
            "f() {\n  date\n}",
            "if true; then\n  a\nfi",
            "for x in 1 2\ndo\n  if a; then b; fi\ndone",
            "case x in\n  a) b ;;\n  *) c ;;\nesac",
            "cat <<'END'\nif a\n  \"b\nEND",
            "cat <<-END | sort\n\tx\n\tEND",
        ] {
            assert_eq!(split(whole, "sh"), [whole]);
            let twice = format!("date\n{whole}\ndate");
            assert_eq!(split(&twice, "sh"), ["date", whole, "date"]);
        }
        for whole in ["a `\n  b", "if (x) {\n  y\n}", "$x = @'\nit's\n'@", "a |\n b", "echo \"a `\"\nb\""] {
            assert_eq!(split(whole, POWER_SHELL), [whole]);
        }
    }

    #[test]
    fn what_only_looks_open_is_not() {
        for line in
            ["echo if", "echo 'it' # isn't", "echo \\'", "echo a#b", "test -n x && echo 'done'", "cat <<< x", "a=\"'\""]
        {
            assert_eq!(split(&format!("{line}\ndate"), "sh"), [line, "date"]);
        }
    }

    #[test]
    fn comments_and_blank_lines_between_belong_to_no_command() {
        assert_eq!(split("# first\n\ndate\n\n  # then\nwho", "sh"), ["date", "who"]);
        assert_eq!(split("", "sh"), Vec::<String>::new());
    }

    #[test]
    fn sql_and_text_are_one_piece() {
        for language in ["sql", "text"] {
            assert_eq!(split("a;\nb;", language), ["a;\nb;"]);
        }
        assert!(commands(&[], "sql").is_empty());
    }

    proptest! {
        #[test]
        fn every_line_that_is_run_is_in_exactly_one_command(text in "[-a-z '\"\\\\`|&(){}#<>;\n]{0,80}", windows: bool) {
            let language = if windows { POWER_SHELL } else { "sh" };
            let ranges = commands(&lines(&text), language);
            prop_assert!(ranges.iter().all(|range| range.start < range.end));
            prop_assert!(ranges.is_sorted_by(|one, next| one.end <= next.start));
            for (at, line) in text.split('\n').enumerate() {
                let covered = ranges.iter().any(|range| range.contains(&at));
                prop_assert!(covered || is_between(line), "line {at} of {text:?}");
            }
        }
    }
}
