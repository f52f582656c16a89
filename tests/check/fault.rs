//! A mistake planted into a copy of the content, and `runbook check` run on that copy.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A change to one file of a copy, and what `check` must say about it.
pub(crate) struct Fault {
    pub(crate) file: &'static str,
    /// The text replaced where it stands first after `behind`; empty appends.
    pub(crate) from: &'static str,
    pub(crate) to: &'static str,
    pub(crate) behind: &'static str,
    /// The problem's file, when it is another.
    pub(crate) in_file: &'static str,
    /// The line that must be named holds this text, where it stands first after `behind`; empty is line 1.
    pub(crate) line: &'static str,
    pub(crate) column: u32,
    pub(crate) message: &'static str,
    pub(crate) suggestion: &'static str,
}

pub(crate) const NONE: Fault =
    Fault { file: "", from: "", to: "", behind: "", in_file: "", line: "", column: 1, message: "", suggestion: "" };

// ---- copies ----

/// A folder of one test alone, with copies of `content/` and the stories; recorded logs stay where they are.
pub(crate) fn copied(name: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("check").join(name);
    let _may_not_exist = fs::remove_dir_all(&root);
    for folder in ["content", "tests/scenarios", "tests/logs"] {
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &root.join(folder));
    }
    root
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.file_type().expect("a kind").is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::hard_link(entry.path(), &target)
                .or_else(|_| fs::copy(entry.path(), &target).map(drop))
                .expect("copied");
        }
    }
}

/// Writes a file of a copy anew: what is only linked there is not written through.
pub(crate) fn write(path: &Path, bytes: &[u8]) {
    let _may_not_exist = fs::remove_file(path);
    fs::write(path, bytes).expect("written");
}

impl Fault {
    /// Plants it.
    pub(crate) fn plant(&self, root: &Path) {
        let path = root.join(self.file);
        let before = fs::read_to_string(&path).unwrap_or_default();
        let after = if self.from.is_empty() {
            before + self.to
        } else {
            let start = before.find(self.behind).unwrap_or_else(|| panic!("{}: {}", self.file, self.behind));
            let (head, tail) = before.split_at(start);
            assert!(tail.contains(self.from), "{}: {}", self.file, self.from);
            format!("{head}{}", tail.replacen(self.from, self.to, 1))
        };
        write(&path, after.as_bytes());
    }

    /// The words `check` must say: file, line, column, what is wrong.
    fn says(&self, root: &Path) -> String {
        let file = if self.in_file.is_empty() { self.file } else { self.in_file };
        let text = fs::read_to_string(root.join(file)).expect("readable");
        let start = if file == self.file { text.find(self.behind).unwrap_or_default() } else { 0 };
        // What stands before the place that was changed is looked for from the top.
        let at = text.get(start..).and_then(|tail| tail.find(self.line)).map(|at| at + start).or(text.find(self.line));
        let at = at.unwrap_or_else(|| panic!("{file}: {}", self.line));
        let line = if self.line.is_empty() { 1 } else { text.get(..at).unwrap_or_default().matches('\n').count() + 1 };
        format!("{file}:{line}:{}: {}", self.column, self.message)
    }

    /// What is missing in what `check` said.
    pub(crate) fn missed(&self, root: &Path, said: &str) -> Option<String> {
        let says = self.says(root);
        let lines: Vec<&str> = said.split('\n').collect();
        let found = lines.windows(2).any(|pair| {
            matches!(pair, [at, help] if at.starts_with(&says) && help.starts_with("    ") && help.contains(self.suggestion))
        });
        (!found).then(|| format!("{says}\n    {}", self.suggestion))
    }
}

/// Exit code and words of `runbook check`.
pub(crate) fn check(root: &Path) -> (i32, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_runbook"));
    let output = command.arg("check").arg(root.join("content")).output().expect("the program runs");
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    (output.status.code().expect("an exit code"), String::from_utf8(output.stdout).expect("UTF-8"))
}
