//! Related pages: those that name the same documents, and share the most and the rarest topics and tags.

use std::cmp::Reverse;
use std::collections::HashMap;

use foldhash::fast::FixedState;
use jiff::Timestamp;
use rayon::prelude::*;

use super::terms::first_page;
use super::{Page, ResolvedLink, Role, SetId, TranslationSet};
use crate::content::front_matter::Kind;

/// How many related pages a page has at most, in any language.
const LIMIT: usize = 8;

/// How many sets of one term are looked at: the common terms of a large site would make this
/// quadratic, and say little.
const LOOK_AT: usize = 64;

/// How much more it says to name the same document than to share a topic or tag that as many pages have.
const DOCUMENT: u64 = 4;

/// How many sets a worker takes at least: each needs a table of all sets.
const SETS_AT_ONCE: usize = 512;

/// What two sets may share.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Term<'a> {
    Document(SetId),
    Topic(usize),
    Tag(&'a str),
}

impl Term<'_> {
    /// What it says to share it: the more the fewer have it. Of a term that a million have, too, each is
    /// seen.
    fn weight(self, members: usize) -> u64 {
        let rare = (1_000_000 / (members as u64 + 1)).max(1);
        if let Term::Document(_) = self { rare * DOCUMENT } else { rare }
    }
}

/// One set, by the first of its pages.
struct Entry<'a> {
    page: &'a Page,
    kind: Kind,
    /// Its date, if it has one. The outer is absent where it must not be shown.
    shown: Option<Option<Timestamp>>,
    /// Its place in time among all sets; those of one moment as they come.
    place: u32,
}

/// All sets, and those that have each term, in the order of time.
struct Index<'a> {
    entries: Vec<Option<Entry<'a>>>,
    terms: HashMap<Term<'a>, Vec<SetId>, FixedState>,
}

impl<'a> Index<'a> {
    fn of(pages: &'a [Page], sets: &[TranslationSet]) -> Self {
        let mut entries: Vec<Option<Entry<'a>>> = sets
            .iter()
            .map(|set| {
                let page =
                    first_page(set).and_then(|id| pages.get(id.0 as usize)).filter(|_| set.role == Role::Page)?;
                let shown = page.meta.withdrawn.is_none().then(|| page.meta.list_date().map(|date| date.at));
                Some(Entry { page, kind: set.kind, shown, place: 0 })
            })
            .collect();
        let mut order: Vec<(Option<Option<Timestamp>>, usize)> =
            entries.iter().enumerate().filter_map(|(set, entry)| Some((entry.as_ref()?.shown, set))).collect();
        order.sort_unstable();
        let mut terms: HashMap<Term<'a>, Vec<SetId>, FixedState> = HashMap::default();
        for (place, (_, number)) in (0..).zip(order) {
            let Some(Some(entry)) = entries.get_mut(number) else { continue };
            entry.place = place;
            for term in terms_of(entry.page, pages, sets) {
                terms.entry(term).or_default().push(SetId(number as u32));
            }
        }
        Self { entries, terms }
    }

    fn entry(&self, set: SetId) -> Option<&Entry<'a>> {
        self.entries.get(set.0 as usize)?.as_ref()
    }
}

/// What a page may share with others, each once: the documents it cites or links to, its topics, its tags.
fn terms_of<'a>(page: &'a Page, pages: &[Page], sets: &[TranslationSet]) -> Vec<Term<'a>> {
    let set_of = |link: &ResolvedLink| match link {
        ResolvedLink::Page(id, _) => pages.get(id.0 as usize).map(|page| page.set),
        _ => None,
    };
    let is_document =
        |set: &SetId| sets.get(set.0 as usize).is_some_and(|set| set.kind == Kind::Decision && set.role == Role::Page);
    let cited = page.citations.iter().filter_map(|cited| pages.get(cited.page()?.0 as usize)).map(|page| page.set);
    let mut documents: Vec<SetId> = page.links.iter().filter_map(set_of).chain(cited).filter(is_document).collect();
    documents.sort_unstable();
    documents.dedup();
    let topics = page.meta.topics.iter().map(|topic| Term::Topic(*topic));
    let tags = page.meta.tags.iter().map(|tag| Term::Tag(tag.slug.as_str()));
    documents.into_iter().map(Term::Document).chain(topics).chain(tags).collect()
}

/// The related sets of every set, nearest first. Of a news item only news are related: that is what its
/// readers are told. The links and citations of the pages must be resolved.
#[must_use]
pub fn related(pages: &[Page], sets: &[TranslationSet]) -> Vec<Vec<SetId>> {
    let index = Index::of(pages, sets);
    (0..sets.len() as u32)
        .into_par_iter()
        .with_min_len(SETS_AT_ONCE)
        .map_init(
            || vec![0; sets.len()],
            |scores, own| match index.entry(SetId(own)) {
                Some(entry) => nearest(SetId(own), entry, &terms_of(entry.page, pages, sets), &index, scores),
                None => Vec::new(),
            },
        )
        .collect()
}

/// The nearest sets to one: each shared term weighs the more the fewer pages have it; equals are
/// ordered newest first, then by id. `scores` is 0 for every set, before and after.
fn nearest(own: SetId, entry: &Entry<'_>, terms: &[Term<'_>], index: &Index<'_>, scores: &mut [u64]) -> Vec<SetId> {
    let mut ranked: Vec<(Reverse<u64>, Reverse<Option<Timestamp>>, SetId)> = Vec::new();
    for term in terms {
        let Some(members) = index.terms.get(term) else { continue };
        // Neighbours in time: what came shortly before and after says more than what is far away.
        let position = members.partition_point(|set| index.entry(*set).is_some_and(|set| set.place < entry.place));
        let start = position.saturating_sub(LOOK_AT / 2);
        let weight = term.weight(members.len());
        for set in members.iter().skip(start).take(LOOK_AT).filter(|set| **set != own) {
            let (Some(other), Some(score)) = (index.entry(*set), scores.get_mut(set.0 as usize)) else { continue };
            let Some(date) = other.shown.filter(|_| entry.kind != Kind::News || other.kind == Kind::News) else {
                continue;
            };
            if *score == 0 {
                ranked.push((Reverse(0), Reverse(date), *set));
            }
            *score += weight;
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
