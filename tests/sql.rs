//! SQL without a server: which names are accepted, what is written, and that nothing a person types becomes a statement or leaks.
use proptest::prelude::*;
use runbook::engine::sql::{
    Composed, ConnectionUrl, DollarBody, Edition, Extensions, Grantee, HostKind, Ident, NameWarning, RawValues, Reason,
    Risk, SqlError, SqlValues, Suffix, UrlError, ValueKind, compose,
};
use std::fmt::Write;

// ---------------------------------------------------------------- names

#[test]
fn suggestions_follow_from_the_text_alone() {
    let suggested = |raw: &str| Ident::role(raw).err().and_then(|refusal| refusal.suggestion);
    assert_eq!(suggested(" \"app\"\n").as_deref(), Some("app"));
    assert_eq!(suggested("\u{FEFF}app\u{200B}").as_deref(), Some("app"));
    assert_eq!(suggested("\"we\"\"ird\"").as_deref(), Some("we\"ird"));
    assert_eq!(suggested("'o''brien'").as_deref(), Some("o'brien"));
    assert_eq!(suggested("\n'postgres://app:pw@h/db'\n").as_deref(), Some("app"));
    for no_guess in
        [" public ", "\"\"", "\"a\" \"b\"", "a\u{A0}b", "<db_user>", "postgres://h/db", "postgres://app:p@ss@h/db"]
    {
        assert_eq!(suggested(no_guess), None, "{no_guess:?}");
    }
}

#[test]
fn database_names_have_their_own_rules() {
    for fine in ["public", "none", "pg_admin", "current_user", "true911_prod_db", "o'brien", "$$", "we\"ird", "用户"]
    {
        let accepted = Ident::database(fine).expect(fine);
        assert_eq!(accepted.warnings, [], "{fine}");
    }
    let warnings = |raw: &str| Ident::database(raw).expect("accepted").warnings;
    assert_eq!(warnings("MyDb"), [NameWarning::Capitals]);
    assert_eq!(warnings("postgres"), [NameWarning::NotYourDatabaseOnRender]);
    let reason = |raw: &str| Ident::database(raw).expect_err("refused").reason;
    assert_eq!(reason("template1"), Reason::TemplateDatabase);
    assert_eq!(reason("a\0"), Reason::Nul);
    assert_eq!(reason(&"d".repeat(64)), Reason::TooLong { n_bytes: 64 });
    let refusal = Ident::database("postgresql://u:pw@h:5432/true911_prod_db?x=1").expect_err("refused");
    assert_eq!(refusal.suggestion.as_deref(), Some("true911_prod_db"));
}

#[test]
fn settings_and_halves_of_urls_are_refused_as_names() {
    for raw in [
        "host=h user=app password=pw",
        "PASSWORD = pw",
        "app:pw@host",
        "postgres:app:pw@h/db",
        "app:pw",
        " app:pw\n",
        "app::pw",
    ] {
        let refusal = Ident::role(raw).expect_err("refused");
        assert_eq!(refusal.reason, Reason::HoldsPassword, "{raw}");
        assert_eq!(Ident::database(raw).expect_err("refused").reason, Reason::HoldsPassword, "{raw}");
        assert!(!format!("{refusal}{refusal:?}").contains("pw"), "{raw}");
    }
    assert_eq!(Ident::object("app:pw").expect("doubtful").warnings, [NameWarning::Colon]);
    // Nothing stands on one side of these colons, so nothing can be a password.
    for raw in [":var", ":'x'", "app:"] {
        assert!(Ident::role(raw).is_ok() && Ident::database(raw).is_ok(), "{raw}");
    }
    assert_eq!(Ident::role("\"app").expect("doubtful").warnings, [NameWarning::StrayQuote]);
}

// ---------------------------------------------------------------- an independent lexer

/// Kinds of token; the text of a fixed one is kept, the value of a quoted one is apart.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Text(String),
    Ident,
    Literal,
    Open,
    Close,
}

/// A small SQL lexer, written from the PostgreSQL manual and not from our code.
struct Lexer<'a> {
    rest: &'a str,
    tokens: Vec<Token>,
    values: Vec<String>,
}

