//! `sw.js`, which keeps the site for times without a network: `src/sw.js` with the list of the site's files filled in.

use std::collections::BTreeMap;

use base64::{Engine, prelude::BASE64_STANDARD};
use sha2::{Digest, Sha256};

use super::is_still;

/// The file the browser asks for; it must stand at the top, or it may not answer for every page.
pub const FILE: &str = "sw.js";

const SCRIPT: &str = include_str!("../sw.js");
const FILES: &str = "{/*files*/}";
const VERSION: &str = "/*version*/";

/// What a host reads and does not serve, and the worker itself, which the browser keeps. Neither are pages that are only read:
/// they are kept all in one file.
const NOT_KEPT: [&str; 2] = ["_headers", FILE];

/// The script that keeps these files, each a path relative to the site's folder and what is in it.
pub fn service_worker(files: &[(String, Vec<u8>)]) -> String {
    let kept = files.iter().filter(|(path, _)| !NOT_KEPT.contains(&path.as_str()) && !is_still(path));
    let list: BTreeMap<String, String> = kept.map(|(path, bytes)| (address(path), integrity(bytes))).collect();
    let lines: Vec<String> = list.iter().map(|(address, digest)| format!("  {address:?}: {digest:?},\n")).collect();
    let list = format!("{{\n{}}}", lines.concat());
    SCRIPT.replacen(FILES, &list, 1).replacen(VERSION, &version(&list), 1)
}

/// The address a file is asked for at. A page's is its folder, which no host redirects.
fn address(path: &str) -> String {
    format!(
        "/{}",
        path.strip_suffix("index.html").filter(|folder| folder.is_empty() || folder.ends_with('/')).unwrap_or(path)
    )
}

/// A digest as browsers check it.
fn integrity(bytes: &[u8]) -> String {
    format!("sha256-{}", BASE64_STANDARD.encode(Sha256::digest(bytes)))
}

/// A name for these files and no others.
fn version(list: &str) -> String {
    Sha256::digest(list).iter().take(8).fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn script(page: &str) -> String {
        let file = |path: &str, text: &str| (path.to_owned(), text.as_bytes().to_vec());
        let files = [
            ("index.html", page),
            ("a/index.html", ""),
            ("404.html", ""),
            ("assets/x.js", ""),
            ("_headers", ""),
            ("still.json", ""),
            ("errors/index.html", ""),
        ];
        service_worker(&files.map(|(path, text)| file(path, text)))
    }

    #[test]
    fn every_file_a_reader_may_need_is_in_the_list_with_its_digest() {
        let script = script("hello");
        // printf hello | openssl dgst -sha256 -binary | base64
        assert!(script.contains("  \"/\": \"sha256-LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=\",\n"), "{script}");
        for address in ["\"/a/\"", "\"/404.html\"", "\"/assets/x.js\"", "\"/still.json\""] {
            assert!(script.contains(address), "{address} in {script}");
        }
        assert!(
            !["_headers", "/*files", "/*version", "\"/errors/\""].iter().any(|text| script.contains(text)),
            "{script}"
        );
    }

    #[test]
    fn another_content_is_another_version() {
        let version =
            |page| script(page).split('\n').find(|line| line.starts_with("const VERSION")).unwrap().to_owned();
        assert_eq!(version("a"), version("a"));
        assert_ne!(version("a"), version("b"));
    }
}
