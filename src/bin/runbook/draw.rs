//! `runbook draw [SLUG]`: the decision tree of this build as a Mermaid flowchart, for a wiki or a pull request.
//!
//! All runbooks share one tree. A slug names one of them and changes nothing else; a wrong one is said.

use std::process::ExitCode;

use lexopt::prelude::*;
use runbook::embedded;
use runbook::engine::graph::{Edge, Graph, Point};
use runbook::engine::tree::Subject;

use super::{Misuse, Outcome, print, shown};

pub(super) fn run(mut parser: lexopt::Parser) -> Outcome {
    let mut named = false;
    while let Some(argument) = parser.next()? {
        match argument {
            Value(slug) if !named => named = is_runbook(&slug.to_string_lossy())?,
            other => return Err(other.unexpected().into()),
        }
    }
    print(&mermaid(&Graph::new(embedded::catalogue())))?;
    Ok(ExitCode::SUCCESS)
}

fn is_runbook(slug: &str) -> Result<bool, Misuse> {
    let known: Vec<&str> = embedded::catalogue().runbooks.iter().map(|page| page.slug.as_str()).collect();
    if known.contains(&slug) {
        return Ok(true);
    }
    Err(Misuse(format!("there is no runbook `{}`; there are {}", shown(slug), known.join(", "))))
}

fn mermaid(graph: &Graph<'_>) -> String {
    let mut lines = vec!["flowchart TD".to_owned()];
    lines.extend(graph.points.iter().map(|point| format!("  {}{}", id(point), shape(point))));
    lines.extend(graph.edges.iter().filter_map(|edge| line(graph, edge)));
    lines.push("  classDef destructive stroke:#8a1313,stroke-width:3px".to_owned());
    lines.join("\n") + "\n"
}

fn shape(point: &Point<'_>) -> String {
    match point {
        Point::Asks(_, question) => format!("[\"{}\"]", quoted(&question.text)),
        Point::Looks(node) => match &node.on {
            Subject::Fact(key) => format!("{{{{\"{}\"}}}}", quoted(key.id())),
            Subject::Question(id) => format!("[\"{}\"]", quoted(id)),
        },
        Point::End(way) => {
            let risk = way.risk.id().replace(' ', "-");
            format!("([\"{}\"]):::{risk}", quoted(&way.title_text()))
        }
    }
}

fn line(graph: &Graph<'_>, edge: &Edge<'_>) -> Option<String> {
    let (from, to) = (graph.points.get(edge.from)?, graph.points.get(edge.to)?);
    Some(format!("  {} -->|\"{}\"| {}", id(from), quoted(words(from, edge.value)), id(to)))
}

/// An answer as its sentence, a fact's value as it is.
fn words<'c>(from: &Point<'c>, value: Option<&'c str>) -> &'c str {
    let answer = match from {
        Point::Asks(_, question) => question.answers.iter().find(|answer| Some(answer.id.as_str()) == value),
        _ => None,
    };
    answer.map_or(value.unwrap_or("otherwise"), |answer| &answer.text)
}

/// Ids of content are kebab-case; a word of Mermaid's own (`end`) is none with this before it.
fn id(point: &Point<'_>) -> String {
    format!("n_{}", point.id().replace('-', "_"))
}

fn quoted(text: &str) -> String {
    text.replace('"', "#quot;").replace('`', "#96;")
}
