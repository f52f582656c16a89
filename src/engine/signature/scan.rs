//! One pass over the log, all patterns at once.

use std::collections::BTreeMap;

use super::search::Search;
use super::{Clue, MarkerKind, Patterns, Signature};
use crate::engine::sql::ConnectionUrl;
use crate::engine::text::mask::{self, Excerpt};
use crate::engine::text::{Line, Time};

/// How many lines before a match its `after` condition looks at.
const LINES_BEFORE: u32 = 60;

/// How many lines of a failed SQL statement are read for a schema.
const LINES_OF_STATEMENT: usize = 12;

/// All patterns of the content, ready to be looked for.
#[derive(Debug)]
pub struct Scanner<'c> {
    search: Search,
    targets: Vec<Target>,
    patterns: &'c Patterns,
    /// Texts that some matcher wants just before its line.
    befores: Vec<&'c str>,
    /// Names of scripts that raise a warning.
    scripts: Vec<&'c str>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Target {
    Matcher { signature: usize, matcher: usize },
    Marker(usize),
    Clue(usize),
    Before(usize),
    Credential,
}

/// What stands on one line of interest.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// 1-based line of the input.
    pub line: u32,
    /// The line's own time stamp or that of the last line that had one.
    pub time: Option<Time>,
    /// What was seen.
    pub seen: Seen,
}

/// What was seen on a line.
#[derive(Debug, Clone, PartialEq)]
pub enum Seen {
    /// A signature: its place in the catalogue, its captures, the line, masked.
    Signature {
        /// Index into the catalogue's signatures.
        index: usize,
        /// Named captures, in the template's order.
        captures: Vec<(String, String)>,
        /// The line, masked.
        excerpt: Excerpt,
    },
    /// A marker and the command it names, unmasked so that it can be compared; never shown as it is.
    Marker {
        /// What the line does.
        kind: MarkerKind,
        /// The `command` capture, or empty.
        command: String,
    },
    /// A clue, where it stands for the first time: its place in the catalogue.
    Clue(usize),
    /// A line that may hold a URL or a secret, and who it connects as.
    Credential {
        /// User and database of a PostgreSQL URL; the password is gone.
        connection: Option<(String, String)>,
        /// Whether a password, token or key stands on the line.
        secret: bool,
    },
    /// A line of a failed SQL statement, unmasked, for reading names from; never shown.
    Statement(String),
}

impl<'c> Scanner<'c> {
    /// Prepares the search. Of commands and frames within a try only those count that name one of the `scripts`.
    pub fn new(patterns: &'c Patterns, scripts: impl IntoIterator<Item = &'c str>) -> Self {
        let Patterns { signatures, markers, clues } = patterns;
        let mut targets = Vec::new();
        let mut literals: Vec<&str> = Vec::new();
        for (signature, content) in signatures.iter().enumerate() {
            for (matcher, pattern) in content.matchers.iter().enumerate() {
                targets.push(Target::Matcher { signature, matcher });
                literals.push(pattern.template.anchor());
            }
        }
        for (index, marker) in markers.iter().enumerate() {
            targets.push(Target::Marker(index));
            literals.push(marker.template.anchor());
        }
        for (index, clue) in clues.iter().enumerate() {
            targets.push(Target::Clue(index));
            literals.push(&clue.text);
        }
        let mut befores: Vec<&str> =
            signatures.iter().flat_map(|s| &s.matchers).filter_map(|m| m.after.as_deref()).collect();
        befores.sort_unstable();
        befores.dedup();
        targets.extend((0..befores.len()).map(Target::Before));
        literals.extend(&befores);
        targets.extend(mask::SUSPICIONS.iter().map(|_| Target::Credential));
        literals.extend(mask::SUSPICIONS);
        let scripts = scripts.into_iter().collect();
        Scanner { search: Search::new(literals), targets, patterns, befores, scripts }
    }

