//! Markdown events → blocks and inlines, with the place of every mistake.

mod code;
mod inlines;

use std::iter::Peekable;

use inlines::is_inline;
pub(super) use inlines::{Piece, pieces};
use pulldown_cmark::{Event, HeadingLevel, OffsetIter, Options, Parser, Tag};

use super::fields::{self, Fields};
use super::nearest::did_you_mean;
use super::text::{Excerpt, File};
use crate::engine::page::{Block, Correction, Inline, Placeholder, Values, plain};

type Events<'e> = Peekable<OffsetIter<'e>>;

/// Reads the Markdown of one file.
pub(super) struct Reader<'r, 'f> {
    file: &'r mut File<'f>,
    editions: &'r [&'r str],
    placeholders: &'r [Placeholder],
    /// Whether SQL written by hand may delete data here: only in a way out that says so and stands behind its gates.
    pub(super) may_delete: bool,
    /// Whether it may take away what holds no rows: in an outcome that changes something.
    pub(super) may_change: bool,
    /// Whether more may stand behind a heading's id: in an outcome's steps.
    pub(super) has_steps: bool,
    /// Keys of the placeholders used so far.
    pub(super) used: Vec<String>,
    /// Generated SQL shown so far.
    pub(super) editions_shown: Vec<String>,
    /// Heading ids so far, with their place in the file.
    ids: Vec<(String, usize)>,
    /// Links to `#id` so far, with their place in the file.
    links: Vec<(String, usize)>,
}

impl<'r, 'f> Reader<'r, 'f> {
    pub(super) fn new(file: &'r mut File<'f>, editions: &'r [&'r str], placeholders: &'r [Placeholder]) -> Self {
        Self {
            file,
            editions,
            placeholders,
            may_delete: false,
            may_change: false,
            has_steps: false,
            used: Vec::new(),
            editions_shown: Vec::new(),
            ids: Vec::new(),
            links: Vec::new(),
        }
    }

    /// All top-level blocks of a text, each with its place in the file.
    pub(super) fn all(&mut self, text: &Excerpt) -> Vec<(Block, usize)> {
        let mut events = Parser::new_ext(&text.text, Options::empty()).into_offset_iter().peekable();
        let blocks = self.blocks(text, &mut events);
        self.check_neighbours(&blocks);
        blocks
    }

    /// One line of text: exactly one paragraph.
    pub(super) fn line(&mut self, text: &Excerpt) -> Vec<Inline> {
        let mut events = Parser::new_ext(&text.text, Options::empty()).into_offset_iter().peekable();
        let mut blocks = self.blocks(text, &mut events).into_iter();
        match (blocks.next(), blocks.next()) {
            (Some((Block::Paragraph(inlines), _)), None) => inlines,
            (None, None) => Vec::new(),
            _ => {
                self.file.problem(
                    text.origin(0),
                    "this must be one line of text",
                    "no heading, list, quotation or second paragraph here",
                );
                Vec::new()
            }
        }
    }

    /// Notes links to ids that no heading has.
    pub(super) fn check_links(&mut self) {
        for (id, at) in std::mem::take(&mut self.links) {
            if !self.ids.iter().any(|(known, _)| *known == id) {
                let suggestion =
                    did_you_mean(&id, self.ids.iter().map(|(known, _)| known.as_str()).collect::<Vec<_>>());
                self.file.problem(at, format!("no heading has the id `{id}`"), suggestion);
            }
        }
    }

    /// Blocks up to the end of the element we are in. Consumes that end.
    fn blocks(&mut self, text: &Excerpt, events: &mut Events<'_>) -> Vec<(Block, usize)> {
        let mut blocks = Vec::new();
        while let Some((event, range)) = events.peek().cloned() {
            let at = text.origin(range.start);
            if is_inline(&event) {
                // The text of a tight list item stands without a paragraph around it.
                let inlines = self.inlines(text, events);
                blocks.push((Block::Paragraph(inlines), at));
                continue;
            }
            events.next();
            match event {
                Event::End(_) => break,
                Event::Start(Tag::Paragraph) => {
                    let inlines = self.inlines(text, events);
                    events.next();
                    blocks.push((Block::Paragraph(inlines), at));
                }
                Event::Start(Tag::Heading { level, .. }) => {
                    let inlines = self.inlines(text, events);
                    events.next();
                    blocks.push((self.heading(level, inlines, at), at));
                }
                Event::Start(Tag::List(start)) => {
                    let list = self.list(text, events, start);
                    blocks.push((list, at));
                }
                Event::Start(Tag::BlockQuote(_)) => {
                    let inner = self.blocks(text, events);
                    self.check_neighbours(&inner);
                    blocks.push((Block::Quote(inner.into_iter().map(|(block, _)| block).collect()), at));
                }
                Event::Start(Tag::CodeBlock(kind)) => {
                    let block = self.fence(text, events, &kind, &range);
                    let block = block.and_then(|block| self.not_paired(block, &mut blocks, at));
                    blocks.extend(block.map(|block| (block, at)));
                }
                Event::Start(Tag::HtmlBlock) => {
                    skip(events);
                    self.file.problem(
                        at,
                        "raw HTML is not allowed",
                        "write it in Markdown; a value to replace is `{{key}}`, a literal `<` goes into backticks",
                    );
                }
                Event::Rule => self.file.problem(at, "a ruler is not allowed", "use a heading to begin something new"),
                Event::Start(_) => {
                    skip(events);
                    self.file.problem(
                        at,
                        "the page has no place for this",
                        "use headings, paragraphs, lists, quotations and code",
                    );
                }
                _ => {}
            }
        }
        blocks
    }

    fn heading(&mut self, level: HeadingLevel, mut inlines: Vec<Inline>, at: usize) -> Block {
        let mut explicit = take_id(&mut inlines);
        if let Some(id) = explicit.as_mut().filter(|_| self.has_steps && level == HeadingLevel::H3) {
            id.truncate(id.find(' ').unwrap_or(id.len()));
        }
        let values = Values::unfilled(self.placeholders);
        let id = explicit.unwrap_or_else(|| id_from(&plain(&inlines, &values)));
        if let Some((_, first)) = self.ids.iter().find(|(known, _)| *known == id) {
            let (line, _) = super::text::line_and_column(self.file.text, *first);
            self.file.problem(
                at,
                format!("the heading id `{id}` is already used on line {line}"),
                format!("end this heading with another one, `{{#{id}-2}}`"),
            );
        } else {
            if id.is_empty() || !id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-') {
                self.file.problem(
                    at,
                    format!("`{id}` cannot be a heading id"),
                    "end the heading with `{#short-name}`: small letters, digits and `-`",
                );
            }
            self.ids.push((id.clone(), at));
        }
        Block::Heading { level: level as u8, id, inlines }
    }

    fn list(&mut self, text: &Excerpt, events: &mut Events<'_>, start: Option<u64>) -> Block {
        let mut items = Vec::new();
        while let Some((event, _)) = events.next() {
            if !matches!(event, Event::Start(Tag::Item)) {
                break;
            }
            let item = self.blocks(text, events);
            self.check_neighbours(&item);
            items.push(item.into_iter().map(|(block, _)| block).collect());
        }
        Block::List { ordered: start.is_some(), start: start.and_then(|n| u32::try_from(n).ok()).unwrap_or(1), items }
    }

    fn correction(&mut self, content: &Excerpt, at: usize, info_at: usize, info: &str) -> Correction {
        if info.trim() != "today" {
            self.file.problem(info_at, "`today` takes nothing on its line", "put `edition = \"…\"` inside, as TOML");
        }
        let table = fields::parse(self.file, content);
        let mut fields = Fields::new(&table, content, at);
        let text = fields.required(self.file, "text", "the line itself, without the word \"Today:\"");
        let why = fields.required(self.file, "why", "the reason, folded away at first");
        let source = fields.required(self.file, "source", "where this is known from");
        let date = fields.date(self.file, "date", "the day it was last checked").unwrap_or_default();
        let edition = fields.optional(self.file, "edition").map(|name| self.edition(&name.text, name.origin(0)));
        fields.finish(self.file, "a correction");
        if let Some(text) = text.as_ref().filter(|t| t.text.trim_start().to_ascii_lowercase().starts_with("today:")) {
            self.file.problem(text.origin(0), "the text begins with \"Today:\"", "leave it out: the page adds it");
        }
        let mut line = |excerpt: Option<Excerpt>| excerpt.map(|e| self.line(&e)).unwrap_or_default();
        Correction { text: line(text), why: line(why), source: line(source), date, edition }
    }

    fn check_neighbours(&mut self, blocks: &[(Block, usize)]) {
        self.check_replaced(blocks);
        self.check_shells(blocks);
    }

    /// A correction that replaces code stands right before code; another correction may stand between.
    fn check_replaced(&mut self, blocks: &[(Block, usize)]) {
        let mut wants: Option<usize> = None;
        for (block, at) in blocks {
            match block {
                Block::Correction(correction) => wants = correction.edition.as_ref().map(|_| *at).or(wants),
                Block::Code(_) => wants = None,
                _ => self.nothing_replaced(wants.take()),
            }
        }
        self.nothing_replaced(wants);
    }

    fn nothing_replaced(&mut self, wants: Option<usize>) {
        if let Some(at) = wants {
            self.file.problem(
                at,
                "this correction replaces code, but no code block follows",
                "move it right before the code, or remove its `edition`",
            );
        }
    }
}

