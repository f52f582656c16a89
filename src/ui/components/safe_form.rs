//! Option A's safe SQL for a reader who comes without a log, and the source's own block, behind the gates.

use leptos::prelude::*;

use super::blocks::folded;
use super::gates::gated;
use super::run_file::run_file;
use super::sql_block::{printed_below, sql_block};
use crate::engine::sql::Edition;
use crate::ui::element::{El, el};
use crate::ui::words;

/// The first gate still closed, then the SQL.
pub(super) fn safe_form() -> AnyView {
    el("section")
        .class("safe-form")
        .attr("id", "safe-form")
        .attr("aria-labelledby", "safe-form-title")
        .child(el("h4").attr("id", "safe-form-title").attr("tabindex", "-1").text(words::SAFE_FORM))
        .child(el("p").class("quiet").text(words::SAFE_FORM_WHY))
        .child(gated("safe", Edition::OptionA, safe_and_original))
        .into()
}

fn safe_and_original(edition: Edition) -> AnyView {
    el("div").child(run_below(edition)).child(original()).into()
}

/// The source's own block, behind the same answers.
fn original() -> El {
    folded(words::ORIGINAL)
        .child(el("p").class("warning").text(words::ORIGINAL_RISK))
        .child(run_below(Edition::AsWritten))
}

/// The SQL, the command that runs it, and the box for what that printed.
fn run_below(edition: Edition) -> El {
    el("div").child(sql_block(edition, words::PSQL)).children(run_file(edition)).live(printed_below(edition))
}
