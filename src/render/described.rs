//! What a fact is about, in the words of files instead of the ids of one site.

use serde::{Deserialize, Serialize};

use super::fact::{Fact, List, Names};
use crate::base::lang::Lang;
use crate::content::directive::When;
use crate::site::routes::Route;
use crate::site::terms::Vocabulary;
use crate::site::{PageId, SectionId, SetId};

/// What is read of something, the most specific first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Aspect {
    /// A page's own text and fields.
    Own,
    /// The bytes of a file.
    Copied,
    /// The original, from which a translation has its dates and figures.
    Original,
    /// A translation, which has its dates and figures from here.
    Translation,
    /// What lists show of a page.
    Summary,
    /// Address and title of a page.
    Headline,
    /// The targets of a document.
    Targets,
    /// Where the same is found in the other language.
    Twins,
    /// The documents that name one another.
    Relations,
    /// The pages that cite a document.
    CitedBy,
    /// The pages near to one, by topic or date.
    Near,
    /// The address of a file of the content.
    File,
    /// Which pages a list has.
    Members,
    /// Events, which depend on the build date.
    Events,
    /// The calendar and what other programs get of it.
    Calendar,
    /// What open data tell of documents.
    OpenData,
    /// A feed.
    Feed,
    /// The years and months of an archive.
    Archives,
    /// Topics, tags or agencies.
    Terms,
    /// Title, address and place of a section.
    Section,
    /// The site map for people.
    Tree,
    /// All addresses of the portal.
    Addresses,
    /// A template.
    Template,
    /// A string of the theme.
    Text,
    /// A static file of the theme.
    Asset,
    /// Menu, footer and the names of the portal.
    Site,
    /// The settings.
    Settings,
}

impl Aspect {
    /// Its name for programs.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Copied => "copied",
            Self::Original => "original",
            Self::Translation => "translation",
            Self::Summary => "summary",
            Self::Headline => "headline",
            Self::Targets => "targets",
            Self::Relations => "relations",
            Self::CitedBy => "cited-by",
            Self::Near => "near",
            Self::File => "file",
            Self::Members => "members",
            Self::Events => "events",
            Self::Calendar => "calendar",
            Self::OpenData => "open-data",
            Self::Feed => "feed",
            Self::Archives => "archives",
            Self::Terms => "terms",
            Self::Section => "section",
            Self::Twins => "twins",
            Self::Tree => "tree",
            Self::Addresses => "addresses",
            Self::Template => "template",
            Self::Text => "text",
            Self::Asset => "asset",
            Self::Site => "site",
            Self::Settings => "settings",
        }
    }
}

/// What a fact is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Subject {
    /// What is read.
    pub aspect: Aspect,
    /// Of what: a file or folder from the workspace, the name of a template, string or term; empty where
    /// there is only one of it.
    pub name: Box<str>,
}

