//! One file in, one document out: front matter, text and digests.

use std::sync::Arc;

use super::document::{Body, BodyPlace, Document, Facts};
use super::front_matter::{self, FrontMatter};
use super::markdown::{self, MarkdownContext, MarkdownOptions, Output, Rendered};
use super::split::split;
use crate::base::checksum::Checksum;
use crate::base::hash::ContentHasher;
use crate::base::lang::Lang;
use crate::base::path::RelPath;
use crate::base::words::Words;
use crate::config::HtmlPolicy;
use crate::diag::{Diagnostic, Diagnostics, Place, Spot};
use crate::domain::figures;
use crate::source::text::SourceText;

/// How many hexadecimal digits of a text's digest stand in `translates:`.
const DIGEST_DIGITS: usize = 12;

/// Parses a Markdown file. A file whose bytes are no text gives no document; a broken one gives a
/// document marked as such. Places are in bytes of the raw file.
#[must_use]
pub fn parse(path: &RelPath, lang: Lang, bytes: &[u8], html: HtmlPolicy) -> (Option<Document>, Diagnostics) {
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
    let Texts { digest, figures } = Texts::of(&front, &rendered, lang);
    diagnostics.extend(rendered.diagnostics);
    let facts = Facts {
        broken,
        outline: exact(rendered.outline),
        links: exact(rendered.links),
        images: exact(rendered.images),
        directives: exact(rendered.directives),
        anchors: exact(rendered.anchors),
        excerpt: rendered.excerpt,
        words: rendered.words.count,
        digest,
        figures,
        front: Arc::new(front),
    };
    let Body { mut html, holes } = rendered.body;
    html.shrink_to_fit();
    let body = BodyPlace::Memory(Arc::new(Body { html, holes: exact(holes) }));
    let checksum = Checksum::of(bytes);
    (Some(Document { path: path.clone(), lang, facts, checksum, body }), diagnostics)
}

/// A list without the room it grew by: documents are kept until the last page is rendered.
fn exact<T>(mut list: Vec<T>) -> Vec<T> {
    list.shrink_to_fit();
    list
}

/// The digests of title, description and text.
struct Texts {
    digest: String,
    figures: String,
}

impl Texts {
    fn of(front: &FrontMatter, rendered: &Rendered, lang: Lang) -> Self {
        let mut hasher = ContentHasher::default();
        let mut is_empty = true;
        let mut add = |words: &[u8]| {
            if !words.is_empty() {
                if !std::mem::replace(&mut is_empty, false) {
                    hasher.update(b" ");
                }
                hasher.update(words);
            }
        };
        let mut found = Vec::new();
        for text in [&front.title, &front.description].into_iter().flatten() {
            add(&Words::of(text).folded);
            figures::collect(text, lang, &mut found);
        }
        add(&rendered.words.folded);
        figures::collect(&rendered.text, lang, &mut found);
        Self { digest: hasher.finish().short(DIGEST_DIGITS), figures: figures::digest(&found) }
    }
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
