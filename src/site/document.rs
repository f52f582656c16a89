//! The shell of a page: what stands around the rendered body.

use super::headers::content_security_policy_for_meta;
use super::own_files;
use super::programs::{Program, Programs};
use crate::embedded::LATER;
use crate::ui::routes::{self, Page};
use crate::ui::still::StillPage;
use crate::ui::words::FRAMED;

/// Where the page's own part of the head goes in `index.html`; before anything that loads, so that the policy covers it.
const HEAD: &str = "<!--runbook-head-->";
/// Where the rendered body goes. Nothing may stand beside it: the browser's first render must find exactly that HTML.
const BODY: &str = "<body><!--runbook-body--></body>";
/// The element that says which page the file is ([`crate::ui::browser::settle_address`] reads it).
const HTML: &str = "<html lang=\"en\">";
/// The start of the link by which Trunk has the program fetched early.
const PROGRAM: &str = "<link rel=\"preload\"";

/// The start of the link to the styles of the workbench's pages, which no other page has.
const WORKBENCH_STYLE: &str = "<link rel=\"stylesheet\" href=\"/assets/workbench-";

/// The whole document of a page.
pub(super) fn fill(template: &str, page: &Page, programs: &Programs, body: &str) -> Result<String, String> {
    let template = match page.program() {
        routes::Program::Recovery => move_program_digest(&without(template, WORKBENCH_STYLE, ">")?)?,
        routes::Program::Workbench => with_program(template, &programs.workbench)?,
    };
    let html = format!(
        "<html lang=\"en\" data-page=\"{}\" data-reader=\"{}\" data-framed=\"{}\">",
        escape(page.path),
        escape(&programs.reader.files()),
        escape(FRAMED)
    );
    let document = put(&template, HTML, &html)?;
    let document = put(&document, HEAD, &head(page))?;
    put(&document, BODY, &format!("<body>{body}</body>"))
}

/// The whole document of a page that is only read: all of the template but what loads the program.
pub(super) fn fill_still(template: &str, page: &StillPage, body: &str) -> Result<String, String> {
    let own = own_files::of(page.view).iter().map(|file| file.tag());
    let head: Vec<String> = std::iter::once(about(&page.title, &page.description)).chain(own).collect();
    let head = head.join("\n");
    let document = put(&without_program(template)?, HEAD, &head)?;
    put(&document, BODY, &format!("<body>{body}</body>"))
}

/// The template without the script that starts the program and without the links that fetch it early.
fn without_program(template: &str) -> Result<String, String> {
    without(&without(&without_links(template)?, WORKBENCH_STYLE, ">")?, "<script ", "</script>")
}

/// The template with the links of another program.
fn with_program(template: &str, program: &Program) -> Result<String, String> {
    put(&without_links(template)?, "</head>", &format!("{}</head>", program.links()))
}

fn without_links(template: &str) -> Result<String, String> {
    without(&without(template, "<link rel=\"modulepreload\"", ">")?, PROGRAM, ">")
}

/// The template without the tags that begin and end so.
fn without(template: &str, start: &str, end: &str) -> Result<String, String> {
    let mut document = template.to_owned();
    while let Some((before, tag)) = document.split_once(start) {
        let (_, after) = tag.split_once(end).ok_or_else(|| format!("`{start}` has no end"))?;
        document = format!("{before}{}", after.trim_start_matches('\n'));
    }
    Ok(document)
}

/// Moves the program's digest from the link that fetches it early, where Chromium ignores it with a warning
/// (crbug.com/981419), to where `src/boot.js` finds it for the request that uses it. What can be read comes before the program.
fn move_program_digest(template: &str) -> Result<String, String> {
    let (before, link) = template.split_once(PROGRAM).ok_or_else(|| format!("Trunk wrote no `{PROGRAM}`"))?;
    Ok(format!("{before}{PROGRAM} fetchpriority=\"low\"{}", link.replacen(" integrity=", " data-integrity=", 1)))
}

/// The template with one place filled, which must be there exactly once.
fn put(template: &str, place: &str, text: &str) -> Result<String, String> {
    match template.matches(place).count() {
        1 => Ok(template.replacen(place, text, 1)),
        found => Err(format!("index.html must hold `{place}` once, but it is there {found} times")),
    }
}

