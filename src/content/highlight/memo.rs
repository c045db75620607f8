//! Lines of code that were coloured before: portals show the same snippet on many pages, and most
//! lines of a new snippet are those of another one.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use syntect::parsing::{ParseState, ScopeStack};

/// How many places between lines are remembered.
const MOST_POINTS: usize = 512;

/// How many lines are remembered, so that memory stays small whatever the portal holds.
const MOST_LINES: usize = 4096;

/// Longer lines are not worth their memory.
const LONGEST_LINE: usize = 256;

/// A line in its colours: lengths in bytes, each with its class.
pub(super) type Runs = Vec<(usize, &'static str)>;

/// A place between two lines: all that the colours of the next line depend on.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Point {
    pub(super) state: ParseState,
    pub(super) stack: ScopeStack,
}

/// What is remembered. A line is the same whoever coloured it first, so that no output depends on it.
#[derive(Default)]
pub(super) struct Memo(Mutex<Known>);

#[derive(Default)]
struct Known {
    points: Vec<(Point, HashMap<Box<str>, Line>)>,
    lines: usize,
}

/// A line that was coloured, and where it leads.
#[derive(Clone)]
struct Line {
    runs: Arc<Runs>,
    next: usize,
}

/// Where a block of code is being read.
pub(super) enum Cursor {
    /// At a point that is remembered.
    Known(usize),
    /// At another one, since there is no room.
    Own(Point),
}

impl Known {
    /// The number of a point, unless there is no room for it.
    fn find(&mut self, point: &Point) -> Option<usize> {
        if let Some(found) = self.points.iter().position(|(known, _)| known == point) {
            return Some(found);
        }
        let is_room = self.points.len() < MOST_POINTS && self.lines < MOST_LINES;
        is_room.then(|| {
            self.points.push((point.clone(), HashMap::new()));
            self.points.len() - 1
        })
    }
}

impl Memo {
    /// A cursor at a point.
    pub(super) fn at(&self, point: Point) -> Cursor {
        self.with(|known| known.find(&point)).map_or(Cursor::Own(point), Cursor::Known)
    }

    /// Moves a cursor over a line and gives the colours; `read` finds those of a new line and changes
    /// the point to the one behind it.
    pub(super) fn line(
        &self,
        cursor: &mut Cursor,
        line: &str,
        read: impl FnOnce(&mut Point) -> Option<Runs>,
    ) -> Option<Arc<Runs>> {
        let (index, mut point) = match cursor {
            Cursor::Own(point) => return read(point).map(Arc::new),
            Cursor::Known(index) => {
                let found = self.with(|known| {
                    let (point, lines) = known.points.get(*index)?;
                    Some(lines.get(line).cloned().ok_or_else(|| point.clone()))
                });
                match found? {
                    Ok(line) => {
                        *cursor = Cursor::Known(line.next);
                        return Some(line.runs);
                    }
                    Err(point) => (*index, point),
                }
            }
        };
        let runs = Arc::new(read(&mut point)?);
        let next = self.with(|known| {
            let next = known.find(&point)?;
            if line.len() <= LONGEST_LINE && known.lines < MOST_LINES {
                let (_, lines) = known.points.get_mut(index)?;
                lines.insert(line.into(), Line { runs: Arc::clone(&runs), next });
                known.lines += 1;
            }
            Some(next)
        });
        *cursor = next.map_or(Cursor::Own(point), Cursor::Known);
        Some(runs)
    }

    fn with<T>(&self, work: impl FnOnce(&mut Known) -> T) -> T {
        // Nothing in it is ever half done.
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
