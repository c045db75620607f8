//! Events as lists, calendars and open data show them: which of them, and what is said of each.

use jiff::civil::Date;

use super::data::Data;
use super::fact::EventQuery;
use super::view::View;
use crate::base::date::Moment;
use crate::base::lang::Lang;
use crate::base::path::UrlPath;
use crate::config::MissingTranslation;
use crate::content::directive::When;
use crate::site::meta::EventMeta;
use crate::site::{PageId, SetId, Site};

impl View {
    /// What they say of all events of the language, earliest first.
    pub(super) fn event_records(&self) -> Vec<Record<'_>> {
        let all = EventQuery { lang: self.lang(), when: When::All, series: None, year: None, limit: None };
        self.events(all).into_iter().rev().filter_map(|page| self.event_record(page)).collect()
    }
}

/// Events: upcoming ones soonest first, others latest first.
pub(super) fn events(site: &Site, query: &EventQuery) -> Vec<PageId> {
    let lang = query.lang;
    let now = site.now.at;
    let chosen = |event: &EventMeta| {
        let in_time = match query.when {
            When::Upcoming => event.last_moment().at >= now,
            When::Past => event.last_moment().at < now,
            When::All => true,
        };
        let of_series = query.series.as_deref().is_none_or(|id| event.series.as_deref() == Some(id));
        in_time && of_series && query.year.is_none_or(|year| event.start.local.year() == year)
    };
    let mut events: Vec<(PageId, &EventMeta)> = (0..site.sets.len() as u32)
        .filter_map(|set| {
            let id = site.page_for(SetId(set), lang)?;
            let page = site.page(id);
            let listed = page.lang == lang || site.config.missing_translation == MissingTranslation::Link;
            let event = page.meta.event.as_deref().filter(|event| page.meta.withdrawn.is_none() && chosen(event))?;
            listed.then_some((id, event))
        })
        .collect();
    events.sort_by_key(|(page, event)| (event.start.at, *page));
    if query.when != When::Upcoming {
        events.reverse();
    }
    events.into_iter().take(query.limit.unwrap_or(usize::MAX)).map(|(page, _)| page).collect()
}

/// What calendars and open data say of an event.
#[derive(Clone, Copy, Debug, Hash)]
pub(super) struct Record<'a> {
    /// The permanent identity of its set.
    pub id: &'a str,
    /// The address of its page.
    pub url: &'a UrlPath,
    /// The language of its page.
    pub lang: Lang,
    /// The title of its page.
    pub title: &'a str,
    /// What it is about, in one sentence.
    pub description: Option<&'a str>,
    /// The date readers see.
    pub date: Option<Moment>,
    /// When any of its languages was last changed in substance.
    pub updated: Option<Moment>,
    /// Indices into the topics of the settings.
    pub topics: &'a [usize],
    /// Its fields.
    pub event: &'a EventMeta,
}

/// What is said of one event; `None` for other pages.
pub(super) fn record(data: &Data, id: PageId) -> Option<Record<'_>> {
    let site = &data.site;
    let page = site.page(id);
    let set = site.set(page.set);
    let languages = set.pages.iter().filter_map(|(_, page)| page.map(|id| site.page(id)));
    let excerpt = Some(page.document.facts.excerpt.as_str()).filter(|excerpt| !excerpt.is_empty());
    Some(Record {
        id: &set.id,
        url: &page.url,
        lang: page.lang,
        title: &page.meta.title,
        description: page.meta.description.as_deref().or(excerpt),
        date: page.meta.date,
        updated: languages.filter_map(|page| page.meta.updated).max(),
        topics: &page.meta.topics,
        event: page.meta.event.as_deref()?,
    })
}

/// The next day of a series that has one by rule; the build date's own day counts.
pub(super) fn next_day(site: &Site, series: &str) -> Option<Date> {
    site.config.yearly.get(series)?.next_from(site.now.local.date())
}
