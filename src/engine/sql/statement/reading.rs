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

/// What goes with `public` and is not in it; says so when there is nothing, because an empty table has no columns in psql's
/// expanded form.
pub(super) fn outside_public(script: &mut Script, why: &'static str) {
    script.block(OUTSIDE, why);
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

/// Follows `pg_depend` as the rehearsal does.
const OUTSIDE: &str = "\
WITH RECURSIVE gone(classid, objid, objsubid) AS (
  SELECT 'pg_namespace'::regclass::oid, oid, 0 FROM pg_namespace WHERE nspname = 'public'
  UNION
  SELECT d.classid, d.objid, d.objsubid FROM gone g CROSS JOIN LATERAL (
    SELECT classid, objid, objsubid FROM pg_depend
     WHERE refclassid = g.classid AND refobjid = g.objid AND g.objsubid IN (0, refobjsubid)
    UNION ALL
    SELECT refclassid, refobjid, refobjsubid FROM pg_depend
     WHERE classid = g.classid AND objid = g.objid AND g.objsubid IN (0, objsubid) AND deptype IN ('i', 'e')) AS d),
outside AS (
  SELECT i.type, i.identity FROM gone CROSS JOIN LATERAL pg_identify_object(classid, objid, objsubid) AS i
   WHERE i.schema IS DISTINCT FROM 'public' AND i.identity !~ '^(for )?(\"public\"|public)\\.' AND i.identity !~ ' on public\\.'
     AND i.identity <> 'public' AND i.schema IS DISTINCT FROM 'pg_toast' AND i.type NOT IN ('toast table', 'default acl', 'cast',
         'function of access method', 'operator of access method'))
SELECT type AS would_go_outside_public, identity FROM outside
UNION ALL SELECT '(none)', 'nothing' WHERE NOT EXISTS (SELECT 1 FROM outside)
 ORDER BY 1, 2;";
