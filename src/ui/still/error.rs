//! `/errors/<area>/<name>`: one error, for a reader who searched for its message.

use leptos::prelude::*;

use super::message::{message, messages, text};
use super::{ERRORS, address, headline, signatures, words};
use crate::embedded;
use crate::engine::page::{Corrections, Placeholder};
use crate::engine::page::{Inline, OutcomePage, Section, Values, plain, plain_text};
use crate::engine::reference::ErrorText;
use crate::engine::risk::Risk;
use crate::engine::signature::Signature;
use crate::engine::tree::{Answers, End};
use crate::ui::components::{blocks, folded, inlines, risk};
use crate::ui::element::{El, el};

/// How many messages are shown before the rest is folded away.
const SHOWN: usize = 4;

/// After this section stands what it usually leads to.
const TO_DO: &str = "what-to-do";

/// Longest message in a title, and longest description, in characters; search engines cut what is longer.
const TITLE_MESSAGE: usize = 70;
const DESCRIPTION: usize = 160;

/// The whole page.
pub(super) fn error(signature: &'static Signature) -> AnyView {
    let known = embedded::reference().errors.get(&signature.id);
    let sections = known.into_iter().flat_map(|known| {
        known.sections.iter().flat_map(|part| {
            let ways = (part.id == TO_DO).then(|| ways_out(known));
            [Some(section(part)), ways]
        })
    });
    el("article")
        .class("reading error")
        .child(crumbs(signature))
        .child(el("h1").text(headline(signature)))
        .child(in_the_log(signature))
        .child(paste())
        .children(sections.flatten())
        .children(same_kind(signature))
        .into()
}

/// The window's title: the message, since that is what is searched for, and what it says.
pub(super) fn title(signature: &'static Signature) -> String {
    let said = headline(signature).trim_end_matches('.');
    match messages(signature).first() {
        Some(template) => format!("{} · {said}", shortened(&text(template), TITLE_MESSAGE)),
        None => said.to_owned(),
    }
}

/// What happened and what it means, as much as search engines show.
pub(super) fn description(signature: &Signature) -> String {
    let means = embedded::reference().errors.get(&signature.id).and_then(|known| known.sections.first());
    let means = means.map(|section| plain_text(&section.blocks, &Values::default(), Corrections::Hidden));
    let text = format!("{} {}", headline(signature), means.unwrap_or_default().replace('\n', " "));
    shortened(text.trim(), DESCRIPTION)
}

/// The text, or as many whole words of it as fit.
fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let cut: String = text.chars().take(most.saturating_sub(1)).collect();
    let whole = cut.rsplit_once(' ').map_or(cut.as_str(), |(whole, _)| whole);
    format!("{}…", whole.trim_end_matches([',', '.', ';', ':', ' ']))
}

fn crumbs(signature: &Signature) -> El {
    let kind = embedded::catalogue().situation(signature.situation).map(|words| words.title.clone());
    let kind_at = format!("{ERRORS}#{}", signature.situation.id());
    el("nav")
        .class("crumbs quiet")
        .attr("aria-label", words::ERRORS_CRUMB_LABEL)
        .child(el("a").attr("href", ERRORS).text(words::ERRORS_CRUMB))
        .text(" › ")
        .child(el("a").attr("href", kind_at).text(kind.unwrap_or_default()))
}

fn in_the_log(signature: &'static Signature) -> El {
    let all = messages(signature);
    let list = |some: &[&'static _]| {
        let items = some.iter().map(|template| el("li").child(message(template)).into());
        el("ul").class("messages").attr("role", "list").children(items)
    };
    let (shown, more) = all.split_at(SHOWN.min(all.len()));
    el("section")
        .child(el("h2").text(words::IN_THE_LOG))
        .child(list(shown))
        .children((!more.is_empty()).then(|| folded(words::MORE_FORMS).class("more").child(list(more)).into()))
        .child(el("p").class("quiet").text(words::IN_THE_LOG_HOW))
}

fn paste() -> El {
    let link = el("a").class("button button--main").attr("href", "/").text(words::PASTE);
    el("div").class("note").child(el("p").text(words::PASTE_WHY)).child(link)
}

fn section(section: &'static Section) -> AnyView {
    let title = el("h2").attr("id", &section.id).children(inlines(&section.title, NAMES));
    el("section").child(title).children(blocks(&section.blocks, NAMES)).into()
}

/// The prose of an error holds no names of the reader's.
const NAMES: &[Placeholder] = &[];

/// Where the start page leads with the file's own example and nothing else.
fn ways_out(known: &ErrorText) -> AnyView {
    let catalogue = embedded::catalogue();
    let diagnosis = embedded::engine().diagnose(known.example.as_bytes());
    let advice = catalogue.advise(&diagnosis, &Answers::new());
    let reachable = || advice.reachable.iter().filter_map(|id| catalogue.outcome(id));
    let deletes = reachable().any(|way| way.risk == Risk::Destructive);
    let ways = reachable().filter(|way| way.risk != Risk::Destructive).map(way_out);
    let lead: Vec<AnyView> = match advice.walk.end {
        End::Outcome(_) => vec![el("p").text(words::WAY_DECIDED).into()],
        End::Question(question) => vec![
            el("p").text(words::WAYS_ASKED).text(" ").child(el("strong").prose(&question.text)).into(),
            el("p").text(words::WAYS_OPEN).into(),
        ],
    };
    el("section")
        .child(el("h2").attr("id", "ways-out").text(words::WAYS))
        .children(lead)
        .child(el("ul").class("follows").attr("role", "list").children(ways))
        .children(deletes.then(|| el("p").text(words::DELETING_LAST).into()))
        .into()
}

fn way_out(way: &'static OutcomePage) -> AnyView {
    let said = |words: &[Inline]| plain(words, &Values::unfilled(&way.placeholders));
    let title = el("p").child(el("strong").text(said(&way.title))).text(" ").child(risk(way.risk));
    el("li").child(title).child(el("p").text(said(&way.summary))).into()
}

/// Links to the other errors of the same kind; nothing when it is the only one.
fn same_kind(signature: &'static Signature) -> Option<AnyView> {
    let others = signatures().iter().filter(|other| other.situation == signature.situation && other.id != signature.id);
    let links: Vec<AnyView> =
        others.map(|other| el("li").child(el("a").attr("href", address(other)).text(headline(other))).into()).collect();
    let title = el("h2").attr("id", "same-kind").text(words::SAME_KIND);
    (!links.is_empty()).then(|| el("section").child(title).child(el("ul").children(links)).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_long_ends_after_a_word() {
        assert_eq!(shortened("one two three", 13), "one two three");
        assert_eq!(shortened("one two, three", 13), "one two…");
        assert_eq!(shortened("é é é é", 5), "é é…");
    }
}
