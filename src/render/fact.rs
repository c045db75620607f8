//! What jobs read of a site, each thing by a key of its own, as fine as it deserves.

use std::cell::LazyCell;
use std::collections::BTreeMap;

use foldhash::fast::FixedState;
use indexmap::IndexSet;
use serde::{Deserialize, Serialize};

use crate::base::lang::{Lang, PerLang};
use crate::base::path::RelPath;
use crate::content::directive::When;
use crate::site::calendar::Month;
use crate::site::routes::Route;
use crate::site::terms::{TermId, TermPages, Vocabulary};
use crate::site::{PageId, SectionId, SetId, Site};
use crate::theme::Theme;

/// Facts, each once, known by their places.
pub type Facts = IndexSet<Fact, FixedState>;

/// One thing a job may read. Ids are those of one site; [`Names`] leads from one site to another.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Fact {
    /// The settings, and what the build shows beyond what is due. Every job reads them.
    Settings,
    /// The value `site` of a language.
    Site(Lang),
    /// A template with all it extends, includes and calls.
    Template(Box<str>),
    /// A string of the theme, by its place in the catalogue.
    Text(Lang, usize),
    /// A static file of the theme: its address.
    Asset(Box<str>),
    /// What an option of the theme says.
    Option(Box<str>),
    /// The own record of a page: its fields, its text, the addresses its links lead to.
    Page(PageId),
    /// What lists show of a page, in a language.
    Summary(PageId, Lang),
    /// Address, title and language of a page.
    Headline(PageId),
    /// The targets of a document.
    Targets(PageId),
    /// Where the same as a route answers in each language.
    Twins(Route),
    /// The documents a document names and is named by.
    Relations(SetId, Lang),
    /// The pages whose text cites a document.
    CitedBy(SetId, Lang),
    /// The first so many pages to be named beside one.
    Beside(PageId, Near, usize),
    /// A section without its pages: address, title, the way to it, its feeds.
    Section(SectionId, Lang),
    /// The sections right below one.
    Children(SectionId, Lang),
    /// The members on one page of a list, from 1, and how many there are in all.
    Slice(List, Lang, usize),
    /// The years of a section's archive.
    Years(SectionId, Lang),
    /// The months of one year.
    Months(SectionId, Lang, i16),
    /// Name and address of a term.
    Term(Vocabulary, usize, Lang),
    /// All terms of a vocabulary with the numbers of their pages.
    Terms(Vocabulary, Lang),
    /// The tree of the site map for people.
    Tree(Lang),
    /// The newest pages of a section, by its folder: so many.
    Latest(Box<str>, Lang, usize),
    /// The page that leads a section, by its folder.
    Featured(Box<str>, Lang),
    /// The page at a path of the content.
    PageAt(Box<str>, Lang),
    /// A list of events.
    Events(Box<EventQuery>),
    /// What calendars and open data say of one event.
    EventRecord(PageId),
    /// The months that have events, with their numbers.
    Calendar(Lang),
    /// The events of a month, and the nearest months that have any.
    CalendarMonth(Lang, Month),
    /// The next day of a series that has one by rule, from the build date.
    NextDay(Box<str>),
    /// The day of the build date.
    Today,
    /// The address of a file of the content.
    File(RelPath),
    /// The addresses and sizes of a picture of the content.
    Picture(RelPath),
    /// The size of an attachment.
    Size(RelPath),
    /// What open data tell of all documents.
    DocumentRecords(Lang),
    /// Which open data there are.
    OpenData(Lang),
    /// A feed.
    Feed(Option<SectionId>, Lang),
    /// The addresses for search engines.
    Indexable,
    /// The old addresses.
    Redirects,
    /// The top folders of all addresses.
    TopFolders,
}

/// Why a page is named beside another, in whose language it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Near {
    /// It is near to it by documents, topics, tags and time.
    Related,
    /// It is among the newest news of the same part of the portal.
    Newest,
    /// It comes after it in the list of its section.
    Earlier,
}

