//! Every rule with blocks that break it and blocks that don't.

use super::*;

/// The places in a block, in order.
fn places(language: &str, code: &str) -> Vec<Place> {
    misplaced(language, code).into_iter().map(|one| one.place).collect()
}

#[track_caller]
fn refused(language: &str, place: Place, blocks: &[&str]) {
    for code in blocks {
        assert_eq!(places(language, code), [place], "{code}");
    }
}

#[track_caller]
fn accepted(language: &str, blocks: &[&str]) {
    for code in blocks {
        assert_eq!(places(language, code), [], "{code}");
    }
}

#[test]
fn sh_takes_an_argument() {
    accepted(
        "sh",
        &[
            "psql --dbname={{x}}",
            "dropdb -- {{x}}",
            "dropdb -- {{x}} {{y}}",
            "psql -X -d {{connection}} -c \"SELECT 1\"",
            "psql -f {{option_a_file}} -d {{connection}}",
            "psql -v name={{x}}",
            "psql \"--dbname=\"{{x}}",
            "export NAME={{x}}",
            "NAME={{x}} psql",
            "echo 'a' # it's\npsql --dbname={{x}}",
            "cat <<'END'\n$(it's\nEND\npsql --dbname={{x}}",
            "if true; then psql --dbname={{x}}; fi",
            "(psql --dbname={{x}})",
            "a=$(date) && psql --dbname={{x}} > out",
            "echo \"it's $(date '+%s\"')\"; psql --dbname={{x}}",
            "psql \\\n  --dbname={{x}}",
            "echo $((1 + 2)); psql --dbname={{x}} | tee log",
            "f() { psql --dbname={{x}}; }",
            "sudo -u postgres psql --dbname={{x}}",
            "psql --host={{x}}:{{y}}",
            "a#b --dbname={{x}}",
        ],
    );
}

#[test]
fn sh_quotes() {
    refused(
        "sh",
        Place::Quotes,
        &[
            "psql -d \"{{x}}\"",
            "psql -d '{{x}}'",
            "psql -c \"SELECT 1 FROM {{x}}\"",
            "a $'it\\'s {{x}}",
            "a $\"{{x}}\"",
            "a $'\\{{x}}'",
            "a \"\\{{x}}\"",
            "a 'b\n{{x}}'",
            "a \"\\\"{{x}}\"",
            "a \"$(date)\n{{x}}\"",
            "a '\\' '{{x}}'",
        ],
    );
}

#[test]
fn sh_substitutions() {
    refused(
        "sh",
        Place::Substitution,
        &[
            "a $(b --n={{x}})",
            "a \"$(b --n={{x}})\"",
            "a `b --n={{x}}`",
            "a \"`b {{x}}`\"",
            "a `b \\` {{x}}`",
            "a <(b --n={{x}})",
            "a $(b (c) --n={{x}})",
            "a $(b # )\n--n={{x}})",
        ],
    );
    refused("sh", Place::Arithmetic, &["a $(({{x}} + 1))", "a $[{{x}}]", "((a = {{x}}))", "a \"$(( (1) + {{x}} ))\""]);
    refused("sh", Place::Parameter, &["a ${b:-{{x}}}", "a \"${b:-{{x}}}\"", "a ${b#${c} {{x}}}"]);
}

#[test]
fn sh_here_documents_and_comments() {
    refused(
        "sh",
        Place::Here,
        &[
            "cat <<END\n{{x}}\nEND",
            "cat <<'END'\n{{x}}\nEND",
            "cat <<-\"END\" | b\n\t{{x}}\n\tEND",
            "cat <<A <<B\nA\n{{x}}\nB",
            "cat <<\\END\n{{x}}\nEND",
            "a $(cat <<END\n{{x}}\nEND\n)",
        ],
    );
    refused("sh", Place::Comment, &["# {{x}}", "a # {{x}}", "a;# {{x}}", "a \\\n # {{x}}"]);
    refused("sh", Place::Redirection, &["a > {{x}}", "a 2>&{{x}}", "a < {{x}}", "a <<< {{x}}", "a -- {{x}}>b"]);
}