/// Passes over the rest of the element whose start was just read.
fn skip(events: &mut Events<'_>) {
    let mut depth = 1;
    for (event, _) in events.by_ref() {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
}

/// Takes ` {#id}` off the end of a heading. Behind the id may stand more, marks of code included: then it begins in an earlier piece
/// of the heading than it ends in, and what is given goes as far as that piece.
fn take_id(inlines: &mut Vec<Inline>) -> Option<String> {
    let Some(Inline::Text(last)) = inlines.last() else { return None };
    last.trim_end().strip_suffix('}')?;
    let begins = |inline: &Inline| matches!(inline, Inline::Text(text) if text.contains("{#"));
    let mut behind = inlines.split_off(inlines.iter().rposition(begins)?);
    let Inline::Text(text) = behind.swap_remove(0) else { return None };
    let (words, id) = text.rsplit_once("{#")?;
    if !words.trim_end().is_empty() {
        inlines.push(Inline::Text(words.trim_end().to_owned()));
    }
    Some(id.trim_end().trim_end_matches('}').trim().to_owned())
}

/// An id made from a heading's words.
fn id_from(words: &str) -> String {
    let mut id = String::new();
    for c in words.chars() {
        if c.is_ascii_alphanumeric() {
            id.push(c.to_ascii_lowercase());
        } else if !id.is_empty() && !id.ends_with('-') {
            id.push('-');
        }
    }
    id.trim_end_matches('-').to_owned()
}

/// A key: small letters, digits and `_`, beginning with a letter.
pub(super) fn is_key(key: &str) -> bool {
    key.starts_with(|c: char| c.is_ascii_lowercase())
        && key.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}
