//! The site as files: every page as complete HTML, and the headers a host sends with them.
//!
//! In comes the HTML document Trunk made (it links the hashed program and style sheets); out go one file for each page, one
//! for every wrong address, `_headers` and `sw.js`, which keeps them all. Pages are rendered by the components the browser runs ([`crate::ui`]), so a
//! reader without JavaScript misses nothing that can be read. Pages that are only read ([`crate::ui::still`]) come without the
//! program, and once more all together in one file, which is how the worker keeps them.

mod document;
pub mod headers;
mod own_files;
mod programs;
mod render_yaml;
mod service_worker;

use crate::embedded;
use crate::ui::app::{app, still};
use crate::ui::components::GUARD_MODULE;
use crate::ui::place::provide_place;
use crate::ui::routes::{self, NOT_FOUND, Page, pages};
use crate::ui::still::{self, StillPage};
use leptos::prelude::*;

pub use programs::{Program, Programs};
pub use render_yaml::render_yaml;
pub use service_worker::{FILE as SERVICE_WORKER, service_worker};

/// All pages that are only read in one file: what is in each, by its address with a slash at the end.
pub const STILL_PAGES: &str = "still.json";

/// One file of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteFile {
    /// Where it goes, relative to the site's folder, with `/` between the parts.
    pub path: String,
    /// What is in it.
    pub text: String,
}

/// Every file that is not one of Trunk's, made from the document Trunk wrote and the programs it built beside the start page's.
///
/// # Errors
/// When the document lacks one of the places that are filled in: the message names the place.
pub fn files(template: &str, programs: &Programs) -> Result<Vec<SiteFile>, String> {
    let page_files = pages().iter().chain([&NOT_FOUND]).map(|page| {
        let text = document::fill(template, page, programs, &render(page.path))?;
        Ok(SiteFile { path: file_of(page), text })
    });
    let still_files = still::pages().iter().map(|page| {
        let text = document::fill_still(template, page, &render_still(page))?;
        Ok(SiteFile { path: file_at(&page.path), text })
    });
    let mut files = page_files.collect::<Result<Vec<_>, String>>()?;
    let still_files = still_files.collect::<Result<Vec<_>, String>>()?;
    files.push(SiteFile { path: STILL_PAGES.into(), text: together(&still_files) });
    files.extend(still_files);
    files.extend(own_files::ALL.map(|file| SiteFile { path: file.path(), text: file.text.into() }));
    let module = embedded::reference().guard_files.iter();
    files.extend(module.map(|(path, text)| SiteFile { path: module_file(path), text: text.clone() }));
    files.push(SiteFile { path: "_headers".into(), text: headers::headers_file() });
    Ok(files)
}

/// Where a file of the guards' module goes. As plain text every browser shows it, whatever a host makes of `.py`.
fn module_file(path: &str) -> String {
    format!("{}{path}.txt", GUARD_MODULE.trim_start_matches('/'))
}

/// Whether a file of the site is a page that is only read.
pub fn is_still(path: &str) -> bool {
    still::pages().iter().any(|page| file_at(&page.path) == path)
}

/// A JSON object of all these pages by their addresses.
fn together(files: &[SiteFile]) -> String {
    let entries =
        files.iter().map(|file| (format!("/{}", file.path.trim_end_matches("index.html")), file.text.as_str()));
    entries.collect::<serde_json::Value>().to_string()
}

/// The HTML of what is inside `<body>` at an address: what the browser's first render must equal.
pub fn render(path: &str) -> String {
    let owner = Owner::new();
    owner.with(|| {
        provide_place(path);
        let show = match routes::page_at(path).unwrap_or(&NOT_FOUND).program() {
            routes::Program::Recovery => routes::recovery,
            routes::Program::Workbench => routes::workbench,
        };
        app(show).to_html()
    })
}

/// The HTML of what is inside `<body>` of a page that is only read. The marks by which a program would find its places are left
/// out; in text they would stand escaped.
pub fn render_still(page: &StillPage) -> String {
    let owner = Owner::new();
    owner.with(|| still(page).to_html()).replace("<!>", "")
}

/// The file a host serves for a page.
fn file_of(page: &Page) -> String {
    file_at(page.path)
}

fn file_at(path: &str) -> String {
    match path.trim_start_matches('/') {
        "404" => "404.html".into(),
        "" => "index.html".into(),
        name => format!("{name}/index.html"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEMPLATE: &str = concat!(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><!--runbook-head--><link rel=\"stylesheet\" href=\"/a.css\"/>\n",
        "<link rel=\"modulepreload\" href=\"/a.js\"><link rel=\"preload\" integrity=\"\"></head>",
        "<body><!--runbook-body--></body></html>\n"
    );

    fn made() -> Result<Vec<SiteFile>, String> {
        files(TEMPLATE, &document::tests::programs())
    }

    #[test]
    fn every_page_the_wrong_address_and_the_headers_have_a_file() {
        let paths: Vec<String> = made().unwrap().into_iter().map(|file| file.path).collect();
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
        for file in made().unwrap().iter().filter(|file| file.text.starts_with("<!DOCTYPE")) {
            let text = own_files::ALL.iter().fold(file.text.clone(), |text, own| text.replace(&own.tag(), ""));
            for forbidden in ["<script", "<style", " style=", " onclick=", "javascript:"] {
                assert!(!text.contains(forbidden), "{forbidden} in {}", file.path);
            }
            let own = own_files::ALL.iter().filter(|own| file.text.contains(&own.tag())).count();
            let expected = match file.path.as_str() {
                "errors/index.html" => 2,
                "tree/index.html" => 3,
                _ => 1,
            };
            assert_eq!(own, expected, "files of its own in {}", file.path);
        }
    }

    #[test]
    fn a_page_that_is_only_read_loads_no_program_and_is_there_twice() {
        let files = made().unwrap();
        let text = |path: &str| files.iter().find(|file| file.path == path).unwrap().text.clone();
        let all: serde_json::Value = serde_json::from_str(&text(STILL_PAGES)).unwrap();
        assert_eq!(all.as_object().unwrap().len(), still::pages().len());
        for page in still::pages() {
            let html = text(&file_at(&page.path));
            assert_eq!(all.get(format!("{}/", page.path)).unwrap(), &html, "{}", page.path);
            assert!(html.contains("a.css") && html.contains("<h1"), "{}", page.path);
            for of_program in ["rel=\"preload", "rel=\"modulepreload", "data-page", "<!>", "data-hydrated"] {
                assert!(!html.contains(of_program), "{of_program} in {}", page.path);
            }
            // The header's two work without it: the browser answers one, `src/header.js` the other.
            let answered = html.matches("popovertarget=").count() + html.matches("data-theme-toggle").count();
            assert_eq!(html.matches("<button").count(), answered, "{}", page.path);
        }
    }

    #[test]
    fn every_error_has_a_page_with_a_title_of_its_own() {
        let mut titles: Vec<&str> = still::pages().iter().map(|page| page.title.as_str()).collect();
        assert!(titles.len() > 110, "{}", titles.len());
        titles.sort_unstable();
        let twice: Vec<_> = titles.windows(2).filter(|pair| pair.first() == pair.last()).collect();
        assert!(twice.is_empty(), "{twice:?}");
    }
}
