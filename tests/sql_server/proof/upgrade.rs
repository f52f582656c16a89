//! `alembic upgrade head` of a small real project (`tests/python/project`), in one process for a whole server.
use super::super::reference::{python, url};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

pub(crate) struct Alembic {
    server: PathBuf,
    child: Child,
    asks: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Alembic {
    pub(crate) fn start(server: &Path) -> Self {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/python/upgrade.py");
        let mut command = python();
        command.arg(script).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().expect("Python runs");
        let asks = child.stdin.take().expect("piped");
        let answers = BufReader::new(child.stdout.take().expect("piped"));
        Self { server: server.to_owned(), child, asks, answers }
    }

    /// What comes of it: the revisions applied, or the error.
    pub(crate) fn upgrade(&mut self, user: &str, database: &str) -> String {
        writeln!(self.asks, "{}", url(&self.server, user, database)).expect("Python reads");
        let mut answer = String::new();
        self.answers.read_line(&mut answer).expect("Python answers");
        answer.trim_end().to_owned()
    }
}

impl Drop for Alembic {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
