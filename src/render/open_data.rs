//! Open data: what the portal knows, as JSON for other programs (`docs/open-data.md`).

use serde_json::{Map, Value as Json, json};

use super::Rendered;
use super::engine::Worker;
use super::events::Record;
use super::ics::{rules, sequence, series_uid, uid, words};
use super::view::View;
use crate::base::date::{Moment, MonthDay, iso};
use crate::base::lang::Lang;
use crate::base::path::UrlPath;
use crate::config::Term;
use crate::diag::Diagnostic;
use crate::site::Localized;
use crate::site::meta::{PlaceMeta, ThemeMeta};
use crate::site::urls::home_url;

/// A file of open data: licence, language and origin, then `parts` in their order.
pub(super) fn file(view: &View, parts: impl IntoIterator<Item = (&'static str, Json)>) -> Vec<u8> {
    let (config, lang) = (view.config(), view.lang());
    let licence = config.licence.as_ref();
    let head = [
        ("licence", json!(licence.map(|licence| json!({"name": licence.name.get(lang), "url": licence.url})))),
        ("language", json!(lang.tag())),
        (
            "generated_from",
            json!({
                "title": config.languages.get(lang).title,
                "url": config.base_url.absolute(&home_url(config, lang)),
            }),
        ),
    ];
    let parts: Map<String, Json> =
        head.into_iter().chain(parts).map(|(name, value)| (name.to_owned(), value)).collect();
    // Text and numbers only: this cannot fail.
    let mut bytes = serde_json::to_vec_pretty(&parts).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

/// A text with its language.
pub(super) fn localized(text: Option<&Localized>) -> Json {
    json!(text.map(|text| json!({"text": text.text, "language": text.lang.tag()})))
}

/// A date: the day, with time and offset where a time was given.
pub(super) fn date(moment: Option<Moment>) -> Json {
    json!(moment.map(|moment| moment.machine()))
}

/// A declared term.
pub(super) fn term(term: &Term, lang: Lang) -> Json {
    json!({"id": term.id, "name": term.name.get(lang)})
}

/// `events.json`
pub(super) fn events(worker: &Worker) -> Rendered {
    let view = &worker.view;
    let (config, lang) = (view.config(), view.lang());
    let records = view.event_records();
    let all: Vec<&Record<'_>> = records.iter().collect();
    let rules = rules(config, lang, &all).into_iter().map(|rule| {
        json!({
            "id": rule.series,
            "name": rule.name,
            "uid": series_uid(config, rule.series),
            "yearly": month_day(rule.day),
            "first": rule.first.to_string(),
        })
    });
    let rules: Json = rules.collect();
    let items = records.iter().map(|record| event(worker, record)).collect::<Result<Vec<Json>, _>>()?;
    Ok(file(view, [("series", rules), ("items", Json::from(items))]))
}

/// A day of the year as XML Schema writes it: `--10-10`.
fn month_day(day: MonthDay) -> String {
    format!("--{:02}-{:02}", day.month(), day.day())
}

fn event(worker: &Worker, record: &Record<'_>) -> Result<Json, Box<Diagnostic>> {
    let view = &worker.view;
    let (config, lang) = (view.config(), view.lang());
    let event = record.event;
    // The same as in calendars: where it is told by days, no hour stands anywhere.
    let by_days = event.is_by_days();
    let when = |moment: Option<Moment>| match moment {
        Some(moment) if by_days => json!(iso(moment.local.date())),
        moment => date(moment),
    };
    let absolute = |url: &UrlPath| config.base_url.absolute(url);
    let series = event.series.as_deref().map(|id| {
        let declared = config.series.by_id(id);
        declared.map_or_else(|| json!({"id": id, "name": id}), |series| term(series, lang))
    });
    Ok(json!({
        "id": record.id,
        "uid": uid(config, record.id),
        "sequence": sequence(record),
        "url": absolute(record.url),
        "language": record.lang.tag(),
        "title": record.title,
        "description": record.description,
        "start": when(Some(event.start)),
        "end": when(event.end),
        "all_day": by_days,
        "status": event.status.name(),
        "status_name": words(worker, record)?,
        "former_start": date(event.former_start),
        "attendance": event.attendance().map(|attendance| attendance.name()),
        "place": event.place.as_ref().map(|place| self::place(view, place)),
        "organiser": localized(event.organiser.as_ref()),
        "series": series,
        "themes": event.themes.iter().map(theme).collect::<Vec<_>>(),
        "topics": config.topics.at(record.topics).map(|topic| term(topic, lang)).collect::<Vec<_>>(),
        "published": date(record.date),
        "updated": date(record.updated),
    }))
}

fn place(view: &View, place: &PlaceMeta) -> Json {
    let until = place.province_id.as_deref().and_then(|id| view.config().province_history.get(id)?.until);
    json!({
        "name": localized(place.name.as_ref()),
        "address": localized(place.address.as_ref()),
        "province": localized(place.province.as_ref()),
        "province_id": place.province_id,
        "province_until": until.map(|until| iso(until.date)),
        "url": place.url,
    })
}

fn theme(theme: &ThemeMeta) -> Json {
    json!({
        "text": theme.text.text,
        "language": theme.text.lang.tag(),
        "kind": theme.kind.name(),
        "source": localized(theme.source.as_ref()),
        "verified": theme.verified,
    })
}
