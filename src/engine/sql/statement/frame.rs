//! What stands around every text: the comment lines at its top, and the transaction's opening.
use super::super::line::Script;

/// The comment lines every destructive text begins with: both guard requirements and what they guard.
///
/// They must never read as "set these to go on": the SQL does not look at them, and on production unset is good.
pub(super) fn destructive_header(script: &mut Script) {
    script.why(
        "-- APP_MODE=demo is one half of the guard of the scripts reset_db.py and reset_and_migrate.py, not of SQL run by hand.",
        "The guard keeps the two scripts from running in a deploy. This SQL does not look at it.",
    );
    script.plain(
        "-- ALLOW_DB_RESET=1 is its other half. This SQL reads neither: set neither for it. On production unset is good.",
    );
    script.plain("-- DELETES DATA: everything in schema public.");
}

/// How to run a text so that the client cannot weaken it.
pub(super) fn how_to_run(script: &mut Script) {
    script.why(
        "-- Run it as one file: psql -X -v ON_ERROR_STOP=1 -f FILE -h HOST -U USER -d DATABASE",
        "-X leaves out personal settings; ON_ERROR_STOP gives an exit code that tells success from failure.",
    );
}

/// `BEGIN` and the settings of the transaction.
pub(super) fn open(script: &mut Script) {
    script.why("BEGIN;", "One transaction: either everything happens or nothing.");
    script.why(
        "SET LOCAL search_path = pg_catalog, pg_temp;",
        "Only PostgreSQL's own functions are called, never one somebody left in schema public.",
    );
    script.why(
        "SET LOCAL lock_timeout = '5s';",
        "A running application may hold a table: give up and change nothing rather than make its queries wait.",
    );
    script
        .why("SET LOCAL idle_in_transaction_session_timeout = '2min';", "A forgotten open transaction undoes itself.");
}

/// How the body of a `DO` begins. Graphical tools send a single statement, so the two settings that matter stand in it again.
pub(super) fn begin(body: &mut Script) {
    body.plain("BEGIN");
    body.why(
        "  PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true), pg_catalog.set_config('lock_timeout', '5s', true);",
        "Two of the settings above once more, for tools that send this statement alone.",
    );
}

/// `COMMIT`, last.
pub(super) fn commit(script: &mut Script) {
    script.why("COMMIT;", "Until here nothing is final. After an error PostgreSQL answers ROLLBACK to this line.");
}
