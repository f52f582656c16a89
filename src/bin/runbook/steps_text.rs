//! The steps of a plan as text for people: everything a page shows, with the names filled in.

use runbook::engine::contradiction::{Contradiction, Side, Source};
use runbook::engine::page::{Block, Code, Inline, OutcomePage, fill_lines, plain};
use runbook::engine::plan::data::PlanNames;
use runbook::engine::plan::{Group, Note, Only, Step};
use runbook::engine::risk::Risk;
use runbook::engine::sql::{Edition, compose};

/// The outcome's title and all its steps.
pub(super) fn steps_text(way: &OutcomePage, groups: &[Group], names: &PlanNames) -> String {
    let mut writer = Writer { names, out: String::new(), scripts: Vec::new() };
    writer.line(0, &format!("{} ({})", way.title_text(), way.risk.shown()));
    writer.line(0, &writer.words(&way.summary));
    let mut number = 0;
    for group in groups {
        writer.line(0, "");
        writer.line(0, &group.title);
        for step in &group.steps {
            number += 1;
            writer.step(number, step);
        }
    }
    writer.all_scripts();
    writer.out
}

/// Both sides of a contradiction, and what settles it.
pub(super) fn contradiction_text(found: &Contradiction) -> String {
    let side = |side: &Side| {
        let source = match side.source {
            Source::Log => "the log",
            Source::Answer => "your answer",
            Source::Server => "the server",
            Source::Name => "the name",
        };
        format!("  {source}: {}\n", side.text)
    };
    let sides: String = found.sides.iter().map(side).collect();
    let again =
        found.stand_by.as_ref().map(|name| format!(" If both are so, type the name again: --set stand-by={name}"));
    format!(
        "Stop: two things cannot both be true.\n{sides}Take one of them back: another answer, or the output of the right database.{}\n",
        again.unwrap_or_default()
    )
}

struct Writer<'n> {
    names: &'n PlanNames,
    out: String,
    /// The generated SQL the steps show, each once: its title and text.
    scripts: Vec<(String, String)>,
}

/// How far what a step says stands from the edge.
const INSIDE: usize = 4;

impl Writer<'_> {
    fn line(&mut self, indent: usize, text: &str) {
        self.out.push_str(format!("{}{text}", " ".repeat(indent)).trim_end());
        self.out.push('\n');
    }

    fn words(&self, words: &[Inline]) -> String {
        plain(words, &self.names.values)
    }

    fn step(&mut self, number: usize, step: &Step) {
        let risk = (step.risk != Risk::None).then(|| step.risk.shown().to_owned());
        let only = step.only.map(|only| if only == Only::Free { "free plan" } else { "paid plan" }.to_owned());
        let notes: Vec<String> = [risk, only].into_iter().flatten().collect();
        let notes = if notes.is_empty() { String::new() } else { format!(" ({})", notes.join("; ")) };
        let title = self.words(&step.title);
        self.line(0, "");
        self.line(0, &format!("{number:>2}. {title}{notes}"));
        self.blocks(INSIDE, &step.does);
        for (note, words) in &step.notes {
            let label = match note {
                Note::Expect => "Expect",
                Note::Verify => "Verify",
                Note::Undo => "Undo",
            };
            let words = self.words(words);
            self.line(INSIDE, &format!("{label}: {words}"));
        }
    }

    fn blocks(&mut self, indent: usize, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Paragraph(words) | Block::Heading { inlines: words, .. } => {
                    let words = self.words(words);
                    self.line(indent, &words);
                }
                Block::List { ordered, start, items } => self.list(indent, *ordered, *start, items),
                Block::Quote(inner) => self.blocks(indent, inner),
                Block::Code(code) => self.code(indent, code),
                Block::Sql { edition, place } => self.script(indent, edition, place),
                Block::Extensions { place } => self.extensions(indent, place),
                Block::Correction(correction) => {
                    let words = self.words(&correction.text);
                    self.line(indent, &format!("Today: {words}"));
                }
            }
        }
    }

    fn list(&mut self, indent: usize, ordered: bool, start: u32, items: &[Vec<Block>]) {
        for (number, item) in (start..).zip(items) {
            let mark = if ordered { format!("{number}. ") } else { "- ".to_owned() };
            let mut inner = Writer { names: self.names, out: String::new(), scripts: Vec::new() };
            inner.blocks(indent + mark.len(), item);
            let text = inner.out.trim_start().to_owned();
            self.out.extend([&" ".repeat(indent), mark.as_str(), &text]);
        }
    }

    fn code(&mut self, indent: usize, code: &Code) {
        let (lines, _, form) = code.lines_for(false);
        let text = fill_lines(lines, &self.names.values, form);
        self.listing(indent, &code.place, &text);
    }

    /// A long text stands at the end, once.
    fn script(&mut self, indent: usize, id: &str, place: &str) {
        let Some(edition) = Edition::from_id(id) else { return };
        if let Ok(composed) = compose(edition, &self.names.sql) {
            self.refer(indent, place, id, composed.sql);
        } else {
            let flags: Vec<&str> = edition.required().iter().map(|kind| kind.flag()).collect();
            self.listing(indent, place, &format!("runbook sql {id} {}", flags.join(" ")));
        }
    }

    fn extensions(&mut self, indent: usize, place: &str) {
        let names = self.names;
        let composed = names.sql.database.as_ref().and_then(|name| names.extensions.as_ref()?.compose(name));
        match composed {
            Some(composed) => self.refer(indent, place, "extensions", composed.sql),
            None => self.line(indent, "Nothing, unless the first step listed an extension in `public`."),
        }
    }

    fn refer(&mut self, indent: usize, place: &str, id: &str, sql: String) {
        self.line(indent, &format!("[{place}] the SQL `{id}`, below"));
        if self.scripts.iter().all(|(known, _)| known != id) {
            self.scripts.push((id.to_owned(), sql));
        }
    }

    fn all_scripts(&mut self) {
        for (id, sql) in std::mem::take(&mut self.scripts) {
            self.line(0, "");
            self.line(0, &format!("SQL `{id}`"));
            self.line(0, "");
            self.out.push_str(&sql);
        }
    }

    fn listing(&mut self, indent: usize, place: &str, text: &str) {
        self.line(indent, &format!("[{place}]"));
        for line in text.trim_end().split('\n') {
            self.line(indent + INSIDE, line);
        }
    }
}
