//! `runbook check` as an author of content meets it: each fault planted alone into a copy of `content/` is found at its line and
//! column with a suggestion, and all of them together are said at once.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const TREE: &str = "content/trees/render-database-recovery.toml";
const RELATION: &str = "content/signatures/postgres/duplicate-relation.md";
const STAMP: &str = "content/outcomes/stamp.md";
const SITUATIONS: &str = "content/situations.toml";
const CLUES: &str = "content/clues.toml";
const ANSWERS: &str = "content/answers.toml";
const STORY: &str = "tests/scenarios/healthy.md";

/// A change to one file of a copy, and what `check` must say about it.
struct Fault {
    file: &'static str,
    /// The text replaced where it stands first after `behind`; empty appends.
    from: &'static str,
    to: &'static str,
    behind: &'static str,
    /// The problem's file, when it is another.
    in_file: &'static str,
    /// The line that must be named holds this text, where it stands first after `behind`; empty is line 1.
    line: &'static str,
    column: u32,
    message: &'static str,
    suggestion: &'static str,
}

const NONE: Fault =
    Fault { file: "", from: "", to: "", behind: "", in_file: "", line: "", column: 1, message: "", suggestion: "" };

/// Faults that hide none of the others, so that all can stand in one copy.
const FAULTS: &[Fault] = &[
    // ---- commands ----
    Fault {
        file: STAMP,
        from: "alembic stamp --purge -- {{revision}}",
        to: "alembic stamp \"{{revision}}\"",
        line: "alembic stamp \"{{revision}}\"",
        column: 16,
        message: "a placeholder is inside quotes",
        suggestion: "leave the quotes out: the page adds the right ones",
        ..NONE
    },
    // ---- the tree ----
    Fault {
        file: TREE,
        from: "ask = \"revision-file\"",
        to: "ask = \"revision-fiel\"",
        line: "ask = \"revision-fiel\"",
        column: 7,
        message: "there is no such question",
        suggestion: "did you mean `revision-file`?",
        ..NONE
    },
    Fault {
        file: TREE,
        from: "fact = \"reset_script\"",
        to: "fact = \"reset_scrpt\"",
        line: "fact = \"reset_scrpt\"",
        column: 8,
        message: "there is no such fact",
        suggestion: "did you mean `reset_script`?",
        ..NONE
    },
    Fault {
        file: TREE,
        behind: "id = \"data\"\ntext",
        from: "why = \"Options A and B delete every row. If the data matters there is always a milder way first.\"\n",
        to: "",
        line: "id = \"data\"",
        column: 6,
        message: "the question `data` has no `why`",
        suggestion: "add `why = \"…\"`: why it is asked",
        ..NONE
    },
    Fault {
        file: TREE,
        behind: "id = \"ownership\"\ntext",
        from: "find_out = \"`Check state` shows",
        to: "find_out = \"\" # \"`Check state` shows",
        line: "id = \"ownership\"",
        column: 6,
        message: "the question `ownership` has no `find_out`",
        suggestion: "add `find_out = \"…\"`: a command",
        ..NONE
    },
    Fault {
        file: TREE,
        behind: "id = \"tables-match\"\ntext",
        from: "not_sure = \"not-sure\"\n",
        to: "",
        line: "id = \"tables-match\"",
        column: 6,
        message: "the question `tables-match` has no answer for a reader who is not sure",
        suggestion: "add one, and name it: `not_sure",
        ..NONE
    },
    Fault {
        file: TREE,
        behind: "id = \"public-schema\"\ntext",
        from: "not_sure = \"not-sure\"",
        to: "not_sure = \"not-shure\"",
        line: "not_sure = \"not-shure\"",
        column: 12,
        message: "`not-shure` is none of the answers",
        suggestion: "did you mean `not-sure`?",
        ..NONE
    },
    Fault {
        file: TREE,
        behind: "id = \"tried\"",
        from: "{ id = \"option-a-refused\"",
        to: "{ id = \"nothing\"",
        line: "{ id = \"nothing\", text = \"Yes",
        column: 10,
        message: "`tried` has another answer `nothing`",
        suggestion: "another id",
        ..NONE
    },
    Fault {
        file: TREE,
        behind: "id = \"table-was-there\"\ntext",
        from: "text = \"It is in another schema or database.\"",
        to: "text = \"\"",
        line: "{ id = \"elsewhere\"",
        column: 10,
        message: "the answer `elsewhere` has no words",
        suggestion: "add `text = \"…\"`",
        ..NONE
    },
    Fault {
        file: TREE,
        from: ", not-sure = \"outcome:compare\" }\n\n# ---- What a comparison",
        to: " }\n\n# ---- What a comparison",
        behind: "ask = \"public-schema\"",
        line: "id = \"public-schema\"\nask",
        column: 6,
        message: "the answer `not-sure` leads nowhere",
        suggestion: "add `not-sure = \"…\"` to `to`",
        ..NONE
    },
    Fault {
        file: TREE,
        behind: "ask = \"right-database\"",
        from: "not-sure = ",
        to: "not-shure = ",
        line: "not-shure = ",
        column: 29,
        message: "this is none of the answers",
        suggestion: "did you mean `not-sure`?",
        ..NONE
    },
    Fault {
        file: TREE,
        from: "\"outcome:merge-heads\"",
        to: "\"outcome:merge-head\"",
        line: "outcome:merge-head\"",
        column: 13,
        message: "`heads` leads to the outcome `merge-head`, which has no file",
        suggestion: "did you mean `merge-heads`?",
        ..NONE
    },
    Fault {
        file: TREE,
        from: "otherwise = \"set-aside\"",
        to: "otherwise = \"set-asid\"",
        line: "otherwise = \"set-asid\"",
        column: 13,
        message: "`may-wipe` leads to `set-asid`, which is no node",
        suggestion: "did you mean `set-aside`?",
        ..NONE
    },
    Fault {
        file: TREE,
        behind: "id = \"set-aside\"\nfact",
        from: "{ possible =",
        to: "{ posible =",
        line: "{ posible =",
        column: 8,
        message: "`posible` is no value of `wipe`",
        suggestion: "did you mean `possible`?",
        ..NONE
    },
    Fault {
        file: TREE,
        from: "duplicate-object = \"tool-seen\"",
        to: "duplicate-objekt = \"tool-seen\"",
        line: "duplicate-objekt",
        column: 139,
        message: "`duplicate-objekt` is no value of `situation`",
        suggestion: "did you mean `duplicate-object`?",
        ..NONE
    },
    Fault {
        file: TREE,
        to: "\n[[node]]\nid = \"set-aside\"\nfact = \"wipe\"\nto = {}\notherwise = \"outcome:stamp\"\n",
        line: "id = \"set-aside\"\nfact = \"wipe\"\nto = {}",
        column: 6,
        message: "there is another node `set-aside`",
        suggestion: "give one of the two another id",
        ..NONE
    },
    Fault {
        file: TREE,
        to: "\n[[question]]\nid = \"data\"\ntext = \"?\"\nwhy = \"?\"\nfind_out = \"?\"\nassumed = \"a\"\nanswer = [{ id = \"a\", text = \"a\" }]\n",
        line: "id = \"data\"\ntext = \"?\"",
        column: 6,
        message: "there is another question `data`",
        suggestion: "give one of the two another id",
        ..NONE
    },
    Fault {
        file: TREE,
        from: "fact = \"wipe\"\nto = { possible = \"right-database\" }\notherwise",
        to: "fact = \"wipe\"\nto = { possible = \"right-database\" }\nothewise = \"keep\"\notherwise",
        line: "othewise",
        column: 1,
        message: "unknown field `othewise`",
        suggestion: "did you mean `otherwise`?",
        ..NONE
    },
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

/// Faults that are looked for in content that is sound otherwise, or that hide others.
const ALONE: &[Fault] = &[
    Fault {
        file: "content/triggers.toml",
        from: "\"alembic/unknown-revision\"",
        to: "\"alembic/unknown-revison\"",
        line: "signature = \"alembic/unknown-revison\"",
        column: 13,
        message: "`alembic/unknown-revison` is no signature of `unknown-revision`",
        suggestion: "did you mean `alembic/unknown-revision`?",
        ..NONE
    },
    Fault {
        file: TREE,
        to: "\n[[node]]\nid = \"alone\"\nfact = \"wipe\"\nto = {}\notherwise = \"outcome:stamp\"\n",
        line: "id = \"alone\"",
        column: 6,
        message: "nothing leads to the node `alone`",
        suggestion: "lead to it from another node",
        ..NONE
    },
    Fault {
        file: TREE,
        to: "\n[[question]]\nid = \"idle\"\ntext = \"?\"\nwhy = \"?\"\nfind_out = \"?\"\nnot_sure = \"a\"\nanswer = [{ id = \"a\", text = \"a\" }, { id = \"b\", text = \"b\" }]\n",
        line: "id = \"idle\"",
        column: 6,
        message: "no node asks the question `idle`",
        suggestion: "add a node with `ask = \"idle\"`",
        ..NONE
    },
    Fault {
        file: TREE,
        from: "outcome:merge-heads",
        to: "outcome:fix-code",
        in_file: "content/outcomes/merge-heads.md",
        message: "no branch of the tree leads here",
        suggestion: "lead to it with `outcome:merge-heads`",
        ..NONE
    },
    Fault {
        file: TREE,
        from: "{ possible = \"right-database\" }",
        to: "{ possible = \"tried\" }",
        line: "to = { delete = \"outcome:option-a\"",
        column: 8,
        message: "a way to `option-a` does not pass `right-database` = confirmed",
        suggestion: "put the gate before it",
        ..NONE
    },
    Fault {
        file: TREE,
        from: "{ needed = \"set-aside\"",
        to: "{ needed = \"may-wipe\"",
        line: "to = { delete = \"outcome:option-a\"",
        column: 8,
        message: "a way to `option-a` does not pass `data` = disposable or backed-up",
        suggestion: "put the gate before it",
        ..NONE
    },
    Fault {
        file: TREE,
        from: "unknown = \"set-aside\"",
        to: "unknown = \"may-wipe\"",
        line: "to = { delete = \"outcome:option-a\"",
        column: 8,
        message: "a reader who is not sure about `data` comes to `option-a`",
        suggestion: "lead whoever is not sure",
        ..NONE
    },
    Fault {
        file: TREE,
        from: "otherwise = \"set-aside\"",
        to: "otherwise = \"right-database\"",
        line: "to = { delete = \"outcome:option-a\"",
        column: 8,
        message: "a way to `option-a` does not pass `wipe` = possible",
        suggestion: "put the gate before it",
        ..NONE
    },
    Fault {
        file: TREE,
        from: "can-fix = \"outcome:fix-permissions\"",
        to: "can-fix = \"outcome:option-b\"",
        line: "can-fix = \"outcome:option-b\"",
        column: 8,
        message: "a way to `option-b` does not pass `ownership` = cannot-fix",
        suggestion: "put the gate before it",
        ..NONE
    },
    Fault {
        file: TREE,
        from: "by-hand = \"made-beside\"",
        to: "by-hand = \"made-by\"",
        line: "id = \"made-by\"\nask",
        column: 6,
        message: "a walk through `made-by` never ends",
        suggestion: "lead one of the branches",
        ..NONE
    },
    Fault {
        file: TREE,
        to: "\n[[node]]\nid = \"open\"\n\n[[node\n",
        line: "[[node\n",
        column: 7,
        message: "unclosed array table",
        suggestion: "a new entry as `[[name]]`",
        ..NONE
    },
    Fault {
        file: RELATION,
        from: "[[hit]]\n",
        to: "[[hit]]\nlog = 'all is well'\n[[hit]]\n",
        line: "[[hit]]\nlog = 'all is well'",
        message: "this example is decided by nothing",
        suggestion: "widen the pattern",
        ..NONE
    },
    Fault {
        file: "content/clues.toml",
        from: "\n",
        to: "\r\n",
        column: 125,
        message: "this line ends in CR and LF",
        suggestion: "save the file with LF alone",
        ..NONE
    },
    Fault {
        file: ANSWERS,
        behind: "id = \"committed\"",
        from: "about = \"success\"",
        to: "about = \"sucess\"",
        line: "about = \"sucess\"",
        column: 9,
        message: "unknown variant `sucess`",
        suggestion: "did you mean `success`?",
        ..NONE
    },
    Fault {
        file: ANSWERS,
        behind: "id = \"cannot-create\"",
        from: "\"option-a-refused\"",
        to: "\"option-a-refusd\"",
        line: "\"option-a-refusd\"",
        column: 19,
        message: "`tried` has no answer `option-a-refusd`",
        suggestion: "did you mean `option-a-refused`?",
        ..NONE
    },
    Fault {
        file: ANSWERS,
        behind: "id = \"permission-denied\"",
        from: "editions = [\"option-a\", \"empty-in-place\", \"as-written\"]\n",
        to: "",
        line: "[[answer.example]]\nedition = \"move-aside\"\ntext = 'ERROR:  permission denied for database",
        message: "this example is read as `permission-denied`",
        suggestion: "put the more exact entry first",
        ..NONE
    },
    Fault {
        file: "tests/scenarios/schema-missing-server-asked.md",
        from: "server = '''\n",
        to: "server = '''\nnothing of a server\n'''\ndb_user = '''\n",
        line: "'''\nnothing of",
        column: 10,
        message: "nothing in this is understood",
        suggestion: "paste what `runbook sql state` printed, as it is",
        ..NONE
    },
    Fault {
        file: "tests/scenarios/schema-missing-server-asked.md",
        from: "server = '''\n",
        to: "db_user = '''\n",
        in_file: TREE,
        line: "to = { missing = \"outcome:repair-by-hand\", present = \"outcome:fix-permissions\" }\notherwise",
        column: 8,
        message: "no scenario passes `public-seen` = missing",
        suggestion: "add a file to tests/scenarios whose log and answers lead this way",
        ..NONE
    },
    Fault {
        file: "content/guards/render-reset.toml",
        from: "runs = true",
        to: "runs = false",
        message: "the case",
        suggestion: "correct `runs`",
        ..NONE
    },
    Fault {
        file: "content/guards/render-reset.toml",
        from: "path = \"app/seed.py\"",
        to: "path = \"app/seeds.py\"",
        message: "there is no file `app/seeds.py`",
        suggestion: "correct `path`",
        ..NONE
    },
    Fault {
        file: "content/guards/reference/app/seed.py",
        from: "Fills a demo",
        to: "Fills a d\u{435}mo",
        line: "Fills a d",
        message: "a letter here is not ASCII",
        suggestion: "write `...`",
        ..NONE
    },
    Fault {
        file: "content/training/practice/demo-data.md",
        from: "order = 10",
        to: "order = 2",
        line: "way_out = \"option-a\"",
        column: 11,
        message: "one of the first 3 exercises ends with deleting data",
        suggestion: "give it a higher `order`",
        ..NONE
    },
    Fault {
        file: STORY,
        from: "lab-render/nothing_to_upgrade_and_seeded.psycopg.sa21.pg15.log",
        to: "recorded/wrong_password.psycopg2.log",
        line: "leads_to",
        column: 12,
        message: "this leads to the outcome `fix-connection`, not to `nothing-to-do`",
        suggestion: "mend the log or the answers",
        ..NONE
    },
    Fault {
        file: STORY,
        from: "lab-render/nothing_to_upgrade_and_seeded.psycopg.sa21.pg15.log",
        to: "recorded/wrong_password.psycopg2.log",
        in_file: "content/outcomes/nothing-to-do.md",
        message: "no scenario leads here",
        suggestion: "add a file to tests/scenarios with `leads_to = \"nothing-to-do\"`",
        ..NONE
    },
    Fault {
        file: "tests/scenarios/other-stack.md",
        from: "lab/django_table_exists.log",
        to: "recorded/wrong_password.psycopg2.log",
        in_file: TREE,
        line: "other-stack = ",
        column: 658,
        message: "no scenario passes `situation` = other-stack",
        suggestion: "add a file to tests/scenarios whose log and answers lead this way",
        ..NONE
    },
];

// ---- copies ----

/// A folder of one test alone, with copies of `content/` and the stories; recorded logs stay where they are.
fn copied(name: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("check").join(name);
    let _may_not_exist = fs::remove_dir_all(&root);
    for folder in ["content", "tests/scenarios", "tests/logs"] {
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &root.join(folder));
    }
    root
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.file_type().expect("a kind").is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::hard_link(entry.path(), &target)
                .or_else(|_| fs::copy(entry.path(), &target).map(drop))
                .expect("copied");
        }
    }
}

