//! What servers answer is read and judged.
use super::databases::*;
use super::psql::{must, pasted};
use super::server::server;
use runbook::engine::fact::FactKey;
use runbook::engine::sql::{Edition, SqlValues, compose};

#[test]
#[ignore = "needs PostgreSQL servers: ./x test runs it"]
fn what_the_state_prints_is_read_and_what_option_a_prints_is_judged() {
    let (owner, database) = app();
    let engine = runbook::embedded::engine();
    let as_printed = |sql: &str| {
        let mut command = server().psql(&owner, &database);
        // The last options win: as psql prints by itself.
        command.args(["-P", "format=aligned", "-P", "tuples_only=off"]);
        let ran = pasted(command, sql);
        // The error and the answers came through two pipes: their order is lost.
        if ran.err.contains("ERROR:") { ran.err } else { ran.out }
    };
    let read = |sql: &str| engine.read(as_printed(sql).as_bytes()).expect("an answer");
    let state = compose(Edition::State, &SqlValues::default()).expect("needs nothing").sql;
    let said = read(&state);
    assert_eq!(said.database(), Some(database.as_str()));
    assert_eq!(said.facts.value(FactKey::SetAside), Some("possible"));
    let shown: Vec<&str> = said.deleted.iter().map(|line| line.text.as_str()).collect();
    assert!(shown.contains(&"Table users, rows: 3."), "{shown:?}");
    assert!(shown.contains(&"In another schema: table column audit.log.s."), "{shown:?}");
    must("postgres", &database, "CREATE EXTENSION citext");
    assert_eq!(read(&state).facts.value(FactKey::SetAside), Some("extension"));
    let judged = |sql: &str| engine.judge(Edition::OptionA, as_printed(sql).as_bytes()).map(|reply| reply.id.as_str());
    let text_for = |database: &str| text(Edition::OptionA, &owner, database);
    assert_eq!(judged(&text_for("another_db")), Some("another-database"));
    assert_eq!(judged(&text_for(&database)), Some("committed"));
    must(&owner, &database, "DROP SCHEMA public");
    assert_eq!(read(&state).facts.value(FactKey::PublicSchema), Some("missing"));
}
