//! Finds the glossary's words in prose, once in each section, so that the page can explain them where they stand.
//!
//! The text stays as it is, byte for byte; only what holds it changes. Headings, links and blocks of code are left alone.

use std::collections::BTreeSet;

use super::glossary::Entry;
use crate::engine::page::{Block, Inline, Page, Part};
use crate::engine::training::Training;

/// Marks the words of a page: anew in what stands before the first section, and in each section.
pub(super) fn mark_page(page: &mut Page, glossary: &[Entry]) {
    mark(&mut page.lead, glossary);
    for section in &mut page.sections {
        mark(&mut section.blocks, glossary);
    }
}

/// Marks the words of the training; every exercise is a section.
pub(super) fn mark_training(training: &mut Training, glossary: &[Entry]) {
    mark_page(&mut training.start, glossary);
    for exercise in &mut training.exercises {
        mark(&mut exercise.why, glossary);
    }
}

fn mark(blocks: &mut [Block], glossary: &[Entry]) {
    Marker { glossary, seen: BTreeSet::new() }.blocks(blocks);
}

/// The words of one section still to be found.
struct Marker<'g> {
    glossary: &'g [Entry],
    seen: BTreeSet<&'g str>,
}

impl<'g> Marker<'g> {
    fn blocks(&mut self, blocks: &mut [Block]) {
        for block in blocks {
            match block {
                Block::Paragraph(inlines) => self.inlines(inlines),
                Block::List { items, .. } => items.iter_mut().for_each(|item| self.blocks(item)),
                Block::Quote(inner) => self.blocks(inner),
                Block::Correction(correction) => {
                    self.inlines(&mut correction.text);
                    // Folded away at first: what stands only here must still be found where it is in sight.
                    let in_sight = self.seen.clone();
                    self.inlines(&mut correction.why);
                    self.seen = in_sight;
                }
                Block::Heading { .. } | Block::Code(_) | Block::Sql { .. } | Block::Extensions { .. } => {}
            }
        }
    }

    fn inlines(&mut self, inlines: &mut Vec<Inline>) {
        let mut marked = Vec::new();
        for mut inline in std::mem::take(inlines) {
            match &mut inline {
                Inline::Text(text) => self.text(text, &mut marked),
                Inline::Code(parts) => {
                    let term = self.code(parts);
                    marked.push(match term {
                        Some(id) => Inline::Term { id, inlines: vec![inline] },
                        None => inline,
                    });
                }
                Inline::Strong(inner) | Inline::Emphasis(inner) => {
                    self.inlines(inner);
                    marked.push(inline);
                }
                Inline::Link { .. } | Inline::Placeholder(_) | Inline::Term { .. } => marked.push(inline),
            }
        }
        *inlines = marked;
    }

    /// A span of code is a term when it is nothing else.
    fn code(&mut self, parts: &[Part]) -> Option<String> {
        let [Part::Text(code)] = parts else { return None };
        let is_code = |entry: &&Entry| entry.spellings.iter().any(|spelling| spelling == code);
        let id = self.glossary.iter().find(is_code)?.term.id.as_str();
        self.seen.insert(id).then(|| id.to_owned())
    }

    fn text(&mut self, text: &str, marked: &mut Vec<Inline>) {
        let mut rest = text;
        while let Some((at, length, id)) = self.first(rest) {
            let (before, found) = rest.split_at(at);
            let (word, after) = found.split_at(length);
            if !before.is_empty() {
                marked.push(Inline::Text(before.to_owned()));
            }
            marked.push(Inline::Term { id: id.to_owned(), inlines: vec![Inline::Text(word.to_owned())] });
            self.seen.insert(id);
            rest = after;
        }
        if !rest.is_empty() {
            marked.push(Inline::Text(rest.to_owned()));
        }
    }

    /// The first word not yet seen, the longest where several begin: its place, its length in bytes, its term.
    fn first(&self, text: &str) -> Option<(usize, usize, &'g str)> {
        let unseen = self.glossary.iter().filter(|entry| !self.seen.contains(entry.term.id.as_str()));
        let spellings =
            unseen.flat_map(|entry| entry.spellings.iter().map(move |s| (s.as_str(), entry.term.id.as_str())));
        let found = spellings.filter_map(|(spelling, id)| Some((whole_word(text, spelling)?, spelling.len(), id)));
        found.min_by_key(|(at, length, _)| (*at, std::cmp::Reverse(*length)))
    }
}

