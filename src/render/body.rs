//! A document's text with its holes filled: links, images, strings and directives.

use pulldown_cmark_escape::escape_html;
use tera::Value;

use super::engine::Worker;
use super::fact::EventQuery;
use super::pictures::{Shown, plain};
use super::targets;
use super::value::{Field, extended, list, object};
use super::view::View;
use crate::base::lang::Lang;
use crate::content::directive::{Directive, DirectiveKind, Tone};
use crate::content::document::{Body, HoleKind, Image};
use crate::diag::{Arg, Code, Diagnostic};
use crate::site::meta::Localized;
use crate::site::{Cited, Page, ResolvedLink};

/// The text of a page.
pub(super) fn html(worker: &Worker, page: &Page, body: &Body) -> Result<String, Box<Diagnostic>> {
    let view = &worker.view;
    let facts = &page.document.facts;
    let mut open: Vec<String> = vec![String::with_capacity(body.html.len() + 64 * body.holes.len())];
    let mut written = 0;
    // The directives that are open.
    let mut inside: Vec<usize> = Vec::new();
    for hole in &body.holes {
        let out = last(&mut open);
        out.push_str(body.html.get(written..hole.at).unwrap_or_default());
        written = hole.at.max(written);
        match &hole.kind {
            HoleKind::LinkOpen(index, title) => link_open(view, page, *index, title.as_deref(), out),
            HoleKind::LinkClose(index) => {
                if !matches!(page.links.get(*index), None | Some(ResolvedLink::Nowhere)) {
                    out.push_str("</a>");
                }
            }
            HoleKind::Url(index) => {
                let address = page.links.get(*index).and_then(|link| view.link(page, link));
                attribute(address.as_deref().unwrap_or("#"), out);
            }
            HoleKind::Image(index) => {
                let html = image(worker, page, *index, inside.last().copied())?;
                last(&mut open).push_str(&html);
            }
            HoleKind::Text(key) => attribute(worker.string(key)?.form(None), out),
            HoleKind::CitationOpen(index) => citation_open(view, page, *index, out),
            HoleKind::CitationClose(index) => citation_close(view, page, *index, out),
            HoleKind::DirectiveOpen(index) => {
                open.push(String::new());
                inside.push(*index);
            }
            HoleKind::DirectiveClose(index) => {
                inside.pop();
                let inner = if open.len() > 1 { open.pop().unwrap_or_default() } else { String::new() };
                if let Some(directive) = facts.directives.get(*index) {
                    let html = self::directive(worker, page, directive, &inner)?;
                    last(&mut open).push_str(&html);
                }
            }
        }
    }
    last(&mut open).push_str(body.html.get(written..).unwrap_or_default());
    let first = open.swap_remove(0);
    Ok(if open.is_empty() { first } else { first + &open.concat() })
}

/// The innermost open text.
fn last(open: &mut Vec<String>) -> &mut String {
    if open.is_empty() {
        open.push(String::new());
    }
    let at = open.len() - 1;
    #[expect(clippy::indexing_slicing, reason = "the stack is never empty")]
    &mut open[at]
}

/// Writes text into an attribute or element. Writing into memory cannot fail.
pub(super) fn attribute(text: &str, out: &mut String) {
    let written = escape_html(&mut *out, text);
    debug_assert!(written.is_ok());
}

fn link_open(view: &View, page: &Page, index: usize, title: Option<&str>, out: &mut String) {
    let Some(link) = page.links.get(index) else { return };
    let Some(address) = view.link(page, link) else { return };
    out.push_str("<a href=\"");
    attribute(&address, out);
    out.push('"');
    if let Some(title) = title {
        out.push_str(" title=\"");
        attribute(title, out);
        out.push('"');
    }
    if let Some(lang) = view.link_lang(link) {
        foreign("hreflang", lang, page, out);
    }
    out.push('>');
}

/// An attribute that names a language, unless it is the page's.
fn foreign(name: &str, lang: Lang, page: &Page, out: &mut String) {
    if lang != page.lang {
        out.extend([" ", name, "=\"", lang.tag(), "\""]);
    }
}