/// Writes a file of a copy anew: what is only linked there is not written through.
fn write(path: &Path, bytes: &[u8]) {
    let _may_not_exist = fs::remove_file(path);
    fs::write(path, bytes).expect("written");
}

impl Fault {
    /// Plants it.
    fn plant(&self, root: &Path) {
        let path = root.join(self.file);
        let before = fs::read_to_string(&path).unwrap_or_default();
        let after = if self.from.is_empty() {
            before + self.to
        } else {
            let start = before.find(self.behind).unwrap_or_else(|| panic!("{}: {}", self.file, self.behind));
            let (head, tail) = before.split_at(start);
            assert!(tail.contains(self.from), "{}: {}", self.file, self.from);
            format!("{head}{}", tail.replacen(self.from, self.to, 1))
        };
        write(&path, after.as_bytes());
    }

    /// The words `check` must say: file, line, column, what is wrong.
    fn says(&self, root: &Path) -> String {
        let file = if self.in_file.is_empty() { self.file } else { self.in_file };
        let text = fs::read_to_string(root.join(file)).expect("readable");
        let start = if file == self.file { text.find(self.behind).unwrap_or_default() } else { 0 };
        // What stands before the place that was changed is looked for from the top.
        let at = text.get(start..).and_then(|tail| tail.find(self.line)).map(|at| at + start).or(text.find(self.line));
        let at = at.unwrap_or_else(|| panic!("{file}: {}", self.line));
        let line = if self.line.is_empty() { 1 } else { text.get(..at).unwrap_or_default().matches('\n').count() + 1 };
        format!("{file}:{line}:{}: {}", self.column, self.message)
    }

