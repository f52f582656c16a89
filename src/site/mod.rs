//! The site as files: every page as complete HTML, and the headers a host sends with them.
//!
//! In comes the HTML document Trunk made (it links the hashed program and style sheets); out go one file for each page, one
//! for every wrong address, `_headers` and `sw.js`, which keeps them all. Pages are rendered by the components the browser runs ([`crate::ui`]), so a
//! reader without JavaScript misses nothing that can be read.

mod document;
pub mod headers;
mod render_yaml;
mod service_worker;

use crate::ui::app::App;
use crate::ui::place::provide_place;
use crate::ui::routes::{NOT_FOUND, Page, pages};
use leptos::prelude::*;

pub use render_yaml::render_yaml;
pub use service_worker::{FILE as SERVICE_WORKER, service_worker};

/// One file of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteFile {
    /// Where it goes, relative to the site's folder, with `/` between the parts.
    pub path: String,
    /// What is in it.
    pub text: String,
}

/// Every file that is not one of Trunk's, made from the document Trunk wrote.
///
/// # Errors
/// When the document lacks one of the places that are filled in: the message names the place.
pub fn files(template: &str) -> Result<Vec<SiteFile>, String> {
    let page_files = pages().iter().chain([&NOT_FOUND]).map(|page| {
        let text = document::fill(template, page, &render(page.path))?;
        Ok(SiteFile { path: file_of(page), text })
    });
    let headers = SiteFile { path: "_headers".into(), text: headers::headers_file() };
    page_files.chain([Ok(headers)]).collect()
}

/// The HTML of what is inside `<body>` at an address: what the browser's first render must equal.
pub fn render(path: &str) -> String {
    let owner = Owner::new();
    owner.with(|| {
        provide_place(path);
        App().into_view().to_html()
    })
}

/// The file a host serves for a page.
fn file_of(page: &Page) -> String {
    match page.path.trim_start_matches('/') {
        "404" => "404.html".into(),
        "" => "index.html".into(),
        name => format!("{name}/index.html"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEMPLATE: &str = concat!(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><!--runbook-head--><link rel=\"preload\" integrity=\"\"></head>",
        "<body><!--runbook-body--></body></html>\n"
    );

    #[test]
    fn every_page_the_wrong_address_and_the_headers_have_a_file() {
        let paths: Vec<String> = files(TEMPLATE).unwrap().into_iter().map(|file| file.path).collect();
        for page in pages() {
            assert!(paths.contains(&file_of(page)), "{} in {paths:?}", page.path);
        }
        assert!(paths.contains(&"404.html".to_owned()) && paths.contains(&"_headers".to_owned()), "{paths:?}");
    }

    #[test]
    fn every_page_is_routed() {
        for page in pages() {
            assert!(!render(page.path).contains("Page not found"), "{} is not in ui/routes", page.path);
        }
    }

    #[test]
    fn every_wrong_address_renders_the_same() {
        let expected = render(NOT_FOUND.path);
        assert!(expected.contains("Page not found"));
        for path in [
            "/nothing",
            "/runbook/nothing",
            "/runbook//",
            "/runbooks",
            "/runbooks/nothing",
            "/%ff",
            "/a?b=c",
            "/%3Cscript%3E",
            "/é",
        ] {
            assert_eq!(render(path), expected, "{path}");
        }
    }

    #[test]
    fn a_page_has_neither_script_nor_style_of_its_own() {
        for file in files(TEMPLATE).unwrap().iter().filter(|file| file.path != "_headers") {
            for forbidden in ["<script", "<style", " style=", " onclick=", "javascript:"] {
                assert!(!file.text.contains(forbidden), "{forbidden} in {}", file.path);
            }
        }
    }
}
