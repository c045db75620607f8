//! Pages: ordinary ones by kind, withdrawn ones, the home page, "not found" and old addresses.

use std::collections::BTreeSet;

use tera::Value;

use super::engine::Worker;
use super::links::told_state;
use super::output::{Head, Index, SharedImage, output};
use super::pieces::{Twin, Twins};
use super::plan::{Job, Task};
use super::value::{Field, date, extended, foreign, from_node, lang_of, list, localized, object};
use super::view::View;
use super::{Rendered, body, record, targets};
use crate::base::lang::{Lang, PerLang};
use crate::config::SiteConfig;
use crate::diag::Diagnostic;
use crate::site::meta::{Meta, Tag};
use crate::site::routes::{Route, event_file_address, terms_url};
use crate::site::terms::Vocabulary;
use crate::site::urls::home_url;
use crate::site::{Page, PageId, Role, SectionId};

/// An ordinary or withdrawn page.
pub(super) fn render(worker: &Worker, job: &Job, id: PageId) -> Rendered {
    let view = &worker.view;
    let page = view.page(id);
    let set = view.set(page.set);
    let place = view.section(set.section);
    let twins = view.twins(&Route::Page(id));
    let (template, title, index) = match &page.meta.withdrawn {
        Some(_) => ("withdrawn.html", worker.string("withdrawn.title")?.form(None), Index::No),
        None => (template_of(set.kind), page.meta.title.as_str(), Index::Yes),
    };
    let shown = page.meta.withdrawn.is_none();
    let head = Head {
        title,
        description: page.meta.description.as_deref().filter(|_| shown),
        kind: "article",
        index,
        breadcrumbs: place.crumbs.clone(),
        section: Some(set.section),
        image: lead_image(view, page).filter(|_| shown),
    };
    let output = output(view, &job.url, &twins, head);
    let value = if shown { value(worker, id, &twins)? } else { withdrawn(view, page, title) };
    worker.template(template, vec![("output", output), ("page", value), ("section", place.value.clone())])
}

fn template_of(kind: crate::content::front_matter::Kind) -> &'static str {
    use crate::content::front_matter::Kind;
    match kind {
        Kind::News => "news.html",
        Kind::Decision => "decision.html",
        Kind::Event => "event.html",
        Kind::Page => "page.html",
    }
}

/// The home page: the root's `_index.md`, or what the settings say of the portal.
pub(super) fn home(worker: &Worker, job: &Job) -> Rendered {
    let view = &worker.view;
    let lang = view.lang();
    let language = view.config().languages.get(lang);
    let twins = view.twins(&Route::Home(lang));
    let own = view.section(SectionId(0)).index.map(|id| (id, view.page(id))).filter(|(_, page)| page.lang == lang);
    let page = match own {
        Some((id, _)) => value(worker, id, &twins)?,
        None => synthetic_home(view, job),
    };
    let meta = own.map(|(_, page)| &page.meta);
    let head = Head {
        title: meta.map_or(language.title.as_str(), |meta| &meta.title),
        description: meta.and_then(|meta| meta.description.as_deref()).or(language.description.as_deref()),
        kind: "website",
        index: Index::Yes,
        breadcrumbs: Vec::new(),
        section: Some(SectionId(0)),
        image: None,
    };
    let output = output(view, &job.url, &twins, head);
    worker.template("home.html", vec![("output", output), ("page", page)])
}

