//! Code blocks: what a fence says of them, the pair for two shells, and what SQL written by hand may do.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event};

use super::{Events, Piece, Reader, pieces};
use crate::author::markdown::commands::{POWER_SHELL, commands};
use crate::author::markdown::nearest::did_you_mean;
use crate::author::markdown::placement::{Misplaced, is_run, misplaced};
use crate::author::markdown::sql;
use crate::author::markdown::text::Excerpt;
use crate::engine::page::{Block, Code, Part, Risk, is_built_in};
use crate::engine::sql::Edition;

/// What PowerShell on Windows does not have, or reads otherwise.
const POSIX_ALONE: [&str; 7] = ["&&", "$", "/dev/", "date ", "ls ", "read ", "export "];

/// The generated SQL that takes no name but those a server said.
const EXTENSIONS: &str = "extensions";

impl Reader<'_, '_> {
    /// A code block, a place for SQL, or a correction.
    pub(super) fn fence(
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
        if !language.is_empty() {
            self.check_placement(&content, &language);
        }
        let lines = self.code_lines(&content);
        let commands = [commands(&lines, &language), Vec::new()];
        Some(Block::Code(Code { language, place, edition, lines, windows: Vec::new(), commands }))
    }

    /// A command for PowerShell belongs to the one before it, for macOS and Linux; any other block is one of its own.
    pub(super) fn not_paired(&mut self, block: Block, before: &mut [(Block, usize)], at: usize) -> Option<Block> {
        let Block::Code(code) = block else { return Some(block) };
        if code.language != POWER_SHELL {
            return Some(Block::Code(code));
        }
        match before.last_mut() {
            Some((Block::Code(first), _))
                if first.language == "sh" && first.windows.is_empty() && first.place == code.place =>
            {
                first.windows = code.lines;
                let [_, windows] = &mut first.commands;
                [*windows, _] = code.commands;
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
    pub(super) fn check_shells(&mut self, blocks: &[(Block, usize)]) {
        for (block, at) in blocks {
            let Block::Code(code) = block else { continue };
            let differs = code.lines.iter().flatten().any(|part| match part {
                Part::Placeholder(key) => !is_built_in(key),
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

    /// SQL written by hand deletes nothing where no gate stands before it.
    pub(super) fn check_sql(&mut self, content: &Excerpt, edition: Option<&str>) {
        let behind_gates = edition.and_then(Edition::from_id).is_some_and(|e| e.risk() == Risk::Destructive);
        let deletes = if self.may_change { sql::deletes_rows } else { sql::deletes };
        if let Some(at) = deletes(&content.text).filter(|_| !self.may_delete && !behind_gates) {
            self.file.problem(
                content.origin(at),
                "this SQL deletes something, and no gate stands before it",
                "put it into a way out with `risk = \"destructive\"`, or write SQL that keeps the data",
            );
        }
    }

    /// A value stays one argument or one token only in some places.
    fn check_placement(&mut self, content: &Excerpt, language: &str) {
        for Misplaced { at, place } in misplaced(language, &content.text) {
            self.file.problem(content.origin(at), place.message(), place.suggestion());
        }
        if is_run(language) {
            self.check_fields(content);
        }
    }

    /// A command is copied with the user's own values only: a placeholder without a field would leave its example in it, as it is.
    fn check_fields(&mut self, content: &Excerpt) {
        for piece in pieces(&content.text) {
            let Piece::Placeholder(key, at) = piece else { continue };
            if self.placeholders.iter().any(|placeholder| placeholder.key == key.trim() && !placeholder.asked) {
                self.file.problem(
                    content.origin(at),
                    "this placeholder has no field, so a command would run its example",
                    "remove `field = false` where it is declared, or leave the placeholder out of the command",
                );
            }
        }
    }

    /// `place="…"` and `edition="…"` of a fence, from byte `from` of its line on.
    pub(super) fn attributes(
        &mut self,
        info: &str,
        mut from: usize,
        info_at: usize,
    ) -> (Option<String>, Option<String>) {
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

    pub(super) fn edition(&mut self, name: &str, at: usize) -> String {
        if name != EXTENSIONS && !self.editions.contains(&name) {
            self.file.problem(
                at,
                format!("there is no generated SQL named `{name}`"),
                did_you_mean(name, self.editions.iter().copied()),
            );
        }
        name.to_owned()
    }

    pub(super) fn code_lines(&mut self, content: &Excerpt) -> Vec<Vec<Part>> {
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
}
