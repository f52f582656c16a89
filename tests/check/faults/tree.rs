//! Mistakes in a command and in the decision tree.

use super::{STAMP, TREE};
use crate::fault::{Fault, NONE};

/// They hide none of the others.
pub(crate) const IN_THE_TREE: &[Fault] = &[
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
];
