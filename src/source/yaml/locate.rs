//! The places of YAML values in their text.

use std::collections::BTreeMap;
use std::ops::Range;

use super::events::{Step, Walk};
use super::rescue::rescue;

/// The byte range of the value at a dotted path (`image.alt`, `targets.0.label`); of the key where
/// it has no value. `None` where there is no such value, or the text is broken before it.
///
/// The text may hold what [`rescue`] mends: the range is that of the text as given. To look up
/// several values of one text, make [`Places`] once.
#[must_use]
pub fn locate(text: &str, path: &str) -> Option<Range<usize>> {
    let rescued = rescue(text);
    Places::read(&rescued.text).find(path).map(|range| rescued.original(range))
}

/// Where every value of a text stands, as far as the text is whole.
#[derive(Clone, Debug, Default)]
pub struct Places {
    root: Option<Entry>,
}

/// The place of one value.
#[derive(Clone, Debug)]
struct Entry {
    key: Option<Range<usize>>,
    value: Range<usize>,
    /// What is inside it, by key or index.
    parts: BTreeMap<String, Self>,
}

/// A list or mapping that is open.
struct Open {
    /// Its own key or index in its parent.
    name: String,
    entry: Entry,
    /// The key of the next value inside.
    next: Option<(String, Range<usize>)>,
    /// How many values are inside.
    count: usize,
}

impl Places {
    /// Finds the places of a text; linear in it.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let mut places = Self::default();
        let mut open: Vec<Open> = Vec::new();
        let mut walk = Walk::new(text);
        while let Some(Ok((step, range))) = walk.next() {
            match step {
                Step::Key(key) => {
                    if let Some(parent) = open.last_mut() {
                        parent.next = Some((key, range));
                    }
                }
                Step::Scalar => {
                    let (name, key) = name_of_next(open.last_mut());
                    let value = if range.is_empty() { key.clone().unwrap_or(range) } else { range };
                    places.put(open.last_mut(), name, Entry { key, value, parts: BTreeMap::new() });
                }
                Step::Open => {
                    let (name, key) = name_of_next(open.last_mut());
                    let entry = Entry { key, value: range, parts: BTreeMap::new() };
                    open.push(Open { name, entry, next: None, count: 0 });
                }
                Step::Close => places.close(&mut open, walk.content_end),
                Step::OddKey | Step::Alias | Step::Tag | Step::SecondDocument => break,
            }
        }
        while !open.is_empty() {
            places.close(&mut open, walk.content_end);
        }
        places
    }

    /// The byte range of the value at a dotted path; of its key where it has no value.
    #[must_use]
    pub fn find(&self, path: &str) -> Option<Range<usize>> {
        find_in(self.root.as_ref()?, path).map(|entry| entry.value.clone())
    }

    /// The byte range of the value at the end of some keys and indexes.
    #[must_use]
    pub fn value(&self, steps: &[String]) -> Option<Range<usize>> {
        self.entry(steps).map(|entry| entry.value.clone())
    }

    /// The byte range of the key at the end of some keys and indexes.
    #[must_use]
    pub fn key(&self, steps: &[String]) -> Option<Range<usize>> {
        self.entry(steps)?.key.clone()
    }

    fn entry(&self, steps: &[String]) -> Option<&Entry> {
        steps.iter().try_fold(self.root.as_ref()?, |entry, step| entry.parts.get(step))
    }

    /// Ends the innermost open list or mapping.
    fn close(&mut self, open: &mut Vec<Open>, end: usize) {
        if let Some(Open { name, mut entry, .. }) = open.pop() {
            entry.value.end = end.max(entry.value.end);
            self.put(open.last_mut(), name, entry);
        }
    }

    /// Puts a value into its parent; of two with one name the first stays.
    fn put(&mut self, parent: Option<&mut Open>, name: String, entry: Entry) {
        match parent {
            Some(parent) => {
                parent.entry.parts.entry(name).or_insert(entry);
            }
            None => self.root = Some(entry),
        }
    }
}

/// The key or index of the next value inside, and the place of the key.
fn name_of_next(parent: Option<&mut Open>) -> (String, Option<Range<usize>>) {
    let Some(parent) = parent else { return (String::new(), None) };
    if let Some((key, range)) = parent.next.take() {
        return (key, Some(range));
    }
    parent.count += 1;
    ((parent.count - 1).to_string(), None)
}

/// The entry at a dotted path; keys may hold dots themselves.
fn find_in<'e>(entry: &'e Entry, path: &str) -> Option<&'e Entry> {
    if path.is_empty() {
        return Some(entry);
    }
    let ends = path.match_indices('.').map(|(at, _)| at).chain([path.len()]);
    ends.filter_map(|end| Some((entry.parts.get(path.get(..end)?)?, path.get(end + 1..).unwrap_or_default())))
        .find_map(|(part, rest)| find_in(part, rest))
}
