//! Planted mistakes: each is found, at its line and column, with what to do.

use super::*;
use crate::engine::page::{Code, Correction, Part};

const FRONT: &str = "+++\nsummary = \"One sentence.\"\n\n[[placeholder]]\nkey = \"db_user\"\nkind = \"ident\"\nsource = \"example_user\"\nlabel = \"Database user\"\n+++\n";
/// The line on which the body of [`page`] begins.
const BODY: u32 = 10;
const KNOWN: Known<'static> = Known { editions: &["state", "option-a", "as-written"], placeholders: &[] };

/// A page with this body after a front matter and a title that use everything they must.
fn page(body: &str) -> Parsed<Page> {
    runbook("x.md", "x", &format!("{FRONT}# Title of {{{{db_user}}}}\n{body}"), &KNOWN)
}

/// Asserts exactly one problem: line of the body (the title's is 0), column, and pieces of what is said.
#[track_caller]
fn one(body: &str, line: u32, column: u32, message: &str, suggestion: &str) {
    let problems = page(body).problems;
    let [problem] = problems.as_slice() else { panic!("{problems:#?}") };
    assert_eq!((problem.line, problem.column), (BODY + line, column), "{problem}");
    assert!(problem.message.contains(message), "{problem}");
    assert!(problem.suggestion.contains(suggestion), "{problem}");
}

#[test]
fn a_clean_page_has_no_problems_and_keeps_everything() {
    let parsed = page(concat!(
        "Lead with *care* and **`{{db_user}}`**, see [there](#one).\n\n## One {#one}\n\n3. Step:\n\n",
        "   ```today\n   text = \"use `psql`.\"\n   why = '''Because.'''\n   source = \"measured\"\n   date = 2026-11-22\n   edition = \"option-a\"\n   ```\n\n",
        "   ```sql place=\"here\" edition=\"as-written\"\n   GRANT x TO {{db_user}};\n\n   -- {{ not a key }}\n   ```\n",
        "4. Next\n\n```sql place=\"here\" edition=\"state\"\n```\n\n> Quoted.\n\n### Deeper\n",
    ));
    assert_eq!(parsed.problems, []);
    let page = parsed.value;
    assert_eq!(page.slug, "x");
    assert_eq!(page.lead.len(), 1);
    let [section] = page.sections.as_slice() else { panic!("one section") };
    let [
        Block::List { ordered: true, start: 3, items },
        Block::Sql { edition, .. },
        Block::Quote(_),
        Block::Heading { level: 3, id, .. },
    ] = section.blocks.as_slice()
    else {
        panic!("{:#?}", section.blocks)
    };
    assert_eq!((edition.as_str(), id.as_str()), ("state", "deeper"));
    let [
        Block::Paragraph(_),
        Block::Correction(Correction { edition: Some(_), date, .. }),
        Block::Code(Code { lines, place, .. }),
    ] = items.first().expect("a step").as_slice()
    else {
        panic!("{items:#?}")
    };
    assert_eq!((date.as_str(), place.as_str()), ("2026-11-22", "here"));
    let [grant, empty, comment] = lines.as_slice() else { panic!("{lines:#?}") };
    assert_eq!(
        grant.as_slice(),
        [Part::Text("GRANT x TO ".into()), Part::Placeholder("db_user".into()), Part::Text(";".into())]
    );
    assert!(empty.is_empty());
    assert_eq!(comment.as_slice(), [Part::Text("-- {{ not a key }}".into())]);
}

#[test]
fn an_unknown_placeholder_in_text() {
    one(
        "## One\n\nGive it to\nthe *user {{db_usr}}* now.",
        4,
        11,
        "unknown placeholder `db_usr`",
        "did you mean `db_user`?",
    );
}

#[test]
fn an_unknown_placeholder_in_a_code_span() {
    one("Say `GRANT {{db_users}}`.", 1, 12, "unknown placeholder `db_users`", "did you mean `db_user`?");
}

#[test]
fn an_unknown_placeholder_in_a_code_block_in_a_step() {
    one(
        "1. Run:\n\n   ```sql place=\"here\"\n   a\n   bc {{user_db}};\n   ```",
        5,
        7,
        "unknown placeholder `user_db`",
        "`db_user`",
    );
}

#[test]
fn spaces_inside_a_placeholder() {
    one("Say {{ db_user }}.", 1, 5, "spaces inside", "write `{{db_user}}`");
}

#[test]
fn code_without_its_place() {
    one("Text\n\n```sql\nSELECT 1;\n```", 3, 1, "where it runs", "place=\"your laptop, with psql\"");
}

