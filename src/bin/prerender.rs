//! Trunk's post-build hook: writes every page of the site into the folder Trunk is about to publish.
//!
//! `prerender DIR`, where `DIR` holds the `index.html` Trunk made.

use std::path::Path;
use std::process::ExitCode;

use runbook::embedded::{LATER_BYTES, LATER_FILE};

fn main() -> ExitCode {
    let Some(dir) = std::env::args_os().nth(1) else {
        eprintln!("usage: prerender DIR");
        return ExitCode::from(2);
    };
    match write_site(Path::new(&dir)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("prerender: {problem}");
            ExitCode::FAILURE
        }
    }
}

fn write_site(dir: &Path) -> Result<(), String> {
    let template_path = dir.join("index.html");
    let template =
        std::fs::read_to_string(&template_path).map_err(|problem| format!("{}: {problem}", template_path.display()))?;
    for file in runbook::site::files(&template)? {
        write(&dir.join(&file.path), file.text.as_bytes())?;
    }
    write(&dir.join(LATER_FILE), LATER_BYTES)
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), String> {
    let folder = path.parent().map_or(Ok(()), std::fs::create_dir_all);
    folder.and_then(|()| std::fs::write(path, bytes)).map_err(|problem| format!("{}: {problem}", path.display()))
}
