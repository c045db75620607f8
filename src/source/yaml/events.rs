//! A walk through the events of the second YAML parser, which knows the byte range of everything.

use std::ops::Range;

use granit_parser::{Event, Parser, ScanError, Span, StrInput, StructureStyle};

/// One step of the walk.
#[derive(Debug)]
pub(super) enum Step {
    /// The key of a mapping's next value.
    Key(String),
    /// A key that is no text, such as a list.
    OddKey,
    /// A value without parts; an empty range where nothing is written.
    Scalar,
    /// A list or mapping begins.
    Open,
    /// The last list or mapping ends.
    Close,
    /// An alias, or a value with an anchor.
    Alias,
    /// A value with a tag that is not YAML's own.
    Tag,
    /// A second document begins.
    SecondDocument,
}

/// The walk: steps with their byte ranges.
pub(super) struct Walk<'t> {
    parser: Parser<'t, StrInput<'t>>,
    /// The lists and mappings that are open, outermost first.
    frames: Vec<Frame>,
    documents: usize,
    /// The range of the last event that stood for written text, comments included.
    pub(super) last: Range<usize>,
    /// The end of the last written text that is no comment.
    pub(super) content_end: usize,
    /// Whether that was a closing bracket.
    pub(super) last_was_close: bool,
}

/// A list or mapping that is open.
#[derive(Clone, Copy, Debug)]
struct Frame {
    /// Whether the next value inside is a key.
    awaits_key: bool,
    /// Whether it is a mapping.
    mapping: bool,
    /// The opening bracket, where there is one.
    bracket: Option<usize>,
}

impl<'t> Walk<'t> {
    /// The walk through a text.
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            parser: Parser::new_from_str(text),
            frames: Vec::new(),
            documents: 0,
            last: 0..0,
            content_end: 0,
            last_was_close: false,
        }
    }

    /// How many lists and mappings are open.
    pub(super) fn depth(&self) -> usize {
        self.frames.len()
    }

    /// The innermost open bracket.
    pub(super) fn bracket(&self) -> Option<usize> {
        self.frames.iter().rev().find_map(|frame| frame.bracket)
    }

    /// Whether the value that comes next is a key; after a value, whether its parent is a mapping.
    fn take_turn(&mut self) -> bool {
        let Some(frame) = self.frames.last_mut() else { return false };
        let is_key = frame.mapping && frame.awaits_key;
        frame.awaits_key = !frame.awaits_key;
        is_key
    }

    /// Enters a list or mapping.
    fn open(&mut self, mapping: bool, style: StructureStyle, range: &Range<usize>) -> Step {
        let is_key = self.take_turn();
        let bracket = matches!(style, StructureStyle::Flow).then_some(range.start);
        self.frames.push(Frame { awaits_key: mapping, mapping, bracket });
        if is_key { Step::OddKey } else { Step::Open }
    }
}

impl Iterator for Walk<'_> {
    type Item = Result<(Step, Range<usize>), ScanError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let (event, span) = match self.parser.next_event()? {
                Ok(next) => next,
                Err(error) => return Some(Err(error)),
            };
            let range = bytes(span);
            if !range.is_empty() {
                self.last = range.clone();
                if !matches!(event, Event::Comment(..)) {
                    self.content_end = range.end;
                    self.last_was_close = matches!(event, Event::SequenceEnd | Event::MappingEnd);
                }
            }
            let step = match event {
                Event::DocumentStart(..) => {
                    self.documents += 1;
                    if self.documents < 2 {
                        continue;
                    }
                    Step::SecondDocument
                }
                Event::Alias(_) | Event::UnresolvedAlias(_) => {
                    self.take_turn();
                    Step::Alias
                }
                Event::Scalar(_, _, anchor, _)
                | Event::SequenceStart(_, anchor, _)
                | Event::MappingStart(_, anchor, _)
                    if anchor > 0 =>
                {
                    Step::Alias
                }
                Event::Scalar(_, _, _, Some(tag))
                | Event::SequenceStart(_, _, Some(tag))
                | Event::MappingStart(_, _, Some(tag))
                    if !tag.is_yaml_core_schema() =>
                {
                    Step::Tag
                }
                Event::Scalar(text, ..) => {
                    if self.take_turn() {
                        Step::Key(text.into_owned())
                    } else {
                        Step::Scalar
                    }
                }
                Event::SequenceStart(style, ..) => self.open(false, style, &range),
                Event::MappingStart(style, ..) => self.open(true, style, &range),
                Event::SequenceEnd | Event::MappingEnd => {
                    self.frames.pop();
                    Step::Close
                }
                _ => continue,
            };
            return Some(Ok((step, range)));
        }
    }
}

/// The byte range of a span; the parser of borrowed text always knows it.
fn bytes(span: Span) -> Range<usize> {
    span.byte_range().unwrap_or(0..0)
}
