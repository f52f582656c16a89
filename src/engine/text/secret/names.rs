//! Values behind a name that says they are secret: `DB_PASS=…`, `'password': '…'`, `--token …`, `<password>…</password>`.

use std::ops::Range;

use super::blocks::{Carry, indent_of};
use super::fold::Folded;
use super::rules::{NameRules, SecretRules};
use super::value::looks_random;

/// For how many lines `key: DB_PASSWORD` says what a `value: …` is.
const NAMED_LINES: u8 = 2;

/// Bytes of a longer version number are none.
const MAX_VERSION_BYTES: usize = 20;

/// A value is looked at this far, in bytes: so a long line takes no longer than others.
const MAX_VALUE_BYTES: usize = 8192;

/// A value that looks random is at least this long, in bytes.
const MIN_RANDOM_BYTES: usize = 8;

/// How a name counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct NameKind {
    /// The word names other things as well: only a value that looks random counts.
    pub(super) loose: bool,
    /// A header: the value reaches to the end of the line or of the quotes.
    pub(super) header: bool,
    /// A short number is a count.
    pub(super) counts: bool,
}

/// A name on a line.
struct Name<'l> {
    start: usize,
    end: usize,
    /// In small letters.
    word: &'l str,
    kind: NameKind,
}

pub(super) fn find(rules: &SecretRules, folded: &Folded, carry: &mut Carry) -> Vec<Range<usize>> {
    let line = Line { rules, text: &folded.text, lower: &folded.lower };
    let mut found = Vec::new();
    let mut named = carry.named_lines;
    carry.named_lines = named.saturating_sub(1);
    let mut from = 0;
    while let Some(word) = next_word(line.lower, from) {
        from = word.end;
        let Some(text) = line.text.get(word.clone()) else { continue };
        let name = line.lower.get(word.clone()).unwrap_or_default();
        let kind = kind_of(&rules.names, text)
            .or_else(|| line.parameter(&word, name))
            .or((named > 0 && name == "value").then(NameKind::default));
        let Some(kind) = kind else { continue };
        let name = Name { start: word.start, end: word.end, word: name, kind };
        match line.value(&name) {
            Behind::Value(range) => {
                from = range.end.max(from);
                found.push(range);
            }
            Behind::NextLine => carry.value(indent_of(line.text)),
            Behind::Block => carry.scalar(indent_of(line.text)),
            Behind::Nothing => {
                if line.is_called(&name) {
                    named = NAMED_LINES + 1;
                    carry.named_lines = NAMED_LINES;
                }
            }
        }
    }
    for phrase in rules.names.phrases.iter() {
        let places = line.lower.match_indices(phrase);
        found.extend(places.filter_map(|(at, _)| line.announced(at + phrase.len())));
    }
    found
}

/// The next run of letters, digits, `_`, `-` and `.` that holds a letter.
fn next_word(lower: &str, from: usize) -> Option<Range<usize>> {
    let in_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    let rest = lower.get(from..)?;
    let start = from + rest.find(in_word)?;
    let word = lower.get(start..)?;
    let length = word.find(|c| !in_word(c)).unwrap_or(word.len());
    let run = word.get(..length)?;
    // `password->` and `--password` are the name alone.
    let begin = start + run.len() - run.trim_start_matches(['-', '.']).len();
    let end = start + run.trim_end_matches(['-', '.']).len();
    if begin < end { Some(begin..end) } else { next_word(lower, start + length) }
}

/// The words of a name in small letters: `dbPassword`, `DB_PASSWORD` and `db.password` are two each.
fn words_of(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut before = ' ';
    for c in name.chars() {
        let begins = matches!(before, '_' | '-' | '.' | ' ') || c.is_ascii_uppercase() && !before.is_ascii_uppercase();
        if !matches!(c, '_' | '-' | '.') {
            if begins {
                words.push(String::new());
            }
            if let Some(word) = words.last_mut() {
                word.push(c.to_ascii_lowercase());
            }
        }
        before = c;
    }
    words
}

