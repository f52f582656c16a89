//! What a step printed → whether it worked.
//!
//! Comes in: the edition that was run, what its client printed, and the [`Reply`]s of the content. Goes out: a [`Judgement`]. Of a text
//! the last run counts, and in it the first line that reports a failure; it worked only where all lines that prove it are there. A word
//! like `GRANT` alone proves nothing.

use serde::{Deserialize, Serialize};

use super::{Answer, Kind};
use crate::engine::signature::Matcher;
use crate::engine::sql::Edition;
use crate::engine::text::Lines;
use crate::engine::text::mask::Excerpt;

/// What a client may print after a step, and what it means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reply {
    /// Kebab-case id.
    pub id: String,
    /// The editions it can follow, by id; none: all.
    pub editions: Vec<String>,
    /// Whether the step then worked.
    pub worked: bool,
    /// What it means, in plain words.
    pub text: String,
    /// Where a reader goes on: an answer to a question, or a fact, and its value.
    pub go: Option<(String, String)>,
    /// The lines: of a failure any is enough, of a success all must be there. Without any the step's own tables decide.
    pub matchers: Vec<Matcher>,
}

/// Whether a step worked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verdict {
    /// It did.
    Worked,
    /// It did not.
    Failed,
    /// The text does not say.
    NotRecognised,
}

/// What follows from what a step printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judgement {
    /// Whether it worked.
    pub verdict: Verdict,
    /// The reply that decided, by id; `None` when nothing was recognised.
    pub reply: Option<String>,
    /// What it means, in plain words; empty when nothing was recognised.
    pub text: String,
    /// Where a reader goes on: an answer to a question, or a fact, and its value.
    pub go: Option<(String, String)>,
    /// The 1-based line that decided, masked.
    pub line: Option<(u32, Excerpt)>,
}

/// Judges what `edition` printed.
pub fn judge(replies: &[Reply], edition: Edition, text: &[u8]) -> Judgement {
    let lines = last_run(text);
    let follows = |reply: &&Reply| reply.editions.is_empty() || reply.editions.iter().any(|id| id == edition.id());
    let seen = |matcher: &Matcher| lines.iter().find(|(_, line)| matcher.find(line).is_some());
    let replies = || replies.iter().filter(follows);
    // Of several failures the first line is the cause; of several replies on one line the content's first.
    let failed = lines.iter().find_map(|line| {
        let says = |reply: &&Reply| !reply.worked && reply.matchers.iter().any(|m| m.find(&line.1).is_some());
        replies().find(says).map(|reply| (reply, Some(line)))
    });
    let proved = || {
        let all = |reply: &&Reply| !reply.matchers.is_empty() && reply.worked && reply.matchers.iter().all(|m| seen(m).is_some());
        replies().find(all).map(|reply| (reply, reply.matchers.last().and_then(seen)))
    };
    let read = || {
        let well = reads(edition, text)?;
        replies().find(|reply| reply.matchers.is_empty() && reply.worked == well).map(|reply| (reply, None))
    };
    match failed.or_else(proved).or_else(read) {
        Some((reply, line)) => Judgement {
            verdict: if reply.worked { Verdict::Worked } else { Verdict::Failed },
            reply: Some(reply.id.clone()),
            text: reply.text.clone(),
            go: reply.go.clone(),
            line: line.map(|(number, text)| (*number, Excerpt::of(text))),
        },
        None => Judgement { verdict: Verdict::NotRecognised, reply: None, text: String::new(), go: None, line: None },
    }
}

/// For an edition that only reads: whether its tables are there, and show what they should.
fn reads(edition: Edition, text: &[u8]) -> Option<bool> {
    let answer = Answer::read(text)?;
    match edition {
        Edition::State => answer.rows(Kind::Schemas).or_else(|| answer.rows(Kind::Connection)).map(|_| true),
        Edition::Verify => answer.rows(Kind::PublicAfter).map(|_| answer.is_well()),
        _ => None,
    }
}

/// What one of our texts printed that changes something, found without being told which: a transaction that begins as ours do, or a
/// stop that only they have.
pub(super) fn ran(replies: &[Reply], text: &[u8]) -> Option<Judgement> {
    let lines = last_run(text);
    let settings = lines.iter().filter(|(_, line)| line.trim() == "SET").count();
    let begins = lines.first().is_some_and(|(_, line)| line.trim() == "BEGIN");
    let stops = lines.iter().any(|(_, line)| line.contains("ERROR:  STOP: "));
    // The texts that only read set two things; Option A's replies are those of all that commit.
    let judgement = ((begins && settings > 2) || stops).then(|| judge(replies, Edition::OptionA, text))?;
    (judgement.verdict != Verdict::NotRecognised).then_some(judgement)
}

/// The lines of the last run in the text: a transaction begins with the word `BEGIN` alone on its line.
fn last_run(text: &[u8]) -> Vec<(u32, String)> {
    let (mut reader, mut lines) = (Lines::as_printed(), Vec::new());
    let mut each = |line: &crate::engine::text::Line<'_>| {
        if line.text.trim() == "BEGIN" {
            lines.clear();
        }
        lines.push((line.number, line.text.to_string()));
    };
    reader.push(text, &mut each);
    reader.finish(&mut each);
    lines
}
