//! The files of the programs that Trunk builds without a page, by names that say what is in them: hosts let browsers keep them for ever.

use base64::{Engine, prelude::BASE64_STANDARD};
use sha2::{Digest, Sha256};

/// The programs of the browser beside the start page's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Programs {
    /// What reads logs.
    pub reader: Program,
    /// What makes the pages of [`crate::ui::routes::Program::Workbench`] answer.
    pub workbench: Program,
}

/// Where the files of one go, relative to the site's folder, and how a browser checks the larger one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    /// The script that wasm-bindgen made.
    pub glue: String,
    /// The WebAssembly.
    pub wasm: String,
    integrity: String,
}

impl Program {
    /// The names for these two files.
    pub fn of(name: &str, glue: &[u8], wasm: &[u8]) -> Self {
        let both = Sha256::new().chain_update(glue).chain_update(wasm).finalize();
        let digest = both.iter().take(8).fold(String::new(), |text, byte| text + &format!("{byte:02x}"));
        Self {
            glue: format!("assets/{name}-{digest}.js"),
            wasm: format!("assets/{name}-{digest}_bg.wasm"),
            integrity: format!("sha256-{}", BASE64_STANDARD.encode(Sha256::digest(wasm))),
        }
    }

    /// What `src/boot.js` starts a worker with.
    pub(super) fn files(&self) -> String {
        format!("/{} /{} {}", self.glue, self.wasm, self.integrity)
    }

    /// The links by which a page has it fetched early and `src/boot.js` finds it: the same as Trunk's own.
    pub(super) fn links(&self) -> String {
        format!(
            "<link rel=\"modulepreload\" href=\"/{}\" crossorigin=\"anonymous\">\
             <link rel=\"preload\" fetchpriority=\"low\" href=\"/{}\" crossorigin=\"anonymous\" data-integrity=\"{}\" as=\"fetch\" type=\"application/wasm\">",
            self.glue, self.wasm, self.integrity
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_content_of_either_file_is_another_name() {
        let name = |glue: &[u8], wasm: &[u8]| Program::of("reader", glue, wasm).wasm;
        assert_eq!(name(b"a", b"b"), name(b"a", b"b"));
        assert_ne!(name(b"a", b"b"), name(b"c", b"b"));
        assert_ne!(name(b"a", b"b"), name(b"a", b"c"));
    }

    #[test]
    fn the_digest_is_that_of_the_webassembly() {
        // printf hello | openssl dgst -sha256 -binary | base64
        let digest = "sha256-LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=";
        let program = Program::of("reader", b"", b"hello");
        assert!(program.files().ends_with(&format!(".wasm {digest}")), "{}", program.files());
        assert!(program.files().starts_with("/assets/reader-"), "{}", program.files());
        assert!(program.links().contains(&format!("data-integrity=\"{digest}\"")), "{}", program.links());
    }
}
