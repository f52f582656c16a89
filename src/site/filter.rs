//! The script that makes the list of all errors shorter, as a file of the site: the one script of the pages without a program.

use base64::{Engine, prelude::BASE64_STANDARD};
use sha2::{Digest, Sha256};

/// What is in it.
pub(super) const SCRIPT: &str = include_str!("../filter.js");

/// Where it goes, relative to the site's folder: another script is another name.
pub(super) fn path() -> String {
    let digest = Sha256::digest(SCRIPT).iter().take(8).fold(String::new(), |text, byte| text + &format!("{byte:02x}"));
    format!("assets/filter-{digest}.js")
}

/// The element that loads it.
pub(super) fn tag() -> String {
    let digest = BASE64_STANDARD.encode(Sha256::digest(SCRIPT));
    format!("<script src=\"/{}\" integrity=\"sha256-{digest}\" type=\"module\"></script>", path())
}
