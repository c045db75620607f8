//! Series of events: the day of the year they have by rule, and their editions, where a page shows them.

use serde::Serialize;
use tera::Value;

use super::super::fact::EventQuery;
use super::super::view::View;
use super::event::{KIND, PART};
use super::values::{Id, Node, Ref};
use super::writer::Graph;
use crate::base::date::MonthDay;
use crate::config::SiteConfig;
use crate::content::directive::When;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct EventSeries<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "@id")]
    id: Id<'a>,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    event_schedule: Option<Schedule<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sub_event: Vec<Edition<'a>>,
}

/// A day of every year.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Schedule<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    /// ISO 8601: once a year.
    repeat_frequency: &'static str,
    by_month: i8,
    by_month_day: i8,
    #[serde(skip_serializing_if = "Option::is_none")]
    schedule_timezone: Option<&'a str>,
}

/// An event of a series: that of the page itself, or one that it lists.
#[derive(Serialize)]
#[serde(untagged)]
enum Edition<'a> {
    Own(Ref<'a>),
    #[serde(rename_all = "camelCase")]
    Listed {
        #[serde(rename = "@type")]
        kind: &'static str,
        #[serde(rename = "@id")]
        id: String,
        url: String,
        name: &'a str,
        start_date: String,
    },
}

/// The part of the graph of a language's home page that stands for a series.
pub(super) fn part(series: &str) -> String {
    format!("#series-{series}")
}

/// Adds the series of an event with its rule and all editions, as the page of an event shows them.
pub(super) fn of_event(graph: &mut Graph, node: Node<'_>, series: &str) {
    let view = node.view;
    let query =
        EventQuery { lang: view.lang(), when: When::All, series: Some(series.to_owned()), year: None, limit: None };
    let editions = view.events(query).into_iter().filter_map(|id| {
        if id == node.id {
            return Some(Edition::Own(Ref { id: Id { page: node.address, part: PART } }));
        }
        let shown = view.summary(id);
        let headline = view.headline(id);
        let url = view.config().base_url.absolute(headline.url);
        let start = shown.get_from_path("event.start.machine").and_then(Value::as_str)?;
        let (name, start_date) = (headline.title, start.to_owned());
        Some(Edition::Listed { kind: KIND, id: format!("{url}{PART}"), url, name, start_date })
    });
    add(graph, view, series, editions.collect());
}

/// Adds a series with its rule only.
pub(super) fn of_rule(graph: &mut Graph, view: &View, series: &str) {
    add(graph, view, series, Vec::new());
}

fn add(graph: &mut Graph, view: &View, series: &str, sub_event: Vec<Edition<'_>>) {
    let config = view.config();
    let declared = config.series.by_id(series);
    let schedule = |day: &MonthDay| Schedule {
        kind: "Schedule",
        repeat_frequency: "P1Y",
        by_month: day.month(),
        by_month_day: day.day(),
        schedule_timezone: config.timezone.iana_name(),
    };
    graph.add(&EventSeries {
        kind: "EventSeries",
        id: Id { page: view.common().frame.home(), part: &part(series) },
        name: declared.map_or(series, |term| term.name.get(view.lang())),
        event_schedule: config.yearly.get(series).map(schedule),
        sub_event,
    });
}

/// Whether a series is declared and has a day by rule.
pub(super) fn has_rule(config: &SiteConfig, series: &str) -> bool {
    config.series.by_id(series).is_some() && config.yearly.contains_key(series)
}
