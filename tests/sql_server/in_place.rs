//! Emptying the schema in place, and the source's own block.
use super::databases::*;
use super::psql::{EACH_WAY, must, run};
use super::server::server;
use runbook::engine::sql::Edition;
use std::process::Stdio;
use std::time::Duration;

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
#[ignore = "needs PostgreSQL servers: ./x test runs it"]
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
#[ignore = "needs PostgreSQL servers: ./x test runs it"]
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

#[test]
#[ignore = "needs PostgreSQL servers: ./x test runs it"]
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

/// Starts a text while somebody reads a table, kills psql while the text waits, and lets the reader go. Whether the tables are left.
///
/// The server sends nothing before it is done, as notices would tell it over a local socket that nobody is there. Over a network
/// they do not: the first message to a client that is gone does not fail.
fn survives_a_killed_client(edition: Edition) -> bool {
    let (owner, database) = app();
    let ask = |sql: &str| must("postgres", &database, sql);
    let reader = server().reader(&owner, &database);
    let file = server().dir.join(format!("{database}.sql"));
    // A limit that the test does not meet.
    std::fs::write(&file, text(edition, &owner, &database).replace("'5s'", "'60s'")).expect("write the file");
    let mut command = server().psql(&owner, &database);
    command.env("PGOPTIONS", "-c client_min_messages=warning");
    command.arg("-f").arg(&file).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut client = command.spawn().expect("psql runs");
    let waiting =
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    while ask(waiting) == "0" {
        std::thread::sleep(Duration::from_millis(20));
    }
    client.kill().expect("killed");
    client.wait().expect("gone");
    std::thread::sleep(Duration::from_millis(200));
    assert_eq!(ask(waiting), "1", "the server does not notice");
    drop(reader);
    let others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";
    while ask(others) != "0" {
        std::thread::sleep(Duration::from_millis(20));
    }
    ask("SELECT count(*) FROM pg_class WHERE relname IN ('users', 'posts')") == "2"
}

#[test]
#[ignore = "needs PostgreSQL servers: ./x test runs it"]
fn only_the_source_s_block_goes_on_without_its_client() {
    assert!(!survives_a_killed_client(Edition::AsWritten));
    assert!(survives_a_killed_client(Edition::OptionA));
    assert!(survives_a_killed_client(Edition::EmptyInPlace));
}
