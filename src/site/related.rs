//! Related pages: those that share the most and the rarest topics and tags.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::terms::{first_page, sets_by_term};
use super::{Page, Role, SetId, TranslationSet};

/// How many related pages a page has at most.
const LIMIT: usize = 4;

/// How many sets of one term are looked at: the common terms of a large site would make this
/// quadratic, and say little.
const LOOK_AT: usize = 64;

/// The related sets of every set, nearest first.
#[must_use]
pub fn related(pages: &[Page], sets: &[TranslationSet]) -> Vec<Vec<SetId>> {
    let index = sets_by_term(pages, sets);
    let mut terms: Vec<Vec<&[SetId]>> = vec![Vec::new(); sets.len()];
    for members in index.values() {
        for set in members {
            if let Some(list) = terms.get_mut(set.0 as usize) {
                list.push(members);
            }
        }
    }
    sets.par_iter()
        .enumerate()
        .map(|(number, set)| match (set.role, u32::try_from(number), terms.get(number)) {
            (Role::Page, Ok(own), Some(terms)) => nearest(SetId(own), terms, pages, sets),
            _ => Vec::new(),
        })
        .collect()
}

/// The nearest sets to one: each shared term weighs the more the fewer pages have it; equals are
/// ordered newest first, then by id.
fn nearest(own: SetId, terms: &[&[SetId]], pages: &[Page], sets: &[TranslationSet]) -> Vec<SetId> {
    let mut scores: BTreeMap<SetId, u64> = BTreeMap::new();
    for members in terms {
        // Neighbours in the order of the site, so that what is looked at does not depend on chance.
        let position = members.partition_point(|set| *set < own);
        let start = position.saturating_sub(LOOK_AT / 2);
        let weight = 1_000_000 / (members.len() as u64 + 1);
        for set in members.iter().skip(start).take(LOOK_AT).filter(|set| **set != own) {
            *scores.entry(*set).or_default() += weight;
        }
    }
    let mut ranked: Vec<(u64, Option<jiff::Timestamp>, SetId)> = scores
        .into_iter()
        .filter_map(|(id, score)| {
            let set = sets.get(id.0 as usize).filter(|set| set.role == Role::Page)?;
            let page = pages.get(first_page(set)?.0 as usize).filter(|page| page.meta.withdrawn.is_none())?;
            Some((score, page.meta.list_date().map(|date| date.at), id))
        })
        .collect();
    ranked.sort_by(|a, b| b.0.cmp(&a.0).then(b.1.cmp(&a.1)).then(a.2.cmp(&b.2)));
    ranked.into_iter().take(LIMIT).map(|(_, _, id)| id).collect()
}
