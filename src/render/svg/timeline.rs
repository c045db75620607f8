//! A line of time with what is on it, each numbered as in the list beside it.

use std::fmt::Write as _;

use jiff::civil::{Date, date};

use super::{across, figure};

/// Something on the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::render) struct Point {
    /// Its day.
    pub day: Date,
    /// Its sign.
    pub sign: Sign,
}

/// The signs, told apart by their form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::render) enum Sign {
    /// The document whose page it is: a square.
    Own,
    /// Another one: a circle.
    Other,
    /// A day of the document itself, such as that of its effect: a diamond.
    Day,
}

/// The height of one row of signs, and how far they stand apart across: 10 % of 260 pixels, which is what a
/// screen of 320 leaves.
const ROW: usize = 30;
const APART: f64 = 10.0;

/// How many years are named at most.
const YEARS: i16 = 5;

/// The picture of points in order of time; `None` where all are of one day.
pub(in crate::render) fn draw(points: &[Point]) -> Option<String> {
    let (first, last) = (points.first()?.day, points.last()?.day);
    let days = |from: Date, to: Date| f64::from(from.until(to).map_or(0, |span| span.get_days()));
    let length = days(first, last);
    if length <= 0.0 {
        return None;
    }
    let place = |day: Date| 100.0 * days(first, day) / length;
    let rows = rows(&points.iter().map(|point| place(point.day)).collect::<Vec<_>>());
    let axis = ROW * (rows.iter().max()? + 1) + 4;
    let mut out = String::new();
    // Writing into memory cannot fail.
    let _infallible = write!(
        out,
        "<svg class=\"timeline-picture\" width=\"100%\" height=\"{}\" aria-hidden=\"true\" focusable=\"false\">\
         <line class=\"timeline-axis\" x1=\"0\" x2=\"100%\" y1=\"{axis}\" y2=\"{axis}\"/>",
        axis + 24
    );
    for (year, at) in years(first, last).into_iter().map(|year| (year, date(year, 1, 1))) {
        let (at, anchor) = match place(at.max(first)) {
            at if at < 6.0 => (at, "start"),
            at if at > 94.0 => (at, "end"),
            at => (at, "middle"),
        };
        let (x, low, text) = (across(at), axis + 5, axis + 20);
        let _infallible = write!(
            out,
            "<line class=\"timeline-axis\" x1=\"{x}\" x2=\"{x}\" y1=\"{axis}\" y2=\"{low}\"/>\
             <text class=\"timeline-year\" x=\"{x}\" y=\"{text}\" text-anchor=\"{anchor}\">{year}</text>"
        );
    }
    for (number, (point, row)) in points.iter().zip(rows).enumerate() {
        let (x, y) = (across(place(point.day)), axis - ROW / 2 - 4 - ROW * row);
        let (class, form) = match point.sign {
            Sign::Own => ("own", "M-12-12h24v24h-24z"),
            Sign::Other => ("other", "M-12 0a12 12 0 1 0 24 0a12 12 0 1 0-24 0z"),
            Sign::Day => ("day", "M0-14 14 0 0 14-14 0z"),
        };
        let _infallible = write!(
            out,
            "<line class=\"timeline-stem\" x1=\"{x}\" x2=\"{x}\" y1=\"{y}\" y2=\"{axis}\"/>\
             <svg class=\"timeline-sign timeline-{class}\" x=\"{x}\" y=\"{y}\" overflow=\"visible\"><path d=\"{form}\"/>\
             <text text-anchor=\"middle\" y=\"{}\">{}</text></svg>",
            figure(4.5),
            number + 1
        );
    }
    out.push_str("</svg>");
    Some(out)
}

/// The row of each point, from the line upwards, so that none stands on another.
fn rows(places: &[f64]) -> Vec<usize> {
    let mut ends: Vec<f64> = Vec::new();
    let mut rows = Vec::with_capacity(places.len());
    for place in places {
        let free = ends.iter().position(|end| end + APART <= *place);
        let row = free.unwrap_or(ends.len());
        match ends.get_mut(row) {
            Some(end) => *end = *place,
            None => ends.push(*place),
        }
        rows.push(row);
    }
    rows
}

/// The years that are named: some that begin within the time, else the one in which all is.
fn years(first: Date, last: Date) -> Vec<i16> {
    let (from, to) = (first.year() + 1, last.year());
    if from > to {
        return vec![to];
    }
    let steps = [1, 2, 5, 10, 20, 50, 100, 200, 500];
    let count = |step: i16| to.div_euclid(step) - (from - 1).div_euclid(step);
    let step = steps.into_iter().find(|step| count(*step) <= YEARS).unwrap_or(1000);
    (from..=to).filter(|year| year % step == 0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(days: &[(i16, i8, i8)]) -> Vec<Point> {
        let point = |(year, month, day): &(i16, i8, i8)| Point { day: date(*year, *month, *day), sign: Sign::Other };
        days.iter().map(point).collect()
    }

    #[test]
    fn every_point_has_its_number_and_its_place() {
        let mut points = points(&[(2019, 9, 27), (2020, 6, 3), (2022, 3, 31), (2030, 1, 1)]);
        points[1].sign = Sign::Own;
        let picture = draw(&points).unwrap();
        for number in 1..=4 {
            assert!(picture.contains(&format!(">{number}</text>")), "{picture}");
        }
        assert_eq!(picture.matches("timeline-own").count(), 1);
        assert!(picture.contains("x=\"0%\"") && picture.contains("x=\"100%\""), "{picture}");
        for year in [2020, 2022, 2024, 2026, 2028, 2030] {
            assert!(!picture.contains(&format!(">{year}</text>")) || year % 5 == 0, "{picture}");
        }
        assert!(!picture.contains("style="));
    }

    #[test]
    fn points_near_each_other_stand_above_each_other() {
        assert_eq!(rows(&[0.0, 0.0, 5.0, 10.0, 50.0]), [0, 1, 2, 0, 0]);
    }

    #[test]
    fn a_single_day_has_no_picture_and_a_single_year_is_named() {
        assert_eq!(draw(&points(&[(2020, 6, 3), (2020, 6, 3)])), None);
        assert_eq!(draw(&[]), None);
        assert_eq!(years(date(2020, 1, 2), date(2020, 6, 3)), [2020]);
        assert_eq!(years(date(2018, 1, 2), date(2020, 6, 3)), [2019, 2020]);
        assert_eq!(years(date(1946, 1, 2), date(2026, 6, 3)), [1960, 1980, 2000, 2020]);
    }
}
