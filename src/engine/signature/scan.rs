//! One pass over the log, all patterns at once.

mod cut;
mod hits;
mod notes;
mod placed;
mod trouble;

use std::ops::Range;
use std::rc::Rc;

use self::notes::Notes;
pub use self::placed::Placed;
use self::placed::{placed, placed_good, placed_loosely};
use super::{Captures, Clue, MarkerKind, Matcher, Patterns, Role, Signature, Template};
use crate::engine::sql::HostKind;
use crate::engine::text::mask::{Excerpt, Masker};
use crate::engine::text::search::Search;
use crate::engine::text::secret::joined;
use crate::engine::text::{Line, Lines, Rejoin, Shape, Time, announces_message};

/// How many lines before a match its `after` condition looks at.
const LINES_BEFORE: u32 = 60;

/// How many lines below its beginning a traceback names its exception at most.
const LINES_OF_TRACEBACK: u32 = 300;

/// How many lines of a failed SQL statement are read for a schema.
const LINES_OF_STATEMENT: usize = 12;

/// All patterns of the content, ready to be looked for.
#[derive(Debug)]
pub struct Scanner<'c> {
    search: Search,
    targets: Vec<Target>,
    patterns: &'c Patterns,
    /// What some matcher wants just before its line.
    befores: Vec<&'c Template>,
    /// Names of scripts that raise a warning.
    scripts: Vec<&'c str>,
    /// The signature of exceptions that no other reads.
    unread: Option<usize>,
    /// The signature of trouble that no word of tells.
    doubt: Option<usize>,
    masker: Masker<'c>,
}

/// What a line means so far: the signature and what it captured.
struct Found<'c, 'l> {
    index: usize,
    precedence: u8,
    template: &'c Template,
    captures: Captures<'c, 'l>,
    /// Tells where its message stands.
    placed: fn(&str, usize) -> Placed,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Target {
    Matcher { signature: usize, matcher: usize },
    Marker(usize),
    Clue(usize),
    Before(usize),
    Word { signature: usize, word: usize },
    Credential,
}

/// What stands on one line of interest.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// 1-based line of the input.
    pub line: u32,
    /// The same, where each line that a carrier held counts for itself: of one line of JSON there may be hundreds.
    pub row: u32,
    /// The line's own time stamp or that of the last line that had one.
    pub time: Option<Time>,
    /// What was seen.
    pub seen: Seen,
}

/// What was seen on a line.
#[derive(Debug, Clone, PartialEq)]
pub enum Seen {
    /// A signature.
    Signature(Rc<Sight>),
    /// A marker and the command or version it names, unmasked so that it can be compared; never shown as it is.
    Marker {
        /// What the line does.
        kind: MarkerKind,
        /// What it captures, or empty.
        command: Rc<str>,
    },
    /// A line's prefix whose form tells whose it is, where that stands for the first time.
    Prefix(Shape),
    /// A clue, where it stands for the first time: its place in the catalogue.
    Clue(usize),
    /// A line that may hold a URL or a secret, and who it connects as.
    Credential {
        /// User and database of a PostgreSQL URL; the password is gone.
        connection: Option<Rc<Connection>>,
        /// Whether a password, token or key stands on the line.
        secret: bool,
    },
    /// A line of a failed SQL statement, unmasked, for reading names from; never shown.
    Statement(Rc<str>),
}

/// Whom a URL connects to, and as whom; its password is nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connection {
    /// The user; empty when the URL names none.
    pub user: String,
    /// The database; empty when the URL names none.
    pub database: String,
    /// What kind of host it is.
    pub host: HostKind,
}

/// A line that shows a signature. Lines that are the same share one: a log may repeat itself a hundred thousand times.
#[derive(Debug, Clone, PartialEq)]
pub struct Sight {
    /// Index into the signatures.
    pub index: usize,
    /// Named captures, in the template's order.
    pub captures: Vec<(String, String)>,
    /// The line, masked.
    pub excerpt: Excerpt,
    /// Where on the line the message stands.
    pub placed: Placed,
}

