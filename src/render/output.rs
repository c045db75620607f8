//! What every template gets: `site`, and `output` with all that belongs in a page's head.

use tera::Value;

use super::pieces::{Twin, Twins, section_title};
use super::value::{date, list, object};
use super::view::View;
use crate::base::lang::{Lang, PerLang};
use crate::base::path::UrlPath;
use crate::site::routes::{
    self, Route, archive_url, calendar_file_url, calendar_url, list_pages, sitemap_url, terms_url,
};
use crate::site::terms::Vocabulary;
use crate::site::urls::home_url;
use crate::site::{Feed, Role, SectionId, SetId, Site};
use crate::theme::Theme;

/// What an output says of itself beyond its address.
pub(super) struct Head<'a> {
    /// The title, without the site's name.
    pub title: &'a str,
    /// One sentence, if there is one.
    pub description: Option<&'a str>,
    /// `website` or `article` (Open Graph).
    pub kind: &'static str,
    /// Whether search engines may index it.
    pub index: Index,
    /// The steps from the home page to its parent.
    pub breadcrumbs: Vec<Value>,
    /// The section whose menu entry is marked and whose feed is named.
    pub section: Option<SectionId>,
    /// Its picture.
    pub image: Option<SharedImage>,
}

/// The picture that stands for an output elsewhere.
pub(super) struct SharedImage {
    /// Its absolute address.
    pub src: String,
    /// Its text alternative.
    pub alt: String,
    /// Width and height in pixels, where they are known.
    pub size: Option<(u32, u32)>,
}

/// Whether search engines may index an output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Index {
    /// They may.
    Yes,
    /// They may not.
    No,
}

/// `site` for a language.
pub(super) fn site(site: &Site, theme: &Theme, lang: Lang) -> Value {
    let config = &site.config;
    let language = config.languages.get(lang);
    let href = |url: &UrlPath| Value::from(config.base_url.href(url));
    let pages = |sets: &[SetId]| list(sets.iter().filter_map(|set| named_page(site, *set, lang)));
    let links = config
        .links
        .iter()
        .map(|link| object([("title", link.title.get(lang).as_str().into()), ("url", link.url.as_str().into())]));
    let owner = &config.owner;
    let owner = object([
        ("name", owner.name.get(lang).as_deref().into()),
        ("responsible", owner.responsible.get(lang).as_deref().into()),
        ("address", owner.address.get(lang).as_deref().into()),
        ("phone", owner.phone.as_deref().into()),
        ("email", owner.email.as_deref().into()),
    ]);
    let has_events = !site.calendar.get(lang).is_empty();
    let now = site.now.at;
    let notice = config.notice.as_ref().filter(|notice| {
        notice.from.is_none_or(|from| from.at <= now) && notice.until.is_none_or(|until| now <= until.at)
    });
    let documents = routes::datasets_of_documents(site, lang).next();
    let documents = documents.map(|dataset| routes::open_data_url(config, dataset, lang));
    let languages = Lang::ALL
        .map(|lang| object([("code", lang.tag().into()), ("name", config.languages.get(lang).name.as_str().into())]));
    object([
        ("title", language.title.as_str().into()),
        ("description", language.description.as_deref().into()),
        ("base_url", config.base_url.absolute(&UrlPath::root()).into()),
        ("home_url", href(&home_url(config, lang)).into()),
        ("sitemap_url", href(&sitemap_url(site, lang)).into()),
        ("topics_url", terms_address(site, Vocabulary::Topics, lang).into()),
        ("tags_url", terms_address(site, Vocabulary::Tags, lang).into()),
        ("agencies_url", terms_address(site, Vocabulary::Agencies, lang).into()),
        ("types_url", terms_address(site, Vocabulary::Types, lang).into()),
        ("statuses_url", terms_address(site, Vocabulary::Statuses, lang).into()),
        ("documents_url", documents.map(|url| href(&url)).into()),
        ("calendar_url", has_events.then(|| calendar_url(config, lang, None)).map(|u| href(&u)).into()),
        ("calendar_file", has_events.then(|| calendar_file_url(config, lang)).map(|u| href(&u)).into()),
        ("menu", pages(&site.menu).into()),
        ("footer", pages(&site.footer).into()),
        ("links", list(links).into()),
        ("owner", owner.into()),
        ("masthead", config.masthead.get(lang).as_deref().into()),
        ("share", list(config.share.iter().map(|network| Value::from(network.as_str()))).into()),
        ("notice", notice.map(|notice| notice.text.get(lang).as_str()).into()),
        ("notice_until", date(notice.and_then(|notice| notice.until)).into()),
        ("feedback", config.feedback.as_deref().into()),
        ("feeds", list(feeds(site, theme, None, lang)).into()),
        ("languages", list(languages).into()),
    ])
}

