//! Practice: what a reader says about a log, held against what the engine says about it.
//!
//! Comes in: an exercise with its [`Solution`], which the engine found when the site was built, and what the reader chose. Goes
//! out: a [`Grade`]. Choosing a way out that deletes data where it is not right fails the exercise, whatever else is right.

use serde::{Deserialize, Serialize};

use super::catalogue::Catalogue;
use super::page::{Block, Inline, Page};
use super::risk::Risk;
use super::situation::Situation;
use super::tree::Answers;

/// All of the training but the glossary.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Training {
    /// What to read first.
    pub start: Page,
    /// In the order of practice; the guided one is among them.
    pub exercises: Vec<Exercise>,
}

/// A log, what else is known, and what to say about it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Exercise {
    /// Kebab-case id, the stem of its file.
    pub id: String,
    /// Whether the guided run uses it.
    pub guided: bool,
    /// Its name on the page.
    pub title: String,
    /// What is known beside the log: it makes the right way out decidable.
    pub brief: Vec<Inline>,
    /// The log, cut to what is needed; it holds no secret.
    pub log: String,
    /// The tree's questions as the brief answers them.
    pub answers: Answers,
    /// What may have happened: the right one and tempting others, in the order shown.
    pub happened: Vec<Situation>,
    /// Why the right way out is right.
    pub why: Vec<Block>,
    /// The other ways out to choose from.
    pub others: Vec<OtherWay>,
    /// What is right; in content that holds together every exercise has it.
    pub solution: Option<Solution>,
}

/// A way out that is not the engine's own answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OtherWay {
    /// Its id.
    pub way_out: String,
    /// Whether it would do as well.
    pub also_right: bool,
    /// Why, or why not.
    pub why: Vec<Inline>,
}

/// What the engine says about an exercise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Solution {
    /// What its log shows.
    pub happened: Situation,
    /// The line that decides, 1-based; none where nothing does.
    pub line: Option<u32>,
    /// Every line that shows it by itself, the deciding one among them; 1-based.
    pub lines: Vec<u32>,
    /// Where the brief's answers lead, by id.
    pub way_out: String,
}

/// What the reader chose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// What happened.
    pub happened: Situation,
    /// The 1-based line that says so.
    pub line: u32,
    /// The way out, by id.
    pub way_out: String,
}

/// How it went, all in all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// All of it is right.
    Right,
    /// Something is not, and no data was lost by it.
    NotYet,
    /// Data that must be kept would be gone, or would have been deleted for nothing.
    Wiped,
}

/// How each part of an attempt did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grade<'e> {
    /// All in all.
    pub verdict: Verdict,
    /// Whether what happened is right.
    pub happened: bool,
    /// Whether the line is right.
    pub line: bool,
    /// Whether the way out is right.
    pub way_out: bool,
    /// What is right.
    pub solution: &'e Solution,
}

/// Holds an attempt against what is right; `None` for an exercise without a solution.
pub fn grade<'e>(catalogue: &Catalogue, exercise: &'e Exercise, attempt: &Attempt) -> Option<Grade<'e>> {
    let deletes_data = catalogue.outcome(&attempt.way_out).is_some_and(|way| way.risk == Risk::Destructive);
    exercise.solution.as_ref().map(|solution| compare(exercise, solution, attempt, deletes_data))
}

/// `deletes_data` says whether the chosen way out does.
fn compare<'e>(exercise: &Exercise, solution: &'e Solution, attempt: &Attempt, deletes_data: bool) -> Grade<'e> {
    let happened = attempt.happened == solution.happened;
    let line = solution.lines.contains(&attempt.line);
    let way_out = attempt.way_out == solution.way_out
        || exercise.other(&attempt.way_out).is_some_and(|other| other.also_right && !deletes_data);
    let verdict = match (deletes_data && !way_out, happened && line && way_out) {
        (true, _) => Verdict::Wiped,
        (false, true) => Verdict::Right,
        (false, false) => Verdict::NotYet,
    };
    Grade { verdict, happened, line, way_out, solution }
}

impl Training {
    /// The exercise of the guided run.
    pub fn guided(&self) -> Option<&Exercise> {
        self.exercises.iter().find(|exercise| exercise.guided)
    }
}

impl Exercise {
    /// What is said about a way out that is not the engine's own answer.
    pub fn other(&self, way_out: &str) -> Option<&OtherWay> {
        self.others.iter().find(|other| other.way_out == way_out)
    }

    /// The lines of the log with their 1-based numbers.
    pub fn lines(&self) -> impl Iterator<Item = (u32, &str)> {
        (1..).zip(self.log.split_terminator('\n'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exercise() -> Exercise {
        let other = |way_out: &str, also_right| OtherWay { way_out: way_out.into(), also_right, why: Vec::new() };
        Exercise {
            id: "x".into(),
            guided: false,
            title: "X".into(),
            brief: Vec::new(),
            log: "one\ntwo\n".into(),
            answers: Answers::new(),
            happened: vec![Situation::Permission, Situation::Healthy],
            why: Vec::new(),
            others: vec![
                other("option-a", false),
                other("option-b", true),
                other("stamp", false),
                other("redeploy", true),
            ],
            solution: None,
        }
    }

    fn solution() -> Solution {
        let way_out = "fix-permissions".to_owned();
        Solution { happened: Situation::Permission, line: Some(2), lines: vec![2, 5], way_out }
    }

    /// The verdict, and whether what happened, the line and the way out are right.
    type Parts = (Verdict, bool, bool, bool);

    fn graded(happened: Situation, line: u32, way_out: &str, deletes_data: bool) -> Parts {
        let attempt = Attempt { happened, line, way_out: way_out.into() };
        let right = solution();
        let grade = compare(&exercise(), &right, &attempt, deletes_data);
        (grade.verdict, grade.happened, grade.line, grade.way_out)
    }

    #[test]
    fn all_right_is_right_by_any_line_that_says_so() {
        let right = (Verdict::Right, true, true, true);
        for line in [2, 5] {
            assert_eq!(graded(Situation::Permission, line, "fix-permissions", false), right);
        }
        assert_eq!(graded(Situation::Permission, 2, "redeploy", false), right, "another right way");
    }

    #[test]
    fn one_wrong_part_is_named() {
        assert_eq!(graded(Situation::Healthy, 2, "fix-permissions", false), (Verdict::NotYet, false, true, true));
        assert_eq!(graded(Situation::Permission, 1, "fix-permissions", false), (Verdict::NotYet, true, false, true));
        assert_eq!(graded(Situation::Permission, 2, "stamp", false), (Verdict::NotYet, true, true, false));
        assert_eq!(graded(Situation::Permission, 2, "nonsense", false), (Verdict::NotYet, true, true, false));
    }

    #[test]
    fn deleting_data_wrongly_fails_whatever_else_is_right() {
        for way_out in ["option-a", "option-b", "not-even-offered"] {
            assert_eq!(
                graded(Situation::Permission, 2, way_out, true),
                (Verdict::Wiped, true, true, false),
                "{way_out}"
            );
        }
    }

    #[test]
    fn deleting_data_is_right_only_where_it_is_the_answer() {
        let right = Solution { way_out: "option-a".into(), ..solution() };
        let attempt = Attempt { happened: Situation::Permission, line: 2, way_out: "option-a".into() };
        assert_eq!(compare(&exercise(), &right, &attempt, true).verdict, Verdict::Right);
    }

    #[test]
    fn lines_are_counted_from_one() {
        assert_eq!(exercise().lines().collect::<Vec<_>>(), [(1, "one"), (2, "two")]);
    }
}
