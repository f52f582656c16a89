//! Every walk through the tree there is: all situations, all values of every fact the tree looks at, all answers.
//!
//! What the contract forbids is looked for in each of them, so that no content file can open a way to deleting data.
//! A walk is one replay with some answers; an end is a walk on which nothing is left to answer. A question with an assumed
//! answer counts as open until the reader answers it.

use std::collections::BTreeSet;

use runbook::embedded::catalogue;
use runbook::engine::advice::Advice;
use runbook::engine::diagnose::Diagnosis;
use runbook::engine::fact::{FactKey, FactSet, Wipe};
use runbook::engine::page::Risk;
use runbook::engine::situation::Situation;
use runbook::engine::tree::{Answers, End, Question, Subject, Walk};

/// What a log can tell the tree: a situation, whether deleting may be offered, whether a reset script runs. And what a server can:
/// whether `public` is there and can be set aside. The log names the tool; of one that does not see
/// `without_a_tool_that_is_asked_first_and_changes_nothing_else`. Which file decided matters for failures of the application alone.
struct Case {
    situation: Situation,
    /// `None` is a value nobody has thought of.
    wipe: Option<Wipe>,
    reset: bool,
    server: Server,
    diagnosis: Diagnosis,
}

/// The facts that a server told: whether `public` can be set aside, whether it is there. A server that was not asked tells none.
type Server = [(FactKey, Option<&'static str>); 2];

/// All that a server can say of the two, together: `tests/answers.rs` has recordings of each value.
fn servers() -> impl Iterator<Item = Server> + Clone {
    let aside = [None, Some("possible"), Some("not-owner"), Some("no-create"), Some("extension")];
    let there = [None, Some("present"), Some("missing")];
    aside
        .into_iter()
        .flat_map(move |aside| there.map(|there| [(FactKey::SetAside, aside), (FactKey::PublicSchema, there)]))
}

const NOT_ASKED: Server = [(FactKey::SetAside, None), (FactKey::PublicSchema, None)];

fn cases() -> Vec<Case> {
    let wipes = || Wipe::ALL.into_iter().map(Some).chain([None]);
    let all = Situation::ALL.iter().flat_map(|situation| wipes().map(|wipe| (*situation, wipe)));
    let all = all.flat_map(|(situation, wipe)| [false, true].map(|reset| (situation, wipe, reset)));
    let all = all.flat_map(|kind| servers().map(move |server| (kind, server)));
    all.map(|((situation, wipe, reset), server)| asked(case(situation, wipe, reset), server)).collect()
}

fn asked(mut case: Case, server: Server) -> Case {
    for (key, value) in server.into_iter().filter_map(|(key, value)| Some((key, value?))) {
        case.diagnosis.facts.set(key, value, Some(1));
    }
    case.server = server;
    case
}

fn case(situation: Situation, wipe: Option<Wipe>, reset: bool) -> Case {
    let mut diagnosis = catalogue().told(situation, None);
    diagnosis.facts.set(FactKey::Wipe, wipe.map_or("something else", Wipe::id), None);
    diagnosis.facts.set(FactKey::ToolSeen, "yes", Some(1));
    if reset {
        diagnosis.facts.set(FactKey::ResetScript, "runs", Some(1));
    }
    Case { situation, wipe, reset, server: NOT_ASKED, diagnosis }
}

/// The cases above are all there are only as long as the tree looks at nothing else.
#[test]
fn the_tree_looks_at_these_facts_alone() {
    let looked_at: BTreeSet<FactKey> = (catalogue().tree.nodes.iter())
        .filter_map(|node| match node.on {
            Subject::Fact(key) => Some(key),
            Subject::Question(_) => None,
        })
        .collect();
    assert_eq!(
        looked_at,
        BTreeSet::from([
            FactKey::Situation,
            FactKey::Wipe,
            FactKey::ResetScript,
            FactKey::ToolSeen,
            FactKey::Signature,
            FactKey::SetAside,
            FactKey::PublicSchema
        ])
    );
}

/// The same where the log names no tool.
fn toolless(mut case: Case) -> Case {
    let mut facts = FactSet::default();
    for (key, fact) in case.diagnosis.facts.iter().filter(|(key, _)| *key != FactKey::ToolSeen) {
        facts.set(key, &fact.value, fact.line);
    }
    case.diagnosis.facts = facts;
    case
}

#[test]
fn without_a_tool_that_is_asked_first_and_changes_nothing_else() {
    for mut case in cases().into_iter().filter(|case| case.server == NOT_ASKED && case.situation.may_wipe()) {
        let seen = case.ends();
        case = toolless(case);
        let ends = case.ends();
        for tool in ["alembic", "create-all"] {
            let behind = |(answers, end): &(Answers, &'static str)| {
                let mut answers = answers.clone();
                (answers.remove("tool").as_deref() == Some(tool)).then_some((answers, *end))
            };
            let behind: Vec<_> = ends.iter().filter_map(behind).collect();
            assert_eq!(behind, seen, "{case:?} {tool}");
        }
        let others = ends.iter().filter(|(answers, _)| !matches!(answers["tool"].as_str(), "alembic" | "create-all"));
        let others: Vec<_> = others.map(|(answers, end)| (answers["tool"].as_str(), *end)).collect();
        assert_eq!(others, [("other", "not-this-runbook"), ("unknown", "collect-more")], "{case:?}");
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
        let mut case = case(Situation::AppError, Some(Wipe::OtherError), false);
        case.diagnosis.facts.set(FactKey::Signature, signature, Some(1));
        assert_eq!(case.ends(), [(Answers::new(), way)], "{signature}");
    }
}

impl Case {
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
        let Case { situation, wipe, reset, server, .. } = self;
        write!(f, "{} (wipe {wipe:?}, reset script {reset}, server {server:?})", situation.id())
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
        assert!(case.situation.may_wipe() && case.wipe == Some(Wipe::Possible), "{case:?} {answers:?} → {id}");
    });
}

