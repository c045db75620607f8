//! Lists: sections with their pages, archives, terms, and the site map for people.

use tera::Value;

use super::engine::Worker;
use super::output::{Head, Index, output, twins};
use super::pieces::{breadcrumbs, crumb, index_page, section, section_title};
use super::plan::Job;
use super::template_errors::template_missing;
use super::value::{foreign, list, object, text};
use super::{Rendered, page};
use crate::base::lang::Lang;
use crate::base::path::UrlPath;
use crate::diag::{Diagnostic, Place};
use crate::domain::format;
use crate::site::routes::{LIST_SIZE, Route, archive_url, list_pages, terms_url};
use crate::site::terms::Vocabulary;
use crate::site::urls::list_page_url;
use crate::site::{Member, PageId, Role, SectionId, Site};

/// What a list shows.
struct List<'a> {
    kind: &'static str,
    title: String,
    description: Option<String>,
    title_lang: Value,
    body: String,
    /// All entries; the ones of this page are cut out of them.
    members: &'a [Member],
    page_size: usize,
    number: usize,
    /// The address of its first page.
    base: UrlPath,
    year: Option<i16>,
    month: Option<i8>,
    years: Value,
    months: Value,
    terms: Value,
    subsections: Value,
    tree: Value,
}

impl List<'_> {
    fn new(kind: &'static str, title: String, base: UrlPath) -> Self {
        Self {
            kind,
            title,
            description: None,
            title_lang: Value::none(),
            body: String::new(),
            members: &[],
            page_size: LIST_SIZE,
            number: 1,
            base,
            year: None,
            month: None,
            years: list([]),
            months: list([]),
            terms: list([]),
            subsections: list([]),
            tree: list([]),
        }
    }
}

/// A list of any sort.
pub(super) fn render(worker: &Worker, job: &Job, route: &Route) -> Rendered {
    let site = &worker.data.site;
    let lang = worker.lang();
    let home = worker.string("home")?.form(None);
    let (template, shown, at) = match route {
        Route::Section { section, number, .. } => {
            (layout(worker, *section)?, of_section(worker, *section, *number)?, Some(*section))
        }
        Route::Archive { section, year, month, number, .. } => {
            ("archive.html".to_owned(), of_archive(worker, *section, *year, *month, *number)?, Some(*section))
        }
        Route::Term { vocabulary, term, number, .. } => {
            ("term.html".to_owned(), of_term(worker, *vocabulary, *term, *number), None)
        }
        Route::Terms { vocabulary, .. } => ("terms.html".to_owned(), of_terms(worker, *vocabulary)?, None),
        _ => ("sitemap.html".to_owned(), of_site(worker, job)?, None),
    };
    let mut crumbs = match (at, route) {
        (Some(id), Route::Section { number: 1, .. }) => breadcrumbs(site, home, site.section(id).parent, lang),
        (id, _) => breadcrumbs(site, home, id.unwrap_or(SectionId(0)), lang),
    };
    if let Route::Term { vocabulary, .. } = route {
        let title = worker.string(&format!("{}.title", vocabulary.name()))?.form(None);
        crumbs.push(crumb(title, &site.config.base_url.href(&terms_url(site, *vocabulary, lang)), lang));
    }
    let title = if shown.number > 1 {
        let pages = list_pages(shown.members.len(), shown.page_size);
        let page = worker.string("list.page")?.form(None);
        let page = page.replace("{number}", &shown.number.to_string()).replace("{total}", &pages.to_string());
        format!("{} – {page}", shown.title)
    } else {
        shown.title.clone()
    };
    let head = Head {
        title: &title,
        description: shown.description.as_deref(),
        kind: "website",
        index: Index::Yes,
        breadcrumbs: crumbs,
        section: at,
        image: None,
        meta: Vec::new(),
    };
    let output = output(&worker.data, lang, &job.url, &twins(site, route), head);
    let section = at.map_or_else(Value::none, |id| section(site, id, lang));
    let value = value(worker, shown);
    worker.template(&template, vec![("output", output), ("list", value), ("section", section)])
}

