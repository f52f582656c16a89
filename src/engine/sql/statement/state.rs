//! What is in the database now: reads, changes nothing, works without a shell.
//!
//! Works with no `alembic_version`, an empty one or several rows, without `public`, and for a user who may not read the tables
//! (their row counts are then empty). Calls nobody's code, also where somebody runs one of its statements alone.
//! Source: our queries run on 13 to 18.
use super::super::line::Script;
use super::gone::outside_public;
use super::reading::FOUND;
use super::{frame, reading};

pub(in crate::engine::sql) fn script() -> Script {
    let mut script = Script::default();
    script.why("-- CHANGES NOTHING: reads which database this is and what is in it.", "Look before deciding.");
    frame::how_to_run(&mut script);
    reading::open(&mut script);
    script.block(
        CONNECTION,
        "Which database, as whom, which version, and whether a schema may be created. With pg_catalog before every name only PostgreSQL's own functions are called, also when this line is run alone.",
    );
    reading::own_functions_only(&mut script);
    script.block(
        SCHEMAS,
        "Every schema: its owner, whether it is yours, its tables and extensions. One named like the user comes before public.",
    );
    reading::alembic_version(&mut script);
    script.block(
        EXTENSIONS,
        "Every extension, and whether this user could create it again: deleting its schema deletes it as well.",
    );
    reading::event_triggers(&mut script);
    script.block(
        FOUND,
        "Every table with its exact number of rows. Not counted is what this user may not read, and what would run somebody's code when it is read.",
    );
    script.lines(TABLES);
    outside_public(
        &mut script,
        "What deleting public would take in other schemas. A column in this list would lose its data.",
    );
    script.why("ROLLBACK;", "Nothing to keep.");
    script
}

const CONNECTION: &str = "\
SELECT d.datname AS db, current_user AS usr, pg_catalog.current_setting('server_version') AS pg, pg_catalog.pg_get_userbyid(d.datdba) AS db_owner,
       pg_catalog.has_database_privilege(d.oid, 'CREATE') AS can_create_schema, pg_catalog.current_setting('search_path') AS search_path
  FROM pg_catalog.pg_database d WHERE d.datname OPERATOR(pg_catalog.=) pg_catalog.current_database();";

const SCHEMAS: &str = "\
SELECT n.nspname AS schema, pg_catalog.pg_get_userbyid(n.nspowner) AS owner, pg_catalog.pg_has_role(n.nspowner, 'USAGE') AS i_own_it,
       (SELECT pg_catalog.count(*) FROM pg_catalog.pg_class c WHERE c.relnamespace OPERATOR(pg_catalog.=) n.oid
           AND c.relkind OPERATOR(pg_catalog.=) ANY ('{r,p}')) AS tables,
       (SELECT coalesce(pg_catalog.string_agg(e.extname, ', ' ORDER BY e.extname), '-') FROM pg_catalog.pg_extension e
         WHERE e.extnamespace OPERATOR(pg_catalog.=) n.oid) AS extensions
  FROM pg_catalog.pg_namespace n WHERE n.nspname OPERATOR(pg_catalog.!~) '^(pg_|information_schema$)'
UNION ALL SELECT '(public is missing)', NULL, NULL, NULL, '-' WHERE pg_catalog.to_regnamespace('public') IS NULL
 ORDER BY 1;";

/// From 13 on an extension says whether a user who is no superuser may create it.
/// Source: PostgreSQL docs, `pg_available_extension_versions` and `CREATE EXTENSION`.
const EXTENSIONS: &str = "\
SELECT e.extname AS extension, n.nspname AS schema, coalesce((
         SELECT r.rolsuper OR ((v.trusted OR NOT v.superuser) AND pg_catalog.has_database_privilege(pg_catalog.current_database(), 'CREATE'))
           FROM pg_catalog.pg_available_extension_versions v JOIN pg_catalog.pg_available_extensions a
                ON a.name OPERATOR(pg_catalog.=) v.name AND a.default_version OPERATOR(pg_catalog.=) v.version
                JOIN pg_catalog.pg_roles r ON r.rolname OPERATOR(pg_catalog.=) current_user
          WHERE v.name OPERATOR(pg_catalog.=) e.extname), false) AS i_can_create_it_again
  FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) e.extnamespace ORDER BY 1;";

const TABLES: &str = "\
SELECT nspname AS schema, relname AS \"table\", pg_catalog.pg_get_userbyid(relowner) AS owner, unread AS not_counted,
       CASE WHEN unread IS NULL THEN (pg_catalog.xpath('/row/c/text()', pg_catalog.query_to_xml(pg_catalog.format(
         'SELECT pg_catalog.count(*) AS c FROM ONLY %I.%I', nspname, relname), false, true, '')))[1]::pg_catalog.text::bigint END AS rows
  FROM found ORDER BY 1, 2;";
