//! Every address the site answers: pages, lists, archives, terms, feeds and old addresses.

use serde::{Deserialize, Serialize};

use super::calendar::Month;
use super::pictures;
use super::terms::Vocabulary;
use super::urls::{home_url, list_page_url};
use super::{Feed, Member, PageId, Role, SectionId, Site};
use crate::base::lang::Lang;
use crate::base::path::{RelPath, UrlPath};
use crate::config::SiteConfig;

/// Something with an address.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Route {
    /// The home page of a language.
    Home(Lang),
    /// An ordinary page.
    Page(PageId),
    /// Page `number` of a section's list.
    Section {
        /// The section.
        section: SectionId,
        /// The language.
        lang: Lang,
        /// From 1.
        number: usize,
    },
    /// A section's year, or month of a year.
    Archive {
        /// The section.
        section: SectionId,
        /// The language.
        lang: Lang,
        /// The year.
        year: i16,
        /// The month, from 1; the whole year where absent.
        month: Option<i8>,
        /// From 1.
        number: usize,
    },
    /// All terms of a vocabulary.
    Terms {
        /// The vocabulary.
        vocabulary: Vocabulary,
        /// The language.
        lang: Lang,
    },
    /// Page `number` of the list of a term.
    Term {
        /// The vocabulary.
        vocabulary: Vocabulary,
        /// Its index in the vocabulary.
        term: usize,
        /// The language.
        lang: Lang,
        /// From 1.
        number: usize,
    },
    /// The site map for people.
    SiteMap(Lang),
    /// The feed of a language, or of a section of it.
    Feed {
        /// The language.
        lang: Lang,
        /// The section; the whole language where absent.
        section: Option<SectionId>,
    },
    /// The calendar of events: a month, or all months that have events.
    Calendar {
        /// The language.
        lang: Lang,
        /// The month; the overview where absent.
        month: Option<Month>,
    },
    /// All events of a language for calendar programs.
    CalendarFile(Lang),
    /// One event for calendar programs.
    EventFile(PageId),
    /// What the portal knows, for other programs.
    OpenData {
        /// What of it.
        dataset: Dataset,
        /// The language of its texts.
        lang: Lang,
    },
    /// A file of the content.
    File(RelPath),
    /// Something made of a picture of the content: the picture, and the place among what is made of it.
    Picture(RelPath, usize),
    /// An old address: index into `Site::redirects`.
    Redirect(usize),
}

/// A file of open data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Dataset {
    /// The events.
    Events,
    /// The legal documents.
    Documents,
    /// What they ask to be reached, and what was measured.
    Targets,
}

impl Dataset {
    /// Its name for programs.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Events => "events",
            Self::Documents => "documents",
            Self::Targets => "targets",
        }
    }

    /// The name of its file.
    #[must_use]
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Events => "events.json",
            Self::Documents => "documents.json",
            Self::Targets => "targets.csv",
        }
    }
}

/// A route and its address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addressed {
    /// What answers.
    pub route: Route,
    /// Where.
    pub url: UrlPath,
}

/// How many entries lists of terms and archives show on a page.
pub const LIST_SIZE: usize = 20;

/// How many list pages some entries fill; an empty list has one.
#[must_use]
pub fn list_pages(count: usize, size: usize) -> usize {
    count.div_ceil(size.max(1)).max(1)
}

/// All routes of a site with their addresses, in a fixed order.
#[must_use]
pub fn routes(site: &Site) -> Vec<Addressed> {
    with_files(made(site), site)
}

/// The routes of a site with those of its files and old addresses behind them.
pub(super) fn with_files(mut all: Vec<Addressed>, site: &Site) -> Vec<Addressed> {
    all.reserve_exact(site.files.len() + site.redirects.len());
    let copied = site.files.iter().filter(|(path, _)| pictures::is_copied(site, path));
    all.extend(copied.map(|(path, url)| Addressed { route: Route::File(path.clone()), url: url.clone() }));
    all.extend(pictures::routes(site));
    let redirects = site.redirects.iter().enumerate();
    all.extend(
        redirects.map(|(index, redirect)| Addressed { route: Route::Redirect(index), url: redirect.from.clone() }),
    );
    all
}

