//! Every word of the pages without a program that is not content.
#![allow(missing_docs)] // each says itself what it is

// ---- one error ----
pub const IN_THE_LOG: &str = "In the log";
pub const IN_THE_LOG_HOW: &str = "A line of the log holds one of these. What is slanted differs from log to log, and more may stand before and behind it.";
pub const MORE_FORMS: &str = "Other forms and languages";
pub const PASTE: &str = "Paste your log";
pub const PASTE_WHY: &str = "One line does not decide what to do. The start page reads the whole log in your browser, sends nothing, and names the way out that fits it.";
pub const WAYS: &str = "Which way out usually follows";
pub const WAY_DECIDED: &str = "With this message alone, the start page leads to:";
pub const WAYS_ASKED: &str = "The start page asks first:";
pub const WAYS_OPEN: &str = "Then one of these follows, whichever fits your log and your answers:";
pub const DELETING_LAST: &str = "Deleting data comes last, and only after you have said which database it is, and that nobody would miss the data or that a backup of it was restored and looked at.";
pub const SAME_KIND: &str = "Other messages of this kind";

// ---- all errors ----
pub const ERRORS: &str = "Errors in a deploy log";
pub const ERRORS_CRUMB: &str = "All errors";
pub const ERRORS_CRUMB_LABEL: &str = "Where this page stands";
pub const ERRORS_DESCRIPTION: &str = "Messages of Alembic, PostgreSQL, SQLAlchemy and Render in a failed deploy log: what each means, why it happens, what to do and what not to do.";
pub const ERRORS_PASTE: &str = "You have the log?";
pub const ERRORS_PASTE_LINK: &str = "Paste it on the start page";
pub const ERRORS_PASTE_WHY: &str = "it finds the message that matters, and the others need no reading.";
pub const FILTER: &str = "Search, or put a line of your log here";
pub const FILTER_NOTHING: &str =
    "No message here fits. Paste the whole log on the start page: it says what to look at next.";
pub const TO_ACCURACY: &str = "How often logs are read right";

/// `113 messages a failed deploy can leave in its log, sorted by what happened.`
pub fn errors_lead(messages: usize) -> String {
    format!("{messages} messages a deploy can leave in its log, sorted by what happened.")
}

// ---- how often it is right ----
pub const ACCURACY: &str = "How often logs are read right";
pub const ACCURACY_DESCRIPTION: &str = "How many recorded deploy logs this site reads right, wrong, not at all, or unsafely, by what happened, counted by its own tests.";
pub const NUMBERS: &str = "The numbers";
pub const NUMBERS_HOW: &str =
    "Counted by the test run of this very version; the build’s tests fail when a number here is not theirs.";
pub const BY_KIND: &str = "By what happened";
pub const BY_FOLDER: &str = "By where the logs come from";
pub const WHAT_HAPPENED: &str = "What happened";
pub const FROM: &str = "Folder";
pub const LOGS: &str = "Logs";
pub const RIGHT: &str = "Right";
pub const WRONG: &str = "Wrong";
pub const CANNOT_TELL: &str = "Can’t tell";
pub const UNSAFE: &str = "Unsafe";
pub const FALSE_CLEAR: &str = "False all-clear";
pub const CARRIED: &str = "Carried";
pub const ALL: &str = "All";

/// `99.2 %`, cut off and not rounded: 100 % is all.
pub fn share(part: u32, all: u32) -> String {
    let tenths = (u64::from(part) * 1000).checked_div(all.into()).unwrap_or(1000);
    format!("{}.{} %", tenths / 10, tenths % 10)
}

