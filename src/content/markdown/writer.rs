//! Writes HTML over the events of the Markdown parser, in one pass, and collects the facts.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::anchors::Anchors;
use super::blocks::{CodeDraft, HeadingDraft, ParagraphDraft, TableDraft};
use super::citations::Citing;
use super::fragment::Fragment;
use super::inline::ImageDraft;
use super::masking::Masked;
use super::nesting::Nesting;
use super::notes::Notes;
use super::raw::{HtmlDraft, RawState};
use super::spaced;
use super::spans::Spans;
use super::target::{Purpose, classify, with_slashes};
use super::{MarkdownContext, Output, Refused, Rendered, sanitise};
use crate::content::document::{Image, Link, Target};
use crate::diag::{Code, Diagnostic, Place, Spot};

/// Everything on the way from events to HTML. Its methods are spread over the sibling files: each
/// block, inline, directive and note has a file of its own.
pub(super) struct Writer<'a> {
    pub(super) ctx: MarkdownContext<'a>,
    pub(super) masked: &'a Masked<'a>,
    pub(super) out: Fragment,
    /// The text without markup, a line for each block.
    pub(super) plain: String,
    /// What is found on the way; most of the body, lead and text are set at the end.
    pub(super) found: Rendered,
    pub(super) anchors: Anchors,
    pub(super) nesting: Nesting,
    pub(super) notes: Notes<'a>,
    pub(super) spans: Spans,
    pub(super) raw: RawState,
    pub(super) paragraph: ParagraphDraft,
    pub(super) heading: Option<HeadingDraft>,
    pub(super) code: Option<CodeDraft>,
    pub(super) image: Option<ImageDraft>,
    pub(super) html: Option<HtmlDraft>,
    pub(super) table: TableDraft,
    pub(super) citing: Citing,
    /// Where the content of the last block begins in the HTML.
    pub(super) block_start: usize,
    /// The text of the first paragraphs.
    pub(super) lead: String,
}

impl<'a> Writer<'a> {
    /// A writer at the beginning of a text.
    pub(super) fn new(ctx: MarkdownContext<'a>, masked: &'a Masked<'a>) -> Self {
        let mut out = Fragment::default();
        out.html.reserve(masked.original.len() + masked.original.len() / 4);
        Self {
            ctx,
            masked,
            out,
            plain: String::with_capacity(masked.original.len()),
            found: Rendered::default(),
            anchors: Anchors::default(),
            nesting: Nesting::default(),
            notes: Notes::default(),
            spans: Spans::find(masked.original),
            raw: RawState::default(),
            paragraph: ParagraphDraft::default(),
            heading: None,
            code: None,
            image: None,
            html: None,
            table: TableDraft::default(),
            citing: Citing::default(),
            block_start: 0,
            lead: String::new(),
        }
    }

    /// Takes one event. Footnotes are kept for the end of the page.
    pub(super) fn event(&mut self, event: Event<'a>, range: Range<usize>) {
        if self.notes.takes(&event) {
            self.notes.keep(event, range);
        } else {
            self.write(event, range);
        }
    }

    /// Writes one event.
    pub(super) fn write(&mut self, event: Event<'a>, range: Range<usize>) {
        if self.image.is_some() {
            return self.image_event(event, range);
        }
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Text(text) => self.any_text(&text, range),
            Event::Code(code) => self.inline_code(&code, &range),
            Event::Html(html) => self.html_line(&html, range),
            Event::InlineHtml(html) => self.inline_html(&html, range),
            Event::FootnoteReference(label) => self.note_reference(&label),
            Event::SoftBreak => self.line_break(SOFT_BREAK),
            Event::HardBreak => self.line_break(HARD_BREAK),
            Event::Rule => {
                self.directive_content(&range);
                self.out.fresh_line();
                self.out.push("<hr>\n");
            }
            Event::TaskListMarker(done) => self.task_marker(if done { Task::Done } else { Task::Open }),
            // Not among the extensions.
            Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'a>, range: Range<usize>) {
        match tag {
            Tag::Paragraph => self.paragraph_start(&range),
            Tag::Heading { level, id, attrs, .. } => {
                let lang = attrs.into_iter().find(|(key, _)| &**key == "lang").and_then(|(_, value)| value);
                self.heading_start(level as u8, id, lang, range);
            }
            Tag::BlockQuote(kind) => self.quote_start(kind, &range),
            Tag::CodeBlock(kind) => self.code_start(kind, range),
            Tag::HtmlBlock => self.html_start(range),
            Tag::List(first) => self.list_start(first, &range),
            Tag::Item => {
                self.nesting.enter();
                self.out.fresh_line();
                self.out.push("<li>");
                self.begin_block();
            }
            Tag::Table(alignments) => self.table_start(alignments, &range),
            Tag::TableHead => self.table_head_start(),
            Tag::TableRow => self.table_row_start(),
            Tag::TableCell => self.table_cell_start(),
            Tag::Emphasis => self.inline_start("<em>"),
            Tag::Strong => self.inline_start("<strong>"),
            Tag::Strikethrough => self.inline_start("<del>"),
            Tag::Link { link_type, dest_url, title, .. } => self.link_start(link_type, &dest_url, &title, &range),
            Tag::Image { dest_url, title, .. } => self.image_start(&dest_url, &title, range),
            // Footnotes are kept apart; the others are not among the extensions.
            Tag::FootnoteDefinition(_)
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::Superscript
            | Tag::Subscript
            | Tag::MetadataBlock(_) => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Paragraph => self.paragraph_end(),
            TagEnd::Heading(level) => self.heading_end(level as u8),
            TagEnd::BlockQuote(_) => self.quote_end(),
            TagEnd::CodeBlock => self.code_end(),
            TagEnd::HtmlBlock => self.html_end(),
            TagEnd::List(ordered) => self.list_end(if ordered { "</ol>\n" } else { "</ul>\n" }),
            TagEnd::Item => {
                self.spans_end();
                self.leave_container();
                self.out.push("</li>\n");
                self.block_break();
            }
            TagEnd::Table => self.table_end(),
            TagEnd::TableHead => self.table_head_end(),
            TagEnd::TableRow => self.out.push("</tr>\n"),
            TagEnd::TableCell => self.table_cell_end(),
            TagEnd::Emphasis => self.inline_end("</em>"),
            TagEnd::Strong => self.inline_end("</strong>"),
            TagEnd::Strikethrough => self.inline_end("</del>"),
            TagEnd::Link => self.link_end(&range),
            TagEnd::Image
            | TagEnd::FootnoteDefinition
            | TagEnd::DefinitionList
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::MetadataBlock(_) => {}
        }
    }

