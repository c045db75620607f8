//! The date that stands near a number: `ngày 03 tháng 6 năm 2020` behind it, `On June 3, 2020, the Prime
//! Minister signed` before it.

use serde::{Deserialize, Serialize};

use super::context;
use super::index::AGENCY_NAMES;
use super::symbol::{YEARS, digits};
use crate::domain::agencies::AGENCIES;
use crate::domain::figures::day_at;

/// How many bytes around a number are read.
const REACH: usize = 200;

/// How many words or names of agencies may stand between number and date.
const WORDS: usize = 8;

/// The date that a text gives a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum CitedDate {
    /// The day it was issued: year, month, day of the month.
    Day(i16, i8, i8),
    /// Only the year.
    Year(i16),
}

impl From<jiff::civil::Date> for CitedDate {
    fn from(day: jiff::civil::Date) -> Self {
        Self::Day(day.year(), day.month(), day.day())
    }
}

impl CitedDate {
    /// The year it was issued.
    #[must_use]
    pub fn year(self) -> i16 {
        match self {
            Self::Day(year, ..) | Self::Year(year) => year,
        }
    }
}

/// Words that may stand between a number and the date behind it.
const BEHIND: [&str; 15] = [
    "issued on",
    "signed on",
    "dated on",
    "dated",
    "issued by",
    "issued",
    "signed",
    "của",
    "do",
    "ban hành",
    "ký",
    "ngày",
    "of",
    "by",
    "the",
];

/// Words that may stand between a date and the number behind it.
const BETWEEN: [&str; 22] = [
    "đã",
    "ký",
    "ban hành",
    "thông qua",
    "phê duyệt",
    "có",
    "the",
    "signed",
    "issued",
    "adopted",
    "approved",
    "promulgated",
    "passed",
    "has",
    "nghị quyết",
    "quyết định",
    "bộ trưởng",
    "minister of",
    "và",
    "số",
    "its",
    "a",
];

/// The date behind a number, and where it ends in the text.
pub(super) fn behind(text: &str) -> Option<(CitedDate, usize)> {
    let mut rest = text;
    let mut comma = false;
    for _ in 0..WORDS {
        let next =
            rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')' | '”' | '"' | '*'));
        comma |= rest.len() > next.len() && rest.get(..rest.len() - next.len())?.contains(',');
        rest = next;
        if let Some((day, length)) = day_at(rest).filter(|(day, _)| YEARS.contains(&day.year())) {
            let after = rest.get(length..)?;
            // `, ngày 10/10/2022 là …` begins another part of the sentence.
            let ends = || {
                let after = after.trim_start();
                after.is_empty()
                    || after.starts_with([',', '.', ';', ')'])
                    || starts(after, &["của", "về", "of", "on"]).is_some()
            };
            return (!comma || ends()).then_some((day.into(), text.len() - after.len()));
        }
        if let Some(after) = starts(rest, &["năm", "of", "in"])
            && let Some((year, length)) = year(after)
        {
            return Some((CitedDate::Year(year), text.len() - after.len() + length));
        }
        rest = starts(rest, &BEHIND).or_else(|| agency(rest))?;
    }
    None
}

/// The date before a number, which is introduced where the text ends.
pub(super) fn before(text: &str) -> Option<CitedDate> {
    let from = (text.len().saturating_sub(REACH)..=text.len()).find(|from| text.is_char_boundary(*from))?;
    let text = text.get(from..)?;
    let mut last = None;
    let mut done = 0;
    let mut fresh = true;
    for (at, c) in text.char_indices() {
        let begins = fresh && (c.is_ascii_digit() || c.is_ascii_uppercase() && is_month(text.get(at..at + 3)));
        fresh = c.is_whitespace() || matches!(c, '(' | ',');
        if begins
            && at >= done
            && let Some((day, length)) = text.get(at..).and_then(day_at)
        {
            done = at + length;
            last = Some((day, done));
        }
    }
    let (day, end) = last.filter(|(day, _)| YEARS.contains(&day.year()))?;
    let mut rest = text.get(end..)?;
    for _ in 0..=WORDS {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ')'));
        if rest.is_empty() {
            return Some(day.into());
        }
        rest = starts(rest, &BETWEEN).or_else(|| agency(rest))?;
    }
    None
}

/// Whether these are the first letters of the name of a month in English.
fn is_month(letters: Option<&str>) -> bool {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    letters.is_some_and(|letters| MONTHS.iter().any(|month| month.eq_ignore_ascii_case(letters)))
}

/// A year that a text begins with.
fn year(text: &str) -> Option<(i16, usize)> {
    let rest = text.trim_start();
    let year = rest.get(..4).filter(|_| digits(rest) == 4)?.parse().ok()?;
    let ends = rest.get(4..)?;
    (YEARS.contains(&year) && !ends.starts_with(['/', '-'])).then_some((year, text.len() - ends.len()))
}

/// The text behind the first of these that it begins with, in any letter case.
fn starts<'a>(text: &'a str, words: &[&str]) -> Option<&'a str> {
    words.iter().find_map(|word| {
        if context::may_differ(text.as_bytes().first(), word.as_bytes().first()) {
            return None;
        }
        let mut rest = text.chars();
        for c in word.chars() {
            let written = rest.next()?;
            if written != c && !written.to_lowercase().eq(c.to_lowercase()) {
                return None;
            }
        }
        let rest = rest.as_str();
        (!rest.starts_with(char::is_alphanumeric)).then_some(rest)
    })
}

/// The text behind the name of an agency.
fn agency(text: &str) -> Option<&str> {
    let agencies = AGENCY_NAMES.entries(text.as_bytes().first()).filter_map(|at| AGENCIES.get(at));
    let names = agencies.flat_map(|agency| [agency.name.vi, agency.name.en]).chain(["Thủ tướng", "Ban Bí thư"]);
    names.filter_map(|name| starts(text, &[name])).min_by_key(|rest| rest.len())
}