impl<'c> Scanner<'c> {
    /// Prepares the search. Of commands and frames within a try only those count that name a script some warning is about.
    pub fn new(patterns: &'c Patterns) -> Self {
        let Patterns { signatures, markers, clues, .. } = patterns;
        let mut targets = Vec::new();
        let mut literals: Vec<String> = Vec::new();
        for (signature, content) in signatures.iter().enumerate() {
            for (matcher, pattern) in content.matchers.iter().enumerate() {
                targets.push(Target::Matcher { signature, matcher });
                literals.push(pattern.template.anchor().to_owned());
            }
            for (word, text) in content.words.iter().enumerate() {
                let forms = trouble::spellings(text);
                targets.extend(forms.iter().map(|_| Target::Word { signature, word }));
                literals.extend(forms);
            }
        }
        for (index, marker) in markers.iter().enumerate() {
            targets.push(Target::Marker(index));
            literals.push(marker.template.anchor().to_owned());
        }
        for (index, clue) in clues.iter().enumerate() {
            targets.push(Target::Clue(index));
            literals.push(clue.text.clone());
        }
        let mut befores: Vec<&Template> = Vec::new();
        for after in signatures.iter().flat_map(|s| &s.matchers).filter_map(|m| m.after.as_ref()) {
            if !befores.contains(&after) {
                befores.push(after);
            }
        }
        targets.extend((0..befores.len()).map(Target::Before));
        literals.extend(befores.iter().map(|before| before.anchor().to_owned()));
        let suspicions = patterns.secrets.suspicions();
        targets.extend(suspicions.iter().map(|_| Target::Credential));
        literals.extend(suspicions);
        let scripts = patterns.warnings.iter().flat_map(|warning| &warning.scripts).map(String::as_str).collect();
        Scanner {
            search: Search::new(literals.iter().map(String::as_str)),
            targets,
            patterns,
            befores,
            scripts,
            unread: patterns.signatures.iter().position(|signature| signature.unread),
            doubt: signatures.iter().position(|s| s.role == Role::Doubt && s.follows.is_empty()),
            masker: Masker::new(&patterns.secrets, patterns.vocabulary()),
        }
    }

