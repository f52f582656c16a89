//! Any bytes have an answer, the same every time, and a way on; no way out deletes data without its gates.
#![no_main]

use libfuzzer_sys::fuzz_target;
use runbook::embedded;
use runbook::engine::page::Risk;
use runbook::engine::tree::{Answers, End};

fuzz_target!(|bytes: &[u8]| {
    let engine = embedded::engine();
    let catalogue = embedded::catalogue();
    let diagnosis = engine.diagnose(bytes);
    assert_eq!(diagnosis, engine.diagnose(bytes));
    let advice = catalogue.advise(&diagnosis, &Answers::new());
    assert!(!advice.reachable.is_empty());
    if let End::Outcome(id) = advice.walk.end {
        let way = catalogue.outcome(id).expect("a way out of the content");
        assert_ne!(way.risk, Risk::Destructive, "nothing was answered");
    }
});
