//! What a way out or a text can do to data.

use crate::engine::risk::Risk;
use crate::ui::element::{El, el};

/// In words and colour.
pub(in crate::ui) fn risk(risk: Risk) -> El {
    el("span").class(&["risk risk--", risk.id()].concat()).text(risk.shown())
}
