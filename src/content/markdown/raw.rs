//! Raw HTML in the text: what is allowed of it is written anew, the rest is removed and reported.

use std::collections::BTreeSet;
use std::ops::Range;

use super::Output;
use super::allowed::{ADDRESSES, EVERYWHERE, IN_LINE, WITH_CONTENT, attributes_of};
use super::raw_tokens::{Attribute, Tag, Token, Tokens, unescape};
use super::target::Purpose;
use super::writer::Writer;
use crate::config::HtmlPolicy;
use crate::content::document::{HoleKind, Link, Target};
use crate::diag::{Code, Diagnostic};

/// What is known of the raw HTML so far.
#[derive(Debug, Default)]
pub(super) struct RawState {
    /// The first piece of it.
    pub(super) first: Option<Range<usize>>,
    /// Whether it has to go through the sanitiser.
    pub(super) is_sanitised: bool,
    /// The names of what was removed, and the place of the first of it.
    removed: BTreeSet<String>,
    removed_at: Option<Range<usize>>,
    /// How many tags there are so far in which no link may stand or nothing is cited, and how many of
    /// them are open.
    pub(super) closed_tags: usize,
    pub(super) open_closed_tags: usize,
}

/// Raw elements in which no link may stand, or nothing is cited.
const CLOSED: [&str; 8] = ["a", "button", "code", "kbd", "pre", "samp", "summary", "textarea"];

impl RawState {
    /// Notes the beginning of an element.
    fn open(&mut self, name: &str) {
        let is_closed = usize::from(CLOSED.contains(&name));
        self.closed_tags += is_closed;
        self.open_closed_tags += is_closed;
    }

    /// Notes the end of an element.
    fn close(&mut self, name: &str) {
        self.open_closed_tags = self.open_closed_tags.saturating_sub(usize::from(CLOSED.contains(&name)));
    }
}

/// An HTML block being read.
#[derive(Debug)]
pub(super) struct HtmlDraft {
    start: usize,
    text: String,
    /// For each line its offset in `text` and in the source.
    lines: Vec<(usize, usize)>,
    /// A comment, script or the like, in which `:::` is no directive.
    is_verbatim: bool,
}

impl HtmlDraft {
    /// Adds a line or a part of one.
    pub(super) fn push(&mut self, text: &str, source: usize) {
        if self.lines.is_empty() && !text.trim().is_empty() {
            let begins = |tag: &str| text.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag));
            self.is_verbatim = ["<!", "<?", "<pre", "<script", "<style", "<textarea"].into_iter().any(begins);
        }
        self.lines.push((self.text.len(), source));
        self.text.push_str(text);
    }
}

/// The offset in the source of an offset in gathered lines.
fn source_of(lines: &[(usize, usize)], offset: usize) -> usize {
    let index = lines.partition_point(|(at, _)| *at <= offset).saturating_sub(1);
    lines.get(index).map_or(0, |(at, source)| source + (offset - at))
}

