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

/// What was found so far.
#[derive(Debug, Default)]
struct Found(Vec<Misplaced>);

impl Found {
    fn refuse(&mut self, at: usize, place: Place) {
        self.0.push(Misplaced { at, place });
    }

    fn refuse_all(&mut self, values: Vec<usize>, place: Place) {
        self.0.extend(values.into_iter().map(|at| Misplaced { at, place }));
    }
}

/// Defines [`Place`] from one row for each: its name, what is wrong there, what to write instead.
macro_rules! places {
    ($($(#[$doc:meta])* $name:ident: $message:literal, $suggestion:literal;)*) => {
        /// A place where a value isn't read as exactly one argument or one token.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub(super) enum Place {
            $($(#[$doc])* $name,)*
        }

        impl Place {
            /// What is wrong, for the author.
            pub(super) fn message(self) -> &'static str {
                match self {
                    $(Self::$name => $message,)*
                }
            }

            /// What to write instead.
            pub(super) fn suggestion(self) -> &'static str {
                match self {
                    $(Self::$name => $suggestion,)*
                }
            }
        }

        #[cfg(test)]
        const PLACES: &[Place] = &[$(Place::$name,)*];
    };
}

places! {
    /// Inside quotes of any kind, dollar quotes of SQL included.
    Quotes: "a placeholder is inside quotes",
        "leave the quotes out: the page adds the right ones";
    /// Inside a comment.
    Comment: "a placeholder is inside a comment",
        "say it in the text above the block";
    /// Inside a here-document or here-string.
    Here: "a placeholder is inside a here-document",
        "give the value as an argument: `--name={{key}}`";
    /// Inside a command substitution or subexpression.
    Substitution: "a placeholder is inside a command substitution",
        "give the value as an argument of a command of its own: `--name={{key}}`";
    /// Inside an arithmetic expansion.
    Arithmetic: "a placeholder is inside an arithmetic expansion",
        "give the value as an argument of a command of its own: `--name={{key}}`";
    /// Inside a parameter expansion.
    Parameter: "a placeholder is inside a parameter expansion",
        "give the value as an argument of a command of its own: `--name={{key}}`";
    /// In a word that the shell also expands, or right behind an escape.
    Expanded: "a placeholder is part of a word that the shell expands",
        "make it a word of its own behind `--`, or write `--name={{key}}` without anything to expand";
    /// Where a command's name belongs.
    CommandName: "a placeholder is the name of a command",
        "write the command, and let the reader's value be its argument";
    /// In the head of a compound command: `case`, `for`, `[[` …
    Compound: "a placeholder is part of a shell construct, not an argument",
        "give the value as an argument of a command of its own: `--name={{key}}`";
    /// In an argument of a command that reads it as code.
    Code: "a placeholder is in an argument that is run as code",
        "give the value to the program itself: `--name={{key}}`";
    /// The file or descriptor of a redirection, or right beside one.
    Redirection: "a placeholder touches a redirection",
        "let the program open the file: `--file={{key}}`";
    /// An argument that a program could read as an option.
    Option: "a value that begins with `-` would be read as an option here",
        "put `--` right before the placeholder, or write `--name={{key}}`";
    /// A variable that the block reads again.
    Variable: "a placeholder is assigned to a variable that this block reads again",
        "put the placeholder where the variable is read";
    /// Where PowerShell evaluates an expression.
    Expression: "a placeholder is in an expression, where PowerShell runs a bare word",
        "give the value as an argument of a command of its own: `--name={{key}}`";
    /// Joined to a character that changes how SQL reads the token.
    Joined: "a placeholder is joined to what is next to it",
        "put a space or a comma between them, and leave the quotes out";
    /// An argument of a psql command, which has rules of its own.
    PsqlCommand: "a placeholder is an argument of a psql command",
        "write it in SQL, or as an argument of `psql` in a block of `sh`";
    /// In a block of a language the engine can't quote for.
    Language: "no value can be quoted in this language",
        "use `sql`, `sh` or `powershell`, or leave the placeholder out";
    /// Behind something the checker can't follow.
    Unclear: "a placeholder follows quotes or brackets that this check can't read",
        "put the placeholder into a simple command of its own";
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
        _ => {
            let mut found = Found::default();
            if is_run(language) {
                found.refuse_all(signs.values().collect(), Place::Language);
            }
            found
        }
    }
    .0;
    found.sort_unstable();
    found.dedup_by_key(|one| one.at);
    found
}

#[cfg(test)]
mod tests;
