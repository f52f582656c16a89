//! Content files from a folder. Stands beside the author's tools, which touch no file system themselves.

use std::io;
use std::path::{Path, PathBuf};

use crate::author::{SourceFile, scenarios};

/// What content is written in, and the language of the guards' module.
const ENDINGS: [&str; 3] = [".md", ".toml", ".py"];

/// Reads every file with one of these endings below a content folder; paths start with `content/`.
///
/// Bytes that are not UTF-8 become U+FFFD, which no content may hold: so they are a mistake at their place like any other.
///
/// # Errors
/// When a folder or file cannot be read.
pub fn read_folder(folder: &Path) -> io::Result<Vec<SourceFile>> {
    read_below(folder, "content")
}

/// Reads the stories that stand beside a content folder; `None` when there is no such folder.
///
/// # Errors
/// When a file cannot be read.
pub fn read_stories(content: &Path) -> io::Result<Option<Vec<SourceFile>>> {
    let folder = beside(content).join(scenarios::FOLDER);
    if folder.is_dir() { read_below(&folder, scenarios::FOLDER).map(Some) } else { Ok(None) }
}

/// A recorded log by its path below `tests/logs/`, which stands beside a content folder.
pub fn read_log(content: &Path, name: &str) -> Option<Vec<u8>> {
    std::fs::read(beside(content).join("tests/logs").join(name)).ok()
}

/// The folder that holds a content folder.
fn beside(content: &Path) -> PathBuf {
    let parent = content.parent().filter(|parent| !parent.as_os_str().is_empty());
    parent.map_or_else(|| PathBuf::from("."), Path::to_path_buf)
}

fn read_below(folder: &Path, path: &str) -> io::Result<Vec<SourceFile>> {
    let mut files = Vec::new();
    collect(folder, path, &mut files)?;
    files.sort();
    Ok(files)
}

fn collect(folder: &Path, path: &str, files: &mut Vec<SourceFile>) -> io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let below = format!("{path}/{name}");
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &below, files)?;
        } else if ENDINGS.iter().any(|ending| name.ends_with(ending)) {
            let bytes = std::fs::read(entry.path())
                .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", entry.path().display())))?;
            files.push(SourceFile { path: below, text: String::from_utf8_lossy(&bytes).into_owned() });
        }
    }
    Ok(())
}
