//! Every word of the interface that is not content: here those of the recovery and of every page, in `workbench` those of `/sql`, `/guards`
//! and the training.
#![allow(missing_docs)] // each says itself what it is

mod workbench;

pub use workbench::*;

/// What stands above a runbook on its own page.
pub const RUNBOOK: &str = "Runbook";

/// What a runbook's window title ends with, after the runbook's own.
pub const WINDOW_END: &str = " · Runbook";

// ---- bar ----
pub const SKIP: &str = "Skip to content";
pub const NAV_LABEL: &str = "This site";
/// Each part's first page, and what the bar calls it.
pub const NAV: [(&str, &str); 5] =
    [("/", "Fix"), ("/runbook", "Runbook"), ("/sql", "SQL"), ("/errors", "Errors"), ("/training", "Training")];
pub const TO_START: &str = "Runbook: start page";
pub const MENU: &str = "Menu";
pub const THEME: &str = "Light or dark";
/// What a page ends with, beside the links.
pub const PRIVACY: &str = "Everything runs in your browser. Nothing you paste is uploaded.";
pub const FOOT: [(&str, &str); 4] = [
    ("/accuracy", "How often it is right"),
    ("/proof", "What was tested"),
    ("/tree", "Every question"),
    ("/guards", "Guards"),
];
pub const EARLY: &str = "Got it. This page is still loading; as soon as it has, it goes on from here by itself.";

// ---- paste box ----
pub const ASK: &str = "Deploy failed? Paste the log.";
pub const LEAD: &str = "See what broke, and the safest way back.";
pub const PROMISE: &str = "Read in this tab. Nothing is uploaded.";
pub const HOW_TO_CHECK: &str = "How to check";
pub const CHECK_IT: &str = "Open your browser’s network panel while you paste: no request carries your text. Or go offline first. The page still works.";
pub const BOX_LABEL: &str = "Log of the failed deploy";
pub const BOX_HINT: &str = "Deploy log, or just the error line";
pub const PASTE: &str = "Paste log";
pub const READ_LOG: &str = "Read this log";
pub const CHOOSE_FILE: &str = "Choose file";
pub const TRY_EXAMPLE: &str = "Try an example";
pub const EXAMPLE: &str = "This is an example: a recorded log with invented names. No service of yours is meant.";
/// What the site is for besides a log: where, and what is there.
pub const USES: [(&str, &str, &str); 3] = [
    ("/runbook", "Read the runbook", "Every step, in order."),
    ("/sql", "Get the SQL", "With your names filled in."),
    ("/training", "Practise safely", "Read real logs. Decide what to do."),
];
pub const TO_TREE: &str = "Where each answer leads";
pub const WHERE_LOG: &str = "Where’s the log?";
/// The commands are those of Docker’s and of GitHub’s manuals (`docker compose logs`, `gh run view`), read 2026-11-27.
pub const LOG_PLACES: [&str; 3] = [
    "Render: the service’s Events page, at the failed deploy, or its Logs page.",
    "Docker: `docker compose logs --no-color SERVICE`",
    "GitHub Actions: the failed step of the run, or `gh run view --log-failed RUN`",
];
pub const CANNOT_COPY: &str = "I can’t copy it";
/// Shown in place of everything by `src/boot.js`.
pub const FRAMED: &str = "Another site shows this page inside its own, where it could lead your clicks, so nothing works here. Open it in a tab of its own.";
pub const NO_SCRIPT: &str =
    "The paste box needs JavaScript. The runbook, the errors and the SQL can be read without it.";