    /// What is missing in what `check` said.
    fn missed(&self, root: &Path, said: &str) -> Option<String> {
        let says = self.says(root);
        let lines: Vec<&str> = said.split('\n').collect();
        let found = lines.windows(2).any(|pair| {
            matches!(pair, [at, help] if at.starts_with(&says) && help.starts_with("    ") && help.contains(self.suggestion))
        });
        (!found).then(|| format!("{says}\n    {}", self.suggestion))
    }
}

/// Exit code and words of `runbook check`.
fn check(root: &Path) -> (i32, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_runbook"));
    let output = command.arg("check").arg(root.join("content")).output().expect("the program runs");
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    (output.status.code().expect("an exit code"), String::from_utf8(output.stdout).expect("UTF-8"))
}

// ---- tests ----

#[test]
fn the_content_is_sound() {
    let here = check(Path::new(env!("CARGO_MANIFEST_DIR")));
    assert_eq!(here.0, 0, "{}", here.1);
    assert!(here.1.contains(" scenarios: no problem"), "{}", here.1);
    let root = copied("sound");
    assert_eq!(check(&root), here);
    fs::remove_dir_all(root.join("tests")).expect("removed");
    let (code, said) = check(&root);
    assert_eq!(code, 0);
    assert!(said.ends_with("no tests/scenarios beside it: no problem\n"), "{said}");
}