/// `page` where a language has no `_index.md`.
fn synthetic_home(view: &View, job: &Job) -> Value {
    let config = view.config();
    let lang = view.lang();
    let language = config.languages.get(lang);
    let empty = [
        "topics",
        "toc",
        "authors",
        "tags",
        "corrections",
        "attachments",
        "targets",
        "target_years",
        "relations",
        "cited_by",
        "cites",
    ];
    let absent = [
        "title_lang",
        "date",
        "updated",
        "section",
        "image",
        "decision",
        "event",
        "source",
        "official_url",
        "status_checked",
        "timeline",
        "withdrawal",
        "calendar_file",
    ];
    let base = object([
        ("id", "_index".into()),
        ("kind", "page".into()),
        ("url", config.base_url.href(&job.url).into()),
        ("permalink", config.base_url.absolute(&job.url).into()),
        ("title", language.title.as_str().into()),
        ("description", language.description.as_deref().into()),
        ("lang", lang.tag().into()),
        ("other_language", false.into()),
        ("withdrawn", false.into()),
        ("partly", false.into()),
        ("words", 0.into()),
        ("cited_by_count", 0.into()),
        ("body", Value::safe_string("").into()),
        ("translation", object([("state", "original".into()), ("missing", list([]).into())]).into()),
        ("extra", object([]).into()),
    ]);
    let with_lists = empty.into_iter().fold(base, |value, name| extended(&value, [(name, list([]).into())]));
    absent.into_iter().fold(with_lists, |value, name| extended(&value, [(name, Field::none())]))
}

/// "Not found": in one language, or in both at the root.
pub(super) fn not_found(worker: &Worker, job: &Job) -> Rendered {
    let view = &worker.view;
    let twins = Twins(PerLang::from_fn(|lang| Twin::Same(home_url(view.config(), lang))));
    let head = Head {
        title: worker.string("notfound.title")?.form(None),
        description: None,
        kind: "website",
        index: Index::No,
        breadcrumbs: view.section(SectionId(0)).crumbs.clone(),
        section: None,
        image: None,
    };
    let output = output(view, &job.url, &twins, head);
    let template = if job.task == Task::NotFoundRoot { "404-root.html" } else { "404.html" };
    worker.template(template, vec![("output", output)])
}

/// An old address that leads to a page.
pub(super) fn redirect(worker: &Worker, index: usize) -> Rendered {
    let view = &worker.view;
    let Some(page) = view.redirect(index) else { return Ok(Vec::new()) };
    let base = &view.config().base_url;
    let title = if page.withdrawn { worker.string("withdrawn.title")?.form(None) } else { page.title };
    let value = object([
        ("url", base.href(page.url).into()),
        ("permalink", base.absolute(page.url).into()),
        ("title", title.into()),
        ("lang", page.lang.tag().into()),
    ]);
    worker.template("redirect.html", vec![("redirect", value)])
}

/// The body of a section's index for its list: empty where there is none in the language.
pub(super) fn index_body(worker: &Worker, index: Option<PageId>) -> Result<String, Box<Diagnostic>> {
    match index.map(|id| worker.view.page(id)) {
        Some(page) if page.lang == worker.view.lang() => body::html(worker, page, &worker.view.body(page)),
        _ => Ok(String::new()),
    }
}

/// A tag of a page.
fn tag_value(tag: &Tag, config: &SiteConfig, lang: Lang) -> Value {
    let url = terms_url(config, Vocabulary::Tags, lang).dir(tag.slug.as_str());
    object([("name", tag.name.as_str().into()), ("url", config.base_url.href(&url).into())])
}

