//! The texts that change nothing.
use super::databases::*;
use super::psql::{EACH_WAY, How, must, run};
use runbook::engine::sql::{Edition, SqlValues, compose};

#[test]
#[ignore = "needs PostgreSQL servers: ./x test runs it"]
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
        assert!(!ran.out.contains("|public.") && !ran.out.contains("for public."), "{}", ran.out);
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
#[ignore = "needs PostgreSQL servers: ./x test runs it"]
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
#[ignore = "needs PostgreSQL servers: ./x test runs it"]
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
#[ignore = "needs PostgreSQL servers: ./x test runs it"]
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
    has(&owner, &format!("public|users|{owner}||3"));
    has(&owner, &format!("public|emails|{owner}|view|"));
    has(&owner, "(none)||||");
    has(&visitor, "public|not read: no right to read it");
    has(&visitor, &format!("audit|log|{owner}|no right to read it|"));
    must(&owner, &database, "INSERT INTO alembic_version VALUES ('002')");
    has(&owner, "public|{001,002}");
    must(&owner, &database, "DELETE FROM alembic_version");
    has(&owner, "public|{}");
    must(&owner, &database, "DROP TABLE alembic_version");
    has(&owner, "(none)|no alembic_version table in any schema");
}

/// A policy that does not apply and a function of PostgreSQL's own are no reason not to count; neither is a partition.
#[test]
#[ignore = "needs PostgreSQL servers: ./x test runs it"]
fn what_runs_no_code_is_counted() {
    let (owner, database) = app();
    must(&owner, &database, "
        CREATE INDEX ON public.users (lower(email)) WHERE email <> '' AND s = 'open';
        ALTER TABLE public.users ENABLE ROW LEVEL SECURITY;
        CREATE TABLE public.parts (id int) PARTITION BY LIST (id);
        CREATE TABLE public.parts_1 PARTITION OF public.parts FOR VALUES IN (1); INSERT INTO public.parts VALUES (1), (1);
        CREATE TABLE public.parent (id int); CREATE TABLE public.child () INHERITS (public.parent); INSERT INTO public.child VALUES (1);
        CREATE MATERIALIZED VIEW public.kept AS SELECT 1 AS one");
    let visitor = role(&unique("visitor"));
    must("postgres", &database, &format!("GRANT SELECT ON public.users TO {}", quoted(&visitor)));
    let sql = compose(Edition::State, &SqlValues::default()).expect("needs nothing").sql;
    let says = |who: &str, table: &str| {
        let ran = run(who, &database, &sql, How::File);
        let line = ran.out.split('\n').find_map(|line| line.strip_prefix(&format!("public|{table}|{owner}|")));
        line.unwrap_or_else(|| panic!("{table} in {}", ran.out)).to_owned()
    };
    for (who, table, said) in [
        (&owner, "users", "|3"),
        (&visitor, "users", "row security|"),
        (&owner, "parts", "its rows are in its partitions|"),
        (&owner, "parts_1", "|2"),
        (&owner, "parent", "|0"),
        (&owner, "child", "|1"),
        (&owner, "kept", "materialized view|"),
    ] {
        assert_eq!(says(who, table), said, "{table}");
    }
    must(&owner, &database, "ALTER TABLE public.users FORCE ROW LEVEL SECURITY");
    assert_eq!(says(&owner, "users"), "row security|");
}
