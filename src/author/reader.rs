//! The files given, which of them were read, and what is wrong with them so far.

use std::collections::BTreeSet;

use serde::de::DeserializeOwned;
use toml::Spanned;

use super::markdown::{check_encoding, split_front_matter};
use super::mistakes;
use super::problem::ContentProblem;

/// One content file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SourceFile {
    /// Path relative to the repository, with `/`: `content/clues.toml`.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// Reads files by path, once each.
pub(super) struct Reader<'f> {
    files: Vec<&'f SourceFile>,
    read: BTreeSet<&'f str>,
    pub(super) problems: Vec<ContentProblem>,
}

/// A file and where a TOML text begins in it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'f> {
    pub(super) file: &'f SourceFile,
    pub(super) start: usize,
}

/// A line and column of a file, kept until the content is looked at as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spot {
    pub(super) file: String,
    pub(super) at: (u32, u32),
}

impl<'f> Place<'f> {
    /// The front matter of a Markdown file as text, if it has any.
    pub(super) fn front(file: &'f SourceFile) -> Option<(Self, &'f str)> {
        split_front_matter(&file.text).map(|(front, start, _)| (Place { file, start }, front))
    }
}

impl<'f> Reader<'f> {
    /// Files are read in the order of their paths, whatever order they come in.
    pub(super) fn new(files: &'f [SourceFile]) -> Self {
        let mut files: Vec<&SourceFile> = files.iter().collect();
        files.sort();
        let problems = files.iter().flat_map(|file| check_encoding(&file.path, &file.text)).collect();
        Reader { files, read: BTreeSet::new(), problems }
    }

    /// The file of this name in the content folder; a missing one is a problem.
    pub(super) fn file(&mut self, name: &str) -> Option<&'f SourceFile> {
        let found = self.files.iter().copied().find(|file| inside(&file.path) == name);
        if let Some(file) = found {
            self.read.insert(&file.path);
        } else {
            self.problem(&format!("content/{name}"), (1, 1), "this file is missing", "every content folder has one");
        }
        found
    }

    /// All files below a folder of the content folder with this ending, in the order of their paths.
    pub(super) fn folder(&mut self, folder: &str, ending: &str) -> Vec<&'f SourceFile> {
        let below = |file: &&SourceFile| inside(&file.path).starts_with(folder) && file.path.ends_with(ending);
        let found: Vec<&SourceFile> = self.files.iter().copied().filter(below).collect();
        self.read.extend(found.iter().map(|file| file.path.as_str()));
        found
    }

    /// Parses TOML into a type; everything that does not fit is a problem at its place.
    pub(super) fn toml<T: DeserializeOwned>(&mut self, place: Place<'f>, text: &str) -> Option<T> {
        let (value, mistakes) = mistakes::parse(text);
        for mistake in mistakes {
            self.at(place, mistake.at, mistake.message, mistake.suggestion);
        }
        value
    }

    /// Parses a whole TOML file.
    pub(super) fn toml_file<T: DeserializeOwned>(&mut self, name: &str) -> Option<(Place<'f>, T)> {
        let file = self.file(name)?;
        self.whole_at(file)
    }

    /// Parses a file of a folder that is TOML from end to end.
    pub(super) fn whole<T: DeserializeOwned>(&mut self, file: &'f SourceFile) -> Option<T> {
        self.whole_at(file).map(|(_, value)| value)
    }

    /// The same, with the place for problems in it.
    pub(super) fn whole_at<T: DeserializeOwned>(&mut self, file: &'f SourceFile) -> Option<(Place<'f>, T)> {
        let place = Place { file, start: 0 };
        self.toml(place, &file.text).map(|value| (place, value))
    }

    /// Parses the front matter of a Markdown file; gives also the byte where the body begins.
    pub(super) fn front_matter<T: DeserializeOwned>(&mut self, file: &'f SourceFile) -> Option<(Place<'f>, T, usize)> {
        let Some((front, start, body)) = split_front_matter(&file.text) else {
            self.problem(
                &file.path,
                (1, 1),
                "there is no front matter",
                "begin with a line `+++`, TOML, and a line `+++`",
            );
            return None;
        };
        let place = Place { file, start };
        self.toml(place, front).map(|value| (place, value, body))
    }

    /// Notes a problem at a byte of a place's TOML.
    pub(super) fn at(
        &mut self,
        place: Place<'_>,
        at: usize,
        message: impl Into<String>,
        suggestion: impl Into<String>,
    ) {
        let position = position(&place.file.text, place.start + at);
        self.problem(&place.file.path, position, message, suggestion);
    }

    /// Where a value stands.
    pub(super) fn spot<T>(place: Place<'_>, value: &Spanned<T>) -> Spot {
        let at = position(&place.file.text, place.start + value.span().start);
        Spot { file: place.file.path.clone(), at }
    }

    /// Notes a problem at a spot.
    pub(super) fn wrong_at(&mut self, spot: &Spot, message: impl Into<String>, suggestion: impl Into<String>) {
        self.problem(&spot.file, spot.at, message, suggestion);
    }

    /// Notes a problem at a value.
    pub(super) fn wrong<T>(
        &mut self,
        place: Place<'_>,
        value: &Spanned<T>,
        message: impl Into<String>,
        suggestion: impl Into<String>,
    ) {
        self.at(place, value.span().start, message, suggestion);
    }

    /// Notes a problem at a line and column, both from 1.
    pub(super) fn problem(
        &mut self,
        file: &str,
        (line, column): (u32, u32),
        message: impl Into<String>,
        suggestion: impl Into<String>,
    ) {
        self.problems.push(ContentProblem {
            file: file.to_owned(),
            line,
            column,
            message: message.into(),
            suggestion: suggestion.into(),
        });
    }

    /// Files nothing asked for: most likely misplaced.
    pub(super) fn unread(&mut self) {
        let unread: Vec<&SourceFile> =
            self.files.iter().copied().filter(|f| !self.read.contains(f.path.as_str())).collect();
        for file in unread {
            self.problem(&file.path, (1, 1), "nothing reads this file", "move it where its kind belongs, or remove it");
        }
    }

    /// All problems in the order of files and lines.
    pub(super) fn into_problems(mut self) -> Vec<ContentProblem> {
        self.problems.sort();
        self.problems.dedup();
        self.problems
    }
}

/// The path below the content folder.
fn inside(path: &str) -> &str {
    path.split_once('/').map_or(path, |(_, rest)| rest)
}

/// Line and column (characters) of a byte, both from 1.
fn position(text: &str, at: usize) -> (u32, u32) {
    let before = text.get(..text.floor_char_boundary(at)).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().map_or(0, |last| last.chars().count()) + 1;
    (u32::try_from(line).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX))
}
