//! Files and standard input, portion by portion.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Read};

use super::{Misuse, shown};

/// Bytes read in one go.
const PORTION_BYTES: usize = 1 << 20;

/// Gives the bytes of a file, or of standard input for `-`.
///
/// # Errors
/// The system's own: the file is missing or cannot be read.
pub(super) fn read_portions(file: &OsStr, each: impl FnMut(&[u8])) -> io::Result<()> {
    if file == "-" { read_all(io::stdin().lock(), each) } else { read_all(File::open(file)?, each) }
}

/// All bytes of a file, or of standard input for `-`.
///
/// # Errors
/// The file is missing or cannot be read; the reason names it.
pub(super) fn read_file(file: &OsStr) -> Result<Vec<u8>, Misuse> {
    let mut bytes = Vec::new();
    let read = read_portions(file, |portion| bytes.extend_from_slice(portion));
    read.map_err(|error| Misuse(format!("{}: {error}", shown(file))))?;
    Ok(bytes)
}

fn read_all(mut input: impl Read, mut each: impl FnMut(&[u8])) -> io::Result<()> {
    let mut portion = vec![0; PORTION_BYTES];
    loop {
        match input.read(&mut portion) {
            Ok(0) => return Ok(()),
            Ok(length) => each(portion.get(..length).unwrap_or_default()),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}
