//! A PostgreSQL server in a temporary directory, on a socket there.
//!
//! A shell beside the server holds the other end of a pipe: when this process ends, however it ends, the pipe closes, and the
//! shell stops the server and removes the directory. PostgreSQL refuses to run as root; then it runs as `postgres` or `nobody`.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

/// A running server.
pub(crate) struct Server {
    /// Where its socket is.
    pub(crate) dir: PathBuf,
    /// The shell; the pipe to it is open as long as this process lives.
    _shell: Child,
}

/// The one of all tests but the proof, of the version whose programs are in `RUNBOOK_PG_BIN`.
pub(crate) fn server() -> &'static Server {
    static SERVER: OnceLock<Server> = OnceLock::new();
    SERVER.get_or_init(|| Server::start(&given_programs()))
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
    static DIRS: AtomicU32 = AtomicU32::new(0);
    let roots = [std::env::temp_dir(), PathBuf::from("/tmp"), PathBuf::from("/var/tmp")];
    let n_dirs = DIRS.fetch_add(1, Ordering::Relaxed);
    for root in roots {
        let dir = root.join(format!("runbook-pg-{}-{n_dirs}", std::process::id()));
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
fn reachable(bin: &Path, dir: &Path, user: (u32, u32)) -> PathBuf {
    let mut probe = Command::new(bin.join("postgres"));
    probe.arg("--version").stdout(Stdio::null());
    runs_as(&mut probe, user, dir);
    if probe.status().is_ok_and(|status| status.success()) {
        return bin.to_owned();
    }
    let copy = dir.join("native");
    succeed(Command::new("cp").arg("-RL").arg(bin.parent().expect("bin has a parent")).arg(&copy));
    succeed(Command::new("chmod").args(["-R", "a+rX"]).arg(&copy));
    copy.join("bin")
}

impl Server {
    /// Starts one with the programs in `bin`.
    pub(crate) fn start(bin: &Path) -> Self {
        let (dir, user) = make_dir();
        let bin = reachable(bin, &dir, user);
        let mut initdb = Command::new(bin.join("initdb"));
        initdb.args(["--no-sync", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-D", "data"]);
        runs_as(&mut initdb, user, &dir);
        succeed(&mut initdb);
        let script = "\"$0/postgres\" -D \"$1/data\" -k \"$1\" -c listen_addresses= -c fsync=off -c full_page_writes=off \
            -c synchronous_commit=off -c autovacuum=off -c shared_buffers=32MB -c max_connections=100 >\"$1/log\" 2>&1 & \
            server=$!; cat >/dev/null; kill -QUIT $server; wait $server; rm -rf \"$1\"";
        let mut shell = Command::new("sh");
        shell
            .args(["-c", script])
            .arg(&bin)
            .arg(&dir)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        runs_as(&mut shell, user, &dir);
        let server = Self { dir, _shell: shell.spawn().expect("start the server") };
        server.wait_until_ready();
        server
    }

    fn wait_until_ready(&self) {
        let begin = Instant::now();
        loop {
            let ready =
                self.psql("postgres", "postgres").args(["-c", "SELECT 1"]).output().expect("psql is on the PATH");
            if ready.status.success() {
                return;
            }
            let log = fs::read_to_string(self.dir.join("log")).unwrap_or_default();
            assert!(begin.elapsed() < Duration::from_mins(1), "the server does not answer: {log}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}
