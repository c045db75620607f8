//! Lists of lists, and lists side by side.

use std::cmp::Ordering;
use std::iter::Peekable;

/// All items of some lists in one, in order; room is made once.
#[must_use]
pub fn joined<T>(lists: Vec<Vec<T>>) -> Vec<T> {
    let mut all = Vec::with_capacity(lists.iter().map(Vec::len).sum());
    lists.into_iter().for_each(|list| all.extend(list));
    all
}

/// One of `count` nearly equal parts of a list, which follow each other, by its number from 0.
#[must_use]
pub fn part<T>(list: &[T], number: usize, count: usize) -> &[T] {
    let start = |number: usize| list.len() * number / count.max(1);
    list.get(start(number)..start(number + 1)).unwrap_or_default()
}

/// Looks for items in a list while both are gone through once: what is asked for and what is there come in the same
/// order.
pub struct InOrder<I: Iterator>(Peekable<I>);

impl<I: Iterator> InOrder<I> {
    /// A list that is in order.
    pub fn of(items: impl IntoIterator<IntoIter = I>) -> Self {
        Self(items.into_iter().peekable())
    }

    /// The item that a comparison tells to be the one, if it is there; the comparison tells how an item stands to it.
    pub fn find(&mut self, compare: impl Fn(&I::Item) -> Ordering) -> Option<&I::Item> {
        while self.0.next_if(|item| compare(item) == Ordering::Less).is_some() {}
        self.0.peek().filter(|item| compare(item) == Ordering::Equal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_the_whole_in_order() {
        for (length, count) in [(0, 1), (1, 3), (7, 3), (9, 3), (5, 5)] {
            let list: Vec<usize> = (0..length).collect();
            let parts: Vec<&[usize]> = (0..count).map(|number| part(&list, number, count)).collect();
            assert_eq!(parts.concat(), list);
            assert!(parts.iter().all(|part| part.len().abs_diff(length / count) <= 1), "{parts:?}");
        }
    }

    #[test]
    fn what_is_there_is_found_in_order() {
        let mut list = InOrder::of([1, 3, 3, 7]);
        let mut find = |wanted: i32| list.find(|item| item.cmp(&wanted)).copied();
        assert_eq!(
            [0, 1, 2, 3, 3, 5, 7, 9].map(&mut find),
            [None, Some(1), None, Some(3), Some(3), None, Some(7), None]
        );
    }
}