    /// Closes what the end of the text leaves open.
    pub(super) fn finish_main_text(&mut self) {
        self.cite_block();
        self.nesting_end();
    }

    /// Puts everything together.
    pub(super) fn finish(mut self) -> Result<Rendered, Refused> {
        self.cite_block();
        self.report_removed_html();
        let fragment = match self.raw.first.clone() {
            Some(range) if !self.out.raw.is_empty() && self.raw.is_sanitised => {
                sanitise::sanitise(self.out).ok_or(Refused { range })?
            }
            _ => self.out,
        };
        let mut rendered = self.found;
        (rendered.lead, rendered.text) = (self.lead, self.plain);
        (rendered.body.html, rendered.body.holes) = (fragment.html, fragment.holes);
        Ok(rendered)
    }

    /// Whether the output is for the portal and not for comparison with the specification.
    pub(super) fn is_portal(&self) -> bool {
        self.ctx.options.output == Output::Portal
    }

    /// A range of the text in the raw file.
    pub(super) fn spot(&self, range: &Range<usize>) -> Spot {
        let raw = (self.ctx.base)(range.clone());
        Spot::Bytes(raw.start, raw.end)
    }

    /// The first line of a range of the text.
    pub(super) fn first_line(&self, range: &Range<usize>) -> Range<usize> {
        let text = self.masked.original.get(range.clone()).unwrap_or_default();
        range.start..range.start + text.find('\n').unwrap_or(text.len())
    }

    /// Reports something wrong in a range of the text.
    pub(super) fn report(&mut self, diagnostic: Diagnostic, range: &Range<usize>) {
        let place = Place { file: self.ctx.path.clone(), spot: self.spot(range) };
        self.found.diagnostics.push(diagnostic.at(place));
    }

    /// Adds a link and gives its index.
    pub(super) fn add_link(&mut self, address: &str, range: &Range<usize>) -> usize {
        let target = self.checked(address, Purpose::Link, range);
        self.found.links.push(Link { target, spot: self.spot(range) });
        self.found.links.len() - 1
    }

    /// Adds an image and gives its index.
    pub(super) fn add_image(
        &mut self,
        address: &str,
        alt: String,
        title: Option<String>,
        range: &Range<usize>,
    ) -> usize {
        let target = self.checked(address, Purpose::Image, range);
        if alt.trim().is_empty() {
            self.report(Diagnostic::new(Code::ImageWithoutAlt).with("file", spaced::show(address).into_owned()), range);
        }
        self.found.images.push(Image { target, alt, title, spot: self.spot(range) });
        self.found.images.len() - 1
    }

    /// Sorts an address.
    pub(super) fn target(&self, address: &str, purpose: Purpose) -> Target {
        let address = &*spaced::show(address);
        if self.is_portal() { classify(&with_slashes(address), purpose) } else { classify(address, purpose) }
    }

    /// Sorts an address and reports a dangerous one.
    pub(super) fn checked(&mut self, address: &str, purpose: Purpose, range: &Range<usize>) -> Target {
        let target = self.target(address, purpose);
        if target == Target::Removed {
            let shown: String = address.chars().filter(|c| !c.is_control()).take(60).collect();
            self.report(Diagnostic::new(Code::DangerousLink).with("address", shown), range);
        }
        target
    }

    /// Marks that the content of a block begins here.
    pub(super) fn begin_block(&mut self) {
        self.block_start = self.out.html.len();
    }

    /// Ends a line of the plain text.
    pub(super) fn block_break(&mut self) {
        self.cite_block();
        if !self.plain.is_empty() && !self.plain.ends_with('\n') {
            self.plain.push('\n');
            self.cite_block();
        }
    }
}

/// The state of a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Task {
    Open,
    Done,
}

/// The HTML of a line end inside a paragraph.
pub(super) const SOFT_BREAK: &str = "\n";
/// The HTML of a wanted line break.
pub(super) const HARD_BREAK: &str = "<br>\n";
