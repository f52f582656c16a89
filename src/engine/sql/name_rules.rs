//! Which names are accepted, with a warning or without, and which are refused.
//!
//! In: a raw string and what it is to name. Out: warnings, or a [`Refusal`]. Each rule is one small function; their order is in
//! [`why_refused`]: first what must never be shown again (a URL, a password), then what cannot be seen, then what is not a name.
//! Quoting makes every other string harmless, so the rules only catch names that mean something else than their owner thinks.
//! Source: PostgreSQL docs, "Identifiers and Key Words", `CREATE ROLE`, `GRANT`; every name of our table was run on 15.18.
use super::refusal::{NameKind, NameWarning, Reason, Refusal};
use super::url::ConnectionUrl;
use crate::engine::text::terminal::is_format;

/// The longest name PostgreSQL keeps, in bytes (`NAMEDATALEN` - 1).
pub(super) const LONGEST_NAME_BYTES: usize = 63;

/// The warnings for an acceptable name.
///
/// # Errors
/// A [`Refusal`] when no SQL should be made with it.
pub(super) fn check(raw: &str, kind: NameKind) -> Result<Vec<NameWarning>, Refusal> {
    match why_refused(raw, kind) {
        Some(reason) => Err(Refusal { kind, reason, suggestion: suggest(raw, kind, reason) }),
        None => Ok(warnings(raw, kind)),
    }
}

fn why_refused(raw: &str, kind: NameKind) -> Option<Reason> {
    if raw.contains('\0') {
        return Some(Reason::Nul);
    }
    let trimmed = trim(raw);
    if trimmed.is_empty() {
        return Some(Reason::Empty);
    }
    if raw.contains("://") {
        return Some(Reason::ConnectionUrl);
    }
    if holds_password(raw, kind) {
        return Some(Reason::HoldsPassword);
    }
    if trimmed != raw {
        return Some(Reason::SpaceAround);
    }
    unseen(raw)
        .or_else(|| is_quoted(raw).then_some(Reason::Quoted))
        .or_else(|| is_placeholder(raw).then_some(Reason::Placeholder))
        .or_else(|| too_long(raw))
        .or_else(|| reserved(raw, kind))
}

/// What to type instead; only what follows from the text itself, and only if it is acceptable in its turn.
fn suggest(raw: &str, kind: NameKind, reason: Reason) -> Option<String> {
    let candidate = match reason {
        Reason::SpaceAround => trim(raw).to_owned(),
        Reason::Quoted => unquote(raw)?,
        Reason::ConnectionUrl => name_in_url(raw, kind)?,
        _ => return None,
    };
    match check(&candidate, kind) {
        Ok(_) => Some(candidate),
        Err(refusal) => refusal.suggestion,
    }
}

fn name_in_url(raw: &str, kind: NameKind) -> Option<String> {
    let trimmed = trim(raw);
    let bare = unquote(trimmed).unwrap_or_else(|| trimmed.to_owned());
    let url = ConnectionUrl::parse(&bare).ok()?;
    let name = match kind {
        NameKind::Role => url.user(),
        NameKind::Database => url.database(),
        NameKind::Object => None,
    };
    name.map(str::to_owned)
}

/// Settings in libpq's `key=value` form, or a piece of a URL: a password would end up in the SQL.
///
/// A user or database whose own name is `a:b` is legal and all but unknown, while `user:password` is what people copy out of a
/// URL. So the colon alone is enough there; of other objects only the middle of a URL counts.
fn holds_password(raw: &str, kind: NameKind) -> bool {
    let folded = raw.to_ascii_lowercase();
    let has_setting = folded.contains("password=") || folded.contains("password =");
    let (user, behind) = trim(raw).split_once(':').unwrap_or_default();
    let has_password = !user.is_empty() && !behind.is_empty() && (kind != NameKind::Object || behind.contains('@'));
    has_setting || has_password
}

/// Whether a value that a user gives is a connection with its password.
pub fn holds_credentials(value: &str) -> bool {
    holds_password(value, NameKind::Object) || value.contains("://") && value.contains('@')
}

fn unseen(raw: &str) -> Option<Reason> {
    raw.chars().find_map(|letter| match letter {
        ' ' => None,
        _ if letter.is_control() => Some(Reason::Control),
        '\u{2028}' | '\u{2029}' => Some(Reason::Control),
        _ if is_invisible(letter) => Some(Reason::Invisible),
        '\u{FFFD}' => Some(Reason::Lost),
        _ => None,
    })
}

/// White space other than the plain space, and characters that leave no mark.
///
/// Source: Unicode 16, properties `White_Space` and `Default_Ignorable_Code_Point`, and the format characters.
fn is_invisible(letter: char) -> bool {
    letter.is_whitespace()
        || is_format(letter)
        || matches!(letter,
            '\u{034F}' | '\u{115F}'..='\u{1160}' | '\u{17B4}'..='\u{17B5}' | '\u{180B}'..='\u{180F}' | '\u{2800}'
            | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFF8}' | '\u{E0000}'..='\u{E0FFF}')
}

