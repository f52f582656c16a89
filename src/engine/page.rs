//! Pages as plain data: what a runbook says, block by block, with the places a reader's own values go.
//!
//! Comes in: nothing; the author side (`crate::author::markdown`) builds these values from Markdown at build time and they travel
//! encoded. Goes out: a table of contents, the plain text of a page, and text with the reader's values filled in.
//! Must not know: Markdown, HTML, the browser, or how a value is quoted for SQL ([`super::sql`] does).
//!
//! ```
//! use runbook::engine::page::{Form, Kind, Part, Placeholder, Value, Values, fill};
//! use runbook::engine::sql::Ident;
//! let declared = [Placeholder { key: "db_user".into(), kind: Kind::Ident, source: "app_user".into(), label: "User".into(), asked: true }];
//! let line = [Part::Text("GRANT ALL ON SCHEMA public TO ".into()), Part::Placeholder("db_user".into()), Part::Text(";".into())];
//! let mut values = Values::unfilled(&declared);
//! assert_eq!(fill(&line, &values, Form::Sql), "GRANT ALL ON SCHEMA public TO app_user;");
//! values.set("db_user", Value::ident(&Ident::role("My-User").expect("accepted").ident));
//! assert_eq!(fill(&line, &values, Form::Sql), "GRANT ALL ON SCHEMA public TO \"My-User\";");
//! assert_eq!(fill(&line, &values, Form::Shown), "GRANT ALL ON SCHEMA public TO My-User;");
//! ```

mod values;

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::plan::Group;
pub use super::risk::Risk;
pub use values::{Form, Kind, Part, Placeholder, Unfit, Value, Values, file_of, fill, is_built_in, made_of};

/// A runbook page: a title, what stands before the first section, and the sections.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    /// The name of its folder.
    pub slug: String,
    /// Where it stands on the site: `/runbook`, or `/runbooks/<slug>` for every one but the first.
    pub address: String,
    /// The one level-1 heading.
    pub title: Vec<Inline>,
    /// One plain sentence for lists of pages and search engines.
    pub summary: String,
    /// Blocks between the title and the first section.
    pub lead: Vec<Block>,
    /// One for each level-2 heading, in order.
    pub sections: Vec<Section>,
    /// The values a reader replaces, in the order of declaration.
    pub placeholders: Vec<Placeholder>,
}

/// A level-2 heading and everything up to the next one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// Stable id, used in addresses (`#option-a`).
    pub id: String,
    /// The words of the heading.
    pub title: Vec<Inline>,
    /// What the section says.
    pub blocks: Vec<Block>,
}

/// One piece of a page, from top to bottom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Block {
    /// A heading below the section's own (level 3 and deeper).
    Heading {
        /// 3 to 6.
        level: u8,
        /// Stable id, unique on the page.
        id: String,
        /// The words.
        inlines: Vec<Inline>,
    },
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A list; each item is a sequence of blocks.
    List {
        /// Numbered steps when true, bullets when false.
        ordered: bool,
        /// Number of the first item (1 for bullets).
        start: u32,
        /// The items.
        items: Vec<Vec<Block>>,
    },
    /// A quotation; the source runbook uses it for its warning.
    Quote(Vec<Block>),
    /// Code to read or copy.
    Code(Code),
    /// A place where generated SQL stands: the text comes from the SQL generator.
    Sql {
        /// Which generated text.
        edition: String,
        /// Where it is run, in words for the reader.
        place: String,
    },
    /// A place for the SQL that creates extensions again, made of what the server said.
    Extensions {
        /// Where it is run, in words for the reader.
        place: String,
    },
    /// What is different today from the words that follow.
    Correction(Correction),
}