impl<'a> Lexer<'a> {
    fn run(text: &'a str) -> (Vec<Token>, Vec<String>) {
        let mut lexer = Self { rest: text, tokens: Vec::new(), values: Vec::new() };
        while !lexer.rest.is_empty() {
            lexer.step();
        }
        (lexer.tokens, lexer.values)
    }

    fn step(&mut self) {
        let rest = self.rest;
        if rest.starts_with("--") {
            let end = rest.find('\n').unwrap_or(rest.len());
            self.fixed(end);
        } else if rest.starts_with("/*") {
            panic!("no block comment is ever written");
        } else if rest.starts_with("E'") {
            self.rest = &rest[1..];
            self.quoted('\'', true, Token::Literal);
        } else if rest.starts_with('\'') {
            self.quoted('\'', false, Token::Literal);
        } else if rest.starts_with('"') {
            self.quoted('"', false, Token::Ident);
        } else if let Some(tag) = dollar_tag(rest) {
            let body = &rest[tag.len()..];
            let end = body.find(tag).expect("dollar quote is closed");
            let (inner, values) = Lexer::run(&body[..end]);
            self.tokens.push(Token::Open);
            self.tokens.extend(inner);
            self.tokens.push(Token::Close);
            self.values.extend(values);
            self.rest = &body[end + tag.len()..];
        } else {
            let word = rest.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '$')).unwrap_or(rest.len());
            let first = rest.chars().next().map_or(1, char::len_utf8);
            self.fixed(word.max(first));
        }
    }

    fn fixed(&mut self, end: usize) {
        let text = self.rest[..end].trim();
        if !text.is_empty() {
            self.tokens.push(Token::Text(text.to_owned()));
        }
        self.rest = &self.rest[end..];
    }

    fn quoted(&mut self, quote: char, backslashes: bool, token: Token) {
        let mut letters = self.rest[1..].char_indices().peekable();
        let mut value = String::new();
        while let Some((at, letter)) = letters.next() {
            if backslashes && letter == '\\' {
                value.push(letters.next().expect("escaped").1);
            } else if letter != quote {
                value.push(letter);
            } else if letters.peek().is_some_and(|next| next.1 == quote) {
                letters.next();
                value.push(quote);
            } else {
                self.rest = &self.rest[1 + at + 1..];
                self.tokens.push(token);
                self.values.push(value);
                return;
            }
        }
        panic!("a quote is not closed: {:?}", self.rest);
    }
}

fn dollar_tag(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('$')?;
    let end = inner.find('$')?;
    let named = inner[..end].bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    (named && !inner.starts_with(|c: char| c.is_ascii_digit())).then(|| &text[..end + 2])
}

fn values(role: &str, database: &str) -> Option<SqlValues> {
    Some(SqlValues {
        grantee: Some(Grantee::Role(Ident::role(role).ok()?.ident)),
        database: Some(Ident::database(database).ok()?.ident),
        suffix: Suffix::default(),
    })
}

fn composed(edition: Edition, role: &str, database: &str) -> Composed {
    let values = values(role, database).expect("both names are acceptable");
    compose(edition, &values).expect("everything is there")
}

// ---------------------------------------------------------------- properties

/// Names that try: quotes, dollars, backslashes, comments, placeholders, key words, Unicode.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("\"".to_owned()),
        Just("'".to_owned()),
        Just("\\".to_owned()),
        Just("$$".to_owned()),
        Just("$body$".to_owned()),
        Just("$body1$".to_owned()),
        Just("$".to_owned()),
        Just(";".to_owned()),
        Just("--".to_owned()),
        Just("/*".to_owned()),
        Just("*/".to_owned()),
        Just("END".to_owned()),
        Just(":x".to_owned()),
        Just("U&".to_owned()),
        Just("E'".to_owned()),
        Just("\u{0}".to_owned()),
        Just("\n".to_owned()),
        Just("%".to_owned()),
        Just(" ".to_owned()),
        Just("DROP".to_owned()),
        "[a-z_]{1,4}",
        "\\PC{1,3}",
        any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..10).prop_map(|pieces| pieces.concat())
}

