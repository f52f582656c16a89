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

/// The beginning of a query over `found`: every table and view outside the system's schemas, and why it is not read.
///
/// A view, a policy and a foreign table run code of whoever made them. So does an index: while PostgreSQL plans any query of the
/// table, it computes what is constant in the index's expressions, and in those of extended statistics. `pg_depend` holds what they
/// call, except for built-in functions and operators. `ONLY` counts each row once, because partitions and children are listed too.
/// Source: `get_relation_info` in `src/backend/optimizer/util/plancat.c`; planted on 13 to 18 by `tests/sql_server/planted/`.
pub(super) const FOUND: &str = "\
WITH found AS (
  SELECT n.nspname, c.relname, c.relowner, CASE
         WHEN i.type OPERATOR(pg_catalog.<>) 'table' THEN i.type
         WHEN c.relkind OPERATOR(pg_catalog.=) 'p' THEN 'its rows are in its partitions'
         WHEN NOT pg_catalog.has_table_privilege(c.oid, 'SELECT') OR NOT pg_catalog.has_schema_privilege(n.oid, 'USAGE') THEN 'no right to read it'
         WHEN pg_catalog.row_security_active(c.oid) THEN 'row security'
         WHEN EXISTS (
           SELECT FROM pg_catalog.pg_depend d JOIN (
               SELECT indexrelid AS oid FROM pg_catalog.pg_index WHERE indrelid OPERATOR(pg_catalog.=) c.oid
               UNION ALL SELECT oid FROM pg_catalog.pg_statistic_ext WHERE stxrelid OPERATOR(pg_catalog.=) c.oid
             ) AS part ON d.objid OPERATOR(pg_catalog.=) part.oid
            WHERE d.classid OPERATOR(pg_catalog.=) ANY ('{pg_catalog.pg_class,pg_catalog.pg_statistic_ext}'::pg_catalog.regclass[])
              AND d.refclassid OPERATOR(pg_catalog.=) ANY ('{pg_catalog.pg_proc,pg_catalog.pg_operator}'::pg_catalog.regclass[])
         ) THEN 'an index calls a function' END AS unread
    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace
         CROSS JOIN LATERAL pg_catalog.pg_identify_object(c.tableoid, c.oid, 0) AS i
   WHERE c.relkind OPERATOR(pg_catalog.=) ANY ('{r,p,v,m,f}') AND n.nspname OPERATOR(pg_catalog.!~) '^(pg_|information_schema$)')";

/// What every `alembic_version` holds.
pub(super) fn alembic_version(script: &mut Script) {
    script.block(
        FOUND,
        "Alembic's own note of where the database stands: {} is an empty table, {002} one row, {002,001} several. A table that would run somebody's code when it is read is not read.",
    );
    script.lines(ALEMBIC_VERSION);
}

const ALEMBIC_VERSION: &str = "\
SELECT nspname AS schema, CASE WHEN unread IS NULL THEN (pg_catalog.xpath('//version_num/text()', pg_catalog.query_to_xml(
         pg_catalog.format('SELECT version_num FROM ONLY %I.alembic_version', nspname), true, false, '')))::pg_catalog.text
       ELSE pg_catalog.concat('not read: ', unread) END AS alembic_version
  FROM found WHERE relname OPERATOR(pg_catalog.=) 'alembic_version'
UNION ALL SELECT '(none)', 'no alembic_version table in any schema'
 WHERE NOT EXISTS (SELECT FROM found WHERE relname OPERATOR(pg_catalog.=) 'alembic_version')
 ORDER BY 1;";

/// Event triggers that are not this user's own: their functions run within every change to a schema, as whoever makes the change.
pub(super) fn event_triggers(script: &mut Script) {
    script.block(
        EVENT_TRIGGERS,
        "Functions that the server runs whenever a schema, table or function is created or deleted. Only a superuser can switch them off.",
    );
}

const EVENT_TRIGGERS: &str = "\
WITH others AS (
  SELECT t.evtname, t.evtevent, pg_catalog.pg_get_userbyid(t.evtowner) AS owner, t.evtfoid::pg_catalog.regprocedure::pg_catalog.text AS calls,
         pg_catalog.pg_get_userbyid(p.proowner) AS function_owner
    FROM pg_catalog.pg_event_trigger t JOIN pg_catalog.pg_proc p ON p.oid OPERATOR(pg_catalog.=) t.evtfoid
   WHERE t.evtenabled OPERATOR(pg_catalog.<>) 'D' AND (pg_catalog.pg_get_userbyid(t.evtowner) OPERATOR(pg_catalog.<>) current_user
      OR pg_catalog.pg_get_userbyid(p.proowner) OPERATOR(pg_catalog.<>) current_user))
SELECT evtname AS event_trigger, evtevent AS event, owner, calls, function_owner FROM others
UNION ALL SELECT '(none)', NULL, NULL, NULL, NULL WHERE NOT EXISTS (SELECT FROM others)
 ORDER BY 1;";
