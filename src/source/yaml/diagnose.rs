//! What is wrong with a text that is not acceptable YAML, said so that people can mend it.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use granit_parser::{ErrorKind, ScanError};

use super::events::{Step, Walk};
use super::{MAX_DEPTH, MAX_NODES, YamlError};
use crate::diag::{Arg, Code};

/// A cause of a syntax error: the catalogue keys of what is wrong and of the remedy.
#[derive(Clone, Copy)]
struct Cause(&'static str, &'static str);

const COLON: Cause = Cause("yaml-cause.colon", "yaml-remedy.quote");
const COLON_SPACE: Cause = Cause("yaml-cause.colon-space", "yaml-remedy.colon-space");
const NO_COLON: Cause = Cause("yaml-cause.no-colon", "yaml-remedy.no-colon");
const INDENT: Cause = Cause("yaml-cause.indent", "yaml-remedy.indent");
const BRACKET_OPEN: Cause = Cause("yaml-cause.bracket-open", "yaml-remedy.bracket-open");
const BRACKET_TEXT: Cause = Cause("yaml-cause.bracket-text", "yaml-remedy.bracket-text");
const AFTER_BRACKET: Cause = Cause("yaml-cause.after-bracket", "yaml-remedy.quote");
const AFTER_QUOTE: Cause = Cause("yaml-cause.after-quote", "yaml-remedy.after-quote");
const CHARACTER: Cause = Cause("yaml-cause.character", "yaml-remedy.quote");
const CONTROL: Cause = Cause("yaml-cause.control", "yaml-remedy.control");
const BACKSLASH: Cause = Cause("yaml-cause.backslash", "yaml-remedy.backslash");
const TAG: Cause = Cause("yaml-cause.character", "yaml-remedy.quote");
const KEY: Cause = Cause("yaml-cause.key", "yaml-remedy.key");
const DOCUMENTS: Cause = Cause("yaml-cause.documents", "yaml-remedy.documents");
const OTHER: Cause = Cause("yaml-cause.other", "yaml-remedy.quote");

/// The first thing that is wrong with a text, if this parser finds anything.
pub(super) fn first_error(text: &str) -> Option<YamlError> {
    let mut keys: Vec<BTreeSet<String>> = Vec::new();
    let mut nodes = 0_usize;
    let mut walk = Walk::new(text);
    while let Some(step) = walk.next() {
        let (step, range) = match step {
            Ok(next) => next,
            Err(error) => return Some(blame_tab(text, explain(text, &error, &walk))),
        };
        match step {
            Step::Key(key) => {
                if let Some(known) = keys.last_mut()
                    && !known.insert(key.clone())
                {
                    return Some(at(Code::YamlDuplicateKey, range, vec![("key", key.into())]));
                }
            }
            Step::Open => {
                nodes += 1;
                keys.push(BTreeSet::new());
            }
            Step::Close => {
                keys.pop();
            }
            Step::Scalar => nodes += 1,
            Step::OddKey => return Some(syntax(KEY, line_of(text, range.start))),
            Step::Alias => return Some(at(Code::YamlAlias, range, Vec::new())),
            Step::Tag => return Some(syntax(TAG, tag_before(text, range.start))),
            Step::SecondDocument => return Some(syntax(DOCUMENTS, line_of(text, range.start))),
        }
        if walk.depth() > MAX_DEPTH || nodes > MAX_NODES {
            let place = line_of(text, walk.last.start);
            return Some(at(Code::YamlTooDeep, place, vec![("depth", MAX_DEPTH.into()), ("values", MAX_NODES.into())]));
        }
    }
    None
}

/// The error for a text that only the first parser refuses; it knows line and byte.
pub(super) fn unexplained(text: &str, location: Option<serde_yaml::Location>) -> YamlError {
    let at_byte = location.map_or(0, |location| location.index());
    blame_tab(text, syntax(OTHER, line_of(text, at_byte)))
}