/// A list that is cut into pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum List {
    /// The pages of a section.
    Section(SectionId),
    /// Those of one year, or one month of it.
    Archive(SectionId, i16, Option<i8>),
    /// Those of a term.
    Term(Vocabulary, usize),
}

/// Which events are asked for.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct EventQuery {
    /// The language of the reader.
    pub lang: Lang,
    /// By time from the build date.
    pub when: When,
    /// Those of one series.
    pub series: Option<String>,
    /// Those of one year.
    pub year: Option<i16>,
    /// At most so many.
    pub limit: Option<usize>,
}

/// What the ids in facts stand for: the names of things by their ids, in the order of the arenas; and
/// what else is needed to tell people what a fact is about.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Names {
    /// The published pages: their files.
    pub pages: Vec<RelPath>,
    /// The keys of the translation sets.
    pub sets: Vec<String>,
    /// The folders of the sections.
    pub sections: Vec<String>,
    pub(super) terms: BTreeMap<Vocabulary, Vec<TermId>>,
    /// What the terms are called, in the language of the site where they have a name in it.
    pub(super) labels: BTreeMap<Vocabulary, Vec<String>>,
    pub(super) texts: PerLang<Vec<String>>,
    /// The sets that menu and footer name.
    pub menu: Vec<SetId>,
    /// The sets that are legal documents.
    pub documents: Vec<SetId>,
    /// The layers of the theme, lowest first.
    pub layers: Vec<String>,
    /// Each template with all it uses, itself included.
    pub templates: BTreeMap<String, Vec<String>>,
}

impl Names {
    /// The names of a site and its theme, whose templates are these.
    #[must_use]
    pub fn of(site: &Site, theme: &Theme, templates: BTreeMap<String, Vec<String>>) -> Self {
        let terms = site.vocabularies.iter();
        let default = site.config.default_language;
        let label = |term: &TermPages| {
            let label = term.label.get(default).as_ref().or(term.label.get(default.other()).as_ref());
            label.map(|(name, _)| name.clone()).unwrap_or_default()
        };
        Self {
            pages: site.pages.iter().map(|page| page.document.path.clone()).collect(),
            sets: site.sets.iter().map(|set| set.key.clone()).collect(),
            sections: site.sections.iter().map(|section| section.key.clone()).collect(),
            labels: terms.clone().map(|(v, terms)| (*v, terms.iter().map(label).collect())).collect(),
            terms: terms.map(|(v, terms)| (*v, terms.iter().map(|term| term.id.clone()).collect())).collect(),
            texts: PerLang::from_fn(|lang| theme.strings.get(lang).keys().map(str::to_owned).collect()),
            menu: site.menu.iter().chain(&site.footer).copied().collect(),
            documents: site.legal_documents().collect(),
            layers: theme.layers.clone(),
            templates,
        }
    }
}

/// The way from the ids of an earlier site to those of the present one.
#[derive(Debug)]
pub struct Translator {
    pages: Vec<Option<usize>>,
    sets: Vec<Option<usize>>,
    sections: Vec<Option<usize>>,
    terms: BTreeMap<Vocabulary, Vec<Option<usize>>>,
    texts: PerLang<Vec<Option<usize>>>,
}

impl Translator {
    /// The way between two sites, by names.
    #[must_use]
    pub fn between(before: &Names, now: &Names) -> Self {
        let no_terms = Vec::new();
        let of_terms = |vocabulary: &Vocabulary| now.terms.get(vocabulary).unwrap_or(&no_terms);
        Self {
            pages: ids(&before.pages, &now.pages),
            sets: ids(&before.sets, &now.sets),
            sections: ids(&before.sections, &now.sections),
            terms: before.terms.iter().map(|(v, terms)| (*v, ids(terms, of_terms(v)))).collect(),
            texts: PerLang::from_fn(|lang| ids(before.texts.get(lang), now.texts.get(lang))),
        }
    }

