//! A server of one version with a template database for each state, and copies of them to work on.
use super::super::databases::{FILL, quoted};
use super::super::psql::{How, Ran};
use super::super::server::Server;
use super::dump::{dump, fingerprint};
use super::states::{CHANGES, State};
use super::upgrade::Alembic;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// The owner of every database, which is no superuser.
pub(crate) const APP: &str = "app";
/// A user without rights.
pub(crate) const VISITOR: &str = "visitor";

pub(crate) struct Bench {
    pub(crate) server: Server,
    /// As the server gives it.
    pub(crate) version: String,
    pub(crate) alembic: Mutex<Alembic>,
    /// What is in each template.
    templates: BTreeMap<&'static str, String>,
    n_copies: AtomicU32,
    /// Copies that are still like their templates.
    untouched: Mutex<BTreeMap<&'static str, String>>,
}

impl Bench {
    pub(crate) fn start(programs: &Path) -> Self {
        let server = Server::start(programs);
        let alembic = Mutex::new(Alembic::start(&server.dir));
        let version = server.must("postgres", "postgres", "SHOW server_version");
        server.must(
            "postgres",
            "postgres",
            "CREATE ROLE app LOGIN; CREATE ROLE visitor LOGIN; CREATE ROLE second LOGIN",
        );
        let mut bench = Self {
            server,
            version,
            alembic,
            templates: BTreeMap::new(),
            n_copies: AtomicU32::new(0),
            untouched: Mutex::default(),
        };
        for state in State::ALL {
            if state.template() == state {
                bench.make_template(state);
            }
        }
        bench
    }

    fn make_template(&mut self, state: State) {
        let name = state.id();
        self.make(&format!("CREATE DATABASE {} OWNER {APP}", quoted(name)));
        // Before PostgreSQL 15 `public` belongs to the superuser who made the server.
        self.server.must("postgres", name, "
            DO $$ BEGIN IF current_setting('server_version_num')::int < 150000 THEN ALTER SCHEMA public OWNER TO app; END IF; END $$");
        self.server.must(APP, name, &format!("{FILL}{CHANGES}"));
        let (by_owner, by_superuser) = state.made_by();
        for (role, sql) in [(APP, by_owner), ("postgres", by_superuser)] {
            if !sql.is_empty() {
                self.server.must(role, name, sql);
            }
        }
        let contents = self.contents(state, name);
        self.templates.insert(name, contents);
    }

    fn make(&self, sql: &str) {
        let ran = self.server.run("postgres", "postgres", sql, How::Paste);
        assert!(ran.is_clean(), "{sql}\n{}", ran.err);
    }

    /// A new database like the state's template.
    pub(crate) fn copy(&self, state: State) -> String {
        let name = format!("work_{}", self.n_copies.fetch_add(1, Ordering::Relaxed));
        // From PostgreSQL 15 on the default way of copying writes everything to the log first.
        let new = !self.version.starts_with("13") && !self.version.starts_with("14");
        let files = if new && state == State::ManyTables { "STRATEGY file_copy" } else { "" };
        self.make(&format!("CREATE DATABASE {name} TEMPLATE {} OWNER {APP} {files}", quoted(state.id())));
        name
    }

    /// A database like the state's template: one that was used and found unchanged, or a new copy.
    pub(crate) fn take(&self, state: State) -> String {
        let unused = self.untouched.lock().expect("no panic").remove(state.id());
        unused.unwrap_or_else(|| self.copy(state))
    }

    /// Keeps a database that is still like the state's template for the next `take`.
    pub(crate) fn give_back(&self, state: State, database: String) {
        let other = self.untouched.lock().expect("no panic").insert(state.id(), database);
        if let Some(other) = other {
            self.remove(&other);
        }
    }

    pub(crate) fn remove(&self, database: &str) {
        self.make(&format!("DROP DATABASE {database} WITH (FORCE)"));
    }

    /// Everything in a database.
    pub(crate) fn contents(&self, state: State, database: &str) -> String {
        let of = if state == State::ManyTables { fingerprint } else { dump };
        of(&self.server, database)
    }

    /// Everything in the state's template.
    pub(crate) fn template(&self, state: State) -> &str {
        self.templates.get(state.id()).expect("every template was made")
    }

    /// Runs a text and ends its connection as soon as it waits for a lock.
    pub(crate) fn run_and_cut(&self, database: &str, sql: &str, how: How) -> Ran {
        let end = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
        std::thread::scope(|scope| {
            let running = scope.spawn(|| self.server.run(APP, database, sql, how));
            while !running.is_finished() && self.server.must("postgres", database, end) == "0" {
                std::thread::sleep(Duration::from_millis(20));
            }
            running.join().expect("psql ends")
        })
    }
}
