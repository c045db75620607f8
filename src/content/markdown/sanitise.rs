//! Puts a body that holds raw HTML through `ammonia`, so that its tags are closed and nothing
//! forbidden is left, while holes and our own attributes survive.
//!
//! Our own attributes, and holes, are replaced by marks that no text can forge: each begins with a
//! word that does not occur in the HTML. The content of a link or directive is sanitised by itself
//! and stands as one mark in what surrounds it, so that links and directives stay nested whatever
//! the raw HTML does. `raw` has written every raw tag anew, so that all `<` here begin a whole tag.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Range;

use ammonia::{Builder, UrlRelative};

use super::allowed::{ALLOWED, ALLOWED_PLAIN, EVERYWHERE};
use super::fragment::Fragment;
use crate::base::hash::ContentHash;
use crate::content::document::{Hole, HoleKind};

/// Deeper nesting is no text any more; it costs the sanitiser quadratic time.
const DEEPEST: usize = 100;

/// An unclosed formatting element is repeated in each later block: at most so many bytes.
const MOST_REPEATED: usize = 4 << 20;

/// The attribute that stands for our own ones.
const OURS: &str = "data-n";

/// The sanitised HTML; `None` where it is nested too deeply or would lose a part of the page.
pub(super) fn sanitise(fragment: Fragment) -> Option<Fragment> {
    let mut marks = Marks::new(&fragment);
    marks.walk()?;
    let (word, pieces, root) = (marks.word, marks.pieces, marks.frames.pop()?);
    let html = clean(root.html);
    let mut expansion =
        Expansion { source: &fragment, pieces: &pieces, out: Fragment::default(), placed: BTreeSet::new() };
    expansion.expand(&word, &html)?;
    // Each hole and each part of the page exactly once.
    let wanted = pieces.iter().enumerate().filter(|(_, piece)| piece.must_survive()).map(|(index, _)| index);
    wanted.eq(expansion.placed.iter().copied()).then_some(expansion.out)
}

/// What a mark stands for.
enum Piece {
    /// A part of the original HTML with its holes: our own attributes, a checkbox, or a single hole.
    Source { html: Range<usize>, holes: Range<usize>, role: Role },
    /// A link or directive: its holes by index, and its sanitised content with marks.
    Inner { open: usize, close: usize, html: String, role: Role },
}

/// How a mark stands in the HTML.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    /// As text.
    Text,
    /// As the value of our attribute.
    Attributes,
    /// As the value of an attribute of the writer's own.
    Value,
    /// As our attribute of an empty `div`, where a block may stand.
    Block,
    /// As our attribute of an empty `a`, so that no other link stands around it.
    Link,
}

impl Role {
    fn letter(self) -> char {
        match self {
            Self::Text => 't',
            Self::Attributes => 'a',
            Self::Value => 'v',
            Self::Block => 'b',
            Self::Link => 'l',
        }
    }
}

impl Piece {
    fn role(&self) -> Role {
        match self {
            Self::Source { role, .. } | Self::Inner { role, .. } => *role,
        }
    }

    fn must_survive(&self) -> bool {
        matches!(self.role(), Role::Text | Role::Block | Role::Link)
    }
}

/// The HTML with marks, while it is made.
struct Marks<'f> {
    source: &'f Fragment,
    word: String,
    pieces: Vec<Piece>,
    /// The page, and each link and directive that is open.
    frames: Vec<Frame>,
}

/// The content of something.
#[derive(Default)]
struct Frame {
    html: String,
    has_raw: bool,
    /// The hole that opened it.
    open: usize,
}

impl<'f> Marks<'f> {
    fn new(source: &'f Fragment) -> Self {
        let mut word = format!("n{}", ContentHash::of(source.html.as_bytes()).short(16));
        while source.html.contains(&word) {
            word = format!("n{}", ContentHash::of(word.as_bytes()).short(16));
        }
        Self { source, word, pieces: Vec::new(), frames: vec![Frame::default()] }
    }

