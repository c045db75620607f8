//! Events for calendar programs (RFC 5545, RFC 7986): one event, or all of a language.

use jiff::Timestamp;
use jiff::civil::Date;

use super::Rendered;
use super::engine::Worker;
use super::events::Record;
use super::plan::Job;
use crate::base::date::{Moment, MonthDay};
use crate::base::lang::Lang;
use crate::config::SiteConfig;
use crate::content::front_matter::EventStatus;
use crate::diag::Diagnostic;
use crate::domain::ics::{Writer, day, instant, local};
use crate::site::meta::{EventMeta, PlaceMeta};
use crate::site::routes::calendar_url;
use crate::site::{Localized, PageId};

/// Who made the file. Without a version: another program must not mean other bytes.
const PRODUCT: &str = "-//congso//Cong So//VI";

/// How often programs are to look for news.
const REFRESH: &str = "P1D";

/// One event.
pub(super) fn event(worker: &Worker, id: PageId) -> Rendered {
    let view = &worker.view;
    let Some(record) = view.event_record(id) else { return Ok(Vec::new()) };
    let events = [(record, words(worker, &record)?)];
    let mut writer = Writer::new();
    writer.component("VCALENDAR", |w| {
        head(w);
        body(w, view.config(), view.lang(), &events);
    });
    Ok(writer.finish())
}

/// All events of a language, and the days of series that have one by rule.
pub(super) fn calendar(worker: &Worker, job: &Job) -> Rendered {
    let view = &worker.view;
    let (config, lang) = (view.config(), view.lang());
    let records = view.event_records().into_iter();
    let events = records.map(|record| Ok((record, words(worker, &record)?)));
    let events = events.collect::<Result<Vec<_>, Box<Diagnostic>>>()?;
    let name = format!("{} – {}", config.languages.get(lang).title, worker.string("calendar.title")?.form(None));
    let address = config.base_url.absolute(&job.url);
    let mut writer = Writer::new();
    writer.component("VCALENDAR", |w| {
        head(w);
        w.text_in("NAME", lang, &name);
        w.text("X-WR-CALNAME", &name);
        if let Some(zone) = zone_name(config) {
            w.text("X-WR-TIMEZONE", zone);
        }
        w.property("URL", &config.base_url.absolute(&calendar_url(config, lang, None)));
        w.property("SOURCE;VALUE=URI", &address);
        w.property("REFRESH-INTERVAL;VALUE=DURATION", REFRESH);
        w.property("X-PUBLISHED-TTL", REFRESH);
        body(w, config, lang, &events);
        let records: Vec<&Record<'_>> = events.iter().map(|(record, _)| record).collect();
        for rule in rules(config, lang, &records) {
            every_year(w, config, lang, &rule);
        }
    });
    Ok(writer.finish())
}

/// What the description of an event begins with where it is not held as planned: its status.
pub(super) fn words(worker: &Worker, record: &Record<'_>) -> Result<String, Box<Diagnostic>> {
    Ok(worker.string(&format!("event.{}", record.event.status.name()))?.form(None).to_owned())
}

/// The permanent identity of an event for calendars: it stays as long as the page's `id` and the
/// authority do, and is the same in both languages.
pub(super) fn uid(config: &SiteConfig, id: &str) -> String {
    let (host, _) = config.tag_authority.split_once(',').unwrap_or((&config.tag_authority, ""));
    format!("{id}@{host}")
}

/// The identity of the days of a series.
pub(super) fn series_uid(config: &SiteConfig, series: &str) -> String {
    uid(config, &format!("series:{series}"))
}

/// How often an event was changed, as a number that only grows (RFC 5545, 3.8.7.4): the minutes from 2000 to
/// `updated`, times five, so that a change of status that nobody dated counts, too.
pub(super) fn sequence(record: &Record<'_>) -> i64 {
    const YEAR_2000: i64 = 946_684_800;
    let minutes = record.updated.map_or(0, |updated| (updated.at.as_second() - YEAR_2000).max(0) / 60);
    let status = match record.event.status {
        EventStatus::Scheduled => 0,
        EventStatus::MovedOnline => 1,
        EventStatus::Postponed => 2,
        EventStatus::Rescheduled => 3,
        EventStatus::Cancelled => 4,
    };
    (minutes * 5 + status).min(i64::from(i32::MAX))
}

/// When what is said of an event was said: never the clock, so that the same content gives the same bytes.
fn stamp(record: &Record<'_>) -> Timestamp {
    record.updated.or(record.date).map_or(Timestamp::UNIX_EPOCH, |moment| moment.at)
}

fn head(w: &mut Writer) {
    w.property("VERSION", "2.0");
    w.text("PRODID", PRODUCT);
    w.property("CALSCALE", "GREGORIAN");
}

/// The zone in which times are written; none where they are in UTC.
fn zone_name(config: &SiteConfig) -> Option<&str> {
    config.timezone.iana_name().filter(|name| *name != "UTC")
}

