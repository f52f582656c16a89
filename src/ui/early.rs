//! Takes over what `src/early.js` kept of the time before the program ran: taps and typed text are done again, a log is read.

use wasm_bindgen::prelude::*;

use super::intake;
use super::place::Place;
use super::state::Session;

/// Takes everything over; once, when the page answers.
pub(super) fn take_over(session: Session, place: Place) {
    let take = js_sys::Reflect::get(&js_sys::global(), &"takeEarly".into());
    // A page whose small script did not come kept nothing.
    let Ok(take) = take.and_then(JsCast::dyn_into::<js_sys::Function>) else { return };
    let read = Closure::once_into_js(move |log: JsValue| intake::early(session, place, &log));
    // What it did again may have failed as it would have failed at once.
    let _failed = take.call1(&JsValue::NULL, &read);
}
