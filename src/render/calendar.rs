//! The calendar of events: a month as weeks of days, and the overview of all months.

use jiff::civil::{Date, Weekday};
use tera::Value;

use super::Rendered;
use super::engine::Worker;
use super::output::{Head, Index, output};
use super::pieces::crumb;
use super::plan::Job;
use super::value::{list, object};
use super::view::View;
use crate::base::date::iso;
use crate::base::lang::Lang;
use crate::diag::Diagnostic;
use crate::domain::format;
use crate::site::calendar::Month;
use crate::site::routes::{Route, calendar_file_url, calendar_url};
use crate::site::{PageId, SectionId, Site};

/// The events of a month.
#[derive(Debug)]
pub(super) struct MonthEvents {
    /// By their beginning.
    pub events: Vec<MonthEvent>,
    /// The nearest month before that has events.
    pub before: Option<Month>,
    /// The nearest one after.
    pub after: Option<Month>,
}

/// An event in a month.
#[derive(Clone, Copy, Debug)]
pub(super) struct MonthEvent {
    /// Its page.
    pub page: PageId,
    /// The first and the last of its days in this month.
    pub from: i8,
    pub to: i8,
}

/// The months that have events, each with their number, latest first.
pub(super) fn months(site: &Site, lang: Lang) -> Vec<(Month, usize)> {
    site.calendar.get(lang).months().rev().map(|(month, events)| (month, events.len())).collect()
}

/// The events of a month.
pub(super) fn month(site: &Site, lang: Lang, month: Month) -> MonthEvents {
    let calendar = site.calendar.get(lang);
    let event = |page: &PageId| {
        let start = Date::new(month.0, month.1, 1).ok()?;
        let (first, last) = site.page(*page).meta.event.as_deref()?.days();
        let (first, last) = (first.max(start), last.min(start.last_of_month()));
        Some(MonthEvent { page: *page, from: first.day(), to: last.day() })
    };
    MonthEvents {
        events: calendar.month(month).iter().filter_map(event).collect(),
        before: calendar.before(month),
        after: calendar.after(month),
    }
}

/// A month, or the overview.
pub(super) fn render(worker: &Worker, job: &Job, month: Option<Month>) -> Rendered {
    let view = &worker.view;
    let (config, lang) = (view.config(), view.lang());
    let href = |url| Value::from(config.base_url.href(&url));
    let name = worker.string("calendar.title")?.form(None).to_owned();
    let overview = calendar_url(config, lang, None);
    let title = match month {
        Some(month) => format!("{name} – {}", heading(worker, month)?),
        None => name.clone(),
    };
    let mut breadcrumbs = view.section(SectionId(0)).crumbs.clone();
    if month.is_some() {
        breadcrumbs.push(crumb(&name, &config.base_url.href(&overview), lang));
    }
    let head = Head {
        title: &title,
        description: None,
        kind: "website",
        index: Index::Yes,
        breadcrumbs,
        section: None,
        image: None,
    };
    let output = output(view, &job.url, &view.twins(&Route::Calendar { lang, month }), head);
    let weekdays = list(format::WEEK.map(|day| {
        object([
            ("name", Value::from(format::weekday(day, lang))),
            ("short", Value::from(format::weekday_short(day, lang))),
        ])
    }));
    let shown = match month {
        Some(month) => of_month(worker, month)?,
        None => object([
            ("year", Value::none()),
            ("month", Value::none()),
            ("heading", Value::none()),
            ("weeks", list([])),
            ("items", list([])),
            ("prev", Value::none()),
            ("next", Value::none()),
            ("years", years(worker)?),
        ]),
    };
    let fixed = [
        ("title", Value::from(name)),
        ("url", href(overview)),
        ("file", href(calendar_file_url(config, lang))),
        ("weekdays", weekdays),
    ];
    let calendar = super::value::extended(&shown, fixed);
    worker.template("calendar.html", vec![("output", output), ("calendar", calendar)])
}

/// What a month is called: `Tháng 10 năm 2024`, `October 2024`.
fn heading(worker: &Worker, (year, month): Month) -> Result<String, Box<Diagnostic>> {
    let word = format::month_word(month, worker.view.lang());
    let pattern = worker.string("archive.month")?.form(None);
    Ok(pattern.replace("{year}", &year.to_string()).replace("{month}", &word))
}

