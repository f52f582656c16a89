//! Passwords in addresses: `scheme://user:password@host`, whole, cut off, encoded, or without its scheme.

use std::ops::Range;

use super::fold::Folded;
use super::names::NameKind;
use super::rules::SecretRules;
use super::value::looks_random;

/// A password that a blank cut in two goes on for at most this many bytes.
const MAX_CUT_BYTES: usize = 60;

/// An address is looked at this far, in bytes: so a long line without a blank takes no longer than others.
const MAX_URL_BYTES: usize = 4096;

pub(super) fn find(rules: &SecretRules, folded: &Folded) -> Vec<Range<usize>> {
    let (text, lower) = (folded.text.as_str(), folded.lower.as_str());
    let mut found: Vec<Range<usize>> =
        lower.match_indices("://").filter_map(|(at, _)| in_url(rules, text, at)).collect();
    found.extend(lower.match_indices("%3a%2f%2f").filter_map(|(at, mark)| encoded(lower, at + mark.len())));
    if lower.contains('@') {
        found.extend(words(text).filter_map(|(at, word)| without_scheme(rules, at, word)));
    }
    found.extend(words(text).filter_map(|(at, word)| in_pgpass(at, word)));
    found
}

/// Runs of anything but blanks, each with its place.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_inclusive(char::is_whitespace).filter_map(move |piece| {
        let start = at;
        at += piece.len();
        let word = piece.trim_end();
        (!word.is_empty()).then_some((start, word))
    })
}

/// The secret of the address whose `://` stands at this byte.
fn in_url(rules: &SecretRules, text: &str, at: usize) -> Option<Range<usize>> {
    let scheme = text.get(..at)?;
    let web = ["http", "https", "ws", "wss"].iter().any(|web| scheme.to_ascii_lowercase().ends_with(web));
    let start = at + "://".len();
    let after = text.get(start..)?;
    let after = after.get(..after.floor_char_boundary(MAX_URL_BYTES))?;
    if web { in_web_address(rules, after, start) } else { in_connection(rules, after, start) }
}

/// `https://token@host`, `https://user:password@host`: all of what stands before the `@` but a user without a password.
fn in_web_address(rules: &SecretRules, after: &str, start: usize) -> Option<Range<usize>> {
    let end = after
        .find(|c: char| c.is_whitespace() || matches!(c, '/' | '?' | '#' | '"' | '\'' | '<' | '>' | '`'))
        .unwrap_or(after.len());
    let user_info = after.get(..end)?.rsplit_once('@')?.0;
    let harmless = |value: &str| rules.harmless.is_value(value, "", NameKind::default());
    let shown = match user_info.split_once(':') {
        Some((user, password)) => {
            harmless(password) && !looks_random(user) && !user.bytes().any(|b| b.is_ascii_digit())
        }
        None => user_info == "git" || harmless(user_info),
    };
    (!shown && !user_info.is_empty()).then(|| start..start + user_info.len())
}

/// Everything between the first `:` and the last `@`, so that a password which itself holds `@`, `/` or `#` is hidden whole.
fn in_connection(rules: &SecretRules, after: &str, start: usize) -> Option<Range<usize>> {
    let blank = after.find(char::is_whitespace).unwrap_or(after.len());
    let word = after.get(..blank)?;
    // A quote or bracket ends it, unless an `@` follows in the same word: then it may be a piece of the password.
    let quote = word.find(['"', '`', '<', '>']).unwrap_or(blank);
    let ends_at_quote = word.get(..quote)?.contains('@') || !word.get(quote..)?.contains('@');
    let url = word.get(..if ends_at_quote { quote } else { blank })?;
    let (user, _) = url.split_once(':')?;
    if user.contains(['/', '?', '[', '{', '@']) && !url.contains('@') {
        return None;
    }
    let from = user.len() + 1;
    let to = url.rfind('@').or_else(|| (url.len() == blank).then(|| behind_blank(after, blank)).flatten());
    let to = match to {
        Some(to) if to > from => to,
        Some(_) => return None,
        // An address that ends before its `@` may have been cut within the password. What stands behind a `:` is that, or a port.
        None => begun(url, user, from)?,
    };
    let secret = after.get(from..to)?;
    (!rules.harmless.is_value(secret, "", NameKind::default())).then(|| start + from..start + to)
}