/// What the head of one page holds besides the links Trunk writes.
fn head(page: &Page) -> String {
    let later = if page.later { preload_later() } else { String::new() };
    format!("{}{later}", about(&page.title, page.description))
}

/// The policy, what search engines read, and the header's script.
fn about(title: &str, description: &str) -> String {
    format!(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
         <title>{title}</title>\n\
         <meta name=\"description\" content=\"{description}\">\n\
         {header}",
        header = own_files::HEADER.tag(),
        policy = escape(&content_security_policy_for_meta()),
        title = escape(title),
        description = escape(description),
    )
}

/// Has the browser fetch beside the program what this page cannot be hydrated without.
fn preload_later() -> String {
    format!("\n<link rel=\"preload\" as=\"fetch\" crossorigin href=\"/{}\">", LATER.file)
}

/// Text made safe inside an element or a double-quoted attribute.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
pub(super) mod tests {
    use std::borrow::Cow;

    use super::*;
    use crate::ui::routes::View;

    const PAGE: Page =
        Page { path: "/x", title: Cow::Borrowed("A \"b\" & <c>"), description: "d", later: true, view: View::NotFound };

    const TEMPLATE: &str = concat!(
        "<html lang=\"en\"><head><!--runbook-head--><link rel=\"modulepreload\" href=\"/a.js\" integrity=\"sha384-js\">",
        "<link rel=\"preload\" href=\"/a.wasm\" integrity=\"sha384-wasm\" as=\"fetch\"></head><body><!--runbook-body--></body></html>"
    );

    pub(in crate::site) fn programs() -> Programs {
        let program = |name| Program::of(name, b"glue", b"wasm");
        Programs { reader: program("reader"), workbench: program("workbench") }
    }

    #[test]
    fn a_page_of_the_workbench_loads_that_program_alone() {
        let page = Page { view: View::Sql, ..PAGE };
        let template = TEMPLATE.replace("</head>", "<script src=\"/boot.js\"></script></head>");
        let document = fill(&template, &page, &programs(), "").unwrap();
        assert!(document.contains("<link rel=\"modulepreload\" href=\"/assets/workbench-"), "{document}");
        assert!(document.contains("boot.js") && !document.contains("/a."), "{document}");
    }

    #[test]
    fn a_page_is_put_into_its_places() {
        let document = fill(TEMPLATE, &PAGE, &programs(), "<p>text</p>").unwrap();
        assert!(document.starts_with("<html lang=\"en\" data-page=\"/x\" data-reader=\"/assets/reader-"));
        assert!(document.contains("<title>A &quot;b&quot; &amp; &lt;c&gt;</title>"), "{document}");
        assert!(document.contains("as=\"fetch\" crossorigin href=\"/assets/later-"), "{document}");
        assert!(document.ends_with("<body><p>text</p></body></html>"), "{document}");
    }

    #[test]
    fn the_program_keeps_its_digest_where_it_is_used() {
        let document = fill(TEMPLATE, &PAGE, &programs(), "").unwrap();
        assert!(document.contains("<link rel=\"modulepreload\" href=\"/a.js\" integrity=\"sha384-js\">"), "{document}");
        assert!(document.contains(
            "<link rel=\"preload\" fetchpriority=\"low\" href=\"/a.wasm\" data-integrity=\"sha384-wasm\" as=\"fetch\">"
        ));
    }

    #[test]
    fn a_page_that_is_only_read_has_no_part_of_the_program() {
        let template = TEMPLATE
            .replace("<link rel=\"modulepreload\"", "<script src=\"/boot.js\"></script><link rel=\"modulepreload\"");
        let page = StillPage {
            path: "/e".into(),
            title: "t".into(),
            description: "d".into(),
            view: crate::ui::still::View::Accuracy,
        };
        let document = fill_still(&template, &page, "<p>text</p>").unwrap();
        assert!(document.starts_with("<html lang=\"en\"><head><meta http-equiv="), "{document}");
        let head = format!("content=\"d\">\n{}</head><body><p>text</p></body></html>", own_files::HEADER.tag());
        assert!(document.ends_with(&head), "{document}");
    }

    #[test]
    fn a_missing_place_is_named() {
        let problem = fill(&TEMPLATE.replace("<!--runbook-head-->", ""), &PAGE, &programs(), "").unwrap_err();
        assert_eq!(problem, "index.html must hold `<!--runbook-head-->` once, but it is there 0 times");
    }
}
