//! For a reader who cannot copy the log: what they see, to choose from.

use leptos::prelude::AnyView;

use super::blocks::folded;
use crate::embedded;
use crate::ui::element::el;
use crate::ui::state::use_session;

/// The source runbook's own triggers, and what else can be recognised by eye.
pub(super) fn triggers(summary: &str) -> AnyView {
    let session = use_session();
    let choices = embedded::catalogue().triggers.iter().map(|trigger| {
        let choose = move |_| {
            session.told(trigger);
            #[cfg(target_arch = "wasm32")]
            crate::ui::browser::focus_soon("result-title".to_owned());
        };
        let button = el("button").attr("type", "button").class("choice").on("click", choose).text(&trigger.text);
        el("li").child(button).into()
    });
    folded(summary).class("triggers").child(el("ul").attr("role", "list").children(choices)).into()
}
