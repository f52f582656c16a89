//! Markdown with TOML front matter → typed pages, and every mistake in it at once.
//!
//! Comes in: the text of a content file and the names it may use. Goes out: the page **and** the problems, never one instead of
//! the other. Must not know: files, folders, the command line, the browser. `build.rs` and `runbook check` call the same functions.
//!
//! What authors write beside plain Markdown:
//! - front matter in TOML between two lines `+++`;
//! - `{{db_user}}` in text, code spans and code blocks: a value of the reader's, declared in the front matter;
//! - `## Heading {#id}`: a stable id; without it the id is made from the words;
//! - a fence ```` ```sql place="your laptop, with psql" edition="as-written" ````: every block says where it runs; an empty body with
//!   an `edition` is a place the SQL generator fills;
//! - a fence ```` ```today ```` holding TOML (`text`, `why`, `source`, `date`, optional `edition`): what is different today from the
//!   words that follow. The page adds the word "Today:". With `edition` the next block must be code: the main copy button then
//!   copies that SQL.
//!
//! How a way out's steps are written says `steps`, and what programs are told of each `step_data`.
//!
//! Raw HTML, images, rulers, indented code and forced line breaks are refused: the page has no place for them.

use std::collections::BTreeMap;

use crate::author::problem::ContentProblem;
use crate::engine::page::{Block, Costs, Inline, Kind, OutcomePage, Page, Placeholder, Risk, Section};
use crate::engine::plan::data::StepData;

mod blocks;
mod commands;
pub(super) mod fields;
pub mod mojibake;
pub mod nearest;
mod placement;
mod sql;
mod step_data;
mod steps;
pub(super) mod text;
pub mod words;

use blocks::Reader;
use fields::Fields;
use nearest::did_you_mean;
use text::{Excerpt, File};

/// The names a content file may use that are defined elsewhere.
#[derive(Clone, Copy, Debug, Default)]
pub struct Known<'a> {
    /// Generated SQL texts.
    pub editions: &'a [&'a str],
    /// Placeholders declared by the runbook this file belongs to.
    pub placeholders: &'a [Placeholder],
}

/// What was read and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parsed<T> {
    /// As much as could be read.
    pub value: T,
    /// Every problem, in the order of the file.
    pub problems: Vec<ContentProblem>,
}

/// Reads a runbook page.
pub fn runbook(file: &str, slug: &str, text: &str, known: &Known<'_>) -> Parsed<Page> {
    let mut file = File::new(file, text);
    let (front, body) = front_matter(&mut file);
    let table = fields::parse(&mut file, &front);
    let mut fields = Fields::new(&table, &front, front.origin(0));
    let summary = fields.required(&mut file, "summary", "one sentence for lists of pages");
    let declared = placeholders(&mut file, &mut fields);
    fields.finish(&mut file, "the front matter of a runbook");

    let all: Vec<Placeholder> =
        declared.iter().map(|(p, _)| p.clone()).chain(known.placeholders.iter().cloned()).collect();
    let mut reader = Reader::new(&mut file, known.editions, &all);
    let blocks = reader.all(&body);
    reader.check_links();
    let used = reader.used;
    unused(&mut file, &declared, &used);
    let (title, lead, sections) = page_parts(&mut file, &body, blocks);
    let summary = summary.map(|excerpt| excerpt.text).unwrap_or_default();
    // Where it stands depends on which runbook is the first.
    let address = String::new();
    let value = Page { slug: slug.to_owned(), address, title, summary, lead, sections, placeholders: all };
    Parsed { value, problems: file.into_problems() }
}

/// An outcome's file: what pages show of it, and what programs are told of its steps, by the step's id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutcomeFile {
    /// What pages show.
    pub page: OutcomePage,
    /// What programs are told.
    pub step_data: BTreeMap<String, StepData>,
}

/// Reads a way out: its costs in the front matter, its steps under the fixed headings.
pub fn outcome(file: &str, id: &str, text: &str, known: &Known<'_>) -> Parsed<OutcomeFile> {
    let mut file = File::new(file, text);
    let (front_text, body) = front_matter(&mut file);
    let front = outcome_front(&mut file, &front_text);
    let all: Vec<Placeholder> =
        front.declared.iter().map(|(p, _)| p.clone()).chain(known.placeholders.iter().cloned()).collect();

    let mut reader = Reader::new(&mut file, known.editions, &all);
    reader.may_delete = front.risk == Risk::Destructive;
    reader.may_change = front.risk != Risk::None;
    reader.has_steps = true;
    let mut line = |excerpt: Option<Excerpt>| excerpt.map(|e| reader.line(&e)).unwrap_or_default();
    let (title, summary) = (line(front.title), line(front.summary));
    let instead = front.instead.map(|excerpt| line(Some(excerpt)));
    let milder = front.milder.map(|excerpt| line(Some(excerpt)));
    let [data, time, undo] = front.costs.map(line);
    let blocks = reader.all(&body);
    let (used, shown) = (reader.used, reader.editions_shown);

    unused(&mut file, &front.declared, &used);
    editions_agree(&mut file, &front.editions, &shown, front.editions_at);
    let (steps, step_data) = steps::plan(&mut file, body.origin(0), blocks, front.risk);
    let page = OutcomePage {
        id: id.to_owned(),
        title,
        risk: front.risk,
        summary,
        instead,
        milder,
        costs: Costs { data, time, undo },
        editions: front.editions.into_iter().map(|excerpt| excerpt.text).collect(),
        anchor: front.anchor.map(|excerpt| excerpt.text),
        runbook: front.runbook.map(|excerpt| excerpt.text).unwrap_or_default(),
        steps,
        placeholders: all.into_iter().filter(|p| used.contains(&p.key)).collect(),
    };
    let value = OutcomeFile { page, step_data };
    Parsed { value, problems: file.into_problems() }
}

