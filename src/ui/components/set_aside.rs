//! The milder way, wherever Option A is shown: a button, so that nobody has to say something false about the data to get there.

use leptos::prelude::*;

use crate::ui::element::el;
use crate::ui::state::{Session, use_session};
use crate::ui::words;

/// Where the SQL that sets aside stands on its own.
const SQL: &str = "/sql#set-aside";

/// Where Option A is a plan for a log: leads to the plan that sets aside, as far as that is open for it.
pub(super) fn set_aside_instead() -> Option<AnyView> {
    let session = use_session();
    session.can_set_aside().then(|| offer(session))
}

/// Where Option A stands without a log: leads to the SQL that sets aside.
pub(super) fn set_aside_here() -> Option<AnyView> {
    let session = use_session();
    if session.known().is_some() {
        return set_aside_instead();
    }
    let link = el("a").class("button").attr("href", SQL).text(words::SET_ASIDE);
    Some(el("p").class("instead").child(link).child(why()).into())
}

fn offer(session: Session) -> AnyView {
    let lead = move |_| {
        session.set_aside();
        #[cfg(target_arch = "wasm32")]
        crate::ui::browser::focus_soon(session.next_heading(super::question::RESULT));
    };
    let button = el("button").attr("type", "button").class("button").on("click", lead).text(words::SET_ASIDE);
    el("p").class("instead").child(button).child(why()).into()
}

fn why() -> AnyView {
    el("span").class("quiet").text(words::SET_ASIDE_WHY).into()
}
