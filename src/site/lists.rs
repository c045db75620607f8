//! What the lists of sections show, in which order, and how they fall into years and months.

use std::cmp::{Ordering, Reverse};
use std::collections::BTreeMap;

use rayon::prelude::*;

use super::{Member, Page, PageId, Role, Section, SectionId, SetId, TranslationSet};
use crate::base::lang::{Lang, PerLang};
use crate::base::text::collation_key;
use crate::config::{MissingTranslation, SiteConfig};
use crate::content::front_matter::Sort;

/// What lists show in each language, newest first: the page of every set in the language, and, where
/// the setting says so, the one in the other language where there is no translation. Withdrawn pages
/// are in no list. All lists are taken from here, so that they need not be sorted one by one.
#[must_use]
pub(super) fn shown(sets: &[TranslationSet], pages: &[Page], config: &SiteConfig) -> PerLang<Vec<(SetId, Member)>> {
    let of = |lang: Lang| {
        let mut shown = Vec::with_capacity(sets.len());
        for (number, set) in (0..).zip(sets) {
            let other = match config.missing_translation {
                MissingTranslation::Link => *set.pages.get(lang.other()),
                MissingTranslation::Hide => None,
            };
            let Some(id) = set.pages.get(lang).or(other) else { continue };
            let Some(page) = pages.get(id.0 as usize).filter(|page| page.meta.withdrawn.is_none()) else { continue };
            shown.push((SetId(number), Member { page: id, date: page.meta.list_date() }));
        }
        shown.sort_unstable_by(|(_, a), (_, b)| by_date(a, b));
        shown
    };
    let (vi, en) = rayon::join(|| of(Lang::Vi), || of(Lang::En));
    PerLang { vi, en }
}

/// The members of every section in each language, in the order of the section.
#[must_use]
pub(super) fn members(
    sections: &[Section],
    sets: &[TranslationSet],
    pages: &[Page],
    shown: &PerLang<Vec<(SetId, Member)>>,
) -> Vec<PerLang<Vec<Member>>> {
    let mut lists: Vec<PerLang<Vec<Member>>> = sections.iter().map(|_| PerLang::default()).collect();
    for (lang, shown) in shown.iter() {
        for (id, member) in shown {
            let Some(set) = sets.get(id.0 as usize).filter(|set| set.role == Role::Page) else { continue };
            // A list shows what its sub-sections hold, too.
            let mut section = set.section;
            loop {
                if let Some(list) = lists.get_mut(section.0 as usize) {
                    list.get_mut(lang).push(*member);
                }
                let parent = sections.get(section.0 as usize).map_or(SectionId(0), |s| s.parent);
                if section == SectionId(0) || parent == SectionId(0) {
                    break;
                }
                section = parent;
            }
        }
    }
    lists.par_iter_mut().zip(sections).for_each(|(list, section)| {
        for lang in Lang::ALL {
            let list = list.get_mut(lang);
            sort(list, section.sort, pages);
            list.shrink_to_fit();
        }
    });
    lists
}

/// Sorts by date, newest first; pages of one moment by their order in the site.
pub fn newest_first(members: &mut [Member]) {
    members.sort_by(by_date);
}

/// The later first; of one moment, by their order in the site.
fn by_date(a: &Member, b: &Member) -> Ordering {
    b.date.map(|d| d.at).cmp(&a.date.map(|d| d.at)).then(a.page.cmp(&b.page))
}

fn sort(members: &mut [Member], order: Sort, pages: &[Page]) {
    match order {
        // They come so.
        Sort::Date => {}
        Sort::Title => {
            let title = |id: PageId| pages.get(id.0 as usize).map(|page| collation_key(&page.meta.title));
            members.sort_by_cached_key(|member| (title(member.page), member.page));
        }
        Sort::Order => members.sort_by_key(|member| member.page),
    }
}

/// The dated members of a list by year and month, latest first.
#[derive(Clone, Debug, Default)]
pub struct Archive {
    years: BTreeMap<Reverse<i16>, Year>,
}

/// One year of an archive.
#[derive(Clone, Debug, Default)]
pub struct Year {
    /// Its members, in the order of the list.
    pub members: Vec<Member>,
    months: BTreeMap<Reverse<i8>, Vec<Member>>,
}

impl Archive {
    /// The archive of a list.
    #[must_use]
    pub fn of(members: &[Member]) -> Self {
        let mut years: BTreeMap<Reverse<i16>, Year> = BTreeMap::new();
        for member in members {
            let Some(date) = member.date else { continue };
            let year = years.entry(Reverse(date.local.year())).or_default();
            year.members.push(*member);
            year.months.entry(Reverse(date.local.month())).or_default().push(*member);
        }
        Self { years }
    }

    /// The years, latest first.
    pub fn years(&self) -> impl Iterator<Item = (i16, &Year)> {
        self.years.iter().map(|(year, members)| (year.0, members))
    }

    /// The members of a year, or of a month of it; empty where there are none.
    #[must_use]
    pub fn members(&self, year: i16, month: Option<i8>) -> &[Member] {
        let Some(year) = self.years.get(&Reverse(year)) else { return &[] };
        match month {
            None => &year.members,
            Some(month) => year.months.get(&Reverse(month)).map_or(&[], Vec::as_slice),
        }
    }

    /// A year.
    #[must_use]
    pub fn year(&self, year: i16) -> Option<&Year> {
        self.years.get(&Reverse(year))
    }
}

impl Year {
    /// The months, latest first.
    pub fn months(&self) -> impl Iterator<Item = (i8, &[Member])> {
        self.months.iter().map(|(month, members)| (month.0, members.as_slice()))
    }
}