impl Writer<'_> {
    pub(super) fn html_start(&mut self, range: Range<usize>) {
        let is_directive = self.masked.line_in(&range).is_some_and(|line| line.start == range.start);
        if !is_directive {
            self.directive_content(&range);
            self.block_break();
        }
        self.html = Some(HtmlDraft { start: range.start, text: String::new(), lines: Vec::new(), is_verbatim: false });
    }

    /// A line of an HTML block, which may be a directive.
    pub(super) fn html_line(&mut self, html: &str, range: Range<usize>) {
        let masked = self.masked;
        let Some(draft) = &mut self.html else { return };
        let line = masked.line_in(&range).filter(|line| line.start == draft.start || !draft.is_verbatim);
        match line {
            Some(line) => {
                self.flush_html();
                self.directive_line(line);
            }
            None => draft.push(&masked.unmask(html, &range), range.start),
        }
    }

    pub(super) fn html_end(&mut self) {
        self.flush_html();
        self.html = None;
    }

    /// A tag inside a line.
    pub(super) fn inline_html(&mut self, html: &str, range: Range<usize>) {
        match self.masked.line_in(&range).filter(|line| line.start == range.start) {
            Some(line) => {
                // The parser may have taken more than the line for one instruction.
                let rest = self.masked.original.get(line.end..range.end).unwrap_or_default();
                self.indented_directive(line);
                self.running_text(rest, range);
            }
            None => self.raw_html(&self.masked.unmask(html, &range), &[(0, range.start)]),
        }
    }

    /// Writes what was gathered of an HTML block.
    fn flush_html(&mut self) {
        let Some(draft) = &mut self.html else { return };
        let (text, lines) = (std::mem::take(&mut draft.text), std::mem::take(&mut draft.lines));
        if text.trim().is_empty() {
            return;
        }
        if self.ctx.options.html == HtmlPolicy::Escape {
            self.out.fresh_line();
            self.out.push("<p>");
            self.running_text(text.trim(), source_of(&lines, 0)..source_of(&lines, text.len()));
            self.out.push("</p>\n");
        } else {
            self.out.fresh_line();
            self.raw_html(&text, &lines);
        }
        self.block_break();
    }

    fn raw_html(&mut self, html: &str, lines: &[(usize, usize)]) {
        let range = source_of(lines, 0)..source_of(lines, html.len());
        self.raw.first.get_or_insert(range);
        match (self.ctx.options.html, self.ctx.options.output) {
            (HtmlPolicy::Trusted, Output::CommonMark) => self.out.push(html),
            (HtmlPolicy::Trusted, Output::Portal) => self.trusted_html(html, lines),
            (HtmlPolicy::Escape, _) => self.running_text(html, source_of(lines, 0)..source_of(lines, html.len())),
            (HtmlPolicy::Sanitize, _) => {
                self.raw.is_sanitised = true;
                let start = self.out.html.len();
                self.allowed_html(html, lines);
                self.out.raw.push(start..self.out.html.len());
            }
        }
    }

    /// Writes the allowed part of raw HTML, each tag anew.
    fn allowed_html(&mut self, html: &str, lines: &[(usize, usize)]) {
        let mut tokens = Tokens::new(html);
        loop {
            let at = tokens.at();
            match tokens.next() {
                None => return,
                Some(Token::Other) => {}
                Some(Token::Text(text)) => {
                    self.out.push(&text.replace('<', "&lt;").replace('>', "&gt;"));
                    self.raw_text(text);
                }
                Some(Token::Close(name)) => {
                    let name = name.to_ascii_lowercase();
                    self.raw.close(&name);
                    if attributes_of(&name).is_some() && !self.is_link_in_link(&name) {
                        self.out.push("</");
                        self.out.push(&name);
                        self.out.push(">");
                    }
                    self.plain_break(&name);
                }
                Some(Token::Open(tag)) => {
                    let name = tag.name.to_ascii_lowercase();
                    let place = source_of(lines, at)..source_of(lines, tokens.at());
                    self.plain_break(&name);
                    self.raw.open(&name);
                    match attributes_of(&name).filter(|_| !self.is_link_in_link(&name)) {
                        Some(attributes) => self.allowed_tag(&name, attributes, &tag, lines, &place),
                        None => {
                            self.remove(format!("<{name}>"), &place);
                            if WITH_CONTENT.contains(&&*name) {
                                tokens.skip_content(&name);
                            }
                        }
                    }
                }
            }
        }
    }

    /// Links cannot stand in each other.
    fn is_link_in_link(&self, name: &str) -> bool {
        name == "a" && !self.spans.links.is_empty()
    }

    fn allowed_tag(
        &mut self,
        name: &str,
        allowed: &[&str],
        tag: &Tag<'_>,
        lines: &[(usize, usize)],
        place: &Range<usize>,
    ) {
        self.out.push("<");
        self.out.push(name);
        let mut has_alt = name != "img";
        let mut seen = BTreeSet::new();
        for attribute in &tag.attributes {
            let key = attribute.name.to_ascii_lowercase();
            if !allowed.contains(&&*key) && !EVERYWHERE.contains(&&*key) {
                self.remove(key, place);
                continue;
            }
            has_alt |= key == "alt";
            // Of an attribute that is written twice browsers take the first.
            if seen.insert(key.clone()) {
                self.allowed_attribute(&key, attribute, lines);
            }
        }
        if !has_alt {
            self.report(Diagnostic::new(Code::ImageWithoutAlt).with("file", "<img>"), place);
        }
        self.out.push(">");
    }

    fn allowed_attribute(&mut self, key: &str, attribute: &Attribute<'_>, lines: &[(usize, usize)]) {
        let written = attribute.value.unwrap_or_default();
        let value = unescape(written).unwrap_or_else(|| written.to_owned());
        let place = source_of(lines, attribute.value_at)..source_of(lines, attribute.end);
        if ADDRESSES.contains(&key) {
            let purpose = if key == "src" { Purpose::Image } else { Purpose::Link };
            match self.checked(&value, purpose, &place) {
                Target::Removed => {}
                target => {
                    self.found.links.push(Link { target, spot: self.spot(&place) });
                    self.out.push(&format!(" {key}=\""));
                    self.out.hole(HoleKind::Url(self.found.links.len() - 1));
                    self.out.push("\"");
                }
            }
            return;
        }
        if key == "id" {
            if !self.anchors.take(&value) {
                return self.remove(key.to_owned(), &place);
            }
            self.found.anchors.push(value.clone());
        }
        self.out.push(&format!(" {key}=\""));
        self.out.attribute(&self.tidy(&value));
        self.out.push("\"");
    }

    /// Writes raw HTML as it is, but for addresses, which the base path and the link check need.
    fn trusted_html(&mut self, html: &str, lines: &[(usize, usize)]) {
        let mut tokens = Tokens::new(html);
        let mut written = 0;
        while let Some(token) = tokens.next() {
            match token {
                Token::Open(tag) => {
                    let name = tag.name.to_ascii_lowercase();
                    self.raw.open(&name);
                    for attribute in &tag.attributes {
                        let address = ADDRESSES.into_iter().any(|name| attribute.name.eq_ignore_ascii_case(name));
                        let value = attribute.value.filter(|_| address).and_then(unescape);
                        if let Some(value) = value {
                            self.out.push(html.get(written..attribute.value_at).unwrap_or_default());
                            let place = source_of(lines, attribute.value_at)..source_of(lines, attribute.end);
                            let target = self.target(&value, Purpose::Link);
                            if target == Target::Removed {
                                // It is trusted, and no address that the site knows.
                                self.out.push(html.get(attribute.value_at..attribute.end).unwrap_or_default());
                            } else {
                                self.found.links.push(Link { target, spot: self.spot(&place) });
                                self.out.push("\"");
                                self.out.hole(HoleKind::Url(self.found.links.len() - 1));
                                self.out.push("\"");
                            }
                            written = attribute.end;
                        }
                    }
                    if WITH_CONTENT.contains(&&*name) {
                        tokens.skip_content(&name);
                    }
                    self.plain_break(&name);
                }
                Token::Text(text) => self.raw_text(text),
                Token::Close(name) => {
                    let name = name.to_ascii_lowercase();
                    self.raw.close(&name);
                    self.plain_break(&name);
                }
                Token::Other => {}
            }
        }
        self.out.push(html.get(written..).unwrap_or_default());
    }

    /// Tells once for the file what was removed.
    pub(super) fn report_removed_html(&mut self) {
        if let Some(range) = self.raw.removed_at.take() {
            let names = self.raw.removed.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
            self.report(Diagnostic::new(Code::HtmlRemoved).with("names", names), &range);
        }
    }

    fn remove(&mut self, name: String, place: &Range<usize>) {
        // A message has room for some names, not for ten thousand.
        if self.raw.removed.len() < 12 {
            self.raw.removed.insert(name.chars().filter(|c| !c.is_control()).take(30).collect());
        }
        self.raw.removed_at.get_or_insert(place.clone());
    }

    /// Text between raw tags, for the plain text.
    fn raw_text(&mut self, text: &str) {
        let text = unescape(text).unwrap_or_else(|| text.to_owned()).replace('\n', " ");
        let inside = !self.plain.is_empty() && !self.plain.ends_with(char::is_whitespace);
        self.plain.push_str(if inside { &text } else { text.trim_start() });
    }

    fn plain_break(&mut self, name: &str) {
        if !IN_LINE.contains(&name) {
            self.block_break();
        }
    }
}
