//! The program that reads logs: in a thread of its own, so that no page waits for it, and with all that logs are searched for, so
//! that no page loads it before it answers.

fn main() {
    runbook::ui::reading::serve();
}
