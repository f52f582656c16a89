//! Variables a reader hands to the page: a file's bytes, or what was pasted.
//!
//! In: bytes that may hold every secret of a service. Out: verdicts on the guard's own variables, line numbers, and nothing else: no
//! value, no other name. A text of which it cannot be told what it sets gets no verdict: REFUSE would be a guess.
use super::{EnvError, EnvSnapshot, Requirement, Verdicts, evaluate};

/// How the bytes came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// A file's own bytes.
    File,
    /// The clipboard, which on Windows writes every line end as CR LF: whether the file itself does cannot be told.
    Paste,
}

/// What could be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handed {
    /// On the guard's variables.
    pub verdicts: Verdicts,
    /// How many variables the text sets.
    pub pairs: usize,
    /// Whether carriage returns were taken for the clipboard's.
    pub line_ends_unknown: bool,
}

/// Why nothing could be told. Of names only the guard's own are in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotRead {
    /// No line is `NAME=VALUE`.
    NoPairs,
    /// A name is set on two lines; which of them counts differs between hosts.
    SetTwice {
        /// The name, if it is one of the guard's.
        variable: Option<String>,
        /// 1-based line where it is set first.
        first_line: usize,
        /// 1-based line where it is set again.
        second_line: usize,
    },
    /// A line names a variable of the guard, but not as `NAME=VALUE`.
    Unclear {
        /// The variable.
        variable: String,
        /// 1-based.
        line: usize,
    },
}

/// Reads what was handed over.
///
/// # Errors
/// [`NotRead`] when the text does not say what it sets.
pub fn read(requirements: &[Requirement], bytes: &[u8], source: Source) -> Result<Handed, NotRead> {
    let text = String::from_utf8_lossy(bytes);
    let line_ends_unknown = source == Source::Paste && bytes.windows(2).any(|pair| pair == b"\r\n");
    let clean = if line_ends_unknown { text.replace("\r\n", "\n").into_bytes() } else { bytes.to_vec() };
    let env = EnvSnapshot::parse(&clean).map_err(|error| set_twice(requirements, error))?;
    if let Some((line, variable)) = unclear(requirements, &text, &env) {
        return Err(NotRead::Unclear { variable, line });
    }
    let pairs = env.names().count();
    if pairs == 0 {
        return Err(NotRead::NoPairs);
    }
    Ok(Handed { verdicts: evaluate(requirements, &env), pairs, line_ends_unknown })
}

fn set_twice(requirements: &[Requirement], error: EnvError) -> NotRead {
    match error {
        EnvError::SetTwice { name, first_line, second_line } => {
            let variable = requirements.iter().any(|requirement| requirement.variable == name).then_some(name);
            NotRead::SetTwice { variable, first_line, second_line }
        }
        EnvError::NoEquals => NotRead::NoPairs,
    }
}

/// The first line that names a variable which no line sets, without setting anything itself.
fn unclear(requirements: &[Requirement], text: &str, env: &EnvSnapshot) -> Option<(usize, String)> {
    let lines = text.split('\n').enumerate().filter(|(_, line)| !line.starts_with('#') && !line.contains('='));
    lines.into_iter().find_map(|(index, line)| {
        let named = requirements.iter().find(|one| {
            env.get(one.variable.as_bytes()).is_none()
                && line.to_ascii_lowercase().contains(&one.variable.to_ascii_lowercase())
        })?;
        Some((index + 1, named.variable.clone()))
    })
}
