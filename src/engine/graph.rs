//! The tree as a drawing needs it: what stands where, and every line between.
//!
//! Comes in: the catalogue. Goes out: a [`Graph`], from which the page of the tree and `runbook draw` are made.

use super::catalogue::Catalogue;
use super::page::OutcomePage;
use super::tree::{Node, Question, Subject, Target};

/// All nodes in the order of the content, then every outcome that a branch leads to.
#[derive(Debug)]
pub struct Graph<'c> {
    /// What the lines join.
    pub points: Vec<Point<'c>>,
    /// The lines, in the order of the content.
    pub edges: Vec<Edge<'c>>,
}

/// One end of a line.
#[derive(Debug, Clone, Copy)]
pub enum Point<'c> {
    /// A node that asks a question.
    Asks(&'c Node, &'c Question),
    /// A node that looks at a fact.
    Looks(&'c Node),
    /// An end.
    End(&'c OutcomePage),
}

/// A line from a node to where a value leads.
#[derive(Debug, Clone, Copy)]
pub struct Edge<'c> {
    /// Index of the node among the points.
    pub from: usize,
    /// The fact's value or the answer's id; `None` for every other value.
    pub value: Option<&'c str>,
    /// Index of the point it leads to.
    pub to: usize,
}

impl<'c> Graph<'c> {
    /// The graph of a tree that holds together; what leads nowhere is left out.
    pub fn new(catalogue: &'c Catalogue) -> Self {
        let tree = &catalogue.tree;
        let nodes = tree.nodes.iter().filter_map(|node| match &node.on {
            Subject::Question(id) => tree.question(id).map(|question| Point::Asks(node, question)),
            Subject::Fact(_) => Some(Point::Looks(node)),
        });
        let led_to = |way: &&OutcomePage| {
            tree.nodes.iter().flat_map(Node::ways).any(|(_, to)| matches!(to, Target::Outcome(id) if *id == way.id))
        };
        let points: Vec<Point<'c>> = nodes.chain(catalogue.outcomes.iter().filter(led_to).map(Point::End)).collect();
        let place = |id: &str| points.iter().position(|point| point.id() == id);
        let edges = points.iter().enumerate().flat_map(|(from, point)| {
            let ways = point.node().into_iter().flat_map(Node::ways);
            ways.filter_map(move |(value, to)| Some(Edge { from, value, to: place(to.id())? }))
        });
        let edges = edges.collect();
        Graph { points, edges }
    }

    /// The lines that leave a point.
    pub fn leaving(&self, from: usize) -> impl Iterator<Item = &Edge<'c>> {
        self.edges.iter().filter(move |edge| edge.from == from)
    }
}

impl<'c> Point<'c> {
    /// Its id; nodes and outcomes share none.
    pub fn id(&self) -> &'c str {
        match self {
            Point::Asks(node, _) | Point::Looks(node) => &node.id,
            Point::End(way) => &way.id,
        }
    }

    /// The node, unless it is an end.
    pub fn node(&self) -> Option<&'c Node> {
        match self {
            Point::Asks(node, _) | Point::Looks(node) => Some(node),
            Point::End(_) => None,
        }
    }
}
