//! Requirements against variables: the verdicts.
//!
//! All must be met, byte for byte. No requirement at all is a refusal: an empty guard must not open anything.
use super::{EnvSnapshot, NearMiss, Requirement};

/// What a script guarded like this would do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It would delete and rebuild the database.
    Run,
    /// It would do nothing.
    Refuse,
}

impl Decision {
    /// `RUN` or `REFUSE`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Run => "RUN",
            Self::Refuse => "REFUSE",
        }
    }
}

/// One variable against its requirement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Set, byte for byte.
    Met,
    /// Not there at all.
    NotSet,
    /// There with any other bytes, none included.
    NotExactly,
}

/// The verdict on one requirement. Never holds the value that was found: it may be a secret pasted into the wrong place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The variable.
    pub variable: String,
    /// The only value that counts.
    pub exactly: String,
    /// How it stands.
    pub state: State,
    /// What it nearly was, where that can be told.
    pub near_miss: Option<NearMiss>,
}

impl Verdict {
    /// How it stands, in the fixed words: `set to exactly …`, `not set`, or `set, but not exactly …`.
    pub fn text(&self) -> String {
        match self.state {
            State::Met => format!("set to exactly {}", self.exactly),
            State::NotSet => "not set".to_owned(),
            State::NotExactly => format!("set, but not exactly {}", self.exactly),
        }
    }
}

/// The verdicts on all requirements, in their order, and what follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdicts {
    /// One for each requirement.
    pub each: Vec<Verdict>,
    /// What a script would do.
    pub decision: Decision,
}

impl Verdicts {
    /// The verdicts and what follows from them.
    pub fn new(each: Vec<Verdict>) -> Self {
        let all_met = each.iter().all(|verdict| verdict.state == State::Met);
        let decision = if all_met && !each.is_empty() { Decision::Run } else { Decision::Refuse };
        Self { each, decision }
    }

    /// What it means, in one line: on production refusing is good, and nothing is to be set for SQL run by hand.
    pub fn meaning(&self) -> &'static str {
        match self.decision {
            Decision::Run => {
                "A reset script would RUN here and delete the database's data. Right on a demo, wrong anywhere else: unset these variables there."
            }
            Decision::Refuse => {
                "A reset script would REFUSE here. On production that is good: leave it so. SQL run by hand needs none of these variables."
            }
        }
    }

    /// The exit code of the command line: 0 when a script would run, 1 when it would refuse.
    pub fn exit_code(&self) -> u8 {
        match self.decision {
            Decision::Run => 0,
            Decision::Refuse => 1,
        }
    }
}

/// Compares every requirement with `env`.
pub fn evaluate(requirements: &[Requirement], env: &EnvSnapshot) -> Verdicts {
    Verdicts::new(requirements.iter().map(|one| judge(one, env)).collect())
}

fn judge(requirement: &Requirement, env: &EnvSnapshot) -> Verdict {
    let wanted = requirement.exactly.as_bytes();
    let (state, near_miss) = match env.get(requirement.variable.as_bytes()) {
        Some(found) if found == wanted => (State::Met, None),
        Some(found) => (State::NotExactly, NearMiss::of_value(found, wanted)),
        None => (State::NotSet, NearMiss::of_names(env, &requirement.variable)),
    };
    Verdict { variable: requirement.variable.clone(), exactly: requirement.exactly.clone(), state, near_miss }
}
