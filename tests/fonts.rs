//! The fonts are kept by browsers for ever, so their names say what is in them, and the page names those that are there.

use std::fs;

use sha2::{Digest, Sha256};

#[test]
fn a_font_is_named_by_its_content_and_used_by_that_name() {
    let [style, page] = ["style/tokens.css", "index.html"].map(|path| fs::read_to_string(path).unwrap());
    let mut seen = 0;
    for file in fs::read_dir("style/fonts").unwrap().map(|entry| entry.unwrap().path()) {
        if file.extension().is_none_or(|ending| ending != "woff2") {
            continue;
        }
        let digest = Sha256::digest(fs::read(&file).unwrap());
        let digest = digest.iter().take(8).fold(String::new(), |text, byte| text + &format!("{byte:02x}"));
        let name = file.file_name().unwrap().to_str().unwrap();
        assert!(name.ends_with(&format!("-{digest}.woff2")), "{name} holds {digest}: run style/fonts/make");
        assert!(style.contains(&format!("url(\"{name}\")")), "style/tokens.css does not use {name}");
        assert!(page.contains(&format!("style/fonts/{name}")), "index.html does not copy {name}");
        seen += 1;
    }
    assert_eq!(seen, 2);
}
