//! Roles and databases to work on, and what is in them.
use super::psql::{EACH_WAY, How, must, run};
use runbook::engine::sql::{Edition, Grantee, Ident, SqlValues, Suffix, compose};
use std::sync::atomic::{AtomicU32, Ordering};

/// Our own quoting, apart from the engine's.
pub(crate) fn quoted(name: &str) -> String {
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
pub(crate) fn version() -> u32 {
    let number = must("postgres", "postgres", "SELECT current_setting('server_version_num')::int / 10000");
    number.parse().expect("a number")
}

pub(crate) fn unique(word: &str) -> String {
    static NAMES: AtomicU32 = AtomicU32::new(0);
    format!("{word}_{}", NAMES.fetch_add(1, Ordering::Relaxed))
}

/// A login role of that name.
pub(crate) fn role(name: &str) -> String {
    must("postgres", "postgres", &format!("CREATE ROLE {} LOGIN", quoted(name)));
    name.to_owned()
}

/// A database of that name, owned by `owner`.
pub(crate) fn database(name: &str, owner: &str) -> String {
    must("postgres", "postgres", &format!("CREATE DATABASE {} OWNER {}", quoted(name), quoted(owner)));
    // Before PostgreSQL 15 `public` belongs to the superuser who made the server.
    let own = "DO $own$ BEGIN IF current_setting('server_version_num')::int < 150000 THEN
        ALTER SCHEMA public OWNER TO {}; END IF; END $own$";
    must("postgres", name, &own.replace("{}", &quoted(owner)));
    name.to_owned()
}

/// An owner and a filled database.
pub(crate) fn app() -> (String, String) {
    let owner = role(&unique("app"));
    let database = database(&unique("db"), &owner);
    must(&owner, &database, FILL);
    (owner, database)
}

pub(crate) const FILL: &str = "
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
pub(crate) fn snapshot(database: &str) -> String {
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

pub(crate) fn values(role: &str, database: &str) -> SqlValues {
    SqlValues {
        grantee: Some(Grantee::Role(Ident::role(role).expect("acceptable role").ident)),
        database: Some(Ident::database(database).expect("acceptable database").ident),
        suffix: Suffix::default(),
    }
}

pub(crate) fn text(edition: Edition, role: &str, database: &str) -> String {
    compose(edition, &values(role, database)).expect("complete").sql
}

/// Asserts that `sql`, run as `role` in each way, is stopped with `words` and changes nothing.
pub(crate) fn stopped(role: &str, database: &str, sql: &str, words: &str) {
    let before = snapshot(database);
    for how in EACH_WAY {
        let ran = run(role, database, sql, how);
        assert!(ran.err.contains(words), "{how:?}: {}", ran.err);
        assert_eq!(ran.success, !matches!(how, How::File | How::OneString), "{how:?}: {}", ran.err);
    }
    assert_eq!(snapshot(database), before, "one of the ways changed something");
}

pub(crate) const N_TABLES: &str =
    "SELECT count(*) FROM pg_class WHERE relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = 'public')";

/// Asserts that `public` is there and empty, the role can use it, and other schemas kept their rows.
pub(crate) fn wiped(role: &str, database: &str) {
    wiped_then(role, database, "");
}

/// The same, and then `sql` as postgres, in one visit.
pub(crate) fn wiped_then(role: &str, database: &str, sql: &str) {
    let role = role.replace('\\', "\\\\").replace('\'', "''");
    let query = format!(
        "{N_TABLES}; SELECT count(*) FROM audit.log; SELECT has_schema_privilege(E'{role}', 'public', 'CREATE'),
            has_schema_privilege(E'{role}', 'public', 'USAGE'), has_schema_privilege('public', 'public', 'CREATE'); {sql}"
    );
    let answers = must("postgres", database, &query);
    assert!(answers.starts_with("0\n2\nt|t|f"), "{answers}");
}
