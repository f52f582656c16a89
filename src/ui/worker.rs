//! The page's side of the program that reads logs ([`super::reading`]): it is started once the page answers, and given orders.
//!
//! It runs in a worker, so that the page never waits; where none starts, in the page, which talks to it in the same way. Orders
//! that wait for it are posted when it says that it listens.

use std::cell::RefCell;
use std::collections::BTreeMap;

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, MessageChannel, MessageEvent, MessagePort, Worker, WorkerOptions, WorkerType};

use super::browser;
use super::reading::{Message, News, Outcome};
use crate::engine::situation::Situation;
use crate::engine::sql::Edition;

type Listener = Box<dyn FnMut(News)>;

/// Where the reader runs.
enum Reader {
    Worker(Worker),
    /// In the page: it can't be stopped there, only not listened to.
    Here(MessagePort),
}

impl Reader {
    fn post(&self, order: &JsValue) {
        // Orders are texts and blobs, which can always be posted.
        let _posted = match self {
            Self::Worker(worker) => worker.post_message(order),
            Self::Here(port) => port.post_message(order),
        };
    }
}

/// What was ordered and is not done.
struct Order {
    message: JsValue,
    listener: Option<Listener>,
}

#[derive(Default)]
struct Desk {
    reader: Option<Reader>,
    ready: bool,
    orders: BTreeMap<u32, Order>,
    /// Counts the orders, so that news of one given up reaches nobody.
    turn: u32,
    /// The log that is read.
    log: Option<u32>,
}

thread_local! {
    static DESK: RefCell<Desk> = RefCell::default();
}

/// Has a log read; what was being read before is given up.
pub fn read(log: Blob, listener: impl FnMut(News) + 'static) {
    stop();
    let turn = order("", &log.into(), Box::new(listener));
    DESK.with_borrow_mut(|desk| desk.log = Some(turn));
}

/// Has judged what a text that was run printed.
pub fn judge(edition: Edition, printed: &str, listener: impl FnMut(News) + 'static) {
    order(edition.id(), &printed.into(), Box::new(listener));
}

/// Asks for the headline of a file that decided; `None` where there is none of this id for this situation, or nobody answers.
pub fn headline(situation: Situation, signature: &str, listener: impl Fn(Option<String>) + 'static) {
    let heard = move |news| match news {
        News::Done(Outcome::Headline(headline)) => listener(headline),
        News::Done(_) => listener(None),
        News::Ready | News::NotReady | News::Progress(_) => {}
    };
    order(situation.id(), &signature.into(), Box::new(heard));
}

/// Gives up the log that is read; a worker that was busy with it is replaced.
pub fn stop() {
    let busy = DESK.with_borrow_mut(|desk| {
        let given_up = desk.log.take().and_then(|turn| desk.orders.remove(&turn));
        let is_worker = matches!(desk.reader, Some(Reader::Worker(_)));
        (given_up.is_some() && desk.ready && is_worker).then(|| desk.reader.take()).flatten()
    });
    if let Some(Reader::Worker(worker)) = busy {
        worker.terminate();
        start();
    }
}

fn order(about: &str, what: &JsValue, listener: Listener) -> u32 {
    let (turn, nobody) = DESK.with_borrow_mut(|desk| {
        desk.turn += 1;
        let message = js_sys::Array::of3(&desk.turn.into(), &about.into(), what).into();
        match &desk.reader {
            Some(reader) if desk.ready => reader.post(&message),
            _ => {}
        }
        desk.orders.insert(desk.turn, Order { message, listener: Some(listener) });
        (desk.turn, desk.reader.is_none())
    });
    if nobody {
        start();
    }
    turn
}

/// Starts the reader, so that it is there before the log.
pub fn start() {
    match start_worker() {
        Some(worker) => sit(Reader::Worker(worker)),
        None => not_started(),
    }
}

fn sit(reader: Reader) {
    DESK.with_borrow_mut(|desk| (desk.reader, desk.ready) = (Some(reader), false));
}

fn start_worker() -> Option<Worker> {
    let (script, files) = browser::reader_files()?;
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    options.set_name(&files);
    let worker = Worker::new_with_options(&script, &options).ok()?;
    worker.set_onmessage(Some(&listening()));
    let fail = Closure::<dyn Fn()>::new(failed);
    worker.set_onerror(Some(fail.as_ref().unchecked_ref()));
    fail.forget();
    Some(worker)
}

/// No worker started: if something waits, the page reads by itself.
fn not_started() {
    let waits = DESK.with_borrow_mut(|desk| {
        desk.reader = None;
        !desk.orders.is_empty()
    });
    if waits {
        spawn_local(async {
            if start_here().await.is_none() {
                nobody(Outcome::NoReader);
            }
        });
    }
}

async fn start_here() -> Option<()> {
    let (_, files) = browser::reader_files()?;
    let channel = MessageChannel::new().ok()?;
    channel.port1().set_onmessage(Some(&listening()));
    sit(Reader::Here(channel.port1()));
    let start = js_sys::Reflect::get(&js_sys::global(), &"startReader".into()).ok()?;
    let start: js_sys::Function = start.dyn_into().ok()?;
    let started = start.call2(&JsValue::NULL, &files.into(), &channel.port2()).ok()?;
    JsFuture::from(js_sys::Promise::from(started)).await.ok().map(|_| ())
}

fn listening() -> js_sys::Function {
    let hear = Closure::<dyn Fn(MessageEvent)>::new(|event: MessageEvent| heard(&event.data()));
    hear.into_js_value().unchecked_into()
}

fn heard(data: &JsValue) {
    let bytes = data.dyn_ref::<js_sys::Uint8Array>().map(js_sys::Uint8Array::to_vec);
    match bytes.and_then(|bytes| postcard::from_bytes(&bytes).ok()) {
        Some(Message { news: News::Ready, .. }) => DESK.with_borrow_mut(|desk| {
            desk.ready = true;
            for order in desk.orders.values() {
                desk.reader.iter().for_each(|reader| reader.post(&order.message));
            }
        }),
        Some(Message { news: News::NotReady, .. }) => nobody(Outcome::NoReader),
        Some(Message { turn, news }) => tell(turn, news),
        None => failed(),
    }
}

/// The worker did not start, or broke down over an order.
fn failed() {
    if DESK.with_borrow(|desk| desk.ready) {
        nobody(Outcome::Unreadable);
    } else {
        not_started();
    }
}

/// Nobody will do what was ordered; the next order starts a new reader.
fn nobody(outcome: Outcome) {
    let lost = DESK.with_borrow_mut(|desk| {
        desk.reader = None;
        desk.orders.keys().copied().collect::<Vec<_>>()
    });
    for turn in lost {
        tell(turn, News::Done(outcome.clone()));
    }
}

/// Tells who ordered it. They are called outside the borrow: they may order more.
fn tell(turn: u32, news: News) {
    let take = |desk: &mut Desk| desk.orders.get_mut(&turn).and_then(|order| order.listener.take());
    let Some(mut listener) = DESK.with_borrow_mut(take) else { return };
    let done = matches!(news, News::Done(_));
    if done {
        DESK.with_borrow_mut(|desk| desk.orders.remove(&turn));
    }
    listener(news);
    if !done {
        DESK.with_borrow_mut(|desk| {
            if let Some(order) = desk.orders.get_mut(&turn) {
                order.listener = Some(listener);
            }
        });
    }
}
