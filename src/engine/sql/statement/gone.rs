//! What `DROP SCHEMA public CASCADE` takes with it, as a query.
use super::super::line::Script;

/// The beginning of a query over `gone`: every object that would go, each with its parts.
///
/// Follows `pg_depend` the way CASCADE does: to dependents, and from an internal part to the whole.
/// Source: PostgreSQL docs, `pg_depend`; `findDependentObjects` in `src/backend/catalog/dependency.c`.
pub(super) const GONE: &str = "\
WITH RECURSIVE gone(classid, objid, objsubid) AS (
  SELECT tableoid, oid, 0 FROM pg_catalog.pg_namespace WHERE nspname OPERATOR(pg_catalog.=) 'public'
  UNION
  SELECT d.classid, d.objid, d.objsubid FROM gone g CROSS JOIN LATERAL (
    SELECT classid, objid, objsubid FROM pg_catalog.pg_depend
     WHERE refclassid OPERATOR(pg_catalog.=) g.classid AND refobjid OPERATOR(pg_catalog.=) g.objid
       AND g.objsubid OPERATOR(pg_catalog.=) ANY (ARRAY[0, refobjsubid])
    UNION ALL
    SELECT refclassid, refobjid, refobjsubid FROM pg_catalog.pg_depend
     WHERE classid OPERATOR(pg_catalog.=) g.classid AND objid OPERATOR(pg_catalog.=) g.objid
       AND g.objsubid OPERATOR(pg_catalog.=) ANY (ARRAY[0, objsubid]) AND deptype OPERATOR(pg_catalog.=) ANY ('{i,e}')) AS d)";

/// What goes with `public` and is not in it; says so when there is nothing, because an empty table has no columns in psql's
/// expanded form.
pub(super) fn outside_public(script: &mut Script, why: &'static str) {
    script.block(GONE, why);
    script.lines(OUTSIDE);
}

const OUTSIDE: &str = "\
, outside AS (
  SELECT i.type, i.identity FROM gone CROSS JOIN LATERAL pg_catalog.pg_identify_object(classid, objid, objsubid) AS i
   WHERE coalesce(i.schema, '-') OPERATOR(pg_catalog.<>) ALL ('{public,pg_toast}')
     AND i.identity OPERATOR(pg_catalog.!~) '^public$|(^|^for | on )public[.]'
     AND i.type OPERATOR(pg_catalog.<>) ALL ('{toast table,default acl,cast,function of access method,operator of access method}'))
SELECT type AS would_go_outside_public, identity FROM outside
UNION ALL SELECT '(none)', 'nothing' WHERE NOT EXISTS (SELECT FROM outside)
 ORDER BY 1, 2;";
