//! The generated SQL on real servers, PostgreSQL 13 to 18: what it deletes, what it refuses, and that refusing loses nothing.
//!
//! `RUNBOOK_PG_BIN` names the directory with `initdb` and `postgres` (the `./x` script sets it); `psql` comes from `PATH`.
//! One server for all tests; each test has its own databases and roles.
mod answers;
mod commands;
mod databases;
mod extensions;
mod in_place;
mod move_aside;
mod names;
mod option_a;
mod planted;
mod proof;
mod psql;
mod reading;
mod reference;
mod server;
