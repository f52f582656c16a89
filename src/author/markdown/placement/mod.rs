//! Checks where the placeholders of a code block are: the engine quotes each value as one argument of a command or one token of
//! SQL, and that holds only in some places.
//!
//! Comes in: a block's text and its language. Goes out: every placeholder in a wrong place, with what is wrong there. Whatever a
//! tokenizer can't follow is refused. Must not know: files, Markdown, or a value.

mod arguments;
mod power_shell;
mod sh;
mod sql;
mod text;

use text::Signs;

/// A placeholder in a wrong place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Misplaced {
    /// The byte of the block where the placeholder begins.
    pub(super) at: usize,
    /// What is wrong there.
    pub(super) place: Place,
}

/// A place where a value isn't read as exactly one argument or one token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    /// Inside quotes of any kind, dollar quotes of SQL included.
    Quotes,
    /// Inside a comment.
    Comment,
    /// Inside a here-document or here-string.
    Here,
    /// Inside a command substitution or subexpression.
    Substitution,
    /// Inside an arithmetic expansion.
    Arithmetic,
    /// Inside a parameter expansion.
    Parameter,
    /// In a word that the shell also expands, or right behind an escape.
    Expanded,
    /// Where a command's name belongs.
    CommandName,
    /// In the head of a compound command: `case`, `for`, `[[` …
    Compound,
    /// In an argument of a command that reads it as code.
    Code,
    /// The file or descriptor of a redirection, or right beside one.
    Redirection,
    /// An argument that a program could read as an option.
    Option,
    /// A variable that the block reads again.
    Variable,
    /// Where PowerShell evaluates an expression.
    Expression,
    /// Joined to a character that changes how SQL reads the token.
    Joined,
    /// An argument of a psql command, which has rules of its own.
    PsqlCommand,
    /// In a block of a language the engine can't quote for.
    Language,
    /// Behind something the checker can't follow.
    Unclear,
}

impl Place {
    /// What is wrong, for the author.
    pub(super) fn message(self) -> &'static str {
        match self {
            Self::Quotes => "a placeholder is inside quotes",
            Self::Comment => "a placeholder is inside a comment",
            Self::Here => "a placeholder is inside a here-document",
            Self::Substitution => "a placeholder is inside a command substitution",
            Self::Arithmetic => "a placeholder is inside an arithmetic expansion",
            Self::Parameter => "a placeholder is inside a parameter expansion",
            Self::Expanded => "a placeholder is part of a word that the shell expands",
            Self::CommandName => "a placeholder is the name of a command",
            Self::Compound => "a placeholder is part of a shell construct, not an argument",
            Self::Code => "a placeholder is in an argument that is run as code",
            Self::Redirection => "a placeholder touches a redirection",
            Self::Option => "a value that begins with `-` would be read as an option here",
            Self::Variable => "a placeholder is assigned to a variable that this block reads again",
            Self::Expression => "a placeholder is in an expression, where PowerShell runs a bare word",
            Self::Joined => "a placeholder is joined to what is next to it",
            Self::PsqlCommand => "a placeholder is an argument of a psql command",
            Self::Language => "no value can be quoted in this language",
            Self::Unclear => "a placeholder follows quotes or brackets that this check can't read",
        }
    }

    /// What to write instead.
    pub(super) fn suggestion(self) -> &'static str {
        match self {
            Self::Quotes => "leave the quotes out: the page adds the right ones",
            Self::Comment => "say it in the text above the block",
            Self::Here => "give the value as an argument: `--name={{key}}`",
            Self::Substitution | Self::Arithmetic | Self::Parameter | Self::Compound | Self::Expression => {
                "give the value as an argument of a command of its own: `--name={{key}}`"
            }
            Self::Expanded => {
                "make it a word of its own behind `--`, or write `--name={{key}}` without anything to expand"
            }
            Self::CommandName => "write the command, and let the reader's value be its argument",
            Self::Code => "give the value to the program itself: `--name={{key}}`",
            Self::Redirection => "let the program open the file: `--file={{key}}`",
            Self::Option => "put `--` right before the placeholder, or write `--name={{key}}`",
            Self::Variable => "put the placeholder where the variable is read",
            Self::Joined => "put a space or a comma between them, and leave the quotes out",
            Self::PsqlCommand => "write it in SQL, or as an argument of `psql` in a block of `sh`",
            Self::Language => "use `sql`, `sh` or `powershell`, or leave the placeholder out",
            Self::Unclear => "put the placeholder into a simple command of its own",
        }
    }
}

/// Languages that only show something: nobody runs such a block.
const SHOWN: [&str; 1] = ["text"];

/// Whether somebody runs a block of this language.
pub(super) fn is_run(language: &str) -> bool {
    !SHOWN.contains(&language)
}

/// Every placeholder of a block in a wrong place, in order.
pub(super) fn misplaced(language: &str, code: &str) -> Vec<Misplaced> {
    let signs = Signs::of(code);
    let mut found = match language {
        "sh" | "bash" | "shell" => sh::misplaced(signs),
        super::commands::POWER_SHELL => power_shell::misplaced(signs),
        "sql" => sql::misplaced(signs),
        _ if !is_run(language) => Vec::new(),
        _ => signs.values().map(|at| Misplaced { at, place: Place::Language }).collect(),
    };
    found.sort_unstable();
    found.dedup_by_key(|one| one.at);
    found
}

#[cfg(test)]
mod tests;