#[test]
fn only_the_two_options_delete_data_and_both_are_found() {
    let mut found = BTreeSet::new();
    for case in cases() {
        let ends: BTreeSet<&str> = case.ends().into_iter().map(|(_, id)| id).filter(|id| deletes_data(id)).collect();
        let expected = if case.situation.may_wipe() && case.wipe == Some(Wipe::Possible) {
            &["option-a", "option-b"][..]
        } else {
            &[]
        };
        assert_eq!(ends, expected.iter().copied().collect(), "{case:?}");
        found.extend(ends);
    }
    assert_eq!(found.len(), 2);
}

#[test]
fn walks_are_short() {
    check_ends(|case, answers, id| {
        let most = if deletes_data(id) { 7 } else { 5 };
        assert!(answers.len() <= most, "{case:?}: {} questions to {id}: {answers:?}", answers.len());
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
        assert!(!case.reset || !matches!(id, "redeploy" | "migrate"), "{case:?} {answers:?} → {id}");
    });
}

#[test]
fn both_are_advised_without_one() {
    let advised = |situation| {
        case(situation, Some(Wipe::OtherError), false).ends().into_iter().map(|(_, id)| id).collect::<Vec<_>>()
    };
    assert_eq!(advised(Situation::NotUpToDate), ["migrate"]);
    assert_eq!(advised(Situation::ConcurrentStart), ["redeploy"]);
}

/// A file that is found, or a revision that fits the tables, mends an unknown revision without a question about the data.
#[test]
fn an_unknown_revision_is_first_looked_for() {
    for case in cases().into_iter().filter(|case| case.situation == Situation::UnknownRevision) {
        let ends = case.ends();
        for (answer, way) in [("found", "fix-code"), ("other-revision", "stamp"), ("not-searched", "collect-more")] {
            assert!(ends.contains(&(with(&Answers::new(), "revision-file", answer), way)), "{case:?} {answer}");
        }
        for (answers, id) in ends.into_iter().filter(|(_, id)| deletes_data(id)) {
            assert_eq!(answers.get("revision-file").map(String::as_str), Some("gone"), "{case:?} {answers:?} → {id}");
        }
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
    let without_a_tool = toolless(case(Situation::DuplicateTable, Some(Wipe::Possible), false));
    for (answers, _) in cases().iter().chain([&without_a_tool]).flat_map(Case::ends) {
        seen.extend(answers.into_iter().filter(|(key, value)| {
            tree.question(key).is_some_and(|question| question.not_sure.as_ref() == Some(value))
        }));
    }
    assert_eq!(seen.len(), tree.questions.iter().filter(|question| question.not_sure.is_some()).count());
}

#[test]
fn what_a_server_says_opens_no_other_way_to_deleting_data() {
    let destructive = |case: &Case| -> BTreeSet<(Answers, &'static str)> {
        case.ends().into_iter().filter(|(_, id)| deletes_data(id)).collect()
    };
    for case in cases() {
        let alone = self::case(case.situation, case.wipe, case.reset);
        assert_eq!(destructive(&case), destructive(&alone), "{case:?}");
    }
}

#[test]
fn setting_aside_is_advised_only_where_the_server_does_not_refuse_it() {
    for case in cases() {
        let refused = case.diagnosis.facts.value(FactKey::SetAside).is_some_and(|said| said != "possible");
        let advised = case.ends().iter().any(|(_, id)| *id == "move-aside");
        assert_eq!(advised, case.situation.may_wipe() && case.wipe == Some(Wipe::Possible) && !refused, "{case:?}");
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
