//! What lists show beside their pages: sub-sections, years, months, terms, the tree of the site map.

use tera::Value;

use super::data::Data;
use super::pieces::section_title;
use super::value::{list, object};
use crate::base::lang::Lang;
use crate::base::path::UrlPath;
use crate::site::documents::LegalStatus;
use crate::site::routes::{archive_url, terms_url};
use crate::site::terms::{TermId, TermPages, Vocabulary};
use crate::site::{PageId, Role, SectionId, Site};

/// How many pages of one section the site map names; the rest is on the section's list.
const TREE_LIMIT: usize = 100;

/// The sections right below one.
fn below(site: &Site, id: SectionId) -> impl Iterator<Item = SectionId> {
    site.section_ids().skip(1).filter(move |child| site.section(*child).parent == id)
}

/// The sections right below one, as templates get them.
pub(super) fn children(data: &Data, id: SectionId, lang: Lang) -> Value {
    list(below(&data.site, id).map(|child| data.section(child, lang).value.clone()))
}

/// The years of a section's archive, newest first; none where it has no archives.
pub(super) fn years(site: &Site, id: SectionId, lang: Lang) -> Value {
    list(site.section(id).archive.get(lang).years().map(|(year, members)| {
        object([
            ("year", year.into()),
            ("url", site.config.base_url.href(&archive_url(site, id, lang, year, None)).into()),
            ("count", members.members.len().into()),
        ])
    }))
}

/// The months of one year of an archive, newest first.
pub(super) fn months(site: &Site, id: SectionId, lang: Lang, year: i16) -> Value {
    let year_of = site.section(id).archive.get(lang).year(year).into_iter();
    list(year_of.flat_map(|months| months.months()).map(|(month, members)| {
        object([
            ("month", month.into()),
            ("url", site.config.base_url.href(&archive_url(site, id, lang, year, Some(month))).into()),
            ("count", members.len().into()),
        ])
    }))
}

/// Name and address of a term.
pub(super) fn term(data: &Data, vocabulary: Vocabulary, index: usize, lang: Lang) -> (String, UrlPath) {
    let site = &data.site;
    let term = site.vocabularies.get(&vocabulary).and_then(|terms| terms.get(index));
    match term.and_then(|term| Some((term, term.label.get(lang).as_ref()?))) {
        Some((term, (name, slug))) => (
            shown_name(data, vocabulary, term, name, lang),
            terms_url(&site.config, vocabulary, lang).dir(slug.as_str()),
        ),
        None => (String::new(), terms_url(&site.config, vocabulary, lang)),
    }
}

/// What readers see of a term: of a status the theme's word, as in its badge.
fn shown_name(data: &Data, vocabulary: Vocabulary, term: &TermPages, name: &str, lang: Lang) -> String {
    let status = match (vocabulary, &term.id) {
        (Vocabulary::Statuses, TermId::Declared(index)) => LegalStatus::ALL.get(*index),
        _ => None,
    };
    let word = status.and_then(|status| data.theme.strings.get(lang).get(&format!("status.{}", status.name())));
    word.map_or(name, |word| word.form(None)).to_owned()
}

/// All terms of a vocabulary with the numbers of their pages: types and statuses in the order of their tables,
/// others by name.
pub(super) fn terms(data: &Data, vocabulary: Vocabulary, lang: Lang) -> Value {
    let site = &data.site;
    let base = terms_url(&site.config, vocabulary, lang);
    let mut terms: Vec<(Vec<u8>, Value)> = Vec::new();
    for term in site.vocabularies.get(&vocabulary).into_iter().flatten() {
        let count = term.members.get(lang).len();
        let Some((name, slug)) = term.label.get(lang).as_ref().filter(|_| count > 0) else { continue };
        let url = site.config.base_url.href(&base.dir(slug.as_str()));
        let value = object([
            ("id", slug.as_str().into()),
            ("name", shown_name(data, vocabulary, term, name, lang).into()),
            ("url", url.into()),
            ("count", count.into()),
        ]);
        let is_named = !matches!(vocabulary, Vocabulary::Types | Vocabulary::Statuses);
        terms.push((if is_named { crate::base::text::collation_key(name) } else { Vec::new() }, value));
    }
    terms.sort_by(|a, b| a.0.cmp(&b.0));
    list(terms.into_iter().map(|(_, value)| value))
}

/// Sections with their pages, below one; what a section has by date is reached by its archive.
pub(super) fn tree(site: &Site, id: SectionId, lang: Lang) -> Value {
    let leaf = |page: PageId| {
        let page = site.page(page);
        let url = site.config.base_url.href(&page.url);
        node((&page.meta.title, page.lang), url, page.lang, list([]))
    };
    let own = site.section(id).members.get(lang).iter().map(|member| member.page);
    let own = own.filter(|page| site.set_of(*page).section == id && site.set_of(*page).role == Role::Page);
    let branches = below(site, id).map(|child| {
        let (title, title_lang) = section_title(site, child, lang);
        let url = site.config.base_url.href(site.section(child).url.get(lang));
        node((title, title_lang), url, lang, tree(site, child, lang))
    });
    list(own.take(TREE_LIMIT).map(leaf).chain(branches))
}

fn node((title, lang): (&str, Lang), url: String, target_lang: Lang, children: Value) -> Value {
    object([
        ("title", title.into()),
        ("url", url.into()),
        ("lang", lang.tag().into()),
        ("target_lang", target_lang.tag().into()),
        ("children", children.into()),
    ])
}
