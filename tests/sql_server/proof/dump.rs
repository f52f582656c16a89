//! What is in a database, all of it: `pg_dump` 18 reads every version of the server.
use super::super::server::Server;
use std::process::Command;

/// The dump as text. Dumps of equal databases are equal: their restrict key is given.
pub(crate) fn dump(server: &Server, database: &str) -> String {
    run(server, database, &[])
}

/// The same, of all but one schema.
pub(crate) fn dump_without(server: &Server, database: &str, schema: &str) -> String {
    run(server, database, &["-N", schema])
}

fn run(server: &Server, database: &str, more: &[&str]) -> String {
    let program = std::env::var_os("RUNBOOK_PG_DUMP");
    let mut command =
        Command::new(program.expect("RUNBOOK_PG_DUMP is not set: run ./x test, or name a pg_dump of version 18"));
    command.args(["--restrict-key=x", "-h"]).arg(&server.dir).args(["-U", "postgres", "-d", database]).args(more);
    let output = command.output().expect("pg_dump runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// What changes when anything does: for 6,000 tables, where a dump takes seconds. A row that was added or altered has a newer
/// `xmin`, one that went is missing from the count; of schemas and tables all that a dump says of them.
pub(crate) fn fingerprint(server: &Server, database: &str) -> String {
    let newest = |table: &str| format!("SELECT count(*), max(xmin::text::bigint) FROM {table};");
    let tables = ["pg_attribute", "pg_proc", "pg_type", "pg_depend", "pg_constraint", "pg_extension", "audit.log"];
    let all = "SELECT md5(string_agg(concat_ws(',', oid, relname, relnamespace, relowner, relacl, relfilenode), '' ORDER BY oid)) FROM pg_class;
        SELECT oid, nspname, nspowner, nspacl FROM pg_namespace ORDER BY oid;";
    server.must("postgres", database, &(tables.map(newest).concat() + all))
}
