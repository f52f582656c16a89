//! The program of the pages that are used without a log: nobody who comes with one downloads them.

#[cfg(target_arch = "wasm32")]
fn main() {
    runbook::ui::start(runbook::ui::routes::workbench);
}

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    eprintln!("This program runs in a browser: `./x serve` shows it there.");
    std::process::ExitCode::from(2)
}