/// A page as menu and footer name it: a section leads to its list.
fn named_page(site: &Site, set: SetId, lang: Lang) -> Option<Value> {
    let page = site.page(site.page_for(set, lang)?);
    let set = site.set(set);
    let (url, id, target_lang) = match set.role {
        Role::Index => (site.section(set.section).url.get(lang), site.section(set.section).key.as_str(), lang),
        Role::Page => (&page.url, set.id.as_str(), page.lang),
    };
    Some(object([
        ("id", id.into()),
        ("title", page.meta.title.as_str().into()),
        ("url", site.config.base_url.href(url).into()),
        ("lang", page.lang.tag().into()),
        ("target_lang", target_lang.tag().into()),
    ]))
}

/// The address of a vocabulary's page, or `none` where it has no term in the language.
fn terms_address(site: &Site, vocabulary: Vocabulary, lang: Lang) -> Value {
    if has_terms(site, vocabulary, lang) {
        Value::from(site.config.base_url.href(&terms_url(&site.config, vocabulary, lang)))
    } else {
        Value::none()
    }
}

fn has_terms(site: &Site, vocabulary: Vocabulary, lang: Lang) -> bool {
    site.vocabularies.get(&vocabulary).is_some_and(|terms| {
        terms.iter().any(|term| term.label.get(lang).is_some() && !term.members.get(lang).is_empty())
    })
}

/// The feeds of a language and, where asked, of one section.
pub(super) fn feeds(site: &Site, theme: &Theme, section: Option<SectionId>, lang: Lang) -> Vec<Value> {
    let mut feeds = Vec::new();
    let pattern = theme.strings.get(lang).get("feed.title").map_or("{title}", |text| text.form(None));
    let mut add = |title: &str, url: &UrlPath| {
        feeds.push(object([
            ("title", pattern.replace("{title}", title).into()),
            ("url", site.config.base_url.href(&url.file("atom.xml")).into()),
        ]));
    };
    if routes::has_language_feed(site, lang) {
        add(&site.config.languages.get(lang).title, &home_url(&site.config, lang));
    }
    if let Some(id) = section.filter(|id| *id != SectionId(0)) {
        let section = site.section(id);
        if section.feed == Feed::Atom && routes::has_own_pages(site, id, lang) {
            add(section_title(site, id, lang).0, section.url.get(lang));
        }
    }
    feeds
}