pub const EMPTY_PASTE: &str = "There was nothing to read. Copy the log of the failed deploy from the service’s Logs or Events page, then paste it here.";
pub const PASTE_REFUSED: &str = "The browser does not let this page read the clipboard. Press “Paste” again, paste into the box yourself, or choose a file.";
pub const FILE_UNREADABLE: &str = "That file could not be read. Paste the log instead.";
/// What is said of a compressed file.
pub fn packed(name: &str, unpack: &str) -> String {
    format!(
        "This is a {name} file, and the log is still packed in it. Unpack it ({unpack} FILE > deploy.log), then choose the unpacked file."
    )
}
pub const STOP_READING: &str = "Stop reading";
pub const STOPPED: &str = "Stopped. Nothing was kept of that log.";
pub const SAMPLE: &str = "Help this page learn: a masked sample";
pub const SAMPLE_WHY: &str =
    "The last lines, masked. Look through them before you give them to anybody: only you know what else is secret.";
pub const SAMPLE_HOW: &str = "How to add a log";
pub const SAMPLE_LABEL: &str = "Masked sample of the log";
pub const ALSO: &str = "What else it could be";
pub const CONFIRM: &str = "It would be this if:";
pub const READING: &str = "Reading the log";
pub const ANOTHER: &str = "Another log";
pub const TOLD: &str = "You told us; no log was read.";
pub const FROM_LINK: &str = "Opened from a link. The log stayed on the other device.";
pub const RESUMED: &str = "You are where you were. The log is gone: no line of it is ever kept. Paste it again to see its lines. What deleting data depends on is asked again.";
pub const OPENING: &str = "Opening the link …";
pub const NOT_KEPT: &str =
    "This browser keeps nothing for this page: what you tick lasts until the page is closed or loaded again.";
pub const KEPT_UNREADABLE: &str = "What this tab had kept of your ticks could not be read, so none is set.";
pub const ADDRESS_UNREADABLE: &str = "The address holds something this page does not know. It was left out.";
pub const OTHER_CONTENT: &str = "The link was made with another version of this page. Look at each answer again.";

/// Above the masked view.
pub const BEFORE_A_PICTURE: &str =
    "Passwords and keys that we recognised are hidden. Look once more before you share a picture.";

/// `412 lines read · 2 secrets hidden`
pub fn lines_read(lines: u32, masked: usize) -> String {
    let lines = if lines == 1 { "1 line".to_owned() } else { format!("{lines} lines") };
    let secrets = match masked {
        0 => String::new(),
        1 => " · 1 secret hidden".to_owned(),
        more => format!(" · {more} secrets hidden"),
    };
    format!("{lines} read{secrets}")
}

/// Where lines of a long log are left out.
pub fn lines_left_out(lines: u32) -> String {
    if lines == 1 { "… 1 line not shown".to_owned() } else { format!("… {lines} lines not shown") }
}

// ---- result ----
/// Its middle leads to the source.
pub const CALM: [&str; 3] = ["If an earlier deploy was live, ", "Render should still serve it", ". Check your site."];
/// Read 2026-11-22.
pub const CALM_SOURCE: &str = "https://render.com/articles/how-render-handles-deploy-failures";
pub const HAPPENED: &str = "What happened";
pub const MEANING: &str = "What this means";
/// For the summary that is sent.
pub const SAYS_SO: &str = "The line that says so";

/// What stands above the line that decided.
pub fn line_of_log(line: u32) -> String {
    format!("Line {line} of your log")
}
pub const NO_LINE: &str = "No line of a log proves this here.";
pub const MORE_ERROR: &str = "More about this error";
pub const MORE_LINE: &str = "More about this line";
pub const UNCHANGED: &str = "Nothing has changed so far: this page only reads.";
pub const BESIDE: &str = "Options and help";
pub const WAYS_OUT: &str = "Options, gentlest first";
pub const RECOMMENDED: &str = "where your answers lead";
pub const NEEDS_ANSWER: &str = "needs your answer";
pub const ONLY_IF_REFUSED: &str = "only if Option A is refused";
pub const NOT_FOR_THIS: &str = "not for this error";
pub const NOT_WITH_ANSWERS: &str = "not with your answers";
pub const WHY_OTHER_STACK: &str =
    "The log shows another tool or another database. These steps are for Alembic and PostgreSQL alone.";
pub const WHY_OTHER_SCHEMA: &str =
    "What the error names is outside the schema “public”: nothing done to “public” would mend it.";
