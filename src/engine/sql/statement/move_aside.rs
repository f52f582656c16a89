//! Option A that can be undone: `public` is renamed, an empty one takes its place.
//!
//! One text for PostgreSQL 13 to 18: the new schema belongs to `pg_database_owner` where that role exists and the connected user
//! has its rights (the default from 15 on), else to the connected user. Refused while an extension lives in `public`: it would
//! move too, and `CREATE EXTENSION IF NOT EXISTS` in a migration would then skip it.
//! Source: our runs on 13 to 18; PostgreSQL docs, "Schemas" and `ALTER SCHEMA`.
use super::super::line::Script;
use super::super::{Grantee, Ident, Suffix};
use super::{checks, frame, option_a};

pub(in crate::engine::sql) fn script(database: &Ident, grantee: &Grantee, suffix: &Suffix) -> Script {
    let kept = Ident::schema("public_broken_", suffix);
    let mut script = Script::default();
    script.why(
        "-- CAN BE UNDONE: renames schema public and keeps everything in it. Stop every writer first.",
        "Undoing it later sets aside what was written since.",
    );
    frame::how_to_run(&mut script);
    frame::open(&mut script);
    let mut body = Script::default();
    frame::begin(&mut body);
    checks::database(&mut body, database);
    checks::role_exists(&mut body, grantee);
    checks::can_create(&mut body);
    checks::public_exists(&mut body);
    checks::owns_public(&mut body);
    checks::name_is_free(&mut body, &kept);
    no_extension(&mut body);
    rename(&mut body, &kept);
    create(&mut body);
    option_a::grant(&mut body, grantee);
    body.plain("END");
    script.do_block(
        body,
        "The checks and the change are one statement: no client setting can run the second without the first.",
    );
    frame::commit(&mut script);
    script
}

fn no_extension(body: &mut Script) {
    body.why(
        "  IF EXISTS (SELECT 1 FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE n.nspname = 'public') THEN",
        "An extension would move along, and the migration would not find its types any more.",
    );
    body.plain("    RAISE EXCEPTION 'STOP: extensions live in schema public and would move along: %',");
    body.plain(
        "      (SELECT string_agg(e.extname, ', ' ORDER BY e.extname) FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE n.nspname = 'public'); END IF;",
    );
}

fn rename(body: &mut Script, kept: &Ident) {
    body.line(
        ["  ALTER SCHEMA public RENAME TO ".into(), kept.into(), ";".into()],
        Some("Takes milliseconds and locks no table; keys, defaults, views and grants follow."),
    );
}

fn create(body: &mut Script) {
    body.why(
        "  IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'pg_database_owner' AND pg_has_role(oid, 'MEMBER')) THEN",
        "The default owner from PostgreSQL 15 on; on 13 that role does not exist.",
    );
    body.plain("    CREATE SCHEMA public AUTHORIZATION pg_database_owner;");
    body.plain("  ELSE");
    body.plain("    CREATE SCHEMA public;");
    body.plain("  END IF;");
    body.why(
        "  GRANT USAGE ON SCHEMA public TO PUBLIC;",
        "PostgreSQL's default from 15 on: others may read what they are granted, and create nothing.",
    );
}
