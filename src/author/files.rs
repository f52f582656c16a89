//! Content files from a folder. Stands beside the author's tools, which touch no file system themselves.

use std::io;
use std::path::Path;

use crate::author::SourceFile;

/// Reads every `.md` and `.toml` file below a folder; paths start with `content/`.
///
/// # Errors
/// When a folder or file cannot be read or is not UTF-8.
pub fn read_folder(folder: &Path) -> io::Result<Vec<SourceFile>> {
    let mut files = Vec::new();
    collect(folder, "content", &mut files)?;
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
        } else if [".md", ".toml"].iter().any(|ending| name.ends_with(ending)) {
            let text = std::fs::read_to_string(entry.path())
                .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", entry.path().display())))?;
            files.push(SourceFile { path: below, text });
        }
    }
    Ok(())
}
