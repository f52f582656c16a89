//! A confirmation, an answer and a tick about deleting belong to the name they were given for: whatever sets a name, in whatever order,
//! no other name inherits them.

use leptos::prelude::*;
use proptest::prelude::*;
use runbook::embedded;
use runbook::engine::gate::{GATES, RIGHT_DATABASE, opens};
use runbook::engine::journal::At;
use runbook::engine::link::Link;
use runbook::engine::plan::opens_deleting;
use runbook::engine::said::Said;
use runbook::ui::state::{Session, Source, provide_session, use_session};

const OPTION_A: &str = "option-a";

/// Names of which one is no other's beginning by chance, and none.
const NAMES: [&str; 4] = ["", "staging_db", "production_db", "production_db2"];

/// What a reader, or the browser, can do that has to do with names.
#[derive(Debug, Clone)]
enum Act {
    Type(&'static str),
    PasteUrl(&'static str),
    PasteUrlElsewhere(&'static str),
    Recall(&'static str),
    LeavePage,
    Log(&'static str),
    Link(&'static str),
    Confirm(&'static str),
    Answer(&'static str, &'static str),
    Tick(usize),
    Untick(usize),
    /// To what was answered after so many acts.
    GoTo(usize),
}

fn url(name: &str) -> String {
    ["postgresql://app:x@dpg-a-a/", name].concat()
}

fn any_act() -> impl Strategy<Value = Act> {
    let name = || prop::sample::select(&NAMES[..]);
    let real = || prop::sample::select(&NAMES[1..]);
    let answers: &'static [(&str, &str)] = &[
        ("data", "disposable"),
        ("data", "backed-up"),
        ("data", "needed"),
        ("tried", "option-a-refused"),
        ("ownership", "cannot-fix"),
        ("right-database", "not-sure"),
        ("right-database", "confirmed"),
    ];
    prop_oneof![
        1 => name().prop_map(Act::Type),
        1 => real().prop_map(Act::PasteUrl),
        1 => real().prop_map(Act::PasteUrlElsewhere),
        1 => real().prop_map(Act::Recall),
        1 => Just(Act::LeavePage),
        1 => name().prop_map(Act::Log),
        1 => name().prop_map(Act::Link),
        4 => real().prop_map(Act::Confirm),
        4 => prop::sample::select(answers).prop_map(|(question, answer)| Act::Answer(question, answer)),
        4 => (0..3_usize).prop_map(Act::Tick),
        1 => (0..3_usize).prop_map(Act::Untick),
        2 => (0..40_usize).prop_map(Act::GoTo),
    ]
}

/// The steps that Option A's SQL waits for.
fn needed() -> Vec<At> {
    let plan = embedded::LATER.get().expect("the plans").steps(OPTION_A);
    let steps = runbook::engine::plan::steps(plan).filter(|step| opens_deleting(plan, &step.id));
    let needed: Vec<At> = steps.map(|step| At { plan: OPTION_A.into(), step: step.id.clone() }).collect();
    assert_eq!(needed.len(), 3);
    needed
}

fn database(session: Session) -> String {
    session.names.with_untracked(|names| names.database.clone())
}

fn act(session: Session, act: &Act, moments: &[Said]) {
    match act {
        Act::Type(name) => session.take_database(name),
        Act::PasteUrl(name) => session.take_user(&url(name)),
        Act::PasteUrlElsewhere(name) => session.take_value("service", &url(name)),
        Act::Recall(name) => session.recall("app".into(), (*name).into()),
        Act::LeavePage => session.forget_names(),
        Act::Log(name) => {
            let log = format!("DATABASE_URL={}\nERROR: relation \"users\" already exists\n", url(name));
            session.take(embedded::engine().diagnose(log.as_bytes()), Source::Told);
        }
        Act::Link(name) => {
            let fragment = format!("at=duplicate-table&wipe=possible&q.data=disposable&database={name}");
            let link = Link::parse(&fragment, &embedded::catalogue().tree).expect("a link");
            session.open_link(&link, None, Source::Link { other_content: false });
        }
        Act::Confirm(name) => session.confirm_database((*name).into()),
        Act::Answer(question, answer) => session.answer(question, answer),
        Act::Tick(of) => session.tick(needed().get(*of).expect("a step"), true),
        Act::Untick(of) => session.tick(needed().get(*of).expect("a step"), false),
        Act::GoTo(step) => {
            if let Some(said) = moments.get(*step) {
                session.go_to(session.known_untracked(), said.clone());
            }
        }
    }
}

/// Everything that was ever said or done for a name: nothing but this can count for it.
#[derive(Default)]
struct Given {
    /// Question, answer and name. What was answered without a name is for whichever name is confirmed while there is none.
    answers: Vec<(String, String, String)>,
    ticks: Vec<(usize, String)>,
}

impl Given {
    fn note(&mut self, act: &Act, before: &str) {
        match act {
            Act::Confirm(name) => {
                self.answers.push((RIGHT_DATABASE.into(), "confirmed".into(), (*name).into()));
                if before.is_empty() {
                    let nameless = self.answers.iter().filter(|(.., of)| of.is_empty()).cloned();
                    let named: Vec<_> = nameless.map(|(q, a, _)| (q, a, (*name).to_owned())).collect();
                    self.answers.extend(named);
                }
            }
            Act::Answer(question, answer) if (*question, *answer) != (RIGHT_DATABASE, "confirmed") => {
                self.answers.push(((*question).into(), (*answer).into(), before.into()));
            }
            Act::Tick(of) => self.ticks.push((*of, before.into())),
            _ => {}
        }
    }
}

fn check(session: Session, given: &Given) -> Result<(), TestCaseError> {
    let name = database(session);
    let answers = session.answers.get_untracked();
    for (question, answer) in answers.iter().filter(|(question, answer)| opens(question, answer)) {
        let said = (question.clone(), answer.clone(), name.clone());
        prop_assert!(given.answers.contains(&said), "{question}={answer} was never said of `{name}`");
    }
    if answers.get(RIGHT_DATABASE).is_some_and(|answer| answer == "confirmed") {
        prop_assert!(!name.is_empty(), "no name is confirmed");
    }
    let plan = embedded::LATER.get().expect("the plans").steps(OPTION_A);
    for (of, at) in needed().iter().enumerate().filter(|(_, at)| session.ticked(at, plan).is_some()) {
        prop_assert!(
            !name.is_empty() && given.ticks.contains(&(of, name.clone())),
            "{at:?} was not ticked for `{name}`"
        );
    }
    Ok(())
}

fn in_a_visit<T>(test: impl FnOnce(Session) -> T) -> T {
    Owner::new().with(|| {
        provide_session();
        test(use_session())
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn nothing_counts_for_a_name_that_was_not_said_of_it(acts in prop::collection::vec(any_act(), 1..40)) {
        in_a_visit(|session| {
            let (mut given, mut moments) = (Given::default(), Vec::new());
            act(session, &Act::Log(""), &moments);
            for one in acts {
                given.note(&one, &database(session));
                act(session, &one, &moments);
                check(session, &given)?;
                moments.push(session.said());
            }
            Ok::<(), TestCaseError>(())
        })?;
    }
}

/// All gates' questions answered, and everything ticked.
fn open_all(session: Session, name: &str) {
    session.answer("data", "disposable");
    session.confirm_database(name.into());
    tick_all(session);
}

fn tick_all(session: Session) {
    for at in needed() {
        session.tick(&at, true);
    }
}

fn is_open(session: Session) -> bool {
    let answers = session.answers.get_untracked();
    let opened = |question: &str| answers.get(question).is_some_and(|answer| opens(question, answer));
    let plan = embedded::LATER.get().expect("the plans").steps(OPTION_A);
    GATES.iter().all(|gate| opened(gate.question)) && needed().iter().all(|at| session.ticked(at, plan).is_some())
}

#[test]
fn the_way_is_there_for_the_name_that_was_confirmed_and_comes_back_with_it() {
    in_a_visit(|session| {
        act(session, &Act::Log(""), &[]);
        assert!(!is_open(session));
        open_all(session, "staging_db");
        assert!(is_open(session));
        session.take_database("staging_d");
        assert!(!is_open(session), "another name");
        session.take_database("staging_db");
        assert!(is_open(session), "the same name again");
    });
}

#[test]
fn a_page_that_comes_back_with_another_name_starts_again() {
    in_a_visit(|session| {
        act(session, &Act::Log(""), &[]);
        open_all(session, "staging_db");
        session.forget_names();
        assert!(!is_open(session) && session.answers.get_untracked().is_empty());
        session.recall("app".into(), "production_db".into());
        assert!(!is_open(session));
        assert!(session.said_of_another("data") && session.said_of_another(RIGHT_DATABASE));
        session.answer("data", "disposable");
        session.confirm_database("production_db".into());
        assert!(!is_open(session), "the ticks were for the other one");
        tick_all(session);
        assert!(is_open(session));
    });
}