#[test]
fn each_fault_is_found_at_its_place_with_a_suggestion() {
    let root = copied("each");
    let mut missed = Vec::new();
    for fault in FAULTS.iter().chain(ALONE) {
        let path = root.join(fault.file);
        let sound = fs::read(&path).ok();
        fault.plant(&root);
        let (code, said) = check(&root);
        let wrong = fault.missed(&root, &said).or((code != 1).then(|| format!("exit {code}")));
        missed.extend(wrong.map(|wrong| format!("{wrong}\n  is not in\n{said}")));
        match sound {
            Some(bytes) => write(&path, &bytes),
            None => fs::remove_file(&path).expect("restored"),
        }
    }
    assert!(missed.is_empty(), "{} of {}:\n{}", missed.len(), FAULTS.len() + ALONE.len(), missed.join("\n"));
    assert_eq!(check(&root).0, 0, "all is restored");
}

#[test]
fn all_are_said_at_once() {
    let root = copied("all");
    for fault in FAULTS {
        fault.plant(&root);
    }
    let (code, said) = check(&root);
    assert_eq!(code, 1);
    let missed: Vec<String> = FAULTS.iter().filter_map(|fault| fault.missed(&root, &said)).collect();
    assert!(missed.is_empty(), "{} of {}:\n{}\n  are not in\n{said}", missed.len(), FAULTS.len(), missed.join("\n"));
    let lines: Vec<&str> = said.trim_end().split('\n').collect();
    let problems: Vec<&str> = lines.iter().filter(|line| !line.starts_with("    ")).copied().collect();
    let (last, problems) = problems.split_last().expect("lines");
    assert_eq!(*last, format!("{} problems", problems.len()));
    assert_eq!(lines.len(), 2 * problems.len() + 1, "each problem has one suggestion:\n{said}");
    assert!(problems.is_sorted_by_key(|problem| problem.split(':').next()), "{said}");
}

