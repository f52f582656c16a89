//! What a pass carries from line to line, and how it notes what it sees.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::rc::Rc;

use super::hits::Hits;
use super::{Connection, Found, Hit, Placed, Seen, Sight};
use crate::engine::sql::ConnectionUrl;
use crate::engine::text::mask::Masker;
use crate::engine::text::secret::{Carry, Suspicion};
use crate::engine::text::{Cut, Line, Shape, Time};

/// Lines that repeat share what was seen of them; so many different ones are remembered for that.
const MAX_SHARED: usize = 4096;

/// What a pass carries from line to line.
#[derive(Debug, Default)]
pub(super) struct Notes {
    pub(super) hits: Hits,
    /// How many lines were read; each that a carrier held counts.
    pub(super) row: u32,
    pub(super) time: Option<Time>,
    /// For each of the scanner's `befores`, the last row that held it.
    pub(super) last_seen: Vec<Option<u32>>,
    /// The forms of prefixes seen.
    shapes: BTreeSet<Shape>,
    /// For each of the scanner's clues, whether it was seen: nothing new is learnt from it again.
    clues_seen: Vec<bool>,
    pub(super) statement_left: usize,
    /// The signature seen on the line before, where that holds a class alone: the message of it comes on this line.
    pub(super) announced: Option<usize>,
    /// How many lines the name of an exception may still come.
    pub(super) traceback_left: u32,
    /// The last user and database seen, and whether a secret was: a long log repeats both.
    connection: Option<Rc<Connection>>,
    secret_seen: bool,
    /// What the lines before say of a secret in the next.
    carry: Carry,
    /// What was seen and read before, by signature and a hash of the text.
    sights: BTreeMap<(usize, u64), Rc<Sight>>,
    texts: BTreeSet<Rc<str>>,
}

impl Notes {
    /// Nothing seen yet, of so many `befores` and clues of the scanner.
    pub(super) fn new(befores: usize, clues: usize) -> Self {
        Notes { last_seen: vec![None; befores], clues_seen: vec![false; clues], ..Notes::default() }
    }

    pub(super) fn push(&mut self, line: &Line<'_>, seen: Seen) {
        self.hits.push(Hit { line: line.number, row: self.row, time: self.time, seen });
    }

    pub(super) fn sight(&mut self, line: &Line<'_>, found: Found<'_, '_>, masker: &Masker<'_>) {
        self.sight_of(line, found.index, || {
            let owned = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
            let captures = found.captures.into_iter().map(owned).collect();
            let message = found.template.message_in(&line.text);
            let excerpt = masker.leaving(&line.text, &message);
            let at = message.first().map_or(0, |first| first.start);
            let placed = if line.quoted { Placed::Quoted } else { (found.placed)(&line.text, at) };
            Sight { index: found.index, captures, excerpt, placed }
        });
    }

    /// Notes a signature on a line; what is made of a line of the same text is kept.
    fn sight_of(&mut self, line: &Line<'_>, index: usize, make: impl FnOnce() -> Sight) {
        if self.sights.len() > MAX_SHARED {
            self.sights.clear();
        }
        let sight = self.sights.entry((index, hash(&line.text))).or_insert_with(|| Rc::new(make()));
        let sight = Rc::clone(sight);
        self.push(line, Seen::Signature(sight));
    }

    /// The text, kept once.
    pub(super) fn shared(&mut self, text: &str) -> Rc<str> {
        if let Some(there) = self.texts.get(text) {
            return Rc::clone(there);
        }
        if self.texts.len() > MAX_SHARED {
            self.texts.clear();
        }
        let text: Rc<str> = text.into();
        self.texts.insert(Rc::clone(&text));
        text
    }

    /// Whether this line names the exception of the traceback above it: the first one that is not indented.
    pub(super) fn ends_traceback(&mut self, line: &Line<'_>) -> bool {
        if self.traceback_left == 0 {
            return false;
        }
        let ends = names_exception(&line.text);
        self.traceback_left = if ends { 0 } else { self.traceback_left - 1 };
        ends
    }