/// The rules of the zone, if any event has hours, and the events.
fn body(w: &mut Writer, config: &SiteConfig, lang: Lang, events: &[(Record<'_>, String)]) {
    let hours = events.iter().filter(|(record, _)| !record.event.is_by_days());
    let hours: Vec<&EventMeta> = hours.map(|(record, _)| record.event).collect();
    let first = hours.iter().map(|event| event.start.at).min();
    let last = hours.iter().map(|event| event.last_moment().at).max();
    if let (Some(zone), Some(first), Some(last)) = (zone_name(config), first, last) {
        w.time_zone(zone, &config.timezone, first, last);
    }
    for (record, status) in events {
        w.component("VEVENT", |w| one(w, config, lang, record, status));
    }
}

fn one(w: &mut Writer, config: &SiteConfig, lang: Lang, record: &Record<'_>, status: &str) {
    let event = record.event;
    w.text("UID", &uid(config, record.id));
    w.property("DTSTAMP", &instant(stamp(record)));
    if let Some(updated) = record.updated {
        w.property("LAST-MODIFIED", &instant(updated.at));
    }
    w.property("SEQUENCE", &sequence(record).to_string());
    when(w, config, event);
    w.property(
        "STATUS",
        match event.status {
            EventStatus::Scheduled | EventStatus::Rescheduled | EventStatus::MovedOnline => "CONFIRMED",
            EventStatus::Postponed => "TENTATIVE",
            EventStatus::Cancelled => "CANCELLED",
        },
    );
    w.text_in("SUMMARY", record.lang, record.title);
    let status = Some(status).filter(|_| event.status != EventStatus::Scheduled);
    let theme = event.theme().map(|theme| theme.text.as_str());
    let about: Vec<&str> = [status, record.description, theme].into_iter().flatten().collect();
    if !about.is_empty() {
        w.text_in("DESCRIPTION", record.lang, &about.join("\n"));
    }
    if let Some(place) = event.place.as_ref() {
        venue(w, place);
    }
    w.property("URL", &config.base_url.absolute(record.url));
    w.texts_in("CATEGORIES", lang, config.topics.at(record.topics).map(|topic| topic.name.get(lang).as_str()));
    if let Some(organiser) = &event.organiser {
        w.text_in("CONTACT", organiser.lang, &organiser.text);
    }
}

/// Beginning and end. The end of days is the day after the last (RFC 5545, 3.6.1).
fn when(w: &mut Writer, config: &SiteConfig, event: &EventMeta) {
    if event.is_by_days() {
        let (first, last) = event.days();
        days(w, first, last);
        // Nobody is busy for a whole day because of it.
        w.property("TRANSP", "TRANSPARENT");
        return;
    }
    let mut time = |name: &str, moment: Moment| match zone_name(config) {
        Some(zone) => w.property(&format!("{name};TZID={zone}"), &local(moment.local)),
        None => w.property(name, &instant(moment.at)),
    };
    time("DTSTART", event.start);
    if let Some(end) = event.end {
        // A day as an end includes that day.
        time("DTEND", if end.has_time { end } else { end.after() });
    }
}

fn days(w: &mut Writer, first: Date, last: Date) {
    w.property("DTSTART;VALUE=DATE", &day(first));
    w.property("DTEND;VALUE=DATE", &day(last.tomorrow().unwrap_or(last)));
}

fn venue(w: &mut Writer, place: &PlaceMeta) {
    if let Some(location) = location(place) {
        w.text("LOCATION", &location);
    }
    if let Some(url) = &place.url {
        w.property("CONFERENCE;VALUE=URI", url);
    }
}

/// Name, address and province, what is the same said once.
fn location(place: &PlaceMeta) -> Option<String> {
    let parts = [&place.name, &place.address, &place.province];
    let mut texts: Vec<&str> = parts.into_iter().flatten().map(|part: &Localized| part.text.as_str()).collect();
    texts.dedup();
    (!texts.is_empty()).then(|| texts.join(", "))
}

/// The days of a series by rule, as far as no edition of its own stands for them.
pub(super) struct Rule<'a> {
    /// The series by id.
    pub series: &'a str,
    /// Its name.
    pub name: &'a str,
    /// The day of the year.
    pub day: MonthDay,
    /// The first of its days.
    pub first: Date,
    /// The days for which an edition stands.
    editions: Vec<Date>,
    stamp: Timestamp,
}

/// The rules of all series that have a day of the year and an edition among some events.
pub(super) fn rules<'a>(config: &'a SiteConfig, lang: Lang, records: &[&Record<'_>]) -> Vec<Rule<'a>> {
    let rule = |(id, day): (&'a String, &MonthDay)| {
        let editions = || records.iter().filter(|record| record.event.series.as_deref() == Some(id));
        let starts = || editions().map(|record| record.event.start.local.date());
        let first = starts().filter_map(|start| day.in_year(start.year())).min()?;
        let term = config.series.by_id(id)?;
        let mut held: Vec<Date> = starts().filter(|start| day.in_year(start.year()) == Some(*start)).collect();
        held.sort_unstable();
        held.dedup();
        let stamp = editions().map(|record| stamp(record)).max()?;
        Some(Rule { series: id, name: term.name.get(lang).as_str(), day: *day, first, editions: held, stamp })
    };
    config.yearly.iter().filter_map(rule).collect()
}

/// A day that comes every year. Editions have entries of their own, and their days are taken out of the rule.
fn every_year(w: &mut Writer, config: &SiteConfig, lang: Lang, rule: &Rule<'_>) {
    w.component("VEVENT", |w| {
        w.text("UID", &series_uid(config, rule.series));
        w.property("DTSTAMP", &instant(rule.stamp));
        w.property("SEQUENCE", &rule.editions.len().to_string());
        days(w, rule.first, rule.first);
        w.property("TRANSP", "TRANSPARENT");
        w.property("RRULE", "FREQ=YEARLY");
        if !rule.editions.is_empty() {
            let editions: Vec<String> = rule.editions.iter().map(|date| day(*date)).collect();
            w.property("EXDATE;VALUE=DATE", &editions.join(","));
        }
        w.property("STATUS", "CONFIRMED");
        w.text_in("SUMMARY", lang, rule.name);
        w.property("URL", &config.base_url.absolute(&calendar_url(config, lang, None)));
    });
}
