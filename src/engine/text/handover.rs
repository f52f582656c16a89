//! A whole log as it may be handed on: line for line, and of each line only what may leave.

use std::ops::Range;

use super::mask::Masker;
use super::secret::{Carry, joined};
use super::{Line, Lines, prefix};

/// Finds the message on a line: bytes, in order.
type Messages<'m> = &'m dyn Fn(&str) -> Vec<Range<usize>>;

/// Masks a log that comes in portions. Every line of the input gives one line.
#[allow(missing_debug_implementations)] // it holds a function
pub struct HandedOver<'m> {
    lines: Lines,
    masking: Masking<'m>,
}

struct Masking<'m> {
    masker: &'m Masker<'m>,
    messages: Messages<'m>,
    carry: Carry,
    /// The 1-based number of the line written last.
    number: u32,
}

impl<'m> HandedOver<'m> {
    /// Shows the messages that a function finds on a line.
    pub fn new(masker: &'m Masker<'m>, messages: Messages<'m>) -> Self {
        let masking = Masking { masker, messages, carry: Carry::default(), number: 1 };
        HandedOver { lines: Lines::as_printed(), masking }
    }

    /// Reads more of the log and gives what may be handed on of it.
    pub fn push(&mut self, bytes: &[u8]) -> String {
        let (mut masked, masking) = (String::new(), &mut self.masking);
        self.lines.push(bytes, &mut |line| masking.write(line, &mut masked));
        masked
    }

    /// What is left when no more comes. The last line ends like the others.
    pub fn finish(self) -> String {
        let HandedOver { lines, mut masking } = self;
        let mut masked = String::new();
        lines.finish(&mut |line| masking.write(line, &mut masked));
        masked.push('\n');
        masked
    }
}

impl Masking<'_> {
    fn write(&mut self, line: &Line<'_>, masked: &mut String) {
        for _ in self.number..line.number {
            masked.push('\n');
        }
        self.number = line.number;
        let secrets = self.masker.secrets().find_next(&line.text, &mut self.carry);
        let stamp = 0..prefix::stamp_length(&line.text);
        let messages = joined((self.messages)(&line.text).into_iter().chain([stamp]).collect());
        masked.push_str(&self.masker.leaving_whole(&line.text, &messages, &secrets));
    }
}