/// `user:pass word@host`: where the `@` stands behind a blank.
fn behind_blank(after: &str, blank: usize) -> Option<usize> {
    let rest = after.get(blank..)?;
    let length = rest.floor_char_boundary(MAX_CUT_BYTES);
    let begin = rest.len() - rest.trim_start().len();
    let word = rest.get(begin..length.max(begin))?.split(char::is_whitespace).next()?;
    let at = word.find('@')?;
    (!word.contains("://")).then_some(blank + begin + at)
}

fn begun(url: &str, user: &str, from: usize) -> Option<usize> {
    let rest = url.get(from..)?;
    let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let goes_on =
        |behind: &str| behind.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '+' | '%'));
    let port = digits > 0 && !rest.get(digits..).is_some_and(goes_on);
    let names_a_user = !user.contains(['/', '?', '#', '[', '{', '$', '\'', '"', ',', ')']);
    (!port && names_a_user && !rest.is_empty()).then(|| url.trim_end_matches(['\'', ')', ',', ';']).len())
}

/// `postgres%3A%2F%2Fuser%3Apassword%40host`: behind the encoded `://`.
fn encoded(lower: &str, start: usize) -> Option<Range<usize>> {
    let rest = lower.get(start..)?;
    let rest = rest.get(..rest.floor_char_boundary(MAX_URL_BYTES))?;
    let colon = rest.find("%3a")? + "%3a".len();
    let at = rest.get(colon..)?.find("%40")? + colon;
    (at > colon).then(|| start + colon..start + at)
}

/// `user:password@host/database`, `//user:password@host`, `thin:user/password@//host`.
fn without_scheme(rules: &SecretRules, at: usize, word: &str) -> Option<Range<usize>> {
    let begin = word
        .rfind(['"', '\'', '=', '(', '<', '[', '`', ','])
        .filter(|begin| word.get(*begin..).is_some_and(|w| w.contains('@')))
        .map_or(0, |begin| begin + 1);
    let word = word.get(begin..)?;
    let (user_info, host) = word.rsplit_once('@')?;
    if word.contains("://") {
        return None;
    }
    let secret = if let Some((_, user)) = user_info.split_once("thin:") {
        user.find('/').map(|slash| user_info.len() - user.len() + slash + 1)?
    } else {
        let name = user_info.trim_start_matches('/').split_once(':')?.0;
        let is_name = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-.".contains(&b));
        (is_name && is_database_host(host)).then(|| user_info.find(':').map(|colon| colon + 1))??
    };
    let value = user_info.get(secret..)?;
    let harmless = value.contains('/') || rules.harmless.is_value(value, "", NameKind::default());
    (!harmless).then(|| at + begin + secret..at + begin + user_info.len())
}

/// A host with a port or a database behind it, or one of Render's: not that of a mail address.
fn is_database_host(host: &str) -> bool {
    let end = host.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '.'))).unwrap_or(host.len());
    let behind = host.get(end..).unwrap_or_default();
    let port = behind.strip_prefix(':').is_some_and(|port| port.starts_with(|c: char| c.is_ascii_digit()));
    end > 0 && (behind.starts_with('/') || port || host.starts_with("dpg-"))
}

/// `host:port:database:user:password`, a line of `.pgpass`.
/// Source: PostgreSQL docs, "The Password File".
fn in_pgpass(at: usize, word: &str) -> Option<Range<usize>> {
    let (at, word) =
        (at + word.len() - word.trim_start_matches(['"', '\'']).len(), word.trim_start_matches(['"', '\'']));
    let mut fields = word.splitn(5, ':');
    let mut next = || fields.next();
    let (host, port, database, user, password) = (next()?, next()?, next()?, next()?, next()?);
    let is_port = port == "*" || (4..=5).contains(&port.len()) && port.bytes().all(|b| b.is_ascii_digit());
    let named = [host, database, user].iter().all(|field| !field.is_empty() && !field.contains(['/', '"', '\'']));
    (is_port && named && !password.is_empty()).then(|| at + word.len() - password.len()..at + word.len())
}
