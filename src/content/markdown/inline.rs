//! What stands inside a line: text, code, emphasis, links, images and line breaks.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType};

use super::clean::clean;
use super::spaced;
use super::writer::Writer;
use crate::base::text::without_controls;
use crate::content::document::HoleKind;
use crate::diag::{Code, Diagnostic};

/// No-break space.
pub(super) const NBSP: char = '\u{a0}';

/// The image being read: its text alternative is the text of what stands in the brackets.
#[derive(Debug)]
pub(super) struct ImageDraft {
    address: String,
    title: Option<String>,
    alt: String,
    /// How many elements are open inside it.
    open: usize,
    range: Range<usize>,
}

impl<'a> Writer<'a> {
    /// Text of any kind: of code, of raw HTML (white space only), or running text.
    pub(super) fn any_text(&mut self, text: &str, range: Range<usize>) {
        let masked = self.masked;
        if let Some(code) = &mut self.code {
            code.text.push_str(&masked.unmask(text, &range));
        } else if let Some(html) = &mut self.html {
            html.push(text, range.start);
        } else {
            self.text(text, range);
        }
    }

    fn text(&mut self, text: &str, range: Range<usize>) {
        let text = &*spaced::show(text);
        let text = self.spans.without_suffix(text, &range);
        if text.is_empty() || self.span_bracket(text, &range) {
            return;
        }
        if let Some(line) = self.masked.line_in(&range) {
            return self.indented_directive(line);
        }
        if text == "[" {
            self.check_undefined_note(&range);
        }
        if self.spans.is_named && text.contains("{lang=") {
            self.report(Diagnostic::new(Code::UnknownSpanLang).with("written", "{lang=…}"), &range);
        }
        self.gallery_text(text, &range);
        self.running_text(text, range);
    }

    /// Writes text that is not markup, cleaned.
    pub(super) fn running_text(&mut self, text: &str, source: Range<usize>) {
        if !self.is_portal() {
            self.out.text(text);
            self.plain.push_str(text);
            return;
        }
        let from_nbsp = text.starts_with(NBSP);
        let text = clean(text);
        let mut text = &*text;
        // A no-break space at the start of a line, or beside another space.
        let hole_last = self.out.holes.last().is_some_and(|hole| hole.at == self.out.html.len());
        let at_start = self.out.html.len() == self.block_start || self.out.html.ends_with([' ', '\n', NBSP]);
        if from_nbsp && at_start && !hole_last {
            text = text.trim_start_matches([NBSP, ' ']);
        }
        self.cite_piece(text.len(), source);
        self.out.text(text);
        self.plain.push_str(text);
    }

    pub(super) fn inline_code(&mut self, code: &str, range: &Range<usize>) {
        let code = self.masked.unmask(code, range);
        self.gallery_text(&code, range);
        self.out.push("<code>");
        self.code_text(&code);
        self.out.push("</code>");
        self.cite_code(code.len(), range.clone());
        self.plain.push_str(&code);
    }

    /// Writes code as it is, but for controls, which no HTML may hold.
    pub(super) fn code_text(&mut self, code: &str) {
        if self.is_portal() { self.out.text(&without_controls(code)) } else { self.out.text(code) }
    }

    pub(super) fn line_break(&mut self, html: &str) {
        self.trim_block(0);
        self.out.push(html);
        self.plain.push(' ');
    }

    pub(super) fn inline_start(&mut self, tag: &str) {
        self.out.push(tag);
        self.spans.enter();
    }

    pub(super) fn inline_end(&mut self, tag: &str) {
        self.leave_inline();
        self.out.push(tag);
    }

    pub(super) fn link_start(&mut self, kind: LinkType, address: &str, title: &str, range: &Range<usize>) {
        self.link_span_start(range);
        let index = match kind {
            LinkType::Email => self.add_link(&format!("mailto:{address}"), range),
            _ => self.add_link(address, range),
        };
        let title = (!title.is_empty()).then(|| self.tidy(&self.masked.unmask(title, range)));
        self.out.hole(HoleKind::LinkOpen(index, title));
        self.spans.enter();
        self.spans.links.push(index);
    }

    pub(super) fn link_end(&mut self, range: &Range<usize>) {
        self.leave_inline();
        if let Some(index) = self.spans.links.pop() {
            self.out.hole(HoleKind::LinkClose(index));
        }
        self.link_span_end(range);
    }

    pub(super) fn image_start(&mut self, address: &str, title: &str, range: Range<usize>) {
        let title = (!title.is_empty()).then(|| self.tidy(&self.masked.unmask(title, &range)));
        self.image = Some(ImageDraft { address: address.to_owned(), title, alt: String::new(), open: 0, range });
    }

    /// An event between the brackets of an image.
    pub(super) fn image_event(&mut self, event: Event<'a>, range: Range<usize>) {
        let is_portal = self.is_portal();
        let Some(image) = &mut self.image else { return };
        match event {
            Event::Start(_) => image.open += 1,
            Event::End(_) if image.open > 0 => image.open -= 1,
            Event::End(_) => {
                if let Some(image) = self.image.take() {
                    let alt = self.tidy(&image.alt);
                    let index = self.add_image(&image.address, alt, image.title, &image.range);
                    self.out.hole(HoleKind::Image(index));
                }
            }
            Event::Text(text) => image.alt.push_str(self.spans.without_suffix(&text, &range)),
            Event::Code(text) => image.alt.push_str(&self.masked.unmask(&text, &range)),
            Event::InlineHtml(html) if !is_portal => image.alt.push_str(&html),
            Event::SoftBreak | Event::HardBreak => image.alt.push(if is_portal { ' ' } else { '\n' }),
            _ => {}
        }
    }

    /// Text for an attribute, cleaned for the portal.
    pub(super) fn tidy(&self, text: &str) -> String {
        if self.is_portal() { clean(text).trim().to_owned() } else { text.to_owned() }
    }

    /// A reference to a footnote that is not defined stays text; its writer should know.
    fn check_undefined_note(&mut self, range: &Range<usize>) {
        let rest = self.masked.original.get(range.start..).unwrap_or_default();
        let Some(label) = rest.strip_prefix("[^") else { return };
        let length = label.bytes().take(100).position(|b| matches!(b, b']' | b'[' | b' ' | b'\n'));
        let Some(label) = length.filter(|length| *length > 0).and_then(|length| label.get(..length)) else { return };
        if rest.get(2 + label.len()..).is_some_and(|rest| rest.starts_with(']')) && self.is_portal() {
            let whole = range.start..range.start + label.len() + 3;
            self.report(Diagnostic::new(Code::FootnoteUndefined).with("label", label), &whole);
        }
    }
}
