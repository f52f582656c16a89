//! Every walk through the tree there is: all situations, all values of every fact the tree looks at, all answers.
//!
//! What the contract forbids is looked for in each of them, so that no content file can open a way to deleting data.
//! A walk is one replay with some answers; an end is a walk on which nothing is left to answer. A question with an assumed
//! answer counts as open until the reader answers it. A fact is varied wherever some walk looks at it: no list of facts can be short.

use std::collections::BTreeSet;

use runbook::embedded::catalogue;
use runbook::engine::advice::Advice;
use runbook::engine::diagnose::Diagnosis;
use runbook::engine::fact::{FactKey, Wipe};
use runbook::engine::page::Risk;
use runbook::engine::situation::Situation;
use runbook::engine::tree::{Answers, End, Question, Subject, Walk};

/// What a log and a server can tell the tree: a situation, and a value or none for every fact that any walk from there looks at.
#[derive(Clone)]
struct Case {
    situation: Situation,
    /// The facts that were varied; `None` is a fact that nothing tells, or a value nobody has thought of.
    facts: Vec<(FactKey, Option<&'static str>)>,
    diagnosis: Diagnosis,
}

/// Facts that only a server's words tell.
const SERVER: [FactKey; 6] = [
    FactKey::SetAside,
    FactKey::PublicSchema,
    FactKey::Contents,
    FactKey::Version,
    FactKey::Compared,
    FactKey::Recorded,
];

fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for situation in Situation::ALL {
        vary(bare(*situation), &mut cases);
    }
    assert!(cases.len() > 300, "{}", cases.len());
    cases
}

/// A case of which nothing but the situation is known.
fn bare(situation: Situation) -> Case {
    let mut diagnosis = catalogue().told(situation, None);
    diagnosis.facts.set(FactKey::Wipe, "something else", None);
    Case { situation, facts: vec![(FactKey::Situation, Some(situation.id()))], diagnosis }
}

/// The same with every value of the first fact that some walk looks at and that was not varied yet; and so on.
fn vary(case: Case, cases: &mut Vec<Case>) {
    let varied: BTreeSet<FactKey> = case.facts.iter().map(|(key, _)| *key).collect();
    let looked_at = case.looked_at();
    let Some(key) = looked_at.difference(&varied).next() else { return cases.push(case) };
    for value in values(*key).into_iter().map(Some).chain([None]) {
        vary(case.clone().told(*key, value), cases);
    }
}

/// Every value of a fact for which some node has a branch.
fn values(key: FactKey) -> BTreeSet<&'static str> {
    let nodes = catalogue().tree.nodes.iter().filter(|node| node.on == Subject::Fact(key));
    nodes.flat_map(|node| node.branches.iter().map(|branch| branch.value.as_str())).collect()
}

/// A bare case in which deleting could fix what the log shows, if its situation allows.
fn may_wipe(situation: Situation) -> Case {
    bare(situation).told(FactKey::Wipe, Some(Wipe::Possible.id())).told(FactKey::ToolSeen, Some("yes"))
}

impl Case {
    fn told(mut self, key: FactKey, value: Option<&'static str>) -> Self {
        self.facts.push((key, value));
        if let Some(value) = value {
            self.diagnosis.facts.set(key, value, Some(1));
        }
        self
    }

    fn says(&self, key: FactKey) -> Option<&str> {
        self.diagnosis.facts.value(key)
    }

    /// Whether the contract lets deleting be reachable at all.
    fn may_delete(&self) -> bool {
        self.situation.may_wipe() && self.says(FactKey::Wipe) == Some(Wipe::Possible.id())
    }

    /// Every fact that some walk looks at.
    fn looked_at(&self) -> BTreeSet<FactKey> {
        let places = self.places().into_iter().map(|(answers, _)| self.advise(&answers).walk);
        let steps = places.flat_map(|walk| walk.trail.into_iter().map(|step| step.node.on.clone()));
        let facts = steps.filter_map(|on| match on {
            Subject::Fact(key) => Some(key),
            Subject::Question(_) => None,
        });
        facts.collect()
    }

