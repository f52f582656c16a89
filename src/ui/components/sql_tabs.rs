//! The SQL texts on their own, one a tab. Which one is shown stands in the address, and so do names that somebody chose to send.
//!
//! Before the reader does anything the page is as it was served: every text that asks for nothing is in it, for who reads without
//! JavaScript. From the first tab that is chosen on only the one shown is in the document.

use leptos::prelude::*;

use super::elsewhere::sending;
use super::gates::gated;
use super::risk::risk;
use super::sql_text::sql_text;
use crate::engine::later::Proven;
use crate::engine::risk::Risk;
use crate::engine::sql::Edition;
use crate::engine::sql_link::SqlLink;
use crate::ui::element::{El, el, noscript};
use crate::ui::later::with_later;
use crate::ui::state::{Session, use_session};
use crate::ui::words;

/// Where these tabs are.
const PATH: &str = "/sql";

/// The tab that was chosen; `None` before the reader chose any.
#[derive(Clone, Copy)]
struct Tabs(RwSignal<Option<Edition>>);

impl Tabs {
    /// The first of all is shown until another is chosen.
    fn shown(self) -> Edition {
        self.0.get().unwrap_or(Edition::State)
    }
}

/// The tabs, the text of the one shown, and a link to it. What is to be said of the address goes into `notice`.
pub(in crate::ui) fn sql_tabs(notice: RwSignal<&'static str>) -> AnyView {
    let tabs = Tabs(RwSignal::new(None));
    let session = use_session();
    acts::follow(session, tabs, notice);
    let list = el("div")
        .attr("role", "tablist")
        .attr("aria-label", words::SQL_TABS)
        .class("tabs")
        .on("keydown", move |event| acts::key(tabs, &event))
        .children(Edition::ALL.iter().map(|edition| tab(tabs, *edition).into()));
    let address = Box::new(move |with_names| address(&link(session, tabs.shown(), with_names)));
    el("div")
        .child(list)
        .children(Edition::ALL.iter().map(|edition| panel(tabs, *edition).into()))
        .child(sending("sql-link", words::SEND_SQL, words::SEND_SQL_WHY, address))
        .into()
}

fn tab(tabs: Tabs, edition: Edition) -> El {
    let shown = move || tabs.shown() == edition;
    // A link, so that it leads to its text without JavaScript too.
    el("a")
        .attr("role", "tab")
        .attr_live("class", move || Some(if shown() { "button button--main" } else { "button" }.to_owned()))
        .attr("id", tab_id(edition))
        .attr("href", ["#", edition.slug()].concat())
        .attr("aria-controls", edition.slug())
        .attr_live("aria-selected", move || Some(shown().to_string()))
        .attr_live("tabindex", move || Some(if shown() { "0" } else { "-1" }.to_owned()))
        .on("click", move |event| acts::click(tabs, edition, &event))
        .text(words_of(edition).0)
}

fn tab_id(edition: Edition) -> String {
    ["tab-", edition.slug()].concat()
}

fn panel(tabs: Tabs, edition: Edition) -> El {
    let title = [edition.id(), "-form-title"].concat();
    let (label, does) = words_of(edition);
    let body = move || match tabs.0.get() {
        Some(shown) if shown != edition => None,
        shown => Some(text(edition, shown.is_none())),
    };
    el("section")
        .attr("role", "tabpanel")
        .class("tabs__panel")
        .attr("id", edition.slug())
        .attr("tabindex", "0")
        .attr("aria-labelledby", tab_id(edition))
        .attr_live("hidden", move || (tabs.shown() != edition).then(String::new))
        .child(el("h2").attr("id", title).attr("tabindex", "-1").text(label).text(" ").child(risk(edition.risk())))
        .child(el("p").text(does))
        .child(with_later(move |later| proven(edition, later.proven.as_ref()).into()))
        .live(body)
}

/// The text; one with lines that delete behind its gates, and not at all in the page as it is served.
fn text(edition: Edition, as_served: bool) -> AnyView {
    match (edition.holds_deletes(), as_served) {
        (false, _) => sql_text(edition),
        (true, true) => {
            noscript("note", if edition.risk() == Risk::Destructive { words::SQL_ASKS } else { words::PRACTICE_ASKS })
        }
        (true, false) => gated(edition.id(), edition, sql_text).into(),
    }
}

/// When and where this very text was last proven.
fn proven(edition: Edition, proven: Option<&Proven>) -> El {
    let checks = proven.and_then(|proven| Some((proven, proven.checks.get(edition.id())?)));
    let line = el("p").class("quiet");
    match checks {
        Some((proven, checks)) => line
            .text(words::sql_proven(&proven.date, &proven.servers.join(", "), *checks))
            .text(" ")
            .child(el("a").attr("href", ["/proof#", edition.id()].concat()).text(words::SQL_PROOF)),
        None => line.text(words::SQL_NOT_PROVEN),
    }
}

/// The tab's label, and what its text does in one sentence.
fn words_of(edition: Edition) -> (&'static str, &'static str) {
    match edition {
        Edition::State => words::SQL_STATE,
        Edition::Rehearsal => words::SQL_REHEARSAL,
        Edition::MoveAside => words::SQL_MOVE_ASIDE,
        Edition::UndoMoveAside => words::SQL_UNDO_MOVE_ASIDE,
        Edition::OptionA => words::SQL_OPTION_A,
        Edition::EmptyInPlace => words::SQL_EMPTY_IN_PLACE,
        Edition::Verify => words::SQL_VERIFY,
        Edition::AsWritten => words::SQL_AS_WRITTEN,
    }
}

/// A link to a text as this visit has it.
fn link(session: Session, edition: Edition, with_names: bool) -> SqlLink {
    let mut link = SqlLink::new(edition);
    if with_names {
        session.names.with(|names| {
            link.db_user.clone_from(&names.db_user);
            link.database.clone_from(&names.database);
            link.current_user = names.current_user;
        });
    }
    link
}

fn address(link: &SqlLink) -> String {
    [PATH, "#", &link.fragment()].concat()
}

#[cfg(target_arch = "wasm32")]
mod acts;

/// While a page is prerendered nobody chooses.
#[cfg(not(target_arch = "wasm32"))]
mod acts {
    use leptos::prelude::RwSignal;

    use super::{Edition, Session, Tabs};
    use crate::ui::element::Event;

    pub(super) fn click(_: Tabs, _: Edition, _: &Event) {}
    pub(super) fn key(_: Tabs, _: &Event) {}
    pub(super) fn follow(_: Session, _: Tabs, _: RwSignal<&'static str>) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_with_lines_that_delete_is_in_the_page_as_served() {
        for edition in Edition::ALL {
            let html = Owner::new().with(|| {
                crate::ui::state::provide_session();
                crate::ui::later::provide_later();
                text(edition, true).to_html()
            });
            assert_eq!(html.contains("<figure"), !edition.holds_deletes(), "{html}");
        }
    }
}
