//! The program on a 100 MB log beside ripgrep looking for the same literals: `./x bench` runs it, one run, median of five.
//!
//! `search PROGRAM RIPGREP FOLDER`: the log (recorded deploys among lines of a build) and the literals are written to FOLDER.

use std::fs;
use std::io;
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use runbook::embedded;

const SIZE: usize = 100_000_000;
const RUNS: usize = 5;

/// A recorded deploy stands among this many lines of a build.
const LINES_BETWEEN: usize = 2_000;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let [program, ripgrep, folder] = arguments.as_slice() else {
        eprintln!("usage: search PROGRAM RIPGREP FOLDER");
        return ExitCode::from(2);
    };
    match bench(program, ripgrep, Path::new(folder)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("search: {error}");
            ExitCode::FAILURE
        }
    }
}

fn bench(program: &str, ripgrep: &str, folder: &Path) -> io::Result<()> {
    let (log, literals) = (folder.join("bench.log"), folder.join("bench-literals.txt"));
    fs::write(&literals, all_literals())?;
    let mixed = mixed()?;
    let rows = [
        ("a long build with deploys in it", 1, mixed.clone()),
        ("deploys alone", 1, deploys()?),
        ("the same build as lines of JSON", 2, as_json(&mixed)),
    ];
    for (what, factor, text) in rows {
        fs::write(&log, &text)?;
        let read = median(|| fs::read(&log).map(|bytes| drop(std::hint::black_box(bytes))))?;
        let own = measured(Command::new(program).args(["diagnose", "--format", "json"]).arg(&log))?;
        let other = measured(Command::new(ripgrep).args(["-c", "-F", "-f"]).arg(&literals).arg(&log))?;
        let bound = (other.time * 3 + read) * factor;
        println!("\n{:.1} MB, {what} (median of {RUNS})", megabytes(text.len()));
        println!("  reading the file            {:>6} ms", read.as_millis());
        println!("  ripgrep, the same literals  {:>6} ms", other.time.as_millis());
        println!("  runbook diagnose            {:>6} ms of {} ms", own.time.as_millis(), bound.as_millis());
        println!("  its memory                  {:>6.1} MB of {:.1} MB", own.peak, megabytes(text.len()) * 1.3);
    }
    fs::remove_file(log)
}

#[allow(clippy::cast_precision_loss)] // for people to read
fn megabytes(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}

struct Measured {
    time: Duration,
    /// Most memory held at a time, in MB.
    peak: f64,
}

fn median(mut act: impl FnMut() -> io::Result<()>) -> io::Result<Duration> {
    let mut times = Vec::new();
    for _ in 0..RUNS {
        let began = Instant::now();
        act()?;
        times.push(began.elapsed());
    }
    times.sort();
    Ok(times.get(RUNS / 2).copied().unwrap_or_default())
}

fn measured(command: &mut Command) -> io::Result<Measured> {
    command.stdout(Stdio::null());
    let time = median(|| command.status().map(drop))?;
    let mut child = command.spawn()?;
    let mut peak = 0.0_f64;
    while child.try_wait()?.is_none() {
        peak = peak.max(peak_of(child.id()).unwrap_or_default());
        std::thread::sleep(Duration::from_millis(1));
    }
    Ok(Measured { time, peak })
}

/// The most memory a process has held so far, in MB; Linux tells.
fn peak_of(process: u32) -> Option<f64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.split('\n').find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: f64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kilobytes * 1024.0 / 1e6)
}

fn all_literals() -> String {
    let patterns = embedded::patterns();
    let matchers = patterns.signatures.iter().flat_map(|signature| &signature.matchers);
    let mut all: Vec<&str> = matchers.map(|matcher| matcher.template.anchor()).collect();
    all.extend(patterns.markers.iter().map(|marker| marker.template.anchor()));
    all.extend(patterns.clues.iter().map(|clue| clue.text.as_str()));
    let suspicions = patterns.secrets.suspicions();
    all.extend(suspicions.iter().map(String::as_str));
    all.sort_unstable();
    all.dedup();
    all.join("\n")
}

fn recorded() -> io::Result<Vec<String>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/logs/render");
    let mut paths: Vec<_> = fs::read_dir(folder)?.map(|entry| entry.map(|e| e.path())).collect::<Result<_, _>>()?;
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "log"));
    paths.sort();
    paths.iter().map(|path| fs::read(path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned())).collect()
}

fn deploys() -> io::Result<String> {
    Ok(filled(recorded()?.iter().map(String::as_str).cycle()))
}

fn mixed() -> io::Result<String> {
    let recorded = recorded()?;
    let line = |n: usize| format!("  Downloading package_{n}-1.{}.0-py3-none-any.whl ({} kB)\n", n % 97, n % 900);
    let build: String = (0..LINES_BETWEEN).map(line).collect();
    Ok(filled(recorded.iter().flat_map(|log| [build.as_str(), log.as_str()]).cycle()))
}

/// Each line as a JSON logger writes it, up to the same size.
fn as_json(text: &str) -> String {
    let line = |line: &str| {
        let message = serde_json::Value::from(line);
        format!("{{\"timestamp\":\"2026-11-04T10:00:00.000Z\",\"level\":\"info\",\"message\":{message}}}\n")
    };
    let lines: Vec<String> = text.split('\n').map(line).collect();
    filled(lines.iter().map(String::as_str))
}

fn filled<'t>(texts: impl Iterator<Item = &'t str>) -> String {
    let mut all = String::with_capacity(SIZE);
    for text in texts {
        if all.len() + text.len() > SIZE {
            break;
        }
        all.push_str(text);
    }
    all
}
