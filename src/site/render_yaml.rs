//! `render.yaml`: how Render builds and serves the site, with the headers of [`super::headers`].

use super::headers::rules;

/// What stands before the headers.
const SERVICE: &str = "\
# How Render (https://render.com) builds and serves this site: nothing runs on a server.
# The headers repeat src/site/headers.rs, which a test holds them to; UPDATE=1 cargo test render_yaml rewrites this file.
services:
  - type: web
    name: runbook
    runtime: static
    buildCommand: ./x build
    staticPublishPath: ./dist
    headers:
";

/// The text of `render.yaml`.
pub fn render_yaml() -> String {
    let headers = rules().into_iter().map(|rule| {
        format!(
            "      - path: {}\n        name: {}\n        value: {}\n",
            quote(&rule.path),
            rule.name,
            quote(&rule.value)
        )
    });
    headers.fold(SERVICE.to_owned(), |text, header| text + &header)
}

/// A YAML string in double quotes: no value here holds more than the two characters that need a backslash.
fn quote(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn render_yaml_in_the_repository_repeats_the_headers() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/render.yaml");
        let expected = render_yaml();
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(path, &expected).unwrap();
        }
        let found = std::fs::read_to_string(path).unwrap_or_default();
        assert!(found == expected, "render.yaml is behind src/site/headers.rs. It should read:\n\n{expected}");
    }
}
