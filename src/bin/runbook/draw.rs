//! `runbook draw`: the decision tree of this build as a Mermaid flowchart, for a wiki or a pull request.

use std::collections::BTreeSet;
use std::process::ExitCode;

use runbook::embedded;
use runbook::engine::catalogue::Catalogue;
use runbook::engine::tree::{Node, Subject, Target};

use super::Outcome;

pub(super) fn run(mut parser: lexopt::Parser) -> Outcome {
    if let Some(argument) = parser.next()? {
        return Err(argument.unexpected().into());
    }
    super::print(&mermaid(embedded::catalogue()));
    Ok(ExitCode::SUCCESS)
}

/// Nodes in the order of the content, then every way out that a branch leads to.
fn mermaid(catalogue: &Catalogue) -> String {
    let tree = &catalogue.tree;
    let mut lines = vec!["flowchart TD".to_owned()];
    lines.extend(tree.nodes.iter().map(|node| format!("  {}{}", id(&node.id), shape(catalogue, node))));
    let ends: BTreeSet<&str> = tree.nodes.iter().flat_map(targets).filter_map(end).collect();
    for way in catalogue.outcomes.iter().filter(|way| ends.contains(way.id.as_str())) {
        let risk = way.risk.id().replace(' ', "-");
        lines.push(format!("  {}([\"{}\"]):::{risk}", id(&way.id), quoted(&way.title_text())));
    }
    lines.extend(tree.nodes.iter().flat_map(|node| edges(catalogue, node)));
    lines.push("  classDef destructive stroke:#8a1313,stroke-width:3px".to_owned());
    lines.join("\n") + "\n"
}

fn shape(catalogue: &Catalogue, node: &Node) -> String {
    match &node.on {
        Subject::Fact(key) => format!("{{{{\"{}\"}}}}", quoted(key.id())),
        Subject::Question(question) => {
            let text = catalogue.tree.question(question).map_or(question.as_str(), |question| &question.text);
            format!("[\"{}\"]", quoted(text))
        }
    }
}

fn edges(catalogue: &Catalogue, node: &Node) -> Vec<String> {
    let edge = |words: &str, to: &Target| format!("  {} -->|\"{}\"| {}", id(&node.id), quoted(words), id(name(to)));
    let branches = node.branches.iter().map(|branch| edge(&words(catalogue, node, &branch.value), &branch.to));
    let otherwise = node.otherwise.iter().map(|to| edge("otherwise", to));
    branches.chain(otherwise).collect()
}

/// An answer as its sentence, a fact's value as it is.
fn words(catalogue: &Catalogue, node: &Node, value: &str) -> String {
    let Subject::Question(question) = &node.on else { return value.to_owned() };
    let answers = catalogue.tree.question(question).map(|question| question.answers.as_slice()).unwrap_or_default();
    answers.iter().find(|answer| answer.id == value).map_or_else(|| value.to_owned(), |answer| answer.text.clone())
}

fn targets(node: &Node) -> impl Iterator<Item = &Target> {
    node.branches.iter().map(|branch| &branch.to).chain(&node.otherwise)
}

fn end(target: &Target) -> Option<&str> {
    match target {
        Target::Outcome(id) => Some(id),
        Target::Node(_) => None,
    }
}

fn name(target: &Target) -> &str {
    match target {
        Target::Node(id) | Target::Outcome(id) => id,
    }
}

/// Ids of content are kebab-case; a word of Mermaid's own (`end`) is none with this before it.
fn id(id: &str) -> String {
    format!("n_{}", id.replace('-', "_"))
}

fn quoted(text: &str) -> String {
    text.replace('"', "#quot;").replace('`', "#96;")
}
