//! The checksum of each fact: equal checksums mean that a job which read it would read the same again.

use super::calendar::MonthEvents;
use super::data::Data;
use super::fact::Fact;
use super::links::Address;
use super::value::ValueSum;
use super::{calendar, datasets, events, feed, hosting, links, listed, open_documents, output};
use crate::base::checksum::Checksum;
use crate::config::{SiteConfig, ThemeChoices};
use crate::site::{PageId, SectionId};

impl Data {
    /// The checksum of what a look-up gives now.
    pub(super) fn checksum(&self, fact: &Fact) -> Checksum {
        let site = &self.site;
        match fact {
            Fact::Settings => {
                // Options of the theme are facts of their own.
                let config = SiteConfig { theme_options: ThemeChoices::default(), ..SiteConfig::clone(&site.config) };
                Checksum::of(&(format!("{config:?}"), self.preview.is_active()))
            }
            Fact::Site(lang) => Checksum::of(&ValueSum(self.globals.get(*lang))),
            Fact::Template(name) => Checksum::of(&self.closures.get(name)),
            Fact::Text(lang, place) => Checksum::of(&self.theme.strings.get(*lang).at(*place)),
            Fact::Asset(name) => Checksum::of(&self.theme.assets.get(&**name).map(|asset| &asset.url)),
            Fact::Option(name) => Checksum::of(&self.theme.options.get(&**name).map(|option| &option.value)),
            Fact::Page(id) => self.own_record(*id),
            Fact::Summary(id, lang) => self.summary_checksum(*id, *lang),
            Fact::Headline(id) => Checksum::of(&self.headline(*id)),
            Fact::Targets(id) => {
                let meta = &site.page(*id).meta;
                let decision = meta.decision.as_deref();
                Checksum::of(&(decision.map(|decision| &decision.targets), meta.withdrawn.is_some()))
            }
            Fact::Twins(route) => Checksum::of(&output::twins(site, route)),
            Fact::Relations(set, lang) => Checksum::of(&self.relations(*set, *lang)),
            Fact::CitedBy(set, lang) => {
                let (newest, count) = self.cited_by(*set, *lang);
                Checksum::of(&(self.named(newest), count))
            }
            Fact::Beside(id, near, limit) => self.named(self.beside(*id, *near, *limit)),
            Fact::Section(id, lang) => self.section(*id, *lang).checksum,
            Fact::Children(id, lang) => Checksum::of(&ValueSum(&listed::children(self, *id, *lang))),
            Fact::Slice(list, lang, number) => {
                let (members, count) = self.slice(*list, *lang, *number);
                Checksum::of(&(self.named(members.iter().map(|member| member.page)), count))
            }
            Fact::Years(id, lang) => Checksum::of(&ValueSum(&listed::years(site, *id, *lang))),
            Fact::Months(id, lang, year) => Checksum::of(&ValueSum(&listed::months(site, *id, *lang, *year))),
            Fact::Term(vocabulary, index, lang) => Checksum::of(&listed::term(self, *vocabulary, *index, *lang)),
            Fact::Terms(vocabulary, lang) => Checksum::of(&ValueSum(&listed::terms(self, *vocabulary, *lang))),
            Fact::Tree(lang) => Checksum::of(&ValueSum(&listed::tree(site, SectionId(0), *lang))),
            Fact::Latest(folder, lang, limit) => self.named(self.latest(folder, *lang, *limit)),
            Fact::Featured(folder, lang) => self.named(self.featured(folder, *lang)),
            Fact::PageAt(path, lang) => self.named(self.page_at(path, *lang)),
            Fact::Events(query) => self.named(self.events(query)),
            Fact::EventRecord(id) => Checksum::of(&events::record(self, *id)),
            Fact::Calendar(lang) => Checksum::of(&calendar::months(site, *lang)),
            Fact::CalendarMonth(lang, month) => {
                let MonthEvents { events, before, after } = calendar::month(site, *lang, *month);
                let days: Vec<_> = events.iter().map(|event| (event.from, event.to)).collect();
                Checksum::of(&(self.named(events.iter().map(|event| event.page)), days, before, after))
            }
            Fact::NextDay(series) => Checksum::of(&events::next_day(site, series)),
            Fact::Today => Checksum::of(&site.now.local.date()),
            Fact::File(path) => Checksum::of(&site.files.get(path)),
            Fact::Picture(path) => Checksum::of(&(site.pictures.get(path), site.files.get(path))),
            Fact::DocumentRecords(lang) => Checksum::of(&open_documents::records(self, *lang)),
            Fact::OpenData(lang) => Checksum::of(&datasets::offered(site, *lang)),
            Fact::Size(path) => Checksum::of(&site.sizes.get(path)),
            Fact::Feed(section, lang) => Checksum::of(&feed::content(self, *section, *lang)),
            Fact::Indexable => Checksum::of(self.indexable()),
            Fact::Redirects => Checksum::of(&hosting::redirects(site).collect::<Vec<_>>()),
            Fact::TopFolders => Checksum::of(&self.top_folders()),
        }
    }

    /// Some pages by name, in order.
    fn named(&self, pages: impl IntoIterator<Item = PageId>) -> Checksum {
        Checksum::of(&pages.into_iter().map(|page| self.name(page)).collect::<Vec<_>>())
    }

    /// The own record of a page: all that its own template is given of it, but for what other facts tell.
    fn own_record(&self, id: PageId) -> Checksum {
        let site = &self.site;
        let page = site.page(id);
        let set = site.set(page.set);
        let links = page.links.iter().chain(&page.images);
        let links: Vec<_> = links
            .map(|link| (Address::of(site, link, page.lang), links::target_lang(site, link), self.target(link)))
            .collect();
        let citations: Vec<_> = page.citations.iter().map(|cited| (cited.is_link(), self.cited(*cited))).collect();
        let place = (&page.url, &set.id, set.kind, set.role, &site.section(set.section).key);
        Checksum::of(&(page.document.checksum, &page.meta, links::told_state(page), place, links, citations))
    }

    /// The page a citation leads to, by name.
    fn cited(&self, cited: crate::site::Cited) -> Option<Checksum> {
        cited.page().map(|page| self.name(page))
    }

    /// The page a link leads to, by name.
    fn target(&self, link: &crate::site::ResolvedLink) -> Option<Checksum> {
        match link {
            crate::site::ResolvedLink::Page(page, _) => Some(self.name(*page)),
            _ => None,
        }
    }
}
