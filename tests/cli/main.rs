//! The command-line program as its callers see it: arguments and bytes in, bytes and an exit code out.
//!
//! The contract of its JSON is checked by reading a line into types that stand in the contract's order and writing it again:
//! any other key, order or spacing gives other bytes.

mod diagnose;
mod draw;
mod guard;
mod input;
mod object;
mod run;
mod sql;
mod terminal;
