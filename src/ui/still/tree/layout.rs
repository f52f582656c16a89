//! Where everything of the graph stands: in columns from left to right, each line running from its answer to where it leads.
//!
//! Comes in: boxes with their heights, and lines. Goes out: a place for each box and a run of points for each line. A line that
//! passes a column does so in a lane, which all lines with the same end share. Whole numbers only, so that every build draws
//! the same.

use std::collections::{BTreeMap, BTreeSet};

/// Width of a box, and of the space between two columns.
pub(super) const WIDTH: i32 = 268;
pub(super) const BETWEEN: i32 = 84;
/// Least space between two boxes, and around everything.
const GAP: i32 = 18;
pub(super) const MARGIN: i32 = 12;
/// How often places are moved towards what they are joined with.
const SWEEPS: usize = 12;

/// A box to be placed.
#[derive(Debug, Clone)]
pub(super) struct Box {
    pub(super) height: i32,
}

/// A line to be drawn.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) from: usize,
    pub(super) to: usize,
    /// How far below the upper edge of its box it begins.
    pub(super) port: i32,
}

/// The drawing.
#[derive(Debug)]
pub(super) struct Layout {
    pub(super) width: i32,
    pub(super) height: i32,
    /// The upper left corner of each box.
    pub(super) corners: Vec<(i32, i32)>,
    /// For each line where it begins, the height at which it passes each column, and where it ends.
    pub(super) runs: Vec<Vec<(i32, i32)>>,
}

/// What stands in a column: a box, or the lane of the lines to one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Item {
    Box(usize),
    Lane(usize, usize),
}

/// Places boxes and lines; no line may lead back.
pub(super) fn place(boxes: &[Box], lines: &[Line]) -> Layout {
    let columns = columns(boxes.len(), lines);
    let mut drawing = Drawing::new(boxes, lines, &columns);
    for _ in 0..SWEEPS {
        drawing.sweep(true);
        drawing.sweep(false);
    }
    drawing.sweep(true);
    drawing.finish()
}

/// The column of each box: one behind the last that leads to it.
fn columns(count: usize, lines: &[Line]) -> Vec<usize> {
    let mut columns = vec![0; count];
    // On a cycle columns would grow without end; there is none, and here it only must not hang.
    for _ in 0..count {
        for line in lines {
            let next = columns.get(line.from).map_or(0, |column| column + 1);
            if let Some(column) = columns.get_mut(line.to) {
                *column = next.max(*column);
            }
        }
    }
    columns
}

struct Drawing<'a> {
    boxes: &'a [Box],
    lines: &'a [Line],
    column_of: &'a [usize],
    /// What stands in each column, from above.
    columns: Vec<Vec<Item>>,
    /// The upper edge of everything.
    top: BTreeMap<Item, i32>,
}

impl<'a> Drawing<'a> {
    fn new(boxes: &'a [Box], lines: &'a [Line], column_of: &'a [usize]) -> Self {
        let count = column_of.iter().max().map_or(0, |last| last + 1);
        let mut columns: Vec<BTreeSet<Item>> = vec![BTreeSet::new(); count];
        for (index, at) in column_of.iter().enumerate() {
            columns.get_mut(*at).map(|column| column.insert(Item::Box(index)));
        }
        let mut drawing = Drawing { boxes, lines, column_of, columns: Vec::new(), top: BTreeMap::new() };
        for line in lines {
            for (at, item) in drawing.passes(line) {
                columns.get_mut(at).map(|column| column.insert(item));
            }
        }
        drawing.columns = columns.into_iter().map(|column| column.into_iter().collect()).collect();
        for at in 0..drawing.columns.len() {
            drawing.stack(at, |_| 0);
        }
        drawing
    }

    /// The lanes a line runs in, by their columns.
    fn passes(&self, line: &Line) -> Vec<(usize, Item)> {
        let column = |index: usize| self.column_of.get(index).copied().unwrap_or_default();
        (column(line.from) + 1..column(line.to)).map(|at| (at, Item::Lane(at, line.to))).collect()
    }

    fn height(&self, item: Item) -> i32 {
        match item {
            Item::Box(index) => self.boxes.get(index).map_or(0, |one| one.height),
            Item::Lane(..) => 0,
        }
    }

    fn middle(&self, item: Item) -> i32 {
        self.top.get(&item).copied().unwrap_or_default() + self.height(item) / 2
    }

    /// Puts what is in a column one below the other, each as near as can be to where it wants to be.
    fn stack(&mut self, at: usize, wanted: impl Fn(Item) -> i32) {
        let Some(mut items) = self.columns.get(at).cloned() else { return };
        items.sort_by_key(|item| (wanted(*item), *item));
        let tops: Vec<i32> = items.iter().map(|item| wanted(*item) - self.height(*item) / 2).collect();
        // First as high as they want to be and room is, then all up by half of what they were pushed down.
        let mut next = i32::MIN;
        let mut placed: Vec<i32> = Vec::new();
        for (item, top) in items.iter().zip(&tops) {
            let top = next.max(*top);
            placed.push(top);
            next = top + self.height(*item) + GAP;
        }
        let pushed: i32 = placed.iter().zip(&tops).map(|(placed, wanted)| placed - wanted).sum();
        let count = i32::try_from(items.len()).unwrap_or(1).max(1);
        for (item, top) in items.iter().zip(placed) {
            self.top.insert(*item, top - pushed / count);
        }
        if let Some(column) = self.columns.get_mut(at) {
            *column = items;
        }
    }

