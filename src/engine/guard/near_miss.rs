//! What a value nearly was: for explaining a refusal, never for softening it.
//!
//! In: the bytes found and the bytes wanted. Out: the first recognisable difference. It says what kind of difference, not the
//! value. Order matters: a value that is both quoted and in capitals is explained by what stands outside first.
use super::EnvSnapshot;

/// A recognisable difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NearMiss {
    /// Set to nothing.
    Empty,
    /// Ends with a carriage return (a file with Windows line ends).
    CarriageReturn,
    /// Ends with a line end.
    Newline,
    /// White space before or after.
    SpaceAround,
    /// An invisible character in it.
    Invisible,
    /// Wrapped in quotes.
    Quotes,
    /// Other capitals.
    Case,
    /// A full-width character that looks like an ordinary one.
    FullWidth,
    /// A character that looks the same, such as a Cyrillic е for an e.
    LookAlike,
    /// Another word for yes.
    Truthy,
    /// The same number with zeros before it.
    LeadingZeros,
    /// The value with more before or after it.
    Longer,
    /// Not UTF-8.
    NotUtf8,
    /// The variable is not set, but one whose name differs by capitals, spaces or `export` is.
    OtherName,
}

impl NearMiss {
    /// A stable name for it.
    pub fn id(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::CarriageReturn => "carriage-return",
            Self::Newline => "newline",
            Self::SpaceAround => "space-around",
            Self::Invisible => "invisible-character",
            Self::Quotes => "quotes",
            Self::Case => "case",
            Self::FullWidth => "full-width",
            Self::LookAlike => "look-alike",
            Self::Truthy => "truthy",
            Self::LeadingZeros => "leading-zeros",
            Self::Longer => "longer",
            Self::NotUtf8 => "not-utf8",
            Self::OtherName => "other-name",
        }
    }

    /// The difference in plain words; refusing because of it is right.
    pub fn text(self) -> &'static str {
        match self {
            Self::Empty => "it is set to nothing",
            Self::CarriageReturn => "it ends with a carriage return, as in a file with Windows line ends",
            Self::Newline => "it ends with a line end",
            Self::SpaceAround => "there is white space before or after it",
            Self::Invisible => "there is an invisible character in it",
            Self::Quotes => "it is wrapped in quotes, and they are part of the value",
            Self::Case => "it differs in capital letters",
            Self::FullWidth => "it holds a full-width character that only looks the same",
            Self::LookAlike => "it holds a character that only looks the same, such as a letter of another alphabet",
            Self::Truthy => "it is another word for yes, and only the exact value counts",
            Self::LeadingZeros => "it is the same number with zeros before it",
            Self::Longer => "it holds the value with more before or after it",
            Self::NotUtf8 => "it is not UTF-8",
            Self::OtherName => {
                "a variable is set whose name differs only in capitals, in space around it or by a word before it"
            }
        }
    }

    /// What `found` nearly was, when it is not `wanted`.
    pub(super) fn of_value(found: &[u8], wanted: &[u8]) -> Option<Self> {
        if found.is_empty() {
            return Some(Self::Empty);
        }
        let (Ok(found), Ok(wanted)) = (std::str::from_utf8(found), std::str::from_utf8(wanted)) else {
            return Some(Self::NotUtf8);
        };
        let rules = [around, quotes, letters, meaning];
        rules.into_iter().find_map(|rule| rule(found, wanted))
    }

    /// Whether a variable of nearly that name is set.
    pub(super) fn of_names(env: &EnvSnapshot, wanted: &str) -> Option<Self> {
        let near = |name: &[u8]| {
            let text = String::from_utf8_lossy(name);
            let bare = text.trim_matches(is_blank);
            let word = bare.rsplit(is_blank).next().unwrap_or(bare);
            fold(word) == fold(wanted)
        };
        env.names().any(near).then_some(Self::OtherName)
    }
}

fn is_blank(letter: char) -> bool {
    letter.is_whitespace() || letter.is_control() || is_invisible(letter)
}

fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}')
}

/// Something around the value.
fn around(found: &str, wanted: &str) -> Option<NearMiss> {
    let miss = if found.strip_suffix('\r') == Some(wanted) || found.strip_suffix("\r\n") == Some(wanted) {
        NearMiss::CarriageReturn
    } else if found.strip_suffix('\n') == Some(wanted) {
        NearMiss::Newline
    } else if found.trim() == wanted {
        NearMiss::SpaceAround
    } else if found.replace(is_invisible, "").trim() == wanted {
        NearMiss::Invisible
    } else {
        return None;
    };
    Some(miss)
}

fn quotes(found: &str, wanted: &str) -> Option<NearMiss> {
    const MARKS: [char; 7] = ['"', '\'', '`', '\u{201C}', '\u{201D}', '\u{2018}', '\u{2019}'];
    let bare = found.trim().trim_matches(MARKS).trim();
    (bare == wanted && found != bare).then_some(NearMiss::Quotes)
}

/// The same to the eye.
fn letters(found: &str, wanted: &str) -> Option<NearMiss> {
    let found = found.trim();
    let narrow: String = found.chars().map(narrow).collect();
    let latin: String = found.chars().map(latin).collect();
    if fold(found) == fold(wanted) {
        Some(NearMiss::Case)
    } else if fold(&narrow) == fold(wanted) {
        Some(NearMiss::FullWidth)
    } else if fold(&latin) == fold(wanted) {
        Some(NearMiss::LookAlike)
    } else {
        None
    }
}

/// The same to somebody in a hurry.
fn meaning(found: &str, wanted: &str) -> Option<NearMiss> {
    let bare = fold(found.trim());
    let number = wanted.bytes().all(|byte| byte.is_ascii_digit());
    if wanted == "1" && ["true", "yes", "on", "y", "t", "enabled"].contains(&bare.as_str()) {
        Some(NearMiss::Truthy)
    } else if number && bare.trim_start_matches('0') == wanted {
        Some(NearMiss::LeadingZeros)
    } else if !number && !wanted.is_empty() && bare.contains(&fold(wanted)) {
        Some(NearMiss::Longer)
    } else {
        None
    }
}

fn fold(text: &str) -> String {
    text.to_ascii_lowercase()
}

/// The ordinary form of a full-width letter or digit.
///
/// Source: Unicode block "Halfwidth and Fullwidth Forms": U+FF01 to U+FF5E are U+0021 to U+007E, 0xFEE0 further on.
fn narrow(letter: char) -> char {
    match letter {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(letter) - 0xFEE0).unwrap_or(letter),
        _ => letter,
    }
}

/// The Latin letter or digit that a Cyrillic or Greek one looks like.
///
/// Source: Unicode Technical Standard 39, `confusables.txt`, the letters that occur in words such as `demo`.
fn latin(letter: char) -> char {
    match letter {
        'а' | 'А' | 'α' | 'Α' => 'a',
        'с' | 'С' | 'ϲ' => 'c',
        'ԁ' => 'd',
        'е' | 'Е' | 'Ε' | 'ё' => 'e',
        'і' | 'І' | 'ι' | 'Ι' => 'i',
        'м' | 'М' | 'Μ' => 'm',
        'о' | 'О' | 'ο' | 'Ο' => 'o',
        'р' | 'Р' | 'ρ' | 'Ρ' => 'p',
        'ѕ' | 'Ѕ' => 's',
        'т' | 'Т' | 'Τ' => 't',
        'х' | 'Х' | 'χ' | 'Χ' => 'x',
        'у' | 'У' => 'y',
        'l' | 'Ӏ' | 'ӏ' | '|' => '1',
        _ => letter,
    }
}
