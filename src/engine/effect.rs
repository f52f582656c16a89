//! What the deeds of a visit may have done outside the page, so that it says "nothing has changed" only while that is true.
//!
//! Comes in: the journal and the steps it names. Goes out: the most that may have happened. Where nothing is known of a step
//! it may have changed something.

use super::journal::{At, Deed, Journal};
use super::plan::Step;
use super::risk::Risk;
use super::sql::Edition;

/// The most that may have happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effect {
    /// All that was done only looks.
    Nothing,
    /// Something may be different now.
    Change,
    /// Data may be deleted.
    Deletion,
}

/// What everything done in this tab may have done, logs read since then included.
pub fn effect<'p>(journal: &Journal, step: impl Fn(&At) -> Option<&'p Step>) -> Effect {
    let of_step = |at: &At| match step(at) {
        Some(step) if step.risk == Risk::Destructive => Effect::Deletion,
        Some(step) if step.only_looks() => Effect::Nothing,
        _ => Effect::Change,
    };
    let of = |deed: &Deed| match deed {
        Deed::Read(_) | Deed::Recovered(_) => Effect::Nothing,
        Deed::Ticked { at, .. } | Deed::Judged(at, _) => of_step(at),
        Deed::Copied { edition, .. } => of_copy(edition),
    };
    journal.entries().iter().map(|entry| of(&entry.deed)).max().unwrap_or(Effect::Nothing)
}

/// SQL that was taken away may have been run.
fn of_copy(edition: &str) -> Effect {
    match Edition::from_id(edition).map(Edition::risk) {
        Some(Risk::None) => Effect::Nothing,
        Some(Risk::Destructive) => Effect::Deletion,
        Some(Risk::Reversible | Risk::Migrates | Risk::Interrupts) | None => Effect::Change,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::page::{Block, Inline};
    use crate::engine::situation::Situation;

    fn step(id: &str, risk: Risk, edition: Option<&str>) -> Step {
        let sql = edition.map(|edition| Block::Sql { edition: edition.into(), place: "here".into() });
        let does = [Block::Paragraph(vec![Inline::Text("It does this.".into())])].into_iter().chain(sql).collect();
        Step {
            id: id.into(),
            title: vec![],
            needs: vec![],
            does,
            runs: None,
            done: None,
            notes: vec![],
            risk,
            only: None,
        }
    }

    fn at(step: &str) -> At {
        At { plan: "option-a".into(), step: step.into() }
    }

    fn ticked(step: &str) -> Deed {
        Deed::Ticked { at: at(step), about: None }
    }

    fn of(deeds: &[Deed]) -> Effect {
        let steps = [
            step("look", Risk::None, Some("state")),
            step("suspend", Risk::None, None),
            step("aside", Risk::Reversible, Some("move-aside")),
            step("wipe", Risk::Destructive, Some("option-a")),
        ];
        let mut journal = Journal::default();
        for deed in deeds {
            journal.note(String::new(), deed.clone());
        }
        effect(&journal, |at| steps.iter().find(|step| step.id == at.step))
    }

    #[test]
    fn looking_changes_nothing() {
        let copied = Deed::Copied { edition: "rehearsal".into(), sql: None };
        let looked =
            [Deed::Read(Situation::DuplicateTable), ticked("look"), Deed::Judged(at("look"), "t".into()), copied];
        assert_eq!(of(&looked), Effect::Nothing);
        assert_eq!(of(&[]), Effect::Nothing);
    }

    #[test]
    fn a_step_that_may_have_changed_something_counts_until_the_tab_is_closed() {
        for deed in [
            ticked("suspend"),
            ticked("aside"),
            ticked("there is no such step"),
            Deed::Judged(at("aside"), "Worked".into()),
            Deed::Copied { edition: "move-aside".into(), sql: None },
            Deed::Copied { edition: String::new(), sql: None },
        ] {
            assert_eq!(of(std::slice::from_ref(&deed)), Effect::Change, "{deed:?}");
            assert_eq!(of(&[deed, Deed::Read(Situation::Healthy)]), Effect::Change, "the next log takes nothing back");
        }
    }

    #[test]
    fn deleting_is_the_most_of_all() {
        for deed in [ticked("wipe"), Deed::Copied { edition: "as-written".into(), sql: None }] {
            assert_eq!(of(&[deed, ticked("suspend")]), Effect::Deletion);
        }
    }
}
