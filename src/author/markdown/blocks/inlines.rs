//! What stands inside a paragraph or a line of code: words, links, placeholders.

use pulldown_cmark::{Event, LinkType, Tag};

use super::{Events, Reader, is_key, skip};
use crate::author::markdown::nearest::did_you_mean;
use crate::author::markdown::text::Excerpt;
use crate::author::markdown::words;
use crate::engine::page::{Inline, Part, made_of};

/// A piece of a text: as it stands, or a placeholder; with its offset.
pub(in crate::author::markdown) enum Piece<'t> {
    Text(&'t str),
    Placeholder(&'t str, usize),
}

impl Reader<'_, '_> {
    pub(super) fn parts(&mut self, excerpt: &Excerpt) -> Vec<Part> {
        let mut parts = Vec::new();
        for piece in pieces(&excerpt.text) {
            match piece {
                Piece::Text(text) => parts.push(Part::Text(text.to_owned())),
                Piece::Placeholder(key, at) => {
                    for key in made_of(key) {
                        self.placeholder(key, excerpt.origin(at));
                    }
                    parts.push(Part::Placeholder(key.trim().to_owned()));
                }
            }
        }
        parts
    }

    /// Notes the use of a placeholder, and whether there is such a one.
    pub(super) fn placeholder(&mut self, written: &str, at: usize) {
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

    /// Inlines up to the next block or end; consumes only what it reads.
    pub(super) fn inlines(&mut self, text: &Excerpt, events: &mut Events<'_>) -> Vec<Inline> {
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

    pub(super) fn nested(&mut self, text: &Excerpt, events: &mut Events<'_>) -> Vec<Inline> {
        let inlines = self.inlines(text, events);
        events.next();
        inlines
    }

    pub(super) fn flush(&mut self, out: &mut Vec<Inline>, run: &mut Excerpt) {
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

    pub(super) fn check_words(&mut self, excerpt: &Excerpt) {
        for (range, instead) in words::find(&excerpt.text) {
            let word = excerpt.text.get(range.clone()).unwrap_or_default();
            self.file.problem(
                excerpt.origin(range.start),
                format!("`{word}` is a word of ours that readers never see"),
                instead,
            );
        }
    }

    pub(super) fn check_href(&mut self, href: &str, link_type: LinkType, at: usize) {
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
pub(super) fn is_inline(event: &Event<'_>) -> bool {
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

/// Splits a text at `{{key}}`. Other double braces are text: code of other tools is full of them.
pub(in crate::author::markdown) fn pieces(text: &str) -> Vec<Piece<'_>> {
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
