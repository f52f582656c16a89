//! Secrets out of a line before anyone keeps it.
//!
//! An [`Excerpt`] can only be made by masking, so no part of the program ever holds an unmasked line longer than it reads
//! it. Masking too much costs a word of evidence, masking too little costs a password: where a shape is in doubt it goes.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::Vocabulary;

/// What stands in a masked place.
pub const MASK: &str = "***";

/// Longest excerpt kept, in characters; a longer line is cut with `…`.
const LONGEST: usize = 400;

/// Text that is safe to show: secrets masked, length bounded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Excerpt(String);

impl Excerpt {
    /// Masks and shortens a line that holds a message in these bytes: what is neither the message nor in the vocabulary goes.
    pub fn of_message(line: &str, message: &[Range<usize>], vocabulary: &Vocabulary) -> Self {
        Excerpt::of(&vocabulary.mask_unknown(line, message))
    }

    /// Masks and shortens a line.
    pub fn of(text: &str) -> Self {
        let masked = mask(text.trim());
        let mut chars = masked.chars();
        let mut kept: String = chars.by_ref().take(LONGEST).collect();
        if chars.next().is_some() {
            kept.push('…');
        }
        Excerpt(kept)
    }

    /// The masked text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Excerpt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// One of these stands on every line that [`holds_secret`]; nearly no other line of a log holds any.
pub const SUSPICIONS: &[&str] = &[
    "://",
    "assw",
    "ASSW",
    "assphrase",
    "PGPASS",
    "ecret",
    "ECRET",
    "oken",
    "OKEN",
    "_KEY",
    "_key",
    "earer ",
    "uthorization",
    "ookie",
    "COOKIE",
    "UTHORIZATION",
];

/// Whether masking would hide a password, token or key (an e-mail or IP address alone does not count).
pub fn holds_secret(text: &str) -> bool {
    mask_secrets(text) != text
}

/// The text with passwords in URLs, keys, tokens, e-mail and IP addresses replaced by [`MASK`].
pub fn mask(text: &str) -> String {
    mask_words(&mask_secrets(text), |word| address(word).or_else(|| random_word(word)))
}

/// The text with passwords, tokens and keys replaced by [`MASK`]; addresses and names that only look random stay.
pub fn mask_secrets(text: &str) -> String {
    let text = mask_urls(text);
    let text = mask_named(&text);
    mask_words(&text, known_token)
}

// ---- URLs ----

/// Everything between the first `:` and the last `@` behind `://`, so that a password which itself holds `@`, `/` or `#`
/// is hidden whole. `https://token@host` hides the token.
fn mask_urls(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("://") {
        let (before, after) = rest.split_at(at + 3);
        masked.push_str(before);
        let web = before.ends_with("http://") || before.ends_with("https://");
        let (url, tail) = after.split_at(url_end(after, web));
        masked.push_str(&mask_user_info(url, web));
        rest = tail;
    }
    masked.push_str(rest);
    masked
}

/// A quote or bracket ends a URL, unless an `@` follows in the same word: then it may be a piece of the password.
fn url_end(after: &str, web: bool) -> usize {
    let word = after.find(char::is_whitespace).unwrap_or(after.len());
    let end = after.find(ends_url).unwrap_or(after.len());
    let hides_more = |(url, more): (&str, &str)| !url.contains('@') && more.contains('@');
    if !web && after.get(..word).and_then(|url| url.split_at_checked(end)).is_some_and(hides_more) { word } else { end }
}

fn ends_url(c: char) -> bool {
    c.is_whitespace() || matches!(c, '"' | '`' | '<' | '>')
}

fn mask_user_info(url: &str, web: bool) -> String {
    let Some((user_info, host)) = url.rsplit_once('@') else {
        return mask_begun(url);
    };
    match user_info.split_once(':') {
        Some((user, _password)) => format!("{user}:{MASK}@{host}"),
        None if web && !user_info.contains('/') => format!("{MASK}@{host}"),
        None => url.to_owned(),
    }
}

/// A URL that ends before its `@` may have been cut within the password. What stands behind a `:` is that, or a port.
fn mask_begun(url: &str) -> String {
    let Some((user, rest)) = url.split_once(':') else { return url.to_owned() };
    let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let port = digits > 0 && !rest.get(digits..).is_some_and(|behind| behind.starts_with(in_word));
    if port || rest.is_empty() || user.contains(['/', '?', '#', '[', '{', '$']) {
        return url.to_owned();
    }
    format!("{user}:{MASK}")
}

// ---- NAME=value, name: value ----

const SECRET_NAMES: [&str; 16] = [
    "password",
    "passwd",
    "passphrase",
    "pgpass",
    "secret",
    "token",
    "api_key",
    "apikey",
    "api-key",
    "access_key",
    "private_key",
    "secret_key",
    "signing_key",
    "encryption_key",
    "authorization",
    "cookie",
];

/// Values behind a name that says they are secret: `PGPASSWORD=…`, `'password': '…'`, `Authorization: Bearer …`.
fn mask_named(text: &str) -> String {
    let lower = text.to_ascii_lowercase();
    let mut masked = String::with_capacity(text.len());
    let mut at = 0;
    while let Some((start, end)) = next_value(&lower, at) {
        masked.push_str(text.get(at..start).unwrap_or_default());
        masked.push_str(MASK);
        at = end;
    }
    masked.push_str(text.get(at..).unwrap_or_default());
    masked
}

/// Byte range of the next secret value at or behind `from`.
fn next_value(lower: &str, from: usize) -> Option<(usize, usize)> {
    let mut from = from;
    loop {
        let rest = lower.get(from..)?;
        let (at, name) = SECRET_NAMES
            .iter()
            .filter_map(|name| rest.find(name).map(|at| (at, name.len())))
            .chain(rest.find("bearer ").map(|at| (at, "bearer".len())))
            .min()?;
        let behind = from + at + name;
        if let Some(range) = value_behind(lower, from + at, behind) {
            return Some(range);
        }
        from = behind;
    }
}

/// Headers, whose value holds blanks, `;` and `,`: `Cookie: a=1; b=2`, `Authorization: Token …`.
const HEADERS: [&str; 4] = ["authorization", "authorizations", "cookie", "cookies"];

/// Byte range of the value behind a name that stands at `start..behind`.
fn value_behind(lower: &str, start: usize, behind: usize) -> Option<(usize, usize)> {
    let rest = lower.get(behind..)?;
    // The rest of the name (`token_id`), a closing quote, then `=` or `:`; `bearer` needs only a blank.
    let name_left = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '-'))?;
    let header = HEADERS.contains(&lower.get(start..behind + name_left)?);
    let after_name = rest.get(name_left..)?;
    let mut tail = after_name.trim_start_matches(['"', '\'', ']']).trim_start_matches(' ');
    let bearer = lower.get(..behind)?.ends_with("bearer");
    if bearer {
        tail = rest.trim_start_matches(' ');
    } else if after_name.starts_with(' ') && is_flag(lower, start) && !tail.starts_with(['-', '=', ':']) {
        // `--password VALUE`: the value follows as it is.
    } else {
        // `(b'cookie', b'…')` is how Python servers keep headers.
        let pair = header && after_name.starts_with(['"', '\'']);
        tail = tail.strip_prefix(['=', ':']).or_else(|| tail.strip_prefix(',').filter(|_| pair))?;
        tail = tail.trim_start_matches([':', '=', ' ']);
        tail = tail.strip_prefix('b').filter(|literal| literal.starts_with(['"', '\''])).unwrap_or(tail);
        tail = tail.strip_prefix("bearer ").or_else(|| tail.strip_prefix("basic ")).unwrap_or(tail);
    }
    let quote = tail.chars().next().filter(|c| matches!(c, '"' | '\''));
    let value = quote.map_or(tail, |q| tail.strip_prefix(q).unwrap_or(tail));
    let length = match quote {
        Some(q) => value.find(q),
        None if header => quote_before(lower, start).and_then(|q| value.find(q)),
        None => value.find(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ',' | ';' | '&' | ')')),
    };
    let length = length.unwrap_or(value.len());
    let first = lower.len() - value.len();
    let shown = value.get(..length)?;
    (length > 0 && shown != MASK).then_some((first, first + length))
}

