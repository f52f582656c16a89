//! Any bytes in any portions give the same lines as the bytes in one piece.
#![no_main]

use libfuzzer_sys::fuzz_target;
use runbook::engine::text::{Line, Lines};

fn read<'b>(portions: impl Iterator<Item = &'b [u8]>) -> Vec<(u32, String)> {
    let (mut lines, mut read) = (Lines::default(), Vec::new());
    let mut keep = |line: &Line<'_>| read.push((line.number, line.text.to_string()));
    portions.for_each(|portion| lines.push(portion, &mut keep));
    lines.finish(&mut keep);
    read
}

fuzz_target!(|bytes: &[u8]| {
    let size = bytes.first().map_or(1, |first| usize::from(*first).max(1));
    assert_eq!(read(bytes.chunks(size)), read(std::iter::once(bytes)));
});
