//! Scripts and styles that Trunk does not place: the header's script, which every page loads before its body, and those of single
//! pages without a program.

use base64::{Engine, prelude::BASE64_STANDARD};
use sha2::{Digest, Sha256};

use crate::ui::still::View;

/// One of them.
pub(super) struct OwnFile {
    name: &'static str,
    ending: &'static str,
    pub(super) text: &'static str,
}

/// On every page.
pub(super) const HEADER: OwnFile = OwnFile { name: "header", ending: "js", text: include_str!("../header.js") };
const FILTER: OwnFile = OwnFile { name: "filter", ending: "js", text: include_str!("../filter.js") };
const TREE: OwnFile = OwnFile { name: "tree", ending: "js", text: include_str!("../tree.js") };
const TREE_STYLE: OwnFile = OwnFile { name: "tree", ending: "css", text: include_str!("../../style/tree.css") };

/// All of them.
pub(super) const ALL: [&OwnFile; 4] = [&HEADER, &FILTER, &TREE, &TREE_STYLE];

/// Those of one page alone.
pub(super) fn of(view: View) -> &'static [&'static OwnFile] {
    match view {
        View::Errors => &[&FILTER],
        View::Tree => &[&TREE_STYLE, &TREE],
        View::Error(_) | View::Accuracy | View::Proof => &[],
    }
}

impl OwnFile {
    /// Where it goes, relative to the site's folder: another content is another name.
    pub(super) fn path(&self) -> String {
        let digest = Sha256::digest(self.text);
        let digest = digest.iter().take(8).fold(String::new(), |text, byte| text + &format!("{byte:02x}"));
        format!("assets/{}-{digest}.{}", self.name, self.ending)
    }

    /// The element that loads it; a script runs once the page is read, unless it is the header's.
    pub(super) fn tag(&self) -> String {
        let digest = BASE64_STANDARD.encode(Sha256::digest(self.text));
        let path = self.path();
        match self.ending {
            "css" => format!("<link rel=\"stylesheet\" href=\"/{path}\" integrity=\"sha256-{digest}\">"),
            _ if self.name == HEADER.name => format!("<script src=\"/{path}\" integrity=\"sha256-{digest}\"></script>"),
            _ => format!("<script src=\"/{path}\" integrity=\"sha256-{digest}\" type=\"module\"></script>"),
        }
    }
}