    /// Begins a pass over a log.
    pub fn begin(&self) -> Pass<'_> {
        let notes = Notes::new(self.befores.len(), self.patterns.clues.len());
        Pass { scanner: self, lines: Lines::default(), rejoin: Rejoin::default(), notes, last_line: 0, blank: true }
    }

    fn scan_line(&self, line: &Line<'_>, notes: &mut Notes) {
        notes.row += 1;
        notes.time = line.time.or(notes.time);
        notes.prefix(line);
        let mut suspicious = false;
        let mut doubt = None;
        let mut best: Option<Found<'_, '_>> = None;
        let ends_traceback = notes.ends_traceback(line);
        for target in self.targets_in(&line.text) {
            match target {
                Target::Matcher { signature, matcher } => {
                    best = self.better(best, signature, matcher, line, notes);
                }
                Target::Marker(index) => self.marker(index, line, notes),
                Target::Clue(index) => notes.clue(index, line),
                Target::Before(index) if self.befores.get(index).is_some_and(|b| b.find(&line.text).is_some()) => {
                    notes.see(index);
                }
                Target::Before(_) => {}
                Target::Word { signature, word } => {
                    doubt = doubt.or_else(|| self.doubt(signature, word, line));
                }
                Target::Credential => suspicious = true,
            }
        }
        notes.credential(line, suspicious, &self.masker);
        if ends_traceback && best.is_none() {
            notes.unread(line, self.unread, &self.masker);
        }
        let is_good = best.as_ref().is_none_or(|best| self.is_good(best.index));
        let doubt = doubt.or_else(|| self.doubt.filter(|_| trouble::is_lone_exception(&line.text)));
        if let Some(index) = doubt.filter(|_| is_good) {
            notes.doubt(line, index, &self.masker);
        }
        let announced = notes.announced.take();
        if let Some(found) = best {
            if let Some(index) = announced {
                notes.hits.forget_last(index);
            }
            notes.announced = announces_message(&line.text).then_some(found.index);
            let found = self.alone(found, &line.text);
            notes.sight(line, found, &self.masker);
        }
        notes.read_statement(line);
    }

    /// An error that could lead to deleting is believed only where its line says nothing else: lines may have been joined.
    fn alone<'l>(&self, found: Found<'c, 'l>, line: &'l str) -> Found<'c, 'l> {
        if self.signature(found.index).is_some_and(|s| s.situation.may_wipe()) && self.says_more(&found, line) {
            return Found { placed: placed_loosely, ..found };
        }
        found
    }

    /// Whether a line holds another message in front of this one or behind it.
    fn says_more(&self, found: &Found<'_, '_>, line: &str) -> bool {
        let message = found.template.message_in(line);
        let (Some(first), Some(last)) = (message.first(), message.last()) else { return false };
        let (before, behind) = (line.get(..first.start).unwrap_or_default(), line.get(last.end..).unwrap_or_default());
        let situation = self.signature(found.index).map(|signature| signature.situation);
        self.targets_in(line).any(|target| {
            let Target::Matcher { signature: index, matcher } = target else { return false };
            let (Some(signature), Some(matcher)) = (self.signature(index), self.matcher(index, matcher)) else {
                return false;
            };
            let again = matcher.template.find(behind);
            // The class of an exception and a code name the same error once more.
            let is_another = || Some(signature.situation) != situation && matcher.template.find(before).is_some();
            let is_same = |captures: &Captures<'_, '_>| captures.is_empty() && Some(signature.situation) == situation;
            !signature.unread && (again.is_some_and(|captures| !is_same(&captures)) || is_another())
        })
    }

    /// One line has one meaning: that of the highest precedence, and among equals of the first in the content. Targets come in
    /// the content's order.
    fn better<'l>(
        &self,
        best: Option<Found<'c, 'l>>,
        index: usize,
        matcher: usize,
        line: &'l Line<'_>,
        notes: &Notes,
    ) -> Option<Found<'c, 'l>> {
        let Some(signature) = self.signature(index) else { return best };
        if best.as_ref().is_some_and(|best| best.precedence >= signature.precedence) {
            return best;
        }
        let Some(matcher) = self.matcher(index, matcher) else { return best };
        let is_behind = matcher.after.as_ref().is_none_or(|after| self.seen_before(after, notes));
        let found = if is_behind { matcher.find(&line.text) } else { None };
        let template = &matcher.template;
        let placed = match signature.role {
            Role::Success => placed_good,
            _ if line.loose => placed_loosely,
            _ => placed,
        };
        found.map(|captures| Found { index, precedence: signature.precedence, template, captures, placed }).or(best)
    }

    /// The signature of a word of trouble, where that word tells of trouble.
    fn doubt(&self, index: usize, word: usize, line: &Line<'_>) -> Option<usize> {
        let word = self.signature(index)?.words.get(word)?;
        trouble::is_told(line, word).then_some(index)
    }

    /// Whether a signature is a success or little more: trouble on the same line counts beside it.
    fn is_good(&self, index: usize) -> bool {
        self.signature(index).is_some_and(|s| matches!(s.role, Role::Success | Role::Sign | Role::Progress))
    }

    fn seen_before(&self, after: &Template, notes: &Notes) -> bool {
        let index = self.befores.iter().position(|before| *before == after);
        let last = index.and_then(|index| notes.last_seen.get(index).copied().flatten());
        last.is_some_and(|last| notes.row - last <= LINES_BEFORE)
    }

    fn marker(&self, index: usize, line: &Line<'_>, notes: &mut Notes) {
        let Some(marker) = self.patterns.markers.get(index) else { return };
        let Some(captures) = marker.template.find(&line.text) else { return };
        match marker.kind {
            MarkerKind::Statement => {
                notes.statement_left = LINES_OF_STATEMENT;
                return;
            }
            MarkerKind::Traceback => notes.traceback_left = LINES_OF_TRACEBACK,
            _ => {}
        }
        let command = captures.first().map_or("", |(_, value)| value);
        let within_a_try = matches!(marker.kind, MarkerKind::ShellCommand | MarkerKind::Frame);
        if !within_a_try || self.scripts.iter().any(|script| command.contains(script)) {
            let command = notes.shared(command);
            notes.push(line, Seen::Marker { kind: marker.kind, command });
        }
    }

    fn targets_in(&self, text: &str) -> impl Iterator<Item = Target> {
        self.search.find(text).into_iter().filter_map(|index| self.targets.get(index).copied())
    }

    fn matcher(&self, signature: usize, matcher: usize) -> Option<&'c Matcher> {
        self.signature(signature)?.matchers.get(matcher)
    }

    /// The signature with this index.
    pub fn signature(&self, index: usize) -> Option<&'c Signature> {
        self.patterns.signatures.get(index)
    }

    /// Where the messages stand on a line that we know: bytes, in order, apart from each other.
    pub fn messages_in(&self, line: &str) -> Vec<Range<usize>> {
        let templates = self.targets_in(line).filter_map(|target| match target {
            Target::Matcher { signature, matcher } => self.matcher(signature, matcher).map(|matcher| &matcher.template),
            Target::Marker(index) => self.patterns.markers.get(index).map(|marker| &marker.template),
            Target::Clue(_) | Target::Before(_) | Target::Word { .. } | Target::Credential => None,
        });
        joined(templates.flat_map(|template| template.message_in(line)).collect())
    }

    /// What masks the lines of a log.
    pub fn masker(&self) -> &Masker<'c> {
        &self.masker
    }

    /// What logs are searched for.
    pub fn patterns(&self) -> &'c Patterns {
        self.patterns
    }

    /// The clue with this index.
    pub fn clue(&self, index: usize) -> Option<&'c Clue> {
        self.patterns.clues.get(index)
    }
}

