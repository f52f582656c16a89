//! What each text must do in each state, sent in each way.
use super::super::psql::How;
use super::states::State;
use runbook::engine::sql::Edition;

/// What must happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Expect {
    /// It runs through and everything is as before.
    Reads,
    /// It stops with these words and everything is as before.
    Stops(&'static str),
    /// The connection ends, and everything is as before.
    Unchanged,
    /// Schema public is empty, the rest is as before.
    Deletes,
    /// Schema public is empty, and all that was in it is in the schema set aside.
    SetsAside,
    /// Everything is as it was before it was set aside.
    PutsBack,
    /// The same, and what was made since is kept beside it.
    KeepsBoth,
    /// The source's own block, pasted: it says these words and goes on.
    GoesOn(&'static str),
}

impl Expect {
    /// The word for it in `content/proof.toml`.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Reads => "reads",
            Self::Stops(_) => "refuses",
            Self::Unchanged => "changes-nothing",
            Self::Deletes => "deletes",
            Self::SetsAside => "sets-aside",
            Self::PutsBack => "puts-back",
            Self::KeepsBoth => "keeps-both",
            Self::GoesOn(_) => "goes-on",
        }
    }

    pub(crate) fn leaves_all(self) -> bool {
        matches!(self, Self::Reads | Self::Stops(_) | Self::Unchanged)
    }
}

/// The one answer; none where a state can't be of that text.
pub(crate) fn expected(edition: Edition, state: State, how: How) -> Option<Expect> {
    if state == State::FilledSince {
        return (edition == Edition::UndoMoveAside).then_some(Expect::KeepsBoth);
    }
    Some(match edition {
        // Nothing in these texts names a database or a user.
        Edition::State | Edition::Verify if matches!(state, State::WrongDatabase | State::WrongRole) => return None,
        Edition::State | Edition::Verify => Expect::Reads,
        Edition::AsWritten => as_written(state, how),
        _ if state == State::CutOff => Expect::Unchanged,
        Edition::Rehearsal => match option_a(state) {
            Expect::Deletes => Expect::Reads,
            stops => stops,
        },
        Edition::OptionA => option_a(state),
        Edition::EmptyInPlace => empty_in_place(state),
        Edition::MoveAside => move_aside(state),
        Edition::UndoMoveAside if state == State::WrongRole => return None,
        Edition::UndoMoveAside => undo(state),
    })
}

const TOO_MANY: Expect = Expect::Stops("STOP: schema public holds more objects than this server can lock at once");
const LOCKED: Expect = Expect::Stops("canceling statement due to lock timeout");
const CONNECTED: Expect = Expect::Stops("STOP: connected to");
const NO_ROLE: Expect = Expect::Stops("STOP: that role does not exist");
const NOT_OWNED: Expect = Expect::Stops("does not own schema public");
const NO_CREATE: Expect = Expect::Stops("could drop the schema but not create it again");
const NO_PUBLIC: Expect = Expect::Stops("STOP: there is no schema public");

fn option_a(state: State) -> Expect {
    match state {
        State::ManyTables => TOO_MANY,
        State::OpenReader => LOCKED,
        State::WrongDatabase => CONNECTED,
        State::WrongRole => NO_ROLE,
        State::NotTheOwner => NO_CREATE,
        State::SchemaNotOwned => NOT_OWNED,
        _ => Expect::Deletes,
    }
}

fn empty_in_place(state: State) -> Expect {
    match state {
        State::NotTheOwner => Expect::Stops("does not have the rights of that role"),
        State::PublicMissing => NO_PUBLIC,
        State::SchemaNotOwned => Expect::Deletes,
        other => option_a(other),
    }
}

fn move_aside(state: State) -> Expect {
    match state {
        State::Extensions => {
            Expect::Stops("STOP: extensions live in schema public and would move along: citext, pgcrypto")
        }
        State::ManyTables | State::OpenReader => Expect::SetsAside,
        State::PublicMissing => NO_PUBLIC,
        State::RunTwice => Expect::Stops("STOP: there is already a schema public_broken_1"),
        other => match option_a(other) {
            Expect::Deletes => Expect::SetsAside,
            stops => stops,
        },
    }
}

fn undo(state: State) -> Expect {
    match state {
        State::WrongDatabase => CONNECTED,
        State::NotTheOwner => Expect::Stops("may not rename a schema in this database"),
        State::SchemaNotOwned => Expect::Stops("does not own both schemas"),
        State::RunTwice => Expect::Stops("STOP: there is no schema public_broken_1 to put back"),
        _ => Expect::PutsBack,
    }
}

/// The source's own block: nothing is checked, and only sent as one it is one transaction.
fn as_written(state: State, how: How) -> Expect {
    let as_one = matches!(how, How::File | How::OneString);
    let fails = |words| if as_one { Expect::Stops(words) } else { Expect::GoesOn(words) };
    match state {
        State::ManyTables => fails("out of shared memory"),
        State::OpenReader => fails("canceling statement due to statement timeout"),
        State::WrongRole => fails("does not exist"),
        State::PublicMissing => fails("schema \"public\" does not exist"),
        State::NotTheOwner | State::SchemaNotOwned => Expect::Stops("must be owner of schema public"),
        State::CutOff => Expect::GoesOn("DROP SCHEMA"),
        _ => Expect::Deletes,
    }
}
