//! The content, as parsed at build time. What is not used by a program is not in it: what logs are searched for, and what is needed later, are
//! files of the site, which native programs hold as well.

use std::sync::OnceLock;

use serde::de::DeserializeOwned;

use crate::engine::Engine;
use crate::engine::catalogue::Catalogue;
use crate::engine::later::{Later, Workbench};
#[cfg(not(target_arch = "wasm32"))]
use crate::engine::reference::Reference;
use crate::engine::signature::Patterns;

/// Which content this is: a digest of all of it that a reader downloads.
pub const DIGEST: &str = env!("RUNBOOK_CONTENT_DIGEST");

static BYTES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/content.postcard"));

/// What is fetched when somebody asks for it.
pub static LATER: Part<Later> = Part {
    file: concat!("assets/later-", env!("RUNBOOK_LATER_DIGEST"), ".postcard"),
    #[cfg(not(target_arch = "wasm32"))]
    bytes: include_bytes!(concat!(env!("OUT_DIR"), "/later.postcard")),
    value: OnceLock::new(),
};

/// What logs are searched for: a file of its own, so that a reader who comes back after a change of the content alone fetches that alone.
pub static PATTERNS: Part<Patterns> = Part {
    file: concat!("assets/patterns-", env!("RUNBOOK_PATTERNS_DIGEST"), ".postcard"),
    #[cfg(not(target_arch = "wasm32"))]
    bytes: include_bytes!(concat!(env!("OUT_DIR"), "/patterns.postcard")),
    value: OnceLock::new(),
};

/// What only the workbench's pages show, once [`LATER`] is here; `None` also when it cannot be read.
pub fn workbench() -> Option<&'static Workbench> {
    static WORKBENCH: OnceLock<Option<Workbench>> = OnceLock::new();
    let rest = LATER.rest()?;
    WORKBENCH.get_or_init(|| postcard::from_bytes(rest).ok()).as_ref()
}

/// A part of the content that has a file of its own. Native programs hold it too: the prerenderer writes it into the site.
#[derive(Debug)]
pub struct Part<T> {
    /// The file, relative to the site's folder; another content is another name.
    pub file: &'static str,
    /// What is in the file.
    #[cfg(not(target_arch = "wasm32"))]
    pub bytes: &'static [u8],
    /// The value the file begins with, and what follows it.
    value: OnceLock<(T, Vec<u8>)>,
}

impl<T: DeserializeOwned> Part<T> {
    /// The content: natively always here, in the browser once [`Part::take`] got it.
    ///
    /// # Panics
    /// Never: see [`catalogue`].
    pub fn get(&self) -> Option<&T> {
        self.both().map(|(value, _)| value)
    }

    /// What follows it in its file.
    fn rest(&self) -> Option<&[u8]> {
        self.both().map(|(_, rest)| rest.as_slice())
    }

    fn both(&self) -> Option<&(T, Vec<u8>)> {
        #[cfg(not(target_arch = "wasm32"))]
        self.take(self.bytes);
        self.value.get()
    }

    /// Keeps what was fetched and says whether it could be read.
    pub fn take(&self, bytes: &[u8]) -> bool {
        if self.value.get().is_none() {
            let Ok((value, rest)) = postcard::take_from_bytes(bytes) else { return false };
            self.value.get_or_init(|| (value, rest.to_vec()));
        }
        true
    }
}

/// The catalogue of this build.
///
/// # Panics
/// Never in a build that came out: `build.rs` wrote the bytes from the same types, and a test reads them.
pub fn catalogue() -> &'static Catalogue {
    static CATALOGUE: OnceLock<Catalogue> = OnceLock::new();
    CATALOGUE.get_or_init(|| own(BYTES))
}

/// What pages without a program say: the browser's program has none of it.
///
/// # Panics
/// Never: see [`catalogue`].
#[cfg(not(target_arch = "wasm32"))]
pub fn reference() -> &'static Reference {
    static REFERENCE: OnceLock<Reference> = OnceLock::new();
    REFERENCE.get_or_init(|| own(include_bytes!(concat!(env!("OUT_DIR"), "/reference.postcard"))))
}

/// What logs are searched for.
///
/// # Panics
/// Never natively: see [`catalogue`]. In the browser the reader asks only once [`PATTERNS`] is here.
pub fn patterns() -> &'static Patterns {
    match PATTERNS.get() {
        Some(patterns) => patterns,
        None => unreachable!("the reader begins when its patterns are here"),
    }
}

/// The engine over them; the search is prepared on first use.
pub fn engine() -> &'static Engine<'static> {
    static ENGINE: OnceLock<Engine<'static>> = OnceLock::new();
    ENGINE.get_or_init(|| Engine::new(patterns()))
}

/// Bytes of this build, decoded.
fn own<T: DeserializeOwned>(bytes: &[u8]) -> T {
    match postcard::from_bytes(bytes) {
        Ok(value) => value,
        Err(error) => unreachable!("content written by build.rs: {error}"),
    }
}
