//! The graph as SVG: a box for each question with its answers in it, and a line from each answer to where it leads.
//!
//! Sizes are attributes and colours are classes (`style/tree.css`), since the site's policy allows no styles in a page.

use leptos::prelude::*;

use super::layout::{self, Box, Layout, Line, MARGIN, WIDTH};
use super::{name, place, title, value};
use crate::engine::graph::{Edge, Graph, Point};
use crate::ui::element::{El, el};
use crate::ui::still::words;

/// Height of a line of text, and of the space inside a box.
const LINE: i32 = 18;
const PADDING: i32 = 10;
/// How many characters surely fit beside each other, in the widest of usual fonts.
const CHARACTERS: usize = 35;
const CHARACTERS_BOLD: usize = 29;

/// A box with its lines of text.
struct Content<'g, 'c> {
    point: &'g Point<'c>,
    title: Vec<String>,
    /// Each answer: its line of the graph, and its text.
    rows: Vec<(&'g Edge<'c>, Vec<String>)>,
}

impl Content<'_, '_> {
    fn title_height(&self) -> i32 {
        2 * PADDING + lines(&self.title) * LINE + if matches!(self.point, Point::End(_)) { LINE } else { 0 }
    }

    /// The upper edge of each row.
    fn row_tops(&self) -> Vec<i32> {
        let above = self.title_height();
        let tops = self.rows.iter().scan(above, |next, (_, text)| {
            let top = *next;
            *next += row_height(text);
            Some(top)
        });
        tops.collect()
    }

    fn height(&self) -> i32 {
        self.title_height() + self.rows.iter().map(|(_, text)| row_height(text)).sum::<i32>()
    }
}

fn row_height(text: &[String]) -> i32 {
    lines(text) * LINE + PADDING
}

fn lines(text: &[String]) -> i32 {
    i32::try_from(text.len()).unwrap_or_default()
}