/// The address of a month.
fn address(view: &View, month: Month) -> Value {
    let config = view.config();
    Value::from(config.base_url.href(&calendar_url(config, view.lang(), Some(month))))
}

/// A month with its weeks.
fn of_month(worker: &Worker, month: Month) -> Result<Value, Box<Diagnostic>> {
    let view = &worker.view;
    let MonthEvents { events, before, after } = view.calendar_month(month);
    let near = |month: Option<Month>| -> Result<Value, Box<Diagnostic>> {
        let Some(month) = month else { return Ok(Value::none()) };
        Ok(object([("url", address(view, month)), ("title", Value::from(heading(worker, month)?))]))
    };
    let summaries: Vec<Value> = events.iter().map(|event| view.summary(event.page)).collect();
    Ok(object([
        ("year", Value::from(month.0)),
        ("month", Value::from(month.1)),
        ("heading", Value::from(heading(worker, month)?)),
        ("weeks", weeks(month, &events, &summaries)),
        ("items", list(summaries)),
        ("prev", near(before)?),
        ("next", near(after)?),
        ("years", list([])),
    ]))
}

/// The weeks of a month from Monday on, each of seven days; days of other months are empty.
fn weeks((year, month): Month, events: &[MonthEvent], summaries: &[Value]) -> Value {
    let Ok(first) = Date::new(year, month, 1) else { return list([]) };
    let blank = usize::try_from(first.weekday().to_monday_zero_offset()).unwrap_or_default();
    let days = (1..=first.days_in_month()).filter_map(|day| Date::new(year, month, day).ok());
    let mut cells: Vec<Value> = (0..blank).map(|_| empty()).collect();
    cells.extend(days.map(|date| cell(date, events, summaries)));
    while !cells.len().is_multiple_of(7) {
        cells.push(empty());
    }
    list(cells.chunks(7).map(|week| list(week.iter().cloned())))
}

fn empty() -> Value {
    let none = Value::none;
    object([("day", none()), ("datetime", none()), ("count", Value::from(0)), ("first", none()), ("items", list([]))])
}

/// A day: an event of several days is named where it begins, and again on Mondays.
fn cell(date: Date, events: &[MonthEvent], summaries: &[Value]) -> Value {
    let day = date.day();
    let held =
        || events.iter().zip(summaries).zip(1_u32..).filter(|((event, _), _)| (event.from..=event.to).contains(&day));
    let named = held().filter(|((event, _), _)| event.from == day || date.weekday() == Weekday::Monday);
    let items = named.map(|((_, summary), _)| {
        let of = |path: &str| summary.get_from_path(path).cloned().unwrap_or_else(Value::none);
        object([
            ("title", of("title")),
            ("title_lang", of("title_lang")),
            ("url", of("url")),
            ("lang", of("lang")),
            ("other_language", of("other_language")),
            ("status", of("event.status")),
        ])
    });
    object([
        ("day", Value::from(day)),
        ("datetime", Value::from(iso(date))),
        ("count", Value::from(held().count())),
        ("first", held().next().map_or_else(Value::none, |(_, number)| Value::from(number))),
        ("items", list(items)),
    ])
}

/// The years with their months, latest year first, months in their order.
fn years(worker: &Worker) -> Result<Value, Box<Diagnostic>> {
    let view: &View = &worker.view;
    let known = view.calendar();
    let mut years = Vec::new();
    for of_year in known.chunk_by(|((a, _), _), ((b, _), _)| a == b) {
        let mut months = Vec::with_capacity(of_year.len());
        for (month, count) in of_year.iter().rev() {
            months.push(object([
                ("month", Value::from(month.1)),
                ("title", Value::from(heading(worker, *month)?)),
                ("url", address(view, *month)),
                ("count", Value::from(*count)),
            ]));
        }
        let year = of_year.first().map_or(0, |((year, _), _)| *year);
        years.push(object([("year", Value::from(year)), ("months", list(months))]));
    }
    Ok(list(years))
}
