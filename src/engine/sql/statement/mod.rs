//! The texts, one file each. In: checked values. Out: a `Script` of lines with reasons.
//!
//! Shared habits. Checks and change are one `DO` statement: psql's `ON_ERROR_ROLLBACK`, a client that goes on after an error, or
//! a click on a single statement cannot run the change without the checks. Nobody's look-alike function, operator or type runs with
//! the operator's rights (CVE-2018-1058): `search_path` is `pg_catalog` for the transaction, and because graphical tools send single
//! statements, a `DO` sets it again before anything else, and every other statement names `pg_catalog` itself
//! (`tests/statements.rs`, `tests/sql_server/planted.rs`). `lock_timeout` keeps a waiting change from freezing a running application.
pub(super) mod as_written;
mod checks;
pub(super) mod empty_in_place;
pub(super) mod extensions;
mod frame;
mod gone;
pub(super) mod move_aside;
pub(super) mod option_a;
mod reading;
pub(super) mod rehearsal;
pub(super) mod state;
pub(super) mod undo_move_aside;
pub(super) mod verify;
