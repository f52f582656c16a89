//! psql, as people run it.
use super::server::{Server, server};
use std::fs;
use std::io::Write;
use std::process::{Child, ChildStdin, Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// How a person may run a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum How {
    /// `psql -X -v ON_ERROR_STOP=1 -1 -f FILE`
    File,
    /// Pasted into psql, errors do not stop it.
    Paste,
    /// `psql -c`, all of it one string, as graphical tools send it.
    OneString,
    /// Pasted into a psql that undoes each failing statement by itself and goes on.
    RollbackEach,
}

pub(crate) const EACH_WAY: [How; 4] = [How::File, How::Paste, How::OneString, How::RollbackEach];

pub(crate) struct Ran {
    pub(crate) success: bool,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    fn from(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        Self { success: output.status.success(), out: text(output.stdout), err: text(output.stderr) }
    }

    /// No error was printed, whatever the exit code says.
    pub(crate) fn is_clean(&self) -> bool {
        self.success && !self.err.contains("ERROR:") && !self.err.contains("FATAL:")
    }
}

impl Server {
    /// psql as `role` on `database`, without personal settings or variables of the environment.
    pub(crate) fn psql(&self, role: &str, database: &str) -> Command {
        let quoted = |value: &str| format!("'{}'", value.replace('\\', "\\\\").replace('\'', "\\'"));
        let target = format!(
            "host={} user={} dbname={}",
            quoted(&self.dir.display().to_string()),
            quoted(role),
            quoted(database)
        );
        let mut command = Command::new("psql");
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("PG")) {
            command.env_remove(name);
        }
        command.env("PGCLIENTENCODING", "UTF8").args(["-X", "-At", "-d"]).arg(target);
        command
    }

    /// Runs a text in that way.
    pub(crate) fn run(&self, role: &str, database: &str, sql: &str, how: How) -> Ran {
        self.send(self.psql(role, database), sql, how)
    }

    /// The same, with a psql that has settings of its own.
    pub(crate) fn send(&self, mut command: Command, sql: &str, how: How) -> Ran {
        static FILES: AtomicU32 = AtomicU32::new(0);
        match how {
            How::File => {
                let file = self.dir.join(format!("{}.sql", FILES.fetch_add(1, Ordering::Relaxed)));
                fs::write(&file, sql).expect("write the file");
                let output = command.args(["-v", "ON_ERROR_STOP=1", "-1", "-f"]).arg(file).output();
                Ran::from(output.expect("psql runs"))
            }
            How::OneString => Ran::from(command.args(["-c", sql]).output().expect("psql runs")),
            How::Paste => pasted(command, sql),
            How::RollbackEach => {
                command.args(["-v", "ON_ERROR_ROLLBACK=on"]);
                pasted(command, sql)
            }
        }
    }

    /// Runs preparing SQL that must work.
    pub(crate) fn must(&self, role: &str, database: &str, sql: &str) -> String {
        let ran = self.run(role, database, sql, How::OneString);
        assert!(ran.is_clean(), "{sql}\n{}", ran.err);
        ran.out.trim_end_matches('\n').to_owned()
    }
}

/// An open transaction that has read `public.users`; ends when dropped.
pub(crate) struct Reader {
    child: Child,
    input: Option<ChildStdin>,
}

impl Server {
    pub(crate) fn reader(&self, role: &str, database: &str) -> Reader {
        let mut command = self.psql(role, database);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().expect("psql runs");
        let mut input = child.stdin.take().expect("piped");
        input.write_all(b"BEGIN; SELECT count(*) FROM public.users;\n").expect("psql reads");
        let locks = "SELECT count(*) FROM pg_locks WHERE relation = 'public.users'::regclass AND granted";
        while self.must("postgres", database, locks) == "0" {
            std::thread::sleep(Duration::from_millis(20));
        }
        Reader { child, input: Some(input) }
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        self.input.take();
        let _ = self.child.wait();
    }
}

/// Pasted into this psql.
pub(crate) fn pasted(mut command: Command, sql: &str) -> Ran {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("psql runs");
    child.stdin.take().expect("piped").write_all(sql.as_bytes()).expect("psql reads");
    Ran::from(child.wait_with_output().expect("psql ends"))
}

/// Runs a text on the tests' own server.
pub(crate) fn run(role: &str, database: &str, sql: &str, how: How) -> Ran {
    server().run(role, database, sql, how)
}

/// Runs preparing SQL that must work, there.
pub(crate) fn must(role: &str, database: &str, sql: &str) -> String {
    server().must(role, database, sql)
}