fn trim(raw: &str) -> &str {
    raw.trim_matches(|letter: char| letter.is_control() || is_invisible(letter))
}

/// Pairs of quotes people paste around names.
const PAIRS: [(char, char); 8] = [
    ('"', '"'),
    ('\'', '\''),
    ('`', '`'),
    ('\u{201C}', '\u{201D}'),
    ('\u{201E}', '\u{201C}'),
    ('\u{201E}', '\u{201D}'),
    ('\u{2018}', '\u{2019}'),
    ('\u{AB}', '\u{BB}'),
];

fn inside(raw: &str, open: char, close: char) -> Option<&str> {
    raw.strip_prefix(open)?.strip_suffix(close)
}

fn is_curly(letter: char) -> bool {
    matches!(letter, '\u{2018}'..='\u{201F}' | '\u{AB}' | '\u{BB}')
}

/// Wrapped in a pair, or with a typographic quote at either end: those are letters to PostgreSQL.
fn is_quoted(raw: &str) -> bool {
    PAIRS.iter().any(|&(open, close)| inside(raw, open, close).is_some())
        || raw.starts_with(is_curly)
        || raw.ends_with(is_curly)
}

/// The name inside its quotes, doubled ones undone; none when a lone quote inside makes that a guess.
fn unquote(raw: &str) -> Option<String> {
    PAIRS.iter().find_map(|&(open, close)| {
        let inner = inside(raw, open, close)?;
        let doubled = format!("{close}{close}");
        let lone = inner.replace(&doubled, "").contains([open, close]);
        (!lone).then(|| inner.replace(&doubled, &close.to_string()))
    })
}

fn is_placeholder(raw: &str) -> bool {
    let angle = inside(raw, '<', '>').is_some();
    let braced = raw.starts_with("${") && raw.ends_with('}');
    let variable = raw
        .strip_prefix('$')
        .is_some_and(|name| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_'));
    angle || braced || variable
}

fn too_long(raw: &str) -> Option<Reason> {
    let n_bytes = raw.len();
    (n_bytes > LONGEST_NAME_BYTES).then_some(Reason::TooLong { n_bytes })
}

fn reserved(raw: &str, kind: NameKind) -> Option<Reason> {
    match (kind, raw) {
        (NameKind::Role, "public" | "PUBLIC") => Some(Reason::Everybody),
        (NameKind::Role, "none") => Some(Reason::NoRole),
        (NameKind::Role, name) if name.starts_with("pg_") => Some(Reason::SystemRole),
        (NameKind::Database, "template0" | "template1") => Some(Reason::TemplateDatabase),
        _ => None,
    }
}

fn warnings(raw: &str, kind: NameKind) -> Vec<NameWarning> {
    let special = match (kind, raw) {
        (NameKind::Role, "current_user" | "session_user" | "current_role") => Some(NameWarning::LiteralName),
        (NameKind::Role, "postgres") => Some(NameWarning::NotYourUserOnRender),
        (NameKind::Database, "postgres") => Some(NameWarning::NotYourDatabaseOnRender),
        _ => None,
    };
    let folds = could_stand_bare(raw) && raw.chars().any(is_capital);
    let colon = raw.split_once(':').is_some_and(|(before, _)| !before.is_empty());
    let noticed =
        [(folds, NameWarning::Capitals), (has_stray_quote(raw), NameWarning::StrayQuote), (colon, NameWarning::Colon)];
    let noticed = noticed.into_iter().filter_map(|(holds, warning)| holds.then_some(warning));
    special.into_iter().chain(noticed).collect()
}

/// Whether other tools write the name without quotes, where its capitals would be lost.
/// Source: PostgreSQL docs, "Identifiers and Key Words": letters, digits, `_` and `$`.
fn could_stand_bare(raw: &str) -> bool {
    raw.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '$') || !letter.is_ascii())
}

/// A letter that some tool's lower-casing turns into an ASCII letter: A to Z, and odd ones such as `İ`.
/// PostgreSQL folds A to Z only, so capitals of other alphabets are the same name quoted or not.
fn is_capital(letter: char) -> bool {
    letter.is_ascii_uppercase() || matches!(letter, '\u{130}' | '\u{212A}')
}

/// One quote in all, and it stands at an end.
fn has_stray_quote(raw: &str) -> bool {
    let is_quote = |letter: char| matches!(letter, '"' | '\'' | '`');
    raw.matches(is_quote).count() == 1 && (raw.starts_with(is_quote) || raw.ends_with(is_quote))
}

#[cfg(test)]
mod tests {
    use super::is_capital;

    #[test]
    fn capitals_are_all_letters_whose_small_letter_is_ascii() {
        for letter in char::MIN..=char::MAX {
            let small = letter.to_lowercase().next().unwrap_or(letter);
            assert_eq!(is_capital(letter), small.is_ascii_lowercase() && small != letter, "{letter:?}");
        }
    }
}