/// `page`: a summary and all the rest.
fn value(worker: &Worker, id: PageId, twins: &Twins) -> Result<Value, Box<Diagnostic>> {
    let view = &worker.view;
    let config = view.config();
    let page = view.page(id);
    let (meta, lang) = (&page.meta, page.lang);
    let set = view.set(page.set);
    let tags = meta.tags.iter().map(|tag| worker.tag(tag, lang, || tag_value(tag, config, lang)));
    let source = meta.source.as_ref().map(|source| {
        object([
            ("name", localized(source.name.as_ref()).into()),
            ("name_lang", lang_of(source.name.as_ref(), lang).into()),
            ("url", source.url.as_deref().into()),
        ])
    });
    let corrections = meta.corrections.iter().map(|correction| {
        extended(&object(body::with_lang(&correction.text, lang)), [("date", date(Some(correction.date)).into())])
    });
    let untranslated = |lang: &Lang| set.role == Role::Page && !matches!(twins.0.get(*lang), Twin::Same(_));
    let missing = Lang::ALL.into_iter().filter(untranslated).map(|lang| {
        let name = config.languages.get(lang).name.as_str();
        object([("lang", lang.tag().into()), ("name", name.into())])
    });
    let decision = meta.decision.as_deref();
    let table = match decision {
        Some(decision) => targets::table(view, decision, &[], None)?,
        None => targets::none(),
    };
    let of_table = |name: &str| table.get_from_path(name).cloned().unwrap_or_else(Value::none);
    let written = view.body(page);
    let html = body::html(worker, page, &written)?;
    // Of other pages than documents nobody asks who cites them.
    let (citing, citing_count) = decision.map_or_else(Default::default, |_| view.cited_by(page.set));
    let (relations, timeline) = record::relations(worker, page)?;
    let calendar_file = meta.event.as_ref().and_then(|_| event_file_address(&page.url));
    let calendar_file = calendar_file.map(|url| config.base_url.href(&url));
    Ok(extended(
        &view.summary(id),
        [
            ("body", Value::safe_string(&html).into()),
            ("permalink", config.base_url.absolute(&page.url).into()),
            ("toc", body::toc(&written).into()),
            ("words", page.document.facts.words.into()),
            ("authors", list(meta.authors.iter().map(|author| Value::from(author.as_str()))).into()),
            ("tags", list(tags).into()),
            ("source", source.into()),
            ("corrections", list(corrections).into()),
            ("attachments", list(decision.into_iter().flat_map(|d| record::attachments(view, d, lang))).into()),
            ("targets", of_table("rows").into()),
            ("target_years", of_table("years").into()),
            ("relations", relations.into()),
            ("timeline", timeline.into()),
            ("official_url", decision.and_then(|d| d.official_url.as_deref()).into()),
            ("status_checked", record::status_checked(decision).into()),
            ("partly", decision.is_some_and(|d| d.partly).into()),
            ("translation", object([("state", told_state(page).into()), ("missing", list(missing).into())]).into()),
            ("withdrawal", Field::none()),
            ("cited_by", view.summaries(citing).into()),
            ("cited_by_count", citing_count.into()),
            ("cites", view.summaries(cites(page)).into()),
            ("calendar_file", calendar_file.into()),
            ("extra", extra(meta).into()),
        ],
    ))
}

/// The documents a page cites, in order; part of its own record.
fn cites(page: &Page) -> Vec<PageId> {
    let mut seen = BTreeSet::new();
    page.citations.iter().filter_map(|cited| cited.page()).filter(|page| seen.insert(*page)).collect()
}

fn extra(meta: &Meta) -> Value {
    Value::from(
        meta.extra
            .iter()
            .map(|(name, node)| (tera::value::Key::from(name.clone()), from_node(node)))
            .collect::<tera::Map>(),
    )
}

/// `page` of a page that was taken back: nothing of it but the notice.
fn withdrawn(view: &View, page: &Page, title: &str) -> Value {
    let base = &view.config().base_url;
    let lang = page.lang;
    let withdrawal = page.meta.withdrawn.as_ref().map(|withdrawn| {
        object([
            ("date", date(Some(withdrawn.date)).into()),
            ("reason", localized(withdrawn.reason.as_ref()).into()),
            ("lang", withdrawn.reason.as_ref().and_then(|reason| foreign(reason.lang, lang)).into()),
        ])
    });
    object([
        ("url", base.href(&page.url).into()),
        ("permalink", base.absolute(&page.url).into()),
        ("title", title.into()),
        ("lang", lang.tag().into()),
        ("withdrawn", true.into()),
        ("withdrawal", withdrawal.into()),
    ])
}

fn lead_image(view: &View, page: &Page) -> Option<SharedImage> {
    let image = page.meta.image.as_ref()?;
    let (src, size) = view.picture(&image.file)?.shared();
    let alt = image.alt.as_ref().map(|alt| alt.text.clone()).unwrap_or_default();
    Some(SharedImage { src, alt, size })
}