#[test]
fn sh_words_that_are_expanded() {
    refused(
        "sh",
        Place::Expanded,
        &[
            "a -- \\{{x}}",
            "a --n=$b{{x}}",
            "a --n={{x}}$b",
            "a -- ~{{x}}",
            "a --n={{x}}*",
            "a --n={b,{{x}}}",
            "a -- ${{x}}",
            "a --n={{x}}`b`",
            "a --n={{x}}(b)",
        ],
    );
}

#[test]
fn sh_commands_and_code() {
    refused(
        "sh",
        Place::CommandName,
        &["{{x}}", "a; {{x}}", "a | {{x}} b", "./{{x}}", "if {{x}}; then a; fi", "a && {{x}}"],
    );
    refused("sh", Place::Compound, &["for a in -- {{x}}; do b; done", "[[ -n {{x}} ]]"]);
    refused(
        "sh",
        Place::Code,
        &[
            "eval -- {{x}}",
            "sh -c {{x}}",
            "bash script -- {{x}}",
            "ssh host --n={{x}}",
            "sudo sh -c --n={{x}}",
            "psql -c {{x}}",
            "psql --command={{x}}",
            "psql -c {{connection}}",
            "$a --n={{x}}",
            "trap -- {{x}} EXIT",
        ],
    );
    refused("sh", Place::Variable, &["A={{x}}\npsql $A", "export A={{x}}\npsql \"${A}\""]);
    refused(
        "sh",
        Place::Unclear,
        &["case a in a) psql --n={{x}};; esac", "a \"${b:-'}\"; c --n={{x}}", "a=(b); c --n={{x}}"],
    );
}

#[test]
fn sh_options() {
    refused(
        "sh",
        Place::Option,
        &[
            "a {{x}}",
            "a -d {{x}}",
            "a -d{{x}}",
            "a --{{x}}",
            "a -{{x}}",
            "a ''{{x}}",
            "a \"$b\"{{x}}",
            "a -- b {{x}}",
            "sudo -- {{x}}",
            "a -- b; a {{x}}",
        ],
    );
}

#[test]
fn power_shell_takes_an_argument() {
    accepted(
        "powershell",
        &[
            "alembic stamp -- {{x}}",
            "psql --dbname={{x}}",
            "psql --dbname={{x}}.old",
            "psql -X -d {{connection}} -c \"SELECT 1\"",
            "$env:A = [Net.NetworkCredential]::new('', (Read-Host A -AsSecureString)).Password\npsql --dbname={{x}}",
            "& 'C:\\Program Files\\psql.exe' --dbname={{x}}",
            "if ($a -eq 'it''s') { psql --dbname={{x}} } else { b }",
            "$a = psql --dbname={{x}}",
            "<# it's #> psql --dbname={{x}} # it's",
            "$a = @'\nit's\n'@\npsql --dbname={{x}}",
            "psql `\n  --dbname={{x}}",
            "a \"`\"\" --n={{x}}",
            "a | b --n={{x}} 2>&1",
        ],
    );
}

#[test]
fn power_shell_quotes_and_comments() {
    refused(
        "powershell",
        Place::Quotes,
        &[
            "a '{{x}}'",
            "a \"{{x}}\"",
            "a \u{2018}{{x}}\u{2019}",
            "a \u{201C}{{x}}\u{201D}",
            "a 'it\u{2019}\u{2018}s {{x}}",
            "a \"`\"{{x}}\"",
            "a \"\"\"{{x}}\"",
        ],
    );
    refused("powershell", Place::Here, &["$a = @'\n{{x}}\n'@", "$a = @\"\n{{x}}\n\"@", "a @'\n x'@ {{x}}\n'@"]);
    refused("powershell", Place::Comment, &["# {{x}}", "a # {{x}}", "<#\n{{x}}\n#>", "a <# {{x}} #>"]);
    refused("powershell", Place::Unclear, &["$a#b\npsql --n={{x}}"]);
}

