//! The ways out at a glance, each with where it stands for this error.

use leptos::prelude::AnyView;

use crate::embedded;
use crate::engine::Advice;
use crate::engine::page::{OutcomePage, Risk};
use crate::engine::tree::End;
use crate::ui::element::{El, el};
use crate::ui::words;

/// Always shown, whatever the error: a reader looks for them.
const ALWAYS: [&str; 3] = ["move-aside", "option-a", "option-b"];

/// The strip: the runbook's options always, others when they can be reached.
pub(super) fn ways_out(advice: &Advice<'static>) -> AnyView {
    let shown = |way: &&OutcomePage| ALWAYS.contains(&way.id.as_str()) || advice.reachable.contains(&way.id.as_str());
    let ways = embedded::catalogue().outcomes.iter().filter(shown).map(|way| {
        let (class, state) = state(way, advice);
        el("li")
            .class(&format!("way way--{class}"))
            .child(el("span").class("way__title").text(way.title_text()))
            .child(risk(way))
            .child(el("span").class("way__state").text(state))
            .into()
    });
    el("section")
        .class("ways")
        .child(el("h3").text(words::WAYS_OUT))
        .child(el("ul").attr("role", "list").children(ways))
        .into()
}

/// What a way out can do to data, in words and colour.
pub(super) fn risk(way: &OutcomePage) -> El {
    el("span").class(&format!("risk risk--{}", way.risk.id())).text(way.risk.shown())
}

fn state(way: &OutcomePage, advice: &Advice<'_>) -> (&'static str, &'static str) {
    let reached = matches!(advice.walk.end, End::Outcome(_));
    match (advice.reachable.contains(&way.id.as_str()), reached) {
        (true, true) if way.risk == Risk::Destructive => ("recommended", words::FITS),
        (true, true) => ("recommended", words::RECOMMENDED),
        (true, false) if way.id == "option-b" => ("open", words::ONLY_IF_REFUSED),
        (true, false) => ("open", words::NEEDS_ANSWER),
        (false, _) if advice.walk.trail.iter().any(|step| step.answered) => ("closed", words::NOT_WITH_ANSWERS),
        (false, _) => ("closed", words::NOT_FOR_THIS),
    }
}
