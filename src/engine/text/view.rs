//! What was read, masked, for the reader to look at again: the raw text is not kept.

use serde::{Deserialize, Serialize};

use super::mask::{Excerpt, Masker};
use super::secret::Carry;
use super::{Cut, Line, Lines, Rejoin};

/// A log of at most this many lines is shown whole.
const WHOLE: u32 = 200;

/// Of a longer one, this many lines before and behind each line that matters.
const NEAR: u32 = 8;

/// Lines of a log, masked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MaskedView {
    /// The lines kept, with their 1-based numbers; a gap in the numbers is a gap in the text.
    pub lines: Vec<(u32, Excerpt)>,
    /// How many lines the log has.
    pub all: u32,
    /// How many places are masked in the lines kept.
    pub masked: usize,
}

/// Makes the masked view of a log that comes in portions, once it is known which of its lines matter: the log is read again.
#[derive(Debug)]
pub struct ViewMaker<'m> {
    lines: Lines,
    kept: Kept<'m>,
}

#[derive(Debug)]
struct Kept<'m> {
    masker: &'m Masker<'m>,
    all: u32,
    lines: Vec<Shown>,
    whole: bool,
    matter: Vec<u32>,
    carry: Carry,
    rejoin: Rejoin,
}

/// A line that is kept, and how many secrets are hidden in it.
#[derive(Debug)]
struct Shown {
    number: u32,
    text: Excerpt,
    secrets: usize,
}

impl<'m> ViewMaker<'m> {
    /// For a log of so many lines, of which these matter (1-based numbers): it is kept whole when short, else what is near them.
    pub fn new(all: u32, matter: Vec<u32>, masker: &'m Masker<'m>) -> Self {
        let (carry, rejoin) = (Carry::default(), Rejoin::default());
        let kept = Kept { masker, all, lines: Vec::new(), whole: all <= WHOLE, matter, carry, rejoin };
        ViewMaker { lines: Lines::default(), kept }
    }

    /// Reads more of the log.
    pub fn push(&mut self, bytes: &[u8]) {
        let ViewMaker { lines, kept } = self;
        lines.push(bytes, &mut |line| kept.read(line));
    }

    /// The view, when no more comes.
    pub fn finish(self) -> MaskedView {
        let ViewMaker { lines, mut kept } = self;
        lines.finish(&mut |line| kept.read(line));
        let masked = kept.lines.iter().map(|line| line.secrets).sum();
        let lines = kept.lines.into_iter().map(|line| (line.number, line.text)).collect();
        MaskedView { lines, all: kept.all, masked }
    }
}

impl Kept<'_> {
    fn read(&mut self, line: &Line<'_>) {
        let secrets = self.masker.find_next(line, self.masker.suspicion(&line.text), &mut self.carry);
        if self.whole || self.matter.iter().any(|m| m.abs_diff(line.number) <= NEAR) {
            let text = Masker::on_screen(&line.text, &secrets);
            self.lines.push(Shown { number: line.number, text, secrets: secrets.len() });
        }
        let Kept { masker, lines, rejoin, .. } = self;
        rejoin.next(line, |cut| Cut::BETWEEN.into_iter().for_each(|between| hide_cut(masker, lines, cut, between)));
    }
}

/// A secret that the edge of a terminal cut in two is in neither line alone: it is hidden in the first, and the rest goes.
fn hide_cut(masker: &Masker<'_>, lines: &mut [Shown], cut: Cut<'_>, between: &str) {
    if !masker.is_cut(cut, between) {
        return;
    }
    let begin = lines.partition_point(|line| line.number < cut.number());
    let whole = cut.whole(between).text;
    let secrets = masker.secrets().find(&whole);
    for line in lines.iter_mut().skip(begin) {
        *line = if line.number == cut.number() {
            let text = Masker::on_screen(&whole, &secrets);
            Shown { text, secrets: secrets.len(), ..*line }
        } else {
            Shown { text: Excerpt::hidden(), secrets: 1, ..*line }
        };
    }
}

#[cfg(test)]
mod tests {
    use super::super::Vocabulary;
    use super::super::secret::{NameRules, SecretRules};
    use super::*;

    fn view(text: &str, all: u32, matter: &[u32]) -> MaskedView {
        let names = NameRules { words: ["password", "pgpassword"].into_iter().collect(), ..NameRules::default() };
        let rules = SecretRules { names, ..SecretRules::default() };
        let masker = Masker::new(&rules, Vocabulary::of([], ""));
        let mut reading = ViewMaker::new(all, matter.to_vec(), &masker);
        reading.push(text.as_bytes());
        reading.finish()
    }

    #[test]
    fn a_short_log_is_whole_and_its_secrets_are_counted() {
        let view = view("one\nPGPASSWORD=hunter2 x\npostgres://u:pw@h/d ***\n", 3, &[]);
        let lines: Vec<_> = view.lines.iter().map(|(number, text)| (*number, text.as_str())).collect();
        assert_eq!(lines, [(1, "one"), (2, "PGPASSWORD=*** x"), (3, "postgres://u:***@h/d ***")]);
        assert_eq!((view.all, view.masked), (3, 2));
    }

    #[test]
    fn of_a_long_log_only_what_is_near_is_kept() {
        let text = "line\n".repeat(1000);
        let view = view(&text, 1000, &[5, 500]);
        let numbers: Vec<u32> = view.lines.iter().map(|(number, _)| *number).collect();
        assert_eq!(numbers, (1..=13).chain(492..=508).collect::<Vec<_>>());
        assert_eq!(view.all, 1000);
    }

    #[test]
    fn a_secret_that_was_cut_is_hidden_whole() {
        let text = "could not connect to postgresql://me:hunter\n2/x@dpg-1-a/shop\nnext line";
        let view = view(text, 3, &[]);
        let lines: Vec<_> = view.lines.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(lines, ["could not connect to postgresql://me:***@dpg-1-a/shop", "***", "next line"]);
        assert_eq!(view.masked, 2);
    }

    #[test]
    fn a_key_in_several_lines_is_masked_whole() {
        let view = view("a\n-----BEGIN RSA PRIVATE KEY-----\nab/cd\n-----END RSA PRIVATE KEY-----\nb", 5, &[]);
        let lines: Vec<_> = view.lines.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(lines, ["a", "***", "***", "***", "b"]);
        assert_eq!(view.masked, 3);
    }
}
