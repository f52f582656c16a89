//! The reader's side: what is pasted → what it shows and its masked view, portion by portion. It runs in a program of its own
//! (`src/bin/reader.rs`), in a worker or, where none starts, in the page.
//!
//! The page ([`super::worker`]) posts orders, `[turn, about, what]`: of a log the `Blob`, about nothing; about an edition, the text it
//! printed; about a situation, the id of the file that decided. Each is answered with [`Message`]s in bytes of postcard. The raw text is
//! in no state; a portion is forgotten when the next one comes.

use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, MessageEvent, MessagePort};

use crate::embedded;
use crate::engine::Conclusion;
use crate::engine::answer::{Answer, Judgement};
use crate::engine::situation::Situation;
use crate::engine::sql::Edition;
use crate::engine::text::{MaskedView, Packed, ViewMaker};

/// Bytes read in one go: so little that the page may do it too.
const PORTION: u32 = 256 * 1024;

/// How much of the work the search is, in percent; the view is the rest.
const SEARCH: f64 = 80.0;

/// One thing the reader says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Message {
    /// The order it is about; 0 for none.
    pub turn: u32,
    /// What it says.
    pub news: News,
}

/// What a page hears of an order on its way.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum News {
    /// The reader listens: what is posted before that would be lost.
    Ready,
    /// It never will: what logs are searched for did not arrive.
    NotReady,
    /// Percent done.
    Progress(u8),
    /// What came of it; nothing follows.
    Done(Outcome),
}

/// What came of an order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Outcome {
    /// What was read, and its text, masked.
    Read(Box<Conclusion>, MaskedView),
    /// Whether what was run worked, and what the server says in it.
    Judged(Option<Judgement>, Option<Answer>),
    /// The headline of the file that decided, if there is one of this id for this situation.
    Headline(Option<String>),
    /// Nothing but white space.
    Blank,
    /// A compressed file, not the log in it.
    Packed(Packed),
    /// The file could not be read.
    Unreadable,
    /// The reader itself did not start: its files did not arrive.
    NoReader,
}

/// Fetches what logs are searched for, and then listens for orders as long as the page is there.
pub fn serve() {
    let Ok(port) = js_sys::Reflect::get(&js_sys::global(), &"readerPort".into()) else { return };
    // A worker's own end has all that is used here of a port.
    let port: MessagePort = port.unchecked_into();
    spawn_local(async move {
        if fetch_patterns().await.is_ok_and(|bytes| embedded::PATTERNS.take(&bytes)) {
            listen(port);
        } else {
            post(&port, 0, News::NotReady);
        }
    });
}

/// The file's bytes; a worker has no window to ask.
async fn fetch_patterns() -> Result<Vec<u8>, JsValue> {
    let global = js_sys::global();
    let fetch: js_sys::Function = js_sys::Reflect::get(&global, &"fetch".into())?.unchecked_into();
    let asked = fetch.call1(&global, &format!("/{}", embedded::PATTERNS.file).into())?;
    let response: web_sys::Response = JsFuture::from(js_sys::Promise::from(asked)).await?.unchecked_into();
    let buffer = JsFuture::from(response.array_buffer()?).await?;
    Ok(js_sys::Uint8Array::new(&buffer).to_vec())
}

fn listen(port: MessagePort) {
    let here = port.clone();
    let hear = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        spawn_local(follow(here.clone(), event.data().unchecked_into()));
    });
    port.set_onmessage(Some(hear.as_ref().unchecked_ref()));
    hear.forget();
    post(&port, 0, News::Ready);
    // The search is prepared before the first log.
    embedded::engine();
}

async fn follow(port: MessagePort, order: js_sys::Array) {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // it was one in the page
    let turn = order.get(0).as_f64().unwrap_or_default() as u32;
    let (about, what) = (order.get(1).as_string().unwrap_or_default(), order.get(2));
    let text = || what.as_string().unwrap_or_default();
    let outcome = if let Some(edition) = Edition::from_id(&about) {
        judge(edition, &text())
    } else if let Some(situation) = Situation::from_id(&about) {
        Outcome::Headline(embedded::engine().headline(&text(), situation).map(str::to_owned))
    } else {
        let progress = |percent| post(&port, turn, News::Progress(percent));
        search_and_view(&what.unchecked_into(), &progress).await.unwrap_or(Outcome::Unreadable)
    };
    post(&port, turn, News::Done(outcome));
}

fn post(port: &MessagePort, turn: u32, news: News) {
    let bytes = postcard::to_allocvec(&Message { turn, news }).unwrap_or_default();
    // A page that is gone hears nothing.
    let _gone = port.post_message(&js_sys::Uint8Array::from(bytes.as_slice()));
}

fn judge(edition: Edition, printed: &str) -> Outcome {
    let engine = embedded::engine();
    let answer = engine.read(printed.as_bytes()).filter(|_| edition == Edition::State);
    Outcome::Judged(engine.judge(edition, printed.as_bytes()).map(Judgement::from), answer)
}

async fn search_and_view(log: &Blob, progress: &dyn Fn(u8)) -> Result<Outcome, JsValue> {
    let engine = embedded::engine();
    let size = log.size().max(1.0);
    let mut reading = engine.begin();
    let mut from = 0.0;
    while let Some((portion, to)) = portion(log, from).await? {
        reading.push(&portion);
        progress(whole(to / size * SEARCH));
        from = to;
    }
    let read = engine.conclude(reading);
    if read.blank {
        return Ok(Outcome::Blank);
    }
    if let Some(packed) = read.packed {
        return Ok(Outcome::Packed(packed));
    }
    let mut view = ViewMaker::new(read.lines, matter(&read), engine.masker());
    let mut from = 0.0;
    while let Some((portion, to)) = portion(log, from).await? {
        view.push(&portion);
        progress(whole(SEARCH + to / size * (99.0 - SEARCH)));
        from = to;
    }
    Ok(Outcome::Read(Box::new(read), view.finish()))
}

/// The lines that matter; where none decides, the last ones, which somebody else may recognise.
fn matter(read: &Conclusion) -> Vec<u32> {
    let lines = read.log.lines();
    if read.log.evidence.is_empty() { lines.into_iter().chain([read.lines]).collect() } else { lines }
}

/// The bytes from a place on and where they end; `None` behind the last.
async fn portion(log: &Blob, from: f64) -> Result<Option<(Vec<u8>, f64)>, JsValue> {
    if from >= log.size() {
        return Ok(None);
    }
    let to = (from + f64::from(PORTION)).min(log.size());
    let slice = log.slice_with_f64_and_f64(from, to)?;
    let buffer = JsFuture::from(slice.array_buffer()).await?;
    Ok(Some((js_sys::Uint8Array::new(&buffer).to_vec(), to)))
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // between 0 and 99
fn whole(percent: f64) -> u8 {
    percent.clamp(0.0, 99.0) as u8
}