/// The template of a section's list: the one its `layout` names, with or without `.html`.
fn layout(worker: &Worker, id: SectionId) -> Result<String, Box<Diagnostic>> {
    let site = &worker.data.site;
    let theme = &worker.data.theme;
    let Some(layout) = &site.section(id).layout else { return Ok("section.html".to_owned()) };
    let name = if layout.ends_with(".html") { layout.clone() } else { format!("{layout}.html") };
    if theme.templates.contains_key(&name) {
        return Ok(name);
    }
    let by = index_page(site, id, site.config.default_language).map(|page| page.document.path.clone());
    let by = by.unwrap_or_default();
    Err(Box::new(template_missing(&name, by.as_str(), theme).at(Place::field(by, "layout"))))
}

/// `list`.
fn value(worker: &Worker, shown: List<'_>) -> Value {
    let site = &worker.data.site;
    let lang = worker.lang();
    let size = shown.page_size.max(1);
    let start = (shown.number - 1).saturating_mul(size);
    let items = shown.members.iter().skip(start).take(size).map(|member| worker.data.summaries.get(member.page, lang));
    let total = list_pages(shown.members.len(), size);
    object([
        ("kind", Value::from(shown.kind)),
        ("title", Value::from(shown.title)),
        ("title_lang", shown.title_lang),
        ("description", text(shown.description.as_deref())),
        ("body", Value::safe_string(&shown.body)),
        ("items", list(items)),
        ("count", Value::from(shown.members.len())),
        ("pager", pager(site, &shown.base, shown.number, total, lang)),
        ("year", shown.year.map_or_else(Value::none, Value::from)),
        ("month", shown.month.map_or_else(Value::none, Value::from)),
        ("years", shown.years),
        ("months", shown.months),
        ("terms", shown.terms),
        ("subsections", shown.subsections),
        ("tree", shown.tree),
    ])
}

/// The pager; `none` where all fit on one page. Of many pages it names the first, the last and
/// those near to this one.
fn pager(site: &Site, base: &UrlPath, number: usize, total: usize, lang: Lang) -> Value {
    if total <= 1 {
        return Value::none();
    }
    let url = |number| Value::from(site.config.base_url.href(&list_page_url(base, number, &site.config, lang)));
    let near = |page: &usize| *page == 1 || *page == total || page.abs_diff(number) <= 2;
    let pages = (1..=total).filter(near).map(|page| {
        object([("number", Value::from(page)), ("url", url(page)), ("current", Value::from(page == number))])
    });
    object([
        ("number", Value::from(number)),
        ("total", Value::from(total)),
        ("prev_url", if number > 1 { url(number - 1) } else { Value::none() }),
        ("next_url", if number < total { url(number + 1) } else { Value::none() }),
        ("pages", list(pages)),
    ])
}

type Listed<'a> = Result<List<'a>, Box<Diagnostic>>;

fn of_section(worker: &Worker, id: SectionId, number: usize) -> Listed<'_> {
    let site = &worker.data.site;
    let lang = worker.lang();
    let section = site.section(id);
    let (title, title_lang) = section_title(site, id, lang);
    let index = index_page(site, id, lang);
    let years = section.archive.get(lang).years().map(|(year, members)| {
        object([
            ("year", Value::from(year)),
            ("url", Value::from(site.config.base_url.href(&archive_url(site, id, lang, year, None)))),
            ("count", Value::from(members.members.len())),
        ])
    });
    let has_archive = section.kind != crate::content::front_matter::Kind::Page;
    let children = children(site, id);
    let subsections = children.map(|child| super::pieces::section(site, child, lang));
    Ok(List {
        title_lang: foreign(title_lang, lang),
        description: index.and_then(|page| page.meta.description.clone()),
        body: if number == 1 { page::index_body(worker, id)? } else { String::new() },
        members: section.members.get(lang),
        page_size: section.page_size,
        number,
        years: if has_archive { list(years) } else { list([]) },
        subsections: list(subsections),
        ..List::new("section", title.to_owned(), section.url.get(lang).clone())
    })
}

fn of_archive(worker: &Worker, id: SectionId, year: i16, month: Option<i8>, number: usize) -> Listed<'_> {
    let site = &worker.data.site;
    let lang = worker.lang();
    let archive = site.section(id).archive.get(lang);
    let months = archive.year(year).into_iter().flat_map(|months| months.months()).map(|(month, members)| {
        object([
            ("month", Value::from(month)),
            ("url", Value::from(site.config.base_url.href(&archive_url(site, id, lang, year, Some(month))))),
            ("count", Value::from(members.len())),
        ])
    });
    let section = section_title(site, id, lang).0;
    let (kind, pattern, word) = match month {
        None => ("year", worker.string("archive.year")?, String::new()),
        Some(month) => ("month", worker.string("archive.month")?, format::month_word(month, lang)),
    };
    let heading = pattern.form(None).replace("{year}", &year.to_string()).replace("{month}", &word);
    Ok(List {
        members: archive.members(year, month),
        number,
        year: Some(year),
        month,
        months: if month.is_none() { list(months) } else { list([]) },
        ..List::new(kind, format!("{section} – {heading}"), archive_url(site, id, lang, year, month))
    })
}

