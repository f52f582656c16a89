//! Time stamps at the start of a line, enough to put lines in order.

/// A point in time for comparing lines of one log, nanoseconds since the year's or the era's start.
/// Stamps of different shapes are not comparable; one log keeps to one shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Time(u64);

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Reads a stamp of any shape known here; gives the time and the bytes read.
pub(super) fn any(text: &str) -> Option<(Time, usize)> {
    iso(text).or_else(|| dashboard(text)).or_else(|| day_first(text))
}

/// Reads `25/Jan/2026:18:23:52 +0000`, as web servers print it; gives the time and the bytes read.
fn day_first(text: &str) -> Option<(Time, usize)> {
    let mut cursor = Cursor::new(text);
    let day = cursor.number(2)?;
    cursor.byte(b'/')?;
    let month = MONTHS.iter().zip(1_u64..).find(|(name, _)| text.get(3..6) == Some(**name))?.1;
    cursor.at += 3;
    cursor.byte(b'/')?;
    let year = cursor.number(4)?;
    cursor.byte(b':').or_else(|| cursor.byte(b' '))?;
    let clock = cursor.clock()?;
    if cursor.byte(b' ').is_some() {
        cursor.zone();
    }
    Some((at(year, month, day, clock, 0), cursor.at))
}

fn at(year: u64, month: u64, day: u64, clock: u64, nanos: u64) -> Time {
    let days = (year.saturating_sub(1970) * 12 + month) * 31 + day;
    Time((days * 86_400 + clock) * 1_000_000_000 + nanos)
}

/// Reads `2025-11-10T06:42:46.783639904Z` (also with a space, with slashes, an offset, or none); gives the time and the bytes read.
pub(super) fn iso(text: &str) -> Option<(Time, usize)> {
    let mut cursor = Cursor::new(text);
    let year = cursor.number(4)?;
    let separator = if cursor.byte(b'/').is_some() { b'/' } else { b'-' };
    if separator == b'-' {
        cursor.byte(b'-')?;
    }
    let month = cursor.number(2)?;
    cursor.byte(separator)?;
    let day = cursor.number(2)?;
    cursor.byte(b'T').or_else(|| cursor.byte(b' '))?;
    let clock = cursor.clock()?;
    let nanos = cursor.fraction();
    cursor.zone();
    Some((at(year, month, day, clock, nanos), cursor.at))
}

/// Reads `Sep 13 04:40:27 PM`, the Dashboard's own style; gives the time and the bytes read.
pub(super) fn dashboard(text: &str) -> Option<(Time, usize)> {
    let month = MONTHS.iter().zip(1_u64..).find(|(name, _)| text.starts_with(**name))?.1;
    let mut cursor = Cursor { text: text.as_bytes(), at: 3 };
    cursor.byte(b' ')?;
    let _padding = cursor.byte(b' ');
    let day = cursor.number(2).or_else(|| cursor.number(1))?;
    cursor.byte(b' ')?;
    let clock = cursor.clock()?;
    let half_day = cursor.half_day();
    let clock = match half_day {
        Some(afternoon) => clock % 43_200 + if afternoon { 43_200 } else { 0 },
        None => clock,
    };
    Some((Time(((month * 31 + day) * 86_400 + clock) * 1_000_000_000), cursor.at))
}

struct Cursor<'t> {
    text: &'t [u8],
    at: usize,
}

impl<'t> Cursor<'t> {
    fn new(text: &'t str) -> Self {
        Cursor { text: text.as_bytes(), at: 0 }
    }

    fn byte(&mut self, wanted: u8) -> Option<()> {
        (self.text.get(self.at) == Some(&wanted)).then(|| self.at += 1)
    }

    fn number(&mut self, digits: usize) -> Option<u64> {
        let slice = self.text.get(self.at..self.at + digits)?;
        let value = slice.iter().try_fold(0, |sum, b| b.is_ascii_digit().then(|| sum * 10 + u64::from(b - b'0')))?;
        self.at += digits;
        Some(value)
    }

    /// Seconds since midnight.
    fn clock(&mut self) -> Option<u64> {
        let hour = self.number(2).or_else(|| self.number(1))?;
        self.byte(b':')?;
        let minute = self.number(2)?;
        self.byte(b':')?;
        Some(hour * 3600 + minute * 60 + self.number(2)?)
    }

    /// Nanoseconds; 0 without a fraction.
    fn fraction(&mut self) -> u64 {
        if self.byte(b'.').or_else(|| self.byte(b',')).is_none() {
            return 0;
        }
        let mut nanos = 0;
        let mut unit = 100_000_000;
        while let Some(digit) = self.number(1) {
            nanos += digit * unit;
            unit /= 10;
        }
        nanos
    }

    fn zone(&mut self) {
        if self.byte(b'Z').is_some() {
            return;
        }
        let start = self.at;
        let sign = self.byte(b'+').or_else(|| self.byte(b'-'));
        let hours = sign.and_then(|()| self.number(2));
        let _colon = self.byte(b':');
        if hours.and_then(|_| self.number(2)).is_none() {
            self.at = start;
        }
    }

    fn half_day(&mut self) -> Option<bool> {
        let rest = self.text.get(self.at..self.at + 3)?;
        let afternoon = match rest {
            b" AM" => false,
            b" PM" => true,
            _ => return None,
        };
        self.at += 3;
        Some(afternoon)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stamps_order_as_time_does() {
        let early = iso("2026-11-05T18:39:28.085771747Z x").expect("a stamp").0;
        let late = iso("2026-11-05T18:39:28.534089169Z x").expect("a stamp").0;
        assert!(early < late);
        let noon = dashboard("Nov 6 12:00:01 PM x").expect("a stamp").0;
        let morning = dashboard("Nov 6 11:59:59 AM x").expect("a stamp").0;
        let midnight = dashboard("Nov 6 12:00:00 AM x").expect("a stamp").0;
        assert!(midnight < morning && morning < noon);
    }

    #[test]
    fn other_text_is_no_stamp() {
        assert!(iso("2026 users were").is_none());
        assert!(dashboard("May the force").is_none());
        assert_eq!(iso("2026-07-14 21:22:18,492 - SL").expect("a stamp").1, 23);
        assert_eq!(iso("2026-01-25T18:23:52+00:00 x").expect("a stamp").1, 25);
    }
}
