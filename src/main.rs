//! The program the reader's browser runs: it makes the prerendered page answer.

#[cfg(target_arch = "wasm32")]
fn main() {
    runbook::ui::start(runbook::ui::routes::recovery);
}

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    eprintln!("This program runs in a browser: `./x serve` shows it there.");
    std::process::ExitCode::from(2)
}
