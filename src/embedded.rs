//! The content, as parsed at build time.

use std::sync::OnceLock;

use crate::engine::Engine;
use crate::engine::catalogue::Catalogue;

static BYTES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/content.postcard"));

/// The catalogue of this build.
///
/// # Panics
/// Never in a build that came out: `build.rs` wrote the bytes from the same types, and a test reads them.
pub fn catalogue() -> &'static Catalogue {
    static CATALOGUE: OnceLock<Catalogue> = OnceLock::new();
    CATALOGUE.get_or_init(|| match postcard::from_bytes(BYTES) {
        Ok(catalogue) => catalogue,
        Err(error) => unreachable!("content written by build.rs: {error}"),
    })
}

/// The engine over it; the search is prepared on first use.
pub fn engine() -> &'static Engine<'static> {
    static ENGINE: OnceLock<Engine<'static>> = OnceLock::new();
    ENGINE.get_or_init(|| Engine::new(catalogue()))
}
