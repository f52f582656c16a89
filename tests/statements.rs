//! No input to any field or flag makes a text that PostgreSQL reads as other statements than the edition's: read by PostgreSQL's own
//! parser (`libpg_query` of version 18, from `tests/python/requirements.txt`), which `RUNBOOK_PYTHON` has.

use runbook::engine::sql::{Edition, Extensions, Grantee, Ident, RawValues, SqlValues};
use serde_json::json;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// The same numbers in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 40).expect("24 bits") % n
    }

    fn text(&mut self, pieces: &[&str], most: usize) -> String {
        let n_pieces = 1 + self.below(most);
        (0..n_pieces).filter_map(|_| pieces.get(self.below(pieces.len())).copied()).collect()
    }
}

/// What matters to quoting, to dollar quotes, to comments and to PL/pgSQL; what names are made of; whole attacks.
const PIECES: [&str; 54] = [
    "\"",
    "\"\"",
    "'",
    "''",
    "\\",
    "\\'",
    "\\\"",
    "$",
    "$$",
    "$body$",
    "$body1$",
    "$a$",
    ";",
    "--",
    "/*",
    "*/",
    " ",
    "%",
    "%I",
    "%%",
    ":x",
    ":'x'",
    "U&",
    "E'",
    "é",
    "я",
    "用",
    "😀",
    "\u{1}",
    "\n",
    "\r",
    "\u{A0}",
    "\0",
    "A",
    "b",
    "_",
    "1",
    ".",
    "select",
    "END",
    "DROP TABLE users",
    "; COMMIT; --",
    "\"; DROP SCHEMA audit CASCADE; --",
    "' OR true; --",
    "'); PERFORM 1; --",
    "END $$; DROP SCHEMA audit; DO $$ BEGIN",
    "$body$; DROP SCHEMA audit; --",
    "public",
    "CURRENT_USER",
    "UESCAPE '!'",
    "(",
    ")",
    "\\gexec",
    "app_user",
];

/// A URL around hostile names, percent-encoded in part.
fn url(dice: &mut Dice, user: &str, database: &str) -> String {
    let mut encode = |name: &str| -> String {
        let all = dice.below(4) > 0;
        let encoded = |byte: u8| if all { format!("%{byte:02X}") } else { char::from(byte).to_string() };
        name.bytes().map(encoded).collect()
    };
    format!("postgresql://{}:secret@h.example/{}", encode(user), encode(database))
}

/// All that can be typed: hostile in any of its places.
fn typed(dice: &mut Dice) -> RawValues {
    let (user, database) = (dice.text(&PIECES, 7), dice.text(&PIECES, 7));
    let suffix =
        if dice.below(6) == 0 { dice.text(&PIECES, 3) } else { dice.text(&["a", "z", "0", "9", "_", "end", "1"], 6) };
    let settings = vec![format!("suffix={suffix}")];
    match dice.below(4) {
        0 => RawValues { url: Some(url(dice, &user, &database)), settings, ..RawValues::default() },
        1 => RawValues {
            db_user: Some(user.clone()),
            url: Some(url(dice, &user, &database)),
            settings,
            ..RawValues::default()
        },
        _ => RawValues { db_user: Some(user), database: Some(database), settings, ..RawValues::default() },
    }
}

fn line(edition: Edition, values: &SqlValues, sql: &str) -> String {
    let role = match &values.grantee {
        Some(Grantee::Role(role)) => role.name(),
        Some(Grantee::CurrentUser) | None => "",
    };
    let database = values.database.as_ref().map_or("", |database| database.name());
    json!({"edition": edition.id(), "role": role, "database": database, "suffix": values.suffix.as_str(), "sql": sql})
        .to_string()
        + "\n"
}

/// What creates an extension again that a server listed under that name: in it the name stands where another text has the user's.
const EXTENSIONS: &str = "extensions";

