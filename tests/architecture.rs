//! What the layout promises, held by a test instead of by habit.
//!
//! The engine is pure: it names no browser, clock, file, environment or randomness. Every source file says what it is for.
//! The repository's top level is the one its readers expect, and no file of it names a path of somebody's machine.

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Made by tools, ignored by git.
const MADE: [&str; 6] = [".git", "dist", "target", "node_modules", "test-results", "screenshots"];

/// Every file below a folder of the repository, in order, without what tools make; a file is itself.
fn files(folder: &str) -> Vec<PathBuf> {
    let path = root().join(folder);
    if path.is_file() {
        return vec![path];
    }
    let mut found = Vec::new();
    collect(&path, &mut found);
    found.sort();
    found
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let entry = entry.expect("an entry");
        let name = entry.file_name().to_string_lossy().into_owned();
        let made = MADE.iter().any(|made| name == *made || name.starts_with(&format!("{made}.")));
        let kind = entry.file_type().expect("a kind");
        if kind.is_dir() && !made {
            collect(&entry.path(), found);
        } else if kind.is_file() {
            found.push(entry.path());
        }
    }
}

/// The path as a reader of the repository knows it, and the text.
fn read(path: &Path) -> (String, String) {
    let name = path.strip_prefix(root()).expect("inside").to_string_lossy().replace('\\', "/");
    (name, String::from_utf8_lossy(&fs::read(path).expect("readable")).into_owned())
}

fn rust_files(folder: &str) -> Vec<(String, String)> {
    let paths = files(folder).into_iter().filter(|path| path.extension().is_some_and(|ending| ending == "rs"));
    let read: Vec<_> = paths.map(|path| read(&path)).collect();
    assert!(read.len() > 5, "{folder} has sources");
    read
}

/// No file holds `word` where no letter, digit or `_` stands beside it.
fn check_absent(files: &[(String, String)], word: &str) {
    let found: Vec<String> = files
        .iter()
        .flat_map(|(name, text)| text.split('\n').zip(1..).map(move |(line, number)| (name, line, number)))
        .filter(|(_, line, _)| holds_word(line, word))
        .map(|(name, line, number)| format!("{name}:{number}: {}", line.trim()))
        .collect();
    assert!(found.is_empty(), "`{word}` does not belong here:\n{}", found.join("\n"));
}

fn holds_word(line: &str, word: &str) -> bool {
    let part_of_word = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(word).any(|(at, _)| {
        let before = line.get(..at).and_then(|text| text.chars().next_back());
        let after = line.get(at + word.len()..).and_then(|text| text.chars().next());
        !before.is_some_and(part_of_word) && !after.is_some_and(part_of_word)
    })
}

// ---- the engine ----

#[test]
fn the_engine_is_pure() {
    let engine = rust_files("src/engine");
    for crate_name in ["leptos", "leptos_router", "web_sys", "js_sys", "wasm_bindgen", "gloo", "rand", "getrandom"] {
        check_absent(&engine, crate_name);
    }
    // A group (`use std::{…}`) could hide a module from this test.
    for path in ["std::env", "std::fs", "std::time", "std::process", "std::net", "std::thread", "std::{"] {
        check_absent_text(&engine, path);
    }
    for word in ["println", "eprintln", "print!", "dbg!", "SystemTime", "Instant", "HashMap", "HashSet"] {
        check_absent(&engine, word);
    }
}

/// No file holds `text` anywhere.
fn check_absent_text(files: &[(String, String)], text: &str) {
    let holders: Vec<&str> =
        files.iter().filter(|(_, held)| held.contains(text)).map(|(name, _)| name.as_str()).collect();
    assert!(holders.is_empty(), "`{text}` does not belong into {holders:?}");
}

#[test]
fn a_module_of_the_engine_knows_only_those_before_it() {
    let later = [
        ("src/engine/text/", &["signature", "diagnose", "tree", "sql", "page", "guard", "catalogue"][..]),
        ("src/engine/diagnose/", &["tree", "page", "guard"]),
        ("src/engine/tree/", &["text", "signature", "diagnose", "sql", "page", "guard", "catalogue"]),
        ("src/engine/sql/", &["signature", "diagnose", "tree", "page", "guard", "catalogue"]),
        ("src/engine/guard/", &["signature", "diagnose", "tree", "sql", "page", "catalogue"]),
    ];
    for (folder, modules) in later {
        let files = rust_files("src/engine");
        let here: Vec<_> = files.into_iter().filter(|(name, _)| name.starts_with(folder)).collect();
        assert!(!here.is_empty(), "{folder}");
        for module in modules {
            check_absent_text(&here, &format!("use crate::engine::{module}"));
        }
    }
}

