//! The names a reader gives in one visit: typed, pasted as a connection string, kept on the device, or confirmed. Whoever sets a name
//! only sets it: which answers and ticks count with it follows ([`crate::engine::said`], [`crate::engine::journal`]).

use leptos::prelude::*;

use super::Session;
use crate::engine::sql::ConnectionUrl;
use crate::ui::names::Names;

impl Session {
    /// Empties the fields for names, when the page is left.
    pub fn forget_names(self) {
        self.names.update(|names| *names = Names { remember: names.remember, ..Names::default() });
    }

    /// Fills empty fields with what this device was asked to keep.
    pub fn recall(self, db_user: String, database: String) {
        self.names.update(|names| {
            names.remember = true;
            for (name, kept) in [(&mut names.db_user, db_user), (&mut names.database, database)] {
                if name.is_empty() {
                    *name = kept;
                }
            }
        });
    }

    /// Takes what was typed or pasted as the database: a name, or a connection string.
    pub fn take_database(self, typed: &str) {
        if typed.contains("://") {
            return self.take_user(typed);
        }
        self.names.update(|names| typed.clone_into(&mut names.database));
    }

    /// Takes the database's name as read from the server.
    pub fn confirm_database(self, name: String) {
        self.names.update(|names| {
            self.said.update(|said| said.confirm(&name, &names.database));
            names.database = name;
        });
        self.asking.set(None);
    }

    /// Takes what was typed or pasted for another placeholder of the content: a value, or a connection string.
    pub fn take_value(self, key: &str, typed: &str) {
        let is_url = typed.contains("://");
        self.names.update(|names| {
            names.values.insert(key.to_owned(), if is_url { String::new() } else { typed.to_owned() });
        });
        if is_url {
            self.take_user(typed);
        }
    }

    /// Takes what was typed or pasted as the user: a name, or a connection string whose password is dropped here.
    pub fn take_user(self, typed: &str) {
        let url = typed.contains("://").then(|| ConnectionUrl::parse(typed));
        self.names.update(|names| match url {
            None => {
                typed.clone_into(&mut names.db_user);
                names.notice = None;
            }
            Some(Ok(url)) => {
                url.user().unwrap_or_default().clone_into(&mut names.db_user);
                if let Some(database) = url.database() {
                    database.clone_into(&mut names.database);
                }
                names.notice = Some(crate::ui::words::PASSWORD_DROPPED);
            }
            Some(Err(_)) => {
                names.db_user = String::new();
                names.notice = Some(crate::ui::words::URL_UNREADABLE);
            }
        });
    }
}
