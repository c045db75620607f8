//! The record of a legal document: its files, when its status was checked, the documents it stands in a relation
//! to, and the line of time of them all.

use jiff::civil::Date;
use tera::Value;

use super::data::RelatedDocument;
use super::engine::Worker;
use super::svg::timeline::{Point, Sign, draw};
use super::value::{Field, date, extended, foreign, list, object};
use super::view::View;
use crate::base::date::Moment;
use crate::base::lang::Lang;
use crate::diag::Diagnostic;
use crate::site::Page;
use crate::site::documents::Relation;
use crate::site::meta::DecisionMeta;

type Made<T> = Result<T, Box<Diagnostic>>;

/// The files of a document that are published.
pub(super) fn attachments(view: &View, decision: &DecisionMeta, lang: Lang) -> Vec<Value> {
    let shown = decision.attachments.iter().filter_map(|attachment| {
        let url = view.file(&attachment.file)?;
        let title = attachment.title.as_ref();
        Some(object([
            ("url", view.config().base_url.href(url).into()),
            ("title", title.map_or(attachment.file.file_name(), |title| &title.text).into()),
            ("lang", title.and_then(|title| foreign(title.lang, lang)).into()),
            ("type", attachment.file.extension().to_uppercase().into()),
            ("size", view.size(&attachment.file).into()),
            ("pages", attachment.pages.into()),
            ("scanned", attachment.scanned.into()),
        ]))
    });
    shown.collect()
}

/// When and where somebody last looked whether a document is in force.
pub(super) fn status_checked(decision: Option<&DecisionMeta>) -> Value {
    let checked = decision.and_then(|decision| decision.status_checked.as_ref());
    checked.map_or_else(Value::none, |(day, url)| {
        object([("date", date(Some(*day)).into()), ("url", url.as_deref().into())])
    })
}

/// The documents a document names and is named by, by relation; and the line of time.
pub(super) fn relations(worker: &Worker, page: &Page) -> Made<(Value, Value)> {
    let Some(decision) = page.meta.decision.as_deref() else { return Ok((list([]), Value::none())) };
    let related = worker.view.relations(page.set);
    let mut groups = Vec::new();
    for relation in Relation::ALL {
        let of_kind = related.iter().filter(|related| related.relation == relation);
        let items: Vec<Value> = of_kind.map(|related| named(&worker.view, related)).collect();
        if !items.is_empty() {
            groups.push(object([
                ("kind", relation.name().into()),
                ("label", label(worker, relation)?.into()),
                ("items", list(items).into()),
            ]));
        }
    }
    Ok((list(groups), timeline(worker, decision, &related)?))
}

/// What a relation is called.
fn label(worker: &Worker, relation: Relation) -> Made<&str> {
    Ok(worker.string(&format!("relation.{}", relation.name()))?.form(None))
}

/// A document that another one names.
fn named(view: &View, related: &RelatedDocument<'_>) -> Value {
    let url = related.page.map(|page| view.config().base_url.href(page.url));
    object([
        ("number", related.number.into()),
        ("title", related.page.map(|page| page.title).into()),
        ("url", url.into()),
        ("lang", related.page.and_then(|page| foreign(page.lang, view.lang())).into()),
    ])
}

/// Something that happened on a day.
struct Entry<'a> {
    day: Moment,
    sign: Sign,
    labels: Vec<&'a str>,
    document: Option<&'a RelatedDocument<'a>>,
}

/// The documents with their days in order of time, as a picture and as what it shows; `none` where there are
/// fewer than two documents whose days the portal knows, or all are of one day.
fn timeline(worker: &Worker, decision: &DecisionMeta, related: &[RelatedDocument<'_>]) -> Made<Value> {
    let mut entries: Vec<Entry<'_>> = Vec::new();
    for document in related {
        let Some(day) = document.issued else { continue };
        let label = label(worker, document.relation)?;
        let same = |entry: &&mut Entry<'_>| entry.document.is_some_and(|known| known.is_same(document));
        match entries.iter_mut().find(same) {
            Some(entry) => entry.labels.push(label),
            None => entries.push(Entry { day, sign: Sign::Other, labels: vec![label], document: Some(document) }),
        }
    }
    if entries.is_empty() {
        return Ok(Value::none());
    }
    let of_day = |moment: Moment| moment.local.date();
    let mut own = |day: Moment, sign: Sign, key: &str| -> Made<()> {
        let label = worker.string(key)?.form(None);
        entries.push(Entry { day, sign, labels: vec![label], document: None });
        Ok(())
    };
    own(decision.issued, Sign::Own, "timeline.own")?;
    if let Some(day) = decision.effective.filter(|day| of_day(*day) != of_day(decision.issued)) {
        own(day, Sign::Day, "decision.effective")?;
    }
    if let Some(day) = decision.effective_until {
        own(day, Sign::Day, "decision.effective_until")?;
    }
    entries.sort_by_key(|entry| (of_day(entry.day), entry.document.map(|document| document.number)));
    let points: Vec<Point> =
        entries.iter().map(|entry| Point { day: Date::from(entry.day.local), sign: entry.sign }).collect();
    let Some(picture) = draw(&points) else { return Ok(Value::none()) };
    let items = entries.iter().map(|entry| {
        let none = || object(["number", "title", "url", "lang"].map(|name| (name, Field::none())));
        let document = entry.document.map_or_else(none, |document| named(&worker.view, document));
        let own = [
            ("date", date(Some(Moment { has_time: false, ..entry.day })).into()),
            ("label", entry.labels.join(", ").into()),
            ("own", (entry.sign == Sign::Own).into()),
        ];
        extended(&document, own)
    });
    Ok(object([("picture", Value::safe_string(&picture).into()), ("items", list(items).into())]))
}