/// The routes of everything that the program makes itself.
pub(super) fn made(site: &Site) -> Vec<Addressed> {
    let mut all = Vec::with_capacity(site.pages.len() * 2);
    for lang in Lang::ALL {
        all.push(Addressed { route: Route::Home(lang), url: home_url(&site.config, lang) });
        all.push(Addressed { route: Route::SiteMap(lang), url: sitemap_url(site, lang) });
        if has_language_feed(site, lang) {
            all.push(Addressed {
                route: Route::Feed { lang, section: None },
                url: home_url(&site.config, lang).file("atom.xml"),
            });
        }
    }
    for id in site.page_ids() {
        if site.set_of(id).role == Role::Page {
            all.push(Addressed { route: Route::Page(id), url: site.page(id).url.clone() });
            all.extend(event_file_url(site, id).map(|url| Addressed { route: Route::EventFile(id), url }));
        }
    }
    for section in site.section_ids().skip(1) {
        for lang in Lang::ALL {
            section_routes(site, section, lang, &mut all);
        }
    }
    for (vocabulary, terms) in &site.vocabularies {
        for lang in Lang::ALL {
            term_routes(site, *vocabulary, terms, lang, &mut all);
        }
    }
    for lang in Lang::ALL {
        for dataset in datasets_of_documents(site, lang) {
            let url = open_data_url(&site.config, dataset, lang);
            all.push(Addressed { route: Route::OpenData { dataset, lang }, url });
        }
    }
    Lang::ALL.into_iter().for_each(|lang| calendar_routes(site, lang, &mut all));
    all
}

/// The calendar of a language and what other programs get of it; nothing where there are no events.
fn calendar_routes(site: &Site, lang: Lang, all: &mut Vec<Addressed>) {
    let calendar = site.calendar.get(lang);
    if calendar.is_empty() {
        return;
    }
    let months = calendar.months().map(|(month, _)| Some(month));
    all.extend(std::iter::once(None).chain(months).map(|month| Addressed {
        route: Route::Calendar { lang, month },
        url: calendar_url(&site.config, lang, month),
    }));
    all.push(Addressed { route: Route::CalendarFile(lang), url: calendar_file_url(&site.config, lang) });
    let dataset = Dataset::Events;
    all.push(Addressed { route: Route::OpenData { dataset, lang }, url: open_data_url(&site.config, dataset, lang) });
}

/// The address of a month of the calendar, or of its overview.
#[must_use]
pub fn calendar_url(config: &SiteConfig, lang: Lang, month: Option<Month>) -> UrlPath {
    let overview = home_url(config, lang).dir(config.paths.calendar.get(lang).as_str());
    month.map_or_else(|| overview.clone(), |(year, month)| archive_address(&overview, year, Some(month)))
}

/// The address of all events of a language for calendar programs.
#[must_use]
pub fn calendar_file_url(config: &SiteConfig, lang: Lang) -> UrlPath {
    home_url(config, lang).file(&format!("{}.ics", config.paths.calendar.get(lang).as_str()))
}

/// The address of one event for calendar programs, beside its page; `None` for other pages and for events
/// that were taken back.
#[must_use]
pub fn event_file_url(site: &Site, id: PageId) -> Option<UrlPath> {
    let page = site.page(id);
    let is_event = page.meta.event.is_some() && page.meta.withdrawn.is_none();
    is_event.then(|| event_file_address(&page.url)).flatten()
}

/// The address of the calendar file beside the page of an event: it has the name of the page.
#[must_use]
pub fn event_file_address(page: &UrlPath) -> Option<UrlPath> {
    let name = page.as_str().trim_end_matches('/').rsplit('/').next()?;
    Some(page.file(&format!("{name}.ics")))
}

/// What other programs get of the documents of a language: nothing where there are none.
pub fn datasets_of_documents(site: &Site, lang: Lang) -> impl Iterator<Item = Dataset> {
    let types = site.vocabularies.get(&Vocabulary::Types).into_iter().flatten();
    let mut documents = types.flat_map(|term| term.members.get(lang)).peekable();
    let any = documents.peek().is_some();
    let document = |member: &Member| site.page(member.page).meta.decision.as_deref();
    let aims = documents.filter_map(document).any(|document| !document.targets.is_empty());
    [any.then_some(Dataset::Documents), aims.then_some(Dataset::Targets)].into_iter().flatten()
}