impl Names {
    /// What a fact is about.
    #[must_use]
    pub fn subject(&self, fact: &Fact) -> Subject {
        let (aspect, name) = match fact {
            Fact::Settings => (Aspect::Settings, crate::config::FILE.to_owned()),
            Fact::Site(lang) => (Aspect::Site, lang.tag().to_owned()),
            Fact::Template(name) => (Aspect::Template, name.to_string()),
            Fact::Text(lang, place) => (Aspect::Text, self.text(*lang, *place)),
            Fact::Option(_) => (Aspect::Settings, crate::config::FILE.to_owned()),
            Fact::Asset(name) => (Aspect::Asset, name.to_string()),
            Fact::Page(page) => (Aspect::Own, self.page(*page)),
            Fact::Summary(page, _) => (Aspect::Summary, self.page(*page)),
            Fact::Headline(page) => (Aspect::Headline, self.page(*page)),
            Fact::Targets(page) => (Aspect::Targets, self.page(*page)),
            Fact::Beside(page, ..) => (Aspect::Near, self.page(*page)),
            Fact::Relations(set, _) => (Aspect::Relations, self.set(*set)),
            Fact::CitedBy(set, _) => (Aspect::CitedBy, self.set(*set)),
            Fact::Twins(route) => (Aspect::Twins, self.route(route)),
            Fact::Section(id, _) | Fact::Children(id, _) => (Aspect::Section, self.folder(*id)),
            Fact::Slice(list, ..) => (Aspect::Members, self.list(*list)),
            Fact::Latest(folder, ..) | Fact::Featured(folder, _) => (Aspect::Members, in_content(folder)),
            Fact::PageAt(path, _) => (Aspect::Members, format!("content/{path}")),
            Fact::Years(id, _) => (Aspect::Archives, self.folder(*id)),
            Fact::Months(id, _, year) => (Aspect::Archives, format!("{} {year}", self.folder(*id))),
            Fact::Term(vocabulary, term, _) => (Aspect::Terms, self.term(*vocabulary, *term)),
            Fact::Terms(vocabulary, _) => (Aspect::Terms, vocabulary.name().to_owned()),
            Fact::Tree(lang) => (Aspect::Tree, lang.tag().to_owned()),
            Fact::Events(query) => (Aspect::Events, events(query)),
            Fact::EventRecord(page) => (Aspect::Calendar, self.page(*page)),
            Fact::Calendar(lang) => (Aspect::Calendar, lang.tag().to_owned()),
            Fact::CalendarMonth(_, (year, month)) => (Aspect::Calendar, format!("{year}-{month:02}")),
            Fact::NextDay(series) => (Aspect::Events, series.to_string()),
            Fact::Today => (Aspect::Events, String::new()),
            Fact::DocumentRecords(lang) => (Aspect::OpenData, lang.tag().to_owned()),
            Fact::File(path) | Fact::Picture(path) | Fact::Size(path) => (Aspect::File, path.to_string()),
            Fact::Feed(section, _) => (Aspect::Feed, self.folder(section.unwrap_or(SectionId(0)))),
            Fact::OpenData(_) | Fact::Indexable | Fact::Redirects | Fact::TopFolders => {
                (Aspect::Addresses, String::new())
            }
        };
        Subject { aspect, name: name.into() }
    }

    fn page(&self, id: PageId) -> String {
        self.pages.get(id.0 as usize).map(ToString::to_string).unwrap_or_default()
    }

    fn set(&self, id: SetId) -> String {
        self.sets.get(id.0 as usize).map(|key| format!("content/{key}")).unwrap_or_default()
    }

    fn folder(&self, id: SectionId) -> String {
        self.sections.get(id.0 as usize).map(|key| in_content(key)).unwrap_or_default()
    }

    fn text(&self, lang: Lang, place: usize) -> String {
        let key = self.texts.get(lang).get(place).map(String::as_str);
        format!("{lang}: {}", key.unwrap_or_default())
    }

    fn term(&self, vocabulary: Vocabulary, term: usize) -> String {
        let label = self.labels.get(&vocabulary).and_then(|labels| labels.get(term)).map(String::as_str);
        format!("{}: {}", vocabulary.singular(), label.unwrap_or_default())
    }

    fn list(&self, list: List) -> String {
        match list {
            List::Section(id) => self.folder(id),
            List::Archive(id, year, None) => format!("{} {year}", self.folder(id)),
            List::Archive(id, year, Some(month)) => format!("{} {year}-{month:02}", self.folder(id)),
            List::Term(vocabulary, term) => self.term(vocabulary, term),
        }
    }

    fn route(&self, route: &Route) -> String {
        match route {
            Route::Page(page) | Route::EventFile(page) => self.page(*page),
            Route::Section { section, .. } | Route::Archive { section, .. } => self.folder(*section),
            Route::Feed { section, .. } => self.folder(section.unwrap_or(SectionId(0))),
            Route::Terms { vocabulary, .. } => vocabulary.name().to_owned(),
            Route::Term { vocabulary, term, .. } => self.term(*vocabulary, *term),
            Route::File(path) | Route::Picture(path, _) => path.to_string(),
            Route::Calendar { month: Some((year, month)), .. } => format!("{year}-{month:02}"),
            Route::OpenData { dataset, .. } => dataset.file_name().to_owned(),
            Route::Calendar { month: None, .. }
            | Route::CalendarFile(_)
            | Route::Home(_)
            | Route::SiteMap(_)
            | Route::Redirect(_) => String::new(),
        }
    }
}

/// A folder below `content/`, as people write it.
fn in_content(folder: &str) -> String {
    if folder.is_empty() { "content/".to_owned() } else { format!("content/{folder}/") }
}

/// Which events are asked for.
fn events(query: &super::fact::EventQuery) -> String {
    let when = match query.when {
        When::Upcoming => "upcoming",
        When::Past => "past",
        When::All => "all",
    };
    let more = query.series.clone().into_iter().chain(query.year.map(|year| year.to_string()));
    std::iter::once(when.to_owned()).chain(more).collect::<Vec<_>>().join(" ")
}