/// One reading of a log, portion by portion.
#[derive(Debug)]
pub struct Pass<'s> {
    scanner: &'s Scanner<'s>,
    lines: Lines,
    rejoin: Rejoin,
    notes: Notes,
    last_line: u32,
    blank: bool,
}

/// What a pass saw.
#[derive(Debug, PartialEq)]
pub struct SeenAll {
    /// Every line of interest, in the order of the input.
    pub hits: Vec<Hit>,
    /// How many lines the log has.
    pub lines: u32,
    /// Whether there is nothing but white space.
    pub blank: bool,
}

impl Pass<'_> {
    /// Reads more of the log: bytes in any portions.
    pub fn push(&mut self, bytes: &[u8]) {
        self.blank = self.blank && bytes.iter().all(u8::is_ascii_whitespace);
        let mut lines = std::mem::take(&mut self.lines);
        lines.push(bytes, &mut |line| self.read(line));
        self.lines = lines;
    }

    /// What was seen, when no more comes.
    pub fn finish(mut self) -> SeenAll {
        std::mem::take(&mut self.lines).finish(&mut |line| self.read(line));
        SeenAll { hits: self.notes.hits.finish(), lines: self.last_line, blank: self.blank }
    }

    fn read(&mut self, line: &Line<'_>) {
        self.last_line = line.number;
        self.scanner.scan_line(line, &mut self.notes);
        self.rejoin.next(line, |cut| self.scanner.scan_cut(cut, &mut self.notes));
    }
}
