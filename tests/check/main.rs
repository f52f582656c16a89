//! `runbook check` as an author of content meets it: each fault planted alone into a copy of `content/` is found at its line and
//! column with a suggestion, and all of them together are said at once.

mod fault;
mod faults;

use std::fs;
use std::path::Path;
use std::process::Command;

use fault::{check, copied, write};
use faults::{ALONE, faults};

#[test]
fn the_content_is_sound() {
    let here = check(Path::new(env!("CARGO_MANIFEST_DIR")));
    assert_eq!(here.0, 0, "{}", here.1);
    assert!(here.1.contains(" scenarios: no problem"), "{}", here.1);
    let root = copied("sound");
    assert_eq!(check(&root), here);
    fs::remove_dir_all(root.join("tests")).expect("removed");
    let (code, said) = check(&root);
    assert_eq!(code, 0);
    assert!(said.ends_with("no tests/scenarios beside it: no problem\n"), "{said}");
}

#[test]
fn each_fault_is_found_at_its_place_with_a_suggestion() {
    let root = copied("each");
    let mut missed = Vec::new();
    for fault in faults().chain(ALONE) {
        let path = root.join(fault.file);
        let sound = fs::read(&path).ok();
        fault.plant(&root);
        let (code, said) = check(&root);
        let wrong = fault.missed(&root, &said).or((code != 1).then(|| format!("exit {code}")));
        missed.extend(wrong.map(|wrong| format!("{wrong}\n  is not in\n{said}")));
        match sound {
            Some(bytes) => write(&path, &bytes),
            None => fs::remove_file(&path).expect("restored"),
        }
    }
    assert!(missed.is_empty(), "{} of {}:\n{}", missed.len(), faults().chain(ALONE).count(), missed.join("\n"));
    assert_eq!(check(&root).0, 0, "all is restored");
}

#[test]
fn all_are_said_at_once() {
    let root = copied("all");
    for fault in faults() {
        fault.plant(&root);
    }
    let (code, said) = check(&root);
    assert_eq!(code, 1);
    let missed: Vec<String> = faults().filter_map(|fault| fault.missed(&root, &said)).collect();
    assert!(
        missed.is_empty(),
        "{} of {}:\n{}\n  are not in\n{said}",
        missed.len(),
        faults().count(),
        missed.join("\n")
    );
    let lines: Vec<&str> = said.trim_end().split('\n').collect();
    let problems: Vec<&str> = lines.iter().filter(|line| !line.starts_with("    ")).copied().collect();
    let (last, problems) = problems.split_last().expect("lines");
    assert_eq!(*last, format!("{} problems", problems.len()));
    assert_eq!(lines.len(), 2 * problems.len() + 1, "each problem has one suggestion:\n{said}");
    assert!(problems.is_sorted_by_key(|problem| problem.split(':').next()), "{said}");
}

#[test]
fn what_is_not_utf_8_is_a_problem_like_any_other() {
    for (file, bytes, at) in [
        ("content/clues.toml", &b"# caf\xe9\n"[..], 1),
        ("content/outcomes/stamp.md", b"\n\nCaf\xe9 \xff\n", 3),
        ("content/runbooks/render-database-recovery/runbook.md", b"\xc3", 1),
    ] {
        let root = copied("bytes");
        let path = root.join(file);
        let sound = fs::read(&path).expect("readable");
        write(&path, &[&sound, bytes].concat());
        let (code, said) = check(&root);
        assert_eq!(code, 1, "{said}");
        let line = String::from_utf8_lossy(&sound).matches('\n').count() + at;
        let column = bytes.split(|byte| *byte == b'\n').nth(at - 1).expect("a line").iter().position(|b| !b.is_ascii());
        let says = format!("{file}:{line}:{}: this is not UTF-8", column.expect("a byte") + 1);
        assert!(said.contains(&says) && said.contains("save the file as UTF-8"), "{says}\n{said}");
    }
}

#[test]
fn a_missing_file_is_found() {
    for (file, says) in [
        ("outcomes/option-a.md", "leads to the outcome `option-a`, which has no file"),
        ("clues.toml", "content/clues.toml:1:1: this file is missing"),
        (
            "trees/render-database-recovery.toml",
            "content/trees/render-database-recovery.toml:1:1: this file is missing",
        ),
    ] {
        let root = copied("gone");
        fs::remove_file(root.join("content").join(file)).expect("removed");
        let (code, said) = check(&root);
        assert_eq!(code, 1, "{file}: {said}");
        assert!(said.contains(says), "{file}: {said}");
    }
}

#[test]
fn a_folder_that_is_not_there_is_misuse() {
    for arguments in [&["no/such/folder"][..], &["--strict"], &["content", "content"]] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_runbook"));
        let output = command.arg("check").args(arguments).output().expect("the program runs");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty(), "{arguments:?}");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(said.starts_with("runbook: ") && said.contains(arguments.last().expect("one")), "{said}");
    }
}