/// Says what a scan error means.
fn explain(text: &str, error: &ScanError, walk: &Walk) -> YamlError {
    use ErrorKind as Kind;
    let here = error.marker().byte_offset().unwrap_or(walk.last.end).min(text.len());
    match error.kind() {
        Kind::UnknownAnchor | Kind::AnchorCountOverflow => at(Code::YamlAlias, word_at(text, here), Vec::new()),
        Kind::RecursionLimitExceeded => {
            at(Code::YamlTooDeep, line_of(text, here), vec![("depth", MAX_DEPTH.into()), ("values", MAX_NODES.into())])
        }
        Kind::TabNotAllowed
        | Kind::TabInBlockIndentation
        | Kind::TabAtBlockScalarStart
        | Kind::TabInIndentation
        | Kind::TabInPlainScalar => {
            at(Code::YamlTab, tab_in_indent(text, here).unwrap_or_else(|| line_of(text, here)), Vec::new())
        }
        Kind::UnclosedQuotedScalar | Kind::InvalidQuotedScalarIndent | Kind::DocumentIndicatorInQuotedScalar => {
            unclosed_quote(text, walk.last.end, here)
        }
        Kind::InvalidTrailingSingleQuotedScalar | Kind::InvalidTrailingDoubleQuotedScalar => {
            if text.get(walk.last.end..here).is_some_and(|quoted| quoted.contains('\n')) {
                unclosed_quote(text, walk.last.end, here)
            } else {
                syntax(AFTER_QUOTE, here..line_of(text, here).end)
            }
        }
        Kind::MappingValueNotAllowed | Kind::MappingKeyNotAllowed => misplaced_colon(text, &walk.last, here),
        Kind::SimpleKeyExpected | Kind::InvalidSimpleKey => {
            let line = line_of(text, here);
            syntax(if is_glued(text.get(line.clone()).unwrap_or_default()) { COLON_SPACE } else { NO_COLON }, line)
        }
        Kind::ExpectedBlockMappingKey | Kind::ExpectedBlockSequenceEntry | Kind::ExpectedDocumentStart => {
            let line = line_of(text, here);
            if walk.last_was_close && line.contains(&walk.content_end.saturating_sub(1)) {
                syntax(AFTER_BRACKET, here..line.end)
            } else {
                syntax(INDENT, line)
            }
        }
        Kind::InvalidIndentation
        | Kind::InvalidBlockScalarIndent
        | Kind::InvalidFlowScalarIndent
        | Kind::BlockSequenceEntryNotAllowed => syntax(INDENT, line_of(text, here)),
        Kind::MisplacedFlowCollectionEnd => syntax(AFTER_BRACKET, here..line_of(text, here).end),
        Kind::UnclosedFlowCollection { .. }
        | Kind::MismatchedFlowCollectionEnd { .. }
        | Kind::ExpectedFlowMappingSeparator
        | Kind::ExpectedFlowSequenceSeparator
        | Kind::UnexpectedEofFlowSequence
        | Kind::UnexpectedEofFlowMapping
        | Kind::UnexpectedEofImplicitFlowMapping
        | Kind::InvalidColonPlacement
        | Kind::BlockEntryInFlowCollection
        | Kind::FlowMappingValueAdjacentCollection => bracket(text, walk.bracket(), here),
        Kind::UnexpectedCharacter { character } if character.is_control() => {
            let control = text.get(here..).and_then(|rest| rest.find(*character)).map_or(here, |found| here + found);
            syntax(CONTROL, control..(control + character.len_utf8()).min(text.len()))
        }
        Kind::UnknownQuotedScalarEscape
        | Kind::InvalidQuotedScalarHexEscape
        | Kind::InvalidUnicodeEscape
        | Kind::UnpairedLowSurrogate
        | Kind::MissingLowSurrogate
        | Kind::InvalidLowSurrogate
        | Kind::InvalidLowSurrogateHexEscape => syntax(BACKSLASH, line_of(text, here)),
        Kind::UnexpectedCharacter { .. }
        | Kind::InvalidBlockScalarHeader
        | Kind::ZeroBlockScalarIndent
        | Kind::MissingAnchorOrAliasName
        | Kind::UnexpectedEofBlockMapping
        | Kind::PlainScalarStartsWithDashFlowIndicator
        | Kind::ExpectedNodeContent => syntax(CHARACTER, here..line_of(text, here).end),
        _ => syntax(OTHER, line_of(text, here)),
    }
}

