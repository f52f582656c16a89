//! What platforms print before a program's own line.

use super::time::{self, Time};

/// Whose prefix it is, where its form tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shape {
    /// `api-1  | ` of Docker Compose.
    Compose,
    /// `app[web.1]: ` of Heroku and its like.
    Dyno,
    /// `app[3d8d9e2f] ams [info] ` of Fly.
    Machine,
    /// `stderr F ` of a container runtime, `[pod/web-1/app] `.
    Pod,
}

/// What stands before a program's own text.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Prefix {
    /// The first time stamp in it.
    pub(super) time: Option<Time>,
    /// How many bytes it takes.
    pub(super) length: usize,
    /// Whose it is.
    pub(super) shape: Option<Shape>,
}

/// Prefixes of one line that are taken off: a stamp, a host, a container and a level may come in a row.
const MAX_PREFIXES: u8 = 5;

/// Longest name of a host, container or job, in bytes.
const LONGEST_NAME: usize = 80;

/// The prefix of a line.
pub(super) fn measure(text: &str) -> Prefix {
    let mut prefix = Prefix::default();
    for _ in 0..MAX_PREFIXES {
        let rest = text.get(prefix.length..).unwrap_or_default();
        if let Some((found, length)) = stamp(rest) {
            prefix.time = prefix.time.or(Some(found));
            prefix.length += length;
        } else if let Some((shape, length)) = container(rest).or_else(|| behind_stamp(rest, prefix.time)) {
            prefix.shape = prefix.shape.or(shape);
            prefix.length += length;
        } else {
            break;
        }
    }
    prefix
}

/// How many bytes of a leading time stamp there are.
pub(super) fn stamp_length(text: &str) -> usize {
    time::any(text).map_or(0, |(_, length)| length)
}

/// A leading stamp, bare or in brackets, with the blanks after it. Indentation that follows belongs to the program: at most two blanks or one tab go.
fn stamp(text: &str) -> Option<(Time, usize)> {
    let bracketed = text.strip_prefix('[').and_then(|inside| {
        let (found, length) = time::any(inside)?;
        inside.get(length..)?.starts_with(']').then_some((found, length + 2))
    });
    let (found, length) = bracketed.or_else(|| time::any(text))?;
    let rest = text.get(length..)?;
    let blanks = rest.bytes().take_while(|b| *b == b' ').count();
    let taken = if rest.starts_with('\t') { 1 } else { blanks.min(2) };
    // `2026-07-14 21:22:18,492 - SL - ERROR` is the program's own stamp; the text behind it is kept as it is.
    (taken > 0 || rest.is_empty()).then_some((found, length + taken))
}

/// `backend-1  | ` of compose, `app[web.1]: ` of Heroku and its like, `[pod/web-1/app] ` of Kubernetes, and the columns before a stamp.
fn container(text: &str) -> Option<(Option<Shape>, usize)> {
    let of = |shape: Shape, length: Option<usize>| length.map(|length| (Some(shape), length));
    of(Shape::Compose, compose(text))
        .or_else(|| of(Shape::Dyno, dyno(text)))
        .or_else(|| of(Shape::Pod, stream(text).or_else(|| pod(text))))
        .or_else(|| columns(text).map(|length| (None, length)))
}

/// What only stands behind a stamp: `web-1 app[4711]: ` of syslog and journald, `app[3d8d] ams [info] ` of Fly, `[err] ` of Railway.
fn behind_stamp(text: &str, stamp: Option<Time>) -> Option<(Option<Shape>, usize)> {
    stamp?;
    let machine = fly(text).map(|length| (Some(Shape::Machine), length));
    machine.or_else(|| syslog(text).or_else(|| level(text)).map(|length| (None, length)))
}

/// `stderr F ` of container runtimes (Kubernetes, CRI), behind their time stamp.
fn stream(text: &str) -> Option<usize> {
    let rest = text.strip_prefix("stdout ").or_else(|| text.strip_prefix("stderr "))?;
    (rest.starts_with("F ") || rest.starts_with("P ")).then_some("stderr F ".len())
}

fn compose(text: &str) -> Option<usize> {
    let name = name(text, b"-_.")?;
    let rest = text.get(name..)?;
    let blanks = rest.bytes().take_while(|b| *b == b' ').count();
    let bar = rest.get(blanks..)?.strip_prefix('|')?;
    let after = usize::from(bar.starts_with(' '));
    (blanks > 0 || after > 0).then_some(name + blanks + 1 + after)
}

fn dyno(text: &str) -> Option<usize> {
    let length = process(text)?;
    text.get(length..)?.starts_with(": ").then_some(length + 2)
}

/// `[pod/web-7c9f/app] ` of `kubectl logs --prefix`, `web-7c9f8d6b5-x2x9z app ` of stern, which knows a pod by its two hashes.
fn pod(text: &str) -> Option<usize> {
    if let Some(inside) = text.strip_prefix("[pod/") {
        let length = name(inside, b"-_./")?;
        return inside.get(length..)?.starts_with("] ").then_some(length + "[pod/".len() + 2);
    }
    let pod = name(text, b"-.")?;
    let mut parts = text.get(..pod)?.rsplit('-');
    let (last, set) = (parts.next()?, parts.next()?);
    let is_hash = |part: &str, bytes: std::ops::RangeInclusive<usize>| {
        bytes.contains(&part.len())
            && part.bytes().any(|b| b.is_ascii_digit())
            && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
    };
    parts.next().filter(|_| is_hash(set, 6..=10) && last.len() == 5 && is_hash(last, 5..=5))?;
    let rest = text.get(pod..)?.strip_prefix(' ')?;
    let rest = rest.strip_prefix("› ").unwrap_or(rest);
    let container = name(rest, b"-_.")?;
    let behind = rest.get(container..)?.strip_prefix(' ')?;
    Some(text.len() - behind.strip_prefix("| ").unwrap_or(behind).len())
}