pub const WHY_OTHER_FAILURE: &str =
    "Another failure stands in this log. Deleting helps only where one failure stands alone.";
pub const WHY_WENT_ON: &str = "A later step ran after this error, so the tables are no longer as the error found them.";
pub const WHY_AFTER_START: &str = "The service was already running when this error came. No migration failed here.";
pub const WHY_NOT_PRINTED: &str = "No program prints the message there: somebody quotes it.";
pub const WHY_OWN_RUN: &str =
    "This run started at the first migration and got past it. An empty database would fail at the same step again.";
pub const WHY_TEMPORARY: &str = "The table is a temporary one. It is not in the schema “public”.";
pub const WHY_EXTENSION: &str =
    "The schema’s extensions go with it, and your user may not be allowed to create them again.";
/// Before and after the answer that closed a way.
pub const WHY_ANSWERS: &str = "You said: “";
pub const WHY_ANSWERS_END: &str = "” Change that, and this can open again.";
pub const NOTHING_MILDER: &str = "Why nothing milder:";
pub const WHY_REFUSED: &str = "It deletes the whole database with its backups, so Option A and its owner come first.";
pub const SOURCE_SAYS: &str = "The source runbook says Option A. We suggest this first, because";
pub const HERE: &str = "Recommended for your log";
pub const NOT_THIS: &str = "Something else happened? Choose what you see";

// ---- what the server says ----
pub const SERVER_SAYS: &str = "What the server says";
pub const SERVER_ELSEWHERE: &str =
    "Stop: the server answered for another database than the one named here. Find out which one you mean.";
pub const WOULD_DELETE: &str = "What Option A would delete";
pub const PRINTED: &str = "Paste what it printed";
pub const WORKED: &str = "It worked.";
pub const FAILED: &str = "It failed.";
pub const NOT_RECOGNISED: &str = "Not recognised. Paste all of it, from the first line to the last.";
pub const GO_ON: &str = "Go to:";

// ---- going on elsewhere, asking somebody ----
pub const LAPTOP: &str = "Continue on a laptop";
pub const LAPTOP_WHY: &str = "This link opens the page at the same place. It holds what happened and your answers: no line of the log. What deleting data depends on is asked there again.";
pub const LAPTOP_NAMES: &str = "Put the names of user and database into the link too";
pub const LAPTOP_LINK: &str = "Link";
pub const SHARE: &str = "Share";
pub const STOP: &str = "Stop and ask somebody";
pub const STOP_WHY: &str = "Nothing gets worse while you ask. These lines say where you are; secrets are masked.";
pub const STOP_LABEL: &str = "What to send";
pub const SAW: &str = "What I saw";
pub const SAW_NOTHING: &str = "I have not given the page a log.";
pub const STANDS: &str = "Where I am";
pub const ANSWERS_SO_FAR: &str = "My answers so far";
pub const NOTHING_DONE: &str = "What I have not done: I have deleted nothing. The page itself changes nothing.";
pub const MAY_HAVE_CHANGED: &str =
    "What I have not done: I have deleted nothing. Steps I ticked or SQL I took may have changed something.";
pub const MAY_HAVE_DELETED: &str = "Careful: I took SQL that deletes data, or ticked a step that does. Look at the tables before anything is run again.";
pub const NONE_YET: &str = "none yet";
pub const QUESTION_OPEN: &str = "asked:";

// ---- questions ----
pub const ONE_QUESTION: &str = "One question";

/// `Question 1, at most 3`
pub fn question_of(number: usize, most: usize) -> String {
    format!("Question {number}, at most {most}")
}

