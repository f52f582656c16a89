//! Content that is fetched when it is first needed ([`crate::engine::later`]): who needs it asks here and watches.
//!
//! A page that cannot be read without it says so in [`crate::ui::routes::Page::later`]: then it is in the prerendered HTML, and
//! the browser fetches it before it hydrates that page. Anywhere else it may only be looked at after the reader did
//! something, or the first render would differ from the HTML.

use crate::embedded;
use crate::engine::later::{Later, Workbench};
use crate::ui::element::el;
use crate::ui::words;
use leptos::prelude::*;

/// How far it has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// Nobody asked.
    NotAsked,
    /// Being fetched.
    OnTheWay,
    /// Here.
    Here,
    /// It did not arrive, or could not be read.
    Failed,
}

/// The one signal everybody watches.
#[derive(Debug, Clone, Copy)]
pub struct LaterContent(RwSignal<Progress>);

/// Makes the signal; once, in [`crate::ui::app`].
pub fn provide_later() {
    let here = embedded::LATER.get().is_some();
    provide_context(LaterContent(RwSignal::new(if here { Progress::Here } else { Progress::NotAsked })));
}

/// The signal of this visit.
pub fn use_later() -> LaterContent {
    expect_context::<LaterContent>()
}

impl LaterContent {
    /// The content, once it is here; whoever reads this is made anew then.
    pub fn get(self) -> Option<&'static Later> {
        (self.0.get() == Progress::Here).then(|| embedded::LATER.get()).flatten()
    }

    /// What to say while it is not here.
    pub fn notice(self) -> &'static str {
        if self.0.get() == Progress::Failed { words::LATER_FAILED } else { words::LATER_LOADING }
    }

    /// Has it fetched, unless it is here or on the way.
    pub fn ask(self) {
        #[cfg(target_arch = "wasm32")]
        if matches!(self.0.get_untracked(), Progress::NotAsked | Progress::Failed) {
            self.0.set(Progress::OnTheWay);
            wasm_bindgen_futures::spawn_local(async move {
                self.0.set(if fetch().await { Progress::Here } else { Progress::Failed });
            });
        }
    }
}

/// Has it fetched unless it is here, and says whether it is.
#[cfg(target_arch = "wasm32")]
pub async fn fetch() -> bool {
    let here = || embedded::LATER.get().is_some();
    here() || {
        let bytes = crate::ui::browser::fetch_bytes(&format!("/{}", embedded::LATER.file)).await;
        bytes.is_some_and(|bytes| embedded::LATER.take(&bytes))
    }
}

/// Does something again whenever what it reads changes.
pub fn watch(act: impl Fn() + 'static) {
    let act: Box<dyn Fn()> = Box::new(act);
    Effect::new(act);
}

/// A part of the page that needs it: asks for it as soon as it is shown, and says so while it waits or when that failed.
pub fn with_later(part: impl Fn(&'static Later) -> AnyView + Send + Sync + 'static) -> AnyView {
    boxed(Box::new(part))
}

/// The same for what only the workbench's pages show.
pub fn with_workbench(part: fn(&'static Later, &'static Workbench) -> AnyView) -> AnyView {
    with_later(move |later| match embedded::workbench() {
        Some(workbench) => part(later, workbench),
        None => el("p").attr("role", "alert").text(words::LATER_FAILED).into(),
    })
}

/// What is shown of what is fetched later.
type LaterPart = Box<dyn Fn(&'static Later) -> AnyView + Send + Sync>;

/// Outside the generic function, for the same reason as in [`crate::ui::element`].
fn boxed(part: LaterPart) -> AnyView {
    let later = use_later();
    watch(move || later.ask());
    let shown = move || {
        Some(match (later.get(), later.0.get()) {
            (Some(content), _) => part(content),
            (None, Progress::Failed) => failed(later),
            (None, _) => el("p").class("quiet").attr("role", "status").text(later.notice()).into(),
        })
    };
    el("div").live(shown).into()
}

fn failed(later: LaterContent) -> AnyView {
    let again = el("button").attr("type", "button").class("button").on("click", move |_| later.ask());
    el("div")
        .class("note")
        .attr("role", "alert")
        .child(el("p").text(later.notice()))
        .child(again.text(words::TRY_AGAIN))
        .into()
}

/// The id of [`failed_on_arrival`].
pub const FAILED_ON_ARRIVAL: &str = "later-failed";

/// A line for a page that was served whole but whose content did not arrive a second time: it stays as plain HTML, and
/// `ui::start` uncovers this.
pub fn failed_on_arrival(path: &'static str) -> AnyView {
    el("p")
        .attr("id", FAILED_ON_ARRIVAL)
        .attr("hidden", "")
        .attr("role", "alert")
        .class("note")
        .text(words::LATER_FAILED_ON_ARRIVAL)
        .text(" ")
        .child(el("a").attr("href", path).text(words::TRY_AGAIN))
        .into()
}
