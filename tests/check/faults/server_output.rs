//! Mistakes in how servers' output is read.

use super::ANSWERS;
use crate::fault::{Fault, NONE};

/// They hide none of the others.
pub(crate) const SERVER_OUTPUT: &[Fault] = &[
    // ---- what servers answer ----
    Fault {
        file: ANSWERS,
        behind: "id = \"not-owner-aside\"",
        from: "\"undo-move-aside\"",
        to: "\"undo-move-asid\"",
        line: "\"undo-move-asid\"",
        column: 27,
        message: "there is no such text",
        suggestion: "did you mean `undo-move-aside`?",
        ..NONE
    },
    Fault {
        file: ANSWERS,
        behind: "id = \"another-database\"",
        from: "right-database = ",
        to: "right-databse = ",
        line: "right-databse = ",
        column: 11,
        message: "there is no question `right-databse`",
        suggestion: "did you mean `right-database`?",
        ..NONE
    },
    Fault {
        file: ANSWERS,
        from: "tells = { set_aside = \"no-create\" }",
        to: "tells = { set_asid = \"no-create\" }",
        line: "set_asid = ",
        column: 11,
        message: "no node of the tree looks at `set_asid`",
        suggestion: "did you mean `set_aside`?",
        ..NONE
    },
    Fault {
        file: ANSWERS,
        from: "tells = { set_aside = \"not-owner\"",
        to: "tells = { set_aside = \"not-ownr\"",
        line: "\"not-ownr\"",
        column: 23,
        message: "`not-ownr` is no value of `set_aside`",
        suggestion: "did you mean `not-owner`?",
        ..NONE
    },
    Fault {
        file: ANSWERS,
        behind: "id = \"extension-gone\"",
        from: "Extension {name}: this user cannot",
        to: "Extension {nam}: this user cannot",
        line: "\"Extension {nam}",
        column: 8,
        message: "`{nam}` is not in every line",
        suggestion: "did you mean `name`?",
        ..NONE
    },
    Fault {
        file: ANSWERS,
        behind: "id = \"nothing-outside\"",
        from: "'outside: (none)|'",
        to: "'outsde: (none)|'",
        line: "'outsde: ",
        column: 18,
        message: "there is no table `outsde`",
        suggestion: "did you mean `outside`?",
        ..NONE
    },
    Fault {
        file: ANSWERS,
        behind: "id = \"deadlock\"",
        from: "id = \"deadlock\"",
        to: "id = \"lock-timeout\"",
        line: "id = \"lock-timeout\"\nabout = \"failure\"\ntext = \"Something else works",
        column: 6,
        message: "there is another entry `lock-timeout`",
        suggestion: "another id",
        ..NONE
    },
];
