//! What is taken out of the page, by the clipboard or as a file, and what is said about it: which database it is for, or which
//! fields have to be filled in first. An example is never handed over.

use std::sync::Arc;

use leptos::prelude::*;

use super::values_form::label_of;
use crate::engine::journal::Deed;
use crate::engine::page::Placeholder;
use crate::ui::element::{El, Event, el};
use crate::ui::state::use_session;
use crate::ui::words;

/// What a button takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Text {
    /// The text; one that is copied has no line end after its last line.
    pub(super) text: String,
    /// The database it is for, as far as that is known.
    pub(super) database: Option<String>,
}

/// What a button takes, or what has to be filled in first.
pub(super) type Taken = Result<Text, Vec<&'static Placeholder>>;

/// Gives what a button takes now. No signal: each type of those is code of its own to download.
pub(super) type Take = Arc<dyn Fn() -> Taken + Send + Sync>;

/// What is said beside the buttons.
#[derive(Clone, Copy)]
struct Said {
    /// What was done last, and for which database.
    done: RwSignal<String>,
    /// Whether something has to be filled in first.
    fill_in: RwSignal<bool>,
}

/// SQL to take away: what it is, for the record of what happened, and the name of its file.
#[derive(Debug, Clone)]
pub(super) struct Script {
    /// The edition, or nothing for SQL that stands in the content.
    pub(super) edition: &'static str,
    /// The file it is saved as.
    pub(super) file: String,
    /// Whether it deletes data: then it is a file first, and for the clipboard second.
    pub(super) deletes: bool,
}

/// Copies a text and says so.
pub(super) fn copy_button(text: Signal<String>) -> El {
    copy(Arc::new(move || Ok(Text { text: text.get_untracked(), database: None })), None)
}

/// Copies what can be copied, or says what to fill in first. Of SQL, `noted` is the edition: it goes into the record of what happened.
pub(super) fn copy(take: Take, noted: Option<&'static str>) -> El {
    let said = Said::new();
    bar().child(copy_act(take.clone(), noted, said)).child(said.status(take))
}

/// SQL as a file and for the clipboard, in the order that is safe for it.
pub(super) fn take_script(take: Take, script: Script) -> El {
    let said = Said::new();
    let Script { edition, file, deletes } = script;
    let save_class = if deletes { "button button--main" } else { "button" };
    let save = save_act(take.clone(), edition, file, said, save_class);
    let copy = copy_act(take.clone(), Some(edition), said);
    let [first, second] = if deletes { [save, copy] } else { [copy, save] };
    let why = deletes.then(|| el("span").class("quiet copy__why").text(words::SAVE_WHY).into());
    bar().children(why).child(first).child(second).child(said.status(take))
}

fn bar() -> El {
    el("p").class("copy")
}

fn button(class: &str, words: String) -> El {
    el("button").attr("type", "button").class(class).text(words)
}

fn copy_act(take: Take, noted: Option<&'static str>, said: Said) -> El {
    let put = move |Text { text, database }: Text| {
        let copied = done(words::COPIED, database);
        takes::copy(without_last_line_end(text), move |ok| {
            said.done.set(if ok { copied.clone() } else { words::COPY_REFUSED.to_owned() });
        });
    };
    button("button", words::COPY.to_owned()).on("click", act(take, noted, said, Box::new(put)))
}

fn save_act(take: Take, edition: &'static str, file: String, said: Said, class: &str) -> El {
    let label = [words::SAVE_AS, " ", &file].concat();
    let put = move |Text { text, database }: Text| {
        takes::download(&file, &text);
        said.done.set(done(&[words::SAVED, " ", &file].concat(), database));
    };
    button(class, label).on("click", act(take, Some(edition), said, Box::new(put)))
}

/// Takes what can be taken, and notes SQL that was.
fn act(take: Take, noted: Option<&'static str>, said: Said, put: Box<dyn Fn(Text)>) -> impl FnMut(Event) + 'static {
    let session = use_session();
    move |_| {
        said.done.set(String::new());
        let taken = untrack(|| take());
        said.fill_in.set(taken.is_err());
        let Ok(text) = taken else { return };
        if let Some(edition) = noted {
            session.note(Deed::Copied { edition: edition.to_owned(), sql: Some(text.text.clone()) });
        }
        put(text);
    }
}

/// `Copied for shop_db`.
fn done(words: &str, database: Option<String>) -> String {
    let database = database.map(|database| [" ", words::TAKEN_FOR, " ", &database].concat());
    [words, &database.unwrap_or_default()].concat()
}

/// A shell or psql runs a line as soon as it ends: the last one waits for the reader.
fn without_last_line_end(mut text: String) -> String {
    text.truncate(text.trim_end_matches('\n').len());
    text
}

impl Said {
    fn new() -> Self {
        Self { done: RwSignal::new(String::new()), fill_in: RwSignal::new(false) }
    }

    fn status(self, take: Take) -> El {
        // Once all is filled in this is said no more.
        let missing = move || self.fill_in.get().then(|| take().err()).flatten().map(|missing| fill_in(&missing));
        let done = move || self.done.get();
        el("span").class("copy__said").attr("role", "status").text_live(done).live(missing)
    }
}

/// The fields to fill in first; each name leads to its field.
fn fill_in(missing: &[&'static Placeholder]) -> AnyView {
    let name = |placeholder: &&'static Placeholder| {
        let key = placeholder.key.as_str();
        let lead = move |event: Event| takes::to_field(&event, key);
        [" ".to_owned().into_any(), button("link", label_of(placeholder).to_owned()).on("click", lead).into()]
    };
    el("span").class("copy__missing").text(words::NAMES_NEEDED).children(missing.iter().flat_map(name)).into()
}

#[cfg(target_arch = "wasm32")]
use crate::ui::browser as takes;

/// While a page is prerendered nobody takes anything.
#[cfg(not(target_arch = "wasm32"))]
mod takes {
    use super::Event;

    pub(super) fn copy(_: String, _: impl Fn(bool)) {}
    pub(super) fn download(_: &str, _: &str) {}
    pub(super) fn to_field(_: &Event, _: &str) {}
}
