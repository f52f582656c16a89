//! Every address without a page.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::ui::element::el;
use crate::ui::words;

/// Says that there is nothing here.
///
/// One prerendered file serves every wrong address, so the first render is the same for all of them: the address itself is
/// shown only on request.
pub fn not_found() -> AnyView {
    let location = use_location();
    let shown = RwSignal::new(false);
    let address = move || if shown.get() { location.pathname.get() } else { String::new() };
    let home = el("p").text(words::NOT_FOUND_TEXT).text(" ").child(el("a").attr("href", "/").text(words::GO_HOME));
    let show = el("button")
        .attr("type", "button")
        .class("button")
        .attr_live("aria-expanded", move || Some(shown.get().to_string()))
        .on("click", move |_| shown.update(|on| *on = !*on))
        .text(words::SHOW_ADDRESS);
    el("section")
        .child(el("h1").text(words::NOT_FOUND))
        .child(home)
        .child(show)
        .child(el("output").text_live(address))
        .into()
}
