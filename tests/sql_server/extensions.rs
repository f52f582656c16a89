//! Extensions created again after Option A, on every version, from what the state text printed there.
use std::path::Path;

use super::databases::{quoted, text};
use super::psql::{How, pasted};
use super::server::Server;
use runbook::embedded;
use runbook::engine::sql::{Edition, Extensions, Ident, SqlValues, compose};

/// Trusted ones, which the owner of a database may create.
const OWN: [&str; 5] = ["citext", "cube", "hstore", "pg_trgm", "uuid-ossp"];

/// What only a superuser may create.
const OF_OTHERS: [&str; 3] = ["amcheck", "earthdistance", "pg_stat_statements"];

const IN_PUBLIC: &str = "SELECT coalesce(string_agg(extname, ' ' ORDER BY extname), '') FROM pg_extension WHERE extnamespace = 'public'::regnamespace";

#[test]
#[ignore = "needs PostgreSQL servers: ./x test runs it"]
fn what_stood_in_public_is_created_again_on_every_version() {
    let programs = std::env::var("RUNBOOK_PG_BINS").expect("RUNBOOK_PG_BINS is not set: run ./x test");
    let versions: Vec<&str> = programs.split(':').collect();
    assert!(!versions.is_empty(), "no version");
    std::thread::scope(|scope| {
        let checks: Vec<_> = versions.iter().map(|bin| scope.spawn(|| check(Path::new(bin)))).collect();
        for check in checks {
            check.join().expect("no panic");
        }
    });
}

fn check(bin: &Path) {
    let server = Server::start(bin);
    let (owner, name) = ("o'brien", "the \"db\" $$");
    server.must("postgres", "postgres", &format!("CREATE ROLE {} LOGIN", quoted(owner)));
    server.must("postgres", "postgres", &format!("CREATE DATABASE {} OWNER {}", quoted(name), quoted(owner)));
    server.must("postgres", name, &format!("ALTER SCHEMA public OWNER TO {}", quoted(owner)));
    for extension in OWN {
        server.must(owner, name, &format!("CREATE EXTENSION {}", quoted(extension)));
    }
    for extension in OF_OTHERS {
        server.must("postgres", name, &format!("CREATE EXTENSION {}", quoted(extension)));
    }
    let found = found(&server, owner, name);
    let names = |all: &[Ident]| all.iter().map(Ident::name).collect::<Vec<_>>().join(" ");
    assert_eq!(names(&found.own), OWN.join(" "));
    assert_eq!(names(&found.of_others), OF_OTHERS.join(" "));
    let sql = found.compose(&Ident::database(name).expect("accepted").ident).expect("something to create").sql;
    let elsewhere = found.compose(&Ident::database("another").expect("accepted").ident).expect("the same").sql;

    let wiped = server.run(owner, name, &text(Edition::OptionA, owner, name), How::File);
    assert!(wiped.is_clean(), "{}", wiped.err);
    assert_eq!(server.must(owner, name, IN_PUBLIC), "");
    for how in super::psql::EACH_WAY {
        let refused = server.run(owner, name, &elsewhere, how);
        assert!(refused.err.contains("STOP: connected to"), "{how:?}: {}", refused.err);
        assert_eq!(server.must(owner, name, IN_PUBLIC), "", "{how:?}");
    }
    // As after migrations that created one of them: it stays as it is.
    server.must(owner, name, "CREATE EXTENSION citext");
    for how in super::psql::EACH_WAY {
        let ran = server.run(owner, name, &sql, how);
        assert!(ran.is_clean() && ran.out.contains("uuid-ossp|public|"), "{how:?}: {}\n{}", ran.out, ran.err);
        assert_eq!(server.must(owner, name, IN_PUBLIC), names(&found.own), "{how:?}");
    }
    server.must(owner, name, "CREATE TABLE t (a citext, b hstore); DROP TABLE t");

    // What an extension needs is created with it, whatever the order.
    server.must(owner, name, "DROP EXTENSION cube");
    let needing: Vec<Ident> = found.of_others.iter().filter(|one| one.name() == "earthdistance").cloned().collect();
    let needing = Extensions { own: needing, ..Extensions::default() };
    let sql = needing.compose(&Ident::database(name).expect("accepted").ident).expect("something").sql;
    assert!(server.run("postgres", name, &sql, How::File).is_clean());
    assert!(server.must(owner, name, IN_PUBLIC).contains("cube earthdistance"));

    // One that this user may not create: nothing is created, and the server says why.
    let all = Extensions { own: [&found.own[..], &found.of_others[..]].concat(), ..Extensions::default() };
    let sql = all.compose(&Ident::database(name).expect("accepted").ident).expect("something").sql;
    server.must(owner, name, "DROP EXTENSION hstore");
    let refused = server.run(owner, name, &sql, How::Paste);
    assert!(refused.err.contains("permission denied to create extension \"amcheck\""), "{}", refused.err);
    assert!(!server.must(owner, name, IN_PUBLIC).contains("hstore"));
}

/// What the state text says of extensions in `public`, read as the page reads it.
fn found(server: &Server, owner: &str, name: &str) -> Extensions {
    let mut command = server.psql(owner, name);
    command.args(["-P", "format=aligned", "-P", "tuples_only=off"]);
    let printed = pasted(command, &compose(Edition::State, &SqlValues::default()).expect("needs nothing").sql);
    let engine = embedded::engine();
    let answer = engine.read(printed.out.as_bytes()).expect("an answer");
    assert_eq!(answer.database(), Some(name));
    Extensions::of(answer.listed("extension-again"), answer.listed("extension-gone"))
}