    fn advise(&self, answers: &Answers) -> Advice<'static> {
        catalogue().advise(&self.diagnosis, answers)
    }

    /// Every place a reader can stand on the way, the start included, each with all ends below it.
    fn places(&self) -> Vec<(Answers, BTreeSet<&'static str>)> {
        let mut places = Vec::new();
        self.explore(&Answers::new(), &mut places);
        places
    }

    fn explore(
        &self,
        answers: &Answers,
        places: &mut Vec<(Answers, BTreeSet<&'static str>)>,
    ) -> BTreeSet<&'static str> {
        assert!(answers.len() < 20, "{self:?} never ends: {answers:?}");
        let walk = self.advise(answers).walk;
        let ends = match open_question(&walk) {
            None => BTreeSet::from([outcome(&walk).expect("nothing is left to answer")]),
            Some(question) => {
                let each = question.answers.iter().map(|answer| with(answers, &question.id, &answer.id));
                each.flat_map(|more| self.explore(&more, places)).collect()
            }
        };
        places.push((answers.clone(), ends.clone()));
        ends
    }

    /// All answers that leave nothing to answer.
    fn ends(&self) -> Vec<(Answers, &'static str)> {
        let places = self.places().into_iter().map(|(answers, _)| answers);
        let ended = places.filter(|answers| open_question(&self.advise(answers).walk).is_none());
        ended.map(|answers| (answers.clone(), outcome(&self.advise(&answers).walk).expect("an end"))).collect()
    }
}

impl std::fmt::Debug for Case {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let told: Vec<String> = self.facts.iter().map(|(key, value)| format!("{} {value:?}", key.id())).collect();
        write!(f, "{}", told.join(", "))
    }
}

