//! Would a reset script run here?
//!
//! In: a [`Guard`] (content: which variables must hold exactly which value) and an [`EnvSnapshot`] (bytes handed in, never the
//! process's own environment). Out: [`Verdicts`]: for each requirement whether it is met, and RUN or REFUSE. Bytes are compared
//! with bytes: no trimming, no case folding, no truthiness; whatever is not exactly the value refuses.
//!
//! The guard protects the scripts, not SQL run by hand. On production the good answer is REFUSE, with nothing set.
//!
//! ```
//! use runbook::engine::guard::{Decision, EnvSnapshot, Requirement, evaluate};
//! let requirements = [Requirement::new("APP_MODE", "demo"), Requirement::new("ALLOW_DB_RESET", "1")];
//! let mut env = EnvSnapshot::default();
//! env.set(b"APP_MODE", b"demo");
//! env.set(b"ALLOW_DB_RESET", b"1\r");
//! assert_eq!(evaluate(&requirements, &env).decision, Decision::Refuse);
//! ```
mod content;
mod env;
mod evaluate;
mod handed;
mod near_miss;
mod report;
mod visible;

pub use content::{Case, Guard, ModuleFile, Requirement};
pub use env::{EnvError, EnvSnapshot};
pub use evaluate::{Decision, State, Verdict, Verdicts, evaluate};
pub use handed::{Handed, NotRead, Source, read};
pub use near_miss::NearMiss;
pub use report::Report;
pub use visible::visible;