/// How a name counts; `None` when its value is nobody's secret.
pub(super) fn kind_of(rules: &NameRules, name: &str) -> Option<NameKind> {
    let words = words_of(name);
    let whole = words.concat();
    if rules.headers.holds(&whole)
        || words.len() > 1 && words.iter().skip(1).map(String::as_str).collect::<String>().as_str() == "authorization"
    {
        return Some(NameKind { header: true, ..NameKind::default() });
    }
    let without_digits = |word: &String| word.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned();
    let is_suffix = |word: &String| word.is_empty() || rules.suffixes.holds(word);
    let words: Vec<String> = words.iter().map(without_digits).collect();
    let kept = words.iter().rposition(|word| !is_suffix(word))?;
    let (last, before) =
        (words.get(kept)?.as_str(), kept.checked_sub(1).and_then(|at| words.get(at)).map(String::as_str));
    let counts = rules.counted.holds(last);
    let kind = NameKind { counts, ..NameKind::default() };
    if rules.words.holds(last)
        || rules.words.holds(&whole)
        || rules.endings.iter().any(|ending| last.len() > ending.len() && last.ends_with(ending))
    {
        return Some(kind);
    }
    if matches!(last, "key" | "keys") {
        let in_capitals = before.is_some()
            && name.chars().any(|c| c.is_ascii_uppercase())
            && !name.chars().any(|c| c.is_ascii_lowercase());
        let keyed = before.is_some_and(|word| rules.keyed.holds(word));
        let open = before.is_some_and(|word| rules.open_keys.holds(word));
        return match (keyed, in_capitals && !open) {
            (true, _) | (_, true) => Some(kind),
            _ => Some(NameKind { loose: true, ..kind }).filter(|_| !open),
        };
    }
    rules.loose.holds(last).then_some(NameKind { loose: true, ..kind })
}

/// `2.8.0rc1`, up to the blank behind it.
fn is_version(text: &str) -> bool {
    let version = text.split(char::is_whitespace).next().unwrap_or_default();
    let begins = version.split('.').next().is_some_and(|first| first.bytes().all(|byte| byte.is_ascii_digit()));
    begins && version.contains('.') && version.len() <= MAX_VERSION_BYTES
}

/// What stands behind a name.
enum Behind {
    /// A secret.
    Value(Range<usize>),
    /// Nothing yet: the value comes on the next line.
    NextLine,
    /// The beginning of a block of lines.
    Block,
    /// No secret.
    Nothing,
}

/// How strongly a sign ties a name to what follows.
#[derive(Clone, Copy, PartialEq)]
enum Sign {
    /// `=`, `:`, `=>`, `->`: whatever follows is the value.
    Strong,
    /// A colon of the line's first name: the value may reach to its end.
    Yaml,
    /// A colon behind a password further on: several words may be the value.
    Words,
    /// A blank, a tab or `is`: only what looks random.
    Weak,
    /// `"name", "value"`, `name('value')`: only what stands in quotes.
    Quoted,
    /// `| name | value |`, `<name>value</name>`: up to this character.
    Until(char),
}

struct Line<'l> {
    rules: &'l SecretRules,
    text: &'l str,
    lower: &'l str,
}