/// The front matter of a way out, before its texts are read as Markdown.
struct OutcomeFront {
    title: Option<Excerpt>,
    risk: Risk,
    summary: Option<Excerpt>,
    instead: Option<Excerpt>,
    milder: Option<Excerpt>,
    runbook: Option<Excerpt>,
    anchor: Option<Excerpt>,
    editions: Vec<Excerpt>,
    editions_at: usize,
    declared: Vec<(Placeholder, usize)>,
    /// Data, time, undo.
    costs: [Option<Excerpt>; 3],
}

fn outcome_front(file: &mut File<'_>, front: &Excerpt) -> OutcomeFront {
    let table = fields::parse(file, front);
    let mut fields = Fields::new(&table, front, front.origin(0));
    let costs = fields.table(file, "costs", "with `data`, `time` and `undo`").map(|mut costs| {
        let texts = [
            costs.required(file, "data", "what happens to data"),
            costs.required(file, "time", "how long it takes"),
            costs.required(file, "undo", "how to take it back"),
        ];
        costs.finish(file, "`[costs]`");
        texts
    });
    let risk = risk(file, &mut fields);
    let milder = match risk {
        Risk::None => fields.optional(file, "milder"),
        _ => fields.required(file, "milder", "why nothing milder is enough"),
    };
    let front = OutcomeFront {
        title: fields.required(file, "title", "the name on screen"),
        risk,
        summary: fields.required(file, "summary", "one sentence: what it is and when it is right"),
        instead: fields.optional(file, "instead"),
        milder,
        runbook: fields.required(file, "runbook", "the slug of the runbook it belongs to"),
        anchor: fields.optional(file, "anchor"),
        editions: fields.strings(file, "editions"),
        editions_at: fields.place("editions"),
        declared: placeholders(file, &mut fields),
        costs: costs.unwrap_or_default(),
    };
    fields.finish(file, "the front matter of a way out");
    front
}

/// Reads the Markdown of any other content file from byte `start` on; line numbers are the whole file's.
pub fn body(file: &str, text: &str, start: usize, known: &Known<'_>) -> Parsed<Vec<Block>> {
    let mut file = File::new(file, text);
    let body = Excerpt::whole(text.get(start..).unwrap_or_default(), start);
    let mut reader = Reader::new(&mut file, known.editions, known.placeholders);
    let blocks = reader.all(&body).into_iter().map(|(block, _)| block).collect();
    Parsed { value: blocks, problems: file.into_problems() }
}

/// Reads one line of Markdown that stands in another file from byte `at` on.
pub fn line(file: &str, text: &str, at: usize, line: &str, known: &Known<'_>) -> Parsed<Vec<Inline>> {
    let mut file = File::new(file, text);
    let value = Reader::new(&mut file, known.editions, known.placeholders).line(&Excerpt::whole(line, at));
    Parsed { value, problems: file.into_problems() }
}

/// Front matter between two lines `+++`: its text, the byte where it starts, and the byte where the body starts.
pub fn split_front_matter(text: &str) -> Option<(&str, usize, usize)> {
    let rest = text.strip_prefix("+++\n")?;
    let (front, after) = match rest.strip_prefix("+++\n") {
        Some(_) => ("", 4),
        None => rest.split_once("\n+++\n").map(|(front, _)| (front, front.len() + 5))?,
    };
    Some((front, 4, 4 + after))
}

fn front_matter(file: &mut File<'_>) -> (Excerpt, Excerpt) {
    let text = file.text;
    if let Some((front, start, body)) = split_front_matter(text) {
        return (Excerpt::whole(front, start), Excerpt::whole(text.get(body..).unwrap_or_default(), body));
    }
    file.problem(0, "there is no front matter", "begin the file with a line `+++`, its TOML, and another line `+++`");
    (Excerpt::whole("", 0), Excerpt::whole(text, 0))
}

/// Text of any content file that was read in the wrong encoding on its way here, or that is not UTF-8.
pub(in crate::author) fn check_encoding(name: &str, text: &str) -> Vec<ContentProblem> {
    let mut file = File::new(name, text);
    for broken in mojibake::find(text) {
        let (message, suggestion) = if broken.meant == char::REPLACEMENT_CHARACTER {
            let message = "this is not UTF-8, or was not when it was saved last";
            (message.to_owned(), "write here what was meant, and save the file as UTF-8".to_owned())
        } else {
            let message = format!("`{}` is text read in the wrong encoding", broken.found);
            (message, format!("write `{}` and save the file as UTF-8", broken.meant))
        };
        file.problem(broken.at, message, suggestion);
    }
    if let Some(at) = text.find('\r') {
        file.problem(at, "this line ends in CR and LF", "save the file with LF alone at the end of each line");
    }
    file.into_problems()
}

