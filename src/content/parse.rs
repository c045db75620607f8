//! One file in, one document out: front matter, text and digests.

use std::sync::Arc;

use super::citation::{Citation, Mention, Told};
use super::document::{Body, BodyPlace, Document, Facts, TextDigest};
use super::front_matter::{self, FrontMatter};
use super::markdown::{self, MarkdownContext, MarkdownOptions, Output};
use super::split::split;
use crate::base::checksum::Checksum;
use crate::base::hash::ContentHasher;
use crate::base::lang::Lang;
use crate::base::path::RelPath;
use crate::base::words;
use crate::config::HtmlPolicy;
use crate::diag::{Diagnostic, Diagnostics, Place, Spot};
use crate::domain::{self, figures};
use crate::source::text::SourceText;

/// How many hexadecimal digits of a text's digest stand in `translates:`.
const DIGEST_DIGITS: usize = 12;

/// Of which documents the digest of the text is made: it is read only where a translation states it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Digests {
    /// Of those that state one in `translates:`.
    WhereStated,
    /// Of all.
    Always,
}

/// Parses a Markdown file. A file whose bytes are no text gives no document; a broken one gives a
/// document marked as such. Places are in bytes of the raw file.
#[must_use]
pub fn parse(
    path: &RelPath,
    lang: Lang,
    bytes: &[u8],
    html: HtmlPolicy,
    digests: Digests,
) -> (Option<Document>, Diagnostics) {
    let source = match SourceText::decode(path, bytes) {
        Ok(source) => source,
        Err(problem) => return (None, std::iter::once(problem).collect()),
    };
    let (parts, problem) = split(path, source.text());
    let mut diagnostics: Diagnostics = problem.map(|problem| raw(problem, &source)).into_iter().collect();
    let front = parts.front.map(|(yaml, offset)| {
        let (front, problems) = front_matter::read(path, yaml, offset);
        diagnostics.extend(problems.map(|problem| raw(problem, &source)));
        front
    });
    let to_raw =
        |range: std::ops::Range<usize>| source.raw_range(parts.body_start + range.start..parts.body_start + range.end);
    let options = MarkdownOptions { html, output: Output::Portal };
    let rendered = markdown::render(parts.body, MarkdownContext { path, lang, base: &to_raw, options });
    let broken = diagnostics.has_errors() || rendered.diagnostics.has_errors();
    let front = front.unwrap_or_default();
    // Where there is a description, nobody asks for the beginning of the text.
    let excerpt = if front.description.is_none() { rendered.excerpt() } else { String::new() };
    let mut citations = rendered.citations;
    citations.extend(cited_in_fields(&front, lang));
    let wanted = digests == Digests::Always || front.translates.is_some();
    let digest = wanted.then(|| digest(&front, &rendered.text, lang));
    let Body { mut html, holes, outline } = rendered.body;
    let anchors = outline.iter().map(|heading| heading.id.clone()).chain(rendered.anchors).collect();
    diagnostics.extend(rendered.diagnostics);
    let facts = Facts {
        broken,
        links: exact(rendered.links),
        images: exact(rendered.images),
        directives: exact(rendered.directives),
        citations: exact(citations),
        anchors,
        excerpt,
        words: words::count(&rendered.text),
        digest,
        front: Arc::new(front),
    };
    html.shrink_to_fit();
    let body = BodyPlace::Memory(Arc::new(Body { html, holes: exact(holes), outline: exact(outline) }));
    let checksum = Checksum::of(bytes);
    (Some(Document { path: path.clone(), lang, facts, checksum, body }), diagnostics)
}

/// A list without the room it grew by: documents are kept until the last page is rendered.
fn exact<T>(mut list: Vec<T>) -> Vec<T> {
    list.shrink_to_fit();
    list
}

/// The documents that title, description and caption cite.
fn cited_in_fields<'a>(front: &'a FrontMatter, lang: Lang) -> impl Iterator<Item = Citation> + use<'a> {
    let caption = front.image.as_ref().and_then(|image| image.caption.as_deref());
    let fields = [("title", front.title.as_deref()), ("description", front.description.as_deref())];
    fields.into_iter().chain([("image.caption", caption)]).flat_map(move |(field, text)| {
        let text = text.unwrap_or_default();
        let found = domain::citations::citations(text, lang);
        let told = if found.is_empty() { Told::Nothing } else { Told::of(text) };
        let of = move |found| Citation::of(found, text, told, (Mention::Apart, None), 0, Spot::Field(field.to_owned()));
        found.into_iter().map(of)
    })
}

/// The digests of title, description and text.
fn digest(front: &FrontMatter, text: &str, lang: Lang) -> TextDigest {
    let mut hasher = ContentHasher::default();
    let mut is_empty = true;
    let mut found = Vec::new();
    for text in [front.title.as_deref(), front.description.as_deref(), Some(text)].into_iter().flatten() {
        let folded = words::folded(text);
        if !folded.is_empty() {
            if !std::mem::replace(&mut is_empty, false) {
                hasher.update(b" ");
            }
            hasher.update(&folded);
        }
        figures::collect(text, lang, &mut found);
    }
    TextDigest { words: hasher.finish().short(DIGEST_DIGITS), figures: figures::digest(&found) }
}

/// A diagnostic with its places in the raw file instead of the decoded text.
fn raw(mut problem: Diagnostic, source: &SourceText) -> Diagnostic {
    let turn = |place: &mut Place| {
        if let Spot::Bytes(start, end) = place.spot {
            let range = source.raw_range(start..end);
            place.spot = Spot::Bytes(range.start, range.end);
        }
    };
    problem.place.iter_mut().for_each(turn);
    problem.related.iter_mut().for_each(turn);
    problem
}
