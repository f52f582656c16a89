//! The program that reads logs: in a thread of its own, so that no page waits for it, and with all that logs are searched for, so
//! that no page loads it before it answers.

#[cfg(target_arch = "wasm32")]
fn main() {
    runbook::ui::reading::serve();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    eprintln!("This program runs in a browser: `./x serve` shows it there.");
    std::process::ExitCode::from(2)
}
