//! Whether the recovery worked: reads, changes nothing.
//!
//! Shows what can be wrong after a deploy that looks fine: no `public`, a schema the application's user cannot use, no version
//! row, tables of another owner, extensions that went with the wipe, schemas kept from a move aside. Calls nobody's code, also where
//! somebody runs one of its statements alone.
use super::super::line::Script;
use super::{frame, reading};

pub(in crate::engine::sql) fn script() -> Script {
    let mut script = Script::default();
    script.why(
        "-- CHANGES NOTHING: reads whether the recovery worked. Run it as the application's user.",
        "As another user it may look fine although the application is refused.",
    );
    frame::how_to_run(&mut script);
    reading::open(&mut script);
    script.block(
        CONNECTION,
        "Which database, as whom, with which search_path. With pg_catalog before every name only PostgreSQL's own functions are called, also when this line is run alone.",
    );
    reading::own_functions_only(&mut script);
    script.block(
        PUBLIC,
        "Schema public: owner, rights of this user, number of tables. everybody_can_create should be f.",
    );
    reading::alembic_version(&mut script);
    script.block(OWNERS, "Tables of public by owner: more than one owner is worth a look.");
    script.block(EXTENSIONS, "Extensions: compare with what the application needs.");
    reading::event_triggers(&mut script);
    script.block(KEPT, "Schemas kept from moving aside: drop them once nobody needs them.");
    script.why("ROLLBACK;", "Nothing to keep.");
    script
}

const CONNECTION: &str = "\
SELECT d.datname AS db, current_user AS usr, pg_catalog.current_setting('server_version') AS pg, pg_catalog.pg_get_userbyid(d.datdba) AS db_owner,
       pg_catalog.current_setting('search_path') AS search_path
  FROM pg_catalog.pg_database d WHERE d.datname OPERATOR(pg_catalog.=) pg_catalog.current_database();";

const PUBLIC: &str = "\
SELECT coalesce(n.nspname, '(public is missing)') AS schema, pg_catalog.pg_get_userbyid(n.nspowner) AS owner,
       pg_catalog.has_schema_privilege(n.oid, 'USAGE') AS i_can_use_it, pg_catalog.has_schema_privilege(n.oid, 'CREATE') AS i_can_create,
       pg_catalog.has_schema_privilege('public', n.oid, 'CREATE') AS everybody_can_create,
       (SELECT pg_catalog.count(*) FROM pg_catalog.pg_class c WHERE c.relnamespace OPERATOR(pg_catalog.=) n.oid
           AND c.relkind OPERATOR(pg_catalog.=) ANY ('{r,p}')) AS tables
  FROM (VALUES (1)) AS one(row) LEFT JOIN pg_catalog.pg_namespace n ON n.nspname OPERATOR(pg_catalog.=) 'public';";

const OWNERS: &str = "\
SELECT pg_catalog.pg_get_userbyid(c.relowner) AS owner, pg_catalog.count(*) AS tables FROM pg_catalog.pg_class c
 WHERE c.relnamespace OPERATOR(pg_catalog.=) pg_catalog.to_regnamespace('public') AND c.relkind OPERATOR(pg_catalog.=) ANY ('{r,p}')
 GROUP BY 1 ORDER BY 1;";

const EXTENSIONS: &str = "\
SELECT e.extname AS extension, e.extversion AS version, n.nspname AS schema
  FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) e.extnamespace ORDER BY 1;";

const KEPT: &str = "\
SELECT n.nspname AS kept_schema, (SELECT pg_catalog.count(*) FROM pg_catalog.pg_class c
         WHERE c.relnamespace OPERATOR(pg_catalog.=) n.oid AND c.relkind OPERATOR(pg_catalog.=) ANY ('{r,p}')) AS tables
  FROM pg_catalog.pg_namespace n WHERE n.nspname OPERATOR(pg_catalog.~) '^public_(broken|attempt)_' ORDER BY 1;";