/// `output` of a job.
pub(super) fn output(view: &View, url: &UrlPath, twins: &Twins, head: Head<'_>) -> Value {
    let (config, lang) = (view.config(), view.lang());
    let base = &config.base_url;
    let noindex = head.index == Index::No || view.is_preview();
    let alternates = twins.alternates(config.default_language).filter(|_| !noindex);
    let section = view.section(head.section.unwrap_or(SectionId(0)));
    let alternates = alternates.iter().flatten();
    let locales = alternates.clone().filter(|(tag, _)| *tag != lang.tag()).filter_map(|(tag, _)| Lang::from_tag(tag));
    object([
        ("url", base.href(url).into()),
        ("permalink", base.absolute(url).into()),
        ("title", head.title.into()),
        ("description", head.description.into()),
        ("type", head.kind.into()),
        ("canonical", (!noindex).then(|| base.absolute(url)).into()),
        ("noindex", noindex.into()),
        ("preview", view.is_preview().into()),
        (
            "alternates",
            list(alternates.map(|(lang, url)| object([("lang", (*lang).into()), ("url", base.absolute(url).into())])))
                .into(),
        ),
        ("switch", twins.switch(config, lang).into()),
        ("breadcrumbs", list(head.breadcrumbs).into()),
        ("feeds", section.feeds.clone().into()),
        ("section_id", section.menu_entry.as_deref().into()),
        (
            "image",
            head.image
                .map(|SharedImage { src, alt, size }| {
                    object([
                        ("src", src.into()),
                        ("alt", alt.into()),
                        ("width", size.map(|size| size.0).into()),
                        ("height", size.map(|size| size.1).into()),
                    ])
                })
                .into(),
        ),
        ("locale", lang.locale().into()),
        ("locale_alternates", list(locales.map(|lang| Value::from(lang.locale()))).into()),
    ])
}

/// Where the same thing as a route answers in each language, and the nearest place where it does not.
pub(super) fn twins(site: &Site, route: &Route) -> Twins {
    let config = &site.config;
    let home = |lang| home_url(config, lang);
    Twins(PerLang::from_fn(|lang| match route {
        Route::Home(_) => Twin::Same(home(lang)),
        Route::SiteMap(_) => Twin::Same(sitemap_url(site, lang)),
        Route::Page(page) => {
            let set = site.set_of(*page);
            let nearest = || Twin::Untranslated(site.section(set.section).url.get(lang).clone());
            set.pages.get(lang).map_or_else(nearest, |page| Twin::Same(site.page(page).url.clone()))
        }
        Route::Section { section: id, number, .. } => {
            let section = site.section(*id);
            let last = list_pages(section.members.get(lang).len(), section.page_size);
            Twin::of_list(section.url.get(lang), *number, last, site, lang)
        }
        Route::Archive { section: id, year, month, number, .. } => {
            let section = site.section(*id);
            match section.archive.get(lang).members(*year, *month).len() {
                0 => Twin::Untranslated(section.url.get(lang).clone()),
                count => {
                    let base = archive_url(site, *id, lang, *year, *month);
                    Twin::of_list(&base, *number, list_pages(count, routes::LIST_SIZE), site, lang)
                }
            }
        }
        Route::Terms { vocabulary, .. } if has_terms(site, *vocabulary, lang) => {
            Twin::Same(terms_url(config, *vocabulary, lang))
        }
        Route::Term { vocabulary, term, number, .. } => {
            let terms = terms_url(config, *vocabulary, lang);
            let term = site.vocabularies.get(vocabulary).and_then(|terms| terms.get(*term));
            let named = term.and_then(|term| Some((term.label.get(lang).as_ref()?, term.members.get(lang).len())));
            match named.filter(|(_, count)| *count > 0) {
                Some(((_, slug), count)) => {
                    let last = list_pages(count, routes::LIST_SIZE);
                    Twin::of_list(&terms.dir(slug.as_str()), *number, last, site, lang)
                }
                None if has_terms(site, *vocabulary, lang) => Twin::Untranslated(terms),
                None => Twin::Untranslated(home(lang)),
            }
        }
        Route::Calendar { month, .. } => match month.filter(|month| site.calendar.get(lang).month(*month).is_empty()) {
            _ if site.calendar.get(lang).is_empty() => Twin::Untranslated(home(lang)),
            Some(_) => Twin::Untranslated(calendar_url(config, lang, None)),
            None => Twin::Same(calendar_url(config, lang, *month)),
        },
        Route::Terms { .. }
        | Route::Feed { .. }
        | Route::CalendarFile(_)
        | Route::EventFile(_)
        | Route::OpenData { .. }
        | Route::File(_)
        | Route::Picture(..)
        | Route::Redirect(_) => Twin::Untranslated(home(lang)),
    }))
}
