//! The scripts of `content/guards/reference/`: their own tests, with every driver, on this server.
use super::databases::{database, role, unique};
use super::server::server;
use std::path::Path;
use std::process::Command;

/// The Python that has the drivers of `tests/python/requirements.txt`.
pub(crate) fn python() -> Command {
    let program = std::env::var_os("RUNBOOK_PYTHON");
    let mut command = Command::new(
        program
            .expect("RUNBOOK_PYTHON is not set: run ./x test, or name a Python that has tests/python/requirements.txt"),
    );
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("PG")) {
        command.env_remove(name);
    }
    command.env("PYTHONDONTWRITEBYTECODE", "1");
    command
}

/// How Python names a database of the server at that directory.
pub(crate) fn url(dir: &Path, user: &str, database: &str) -> String {
    format!("postgresql+asyncpg:///{database}?host={}&user={user}", dir.display())
}

#[test]
#[ignore = "needs PostgreSQL servers: ./x test runs it"]
fn the_reference_scripts_pass_their_own_tests() {
    let owner = role(&unique("app"));
    let database = database(&unique("reset_guard_test"), &owner);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/guards/reference");
    let output = python()
        .args(["-m", "unittest", "-v"])
        .current_dir(folder)
        .env("TEST_DATABASE_URL", url(&server().dir, &owner, &database))
        .output()
        .expect("Python runs");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{said}");
    let last = said.trim_end().rsplit('\n').next().unwrap_or_default();
    assert_eq!(last, "OK", "nothing is left out: {said}");
    for test in ["test_exactly_one_of_182_pairs_is_allowed", "test_every_installed_driver_resets", "test_each_state"] {
        assert!(said.contains(&format!("{test} ")), "{said}");
    }
}