fn extension_line(name: &str, database: &str) -> Option<String> {
    let database = Ident::database(database).ok()?.ident;
    let sql = Extensions::of([name].into_iter(), [].into_iter()).compose(&database)?.sql;
    let line = json!({"edition": EXTENSIONS, "role": name, "database": database.name(), "suffix": "model", "sql": sql});
    Some(line.to_string() + "\n")
}

/// The lines for the parser: first each edition with names of letters alone, then what hostile input made; and how many each has.
fn lines(least: usize) -> (String, BTreeMap<&'static str, usize>) {
    let model = RawValues {
        db_user: Some("Model Role".to_owned()),
        database: Some("Model Database".to_owned()),
        settings: vec!["suffix=model".to_owned()],
        ..RawValues::default()
    };
    let composed = |raw: &RawValues, edition| Some((raw.resolve().ok()?.values, raw.compose(edition).ok()?.0.sql));
    let mut all = String::new();
    for edition in Edition::ALL {
        let (values, sql) = composed(&model, edition).expect("complete");
        all += &line(edition, &values, &sql);
    }
    all += &extension_line("Model Role", "Model Database").expect("complete");
    let mut dice = Dice(20_261_122);
    let mut counts = BTreeMap::new();
    while counts.values().sum::<usize>() < least {
        let raw = typed(&mut dice);
        for edition in Edition::ALL {
            if let Some((values, sql)) = composed(&raw, edition) {
                all += &line(edition, &values, &sql);
                *counts.entry(edition.id()).or_default() += 1;
            }
        }
        if let Some(line) = extension_line(&dice.text(&PIECES, 7), &dice.text(&PIECES, 7)) {
            all += &line;
            *counts.entry(EXTENSIONS).or_default() += 1;
        }
    }
    (all, counts)
}

/// What the parser prints about the names in texts.
fn parsed(lines: &str) -> String {
    python("statements.py", lines)
}

