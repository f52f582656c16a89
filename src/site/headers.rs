//! The response headers of the site, defined once: `dist/_headers` (which `./x serve` obeys), `render.yaml` and the policy in
//! each page's own `<meta>` are made from here or held to it by a test.

use super::{SERVICE_WORKER, STILL_PAGES};
use crate::ui::components::GUARD_MODULE;
use crate::ui::routes::pages;
use crate::ui::still::{ACCURACY, ERRORS, PROOF, TREE};

/// What a page may load: its own files and nothing else. `'wasm-unsafe-eval'` allows compiling WebAssembly, not `eval`.
/// It does not stop a browser's extension, a host that serves other files, another page of the same origin, or leaving the page for an
/// address that says something; and its last line is only obeyed in the header, so `src/boot.js` leaves a frame by itself.
pub const CONTENT_SECURITY_POLICY: &[(&str, &str)] = &[
    ("default-src", "'none'"),
    ("script-src", "'self' 'wasm-unsafe-eval'"),
    ("style-src", "'self'"),
    ("img-src", "'self' data:"),
    ("font-src", "'self'"),
    ("connect-src", "'self'"),
    ("worker-src", "'self'"),
    ("manifest-src", "'self'"),
    ("base-uri", "'none'"),
    ("form-action", "'none'"),
    ("frame-ancestors", "'none'"),
];

/// Directives a browser ignores, with a complaint, outside the real header.
const HEADER_ONLY: &[&str] = &["frame-ancestors"];

/// Abilities of the browser that are switched off for the page and everything in it.
const PERMISSIONS_OFF: &[&str] = &[
    "accelerometer",
    "autoplay",
    "camera",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "gamepad",
    "geolocation",
    "gyroscope",
    "hid",
    "identity-credentials-get",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "otp-credentials",
    "payment",
    "picture-in-picture",
    "publickey-credentials-create",
    "publickey-credentials-get",
    "screen-wake-lock",
    "serial",
    "storage-access",
    "usb",
    "window-management",
    "xr-spatial-tracking",
];

/// The two the page itself needs: copying SQL, and pasting a log by button.
const PERMISSIONS_OWN: &[&str] = &["clipboard-read", "clipboard-write"];

/// Where Trunk puts the files whose names carry a hash of their content.
const ASSETS: &str = "/assets/*";

/// Where the runbooks beside the first stand.
const MORE_RUNBOOKS: &str = "/runbooks/";

/// One header for the addresses a pattern matches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeaderRule {
    /// An address, or a prefix of addresses followed by `*`.
    pub path: String,
    /// The header's name.
    pub name: &'static str,
    /// The header's value.
    pub value: String,
}

/// Every header the site is served with. No address gets a header twice: hosts differ in what they do then.
pub fn rules() -> Vec<HeaderRule> {
    let everywhere = [
        ("Content-Security-Policy", policy(|_| true)),
        ("X-Content-Type-Options", "nosniff".to_owned()),
        ("Referrer-Policy", "no-referrer".to_owned()),
        ("Cross-Origin-Opener-Policy", "same-origin".to_owned()),
        ("Cross-Origin-Resource-Policy", "same-origin".to_owned()),
        ("Permissions-Policy", permissions_policy()),
    ]
    .map(|(name, value)| HeaderRule { path: "/*".into(), name, value });
    let caching = |path: String, value: &str| HeaderRule { path, name: "Cache-Control", value: value.to_owned() };
    // A page is asked for again each time, because it names the hashed files; those never change. The worker lists them too, and what
    // holds pages is as new as they are.
    let module = format!("{GUARD_MODULE}*");
    let named = page_addresses().chain([SERVICE_WORKER, STILL_PAGES].map(|file| format!("/{file}"))).chain([module]);
    let pages = named.map(|path| caching(path, "no-cache"));
    let assets = caching(ASSETS.into(), "public, max-age=31536000, immutable");
    everywhere.into_iter().chain(pages).chain([assets]).collect()
}

/// The policy as the page itself can state it, for hosts that send no headers.
pub fn content_security_policy_for_meta() -> String {
    policy(|name| !HEADER_ONLY.contains(&name))
}

/// The text of `dist/_headers`: an address pattern, then its headers, indented.
pub fn headers_file() -> String {
    let mut lines = vec!["# Made from src/site/headers.rs by the build.".to_owned()];
    let mut path = String::new();
    for rule in rules() {
        if rule.path != path {
            path.clone_from(&rule.path);
            lines.push(rule.path);
        }
        lines.push(format!("  {}: {}", rule.name, rule.value));
    }
    lines.join("\n") + "\n"
}

fn policy(includes: impl Fn(&str) -> bool) -> String {
    let directives = CONTENT_SECURITY_POLICY.iter().filter(|(name, _)| includes(name));
    directives.map(|(name, value)| format!("{name} {value}")).collect::<Vec<_>>().join("; ")
}

fn permissions_policy() -> String {
    let off = PERMISSIONS_OFF.iter().map(|name| format!("{name}=()"));
    let own = PERMISSIONS_OWN.iter().map(|name| format!("{name}=(self)"));
    off.chain(own).collect::<Vec<_>>().join(", ")
}

/// Each page's address as hosts serve it: with and without a slash at the end. The runbooks beside the first have one pattern, so
/// that adding one changes no file that repeats the headers; so have the errors.
fn page_addresses() -> impl Iterator<Item = String> {
    let named = pages().iter().filter(|page| !page.path.starts_with(MORE_RUNBOOKS));
    let named = named.flat_map(|page| match page.path {
        "/" => vec!["/".to_owned()],
        path => vec![path.to_owned(), format!("{path}/")],
    });
    let still = [ERRORS.to_owned(), format!("{ERRORS}/*")].into_iter();
    let still = still.chain([ACCURACY, PROOF, TREE].iter().flat_map(|path| [(*path).to_owned(), format!("{path}/")]));
    named.chain([format!("{MORE_RUNBOOKS}*")]).chain(still)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_address_gets_a_header_twice() {
        let rules = rules();
        for (index, rule) in rules.iter().enumerate() {
            for other in rules.iter().skip(index + 1).filter(|other| other.name == rule.name) {
                assert!(rule.path != other.path && rule.path != "/*" && other.path != "/*", "{rule:?} and {other:?}");
            }
        }
    }

    #[test]
    fn the_page_states_all_of_the_policy_but_what_only_a_header_can() {
        let stated = content_security_policy_for_meta();
        assert!(stated.starts_with("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; "), "{stated}");
        assert!(!stated.contains("unsafe-inline") && !stated.contains("frame-ancestors"), "{stated}");
    }
}