/// What other programs get of a language.
pub fn datasets(site: &Site, lang: Lang) -> impl Iterator<Item = Dataset> {
    let events = (!site.calendar.get(lang).is_empty()).then_some(Dataset::Events);
    datasets_of_documents(site, lang).chain(events)
}

/// The address of a file of open data.
#[must_use]
pub fn open_data_url(config: &SiteConfig, dataset: Dataset, lang: Lang) -> UrlPath {
    home_url(config, lang).file(dataset.file_name())
}

/// The address of the site map for people.
#[must_use]
pub fn sitemap_url(site: &Site, lang: Lang) -> UrlPath {
    home_url(&site.config, lang).dir(site.config.paths.sitemap.get(lang).as_str())
}

/// The address of all terms of a vocabulary.
#[must_use]
pub fn terms_url(config: &SiteConfig, vocabulary: Vocabulary, lang: Lang) -> UrlPath {
    home_url(config, lang).dir(vocabulary.path(config, lang).as_str())
}

/// The address of a section's year or month.
#[must_use]
pub fn archive_url(site: &Site, section: SectionId, lang: Lang, year: i16, month: Option<i8>) -> UrlPath {
    archive_address(site.section(section).url.get(lang), year, month)
}

/// The first page of a year or month of the archive of the section at an address.
#[must_use]
pub fn archive_address(section: &UrlPath, year: i16, month: Option<i8>) -> UrlPath {
    let year = section.dir(&year.to_string());
    month.map_or_else(|| year.clone(), |month| year.dir(&format!("{month:02}")))
}

/// Whether any section with a feed has a page in a language.
#[must_use]
pub fn has_language_feed(site: &Site, lang: Lang) -> bool {
    site.section_ids().any(|id| site.section(id).feed == Feed::Atom && has_own_pages(site, id, lang))
}

/// Whether a section lists a page in a language itself, not only ones of the other language.
#[must_use]
pub fn has_own_pages(site: &Site, section: SectionId, lang: Lang) -> bool {
    site.section(section).members.get(lang).iter().any(|member| site.page(member.page).lang == lang)
}

fn section_routes(site: &Site, id: SectionId, lang: Lang, all: &mut Vec<Addressed>) {
    let section = site.section(id);
    let members = section.members.get(lang);
    for number in 1..=list_pages(members.len(), section.page_size) {
        let url = list_page_url(section.url.get(lang), number, &site.config, lang);
        all.push(Addressed { route: Route::Section { section: id, lang, number }, url });
    }
    if section.feed == Feed::Atom && has_own_pages(site, id, lang) {
        let url = section.url.get(lang).file("atom.xml");
        all.push(Addressed { route: Route::Feed { lang, section: Some(id) }, url });
    }
    let mut archive = |year: i16, month: Option<i8>, members: &[Member]| {
        let base = archive_url(site, id, lang, year, month);
        for number in 1..=list_pages(members.len(), LIST_SIZE) {
            let url = list_page_url(&base, number, &site.config, lang);
            all.push(Addressed { route: Route::Archive { section: id, lang, year, month, number }, url });
        }
    };
    for (number, year) in section.archive.get(lang).years() {
        archive(number, None, &year.members);
        for (month, members) in year.months() {
            archive(number, Some(month), members);
        }
    }
}

fn term_routes(site: &Site, vocabulary: Vocabulary, terms: &[super::TermPages], lang: Lang, all: &mut Vec<Addressed>) {
    let base = terms_url(&site.config, vocabulary, lang);
    let mut any = false;
    for (index, term) in terms.iter().enumerate() {
        let members = term.members.get(lang);
        let Some((_, slug)) = term.label.get(lang).as_ref().filter(|_| !members.is_empty()) else { continue };
        any = true;
        for number in 1..=list_pages(members.len(), LIST_SIZE) {
            let url = list_page_url(&base.dir(slug.as_str()), number, &site.config, lang);
            all.push(Addressed { route: Route::Term { vocabulary, term: index, lang, number }, url });
        }
    }
    if any {
        all.push(Addressed { route: Route::Terms { vocabulary, lang }, url: base });
    }
}