/// A block of code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Code {
    /// First word of the fence: `sql`, `sh`, `bash`, `text` …
    pub language: String,
    /// Where it runs, in words for the reader: "your laptop, with psql".
    pub place: String,
    /// The generated SQL text this block is the same as, if any (`as-written`).
    pub edition: Option<String>,
    /// The lines, without line ends.
    pub lines: Vec<Vec<Part>>,
    /// Of a command in `sh`: the same for PowerShell on Windows, when it is another.
    pub windows: Vec<Vec<Part>>,
    /// Which lines are copied together, of either: of a shell each command alone.
    pub commands: [Vec<Range<usize>>; 2],
}

/// What is different today. It stands before the words it corrects, which keep their wording.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// The line itself, without the word "Today:", which the page adds.
    pub text: Vec<Inline>,
    /// Why, folded away at first.
    pub why: Vec<Inline>,
    /// Where this is known from.
    pub source: Vec<Inline>,
    /// The day it was last checked, `2026-11-22`.
    pub date: String,
    /// The safe generated SQL that the main copy button takes in place of the code block that follows.
    pub edition: Option<String>,
}

/// One piece of a line of text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Inline {
    /// Plain words.
    Text(String),
    /// Words set as code.
    Code(Vec<Part>),
    /// Strong words.
    Strong(Vec<Inline>),
    /// Emphasised words.
    Emphasis(Vec<Inline>),
    /// A link.
    Link {
        /// `https://…`, `/path` or `#id`.
        href: String,
        /// The words.
        inlines: Vec<Inline>,
    },
    /// A value of the reader's, by key.
    Placeholder(String),
    /// A word that is explained, where it first stands in a section.
    Term {
        /// The glossary's id.
        id: String,
        /// The word as it stands.
        inlines: Vec<Inline>,
    },
}

impl Code {
    /// The lines for Windows or for any other computer, which of them are copied together, and the form that values have in them.
    pub fn lines_for(&self, windows: bool) -> (&[Vec<Part>], &[Range<usize>], Form) {
        let [posix, power_shell] = &self.commands;
        if windows && !self.windows.is_empty() {
            (&self.windows, power_shell, Form::PowerShell)
        } else {
            (&self.lines, posix, Form::of_language(&self.language))
        }
    }
}

/// A whole code block with the values filled in, each line ended by LF.
pub fn fill_code(code: &Code, values: &Values) -> String {
    let (lines, _, form) = code.lines_for(false);
    fill_lines(lines, values, form)
}

/// Lines as they are copied, without a line end after the last: a shell would run that one at once. Where the reader has values to
/// fill in first, these: an example is never copied. What has no field of its own comes from the team file.
///
/// # Errors
/// The placeholders to fill in, in order.
pub fn copied<'p>(
    lines: &[Vec<Part>],
    form: Form,
    values: &Values,
    placeholders: &'p [Placeholder],
) -> Result<String, Vec<&'p Placeholder>> {
    let unfilled = values.unfilled_in(lines);
    let asked = unfilled.iter().filter_map(|key| placeholders.iter().find(|p| p.key == *key && p.asked));
    let asked: Vec<&Placeholder> = asked.collect();
    if !asked.is_empty() {
        return Err(asked);
    }
    let mut text = fill_lines(lines, values, form);
    text.truncate(text.trim_end_matches('\n').len());
    Ok(text)
}

/// Lines of code with the values filled in, each ended by LF.
pub fn fill_lines(lines: &[Vec<Part>], values: &Values, form: Form) -> String {
    let mut out = String::new();
    for line in lines {
        out.push_str(&fill(line, values, form));
        out.push('\n');
    }
    out
}

/// The words of a line of text with the values filled in, without any marking.
pub fn plain(inlines: &[Inline], values: &Values) -> String {
    let mut out = String::new();
    push_plain(&mut out, inlines, values);
    out
}

fn push_plain(out: &mut String, inlines: &[Inline], values: &Values) {
    for inline in inlines {
        match inline {
            Inline::Text(text) => out.push_str(text),
            Inline::Code(parts) => out.push_str(&fill(parts, values, Form::Shown)),
            Inline::Strong(inner)
            | Inline::Emphasis(inner)
            | Inline::Link { inlines: inner, .. }
            | Inline::Term { inlines: inner, .. } => push_plain(out, inner, values),
            Inline::Placeholder(key) => out.push_str(&values.get(key, Form::Shown)),
        }
    }
}

