//! What `DROP SCHEMA public CASCADE` takes with it, as a query.
use super::super::line::Script;

/// The beginning of a query over `gone`: every object that would go, each with its parts.
///
/// Follows `pg_depend` the way CASCADE does: to dependents, and from an internal part to the whole.
/// Source: PostgreSQL docs, `pg_depend`; `findDependentObjects` in `src/backend/catalog/dependency.c`.
pub(super) const GONE: &str = "\
WITH RECURSIVE gone(classid, objid, objsubid) AS (
  SELECT 'pg_namespace'::regclass::oid, oid, 0 FROM pg_namespace WHERE nspname = 'public'
  UNION
  SELECT d.classid, d.objid, d.objsubid FROM gone g CROSS JOIN LATERAL (
    SELECT classid, objid, objsubid FROM pg_depend
     WHERE refclassid = g.classid AND refobjid = g.objid AND g.objsubid IN (0, refobjsubid)
    UNION ALL
    SELECT refclassid, refobjid, refobjsubid FROM pg_depend
     WHERE classid = g.classid AND objid = g.objid AND g.objsubid IN (0, objsubid) AND deptype IN ('i', 'e')) AS d)";

/// What goes with `public` and is not in it; says so when there is nothing, because an empty table has no columns in psql's
/// expanded form.
pub(super) fn outside_public(script: &mut Script, why: &'static str) {
    script.block(GONE, why);
    script.lines(OUTSIDE);
}

const OUTSIDE: &str = "\
, outside AS (
  SELECT i.type, i.identity FROM gone CROSS JOIN LATERAL pg_identify_object(classid, objid, objsubid) AS i
   WHERE i.schema IS DISTINCT FROM 'public' AND i.identity !~ '(^|^for | on )public\\.' AND i.identity <> 'public'
     AND i.schema IS DISTINCT FROM 'pg_toast' AND i.type NOT IN ('toast table', 'default acl', 'cast',
         'function of access method', 'operator of access method'))
SELECT type AS would_go_outside_public, identity FROM outside
UNION ALL SELECT '(none)', 'nothing' WHERE NOT EXISTS (SELECT 1 FROM outside)
 ORDER BY 1, 2;";