pub const WHY: &str = "Why this matters";
pub const FIND_OUT: &str = "How to find out";
pub const CONTINUE: &str = "Continue";
pub const CHOOSE_FIRST: &str = "Choose one of the answers first.";
pub const ANSWERED: &str = "Your answers";
pub const YOU_SAID: &str = "You said";
pub const ASSUMED: &str = "Taken as given";
pub const CHANGE: &str = "Change";
pub const TYPE_DATABASE: &str = "Type or paste the name the server gave you";
pub const CONFIRM_DATABASE: &str = "This is the database";
pub const NOT_SURE: &str = "I’m not sure";
pub const SAID_OF_ANOTHER: &str =
    "You answered this while another database name was in use. Answer it again for the name in use now.";
pub const NAME_ALONE: &str = "Not a connection string: the name alone, as the server tells it.";
pub const NAME_DIFFERS: &str = "The log names another database. If that is not what you expect, stop and look again.";

// ---- an answer and a name that contradict each other ----
pub const CONTRADICTION: &str = "Stop: is this data really not needed?";
pub const CONTRADICTION_KICKER: &str = "This does not fit together";
pub const DISAGREEMENT: &str = "Stop: two things here cannot both be true";
pub const TAKE_ONE_BACK: &str =
    "Take one of them back: change the answer above, or paste what the right database prints.";
pub const SAYS_LOG: &str = "The log";
pub const SAYS_ANSWER: &str = "Your answer";
pub const SAYS_SERVER: &str = "The server";
pub const SAYS_NAME: &str = "The name";
pub const BUT_NAME: &str = "But this speaks of a database that people use:";
pub const STAND_BY_IT: &str = "It is as I said, for this very database.";
pub const KEEP_DATA: &str = "Keep the data: this may be the database people use.";

// ---- names ----
pub const NAMES_TITLE: &str = "Your names, filled in everywhere";
pub const USER_LABEL: &str = "Database user or connection string";
pub const DATABASE_LABEL: &str = "Database name";
pub const PASSWORD_DROPPED: &str = "Taken from the connection string. The password was dropped at once.";
pub const NO_NAME: &str = "I connect as the app’s own user, so leave the name out (CURRENT_USER)";
pub const REMEMBER: &str = "Remember these two names on this device (never a password)";
pub const HINT: &str = "often";
pub const VALUES_TITLE: &str = "More values, filled in everywhere";
pub const USE_TEAM_USER: &str = "Use the user from the team file:";
pub const URL_UNREADABLE: &str = "No name could be read safely from that connection string. Type the user’s name.";

// ---- what to do ----
pub const TO_DO: &str = "What to do";
pub const DATA: &str = "Data";
pub const TIME: &str = "Time";
pub const UNDO: &str = "Taking it back";
/// `Step 3 of 9`
pub fn step_of(number: usize, all: usize) -> String {
    format!("Step {number} of {all}")
}

