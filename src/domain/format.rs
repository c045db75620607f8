//! Dates and numbers as Vietnamese and English readers write them.
//!
//! Vietnamese dates follow Decree 30/2020/NĐ-CP, appendix I: a zero before days below 10 and, in the
//! long form, before months 1 and 2 only.

use jiff::civil::{Date, DateTime, Weekday};

use crate::base::date::MonthDay;
use crate::base::digits;
use crate::base::lang::Lang;

/// How a date is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateStyle {
    /// 04/06/2020; 4 June 2020.
    Short,
    /// ngày 04 tháng 6 năm 2020; 4 June 2020.
    Long,
    /// Thứ Năm, 04/06/2020 14:03; Thursday, 4 June 2020, 14:03. The time only where there is one.
    News,
    /// tháng 6 năm 2020; June 2020.
    Month,
    /// 04; 4.
    Day,
    /// tháng 6; Jun.
    MonthShort,
}

impl DateStyle {
    /// The styles with the names templates use.
    pub const NAMES: [(&'static str, Self); 6] = [
        ("short", Self::Short),
        ("long", Self::Long),
        ("news", Self::News),
        ("month", Self::Month),
        ("day", Self::Day),
        ("month_short", Self::MonthShort),
    ];
}

/// Whether a moment has a time of day worth showing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// It has.
    Shown,
    /// It is a day.
    Hidden,
}

const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A date in a style and language.
#[must_use]
pub fn date(moment: DateTime, clock: Clock, style: DateStyle, lang: Lang) -> String {
    let day = moment.date();
    let time = match clock {
        Clock::Shown => Some(format!("{:02}:{:02}", moment.hour(), moment.minute())),
        Clock::Hidden => None,
    };
    match (style, lang) {
        (DateStyle::Short, Lang::Vi) => short_vi(day),
        (DateStyle::Short | DateStyle::Long, Lang::En) => long_en(day),
        (DateStyle::Long, Lang::Vi) => {
            format!("ngày {:02} tháng {} năm {}", day.day(), month_vi(day.month()), day.year())
        }
        (DateStyle::News, Lang::Vi) => {
            let time = time.map(|time| format!(" {time}")).unwrap_or_default();
            format!("{}, {}{time}", weekday(day.weekday(), lang), short_vi(day))
        }
        (DateStyle::News, Lang::En) => {
            let time = time.map(|time| format!(", {time}")).unwrap_or_default();
            format!("{}, {}{time}", weekday(day.weekday(), lang), long_en(day))
        }
        (DateStyle::Month, _) => month(day.year(), day.month(), lang),
        (DateStyle::Day, Lang::Vi) => format!("{:02}", day.day()),
        (DateStyle::Day, Lang::En) => day.day().to_string(),
        (DateStyle::MonthShort, Lang::Vi) => format!("tháng {}", day.month()),
        (DateStyle::MonthShort, Lang::En) => month_en(day.month()).chars().take(3).collect(),
    }
}

/// A month of a year: `tháng 6 năm 2020`, `June 2020`.
#[must_use]
pub fn month(year: i16, month: i8, lang: Lang) -> String {
    match lang {
        Lang::Vi => format!("tháng {month} năm {year}"),
        Lang::En => format!("{} {year}", month_en(month)),
    }
}

/// A day of every year: `ngày 03 tháng 6`, `3 June`.
#[must_use]
pub fn day_of_year(day: MonthDay, lang: Lang) -> String {
    match lang {
        Lang::Vi => format!("ngày {:02} tháng {}", day.day(), month_vi(day.month())),
        Lang::En => format!("{} {}", day.day(), month_en(day.month())),
    }
}

/// A month by itself, for headings: `6`, `June`.
#[must_use]
pub fn month_word(month: i8, lang: Lang) -> String {
    match lang {
        Lang::Vi => month.to_string(),
        Lang::En => month_en(month).to_owned(),
    }
}

/// A period of days, with what both ends share said once: `22–23/10/2024`, `22–23 October 2024`.
#[must_use]
pub fn range(from: Date, to: Date, lang: Lang) -> String {
    let same_year = from.year() == to.year();
    let same_month = same_year && from.month() == to.month();
    match lang {
        _ if from == to => date(from.at(0, 0, 0, 0), Clock::Hidden, DateStyle::Short, lang),
        Lang::Vi if same_month => format!("{:02}–{}", from.day(), short_vi(to)),
        Lang::Vi if same_year => format!("{:02}/{:02}–{}", from.day(), from.month(), short_vi(to)),
        Lang::Vi => format!("{}–{}", short_vi(from), short_vi(to)),
        Lang::En if same_month => format!("{}–{}", from.day(), long_en(to)),
        Lang::En if same_year => format!("{} {} – {}", from.day(), month_en(from.month()), long_en(to)),
        Lang::En => format!("{} – {}", long_en(from), long_en(to)),
    }
}

/// A number with the language's separators, at most four decimals: 1.656 and 3,5 in Vietnamese,
/// 1,656 and 3.5 in English.
#[must_use]
pub fn number(value: f64, lang: Lang) -> String {
    let (group, point) = match lang {
        Lang::Vi => ('.', ','),
        Lang::En => (',', '.'),
    };
    let plain = format!("{:.4}", value.abs());
    let (whole, decimals) = plain.split_once('.').unwrap_or((&plain, ""));
    let decimals = decimals.trim_end_matches('0');
    let mut out = String::with_capacity(plain.len() + 6);
    if value < 0.0 {
        out.push('−');
    }
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            out.push(group);
        }
        out.push(digit);
    }
    if !decimals.is_empty() {
        out.push(point);
        out.push_str(decimals);
    }
    out
}

