//! Hides from the Markdown parser what it would misunderstand: the `:::` lines of a text, and the
//! spaces of file names in addresses.
//!
//! Each line is replaced by a processing instruction of the same length (`<?xxx?>`), which CommonMark
//! takes for a block of its own (HTML block, type 3) that may interrupt a paragraph. So offsets,
//! references, lists and footnotes stay as they are, and the page stays one document. A directive
//! is known by its offset, so that no text can forge one.

use std::borrow::Cow;
use std::ops::Range;

use super::spaced;

/// A text ready for the Markdown parser.
#[derive(Debug)]
pub(super) struct Masked<'a> {
    /// The text as written.
    pub(super) original: &'a str,
    /// The text of the same length that the parser reads.
    pub(super) text: Cow<'a, str>,
    /// The byte ranges of the directives, from `:::` to the end of the line, in order.
    lines: Vec<Range<usize>>,
}

impl Masked<'_> {
    /// The first directive line that begins in a range of the text.
    pub(super) fn line_in(&self, range: &Range<usize>) -> Option<Range<usize>> {
        let index = self.lines.partition_point(|line| line.start < range.start);
        self.lines.get(index).filter(|line| line.start < range.end).cloned()
    }

    /// What the parser read in a range, as it was written.
    pub(super) fn unmask<'t>(&self, parsed: &'t str, range: &Range<usize>) -> Cow<'t, str> {
        let first = self.lines.partition_point(|line| line.start < range.start);
        let mut out = String::new();
        let mut rest = parsed;
        for line in self.lines.get(first..).unwrap_or_default().iter().take_while(|line| line.start < range.end) {
            let (masked, written) = (self.text.get(line.clone()), self.original.get(line.clone()));
            let Some((before, after)) = masked.and_then(|masked| rest.split_once(masked)) else { break };
            out.push_str(before);
            out.push_str(written.unwrap_or_default());
            rest = after;
        }
        if out.is_empty() {
            return spaced::show(parsed);
        }
        out.push_str(rest);
        Cow::Owned(spaced::show(&out).into_owned())
    }
}

/// Hides the directive lines and the spaces of addresses.
pub(super) fn mask(original: &str) -> Masked<'_> {
    let mut lines = Vec::new();
    let mut text = Cow::Borrowed(original);
    if memchr::memmem::find(original.as_bytes(), b":::").is_some() {
        let mut masked = String::with_capacity(original.len());
        let mut start = 0;
        for line in original.split_inclusive('\n') {
            let content = line.strip_suffix('\n').unwrap_or(line);
            match directive_at(content) {
                Some(at) => {
                    lines.push(start + at..start + content.len());
                    masked.push_str(content.get(..at).unwrap_or_default());
                    push_placeholder(&mut masked, content.len() - at);
                    masked.push_str(line.get(content.len()..).unwrap_or_default());
                }
                None => masked.push_str(line),
            }
            start += line.len();
        }
        text = Cow::Owned(masked);
    }
    if let Cow::Owned(hidden) = spaced::hide(&text) {
        text = Cow::Owned(hidden);
    }
    Masked { original, text, lines }
}

/// Where `:::` begins in a line that may be a directive: behind white space, quote marks and list
/// markers only.
fn directive_at(line: &str) -> Option<usize> {
    let mut rest = line;
    loop {
        rest = rest.trim_start_matches([' ', '\t', '>']);
        if rest.starts_with(":::") {
            return Some(line.len() - rest.len());
        }
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let marker = match digits {
            0 => rest.strip_prefix(['-', '*', '+']),
            1..=9 => rest.get(digits..).and_then(|rest| rest.strip_prefix(['.', ')'])),
            _ => None,
        };
        rest = marker.filter(|rest| rest.starts_with([' ', '\t']))?;
    }
}

/// Writes a processing instruction of at least three bytes; `<?>` both begins and ends one.
fn push_placeholder(out: &mut String, length: usize) {
    match length {
        0..=3 => out.push_str("<?>"),
        _ => {
            out.push_str("<?");
            out.extend(std::iter::repeat_n('x', length - 4));
            out.push_str("?>");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_masked_at_their_length() {
        let text = "a\n:::\n> - :::chú ý\n1. :::x\n- a :::\nhttp:::x\n  ::::";
        let masked = mask(text);
        assert_eq!(masked.text, "a\n<?>\n> - <?xxxxxx?>\n1. <??>\n- a :::\nhttp:::x\n  <??>");
        assert_eq!(masked.lines.len(), 4);
        assert_eq!(masked.line_in(&(0..3)).map(|line| &text[line]), Some(":::"));
        assert_eq!(masked.line_in(&(3..6)), None);
        assert_eq!(masked.unmask("<?>\n", &(2..6)), ":::\n");
    }
}
