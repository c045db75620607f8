//! Lists of events, by time from the build date.

use super::fact::EventQuery;
use crate::config::MissingTranslation;
use crate::content::directive::When;
use crate::site::meta::EventMeta;
use crate::site::{PageId, SetId, Site};

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
