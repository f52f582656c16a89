//! The files of the program that reads logs, by names that say what is in them: hosts let browsers keep them for ever.

use base64::{Engine, prelude::BASE64_STANDARD};
use sha2::{Digest, Sha256};

/// Where its files go, relative to the site's folder, and how a browser checks the larger one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reader {
    /// The script that wasm-bindgen made.
    pub glue: String,
    /// The WebAssembly.
    pub program: String,
    integrity: String,
}

impl Reader {
    /// The names for these two files.
    pub fn of(glue: &[u8], program: &[u8]) -> Self {
        let both = Sha256::new().chain_update(glue).chain_update(program).finalize();
        let digest = both.iter().take(8).fold(String::new(), |text, byte| text + &format!("{byte:02x}"));
        Self {
            glue: format!("assets/reader-{digest}.js"),
            program: format!("assets/reader-{digest}_bg.wasm"),
            integrity: format!("sha256-{}", BASE64_STANDARD.encode(Sha256::digest(program))),
        }
    }

    /// What `src/boot.js` starts it with.
    pub(super) fn files(&self) -> String {
        format!("/{} /{} {}", self.glue, self.program, self.integrity)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_content_of_either_file_is_another_name() {
        let name = |glue: &[u8], program: &[u8]| Reader::of(glue, program).program;
        assert_eq!(name(b"a", b"b"), name(b"a", b"b"));
        assert_ne!(name(b"a", b"b"), name(b"c", b"b"));
        assert_ne!(name(b"a", b"b"), name(b"a", b"c"));
    }

    #[test]
    fn the_digest_is_the_programs() {
        // printf hello | openssl dgst -sha256 -binary | base64
        let files = Reader::of(b"", b"hello").files();
        assert!(files.ends_with(".wasm sha256-LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ="), "{files}");
        assert!(files.starts_with("/assets/reader-"), "{files}");
    }
}
