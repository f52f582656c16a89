//! Names that try: each means exactly that role and that database.
use super::databases::*;
use super::psql::{EACH_WAY, How, must, run};
use runbook::engine::sql::{Edition, Ident};
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
#[ignore = "needs PostgreSQL servers: ./x test runs it"]
fn weird_names_run_as_that_role_on_that_database() {
    assert!(WEIRD.iter().any(|name| name.len() == 63));
    let (first, second) = WEIRD.split_at(WEIRD.len() / 2);
    std::thread::scope(|scope| {
        scope.spawn(|| first.iter().for_each(|name| weird_name_works(name)));
        scope.spawn(|| second.iter().for_each(|name| weird_name_works(name)));
    });
}

#[test]
#[ignore = "needs PostgreSQL servers: ./x test runs it"]
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
    while names.len() < 2000 {
        let length = 1 + next() % 8;
        let name: String = (0..length).filter_map(|_| PIECES.get(next() % PIECES.len()).copied()).collect();
        // The other test makes its names at the same time, and roles belong to the whole server.
        if Ident::role(&name).is_ok() && !WEIRD.contains(&name.as_str()) {
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
#[ignore = "needs PostgreSQL servers: ./x test runs it"]
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
    assert!(names.len() > 2000);
    let drop = each(&names, |name| format!("REVOKE ALL ON SCHEMA audit FROM {0}; DROP ROLE {0};\n", quoted(name)));
    assert!(run("postgres", &database, &drop, How::File).is_clean());
}