/// Whether the name is, or ends, a long option: `--password`, `--db-password`.
fn is_flag(lower: &str, start: usize) -> bool {
    let before = lower.get(..start).unwrap_or_default();
    before.rsplit(char::is_whitespace).next().is_some_and(|word| word.starts_with("--"))
}

/// The quote that a whole header stands in: `-H 'Set-Cookie: …'`.
fn quote_before(lower: &str, start: usize) -> Option<char> {
    let before = lower.get(..start)?.trim_end_matches(|c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-');
    before.chars().next_back().filter(|c| matches!(c, '"' | '\''))
}

// ---- single words ----

/// Applies `hide` to every run of word characters; what it returns replaces the word.
fn mask_words(text: &str, hide: impl Fn(&str) -> Option<String>) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let length = rest.find(|c| !in_word(c)).unwrap_or(rest.len());
        let (word, tail) = rest.split_at(length);
        masked.push_str(&hide(word).unwrap_or_else(|| word.to_owned()));
        let gap = tail.find(in_word).unwrap_or(tail.len());
        let (between, tail) = tail.split_at(gap);
        masked.push_str(between);
        rest = tail;
    }
    masked
}

fn in_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '@' | '+' | '%')
}

const TOKEN_STARTS: [&str; 12] =
    ["ghp_", "gho_", "ghs_", "github_pat_", "glpat-", "sk-", "sk_live_", "rnd_", "xoxb-", "xoxp-", "AKIA", "eyJ"];

/// Tokens that their own beginning gives away (GitHub, GitLab, Stripe, Render, Slack, AWS, JSON Web Token).
fn known_token(word: &str) -> Option<String> {
    (word.len() >= 16 && TOKEN_STARTS.iter().any(|start| word.starts_with(start))).then(|| MASK.to_owned())
}

