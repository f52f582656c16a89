//! Setting the schema aside, and undoing that.
use super::databases::*;
use super::psql::{EACH_WAY, How, must, run};
use runbook::engine::sql::{Edition, SqlValues, Suffix, compose};

#[test]
#[ignore = "needs PostgreSQL servers: ./x test runs it"]
fn moving_aside_and_back_is_a_round_trip() {
    let (owner, database) = app();
    let before = snapshot(&database);
    let (aside, undo) = (text(Edition::MoveAside, &owner, &database), text(Edition::UndoMoveAside, &owner, &database));
    for how in EACH_WAY {
        let ran = run(&owner, &database, &aside, how);
        assert!(ran.is_clean(), "{how:?}: {}", ran.err);
        assert_eq!(must(&owner, &database, N_TABLES), "0");
        assert_eq!(must(&owner, &database, "SELECT count(*) FROM public_broken_1.users"), "3");
        let defaults = "SELECT pg_get_userbyid(nspowner), has_schema_privilege('public', oid, 'CREATE'), has_schema_privilege('public', oid, 'USAGE') FROM pg_namespace WHERE nspname = 'public'";
        let of_public = if version() < 14 { owner.as_str() } else { "pg_database_owner" };
        assert_eq!(must(&owner, &database, defaults), format!("{of_public}|f|t"));
        let ran = run(&owner, &database, &undo, how);
        assert!(ran.is_clean() && !ran.err.contains("KEPT"), "{how:?}: {}", ran.err);
        assert_eq!(snapshot(&database), before, "{how:?}");
    }
    stopped(&owner, &database, &undo, "STOP: there is no schema public_broken_1 to put back");
}

#[test]
#[ignore = "needs PostgreSQL servers: ./x test runs it"]
fn an_attempt_with_something_in_it_is_kept_and_said_so() {
    let (owner, database) = app();
    let (aside, undo) = (text(Edition::MoveAside, &owner, &database), text(Edition::UndoMoveAside, &owner, &database));
    assert!(run(&owner, &database, &aside, How::File).is_clean());
    stopped(&owner, &database, &aside, "STOP: there is already a schema public_broken_1");
    must(&owner, &database, "CREATE TABLE public.fresh AS SELECT 7 AS id");
    let ran = run(&owner, &database, &undo, How::File);
    assert!(ran.is_clean() && ran.err.contains("KEPT: schema public_attempt_1 is not empty"), "{}", ran.err);
    assert_eq!(
        must(&owner, &database, "SELECT id FROM public_attempt_1.fresh; SELECT count(*) FROM public.users"),
        "7\n3"
    );
    assert!(run(&owner, &database, &aside, How::File).is_clean());
    stopped(&owner, &database, &undo, "STOP: there is already a schema public_attempt_1");
    let other = SqlValues { suffix: Suffix::new("20261122").expect("fine"), ..values(&owner, &database) };
    must(&owner, &database, "ALTER SCHEMA public_broken_1 RENAME TO public_broken_20261122; DROP SCHEMA public");
    let undo = compose(Edition::UndoMoveAside, &other).expect("complete").sql;
    assert!(run(&owner, &database, &undo, How::File).is_clean(), "also without public");
    assert_eq!(must(&owner, &database, "SELECT count(*) FROM public.users"), "3");
}

/// The SQL that `content/answers.toml` gives in an answer, between backticks.
fn advised(edition: Edition, printed: &str) -> String {
    let reply = runbook::embedded::engine().judge(edition, printed.as_bytes()).expect("known");
    reply.text.split('`').nth(1).expect("SQL in it").to_owned()
}

#[test]
#[ignore = "needs PostgreSQL servers: ./x test runs it"]
fn where_a_name_is_taken_the_advice_makes_room() {
    let (owner, database) = app();
    let (aside, undo) = (text(Edition::MoveAside, &owner, &database), text(Edition::UndoMoveAside, &owner, &database));
    let before = snapshot(&database);
    must(&owner, &database, "CREATE SCHEMA public_broken_1; CREATE TABLE public_broken_1.earlier AS SELECT 7 AS id");
    let refused = run(&owner, &database, &aside, How::File);
    must(&owner, &database, &advised(Edition::MoveAside, &refused.err));
    assert!(run(&owner, &database, &aside, How::File).is_clean());
    must(&owner, &database, "CREATE SCHEMA public_attempt_1; CREATE TABLE public.fresh AS SELECT 8 AS id");
    let refused = run(&owner, &database, &undo, How::File);
    must(&owner, &database, &advised(Edition::UndoMoveAside, &refused.err));
    let ran = run(&owner, &database, &undo, How::File);
    assert!(ran.is_clean() && ran.err.contains("KEPT: schema public_attempt_1"), "{}", ran.err);
    let kept = "SELECT id FROM public_broken_earlier.earlier; SELECT id FROM public_attempt_1.fresh";
    assert_eq!(must(&owner, &database, kept), "7\n8");
    let mine = "DROP SCHEMA public_attempt_1 CASCADE; DROP SCHEMA public_attempt_earlier; DROP SCHEMA public_broken_earlier CASCADE";
    must(&owner, &database, mine);
    assert_eq!(snapshot(&database), before);
}

#[test]
#[ignore = "needs PostgreSQL servers: ./x test runs it"]
fn moving_aside_is_stopped_before_it_does_harm() {
    let (owner, database) = app();
    let visitor = role(&unique("visitor"));
    let aside = text(Edition::MoveAside, &owner, &database);
    stopped(&owner, &database, &text(Edition::MoveAside, &owner, "another_database"), "STOP: connected to");
    stopped(&owner, &database, &text(Edition::MoveAside, "no_such_user", &database), "STOP: that role does not exist");
    stopped(&visitor, &database, &aside, "could drop the schema but not create it again");
    must("postgres", &database, &format!("GRANT CREATE ON DATABASE {} TO {}", quoted(&database), quoted(&visitor)));
    stopped(&visitor, &database, &aside, "does not own schema public");
    must("postgres", &database, "CREATE EXTENSION citext; CREATE EXTENSION pg_trgm");
    stopped(&owner, &database, &aside, "extensions live in schema public and would move along: citext, pg_trgm");
    must("postgres", &database, "DROP EXTENSION citext; DROP EXTENSION pg_trgm");
    must("postgres", &database, &format!("ALTER SCHEMA public OWNER TO {}", quoted(&visitor)));
    assert!(
        run(&visitor, &database, &aside, How::File).is_clean(),
        "an owner of the schema who does not own the database"
    );
    let undo = text(Edition::UndoMoveAside, &owner, &database);
    let outsider = role(&unique("outsider"));
    stopped(&outsider, &database, &undo, "may not rename a schema in this database");
    must("postgres", &database, &format!("GRANT CREATE ON DATABASE {} TO {}", quoted(&database), quoted(&outsider)));
    stopped(&outsider, &database, &undo, "does not own both schemas");
    must(&owner, &database, "DROP TABLE public_broken_1.alembic_version");
    assert!(run(&visitor, &database, &undo, How::File).is_clean());
    stopped(&owner, &database, &text(Edition::UndoMoveAside, &owner, "another_database"), "STOP: connected to");
}
