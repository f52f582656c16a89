//! What the properties of doubt are tried on: every recorded log, and an example of every signature.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use runbook::embedded;
use runbook::engine::diagnose::Diagnosis;
use runbook::engine::signature::{Role, Signature};
use serde::Deserialize;

/// The part of a signature file that this test needs.
#[derive(Deserialize)]
struct Front {
    hit: Vec<Example>,
}

#[derive(Deserialize)]
struct Example {
    log: String,
}

/// A log of `tests/logs/recorded`.
pub(crate) struct Recorded {
    pub(crate) name: String,
    pub(crate) text: String,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf()
}

/// What the log shows.
pub(crate) fn diagnose(text: &str) -> Diagnosis {
    embedded::engine().diagnose(text.as_bytes())
}

/// The logs of `tests/logs/recorded` in the order of their names.
pub(crate) fn recorded() -> &'static [Recorded] {
    static LOGS: OnceLock<Vec<Recorded>> = OnceLock::new();
    LOGS.get_or_init(|| {
        let folder = fs::read_dir(root().join("tests/logs/recorded")).expect("recorded logs");
        let mut paths: Vec<PathBuf> = folder.map(|entry| entry.expect("an entry").path()).collect();
        paths.retain(|path| path.extension().is_some_and(|ending| ending == "log"));
        paths.sort();
        paths.iter().map(|path| read(path)).collect()
    })
}

fn read(path: &Path) -> Recorded {
    Recorded {
        name: path.file_stem().expect("a name").to_string_lossy().into_owned(),
        text: String::from_utf8_lossy(&fs::read(path).expect("a log")).into_owned(),
    }
}

/// Every signature with the first example of its file.
pub(crate) fn examples() -> Vec<(&'static Signature, String)> {
    let signatures = &embedded::patterns().signatures;
    let example = |signature: &'static Signature| {
        let file = root().join(format!("content/signatures/{}.md", signature.id));
        let text = fs::read_to_string(file).expect("a signature has a file");
        let front = text.split("+++").nth(1).expect("front matter");
        let front: Front = toml::from_str(front).expect("front matter is TOML");
        (signature, front.hit.into_iter().next().expect("an example").log.replace("<<<\n", ""))
    };
    signatures.iter().map(example).collect()
}

/// Whether its content calls it one.
pub(crate) fn is_failure(signature: &Signature) -> bool {
    matches!(signature.role, Role::Failure | Role::FollowOn)
}