/// `build<tab>Run tests<tab>2026-…` of `gh run view --log`: columns of names before a stamp.
fn columns(text: &str) -> Option<usize> {
    let (first, rest) = text.split_once('\t')?;
    let (second, behind) = rest.split_once('\t')?;
    let named = first.len() <= LONGEST_NAME && second.len() <= LONGEST_NAME && !first.trim().is_empty();
    (named && time::any(behind).is_some()).then_some(text.len() - behind.len())
}

/// `app[3d8d9e2f] ams [info] `: a region of three letters and a level.
fn fly(text: &str) -> Option<usize> {
    let process = process(text)?;
    let region = text.get(process..)?.strip_prefix(' ')?.get(..3)?;
    let level = level(text.get(process + 5..)?)?;
    let blank = text.get(process + 4..)?.starts_with(' ');
    (blank && region.bytes().all(|b| b.is_ascii_lowercase())).then_some(process + 5 + level)
}

/// `web-1 app[4711]: ` and `web-1 app: `.
fn syslog(text: &str) -> Option<usize> {
    let host = name(text, b"-_.")?;
    let rest = text.get(host..)?.strip_prefix(' ')?;
    let program = name(rest, b"-_./")?;
    let behind = rest.get(program..)?;
    let id = behind.strip_prefix('[').and_then(|inside| inside.split_once("]: ")).filter(|(id, _)| is_number(id));
    id.map(|(_, behind)| text.len() - behind.len())
}

/// `[info] `, `[err] `: the level a platform found, in small letters.
fn level(text: &str) -> Option<usize> {
    ["[info] ", "[inf] ", "[error] ", "[err] ", "[warn] ", "[warning] ", "[debug] "]
        .iter()
        .find(|level| text.starts_with(**level))
        .map(|level| level.len())
}

/// `app[web.1]`.
fn process(text: &str) -> Option<usize> {
    let name = text.bytes().take_while(u8::is_ascii_lowercase).count();
    let inside = text.get(name..)?.strip_prefix('[')?;
    let id = inside.bytes().take_while(|b| b.is_ascii_alphanumeric() || b"-_.".contains(b)).count();
    inside.get(id..)?.starts_with(']').then_some(name + id + 2)
}

/// How long a name is that begins a text: letters, digits and these.
fn name(text: &str, others: &[u8]) -> Option<usize> {
    let length = text.bytes().take_while(|b| b.is_ascii_alphanumeric() || others.contains(b)).count();
    (1..=LONGEST_NAME).contains(&length).then_some(length)
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::{Shape, measure};

    fn check(text: &str, rest: &str) {
        assert_eq!(&text[measure(text).length..], rest);
    }

    #[test]
    fn known_prefixes_are_measured() {
        check("Sep 13 04:40:27 PM  ==> Deploying...", "==> Deploying...");
        check("2025-11-10T06:42:46.783639904Z   File \"x\"", " File \"x\"");
        check("backend-1  | Traceback", "Traceback");
        check("backend-1  |", "");
        check("2026-01-25T18:23:52.153Z app[web.1]: boom", "boom");
        check("[pod/web-7c9f8d6b5-x2x9z/app] boom", "boom");
        check("web-7c9f8d6b5-x2x9z app boom", "boom");
        check("web-7c9f8d6b5-x2x9z › app | boom", "boom");
        check("Sep  3 02:11:09 web-1 app[4711]: boom", "boom");
        check("2026-01-25T18:23:52Z app[3d8d9e2f] ams [info] boom", "boom");
        check("2026-01-25T18:23:52.153Z [err] boom", "boom");
        check("[2026-01-25T18:23:52.153Z] boom", "boom");
        check("[2026-01-25 18:23:52,153] boom", "boom");
        check("2026/01/25 18:23:52 boom", "boom");
        check("[25/Jan/2026:18:23:52 +0000] boom", "boom");
        check("2026-01-25T18:23:52Z\tboom", "boom");
        check("build\tRun tests\t2026-01-25T18:23:52.1534567Z boom", "boom");
    }

    #[test]
    fn the_form_tells_whose_prefix_it_is() {
        for (text, shape) in [
            ("api-1  | boom", Some(Shape::Compose)),
            ("2026-01-25T18:23:52Z app[web.1]: boom", Some(Shape::Dyno)),
            ("2026-01-25T18:23:52Z app[3d8d9e2f] ams [info] boom", Some(Shape::Machine)),
            ("2026-01-25T18:23:52Z stderr F boom", Some(Shape::Pod)),
            ("2026-01-25T18:23:52Z boom", None),
        ] {
            assert_eq!(measure(text).shape, shape, "{text}");
        }
    }

    #[test]
    fn a_programs_own_text_stays() {
        check("INFO  [alembic.runtime.migration] x", "INFO  [alembic.runtime.migration] x");
        check("001 -> 002, create incidents", "001 -> 002, create incidents");
        check("relation \"a|b\"", "relation \"a|b\"");
        check("[ok] 2026", "[ok] 2026");
        check("one-two-three four five", "one-two-three four five");
        check("25/01/2026 and more", "25/01/2026 and more");
    }
}
