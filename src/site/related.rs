//! Related pages: those that share the most and the rarest topics and tags.

use std::cmp::Reverse;
use std::collections::HashMap;

use foldhash::fast::FixedState;
use jiff::Timestamp;
use rayon::prelude::*;

use super::terms::first_page;
use super::{Page, Role, SetId, TranslationSet};

/// How many related pages a page has at most.
const LIMIT: usize = 4;

/// How many sets of one term are looked at: the common terms of a large site would make this
/// quadratic, and say little.
const LOOK_AT: usize = 64;

/// How many sets a worker takes at least: each needs a table of all sets.
const SETS_AT_ONCE: usize = 512;

/// The sets of every topic and tag, by the first page of each set.
struct Index<'a> {
    topics: Vec<Vec<SetId>>,
    tags: HashMap<&'a str, Vec<SetId>, FixedState>,
}

impl<'a> Index<'a> {
    fn of(pages: &'a [Page], sets: &[TranslationSet]) -> Self {
        let mut index = Self { topics: Vec::new(), tags: HashMap::default() };
        for (number, set) in (0..).zip(sets) {
            let Some(page) = first_page(set).and_then(|id| pages.get(id.0 as usize)) else { continue };
            for topic in &page.meta.topics {
                if index.topics.len() <= *topic {
                    index.topics.resize(topic + 1, Vec::new());
                }
                index.topics.get_mut(*topic).into_iter().for_each(|list| list.push(SetId(number)));
            }
            for tag in &page.meta.tags {
                index.tags.entry(tag.slug.as_str()).or_default().push(SetId(number));
            }
        }
        index
    }

    /// The sets of each topic and tag of a page.
    fn of_page<'i>(&'i self, page: &'i Page) -> impl Iterator<Item = &'i [SetId]> {
        let topics = page.meta.topics.iter().filter_map(|topic| self.topics.get(*topic));
        let tags = page.meta.tags.iter().filter_map(|tag| self.tags.get(tag.slug.as_str()));
        topics.chain(tags).map(Vec::as_slice)
    }
}

/// The related sets of every set, nearest first.
#[must_use]
pub fn related(pages: &[Page], sets: &[TranslationSet]) -> Vec<Vec<SetId>> {
    let index = Index::of(pages, sets);
    let first: Vec<Option<&Page>> =
        sets.iter().map(|set| first_page(set).and_then(|id| pages.get(id.0 as usize))).collect();
    // The date of each set that may be shown, if it has one.
    let shown: Vec<Option<Option<Timestamp>>> = sets
        .iter()
        .zip(&first)
        .map(|(set, page)| page.filter(|page| set.role == Role::Page && page.meta.withdrawn.is_none()))
        .map(|page| page.map(|page| page.meta.list_date().map(|date| date.at)))
        .collect();
    (0..sets.len() as u32)
        .into_par_iter()
        .with_min_len(SETS_AT_ONCE)
        .map_init(
            || vec![0; sets.len()],
            |scores, own| match (sets.get(own as usize), first.get(own as usize)) {
                (Some(set), Some(Some(page))) if set.role == Role::Page => {
                    nearest(SetId(own), index.of_page(page), &shown, scores)
                }
                _ => Vec::new(),
            },
        )
        .collect()
}

/// The nearest sets to one: each shared term weighs the more the fewer pages have it; equals are
/// ordered newest first, then by id. `scores` is 0 for every set, before and after.
fn nearest<'a>(
    own: SetId,
    terms: impl Iterator<Item = &'a [SetId]>,
    shown: &[Option<Option<Timestamp>>],
    scores: &mut [u64],
) -> Vec<SetId> {
    let mut ranked: Vec<(Reverse<u64>, Reverse<Option<Timestamp>>, SetId)> = Vec::new();
    for members in terms {
        // Neighbours in the order of the site, so that what is looked at does not depend on chance.
        let position = members.partition_point(|set| *set < own);
        let start = position.saturating_sub(LOOK_AT / 2);
        let weight = 1_000_000 / (members.len() as u64 + 1);
        for set in members.iter().skip(start).take(LOOK_AT).filter(|set| **set != own) {
            let (Some(Some(date)), Some(score)) = (shown.get(set.0 as usize), scores.get_mut(set.0 as usize)) else {
                continue;
            };
            if *score == 0 {
                ranked.push((Reverse(0), Reverse(*date), *set));
            }
            // Of a term that a million pages have, too, each is seen.
            *score += weight.max(1);
        }
    }
    for (rank, _, set) in &mut ranked {
        *rank = Reverse(scores.get_mut(set.0 as usize).map(std::mem::take).unwrap_or_default());
    }
    if ranked.len() > LIMIT {
        ranked.select_nth_unstable(LIMIT);
        ranked.truncate(LIMIT);
    }
    ranked.sort_unstable();
    ranked.into_iter().map(|(_, _, id)| id).collect()
}
