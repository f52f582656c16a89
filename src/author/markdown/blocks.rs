//! Markdown events → blocks and inlines, with the place of every mistake.

use std::iter::Peekable;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, LinkType, OffsetIter, Options, Parser, Tag};

use super::fields::{self, Fields};
use super::nearest::did_you_mean;
use super::sql;
use super::text::{Excerpt, File};
use super::words;
use crate::engine::page::{
    Block, CONNECTION, CONNECTION_OF, Code, Correction, Inline, Part, Placeholder, Risk, Values, plain,
};
use crate::engine::sql::Edition;

type Events<'e> = Peekable<OffsetIter<'e>>;

/// Reads the Markdown of one file.
pub(super) struct Reader<'r, 'f> {
    file: &'r mut File<'f>,
    editions: &'r [&'r str],
    placeholders: &'r [Placeholder],
    /// Whether SQL written by hand may delete data here: only in a way out that says so and stands behind its gates.
    pub(super) may_delete: bool,
    /// Keys of the placeholders used so far.
    pub(super) used: Vec<String>,
    /// Generated SQL shown so far.
    pub(super) editions_shown: Vec<String>,
    /// Heading ids so far, with their place in the file.
    ids: Vec<(String, usize)>,
    /// Links to `#id` so far, with their place in the file.
    links: Vec<(String, usize)>,
}

/// The generated SQL that takes no name but those a server said.
const EXTENSIONS: &str = "extensions";

/// The language of a command for Windows.
const POWER_SHELL: &str = "powershell";

/// What PowerShell on Windows does not have, or reads otherwise.
const POSIX_ALONE: [&str; 7] = ["&&", "$", "/dev/", "date ", "ls ", "read ", "export "];

