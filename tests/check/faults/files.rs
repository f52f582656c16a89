//! Mistakes in the other content files.

use super::STORY;
use crate::fault::{Fault, NONE};

/// They hide none of the others.
pub(crate) const FILES: &[Fault] = &[
    // ---- other files ----
    Fault {
        file: "content/notes.md",
        to: "to do\n",
        message: "nothing reads this file",
        suggestion: "move it where its kind belongs",
        ..NONE
    },
    Fault {
        file: STORY,
        from: "leads_to = \"nothing-to-do\"",
        to: "leads_to = \"nothing-todo\"",
        line: "leads_to = \"nothing-todo\"",
        column: 12,
        message: "there is no outcome `nothing-todo`",
        suggestion: "did you mean `nothing-to-do`?",
        ..NONE
    },
    Fault {
        file: "tests/scenarios/connection.md",
        from: "wrong_password.psycopg2.log",
        to: "wrong_pasword.psycopg2.log",
        line: "wrong_pasword",
        column: 7,
        message: "there is no log `tests/logs/recorded/wrong_pasword.psycopg2.log`",
        suggestion: "name one as",
        ..NONE
    },
    Fault {
        file: "tests/scenarios/schema-missing.md",
        from: "public-schema = \"missing\"",
        to: "public-schema = \"missin\"",
        line: "\"missin\"",
        column: 29,
        message: "`public-schema` has no answer `missin`",
        suggestion: "did you mean `missing`?",
        ..NONE
    },
];