pub const COLUMNS: [(&str, &str); 6] = [
    (RIGHT, "The page says what the label says, or one of the other things the label accepts."),
    (WRONG, "The page says something else."),
    (CANNOT_TELL, "The page says that it can’t tell, though the label says something."),
    (
        UNSAFE,
        "Some answers to the page’s questions lead to a way out that deletes data, though the label says that none may. This counts beside the other three.",
    ),
    (
        FALSE_CLEAR,
        "The page says that nothing is wrong, though the label says something. This counts beside the first three as well.",
    ),
    (
        CARRIED,
        "How often the page says the same of a log that comes in another form: as a value of JSON, quoted in a mail, behind a platform’s prefix, cut by a narrow column. Each log is read again in one of thirty-four forms, the next log in the next.",
    ),
];
pub const MEASURED: &str = "What is measured";
pub const MEASURED_TEXT: [&str; 3] = [
    "What fails in a log was printed by the real programs, in a failure made on purpose. Beside each log stands a label, written from what was done to make the log: what happened, and whether deleting data may ever be the way out.",
    "The test reads each log whole, as a reader would paste it, without any answer to a question, and compares.",
    "Where two readings of one log are fair, the label accepts both; of a few that was only seen when the numbers were compared.",
];
pub const NOT_MEASURED: &str = "What is not measured";
pub const NOT_MEASURED_TEXT: [&str; 4] = [
    "How a log is read that nobody here has seen. The messages were collected with these logs at hand, so the numbers say what is kept right from version to version, not what share of all failed deploys is read right.",
    "How often each failure happens. A rare one counts as much as a daily one.",
    "Logs that are cut off, or typed from memory.",
    "Whether the way out that is named helped. Each says itself how to check that.",
];
pub const CONTRIBUTE: &str = "Give a log";
pub const CONTRIBUTE_TEXT: &str = "A log that is read wrong, or not at all, helps most. No log leaves your browser by itself: you send one only by adding it to the project.";
pub const CONTRIBUTE_STEPS: [&str; 4] = [
    "Replace what is yours: passwords, keys, hosts, and the names of people, services, databases and tables, each by an invented one of the same form. What the start page shows after reading has its secrets masked already; look through it all the same.",
    "Put it into the project’s folder `tests/logs/render` as `NAME.log`, or into a new folder beside it.",
    "Copy the label of a log like it, `NAME.json`, and say in it what happened and whether deleting data may ever be right. The project’s README explains each key under “Add a log”.",
    "Run `./x accuracy`. It reads all logs, says which are wrong, and writes the numbers of this page. Then offer the change.",
];

// ---- what the SQL did on real servers ----
pub const PROOF: &str = "What the SQL did on real servers";
pub const PROOF_DESCRIPTION: &str = "Every SQL text of this site, run in fourteen states of a database on PostgreSQL 13 to 18, each in the ways people send it: what it did, what it refused, and that a refusal loses nothing.";
pub const PROOF_CAPTION: &str = "In each state of the database";
pub const PROOF_STATE: &str = "The database";
pub const PROOF_DOES: &str = "What the SQL does";
pub const PROOF_CHECKS: &str = "Checks passed";
/// The outcome's id, the word shown for it, and what it means.
pub const OUTCOMES: [(&str, &str, &str); 8] = [
    ("reads", "Reads", "It runs to its end, and everything is as before."),
    ("refuses", "Refuses", "It stops with a reason, and everything is as before."),
    ("changes-nothing", "Changes nothing", "The connection ends before it does, and everything is as before."),
    ("sets-aside", "Sets aside", "Schema public is empty, and all that was in it stands in the schema beside it."),
    ("puts-back", "Puts back", "Everything is as it was before it was set aside."),
    ("keeps-both", "Keeps both", "The same, and what was made since is kept beside it."),
    ("deletes", "Deletes", "Schema public is empty, and the rest is as before."),
    (
        "goes-on",
        "Goes on",
        "The source’s own block: an error does not stop it when it is pasted line by line. That is why the other text for Option A exists.",
    ),
];
pub const RESCUES: &str = "Broken services, brought back";
pub const RESCUES_HOW: [&str; 2] = [
    "A small service (FastAPI, Alembic, eight tables with rows in them) is broken for real and deployed. A program then reads the log of that deploy, answers what it is asked, and does every step of the plan to the letter, in a shell and in psql.",
    "It counts as brought back when a new deploy is live, every table can be read and written, `alembic check` finds nothing, and every row is there as it was. The same is tried with “not sure” to every question.",
];
pub const RESCUES_EACH: &str = "Each way to break it";

/// `Run on 2026-11-26: 44 of 44 ways to break a service end with the service back.`
pub fn rescues_lead(date: &str, back: usize, all: usize) -> String {
    format!("Run on {date}: {back} of {all} ways to break a service end with the service back.")
}

