//! Which arguments of a program are only data. The same for every shell: it is the program that reads `-x` as an option.
//!
//! Source: POSIX.1-2024, Base Definitions 12.2, "Utility Syntax Guidelines", guideline 10: the first `--` ends the options. PowerShell
//! hands `--` to a program as it is (Microsoft, `about_Parsing`, "The end-of-parameters token"; read 2026-11-26).

use super::Place;
use crate::engine::page::is_built_in;

/// Commands that read their arguments as code of a shell, wherever in the command their name is. `ssh` joins its arguments into
/// one line for the other side's shell.
const RUN_TEXT: [&str; 18] = [
    "sh",
    "bash",
    "dash",
    "zsh",
    "ksh",
    "fish",
    "ssh",
    "su",
    "watch",
    "parallel",
    "cmd",
    "powershell",
    "pwsh",
    "wsl",
    "invoke-expression",
    "iex",
    "invoke-command",
    "start-process",
];

/// The same for the first word of a command only: elsewhere these are ordinary words.
const RUN_TEXT_FIRST: [&str; 8] = ["eval", "source", ".", "trap", "alias", "let", "unset", "add-type"];

/// Commands whose `--` ends only their own options: what follows is another command with options, a variable's name or a format.
const NOT_ENDED: [&str; 29] = [
    "sudo", "doas", "env", "nohup", "nice", "time", "timeout", "setsid", "stdbuf", "exec", "command", "builtin",
    "xargs", "find", "docker", "podman", "kubectl", "heroku", "railway", "fly", "npx", "read", "declare", "typeset",
    "local", "printf", "export", "readonly", "echo",
];

/// Options whose value a program runs.
const CODE_OPTIONS: [&str; 6] = ["-c", "-e", "--command", "--eval", "--execute", "--split-string"];

/// What a command's words say about the next argument.
#[derive(Clone, Debug, Default)]
pub(super) struct Arguments {
    /// The command's name; none before it was read.
    pub(super) name: Option<String>,
    /// The word before, when the author wrote it.
    before: String,
    /// Whether only placeholders are between here and a `--`.
    ended: bool,
    /// Whether one word so far runs what follows.
    runs_text: bool,
}

impl Arguments {
    /// Takes the name of the command; none where only a run tells it: that one may run anything.
    pub(super) fn named(&mut self, name: Option<&str>) {
        let plain = name.map(plain_name).unwrap_or_default();
        let runs = RUN_TEXT.contains(&plain.as_str()) || RUN_TEXT_FIRST.contains(&plain.as_str());
        self.runs_text = runs || name.is_none();
        self.name = Some(plain);
    }

    /// Takes another word of the author's.
    pub(super) fn word(&mut self, word: &str) {
        // PowerShell's `--%` hands on the rest as it is, quotes included.
        self.runs_text |= RUN_TEXT.contains(&plain_name(word).as_str()) || word == "--%";
        self.ended = word == "--";
        word.clone_into(&mut self.before);
    }

    /// What is wrong with a placeholder in the next word, behind the text `prefix`; none for a prefix that only a run could tell.
    pub(super) fn wrong(&self, key: &str, prefix: Option<&str>) -> Option<Place> {
        let assigned = prefix.and_then(|prefix| prefix.split_once('=')).map_or("", |(option, _)| option);
        if self.runs_text || CODE_OPTIONS.contains(&self.before.as_str()) || CODE_OPTIONS.contains(&assigned) {
            return Some(Place::Code);
        }
        let ends = self.ended && !self.name.as_deref().is_some_and(|name| NOT_ENDED.contains(&name));
        let safe = match prefix {
            _ if ends => true,
            // The engine makes these: a URL, or the name of a file that begins with the script's.
            Some("") => is_built_in(key),
            Some(prefix) if prefix.starts_with('-') => is_long_option(assigned),
            Some(_) => true,
            None => false,
        };
        (!safe).then_some(Place::Option)
    }
}

/// The last part of a path, as it is typed on any system.
fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default().to_ascii_lowercase();
    last.strip_suffix(".exe").unwrap_or(&last).to_owned()
}

fn is_long_option(option: &str) -> bool {
    let name = option.strip_prefix("--").unwrap_or_default();
    name.starts_with(|c: char| c.is_ascii_alphanumeric())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
}
