//! Scripts and styles that Trunk does not place: the header's script, which every page loads before its body, and those of single
//! pages without a program.

use base64::{Engine, prelude::BASE64_STANDARD};
use sha2::{Digest, Sha256};

use crate::ui::still::View;

/// One of them.
pub(super) struct OwnFile {
    name: &'static str,
    kind: Kind,
    pub(super) text: &'static str,
}

/// How a file is loaded.
#[derive(Clone, Copy)]
enum Kind {
    Style,
    /// Runs at once, before there is a body.
    FirstScript,
    /// Runs once the page is read.
    Script,
}

/// On every page.
pub(super) const HEADER: OwnFile =
    OwnFile { name: "header", kind: Kind::FirstScript, text: include_str!("../header.js") };
const FILTER: OwnFile = OwnFile { name: "filter", kind: Kind::Script, text: include_str!("../filter.js") };
const TREE: OwnFile = OwnFile { name: "tree", kind: Kind::Script, text: include_str!("../tree.js") };
const TREE_STYLE: OwnFile = OwnFile { name: "tree", kind: Kind::Style, text: include_str!("../../style/tree.css") };

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
        let ending = if matches!(self.kind, Kind::Style) { "css" } else { "js" };
        format!("assets/{}-{digest}.{ending}", self.name)
    }

    /// The element that loads it.
    pub(super) fn tag(&self) -> String {
        let digest = BASE64_STANDARD.encode(Sha256::digest(self.text));
        let path = self.path();
        match self.kind {
            Kind::Style => format!("<link rel=\"stylesheet\" href=\"/{path}\" integrity=\"sha256-{digest}\">"),
            Kind::FirstScript => format!("<script src=\"/{path}\" integrity=\"sha256-{digest}\"></script>"),
            Kind::Script => {
                format!("<script src=\"/{path}\" integrity=\"sha256-{digest}\" type=\"module\"></script>")
            }
        }
    }
}