// ---- all sources ----

#[test]
fn every_source_file_says_what_it_is_for() {
    let silent: Vec<String> = ["src", "tests"]
        .iter()
        .flat_map(|folder| rust_files(folder))
        .filter(|(_, text)| !text.starts_with("//! "))
        .map(|(name, _)| name)
        .collect();
    assert!(silent.is_empty(), "no `//!` on top: {silent:?}");
}

#[test]
fn nothing_writes_html_as_text_or_leaves_safe_rust() {
    let sources = rust_files("src");
    for word in ["inner_html", "set_inner_html", "insert_adjacent_html", "outer_html"] {
        check_absent(&sources, word);
    }
    for word in ["unsafe {", "unsafe fn", "unsafe impl", "unsafe trait", "unsafe extern", "allow(unsafe"] {
        check_absent_text(&sources, word);
    }
}

// ---- the repository ----

#[test]
fn the_top_level_is_what_readers_expect() {
    let expected = [
        ".ci/run",
        ".editorconfig",
        ".gitignore",
        "ARCHITECTURE.md",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "Cargo.lock",
        "Cargo.toml",
        "DESIGN.md",
        "LICENSE-APACHE",
        "LICENSE-MIT",
        "README.md",
        "SECURITY.md",
        "Trunk.toml",
        "build.rs",
        "content",
        "deny.toml",
        "index.html",
        "package-lock.json",
        "package.json",
        "render.yaml",
        "rust-toolchain.toml",
        "src",
        "style",
        "tests",
        "x",
    ];
    let missing: Vec<&str> = expected.into_iter().filter(|name| !root().join(name).exists()).collect();
    assert!(missing.is_empty(), "missing: {missing:?}");
}

/// Everything else follows the team file, so that another team changes one file.
#[test]
fn the_teams_own_names_stand_only_in_the_source_and_the_team_file() {
    let allowed = ["content/team.toml", "content/runbooks/render-database-recovery/runbook.md"];
    let files =
        ["src", "content", "style", "index.html", "README.md", "ARCHITECTURE.md", "render.yaml", "package.json"];
    let mut named = Vec::new();
    for path in files.iter().flat_map(|name| self::files(name)) {
        let (name, text) = read(&path);
        if text.to_lowercase().contains("true911") {
            named.push(name);
        }
    }
    assert_eq!(named, allowed.into_iter().rev().collect::<Vec<_>>(), "take the name from content/team.toml instead");
}

#[test]
fn no_file_names_a_path_of_a_machine() {
    let logs = root().join("tests/logs");
    // Spelt in pieces, so that this file names none. Content quotes logs, which name the paths of the machines they ran on.
    let anywhere = [concat!("/wo", "rk/"), concat!("/var/", "folders/"), concat!("/tmp/", "bash_jobs")];
    let outside_content =
        [concat!("/ro", "ot/"), concat!("/ho", "me/"), concat!("/Us", "ers/"), concat!("C:\\", "Users")];
    let mut found = Vec::new();
    for path in files("").into_iter().filter(|path| !path.starts_with(&logs)) {
        let (name, text) = read(&path);
        let quotes_logs = name.starts_with("content/");
        let more = outside_content.iter().filter(|_| !quotes_logs);
        let named = anywhere.iter().chain(more).filter(|start| begins_a_path(&text, start));
        found.extend(named.map(|start| format!("{name}: {start}")));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// Whether a path begins with `start` somewhere, so that a folder of that name inside another path does not count.
fn begins_a_path(text: &str, start: &str) -> bool {
    let inside_path = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '~' | '}');
    text.match_indices(start).any(|(at, _)| {
        let before = text.get(..at).and_then(|text| text.chars().next_back());
        !before.is_some_and(inside_path)
    })
}