/// A piece of a text: as it stands, or a placeholder; with its offset.
enum Piece<'t> {
    Text(&'t str),
    Placeholder(&'t str, usize),
}

impl<'r, 'f> Reader<'r, 'f> {
    pub(super) fn new(file: &'r mut File<'f>, editions: &'r [&'r str], placeholders: &'r [Placeholder]) -> Self {
        Self {
            file,
            editions,
            placeholders,
            may_delete: false,
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
        let explicit = take_id(&mut inlines);
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

    /// A code block, a place for SQL, or a correction.
    fn fence(
        &mut self,
        text: &Excerpt,
        events: &mut Events<'_>,
        kind: &CodeBlockKind<'_>,
        range: &Range<usize>,
    ) -> Option<Block> {
        let mut content = Excerpt::default();
        for (event, piece) in events.by_ref() {
            match event {
                Event::Text(words) => content.push(&words, text.origin(piece.start)),
                _ => break,
            }
        }
        let at = text.origin(range.start);
        let CodeBlockKind::Fenced(info) = kind else {
            self.file.problem(at, "code by indentation is not allowed", "put it between two lines of three backticks");
            return None;
        };
        let written = text.text.get(range.clone()).unwrap_or_default();
        let info_at = at + written.find(info.as_ref()).unwrap_or(0);
        let language = info.split_whitespace().next().filter(|word| !word.contains('=')).unwrap_or_default().to_owned();
        if language == "today" {
            return Some(Block::Correction(self.correction(&content, at, info_at, info)));
        }
        let (place, edition) = self.attributes(info, language.len(), info_at);
        if language.is_empty() {
            self.file.problem(
                at,
                "the code does not say its language",
                "write it right after the backticks: `sql`, `sh`, `text` …",
            );
        }
        let place = place.unwrap_or_else(|| {
            self.file.problem(
                at,
                "the code does not say where it runs",
                "add `place=\"your laptop, with psql\"` (or wherever it is) after the language",
            );
            String::new()
        });
        if content.text.trim().is_empty() {
            let Some(edition) = edition else {
                self.file.problem(at, "an empty code block", "fill it, or name generated SQL: `edition=\"option-a\"`");
                return None;
            };
            if edition == EXTENSIONS {
                return Some(Block::Extensions { place });
            }
            self.editions_shown.push(edition.clone());
            return Some(Block::Sql { edition, place });
        }
        if language == "sql" {
            self.check_sql(&content, edition.as_deref());
        }
        Some(Block::Code(Code { language, place, edition, lines: self.code_lines(&content), windows: Vec::new() }))
    }

    /// A command for PowerShell belongs to the one before it, for macOS and Linux; any other block is one of its own.
    fn not_paired(&mut self, block: Block, before: &mut [(Block, usize)], at: usize) -> Option<Block> {
        let Block::Code(code) = block else { return Some(block) };
        if code.language != POWER_SHELL {
            return Some(Block::Code(code));
        }
        match before.last_mut() {
            Some((Block::Code(first), _))
                if first.language == "sh" && first.windows.is_empty() && first.place == code.place =>
            {
                first.windows = code.lines;
            }
            _ => self.file.problem(
                at,
                "this command for PowerShell belongs to none",
                "put it right behind the same command in `sh`, with the same `place`",
            ),
        }
        None
    }

    /// A command that PowerShell reads otherwise has a form for it.
    fn check_shells(&mut self, blocks: &[(Block, usize)]) {
        for (block, at) in blocks {
            let Block::Code(code) = block else { continue };
            let differs = code.lines.iter().flatten().any(|part| match part {
                Part::Placeholder(key) => key != CONNECTION,
                Part::Text(text) => POSIX_ALONE.iter().any(|mark| text.contains(mark)),
            });
            if code.language == "sh" && differs && code.windows.is_empty() {
                self.file.problem(
                    *at,
                    "this command means something else in PowerShell",
                    "put the same right behind it as ```powershell, with the same `place`",
                );
            }
        }
    }

    /// SQL written by hand: it deletes nothing where no gate stands before it, and adds no quotes of its own.
    fn check_sql(&mut self, content: &Excerpt, edition: Option<&str>) {
        let behind_gates = edition.and_then(Edition::from_id).is_some_and(|e| e.risk() == Risk::Destructive);
        if let Some(at) = sql::deletes(&content.text).filter(|_| !self.may_delete && !behind_gates) {
            self.file.problem(
                content.origin(at),
                "this SQL deletes something, and no gate stands before it",
                "put it into a way out with `risk = \"destructive\"`, or write SQL that keeps the data",
            );
        }
        for at in sql::quoted_placeholders(&content.text) {
            self.file.problem(
                content.origin(at),
                "a placeholder stands in quotes",
                "leave the quotes out: the page adds the right ones",
            );
        }
    }

    /// `place="…"` and `edition="…"` of a fence, from byte `from` of its line on.
    fn attributes(&mut self, info: &str, mut from: usize, info_at: usize) -> (Option<String>, Option<String>) {
        let (mut place, mut edition) = (None, None);
        while let Some(rest) = info.get(from..).filter(|rest| !rest.trim().is_empty()) {
            let key_at = from + (rest.len() - rest.trim_start().len());
            let rest = info.get(key_at..).unwrap_or_default();
            let Some((key, (value, length))) = rest
                .split_once("=\"")
                .and_then(|(key, tail)| tail.split_once('"').map(|(v, _)| (key, (v, key.len() + v.len() + 3))))
            else {
                self.file.problem(
                    info_at + key_at,
                    format!("`{rest}` is not `name=\"value\"`"),
                    "write `place=\"…\"`, with straight quotes",
                );
                break;
            };
            match key {
                "place" if !value.trim().is_empty() => place = Some(value.to_owned()),
                "place" => self.file.problem(
                    info_at + key_at,
                    "`place` is empty",
                    "say where it runs: `place=\"your laptop, with psql\"`",
                ),
                "edition" => edition = Some(self.edition(value, info_at + key_at + "edition=\"".len())),
                other => self.file.problem(
                    info_at + key_at,
                    format!("unknown name `{other}` after the language"),
                    did_you_mean(other, ["place", "edition"]),
                ),
            }
            from = key_at + length;
        }
        (place, edition)
    }

    fn edition(&mut self, name: &str, at: usize) -> String {
        if name != EXTENSIONS && !self.editions.contains(&name) {
            self.file.problem(
                at,
                format!("there is no generated SQL named `{name}`"),
                did_you_mean(name, self.editions.iter().copied()),
            );
        }
        name.to_owned()
    }

    fn code_lines(&mut self, content: &Excerpt) -> Vec<Vec<Part>> {
        let text = content.text.strip_suffix('\n').unwrap_or(&content.text);
        let mut from = 0;
        let mut lines = Vec::new();
        for line in text.split('\n') {
            let excerpt = content.cut(from..from + line.len());
            from += line.len() + 1;
            lines.push(self.parts(&excerpt));
        }
        lines
    }

    fn parts(&mut self, excerpt: &Excerpt) -> Vec<Part> {
        let mut parts = Vec::new();
        for piece in pieces(&excerpt.text) {
            match piece {
                Piece::Text(text) => parts.push(Part::Text(text.to_owned())),
                Piece::Placeholder(key, at) => {
                    let made_of = if key == CONNECTION { &CONNECTION_OF[..] } else { &[key] };
                    for key in made_of {
                        self.placeholder(key, excerpt.origin(at));
                    }
                    parts.push(Part::Placeholder(key.trim().to_owned()));
                }
            }
        }
        parts
    }

    /// Notes the use of a placeholder, and whether there is such a one.
    fn placeholder(&mut self, written: &str, at: usize) {
        let key = written.trim();
        let is_known = self.placeholders.iter().any(|p| p.key == key);
        if !is_known {
            let suggestion = did_you_mean(key, self.placeholders.iter().map(|p| p.key.as_str()).collect::<Vec<_>>());
            self.file.problem(
                at,
                format!("unknown placeholder `{key}`"),
                format!("{suggestion} New ones are declared as `[[placeholder]]` in the front matter"),
            );
        } else if key != written {
            self.file.problem(at, format!("spaces inside the placeholder `{key}`"), format!("write `{{{{{key}}}}}`"));
        }
        if !self.used.iter().any(|k| k == key) {
            self.used.push(key.to_owned());
        }
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

    /// Inlines up to the next block or end; consumes only what it reads.
    fn inlines(&mut self, text: &Excerpt, events: &mut Events<'_>) -> Vec<Inline> {
        let mut out = Vec::new();
        let mut run = Excerpt::default();
        while let Some((event, range)) = events.next_if(|(event, _)| is_inline(event)) {
            let at = text.origin(range.start);
            match event {
                Event::Text(words) => {
                    run.push(&words, at);
                    continue;
                }
                Event::SoftBreak => {
                    run.push(" ", at);
                    continue;
                }
                _ => self.flush(&mut out, &mut run),
            }
            match event {
                Event::Code(code) => {
                    let written = text.text.get(range.clone()).unwrap_or_default();
                    let excerpt =
                        Excerpt::whole(&code, text.origin(range.start + written.find(code.as_ref()).unwrap_or(0)));
                    self.check_words(&excerpt);
                    out.push(Inline::Code(self.parts(&excerpt)));
                }
                Event::Start(Tag::Strong) => out.push(Inline::Strong(self.nested(text, events))),
                Event::Start(Tag::Emphasis) => out.push(Inline::Emphasis(self.nested(text, events))),
                Event::Start(Tag::Link { link_type, dest_url, .. }) => {
                    self.check_href(&dest_url, link_type, at);
                    let inlines = self.nested(text, events);
                    out.push(Inline::Link { href: dest_url.to_string(), inlines });
                }
                Event::Start(Tag::Image { .. }) => {
                    skip(events);
                    self.file.problem(
                        at,
                        "images are not allowed",
                        "say it in words: the page must work at once on any connection",
                    );
                }
                Event::InlineHtml(_) | Event::Html(_) => {
                    self.file.problem(
                        at,
                        "raw HTML is not allowed",
                        "write it in Markdown; a value to replace is `{{key}}`, a literal `<` goes into backticks",
                    );
                }
                Event::HardBreak => self.file.problem(
                    at,
                    "a forced line break is not allowed",
                    "remove the spaces or backslash at the line's end, or begin a new paragraph",
                ),
                _ => {}
            }
        }
        self.flush(&mut out, &mut run);
        out
    }

    fn nested(&mut self, text: &Excerpt, events: &mut Events<'_>) -> Vec<Inline> {
        let inlines = self.inlines(text, events);
        events.next();
        inlines
    }

    fn flush(&mut self, out: &mut Vec<Inline>, run: &mut Excerpt) {
        let run = std::mem::take(run);
        self.check_words(&run);
        for piece in pieces(&run.text) {
            match piece {
                Piece::Text(text) => out.push(Inline::Text(text.to_owned())),
                Piece::Placeholder(key, at) => {
                    self.placeholder(key, run.origin(at));
                    out.push(Inline::Placeholder(key.trim().to_owned()));
                }
            }
        }
    }

    fn check_words(&mut self, excerpt: &Excerpt) {
        for (range, instead) in words::find(&excerpt.text) {
            let word = excerpt.text.get(range.clone()).unwrap_or_default();
            self.file.problem(
                excerpt.origin(range.start),
                format!("`{word}` is a word of ours that readers never see"),
                instead,
            );
        }
    }

    fn check_href(&mut self, href: &str, link_type: LinkType, at: usize) {
        if let Some(id) = href.strip_prefix('#') {
            self.links.push((id.to_owned(), at));
        } else if matches!(link_type, LinkType::Email)
            || !(href.starts_with("https://") || (href.starts_with('/') && !href.starts_with("//")))
        {
            self.file.problem(at, format!("the link `{href}` leads nowhere safe"), "use `https://…`, `/page` or `#id`");
        }
    }
}

/// What stands inside a paragraph.
fn is_inline(event: &Event<'_>) -> bool {
    match event {
        Event::Text(_)
        | Event::Code(_)
        | Event::InlineHtml(_)
        | Event::Html(_)
        | Event::SoftBreak
        | Event::HardBreak => true,
        Event::Start(tag) => matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Link { .. } | Tag::Image { .. }),
        _ => false,
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

/// Takes ` {#id}` off the end of a heading.
fn take_id(inlines: &mut Vec<Inline>) -> Option<String> {
    let Some(Inline::Text(text)) = inlines.last_mut() else { return None };
    let (words, id) = text.trim_end().strip_suffix('}').and_then(|rest| rest.rsplit_once("{#"))?;
    let (words, id) = (words.trim_end().to_owned(), id.trim().to_owned());
    if words.is_empty() {
        inlines.pop();
    } else {
        *text = words;
    }
    Some(id)
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

/// Splits a text at `{{key}}`. Other double braces are text: code of other tools is full of them.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut from = 0;
    let mut search = 0;
    while let Some(open) = text.get(search..).and_then(|rest| rest.find("{{")).map(|at| search + at) {
        let inside = text.get(open + 2..).unwrap_or_default();
        let key = inside.split_once("}}").map(|(key, _)| key).filter(|key| is_key(key.trim()));
        let Some(key) = key else {
            search = open + 2;
            continue;
        };
        if open > from {
            pieces.push(Piece::Text(text.get(from..open).unwrap_or_default()));
        }
        pieces.push(Piece::Placeholder(key, open));
        from = open + 2 + key.len() + 2;
        search = from;
    }
    if from < text.len() {
        pieces.push(Piece::Text(text.get(from..).unwrap_or_default()));
    }
    pieces
}