/// The first question not answered by the reader: one passed on an assumed answer, else the one asked.
fn open_question(walk: &Walk<'static>) -> Option<&'static Question> {
    let assumed = walk.trail.iter().filter(|step| !step.answered).find_map(|step| match &step.node.on {
        Subject::Question(id) => catalogue().tree.question(id),
        Subject::Fact(_) => None,
    });
    assumed.or(match walk.end {
        End::Question(question) => Some(question),
        End::Outcome(_) => None,
    })
}

fn outcome(walk: &Walk<'static>) -> Option<&'static str> {
    match walk.end {
        End::Outcome(id) => Some(id),
        End::Question(_) => None,
    }
}

fn with(answers: &Answers, question: &str, answer: &str) -> Answers {
    let mut more = answers.clone();
    more.insert(question.to_owned(), answer.to_owned());
    more
}

fn deletes_data(id: &str) -> bool {
    catalogue().outcome(id).expect("an outcome with a file").risk == Risk::Destructive
}

/// The answers of the reader that decided on a walk, first to last.
fn decided(walk: &Walk<'_>) -> Vec<(String, String)> {
    let given = walk.trail.iter().filter(|step| step.answered);
    let pairs = given.map(|step| match (&step.node.on, &step.value) {
        (Subject::Question(id), Some(value)) => (id.clone(), value.clone()),
        _ => unreachable!("only questions are answered"),
    });
    pairs.collect()
}

/// Looks at every end there is.
fn check_ends(check: impl Fn(&Case, &Answers, &str)) {
    for case in cases() {
        let ends = case.ends();
        assert!(!ends.is_empty(), "{case:?}");
        for (answers, id) in ends {
            check(&case, &answers, id);
        }
    }
}

#[test]
fn a_tool_that_no_line_names_is_asked_first_and_only_two_answers_open_the_rest() {
    for situation in Situation::ALL.iter().filter(|situation| situation.may_wipe()) {
        let case = bare(*situation).told(FactKey::Wipe, Some(Wipe::Possible.id()));
        let End::Question(first) = case.advise(&Answers::new()).walk.end else { panic!("{case:?} asks nothing") };
        assert_eq!(first.id, "tool", "{case:?}");
        for (answers, id) in case.ends() {
            let ours = answers.get("tool").is_some_and(|tool| matches!(tool.as_str(), "alembic" | "create-all"));
            assert!(ours || !deletes_data(id), "{case:?} {answers:?} → {id}");
        }
        let of = |tool: &str| outcome(&case.advise(&with(&Answers::new(), "tool", tool)).walk);
        assert_eq!([of("other"), of("unknown")], [Some("not-this-runbook"), Some("compare")], "{case:?}");
    }
}

#[test]
fn what_the_platform_did_is_mended_in_settings_and_what_the_code_did_in_the_code() {
    for (signature, way) in [
        ("render/no-port", "fix-configuration"),
        ("render/out-of-memory", "fix-configuration"),
        ("python/wheel-build", "fix-configuration"),
        ("python/code-error", "fix-code"),
        ("python/import-error", "fix-code"),
    ] {
        let case = bare(Situation::AppError).told(FactKey::Signature, Some(signature));
        assert_eq!(case.ends(), [(Answers::new(), way)], "{signature}");
    }
}

// ---- ends ----

#[test]
fn every_walk_ends_in_an_outcome_with_a_file() {
    let mut seen = BTreeSet::new();
    for case in cases() {
        seen.extend(case.ends().into_iter().map(|(_, id)| id));
    }
    let all: BTreeSet<&str> = catalogue().outcomes.iter().map(|outcome| outcome.id.as_str()).collect();
    assert_eq!(seen, all);
}

#[test]
fn data_is_deleted_only_after_both_gates() {
    check_ends(|case, answers, id| {
        if !deletes_data(id) {
            return;
        }
        let walk = case.advise(answers).walk;
        let decided = decided(&walk);
        let gave = |key: &str, values: &[&str]| decided.iter().any(|(k, v)| k == key && values.contains(&v.as_str()));
        assert!(gave("right-database", &["confirmed"]), "{case:?} {answers:?} → {id}");
        assert!(gave("data", &["disposable", "backed-up"]), "{case:?} {answers:?} → {id}");
        if id == "option-b" {
            assert!(gave("tried", &["option-a-refused"]), "{case:?} {answers:?}");
            assert!(gave("ownership", &["cannot-fix"]), "{case:?} {answers:?}");
        }
        assert!(case.may_delete(), "{case:?} {answers:?} → {id}");
    });
}

#[test]
fn only_the_two_options_delete_data_and_both_are_found() {
    for case in cases() {
        let ends: BTreeSet<&str> = case.ends().into_iter().map(|(_, id)| id).filter(|id| deletes_data(id)).collect();
        assert!(ends.is_empty() || case.may_delete(), "{case:?}");
        assert!(ends.iter().all(|id| ["option-a", "option-b"].contains(id)), "{case:?}: {ends:?}");
    }
    for situation in Situation::ALL.iter().filter(|situation| situation.may_wipe()) {
        let ends = may_wipe(*situation).ends();
        let found: BTreeSet<&str> = ends.into_iter().map(|(_, id)| id).filter(|id| deletes_data(id)).collect();
        assert_eq!(found, BTreeSet::from(["option-a", "option-b"]), "{}", situation.id());
    }
}

/// Nobody is asked about the data before the cause is known: before that question another one is answered, or a comparison was read.
#[test]
fn the_cause_comes_before_the_data() {
    for case in cases() {
        for (answers, _) in case.places() {
            let walk = case.advise(&answers).walk;
            let End::Question(question) = walk.end else { continue };
            let known = case.says(FactKey::Compared).is_some() || !answers.is_empty();
            assert!(!matches!(question.id.as_str(), "data" | "right-database") || known, "{case:?}");
        }
    }
}

/// Questions that are asked; one with an assumed answer is only there to be overturned.
fn asked(answers: &Answers) -> usize {
    let tree = &catalogue().tree;
    let is_asked = |id: &&String| tree.question(id).is_some_and(|question| question.assumed.is_none());
    answers.keys().filter(is_asked).count()
}

#[test]
fn walks_are_short() {
    check_ends(|case, answers, id| {
        let most = if deletes_data(id) { 7 } else { 5 };
        assert!(asked(answers) <= most, "{case:?}: {} questions to {id}: {answers:?}", asked(answers));
    });
}

/// A log that names its cause leads to a mild way soon: from every such log some answers need at most two questions.
#[test]
fn a_log_that_names_its_cause_leads_to_a_mild_way_after_two_questions() {
    for case in cases() {
        let mild = case.ends().into_iter().filter(|(_, id)| !deletes_data(id));
        let shortest = mild.map(|(answers, _)| answers.len()).min();
        let most = if case.situation.may_wipe() { 2 } else { 1 };
        assert!(shortest.is_some_and(|questions| questions <= most), "{case:?}: {shortest:?}");
        // Where the data is never in question, no way is longer.
        if !case.situation.may_wipe() {
            assert!(case.ends().iter().all(|(answers, _)| answers.len() <= most), "{case:?}");
        }
    }
}

#[test]
fn no_deploy_is_advised_while_a_reset_script_runs() {
    check_ends(|case, answers, id| {
        let runs = case.says(FactKey::ResetScript).is_some();
        assert!(!runs || !matches!(id, "redeploy" | "migrate" | "end-blocker"), "{case:?} {answers:?} → {id}");
    });
}

#[test]
fn each_is_advised_without_one() {
    let advised = |case: Case| case.ends().into_iter().map(|(_, id)| id).collect::<Vec<_>>();
    assert_eq!(advised(bare(Situation::NotUpToDate)), ["migrate"]);
    assert_eq!(advised(bare(Situation::ConcurrentStart)), ["redeploy"]);
    assert_eq!(advised(bare(Situation::LockOrTimeout)), ["end-blocker"]);
}

/// A release that has the file, or a revision that fits the tables, solves an unknown revision without a question about the data.
#[test]
fn an_unknown_revision_is_first_looked_for() {
    let case = may_wipe(Situation::UnknownRevision);
    let ends = case.ends();
    for (answer, way) in [
        ("older-release", "deploy-other-version"),
        ("found", "deploy-other-version"),
        ("other-revision", "stamp"),
        ("gone", "fix-code"),
        ("not-searched", "compare"),
    ] {
        assert!(ends.contains(&(with(&Answers::new(), "revision-file", answer), way)), "{case:?} {answer}");
    }
    for (answers, id) in ends.into_iter().filter(|(_, id)| deletes_data(id)) {
        assert_eq!(answers.get("revision-file").map(String::as_str), Some("differ"), "{case:?} {answers:?} → {id}");
    }
}

/// Who is not sure of anything ends at what finds it out, and what that prints decides: never at "get more of the log" while the log
/// shows what failed.
#[test]
fn not_being_sure_ends_where_it_is_found_out() {
    let unsure: Answers =
        catalogue().tree.questions.iter().filter_map(|q| Some((q.id.clone(), q.not_sure.clone()?))).collect();
    for case in cases() {
        let end = outcome(&case.advise(&unsure).walk).expect("every question has such an answer, or an assumed one");
        let whole = !matches!(case.situation, Situation::Unknown | Situation::AbortedTransaction);
        assert!(!whole || end != "collect-more", "{case:?}");
        let compared = case.says(FactKey::Compared).is_some() && case.says(FactKey::ToolSeen).is_some();
        assert!(!(compared && case.situation.may_wipe()) || end != "compare", "{case:?}");
    }
}

#[test]
fn unknown_data_counts_as_needed() {
    for case in cases() {
        for (answers, id) in case.ends().into_iter().filter(|(answers, _)| answers.contains_key("data")) {
            if answers.get("data").is_some_and(|data| data == "unknown") {
                assert_eq!(outcome(&case.advise(&with(&answers, "data", "needed")).walk), Some(id), "{case:?}");
            }
        }
    }
}

/// Whoever does not know is never led to deleting data, whatever else was answered.
#[test]
fn not_being_sure_deletes_nothing() {
    let tree = &catalogue().tree;
    for question in &tree.questions {
        assert!(question.not_sure.is_some() || question.assumed.is_some(), "{}", question.id);
        assert!(question.not_sure.as_ref().is_none_or(|answer| tree.knows(&question.id, answer)), "{}", question.id);
    }
    let mut seen = BTreeSet::new();
    check_ends(|case, answers, id| {
        for question in &tree.questions {
            let not_sure = question.not_sure.as_ref().is_some_and(|answer| answers.get(&question.id) == Some(answer));
            assert!(!(not_sure && deletes_data(id)), "{case:?} {answers:?} → {id}");
        }
    });
    for (answers, _) in cases().iter().flat_map(Case::ends) {
        seen.extend(answers.into_iter().filter(|(key, value)| {
            tree.question(key).is_some_and(|question| question.not_sure.as_ref() == Some(value))
        }));
    }
    assert_eq!(seen.len(), tree.questions.iter().filter(|question| question.not_sure.is_some()).count());
}

#[test]
fn what_a_server_says_opens_no_other_way_to_deleting_data() {
    let destructive = |case: &Case| -> BTreeSet<&'static str> {
        case.ends().into_iter().map(|(_, id)| id).filter(|id| deletes_data(id)).collect()
    };
    for case in cases() {
        let told = |key: &FactKey| !SERVER.contains(key) && *key != FactKey::Situation;
        let facts = case.facts.iter().filter(|(key, _)| told(key));
        let alone = facts.fold(bare(case.situation), |alone, (key, value)| alone.told(*key, *value));
        assert!(destructive(&case).is_subset(&destructive(&alone)), "{case:?}");
    }
}

#[test]
fn setting_aside_is_advised_only_where_the_server_does_not_refuse_it() {
    for case in cases() {
        let refused = case.says(FactKey::SetAside).is_some_and(|said| said != "possible");
        let advised = case.ends().iter().any(|(_, id)| *id == "move-aside");
        assert!(!advised || case.may_delete() && !refused, "{case:?}");
    }
    for situation in Situation::ALL.iter().filter(|situation| situation.may_wipe()) {
        assert!(may_wipe(*situation).ends().iter().any(|(_, id)| *id == "move-aside"), "{}", situation.id());
    }
}

// ---- what can still be reached ----

#[test]
fn reachable_is_what_enumeration_finds() {
    for case in cases() {
        for (answers, ends) in case.places() {
            let advice = case.advise(&answers);
            let reachable: BTreeSet<&str> = advice.reachable.iter().copied().collect();
            assert_eq!(reachable.len(), advice.reachable.len(), "no outcome twice");
            match outcome(&advice.walk) {
                Some(id) => assert_eq!(advice.reachable, [id], "{case:?} {answers:?}"),
                None => assert_eq!(reachable, ends, "{case:?} {answers:?}"),
            }
        }
    }
}

#[test]
fn reachable_stands_in_the_order_of_the_content() {
    let order = |id: &&str| catalogue().outcomes.iter().position(|outcome| outcome.id == *id);
    for case in cases() {
        assert!(case.advise(&Answers::new()).reachable.is_sorted_by_key(order), "{case:?}");
    }
}

#[test]
fn one_more_answer_never_opens_a_way() {
    for case in cases() {
        for (answers, _) in case.places() {
            let advice = case.advise(&answers);
            let End::Question(question) = advice.walk.end else { continue };
            for answer in &question.answers {
                let next = case.advise(&with(&answers, &question.id, &answer.id)).reachable;
                let outside = next.iter().find(|id| !advice.reachable.contains(id));
                assert_eq!(outside, None, "{case:?} {answers:?} + {}={}", question.id, answer.id);
            }
        }
    }
}

// ---- answers ----

#[test]
fn answers_to_questions_not_on_the_walk_are_ignored() {
    for case in cases() {
        for (answers, _) in case.ends() {
            let plain = case.advise(&answers);
            for question in catalogue().tree.questions.iter().filter(|q| !answers.contains_key(&q.id)) {
                for answer in &question.answers {
                    assert_eq!(case.advise(&with(&answers, &question.id, &answer.id)), plain, "{case:?} {answers:?}");
                }
            }
        }
    }
}

#[test]
fn unknown_keys_and_values_are_ignored() {
    for case in cases() {
        let plain = case.advise(&Answers::new());
        for (key, value) in [("dat", "disposable"), ("data", "Disposable"), ("", ""), ("relation", "users")] {
            assert_eq!(case.advise(&with(&Answers::new(), key, value)), plain, "{case:?} {key}={value}");
        }
    }
}

#[test]
fn overturning_one_answer_keeps_the_others() {
    for case in cases() {
        for (answers, _) in case.ends() {
            overturn_each(&case, &answers);
        }
    }
}

fn overturn_each(case: &Case, answers: &Answers) {
    let before = case.advise(answers);
    let given = decided(&before.walk);
    assert_eq!(given.len(), answers.len(), "{case:?}: every answer decides: {answers:?}");
    for (place, (key, value)) in given.iter().enumerate() {
        let question = catalogue().tree.question(key).expect("a question");
        for other in question.answers.iter().filter(|answer| answer.id != *value) {
            let changed = with(answers, key, &other.id);
            let after = decided(&case.advise(&changed).walk);
            assert!(
                after.starts_with(given.get(..place).unwrap_or_default()),
                "{case:?} {answers:?} {key}={}",
                other.id
            );
            assert!(after.iter().all(|(k, v)| changed.get(k) == Some(v)), "{case:?} {answers:?} {key}={}", other.id);
            assert_eq!(case.advise(&with(&changed, key, value)), before, "going back loses nothing");
        }
    }
}
