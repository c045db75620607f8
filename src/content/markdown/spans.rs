//! Language spans: `[text]{lang=en}`, also behind a link, `[text](address){lang=en}`.
//!
//! The pairs of brackets are found in the source before the one Markdown run; while it runs, the
//! brackets that the parser leaves as text become the tags of the span.

use std::ops::Range;

use super::writer::Writer;
use crate::diag::{Code, Diagnostic};

/// What is known of the language spans of a text.
#[derive(Debug, Default)]
pub(super) struct Spans {
    /// Whether `{lang=` stands in the text at all.
    pub(super) is_named: bool,
    /// All pairs of brackets with a language behind them, by opening bracket.
    marks: Vec<Mark>,
    open: Vec<OpenSpan>,
    /// How many inline elements are open.
    depth: usize,
    /// The text up to here was already read, such as the `{lang=…}` of a span.
    skip_to: usize,
    /// The links that are open.
    pub(super) links: Vec<usize>,
}

/// A pair of brackets.
#[derive(Clone, Copy, Debug)]
struct Mark {
    open: usize,
    close: usize,
}

/// A span that is open.
#[derive(Debug)]
struct OpenSpan {
    /// Where it closes in the source: at `]`, or behind a link.
    close: usize,
    depth: usize,
    /// Whether a tag was written for it.
    has_tag: bool,
    /// Whether it began together with a heading.
    begins_heading: bool,
}

impl Spans {
    /// Finds the pairs of brackets in a text.
    pub(super) fn find(text: &str) -> Self {
        let is_named = memchr::memmem::find(text.as_bytes(), b"{lang=").is_some();
        let mut spans = Self { is_named, ..Self::default() };
        if !is_named || !text.contains("]{lang=") {
            return spans;
        }
        let mut stack = Vec::new();
        let mut bytes = text.bytes().enumerate().peekable();
        while let Some((at, byte)) = bytes.next() {
            match byte {
                b'\\' => {
                    bytes.next();
                }
                b'[' => stack.push(at),
                b']' => {
                    let open = stack.pop();
                    if let Some(open) = open.filter(|_| suffix(text, at + 1).is_some()) {
                        spans.marks.push(Mark { open, close: at });
                    }
                }
                b'\n' if bytes.peek().is_some_and(|(_, next)| *next == b'\n') => stack.clear(),
                _ => {}
            }
        }
        spans.marks.sort_by_key(|mark| mark.open);
        spans
    }

    /// Leaves out the text up to an offset.
    pub(super) fn skip(&mut self, to: usize) {
        self.skip_to = to;
    }

    /// The text without a `{lang=…}` that was already read.
    pub(super) fn without_suffix<'t>(&self, text: &'t str, range: &Range<usize>) -> &'t str {
        let done = self.skip_to.saturating_sub(range.start).min(text.len());
        if done == 0 { text } else { text.get(done..).unwrap_or(text) }
    }

    /// Begins an inline element.
    pub(super) fn enter(&mut self) {
        self.depth += 1;
    }

    /// The pair that opens at an offset.
    fn mark_at(&self, offset: usize) -> Option<Mark> {
        let index = self.marks.binary_search_by_key(&offset, |mark| mark.open).ok()?;
        self.marks.get(index).copied()
    }
}

