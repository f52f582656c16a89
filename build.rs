//! Parses `content/` once, so that the reader downloads no parser and a mistake fails the build with its file, line and
//! column. The engine and the author's tools are the library's own modules. The folder is `content/`, or the one that the variable
//! `RUNBOOK_CONTENT` names.

#![allow(dead_code, unreachable_pub, missing_docs, unused_imports)] // only a part of the shared modules is used here

#[path = "src/author/mod.rs"]
mod author;
#[path = "src/engine/mod.rs"]
mod engine;

use std::path::{Path, PathBuf};

/// Names another folder than `content/`.
const FOLDER: &str = "RUNBOOK_CONTENT";

fn main() {
    println!("cargo::rerun-if-env-changed={FOLDER}");
    println!("cargo::rerun-if-changed=src/engine");
    println!("cargo::rerun-if-changed=src/author");
    match build() {
        Ok(()) => {}
        Err(report) => {
            eprintln!("{report}");
            std::process::exit(1);
        }
    }
}

fn build() -> Result<(), String> {
    let root = std::env::var("CARGO_MANIFEST_DIR").map_err(|e| e.to_string())?;
    let out = std::env::var("OUT_DIR").map_err(|e| e.to_string())?;
    let folder = std::env::var_os(FOLDER).map_or_else(|| "content".into(), PathBuf::from);
    let folder = Path::new(&root).join(folder);
    println!("cargo::rerun-if-changed={}", folder.display());
    let files = author::files::read_folder(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let (content, problems) = author::load(&files);
    if !problems.is_empty() {
        let list: Vec<String> = problems.iter().map(ToString::to_string).collect();
        return Err(format!("{} does not hold together:\n\n{}\n", folder.display(), list.join("\n\n")));
    }
    let mut all = write(&out, "content.postcard", &content.catalogue)?;
    let patterns = write(&out, "patterns.postcard", &content.patterns)?;
    println!("cargo::rustc-env=RUNBOOK_PATTERNS_DIGEST={:016x}", digest(&patterns));
    let later = write(&out, "later.postcard", &(&content.later, &content.workbench))?;
    println!("cargo::rustc-env=RUNBOOK_LATER_DIGEST={:016x}", digest(&later));
    all.extend(patterns.into_iter().chain(later));
    println!("cargo::rustc-env=RUNBOOK_CONTENT_DIGEST={:016x}", digest(&all));
    // Of the programs only native ones hold it.
    write(&out, "reference.postcard", &content.reference)?;
    Ok(())
}

/// Writes a value into the build's folder and gives its bytes.
fn write(out: &str, name: &str, value: &impl serde::Serialize) -> Result<Vec<u8>, String> {
    let bytes = postcard::to_allocvec(value).map_err(|e| e.to_string())?;
    std::fs::write(Path::new(out).join(name), &bytes).map_err(|e| e.to_string())?;
    Ok(bytes)
}

/// FNV-1a: other content gets another address, so that a browser never takes an old copy for it.
fn digest(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}