    /// Goes through the HTML once, tag by tag and hole by hole.
    fn walk(&mut self) -> Option<()> {
        let html = self.source.html.as_str();
        let mut raw = self.source.raw.iter().peekable();
        let (mut at, mut hole, mut depth, mut repeated) = (0, 0, 0usize, 0usize);
        let mut open_raw: Vec<usize> = Vec::new();
        let mut open_raw_bytes = 0;
        loop {
            let rest = html.get(at..)?;
            let tag = rest.find('<').map(|found| at + found);
            let next_hole = self.source.holes.get(hole).map(|hole| hole.at);
            if let Some(place) = next_hole.filter(|place| tag.is_none_or(|tag| *place <= tag)) {
                self.write(html.get(at..place)?);
                self.hole(hole)?;
                at = place;
                hole += 1;
                continue;
            }
            let Some(start) = tag else {
                self.write(rest);
                break;
            };
            self.write(html.get(at..start)?);
            let end = start + html.get(start..)?.find('>')? + 1;
            let text = html.get(start..end)?;
            let name = tag_name(text);
            while raw.peek().is_some_and(|range| range.end <= start) {
                raw.next();
            }
            let is_raw = raw.peek().is_some_and(|range| range.start <= start);
            let is_void = matches!(name, "br" | "hr" | "img" | "input" | "col" | "wbr");
            let first_hole = hole;
            while self.source.holes.get(hole).is_some_and(|hole| hole.at < end) {
                hole += 1;
            }
            match (text.starts_with("</"), is_raw) {
                (true, true) => open_raw_bytes -= open_raw.pop().unwrap_or_default(),
                (false, true) if !is_void => {
                    open_raw.push(text.len());
                    open_raw_bytes += text.len();
                }
                _ => {}
            }
            depth = match text.starts_with("</") {
                true => depth.saturating_sub(1),
                false => depth + usize::from(!is_void),
            };
            repeated += open_raw_bytes;
            if depth > DEEPEST || open_raw.len() > DEEPEST || repeated > MOST_REPEATED {
                return None;
            }
            if is_raw {
                self.raw_tag(start..end, first_hole..hole)?;
            } else {
                self.own_tag(start..end, name, first_hole..hole)?;
            }
            at = end;
        }
        Some(())
    }

    fn write(&mut self, html: &str) {
        if let Some(frame) = self.frames.last_mut() {
            frame.html.push_str(html);
        }
    }

    /// Writes a mark for a piece.
    fn mark(&mut self, piece: Piece) {
        let role = piece.role();
        let mark = format!("{}{}{};", self.word, role.letter(), self.pieces.len());
        self.pieces.push(piece);
        match role {
            Role::Text | Role::Value => self.write(&mark),
            Role::Attributes => self.write(&format!(" {OURS}=\"{mark}\"")),
            Role::Block => self.write(&format!("<div {OURS}=\"{mark}\"></div>")),
            Role::Link => self.write(&format!("<a {OURS}=\"{mark}\"></a>")),
        }
    }

    /// A hole between tags.
    fn hole(&mut self, index: usize) -> Option<()> {
        let hole = self.source.holes.get(index)?;
        match hole.kind {
            HoleKind::LinkOpen(..) | HoleKind::CitationOpen(_) | HoleKind::DirectiveOpen(_) => {
                self.frames.push(Frame { open: index, ..Frame::default() });
            }
            HoleKind::LinkClose(_) => self.close(index, Role::Link)?,
            // It holds none of the writer's tags, so that it stays where it is.
            HoleKind::CitationClose(_) => self.close(index, Role::Text)?,
            HoleKind::DirectiveClose(_) => self.close(index, Role::Block)?,
            HoleKind::Image(_) | HoleKind::Text(_) | HoleKind::Url(_) => {
                self.mark(Piece::Source { html: hole.at..hole.at, holes: index..index + 1, role: Role::Text });
            }
        }
        Some(())
    }

    fn close(&mut self, close: usize, role: Role) -> Option<()> {
        let frame = self.frames.pop()?;
        let html = if frame.has_raw { clean(frame.html) } else { frame.html };
        self.mark(Piece::Inner { open: frame.open, close, html, role });
        Some(())
    }

    /// A tag of the writer's: as it is, with its addresses as marks.
    fn raw_tag(&mut self, tag: Range<usize>, holes: Range<usize>) -> Option<()> {
        let mut at = tag.start;
        for index in holes {
            let place = self.source.holes.get(index)?.at;
            self.write(self.source.html.get(at..place)?);
            self.mark(Piece::Source { html: place..place, holes: index..index + 1, role: Role::Value });
            at = place;
        }
        self.write(self.source.html.get(at..tag.end)?);
        if let Some(frame) = self.frames.last_mut() {
            frame.has_raw = true;
        }
        Some(())
    }

