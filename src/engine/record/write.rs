//! Parts of a record → Markdown or plain text.

/// How a record is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Markdown.
    Markdown,
    /// Plain text.
    Text,
}

/// One piece, top to bottom.
pub(super) enum Part {
    Title(String),
    Heading(&'static str),
    Line(String),
    Item(String),
    /// A step: ticked or not, and what it is.
    Task(String, String),
    /// Text that stays as it is, in a language.
    Code(&'static str, String),
}

/// Writes everything.
pub(super) fn write(parts: &[Part], format: Format) -> String {
    let markdown = format == Format::Markdown;
    let prose = |text: &str| if markdown { escaped(text) } else { text.to_owned() };
    let mut out = String::new();
    let (mut in_list, mut headed) = (false, false);
    for part in parts {
        let is_item = matches!(part, Part::Item(_) | Part::Task(..));
        if !(out.is_empty() || in_list && is_item || headed && !markdown) {
            out.push('\n');
        }
        (in_list, headed) = (is_item, matches!(part, Part::Heading(_)));
        match part {
            Part::Title(text) => push(&mut out, if markdown { "# " } else { "" }, &prose(text)),
            Part::Heading(text) if markdown => push(&mut out, "## ", text),
            Part::Heading(text) => push(&mut out, "", &text.to_ascii_uppercase()),
            Part::Line(text) => push(&mut out, "", &prose(text)),
            Part::Item(text) => push(&mut out, "- ", &prose(text)),
            Part::Task(done, text) => push(&mut out, "- ", &[done, " ", &prose(text)].concat()),
            Part::Code(language, text) => code(&mut out, language, text, markdown),
        }
    }
    out
}

fn push(out: &mut String, before: &str, text: &str) {
    out.push_str(before);
    out.push_str(text);
    out.push('\n');
}

/// A block that no line of it can end: its fence is longer than any run of backticks inside.
fn code(out: &mut String, language: &str, text: &str, markdown: bool) {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest.max(2) + 1);
    if markdown {
        push(out, &fence, language);
    }
    for line in text.strip_suffix('\n').unwrap_or(text).split('\n') {
        push(out, if markdown { "" } else { "    " }, line);
    }
    if markdown {
        push(out, &fence, "");
    }
}

/// Words that mean nothing to Markdown.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&') {
            out.push('\\');
        }
        out.push(if c == '\n' { ' ' } else { c });
    }
    out
}
