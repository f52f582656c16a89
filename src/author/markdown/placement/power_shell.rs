//! Where the placeholders of a block for PowerShell are.
//!
//! The engine writes a value as a bare word or in `'…'`. That is one argument as a whole argument of a command, or behind the
//! `--name=` of one. Source: Microsoft, `about_Quoting_Rules`, `about_Parsing`, `about_Comments`, `about_Operators` (read 2026-11-26); the
//! letters that count as quotes are those of `CharTraits` in PowerShell's own source.

use super::arguments::Arguments;
use super::text::{Sign, Signs};
use super::{Found, Place};

/// Words behind which a statement begins again (`about_Language_Keywords`).
const BEFORE_A_STATEMENT: [&str; 12] =
    ["if", "elseif", "else", "while", "until", "do", "try", "catch", "finally", "return", "throw", "process"];

/// What was opened and not closed yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Open {
    /// `'…'`: nothing in it means anything.
    Single,
    /// `"…"`: variables and `$(…)` in it do, and a backtick hides a quote.
    Double,
    /// `@'…'@` and `@"…"@`, which end at the beginning of a line.
    HereSingle,
    HereDouble,
    /// `(…)`, `$(…)`, `@(…)`, `[…]`: their result is used.
    Bracket,
    /// `${…}`, a variable's name.
    Variable,
    /// `@{…}`, a table.
    Table,
    /// `{…}`: statements as ever.
    Block,
}

/// How what comes next is read (`about_Parsing`, "Expression mode", "Argument mode").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    /// A statement begins here.
    Start,
    Expression,
    Argument,
}

/// An argument while it is read.
#[derive(Debug, Default)]
struct Word {
    started: bool,
    /// The word, as far as it is made of plain letters.
    literal: String,
    /// Whether it holds anything else.
    mixed: bool,
    /// Whether only a run can tell what it is.
    unknown: bool,
    values: Vec<usize>,
}

impl Word {
    /// Whether it begins with a placeholder: then nothing can be joined to it.
    fn is_value(&self) -> bool {
        self.literal.is_empty() && !self.values.is_empty()
    }
}

struct Reader<'t> {
    signs: Signs<'t>,
    open: Vec<Open>,
    mode: Mode,
    word: Word,
    command: Arguments,
    redirected: bool,
    /// `&` or `.` came: the next word is a command, quoted or not.
    called: bool,
    /// Whether something came that ends a word in one place and not in another.
    lost: bool,
    found: Found,
}

/// Every misplaced placeholder.
pub(super) fn misplaced(signs: Signs<'_>) -> Found {
    let mut reader = Reader {
        signs,
        open: Vec::new(),
        mode: Mode::Start,
        word: Word::default(),
        command: Arguments::default(),
        redirected: false,
        called: false,
        lost: false,
        found: Found::default(),
    };
    while let Some((sign, at)) = reader.signs.next() {
        match sign {
            Sign::Value(key) => reader.value(key, at),
            Sign::Letter(c) => reader.letter(c),
        }
    }
    reader.found
}

fn is_single(c: char) -> bool {
    matches!(c, '\'' | '\u{2018}'..='\u{201B}')
}

fn is_double(c: char) -> bool {
    matches!(c, '"' | '\u{201C}'..='\u{201E}')
}

/// Letters that mean only themselves anywhere in an argument.
fn is_plain(c: char) -> bool {
    c.is_ascii_alphanumeric() || "_-./\\:=+%".contains(c)
}