/// Whether the plain text of a page holds its corrections.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Corrections {
    /// One line each, beginning "Today:".
    Shown,
    /// Only the source's words.
    Hidden,
}

/// The plain text of blocks, one line for each paragraph, heading and line of code.
pub fn plain_text(blocks: &[Block], values: &Values, corrections: Corrections) -> String {
    let mut out = String::new();
    push_blocks(&mut out, blocks, values, corrections);
    out
}

fn push_blocks(out: &mut String, blocks: &[Block], values: &Values, corrections: Corrections) {
    for block in blocks {
        match block {
            Block::Heading { inlines, .. } | Block::Paragraph(inlines) => push_line(out, &plain(inlines, values)),
            Block::List { items, .. } => items.iter().for_each(|item| push_blocks(out, item, values, corrections)),
            Block::Quote(inner) => push_blocks(out, inner, values, corrections),
            Block::Code(code) => out.push_str(&fill_code(code, values)),
            Block::Correction(correction) if corrections == Corrections::Shown => {
                push_line(out, &format!("Today: {}", plain(&correction.text, values)));
            }
            Block::Sql { .. } | Block::Extensions { .. } | Block::Correction(_) => {}
        }
    }
}

fn push_line(out: &mut String, line: &str) {
    out.push_str(line);
    out.push('\n');
}

/// One line of a table of contents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// 2 for a section, 3 and more inside it.
    pub level: u8,
    /// The id to link to, without `#`.
    pub id: String,
    /// The heading's words.
    pub text: String,
}

/// The address of the first runbook, the one the start page shows.
pub const FIRST_ADDRESS: &str = "/runbook";

impl Page {
    /// Whether this is the runbook of the start page.
    pub fn is_first(&self) -> bool {
        self.address == FIRST_ADDRESS
    }

    /// The table of contents, in page order.
    pub fn contents(&self) -> Vec<Entry> {
        let values = Values::unfilled(&self.placeholders);
        let mut entries = Vec::new();
        for section in &self.sections {
            entries.push(Entry { level: 2, id: section.id.clone(), text: plain(&section.title, &values) });
            for block in &section.blocks {
                if let Block::Heading { level, id, inlines } = block {
                    entries.push(Entry { level: *level, id: id.clone(), text: plain(inlines, &values) });
                }
            }
        }
        entries
    }

    /// The words of the title.
    pub fn title_text(&self) -> String {
        plain(&self.title, &Values::unfilled(&self.placeholders))
    }

    /// The section with this id.
    pub fn section(&self, id: &str) -> Option<&Section> {
        self.sections.iter().find(|section| section.id == id)
    }

    /// The whole page as plain text, top to bottom.
    pub fn plain_text(&self, values: &Values, corrections: Corrections) -> String {
        let mut out = String::new();
        push_line(&mut out, &plain(&self.title, values));
        push_blocks(&mut out, &self.lead, values, corrections);
        for section in &self.sections {
            push_line(&mut out, &plain(&section.title, values));
            push_blocks(&mut out, &section.blocks, values, corrections);
        }
        out
    }

    /// Every correction, in page order.
    pub fn corrections(&self) -> Vec<&Correction> {
        let sections = self.sections.iter().flat_map(|section| every_block(&section.blocks));
        let blocks = every_block(&self.lead).into_iter().chain(sections);
        blocks
            .filter_map(|block| if let Block::Correction(correction) = block { Some(correction) } else { None })
            .collect()
    }
}

/// Blocks in reading order, each before those inside it.
pub fn every_block(blocks: &[Block]) -> Vec<&Block> {
    blocks
        .iter()
        .flat_map(|block| {
            let inside = match block {
                Block::List { items, .. } => items.iter().flat_map(|item| every_block(item)).collect(),
                Block::Quote(inner) => every_block(inner),
                _ => Vec::new(),
            };
            std::iter::once(block).chain(inside)
        })
        .collect()
}