/// What a program of `tests/python` prints.
fn python(program: &str, lines: &str) -> String {
    let python = std::env::var_os("RUNBOOK_PYTHON");
    let mut command = Command::new(
        python
            .expect("RUNBOOK_PYTHON is not set: run ./x test, or name a Python that has tests/python/requirements.txt"),
    );
    command.args(["-X", "utf8", "-B"]).arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/python").join(program));
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("Python runs");
    child.stdin.take().expect("piped").write_all(lines.as_bytes()).expect("Python reads");
    let output = child.wait_with_output().expect("Python ends");
    assert!(output.status.success(), "the parser's program fails");
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
#[ignore = "needs Python with pglast: ./x test runs it"]
fn no_input_makes_other_statements() {
    let (all, counts) = lines(10_000);
    assert_eq!(counts.len(), Edition::ALL.len() + 1);
    assert!(counts.values().all(|count| *count > 800), "{counts:?}");
    assert_eq!(parsed(&all), format!("{} read\n", counts.values().sum::<usize>()));
}

/// The check finds what it is there for: texts as careless quoting would make them.
#[test]
#[ignore = "needs Python with pglast: ./x test runs it"]
fn careless_quoting_is_found() {
    let (models, _) = lines(0);
    let broken = [
        ("option-a", "x\"; DROP SCHEMA audit; --", "d", "\"Model Role\"", "\"x\"; DROP SCHEMA audit; --\""),
        ("option-a", "r", "x' OR true OR 'x", "'Model Database'", "'x' OR true OR 'x'"),
        (
            "option-a",
            "r",
            "$$; DROP SCHEMA audit; DO $$BEGIN",
            "'Model Database'",
            "'$$; DROP SCHEMA audit; DO $$BEGIN'",
        ),
        ("as-written", "my user", "d", "\"Model Role\"", "my user"),
        ("as-written", "public", "d", "\"Model Role\"", "public"),
        ("option-a", "other", "d", "\"Model Role\"", "\"another\""),
    ];
    for (edition, role, database, token, written) in broken {
        let of = |line: &&str| line.contains(&format!("\"edition\":\"{edition}\""));
        let model: serde_json::Value =
            serde_json::from_str(models.split('\n').find(of).expect("a model")).expect("JSON");
        let sql = model.get("sql").and_then(serde_json::Value::as_str).expect("text").replace(token, written);
        let sql = if role == "r" { sql.replace("\"Model Role\"", "\"r\"").replace("'Model Role'", "'r'") } else { sql };
        let line =
            json!({"edition": edition, "role": role, "database": database, "suffix": "model", "sql": sql}).to_string();
        let said = parsed(&format!("{models}{line}\n"));
        assert!(
            said.starts_with("{\"difference\"") && said.ends_with("1 read\n"),
            "{edition} {role} {database}: {said}"
        );
    }
}

/// What a session's `search_path` decides in each text, by PostgreSQL's own parser.
fn left_to_the_path(texts: &[String]) -> Vec<Vec<String>> {
    let lines: String = texts.iter().map(|sql| json!(sql).to_string() + "\n").collect();
    let said = python("qualified.py", &lines);
    said.trim_end().split('\n').map(|line| serde_json::from_str(line).expect("a list")).collect()
}

/// A graphical tool sends any statement alone, in a session whose `search_path` somebody else may have set.
#[test]
#[ignore = "needs Python with pglast: ./x test runs it"]
fn no_statement_leaves_a_name_to_the_search_path() {
    let model = RawValues {
        db_user: Some("app_user".to_owned()),
        database: Some("app_database".to_owned()),
        ..RawValues::default()
    };
    let composed = Edition::ALL.into_iter().map(|edition| model.compose(edition).expect("complete").0.sql);
    let database = Ident::database("app_database").expect("accepted").ident;
    let extensions = Extensions::of(["citext"].into_iter(), ["amcheck"].into_iter()).compose(&database);
    let texts: Vec<String> = composed.chain([extensions.expect("something").sql]).collect();
    assert_eq!(left_to_the_path(&texts), vec![Vec::<String>::new(); Edition::ALL.len() + 1]);
}

/// The check finds what it is there for.
#[test]
#[ignore = "needs Python with pglast: ./x test runs it"]
fn names_left_to_the_search_path_are_found() {
    for (sql, place) in [
        ("SELECT now()", "function now"),
        ("SELECT 1 = 2", "operator = (AEXPR_OP)"),
        ("SELECT 1 IN (2)", "operator = (AEXPR_IN)"),
        ("SELECT 1 IS DISTINCT FROM 2", "operator = (AEXPR_DISTINCT)"),
        ("SELECT 1 OPERATOR(pg_catalog.=) 2 OR 1 BETWEEN 2 AND 3", "operator BETWEEN (AEXPR_BETWEEN)"),
        ("SELECT 1 IN (SELECT 2)", "IN (SELECT …)"),
        ("SELECT CASE 1 WHEN 2 THEN 3 END", "CASE x WHEN"),
        ("SELECT 'x'::text", "type text"),
        ("SELECT 1 FROM pg_class", "table pg_class"),
        ("SELECT 1 FROM pg_catalog.pg_class a JOIN pg_catalog.pg_type b USING (oid)", "JOIN … USING"),
        ("SELECT pg_catalog.query_to_xml('SELECT count(*) FROM ONLY %I.%I', true, true, '')", "function count"),
        ("DO 'BEGIN\n  PERFORM 1;\nEND'", "DO does not begin with the setting of search_path"),
        (
            "DO 'DECLARE r record;\nBEGIN\n  PERFORM pg_catalog.set_config(''search_path'', ''pg_catalog, pg_temp'', true);\nEND'",
            "declaration DECLARE r record;",
        ),
        ("TRUNCATE users", "statement TruncateStmt"),
    ] {
        assert_eq!(left_to_the_path(&[sql.to_owned()]), [[place]], "{sql}");
    }
    let fine = "WITH t AS (SELECT 1 AS a) SELECT pg_catalog.max(a)::pg_catalog.text, b::int FROM t, pg_catalog.pg_class WHERE a OPERATOR(pg_catalog.=) ANY ('{1}')";
    assert_eq!(left_to_the_path(&[fine.to_owned()]), [[""; 0]]);
}
