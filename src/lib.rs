//! From a pasted deploy log to the right, least destructive, verified recovery.
//!
//! The path of the data is the order of the modules in [`engine`]: text → lines → findings → facts → tree → plan → page.
//!
//! - [`engine`] is pure: any bytes in, an answer out.
//! - `author` (feature) turns `content/` into the engine's catalogue; the reader never downloads it.
//! - [`embedded`] holds the catalogue of this build.
//! - `ui` (feature) is a thin layer of Leptos components over the engine.

#[cfg(all(feature = "hydrate", feature = "ssr"))]
compile_error!("features `hydrate` (browser) and `ssr` (prerender) exclude each other: build one program at a time");

#[cfg(feature = "author")]
pub mod author;
pub mod embedded;
pub mod engine;
#[cfg(feature = "ssr")]
pub mod site;
#[cfg(feature = "ui")]
pub mod ui;