/// Hostile names that are acceptable: what is refused is made acceptable by a letter at both ends, or is `x`.
fn hostile_name() -> impl Strategy<Value = String> {
    hostile().prop_map(|raw| {
        let inner: String = raw.chars().filter(|letter| !letter.is_control()).collect();
        let candidates = [raw, format!("x{inner}x"), "x".to_owned()];
        let fine = |name: &String| values(name, name).is_some();
        candidates.into_iter().find(fine).expect("x is acceptable")
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_string_is_refused_or_reads_back_as_itself(raw in prop_oneof![hostile(), any::<String>()]) {
        for found in [Ident::role(&raw), Ident::database(&raw)] {
            match found {
                Ok(accepted) => {
                    prop_assert!(raw.len() <= 63 && !raw.is_empty() && !raw.contains(['\0', '\n', '\t']));
                    let (tokens, read) = Lexer::run(&accepted.ident.token());
                    prop_assert_eq!(tokens, vec![Token::Ident]);
                    prop_assert_eq!(&read, &vec![raw.clone()]);
                    let literal = accepted.ident.literal().token();
                    let (tokens, read) = Lexer::run(&literal);
                    prop_assert_eq!(tokens, vec![Token::Literal]);
                    prop_assert_eq!(&read, &vec![raw.clone()]);
                    // Under standard_conforming_strings = off every constant is read with backslashes.
                    let as_off = format!("E{}", literal.trim_start_matches('E'));
                    prop_assert_eq!(Lexer::run(&as_off).1, vec![raw.clone()]);
                }
                Err(refusal) => {
                    if let Some(name) = refusal.suggestion {
                        prop_assert!(Ident::accept(&name, refusal.kind).is_ok());
                        prop_assert!(name.len() < raw.len());
                    }
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 250, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_name_adds_a_statement(role in hostile_name(), database in hostile_name()) {
        for edition in Edition::ALL {
            let plain = Lexer::run(&composed(edition, "plain role", "plain database").sql);
            let found = Lexer::run(&composed(edition, &role, &database).sql);
            if edition == Edition::AsWritten {
                continue; // its bare form is checked below
            }
            prop_assert_eq!(&found.0, &plain.0, "{}", edition.id());
            let renamed: Vec<String> = plain.1.into_iter().map(|value| match value.as_str() {
                "plain role" => role.clone(),
                "plain database" => database.clone(),
                _ => value,
            }).collect();
            prop_assert_eq!(found.1, renamed, "{}", edition.id());
        }
    }

    #[test]
    fn as_written_leaves_a_name_bare_only_when_that_is_the_same_name(role in prop_oneof![hostile_name(), "[a-z_][a-z0-9_]{0,20}"]) {
        prop_assume!(values(&role, "c").is_some());
        let sql = composed(Edition::AsWritten, &role, "c").sql;
        let line = sql.split('\n').find(|line| line.starts_with("GRANT ALL ON SCHEMA public TO ") && !line.ends_with(" public;"));
        let name = line.and_then(|line| line.strip_prefix("GRANT ALL ON SCHEMA public TO ")?.strip_suffix(';')).expect("the grant");
        if name.starts_with('"') {
            prop_assert_eq!(Lexer::run(name), (vec![Token::Ident], vec![role]));
        } else {
            prop_assert_eq!(name, &role);
            prop_assert!(role.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_'));
            prop_assert!(role.bytes().any(|b| b.is_ascii_digit() || b == b'_'));
        }
    }

}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_dollar_tag_never_ends_early(body in hostile()) {
        let dollar = DollarBody::for_body(&body);
        let text = format!("{}{body}{}", dollar.delimiter(), dollar.delimiter());
        let tag = dollar_tag(&text).expect("opens");
        prop_assert_eq!(text[tag.len()..].find(tag), Some(body.len()));
    }

    #[test]
    fn no_piece_of_a_password_comes_out(
        password in prop::collection::vec(prop_oneof![Just("zqj"), Just("@"), Just("/"), Just("#"), Just("?"), Just(":"), Just("%"), Just("%40"),
            Just("&"), Just("="), Just("\\"), Just("["), Just(" "), Just("\n"), Just("\0"), Just("é"), Just("7"), Just("://")], 1..9),
        scheme in prop_oneof![Just("postgres"), Just("postgresql"), Just("postgresql+asyncpg"), Just("PostgreSQL"), Just("mysql")],
        end in prop_oneof![Just("@dpg-abc-a/app"), Just("@dpg-abc-a.oregon-postgres.render.com:5432/app?sslmode=require"), Just("@h"), Just("@h/")],
    ) {
        let password = format!("zqj{}zqj", password.concat());
        let url = format!("{scheme}://app_user:{password}{end}");
        let mut seen = format!("{:?}", ConnectionUrl::parse(&url));
        if let Err(error) = ConnectionUrl::parse(&url) {
            seen += &error.to_string();
        }
        for found in [Ident::role(&url), Ident::database(&url)] {
            let refusal = found.expect_err("a URL is no name");
            write!(seen, "{refusal:?}{refusal}").expect("a string takes it");
        }
        let raw = RawValues { url: Some(url.clone()), ..RawValues::default() };
        for edition in Edition::ALL {
            match raw.compose(edition) {
                Ok((text, warnings)) => write!(seen, "{text:?}{warnings:?}").expect("a string takes it"),
                Err(error) => write!(seen, "{error:?}{error}").expect("a string takes it"),
            }
        }
        prop_assert!(!seen.contains("zqj"), "{url} gave {seen}");
        if let Ok(read) = ConnectionUrl::parse(&url) {
            prop_assert_eq!(read.user(), Some("app_user"));
            prop_assert!(matches!(read.database(), None | Some("app")));
        }
    }

    #[test]
    fn any_bytes_are_a_url_or_an_error(text in any::<String>()) {
        let _ = ConnectionUrl::parse(&text);
        let _ = ConnectionUrl::parse(&format!("postgres://{text}"));
        let _ = Suffix::new(&text);
    }
}

// ---------------------------------------------------------------- URLs

fn url(text: &str) -> (Option<String>, Option<String>, HostKind) {
    let read = ConnectionUrl::parse(text).expect(text);
    (read.user().map(str::to_owned), read.database().map(str::to_owned), read.host())
}

#[test]
fn urls_say_who_what_and_where() {
    let some = |name: &str| Some(name.to_owned());
    let internal = url("postgresql://true911_prod_db_user:x@dpg-abcdefghij0123456789-a/true911_prod_db\n");
    assert_eq!(internal, (some("true911_prod_db_user"), some("true911_prod_db"), HostKind::RenderInternal));
    let external =
        url("postgres://u:p%2Fw%40@dpg-abcdefghij0123456789-a.oregon-postgres.render.com/d_x1y2?sslmode=require");
    assert_eq!(external, (some("u"), some("d_x1y2"), HostKind::RenderExternal));
    assert_eq!(
        url("postgresql+asyncpg://we%22ird:p:q@localhost:5432/o%27brien"),
        (some("we\"ird"), some("o'brien"), HostKind::Local)
    );
    assert_eq!(url("postgresql:///db?host=/var/run/postgresql"), (None, some("db"), HostKind::Other));
    assert_eq!(url("postgresql://[::1]:5433/db"), (None, some("db"), HostKind::Local));
    assert_eq!(url("postgresql://u@db.example.com"), (some("u"), None, HostKind::Other));
    assert_eq!(url("postgresql://u@h1:1,h2:2/db").2, HostKind::Other);
    assert_eq!(url("postgresql://u@render.com.evil.example/db").2, HostKind::Other);
    assert_eq!(url("postgresql://%D0%B8%D0%BC%D1%8F@localhost/%E7%94%A8").0, some("имя"));
}

#[test]
fn urls_that_read_two_ways_are_refused() {
    use UrlError::{Ambiguous, BadEncoding, BadHost, NamesInQuery, NotOneUrl, NotPostgres};
    let cases = [
        ("postgres://u:p@ss@h/db", Ambiguous),
        ("postgres://u:12/34@h/db", Ambiguous),
        ("postgres://u:p#s@h/db", Ambiguous),
        ("postgres://u:12?3@h/db", Ambiguous),
        ("postgres://u:p@h/a/b", Ambiguous),
        ("postgres://u:p@h/db#frag", Ambiguous),
        ("postgres://u:secret", BadHost),
        ("postgres://u:p@h:99999/db", BadHost),
        ("postgres://u:p@h\\x/db", BadHost),
        ("postgres://u%zz@h/db", BadEncoding),
        ("postgres://u%00@h/db", BadEncoding),
        ("postgres://u%FF@h/db", BadEncoding),
        ("postgres://u@h/d%2", BadEncoding),
        ("postgres://h/db?user=other", NamesInQuery),
        ("psql postgres://u@h/db", NotOneUrl),
        ("postgres://u:a b@h/db", NotOneUrl),
        ("mysql://u@h/db", NotPostgres),
        ("postgres:u@h/db", NotPostgres),
        ("postgresql+://u@h/db", NotPostgres),
        ("", NotPostgres),
    ];
    for (text, error) in cases {
        assert_eq!(ConnectionUrl::parse(text), Err(error), "{text}");
    }
}

// ---------------------------------------------------------------- editions

#[test]
fn editions_have_the_fixed_names_risks_and_needs() {
    let ids: Vec<&str> = Edition::ALL.iter().map(|edition| edition.id()).collect();
    assert_eq!(
        ids,
        ["state", "rehearsal", "move-aside", "undo-move-aside", "option-a", "empty-in-place", "verify", "as-written"]
    );
    for edition in Edition::ALL {
        assert_eq!(Edition::from_id(edition.id()), Some(edition));
        let nothing = compose(edition, &SqlValues::default());
        match edition.required().first() {
            Some(kind) => {
                assert!(
                    [Err(SqlError::Missing(*kind)), Err(SqlError::Missing(ValueKind::Database))].contains(&nothing)
                );
            }
            None => assert!(nothing.is_ok()),
        }
    }
    assert_eq!(Edition::from_id("OPTION-A"), None);
}

#[test]
fn lines_joined_are_the_text_and_values_stay_on_one_line() {
    for edition in Edition::ALL {
        let text = composed(edition, "o'brien \\ $$", "d");
        let joined: String = text.lines.iter().flat_map(|line| [line.text.as_str(), "\n"]).collect();
        assert_eq!(text.sql, joined, "{}", edition.id());
        assert!(text.lines.iter().all(|line| !line.text.contains(['\n', '\r', '\t'])));
        assert!(text.lines.iter().filter(|line| line.why.is_some()).count() > 3);
        assert!(text.lines.iter().filter_map(|line| line.why).all(|why| why.ends_with(['.', '?'])));
    }
}

#[test]
fn destructive_editions_begin_with_what_the_guard_guards() {
    for edition in Edition::ALL {
        let sql = composed(edition, "app", "app").sql;
        let head: Vec<&str> = sql.split('\n').take_while(|line| line.starts_with("--")).collect();
        let head = head.join(" ");
        let names_all = [
            "APP_MODE=demo",
            "ALLOW_DB_RESET=1",
            "reset_db.py",
            "reset_and_migrate.py",
            "not of SQL run by hand",
            "On production unset is good",
        ];
        let destructive = edition.risk() == Risk::Destructive;
        for words in names_all {
            assert_eq!(head.contains(words), destructive, "{}: {words}", edition.id());
        }
        assert_eq!(
            sql.contains("DROP SCHEMA IF EXISTS public CASCADE;") && edition.risk() == Risk::None,
            edition == Edition::Rehearsal
        );
        assert!(sql.is_ascii(), "{}", edition.id());
    }
}

#[test]
fn a_text_with_lines_that_delete_says_so() {
    let deletes = |line: &str| {
        ["DROP SCHEMA", "EXECUTE"].iter().any(|word| line.contains(word))
            && line != "    DROP SCHEMA IF EXISTS \"public_attempt_1\";"
    };
    for edition in Edition::ALL {
        let sql = composed(edition, "app", "app").sql;
        assert_eq!(sql.split('\n').any(deletes), edition.holds_deletes(), "{}", edition.id());
    }
}

#[test]
fn option_a_is_the_tested_block() {
    let sql = composed(Edition::OptionA, "we\"ird", "o'brien").sql;
    for line in [
        "BEGIN;",
        "SET LOCAL lock_timeout = '5s';",
        "SET LOCAL idle_in_transaction_session_timeout = '2min';",
        "DO $$",
        "  PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true), pg_catalog.set_config('lock_timeout', '5s', true);",
        "  IF current_database() <> 'o''brien' THEN",
        "  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'we\"ird') THEN",
        "  IF NOT has_database_privilege(current_database(), 'CREATE') THEN",
        "  DROP SCHEMA IF EXISTS public CASCADE;",
        "  CREATE SCHEMA public;",
        "  GRANT ALL ON SCHEMA public TO \"we\"\"ird\";",
        "COMMIT;",
    ] {
        assert!(sql.split('\n').any(|found| found == line), "{line}");
    }
    assert!(!sql.contains("TO public"));
    assert!(sql.ends_with("COMMIT;\n"));
    assert!(composed(Edition::OptionA, "a", "x$$y").sql.contains("DO $body$\n"));
    assert!(composed(Edition::OptionA, "back\\slash", "d").sql.contains("rolname = E'back\\\\slash'"));
}

#[test]
fn the_current_user_needs_no_name() {
    let values = SqlValues { grantee: Some(Grantee::CurrentUser), ..values("a", "d").expect("fine") };
    for edition in Edition::ALL {
        let sql = compose(edition, &values).expect("complete").sql;
        assert!(!sql.contains("that role does not exist"), "{}", edition.id());
        let grants = [Edition::OptionA, Edition::Rehearsal, Edition::MoveAside, Edition::AsWritten].contains(&edition);
        assert_eq!(sql.contains("GRANT ALL ON SCHEMA public TO CURRENT_USER;"), grants, "{}", edition.id());
    }
}

/// The source runbook's block.
const SOURCE: &str = "\
-- Drop everything in public schema (tables, sequences, functions, etc.)
DROP SCHEMA public CASCADE;

-- Recreate the empty schema with default grants
CREATE SCHEMA public;
GRANT ALL ON SCHEMA public TO true911_prod_db_user;
GRANT ALL ON SCHEMA public TO public;
";

#[test]
fn as_written_is_the_source_s_block() {
    let text = composed(Edition::AsWritten, "true911_prod_db_user", "d");
    assert!(text.sql.ends_with(&format!("\n\n{SOURCE}")), "{}", text.sql);
    let warnings = text.warnings.iter().map(|warning| warning.text()).collect::<Vec<_>>().join("\n");
    for words in ["checks nothing", "no lock_timeout", "killing the client does not stop it", "CVE-2018-1058"] {
        assert!(warnings.contains(words), "{words} in {warnings}");
    }
    for (name, token) in [
        ("user", "\"user\""),
        ("current_user", "\"current_user\""),
        ("group", "\"group\""),
        ("My_user", "\"My_user\""),
        ("app_1", "app_1"),
        ("1a", "\"1a\""),
    ] {
        let sql = composed(Edition::AsWritten, name, "d").sql;
        assert!(sql.contains(&format!("TO {token};\n")), "{name}");
    }
}

#[test]
fn suffixes() {
    for fine in ["1", "20261122", "a_b", &"x".repeat(40)] {
        assert_eq!(Suffix::new(fine).expect(fine).as_str(), fine);
    }
    for refused in ["", "A", "a b", "a\"", "é", "a-b", &"x".repeat(41)] {
        assert!(Suffix::new(refused).is_err(), "{refused}");
    }
    let mut values = values("a", "d").expect("fine");
    values.suffix = Suffix::new("20261122").expect("fine");
    let sql = compose(Edition::MoveAside, &values).expect("complete").sql;
    assert!(sql.contains("ALTER SCHEMA public RENAME TO \"public_broken_20261122\";"));
}

// ---------------------------------------------------------------- what the command line gives

fn raw(db_user: &str, database: &str) -> RawValues {
    RawValues { db_user: Some(db_user.to_owned()), database: Some(database.to_owned()), ..RawValues::default() }
}

#[test]
fn typed_values_become_sql_or_a_refusal() {
    let (text, warnings) = raw("Me", "d").compose(Edition::OptionA).expect("doubtful");
    assert!(text.sql.contains("TO \"Me\";") && warnings.len() == 1);
    assert!(matches!(raw("public", "d").compose(Edition::State), Err(SqlError::Refused(_))));
    let missing = RawValues { database: None, ..raw("a", "d") };
    assert_eq!(
        missing.compose(Edition::OptionA).expect_err("missing").to_string(),
        "missing: the database name (--database NAME)"
    );
    let literal = raw("CURRENT_USER", "d").compose(Edition::OptionA).expect("literal").0;
    assert!(literal.sql.contains("TO \"CURRENT_USER\";") && literal.sql.contains("rolname = 'CURRENT_USER'"));
}

#[test]
fn a_url_fills_in_what_was_not_typed() {
    let url = Some("postgresql://app:pw@dpg-a-a/appdb".to_owned());
    let whole = RawValues { url: url.clone(), ..RawValues::default() };
    let (text, warnings) = whole.compose(Edition::OptionA).expect("complete");
    assert!(text.sql.contains("TO \"app\";") && text.sql.contains("<> 'appdb'") && warnings.is_empty());
    let (text, warnings) =
        RawValues { url: url.clone(), ..raw("other", "appdb") }.compose(Edition::OptionA).expect("complete");
    assert!(text.sql.contains("TO \"other\";") && warnings.len() == 1);
    let shown = RawValues { url, url_in_arguments: true, ..RawValues::default() };
    assert_eq!(shown.compose(Edition::State).expect("complete").1.len(), 1);
}

#[test]
fn settings_are_known_or_refused() {
    let with =
        |settings: &[&str]| RawValues { settings: settings.iter().map(|s| (*s).to_owned()).collect(), ..raw("a", "d") };
    let text = with(&["suffix=x", "suffix=y"]).compose(Edition::MoveAside).expect("fine").0;
    assert!(text.sql.contains("public_broken_y"));
    assert_eq!(
        with(&["suffix=A"]).compose(Edition::State).err().map(|e| e.to_string().contains("suffix refused")),
        Some(true)
    );
    assert_eq!(with(&["colour=red"]).compose(Edition::State), Err(SqlError::UnknownSetting));
    assert_eq!(with(&["suffix"]).compose(Edition::State), Err(SqlError::UnknownSetting));
}

#[test]
fn names_of_extensions_enter_sql_checked_and_quoted() {
    let listed = ["citext", "uuid-ossp", "citext", "x\"; DROP SCHEMA public; --", "$$; COMMIT", "", "a\nb", "\u{a0}"];
    let found = Extensions::of(listed.into_iter(), ["amcheck", "b\rc"].into_iter());
    let names = |all: &[Ident]| all.iter().map(|one| one.name().to_owned()).collect::<Vec<_>>();
    assert_eq!(names(&found.own), ["citext", "uuid-ossp", "x\"; DROP SCHEMA public; --", "$$; COMMIT"]);
    assert_eq!((names(&found.of_others), found.refused, found.is_empty()), (vec!["amcheck".to_owned()], 4, false));
    let database = Ident::database("d'b").expect("accepted").ident;
    let composed = found.compose(&database).expect("something to create");
    for line in [
        "-- Not in here, because this user may not create it: \"amcheck\"\n",
        "DO $body$\nBEGIN\n  PERFORM pg_catalog.set_config('search_path', ",
        "  IF current_database() <> 'd''b' THEN\n",
        "  CREATE EXTENSION IF NOT EXISTS \"uuid-ossp\" WITH SCHEMA public CASCADE;\n",
        "  CREATE EXTENSION IF NOT EXISTS \"x\"\"; DROP SCHEMA public; --\" WITH SCHEMA public CASCADE;\n",
        "END\n$body$;\n",
    ] {
        assert!(composed.sql.contains(line), "{line} is not in\n{}", composed.sql);
    }
    assert!(composed.sql.ends_with("COMMIT;\n"));
    let lines: Vec<&str> = composed.lines.iter().map(|line| line.text.as_str()).collect();
    assert_eq!(lines.join("\n") + "\n", composed.sql);
    let only_others = Extensions::of([].into_iter(), ["amcheck"].into_iter());
    assert_eq!((only_others.compose(&database), only_others.is_empty()), (None, false));
    assert!(Extensions::of([].into_iter(), [].into_iter()).is_empty());
}
