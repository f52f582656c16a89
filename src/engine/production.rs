//! Names and a number of rows that say that people use a database, beside an answer that says nobody would miss its data.
//!
//! Comes in: the answers, the names in use, the rows, and the names a reader stood by. Goes out: what contradicts what. Must not know:
//! where a name comes from, or how a question is asked.

use std::collections::BTreeSet;

use super::tree::Answers;

/// The question about the data, and the answers after which data may be deleted.
const DATA: (&str, [&str; 2]) = ("data", ["disposable", "backed-up"]);

/// Words that mean production where they stand alone; `prod` also means it inside a word.
const WORDS: [&str; 4] = ["live", "main", "master", "prd"];

/// The answer that says that nobody uses the data, and from how many rows on somebody does.
const UNUSED: &str = "disposable";
const MANY_ROWS: u64 = 1000;

/// An answer that allows deleting data, and what speaks against it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contradiction {
    /// The answer's id.
    pub answer: String,
    /// Each name once, with the word in it that speaks of production.
    pub names: Vec<(String, String)>,
    /// The name to stand by where there are many rows, and how many.
    pub rows: Option<(String, String)>,
}

/// What a reader has to look at again before anything is shown that deletes data. A name they stood by is not asked about again.
/// `rows` are how many `public` holds, beside the name of the database.
pub fn contradiction(
    answers: &Answers,
    names: &[&str],
    rows: Option<(&str, &str)>,
    stood_by: &BTreeSet<String>,
) -> Option<Contradiction> {
    let (question, allow) = DATA;
    let answer = answers.get(question).filter(|answer| allow.contains(&answer.as_str()))?;
    let mut found: Vec<(String, String)> = Vec::new();
    for name in names {
        let is_new = !stood_by.contains(*name) && found.iter().all(|(before, _)| before != name);
        if let Some(word) = production_word(name).filter(|_| is_new) {
            found.push(((*name).to_owned(), word.to_owned()));
        }
    }
    let many = |rows: &str| answer == UNUSED && rows.parse::<u64>().is_ok_and(|rows| rows >= MANY_ROWS);
    let rows = rows.filter(|(name, rows)| !stood_by.contains(*name) && many(rows));
    let rows = rows.map(|(name, rows)| (name.to_owned(), [rows, " rows"].concat()));
    (!found.is_empty() || rows.is_some()).then(|| Contradiction { answer: answer.clone(), names: found, rows })
}

/// The word of a name that says its database is the one people use: `prod` of `members_prod`.
pub fn production_word(name: &str) -> Option<&str> {
    name.split(|c: char| !c.is_ascii_alphabetic()).flat_map(humps).find(|word| speaks_of_production(word))
}

/// The parts of `camelCase`.
fn humps(word: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut from = 0;
    for (at, pair) in word.as_bytes().windows(2).enumerate() {
        if matches!(pair, [a, b] if a.is_ascii_lowercase() && b.is_ascii_uppercase()) {
            parts.extend(word.get(from..=at));
            from = at + 1;
        }
    }
    parts.extend(word.get(from..));
    parts
}

fn speaks_of_production(word: &str) -> bool {
    let word = word.to_ascii_lowercase();
    let alone = word.strip_suffix("db").or_else(|| word.strip_prefix("db")).unwrap_or(&word);
    // A product, a producer: other words, unless they are `production` itself.
    let is_other = |rest: &str| rest.starts_with("produc") && !rest.starts_with("production");
    let prod = |(at, _): (usize, &str)| word.get(at..).is_some_and(|rest| !is_other(rest));
    WORDS.contains(&alone) || word.match_indices("prod").any(prod)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn said(answer: &str) -> Answers {
        Answers::from([("data".to_owned(), answer.to_owned())])
    }

    #[test]
    fn a_name_speaks_of_production_by_a_word_of_it() {
        for (name, word) in [
            ("members_prod", "prod"),
            ("prod-db", "prod"),
            ("app7_prod_db", "prod"),
            ("PROD", "PROD"),
            ("shopProduction", "Production"),
            ("production2", "production"),
            ("proddb", "proddb"),
            ("myprod", "myprod"),
            ("eu.prd.1", "prd"),
            ("live", "live"),
            ("shopLive", "Live"),
            ("livedb", "livedb"),
            ("app-main", "main"),
            ("main2024", "main"),
            ("master", "master"),
            ("caf\u{e9}_live", "live"),
        ] {
            assert_eq!(production_word(name), Some(word), "{name}");
        }
    }

    #[test]
    fn other_names_do_not() {
        for name in [
            "",
            "db",
            "app_db",
            "demo",
            "staging",
            "test",
            "olive",
            "alive",
            "deliver",
            "domain",
            "maintenance",
            "remain",
            "mainnet",
            "masterful",
            "product",
            "products_test",
            "producer",
            "reproduce",
            "livestream",
            "\u{ff50}rod",
        ] {
            assert_eq!(production_word(name), None, "{name}");
        }
    }

    #[test]
    fn only_an_answer_that_allows_deleting_is_contradicted() {
        let names = ["app", "members_prod", "members_prod", "live"];
        for answer in ["needed", "unknown"] {
            assert_eq!(contradiction(&said(answer), &names, None, &BTreeSet::new()), None);
        }
        assert_eq!(contradiction(&Answers::new(), &names, None, &BTreeSet::new()), None);
        for answer in ["disposable", "backed-up"] {
            let found = contradiction(&said(answer), &names, None, &BTreeSet::new()).expect("two names say otherwise");
            assert_eq!(found.answer, answer);
            assert_eq!(found.names, [("members_prod".into(), "prod".into()), ("live".into(), "live".into())]);
            assert_eq!(contradiction(&said(answer), &["app"], None, &BTreeSet::new()), None);
        }
    }

    #[test]
    fn many_rows_speak_against_data_that_nobody_uses() {
        let none = BTreeSet::new();
        let of = |answer, rows, stood_by: &BTreeSet<String>| {
            contradiction(&said(answer), &["app"], Some(("app", rows)), stood_by)
        };
        let found = of("disposable", "1000", &none).expect("somebody uses them");
        assert_eq!(found.rows, Some(("app".to_owned(), "1000 rows".to_owned())));
        assert_eq!(of("disposable", "999", &none), None);
        assert_eq!(of("backed-up", "1000", &none), None);
        assert_eq!(of("disposable", "1000", &BTreeSet::from(["app".to_owned()])), None);
    }

    #[test]
    fn a_reader_who_stood_by_a_name_is_asked_about_the_others_alone() {
        let stood_by = BTreeSet::from(["members_prod".to_owned()]);
        let found =
            contradiction(&said("disposable"), &["members_prod", "live"], None, &stood_by).expect("one is left");
        assert_eq!(found.names, [("live".into(), "live".into())]);
        assert_eq!(contradiction(&said("disposable"), &["members_prod"], None, &stood_by), None);
    }

    proptest! {
        #[test]
        fn a_word_of_production_is_seen_wherever_it_stands(
            word in "prod|production|prd|live|main|PROD|Live",
            before in "([a-z0-9]{0,8}[-_. 0-9])?",
            after in "([-_. 0-9][a-z0-9]{0,8})?",
        ) {
            let name = [before, word, after].concat();
            prop_assert!(production_word(&name).is_some(), "{name}");
        }

        #[test]
        fn any_name_gives_a_part_of_itself(name in "\\PC{0,40}") {
            prop_assert!(production_word(&name).is_none_or(|word| name.contains(word)));
        }
    }
}
