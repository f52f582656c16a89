//! Trunk's post-build hook: writes every page of the site into the folder Trunk is about to publish.
//!
//! `prerender DIR`, where `DIR` holds the `index.html` Trunk made.

use std::path::Path;
use std::process::ExitCode;

use runbook::embedded::{LATER, PATTERNS};
use runbook::site::{Program, Programs, SERVICE_WORKER, service_worker};

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
    let programs = Programs { reader: name_program(dir, "reader")?, workbench: name_program(dir, "workbench")? };
    for file in runbook::site::files(&template, &programs)? {
        write(&dir.join(&file.path), file.text.as_bytes())?;
    }
    write(&dir.join(LATER.file), LATER.bytes)?;
    write(&dir.join(PATTERNS.file), PATTERNS.bytes)?;
    // The list in it is of what stands in the folder now, whoever made it.
    let mut files = Vec::new();
    read_all(dir, "", &mut files)?;
    write(&dir.join(SERVICE_WORKER), service_worker(&files).as_bytes())
}

/// Trunk leaves the files of a program that no page links without digests in their names.
fn name_program(dir: &Path, name: &str) -> Result<Program, String> {
    let [glue, wasm] = [".js", "_bg.wasm"].map(|end| dir.join("assets").join(format!("{name}{end}")));
    let read = |path: &Path| std::fs::read(path).map_err(|problem| format!("{}: {problem}", path.display()));
    let program = Program::of(name, &read(&glue)?, &read(&wasm)?);
    for (from, to) in [(glue, &program.glue), (wasm, &program.wasm)] {
        std::fs::rename(&from, dir.join(to)).map_err(|problem| format!("{to}: {problem}"))?;
    }
    Ok(program)
}

/// Every file of a folder and of those in it: its path below the site's folder, with `/` between the parts, and what is in it.
fn read_all(dir: &Path, above: &str, files: &mut Vec<(String, Vec<u8>)>) -> Result<(), String> {
    let problem = |problem: std::io::Error| format!("{}: {problem}", dir.display());
    for entry in std::fs::read_dir(dir).map_err(problem)? {
        let entry = entry.map_err(problem)?;
        let path = format!("{above}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            read_all(&entry.path(), &format!("{path}/"), files)?;
        } else {
            files.push((path, std::fs::read(entry.path()).map_err(problem)?));
        }
    }
    Ok(())
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), String> {
    let folder = path.parent().map_or(Ok(()), std::fs::create_dir_all);
    folder.and_then(|()| std::fs::write(path, bytes)).map_err(|problem| format!("{}: {problem}", path.display()))
}
