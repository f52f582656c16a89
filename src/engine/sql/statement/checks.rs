//! What the server must agree to before anything changes. Each is lines inside a `DO` body that raise `STOP: …`.
use super::super::line::Script;
use super::super::{Grantee, Ident};
use super::gone::GONE;

/// The connection is to the database the text was made for.
pub(super) fn database(body: &mut Script, database: &Ident) {
    body.line(
        ["  IF current_database() <> ".into(), database.literal().into(), " THEN".into()],
        Some("Stops when connected to any other database."),
    );
    body.plain("    RAISE EXCEPTION 'STOP: connected to %', current_database(); END IF;");
}

/// The role that gets the schema exists; nothing to ask when it is whoever runs the text.
pub(super) fn role_exists(body: &mut Script, grantee: &Grantee) {
    let Grantee::Role(role) = grantee else { return };
    body.line(
        ["  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = ".into(), role.literal().into(), ") THEN".into()],
        Some("Stops on a mistyped user before anything is dropped."),
    );
    body.plain("    RAISE EXCEPTION 'STOP: that role does not exist on this server'; END IF;");
}

/// The connected user acts with the role's rights: what it creates and drops is the role's own.
pub(super) fn acts_as(body: &mut Script, grantee: &Grantee) {
    let Grantee::Role(role) = grantee else { return };
    body.line(
        ["  IF NOT pg_has_role(".into(), role.literal().into(), ", 'USAGE') THEN".into()],
        Some("Stops when connected as a user without that role's rights."),
    );
    body.plain("    RAISE EXCEPTION 'STOP: % does not have the rights of that role', current_user; END IF;");
}

/// A schema can be created again after the drop or the rename.
pub(super) fn can_create(body: &mut Script) {
    body.why(
        "  IF NOT has_database_privilege(current_database(), 'CREATE') THEN",
        "Dropping needs ownership of the schema, creating needs a right on the database: one may be there without the other.",
    );
    body.plain("    RAISE EXCEPTION 'STOP: % could drop the schema but not create it again', current_user; END IF;");
}

/// The connected user owns schema `public`, if there is one.
pub(super) fn owns_public(body: &mut Script) {
    body.why(
        "  IF EXISTS (SELECT 1 FROM pg_namespace WHERE nspname = 'public' AND NOT pg_has_role(nspowner, 'USAGE')) THEN",
        "On PostgreSQL 13 and 14, and on databases upgraded from there, public belongs to postgres: then empty the tables and keep the schema.",
    );
    body.plain("    RAISE EXCEPTION 'STOP: % does not own schema public', current_user; END IF;");
}

/// There is a schema `public`.
pub(super) fn public_exists(body: &mut Script) {
    body.why(
        "  IF NOT EXISTS (SELECT 1 FROM pg_namespace WHERE nspname = 'public') THEN",
        "Without it there is nothing to do.",
    );
    body.plain("    RAISE EXCEPTION 'STOP: there is no schema public'; END IF;");
}

/// The server can lock at once everything that would go: each object takes a lock until the transaction ends.
///
/// Without room for it the drop fails, and until then nobody else can lock anything. Renaming takes no such locks.
/// Source: PostgreSQL docs, `max_locks_per_transaction`; counted on 16: the locks taken are the objects of `gone`, and three.
pub(super) fn locks(body: &mut Script) {
    body.why(
        "  IF (",
        "Every object that goes is locked until the end: with thousands of tables the server runs out of locks.",
    );
    body.lines(GONE);
    body.lines(ROOM);
}

const ROOM: &str = "\
SELECT count(DISTINCT (classid, objid)) FROM gone) > current_setting('max_locks_per_transaction')::int
       * (current_setting('max_connections')::int + current_setting('max_prepared_transactions')::int) THEN
    RAISE EXCEPTION 'STOP: schema public holds more objects than this server can lock at once'
      USING HINT = 'Set the old schema aside instead: renaming it locks no table. Or drop the tables in groups of a few hundred first, each group in its own transaction.'; END IF;";

/// No schema of that name is there yet.
pub(super) fn name_is_free(body: &mut Script, schema: &Ident) {
    body.line(
        ["  IF EXISTS (SELECT 1 FROM pg_namespace WHERE nspname = ".into(), schema.literal().into(), ") THEN".into()],
        Some("Never touches a schema that an earlier run kept."),
    );
    body.line(
        [
            "    RAISE EXCEPTION 'STOP: there is already a schema %', ".into(),
            schema.literal().into(),
            "; END IF;".into(),
        ],
        None,
    );
}
