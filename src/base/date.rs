//! Dates as people write them, and moments once the site's time zone is known.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};
use serde::{Deserialize, Serialize};

use super::digits;

/// A date as written in a file: the time and the offset from UTC are there only if the writer gave
/// them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "Parts", try_from = "Parts")]
pub struct WrittenDate {
    /// The calendar day.
    pub date: Date,
    /// The time of day.
    pub time: Option<Time>,
    /// The offset from UTC.
    pub offset: Option<Offset>,
}

/// A date in numbers, as it is kept from one run to the next: day, time, offset in seconds.
#[derive(Serialize, Deserialize)]
struct Parts((i16, i8, i8), Option<(i8, i8, i8)>, Option<i32>);

impl From<WrittenDate> for Parts {
    fn from(WrittenDate { date, time, offset }: WrittenDate) -> Self {
        let time = time.map(|time| (time.hour(), time.minute(), time.second()));
        Self((date.year(), date.month(), date.day()), time, offset.map(Offset::seconds))
    }
}

impl TryFrom<Parts> for WrittenDate {
    type Error = jiff::Error;

    fn try_from(Parts((year, month, day), time, offset): Parts) -> Result<Self, jiff::Error> {
        Ok(Self {
            date: Date::new(year, month, day)?,
            time: time.map(|(hour, minute, second)| Time::new(hour, minute, second, 0)).transpose()?,
            offset: offset.map(Offset::from_seconds).transpose()?,
        })
    }
}

/// Which end of a period a date without a time stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// The first instant of the day.
    Start,
    /// The last instant of the day: an end given as a date includes that day.
    End,
}

/// A point in time together with the calendar reading of the site's zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Moment {
    /// The instant.
    pub at: Timestamp,
    /// What calendar and clock of the site's zone show at that instant.
    pub local: DateTime,
    /// The zone's offset from UTC in seconds at that instant.
    pub offset_seconds: i32,
    /// Whether the writer gave a time of day.
    pub has_time: bool,
}

impl WrittenDate {
    /// Reads `2022-04-27`, `2022-04-27T08:30[:05][+07:00|Z]`, `27/4/2022`, `04/06/2020 14:03[:05]`;
    /// also with `-` or `.` between day, month and year. The day comes first. `None` where it is no
    /// date or no possible one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (day, rest) = match text.find(['T', 't', ' ']) {
            Some(at) => (text.get(..at)?, text.get(at + 1..)?.trim()),
            None => (text, ""),
        };
        let date = parse_day(day)?;
        if rest.is_empty() {
            return (day.len() == text.len()).then_some(Self { date, time: None, offset: None });
        }
        let (clock, offset) = split_offset(rest)?;
        Some(Self { date, time: Some(parse_clock(clock.trim())?), offset })
    }

    /// The moment this date means at a site.
    #[must_use]
    pub fn resolve(self, zone: &TimeZone, bound: Bound) -> Moment {
        let time = self.time.unwrap_or(match bound {
            Bound::Start => Time::midnight(),
            Bound::End => Time::constant(23, 59, 59, 0),
        });
        let written = self.date.to_datetime(time);
        let at = match self.offset {
            Some(offset) => offset.to_timestamp(written),
            None => zone.to_ambiguous_timestamp(written).compatible(),
        };
        Moment::new(at.unwrap_or(Timestamp::UNIX_EPOCH), zone, self.time.is_some())
    }
}

impl Moment {
    /// The moment to the minute, as messages in both languages show it: `27/04/2022 08:30`.
    #[must_use]
    pub fn to_the_minute(self) -> String {
        self.local.strftime("%d/%m/%Y %H:%M").to_string()
    }

    /// The moment of an instant at a site.
    #[must_use]
    pub fn new(at: Timestamp, zone: &TimeZone, has_time: bool) -> Self {
        let offset = zone.to_offset(at);
        Self { at, local: offset.to_datetime(at), offset_seconds: offset.seconds(), has_time }
    }