    /// A tag of ours: its attributes become a mark, a checkbox becomes one altogether.
    fn own_tag(&mut self, tag: Range<usize>, name: &str, holes: Range<usize>) -> Option<()> {
        if name == "input" {
            self.mark(Piece::Source { html: tag, holes, role: Role::Text });
            return Some(());
        }
        let text = self.source.html.get(tag.clone())?;
        let attributes = text.find(' ').filter(|_| !text.starts_with("</"));
        let Some(length) = attributes else {
            self.write(text);
            return Some(());
        };
        self.write(text.get(..length)?);
        self.mark(Piece::Source { html: tag.start + length..tag.end - 1, holes, role: Role::Attributes });
        self.write(">");
        Some(())
    }
}

/// The HTML with what the marks stand for, while it is made.
struct Expansion<'p> {
    source: &'p Fragment,
    pieces: &'p [Piece],
    out: Fragment,
    placed: BTreeSet<usize>,
}

impl<'p> Expansion<'p> {
    /// Replaces the marks, innermost ones included, without recursion.
    fn expand(&mut self, word: &str, html: &'p str) -> Option<()> {
        // What is still to be written: HTML with marks, and the hole to leave behind it.
        let mut stack: Vec<(&'p str, Option<usize>)> = vec![(html, None)];
        while let Some((html, hole)) = stack.pop() {
            let Some((before, mark)) = html.split_once(word) else {
                self.out.push(html);
                if let Some(hole) = hole {
                    self.push_hole(hole, self.out.html.len())?;
                }
                continue;
            };
            let (index, after) = mark.get(1..)?.split_once(';')?;
            let index: usize = index.parse().ok()?;
            let piece = self.pieces.get(index)?;
            let (before, after) = match piece.role() {
                Role::Text | Role::Value => (before, after),
                Role::Attributes => (before.strip_suffix(&format!(" {OURS}=\""))?, after.strip_prefix('"')?),
                Role::Block => (before.strip_suffix(&format!("<div {OURS}=\""))?, after.strip_prefix("\"></div>")?),
                Role::Link => (before.strip_suffix(&format!("<a {OURS}=\""))?, after.strip_prefix("\"></a>")?),
            };
            if piece.must_survive() && !self.placed.insert(index) {
                return None;
            }
            self.out.push(before);
            stack.push((after, hole));
            match piece {
                Piece::Source { html, holes, .. } => {
                    let start = self.out.html.len();
                    for hole in holes.clone() {
                        let offset = self.source.holes.get(hole)?.at - html.start;
                        self.push_hole(hole, start + offset)?;
                    }
                    self.out.push(self.source.html.get(html.clone())?);
                }
                Piece::Inner { open, close, html, .. } => {
                    self.push_hole(*open, self.out.html.len())?;
                    stack.push((html, Some(*close)));
                }
            }
        }
        Some(())
    }

    fn push_hole(&mut self, index: usize, at: usize) -> Option<()> {
        let kind = self.source.holes.get(index)?.kind.clone();
        self.out.holes.push(Hole { at, kind });
        Some(())
    }
}

/// The name in a tag.
fn tag_name(tag: &str) -> &str {
    let inner = tag.trim_start_matches(['<', '/']);
    inner.split([' ', '>', '\n']).next().unwrap_or_default()
}

/// What `ammonia` leaves of the HTML.
fn clean(html: String) -> String {
    // Ours: `h1` where a writer wrote one, our attribute everywhere.
    let tags: HashSet<&str> = ALLOWED.iter().map(|(tag, _)| *tag).chain(ALLOWED_PLAIN).chain(["h1"]).collect();
    let attributes: HashMap<&str, HashSet<&str>> =
        ALLOWED.iter().map(|(tag, attributes)| (*tag, attributes.iter().copied().collect())).collect();
    let generic: HashSet<&str> = EVERYWHERE.into_iter().chain([OURS]).collect();
    Builder::empty()
        .tags(tags)
        .tag_attributes(attributes)
        .generic_attributes(generic)
        .url_relative(UrlRelative::PassThrough)
        .link_rel(None)
        .clean(&html)
        .to_string()
}