impl Line<'_> {
    /// A parameter of an address that is secret there alone.
    fn parameter(&self, word: &Range<usize>, name: &str) -> Option<NameKind> {
        let before = self.text.get(..word.start)?.chars().next_back()?;
        let is_parameter = matches!(before, '?' | '&') && self.rules.names.parameters.holds(name);
        is_parameter.then_some(NameKind { loose: true, ..NameKind::default() })
    }

    /// Whether the name is itself the value of `key`, `name` or `type`.
    fn is_called(&self, name: &Name<'_>) -> bool {
        let before = self.lower.get(..name.start).unwrap_or_default().trim_end_matches(['"', '\'', ' ', '\\']);
        let Some(before) = before.strip_suffix([':', '=']) else { return false };
        let before = before.trim_end_matches(['"', '\'', ' ', '\\']);
        let word = before.rsplit(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).next();
        word.is_some_and(|word| matches!(word, "key" | "name" | "type" | "variable" | "env"))
    }

    /// The value behind a phrase: `one-time code is 123456`.
    fn announced(&self, end: usize) -> Option<Range<usize>> {
        let rest = self.text.get(end..)?;
        let value = rest.trim_start_matches([' ', ':', '=']).trim_start_matches("is ").trim_start();
        let start = self.text.len() - value.len();
        let length =
            value.find(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '"' | '\'')).unwrap_or(value.len());
        let found = value.get(..length)?.trim_end_matches('.');
        (found.bytes().any(|byte| byte.is_ascii_digit()) && found.len() >= 4).then(|| start..start + found.len())
    }

    fn value(&self, name: &Name<'_>) -> Behind {
        let Some((sign, at)) = self.sign(name) else { return Behind::Nothing };
        let Some(rest) = self.text.get(at..) else { return Behind::Nothing };
        if rest.trim().is_empty() {
            let quoted = self.text.get(name.end..at).is_some_and(|closers| closers.starts_with('"'));
            return if sign == Sign::Yaml || quoted { Behind::NextLine } else { Behind::Nothing };
        }
        if matches!(sign, Sign::Yaml | Sign::Words | Sign::Strong)
            && matches!(rest.trim(), "|" | "|-" | "|+" | ">" | ">-" | ">+")
        {
            return Behind::Block;
        }
        let range = if name.kind.header { self.header_value(name, at) } else { self.plain_value(name, sign, at) };
        range.filter(|range| self.is_secret(name, sign, range)).map_or(Behind::Nothing, Behind::Value)
    }

    /// The sign that ties a name to its value, and where the value begins.
    fn sign(&self, name: &Name<'_>) -> Option<(Sign, usize)> {
        let before = self.text.get(..name.start)?;
        let after = self.text.get(name.end..)?;
        let closers = after.trim_start_matches(['\\', '"', '\'', ']', '`']);
        let quoted = closers.len() < after.len() && before.ends_with(['"', '\'']);
        let tail = closers.trim_start_matches(' ');
        let at = |rest: &str| self.text.len() - rest.len();
        let first = tail.chars().next()?;
        let behind = |signs: &[char]| tail.trim_start_matches(signs).trim_start_matches([' ', '\t']);
        Some(match first {
            ':' if tail.starts_with("::") => return None,
            // `PyJWT==2.8.0`: a version.
            '=' if tail.strip_prefix("==").is_some_and(is_version) => return None,
            ':' if self.is_first(name) => (Sign::Yaml, at(behind(&[':', '=']))),
            ':' if name.word.ends_with("password") => (Sign::Words, at(behind(&[':', '=']))),
            ':' | '=' => (Sign::Strong, at(behind(&[':', '=', '>', '~']))),
            '-' if tail.starts_with("->") => (Sign::Strong, at(behind(&['-', '>']))),
            '|' if before.trim_end().ends_with('|') => (Sign::Until('|'), at(behind(&['|']))),
            '>' if before.ends_with('<') => (Sign::Until('<'), at(behind(&['>']))),
            ',' if quoted => (Sign::Quoted, at(behind(&[',']))),
            '(' if tail.len() == after.len() && Self::is_wrapper(name) => (Sign::Quoted, at(behind(&['(']))),
            _ if tail.starts_with("is ") || tail.starts_with("was ") => {
                (Sign::Weak, at(tail.split_once(' ')?.1.trim_start()))
            }
            _ if closers.len() == after.len() && after.starts_with([' ', '\t']) => {
                self.blank(name, before, after.trim_start())?
            }
            _ => return None,
        })
    }

    /// `--password VALUE`, `PASSWORD 'value'`, `API_TOKEN value`.
    fn blank(&self, name: &Name<'_>, before: &str, rest: &str) -> Option<(Sign, usize)> {
        let at = self.text.len() - rest.len();
        let word = self.text.get(name.start..name.end)?;
        let in_capitals = !word.chars().any(|c| c.is_ascii_lowercase());
        if before.ends_with("--") && !rest.starts_with(['-', '=']) {
            return Some((Sign::Strong, at));
        }
        if (name.word.starts_with("pass") || name.word.starts_with("pwd")) && rest.starts_with(['"', '\'']) {
            return Some((Sign::Quoted, at));
        }
        (in_capitals || name.word == "bearer").then_some((Sign::Weak, at))
    }

    /// `SecretStr('…')`, `set_password('…')`.
    fn is_wrapper(name: &Name<'_>) -> bool {
        matches!(name.word, "secretstr" | "secretbytes") || name.word.ends_with("password")
    }

    /// Whether nothing but indentation, a dash and quotes stands before the name.
    fn is_first(&self, name: &Name<'_>) -> bool {
        self.text
            .get(..name.start)
            .is_some_and(|before| before.trim_start_matches([' ', '\t', '-', '"', '\'']).is_empty())
    }

    /// A header's value: to the end of the quotes it stands in, else of the line.
    fn header_value(&self, name: &Name<'_>, at: usize) -> Option<Range<usize>> {
        let rest = self.text.get(at..)?;
        let rest = rest.strip_prefix('b').filter(|literal| literal.starts_with(['"', '\''])).unwrap_or(rest);
        let start = self.text.len() - rest.len();
        let outer = self.text.get(..name.start)?.chars().next_back().filter(|c| matches!(c, '"' | '\''));
        let inner = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
        let (start, quote) = if inner.is_some() { (start + 1, inner) } else { (start, outer) };
        let value = self.text.get(start..)?;
        let length = quote.and_then(|quote| value.find(quote)).unwrap_or(value.trim_end().len());
        Some(start..start + length)
    }

    fn plain_value(&self, name: &Name<'_>, sign: Sign, at: usize) -> Option<Range<usize>> {
        let rest = self.text.get(at..)?;
        let rest = rest.get(..rest.floor_char_boundary(MAX_VALUE_BYTES))?;
        let place = |inside: &str| at + rest.len() - inside.len();
        let literal =
            rest.strip_prefix(['b', 'f', 'r', 'u']).filter(|rest| rest.starts_with(['"', '\''])).unwrap_or(rest);
        let scheme = ["Bearer ", "bearer ", "Basic ", "basic "]
            .iter()
            .find_map(|scheme| literal.strip_prefix(scheme))
            .unwrap_or(literal);
        let start = place(scheme);
        if let Some(range) = quoted(scheme, start) {
            return Some(range);
        }
        if let Some(range) = bracketed(scheme, start) {
            return Some(range);
        }
        let length = match sign {
            Sign::Quoted => return None,
            Sign::Until(end) => scheme.find(end).unwrap_or(scheme.len()),
            Sign::Yaml => scheme.find(" #").unwrap_or(scheme.len()),
            Sign::Words => scheme.find([',', ';', ')', '}', ']', '"', '\'', '|', '<', '│']).unwrap_or(scheme.len()),
            Sign::Strong | Sign::Weak => unquoted(scheme, self.text.get(..name.start)?.ends_with(['?', '&'])),
        };
        let value = scheme.get(..length)?.trim_end().trim_end_matches(',');
        Some(start..start + value.len())
    }

    fn is_secret(&self, name: &Name<'_>, sign: Sign, range: &Range<usize>) -> bool {
        let (Some(value), Some(rest), Some(lower)) =
            (self.text.get(range.clone()), self.text.get(range.start..), self.lower.get(range.start..))
        else {
            return false;
        };
        let in_quotes = self.text.get(..range.start).is_some_and(|before| before.ends_with(['"', '\'']));
        let random = value.len() >= MIN_RANDOM_BYTES && (value.len() >= 16 || looks_like_a_value(value));
        let harmless = &self.rules.harmless;
        if harmless.is_value(value, name.word, name.kind) || !in_quotes && harmless.is_code(rest, lower, name.word) {
            return false;
        }
        // An address hides its own password.
        if value.contains("://") && !name.kind.header {
            return false;
        }
        let needs_random = sign == Sign::Weak || name.kind.loose;
        !needs_random || random && !value.contains(' ') && !value.starts_with(['/', '.', '<', '[', '('])
    }
}

