//! A log → what it shows and its masked view, portion by portion: in the worker, or in the page where no worker starts.
//! The raw text is in no state; a portion is forgotten when the next one comes.

use serde::{Deserialize, Serialize};
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

use super::later;
use crate::engine::Conclusion;
use crate::engine::text::{MaskedView, ViewMaker};

/// Bytes read in one go: so little that the page may do it too.
const PORTION: u32 = 256 * 1024;

/// How much of the work the search is, in percent; the view is the rest.
const SEARCH: f64 = 80.0;

/// What came of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Outcome {
    /// What was read, and its text, masked.
    Read(Box<Conclusion>, MaskedView),
    /// Nothing but white space.
    Blank,
    /// The file could not be read.
    Unreadable,
    /// What logs are searched for did not arrive.
    NoPatterns,
}

/// Reads a log and says on the way how many percent are done.
pub async fn read(log: &Blob, progress: &dyn Fn(u8)) -> Outcome {
    match search_and_view(log, progress).await {
        Ok(outcome) => outcome,
        Err(_refused) => Outcome::Unreadable,
    }
}

async fn search_and_view(log: &Blob, progress: &dyn Fn(u8)) -> Result<Outcome, wasm_bindgen::JsValue> {
    let Some(engine) = later::patterns().await else { return Ok(Outcome::NoPatterns) };
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
    let mut view = ViewMaker::new(read.lines, matter(&read));
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
async fn portion(log: &Blob, from: f64) -> Result<Option<(Vec<u8>, f64)>, wasm_bindgen::JsValue> {
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
