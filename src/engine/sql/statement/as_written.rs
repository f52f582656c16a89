//! The source runbook's own block, byte for byte, with the user's name in it.
//!
//! Kept so that the page can show what the source says. A plain lower-case name stands bare as in the source; any other is
//! quoted, because bare it would be another name or other SQL. Not checked, not one transaction, without `lock_timeout`, and not
//! stopped by the end of its client: `compose` says so.
use super::super::Grantee;
use super::super::line::{Part, Script};
use super::frame;

pub(in crate::engine::sql) fn script(grantee: &Grantee) -> Script {
    let mut script = Script::default();
    frame::destructive_header(&mut script);
    script.plain("");
    script.why(
        "-- Drop everything in public schema (tables, sequences, functions, etc.)",
        "Also extensions, other users' tables, and columns of other schemas that use them.",
    );
    script.plain("DROP SCHEMA public CASCADE;");
    script.plain("");
    script.plain("-- Recreate the empty schema with default grants");
    script.plain("CREATE SCHEMA public;");
    let name = match grantee {
        Grantee::Role(role) => Part::bare_if_plain(role),
        Grantee::CurrentUser => "CURRENT_USER".into(),
    };
    script.line(
        ["GRANT ALL ON SCHEMA public TO ".into(), name, ";".into()],
        Some("With a name that does not exist this fails after everything is gone."),
    );
    script.why(
        "GRANT ALL ON SCHEMA public TO public;",
        "Not a default since PostgreSQL 15: everybody may create objects that others then run (CVE-2018-1058).",
    );
    script
}