fn of_term(worker: &Worker, vocabulary: Vocabulary, index: usize, number: usize) -> List<'_> {
    let site = &worker.data.site;
    let lang = worker.lang();
    let term = site.vocabularies.get(&vocabulary).and_then(|terms| terms.get(index));
    let label = term.and_then(|term| term.label.get(lang).clone());
    let (name, url) = match label {
        Some((name, slug)) => (name, terms_url(site, vocabulary, lang).dir(slug.as_str())),
        None => (String::new(), terms_url(site, vocabulary, lang)),
    };
    List {
        members: term.map_or(&[], |term| term.members.get(lang).as_slice()),
        number,
        ..List::new(vocabulary.singular(), name, url)
    }
}

fn of_terms(worker: &Worker, vocabulary: Vocabulary) -> Listed<'_> {
    let site = &worker.data.site;
    let lang = worker.lang();
    let base = terms_url(site, vocabulary, lang);
    let mut terms: Vec<(Vec<u8>, Value)> = Vec::new();
    for term in site.vocabularies.get(&vocabulary).into_iter().flatten() {
        let count = term.members.get(lang).len();
        let Some((name, slug)) = term.label.get(lang).as_ref().filter(|_| count > 0) else { continue };
        let url = site.config.base_url.href(&base.dir(slug.as_str()));
        let value = object([
            ("id", Value::from(slug.as_str())),
            ("name", Value::from(name.as_str())),
            ("url", Value::from(url)),
            ("count", Value::from(count)),
        ]);
        terms.push((crate::base::text::collation_key(name), value));
    }
    terms.sort_by(|a, b| a.0.cmp(&b.0));
    let title = worker.string(&format!("{}.title", vocabulary.name()))?.form(None);
    Ok(List {
        terms: list(terms.into_iter().map(|(_, value)| value)),
        ..List::new(vocabulary.name(), title.to_owned(), base)
    })
}

/// The site map: sections with their pages; what a section has by date is reached by its archive.
fn of_site<'a>(worker: &'a Worker, job: &Job) -> Listed<'a> {
    let title = worker.string("sitemap.title")?.form(None);
    Ok(List { tree: list(tree(worker, SectionId(0))), ..List::new("sitemap", title.to_owned(), job.url.clone()) })
}

/// How many pages of one section the site map names; the rest is on the section's list.
const TREE_LIMIT: usize = 100;

fn tree(worker: &Worker, id: SectionId) -> Vec<Value> {
    let site = &worker.data.site;
    let lang = worker.lang();
    let leaf = |page: PageId| {
        let page = site.page(page);
        let url = site.config.base_url.href(&page.url);
        node((&page.meta.title, page.lang), url, page.lang, list([]))
    };
    let own = site.section(id).members.get(lang).iter().map(|member| member.page);
    let own = own.filter(|page| site.set_of(*page).section == id && site.set_of(*page).role == Role::Page);
    let mut nodes: Vec<Value> = own.take(TREE_LIMIT).map(leaf).collect();
    let children = children(site, id);
    nodes.extend(children.map(|child| {
        let (title, title_lang) = section_title(site, child, lang);
        let url = site.config.base_url.href(site.section(child).url.get(lang));
        node((title, title_lang), url, lang, list(tree(worker, child)))
    }));
    nodes
}

/// The sections right below one.
fn children(site: &Site, id: SectionId) -> impl Iterator<Item = SectionId> {
    site.section_ids().skip(1).filter(move |child| site.section(*child).parent == id)
}

fn node((title, lang): (&str, Lang), url: String, target_lang: Lang, children: Value) -> Value {
    object([
        ("title", Value::from(title)),
        ("url", Value::from(url)),
        ("lang", Value::from(lang.tag())),
        ("target_lang", Value::from(target_lang.tag())),
        ("children", children),
    ])
}
