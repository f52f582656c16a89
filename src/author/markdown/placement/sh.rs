//! Where the placeholders of a POSIX shell's block are.
//!
//! The engine writes a value as one word: plain letters or single quotes. That is one argument, byte for byte, as a word (or a part
//! of one) of a simple command, outside of everything else. Source: POSIX.1-2024, "Shell Command Language", section 2; the parts are
//! named below. What bash and zsh add (`$'…'`, `<(…)`, `{a,b}`, `[[`) counts as well: people paste into these.

use std::collections::VecDeque;

use super::arguments::Arguments;
use super::text::{Sign, Signs};
use super::{Found, Place};

/// Words behind which a command's name still follows (2.4, "Reserved Words").
const BEFORE_A_NAME: [&str; 13] =
    ["!", "{", "}", "if", "then", "elif", "else", "fi", "while", "until", "do", "done", "esac"];

/// Words that begin a construct with a grammar of its own (2.9.4, "Compound Commands"; `[[`, `select` and `function` of bash).
const COMPOUND: [&str; 6] = ["case", "for", "select", "function", "[[", "coproc"];

/// Something that was opened and not closed yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Open {
    /// `'…'` (2.2.2).
    Single,
    /// `$'…'` (2.2.4), in which a backslash hides the quote.
    DollarSingle,
    /// `"…"` (2.2.3).
    Double,
    /// `` `…` `` (2.6.3): up to the next backquote without a backslash.
    Backquotes,
    /// `$(…)` (2.6.3); `<(…)` and `>(…)` of bash.
    Substitution,
    /// `${…}` (2.6.2).
    Parameter,
    /// `$((…))` (2.6.4); `((…))` and `$[…]` of bash. Holds how many brackets are open.
    Arithmetic(usize),
    /// `(…)` (2.9.4): commands as ever.
    Group,
}

/// A word while it is read.
#[derive(Debug, Default)]
struct Word {
    /// The word without its quotes, as far as it is the author's.
    literal: String,
    /// Whether some part is quoted: then it is no reserved word.
    quoted: bool,
    /// Whether something in it is only known when it runs.
    unknown: bool,
    /// Whether the shell splits it, or makes several words or another one of it (2.6.1, 2.6.5, 2.6.6).
    expanded: bool,
    /// Its placeholders.
    values: Vec<usize>,
}

impl Word {
    fn started(&self) -> bool {
        !self.literal.is_empty() || self.quoted || self.unknown || self.expanded || !self.values.is_empty()
    }
}

/// A here-document that begins behind this line (2.7.4).
struct Here {
    delimiter: String,
    tabs: bool,
}

struct Reader<'t> {
    signs: Signs<'t>,
    open: Vec<Open>,
    here: VecDeque<Here>,
    word: Word,
    command: Arguments,
    /// Whether the next word belongs to a redirection (2.7).
    redirected: bool,
    /// The character before: decides whether `#` begins a comment (2.3, rule 9).
    before: char,
    /// Whether something came that is read differently by different shells.
    lost: bool,
    /// Variables that a placeholder was assigned to.
    assigned: Vec<(String, usize)>,
    found: Found,
}

/// Every misplaced placeholder.
pub(super) fn misplaced(signs: Signs<'_>) -> Found {
    let letters = signs.letters();
    let mut reader = Reader {
        signs,
        open: Vec::new(),
        here: VecDeque::new(),
        word: Word::default(),
        command: Arguments::default(),
        redirected: false,
        before: '\n',
        // The brackets of its patterns are closed without having been opened.
        lost: letters.contains("esac"),
        assigned: Vec::new(),
        found: Found::default(),
    };
    while let Some((sign, at)) = reader.signs.next() {
        match sign {
            Sign::Value(key) => reader.value(key, at),
            Sign::Letter(c) => reader.letter(c),
        }
    }
    reader.end_command();
    let again = reader.assigned.iter().filter(|(name, _)| is_read(&letters, name)).map(|(_, at)| *at);
    let again: Vec<usize> = again.collect();
    reader.found.refuse_all(again, Place::Variable);
    reader.found
}

/// Whether the block reads a variable: unquoted, its value would be split and expanded (2.6.5, 2.6.6).
fn is_read(letters: &str, name: &str) -> bool {
    letters.match_indices(name).any(|(at, _)| {
        let before = letters.get(..at).unwrap_or_default();
        let after = letters.get(at + name.len()..).unwrap_or_default();
        before.ends_with(['$', '{', '!', '#']) && !after.starts_with(is_name_letter)
    })
}

