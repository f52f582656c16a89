//! One of the SQL texts as the fragment of a link: which one, and the names only on request.
//!
//! Comes in: a fragment somebody else may have written. Goes out: a [`SqlLink`] that holds names the SQL would take, and no
//! others: what is refused there (a connection string, with its password) is dropped here too.
//!
//! ```
//! use runbook::engine::sql::Edition;
//! use runbook::engine::sql_link::SqlLink;
//! let mut link = SqlLink::new(Edition::State);
//! assert_eq!(link.fragment(), "look-only");
//! link.database = "shop & co".into();
//! assert_eq!(link.fragment(), "look-only&database=shop%20%26%20co");
//! assert_eq!(SqlLink::parse(&link.fragment()), Some(link));
//! ```

use super::link::{decode, encode};
use super::sql::{Edition, Ident};

/// What a link to a text carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SqlLink {
    /// Which text.
    pub edition: Edition,
    /// The database user; empty unless the sender chose to send it.
    pub db_user: String,
    /// The database; empty unless the sender chose to send it.
    pub database: String,
    /// Whether the sender leaves the user out for `CURRENT_USER`.
    pub current_user: bool,
}

const USER: &str = "user";
const DATABASE: &str = "database";
/// What stands in the user's place for `CURRENT_USER`.
const CURRENT_USER: &str = "current-user";

impl SqlLink {
    /// A link without names.
    pub fn new(edition: Edition) -> Self {
        SqlLink { edition, db_user: String::new(), database: String::new(), current_user: false }
    }

    /// Whether it holds a name, or says to leave one out.
    pub fn has_names(&self) -> bool {
        self.current_user || !self.db_user.is_empty() || !self.database.is_empty()
    }

    /// The fragment, without `#`. Names the SQL would not take are left out.
    pub fn fragment(&self) -> String {
        let mut fragment = self.edition.slug().to_owned();
        let mut add = |key: &str, value: &str| {
            for part in ["&", key, "=", &encode(value)] {
                fragment.push_str(part);
            }
        };
        if is_role(&self.db_user) {
            add(USER, &self.db_user);
        }
        if is_database(&self.database) {
            add(DATABASE, &self.database);
        }
        if self.current_user {
            add(CURRENT_USER, "yes");
        }
        fragment
    }

    /// Reads a fragment without its `#`; `None` when it names no text. What is unknown or refused is dropped.
    pub fn parse(fragment: &str) -> Option<Self> {
        let mut parts = fragment.split('&');
        let mut link = SqlLink::new(Edition::from_slug(parts.next()?)?);
        for (key, value) in parts.filter_map(|part| part.split_once('=')) {
            let Some(value) = decode(value) else { continue };
            match key {
                USER if is_role(&value) => link.db_user = value,
                DATABASE if is_database(&value) => link.database = value,
                CURRENT_USER => link.current_user = true,
                _ => {}
            }
        }
        Some(link)
    }
}

fn is_role(name: &str) -> bool {
    Ident::role(name).is_ok()
}

fn is_database(name: &str) -> bool {
    Ident::database(name).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_has_an_address_of_its_own() {
        for edition in Edition::ALL {
            assert_eq!(SqlLink::parse(edition.slug()), Some(SqlLink::new(edition)));
        }
    }

    #[test]
    fn names_travel_whole() {
        for name in ["we\"ird", "Ünïcode", "a&b=c#d%25", "with space", "𝄞"] {
            let link = SqlLink {
                db_user: name.into(),
                database: name.into(),
                current_user: true,
                ..SqlLink::new(Edition::OptionA)
            };
            assert_eq!(SqlLink::parse(&link.fragment()), Some(link), "{name}");
        }
    }

    #[test]
    fn what_the_sql_would_refuse_is_neither_sent_nor_taken() {
        let url = "postgres://u:S3cret@h/d";
        let sent = SqlLink { db_user: "public".into(), database: url.into(), ..SqlLink::new(Edition::State) };
        assert_eq!(sent.fragment(), "look-only");
        let fragment = format!("look-only&user={0}&database={0}&password=S3cret&x&=&%=%", encode(url));
        let taken = SqlLink::parse(&fragment).unwrap();
        assert!(!taken.has_names(), "{taken:?}");
        assert_eq!(taken.fragment(), "look-only");
    }

    #[test]
    fn other_fragments_are_no_links() {
        for fragment in ["", "nothing", "&look-only", "look-only=x", "LOOK-ONLY", "%6cook-only", "at=duplicate-table"] {
            assert_eq!(SqlLink::parse(fragment), None, "{fragment}");
        }
    }
}
