//! What leaves the program: results on standard output, complaints on standard error.

use std::ffi::OsStr;
use std::io::{self, Write};

use runbook::embedded;
use runbook::engine::text::mask::hide_secrets;
use runbook::engine::text::terminal::{for_terminal, one_line};

use super::Misuse;

/// Prints text for people; what a terminal would obey is written out.
pub(super) fn print(text: &str) -> Result<(), Misuse> {
    print_data(&for_terminal(text))
}

/// Prints what programs read, JSON or SQL, byte for byte and all of it. A reader that closed the pipe has what it wanted; any
/// other failure would leave half a script behind as if it were whole.
pub(super) fn print_data(text: &str) -> Result<(), Misuse> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Misuse(format!("not all of it could be written to standard output: {error}")))
        }
        _ => Ok(()),
    }
}

/// Says on standard error what is wrong. What was given in a wrong place may be a URL: its password is not repeated.
pub(super) fn complain(message: &str) {
    let line = format!("runbook: {}\n", for_terminal(&hide_secrets(&embedded::patterns().secrets, message)));
    // Where standard error takes nothing there is nobody left to tell; the exit code says it.
    let _nobody_listens = io::stderr().write_all(line.as_bytes());
}

/// An argument or a file's name as a piece of a sentence.
pub(super) fn shown(argument: impl AsRef<OsStr>) -> String {
    one_line(&argument.as_ref().to_string_lossy()).into_owned()
}
