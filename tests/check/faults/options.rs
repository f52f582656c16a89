//! Mistakes in options and their steps.

use super::STAMP;
use crate::fault::{Fault, NONE};

/// They hide none of the others.
pub(crate) const OPTIONS: &[Fault] = &[
    // ---- ways out ----
    Fault {
        file: STAMP,
        from: "milder = ",
        to: "# milder = ",
        line: "title = ",
        message: "`milder` is missing",
        suggestion: "why nothing milder is enough",
        ..NONE
    },
    Fault {
        file: STAMP,
        from: "undo = ",
        to: "undoo = ",
        line: "undoo = ",
        message: "unknown field `undoo`",
        suggestion: "did you mean `undo`?",
        ..NONE
    },
    Fault {
        file: "content/signatures/python/stopped-later.md",
        from: "'shutting down'",
        to: "'Shutting down'",
        line: "headline = ",
        column: 12,
        message: "`Shutting down` is compared with words in small letters and would never be found",
        suggestion: "write it in small letters",
        ..NONE
    },
    Fault {
        file: "content/signatures/python/stopped-later.md",
        from: "role = \"doubt\"",
        to: "role = \"sign\"",
        line: "headline = ",
        column: 12,
        message: "`words` are what a signature of role `doubt` has, and `[[match]]` what every other has",
        suggestion: "give it one of the two, or another role",
        ..NONE
    },
    Fault {
        file: "content/outcomes/merge-heads.md",
        from: "## Check",
        to: "## Prevent",
        line: "## Before",
        message: "there is no `## Check`",
        suggestion: "say how the reader sees that it worked",
        ..NONE
    },
    Fault {
        file: "content/outcomes/migrate.md",
        from: "### Deploy {#new-deploy act=deploy target=commit}",
        to: "# Deploy {#new-deploy}",
        line: "# Deploy {#new-deploy}",
        message: "the steps have no title of their own",
        suggestion: "front matter",
        ..NONE
    },
    Fault {
        file: "content/outcomes/redeploy.md",
        from: "## Check\n",
        to: "## Check\n\n## Prevent\n",
        line: "## Check",
        message: "there is no step in `Check`",
        suggestion: "add a line `### What to do {#its-id}`",
        ..NONE
    },
    Fault {
        file: "content/outcomes/restore-backup.md",
        from: "edition=\"state\"",
        to: "edition=\"stat\"",
        line: "edition=\"stat\"",
        column: 48,
        message: "there is no generated SQL named `stat`",
        suggestion: "did you mean `state`?",
        ..NONE
    },
    Fault {
        file: "content/outcomes/option-b.md",
        from: "risk = \"destructive\"",
        to: "risk = \"destuctive\"",
        line: "risk = \"destuctive\"",
        column: 8,
        message: "unknown risk `destuctive`",
        suggestion: "did you mean `destructive`?",
        ..NONE
    },
    // ---- the steps of a way out ----
    Fault {
        file: "content/outcomes/fix-connection.md",
        from: "## Do\n",
        to: "## Deploy\n",
        line: "## Before",
        message: "one of `## Run` and `## Do` must be there",
        suggestion: "`Run` when SQL is run, else `Do`",
        ..NONE
    },
    Fault {
        file: "content/outcomes/fix-code.md",
        from: "## Prevent",
        to: "## Prevnt",
        line: "## Prevnt",
        message: "unknown group of steps `Prevnt`",
        suggestion: "did you mean `Prevent`?",
        ..NONE
    },
    Fault {
        file: "content/outcomes/fix-code.md",
        from: "### Read the new log {#read-log act=look place=dashboard}",
        to: "### Read the new log",
        line: "### Read the new log",
        message: "this step has no id of its own",
        suggestion: "end it with one that stays when the words change: `{#read-the-new-log}`",
        ..NONE
    },
];
