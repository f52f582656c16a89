//! The program of the pages that are used without a log: nobody who comes with one downloads them.

fn main() {
    runbook::ui::start(runbook::ui::routes::workbench);
}
