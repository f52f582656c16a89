//! All guards of the content against the same variables, in words for a terminal.
//!
//! One guard that opens is enough to lose the data, so the answer as a whole is RUN as soon as any guard would RUN.
use super::{Decision, EnvSnapshot, Guard, Verdicts, evaluate};

/// What the guards say together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// A head line for each guard with its variables below it, then what it means as a whole.
    pub text: String,
    /// 0 when any guard would let its scripts run, else 1.
    pub exit_code: u8,
}

impl Report {
    /// Judges every guard; none when there is no guard to judge.
    pub fn of(guards: &[Guard], env: &EnvSnapshot) -> Option<Self> {
        let judged: Vec<(&Guard, Verdicts)> =
            guards.iter().map(|guard| (guard, evaluate(&guard.requirements, env))).collect();
        let all = || judged.iter().map(|(_, verdicts)| verdicts);
        let decisive = all().find(|verdicts| verdicts.decision == Decision::Run).or_else(|| all().next())?;
        let name = |guard: &Guard| if guards.len() > 1 { told_apart(guard) } else { guard.scripts.join(", ") };
        let mut lines: Vec<String> = judged.iter().flat_map(|(guard, verdicts)| said(&name(guard), verdicts)).collect();
        lines.push(decisive.meaning().to_owned());
        Some(Self { text: lines.join("\n") + "\n", exit_code: decisive.exit_code() })
    }
}

/// Two guards may keep the same script from running, so beside another one a guard gives its own name too.
fn told_apart(guard: &Guard) -> String {
    format!("{} ({})", guard.id, guard.scripts.join(", "))
}

fn said(name: &str, verdicts: &Verdicts) -> Vec<String> {
    let mut lines = vec![format!("{name}: a reset script would {}", verdicts.decision.word())];
    for verdict in &verdicts.each {
        lines.push(format!("  {}: {}", verdict.variable, verdict.text()));
        lines.extend(verdict.near_miss.map(|near| format!("    {}", near.text())));
    }
    lines
}
