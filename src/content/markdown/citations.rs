//! Documents that a text cites: found over the joined text of each block, and marked with holes.
//!
//! The text of a block is the plain text that is written along with its HTML, so that bold, line breaks
//! and entities may stand within a number. For each piece of it is kept where it stands in the HTML.

use std::ops::Range;

use super::fragment::Fragment;
use super::writer::Writer;
use crate::content::citation::{Citation, Mention, Told};
use crate::content::document::{Hole, HoleKind};
use crate::diag::Spot;
use crate::domain::citations;

/// What is known of the block that is being written.
#[derive(Debug, Default)]
pub(super) struct Citing {
    /// Where its text begins in the plain text.
    start: usize,
    /// The pieces of its text, in order.
    pieces: Vec<Piece>,
    /// How many holes there were before it.
    holes: usize,
    /// How many raw tags there were before it in which no link may stand.
    closed_tags: usize,
    /// How many headings there are so far.
    pub(super) section: u32,
}

/// A piece of the text of a block.
#[derive(Clone, Debug)]
struct Piece {
    /// Where it stands in the plain text.
    plain: Range<usize>,
    /// Where it begins in the HTML; none for code.
    html: Option<usize>,
    /// Where it stands in the source.
    source: Range<usize>,
}

impl Writer<'_> {
    /// Keeps where a piece of text goes that is about to be written.
    pub(super) fn cite_piece(&mut self, length: usize, source: Range<usize>) {
        let plain = self.plain.len()..self.plain.len() + length;
        self.citing.pieces.push(Piece { plain, html: Some(self.out.html.len()), source });
    }

    /// The same for code, in which nothing is cited.
    pub(super) fn cite_code(&mut self, length: usize, source: Range<usize>) {
        let plain = self.plain.len()..self.plain.len() + length;
        self.citing.pieces.push(Piece { plain, html: None, source });
    }

    /// Finds what the block cites that ends here.
    pub(super) fn cite_block(&mut self) {
        if self.citing.start < self.plain.len() && self.is_portal() && !self.nesting.is_without_citations() {
            self.cite();
        }
        self.citing.start = self.plain.len();
        self.citing.pieces.clear();
        self.citing.holes = self.out.holes.len();
        self.citing.closed_tags = self.raw.closed_tags;
    }

    fn cite(&mut self) {
        let start = self.citing.start;
        let Some(block) = self.plain.get(start..) else { return };
        let off = switched_off(block);
        let readable = (!off.is_empty()).then(|| readable(block, &off));
        let found = citations::citations(readable.as_deref().unwrap_or(block), self.ctx.lang);
        if found.is_empty() {
            return;
        }
        let block = readable.unwrap_or_else(|| block.to_owned());
        let told = Told::of(&block);
        let section = self.citing.section;
        let mut surroundings = Surroundings::default();
        let (mut holes, mut backslashes) = (Vec::new(), Vec::new());
        for citation in found {
            let plain = start + citation.range.start..start + citation.range.end;
            let before = citation.range.start.wrapping_sub(1);
            if off.binary_search(&before).is_ok() {
                backslashes.extend(self.html_at(start + before).map(|html| (start + before, html)));
                continue;
            }
            if self.is_code(&plain) {
                continue;
            }
            let (mention, html) = self.mention(&plain, &mut surroundings);
            let mention = (mention, surroundings.link);
            let spot = self.cited_at(&plain);
            let index = self.found.citations.len();
            self.found.citations.push(Citation::of(citation, &block, told, mention, section, spot));
            if let Some(html) = html {
                holes.push(Hole { at: html.start, kind: HoleKind::CitationOpen(index) });
                holes.push(Hole { at: html.end, kind: HoleKind::CitationClose(index) });
            }
        }
        self.out.insert_holes(self.citing.holes, holes);
        let (plain, html): (Vec<usize>, Vec<usize>) = backslashes.into_iter().unzip();
        take_out(&mut self.plain, &plain);
        self.out.take_out(self.citing.holes, &html);
    }

    /// Whether a part of the plain text is code.
    fn is_code(&self, plain: &Range<usize>) -> bool {
        let first = self.citing.pieces.partition_point(|piece| piece.plain.end <= plain.start);
        let pieces = self.citing.pieces.iter().skip(first).take_while(|piece| piece.plain.start < plain.end);
        pieces.into_iter().any(|piece| piece.html.is_none())
    }

    /// How a part of the plain text stands in the page, and its HTML where an element may stand around it.
    fn mention(&self, plain: &Range<usize>, surroundings: &mut Surroundings) -> (Mention, Option<Range<usize>>) {
        let apart = (Mention::Apart, None);
        let holes = self.out.holes.get(self.citing.holes..).unwrap_or_default();
        if let Some(start) = self.html_at(plain.start) {
            surroundings.advance(holes, start);
        }
        let is_closed = self.raw.open_closed_tags > 0 || self.raw.closed_tags != self.citing.closed_tags;
        if self.heading.is_some() || is_closed {
            return apart;
        }
        let (Some(start), Some(last)) = (self.html_at(plain.start), self.html_at(plain.end - 1)) else { return apart };
        let html = self.out.html.as_str();
        let end = last + html.get(last..).map_or(1, |rest| shown_length(rest.as_bytes()));
        let Some(html) = around(html, start..end) else { return apart };
        let raw = self.out.raw.get(self.out.raw.partition_point(|raw| raw.end <= html.start));
        let inside = holes.get(holes.partition_point(|hole| hole.at <= html.start));
        let crosses = inside.is_some_and(|hole| hole.at < html.end);
        match (crosses || raw.is_some_and(|raw| raw.start < html.end), surroundings.link.is_some()) {
            (true, _) => apart,
            (false, true) => (Mention::InLink, Some(html)),
            (false, false) => (Mention::Text, Some(html)),
        }
    }

    /// The piece that holds a byte of the plain text.
    fn piece_at(&self, plain: usize) -> Option<&Piece> {
        let index = self.citing.pieces.partition_point(|piece| piece.plain.start <= plain).checked_sub(1)?;
        self.citing.pieces.get(index).filter(|piece| plain < piece.plain.end)
    }

    /// Where a byte of the plain text stands in the HTML.
    fn html_at(&self, plain: usize) -> Option<usize> {
        let piece = self.piece_at(plain)?;
        let before = self.plain.get(piece.plain.start..plain)?;
        Some(piece.html? + before.bytes().map(escaped_length).sum::<usize>())
    }

    /// Where a part of the plain text stands in the file.
    fn cited_at(&self, plain: &Range<usize>) -> Spot {
        let at = |place: usize| {
            let piece = self.piece_at(place)?;
            // What is written otherwise in the source is taken as a whole.
            let offset = place - piece.plain.start;
            let exact = piece.source.len() == piece.plain.len();
            Some(if exact {
                piece.source.start + offset..piece.source.start + offset + 1
            } else {
                piece.source.clone()
            })
        };
        match (at(plain.start), at(plain.end - 1)) {
            (Some(first), Some(last)) if first.start < last.end => self.spot(&(first.start..last.end)),
            _ => Spot::Whole,
        }
    }
}