/// Letters and digits together: no word of a sentence.
fn looks_like_a_value(value: &str) -> bool {
    looks_random(value) || value.bytes().any(|b| b.is_ascii_digit()) && value.bytes().any(|b| b.is_ascii_alphabetic())
}

/// The inside of quotes, however they are escaped: `'…'`, `"…"`, `\"…\"`; a doubled quote does not end it.
fn quoted(value: &str, start: usize) -> Option<Range<usize>> {
    let escapes = value.len() - value.trim_start_matches('\\').len();
    let quote = value.get(escapes..)?.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'))?;
    let open = escapes + 1;
    let mark = value.get(..open)?;
    let inside = value.get(open..)?;
    let mut from = 0;
    loop {
        let Some(at) = inside.get(from..)?.find(mark).map(|at| from + at) else {
            return Some(start + open..start + open + inside.trim_end().len());
        };
        let is_escaped = escapes == 0 && inside.get(..at)?.ends_with('\\') && !inside.get(..at)?.ends_with("\\\\");
        let is_doubled = escapes == 0 && inside.get(at + 1..)?.starts_with(quote) && at > 0;
        if !is_escaped && !is_doubled {
            return Some(start + open..start + open + at);
        }
        from = at + 1 + usize::from(is_doubled);
    }
}

/// `{…}` and `[…]`: all of the inside, up to the bracket that closes it.
fn bracketed(value: &str, start: usize) -> Option<Range<usize>> {
    let close = match value.chars().next()? {
        '{' => '}',
        '[' => ']',
        _ => return None,
    };
    let length = value.rfind(close).unwrap_or(value.trim_end().len());
    let inside = value.get(1..length)?;
    // `{DB_PASSWORD}` stands for a value; `[type=missing, …` is no list of values.
    let listed = inside.contains(['"', '\''])
        || inside.bytes().any(|byte| byte.is_ascii_digit()) && !inside.contains(['=', ' ']);
    listed.then(|| start + 1..start + length)
}

/// Up to a blank or quote, or to a sign that no value ends with.
fn unquoted(value: &str, in_address: bool) -> usize {
    let end = value
        .find(|c: char| {
            c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '`') || in_address && matches!(c, '&' | '#')
        })
        .unwrap_or(value.len());
    let word = value.get(..end).unwrap_or_default();
    // `a=1;b=2`, `f(a=1, b=2)`: what follows is another value.
    let next = word
        .char_indices()
        .find(|(at, c)| matches!(c, ';' | ',' | '&') && word.get(at + 1..).is_some_and(is_assignment));
    let word = next.map_or(word, |(at, _)| word.get(..at).unwrap_or(word));
    word.trim_end_matches([',', ';', ')', '}', ']']).len()
}

/// `name=…` or `name:…`.
fn is_assignment(text: &str) -> bool {
    let name = text.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(byte)).count();
    name > 0 && text.get(name..).is_some_and(|rest| rest.starts_with(['=', ':']))
}