/// A file size in the unit people know: `120 KB`, `1,5 MB`.
#[must_use]
pub fn file_size(bytes: u64, lang: Lang) -> String {
    let kilobytes = bytes as f64 / 1024.0;
    if kilobytes < 1000.0 {
        format!("{} KB", number(kilobytes.ceil(), lang))
    } else {
        format!("{} MB", number((kilobytes / 102.4).round() / 10.0, lang))
    }
}

fn short_vi(day: Date) -> String {
    let mut out = String::with_capacity("04/06/2020".len());
    digits::push_parts(&mut out, "/", [(day.day().into(), 2), (day.month().into(), 2), (day.year().into(), 1)]);
    out
}

fn long_en(day: Date) -> String {
    let mut out = String::with_capacity("4 September 2020".len());
    digits::push(&mut out, day.day().into(), 1);
    out.extend([" ", month_en(day.month()), " "]);
    digits::push(&mut out, day.year().into(), 1);
    out
}

/// A month in the long Vietnamese form: a zero before 1 and 2 only.
fn month_vi(month: i8) -> String {
    if month <= 2 { format!("{month:02}") } else { month.to_string() }
}

fn month_en(month: i8) -> &'static str {
    usize::try_from(month - 1).ok().and_then(|index| MONTHS_EN.get(index)).copied().unwrap_or_default()
}

/// The days of a week, Monday first.
pub const WEEK: [Weekday; 7] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
    Weekday::Saturday,
    Weekday::Sunday,
];

/// A day of the week in two or three letters: `T2`, `CN`; `Mon`, `Sun`.
#[must_use]
pub fn weekday_short(day: Weekday, lang: Lang) -> &'static str {
    match (lang, day) {
        (Lang::Vi, Weekday::Monday) => "T2",
        (Lang::Vi, Weekday::Tuesday) => "T3",
        (Lang::Vi, Weekday::Wednesday) => "T4",
        (Lang::Vi, Weekday::Thursday) => "T5",
        (Lang::Vi, Weekday::Friday) => "T6",
        (Lang::Vi, Weekday::Saturday) => "T7",
        (Lang::Vi, Weekday::Sunday) => "CN",
        (Lang::En, day) => weekday(day, Lang::En).get(..3).unwrap_or_default(),
    }
}

/// A day of the week.
#[must_use]
pub fn weekday(day: Weekday, lang: Lang) -> &'static str {
    match (lang, day) {
        (Lang::Vi, Weekday::Monday) => "Thứ Hai",
        (Lang::Vi, Weekday::Tuesday) => "Thứ Ba",
        (Lang::Vi, Weekday::Wednesday) => "Thứ Tư",
        (Lang::Vi, Weekday::Thursday) => "Thứ Năm",
        (Lang::Vi, Weekday::Friday) => "Thứ Sáu",
        (Lang::Vi, Weekday::Saturday) => "Thứ Bảy",
        (Lang::Vi, Weekday::Sunday) => "Chủ nhật",
        (Lang::En, Weekday::Monday) => "Monday",
        (Lang::En, Weekday::Tuesday) => "Tuesday",
        (Lang::En, Weekday::Wednesday) => "Wednesday",
        (Lang::En, Weekday::Thursday) => "Thursday",
        (Lang::En, Weekday::Friday) => "Friday",
        (Lang::En, Weekday::Saturday) => "Saturday",
        (Lang::En, Weekday::Sunday) => "Sunday",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date as day;

    #[test]
    fn the_forms_of_a_date() {
        let moment = day(2020, 6, 4).at(14, 3, 0, 0);
        for (style, vi, en) in [
            (DateStyle::Short, "04/06/2020", "4 June 2020"),
            (DateStyle::Long, "ngày 04 tháng 6 năm 2020", "4 June 2020"),
            (DateStyle::News, "Thứ Năm, 04/06/2020 14:03", "Thursday, 4 June 2020, 14:03"),
            (DateStyle::Month, "tháng 6 năm 2020", "June 2020"),
            (DateStyle::Day, "04", "4"),
            (DateStyle::MonthShort, "tháng 6", "Jun"),
        ] {
            assert_eq!(date(moment, Clock::Shown, style, Lang::Vi), vi);
            assert_eq!(date(moment, Clock::Shown, style, Lang::En), en);
        }
        let february = day(2024, 2, 28).at(0, 0, 0, 0);
        assert_eq!(date(february, Clock::Hidden, DateStyle::Long, Lang::Vi), "ngày 28 tháng 02 năm 2024");
    }

    #[test]
    fn periods_say_shared_parts_once() {
        for (from, to, vi, en) in [
            (day(2024, 10, 22), day(2024, 10, 23), "22–23/10/2024", "22–23 October 2024"),
            (day(2024, 10, 10), day(2024, 12, 10), "10/10–10/12/2024", "10 October – 10 December 2024"),
            (day(2024, 12, 31), day(2025, 1, 2), "31/12/2024–02/01/2025", "31 December 2024 – 2 January 2025"),
            (day(2024, 10, 10), day(2024, 10, 10), "10/10/2024", "10 October 2024"),
        ] {
            assert_eq!((range(from, to, Lang::Vi).as_str(), range(from, to, Lang::En).as_str()), (vi, en));
        }
    }

    #[test]
    fn numbers_by_language() {
        assert_eq!((number(1656.0, Lang::Vi).as_str(), number(1656.0, Lang::En).as_str()), ("1.656", "1,656"));
        assert_eq!((number(3.5, Lang::Vi).as_str(), number(0.7955, Lang::En).as_str()), ("3,5", "0.7955"));
        assert_eq!(number(776_210.0, Lang::Vi), "776.210");
        assert_eq!(file_size(122_000, Lang::En), "120 KB");
    }
}