/// The whole drawing.
pub(super) fn drawing(graph: &Graph<'_>) -> El {
    let contents: Vec<Content<'_, '_>> =
        graph.points.iter().enumerate().map(|(at, point)| content(graph, at, point)).collect();
    let boxes: Vec<Box> = contents.iter().map(|content| Box { height: content.height() }).collect();
    let rows: Vec<(&Edge<'_>, Line)> = contents.iter().flat_map(ports).collect();
    let (edges, lines): (Vec<_>, Vec<_>) = rows.into_iter().unzip();
    let layout = layout::place(&boxes, &lines);
    let drawn = edges.iter().zip(&layout.runs).filter_map(|(edge, run)| line(graph, edge, run));
    let boxes = contents.iter().zip(&layout.corners).map(|(content, corner)| boxed(content, *corner));
    svg(&layout)
        .child(el("title").attr("id", "drawing-title").text(words::TREE_DRAWING))
        .child(el("desc").attr("id", "drawing-text").text(words::TREE_DESCRIPTION))
        .children(drawn)
        .children(boxes)
}

fn svg(layout: &Layout) -> El {
    el("svg")
        .attr("xmlns", "http://www.w3.org/2000/svg")
        .class("graph")
        .attr("role", "group")
        .attr("aria-labelledby", "drawing-title")
        .attr("aria-describedby", "drawing-text")
        .attr("width", layout.width.to_string())
        .attr("height", layout.height.to_string())
        .attr("viewBox", format!("0 0 {} {}", layout.width, layout.height))
}

fn content<'g, 'c>(graph: &'g Graph<'c>, at: usize, point: &'g Point<'c>) -> Content<'g, 'c> {
    let row = |edge: &'g Edge<'c>| (edge, wrapped(&value(point, edge), CHARACTERS));
    let mut rows: Vec<_> = graph.leaving(at).map(row).collect();
    // What a log can show has no order of its own: what leads to the same place stands together.
    if matches!(point, Point::Looks(_)) {
        rows.sort_by_key(|(edge, _)| edge.to);
    }
    Content { point, title: wrapped(&title(point), CHARACTERS_BOLD), rows }
}

/// The lines of a box, each beginning in the middle of its row.
fn ports<'g, 'c>(content: &Content<'g, 'c>) -> Vec<(&'g Edge<'c>, Line)> {
    let tops = content.row_tops();
    let rows = content.rows.iter().zip(tops);
    rows.map(|((edge, text), top)| (*edge, Line { from: edge.from, to: edge.to, port: top + row_height(text) / 2 }))
        .collect()
}

/// A curve from column to column, straight where it passes one.
fn line(graph: &Graph<'_>, edge: &Edge<'_>, run: &[(i32, i32)]) -> Option<AnyView> {
    let from = graph.points.get(edge.from)?;
    let (x, y) = run.first()?;
    let mut at = (x + WIDTH, *y);
    let mut path = vec![format!("M{} {y}", at.0)];
    for (index, (x, y)) in run.iter().enumerate().skip(1) {
        let half = (at.0 + x) / 2;
        path.push(format!("C{half} {} {half} {y} {x} {y}", at.1));
        at = (*x, *y);
        if index + 1 < run.len() {
            at.0 += WIDTH;
            path.push(format!("H{}", at.0));
        }
    }
    let drawn = el("path").class("graph__line").attr("data-edge", name(from, edge)).attr("d", path.concat());
    let to = graph.points.get(edge.to)?.id();
    Some(drawn.attr("data-to", to).into())
}

/// A box; its title is a link to its entry in the text.
fn boxed(content: &Content<'_, '_>, (x, y): (i32, i32)) -> AnyView {
    let kind = match content.point {
        Point::Asks(..) => "asks",
        Point::Looks(_) => "looks",
        Point::End(way) => way.risk.id(),
    };
    let frame = |height: i32| {
        el("rect")
            .attr("x", x.to_string())
            .attr("y", y.to_string())
            .attr("width", WIDTH.to_string())
            .attr("height", height.to_string())
            .attr("rx", "8")
    };
    let mut next = y + PADDING;
    // All of the head answers, not its letters alone.
    let area = frame(content.title_height()).class("graph__head");
    let mut head = el("a").attr("href", format!("#{}", place(content.point))).child(area);
    for text in &content.title {
        head = head.child(words_at("graph__title", x, next, text));
        next += LINE;
    }
    if let Point::End(way) = content.point {
        head = head.child(words_at("graph__risk", x, next, way.risk.shown()));
    }
    let rows = content.rows.iter().zip(content.row_tops()).flat_map(|((_, text), top)| row(text, x, y + top));
    let id = content.point.id();
    el("g")
        .class(&format!("graph__box graph__box--{kind}"))
        .attr("data-node", id)
        .child(frame(content.height()))
        .child(head)
        .children(rows)
        .into()
}

/// An answer below a rule.
fn row(text: &[String], x: i32, top: i32) -> Vec<AnyView> {
    let rule = el("path").class("graph__rule").attr("d", format!("M{x} {top}h{WIDTH}"));
    let lines =
        (0..).zip(text).map(|(index, text)| words_at("graph__row", x, top + PADDING / 2 + index * LINE, text).into());
    std::iter::once(rule.into()).chain(lines).collect()
}

fn words_at(class: &str, x: i32, top: i32, text: &str) -> El {
    let baseline = top + LINE * 3 / 4;
    el("text").class(class).attr("x", (x + MARGIN).to_string()).attr("y", baseline.to_string()).text(text)
}

/// The text in lines of whole words, as long as they fit.
fn wrapped(text: &str, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.chars().count() + word.chars().count() < most => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_hold_whole_words() {
        assert_eq!(wrapped("one two three", 8), ["one two", "three"]);
        assert_eq!(wrapped("extraordinary", 5), ["extraordinary"]);
        assert_eq!(wrapped("", 5), [""]);
    }
}