/// What stands before a place of the HTML; asked for one place after the other.
#[derive(Debug, Default)]
struct Surroundings {
    /// How many holes of the block were read.
    read: usize,
    /// The link that they leave open: index into `Facts::links`.
    link: Option<usize>,
}

impl Surroundings {
    /// Reads the holes up to a place, and on it.
    fn advance(&mut self, holes: &[Hole], at: usize) {
        for hole in holes.iter().skip(self.read).take_while(|hole| hole.at <= at) {
            self.read += 1;
            match hole.kind {
                HoleKind::LinkOpen(link, _) => self.link = Some(link),
                HoleKind::LinkClose(_) => self.link = None,
                _ => {}
            }
        }
    }
}

impl Fragment {
    /// Leaves holes at earlier places among those from `first` on: at the same place, what begins stands
    /// behind the others and what ends before them.
    fn insert_holes(&mut self, first: usize, new: Vec<Hole>) {
        if new.is_empty() {
            return;
        }
        let mut known = self.holes.split_off(first.min(self.holes.len())).into_iter().peekable();
        for hole in new {
            let is_before = |known: &Hole| match hole.kind {
                HoleKind::CitationClose(_) => known.at < hole.at,
                _ => known.at <= hole.at,
            };
            while let Some(known) = known.next_if(is_before) {
                self.holes.push(known);
            }
            self.holes.push(hole);
        }
        self.holes.extend(known);
    }

