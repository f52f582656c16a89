//! The content, as parsed at build time.

use std::sync::OnceLock;

use serde::de::DeserializeOwned;

use crate::engine::Engine;
use crate::engine::catalogue::Catalogue;
use crate::engine::later::Later;

static BYTES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/content.postcard"));

/// What is fetched later. Native programs hold it too: the prerenderer writes it into the site.
#[cfg(not(feature = "hydrate"))]
pub static LATER_BYTES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/later.postcard"));

/// The file of the site that holds it, relative to the site's folder; another content is another name.
pub const LATER_FILE: &str = concat!("assets/later-", env!("RUNBOOK_LATER_DIGEST"), ".postcard");

static LATER: OnceLock<Later> = OnceLock::new();

/// The catalogue of this build.
///
/// # Panics
/// Never in a build that came out: `build.rs` wrote the bytes from the same types, and a test reads them.
pub fn catalogue() -> &'static Catalogue {
    static CATALOGUE: OnceLock<Catalogue> = OnceLock::new();
    CATALOGUE.get_or_init(|| own(BYTES))
}

/// The engine over it; the search is prepared on first use.
pub fn engine() -> &'static Engine<'static> {
    static ENGINE: OnceLock<Engine<'static>> = OnceLock::new();
    ENGINE.get_or_init(|| Engine::new(catalogue()))
}

/// What is fetched later: natively always here, in the browser once [`take_later`] got it.
///
/// # Panics
/// Never: see [`catalogue`].
pub fn later() -> Option<&'static Later> {
    #[cfg(not(feature = "hydrate"))]
    LATER.get_or_init(|| own(LATER_BYTES));
    LATER.get()
}

/// Keeps what was fetched and says whether it could be read.
pub fn take_later(bytes: &[u8]) -> bool {
    if LATER.get().is_none() {
        let Ok(later) = postcard::from_bytes(bytes) else { return false };
        LATER.get_or_init(|| later);
    }
    true
}

/// Bytes of this build, decoded.
fn own<T: DeserializeOwned>(bytes: &[u8]) -> T {
    match postcard::from_bytes(bytes) {
        Ok(value) => value,
        Err(error) => unreachable!("content written by build.rs: {error}"),
    }
}
