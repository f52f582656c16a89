//! From a pasted deploy log to the right, least destructive, verified recovery.
//!
//! The path of the data is the order of the modules in [`engine`]: text → lines → findings → facts → tree → plan → page.
//!
//! - [`engine`] is pure: any bytes in, an answer out.
//! - `author` (native) turns `content/` into the engine's catalogue; the reader never downloads it.
//! - [`embedded`] holds the catalogue of this build.
//! - `ui` is a thin layer of Leptos components over the engine.

#[cfg(not(target_arch = "wasm32"))]
pub mod author;
pub mod embedded;
pub mod engine;
#[cfg(not(target_arch = "wasm32"))]
pub mod site;
pub mod ui;