    /// A fact with the ids of the present site; `None` where what it is about is gone.
    #[must_use]
    pub fn fact(&self, fact: &Fact) -> Option<Fact> {
        Some(match *fact {
            Fact::Text(lang, id) => Fact::Text(lang, get(self.texts.get(lang), id)?),
            Fact::Page(page) => Fact::Page(self.page(page)?),
            Fact::Summary(page, lang) => Fact::Summary(self.page(page)?, lang),
            Fact::Headline(page) => Fact::Headline(self.page(page)?),
            Fact::Targets(page) => Fact::Targets(self.page(page)?),
            Fact::EventRecord(page) => Fact::EventRecord(self.page(page)?),
            Fact::Beside(page, near, limit) => Fact::Beside(self.page(page)?, near, limit),
            Fact::Twins(ref route) => Fact::Twins(self.route(route)?),
            Fact::Relations(set, lang) => Fact::Relations(self.set(set)?, lang),
            Fact::CitedBy(set, lang) => Fact::CitedBy(self.set(set)?, lang),
            Fact::Section(section, lang) => Fact::Section(self.section(section)?, lang),
            Fact::Children(section, lang) => Fact::Children(self.section(section)?, lang),
            Fact::Years(section, lang) => Fact::Years(self.section(section)?, lang),
            Fact::Months(section, lang, year) => Fact::Months(self.section(section)?, lang, year),
            Fact::Slice(list, lang, number) => Fact::Slice(self.list(list)?, lang, number),
            Fact::Term(vocabulary, term, lang) => Fact::Term(vocabulary, self.term(vocabulary, term)?, lang),
            Fact::Feed(Some(section), lang) => Fact::Feed(Some(self.section(section)?), lang),
            ref same => same.clone(),
        })
    }

    fn page(&self, id: PageId) -> Option<PageId> {
        get(&self.pages, id.0 as usize).and_then(|id| u32::try_from(id).ok()).map(PageId)
    }

    fn set(&self, id: SetId) -> Option<SetId> {
        get(&self.sets, id.0 as usize).and_then(|id| u32::try_from(id).ok()).map(SetId)
    }

    fn section(&self, id: SectionId) -> Option<SectionId> {
        get(&self.sections, id.0 as usize).and_then(|id| u32::try_from(id).ok()).map(SectionId)
    }

    fn term(&self, vocabulary: Vocabulary, id: usize) -> Option<usize> {
        get(self.terms.get(&vocabulary)?, id)
    }

    fn route(&self, route: &Route) -> Option<Route> {
        Some(match *route {
            Route::Page(page) => Route::Page(self.page(page)?),
            Route::EventFile(page) => Route::EventFile(self.page(page)?),
            Route::Section { section, lang, number } => {
                Route::Section { section: self.section(section)?, lang, number }
            }
            Route::Archive { section, lang, year, month, number } => {
                Route::Archive { section: self.section(section)?, lang, year, month, number }
            }
            Route::Term { vocabulary, term, lang, number } => {
                Route::Term { vocabulary, term: self.term(vocabulary, term)?, lang, number }
            }
            Route::Feed { lang, section: Some(section) } => Route::Feed { lang, section: Some(self.section(section)?) },
            ref same => same.clone(),
        })
    }

    fn list(&self, list: List) -> Option<List> {
        Some(match list {
            List::Section(section) => List::Section(self.section(section)?),
            List::Archive(section, year, month) => List::Archive(self.section(section)?, year, month),
            List::Term(vocabulary, term) => List::Term(vocabulary, self.term(vocabulary, term)?),
        })
    }
}

fn get(ids: &[Option<usize>], id: usize) -> Option<usize> {
    ids.get(id).copied().flatten()
}

/// For each name the place where the second list has it.
fn ids<T: Ord>(before: &[T], now: &[T]) -> Vec<Option<usize>> {
    let places: LazyCell<BTreeMap<&T, usize>, _> = LazyCell::new(|| now.iter().zip(0..).collect());
    let mut guess = 0;
    let place = |name: &T| {
        // Most often both lists are the same, or nearly so.
        let at = if now.get(guess) == Some(name) { Some(guess) } else { places.get(name).copied() };
        guess = at.map_or(guess, |at| at + 1);
        at
    };
    before.iter().map(place).collect()
}
