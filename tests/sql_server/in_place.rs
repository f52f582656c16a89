//! Emptying the schema in place, and the source's own block.
use super::databases::*;
use super::psql::{EACH_WAY, must, run};
use runbook::engine::sql::Edition;

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