    /// The first second after this moment: when something whose last moment it is, is over.
    #[must_use]
    pub fn after(self) -> Self {
        let second = jiff::SignedDuration::from_secs(1);
        let at = self.at.checked_add(second).unwrap_or(self.at);
        Self { at, local: self.local.checked_add(second).unwrap_or(self.local), ..self }
    }

    /// RFC 3339 with the zone's offset: `2022-04-27T08:30:00+07:00`.
    #[must_use]
    pub fn rfc3339(&self) -> String {
        let (local, seconds) = (self.local, self.offset_seconds.abs());
        let mut out = String::with_capacity("2022-04-27T08:30:00+07:00".len());
        push_day(&mut out, local.date());
        out.push('T');
        let clock = [local.hour(), local.minute(), local.second()].map(|part| (part.into(), 2));
        digits::push_parts(&mut out, ":", clock);
        out.push(if self.offset_seconds < 0 { '-' } else { '+' });
        digits::push_parts(&mut out, ":", [(seconds / 3600, 2), (seconds / 60 % 60, 2)]);
        out
    }

    /// The form for `<time datetime>`: with the time where one was given, else the day alone.
    #[must_use]
    pub fn machine(&self) -> String {
        if self.has_time { self.rfc3339() } else { iso(self.local.date()) }
    }
}

/// A day as machines read it (ISO 8601): `2022-04-27`.
#[must_use]
pub fn iso(date: Date) -> String {
    let mut out = String::with_capacity("2022-04-27".len());
    push_day(&mut out, date);
    out
}

fn push_day(out: &mut String, date: Date) {
    digits::push_parts(out, "-", [(date.year().into(), 4), (date.month().into(), 2), (date.day().into(), 2)]);
}

/// A day of the year, whatever the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MonthDay {
    month: i8,
    day: i8,
}

impl MonthDay {
    /// Reads `10/10`, `2/9`, `02-09` or `2.9`: the day comes first. `None` where no year has such a day.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (day, month) = text.split_once(['/', '-', '.'])?;
        let number = |part: &str| {
            let plain = (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
            part.parse().ok().filter(|_| plain)
        };
        let (day, month) = (number(day)?, number(month)?);
        // A leap year has all days there are.
        Date::new(2024, month, day).ok().map(|_| Self { month, day })
    }

    /// The month, from 1.
    #[must_use]
    pub fn month(self) -> i8 {
        self.month
    }

    /// The day of the month, from 1.
    #[must_use]
    pub fn day(self) -> i8 {
        self.day
    }

    /// This day in a year; `None` for 29 February in most years.
    #[must_use]
    pub fn in_year(self, year: i16) -> Option<Date> {
        Date::new(year, self.month, self.day).ok()
    }

    /// The first such day that is not before a date.
    #[must_use]
    pub fn next_from(self, date: Date) -> Option<Date> {
        // From one leap year to the next there are at most eight years.
        (0..=8).filter_map(|years| self.in_year(date.year().checked_add(years)?)).find(|day| *day >= date)
    }
}

