//! The body of a `DO` block between dollar quotes.
//!
//! In: the body's text, names included. Out: a delimiter that the body cannot end early: `$$` when it does not occur,
//! else `$body$`, `$body1$`, … A body of n bytes holds fewer than n delimiters, so one of the first n + 2 is free.
//! Source: PostgreSQL docs, "Dollar-Quoted String Constants".

/// A body and the dollar delimiter chosen for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DollarBody {
    delimiter: String,
}

impl DollarBody {
    /// Chooses the delimiter for `body`.
    pub fn for_body(body: &str) -> Self {
        let named = (1..=body.len()).map(|n| format!("$body{n}$"));
        let delimiter = ["$$".to_owned(), "$body$".to_owned()]
            .into_iter()
            .chain(named)
            .find(|delimiter| ends_only_at_its_end(body, delimiter))
            .unwrap_or_else(|| "$body$".to_owned());
        Self { delimiter }
    }

    /// The delimiter, dollar signs included; it opens and closes the body.
    pub fn delimiter(&self) -> &str {
        &self.delimiter
    }
}

/// Whether the first place where the delimiter closes `body` is after its last byte.
fn ends_only_at_its_end(body: &str, delimiter: &str) -> bool {
    format!("{body}{delimiter}").find(delimiter) == Some(body.len())
}
