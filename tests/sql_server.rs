//! The generated SQL on real servers, PostgreSQL 13 to 18: what it deletes, what it refuses, and that refusing loses nothing.
//!
//! `RUNBOOK_PG_BIN` names the directory with `initdb` and `postgres` (the `./x` script sets it); `psql` comes from `PATH`.
//! One server for all tests, on a socket in its own temporary directory; each test has its own databases and roles. A shell
//! beside the server holds the other end of a pipe: when this process ends, however it ends, the pipe closes, and the shell
//! stops the server and removes the directory. PostgreSQL refuses to run as root; then it runs as `postgres` or `nobody`.
use runbook::engine::fact::FactKey;
use runbook::engine::sql::{Edition, Grantee, Ident, SqlValues, Suffix, compose};
use std::fs;
use std::io::Write;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

// ---------------------------------------------------------------- the server

struct Server {
    dir: PathBuf,
    /// The shell; the pipe to it is open as long as this process lives.
    _shell: Child,
}

fn server() -> &'static Server {
    static SERVER: OnceLock<Server> = OnceLock::new();
    SERVER.get_or_init(start)
}

/// The user and group the server runs as: ourselves, unless that is root.
fn server_user(own: &fs::Metadata) -> (u32, u32) {
    if own.uid() != 0 {
        return (own.uid(), own.gid());
    }
    let users = fs::read_to_string("/etc/passwd").expect("the list of users");
    let find = |name: &str| {
        let line = users.split('\n').find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))?;
        let mut fields = line.split(':').skip(1);
        Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
    };
    find("postgres").or_else(|| find("nobody")).expect("root needs a user postgres or nobody to run the server as")
}

fn runs_as(command: &mut Command, (uid, gid): (u32, u32), dir: &Path) -> bool {
    let ours = fs::metadata(dir).is_ok_and(|own| own.uid() == uid);
    let root = fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0);
    if root {
        command.uid(uid).gid(gid);
    }
    command.current_dir(dir);
    ours
}

