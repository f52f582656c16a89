//! The program the reader's browser runs: it makes the prerendered page answer.

fn main() {
    runbook::ui::start(runbook::ui::routes::recovery);
}