/// Reads a day in ISO or in day-first form.
fn parse_day(text: &str) -> Option<Date> {
    let separator = text.chars().find(|c| matches!(c, '-' | '/' | '.'))?;
    let parts: Vec<&str> = text.split(separator).collect();
    let [first, month, last] = parts.as_slice() else { return None };
    let plain =
        |part: &str, most: usize| !part.is_empty() && part.len() <= most && part.bytes().all(|b| b.is_ascii_digit());
    if !plain(month, 2) {
        return None;
    }
    let (year, day) = match (first.len(), last.len()) {
        (4, 1..=2) if separator == '-' => (first, last),
        (1..=2, 4) => (last, first),
        _ => return None,
    };
    if !plain(year, 4) || !plain(day, 2) {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// Reads `8:30`, `08:30` or `08:30:05`.
fn parse_clock(text: &str) -> Option<Time> {
    let parts: Vec<i8> = text.split(':').map(|p| p.parse().ok()).collect::<Option<_>>()?;
    match parts.as_slice() {
        [hour, minute] => Time::new(*hour, *minute, 0, 0).ok(),
        [hour, minute, second] => Time::new(*hour, *minute, *second, 0).ok(),
        _ => None,
    }
}

/// Splits a trailing `Z`, `+07:00` or `+0700` from a time of day.
fn split_offset(text: &str) -> Option<(&str, Option<Offset>)> {
    if let Some(clock) = text.strip_suffix(['Z', 'z']) {
        return Some((clock, Some(Offset::UTC)));
    }
    let Some(at) = text.rfind(['+', '-']) else { return Some((text, None)) };
    let (clock, written) = text.split_at(at);
    let sign = if written.starts_with('-') { -1 } else { 1 };
    let digits: String = written.chars().filter(char::is_ascii_digit).collect();
    let (hours, minutes) = match digits.len() {
        2 => (digits.parse::<i32>().ok()?, 0),
        4 => (digits.get(..2)?.parse::<i32>().ok()?, digits.get(2..)?.parse::<i32>().ok()?),
        _ => return None,
    };
    let offset = Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).ok()?;
    Some((clock, Some(offset)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hanoi() -> TimeZone {
        TimeZone::get("Asia/Ho_Chi_Minh").unwrap()
    }

    #[test]
    fn the_written_forms() {
        for (text, machine) in [
            ("2022-04-27", "2022-04-27"),
            ("27/4/2022", "2022-04-27"),
            ("27.9.2019", "2019-09-27"),
            ("3-6-2020", "2020-06-03"),
            ("04/06/2020 14:03", "2020-06-04T14:03:00+07:00"),
            ("2022-04-27T08:30+07:00", "2022-04-27T08:30:00+07:00"),
            ("2022-04-27T01:30:05Z", "2022-04-27T08:30:05+07:00"),
            ("2022-04-27 08:30", "2022-04-27T08:30:00+07:00"),
        ] {
            let date = WrittenDate::parse(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(date.resolve(&hanoi(), Bound::Start).machine(), machine, "{text}");
        }
    }

    #[test]
    fn impossible_dates_are_none() {
        for text in
            ["2022-02-30", "31/4/2022", "2022", "4/2022", "", "hôm nay", "2022-04-27T25:00", "27/4/22", "2022/04/27x"]
        {
            assert_eq!(WrittenDate::parse(text), None, "{text}");
        }
    }

    #[test]
    fn an_end_day_is_included() {
        let day = WrittenDate::parse("2024-10-23").unwrap();
        assert_eq!(day.resolve(&hanoi(), Bound::End).rfc3339(), "2024-10-23T23:59:59+07:00");
    }

    #[test]
    fn days_of_the_year() {
        let day = |text: &str| MonthDay::parse(text).unwrap();
        assert_eq!((day("10/10"), day(" 2-9 "), day("02.09")), (day("10-10"), day("2/9"), day("02/9")));
        assert_eq!((day("2/9").day(), day("2/9").month()), (2, 9));
        for text in ["", "10", "31/2", "32/1", "1/13", "10/10/2026", "1O/10", "-1/10", "+1/10", "2026-10"] {
            assert_eq!(MonthDay::parse(text), None, "{text}");
        }
        let from = |text: &str| text.parse::<Date>().unwrap();
        let next = |text: &str, date: &str| day(text).next_from(from(date)).map(|day| day.to_string());
        assert_eq!(next("10/10", "2026-10-10").as_deref(), Some("2026-10-10"));
        assert_eq!(next("10/10", "2026-10-11").as_deref(), Some("2027-10-10"));
        assert_eq!(next("29/2", "1897-01-01").as_deref(), Some("1904-02-29"));
        assert_eq!(next("10/10", "9999-12-01"), None);
    }
}
