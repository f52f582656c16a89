//! Lines that texts share which read.
use super::super::line::Script;

/// A transaction that cannot write.
pub(super) fn open(script: &mut Script) {
    script.why("BEGIN TRANSACTION READ ONLY;", "The server refuses every change in here.");
    script.why(
        "SET LOCAL statement_timeout = '15s';",
        "Counting rows of a large table takes long: give up rather than burden the server.",
    );
    script.why("SET LOCAL lock_timeout = '5s';", "Waits for no other session.");
}

/// From here on only PostgreSQL's own functions; stands after the query that shows the session's own path.
pub(super) fn own_functions_only(script: &mut Script) {
    script.why(
        "SET LOCAL search_path = pg_catalog, pg_temp;",
        "Only PostgreSQL's own functions are called, never one somebody left in schema public.",
    );
}

/// What every `alembic_version` holds.
pub(super) fn alembic_version(script: &mut Script) {
    script.block(
        ALEMBIC_VERSION,
        "Alembic's own note of where the database stands: {} is an empty table, {002} one row, {002,001} several.",
    );
}

const ALEMBIC_VERSION: &str = "\
SELECT n.nspname AS schema, CASE WHEN has_table_privilege(c.oid, 'SELECT') AND has_schema_privilege(n.oid, 'USAGE')
         THEN (xpath('//version_num/text()', query_to_xml(
           format('SELECT version_num FROM %I.alembic_version', n.nspname), true, false, '')))::text
         ELSE 'not readable by this user' END AS alembic_version
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relname = 'alembic_version' AND c.relkind IN ('r','p')
UNION ALL SELECT '(none)', 'no alembic_version table in any schema'
 WHERE NOT EXISTS (SELECT 1 FROM pg_class WHERE relname = 'alembic_version' AND relkind IN ('r','p'))
 ORDER BY 1;";
