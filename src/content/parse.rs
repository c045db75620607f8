//! One file in, one document out: front matter, text and digests.

use std::sync::Arc;

use super::document::{BodyPlace, Document, Facts};
use super::front_matter;
use super::markdown::{self, MarkdownContext, MarkdownOptions, Output};
use super::split::split;
use crate::base::checksum::Checksum;
use crate::base::hash::ContentHash;
use crate::base::lang::Lang;
use crate::base::path::RelPath;
use crate::base::text::words_only;
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
    diagnostics.extend(rendered.diagnostics);
    let front = front.unwrap_or_default();
    let mut body = rendered.body;
    // Bodies are kept until the last page is rendered: what they grew by on the way is given back.
    body.html.shrink_to_fit();
    body.holes.shrink_to_fit();
    let all_text = [front.title.as_deref(), front.description.as_deref(), Some(rendered.text.as_str())];
    let all_text = all_text.into_iter().flatten().collect::<Vec<_>>().join("\n");
    let facts = Facts {
        broken,
        outline: rendered.outline,
        links: rendered.links,
        images: rendered.images,
        directives: rendered.directives,
        anchors: rendered.anchors,
        excerpt: rendered.excerpt,
        words: rendered.words,
        digest: ContentHash::of(words_only(&all_text).as_bytes()).short(DIGEST_DIGITS),
        figures: figures::digest(&figures::figures(&all_text, lang)),
        front,
    };
    let checksum = Checksum::of(bytes);
    let body = BodyPlace::Memory(Arc::new(body));
    (Some(Document { path: path.clone(), lang, facts, checksum, body }), diagnostics)
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