/// Where a word first stands with no letter, digit, `_`, `-` or `.` joined to it, in any case of letters.
fn whole_word(text: &str, word: &str) -> Option<usize> {
    let (lower, word) = (text.to_ascii_lowercase(), word.to_ascii_lowercase());
    let joined = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    lower.match_indices(&word).map(|(at, _)| at).find(|at| {
        let before = lower.get(..*at).and_then(|text| text.chars().next_back());
        let mut after = lower.get(at + word.len()..).unwrap_or_default().chars();
        let follows = after.next();
        // A point ends a sentence, or joins a name: `render.yaml`.
        let name_goes_on = follows == Some('.') && after.next().is_some_and(char::is_alphanumeric);
        !before.is_some_and(|c| joined(c) || c == '.') && !follows.is_some_and(joined) && !name_goes_on
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::glossary::Term;
    use crate::engine::page::{Correction, Values, plain};

    fn glossary() -> Vec<Entry> {
        let entry = |id: &str, spellings: &[&str]| Entry {
            term: Term { id: id.into(), name: id.into(), meaning: Vec::new(), source: None },
            spellings: spellings.iter().map(|s| (*s).to_owned()).collect(),
        };
        vec![
            entry("head", &["head"]),
            entry("start-command", &["start command"]),
            entry("schema", &["schema", "schemas"]),
        ]
    }

    fn marked(inlines: Vec<Inline>) -> Vec<Inline> {
        let mut blocks = [Block::Paragraph(inlines)];
        mark(&mut blocks, &glossary());
        match blocks {
            [Block::Paragraph(inlines)] => inlines,
            _ => unreachable!("one paragraph in, one out"),
        }
    }

    fn text(text: &str) -> Inline {
        Inline::Text(text.to_owned())
    }

    /// The ids found in a text, and that the text is still the same.
    fn found(line: &str) -> Vec<String> {
        let inlines = marked(vec![text(line)]);
        assert_eq!(plain(&inlines, &Values::default()), line);
        let terms = inlines.into_iter().filter_map(|inline| match inline {
            Inline::Term { id, .. } => Some(id),
            _ => None,
        });
        terms.collect()
    }

    #[test]
    fn whole_words_in_any_case_once() {
        assert_eq!(found("Schemas have a head. Every schema."), ["schema", "head"]);
        assert_eq!(found("The start command, at the end: the Start Command."), ["start-command"]);
        assert_eq!(found("overhead, heads-up, head-on, head.txt, my.head, schema_x"), Vec::<String>::new());
        assert_eq!(found("It ends with head."), ["head"]);
        assert_eq!(found("é head ü"), ["head"]);
        assert_eq!(found(""), Vec::<String>::new());
    }

    #[test]
    fn code_is_a_term_only_as_a_whole() {
        let code = |code: &str| Inline::Code(vec![Part::Text(code.to_owned())]);
        assert!(matches!(marked(vec![code("head")]).as_slice(), [Inline::Term { id, .. }] if id == "head"));
        assert_eq!(marked(vec![code("alembic upgrade head")]), [code("alembic upgrade head")]);
        let placeholder = Inline::Code(vec![Part::Placeholder("head".into())]);
        assert_eq!(marked(vec![placeholder.clone()]), [placeholder]);
    }

    #[test]
    fn a_word_that_is_folded_away_is_found_again_in_sight() {
        let line = |words: &str| vec![text(words)];
        let correction = Correction {
            text: line("A head."),
            why: line("A head, a schema."),
            source: line("schema"),
            date: String::new(),
            edition: None,
        };
        let mut blocks = [Block::Correction(correction), Block::Paragraph(line("The head of a schema."))];
        mark(&mut blocks, &glossary());
        let [Block::Correction(correction), Block::Paragraph(after)] = blocks else { unreachable!("as they were") };
        let ids = |inlines: &[Inline]| {
            let id = |inline: &Inline| if let Inline::Term { id, .. } = inline { Some(id.clone()) } else { None };
            inlines.iter().filter_map(id).collect::<Vec<_>>()
        };
        assert_eq!(ids(&correction.text), ["head"]);
        assert_eq!(ids(&correction.why), ["schema"]);
        assert_eq!(ids(&after), ["schema"]);
        assert_eq!(ids(&correction.source), Vec::<String>::new());
    }

    #[test]
    fn links_are_left_alone_and_strong_words_are_not() {
        let link = Inline::Link { href: "/x".into(), inlines: vec![text("the schema")] };
        let inlines = marked(vec![link.clone(), Inline::Strong(vec![text("schema")])]);
        assert_eq!(inlines.first(), Some(&link));
        assert!(
            matches!(inlines.get(1), Some(Inline::Strong(inner)) if matches!(inner.as_slice(), [Inline::Term { .. }]))
        );
    }
}