/// The code among blocks and inside them, in reading order.
pub fn every_code(blocks: &[Block]) -> Vec<&Code> {
    every_block(blocks)
        .into_iter()
        .filter_map(|block| if let Block::Code(code) = block { Some(code) } else { None })
        .collect()
}

/// One way out: what it costs and its ordered steps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutcomePage {
    /// Id of the contract, `option-a`; never shown.
    pub id: String,
    /// The name on screen.
    pub title: Vec<Inline>,
    /// The most it can do to data.
    pub risk: Risk,
    /// One sentence: what it is and when it is right.
    pub summary: Vec<Inline>,
    /// Why it is suggested first where the source runbook says Option A, as the end of a sentence.
    pub instead: Option<Vec<Inline>>,
    /// Why nothing milder is enough; `None` only where no data is changed. It travels with the steps.
    pub milder: Option<Vec<Inline>>,
    /// What it costs.
    pub costs: Costs,
    /// Generated SQL it uses, in the order of use.
    pub editions: Vec<String>,
    /// The section of the runbook it comes from, if any.
    pub anchor: Option<String>,
    /// Slug of the runbook whose placeholders and sections it uses.
    pub runbook: String,
    /// The steps, grouped; once checked they travel apart ([`super::later::Later::steps`]).
    pub steps: Vec<Group>,
    /// Every placeholder used here, its own and the runbook's.
    pub placeholders: Vec<Placeholder>,
}

impl OutcomePage {
    /// The name on screen as plain words.
    pub fn title_text(&self) -> String {
        plain(&self.title, &Values::unfilled(&self.placeholders))
    }

    /// The group of steps with this id.
    pub fn group(&self, id: &str) -> Option<&Group> {
        self.steps.iter().find(|group| group.id == id)
    }
}

/// What a way out costs, in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Costs {
    /// What happens to data.
    pub data: Vec<Inline>,
    /// How long it takes.
    pub time: Vec<Inline>,
    /// How to take it back.
    pub undo: Vec<Inline>,
}

#[cfg(test)]
mod tests {
    use super::values::tests::{declared, line};
    use super::*;

    #[test]
    fn a_page_survives_its_encoding() {
        let page = Page {
            slug: "x".into(),
            address: "/runbook".into(),
            title: vec![Inline::Text("X".into())],
            summary: String::new(),
            lead: vec![Block::Sql { edition: "state".into(), place: "here".into() }],
            sections: vec![Section {
                id: "s".into(),
                title: vec![Inline::Code(line())],
                blocks: vec![
                    Block::Heading { level: 3, id: "h".into(), inlines: vec![Inline::Placeholder("db_user".into())] },
                    Block::Correction(Correction {
                        text: vec![Inline::Strong(vec![Inline::Text("t".into())])],
                        why: vec![],
                        source: vec![Inline::Link { href: "#s".into(), inlines: vec![] }],
                        date: "2026-11-22".into(),
                        edition: None,
                    }),
                ],
            }],
            placeholders: declared(),
        };
        let bytes = postcard::to_allocvec(&page).expect("encodes");
        let back: Page = postcard::from_bytes(&bytes).expect("decodes");
        assert_eq!(back, page);
        let contents: Vec<_> = page.contents().into_iter().map(|e| (e.level, e.id, e.text)).collect();
        assert_eq!(contents, [(2, "s".into(), "TO example_user;".into()), (3, "h".into(), "example_user".into())]);
        let values = Values::unfilled(&page.placeholders);
        assert_eq!(page.plain_text(&values, Corrections::Shown), "X\nTO example_user;\nexample_user\nToday: t\n");
        assert_eq!(page.plain_text(&values, Corrections::Hidden), "X\nTO example_user;\nexample_user\n");
        assert_eq!(page.corrections().len(), 1);
        assert_eq!(page.title_text(), "X");
    }
}