/// A `:` where none may be: in a text, after a key without space, or on a line that is indented
/// too far. `last` is the text before it.
fn misplaced_colon(text: &str, last: &Range<usize>, here: usize) -> YamlError {
    let first_line = line_of(text, last.start);
    if first_line.contains(&here) || first_line.end == here {
        return syntax(COLON, last.start..first_line.end);
    }
    // The text goes over several lines: its first line lacks a proper colon, or the last one is
    // indented so far that it seems to belong to the text.
    if first_line.start == last.start {
        let glued = is_glued(text.get(first_line.clone()).unwrap_or_default());
        return syntax(if glued { COLON_SPACE } else { NO_COLON }, first_line);
    }
    syntax(INDENT, line_of(text, here))
}

/// The error, or the tab at the beginning of its line, which is the likelier cause of any.
fn blame_tab(text: &str, error: YamlError) -> YamlError {
    let Some(range) = error.range.clone().filter(|_| error.code == Code::YamlSyntax) else { return error };
    let line = line_of(text, range.start);
    match tab_in_indent(text, line.start) {
        Some(tab) if tab.start < line.start => at(Code::YamlTab, tab, Vec::new()),
        _ => error,
    }
}

/// A bracket that nobody closes, or text inside brackets that needs quotes.
fn bracket(text: &str, open: Option<usize>, here: usize) -> YamlError {
    let open = open.unwrap_or(here);
    let line = line_of(text, open);
    if line.contains(&here) && here > open {
        syntax(BRACKET_TEXT, open..line.end)
    } else {
        syntax(BRACKET_OPEN, open..line.end)
    }
}

/// A quote that nobody closes: the place of the first one behind what was read last.
fn unclosed_quote(text: &str, read: usize, here: usize) -> YamlError {
    let open = text.get(read..).and_then(|rest| rest.find(['"', '\''])).map_or(here, |found| read + found);
    let quote = text.get(open..).and_then(|rest| rest.chars().next()).unwrap_or('"');
    at(Code::YamlUnclosedQuote, open..line_of(text, open).end, vec![("quote", quote.to_string().into())])
}

/// An error of a code.
fn at(code: Code, range: Range<usize>, args: Vec<(&'static str, Arg)>) -> YamlError {
    let args = args.into_iter().map(|(name, arg)| (Cow::Borrowed(name), arg)).collect();
    YamlError { code, range: Some(range), args }
}

/// A syntax error of a cause.
fn syntax(Cause(cause, remedy): Cause, range: Range<usize>) -> YamlError {
    at(Code::YamlSyntax, range, vec![("cause", Arg::key(cause)), ("remedy", Arg::key(remedy))])
}

/// The line that holds an offset, without the white space around it.
fn line_of(text: &str, offset: usize) -> Range<usize> {
    let offset = (0..=offset.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let (before, after) = text.split_at(offset);
    let start = before.rfind('\n').map_or(0, |found| found + 1);
    let end = after.find('\n').map_or(text.len(), |found| offset + found);
    let line = text.get(start..end).unwrap_or_default();
    let start = end - line.trim_start().len();
    start..start + line.trim().len()
}

/// The word that begins at an offset.
fn word_at(text: &str, offset: usize) -> Range<usize> {
    let rest = text.get(offset..).unwrap_or_default();
    offset..offset + rest.find([' ', '\n', ',', ']', '}']).unwrap_or(rest.len())
}

/// The tag that stands before a value, or the value's line.
fn tag_before(text: &str, offset: usize) -> Range<usize> {
    let line = line_of(text, offset);
    let before = text.get(line.start..offset.max(line.start)).unwrap_or_default();
    before.find('!').map_or(line.clone(), |found| line.start + found..line.end)
}

/// The first tab in the white space before a line, from the line of an offset on.
fn tab_in_indent(text: &str, offset: usize) -> Option<Range<usize>> {
    let start = text.get(..offset)?.rfind('\n').map_or(0, |found| found + 1);
    let mut line_start = start;
    for line in text.get(start..)?.split('\n') {
        let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
        if let Some(tab) = line.get(..indent).and_then(|indent| indent.find('\t')) {
            return Some(line_start + tab..line_start + tab + 1);
        }
        line_start += line.len() + 1;
    }
    None
}

/// Whether a line is a key with a colon and no space behind it: `title:Text`.
fn is_glued(line: &str) -> bool {
    line.split_once(':').is_some_and(|(key, value)| {
        !key.is_empty()
            && !key.contains(char::is_whitespace)
            && !value.starts_with([' ', '\t', '/'])
            && !value.is_empty()
    })
}
