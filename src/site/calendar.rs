//! The months in which there are events, and which events each of them has.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Member, Page, PageId, SetId};

/// A month of a year: the year, and the month from 1.
pub type Month = (i16, i8);

/// An event of more days stands only in the months in which it begins and ends: nobody looks for it in the
/// others, and nobody needs a page for each of a thousand years.
const LONGEST: i32 = 366;

/// The events of a language by month.
#[derive(Clone, Debug, Default)]
pub struct Calendar {
    months: BTreeMap<Month, Vec<PageId>>,
}

impl Calendar {
    /// The calendar of the pages that lists show.
    #[must_use]
    pub fn of(shown: &[(SetId, Member)], pages: &[Page]) -> Self {
        let mut months: BTreeMap<Month, Vec<PageId>> = BTreeMap::new();
        let event = |member: &Member| {
            let event = pages.get(member.page.0 as usize)?.meta.event.as_deref()?;
            Some((event.start.at, member.page, event.days()))
        };
        let mut events: Vec<_> = shown.iter().filter_map(|(_, member)| event(member)).collect();
        events.sort_unstable();
        for (_, page, (first, last)) in events {
            for month in months_between(first, last) {
                months.entry(month).or_default().push(page);
            }
        }
        Self { months }
    }

    /// The months that have events, earliest first.
    pub fn months(&self) -> impl DoubleEndedIterator<Item = (Month, &[PageId])> {
        self.months.iter().map(|(month, events)| (*month, events.as_slice()))
    }

    /// The events of a month by their beginning; empty where there are none.
    #[must_use]
    pub fn month(&self, month: Month) -> &[PageId] {
        self.months.get(&month).map_or(&[], Vec::as_slice)
    }

    /// The nearest month before one that has events.
    #[must_use]
    pub fn before(&self, month: Month) -> Option<Month> {
        self.months.range(..month).next_back().map(|(month, _)| *month)
    }

    /// The nearest month after one that has events.
    #[must_use]
    pub fn after(&self, month: Month) -> Option<Month> {
        use std::ops::Bound::{Excluded, Unbounded};
        self.months.range((Excluded(month), Unbounded)).next().map(|(month, _)| *month)
    }

    /// Whether there are no events.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.months.is_empty()
    }
}

/// The months from one day to another.
fn months_between(first: Date, last: Date) -> Vec<Month> {
    let month = |date: Date| (date.year(), date.month());
    let (start, end) = (month(first), month(last));
    let days = last.since(first).map_or(i32::MAX, |span| span.get_days());
    if days > LONGEST {
        return vec![start, end];
    }
    let next = |(year, month): Month| if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    std::iter::successors(Some(start), |month| Some(next(*month))).take_while(|month| *month <= end).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_stands_in_all_its_months() {
        let date = |text: &str| text.parse::<Date>().unwrap();
        let months = |first: &str, last: &str| months_between(date(first), date(last));
        assert_eq!(months("2024-10-12", "2024-10-12"), [(2024, 10)]);
        assert_eq!(months("2024-10-10", "2024-12-10"), [(2024, 10), (2024, 11), (2024, 12)]);
        assert_eq!(months("2024-12-31", "2025-01-01"), [(2024, 12), (2025, 1)]);
        assert_eq!(months("2024-01-01", "2025-01-01").len(), 13);
        assert_eq!(months("0001-01-01", "9999-12-31"), [(1, 1), (9999, 12)]);
    }
}