fn succeed(command: &mut Command) {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// A new directory that the server's user may enter and owns.
fn make_dir() -> (PathBuf, (u32, u32)) {
    let roots = [std::env::temp_dir(), PathBuf::from("/tmp"), PathBuf::from("/var/tmp")];
    for root in roots {
        let dir = root.join(format!("runbook-pg-{}", std::process::id()));
        if fs::create_dir(&dir).is_err() {
            continue;
        }
        let own = fs::metadata(&dir).expect("just made");
        let user = server_user(&own);
        chown(&dir, Some(user.0), Some(user.1)).expect("give the directory to the server's user");
        fs::set_permissions(&dir, fs::Permissions::from_mode(0o755)).expect("let it be entered");
        let mut enter = Command::new("test");
        enter.arg("-w").arg(&dir);
        let is_ours = runs_as(&mut enter, user, &dir);
        if is_ours && enter.status().is_ok_and(|status| status.success()) {
            return (dir, user);
        }
        let _ = fs::remove_dir(&dir);
    }
    panic!("no temporary directory that the server's user may enter");
}

/// The directory of the programs.
fn given_programs() -> PathBuf {
    let bin = std::env::var_os("RUNBOOK_PG_BIN").map(PathBuf::from);
    bin.expect(
        "RUNBOOK_PG_BIN is not set: run ./x test, or set it to the directory with a PostgreSQL's initdb and postgres",
    )
}

/// The programs themselves, or a copy of them when the server's user may not reach them.
fn reachable(bin: PathBuf, dir: &Path, user: (u32, u32)) -> PathBuf {
    let mut probe = Command::new(bin.join("postgres"));
    probe.arg("--version").stdout(Stdio::null());
    runs_as(&mut probe, user, dir);
    if probe.status().is_ok_and(|status| status.success()) {
        return bin;
    }
    let copy = dir.join("native");
    succeed(Command::new("cp").arg("-RL").arg(bin.parent().expect("bin has a parent")).arg(&copy));
    succeed(Command::new("chmod").args(["-R", "a+rX"]).arg(&copy));
    copy.join("bin")
}

fn start() -> Server {
    let bin = given_programs();
    let (dir, user) = make_dir();
    let bin = reachable(bin, &dir, user);
    let mut initdb = Command::new(bin.join("initdb"));
    initdb.args(["--no-sync", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-D", "data"]);
    runs_as(&mut initdb, user, &dir);
    succeed(&mut initdb);
    let script = "\"$0/postgres\" -D \"$1/data\" -k \"$1\" -c listen_addresses= -c fsync=off -c full_page_writes=off \
        -c synchronous_commit=off -c autovacuum=off -c shared_buffers=32MB -c max_connections=60 >\"$1/log\" 2>&1 & \
        server=$!; cat >/dev/null; kill -QUIT $server; wait $server; rm -rf \"$1\"";
    let mut shell = Command::new("sh");
    shell.args(["-c", script]).arg(&bin).arg(&dir).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    runs_as(&mut shell, user, &dir);
    let server = Server { dir, _shell: shell.spawn().expect("start the server") };
    wait_until_ready(&server);
    server
}

fn wait_until_ready(server: &Server) {
    let begin = Instant::now();
    loop {
        let ready = psql_command(server, "postgres", "postgres")
            .args(["-c", "SELECT 1"])
            .output()
            .expect("psql is on the PATH");
        if ready.status.success() {
            return;
        }
        let log = fs::read_to_string(server.dir.join("log")).unwrap_or_default();
        assert!(begin.elapsed() < Duration::from_mins(1), "the server does not answer: {log}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

// ---------------------------------------------------------------- psql

/// psql as `role` on `database`, without personal settings or variables of the environment.
fn psql_command(server: &Server, role: &str, database: &str) -> Command {
    let quoted = |value: &str| format!("'{}'", value.replace('\\', "\\\\").replace('\'', "\\'"));
    let target =
        format!("host={} user={} dbname={}", quoted(&server.dir.display().to_string()), quoted(role), quoted(database));
    let mut command = Command::new("psql");
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("PG")) {
        command.env_remove(name);
    }
    command.env("PGCLIENTENCODING", "UTF8").args(["-X", "-At", "-d"]).arg(target);
    command
}

/// How a person may run a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum How {
    /// `psql -X -v ON_ERROR_STOP=1 -1 -f FILE`
    File,
    /// Pasted into psql, errors do not stop it.
    Paste,
    /// `psql -c`, all of it one string, as graphical tools send it.
    OneString,
    /// Pasted into a psql that undoes each failing statement by itself and goes on.
    RollbackEach,
}

const EACH_WAY: [How; 4] = [How::File, How::Paste, How::OneString, How::RollbackEach];

struct Ran {
    success: bool,
    out: String,
    err: String,
}

impl Ran {
    fn from(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        Self { success: output.status.success(), out: text(output.stdout), err: text(output.stderr) }
    }

    /// No error was printed, whatever the exit code says.
    fn is_clean(&self) -> bool {
        self.success && !self.err.contains("ERROR:") && !self.err.contains("FATAL:")
    }
}

fn run(role: &str, database: &str, sql: &str, how: How) -> Ran {
    static FILES: AtomicU32 = AtomicU32::new(0);
    let server = server();
    let mut command = psql_command(server, role, database);
    match how {
        How::File => {
            let file = server.dir.join(format!("{}.sql", FILES.fetch_add(1, Ordering::Relaxed)));
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

fn pasted(mut command: Command, sql: &str) -> Ran {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("psql runs");
    child.stdin.take().expect("piped").write_all(sql.as_bytes()).expect("psql reads");
    Ran::from(child.wait_with_output().expect("psql ends"))
}

/// Runs preparing SQL that must work.
fn must(role: &str, database: &str, sql: &str) -> String {
    let ran = run(role, database, sql, How::OneString);
    assert!(ran.is_clean(), "{sql}\n{}", ran.err);
    ran.out.trim_end_matches('\n').to_owned()
}

// ---------------------------------------------------------------- databases to work on

/// Our own quoting, apart from the engine's.
fn quoted(name: &str) -> String {
    let mut token = String::from("\"");
    for letter in name.chars() {
        token.push(letter);
        if letter == '"' {
            token.push(letter);
        }
    }
    token + "\""
}

/// The server's major version: PostgreSQL 14 brought the role `pg_database_owner`, 15 gave it `public`.
fn version() -> u32 {
    let number = must("postgres", "postgres", "SELECT current_setting('server_version_num')::int / 10000");
    number.parse().expect("a number")
}

fn unique(word: &str) -> String {
    static NAMES: AtomicU32 = AtomicU32::new(0);
    format!("{word}_{}", NAMES.fetch_add(1, Ordering::Relaxed))
}

/// A login role of that name.
fn role(name: &str) -> String {
    must("postgres", "postgres", &format!("CREATE ROLE {} LOGIN", quoted(name)));
    name.to_owned()
}

/// A database of that name, owned by `owner`.
fn database(name: &str, owner: &str) -> String {
    must("postgres", "postgres", &format!("CREATE DATABASE {} OWNER {}", quoted(name), quoted(owner)));
    // Before PostgreSQL 15 `public` belongs to the superuser who made the server.
    let own = "DO $own$ BEGIN IF current_setting('server_version_num')::int < 150000 THEN
        ALTER SCHEMA public OWNER TO {}; END IF; END $own$";
    must("postgres", name, &own.replace("{}", &quoted(owner)));
    name.to_owned()
}

/// An owner and a filled database.
fn app() -> (String, String) {
    let owner = role(&unique("app"));
    let database = database(&unique("db"), &owner);
    must(&owner, &database, FILL);
    (owner, database)
}

const FILL: &str = "
    CREATE TYPE public.status AS ENUM ('open', 'closed');
    CREATE TABLE public.users (id serial PRIMARY KEY, email text, s public.status);
    INSERT INTO public.users (email, s) VALUES ('a', 'open'), ('b', 'closed'), ('c', 'open');
    CREATE TABLE public.posts (id int, user_id int REFERENCES public.users);
    CREATE VIEW public.emails AS SELECT email FROM public.users;
    CREATE FUNCTION public.f() RETURNS int LANGUAGE sql AS 'SELECT 1';
    CREATE TABLE public.alembic_version (version_num varchar(32) PRIMARY KEY);
    INSERT INTO public.alembic_version VALUES ('001');
    CREATE SCHEMA IF NOT EXISTS audit;
    CREATE TABLE IF NOT EXISTS audit.log (id int, s public.status);
    INSERT INTO audit.log (id) VALUES (1), (2);";

/// Everything a change could touch: schemas with owners and grants, relations, columns, functions, types, rows.
fn snapshot(database: &str) -> String {
    must("postgres", database, "
        SELECT 'schema', nspname, nspowner, nspacl, oid FROM pg_namespace WHERE nspname !~ '^pg_(toast_)?temp' ORDER BY 2;
        SELECT 'relation', oid, relname, relnamespace, relowner, relacl, relnatts FROM pg_class WHERE relnamespace <> 'pg_toast'::regnamespace ORDER BY oid;
        SELECT 'column', attrelid, attname, atttypid, attisdropped FROM pg_attribute WHERE attrelid > 16383 ORDER BY attrelid, attnum;
        SELECT 'function', oid, proname, pronamespace FROM pg_proc WHERE oid > 16383 ORDER BY oid;
        SELECT 'type', oid, typname, typnamespace FROM pg_type WHERE oid > 16383 ORDER BY oid;
        SELECT 'extension', extname, extnamespace FROM pg_extension ORDER BY 2;
        SELECT 'rows', n.nspname, c.relname, query_to_xml(format('SELECT * FROM %I.%I', n.nspname, c.relname), true, false, '')::text
          FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'r' AND c.oid > 16383 ORDER BY c.oid;")
}

fn values(role: &str, database: &str) -> SqlValues {
    SqlValues {
        grantee: Some(Grantee::Role(Ident::role(role).expect("acceptable role").ident)),
        database: Some(Ident::database(database).expect("acceptable database").ident),
        suffix: Suffix::default(),
    }
}

fn text(edition: Edition, role: &str, database: &str) -> String {
    compose(edition, &values(role, database)).expect("complete").sql
}

/// Asserts that `sql`, run as `role` in each way, is stopped with `words` and changes nothing.
fn stopped(role: &str, database: &str, sql: &str, words: &str) {
    let before = snapshot(database);
    for how in EACH_WAY {
        let ran = run(role, database, sql, how);
        assert!(ran.err.contains(words), "{how:?}: {}", ran.err);
        assert_eq!(ran.success, !matches!(how, How::File | How::OneString), "{how:?}: {}", ran.err);
    }
    assert_eq!(snapshot(database), before, "one of the ways changed something");
}

const N_TABLES: &str =
    "SELECT count(*) FROM pg_class WHERE relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = 'public')";

/// Asserts that `public` is there and empty, the role can use it, and other schemas kept their rows.
fn wiped(role: &str, database: &str) {
    wiped_then(role, database, "");
}

/// The same, and then `sql` as postgres, in one visit.
fn wiped_then(role: &str, database: &str, sql: &str) {
    let role = role.replace('\\', "\\\\").replace('\'', "''");
    let query = format!(
        "{N_TABLES}; SELECT count(*) FROM audit.log; SELECT has_schema_privilege(E'{role}', 'public', 'CREATE'),
            has_schema_privilege(E'{role}', 'public', 'USAGE'), has_schema_privilege('public', 'public', 'CREATE'); {sql}"
    );
    let answers = must("postgres", database, &query);
    assert!(answers.starts_with("0\n2\nt|t|f"), "{answers}");
}

// ---------------------------------------------------------------- option-a

#[test]
fn option_a_wipes_as_plain_owner_again_and_without_public() {
    let (owner, database) = app();
    let sql = text(Edition::OptionA, &owner, &database);
    for how in EACH_WAY {
        let ran = run(&owner, &database, &sql, how);
        assert!(ran.is_clean(), "{how:?}: {}", ran.err);
        wiped(&owner, &database);
        assert!(run(&owner, &database, &sql, how).is_clean(), "{how:?}: a second time");
        wiped(&owner, &database);
        must(&owner, &database, "DROP SCHEMA public");
        assert!(run(&owner, &database, &sql, how).is_clean(), "{how:?}: without public");
        wiped(&owner, &database);
        must(&owner, &database, &format!("DROP SCHEMA audit CASCADE;{FILL}"));
    }
}

#[test]
fn option_a_with_a_mistyped_user_leaves_every_table() {
    let (owner, database) = app();
    let sql = text(Edition::OptionA, "no_such_user", &database);
    stopped(&owner, &database, &sql, "STOP: that role does not exist");
}

#[test]
fn option_a_on_another_database_is_stopped() {
    let (owner, database) = app();
    let sql = text(Edition::OptionA, &owner, "another_database");
    stopped(&owner, &database, &sql, &format!("STOP: connected to {database}"));
}

#[test]
fn option_a_as_somebody_else_is_stopped() {
    let (owner, database) = app();
    let visitor = role(&unique("visitor"));
    stopped(
        &visitor,
        &database,
        &text(Edition::OptionA, &owner, &database),
        "could drop the schema but not create it again",
    );
    must("postgres", &database, &format!("GRANT CREATE ON DATABASE {} TO {}", quoted(&database), quoted(&visitor)));
    stopped(&visitor, &database, &text(Edition::OptionA, &owner, &database), "does not own schema public");
}

#[test]
fn option_a_for_the_connected_user() {
    let (owner, database) = app();
    let values = SqlValues { grantee: Some(Grantee::CurrentUser), ..values(&owner, &database) };
    let sql = compose(Edition::OptionA, &values).expect("complete").sql;
    assert!(run(&owner, &database, &sql, How::File).is_clean());
    wiped(&owner, &database);
}

#[test]
fn option_a_waits_for_nobody() {
    let (owner, database) = app();
    let server = server();
    let mut reader = psql_command(server, &owner, &database);
    let mut reader = reader.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("psql runs");
    let mut input = reader.stdin.take().expect("piped");
    input.write_all(b"BEGIN; SELECT count(*) FROM public.users;\n").expect("psql reads");
    let waits = "SELECT count(*) FROM pg_locks WHERE relation = 'public.users'::regclass AND granted";
    while must(&owner, &database, waits) == "0" {
        std::thread::sleep(Duration::from_millis(20));
    }
    let before = snapshot(&database);
    let sql = text(Edition::OptionA, &owner, &database).replace("lock_timeout = '5s'", "lock_timeout = '200ms'");
    let ran = run(&owner, &database, &sql, How::File);
    assert!(ran.err.contains("canceling statement due to lock timeout"), "{}", ran.err);
    assert_eq!(snapshot(&database), before);
    drop(input);
    reader.wait().expect("psql ends");
}

/// Names that would break careless quoting.
const WEIRD: [&str; 16] = [
    "we\"ird",
    "o'brien",
    "x; DROP SCHEMA audit CASCADE; --",
    "пользователь",
    "用户 😀",
    "$$",
    "a$$b$body$",
    "back\\slash",
    "into",
    "U&\"\\0441\"",
    "%s %I",
    ":'x' :y",
    "/* c",
    "İstanbul",
    "\\'",
    "123456789012345678901234567890123456789012345678901234567890é_",
];

fn weird_name_works(name: &str) {
    role(name);
    database(name, name);
    must(name, name, FILL);
    for how in [How::File, How::Paste, How::OneString] {
        clean(name, Edition::OptionA, how);
        let refill = format!("DROP SCHEMA audit CASCADE; SET ROLE {}; {FILL}", quoted(name));
        wiped_then(name, name, &refill);
    }
    let before = snapshot(name);
    for edition in [Edition::Rehearsal, Edition::State, Edition::Verify] {
        clean(name, edition, How::File);
    }
    assert_eq!(snapshot(name), before, "{name:?}");
    for edition in [Edition::MoveAside, Edition::UndoMoveAside, Edition::EmptyInPlace, Edition::AsWritten] {
        clean(name, edition, How::File);
    }
}

/// Runs `edition` as the role of that name on the database of that name.
fn clean(name: &str, edition: Edition, how: How) {
    let ran = run(name, name, &text(edition, name, name), how);
    assert!(ran.is_clean(), "{name:?} {} {how:?}: {}", edition.id(), ran.err);
}

#[test]
fn weird_names_run_as_that_role_on_that_database() {
    assert!(WEIRD.iter().any(|name| name.len() == 63));
    let (first, second) = WEIRD.split_at(WEIRD.len() / 2);
    std::thread::scope(|scope| {
        scope.spawn(|| first.iter().for_each(|name| weird_name_works(name)));
        scope.spawn(|| second.iter().for_each(|name| weird_name_works(name)));
    });
}

#[test]
fn backslashes_mean_the_same_when_strings_do_not_conform() {
    let name = "odd\\'name";
    role(name);
    database(name, name);
    must(name, name, FILL);
    must("postgres", "postgres", &format!("ALTER ROLE {} SET standard_conforming_strings = off", quoted(name)));
    for how in EACH_WAY {
        let ran = run(name, name, &text(Edition::OptionA, name, name), how);
        assert!(ran.is_clean(), "{how:?}: {}", ran.err);
    }
    let mistyped = text(Edition::OptionA, "odd\\'nam", name);
    assert!(run(name, name, &mistyped, How::Paste).err.contains("STOP: that role does not exist"));
}

/// Pseudo-random names out of pieces that matter to quoting; the same in every run.
fn generated_names() -> Vec<String> {
    const PIECES: [&str; 24] = [
        "\"", "'", "\\", "$", "$$", ";", "--", "/*", "*/", " ", "%", ":", "U&", "E'", "é", "я", "用", "😀", "A",
        "select", "a", "_", "1", ".",
    ];
    let mut state: u64 = 20_261_122;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 40).expect("24 bits")
    };
    let mut names = std::collections::BTreeSet::new();
    while names.len() < 150 {
        let length = 1 + next() % 8;
        let name: String = (0..length).filter_map(|_| PIECES.get(next() % PIECES.len()).copied()).collect();
        if Ident::role(&name).is_ok() {
            names.insert(name);
        }
    }
    let edges = [
        "a".repeat(63),
        "é".repeat(31),
        "Public".to_owned(),
        "PG_admin".to_owned(),
        "NONE".to_owned(),
        "CURRENT_USER".to_owned(),
    ];
    names
        .into_iter()
        .chain(edges)
        .chain(["current_user", "user", "all", "group", "$user", "1abc", "-- c"].map(str::to_owned))
        .collect()
}

/// One text out of a piece for each name.
fn each(names: &[String], piece: impl Fn(&str) -> String) -> String {
    names.iter().map(|name| piece(name)).collect::<Vec<_>>().concat()
}

#[test]
fn generated_names_are_granted_to_exactly_that_role() {
    let (owner, database) = app();
    let names = generated_names();
    let create = each(&names, |name| format!("CREATE ROLE {};\n", quoted(name)));
    let grant = each(&names, |name| {
        let ident = Ident::role(name).expect("acceptable").ident;
        let exists = format!("SELECT 1 FROM pg_roles WHERE rolname = {}", ident.literal().token());
        format!(
            "GRANT USAGE ON SCHEMA audit TO {};\nDO $do$ BEGIN ASSERT EXISTS ({exists}); END $do$;\n",
            ident.token()
        )
    });
    let made = run("postgres", &database, &create, How::File);
    assert!(made.is_clean(), "{}", made.err);
    let granted = run(&owner, &database, &grant, How::File);
    assert!(granted.is_clean() && !granted.err.contains("NOTICE"), "{}", granted.err);
    let read = must(
        &owner,
        &database,
        &format!(
            "SELECT pg_get_userbyid(a.grantee) FROM pg_namespace, aclexplode(nspacl) a WHERE nspname = 'audit' AND a.grantee <> nspowner -- {owner}"
        ),
    );
    let read: std::collections::BTreeSet<&str> = read.split('\n').collect();
    assert_eq!(read, names.iter().map(String::as_str).collect());
    assert!(names.len() > 150);
    let drop = each(&names, |name| format!("REVOKE ALL ON SCHEMA audit FROM {0}; DROP ROLE {0};\n", quoted(name)));
    assert!(run("postgres", &database, &drop, How::File).is_clean());
}

#[test]
fn a_look_alike_function_in_public_is_not_called() {
    let (owner, database) = app();
    must("postgres", &database, "
        GRANT ALL ON SCHEMA public TO PUBLIC;
        CREATE TABLE audit.trap (id int); GRANT ALL ON audit.trap, audit.log TO PUBLIC; GRANT USAGE ON SCHEMA audit TO PUBLIC;");
    let visitor = role(&unique("visitor"));
    must(&visitor, &database, "
        CREATE FUNCTION public.has_database_privilege(name, text) RETURNS bool LANGUAGE sql AS 'INSERT INTO audit.trap VALUES (1); SELECT true';
        CREATE FUNCTION public.format(text, name) RETURNS text LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''trapped''; END';");
    assert_eq!(
        must(
            &visitor,
            &database,
            "SELECT has_database_privilege(current_database(), 'CREATE'); SELECT count(*) FROM audit.trap"
        ),
        "t\n1"
    );
    for edition in [Edition::Rehearsal, Edition::State, Edition::Verify, Edition::OptionA] {
        let ran = run(&owner, &database, &text(edition, &owner, &database), How::File);
        assert!(ran.is_clean(), "{}: {}", edition.id(), ran.err);
    }
    assert_eq!(must("postgres", &database, "SELECT count(*) FROM audit.trap"), "1");
}

// ---------------------------------------------------------------- rehearsal, state, verify

#[test]
fn a_rehearsal_shows_what_would_go_and_changes_nothing() {
    let (owner, database) = app();
    must("postgres", &database, "CREATE EXTENSION citext; ALTER TABLE audit.log ADD m public.citext");
    let before = snapshot(&database);
    let sql = text(Edition::Rehearsal, &owner, &database);
    for how in EACH_WAY {
        let ran = run(&owner, &database, &sql, how);
        assert!(ran.is_clean(), "{how:?}: {}", ran.err);
        assert!(ran.err.contains("REHEARSED: option-a would pass here"), "{how:?}: {}", ran.err);
        assert_eq!(snapshot(&database), before, "{how:?}");
        let shown: Vec<&str> = ran.out.split('\n').collect();
        for line in [
            "table|3",
            "view|1",
            "sequence|1",
            "extension|1",
            "type|1",
            "table column|audit.log.m",
            "table column|audit.log.s",
            "extension|citext",
        ] {
            assert!(shown.contains(&line), "{how:?}: {line} in {}", ran.out);
        }
        assert!(!ran.out.contains("|public."), "{}", ran.out);
    }
    // Where a client commits every statement by itself, it still changes nothing.
    let by_itself: String =
        sql.split_inclusive('\n').filter(|line| !["BEGIN;\n", "ROLLBACK;\n"].contains(line)).collect();
    assert!(run(&owner, &database, &by_itself, How::Paste).err.contains("REHEARSED"));
    assert_eq!(snapshot(&database), before);
    let committed = sql.replace("ROLLBACK;", "COMMIT;");
    assert!(run(&owner, &database, &committed, How::Paste).err.contains("REHEARSED"));
    assert_eq!(snapshot(&database), before);
    stopped(&owner, &database, &text(Edition::Rehearsal, "no_such_user", &database), "STOP: that role does not exist");
}

#[test]
fn a_rehearsal_on_an_empty_or_missing_public() {
    let (owner, database) = app();
    let sql = text(Edition::Rehearsal, &owner, &database);
    must(&owner, &database, "DROP SCHEMA public CASCADE; CREATE SCHEMA public");
    assert!(run(&owner, &database, &sql, How::File).is_clean());
    must(&owner, &database, "DROP SCHEMA public");
    assert!(run(&owner, &database, &sql, How::File).is_clean());
    assert_eq!(must(&owner, &database, "SELECT count(*) FROM pg_namespace WHERE nspname = 'public'"), "0");
}

#[test]
fn reading_changes_nothing_for_owner_and_visitor_in_every_state() {
    let (owner, database) = app();
    let visitor = role(&unique("visitor"));
    let states = [
        "SELECT 1",
        "INSERT INTO public.alembic_version VALUES ('002')",
        "DELETE FROM public.alembic_version",
        "CREATE TABLE audit.alembic_version (version_num text)",
        "DROP TABLE public.alembic_version; DROP TABLE audit.alembic_version",
        "DROP SCHEMA public CASCADE",
        "CREATE SCHEMA public",
    ];
    for state in states {
        must(&owner, &database, state);
        let before = snapshot(&database);
        for (who, edition) in [
            (&owner, Edition::State),
            (&visitor, Edition::State),
            (&owner, Edition::Verify),
            (&visitor, Edition::Verify),
        ] {
            let sql = compose(edition, &SqlValues::default()).expect("needs nothing").sql;
            for how in [How::File, How::Paste].into_iter().take(if state == "SELECT 1" { 2 } else { 1 }) {
                let ran = run(who, &database, &sql, how);
                assert!(ran.is_clean(), "{state} {} {how:?}: {}", edition.id(), ran.err);
                assert!(ran.out.contains(&database), "{}", ran.out);
            }
        }
        assert_eq!(snapshot(&database), before, "{state}");
    }
}

#[test]
fn state_says_what_is_there() {
    let (owner, database) = app();
    must("postgres", &database, "CREATE EXTENSION citext");
    let visitor = role(&unique("visitor"));
    let sql = compose(Edition::State, &SqlValues::default()).expect("needs nothing").sql;
    let has = |who: &str, line: &str| {
        let ran = run(who, &database, &sql, How::File);
        assert!(ran.out.split('\n').any(|found| found == line), "{line} in {}", ran.out);
    };
    let of_public = if version() < 15 { owner.as_str() } else { "pg_database_owner" };
    has(&owner, &format!("public|{of_public}|t|3|citext"));
    has(&owner, "public|{001}");
    has(&owner, &format!("public|users|{owner}|3"));
    has(&visitor, "public|not readable by this user");
    has(&visitor, &format!("audit|log|{owner}|"));
    must(&owner, &database, "INSERT INTO alembic_version VALUES ('002')");
    has(&owner, "public|{001,002}");
    must(&owner, &database, "DELETE FROM alembic_version");
    has(&owner, "public|{}");
    must(&owner, &database, "DROP TABLE alembic_version");
    has(&owner, "(none)|no alembic_version table in any schema");
}

#[test]
fn what_the_state_prints_is_read_and_what_option_a_prints_is_judged() {
    let (owner, database) = app();
    let engine = runbook::embedded::engine().expect("native programs hold the patterns");
    let as_printed = |sql: &str| {
        let mut command = psql_command(server(), &owner, &database);
        // The last options win: as psql prints by itself.
        command.args(["-P", "format=aligned", "-P", "tuples_only=off"]);
        let ran = pasted(command, sql);
        // The error and the answers came through two pipes: their order is lost.
        if ran.err.contains("ERROR:") { ran.err } else { ran.out }
    };
    let read = |sql: &str| engine.read(as_printed(sql).as_bytes()).expect("an answer");
    let state = compose(Edition::State, &SqlValues::default()).expect("needs nothing").sql;
    let said = read(&state);
    assert_eq!(said.database(), Some(database.as_str()));
    assert_eq!(said.facts.value(FactKey::SetAside), Some("possible"));
    let shown: Vec<&str> = said.deleted.iter().map(|line| line.text.as_str()).collect();
    assert!(shown.contains(&"Table users, rows: 3."), "{shown:?}");
    assert!(shown.contains(&"In another schema: table column audit.log.s."), "{shown:?}");
    must("postgres", &database, "CREATE EXTENSION citext");
    assert_eq!(read(&state).facts.value(FactKey::SetAside), Some("extension"));
    let judged = |sql: &str| engine.judge(Edition::OptionA, as_printed(sql).as_bytes()).map(|reply| reply.id.as_str());
    let text_for = |database: &str| text(Edition::OptionA, &owner, database);
    assert_eq!(judged(&text_for("another_db")), Some("another-database"));
    assert_eq!(judged(&text_for(&database)), Some("committed"));
    must(&owner, &database, "DROP SCHEMA public");
    assert_eq!(read(&state).facts.value(FactKey::PublicSchema), Some("missing"));
}

// ---------------------------------------------------------------- move-aside

#[test]
fn moving_aside_and_back_is_a_round_trip() {
    let (owner, database) = app();
    let before = snapshot(&database);
    let (aside, undo) = (text(Edition::MoveAside, &owner, &database), text(Edition::UndoMoveAside, &owner, &database));
    for how in EACH_WAY {
        let ran = run(&owner, &database, &aside, how);
        assert!(ran.is_clean(), "{how:?}: {}", ran.err);
        assert_eq!(must(&owner, &database, N_TABLES), "0");
        assert_eq!(must(&owner, &database, "SELECT count(*) FROM public_broken_1.users"), "3");
        let defaults = "SELECT pg_get_userbyid(nspowner), has_schema_privilege('public', oid, 'CREATE'), has_schema_privilege('public', oid, 'USAGE') FROM pg_namespace WHERE nspname = 'public'";
        let of_public = if version() < 14 { owner.as_str() } else { "pg_database_owner" };
        assert_eq!(must(&owner, &database, defaults), format!("{of_public}|f|t"));
        let ran = run(&owner, &database, &undo, how);
        assert!(ran.is_clean() && !ran.err.contains("KEPT"), "{how:?}: {}", ran.err);
        assert_eq!(snapshot(&database), before, "{how:?}");
    }
    stopped(&owner, &database, &undo, "STOP: there is no schema public_broken_1 to put back");
}

#[test]
fn an_attempt_with_something_in_it_is_kept_and_said_so() {
    let (owner, database) = app();
    let (aside, undo) = (text(Edition::MoveAside, &owner, &database), text(Edition::UndoMoveAside, &owner, &database));
    assert!(run(&owner, &database, &aside, How::File).is_clean());
    stopped(&owner, &database, &aside, "STOP: there is already a schema public_broken_1");
    must(&owner, &database, "CREATE TABLE public.fresh AS SELECT 7 AS id");
    let ran = run(&owner, &database, &undo, How::File);
    assert!(ran.is_clean() && ran.err.contains("KEPT: schema public_attempt_1 is not empty"), "{}", ran.err);
    assert_eq!(
        must(&owner, &database, "SELECT id FROM public_attempt_1.fresh; SELECT count(*) FROM public.users"),
        "7\n3"
    );
    assert!(run(&owner, &database, &aside, How::File).is_clean());
    stopped(&owner, &database, &undo, "STOP: there is already a schema public_attempt_1");
    let other = SqlValues { suffix: Suffix::new("20261122").expect("fine"), ..values(&owner, &database) };
    must(&owner, &database, "ALTER SCHEMA public_broken_1 RENAME TO public_broken_20261122; DROP SCHEMA public");
    let undo = compose(Edition::UndoMoveAside, &other).expect("complete").sql;
    assert!(run(&owner, &database, &undo, How::File).is_clean(), "also without public");
    assert_eq!(must(&owner, &database, "SELECT count(*) FROM public.users"), "3");
}

#[test]
fn moving_aside_is_stopped_before_it_does_harm() {
    let (owner, database) = app();
    let visitor = role(&unique("visitor"));
    let aside = text(Edition::MoveAside, &owner, &database);
    stopped(&owner, &database, &text(Edition::MoveAside, &owner, "another_database"), "STOP: connected to");
    stopped(&owner, &database, &text(Edition::MoveAside, "no_such_user", &database), "STOP: that role does not exist");
    stopped(&visitor, &database, &aside, "could drop the schema but not create it again");
    must("postgres", &database, &format!("GRANT CREATE ON DATABASE {} TO {}", quoted(&database), quoted(&visitor)));
    stopped(&visitor, &database, &aside, "does not own schema public");
    must("postgres", &database, "CREATE EXTENSION citext; CREATE EXTENSION pg_trgm");
    stopped(&owner, &database, &aside, "extensions live in schema public and would move along: citext, pg_trgm");
    must("postgres", &database, "DROP EXTENSION citext; DROP EXTENSION pg_trgm");
    must("postgres", &database, &format!("ALTER SCHEMA public OWNER TO {}", quoted(&visitor)));
    assert!(
        run(&visitor, &database, &aside, How::File).is_clean(),
        "an owner of the schema who does not own the database"
    );
    let undo = text(Edition::UndoMoveAside, &owner, &database);
    let outsider = role(&unique("outsider"));
    stopped(&outsider, &database, &undo, "may not rename a schema in this database");
    must("postgres", &database, &format!("GRANT CREATE ON DATABASE {} TO {}", quoted(&database), quoted(&outsider)));
    stopped(&outsider, &database, &undo, "does not own both schemas");
    must(&owner, &database, "DROP TABLE public_broken_1.alembic_version");
    assert!(run(&visitor, &database, &undo, How::File).is_clean());
    stopped(&owner, &database, &text(Edition::UndoMoveAside, &owner, "another_database"), "STOP: connected to");
}

// ---------------------------------------------------------------- empty-in-place

/// A database as PostgreSQL 13 and 14 make them: schema `public` belongs to postgres, everybody may create in it.
fn old_style() -> (String, String) {
    let user = role(&unique("app"));
    let database = database(&unique("old"), &user);
    must(
        "postgres",
        &database,
        "ALTER SCHEMA public OWNER TO postgres; GRANT ALL ON SCHEMA public TO PUBLIC; CREATE EXTENSION citext",
    );
    must(&user, &database, FILL);
    (user, database)
}

#[test]
fn emptying_in_place_keeps_schema_grants_and_extensions() {
    let (user, database) = old_style();
    let sql = text(Edition::EmptyInPlace, &user, &database);
    for how in EACH_WAY {
        must(&user, &database, "
            CREATE DOMAIN public.d AS public.status; CREATE TYPE public.pair AS (a int, b public.d); CREATE TYPE public.r AS RANGE (subtype = int);
            CREATE MATERIALIZED VIEW public.m AS SELECT 1 AS one; CREATE PROCEDURE public.p(public.pair) LANGUAGE sql AS 'SELECT 1';
            CREATE TABLE public.parts (id int) PARTITION BY LIST (id); CREATE TABLE public.parts_1 PARTITION OF public.parts FOR VALUES IN (1);
            CREATE AGGREGATE public.total(int) (SFUNC = int4pl, STYPE = int);
            CREATE TABLE public.\"odd \"\"name\" (id int GENERATED ALWAYS AS IDENTITY, d public.d);
            DO $$ BEGIN FOR i IN 1..60 LOOP EXECUTE format('CREATE TYPE public.t%s AS (x public.d)', i); EXECUTE format('CREATE FUNCTION public.g%s(public.t%s) RETURNS int LANGUAGE sql AS ''SELECT 1''', i, i); END LOOP; END $$;");
        let grants = "SELECT nspowner::regrole, nspacl FROM pg_namespace WHERE nspname = 'public'";
        let before = must("postgres", &database, grants);
        let ran = run(&user, &database, &sql, how);
        assert!(ran.is_clean(), "{how:?}: {}", ran.err);
        assert_eq!(must("postgres", &database, grants), before);
        let left = "SELECT count(*) FROM pg_depend d WHERE refclassid = 'pg_namespace'::regclass AND refobjid = 'public'::regnamespace
            AND NOT EXISTS (SELECT 1 FROM pg_depend e WHERE e.classid = d.classid AND e.objid = d.objid AND e.deptype = 'e') AND classid <> 'pg_extension'::regclass";
        assert_eq!(must("postgres", &database, left), "0", "{how:?}");
        assert_eq!(must(&user, &database, "SELECT count(*) FROM audit.log; SELECT 'A'::public.citext = 'a'"), "2\nt");
        assert!(run(&user, &database, &sql, how).is_clean(), "{how:?}: a second time");
        must(&user, &database, "DROP SCHEMA audit CASCADE");
        must(&user, &database, FILL);
    }
}

#[test]
fn emptying_in_place_is_stopped_before_it_does_harm() {
    let (user, database) = old_style();
    let visitor = role(&unique("visitor"));
    stopped(&user, &database, &text(Edition::EmptyInPlace, &user, "another_database"), "STOP: connected to");
    stopped(
        &user,
        &database,
        &text(Edition::EmptyInPlace, "no_such_user", &database),
        "STOP: that role does not exist",
    );
    stopped(
        &visitor,
        &database,
        &text(Edition::EmptyInPlace, &user, &database),
        "does not have the rights of that role",
    );
    stopped(&visitor, &database, &text(Edition::EmptyInPlace, &visitor, &database), "must be owner of");
    must(&visitor, &database, "CREATE TABLE public.theirs (id int)");
    stopped(&user, &database, &text(Edition::EmptyInPlace, &user, &database), "must be owner of table theirs");
    must("postgres", &database, "DROP SCHEMA public CASCADE");
    stopped(&user, &database, &text(Edition::EmptyInPlace, &user, &database), "STOP: there is no schema public");
}

// ---------------------------------------------------------------- as-written

#[test]
fn the_source_s_block_runs_as_written() {
    let (owner, database) = app();
    let sql = text(Edition::AsWritten, &owner, &database);
    assert!(sql.contains(&format!("TO {owner};\n")));
    for how in EACH_WAY {
        let ran = run(&owner, &database, &sql, how);
        assert!(ran.is_clean(), "{how:?}: {}", ran.err);
        assert_eq!(must("postgres", &database, N_TABLES), "0");
        must(&owner, &database, &format!("DROP SCHEMA audit CASCADE;{FILL}"));
    }
}
