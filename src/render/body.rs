//! A document's text with its holes filled: links, images, strings and directives.

use pulldown_cmark_escape::escape_html;
use tera::Value;

use super::engine::Worker;
use super::targets;
use super::value::{list, object, text};
use crate::base::lang::Lang;
use crate::content::directive::{Directive, DirectiveKind, Tone};
use crate::content::document::{Document, HoleKind, Image};
use crate::diag::{Arg, Code, Diagnostic};
use crate::site::meta::Localized;
use crate::site::{Page, ResolvedLink, Site};

/// The text of a page.
pub(super) fn body(worker: &Worker, page: &Page) -> Result<String, Box<Diagnostic>> {
    let site = &worker.data.site;
    let document = &page.document;
    let mut open: Vec<String> = vec![String::with_capacity(document.body.html.len() * 5 / 4)];
    let mut written = 0;
    for hole in &document.body.holes {
        let out = last(&mut open);
        out.push_str(document.body.html.get(written..hole.at).unwrap_or_default());
        written = hole.at.max(written);
        match &hole.kind {
            HoleKind::LinkOpen(index, title) => link_open(site, page, *index, title.as_deref(), out),
            HoleKind::LinkClose(index) => {
                if !matches!(page.links.get(*index), None | Some(ResolvedLink::Nowhere)) {
                    out.push_str("</a>");
                }
            }
            HoleKind::Url(index) => {
                let address = page.links.get(*index).and_then(|link| address(site, link, page.lang));
                attribute(address.as_deref().unwrap_or("#"), out);
            }
            HoleKind::Image(index) => image(site, page, *index, out),
            HoleKind::Text(key) => attribute(worker.string(key)?.form(None), out),
            HoleKind::DirectiveOpen(_) => open.push(String::new()),
            HoleKind::DirectiveClose(index) => {
                let inner = if open.len() > 1 { open.pop().unwrap_or_default() } else { String::new() };
                if let Some(directive) = document.facts.directives.get(*index) {
                    let html = self::directive(worker, page, directive, &inner)?;
                    last(&mut open).push_str(&html);
                }
            }
        }
    }
    let out = last(&mut open);
    out.push_str(document.body.html.get(written..).unwrap_or_default());
    Ok(open.concat())
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
fn attribute(text: &str, out: &mut String) {
    let written = escape_html(&mut *out, text);
    debug_assert!(written.is_ok());
}

fn link_open(site: &Site, page: &Page, index: usize, title: Option<&str>, out: &mut String) {
    let Some(link) = page.links.get(index) else { return };
    let Some(address) = address(site, link, page.lang) else { return };
    out.push_str("<a href=\"");
    attribute(&address, out);
    out.push('"');
    if let Some(title) = title {
        out.push_str(" title=\"");
        attribute(title, out);
        out.push('"');
    }
    if let Some(lang) = target_lang(site, link).filter(|lang| *lang != page.lang) {
        out.push_str(" hreflang=\"");
        out.push_str(lang.tag());
        out.push('"');
    }
    out.push('>');
}

/// The language of the page a link leads to.
fn target_lang(site: &Site, link: &ResolvedLink) -> Option<Lang> {
    match link {
        ResolvedLink::Page(page, _) => Some(site.page(*page).lang),
        _ => None,
    }
}

/// The address of a link, ready for `href`; `None` where only the text remains.
pub(super) fn address(site: &Site, link: &ResolvedLink, lang: Lang) -> Option<String> {
    let base = &site.config.base_url;
    let with_anchor = |url: String, anchor: &Option<String>| match anchor {
        Some(anchor) => format!("{url}#{anchor}"),
        None => url,
    };
    Some(match link {
        ResolvedLink::External(url) => url.clone(),
        // Of a page that was taken back only the notice is left, which has no headings.
        ResolvedLink::Page(page, _) if site.page(*page).meta.withdrawn.is_some() => base.href(&site.page(*page).url),
        ResolvedLink::Page(page, anchor) => with_anchor(base.href(&site.page(*page).url), anchor),
        ResolvedLink::Section(section, anchor) => with_anchor(base.href(site.section(*section).url.get(lang)), anchor),
        ResolvedLink::File(url, suffix) => format!("{}{suffix}", base.href(url)),
        ResolvedLink::Site(path, suffix) => format!("{}{path}{suffix}", base.path()),
        ResolvedLink::Anchor(id) => format!("#{id}"),
        ResolvedLink::Nowhere => return None,
    })
}

fn image(site: &Site, page: &Page, index: usize, out: &mut String) {
    let Some(image) = page.document.facts.images.get(index) else { return };
    let Some(address) = page.images.get(index).and_then(|link| address(site, link, page.lang)) else { return };
    out.push_str("<img src=\"");
    attribute(&address, out);
    out.push_str("\" alt=\"");
    attribute(&image.alt, out);
    if let Some(title) = &image.title {
        out.push_str("\" title=\"");
        attribute(title, out);
    }
    out.push_str("\" loading=\"lazy\" decoding=\"async\">");
}

/// A directive, drawn by its template around its finished body.
fn directive(worker: &Worker, page: &Page, directive: &Directive, inner: &str) -> Result<String, Box<Diagnostic>> {
    let site = &worker.data.site;
    let link = |index: &usize| page.links.get(*index).and_then(|link| address(site, link, page.lang));
    let (name, value) = match &directive.kind {
        DirectiveKind::Figure { image, caption, credit } => {
            let value = object([
                ("image", figure_image(site, page, *image)),
                ("caption", text(caption.as_deref())),
                ("credit", text(credit.as_deref())),
            ]);
            ("figure", value)
        }
        DirectiveKind::Callout { tone, title } => ("callout", callout(worker, *tone, title.as_deref())?),
        DirectiveKind::Quote { author, role, source } => {
            let source = source.as_ref().and_then(link);
            let value = object([
                ("author", text(author.as_deref())),
                ("role", text(role.as_deref())),
                ("source", text(source.as_deref())),
            ]);
            ("quote", value)
        }
        DirectiveKind::Targets { from, only } => ("targets", self::targets(worker, page, *from, only, directive)?),
        DirectiveKind::Events { when, limit, series, year } => {
            let items = worker.events(*when, series.as_deref(), *year, *limit);
            let when = match when {
                crate::content::directive::When::Upcoming => "upcoming",
                crate::content::directive::When::Past => "past",
                crate::content::directive::When::All => "all",
            };
            ("events", object([("when", Value::from(when)), ("items", list(items))]))
        }
        DirectiveKind::Gallery => ("gallery", object([])),
        DirectiveKind::Video { link: index, title } => {
            let url = link(index).unwrap_or_default();
            let host = url.split('/').nth(2).unwrap_or_default().to_owned();
            let value = object([
                ("url", Value::from(url)),
                ("title", Value::from(title.as_str())),
                ("host", Value::from(host)),
            ]);
            ("video", value)
        }
    };
    worker.directive(name, value, inner)
}

fn figure_image(site: &Site, page: &Page, index: usize) -> Value {
    let image: Option<&Image> = page.document.facts.images.get(index);
    let address = page.images.get(index).and_then(|link| address(site, link, page.lang));
    match (image, address) {
        (Some(image), Some(src)) => object([("src", Value::from(src)), ("alt", Value::from(image.alt.as_str()))]),
        _ => Value::none(),
    }
}

fn callout(worker: &Worker, tone: Tone, title: Option<&str>) -> Result<Value, Box<Diagnostic>> {
    let title = match title {
        Some(title) => title.to_owned(),
        None => worker.string(tone.title_key())?.form(None).to_owned(),
    };
    Ok(object([("tone", Value::from(tone.name())), ("title", Value::from(title))]))
}

/// The targets of a document named by its file, or of the page itself.
fn targets(
    worker: &Worker,
    page: &Page,
    from: Option<usize>,
    only: &[String],
    directive: &Directive,
) -> Result<Value, Box<Diagnostic>> {
    let site = &worker.data.site;
    let source = match from.map(|index| page.links.get(index)) {
        None => Some(page),
        Some(Some(ResolvedLink::Page(id, _))) => Some(site.page(*id)),
        Some(_) => None,
    };
    let withdrawn = source.is_some_and(|page| page.meta.withdrawn.is_some());
    if withdrawn || matches!(from.map(|index| page.links.get(index)), Some(Some(ResolvedLink::Nowhere))) {
        return Ok(targets::none());
    }
    let Some(decision) = source.and_then(|page| page.meta.decision.as_deref()) else {
        let problem = match from {
            None => Diagnostic::new(Code::DirectiveMissing).with("attribute", "from"),
            Some(_) => Diagnostic::new(Code::DirectiveAttribute)
                .with("written", "from")
                .with("allowed", Arg::Key("directive-attribute.document")),
        };
        return Err(Box::new(problem.with("directive", "targets").at(directive.place.clone())));
    };
    let named = from.and_then(|index| match page.links.get(index) {
        Some(ResolvedLink::Page(id, _)) => Some(worker.data.summaries.get(*id, page.lang)),
        _ => None,
    });
    targets::table(worker, decision, only, named).map_err(|problem| Box::new(problem.at(directive.place.clone())))
}

/// A document's heading structure for the table of contents.
pub(super) fn toc(document: &Document) -> Value {
    list(document.facts.outline.iter().map(|heading| {
        object([
            ("level", Value::from(heading.level)),
            ("id", Value::from(heading.id.as_str())),
            ("text", Value::from(heading.text.as_str())),
            ("lang", text(heading.lang.as_deref())),
        ])
    }))
}

/// A localized text with the language where it is not the page's.
pub(super) fn with_lang(field: &Localized, lang: Lang) -> [(&'static str, Value); 2] {
    [("text", Value::from(field.text.as_str())), ("lang", super::value::foreign(field.lang, lang))]
}
