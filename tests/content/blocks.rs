//! The code of the content, for the tests that try every block.

use runbook::embedded::{self, LATER};
use runbook::engine::page::{Code, Placeholder, every_code};
use runbook::engine::plan::steps;

/// Every block of code of the pages and the plans, with the placeholders of its page.
pub(crate) fn blocks() -> Vec<(&'static Code, &'static [Placeholder])> {
    let catalogue = embedded::catalogue();
    let later = LATER.get().expect("native programs hold it");
    let mut found: Vec<(&Code, &[Placeholder])> = Vec::new();
    for page in &catalogue.runbooks {
        let sections = page.sections.iter().flat_map(|section| every_code(&section.blocks));
        let codes = every_code(&page.lead).into_iter().chain(sections);
        found.extend(codes.map(|code| (code, page.placeholders.as_slice())));
    }
    for way in &catalogue.outcomes {
        let codes = steps(later.steps(&way.id)).flat_map(|step| every_code(&step.does));
        found.extend(codes.map(|code| (code, way.placeholders.as_slice())));
    }
    assert!(found.len() > 30, "only {} blocks", found.len());
    found
}