    /// Takes single bytes out at earlier places, behind all holes before `first`.
    fn take_out(&mut self, first: usize, places: &[usize]) {
        let Some(from) = places.first() else { return };
        take_out(&mut self.html, places);
        let moved = |at: usize| at - places.partition_point(|place| *place < at);
        self.holes.iter_mut().skip(first).for_each(|hole| hole.at = moved(hole.at));
        for raw in self.raw.iter_mut().rev().take_while(|raw| raw.start > *from) {
            *raw = moved(raw.start)..moved(raw.end);
        }
    }
}

/// Takes the backslashes at these places out of a text.
fn take_out(text: &mut String, places: &[usize]) {
    let Some(first) = places.first() else { return };
    let tail = text.split_off(*first);
    let mut places = places.iter().map(|place| place - first).peekable();
    let kept = tail.char_indices().filter(|(at, _)| places.next_if_eq(at).is_none());
    text.extend(kept.map(|(_, c)| c));
}

/// The places of backslashes before a digit: they may switch a citation off.
fn switched_off(block: &str) -> Vec<usize> {
    let bytes = block.as_bytes();
    let digit_behind = |at: &usize| bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
    memchr::memchr_iter(b'\\', bytes).filter(digit_behind).collect()
}

/// A block with spaces for these of its backslashes.
fn readable(block: &str, off: &[usize]) -> String {
    let mut off = off.iter().peekable();
    block.char_indices().map(|(at, c)| if off.next_if(|off| **off == at).is_some() { ' ' } else { c }).collect()
}

/// How many bytes a byte of text takes in HTML.
fn escaped_length(byte: u8) -> usize {
    match byte {
        b'&' => "&amp;".len(),
        b'<' | b'>' => "&lt;".len(),
        _ => 1,
    }
}

/// How many bytes the character takes that some HTML begins with.
fn shown_length(html: &[u8]) -> usize {
    match html.first() {
        Some(b'&') => html.iter().position(|byte| *byte == b';').map_or(1, |end| end + 1),
        _ => 1,
    }
}

/// The range of the HTML around which an element may stand: where one that begins or ends inside reaches
/// just one tag further (`<strong>749/</strong>QĐ-TTg`), it is taken along.
fn around(html: &str, range: Range<usize>) -> Option<Range<usize>> {
    let (mut open, mut unopened) = (0_usize, 0_usize);
    let mut rest = html.get(range.clone())?;
    while let Some((_, tag)) = rest.split_once('<') {
        let (tag, behind) = tag.split_once('>')?;
        rest = behind;
        match (tag.starts_with('/'), tag == "br") {
            (_, true) => {}
            (true, _) if open > 0 => open -= 1,
            (true, _) => unopened += 1,
            (false, _) => open += 1,
        }
    }
    let Range { mut start, mut end } = range;
    for _ in 0..unopened {
        let before = html.get(..start)?.strip_suffix('>')?;
        let tag = before.rfind('<')?;
        if !is_inline(before.get(tag + 1..)?) {
            return None;
        }
        start = tag;
    }
    for _ in 0..open {
        let behind = html.get(end..)?.strip_prefix("</")?;
        let length = behind.find('>')?;
        if !is_inline(behind.get(..length)?) {
            return None;
        }
        end += "</>".len() + length;
    }
    Some(start..end)
}

/// Whether a tag, without its brackets, is of an element that we write inside lines.
fn is_inline(tag: &str) -> bool {
    matches!(tag.split(' ').next(), Some("em" | "strong" | "del" | "span"))
}