pub const DONE_AT: &str = "done";
pub const TICK_FIRST: &str = "Tick these first. What deletes or changes data is shown after that.";
pub const TICK_ABOVE: &str = "Shown after the ticks above.";
pub const EXPECT: &str = "Expect";
pub const VERIFY: &str = "Check";
pub const STEP_UNDO: &str = "Taking it back";
pub const FREE_PLAN: &str = "Free plan";
pub const PAID_PLAN: &str = "Paid plan";
pub const CLEAR_ALL: &str = "Clear all ticks";
pub const NEXT_LOG: &str = "Paste the next deploy’s log";
pub const NEXT_LOG_WHY: &str = "When it shows that the deploy works, this is over; else it says what is next.";
pub const RECOVERED: &str = "Recovered";
pub const RECOVERED_NEXT: &str = "Recovered: keep it from happening again";
pub const RECOVERED_WHY: &str = "This deploy works. These steps keep it so:";
pub const HANDOVER: &str = "Record and handover";
pub const HANDOVER_WHY: &str = "What happened, what was answered and done, the SQL with your names. No line of the log beside those above; secrets are masked.";
pub const CARD: &str = "The card, for whoever goes on";
pub const RECORD_MARKDOWN: &str = "Record as Markdown:";
pub const RECORD_TEXT: &str = "Record as plain text:";
pub const DOWNLOAD: &str = "Download";
pub const SAVE_AS: &str = "Save as";
pub const SAVED: &str = "Saved as";
pub const SAVE_WHY: &str = "This deletes data, so save it as a file and run that. Pasted into a session, lines can get lost, and psql goes on after an error.";
pub const RUN_FILE: &str = "Then run the file:";
pub const COPY: &str = "Copy";
pub const COPIED: &str = "Copied";
/// Between what was done and the database's name.
pub const TAKEN_FOR: &str = "for";
pub const COPY_REFUSED: &str = "The browser refused. Select the text and copy it.";
pub const SHELLS: &str = "Which computer";
pub const SHELL_POSIX: &str = "macOS, Linux";
pub const SHELL_WINDOWS: &str = "Windows (PowerShell)";
pub const RUNS_IN: &str = "Runs in:";
pub const NAMES_NEEDED: &str = "Fill in first:";
pub const SAFE_FORM: &str = "Get the safe form with your names";
pub const SAFE_FORM_WHY: &str = "The source’s block has no checks. The safe form stops by itself at a wrong database, a wrong user or missing rights, and is all or nothing.";
pub const ORIGINAL: &str = "Copy the original instead";
pub const ORIGINAL_RISK: &str = "Each line counts at once, and nothing checks the database or your rights: with a mistyped name the data is gone and the last steps fail, yet psql ends as if all were well.";
pub const SOURCE_SECTION: &str = "This section in the runbook";
pub const PSQL: &str = "your laptop, with psql";
pub const SET_ASIDE: &str = "Set it aside instead";
pub const SET_ASIDE_WHY: &str =
    "Setting the old schema aside lets the migrations start anew as well, and deletes nothing.";
pub const KEEP_IT: &str = "With this answer nothing is deleted: paste the log, and a way that keeps the data is looked for. You can change the answer here.";
pub const LOG_AGAINST: &str = "Deleting would not mend what your log shows.";
pub const EXTENSIONS_PASTE: &str = "Paste what the SQL that looks at the database printed, from before anything was deleted. The SQL for your extensions then stands here.";
pub const EXTENSIONS_NONE: &str =
    "By what the server said, no extension stands in public: there is nothing to bring back.";
pub const EXTENSIONS_OF_OTHERS: &str =
    "This user may not create these again; only a superuser can. Find out who, before they are deleted:";
pub const EXTENSIONS_REFUSED: &str =
    "A name in what was pasted cannot be an extension’s, so it is left out. Paste all of what the server printed.";
pub const EACH_LINE: &str = "Why each line is there";

// ---- runbook ----
pub const TODAY: &str = "Today:";
pub const TODAY_WHY: &str = "Why, and where this is known from";
pub const CHECKED: &str = "Checked";
pub const CONTENTS: &str = "On this page";
pub const OTHER_RUNBOOKS: &str = "Other runbooks";

// ---- reset guard ----
pub const GUARD_NOT_SET: &str = "Not set";
pub const GUARD_REFUSE: &str = "Reset script would REFUSE (good on production)";
pub const GUARD_RUN: &str = "Reset script would RUN (danger on production)";
pub const GUARD_DO_NOT: &str = "Do not set them on production.";
pub const TO_GUARDS: &str = "All combinations, an env file checked, and the guard as a module";

// ---- fetched later ----
pub const READER_FAILED: &str =
    "A part of this page could not be loaded, so the log was not read. Check the connection and paste it again.";
pub const LATER_LOADING: &str = "Loading…";
pub const LATER_FAILED: &str =
    "This part could not be loaded. Check the connection; if it fails again, reload the page.";
pub const LATER_FAILED_ON_ARRIVAL: &str =
    "This page can be read, but its buttons do not work: a part of it could not be loaded.";
pub const TRY_AGAIN: &str = "Try again";

// ---- not found ----
pub const NOT_FOUND: &str = "Page not found";
pub const NOT_FOUND_TEXT: &str = "There is no page at this address.";
pub const GO_HOME: &str = "Go to the start page";
pub const SHOW_ADDRESS: &str = "Show the address";
