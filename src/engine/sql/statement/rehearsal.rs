//! Option A rehearsed: shows what would go, does everything, undoes it.
//!
//! The wipe runs in a sub-block that always raises, so the statement undoes itself even where a client commits every statement
//! by itself or somebody changes the last line. `ROLLBACK` ends the transaction all the same. Risk: changes no data, takes locks.
//! `DROP SCHEMA` without CASCADE would list the dependents too, but is cut at 100 and stops the transaction.
use super::super::line::Script;
use super::super::{Grantee, Ident};
use super::gone::{GONE, outside_public};
use super::{frame, option_a, reading};

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
    outside_public(
        &mut script,
        "What would go outside schema public: look at each line. A column in this list loses its data.",
    );
    reading::event_triggers(&mut script);
    script.do_block(body(database, grantee), "Checks, wipe and undoing are one statement.");
    script.why("ROLLBACK;", "Nothing is kept.");
    script
}

fn body(database: &Ident, grantee: &Grantee) -> Script {
    let mut body = Script::default();
    frame::begin(&mut body);
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
SELECT i.type AS would_go, pg_catalog.count(*)
  FROM gone CROSS JOIN LATERAL pg_catalog.pg_identify_object(classid, objid, objsubid) AS i
 WHERE i.type OPERATOR(pg_catalog.=) ANY (
       '{table,table column,view,materialized view,foreign table,sequence,function,procedure,aggregate,trigger,policy,extension}')
    OR EXISTS (SELECT FROM pg_catalog.pg_type t WHERE i.type OPERATOR(pg_catalog.=) 'type' AND t.oid OPERATOR(pg_catalog.=) objid
         AND t.typtype OPERATOR(pg_catalog.=) ANY ('{e,d,r}'))
 GROUP BY 1 ORDER BY 1;";
