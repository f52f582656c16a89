//! What every way to deleting data has passed: the one list of it.
//!
//! Content is held to it at build time (`author/cross.rs`), a page asks by it before it shows SQL that deletes, an answer that opens a
//! gate counts for one database alone ([`super::said`]), and no link carries one ([`super::link`]).

/// A question, and the answers with which a way may go on to deleting data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gate {
    /// The question's id.
    pub question: &'static str,
    /// The answers that open it.
    pub opened_by: &'static [&'static str],
}

/// The question that is answered by typing the database's name.
pub const RIGHT_DATABASE: &str = "right-database";

/// Before whatever deletes data, in the order in which a page asks.
pub const GATES: [Gate; 2] = [
    Gate { question: "data", opened_by: &["disposable", "backed-up"] },
    Gate { question: RIGHT_DATABASE, opened_by: &["confirmed"] },
];

/// Before Option B, beside those.
pub const GATES_OF_B: [Gate; 2] = [
    Gate { question: "tried", opened_by: &["option-a-refused"] },
    Gate { question: "ownership", opened_by: &["cannot-fix"] },
];

/// Whether an answer opens one of all these gates.
pub fn opens(question: &str, answer: &str) -> bool {
    let all = GATES.iter().chain(&GATES_OF_B);
    all.filter(|gate| gate.question == question).any(|gate| gate.opened_by.contains(&answer))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_opens_its_own_gate_alone() {
        assert!(opens("data", "backed-up") && opens("ownership", "cannot-fix"));
        assert!(!opens("data", "needed") && !opens("data", "confirmed") && !opens("tables-match", "match"));
    }
}
