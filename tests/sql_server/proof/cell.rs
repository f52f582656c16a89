//! One text in one state: sent in each way, and what came of it.
use super::super::databases::{quoted, values};
use super::super::psql::{EACH_WAY, How, Ran};
use super::bench::{APP, Bench, VISITOR};
use super::dump::dump_without;
use super::expected::{Expect, expected};
use super::states::State;
use runbook::engine::sql::{Edition, compose};

/// What was checked and what was not as expected.
#[derive(Default)]
pub(crate) struct Tally {
    pub(crate) checks: u32,
    pub(crate) faults: Vec<String>,
}

impl Tally {
    fn check(&mut self, holds: bool, fault: impl FnOnce() -> String) {
        self.checks += 1;
        if !holds {
            self.faults.push(fault());
        }
    }

    fn add(&mut self, other: Self) {
        self.checks += other.checks;
        self.faults.extend(other.faults);
    }
}

/// A text, a state, a server.
#[derive(Clone, Copy)]
pub(crate) struct Cell<'a> {
    pub(crate) bench: &'a Bench,
    pub(crate) edition: Edition,
    pub(crate) state: State,
}

impl Cell<'_> {
    /// Sends the text in each way; none where a state can't be of that text.
    pub(crate) fn run(self) -> Option<Tally> {
        expected(self.edition, self.state, How::File)?;
        let mut tally = Tally::default();
        if self.state == State::OpenReader {
            // Each waits for the lock until it gives up: all at the same time.
            let tallies = std::thread::scope(|scope| {
                let ways: Vec<_> = self.ways().into_iter().map(|how| scope.spawn(move || self.alone(how))).collect();
                ways.into_iter().map(|way| way.join().expect("no panic")).collect::<Vec<_>>()
            });
            for each in tallies {
                tally.add(each);
            }
        } else if self.state == State::CutOff {
            tally.add(self.cut_off());
        } else {
            let (leaving, changing): (Vec<How>, Vec<How>) =
                self.ways().into_iter().partition(|how| self.expect(*how).leaves_all());
            if !leaving.is_empty() {
                tally.add(self.together(&leaving));
            }
            for how in changing {
                tally.add(self.alone(how));
            }
        }
        Some(tally)
    }

    /// Every way in the plain state, for what is refused, and where one way is refused and another not. Else, where it takes a
    /// database of its own or much time, one of them.
    fn ways(self) -> Vec<How> {
        let all_alike = EACH_WAY.iter().all(|how| self.expect(*how).word() == self.expect(How::File).word());
        match self.expect(How::File) {
            _ if self.state == State::Plain || !all_alike => EACH_WAY.to_vec(),
            Expect::Stops(_) if self.state == State::ManyTables => vec![How::File, How::Paste],
            Expect::Stops(_) => EACH_WAY.to_vec(),
            Expect::Reads if !self.is_slow() => EACH_WAY.to_vec(),
            _ => vec![How::File],
        }
    }

    fn is_slow(self) -> bool {
        matches!(self.state, State::ManyTables | State::OpenReader)
    }

    fn expect(self, how: How) -> Expect {
        expected(self.edition, self.state, how).expect("asked before")
    }

    /// The undoing starts from a schema set aside, which a database without `public` has not.
    fn template(self) -> State {
        match (self.edition, self.state) {
            (Edition::UndoMoveAside, State::PublicMissing) => State::Plain,
            _ => self.state.template(),
        }
    }

    fn actor(self) -> &'static str {
        if self.state == State::NotTheOwner { VISITOR } else { APP }
    }

    fn text(self, database: &str) -> String {
        let role = if self.state == State::WrongRole { "no_such_user" } else { self.actor() };
        let role = if self.edition == Edition::EmptyInPlace && self.state == State::NotTheOwner { APP } else { role };
        let database = if self.state == State::WrongDatabase { "another_database" } else { database };
        compose(self.edition, &values(role, database)).expect("complete").sql
    }

    /// Whether a copy of the template is the state already.
    fn is_as_made(self) -> bool {
        self.edition != Edition::UndoMoveAside && self.state != State::RunTwice
    }

    /// A copy of the template.
    fn copy(self) -> String {
        if self.is_as_made() { self.bench.take(self.template()) } else { self.bench.copy(self.template()) }
    }

    /// A database in the state.
    fn database(self) -> String {
        let database = self.copy();
        self.prepare(&database);
        database
    }

    /// What is in it before the text runs.
    fn before(self, database: &str) -> String {
        if self.is_as_made() { self.bench.template(self.template()).to_owned() } else { self.contents(database) }
    }

    /// Done with a database: another cell may have it when nothing happened to it.
    fn done(self, database: String, is_same: bool) {
        if is_same && self.is_as_made() {
            self.bench.give_back(self.template(), database);
        } else {
            self.bench.remove(&database);
        }
    }

    /// What is in it.
    fn contents(self, database: &str) -> String {
        self.bench.contents(self.template(), database)
    }

    /// Brings a copy into the state where the template is not yet it.
    fn prepare(self, database: &str) {
        let server = &self.bench.server;
        let by_hand = "ALTER SCHEMA public RENAME TO public_broken_1; CREATE SCHEMA public";
        let run = |edition: Edition| {
            let text = compose(edition, &values(APP, database)).expect("complete").sql;
            let ran = server.run(APP, database, &text, How::File);
            assert!(ran.is_clean(), "preparing {}: {}", self.state.id(), ran.err);
        };
        let undoes = self.edition == Edition::UndoMoveAside;
        match self.state {
            State::SchemaNotOwned if undoes => drop(server.must("postgres", database, by_hand)),
            State::Extensions if undoes => drop(server.must(APP, database, by_hand)),
            _ if undoes => run(Edition::MoveAside),
            _ => {}
        }
        match self.state {
            State::RunTwice => run(self.edition),
            State::PublicMissing if undoes => drop(server.must(APP, database, "DROP SCHEMA public")),
            State::FilledSince => drop(server.must(APP, database, "CREATE TABLE public.fresh AS SELECT 7 AS id")),
            _ => {}
        }
    }

    /// Ways that leave everything as it was, one after the other on one database.
    fn together(self, ways: &[How]) -> Tally {
        let database = self.database();
        let before = self.before(&database);
        let mut tally = Tally::default();
        let text = self.text(&database);
        for how in ways {
            let ran = self.bench.server.run(self.actor(), &database, &text, *how);
            self.said(&mut tally, *how, &ran);
        }
        let is_same = self.same(&mut tally, &database, &before);
        self.done(database, is_same);
        tally
    }

    /// One way on a database of its own.
    fn alone(self, how: How) -> Tally {
        let database = self.copy();
        let reader = (self.state == State::OpenReader).then(|| self.bench.server.reader(APP, &database));
        self.prepare(&database);
        let before = if self.expect(how).leaves_all() { self.before(&database) } else { String::new() };
        let mut tally = Tally::default();
        let kept = self.kept(&database);
        if reader.is_some() && self.edition == Edition::AsWritten {
            // It would wait for ever.
            let limit = format!("ALTER ROLE {APP} IN DATABASE {database} SET statement_timeout = '1s'");
            self.bench.server.must("postgres", &database, &limit);
        }
        let ran = self.bench.server.run(self.actor(), &database, &self.text(&database), how);
        self.said(&mut tally, how, &ran);
        drop(reader);
        match self.expect(how) {
            Expect::Reads | Expect::Stops(_) | Expect::Unchanged => {
                self.same(&mut tally, &database, &before);
            }
            Expect::Deletes => self.deleted(&mut tally, &database, &kept),
            Expect::SetsAside => self.set_aside(&mut tally, &database),
            Expect::PutsBack => {
                self.same(&mut tally, &database, self.bench.template(self.template()));
            }
            Expect::KeepsBoth => self.kept_both(&mut tally, &database),
            Expect::GoesOn(_) => {}
        }
        if how == How::File && matches!(self.expect(how), Expect::Deletes | Expect::SetsAside) {
            let answer = self.bench.alembic.lock().expect("no panic").upgrade(APP, &database);
            tally.check(answer == "ran 001 002", || format!("alembic upgrade head: {answer}"));
        }
        self.bench.remove(&database);
        tally
    }

    /// The connection ends before the last line, and, where the text takes locks, while it waits for one.
    fn cut_off(self) -> Tally {
        let database = self.database();
        let before = self.before(&database);
        let mut tally = Tally::default();
        let text = self.text(&database);
        let last = if self.edition == Edition::AsWritten { "\n\n-- Recreate" } else { "\nCOMMIT;" };
        let cut = text.rfind(last).or_else(|| text.rfind("\nROLLBACK;")).expect("its last line");
        let ran = self.bench.server.run(APP, &database, &format!("{}\n", &text[..cut]), How::Paste);
        tally.check(ran.success && !ran.err.contains("ERROR"), || format!("cut: {}", ran.err));
        if !self.expect(How::Paste).leaves_all() {
            let left = self.bench.server.must("postgres", &database, PUBLIC_HOLDS);
            tally.check(left.is_empty(), || format!("cut: {left:?}, but the block drops before it creates"));
            self.bench.remove(&database);
            return tally;
        }
        if [Edition::OptionA, Edition::EmptyInPlace, Edition::Rehearsal].contains(&self.edition) {
            let reader = self.bench.server.reader(APP, &database);
            for how in EACH_WAY {
                let ran = self.bench.run_and_cut(&database, &text, how);
                tally.check(ran.err.contains("terminating connection"), || format!("{how:?}: {}", ran.err));
            }
            drop(reader);
        }
        let is_same = self.same(&mut tally, &database, &before);
        self.done(database, is_same);
        tally
    }

    /// What psql said and how it ended.
    fn said(self, tally: &mut Tally, how: How, ran: &Ran) {
        let stops = matches!(how, How::File | How::OneString);
        let (holds, wanted) = match self.expect(how) {
            Expect::Stops(words) => (ran.err.contains(words) && ran.success != stops, words),
            Expect::GoesOn(words) => (ran.err.contains(words) && ran.success, words),
            Expect::KeepsBoth => {
                (ran.is_clean() && ran.err.contains("KEPT: schema public_attempt_1 is not empty"), "KEPT")
            }
            Expect::PutsBack => (ran.is_clean() && !ran.err.contains("KEPT"), "no error"),
            _ if self.edition == Edition::Rehearsal => {
                (ran.is_clean() && ran.err.contains("REHEARSED: option-a would pass here"), "REHEARSED")
            }
            _ => (ran.is_clean(), "no error"),
        };
        tally.check(holds, || format!("{how:?}: wanted {wanted:?}, said {:?}, success {}", ran.err, ran.success));
    }

    fn same(self, tally: &mut Tally, database: &str, before: &str) -> bool {
        let after = self.contents(database);
        tally.check(after == before, || format!("not as before: {}", first_difference(before, &after)));
        after == before
    }

    /// What a text that deletes must keep: the rows elsewhere; in place also the schema's owner, grants and extensions.
    fn kept(self, database: &str) -> String {
        let schema = if self.edition == Edition::EmptyInPlace {
            "SELECT nspowner, nspacl FROM pg_namespace WHERE nspname = 'public'; SELECT extname FROM pg_extension ORDER BY 1;"
        } else {
            ""
        };
        self.bench.server.must("postgres", database, &format!("{schema} SELECT id FROM audit.log"))
    }

    fn deleted(self, tally: &mut Tally, database: &str, kept: &str) {
        self.empty(tally, database, self.edition == Edition::AsWritten);
        let still = self.kept(database);
        tally.check(still == kept, || format!("kept {still:?}, not {kept:?}"));
    }

    /// Schema public holds nothing and its user may fill it; `everybody` says whether all others may too.
    fn empty(self, tally: &mut Tally, database: &str, everybody: bool) {
        let left = self.bench.server.must("postgres", database, PUBLIC_HOLDS);
        tally.check(left == "0", || format!("public still holds {left:?}"));
        let rights = self.bench.server.must("postgres", database, &format!(
            "SELECT has_schema_privilege({0}, 'public', 'CREATE'), has_schema_privilege({0}, 'public', 'USAGE'), has_schema_privilege('public', 'public', 'CREATE')",
            quoted(APP).replace('"', "'")
        ));
        // Emptying in place leaves the grants as they were, which `kept` compares.
        let wanted = if everybody { "t|t|t" } else { "t|t|f" };
        let holds = if self.edition == Edition::EmptyInPlace { rights.starts_with("t|t|") } else { rights == wanted };
        tally.check(holds, || format!("rights on public: {rights}"));
    }

    fn set_aside(self, tally: &mut Tally, database: &str) {
        self.empty(tally, database, false);
        let rows = self.bench.server.must(APP, database, "SELECT count(*) FROM public_broken_1.users");
        tally.check(rows == "3", || format!("{rows} rows set aside"));
    }

    fn kept_both(self, tally: &mut Tally, database: &str) {
        let fresh = self.bench.server.must(APP, database, "SELECT id FROM public_attempt_1.fresh");
        tally.check(fresh == "7", || format!("{fresh:?} was made since"));
        let rest = dump_without(&self.bench.server, database, "public_attempt_1");
        let before = self.bench.template(self.template());
        tally.check(rest == before, || format!("not as before: {}", first_difference(before, &rest)));
    }
}

/// How much is in public that belongs to no extension; no row when there is no such schema.
const PUBLIC_HOLDS: &str = "SELECT (SELECT count(*) FROM pg_depend d WHERE d.refclassid = 'pg_namespace'::regclass AND d.refobjid = n.oid AND d.deptype = 'n'
    AND d.classid <> 'pg_extension'::regclass AND NOT EXISTS (SELECT 1 FROM pg_depend e WHERE e.classid = d.classid AND e.objid = d.objid AND e.deptype = 'e'))
  FROM pg_namespace n WHERE n.nspname = 'public'";

fn first_difference(before: &str, after: &str) -> String {
    let pairs = before.split('\n').zip(after.split('\n'));
    let found = pairs.enumerate().find(|(_, (one, other))| one != other);
    found.map_or_else(
        || "one is longer".to_owned(),
        |(at, (one, other))| format!("line {}: {one:?} is {other:?}", at + 1),
    )
}
