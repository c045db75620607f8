//! Lists: sections with their pages, archives, terms, and the site map for people.

use std::collections::BTreeSet;

use tera::Value;

use super::engine::Worker;
use super::fact::List;
use super::output::{Head, Index, output};
use super::pieces::{crumb, index_page};
use super::plan::Job;
use super::template_errors::template_missing;
use super::value::{foreign, list, object};
use super::view::View;
use super::{Rendered, page};
use crate::base::lang::Lang;
use crate::base::path::UrlPath;
use crate::config::SiteConfig;
use crate::diag::{Diagnostic, Place};
use crate::domain::format;
use crate::site::routes::{LIST_SIZE, Route, archive_address, list_pages, terms_url};
use crate::site::terms::Vocabulary;
use crate::site::urls::list_page_url;
use crate::site::{PageId, SectionId};

/// What a list shows.
struct Shown {
    kind: &'static str,
    title: String,
    description: Option<String>,
    title_lang: Option<&'static str>,
    body: String,
    /// The pages on this one of its pages.
    pages: Vec<PageId>,
    /// How many pages it names in all.
    count: usize,
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

impl Shown {
    fn new(kind: &'static str, title: String, base: UrlPath) -> Self {
        Self {
            kind,
            title,
            description: None,
            title_lang: None,
            body: String::new(),
            pages: Vec::new(),
            count: 0,
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
    let view = &worker.view;
    let lang = view.lang();
    let (template, shown, at) = match route {
        Route::Section { section, number, .. } => {
            (layout(view, *section)?, of_section(worker, *section, *number)?, Some(*section))
        }
        Route::Archive { section, year, month, number, .. } => {
            ("archive.html".to_owned(), of_archive(worker, *section, *year, *month, *number)?, Some(*section))
        }
        Route::Term { vocabulary, term, number, .. } => {
            ("term.html".to_owned(), of_term(view, *vocabulary, *term, *number), None)
        }
        Route::Terms { vocabulary, .. } => ("terms.html".to_owned(), of_terms(worker, *vocabulary)?, None),
        _ => ("sitemap.html".to_owned(), of_site(worker, job)?, None),
    };
    let mut crumbs = view.section(at.unwrap_or(SectionId(0))).crumbs.clone();
    if matches!(route, Route::Section { number: 1, .. }) {
        // The first page of a section's list is the section itself.
        crumbs.pop();
    }
    if let Route::Term { vocabulary, .. } = route {
        let title = worker.string(&format!("{}.title", vocabulary.name()))?.form(None);
        crumbs.push(crumb(title, &view.config().base_url.href(&vocabulary_url(view, *vocabulary)), lang));
    }
    let title = if shown.number > 1 {
        let pages = list_pages(shown.count, shown.page_size);
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
    };
    let output = output(view, &job.url, &view.twins(route), head);
    let section = at.map_or_else(Value::none, |id| view.section(id).value.clone());
    worker.template(&template, vec![("output", output), ("list", value(view, shown)), ("section", section)])
}

/// The template of a section's list: the one its `layout` names, with or without `.html`.
fn layout(view: &View, id: SectionId) -> Result<String, Box<Diagnostic>> {
    let place = view.section(id);
    let Some(layout) = &place.layout else { return Ok("section.html".to_owned()) };
    let name = if layout.ends_with(".html") { layout.clone() } else { format!("{layout}.html") };
    if view.template(&name) {
        return Ok(name);
    }
    let data = view.for_messages();
    let by = index_page(&data.site, id, data.site.config.default_language).map(|page| page.document.path.clone());
    let by = by.unwrap_or_default();
    Err(Box::new(template_missing(&name, by.as_str(), &data.theme).at(Place::field(by, "layout"))))
}

/// `list`.
fn value(view: &View, shown: Shown) -> Value {
    let total = list_pages(shown.count, shown.page_size);
    object([
        ("kind", shown.kind.into()),
        ("title", shown.title.into()),
        ("title_lang", shown.title_lang.into()),
        ("description", shown.description.as_deref().into()),
        ("body", Value::safe_string(&shown.body).into()),
        ("items", view.summaries(shown.pages).into()),
        ("count", shown.count.into()),
        ("pager", pager(view.config(), &shown.base, shown.number, total, view.lang()).into()),
        ("year", shown.year.into()),
        ("month", shown.month.into()),
        ("years", shown.years.into()),
        ("months", shown.months.into()),
        ("terms", shown.terms.into()),
        ("subsections", shown.subsections.into()),
        ("tree", shown.tree.into()),
    ])
}

/// The pager; `none` where all fit on one page. Of many pages it names the first, the last and
/// those near to this one.
fn pager(config: &SiteConfig, base: &UrlPath, number: usize, total: usize, lang: Lang) -> Value {
    if total <= 1 {
        return Value::none();
    }
    let url = |number| config.base_url.href(&list_page_url(base, number, config, lang));
    let near = (number.saturating_sub(2)..=number + 2).chain([1, total]);
    let near: BTreeSet<usize> = near.filter(|page| (1..=total).contains(page)).collect();
    let pages = near
        .into_iter()
        .map(|page| object([("number", page.into()), ("url", url(page).into()), ("current", (page == number).into())]));
    object([
        ("number", number.into()),
        ("total", total.into()),
        ("prev_url", (number > 1).then(|| url(number - 1)).into()),
        ("next_url", (number < total).then(|| url(number + 1)).into()),
        ("pages", list(pages).into()),
    ])
}

type Listed = Result<Shown, Box<Diagnostic>>;

fn of_section(worker: &Worker, id: SectionId, number: usize) -> Listed {
    let view = &worker.view;
    let place = view.section(id);
    let (pages, count) = view.slice(List::Section(id), number);
    Ok(Shown {
        title_lang: foreign(place.title_lang, view.lang()),
        description: place.description.clone(),
        body: if number == 1 { page::index_body(worker, place.index)? } else { String::new() },
        pages,
        count,
        page_size: place.page_size,
        number,
        years: view.years(id),
        subsections: view.children(id),
        ..Shown::new("section", place.title.clone(), place.url.clone())
    })
}

fn of_archive(worker: &Worker, id: SectionId, year: i16, month: Option<i8>, number: usize) -> Listed {
    let view = &worker.view;
    let place = view.section(id);
    let (kind, pattern, word) = match month {
        None => ("year", worker.string("archive.year")?, String::new()),
        Some(month) => ("month", worker.string("archive.month")?, format::month_word(month, view.lang())),
    };
    let heading = pattern.form(None).replace("{year}", &year.to_string()).replace("{month}", &word);
    let (pages, count) = view.slice(List::Archive(id, year, month), number);
    Ok(Shown {
        pages,
        count,
        number,
        year: Some(year),
        month,
        months: if month.is_none() { view.months(id, year) } else { list([]) },
        ..Shown::new(kind, format!("{} – {heading}", place.title), archive_address(&place.url, year, month))
    })
}

fn of_term(view: &View, vocabulary: Vocabulary, index: usize, number: usize) -> Shown {
    let (name, url) = view.term(vocabulary, index);
    let (pages, count) = view.slice(List::Term(vocabulary, index), number);
    Shown { pages, count, number, ..Shown::new(vocabulary.singular(), name, url) }
}

fn of_terms(worker: &Worker, vocabulary: Vocabulary) -> Listed {
    let view = &worker.view;
    let title = worker.string(&format!("{}.title", vocabulary.name()))?.form(None);
    let base = vocabulary_url(view, vocabulary);
    Ok(Shown { terms: view.terms(vocabulary), ..Shown::new(vocabulary.name(), title.to_owned(), base) })
}

/// The site map: sections with their pages.
fn of_site(worker: &Worker, job: &Job) -> Listed {
    let title = worker.string("sitemap.title")?.form(None);
    Ok(Shown { tree: worker.view.tree(), ..Shown::new("sitemap", title.to_owned(), job.url.clone()) })
}

/// The address of a vocabulary's page.
fn vocabulary_url(view: &View, vocabulary: Vocabulary) -> UrlPath {
    terms_url(view.config(), vocabulary, view.lang())
}
