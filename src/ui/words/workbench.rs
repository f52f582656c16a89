//! The words of what is used without a log.

// ---- the SQL on its own ----
pub const SQL_PAGE: &str = "SQL, ready to run";
pub const SQL_LEAD: &str = "Eight texts for PostgreSQL 13 to 18. Your names are filled in here, in this tab; nothing is sent anywhere. Begin with “Look only”.";
pub const SQL_NO_SCRIPT: &str =
    "All texts stand below. Your names are filled in by JavaScript: without it you see the two texts that need none.";
pub const SQL_ASKS: &str =
    "This text deletes data. It is shown after two questions and the steps that come before, which need JavaScript.";
pub const PRACTICE_ASKS: &str = "This text holds the lines that delete data, and takes them back. It is shown after two questions, which need JavaScript.";
pub const SQL_TABS: &str = "The texts";
/// The tab's label, and what its text does.
pub const SQL_STATE: (&str, &str) = (
    "Look only",
    "Shows which database this is, who owns what, how many rows there are, and what Option A would delete.",
);
pub const SQL_REHEARSAL: (&str, &str) = (
    "Practice (rolls back)",
    "Does what Option A does and takes all of it back at once, so that you see what would go and whether it would run through.",
);
pub const SQL_MOVE_ASIDE: (&str, &str) =
    ("Set aside", "Renames the schema “public” with all that is in it, and makes an empty one in its place.");
pub const SQL_UNDO_MOVE_ASIDE: (&str, &str) =
    ("Undo set aside", "Puts the renamed schema back, and keeps what was written since in a schema beside it.");
pub const SQL_OPTION_A: (&str, &str) = (
    "Option A",
    "Deletes everything in the schema “public” and makes it anew, after it has checked the database, the user and your rights.",
);
pub const SQL_EMPTY_IN_PLACE: (&str, &str) = (
    "Empty tables, keep schema",
    "Deletes the tables with their rows and leaves the schema: for a user who owns the tables but not the schema.",
);
pub const SQL_VERIFY: (&str, &str) =
    ("Check it worked", "Shows tables, rows, Alembic’s version, owners and extensions, for after a recovery.");
pub const SQL_AS_WRITTEN: (&str, &str) = (
    "Option A, original text",
    "The source runbook’s own block with your user in it. It checks nothing; the text in the tab Option A does the same, and checks first.",
);
pub const SQL_PROOF: &str = "What was tested";
pub const SQL_NOT_PROVEN: &str = "No proof of this text on real servers is at hand.";
pub const NAMES_FROM_LINK: &str = "The names below come from the link you opened. Check that they are yours.";
pub const SEND_SQL: &str = "Send a link to this text";
pub const SEND_SQL_WHY: &str = "The link opens this tab. A text that deletes data asks the same questions there again.";

/// `Last proven on 2026-11-23, on PostgreSQL 13.23, …: 102 checks, and every one passed.`
pub fn sql_proven(date: &str, servers: &str, checks: u32) -> String {
    format!("Last proven on {date}, on PostgreSQL {servers}: {checks} checks, and every one passed.")
}

// ---- /guards ----
pub const GUARDS: &str = "The guard of the reset scripts";
pub const GUARD_TRUTH: &str = "All combinations";
pub const GUARD_SCRIPT: &str = "Reset script";
pub const GUARD_EXACTLY: &str = "exactly";
pub const GUARD_OTHERWISE: &str = "anything else, or not set";
pub const GUARD_OWN: &str = "Your values";
pub const GUARD_TYPE: &str = "Type the values";
pub const GUARD_TYPE_WHY: &str = "Byte for byte: a space counts, and an empty field is a variable set to nothing.";
pub const ENV_TITLE: &str = "Or paste an env file";
pub const ENV_PROMISE: &str = "It is read in this tab and dropped at once, with all secrets in it: nothing is sent, shown or kept but how these variables stand. What is not in the text counts as not set.";
pub const ENV_LABEL: &str = "Lines NAME=VALUE: an env file, or a service’s list of variables in that form";
pub const ENV_HINT: &str = "Paste here; the box stays empty";
pub const ENV_FILE: &str = "Choose a file (read byte for byte)";
pub const ENV_UNREADABLE: &str = "That file could not be read, or is too large for a list of variables.";
pub const ENV_DROPPED: &str = "The text was dropped.";
pub const ENV_NO_PAIRS: &str = "No line has the form NAME=VALUE, so nothing can be said about it.";
pub const ENV_A_NAME: &str = "a name";
pub const ENV_LINE_ENDS: &str = " It came with Windows line ends. The clipboard makes them too, so they were left out; if the file itself has them, each value ends with a carriage return and the scripts refuse. Choose the file to have its own bytes read.";
pub const WHICH_DATABASE: &str = "Which database? The two do not say";
pub const GUARD_EXAMPLES: &str = "Nearly right is not right";
pub const GUARD_EXAMPLES_WHY: &str =
    "What people set, and what a reset script does then. Each line is a test of this page and of the module below.";
