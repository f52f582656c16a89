//! What is in the database now: reads, changes nothing, works without a shell.
//!
//! Works with no `alembic_version`, an empty one or several rows, without `public`, and for a user who may not read the tables
//! (their row counts are then empty).
//! Source: our queries run on 13 to 18.
use super::super::line::Script;
use super::gone::outside_public;
use super::{frame, reading};

pub(in crate::engine::sql) fn script() -> Script {
    let mut script = Script::default();
    script.why("-- CHANGES NOTHING: reads which database this is and what is in it.", "Look before deciding.");
    frame::how_to_run(&mut script);
    reading::open(&mut script);
    script.block(CONNECTION, "Which database, as whom, which version, and whether a schema may be created.");
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
    script.block(TABLES, "Every table with its exact number of rows; no number where this user may not read it.");
    outside_public(
        &mut script,
        "What deleting public would take in other schemas. A column in this list would lose its data.",
    );
    script.why("ROLLBACK;", "Nothing to keep.");
    script
}

const CONNECTION: &str = "\
SELECT current_database() AS db, current_user AS usr, current_setting('server_version') AS pg, pg_get_userbyid(d.datdba) AS db_owner,
       has_database_privilege(d.oid,'CREATE') AS can_create_schema, current_setting('search_path') AS search_path
  FROM pg_database d WHERE datname = current_database();";

const SCHEMAS: &str = "\
SELECT n.nspname AS schema, pg_get_userbyid(n.nspowner) AS owner, pg_has_role(n.nspowner,'USAGE') AS i_own_it,
       (SELECT count(*) FROM pg_class c WHERE c.relnamespace=n.oid AND c.relkind IN ('r','p')) AS tables,
       (SELECT coalesce(string_agg(e.extname,', ' ORDER BY e.extname),'-') FROM pg_extension e WHERE e.extnamespace=n.oid) AS extensions
  FROM pg_namespace n WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
UNION ALL SELECT '(public is missing)', NULL, NULL, NULL, '-' WHERE NOT EXISTS (SELECT 1 FROM pg_namespace WHERE nspname = 'public')
 ORDER BY 1;";

/// From 13 on an extension says whether a user who is no superuser may create it.
/// Source: PostgreSQL docs, `pg_available_extension_versions` and `CREATE EXTENSION`.
const EXTENSIONS: &str = "\
SELECT e.extname AS extension, n.nspname AS schema, coalesce((
         SELECT r.rolsuper OR ((v.trusted OR NOT v.superuser) AND has_database_privilege(current_database(), 'CREATE'))
           FROM pg_available_extensions a JOIN pg_available_extension_versions v ON v.name = a.name AND v.version = a.default_version
           JOIN pg_roles r ON r.rolname = current_user
          WHERE a.name = e.extname), false) AS i_can_create_it_again
  FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace ORDER BY 1;";

const TABLES: &str = "\
SELECT n.nspname AS schema, c.relname AS \"table\", pg_get_userbyid(c.relowner) AS owner,
       CASE WHEN has_table_privilege(c.oid, 'SELECT') AND has_schema_privilege(n.oid, 'USAGE')
         THEN (xpath('/row/c/text()', query_to_xml(
           format('SELECT count(*) AS c FROM %I.%I', n.nspname, c.relname), false, true, '')))[1]::text::bigint END AS rows
  FROM pg_class c JOIN pg_namespace n ON n.oid=c.relnamespace
 WHERE c.relkind IN ('r','p') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' ORDER BY 1,2;";
