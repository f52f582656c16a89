//! Mistakes in signatures, clues, situations, warnings and markers.

use super::{CLUES, RELATION, SITUATIONS};
use crate::fault::{Fault, NONE};

/// They hide none of the others.
pub(crate) const SIGNATURES: &[Fault] = &[
    // ---- signatures, clues, situations, warnings, markers ----
    Fault {
        file: RELATION,
        from: "{ dbms =",
        to: "{ dmbs =",
        line: "{ dmbs =",
        column: 11,
        message: "`dmbs` is no fact",
        suggestion: "did you mean `dbms`?",
        ..NONE
    },
    Fault {
        file: RELATION,
        from: "creates {relation}",
        to: "creates {relatoin}",
        line: "creates {relatoin}",
        column: 12,
        message: "`{relatoin}` is no fact",
        suggestion: "did you mean `relation`?",
        ..NONE
    },
    Fault {
        file: RELATION,
        from: "\"duplicate-table\"",
        to: "\"duplicate-tabel\"",
        line: "\"duplicate-tabel\"",
        column: 13,
        message: "`duplicate-tabel` is no situation",
        suggestion: "did you mean `duplicate-table`?",
        ..NONE
    },
    Fault {
        file: RELATION,
        from: "## Why it happens",
        to: "## Why",
        message: "its headings are",
        suggestion: "give every signature the headings",
        ..NONE
    },
    Fault {
        file: "content/signatures/postgres/disk-full.md",
        from: "dbms = \"postgresql\"",
        to: "dbms = \"postgres\"",
        line: "dbms = \"postgres\"",
        column: 18,
        message: "`postgres` is no value of `dbms`",
        suggestion: "did you mean `postgresql`?",
        ..NONE
    },
    Fault {
        file: "content/signatures/postgres/deadlock.md",
        from: "tells = { dbms = \"postgresql\" }",
        to: "tells = { wipe = \"possible\" }",
        line: "tells = { wipe",
        column: 11,
        message: "`wipe` follows from the whole log",
        suggestion: "remove this line",
        ..NONE
    },
    Fault {
        file: CLUES,
        from: "value = \"asyncpg\"",
        to: "value = \"asynpg\"",
        line: "value = \"asynpg\"",
        column: 9,
        message: "`asynpg` is no value of `driver`",
        suggestion: "did you mean `asyncpg`?",
        ..NONE
    },
    Fault {
        file: CLUES,
        to: "\n[[clue]]\nfact = \"tool\"\nvalue = \"other\"\ntexts = [\"abc\"]\n",
        line: "\"abc\"",
        column: 10,
        message: "this text is too short",
        suggestion: "give at least four characters",
        ..NONE
    },
    Fault {
        file: SITUATIONS,
        from: "id = \"healthy\"",
        to: "id = \"helthy\"",
        line: "id = \"helthy\"",
        column: 6,
        message: "`helthy` is no situation",
        suggestion: "did you mean `healthy`?",
        ..NONE
    },
    Fault {
        file: SITUATIONS,
        from: "id = \"other-stack\"",
        to: "id = \"app-error\"",
        behind: "id = \"app-error\"",
        line: "id = \"app-error\"\ntitle = \"This com",
        column: 6,
        message: "there are other words for `app-error`",
        suggestion: "remove one of the two",
        ..NONE
    },
    Fault {
        file: SITUATIONS,
        from: "meaning = \"The tables are in the database",
        to: "meaning = \"The tables \u{e2}\u{20ac}\u{201d} are in the database",
        line: "\u{e2}\u{20ac}\u{201d}",
        column: 23,
        message: "`\u{e2}\u{20ac}\u{201d}` is text read in the wrong encoding",
        suggestion: "write `—`",
        ..NONE
    },
    Fault {
        file: "content/markers.toml",
        from: "kind = \"start-command\"",
        to: "kind = \"start-comand\"",
        line: "kind = \"start-comand\"",
        column: 8,
        message: "unknown variant `start-comand`",
        suggestion: "did you mean `start-command`?",
        ..NONE
    },
    Fault {
        file: "content/triggers.toml",
        from: "situation = \"permission\"\n",
        to: "",
        behind: "must be owner",
        line: "[[trigger]]\ntext = \"permission denied",
        message: "missing field `situation`",
        suggestion: "add `situation = …`",
        ..NONE
    },
    Fault {
        file: "content/triggers.toml",
        from: "text = \"something else\"",
        to: "text = 7",
        line: "text = 7",
        column: 8,
        message: "invalid type: integer",
        suggestion: "write it as the other",
        ..NONE
    },
];