/// E-mail addresses, IPv4 addresses, and what stands before an `@` that leaked into a host name.
fn address(word: &str) -> Option<String> {
    if let Some((local, host)) = word.rsplit_once('@') {
        // Alembic's own `branch@head` is no address.
        let alembic = matches!(host.trim_end_matches('.'), "head" | "heads" | "base");
        return (!local.is_empty() && local != MASK && !alembic).then(|| format!("{MASK}@{host}"));
    }
    let own_machine = matches!(word, "127.0.0.1" | "0.0.0.0");
    (!own_machine && is_ipv4(word.trim_end_matches('.'))).then(|| MASK.to_owned())
}

fn is_ipv4(word: &str) -> bool {
    let parts = word.split('.').collect::<Vec<_>>();
    parts.len() == 4 && parts.iter().all(|p| p.len() <= 3 && !p.is_empty() && p.parse::<u8>().is_ok())
}

/// A long word of mixed capitals, small letters and digits is a password or key more often than a name.
fn random_word(word: &str) -> Option<String> {
    let core = word.trim_matches(['.', '-']);
    let long = core.len() >= 20 && !core.contains('.');
    let mixed = core.bytes().any(|b| b.is_ascii_uppercase())
        && core.bytes().any(|b| b.is_ascii_lowercase())
        && core.bytes().filter(u8::is_ascii_digit).count() >= 2;
    (long && mixed).then(|| MASK.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{holds_secret, mask};

    fn check(text: &str, expected: &str) {
        assert_eq!(mask(text), expected);
        assert_eq!(mask(expected), expected, "masking twice changes nothing");
    }

    #[test]
    fn passwords_in_urls() {
        check("DATABASE_URL=postgresql://u:pw@dpg-1-a/db", "DATABASE_URL=postgresql://u:***@dpg-1-a/db");
        check("postgres://u:p@ss/w#rd@host/db x", "postgres://u:***@host/db x");
        check("postgres://u:p\"w<x@host/db x", "postgres://u:***@host/db x");
        check("\"postgres://host/db\" a@b", "\"postgres://host/db\" ***@b");
        check("https://x-token@github.com/a", "https://***@github.com/a");
        check("https://sqlalche.me/e/20/f405)", "https://sqlalche.me/e/20/f405)");
        check("postgresql://me:hun", "postgresql://me:***");
        check("http://localhost:8000/x, http://[::1]:80", "http://localhost:8000/x, http://[::1]:80");
        check("postgres://a:b@h/d and redis://:secret@r:1", "postgres://a:***@h/d and redis://:***@r:1");
    }

    #[test]
    fn a_password_that_leaked_into_the_host() {
        check(
            "could not translate host name \"ss@dpg-1-a\" to address",
            "could not translate host name \"***@dpg-1-a\" to address",
        );
    }

    #[test]
    fn named_values() {
        check("PGPASSWORD=hunter2 psql", "PGPASSWORD=*** psql");
        check("{'password': 'hunter 2', 'x': 1}", "{'password': '***', 'x': 1}");
        check("Authorization: Bearer abc.def", "Authorization: Bearer ***");
        check("SECRET_KEY=abc", "SECRET_KEY=***");
        check("x --db-password hunter2 --host h", "x --db-password *** --host h");
        check("x --password --host h", "x --password --host h");
        check("Cookie: a=1; b=\"x y\"; c=2", "Cookie: ***");
        check("curl -H 'Cookie: a=1; b=2' https://x", "curl -H 'Cookie: ***' https://x");
        check("Authorization: Token abc", "Authorization: ***");
        check("[(b'cookie', b'a=1; b=2'), (b'host', b'x')]", "[(b'cookie', b'***'), (b'host', b'x')]");
        check("cookies={'a': 'b'}", "cookies=***");
        check("SESSION_COOKIE_SECURE=True and more", "SESSION_COOKIE_SECURE=*** and more");
        check("password authentication failed for user \"x\"", "password authentication failed for user \"x\"");
    }

    #[test]
    fn words_that_are_secrets() {
        check("key KBpD3MJVU578vGiuL3csKktU end", "key *** end");
        check("user a@example.com at 165.22.35.208", "user ***@example.com at ***");
        check("fastapi 4.54.0 and 1.2.3", "fastapi 4.54.0 and 1.2.3");
        check("'<branchname>@head' to narrow", "'<branchname>@head' to narrow");
        check("relation \"users\" already exists", "relation \"users\" already exists");
        check("commit d86ca006c3dc02a5e49fe2a9c48cd379456baa0c", "commit d86ca006c3dc02a5e49fe2a9c48cd379456baa0c");
    }

    #[test]
    fn only_real_secrets_warn() {
        assert!(holds_secret("postgresql://u:pw@h/d"));
        assert!(!holds_secret("mail a@example.com"));
        assert!(!holds_secret("see https://render.com/docs"));
    }
}
