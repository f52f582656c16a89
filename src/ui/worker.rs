//! The worker: the same program in a thread without a page, which reads logs so that the page never waits.
//!
//! The page posts a log as a `Blob`; the worker answers with numbers (percent done) and, last, with the bytes of an
//! [`Outcome`]. It says [`READY`] first, because what is posted before it listens would be lost. Where no worker starts the page reads
//! by itself, in the same portions.

use std::cell::RefCell;

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Blob, DedicatedWorkerGlobalScope, MessageEvent, Worker, WorkerOptions, WorkerType};

use super::reading::{self, Outcome};
use super::{browser, later};

/// The worker's first word.
const READY: &str = "ready";

/// What a reader hears of a log on its way.
#[derive(Debug)]
pub enum News {
    /// Percent done.
    Progress(u8),
    /// What came of it; nothing follows.
    Done(Outcome),
}

type Listener = Box<dyn FnMut(News)>;

/// The page's side.
#[derive(Default)]
struct Desk {
    worker: Option<Worker>,
    ready: bool,
    log: Option<Blob>,
    listener: Option<Listener>,
    /// Counts the logs, so that news of one given up reaches nobody.
    turn: u32,
}

thread_local! {
    static DESK: RefCell<Desk> = RefCell::default();
}

// ---- in the worker ----

/// Listens for logs, as long as the page is there.
pub fn serve() {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let here = scope.clone();
    let hear = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        let (scope, log) = (here.clone(), event.data().unchecked_into::<Blob>());
        spawn_local(async move {
            let outcome = reading::read(&log, &|percent| post(&scope, &JsValue::from(percent))).await;
            let bytes = postcard::to_allocvec(&outcome).unwrap_or_default();
            post(&scope, &js_sys::Uint8Array::from(bytes.as_slice()));
        });
    });
    scope.set_onmessage(Some(hear.as_ref().unchecked_ref()));
    hear.forget();
    post(&scope, &READY.into());
    // What logs are searched for comes before the first log.
    spawn_local(async {
        later::patterns().await;
    });
}

fn post(scope: &DedicatedWorkerGlobalScope, message: &JsValue) {
    // A page that is gone hears nothing.
    let _gone = scope.post_message(message);
}

// ---- in the page ----

/// Starts the worker, so that it is there before the log.
pub fn start() {
    let Some((script, files)) = browser::program_files() else { return };
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    options.set_name(&files);
    let Ok(worker) = Worker::new_with_options(&script, &options) else { return };
    let hear = Closure::<dyn Fn(MessageEvent)>::new(|event: MessageEvent| heard(&event.data()));
    worker.set_onmessage(Some(hear.as_ref().unchecked_ref()));
    hear.forget();
    let fail = Closure::<dyn Fn()>::new(failed);
    worker.set_onerror(Some(fail.as_ref().unchecked_ref()));
    fail.forget();
    DESK.with_borrow_mut(|desk| (desk.worker, desk.ready) = (Some(worker), false));
}

/// Has a log read; what was being read before is given up.
pub fn read(log: Blob, listener: impl FnMut(News) + 'static) {
    stop();
    let listener: Listener = Box::new(listener);
    DESK.with_borrow_mut(|desk| (desk.log, desk.listener) = (Some(log), Some(listener)));
    go_on();
}

/// Gives up what is being read; a worker that was busy is replaced.
pub fn stop() {
    let busy = DESK.with_borrow_mut(|desk| {
        desk.turn += 1;
        let reads = desk.listener.take().is_some() && desk.log.take().is_none();
        if reads { desk.worker.take() } else { None }
    });
    if let Some(worker) = busy {
        worker.terminate();
        start();
    }
}

/// Posts the log that waits, once somebody listens; without a worker the page reads it.
fn go_on() {
    let here = DESK.with_borrow_mut(|desk| {
        let worker = desk.worker.as_ref();
        match worker {
            Some(_) if !desk.ready => None,
            Some(worker) => {
                let log = desk.log.take()?;
                worker.post_message(&log).err().map(|_| log)
            }
            None => desk.log.take(),
        }
    });
    if let Some(log) = here {
        spawn_local(async move {
            let turn = turn();
            let outcome = reading::read(&log, &|percent| tell(turn, News::Progress(percent))).await;
            tell(turn, News::Done(outcome));
        });
    }
}

fn heard(message: &JsValue) {
    if message.as_string().is_some() {
        DESK.with_borrow_mut(|desk| desk.ready = true);
        go_on();
    } else if let Some(percent) = message.as_f64() {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // it was one in the worker
        tell(turn(), News::Progress(percent as u8));
    } else {
        let bytes = js_sys::Uint8Array::new(message).to_vec();
        tell(turn(), News::Done(postcard::from_bytes(&bytes).unwrap_or(Outcome::Unreadable)));
    }
}

/// The worker did not start: from now on the page reads by itself.
fn failed() {
    let lost = DESK.with_borrow_mut(|desk| {
        desk.worker = None;
        desk.ready && desk.log.is_none() && desk.listener.is_some()
    });
    if lost {
        tell(turn(), News::Done(Outcome::Unreadable));
    } else {
        go_on();
    }
}

fn turn() -> u32 {
    DESK.with_borrow(|desk| desk.turn)
}

/// Tells the listener of this turn. It is called outside the borrow: it may have the next log read.
fn tell(told: u32, news: News) {
    let done = matches!(news, News::Done(_));
    let take = |desk: &mut Desk| if desk.turn == told { desk.listener.take() } else { None };
    let Some(mut listener) = DESK.with_borrow_mut(take) else { return };
    listener(news);
    if !done && turn() == told {
        DESK.with_borrow_mut(|desk| desk.listener = Some(listener));
    }
}
