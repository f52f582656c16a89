//! A value as one word of a command, in each shell; and a connection that is the same word in all of them.
//!
//! In: what a reader typed. Out: text that a shell reads as exactly that value. A name in a connection is percent-encoded, so of all that
//! shells, programs and code pages do to letters nothing is left to go wrong: libpq decodes it (PostgreSQL docs, "Connection URIs").
//! No password is ever in it: the programs ask.

use super::sql::Ident;

/// The shell a command is written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shell {
    /// `sh`, bash, zsh, dash: macOS and Linux.
    Posix,
    /// PowerShell on Windows.
    PowerShell,
}

/// A value that becomes one argument of a program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShellArgument(String);

impl ShellArgument {
    /// Takes a value; none when it holds a control character, which no command shows.
    pub fn of_text(raw: &str) -> Option<Self> {
        (!raw.chars().any(char::is_control)).then(|| Self(raw.to_owned()))
    }

    /// A name in the database; it holds no control character.
    pub fn of_name(name: &Ident) -> Self {
        Self(name.name().to_owned())
    }

    /// The word that this shell hands to a program as exactly the value.
    pub fn word(&self, shell: Shell) -> String {
        match shell {
            Shell::Posix => posix(&self.0),
            Shell::PowerShell => power_shell(&self.0),
        }
    }
}

/// Unchanged when every letter is plain, else in single quotes, between which nothing means anything but the closing quote. A word that
/// begins with `=` is quoted too: zsh puts the path of a program in its place (zsh manual, 14.7.3 "`=` expansion").
fn posix(raw: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "_@%+=:,./-".contains(c);
    if !raw.is_empty() && !raw.starts_with('=') && raw.chars().all(is_plain) {
        return raw.to_owned();
    }
    format!("'{}'", raw.replace('\'', r"'\''"))
}

/// In single quotes unless it is a plain word that begins with a letter (`1kb` is a number, `-x` an option, `a,b` a list). Each of
/// the five letters that PowerShell takes for a single quote is doubled.
///
/// Source: Microsoft, `about_Quoting_Rules`; the letters are those of `CharTraits` in PowerShell's own source.
fn power_shell(raw: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "_.-".contains(c);
    if raw.starts_with(|c: char| c.is_ascii_alphabetic()) && raw.chars().all(is_plain) {
        return raw.to_owned();
    }
    let mut word = String::from("'");
    for letter in for_program(raw).chars() {
        if matches!(letter, '\'' | '\u{2018}'..='\u{201B}') {
            word.push(letter);
        }
        word.push(letter);
    }
    word.push('\'');
    word
}

/// As Windows PowerShell hands it to a program: it puts quotes around a value with white space of any kind and leaves those inside as they are, so they
/// are escaped here by the rules of the C runtime. PowerShell 7.3 escapes them itself; there such a value arrives with a
/// backslash too many and is not found, while without these it would arrive in Windows PowerShell as another name.
fn for_program(raw: &str) -> String {
    let (mut out, mut backslashes) = (String::new(), 0);
    for letter in raw.chars() {
        if letter == '"' {
            out.push_str(&"\\".repeat(backslashes + 1));
        }
        backslashes = if letter == '\\' { backslashes + 1 } else { 0 };
        out.push(letter);
    }
    if raw.is_empty() {
        out.push_str("\"\"");
    } else if raw.contains(char::is_whitespace) {
        out.push_str(&"\\".repeat(backslashes));
    }
    out
}

/// `postgresql://USER@HOST/DATABASE?sslmode=require` of pieces that are encoded already.
pub fn connection(user: &str, host: &str, database: &str) -> ShellArgument {
    ShellArgument(format!("postgresql://{user}@{host}/{database}?sslmode=require"))
}

/// A piece of a URL: every byte but the plainest is written `%XX`.
pub fn url_piece(raw: &str) -> String {
    let mut out = String::new();
    for byte in raw.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.extend([byte >> 4, byte & 15].into_iter().filter_map(|half| char::from_digit(half.into(), 16)));
        }
    }
    out
}

/// A host as a piece of a URL; it may name its port.
pub fn url_host(raw: &str) -> String {
    match raw.rsplit_once(':') {
        Some((host, port)) if !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()) => {
            format!("{}:{port}", url_piece(host))
        }
        _ => url_piece(raw),
    }
}
