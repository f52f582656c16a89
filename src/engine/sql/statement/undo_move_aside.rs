//! Puts the schema that was moved aside back.
//!
//! What stands in `public` by then becomes `public_attempt_<suffix>`: dropped when nothing is in it, else kept and said so.
//! Emptiness is read from `pg_depend` (everything in a schema depends on it), so that no table has to be locked to find out.
use super::super::line::Script;
use super::super::{Ident, Suffix};
use super::{checks, frame};

pub(in crate::engine::sql) fn script(database: &Ident, suffix: &Suffix) -> Script {
    let kept = Ident::schema("public_broken_", suffix);
    let attempt = Ident::schema("public_attempt_", suffix);
    let mut script = Script::default();
    script.why(
        "-- CAN BE UNDONE: puts the schema that was moved aside back in its place. Stop every writer first.",
        "What was written since then stays in the attempt's schema and is not merged.",
    );
    frame::how_to_run(&mut script);
    frame::open(&mut script);
    let mut body = Script::default();
    frame::begin(&mut body);
    checks::database(&mut body, database);
    can_rename(&mut body);
    is_there(&mut body, &kept);
    owns_both(&mut body, &kept);
    checks::name_is_free(&mut body, &attempt);
    put_back(&mut body, &kept, &attempt);
    body.plain("END");
    script.do_block(
        body,
        "The checks and the change are one statement: no client setting can run the second without the first.",
    );
    frame::commit(&mut script);
    script
}

fn can_rename(body: &mut Script) {
    body.why(
        "  IF NOT has_database_privilege(current_database(), 'CREATE') THEN",
        "Renaming a schema needs this right on the database.",
    );
    body.plain("    RAISE EXCEPTION 'STOP: % may not rename a schema in this database', current_user; END IF;");
}

fn is_there(body: &mut Script, kept: &Ident) {
    body.line(
        ["  IF NOT EXISTS (SELECT 1 FROM pg_namespace WHERE nspname = ".into(), kept.literal().into(), ") THEN".into()],
        Some("Without it there is nothing to put back."),
    );
    body.line(
        [
            "    RAISE EXCEPTION 'STOP: there is no schema % to put back', ".into(),
            kept.literal().into(),
            "; END IF;".into(),
        ],
        None,
    );
}

fn owns_both(body: &mut Script, kept: &Ident) {
    body.line(
        [
            "  IF EXISTS (SELECT 1 FROM pg_namespace WHERE nspname IN ('public', ".into(),
            kept.literal().into(),
            ") AND NOT pg_has_role(nspowner, 'USAGE')) THEN".into(),
        ],
        Some("Both schemas are renamed, so both must be one's own."),
    );
    body.plain("    RAISE EXCEPTION 'STOP: % does not own both schemas', current_user; END IF;");
}

fn put_back(body: &mut Script, kept: &Ident, attempt: &Ident) {
    body.plain("  IF EXISTS (SELECT 1 FROM pg_namespace WHERE nspname = 'public') THEN");
    body.line(
        ["    ALTER SCHEMA public RENAME TO ".into(), attempt.into(), ";".into()],
        Some("What was built since then makes room."),
    );
    body.plain("  END IF;");
    body.line(
        ["  ALTER SCHEMA ".into(), kept.into(), " RENAME TO public;".into()],
        Some("The old schema is back, with its rows, keys and grants."),
    );
    drop_if_empty(body, attempt);
}

fn drop_if_empty(body: &mut Script, attempt: &Ident) {
    body.line(
        [
            "  IF EXISTS (SELECT 1 FROM pg_depend d JOIN pg_namespace n ON d.refclassid = 'pg_namespace'::regclass AND d.refobjid = n.oid AND d.deptype = 'n' WHERE n.nspname = "
                .into(),
            attempt.literal().into(),
            ") THEN".into(),
        ],
        Some("Everything in a schema depends on it: this asks whether anything is in the attempt's."),
    );
    body.line(
        [
            "    RAISE NOTICE 'KEPT: schema % is not empty; look into it, then drop it yourself', ".into(),
            attempt.literal().into(),
            ";".into(),
        ],
        None,
    );
    body.plain("  ELSE");
    body.line(
        ["    DROP SCHEMA IF EXISTS ".into(), attempt.into(), ";".into()],
        Some("Empty, so it goes. Without CASCADE: should anything be in it after all, nothing happens."),
    );
    body.plain("  END IF;");
}