    /// Moves each column towards the one before it, or the one behind it.
    fn sweep(&mut self, forward: bool) {
        let mut ends: BTreeMap<Item, Vec<i32>> = BTreeMap::new();
        let count = self.columns.len();
        let order: Vec<usize> =
            if forward { (1..count).collect() } else { (0..count.saturating_sub(1)).rev().collect() };
        for at in order {
            ends.clear();
            for line in self.lines {
                let stops = self.stops(line);
                for pair in stops.windows(2) {
                    let [(before, leaves), (behind, arrives)] = pair else { continue };
                    let (moved, height) = if forward { (behind, *leaves) } else { (before, *arrives) };
                    ends.entry(*moved).or_default().push(height);
                }
            }
            let wanted: BTreeMap<Item, i32> = (self.columns.get(at).into_iter().flatten())
                .map(|item| (*item, ends.get(item).map_or_else(|| self.middle(*item), |ends| mean(ends))))
                .collect();
            self.stack(at, |item| wanted.get(&item).copied().unwrap_or_default());
        }
    }

    /// Everything a line touches, with the height at which it does.
    fn stops(&self, line: &Line) -> Vec<(Item, i32)> {
        let from = Item::Box(line.from);
        let begins = self.top.get(&from).copied().unwrap_or_default() + line.port;
        let lanes = self.passes(line).into_iter().map(|(_, lane)| (lane, self.middle(lane)));
        let end = Item::Box(line.to);
        std::iter::once((from, begins)).chain(lanes).chain([(end, self.middle(end))]).collect()
    }

    fn finish(self) -> Layout {
        let above = self.top.values().min().copied().unwrap_or_default() - MARGIN;
        let left = |column: usize| MARGIN + i32::try_from(column).unwrap_or_default() * (WIDTH + BETWEEN);
        let corner = |index: usize| {
            let column = self.column_of.get(index).copied().unwrap_or_default();
            (left(column), self.top.get(&Item::Box(index)).copied().unwrap_or_default() - above)
        };
        let run = |line: &Line| {
            let stops = self.stops(line);
            let first = self.column_of.get(line.from).copied().unwrap_or_default();
            stops.iter().zip(first..).map(|((_, height), column)| (left(column), height - above)).collect()
        };
        let below = self.top.iter().map(|(item, top)| top + self.height(*item)).max().unwrap_or_default();
        Layout {
            width: left(self.columns.len()) - BETWEEN + MARGIN,
            height: below - above + MARGIN,
            corners: (0..self.boxes.len()).map(corner).collect(),
            runs: self.lines.iter().map(run).collect(),
        }
    }
}

fn mean(values: &[i32]) -> i32 {
    values.iter().sum::<i32>() / i32::try_from(values.len()).unwrap_or(1).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn() -> (Vec<Box>, Layout) {
        let boxes: Vec<Box> = [100, 40, 40, 60, 30].map(|height| Box { height }).to_vec();
        let line = |from, to, port| Line { from, to, port };
        let lines = [line(0, 1, 10), line(0, 2, 30), line(0, 4, 50), line(1, 3, 10), line(2, 3, 10), line(3, 4, 20)];
        let layout = place(&boxes, &lines);
        (boxes, layout)
    }

    #[test]
    fn boxes_do_not_touch_and_nothing_is_outside() {
        let (boxes, layout) = drawn();
        let placed: Vec<_> = layout.corners.iter().zip(&boxes).collect();
        for (index, ((x, y), one)) in placed.iter().enumerate() {
            assert!(*x >= MARGIN && x + WIDTH + MARGIN <= layout.width, "{layout:?}");
            assert!(*y >= MARGIN && y + one.height + MARGIN <= layout.height, "{layout:?}");
            for ((_, other), two) in placed.iter().skip(index + 1).filter(|((column, _), _)| column == x) {
                assert!(y + one.height + GAP <= *other || other + two.height + GAP <= *y, "{layout:?}");
            }
        }
    }

    #[test]
    fn every_line_leads_on_from_its_port_to_the_middle_of_its_end() {
        let (_, layout) = drawn();
        let run = layout.runs.get(2).expect("a line");
        assert_eq!(run.len(), 4, "it passes two columns");
        assert!(run.is_sorted_by_key(|(x, _)| *x));
        let (first, last) = (layout.corners.first().expect("a box"), layout.corners.get(4).expect("a box"));
        assert_eq!(run.first(), Some(&(first.0, first.1 + 50)));
        assert_eq!(run.last(), Some(&(last.0, last.1 + 15)));
    }

    #[test]
    fn nothing_to_draw_is_no_problem() {
        assert_eq!(place(&[], &[]).corners, []);
    }
}