/// The declared placeholders, each with the place of its key.
fn placeholders(file: &mut File<'_>, fields: &mut Fields<'_>) -> Vec<(Placeholder, usize)> {
    let excerpt = fields.excerpt();
    let mut declared: Vec<(Placeholder, usize)> = Vec::new();
    for (table, at) in fields.tables(file, "placeholder") {
        let mut fields = Fields::new(table, excerpt, at);
        let key = fields.required(file, "key", "the name between `{{` and `}}`");
        let kind = fields.required(file, "kind", "`ident` for a name in the database, else `text`");
        let source = fields.required(file, "source", "what the page shows while nothing is filled in");
        let label = fields.required(file, "label", "the label of its field");
        let asked = fields.flag(file, "field", true);
        let place = fields.place("key");
        let kind_place = fields.place("kind");
        fields.finish(file, "`[[placeholder]]`");
        let (Some(key), Some(source), Some(label)) = (key, source, label) else { continue };
        let kind = match kind.as_ref().map(|k| k.text.as_str()) {
            Some("ident") => Kind::Ident,
            Some("text") | None => Kind::Text,
            Some(other) => {
                file.problem(kind_place, format!("unknown kind `{other}`"), did_you_mean(other, ["ident", "text"]));
                Kind::Text
            }
        };
        if !blocks::is_key(&key.text) {
            file.problem(
                place,
                format!("`{}` cannot be a placeholder's key", key.text),
                "use small letters, digits and `_`, beginning with a letter",
            );
        }
        if declared.iter().any(|(p, _)| p.key == key.text) {
            file.problem(place, format!("placeholder `{}` is declared twice", key.text), "remove one of the two");
        } else {
            let placeholder = Placeholder { key: key.text, kind, source: source.text, label: label.text, asked };
            declared.push((placeholder, place));
        }
    }
    declared
}

fn unused(file: &mut File<'_>, declared: &[(Placeholder, usize)], used: &[String]) {
    for (placeholder, at) in declared {
        if !used.contains(&placeholder.key) {
            file.problem(
                *at,
                format!("placeholder `{}` is never used", placeholder.key),
                format!("write `{{{{{}}}}}` where it belongs, or remove it", placeholder.key),
            );
        }
    }
}

fn risk(file: &mut File<'_>, fields: &mut Fields<'_>) -> Risk {
    let word = fields.required(file, "risk", "`none`, `reversible`, `migrates`, `interrupts` or `destructive`");
    let word = word.as_ref().map_or("none", |word| word.text.as_str());
    Risk::from_id(word).unwrap_or_else(|| {
        let place = fields.place("risk");
        file.problem(place, format!("unknown risk `{word}`"), did_you_mean(word, Risk::ALL.map(Risk::id)));
        Risk::Destructive
    })
}

/// The front matter's `editions` and the SQL the steps show are the same set.
fn editions_agree(file: &mut File<'_>, named: &[Excerpt], shown: &[String], missing_at: usize) {
    for excerpt in named {
        if !shown.contains(&excerpt.text) {
            file.problem(
                excerpt.origin(0),
                format!("SQL `{}` is named but no step shows it", excerpt.text),
                "show it in a step, or remove it here",
            );
        }
    }
    for name in shown {
        if !named.iter().any(|excerpt| excerpt.text == *name) {
            file.problem(
                missing_at,
                format!("a step shows SQL `{name}` that `editions` does not name"),
                format!("add \"{name}\" to `editions`"),
            );
        }
    }
}

/// Splits the blocks of a page at its headings: the title, what stands before the first section, the sections.
fn page_parts(
    file: &mut File<'_>,
    body: &Excerpt,
    blocks: Vec<(Block, usize)>,
) -> (Vec<Inline>, Vec<Block>, Vec<Section>) {
    let (mut title, mut lead, mut sections): (Option<Vec<Inline>>, Vec<Block>, Vec<Section>) =
        (None, Vec::new(), Vec::new());
    for (block, at) in blocks {
        match block {
            Block::Heading { level: 1, inlines, .. } if title.is_none() => title = Some(inlines),
            Block::Heading { level: 1, .. } => file.problem(at, "a second title", "use `##` for a section"),
            Block::Heading { level: 2, id, inlines } => {
                sections.push(Section { id, title: inlines, blocks: Vec::new() });
            }
            other => match sections.last_mut() {
                Some(section) => section.blocks.push(other),
                None => lead.push(other),
            },
        }
    }
    if title.is_none() {
        file.problem(body.origin(0), "there is no title", "begin the page with a line `# Title`");
    }
    (title.unwrap_or_default(), lead, sections)
}

#[cfg(test)]
mod tests;
