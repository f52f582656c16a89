//! SQL with a person's own names in it, or a refusal that says what to type instead.
//!
//! In: raw names (role, database), a connection URL, a suffix. Out: [`Composed`] text for one [`Edition`], or a [`SqlError`].
//! The path is the order of the modules: a raw string becomes an [`Ident`] (or a [`Refusal`]), idents become [`SqlValues`],
//! [`compose`] puts them between fixed pieces of text. A value can enter SQL in two ways only, [`Ident`] and [`Literal`]:
//! every other piece is a `&'static str`, so a string somebody typed cannot become a statement; a `DO` body picks a dollar tag
//! that does not occur in it ([`DollarBody`]).
//!
//! This module knows no server: what only the server can prove (database, role, ownership, privileges) is checked by the SQL
//! itself, in the same statement as the change, so that no client setting can run one without the other.
//!
//! ```
//! use runbook::engine::sql::{Edition, Grantee, Ident, SqlValues, compose};
//! let values = SqlValues {
//!     grantee: Some(Grantee::Role(Ident::role("we\"ird").expect("accepted").ident)),
//!     database: Some(Ident::database("app_db").expect("accepted").ident),
//!     ..SqlValues::default()
//! };
//! let composed = compose(Edition::OptionA, &values).expect("both values are there");
//! assert!(composed.sql.contains("GRANT ALL ON SCHEMA public TO \"we\"\"ird\";"));
//! assert!(Ident::role("public").is_err());
//! ```
mod dollar;
mod edition;
mod extensions;
mod ident;
mod line;
mod literal;
mod name_rules;
mod refusal;
mod request;
mod statement;
mod token;
mod url;
mod values;

pub use super::risk::Risk;
pub use dollar::DollarBody;
pub use edition::{Composed, Edition, SqlWarning, ValueKind, compose};
pub use extensions::Extensions;
pub use ident::{Accepted, Ident};
pub use line::SqlLine;
pub use literal::Literal;
pub use name_rules::holds_credentials;
pub use refusal::{NameKind, NameWarning, Reason, Refusal};
pub use request::{RawValues, Resolved};
pub use token::{Class, tokens};
pub use url::{ConnectionUrl, HostKind, UrlError};
pub use values::{Grantee, SqlError, SqlValues, Suffix, SuffixError};
