//! Mistakes that are planted one at a time.

use super::{ANSWERS, RELATION, STORY, TREE};
use crate::fault::{Fault, NONE};

/// Faults that are looked for in content that is sound otherwise, or that hide others.
pub(crate) const ALONE: &[Fault] = &[
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