#[test]
fn code_without_its_language() {
    one("```place=\"x\" \nSELECT 1;\n```", 1, 1, "language", "`sql`");
}

#[test]
fn a_command_that_power_shell_reads_otherwise() {
    let posix = "```sh place=\"x\"\ntrue && ls -l\n```\n";
    let windows = "\n```powershell place=\"x\"\nGet-Item\n```\n";
    one(posix, 1, 1, "means something else in PowerShell", "right behind");
    one(&windows[1..], 1, 1, "belongs to none", "right behind");
    one(&format!("{posix}{windows}{windows}"), 9, 1, "belongs to none", "right behind");
    let plain = posix.replace("true && ls -l", "createdb x");
    one(&format!("{plain}{}", windows.replace("\"x\"", "\"y\"")), 5, 1, "belongs to none", "same `place`");
}

#[test]
fn a_misspelt_name_after_the_language() {
    one(
        "```sql place=\"here\" editon=\"state\"\nSELECT 1;\n```",
        1,
        21,
        "unknown name `editon`",
        "did you mean `edition`?",
    );
}

#[test]
fn sql_that_is_not_generated() {
    one(
        "```sql place=\"here\" edition=\"option-aa\"\n```\n",
        1,
        30,
        "no generated SQL named `option-aa`",
        "did you mean `option-a`?",
    );
}

#[test]
fn an_empty_code_block() {
    one("```sql place=\"here\"\n```\n", 1, 1, "empty code block", "edition=");
}

#[test]
fn a_heading_id_used_twice() {
    one("## One {#same}\n\ntext\n\n## Two {#same}\n", 5, 1, "`same` is already used on line 11", "{#same-2}");
}

#[test]
fn raw_html_as_a_block_and_in_a_line() {
    one("<div>\nx\n</div>\n", 1, 1, "raw HTML", "Markdown");
    one("Replace it with <your-user> and go.", 1, 17, "raw HTML", "backticks");
}

#[test]
fn an_image() {
    one("See ![a picture](a.png) there.", 1, 5, "images are not allowed", "words");
}

#[test]
fn indented_code_and_rulers_and_forced_breaks() {
    one("Text\n\n    code\n", 3, 5, "indentation", "backticks");
    one("Text\n\n---\n", 3, 1, "ruler", "heading");
    one("Text\\\nmore\n", 1, 5, "line break", "paragraph");
}

#[test]
fn an_unknown_field_in_a_correction() {
    one(
        "```today\ntext = \"x\"\nwhy = \"y\"\nsorce = \"z\"\nsource = \"z\"\ndate = 2026-11-22\n```\n",
        4,
        1,
        "unknown field `sorce`",
        "did you mean `source`?",
    );
}

#[test]
fn a_correction_without_date_or_source() {
    one(
        "1. Step\n\n   ```today\n   text = \"x\"\n   why = \"y\"\n   source = \"z\"\n   ```\n",
        3,
        4,
        "`date` is missing",
        "2026-11-22",
    );
    one(
        "```today\ntext = \"x\"\nwhy = \"y\"\ndate = 2026-11-22\n```\n",
        1,
        1,
        "`source` is missing",
        "where this is known from",
    );
}

#[test]
fn a_correction_dated_in_words() {
    one(
        "```today\ntext = \"x\"\nwhy = \"y\"\nsource = \"z\"\ndate = \"November\"\n```\n",
        5,
        8,
        "not a day",
        "without quotes",
    );
}

#[test]
fn a_correction_that_says_today_itself() {
    one(
        "```today\ntext = \"Today: x\"\nwhy = \"y\"\nsource = \"z\"\ndate = 2026-11-22\n```\n",
        2,
        9,
        "begins with \"Today:\"",
        "the page adds it",
    );
}

#[test]
fn a_correction_that_replaces_nothing() {
    one(
        "```today\ntext = \"x\"\nwhy = \"y\"\nsource = \"z\"\ndate = 2026-11-22\nedition = \"state\"\n```\n\nText.\n",
        1,
        1,
        "no code block follows",
        "right before the code",
    );
}

#[test]
fn a_mistake_inside_a_correction_inside_a_step() {
    one(
        "1. ```today\n   text = \"give it to `{{usr}}`\"\n   why = \"y\"\n   source = \"z\"\n   date = 2026-11-22\n   ```\n\n   Step.\n",
        2,
        24,
        "unknown placeholder `usr`",
        "`db_user`",
    );
}