/// A number that may be a link. It never breaks.
fn citation_open(view: &View, page: &Page, index: usize, out: &mut String) {
    let Some(Cited::Link(target)) = page.citations.get(index) else {
        out.push_str("<span class=\"number\">");
        return;
    };
    let document = view.headline(*target);
    out.push_str("<a class=\"citation\" href=\"");
    attribute(&view.config().base_url.href(document.url), out);
    out.push('"');
    foreign("hreflang", document.lang, page, out);
    out.push_str("><span class=\"number\">");
}

/// The end of that number. The name of the document is read out with it: a number alone says nothing to
/// those who hear a list of links (WCAG 2.4.4, 2.4.9).
fn citation_close(view: &View, page: &Page, index: usize, out: &mut String) {
    out.push_str("</span>");
    let Some(Cited::Link(target)) = page.citations.get(index) else { return };
    let document = view.headline(*target);
    out.push_str("<span class=\"hidden\"");
    foreign("lang", document.lang, page, out);
    out.push_str(">: ");
    attribute(document.title, out);
    out.push_str("</span></a>");
}

/// An image in the text; `within` is the directive around it. One of the content is drawn by the theme, which
/// knows how much room it has.
fn image(worker: &Worker, page: &Page, index: usize, within: Option<usize>) -> Result<String, Box<Diagnostic>> {
    let view = &worker.view;
    let mut out = String::new();
    let Some(image) = page.document.facts.images.get(index) else { return Ok(out) };
    if let Some(ResolvedLink::File(path, _)) = page.images.get(index)
        && let Some(shown) = view.picture(path)
    {
        let directive = within.and_then(|index| page.document.facts.directives.get(index));
        let texts = [
            ("alt", image.alt.as_str().into()),
            ("title", image.title.as_deref().into()),
            ("within", directive.filter(|d| d.kind == DirectiveKind::Gallery).map(|_| "gallery").into()),
        ];
        let html = worker.directive("image", extended(&object(texts), shown.fields()), "")?;
        return Ok(html.trim().to_owned());
    }
    let Some(address) = page.images.get(index).and_then(|link| view.link(page, link)) else { return Ok(out) };
    out.push_str("<img src=\"");
    attribute(&address, &mut out);
    out.push_str("\" alt=\"");
    attribute(&image.alt, &mut out);
    if let Some(title) = &image.title {
        out.push_str("\" title=\"");
        attribute(title, &mut out);
    }
    out.push_str("\" loading=\"lazy\" decoding=\"async\">");
    Ok(out)
}

/// A directive, drawn by its template around its finished body.
fn directive(worker: &Worker, page: &Page, directive: &Directive, inner: &str) -> Result<String, Box<Diagnostic>> {
    let view = &worker.view;
    let link = |index: &usize| page.links.get(*index).and_then(|link| view.link(page, link));
    let (name, value) = match &directive.kind {
        DirectiveKind::Figure { image, caption, credit } => {
            let value = object([
                ("image", figure_image(view, page, *image).into()),
                ("caption", caption.as_deref().into()),
                ("credit", credit.as_deref().into()),
            ]);
            ("figure", value)
        }
        DirectiveKind::Callout { tone, title } => ("callout", callout(worker, *tone, title.as_deref())?),
        DirectiveKind::Quote { author, role, source } => {
            let source = source.as_ref().and_then(link);
            let value = object([
                ("author", author.as_deref().into()),
                ("role", role.as_deref().into()),
                ("source", source.as_deref().into()),
            ]);
            ("quote", value)
        }
        DirectiveKind::Targets { from, only } => ("targets", self::targets(worker, page, *from, only, directive)?),
        DirectiveKind::Events { when, limit, series, year } => {
            let query =
                EventQuery { lang: view.lang(), when: *when, series: series.clone(), year: *year, limit: *limit };
            let items = view.summaries(view.events(query));
            let when = match when {
                crate::content::directive::When::Upcoming => "upcoming",
                crate::content::directive::When::Past => "past",
                crate::content::directive::When::All => "all",
            };
            ("events", object([("when", when.into()), ("items", items.into())]))
        }
        DirectiveKind::OpenData => ("open-data", open_data(worker)?),
        DirectiveKind::Gallery => ("gallery", object([])),
        DirectiveKind::Video { link: index, title } => {
            let url = link(index).unwrap_or_default();
            let host = url.split('/').nth(2).unwrap_or_default().to_owned();
            let value = object([("url", url.into()), ("title", title.as_str().into()), ("host", host.into())]);
            ("video", value)
        }
    };
    worker.directive(name, value, inner)
}

