//! Mistakes in what a step tells a program.

use super::STAMP;
use crate::fault::{Fault, NONE};

/// They hide none of the others.
pub(crate) const STEP_DATA: &[Fault] = &[
    // ---- what programs are told of a step ----
    Fault {
        file: "content/outcomes/nothing-to-do.md",
        from: "{#watch act=look place=dashboard}",
        to: "{#watch}",
        line: "{#watch}",
        message: "this step runs nothing and does not say what is done",
        suggestion: "add `act=…` behind its id",
        ..NONE
    },
    Fault {
        file: "content/outcomes/nothing-to-do.md",
        from: "{#sign-in act=look place=laptop}",
        to: "{#sign-in act=look}",
        line: "{#sign-in act=look}",
        message: "this step does not say where it is done",
        suggestion: "`place=dashboard`",
        ..NONE
    },
    Fault {
        file: "content/outcomes/not-this-runbook.md",
        from: "{#leave act=look place=dashboard}",
        to: "{#leave act=lok place=dashboard}",
        line: "{#leave act=lok place=dashboard}",
        column: 41,
        message: "`act=lok` is not known",
        suggestion: "did you mean `look`?",
        ..NONE
    },
    Fault {
        file: "content/outcomes/not-this-runbook.md",
        from: "{#look-up act=look place=laptop}",
        to: "{#look-up act=look plase=laptop place=laptop}",
        line: "{#look-up act=look plase",
        column: 35,
        message: "unknown name `plase` behind the id of a step",
        suggestion: "did you mean `place`?",
        ..NONE
    },
    Fault {
        file: "content/outcomes/merge-heads.md",
        from: "Expect: One line: only one head is left.",
        to: "```sh place=\"repository\"\nalembic current\n```\n",
        line: "### Make the joining migration",
        message: "a step runs one thing, and here are more",
        suggestion: "make a step of each",
        ..NONE
    },
    Fault {
        file: "content/outcomes/fix-permissions.md",
        from: "Undo: The owner runs",
        to: "The owner runs",
        line: "### Let the owner of the schema",
        message: "this step changes data and says not how to take it back",
        suggestion: "add `Undo: …`, also when it cannot be",
        ..NONE
    },
    Fault {
        file: "content/outcomes/restore-backup.md",
        from: "Verify: The new log shows no connection error.\n\n",
        to: "",
        line: "### Put the new address",
        message: "this step changes data and says not how to see that it worked",
        suggestion: "add `Expect: …` or `Verify: …`",
        ..NONE
    },
    Fault {
        file: "content/outcomes/fix-permissions.md",
        from: "GRANT USAGE, CREATE ON SCHEMA public TO {{db_user}};",
        to: "DROP OWNED BY {{db_user}};",
        line: "DROP OWNED",
        message: "this SQL deletes something",
        suggestion: "destructive",
        ..NONE
    },
    Fault {
        file: "content/outcomes/option-a.md",
        behind: "### Run it as the user",
        from: "Needs: writers-stopped, migrations-build, data-safe",
        to: "Needs: writers-stopped, migrations-build",
        line: "### Run it as the user",
        message: "this step deletes data and does not need `data-safe`",
        suggestion: "add `data-safe` to `Needs:`, and a step with that id before",
        ..NONE
    },
    Fault {
        file: "content/outcomes/option-a.md",
        behind: "### Save the SQL",
        from: "Risk: destructive",
        to: "Risk: reversible",
        line: "### Save the SQL",
        message: "this step shows SQL that deletes data",
        suggestion: "add `Risk: destructive`, and what it needs",
        ..NONE
    },
    Fault {
        file: "content/outcomes/repair-by-hand.md",
        from: "Needs: dump",
        to: "Needs: dmp",
        line: "dmp",
        column: 8,
        message: "no step before this one has the id `dmp`",
        suggestion: "did you mean `dump`?",
        ..NONE
    },
    Fault {
        file: STAMP,
        from: "Done: All tables",
        to: "All tables",
        behind: "### Find the migration",
        line: "Needs: find",
        column: 8,
        message: "the step `find` is needed, but says not what is so when it is done",
        suggestion: "add `Done: …` to `find`",
        ..NONE
    },
    Fault {
        file: "content/outcomes/merge-heads.md",
        from: "Verify: Read the new",
        to: "Verfy: Read the new",
        line: "Verfy:",
        message: "`Verfy:` says nothing known about a step",
        suggestion: "did you mean `Verify`?",
        ..NONE
    },
    Fault {
        file: "content/outcomes/back-up-first.md",
        from: "Expect: A size",
        to: "Expect: It is there.\n\nExpect: A size",
        line: "Expect: A size",
        message: "`Expect:` stands twice in this step",
        suggestion: "say it once",
        ..NONE
    },
    Fault {
        file: "content/outcomes/back-up-first.md",
        behind: "## Prevent",
        from: "Plan: free",
        to: "Plan: fre",
        line: "fre\n",
        column: 7,
        message: "unknown plan `fre`",
        suggestion: "did you mean `free`?",
        ..NONE
    },
    Fault {
        file: "content/outcomes/move-aside.md",
        from: "Risk: reversible",
        to: "Risk: reversable",
        line: "Risk: reversable",
        column: 7,
        message: "unknown risk `reversable` of a step",
        suggestion: "did you mean `reversible`?",
        ..NONE
    },
    Fault {
        file: "content/outcomes/option-b.md",
        from: "anchor = \"option-b\"",
        to: "anchor = \"option-bb\"",
        line: "anchor = \"option-bb\"",
        column: 10,
        message: "the runbook `render-database-recovery` has no section `option-bb`",
        suggestion: "did you mean `option-b`?",
        ..NONE
    },
];
