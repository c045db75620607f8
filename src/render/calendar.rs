//! The calendar of events: a month as weeks of days, and the overview of all months.

use jiff::civil::{Date, Weekday};
use tera::Value;

use super::Rendered;
use super::engine::Worker;
use super::output::{Head, Index, output};
use super::pieces::crumb;
use super::plan::Job;
use super::value::{Field, list, object};
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
    let href = |url| config.base_url.href(&url);
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
        object([("name", format::weekday(day, lang).into()), ("short", format::weekday_short(day, lang).into())])
    }));
    let shown = match month {
        Some(month) => of_month(worker, month)?,
        None => object([
            ("year", Field::none()),
            ("month", Field::none()),
            ("heading", Field::none()),
            ("weeks", list([]).into()),
            ("items", list([]).into()),
            ("prev", Field::none()),
            ("next", Field::none()),
            ("years", years(worker)?.into()),
        ]),
    };
    let fixed = [
        ("title", name.into()),
        ("url", href(overview).into()),
        ("file", href(calendar_file_url(config, lang)).into()),
        ("weekdays", weekdays.into()),
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
    let near = |month: Option<Month>| -> Result<Field<'_>, Box<Diagnostic>> {
        let Some(month) = month else { return Ok(Field::none()) };
        Ok(object([("url", address(view, month).into()), ("title", heading(worker, month)?.into())]).into())
    };
    let summaries: Vec<Value> = events.iter().map(|event| view.summary(event.page)).collect();
    Ok(object([
        ("year", month.0.into()),
        ("month", month.1.into()),
        ("heading", heading(worker, month)?.into()),
        ("weeks", weeks(month, &events, &summaries).into()),
        ("items", list(summaries).into()),
        ("prev", near(before)?),
        ("next", near(after)?),
        ("years", list([]).into()),
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
    object([
        ("day", Field::none()),
        ("datetime", Field::none()),
        ("count", 0.into()),
        ("first", Field::none()),
        ("items", list([]).into()),
    ])
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
            ("title", of("title").into()),
            ("title_lang", of("title_lang").into()),
            ("url", of("url").into()),
            ("lang", of("lang").into()),
            ("other_language", of("other_language").into()),
            ("status", of("event.status").into()),
        ])
    });
    object([
        ("day", day.into()),
        ("datetime", iso(date).into()),
        ("count", held().count().into()),
        ("first", held().next().map(|(_, number)| number).into()),
        ("items", list(items).into()),
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
                ("month", month.1.into()),
                ("title", heading(worker, *month)?.into()),
                ("url", address(view, *month).into()),
                ("count", (*count).into()),
            ]));
        }
        let year = of_year.first().map_or(0, |((year, _), _)| *year);
        years.push(object([("year", year.into()), ("months", list(months).into())]));
    }
    Ok(list(years))
}