#[test]
fn what_is_not_utf_8_is_a_problem_like_any_other() {
    for (file, bytes, at) in [
        ("content/clues.toml", &b"# caf\xe9\n"[..], 1),
        ("content/outcomes/stamp.md", b"\n\nCaf\xe9 \xff\n", 3),
        ("content/runbooks/render-database-recovery/runbook.md", b"\xc3", 1),
    ] {
        let root = copied("bytes");
        let path = root.join(file);
        let sound = fs::read(&path).expect("readable");
        write(&path, &[&sound, bytes].concat());
        let (code, said) = check(&root);
        assert_eq!(code, 1, "{said}");
        let line = String::from_utf8_lossy(&sound).matches('\n').count() + at;
        let column = bytes.split(|byte| *byte == b'\n').nth(at - 1).expect("a line").iter().position(|b| !b.is_ascii());
        let says = format!("{file}:{line}:{}: this is not UTF-8", column.expect("a byte") + 1);
        assert!(said.contains(&says) && said.contains("save the file as UTF-8"), "{says}\n{said}");
    }
}

#[test]
fn a_missing_file_is_found() {
    for (file, says) in [
        ("outcomes/option-a.md", "leads to the outcome `option-a`, which has no file"),
        ("clues.toml", "content/clues.toml:1:1: this file is missing"),
        (
            "trees/render-database-recovery.toml",
            "content/trees/render-database-recovery.toml:1:1: this file is missing",
        ),
    ] {
        let root = copied("gone");
        fs::remove_file(root.join("content").join(file)).expect("removed");
        let (code, said) = check(&root);
        assert_eq!(code, 1, "{file}: {said}");
        assert!(said.contains(says), "{file}: {said}");
    }
}

#[test]
fn a_folder_that_is_not_there_is_misuse() {
    for arguments in [&["no/such/folder"][..], &["--strict"], &["content", "content"]] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_runbook"));
        let output = command.arg("check").args(arguments).output().expect("the program runs");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty(), "{arguments:?}");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(said.starts_with("runbook: ") && said.contains(arguments.last().expect("one")), "{said}");
    }
}