fn is_name_letter(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// The name in `NAME=…` (2.10.2, rule 7).
fn assignment(word: &Word) -> Option<&str> {
    let (name, _) = word.literal.split_once('=')?;
    (name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') && name.chars().all(is_name_letter))
        .then_some(name)
}

impl Reader<'_> {
    /// The innermost thing a placeholder would be inside of.
    fn inside(&self) -> Option<Place> {
        self.open.iter().rev().find_map(|open| match open {
            Open::Single | Open::DollarSingle | Open::Double => Some(Place::Quotes),
            Open::Backquotes | Open::Substitution => Some(Place::Substitution),
            Open::Parameter => Some(Place::Parameter),
            Open::Arithmetic(_) => Some(Place::Arithmetic),
            Open::Group => None,
        })
    }

    fn value(&mut self, key: &str, at: usize) {
        if let Some(place) = self.inside() {
            self.found.refuse(at, place);
            return;
        }
        let is_first = self.command.name.is_none();
        let assigned = assignment(&self.word).filter(|_| !self.word.quoted).map(str::to_owned);
        let prefix = (!self.word.unknown).then_some(self.word.literal.as_str());
        let place = if self.lost {
            Some(Place::Unclear)
        } else if self.redirected {
            Some(Place::Redirection)
        } else if self.word.expanded {
            Some(Place::Expanded)
        } else if is_first {
            assigned.is_none().then_some(Place::CommandName)
        } else if self.command.name.as_deref().is_some_and(|name| COMPOUND.contains(&name)) {
            Some(Place::Compound)
        } else if self.word.values.is_empty() {
            self.command.wrong(key, prefix)
        } else {
            // The placeholder before in this word was judged for both.
            None
        };
        if let Some(place) = place {
            self.found.refuse(at, place);
        }
        if let Some(name) = assigned {
            self.assigned.push((name, at));
        }
        self.word.values.push(at);
        self.before = 'x';
    }

    fn letter(&mut self, c: char) {
        match self.open.last().copied() {
            Some(Open::DollarSingle) if c == '\\' => {
                // Older shells read this as an ordinary `'…'`, which a backslash doesn't keep open.
                self.lost |= self.signs.peek_letter() == Some('\'');
                if self.signs.peek_letter().is_some() {
                    self.signs.next();
                }
            }
            Some(Open::Single | Open::DollarSingle) => self.quoted(c, '\''),
            Some(Open::Double) => self.in_double(c),
            Some(Open::Backquotes) => self.in_backquotes(c),
            Some(Open::Parameter) => self.in_parameter(c),
            Some(Open::Arithmetic(depth)) => self.in_arithmetic(c, depth),
            Some(Open::Substitution | Open::Group) | None => self.in_code(c),
        }
    }

    fn close(&mut self) {
        self.open.pop();
        self.before = 'x';
    }

    /// Whether this is part of no substitution, so that words count.
    fn is_word(&self) -> bool {
        self.open.iter().all(|open| matches!(open, Open::Group | Open::Single | Open::Double | Open::DollarSingle))
    }

    fn quoted(&mut self, c: char, end: char) {
        if c == end {
            self.close();
        } else if self.is_word() {
            self.word.literal.push(c);
        }
    }

    fn in_double(&mut self, c: char) {
        match c {
            '\\' => {
                // Before a placeholder nothing is hidden: it is refused as quoted.
                if let Some(next) = self.signs.peek_letter() {
                    self.signs.next();
                    if !"$`\"\\\n".contains(next) {
                        self.quoted('\\', '"');
                    }
                    if self.is_word() && next != '\n' {
                        self.word.literal.push(next);
                    }
                }
            }
            '`' => self.open_expansion(Open::Backquotes),
            '$' => self.dollar(),
            _ => self.quoted(c, '"'),
        }
    }

    fn in_backquotes(&mut self, c: char) {
        match c {
            '\\' if self.signs.peek_letter().is_some() => drop(self.signs.next()),
            '`' => self.close(),
            _ => {}
        }
    }

    fn in_parameter(&mut self, c: char) {
        let in_double = self.open.contains(&Open::Double);
        match c {
            '}' => self.close(),
            '\\' if self.signs.peek_letter().is_some() => drop(self.signs.next()),
            // Whether a single quote means anything here depends on the operator and on the shell.
            '\'' if in_double => self.lost = true,
            '\'' => self.open.push(Open::Single),
            '"' => self.open.push(Open::Double),
            '`' => self.open.push(Open::Backquotes),
            '$' => self.dollar(),
            _ => {}
        }
    }

    fn in_arithmetic(&mut self, c: char, depth: usize) {
        let depth = match c {
            '(' | '[' => depth + 1,
            ')' | ']' => depth - 1,
            _ => depth,
        };
        if depth == 0 {
            return self.close();
        }
        if let Some(last) = self.open.last_mut() {
            *last = Open::Arithmetic(depth);
        }
        match c {
            '\\' if self.signs.peek_letter().is_some() => drop(self.signs.next()),
            // `$((a) | b)` may be a subshell in a substitution, where quotes and comments mean something else.
            '\'' | '"' | '#' => self.lost = true,
            '`' => self.open.push(Open::Backquotes),
            '$' => self.dollar(),
            _ => {}
        }
    }

    fn open_expansion(&mut self, open: Open) {
        if self.is_word() {
            self.word.unknown = true;
            if self.inside().is_none() {
                self.expand();
            }
        }
        self.open.push(open);
    }

    /// The word is not what is written: its placeholders are refused.
    fn expand(&mut self) {
        self.word.expanded = true;
        let values = std::mem::take(&mut self.word.values);
        self.found.refuse_all(values, Place::Expanded);
    }

    /// What a `$` begins (2.6).
    fn dollar(&mut self) {
        let in_double = self.open.last() == Some(&Open::Double);
        if self.signs.take("((") {
            self.open_expansion(Open::Arithmetic(2));
        } else if self.signs.take("(") {
            self.open_expansion(Open::Substitution);
            self.before = '(';
        } else if self.signs.take("[") {
            self.open_expansion(Open::Arithmetic(1));
        } else if self.signs.take("{") {
            self.open_expansion(Open::Parameter);
        } else if !in_double && self.signs.take("'") {
            self.open_quote(Open::DollarSingle);
        } else if !in_double && self.signs.take("\"") {
            self.open_quote(Open::Double);
            self.word.unknown = true;
        } else {
            // `$NAME`, `$1`, `$?`, and a `$` before a placeholder, whose quotes it would change.
            self.open_expansion(Open::Parameter);
            self.open.pop();
            let name = self.signs.take_while(is_name_letter);
            if name.is_empty() && self.signs.peek_letter().is_some_and(|c| "@*#?-$!".contains(c)) {
                self.signs.next();
            }
            self.before = 'x';
        }
    }

    fn open_quote(&mut self, open: Open) {
        if self.is_word() {
            self.word.quoted = true;
        }
        self.open.push(open);
    }

    /// A character outside of quotes (2.3, "Token Recognition").
    fn in_code(&mut self, c: char) {
        let begins_word = self.before.is_whitespace() || ";&|()<>".contains(self.before);
        let before = std::mem::replace(&mut self.before, c);
        match c {
            '\\' => self.escape(before),
            '\'' => self.open_quote(Open::Single),
            '"' => self.open_quote(Open::Double),
            '`' => self.open_expansion(Open::Backquotes),
            '$' => self.dollar(),
            '#' if begins_word => self.comment(),
            '\n' => self.line_end(),
            ' ' | '\t' => self.end_word(),
            ';' | '&' | '|' => self.end_command(),
            '(' => self.bracket(),
            ')' => self.close_bracket(),
            '<' | '>' => self.redirection(c),
            _ => self.plain(c),
        }
    }

    fn comment(&mut self) {
        let (_, values) = self.signs.rest_of_line();
        self.found.refuse_all(values, Place::Comment);
    }

    /// A backslash takes the next character its meaning (2.2.1); a line end behind it is no line end at all.
    fn escape(&mut self, before: char) {
        match self.signs.peek() {
            Some(Sign::Letter('\n')) => {
                self.signs.next();
                self.before = before;
            }
            Some(Sign::Letter(next)) => {
                self.signs.next();
                self.before = 'x';
                if self.is_word() {
                    self.word.quoted = true;
                    self.word.literal.push(next);
                }
            }
            // It would take the value's own quote its meaning.
            Some(Sign::Value(_)) | None => self.expand(),
        }
    }

    fn plain(&mut self, c: char) {
        if !self.is_word() {
            return;
        }
        // A tilde counts at the beginning and behind `=` and `:` (2.6.1); braces make several words in bash and zsh.
        let tilde = c == '~' && (self.word.literal.is_empty() || self.word.literal.ends_with(['=', ':']));
        let brace = c == '{' && (self.word.started() || !self.signs.peek_letter().is_some_and(char::is_whitespace));
        self.word.literal.push(c);
        if tilde || brace || "*?[".contains(c) {
            self.word.unknown |= c != '[';
            self.expand();
        }
    }

    /// A round bracket: a group, `((`, the `()` of a function, or the array and patterns of bash.
    fn bracket(&mut self) {
        if !self.is_word() {
            self.open.push(Open::Group);
        } else if self.word.started() {
            self.expand();
            self.lost |= !self.signs.take(")");
            self.end_command();
        } else if self.command.name.is_none() && self.signs.take("(") {
            self.open.push(Open::Arithmetic(2));
        } else {
            self.lost |= self.command.name.is_some();
            self.end_command();
            self.open.push(Open::Group);
        }
    }

    /// The end of a group or substitution, or of a pattern of `case`.
    fn close_bracket(&mut self) {
        let substituted = self.open.last() == Some(&Open::Substitution);
        if !substituted {
            self.end_command();
        }
        self.open.pop();
        self.before = if substituted { 'x' } else { ')' };
    }

    /// A redirection (2.7). A number right before it names a descriptor, so a value that is a number would be taken for one.
    fn redirection(&mut self, c: char) {
        if c == '<' && self.signs.peek_letter() == Some('<') && self.signs.letter_ahead(1) != Some('<') {
            self.signs.next();
            self.end_before_redirection();
            return self.here_document();
        }
        self.end_before_redirection();
        if self.signs.take("(") {
            self.open_expansion(Open::Substitution);
            self.before = '(';
            return;
        }
        self.signs.take_while(|c| "<>&|".contains(c));
        self.redirected |= self.is_word();
    }

    fn end_before_redirection(&mut self) {
        if !self.is_word() {
            return;
        }
        let values = std::mem::take(&mut self.word.values);
        self.found.refuse_all(values, Place::Redirection);
        if self.word.literal.chars().all(|c| c.is_ascii_digit()) && !self.word.quoted && !self.word.unknown {
            self.word = Word::default();
        }
        self.end_word();
    }

    /// `<<WORD` (2.7.4): the lines behind this one, up to the word without its quotes.
    fn here_document(&mut self) {
        let tabs = self.signs.take("-");
        self.signs.take_while(|c| c == ' ' || c == '\t');
        let mut delimiter = String::new();
        let mut quote = None;
        while let Some(sign) = self.signs.peek() {
            match (sign, quote) {
                (Sign::Letter('\n'), _) => break,
                (Sign::Letter(c), None) if c.is_whitespace() || ";&|<>()".contains(c) => break,
                (Sign::Letter(c), Some(open)) if c == open => quote = None,
                (Sign::Letter(c @ ('\'' | '"')), None) => quote = Some(c),
                (Sign::Letter('$' | '`'), _) | (Sign::Letter('\\'), Some(_)) => self.lost = true,
                (Sign::Letter('\\'), None) | (Sign::Value(_), _) => {}
                (Sign::Letter(c), _) => delimiter.push(c),
            }
            if let Some((Sign::Value(_), at)) = self.signs.next() {
                self.found.refuse(at, Place::Here);
                self.lost = true;
            }
        }
        self.lost |= quote.is_some() || delimiter.is_empty();
        self.here.push_back(Here { delimiter, tabs });
        self.before = 'x';
    }

    /// The end of a line: of a command, and where here-documents begin.
    fn line_end(&mut self) {
        self.end_command();
        while let Some(here) = self.here.pop_front() {
            while self.signs.peek().is_some() {
                let (line, values) = self.signs.rest_of_line();
                let none_in_it = values.is_empty();
                self.found.refuse_all(values, Place::Here);
                self.signs.next();
                let line = if here.tabs { line.trim_start_matches('\t') } else { &line };
                if none_in_it && line == here.delimiter {
                    break;
                }
            }
        }
        self.before = '\n';
    }

    fn end_word(&mut self) {
        if !self.is_word() || !self.word.started() {
            return;
        }
        let word = std::mem::take(&mut self.word);
        if std::mem::take(&mut self.redirected) {
            return;
        }
        if self.command.name.is_some() {
            // A placeholder after `--` is an operand, and so is the next one.
            if word.values.is_empty() {
                self.command.word(if word.unknown { "" } else { &word.literal });
            }
            return;
        }
        let reserved = !word.quoted && BEFORE_A_NAME.contains(&word.literal.as_str());
        if !reserved && assignment(&word).is_none() {
            self.command.named((!word.unknown).then_some(word.literal.as_str()));
        }
    }

    fn end_command(&mut self) {
        if !self.is_word() {
            return;
        }
        self.end_word();
        self.redirected = false;
        self.command = Arguments::default();
    }
}
