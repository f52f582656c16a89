//! What `DROP SCHEMA public CASCADE` takes with it, as a query.

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