#[test]
fn a_correction_that_is_not_toml() {
    let problems = page("```today\ntext = x y\nwhy = \"y\"\nsource = \"z\"\ndate = 2026-11-22\n```\n").problems;
    assert!(problems.iter().any(|p| p.line == BODY + 2 && p.message.contains("not TOML")), "{problems:#?}");
}

#[test]
fn text_read_in_the_wrong_encoding() {
    let found = |text: &str| {
        let problems = check_encoding("f.md", text);
        problems.into_iter().map(|p| (p.line, p.column, p.suggestion)).collect::<Vec<_>>()
    };
    let wrong = found("é\né: nothing \u{e2}\u{20ac}\u{201d} at all \u{fffd}.");
    assert_eq!(wrong.iter().map(|(line, column, _)| (*line, *column)).collect::<Vec<_>>(), [(2, 12), (2, 23)]);
    assert!(
        wrong.iter().zip(["write `—`", "what was meant"]).all(|(found, words)| found.2.contains(words)),
        "{wrong:?}"
    );
    assert_eq!(found("a\r\nb\r\n").iter().map(|(line, column, _)| (*line, *column)).collect::<Vec<_>>(), [(1, 2)]);
}

#[test]
fn a_word_of_ours() {
    one("This is the\nbest outcome.", 2, 6, "`outcome`", "what to do");
}

#[test]
fn links_that_lead_nowhere() {
    one("## One {#one}\n\nSee [it](#onee).", 3, 5, "no heading has the id `onee`", "did you mean `one`?");
    one("See [it](http://example.org).", 1, 5, "nowhere safe", "https://");
    one("See [it](javascript:x).", 1, 5, "nowhere safe", "https://");
}

#[test]
fn a_second_title() {
    one("## One\n\n# Two\n", 3, 1, "second title", "`##`");
}

#[test]
fn mistakes_in_the_front_matter() {
    let text = "+++\nsumary = \"x\"\n\n[[placeholder]]\nkey = \"a\"\nkind = \"idnt\"\nsource = \"s\"\nlabel = \"L\"\n+++\n# T\n";
    let problems: Vec<_> =
        runbook("x.md", "x", text, &KNOWN).problems.into_iter().map(|p| (p.line, p.column, p.message)).collect();
    assert_eq!(
        problems,
        [
            (2, 1, "`summary` is missing".to_owned()),
            (2, 1, "unknown field `sumary` in the front matter of a runbook".to_owned()),
            (5, 7, "placeholder `a` is never used".to_owned()),
            (6, 8, "unknown kind `idnt`".to_owned()),
        ]
    );
}

#[test]
fn no_front_matter_and_no_title() {
    let problems: Vec<_> = runbook("x.md", "x", "Text.\n", &KNOWN).problems.into_iter().map(|p| p.message).collect();
    assert_eq!(problems, ["`summary` is missing", "there is no front matter", "there is no title"]);
}

#[test]
fn every_problem_at_once_in_the_order_of_the_file() {
    let parsed = page("<b>x</b>\n\n```sql\na {{y}}\n```\n\n![i](j)\n");
    let lines: Vec<_> = parsed.problems.iter().map(|p| p.line - BODY).collect();
    assert_eq!(lines, [1, 1, 3, 4, 7]);
    assert_eq!(parsed.value.lead.len(), 3, "what can be read is read");
}

#[test]
fn any_text_gives_a_page() {
    for text in [
        "",
        "+++\n",
        "+++\n+++\n",
        "+++\n+++\n# {#}\n",
        "```today",
        "```today\n",
        "> > ```sql edition=\"\n",
        "- \n- \n1. ```",
        "{{",
        "{{a}}{{",
        "# `{{a`",
        "+++\n=\n+++\n",
        "\u{0}\r\r\n",
    ] {
        let _ = runbook("x.md", "x", text, &KNOWN);
        let _ = outcome("x.md", "x", text, &KNOWN);
        let _ = body("x.md", text, 0, &KNOWN);
    }
}

#[test]
fn other_content_counts_lines_in_the_whole_file() {
    let text = "+++\nid = \"x\"\n+++\nText {{y}}.\n";
    let (front, at, start) = split_front_matter(text).expect("front matter");
    assert_eq!((front, at), ("id = \"x\"", 4));
    let parsed = body("x.md", text, start, &KNOWN);
    assert_eq!(parsed.problems.iter().map(|p| (p.line, p.column)).collect::<Vec<_>>(), [(4, 6)]);
}
