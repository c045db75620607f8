//! The site as jobs see it: every look-up is recorded as a fact, so that no job can read what its record
//! does not name.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;
use tera::Value;

use super::calendar::MonthEvents;
use super::data::{Common, Data, Headline, RelatedDocument};
use super::datasets::Offered;
use super::events::Record;
use super::fact::{EventQuery, Fact, List, Near};
use super::fragments::{Fragment, Fragments};
use super::open_documents::DocumentRecord;
use super::pictures::Shown;
use super::pieces::Twins;
use super::places::SectionPlace;
use super::plan::Task;
use super::recorder::{JobSlot, Made};
use super::sitemap::Entry;
use super::{calendar, datasets, events, links, listed, output};
use crate::base::checksum::Checksum;
use crate::base::lang::Lang;
use crate::base::path::{RelPath, UrlPath};
use crate::config::SiteConfig;
use crate::content::document::Body;
use crate::site::calendar::Month;
use crate::site::documents::LegalStatus;
use crate::site::meta::DecisionMeta;
use crate::site::routes::Route;
use crate::site::terms::Vocabulary;
use crate::site::{Page, PageId, ResolvedLink, SectionId, SetId};
use crate::theme::{OptionValue, Text};

/// The site as the jobs of one worker see it.
#[derive(Clone)]
pub(super) struct View {
    data: Arc<Data>,
    slot: Arc<JobSlot>,
}

impl View {
    pub(super) fn new(data: &Arc<Data>, slot: &Arc<JobSlot>) -> Self {
        Self { data: Arc::clone(data), slot: Arc::clone(slot) }
    }

    /// Begins a job. Every job reads the settings and the value `site` of its language.
    pub(super) fn begin(&self, task: &Task, lang: Lang, made: Made) {
        self.slot.begin(task, lang, made);
        self.slot.record(Fact::Settings);
    }

    pub(super) fn slot(&self) -> &JobSlot {
        &self.slot
    }

    /// The language of the current job.
    pub(super) fn lang(&self) -> Lang {
        self.slot.lang()
    }

    /// The settings, which every job reads.
    pub(super) fn config(&self) -> &SiteConfig {
        &self.data.site.config
    }

    /// Whether anything is shown that is not due; every job reads it with the settings.
    pub(super) fn is_preview(&self) -> bool {
        self.data.preview.is_active()
    }

    /// What is equal on all pages: it follows from the settings, which every job reads.
    pub(super) fn common(&self) -> &Common {
        self.data.common.get(self.lang())
    }

    /// What templates get as `site`.
    pub(super) fn site_value(&self) -> Value {
        self.slot.record(Fact::Site(self.lang()));
        self.data.globals.get(self.lang()).clone()
    }

    /// Notes that a template is used; tells whether there is one of that name.
    pub(super) fn template(&self, name: &str) -> bool {
        self.slot.record(Fact::Template(name.into()));
        self.data.closures.get(name).is_some()
    }

    /// A fragment that was made before: who shows it has read all that it was made from.
    pub(super) fn fragment(&self, key: Checksum) -> Option<Arc<Fragment>> {
        self.slot.record_fragment(key, || self.data.fragments.get(key))
    }

    /// Where fragments are remembered.
    pub(super) fn fragments(&self) -> &Fragments {
        &self.data.fragments
    }

    /// A string of the theme. A missing one is an error that ends the build, so that none is recorded.
    pub(super) fn text(&self, lang: Lang, key: &str) -> Option<&Text> {
        let (place, text) = self.data.text(lang, key)?;
        self.slot.record_text(lang, place);
        Some(text)
    }

    /// The address of a static file of the theme.
    pub(super) fn asset(&self, name: &str) -> Option<&UrlPath> {
        self.slot.record(Fact::Asset(name.into()));
        self.data.theme.assets.get(name).map(|asset| &asset.url)
    }

    /// What an option of the theme says.
    pub(super) fn option(&self, name: &str) -> Option<&OptionValue> {
        self.slot.record(Fact::Option(name.into()));
        self.data.theme.options.get(name).map(|option| &option.value)
    }

    /// The own record of a page.
    pub(super) fn page(&self, id: PageId) -> &Page {
        self.slot.record(Fact::Page(id));
        self.data.site.page(id)
    }

    /// The text of a page whose record was read.
    pub(super) fn body(&self, page: &Page) -> Arc<Body> {
        self.data.body(page)
    }

    /// Where a link of a page leads; part of that page's own record.
    pub(super) fn link(&self, page: &Page, link: &ResolvedLink) -> Option<String> {
        let address = links::Address::of(&self.data.site, link, page.lang)?;
        Some(address.href(&self.config().base_url))
    }

    /// The language of the page a link leads to; part of the page's own record.
    pub(super) fn link_lang(&self, link: &ResolvedLink) -> Option<Lang> {
        links::target_lang(&self.data.site, link)
    }

