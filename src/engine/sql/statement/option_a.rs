//! Option A: the wipe, checked by the server, in one transaction.
//!
//! Source: our block run on PostgreSQL 13 to 18 for: ok, twice, `public` missing, wrong database, wrong role, not the owner.
//! Beside that block's checks, drop, create and grant stand inside the same `DO`: with psql's `ON_ERROR_ROLLBACK` on, separate
//! statements would commit the wipe although a check had failed. The source's `GRANT ALL … TO public` is left out on purpose.
use super::super::line::Script;
use super::super::{Grantee, Ident};
use super::{checks, frame};

pub(in crate::engine::sql) fn script(database: &Ident, grantee: &Grantee) -> Script {
    let mut script = Script::default();
    frame::destructive_header(&mut script);
    frame::how_to_run(&mut script);
    frame::open(&mut script);
    let mut body = Script::default();
    frame::begin(&mut body);
    all_checks(&mut body, database, grantee);
    wipe(&mut body, grantee);
    body.plain("END");
    script.do_block(
        body,
        "The checks and the wipe are one statement: no client setting can run the second without the first.",
    );
    frame::commit(&mut script);
    script
}

/// Everything that must hold before the wipe.
pub(super) fn all_checks(body: &mut Script, database: &Ident, grantee: &Grantee) {
    checks::database(body, database);
    checks::role_exists(body, grantee);
    checks::can_create(body);
    checks::owns_public(body);
    checks::locks(body);
}

/// Drop, create, grant.
pub(super) fn wipe(body: &mut Script, grantee: &Grantee) {
    body.why(
        "  DROP SCHEMA IF EXISTS public CASCADE;",
        "Deletes every table, type, function and extension in public, and columns elsewhere that use them.",
    );
    body.why("  CREATE SCHEMA public;", "Empty, owned by whoever runs this.");
    grant(body, grantee);
}

/// The right to use and fill the new schema.
pub(super) fn grant(body: &mut Script, grantee: &Grantee) {
    let why = "Needed when the application connects as another user than the one running this.";
    let before = "  GRANT ALL ON SCHEMA public TO ".into();
    match grantee {
        Grantee::Role(role) => body.line([before, role.into(), ";".into()], Some(why)),
        Grantee::CurrentUser => body.line([before, "CURRENT_USER;".into(), "".into()], Some(why)),
    }
}