fn figure_image(view: &View, page: &Page, index: usize) -> Value {
    let image: Option<&Image> = page.document.facts.images.get(index);
    let link = page.images.get(index);
    let fields = match link {
        Some(ResolvedLink::File(path, _)) => view.picture(path).map(Shown::fields),
        _ => link.and_then(|link| view.link(page, link)).map(plain),
    };
    match (image, fields) {
        (Some(image), Some(fields)) => extended(&object([("alt", image.alt.as_str().into())]), fields),
        _ => Value::none(),
    }
}

fn callout(worker: &Worker, tone: Tone, title: Option<&str>) -> Result<Value, Box<Diagnostic>> {
    let title = match title {
        Some(title) => title.to_owned(),
        None => worker.string(tone.title_key())?.form(None).to_owned(),
    };
    Ok(object([("tone", tone.name().into()), ("title", title.into())]))
}

/// The open data of the portal in the language of the page, with what the theme calls them.
fn open_data(worker: &Worker) -> Result<Value, Box<Diagnostic>> {
    let view = &worker.view;
    let config = view.config();
    let mut sets = Vec::new();
    for offered in view.open_data() {
        let files = offered.files.iter().map(|file| {
            object([
                ("name", file.name().into()),
                ("url", config.base_url.href(&file.url).into()),
                ("format", file.format.into()),
                ("type", file.media_type.into()),
            ])
        });
        sets.push(object([
            ("id", offered.dataset.id().into()),
            ("name", worker.string(offered.name_key())?.form(None).into()),
            ("description", worker.string(offered.about_key())?.form(None).into()),
            ("files", list(files).into()),
        ]));
    }
    let licence = config.licence.as_ref().map(|licence| {
        let name = Value::from(licence.name.get(view.lang()).as_str());
        object([("name", name.into()), ("url", licence.url.as_str().into())])
    });
    Ok(object([("datasets", list(sets).into()), ("licence", licence.into())]))
}

/// The targets of a document named by its file, or of the page itself.
fn targets(
    worker: &Worker,
    page: &Page,
    from: Option<usize>,
    only: &[String],
    directive: &Directive,
) -> Result<Value, Box<Diagnostic>> {
    let view = &worker.view;
    let linked = from.map(|index| page.links.get(index));
    let (decision, withdrawn) = match linked {
        None => (page.meta.decision.as_deref(), page.meta.withdrawn.is_some()),
        Some(Some(ResolvedLink::Page(id, _))) => view.targets(*id),
        Some(_) => (None, false),
    };
    if withdrawn || matches!(linked, Some(Some(ResolvedLink::Nowhere))) {
        return Ok(targets::none());
    }
    let Some(decision) = decision else {
        let problem = match from {
            None => Diagnostic::new(Code::DirectiveMissing).with("attribute", "from"),
            Some(_) => Diagnostic::new(Code::DirectiveAttribute)
                .with("written", "from")
                .with("allowed", Arg::key("directive-attribute.document")),
        };
        return Err(Box::new(problem.with("directive", "targets").at(page.document.place(&directive.spot))));
    };
    let named = match linked {
        Some(Some(ResolvedLink::Page(id, _))) => Some(view.summary(*id)),
        _ => None,
    };
    targets::table(view, decision, only, named)
        .map_err(|problem| Box::new(problem.at(page.document.place(&directive.spot))))
}

/// The heading structure of a text for the table of contents.
pub(super) fn toc(body: &Body) -> Value {
    list(body.outline.iter().map(|heading| {
        object([
            ("level", heading.level.into()),
            ("id", heading.id.as_str().into()),
            ("text", heading.text.as_str().into()),
            ("lang", heading.lang.as_deref().into()),
        ])
    }))
}

/// A localized text with the language where it is not the page's.
pub(super) fn with_lang(field: &Localized, lang: Lang) -> [(&'static str, Field<'_>); 2] {
    [("text", field.text.as_str().into()), ("lang", super::value::foreign(field.lang, lang).into())]
}
