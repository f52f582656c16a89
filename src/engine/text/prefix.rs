//! What platforms print before a program's own line.

use super::time::{self, Time};

/// The line's time stamp, if any, and how many bytes of prefix come before the program's own text.
pub(super) fn measure(text: &str) -> (Option<Time>, usize) {
    let mut time = None;
    let mut skipped = 0;
    // A line may carry a container name and a time stamp, in either order.
    for _ in 0..3 {
        let rest = text.get(skipped..).unwrap_or_default();
        let more = if let Some((found, length)) = stamp(rest) {
            time = time.or(Some(found));
            length
        } else if let Some(length) = container(rest) {
            length
        } else {
            break;
        };
        skipped += more;
    }
    (time, skipped)
}

/// How many bytes of a leading time stamp there are.
pub(super) fn stamp_length(text: &str) -> usize {
    time::iso(text).or_else(|| time::dashboard(text)).map_or(0, |(_, length)| length)
}

/// A leading stamp with the blanks after it. Indentation that follows belongs to the program: at most two blanks go.
fn stamp(text: &str) -> Option<(Time, usize)> {
    let (found, length) = time::iso(text).or_else(|| time::dashboard(text))?;
    let rest = text.get(length..)?;
    let blanks = rest.bytes().take_while(|b| *b == b' ').count();
    // `2026-07-14 21:22:18,492 - SL - ERROR` is the program's own stamp; the text behind it is kept as it is.
    (blanks > 0 || rest.is_empty()).then(|| (found, length + blanks.min(2)))
}

/// `backend-1  | ` of compose and `app[web.1]: ` of Heroku and its like.
fn container(text: &str) -> Option<usize> {
    compose(text).or_else(|| dyno(text)).or_else(|| stream(text))
}

/// `stderr F ` of container runtimes (Kubernetes, CRI), behind their time stamp.
fn stream(text: &str) -> Option<usize> {
    let rest = text.strip_prefix("stdout ").or_else(|| text.strip_prefix("stderr "))?;
    (rest.starts_with("F ") || rest.starts_with("P ")).then_some("stderr F ".len())
}

fn compose(text: &str) -> Option<usize> {
    let name = text.bytes().take_while(|b| b.is_ascii_alphanumeric() || b"-_.".contains(b)).count();
    if name == 0 || name > 80 {
        return None;
    }
    let rest = text.get(name..)?;
    let blanks = rest.bytes().take_while(|b| *b == b' ').count();
    let bar = rest.get(blanks..)?.strip_prefix('|')?;
    let after = usize::from(bar.starts_with(' '));
    (blanks > 0 || after > 0).then_some(name + blanks + 1 + after)
}

fn dyno(text: &str) -> Option<usize> {
    let name = text.bytes().take_while(u8::is_ascii_lowercase).count();
    let rest = text.get(name..)?.strip_prefix('[')?;
    let inside = rest.bytes().take_while(|b| b.is_ascii_alphanumeric() || b"-_.".contains(b)).count();
    rest.get(inside..)?.starts_with("]: ").then_some(name + 1 + inside + 3)
}

#[cfg(test)]
mod tests {
    use super::measure;

    fn check(text: &str, rest: &str) {
        assert_eq!(&text[measure(text).1..], rest);
    }

    #[test]
    fn known_prefixes_are_measured() {
        check("Sep 13 04:40:27 PM  ==> Deploying...", "==> Deploying...");
        check("2025-11-10T06:42:46.783639904Z   File \"x\"", " File \"x\"");
        check("backend-1  | Traceback", "Traceback");
        check("backend-1  |", "");
        check("2026-01-25T18:23:52.153Z app[web.1]: boom", "boom");
    }

    #[test]
    fn a_programs_own_text_stays() {
        check("INFO  [alembic.runtime.migration] x", "INFO  [alembic.runtime.migration] x");
        check("001 -> 002, create incidents", "001 -> 002, create incidents");
        check("relation \"a|b\"", "relation \"a|b\"");
    }
}
