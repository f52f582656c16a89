//! Empties `public` and keeps the schema itself: for a user that owns the tables but not the schema.
//!
//! Schema, grants, default privileges and extensions stay. Far narrower than `DROP OWNED BY`, which takes other schemas and large
//! objects too. An object of another role aborts the transaction and nothing is lost, except for the schema's owner, who may drop it.
//! Source: our block run on 13 to 18. Each list is sorted, so that it is complete before the first drop: a name read after its
//! object went in somebody else's CASCADE would be a bare number.
use super::super::line::Script;
use super::super::{Grantee, Ident};
use super::{checks, frame};

pub(in crate::engine::sql) fn script(database: &Ident, grantee: &Grantee) -> Script {
    let mut script = Script::default();
    frame::destructive_header(&mut script);
    frame::how_to_run(&mut script);
    frame::open(&mut script);
    let mut body = Script::default();
    body.plain("DECLARE r pg_catalog.record;");
    frame::begin(&mut body);
    checks::database(&mut body, database);
    checks::role_exists(&mut body, grantee);
    checks::acts_as(&mut body, grantee);
    checks::public_exists(&mut body);
    checks::locks(&mut body);
    body.block(RELATIONS, "Views, tables and sequences, except those that belong to an extension.");
    body.block(ROUTINES, "Functions and procedures.");
    body.block(TYPES, "Enum, domain, range and composite types.");
    body.plain("END");
    script.do_block(
        body,
        "The checks and the drops are one statement: no client setting can run the second without the first.",
    );
    frame::commit(&mut script);
    script
}

const RELATIONS: &str = "  \
  FOR r IN SELECT format('DROP %s IF EXISTS %s CASCADE', CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW'
             WHEN 'S' THEN 'SEQUENCE' WHEN 'f' THEN 'FOREIGN TABLE' ELSE 'TABLE' END, c.oid::regclass) AS cmd
    FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r','p','v','m','S','f')
      AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid='pg_class'::regclass AND d.objid=c.oid AND d.deptype='e')
    ORDER BY array_position(ARRAY['v','m','f','p','r','S'], c.relkind::text), 1 LOOP EXECUTE r.cmd; END LOOP;";

const ROUTINES: &str = "  \
  FOR r IN SELECT format('DROP ROUTINE IF EXISTS %s CASCADE', p.oid::regprocedure) AS cmd FROM pg_proc p
    WHERE p.pronamespace = 'public'::regnamespace AND NOT EXISTS (SELECT 1 FROM pg_depend d
      WHERE d.classid='pg_proc'::regclass AND d.objid=p.oid AND d.deptype IN ('e','i'))
    ORDER BY 1 LOOP EXECUTE r.cmd; END LOOP;";

const TYPES: &str = "  \
  FOR r IN SELECT format('DROP TYPE IF EXISTS %s CASCADE', t.oid::regtype) AS cmd FROM pg_type t LEFT JOIN pg_class c ON c.oid=t.typrelid
    WHERE t.typnamespace = 'public'::regnamespace AND (t.typtype IN ('e','d','r') OR (t.typtype='c' AND c.relkind='c'))
      AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid='pg_type'::regclass AND d.objid=t.oid AND d.deptype='e')
    ORDER BY 1 LOOP EXECUTE r.cmd; END LOOP;";