#[test]
fn power_shell_expressions() {
    refused(
        "powershell",
        Place::Substitution,
        &[
            "a \"$(b --n={{x}})\"",
            "a @(b --n={{x}})",
            "a $(b --n={{x}})",
            "a (b --n={{x}})",
            "a \"$(b ')' --n={{x}})\"",
        ],
    );
    refused("powershell", Place::Expression, &["$a -eq {{x}}", "a @{ b = {{x}} }", "1 + {{x}}"]);
    refused(
        "powershell",
        Place::CommandName,
        &["{{x}}", "$a = {{x}}", "& {{x}}", "a; {{x}}", ". {{x}}", "return {{x}}", "a{{x}}"],
    );
    refused(
        "powershell",
        Place::Expanded,
        &[
            "a -- {{x}}b",
            "a -- {{x}},b",
            "a -- b,{{x}}",
            "a --n=$b{{x}}",
            "a -Name:{{x}}",
            "a 'b'{{x}}",
            "a -- `{{x}}",
            "a -- 1{{x}}",
            "a -- {{x}}\u{2019}b\u{2019}",
        ],
    );
    refused("powershell", Place::Redirection, &["a > {{x}}", "a -- {{x}}>b"]);
    refused("powershell", Place::Option, &["a {{x}}", "a -d {{x}}", "a --{{x}}"]);
    refused(
        "powershell",
        Place::Code,
        &["iex -- {{x}}", "Invoke-Expression --n={{x}}", "cmd.exe /c --n={{x}}", "a --% --n={{x}}", "& $a --n={{x}}"],
    );
}

#[test]
fn sql_takes_a_token() {
    accepted(
        "sql",
        &[
            "SELECT {{x}};",
            "GRANT ALL ON SCHEMA public TO {{x}};",
            "SELECT 'it''s', E'\\'', \"a\"\"b\", $$'$$, $a$ $$ ' $a$, {{x}}",
            "-- it's\nSELECT {{x}} -- it's",
            "/* ' /* ' */ ' */ SELECT {{x}}::text, $1, ({{y}})",
            "SELECT a.{{x}}, 'a'::{{y}}",
            "SELECT a$b$, {{x}} AS b$b$",
        ],
    );
}

#[test]
fn sql_quotes_comments_and_joins() {
    refused(
        "sql",
        Place::Quotes,
        &[
            "SELECT '{{x}}'",
            "SELECT 'a {{x}}'",
            "SELECT \"{{x}}\"",
            "SELECT E'\\'{{x}}'",
            "SELECT U&'{{x}}'",
            "DO $$ {{x}} $$",
            "DO $a$ $$ {{x}} $a$",
            "SELECT 'it''s {{x}}'",
        ],
    );
    refused("sql", Place::Comment, &["-- {{x}}", "SELECT 1 -- {{x}}", "/* /* */ {{x}} */"]);
    refused(
        "sql",
        Place::Joined,
        &["SELECT E{{x}}", "SELECT U&{{x}}", "SELECT {{x}}a", "SELECT :{{x}}", "SELECT 'a'{{x}}", "SELECT {{x}}'a'"],
    );
    assert_eq!(places("sql", "SELECT {{x}}{{y}}"), [Place::Joined, Place::Joined]);
    refused("sql", Place::PsqlCommand, &["\\echo {{x}}", "SELECT 1 \\gset {{x}}"]);
    refused("sql", Place::Unclear, &["SELECT '\\', {{x}}"]);
}

#[test]
fn other_languages() {
    refused("python", Place::Language, &["print({{x}})"]);
    refused("cmd", Place::Language, &["psql {{x}}"]);
    accepted("text", &["'{{x}}'"]);
}

#[test]
fn the_place_is_that_of_the_placeholder() {
    let found = misplaced("sh", "é '{{x}}'\n--n={{y}} {{ z }}");
    assert_eq!(found.iter().map(|one| one.at).collect::<Vec<_>>(), [4, 15, 21]);
}

#[test]
fn every_place_says_what_to_do() {
    for place in PLACES {
        assert!(!place.message().is_empty() && !place.suggestion().is_empty(), "{place:?}");
    }
}
