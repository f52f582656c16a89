//! Option A rehearsed: shows what would go, does everything, undoes it.
//!
//! The wipe runs in a sub-block that always raises, so the statement undoes itself even where a client commits every statement
//! by itself or somebody changes the last line. `ROLLBACK` ends the transaction all the same. Risk: changes no data, takes locks.
//! `DROP SCHEMA` without CASCADE would list the dependents too, but is cut at 100 and stops the transaction.
use super::super::line::Script;
use super::super::{Grantee, Ident};
use super::gone::GONE;
use super::{frame, option_a};

pub(in crate::engine::sql) fn script(database: &Ident, grantee: &Grantee) -> Script {
    let mut script = Script::default();
    script.why(
        "-- CHANGES NOTHING: the wipe below is undone by its own statement and by ROLLBACK.",
        "A rehearsal shows what would go and whether Option A would pass.",
    );
    script.plain("-- While it runs it locks every table of schema public; queries of a running application wait.");
    frame::how_to_run(&mut script);
    frame::open(&mut script);
    script.block(GONE, "What would go, counted by kind: everything that hangs on schema public.");
    script.lines(INSIDE);
    script.block(GONE, "What would go outside schema public: look at each line. A column in this list loses its data.");
    script.lines(OUTSIDE);
    script.do_block(body(database, grantee), "Checks, wipe and undoing are one statement.");
    script.why("ROLLBACK;", "Nothing is kept.");
    script
}

fn body(database: &Ident, grantee: &Grantee) -> Script {
    let mut body = Script::default();
    body.plain("BEGIN");
    option_a::all_checks(&mut body, database, grantee);
    body.why("  BEGIN", "What follows is undone when this block raises.");
    option_a::wipe(&mut body, grantee);
    body.why(
        "  RAISE EXCEPTION USING ERRCODE = 'RB001', MESSAGE = 'rehearsed';",
        "Always raises: that undoes the three lines above.",
    );
    body.plain("  EXCEPTION WHEN SQLSTATE 'RB001' THEN");
    body.plain("    RAISE NOTICE 'REHEARSED: option-a would pass here. Everything was undone, nothing has changed.';");
    body.plain("  END;");
    body.plain("END");
    body
}

const INSIDE: &str = "\
SELECT i.type AS would_go, count(*) FROM gone CROSS JOIN LATERAL pg_identify_object(classid, objid, objsubid) AS i
 WHERE i.type IN ('table', 'table column', 'view', 'materialized view', 'foreign table', 'sequence', 'function', 'procedure',
                  'aggregate', 'trigger', 'policy', 'extension')
    OR (i.type = 'type' AND EXISTS (SELECT 1 FROM pg_type t WHERE t.oid = objid AND t.typtype IN ('e', 'd', 'r')))
 GROUP BY 1 ORDER BY 1;";

const OUTSIDE: &str = "\
SELECT i.type AS would_go_outside_public, i.identity FROM gone CROSS JOIN LATERAL pg_identify_object(classid, objid, objsubid) AS i
 WHERE i.schema IS DISTINCT FROM 'public' AND i.identity !~ '(^|^for | on )public\\.'
   AND i.identity <> 'public' AND i.type NOT IN ('toast table', 'default acl') AND i.schema IS DISTINCT FROM 'pg_toast'
 ORDER BY 1, 2;";