    /// Notes an exception that no signature reads.
    pub(super) fn unread(&mut self, line: &Line<'_>, index: Option<usize>, masker: &Masker<'_>) {
        let Some(index) = index else { return };
        let name = line.text.split(':').next().unwrap_or_default().len();
        let excerpt = masker.leaving(&line.text, std::slice::from_ref(&(0..name)));
        let sight = Sight { index, captures: Vec::new(), excerpt, placed: Placed::Printed };
        self.push(line, Seen::Signature(Rc::new(sight)));
    }

    /// Notes a word of trouble; which it is shows in the line, masked as any other.
    pub(super) fn doubt(&mut self, line: &Line<'_>, index: usize, masker: &Masker<'_>) {
        let placed = Placed::Printed;
        self.sight_of(line, index, || Sight {
            index,
            captures: Vec::new(),
            excerpt: masker.leaving(&line.text, &[]),
            placed,
        });
    }

    pub(super) fn read_statement(&mut self, line: &Line<'_>) {
        if self.statement_left > 0 {
            self.statement_left -= 1;
            let text = self.shared(&line.text);
            self.push(line, Seen::Statement(text));
            if line.text.trim_end().ends_with(']') {
                self.statement_left = 0;
            }
        }
    }

    pub(super) fn prefix(&mut self, line: &Line<'_>) {
        if let Some(shape) = line.shape
            && self.shapes.insert(shape)
        {
            self.push(line, Seen::Prefix(shape));
        }
    }

    pub(super) fn clue(&mut self, index: usize, line: &Line<'_>) {
        let seen = self.clues_seen.get_mut(index).is_some_and(|seen| std::mem::replace(seen, true));
        if !seen {
            self.push(line, Seen::Clue(index));
        }
    }

    /// Keeps who the line connects as where that is another than before, and the first secret.
    pub(super) fn credential(&mut self, line: &Line<'_>, suspicious: bool, masker: &Masker<'_>) {
        let suspicion = || if suspicious { Suspicion::Text } else { Suspicion::of_characters(&line.text) };
        let secret = !self.secret_seen && !masker.find_next(line, suspicion(), &mut self.carry).is_empty();
        if !suspicious && !secret {
            return;
        }
        let connection = connection(&line.text).filter(|now| self.connection.as_deref() != Some(now)).map(Rc::new);
        self.secret_seen |= secret;
        if connection.is_some() || secret {
            self.connection = connection.clone().or(self.connection.take());
            self.push(line, Seen::Credential { connection, secret });
        }
    }

    /// The same for a secret that the edge of a terminal cut in two.
    pub(super) fn cut_credential(&mut self, cut: Cut<'_>, between: &str, masker: &Masker<'_>) {
        if !self.secret_seen && masker.is_cut(cut, between) {
            self.secret_seen = true;
            self.push(&cut.whole(between), Seen::Credential { connection: None, secret: true });
        }
    }

    pub(super) fn see(&mut self, index: usize) {
        if let Some(last) = self.last_seen.get_mut(index) {
            *last = Some(self.row);
        }
    }
}

/// `shop.money.Mismatch: 12 != 13`: a dotted name whose last part begins with a capital, alone or before a colon.
pub(super) fn names_exception(text: &str) -> bool {
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '.')).unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    let last = name.rsplit('.').next().unwrap_or_default();
    (rest.trim().is_empty() || rest.starts_with(':'))
        && last.starts_with(|c: char| c.is_ascii_uppercase())
        && last.len() > 2
}

fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// What the first PostgreSQL URL on the line connects to; the password is dropped by the parser.
fn connection(text: &str) -> Option<Connection> {
    if !text.contains("://") {
        return None;
    }
    let words = text.split(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '`' | '<' | '>' | ',' | ')' | '('));
    // Without `@` what looks like the database may be a piece of a password that a bracket or quote cut in two.
    let whole = |word: &&str| word.contains("://") && (word.contains('@') || !text.contains('@'));
    let url = words.filter(whole).find_map(|word| {
        // `DATABASE_URL=postgresql://…`: the URL begins at its scheme.
        let start = word.find("postgres")?;
        ConnectionUrl::parse(word.get(start..)?.trim_end_matches([':', '.', ';'])).ok()
    })?;
    let name = |part: Option<&str>| part.unwrap_or_default().to_owned();
    Some(Connection { user: name(url.user()), database: name(url.database()), host: url.host() })
}
