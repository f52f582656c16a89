//! Checks `Cargo.lock` against the rules of `deny.toml`, without a network.
//!
//! CI also runs cargo-deny, which knows about advisories. The licences here come from the manifests of the crates that cargo downloaded to
//! build this test.

use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

#[derive(Deserialize)]
struct Deny {
    licenses: Licenses,
    bans: Bans,
    sources: Sources,
}

#[derive(Deserialize)]
struct Licenses {
    allow: BTreeSet<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Bans {
    multiple_versions: String,
    deny: Vec<Entry>,
    skip: Vec<Entry>,
}

/// `crate = "name"` or `crate = "name@version"`, where `version` may leave out its last parts.
#[derive(Deserialize)]
struct Entry {
    #[serde(rename = "crate")]
    spec: String,
    reason: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Sources {
    unknown_registry: String,
    unknown_git: String,
}

#[derive(Deserialize)]
struct Lock {
    package: Vec<Locked>,
}

#[derive(Deserialize)]
struct Locked {
    name: String,
    version: String,
    source: Option<String>,
    checksum: Option<String>,
}

impl Entry {
    fn names(&self, name: &str, version: &str) -> bool {
        let Some((wanted, start)) = self.spec.split_once('@') else { return self.spec == name };
        let rest = version.strip_prefix(start);
        wanted == name && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    }
}

fn read<T: for<'de> Deserialize<'de>>(file: &str) -> T {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).expect("readable");
    toml::from_str(&text).unwrap_or_else(|error| panic!("{file}: {error}"))
}

fn deny() -> Deny {
    read("deny.toml")
}

fn locked() -> Vec<Locked> {
    read::<Lock>("Cargo.lock").package
}

// ---- Cargo.lock ----

#[test]
fn every_crate_comes_from_crates_io_with_its_checksum() {
    let rules = deny().sources;
    assert_eq!((rules.unknown_registry.as_str(), rules.unknown_git.as_str()), ("deny", "deny"));
    // Packages of this repository have no source.
    let others: Vec<String> = locked()
        .into_iter()
        .filter(|package| package.source.is_some())
        .filter(|package| {
            package.source.as_deref() != Some("registry+https://github.com/rust-lang/crates.io-index")
                || package.checksum.is_none()
        })
        .map(|package| format!("{} {}", package.name, package.version))
        .collect();
    assert!(others.is_empty(), "{others:?}");
}

#[test]
fn no_banned_crate_is_a_dependency() {
    let rules = deny().bans;
    for package in locked() {
        let ban = rules.deny.iter().find(|entry| entry.names(&package.name, &package.version));
        assert!(ban.is_none(), "{} {}: {}", package.name, package.version, ban.expect("a ban").reason);
    }
}

#[test]
fn of_each_crate_there_is_one_version_or_a_reason() {
    let rules = deny().bans;
    assert_eq!(rules.multiple_versions, "deny");
    let mut versions = BTreeMap::<String, Vec<String>>::new();
    for package in locked() {
        let skipped = rules.skip.iter().any(|entry| entry.names(&package.name, &package.version));
        if !skipped {
            versions.entry(package.name).or_default().push(package.version);
        }
    }
    versions.retain(|_, of_one| of_one.len() > 1);
    assert!(versions.is_empty(), "name the older ones in deny.toml, `skip`, with who needs them: {versions:?}");
}

#[test]
fn every_exception_is_still_needed() {
    let rules = deny().bans;
    let packages = locked();
    for entry in &rules.skip {
        assert!(!entry.reason.is_empty(), "{}: say who needs it", entry.spec);
        let skipped = packages.iter().find(|package| entry.names(&package.name, &package.version));
        let skipped = skipped.unwrap_or_else(|| panic!("deny.toml: nothing is {} any more; remove it", entry.spec));
        let others = packages.iter().filter(|package| package.name == skipped.name).count();
        assert!(others > 1, "deny.toml: {} is the only version now; remove it", entry.spec);
    }
}

// ---- licences ----

/// Name and version of each crate that a target's build needs, with the licence its manifest states.
fn licences(target: &str) -> BTreeMap<String, String> {
    #[derive(Deserialize)]
    struct Metadata {
        packages: Vec<Package>,
        resolve: Resolve,
    }
    #[derive(Deserialize)]
    struct Package {
        id: String,
        name: String,
        version: String,
        license: Option<String>,
    }
    #[derive(Deserialize)]
    struct Resolve {
        nodes: Vec<Node>,
    }
    #[derive(Deserialize)]
    struct Node {
        id: String,
    }
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--offline", "--locked", "--format-version", "1", "--filter-platform", target])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Metadata = serde_json::from_slice(&output.stdout).expect("JSON");
    let used: BTreeSet<String> = metadata.resolve.nodes.into_iter().map(|node| node.id).collect();
    let packages = metadata.packages.into_iter().filter(|package| used.contains(&package.id));
    packages
        .map(|package| (format!("{} {}", package.name, package.version), package.license.unwrap_or_default()))
        .collect()
}

/// The target that this test was compiled for.
fn host() -> String {
    let output = Command::new(env!("CARGO")).arg("-vV").output().expect("cargo runs");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    text.split('\n').find_map(|line| line.strip_prefix("host: ")).expect("a host").to_owned()
}

/// Whether an SPDX expression can be met with the allowed licences alone. `/` is how old manifests write `OR`.
fn is_allowed(expression: &str, allowed: &BTreeSet<String>) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let mut words = spaced.split_whitespace().peekable();
    let met = any_of(&mut words, allowed);
    met && words.next().is_none()
}

