//! Lists of events, by time from the build date.

use tera::Value;

use super::Data;
use crate::base::lang::Lang;
use crate::config::MissingTranslation;
use crate::content::directive::When;
use crate::site::meta::EventMeta;
use crate::site::{PageId, SetId};

/// The summaries of events: upcoming ones soonest first, others latest first.
pub(super) fn events(
    data: &Data,
    lang: Lang,
    when: When,
    series: Option<&str>,
    year: Option<i16>,
    limit: Option<usize>,
) -> Vec<Value> {
    let site = &data.site;
    let now = site.now.at;
    let chosen = |event: &EventMeta| {
        let in_time = match when {
            When::Upcoming => event.last_moment().at >= now,
            When::Past => event.last_moment().at < now,
            When::All => true,
        };
        let of_series = series.is_none_or(|id| event.series.as_deref() == Some(id));
        in_time && of_series && year.is_none_or(|year| event.start.local.year() == year)
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
    if when != When::Upcoming {
        events.reverse();
    }
    events.into_iter().take(limit.unwrap_or(usize::MAX)).map(|(page, _)| data.summaries.get(page, lang)).collect()
}