impl Writer<'_> {
    /// Handles a bracket that begins or ends a span; false where the text is anything else.
    pub(super) fn span_bracket(&mut self, text: &str, range: &Range<usize>) -> bool {
        match text {
            "[" => match self.spans.mark_at(range.start) {
                Some(mark) => {
                    self.span_start(mark.close, mark.close + 1, range.start..mark.close + 1);
                    true
                }
                None => false,
            },
            "]" => self.span_end(range.start, range.start + 1),
            _ => false,
        }
    }

    /// Begins a span around a link with a language behind it.
    pub(super) fn link_span_start(&mut self, range: &Range<usize>) {
        if suffix(self.masked.original, range.end).is_some() {
            self.span_start(range.end, range.end, range.clone());
        }
    }

    /// Ends the span around a link.
    pub(super) fn link_span_end(&mut self, range: &Range<usize>) {
        if suffix(self.masked.original, range.end).is_some() {
            self.span_end(range.end, range.end);
        }
    }

    /// Ends an inline element, and with it the spans that were opened inside it.
    pub(super) fn leave_inline(&mut self) {
        self.spans.depth = self.spans.depth.saturating_sub(1);
        while self.spans.open.last().is_some_and(|span| span.depth > self.spans.depth) {
            self.close_last_span();
        }
    }

    /// Ends a block, and with it all spans.
    pub(super) fn spans_end(&mut self) {
        while !self.spans.open.is_empty() {
            self.close_last_span();
        }
        self.spans.depth = 0;
    }

    /// A well-formed language tag (RFC 5646), or a report of an unknown one.
    pub(super) fn known_lang(&mut self, tag: &str, range: &Range<usize>) -> Option<String> {
        let (primary, rest) = tag.split_once('-').unwrap_or((tag, ""));
        let meant = MISTAKEN.iter().find(|(wrong, _)| primary.eq_ignore_ascii_case(wrong)).map(|(_, right)| *right);
        let subtags = tag.len() == primary.len()
            || rest
                .split('-')
                .all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()));
        let plain = (2..=3).contains(&primary.len()) && primary.bytes().all(|b| b.is_ascii_alphabetic());
        if plain && subtags && meant.is_none() {
            return Some(tag.to_ascii_lowercase());
        }
        let diagnostic = Diagnostic::new(Code::UnknownSpanLang).with("written", format!("{{lang={tag}}}"));
        self.report(diagnostic.suggest(meant), range);
        None
    }

    fn span_start(&mut self, close: usize, suffix_at: usize, range: Range<usize>) {
        let tag = suffix(self.masked.original, suffix_at).map(|(tag, _)| tag).unwrap_or_default();
        let tag = self.known_lang(tag, &range).filter(|tag| tag != self.ctx.lang.tag());
        let (has_tag, mut begins_heading) = (tag.is_some(), false);
        if let Some(tag) = tag {
            self.out.push("<span lang=\"");
            self.out.attribute(&tag);
            self.out.push("\">");
            let start = self.plain.len();
            if let Some(heading) =
                self.heading.as_mut().filter(|heading| heading.plain_start == start && heading.span.is_none())
            {
                heading.span = Some((tag, usize::MAX));
                begins_heading = true;
            }
        }
        self.spans.open.push(OpenSpan { close, depth: self.spans.depth, has_tag, begins_heading });
    }

    /// Ends the span that closes at an offset, if one is open there.
    fn span_end(&mut self, close: usize, suffix_at: usize) -> bool {
        // Pairs are nested, so that what is open closes in the opposite order.
        let index = self.spans.open.partition_point(|span| span.close > close);
        let found = self.spans.open.get(index);
        if !found.is_some_and(|span| span.close == close && span.depth == self.spans.depth) {
            return false;
        }
        while let Some(span) = self.spans.open.last() {
            let last = span.close == close;
            self.close_last_span();
            if last {
                break;
            }
        }
        self.spans.skip_to =
            suffix(self.masked.original, suffix_at).map_or(suffix_at, |(_, length)| suffix_at + length);
        true
    }

    fn close_last_span(&mut self) {
        let Some(span) = self.spans.open.pop().filter(|span| span.has_tag) else { return };
        self.out.push("</span>");
        let heading = self.heading.as_mut().filter(|_| span.begins_heading);
        if let Some((_, end)) = heading.and_then(|heading| heading.span.as_mut()) {
            *end = self.plain.len();
        }
    }
}

/// Country codes that are taken for language codes.
const MISTAKEN: [(&str, &str); 7] =
    [("vn", "vi"), ("cn", "zh"), ("jp", "ja"), ("us", "en"), ("gb", "en"), ("eng", "en"), ("vie", "vi")];

/// The language and length of the `{lang=…}` that stands at an offset.
fn suffix(text: &str, at: usize) -> Option<(&str, usize)> {
    let rest = text.get(at..)?.strip_prefix("{lang=")?;
    let end = rest.bytes().take(48).position(|b| matches!(b, b'}' | b'\n'))?;
    let tag = rest.get(..end)?;
    rest.get(end..)?.starts_with('}').then(|| (tag.trim().trim_matches(['"', '\'', '“', '”']), "{lang=}".len() + end))
}