/// `Back by: Run the migrations. 9 steps, 2 questions, no row lost.`
pub fn rescue_way(title: &str, steps: u32, questions: u32, lost: &[String]) -> String {
    let many = |number: u32, word: &str| format!("{number} {word}{}", if number == 1 { "" } else { "s" });
    let lost = if lost.is_empty() { "no row lost".to_owned() } else { format!("lost: {}", lost.join(", ")) };
    format!("Brought back by: {title}. {}, {}, {lost}.", many(steps, "step"), many(questions, "question"))
}

/// `PostgreSQL 13, 18 with asyncpg, psycopg2.`
pub fn rescue_tried(servers: &[u32], drivers: &[String]) -> String {
    let servers: Vec<String> = servers.iter().map(u32::to_string).collect();
    format!("PostgreSQL {} with {}.", servers.join(", "), drivers.join(", "))
}

/// `Not brought back on 18 asyncpg.`
pub fn rescue_failed(failed: &[String]) -> String {
    format!("Not brought back on {}.", failed.join(", "))
}

pub const PROOF_HOW: &str = "How it is proven";
pub const PROOF_HOW_TEXT: [&str; 4] = [
    "Servers of every version are started for it, with a database’s owner who is no superuser, other users, and a service’s own migrations. Each text runs as a file, pasted, sent as one string, and where its ways could differ in each of them.",
    "Before and after, the whole database is dumped and compared. Where a text promises that migrations work afterwards, `alembic upgrade head` of a real project is run.",
    "The texts carry a digest, and the build’s tests fail when a text here is not the one that was proven. `./x proof` runs all of it again and writes this page.",
    "Ten thousand generated names and addresses, hostile ones among them, were put into the texts and read by PostgreSQL’s own parser: none makes other statements than the text has.",
];
pub const NOT_PROVEN: &str = "What is not proven";
pub const NOT_PROVEN_TEXT: [&str; 3] = [
    "That it is right to run one of them. The start page asks before it shows a text that deletes data.",
    "Render’s own servers: the versions are PostgreSQL’s own, the roles are made as Render’s are known to be.",
    "With 6,000 tables no dump is compared, but a fingerprint of the catalogue.",
];

/// `Run on 2026-11-23 on PostgreSQL 13.23, …: 4000 checks, and every one passed.`
pub fn proof_lead(date: &str, servers: &str, checks: u32, good: u32) -> String {
    let passed = if good == checks { "every one passed".to_owned() } else { format!("{good} of them passed") };
    format!("Run on {date} on PostgreSQL {servers}: {checks} checks, and {passed}.")
}

/// `102 of 102`
pub fn good_of(good: u32, checks: u32) -> String {
    format!("{good} of {checks}")
}

// ---- all questions and answers ----
pub const TREE: &str = "Where each answer leads";
pub const TREE_DESCRIPTION: &str = "Every question this runbook asks after a failed deploy, every answer to it, and the way out that follows: from the mildest to the ones that delete data.";
pub const TREE_LEAD: &str = "From what a log shows, left, to a way out, right. A solid box is a question to you, a dashed one is answered by the log. Nothing that deletes data is reached without two answers: that nobody would miss the data, or that a restored backup was looked at, and which database it is.";
pub const TREE_DRAWING: &str = "Drawing of all questions and answers";
pub const TREE_MARKED: &str = "The way your answers took is marked.";
pub const TREE_MARK: &str = "Your way:";
pub const TREE_AS_TEXT: &str = "The same as text";
pub const TREE_ENDS: &str = "Ways out";
pub const TREE_FROM_LOG: &str = "The log answers this; nobody is asked.";
pub const TREE_ASSUMED: &str = "Taken as given until you say otherwise:";
/// What the log is asked; the words for a value that is named, if there are any, and for every other.
pub const LOOKS_SITUATION: (&str, &str, &str) = ("What does the log show?", "", "Anything else");
pub const LOOKS_WIPE: (&str, &str, &str) =
    ("Could deleting or renaming the schema mend what the log shows?", "It could", "It could not");
pub const LOOKS_RESET: (&str, &str, &str) =
    ("Does the deploy run a script that empties the database?", "It does", "It does not");
pub const LOOKS_OTHER: (&str, &str, &str) = ("What else does the log say?", "", "Anything else");