impl Reader<'_> {
    fn inside(&self) -> Option<Place> {
        self.open.iter().rev().find_map(|open| match open {
            Open::Single | Open::Double => Some(Place::Quotes),
            Open::HereSingle | Open::HereDouble => Some(Place::Here),
            Open::Bracket => Some(Place::Substitution),
            Open::Variable => Some(Place::Parameter),
            Open::Table => Some(Place::Expression),
            Open::Block => None,
        })
    }

    fn value(&mut self, key: &str, at: usize) {
        if let Some(place) = self.inside() {
            return self.found.refuse(at, place);
        }
        let literal = self.word.literal.clone();
        // `-x=…` is a parameter of PowerShell's, and a number ends where its letters end.
        let joins =
            literal.starts_with(|c: char| c.is_ascii_alphabetic() || "./\\".contains(c)) || literal.starts_with("--");
        let place = if self.lost {
            Some(Place::Unclear)
        } else if self.redirected {
            Some(Place::Redirection)
        } else if self.mode != Mode::Argument {
            Some(if self.mode == Mode::Start { Place::CommandName } else { Place::Expression })
        } else if self.command.name.is_none() {
            Some(Place::CommandName)
        } else if self.word.mixed || self.word.is_value() || (self.word.started && !joins) {
            Some(Place::Expanded)
        } else if self.word.values.is_empty() {
            self.command.wrong(key, Some(&literal))
        } else {
            None
        };
        if let Some(place) = place {
            self.found.refuse(at, place);
        }
        self.word.started = true;
        self.word.values.push(at);
    }

    fn letter(&mut self, c: char) {
        match self.open.last().copied() {
            Some(Open::Single) => self.in_single(c),
            Some(Open::Double) => self.in_double(c),
            Some(Open::HereSingle) => self.in_here(c, is_single),
            Some(Open::HereDouble) => self.in_here(c, is_double),
            Some(Open::Variable) if c == '}' => drop(self.open.pop()),
            Some(Open::Variable) => {}
            _ => self.in_code(c),
        }
    }

    /// A doubled quote is one in it, whichever of its letters.
    fn in_single(&mut self, c: char) {
        if is_single(c) && !self.take_letter(is_single) {
            self.open.pop();
        } else {
            self.word.literal.push(c);
        }
    }

    fn in_double(&mut self, c: char) {
        self.word.unknown |= c == '$' || c == '`';
        if c == '`' {
            self.take_letter(|_| true);
        } else if c == '$' && self.signs.take("(") {
            self.open.push(Open::Bracket);
        } else if c == '$' && self.signs.take("{") {
            self.open.push(Open::Variable);
        } else if is_double(c) && !self.take_letter(is_double) {
            self.open.pop();
        } else {
            self.word.literal.push(c);
        }
    }

    /// The end is a quote at the beginning of a line and `@` behind it.
    fn in_here(&mut self, c: char, is_quote: impl Fn(char) -> bool) {
        if c == '$' && self.open.last() == Some(&Open::HereDouble) && self.signs.take("(") {
            self.open.push(Open::Bracket);
        } else if c == '`' && self.open.last() == Some(&Open::HereDouble) {
            // Not a line end: that may be followed by the end mark.
            self.take_letter(|c| c != '\n');
        } else if c == '\n' && self.signs.peek_letter().is_some_and(is_quote) && self.signs.letter_ahead(1) == Some('@')
        {
            self.signs.next();
            self.signs.next();
            self.open.pop();
        }
    }

    /// Reads the next letter if it fits.
    fn take_letter(&mut self, fits: impl Fn(char) -> bool) -> bool {
        let fits = self.signs.peek_letter().is_some_and(fits);
        if fits {
            self.signs.next();
        }
        fits
    }

    /// Whether words of a command count here.
    fn is_word(&self) -> bool {
        self.open.iter().all(|open| *open == Open::Block)
    }

    /// The word holds something that ends it, or is put in when it runs.
    fn mix(&mut self, unknown: bool) {
        self.word.started = true;
        self.word.mixed = true;
        self.word.unknown |= unknown;
        let values = std::mem::take(&mut self.word.values);
        self.found.refuse_all(values, Place::Expanded);
    }

    fn open(&mut self, open: Open) {
        if self.is_word() {
            if self.mode == Mode::Start && !self.called {
                self.mode = Mode::Expression;
            } else if self.called {
                self.mode = Mode::Argument;
            }
            self.mix(!matches!(open, Open::Single | Open::Double));
        }
        self.open.push(open);
    }

    fn in_code(&mut self, c: char) {
        match c {
            '#' if !self.word.started || !self.is_word() => self.comment(),
            '<' if self.signs.take("#") => self.block_comment(),
            '`' => self.backtick(),
            _ if is_single(c) => self.open(Open::Single),
            _ if is_double(c) => self.open(Open::Double),
            '@' if self.here_string() => {}
            '@' | '$' if self.signs.take("(") => self.open(Open::Bracket),
            '@' if self.signs.take("{") => self.open(Open::Table),
            '$' if self.signs.take("{") => self.open(Open::Variable),
            '(' | '[' => self.open(Open::Bracket),
            ')' | ']' => self.close(Open::Bracket),
            '{' => self.block(),
            '}' => self.end_block(),
            _ if !self.is_word() => {}
            '\n' | ';' | '|' => self.end_statement(),
            '&' => self.ampersand(),
            '<' | '>' => self.redirection(),
            ' ' | '\t' => self.end_word(),
            _ => self.plain(c),
        }
    }

    fn comment(&mut self) {
        let (_, values) = self.signs.rest_of_line();
        self.found.refuse_all(values, Place::Comment);
    }

    /// `<# … #>`, which holds no other.
    fn block_comment(&mut self) {
        while !self.signs.take("#>") {
            match self.signs.next() {
                Some((Sign::Value(_), at)) => self.found.refuse(at, Place::Comment),
                Some(_) => {}
                None => break,
            }
        }
        self.end_word();
    }

    /// A backtick hides the next character; a line end behind it is a space.
    fn backtick(&mut self) {
        if self.take_letter(|c| c == '\n') {
            self.end_word();
        } else {
            self.take_letter(|_| true);
            if self.is_word() {
                self.mix(true);
            }
        }
    }

    /// `@'` or `@"` at the end of a line.
    fn here_string(&mut self) -> bool {
        let Some(quote) = self.signs.peek_letter().filter(|c| is_single(*c) || is_double(*c)) else { return false };
        let mut ahead = 1;
        while matches!(self.signs.letter_ahead(ahead), Some(' ' | '\t')) {
            ahead += 1;
        }
        if self.signs.letter_ahead(ahead) != Some('\n') {
            return false;
        }
        self.signs.next();
        self.open(if is_single(quote) { Open::HereSingle } else { Open::HereDouble });
        self.signs.take_while(|c| c != '\n');
        true
    }

    fn close(&mut self, open: Open) {
        if self.open.last() == Some(&open) {
            self.open.pop();
        }
    }

    fn block(&mut self) {
        if self.is_word() {
            self.end_statement();
        }
        self.open.push(Open::Block);
    }

    /// The end of a block, or of a table.
    fn end_block(&mut self) {
        let was_word = self.is_word();
        if matches!(self.open.last(), Some(Open::Block | Open::Table)) {
            self.open.pop();
        }
        if was_word {
            self.end_statement();
        }
    }

    /// `&`: calls the command behind it at the beginning of a statement; else `&&`, or the end of one.
    fn ampersand(&mut self) {
        let begins = self.mode == Mode::Start && !self.word.started;
        self.end_statement();
        self.called = begins;
    }

    fn redirection(&mut self) {
        let values = std::mem::take(&mut self.word.values);
        self.found.refuse_all(values, Place::Redirection);
        self.end_word();
        self.signs.take_while(|c| "<>&".contains(c));
        self.redirected = true;
    }

    fn plain(&mut self, c: char) {
        if self.mode == Mode::Start && !self.word.started && !self.called {
            // What begins a command: a letter, a path or `%`, `?`; all else begins an expression.
            let begins_command = c.is_alphabetic() || "./\\_%?~".contains(c);
            self.mode = if begins_command { Mode::Argument } else { Mode::Expression };
        } else if self.called {
            self.mode = Mode::Argument;
        }
        if self.mode == Mode::Expression && c == '=' {
            // What is assigned is a statement.
            return self.end_statement();
        }
        if is_plain(c) && !self.word.mixed && !self.word.is_value() {
            self.word.started = true;
            self.word.literal.push(c);
        } else {
            // Behind a variable or a bracket it begins a comment, in a word it does not.
            self.lost |= c == '#';
            self.mix(true);
        }
    }

    fn end_word(&mut self) {
        if !self.is_word() || !self.word.started {
            return;
        }
        let word = std::mem::take(&mut self.word);
        if std::mem::take(&mut self.redirected) || self.mode != Mode::Argument {
            return;
        }
        if self.command.name.is_some() {
            if word.values.is_empty() {
                self.command.word(if word.unknown { "" } else { &word.literal });
            }
        } else if word.literal == "." && !word.mixed {
            self.called = true;
        } else if BEFORE_A_STATEMENT.contains(&word.literal.to_ascii_lowercase().as_str()) && !self.called {
            self.mode = Mode::Start;
        } else {
            self.command.named((!word.unknown).then_some(word.literal.as_str()));
            self.called = false;
        }
    }

    fn end_statement(&mut self) {
        self.end_word();
        self.word = Word::default();
        self.command = Arguments::default();
        self.redirected = false;
        self.called = false;
        self.mode = Mode::Start;
    }
}
