//! Variables handed in: from flags, from a file, from fields of a page. Never from the process itself.
//!
//! File: one `NAME=VALUE` a line ended by LF. The value is every byte after the first `=`, a trailing CR included: that is what
//! many hosts pass on, and a guard that forgave it would not be the script's guard. Nothing is unquoted, `export` is not known.
//! Lines without `=` and lines starting with `#` are skipped. A name set twice makes the file malformed.
use std::collections::BTreeMap;
use std::fmt;

/// Names and values as bytes, in order of name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EnvSnapshot {
    values: BTreeMap<Vec<u8>, Vec<u8>>,
}

/// Variables that cannot be read. None of these holds a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EnvError {
    /// A name stands on two lines. Which of them a host would use differs between hosts, so there is no answer to give: it is
    /// misuse (exit 2), not a verdict. A REFUSE would claim to know what the script sees.
    SetTwice {
        /// The name, what is not UTF-8 replaced.
        name: String,
        /// 1-based line where it is set first.
        first_line: usize,
        /// 1-based line where it is set again.
        second_line: usize,
    },
    /// An argument that is not `NAME=VALUE`.
    NoEquals,
}

impl fmt::Display for EnvError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SetTwice { name, first_line, second_line } => write!(
                out,
                "malformed: {} is set on line {first_line} and again on line {second_line}; hosts differ in which one counts, so keep one",
                name.escape_debug()
            ),
            Self::NoEquals => out.write_str("malformed: expected NAME=VALUE"),
        }
    }
}

impl std::error::Error for EnvError {}

impl EnvSnapshot {
    /// Reads a file's bytes.
    ///
    /// # Errors
    /// [`EnvError::SetTwice`] when a name is set twice, also to the same value.
    pub fn parse(file: &[u8]) -> Result<Self, EnvError> {
        let mut env = Self::default();
        let mut first_lines = BTreeMap::new();
        for (index, line) in file.split(|&byte| byte == b'\n').enumerate() {
            let Some((name, value)) = split_line(line) else {
                continue;
            };
            let second_line = index + 1;
            if let Some(first_line) = first_lines.insert(name.to_vec(), second_line) {
                let name = String::from_utf8_lossy(name).into_owned();
                return Err(EnvError::SetTwice { name, first_line, second_line });
            }
            env.set(name, value);
        }
        Ok(env)
    }

    /// Sets a variable, over what it was.
    pub fn set(&mut self, name: &[u8], value: &[u8]) {
        self.values.insert(name.to_vec(), value.to_vec());
    }

    /// Sets a variable from `NAME=VALUE`; the value is every byte after the first `=`.
    ///
    /// # Errors
    /// [`EnvError::NoEquals`] when there is no `=` or nothing before it.
    pub fn set_pair(&mut self, pair: &[u8]) -> Result<(), EnvError> {
        match split_pair(pair) {
            Some((name, value)) if !name.is_empty() => {
                self.set(name, value);
                Ok(())
            }
            _ => Err(EnvError::NoEquals),
        }
    }

    /// The value of a variable; none when it is not set.
    pub fn get(&self, name: &[u8]) -> Option<&[u8]> {
        self.values.get(name).map(Vec::as_slice)
    }

    /// The names, in order.
    pub fn names(&self) -> impl Iterator<Item = &[u8]> {
        self.values.keys().map(Vec::as_slice)
    }
}

fn split_line(line: &[u8]) -> Option<(&[u8], &[u8])> {
    if line.starts_with(b"#") {
        return None;
    }
    split_pair(line)
}

fn split_pair(pair: &[u8]) -> Option<(&[u8], &[u8])> {
    let at = pair.iter().position(|&byte| byte == b'=')?;
    let (name, rest) = pair.split_at(at);
    Some((name, rest.get(1..).unwrap_or_default()))
}
