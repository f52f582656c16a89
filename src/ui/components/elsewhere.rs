//! From the phone to the laptop: a link that opens the page at the same place.

use leptos::prelude::*;

use super::blocks::folded;
use super::copy::copy_button;
use crate::embedded;
use crate::ui::element::{El, el};
use crate::ui::state::{Session, use_session};
use crate::ui::words;

/// The link, and what it holds.
pub(super) fn elsewhere() -> El {
    let session = use_session();
    sending(
        "elsewhere-link",
        words::LAPTOP,
        words::LAPTOP_WHY,
        Box::new(move |with_names| address(session, with_names)),
    )
}

/// All of a link behind the site's origin, with the names or without them.
type Address = Box<dyn Fn(bool) -> String + Send + Sync>;

/// A link to take along or to send: its names only on request.
pub(super) fn sending(id: &str, title: &'static str, why: &str, address: Address) -> El {
    let with_names = RwSignal::new(false);
    let address = Signal::derive(move || [&origin(), address(with_names.get()).as_str()].concat());
    let names = el("label")
        .class("names__choice")
        .child(
            el("input")
                .attr("type", "checkbox")
                .checked(move || with_names.get())
                .on("change", move |event| with_names.set(event_target_checked(&event))),
        )
        .child(el("span").text(words::LAPTOP_NAMES));
    let link = el("p")
        .class("field")
        .child(el("label").attr("for", id).text(words::LAPTOP_LINK))
        .child(el("input").attr("id", id).attr("type", "text").attr("readonly", "").value(address));
    folded(title)
        .class("elsewhere")
        .child(el("p").class("quiet").text(why))
        .child(names)
        .child(link)
        .child(copy_button(address).child(share_button(title, address)))
}

fn origin() -> String {
    #[cfg(target_arch = "wasm32")]
    return crate::ui::browser::origin();
    #[cfg(not(target_arch = "wasm32"))]
    String::new()
}

fn address(session: Session, with_names: bool) -> String {
    let tree = &embedded::catalogue().tree;
    let fragment = session.link(with_names).map(|link| link.fragment(tree)).unwrap_or_default();
    ["/#", &fragment].concat()
}

/// The phone's own way to send something, where the browser has one.
fn share_button(title: &'static str, address: Signal<String>) -> AnyView {
    #[cfg(target_arch = "wasm32")]
    if crate::ui::browser::can_share() {
        let share = move |_| crate::ui::browser::share(title, &address.get_untracked());
        return el("button").attr("type", "button").class("button").on("click", share).text(words::SHARE).into();
    }
    let _ = (title, address);
    ().into_any()
}