    /// What lists show of a page.
    pub(super) fn summary(&self, id: PageId) -> Value {
        let lang = self.lang();
        self.slot.record_summary(id, lang);
        self.data.summary(id, lang)
    }

    /// Whether a legal document is in force; part of what lists show of it.
    pub(super) fn legal_status(&self, id: PageId) -> Option<LegalStatus> {
        self.slot.record_summary(id, self.lang());
        self.data.site.legal_status(self.data.site.page(id).set)
    }

    /// What lists show of some pages.
    pub(super) fn summaries(&self, ids: impl IntoIterator<Item = PageId>) -> Value {
        super::value::list(ids.into_iter().map(|id| self.summary(id)))
    }

    /// Where a page is and what it is called.
    pub(super) fn headline(&self, id: PageId) -> Headline<'_> {
        self.slot.record(Fact::Headline(id));
        self.data.headline(id)
    }

    /// The targets of a document, if it is one and was not taken back.
    pub(super) fn targets(&self, id: PageId) -> (Option<&DecisionMeta>, bool) {
        self.slot.record(Fact::Targets(id));
        let meta = &self.data.site.page(id).meta;
        (meta.decision.as_deref(), meta.withdrawn.is_some())
    }

    /// Where the same as a route answers in each language.
    pub(super) fn twins(&self, route: &Route) -> Twins {
        self.slot.record(Fact::Twins(route.clone()));
        output::twins(&self.data.site, route)
    }

    /// The set of a page whose record was read: id, kind, section.
    pub(super) fn set(&self, id: SetId) -> &crate::site::TranslationSet {
        self.data.site.set(id)
    }

    /// The page with a text that the current job makes, if it makes one. It is part of what the job is.
    pub(super) fn made_page(&self) -> Option<PageId> {
        match self.slot.task()? {
            Task::Route(Route::Page(id)) => Some(id),
            _ => None,
        }
    }

    /// What lists show of the pages to be named beside one: at most `limit`, none whose identity is left out.
    /// Of the list no more counts as read than decides.
    pub(super) fn beside(&self, id: PageId, near: Near, limit: usize, left_out: &[&str]) -> Vec<Value> {
        let most = limit.saturating_add(left_out.len());
        let mut pages = self.data.beside(id, near, most).into_iter();
        let (mut shown, mut read) = (Vec::new(), 0);
        while shown.len() < limit {
            // A page that comes later, where there is none now, would be shown.
            let Some(page) = pages.next() else {
                read = most;
                break;
            };
            read += 1;
            let summary = self.summary(page);
            if !left_out.contains(&self.data.site.set_of(page).id.as_str()) {
                shown.push(summary);
            }
        }
        self.slot.record(Fact::Beside(id, near, read));
        shown
    }

    /// The documents a document names and is named by.
    pub(super) fn relations(&self, set: SetId) -> Vec<RelatedDocument<'_>> {
        self.slot.record(Fact::Relations(set, self.lang()));
        self.data.relations(set, self.lang())
    }

    /// The newest pages whose text cites a document, and how many there are.
    pub(super) fn cited_by(&self, set: SetId) -> (Vec<PageId>, usize) {
        self.slot.record(Fact::CitedBy(set, self.lang()));
        self.data.cited_by(set, self.lang())
    }

    /// A section without its pages.
    pub(super) fn section(&self, id: SectionId) -> &SectionPlace {
        self.slot.record(Fact::Section(id, self.lang()));
        self.data.section(id, self.lang())
    }

    /// The sections right below one, as templates get them.
    pub(super) fn children(&self, id: SectionId) -> Value {
        self.slot.record(Fact::Children(id, self.lang()));
        listed::children(&self.data, id, self.lang())
    }

    /// The pages on one page of a list, and how many the list has in all.
    pub(super) fn slice(&self, list: List, number: usize) -> (Vec<PageId>, usize) {
        self.slot.record(Fact::Slice(list, self.lang(), number));
        let (members, count) = self.data.slice(list, self.lang(), number);
        (members.iter().map(|member| member.page).collect(), count)
    }

    /// The years of a section's archive, as templates get them.
    pub(super) fn years(&self, id: SectionId) -> Value {
        self.slot.record(Fact::Years(id, self.lang()));
        listed::years(&self.data.site, id, self.lang())
    }

    /// The months of one year, as templates get them.
    pub(super) fn months(&self, id: SectionId, year: i16) -> Value {
        self.slot.record(Fact::Months(id, self.lang(), year));
        listed::months(&self.data.site, id, self.lang(), year)
    }

    /// Name and address of a term.
    pub(super) fn term(&self, vocabulary: Vocabulary, index: usize) -> (String, UrlPath) {
        self.slot.record(Fact::Term(vocabulary, index, self.lang()));
        listed::term(&self.data, vocabulary, index, self.lang())
    }

    /// All terms of a vocabulary, as templates get them.
    pub(super) fn terms(&self, vocabulary: Vocabulary) -> Value {
        self.slot.record(Fact::Terms(vocabulary, self.lang()));
        listed::terms(&self.data, vocabulary, self.lang())
    }

    /// The site map for people, as templates get it.
    pub(super) fn tree(&self) -> Value {
        self.slot.record(Fact::Tree(self.lang()));
        listed::tree(&self.data.site, SectionId(0), self.lang())
    }

    /// The newest pages of the section in a folder.
    pub(super) fn latest(&self, folder: &str, limit: usize) -> Vec<PageId> {
        self.slot.record(Fact::Latest(folder.into(), self.lang(), limit));
        self.data.latest(folder, self.lang(), limit)
    }

    /// The page that leads the section in a folder.
    pub(super) fn featured(&self, folder: &str) -> Option<PageId> {
        self.slot.record(Fact::Featured(folder.into(), self.lang()));
        self.data.featured(folder, self.lang())
    }

    /// The page at a path of the content.
    pub(super) fn page_at(&self, path: &str) -> Option<PageId> {
        self.slot.record(Fact::PageAt(path.into(), self.lang()));
        self.data.page_at(path, self.lang())
    }

    /// Events by time, series and year.
    pub(super) fn events(&self, query: EventQuery) -> Vec<PageId> {
        let events = self.data.events(&query);
        self.slot.record(Fact::Events(Box::new(query)));
        events
    }

    /// What calendars and open data say of one event.
    pub(super) fn event_record(&self, id: PageId) -> Option<Record<'_>> {
        self.slot.record(Fact::EventRecord(id));
        events::record(&self.data, id)
    }

    /// The months that have events, with their numbers.
    pub(super) fn calendar(&self) -> Vec<(Month, usize)> {
        self.slot.record(Fact::Calendar(self.lang()));
        calendar::months(&self.data.site, self.lang())
    }

    /// The events of a month.
    pub(super) fn calendar_month(&self, month: Month) -> MonthEvents {
        self.slot.record(Fact::CalendarMonth(self.lang(), month));
        calendar::month(&self.data.site, self.lang(), month)
    }

    /// The next day of a series that has one by rule.
    pub(super) fn next_day(&self, series: &str) -> Option<Date> {
        self.slot.record(Fact::NextDay(series.into()));
        events::next_day(&self.data.site, series)
    }

    /// The day of the build date.
    pub(super) fn today(&self) -> Date {
        self.slot.record(Fact::Today);
        self.data.site.now.local.date()
    }

    /// The address of a file of the content; `None` where no published page has it.
    pub(super) fn file(&self, path: &RelPath) -> Option<&UrlPath> {
        self.slot.record(Fact::File(path.clone()));
        self.data.site.files.get(path)
    }

    /// A picture of the content; `None` where no published page has it.
    pub(super) fn picture(&self, path: &RelPath) -> Option<Shown<'_>> {
        self.slot.record(Fact::Picture(path.clone()));
        Shown::of(&self.data.site, path)
    }

    /// The size of an attachment in bytes.
    pub(super) fn size(&self, path: &RelPath) -> Option<u64> {
        self.slot.record(Fact::Size(path.clone()));
        self.data.site.sizes.get(path).copied()
    }

    /// What open data tell of all documents.
    pub(super) fn document_records(&self) -> Vec<DocumentRecord<'_>> {
        self.slot.record(Fact::DocumentRecords(self.lang()));
        super::open_documents::records(&self.data, self.lang())
    }

    /// The open data there are.
    pub(super) fn open_data(&self) -> Vec<Offered> {
        self.slot.record(Fact::OpenData(self.lang()));
        datasets::offered(&self.data.site, self.lang())
    }

    /// The page an old address leads to.
    pub(super) fn redirect(&self, index: usize) -> Option<Headline<'_>> {
        // The job of a redirect is its number and its page: both are part of what it is.
        let to = self.data.site.redirects.get(index)?.to;
        Some(self.headline(to))
    }

    /// What a feed says.
    pub(super) fn feed(&self, section: Option<SectionId>) -> super::feed::Content<'_> {
        self.slot.record(Fact::Feed(section, self.lang()));
        super::feed::content(&self.data, section, self.lang())
    }

    /// The addresses for search engines.
    pub(super) fn indexable(&self) -> &[Entry] {
        self.slot.record(Fact::Indexable);
        self.data.indexable()
    }

    /// The old addresses and where they lead.
    pub(super) fn redirects(&self) -> Vec<(String, String)> {
        self.slot.record(Fact::Redirects);
        super::hosting::redirects(&self.data.site).collect()
    }

    /// The top folders of all addresses.
    pub(super) fn top_folders(&self) -> BTreeSet<&str> {
        self.slot.record(Fact::TopFolders);
        self.data.top_folders()
    }

    /// The data behind it, for messages about what went wrong: nothing of it reaches an output.
    pub(super) fn for_messages(&self) -> &Data {
        &self.data
    }
}
