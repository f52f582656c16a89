//! Option A: what it deletes, what stops it.
use super::databases::*;
use super::psql::{EACH_WAY, How, must, run};
use super::server::server;
use runbook::engine::sql::{Edition, Grantee, SqlValues, compose};

#[test]
#[ignore = "needs PostgreSQL servers: ./x test runs it"]
fn option_a_wipes_as_plain_owner_again_and_without_public() {
    let (owner, database) = app();
    let sql = text(Edition::OptionA, &owner, &database);
    for how in EACH_WAY {
        let ran = run(&owner, &database, &sql, how);
        assert!(ran.is_clean(), "{how:?}: {}", ran.err);
        wiped(&owner, &database);
        assert!(run(&owner, &database, &sql, how).is_clean(), "{how:?}: a second time");
        wiped(&owner, &database);
        must(&owner, &database, "DROP SCHEMA public");
        assert!(run(&owner, &database, &sql, how).is_clean(), "{how:?}: without public");
        wiped(&owner, &database);
        must(&owner, &database, &format!("DROP SCHEMA audit CASCADE;{FILL}"));
    }
}

#[test]
#[ignore = "needs PostgreSQL servers: ./x test runs it"]
fn option_a_with_a_mistyped_user_leaves_every_table() {
    let (owner, database) = app();
    let sql = text(Edition::OptionA, "no_such_user", &database);
    stopped(&owner, &database, &sql, "STOP: that role does not exist");
}

#[test]
#[ignore = "needs PostgreSQL servers: ./x test runs it"]
fn option_a_on_another_database_is_stopped() {
    let (owner, database) = app();
    let sql = text(Edition::OptionA, &owner, "another_database");
    stopped(&owner, &database, &sql, &format!("STOP: connected to {database}"));
}

#[test]
#[ignore = "needs PostgreSQL servers: ./x test runs it"]
fn option_a_as_somebody_else_is_stopped() {
    let (owner, database) = app();
    let visitor = role(&unique("visitor"));
    stopped(
        &visitor,
        &database,
        &text(Edition::OptionA, &owner, &database),
        "could drop the schema but not create it again",
    );
    must("postgres", &database, &format!("GRANT CREATE ON DATABASE {} TO {}", quoted(&database), quoted(&visitor)));
    stopped(&visitor, &database, &text(Edition::OptionA, &owner, &database), "does not own schema public");
}

#[test]
#[ignore = "needs PostgreSQL servers: ./x test runs it"]
fn option_a_for_the_connected_user() {
    let (owner, database) = app();
    let values = SqlValues { grantee: Some(Grantee::CurrentUser), ..values(&owner, &database) };
    let sql = compose(Edition::OptionA, &values).expect("complete").sql;
    assert!(run(&owner, &database, &sql, How::File).is_clean());
    wiped(&owner, &database);
}

#[test]
#[ignore = "needs PostgreSQL servers: ./x test runs it"]
fn option_a_waits_for_nobody() {
    let (owner, database) = app();
    let reader = server().reader(&owner, &database);
    let before = snapshot(&database);
    let sql = text(Edition::OptionA, &owner, &database).replace("'5s'", "'200ms'");
    let begin = sql.find("DO $$").expect("a DO");
    let alone = sql.get(begin..).and_then(|from| from.strip_suffix("COMMIT;\n")).expect("COMMIT");
    for part in [sql.as_str(), alone] {
        let ran = run(&owner, &database, part, How::File);
        assert!(ran.err.contains("canceling statement due to lock timeout"), "{}", ran.err);
        assert_eq!(snapshot(&database), before);
    }
    drop(reader);
}

#[test]
#[ignore = "needs PostgreSQL servers: ./x test runs it"]
fn a_look_alike_function_in_public_is_not_called() {
    let (owner, database) = app();
    must("postgres", &database, "
        GRANT ALL ON SCHEMA public TO PUBLIC;
        CREATE TABLE audit.trap (id int); GRANT ALL ON audit.trap, audit.log TO PUBLIC; GRANT USAGE ON SCHEMA audit TO PUBLIC;");
    let visitor = role(&unique("visitor"));
    must(&visitor, &database, "
        CREATE FUNCTION public.has_database_privilege(name, text) RETURNS bool LANGUAGE sql AS 'INSERT INTO audit.trap VALUES (1); SELECT true';
        CREATE FUNCTION public.format(text, name) RETURNS text LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''trapped''; END';");
    assert_eq!(
        must(
            &visitor,
            &database,
            "SELECT has_database_privilege(current_database(), 'CREATE'); SELECT count(*) FROM audit.trap"
        ),
        "t\n1"
    );
    for edition in [Edition::Rehearsal, Edition::State, Edition::Verify, Edition::OptionA] {
        let ran = run(&owner, &database, &text(edition, &owner, &database), How::File);
        assert!(ran.is_clean(), "{}: {}", edition.id(), ran.err);
    }
    assert_eq!(must("postgres", &database, "SELECT count(*) FROM audit.trap"), "1");
}