type Words<'a> = std::iter::Peekable<std::str::SplitWhitespace<'a>>;

fn any_of(words: &mut Words, allowed: &BTreeSet<String>) -> bool {
    let mut met = all_of(words, allowed);
    while words.next_if_eq(&"OR").is_some() {
        met |= all_of(words, allowed);
    }
    met
}

fn all_of(words: &mut Words, allowed: &BTreeSet<String>) -> bool {
    let mut met = one(words, allowed);
    while words.next_if_eq(&"AND").is_some() {
        met &= one(words, allowed);
    }
    met
}

fn one(words: &mut Words, allowed: &BTreeSet<String>) -> bool {
    match words.next() {
        Some("(") => {
            let met = any_of(words, allowed);
            words.next() == Some(")") && met
        }
        Some(licence) => allowed.contains(licence),
        None => false,
    }
}

/// The crates of a target whose licence deny.toml does not allow.
fn check_licences(target: &str) {
    let allowed = deny().licenses.allow;
    let crates = licences(target);
    assert!(crates.len() > 50, "{target}: {} crates", crates.len());
    let refused: Vec<_> = crates.iter().filter(|(_, licence)| !is_allowed(licence, &allowed)).collect();
    assert!(refused.is_empty(), "{target}: deny.toml does not allow {refused:?}");
}

#[test]
fn every_licence_of_the_native_programs_is_allowed() {
    check_licences(&host());
}

#[test]
#[ignore = "needs the site's crates (cargo fetch): ./x test runs it"]
fn every_licence_of_the_site_is_allowed() {
    check_licences("wasm32-unknown-unknown");
}

#[test]
fn licence_expressions_are_read_as_spdx_says() {
    let allowed = BTreeSet::from(["MIT".to_owned(), "Zlib".to_owned()]);
    for expression in ["MIT", "MIT/Apache-2.0", "GPL-3.0-only OR MIT", "(GPL-3.0-only OR MIT) AND Zlib", "MIT AND Zlib"]
    {
        assert!(is_allowed(expression, &allowed), "{expression}");
    }
    for expression in ["", "GPL-3.0-only", "MIT AND GPL-3.0-only", "(MIT OR Zlib) AND GPL-3.0-only", "MIT Zlib", "(MIT"]
    {
        assert!(!is_allowed(expression, &allowed), "{expression}");
    }
}
