//! Related pages: those that name the same documents, and share the most and the rarest topics and tags.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::{Mutex, OnceLock, PoisonError};

use foldhash::fast::FixedState;
use jiff::Timestamp;

use super::terms::first_page;
use super::{ResolvedLink, Role, SetId, Site};
use crate::base::checksum::Checksum;
use crate::content::front_matter::Kind;

/// How many related pages a page has at most, in any language.
const LIMIT: usize = 8;

/// How many sets of one term are looked at: the common terms of a large site would make this
/// quadratic, and say little.
const LOOK_AT: usize = 64;

/// How much more it says to name the same document than to share a topic or tag that as many pages have.
const DOCUMENT: u64 = 4;

/// The related sets of every set, found when somebody asks for them: not every theme does. The links and
/// citations of a site decide them, not its texts.
#[derive(Debug)]
pub struct RelatedSets {
    index: OnceLock<Index>,
    found: Box<[OnceLock<Box<[SetId]>>]>,
    /// Tables of a number for each set, all 0, that nobody uses just now.
    tables: Mutex<Vec<Vec<u64>>>,
}

impl RelatedSets {
    /// Those of a site.
    #[must_use]
    pub fn of_site(site: &Site) -> Self {
        let found = site.sets.iter().map(|_| OnceLock::new()).collect();
        Self { index: OnceLock::new(), found, tables: Mutex::default() }
    }

    /// The sets near to one of the site, nearest first. Of a news item only news are related: that is what its
    /// readers are told.
    pub fn of(&self, site: &Site, set: SetId) -> &[SetId] {
        self.found.get(set.0 as usize).map_or(&[], |found| found.get_or_init(|| self.find(site, set)))
    }

    fn find(&self, site: &Site, set: SetId) -> Box<[SetId]> {
        let tables = || self.tables.lock().unwrap_or_else(PoisonError::into_inner);
        let free = tables().pop();
        let mut scores = free.unwrap_or_else(|| vec![0; site.sets.len()]);
        let near = self.index.get_or_init(|| Index::of(site)).nearest(site, set, &mut scores);
        tables().push(scores);
        near
    }
}

/// What two sets may share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Term {
    Document(SetId),
    Topic(usize),
    /// By its slug.
    Tag(Checksum),
}

impl Term {
    /// What it says to share it: the more the fewer have it. Of a term that a million have, too, each is
    /// seen.
    fn weight(self, members: usize) -> u64 {
        let rare = (1_000_000 / (members as u64 + 1)).max(1);
        if let Self::Document(_) = self { rare * DOCUMENT } else { rare }
    }
}

/// One set, by the first of its pages.
#[derive(Debug)]
struct Entry {
    kind: Kind,
    /// What was taken back is not shown.
    is_shown: bool,
    /// Its place in time among all sets, the newest last; of those of one moment the first is last.
    place: u32,
}

/// All sets, and those that have each term, in the order of time.
#[derive(Debug)]
struct Index {
    entries: Vec<Option<Entry>>,
    terms: HashMap<Term, Vec<SetId>, FixedState>,
}

impl Index {
    fn of(site: &Site) -> Self {
        // What is not shown comes first, away from all others.
        let mut order: Vec<(Option<Option<Timestamp>>, Reverse<SetId>)> = Vec::with_capacity(site.sets.len());
        let mut entries: Vec<Option<Entry>> = (0..)
            .map(SetId)
            .zip(&site.sets)
            .map(|(id, set)| {
                let page = first_page(set).filter(|_| set.role == Role::Page).map(|id| site.page(id))?;
                let is_shown = page.meta.withdrawn.is_none();
                order.push((is_shown.then(|| page.meta.list_date().map(|date| date.at)), Reverse(id)));
                Some(Entry { kind: set.kind, is_shown, place: 0 })
            })
            .collect();
        order.sort_unstable();
        let mut terms: HashMap<Term, Vec<SetId>, FixedState> = HashMap::default();
        for (place, (_, Reverse(set))) in (0..).zip(order) {
            let Some(Some(entry)) = entries.get_mut(set.0 as usize) else { continue };
            entry.place = place;
            for term in terms_of(site, set) {
                terms.entry(term).or_default().push(set);
            }
        }
        Self { entries, terms }
    }

    fn entry(&self, set: SetId) -> Option<&Entry> {
        self.entries.get(set.0 as usize)?.as_ref()
    }

    /// The nearest sets to one: each shared term weighs the more the fewer pages have it; equals are
    /// ordered newest first, then by id. `scores` is 0 for every set, before and after.
    fn nearest(&self, site: &Site, own: SetId, scores: &mut [u64]) -> Box<[SetId]> {
        let Some(entry) = self.entry(own) else { return Box::default() };
        let mut ranked: Vec<(Reverse<u64>, Reverse<u32>, SetId)> = Vec::new();
        for term in terms_of(site, own) {
            let Some(members) = self.terms.get(&term) else { continue };
            // Neighbours in time: what came shortly before and after says more than what is far away.
            let position = members.partition_point(|set| self.entry(*set).is_some_and(|set| set.place < entry.place));
            let start = position.saturating_sub(LOOK_AT / 2);
            let weight = term.weight(members.len());
            for set in members.iter().skip(start).take(LOOK_AT).filter(|set| **set != own) {
                let (Some(other), Some(score)) = (self.entry(*set), scores.get_mut(set.0 as usize)) else { continue };
                if !other.is_shown || (entry.kind == Kind::News && other.kind != Kind::News) {
                    continue;
                }
                if *score == 0 {
                    ranked.push((Reverse(0), Reverse(other.place), *set));
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
}

/// What a set may share with others by the first of its pages, each once: the documents it cites or links to,
/// its topics, its tags.
fn terms_of(site: &Site, set: SetId) -> Vec<Term> {
    let Some(page) = first_page(site.set(set)).map(|id| site.page(id)) else { return Vec::new() };
    let set_of = |link: &ResolvedLink| match link {
        ResolvedLink::Page(id, _) => Some(site.page(*id).set),
        _ => None,
    };
    let is_document = |set: &SetId| {
        let set = site.set(*set);
        set.kind == Kind::Decision && set.role == Role::Page
    };
    let cited = page.citations.iter().filter_map(|cited| Some(site.page(cited.page()?).set));
    let mut documents: Vec<SetId> = page.links.iter().filter_map(set_of).chain(cited).filter(is_document).collect();
    documents.sort_unstable();
    documents.dedup();
    let topics = page.meta.topics.iter().map(|topic| Term::Topic(*topic));
    let tags = page.meta.tags.iter().map(|tag| Term::Tag(Checksum::of(&tag.slug)));
    documents.into_iter().map(Term::Document).chain(topics).chain(tags).collect()
}
