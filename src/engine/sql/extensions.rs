//! Which extensions stood in `public`, by what the state text printed.
//!
//! In: names as a server printed them and somebody pasted them. Out: checked names, or how many of them are none.
use super::edition::Composed;
use super::{Ident, line, statement};

/// Extensions to be created again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extensions {
    /// Those this user may create.
    pub own: Vec<Ident>,
    /// Those it may not.
    pub of_others: Vec<Ident>,
    /// How many names were refused: they are in no text.
    pub refused: usize,
}

impl Extensions {
    /// Checks the names; each is kept once, in its order.
    pub fn of<'n>(own: impl Iterator<Item = &'n str>, of_others: impl Iterator<Item = &'n str>) -> Self {
        let mut refused = 0;
        let mut checked = |names: &mut dyn Iterator<Item = &'n str>| {
            let mut kept: Vec<Ident> = Vec::new();
            for name in names {
                match Ident::object(name) {
                    Ok(accepted) if kept.contains(&accepted.ident) => {}
                    Ok(accepted) => kept.push(accepted.ident),
                    Err(_) => refused += 1,
                }
            }
            kept
        };
        let (mut own, mut of_others) = (own, of_others);
        let (own, of_others) = (checked(&mut own), checked(&mut of_others));
        Self { own, of_others, refused }
    }

    /// Whether none is known.
    pub fn is_empty(&self) -> bool {
        self.own.is_empty() && self.of_others.is_empty() && self.refused == 0
    }

    /// The text that creates this user's own again in that database; none when there is nothing it could do.
    pub fn compose(&self, database: &Ident) -> Option<Composed> {
        if self.own.is_empty() {
            return None;
        }
        let lines = statement::extensions::script(database, self).into_lines();
        Some(Composed { sql: line::join(&lines), lines, warnings: Vec::new() })
    }
}
