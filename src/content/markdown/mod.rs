//! A Markdown body in, finished HTML with typed holes out, with the facts found on the way.

mod allowed;
mod anchors;
mod attributes;
mod blocks;
mod citations;
mod clean;
pub mod directives;
mod fragment;
mod inline;
mod masking;
mod nesting;
mod notes;
mod raw;
mod raw_tokens;
mod sanitise;
mod spaced;
mod spans;
mod target;
mod writer;

#[cfg(test)]
mod tests;

use std::ops::Range;

use pulldown_cmark::{Options, Parser};

use crate::base::lang::Lang;
use crate::base::path::RelPath;
use crate::base::text::truncate_words;
use crate::config::HtmlPolicy;
use crate::content::citation::Citation;
use crate::content::directive::Directive;
use crate::content::document::{Body, Image, Link};
use crate::diag::{Code, Diagnostic, Diagnostics, Place};

/// The length of an excerpt in graphemes.
const EXCERPT_GRAPHEMES: usize = 300;

/// What is known about the text before it is read.
#[derive(Clone, Copy)]
pub struct MarkdownContext<'a> {
    /// The file, for places of diagnostics.
    pub path: &'a RelPath,
    /// The language of the page; a span that is marked as this language needs no mark.
    pub lang: Lang,
    /// Turns byte offsets of the text into byte offsets of the raw file.
    pub base: &'a dyn Fn(Range<usize>) -> Range<usize>,
    /// The `markdown:` settings.
    pub options: MarkdownOptions,
}

/// The `markdown:` settings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct MarkdownOptions {
    /// What becomes of HTML in the text.
    pub html: HtmlPolicy,
    /// In which form the HTML is wanted.
    pub output: Output,
}

/// In which form the HTML is wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Output {
    /// As the portal publishes it: heading ids, highlighted code, clean text.
    #[default]
    Portal,
    /// As the examples of the CommonMark specification print it: nothing added, nothing cleaned.
    CommonMark,
}

/// What a text says.
#[derive(Clone, Debug, Default)]
pub struct Rendered {
    /// The HTML, its holes and its headings.
    pub body: Body,
    /// The links in order.
    pub links: Vec<Link>,
    /// The images in order.
    pub images: Vec<Image>,
    /// The directives in order.
    pub directives: Vec<Directive>,
    /// The documents it cites, in order.
    pub citations: Vec<Citation>,
    /// The `id`s of raw HTML, which links may lead to like those of the outline.
    pub anchors: Vec<String>,
    /// The first paragraphs without markup, as far as there are any.
    lead: String,
    /// The text without markup and code, a line for each block: the source of figures.
    pub text: String,
    /// What is wrong with it.
    pub diagnostics: Diagnostics,
}

impl Rendered {
    /// The beginning of the running text, cut at a word: at most 300 graphemes.
    #[must_use]
    pub fn excerpt(&self) -> String {
        truncate_words(if self.lead.is_empty() { &self.text } else { &self.lead }, EXCERPT_GRAPHEMES)
    }
}

/// Renders a body (NFC, line feeds only). It never fails: what is wrong becomes a diagnostic, and the
/// rest is rendered as well as it can be. Time and memory are linear in the length of the text.
#[must_use]
pub fn render(text: &str, ctx: MarkdownContext<'_>) -> Rendered {
    match attempt(text, ctx) {
        Ok(rendered) => rendered,
        Err(refused) => {
            // Nothing of that HTML is safe to repair, so that the page shows it as text.
            let options = MarkdownOptions { html: HtmlPolicy::Escape, ..ctx.options };
            let mut rendered = attempt(text, MarkdownContext { options, ..ctx }).unwrap_or_default();
            let place = Place::at(ctx.path.clone(), (ctx.base)(refused.range));
            rendered.diagnostics.push(Diagnostic::new(Code::HtmlTooDeep).at(place));
            rendered
        }
    }
}

/// Raw HTML that is nested too deeply, or so badly that parts of the page would be lost.
struct Refused {
    /// The first piece of raw HTML in the text.
    range: Range<usize>,
}

/// Renders under the given policy.
fn attempt(text: &str, ctx: MarkdownContext<'_>) -> Result<Rendered, Refused> {
    let masked = masking::mask(text);
    let mut writer = writer::Writer::new(ctx, &masked);
    for (event, range) in Parser::new_ext(&masked.text, extensions()).into_offset_iter() {
        writer.event(event, range);
    }
    writer.finish_main_text();
    writer.write_notes();
    writer.finish()
}

/// The extensions to CommonMark that writers may use.
fn extensions() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
}
