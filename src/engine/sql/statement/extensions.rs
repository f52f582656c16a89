//! Extensions that stood in `public`, created again after Option A: what this user may create, and who else is needed for the rest.
//!
//! No version is named: what the state text prints does not hold it, and the version the server offers is the one it can load. With
//! `IF NOT EXISTS` what the migrations created already stays as it is, in whatever schema. `CASCADE` here creates what an extension
//! needs; in this statement it deletes nothing.
//! Source: PostgreSQL docs, `CREATE EXTENSION` ("trusted", from 13 on); run on 13 to 18.
use super::super::Ident;
use super::super::extensions::Extensions;
use super::super::line::Script;
use super::{checks, frame};

pub(in crate::engine::sql) fn script(database: &Ident, extensions: &Extensions) -> Script {
    let mut script = Script::default();
    script.why("-- DELETES NOTHING: creates extensions again that stood in schema public.", "For after Option A.");
    frame::how_to_run(&mut script);
    for extension in &extensions.of_others {
        script.line(
            ["-- Not in here, because this user may not create it: ".into(), extension.into()],
            Some("Only a superuser can create it. Ask your host, or find out whether anything needs it."),
        );
    }
    frame::open(&mut script);
    let mut body = Script::default();
    frame::begin(&mut body);
    checks::database(&mut body, database);
    checks::public_exists(&mut body);
    let mut why =
        Some("Left alone where it is there already. CASCADE creates what it needs as well; it deletes nothing here.");
    for extension in &extensions.own {
        let before = "  CREATE EXTENSION IF NOT EXISTS ".into();
        body.line([before, extension.into(), " WITH SCHEMA public CASCADE;".into()], why.take());
    }
    body.plain("END");
    script.do_block(
        body,
        "The checks and the changes are one statement: no client setting can run the second without the first.",
    );
    script.block(LIST, "What is there now. A type in another schema than public is found by its full name alone.");
    frame::commit(&mut script);
    script
}

const LIST: &str = "\
SELECT e.extname AS extension, n.nspname AS schema, e.extversion AS version
  FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) e.extnamespace ORDER BY 1;";