pub const GUARD_SIGNS: &str = "What cannot be seen, or is not what it looks like, stands in brackets.";
pub const GUARD_CASES: &str = "Examples";
pub const GUARD_WHY: &str = "Why";
pub const GUARD_CASE_NOT_SET: &str = "not set";
pub const GUARD_CASE_EMPTY: &str = "set to nothing";
pub const GUARD_MODULE: &str = "The guard as a module";
pub const GUARD_MODULE_WHY: &str = "Python 3.9 or newer and nothing else. Put the files into the service’s folder under these paths, set none of the variables, and let the tests run.";
pub const GUARD_MODULE_EMPTY: &str = "The folders app and tests each need an empty file __init__.py beside these. The names end in .txt only on this site.";
pub const READ: &str = "Read";

/// `Read: 12 variables. Of APP_MODE and ALLOW_DB_RESET …`
pub fn env_read(pairs: usize, names: &[&str]) -> String {
    let variables = if pairs == 1 { "1 variable".to_owned() } else { format!("{pairs} variables") };
    format!("{variables} read. How {} stand is shown above; everything else was dropped.", names.join(" and "))
}

/// The text is malformed.
pub fn env_set_twice(name: &str, first_line: usize, second_line: usize) -> String {
    format!(
        "Malformed: line {second_line} sets {name} again that line {first_line} has set. Hosts differ in which one counts, so nothing can be said: keep one."
    )
}

/// A line is in another form.
pub fn env_unclear(variable: &str, line: usize) -> String {
    format!("Line {line} names {variable}, but not in the form NAME=VALUE, so nothing can be said about it.")
}

// ---- training ----
pub const TRAINING: &str = "Training";
pub const START_HERE: &str = "Start here (10 minutes)";
pub const GUIDED: &str = "One guided run";
pub const GUIDED_HOW: &str = "The button opens the first page with a recorded log already read. Answer its questions from what is known here, until it says what to do. Nothing you do there changes anything.";
pub const GUIDED_OPEN: &str = "Open the sample log";
pub const GUIDED_NO_SCRIPT: &str = "The guided run needs JavaScript: the log is read in your browser.";
pub const GUIDED_ENDS: &str = "Where it should end, and why";
pub const PRACTICE: &str = "Practice";
pub const PRACTICE_HOW: &str = "Recorded logs, cut to what is needed. Read what is known, then say what happened, which line says so, and what to do. Deleting data where that is wrong fails the exercise, whatever else is right.";
pub const PRACTICE_NO_SCRIPT: &str =
    "You can read the exercises without JavaScript, but your answers cannot be checked.";
pub const KNOWN: &str = "What is known:";
pub const WHAT_HAPPENED: &str = "What happened?";
pub const WHICH_LINE: &str = "Which line says so?";
pub const WHICH_WAY: &str = "What to do?";
pub const CHECK_ANSWER: &str = "Check my answer";
pub const CHOOSE_ALL: &str = "Choose one in each of the three lists first.";
pub const GRADE_RIGHT: &str = "All of it is right.";
pub const GRADE_NOT_YET: &str = "Not yet. No data was deleted; look at what is marked wrong.";
pub const GRADE_WIPED: &str = "Failed: this would have deleted data, and here that is wrong.";
pub const RIGHT: &str = "Right.";
pub const WRONG: &str = "Wrong.";
pub const LINE: &str = "Line";
pub const WAY_OUT: &str = "The way out";
pub const RIGHT_IS: &str = "The answer here:";
pub const BRIEF_TELLS: &str = "What the page would have asked, and what is known tells";
pub const GLOSSARY: &str = "Words";
