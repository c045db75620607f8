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
    fn what_is_there_is_found_in_order() {
        let mut list = InOrder::of([1, 3, 3, 7]);
        let mut find = |wanted: i32| list.find(|item| item.cmp(&wanted)).copied();
        assert_eq!(
            [0, 1, 2, 3, 3, 5, 7, 9].map(&mut find),
            [None, Some(1), None, Some(3), Some(3), None, Some(7), None]
        );
    }
}