    /// Begins a pass over a log.
    pub fn begin(&self) -> Pass<'_> {
        let (last_seen, clues_seen) = (vec![None; self.befores.len()], vec![false; self.patterns.clues.len()]);
        Pass { scanner: self, notes: Notes { last_seen, clues_seen, ..Notes::default() } }
    }

    fn scan_line(&self, line: &Line<'_>, notes: &mut Notes) {
        notes.time = line.time.or(notes.time);
        let found = self.search.find(&line.text);
        let targets = found.into_iter().filter_map(|index| self.targets.get(index).copied());
        let mut suspicious = false;
        let mut best: BTreeMap<usize, usize> = BTreeMap::new();
        for target in targets {
            match target {
                Target::Matcher { signature, matcher } => {
                    if !best.contains_key(&signature) && self.captures(signature, matcher, line, notes).is_some() {
                        best.insert(signature, matcher);
                    }
                }
                Target::Marker(index) => self.marker(index, line, notes),
                Target::Clue(index) => notes.clue(index, line),
                Target::Before(index) => notes.see(index, line.number),
                Target::Credential => suspicious = true,
            }
        }
        if suspicious {
            notes.push(line, credential(&line.text));
        }
        // One line has one meaning: that of the highest precedence.
        let winner = best.into_iter().max_by_key(|(signature, _)| {
            (self.signature(*signature).map(|s| s.precedence), std::cmp::Reverse(*signature))
        });
        if let Some((index, matcher)) = winner
            && let Some(captures) = self.captures(index, matcher, line, notes)
        {
            let seen = Seen::Signature { index, captures, excerpt: Excerpt::of(&line.text) };
            notes.push(line, seen);
        }
        notes.read_statement(line);
    }

    fn captures(
        &self,
        signature: usize,
        matcher: usize,
        line: &Line<'_>,
        notes: &Notes,
    ) -> Option<Vec<(String, String)>> {
        let matcher = self.signature(signature)?.matchers.get(matcher)?;
        let placed = matcher.after.as_deref().is_none_or(|text| self.seen_before(text, line.number, notes));
        let found = if placed { matcher.find(&line.text)? } else { return None };
        Some(found.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect())
    }

    fn seen_before(&self, text: &str, line: u32, notes: &Notes) -> bool {
        let index = self.befores.iter().position(|before| *before == text);
        let last = index.and_then(|index| notes.last_seen.get(index).copied().flatten());
        last.is_some_and(|last| line - last <= LINES_BEFORE)
    }

    fn marker(&self, index: usize, line: &Line<'_>, notes: &mut Notes) {
        let Some(marker) = self.patterns.markers.get(index) else { return };
        let Some(captures) = marker.template.find(&line.text) else { return };
        if marker.kind == MarkerKind::Statement {
            notes.statement_left = LINES_OF_STATEMENT;
            return;
        }
        let command = captures.iter().find(|(name, _)| *name == "command").map_or("", |(_, value)| value);
        let within_a_try = matches!(marker.kind, MarkerKind::ShellCommand | MarkerKind::Frame);
        if !within_a_try || self.scripts.iter().any(|script| command.contains(script)) {
            notes.push(line, Seen::Marker { kind: marker.kind, command: command.to_owned() });
        }
    }

    /// The signature with this index.
    pub fn signature(&self, index: usize) -> Option<&'c Signature> {
        self.patterns.signatures.get(index)
    }

    /// The clue with this index.
    pub fn clue(&self, index: usize) -> Option<&'c Clue> {
        self.patterns.clues.get(index)
    }
}

/// One reading of a log, line by line.
#[derive(Debug)]
pub struct Pass<'s> {
    scanner: &'s Scanner<'s>,
    notes: Notes,
}

impl Pass<'_> {
    /// Reads the next line.
    pub fn read(&mut self, line: &Line<'_>) {
        self.scanner.scan_line(line, &mut self.notes);
    }

    /// Every line of interest, in the order of the input.
    pub fn finish(self) -> Vec<Hit> {
        self.notes.hits
    }
}

/// What a pass carries from line to line.
#[derive(Debug, Default)]
struct Notes {
    hits: Vec<Hit>,
    time: Option<Time>,
    /// For each of the scanner's `befores`, the last line that held it.
    last_seen: Vec<Option<u32>>,
    /// For each of the scanner's clues, whether it was seen: nothing new is learnt from it again.
    clues_seen: Vec<bool>,
    statement_left: usize,
}

impl Notes {
    fn push(&mut self, line: &Line<'_>, seen: Seen) {
        self.hits.push(Hit { line: line.number, time: self.time, seen });
    }

    fn read_statement(&mut self, line: &Line<'_>) {
        if self.statement_left > 0 {
            self.statement_left -= 1;
            self.push(line, Seen::Statement(line.text.to_string()));
            if line.text.trim_end().ends_with(']') {
                self.statement_left = 0;
            }
        }
    }

    fn clue(&mut self, index: usize, line: &Line<'_>) {
        let seen = self.clues_seen.get_mut(index).is_some_and(|seen| std::mem::replace(seen, true));
        if !seen {
            self.push(line, Seen::Clue(index));
        }
    }

    fn see(&mut self, index: usize, line: u32) {
        if let Some(last) = self.last_seen.get_mut(index) {
            *last = Some(line);
        }
    }
}

fn credential(text: &str) -> Seen {
    Seen::Credential { connection: connection(text), secret: mask::holds_secret(text) }
}

/// User and database of the first PostgreSQL URL on the line; the password is dropped by the parser.
fn connection(text: &str) -> Option<(String, String)> {
    let words = text.split(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '`' | '<' | '>' | ',' | ')' | '('));
    // Without `@` what looks like the database may be a piece of a password that a bracket or quote cut in two.
    let whole = |word: &&str| word.contains("://") && (word.contains('@') || !text.contains('@'));
    let url = words.filter(whole).find_map(|word| {
        // `DATABASE_URL=postgresql://…`: the URL begins at its scheme.
        let start = word.find("postgres")?;
        ConnectionUrl::parse(word.get(start..)?).ok()
    })?;
    let name = |part: Option<&str>| part.unwrap_or_default().to_owned();
    Some((name(url.user()), name(url.database())))
}
