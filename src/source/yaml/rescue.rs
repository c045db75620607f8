//! Lines that people write rightly and YAML reads wrongly, put between quotes before parsing.

use std::borrow::Cow;
use std::ops::Range;

/// The one-line text fields, of front matter and of settings, whose value is read to the end of the
/// line as written. `vi` and `en` are texts by language.
const TEXT_FIELDS: [&str; 20] = [
    "address",
    "alt",
    "caption",
    "credit",
    "description",
    "en",
    "label",
    "name",
    "organiser",
    "organizer",
    "reason",
    "responsible",
    "signer",
    "source",
    "text",
    "theme",
    "title",
    "unit",
    "venue",
    "vi",
];

/// A YAML text in which every line can be read, and what was changed for that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rescued<'t> {
    /// The text to parse; it has the same lines.
    pub text: Cow<'t, str>,
    /// The changes, in order.
    pub edits: Vec<Edit>,
}

/// A value that was put between quotes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The key, without those around it.
    pub field: String,
    /// The value in the text as written.
    pub original: Range<usize>,
    /// The value in the text to parse.
    pub rewritten: Range<usize>,
}

impl Rescued<'_> {
    /// The range of the text as written for one of the text to parse; all of a value for a part of
    /// a changed one.
    #[must_use]
    pub fn original(&self, range: Range<usize>) -> Range<usize> {
        self.offset(range.start, |edit| edit.original.start)..self.offset(range.end, |edit| edit.original.end)
    }

    /// One offset; `inside` says which one for those within a changed value.
    fn offset(&self, offset: usize, inside: fn(&Edit) -> usize) -> usize {
        let passed = self.edits.partition_point(|edit| edit.rewritten.end <= offset);
        match (self.edits.get(passed), passed.checked_sub(1).and_then(|last| self.edits.get(last))) {
            (Some(edit), _) if edit.rewritten.start <= offset => inside(edit),
            (_, Some(edit)) => edit.original.end + (offset - edit.rewritten.end),
            (_, None) => offset,
        }
    }
}

/// Puts the values of one-line text fields between quotes where YAML would fail or silently cut: at
/// `: `, at ` #`, behind a closing quote or bracket, at a sign with a meaning of its own. What is
/// quoted rightly, a block of text behind `|` or `>`, and a real list or mapping stay as they are.
/// Linear in the text.
#[must_use]
pub fn rescue(text: &str) -> Rescued<'_> {
    let mut out = String::new();
    let mut edits: Vec<Edit> = Vec::new();
    let mut copied = 0;
    // Lines further in than this column continue a value.
    let mut value_column: Option<usize> = None;
    let mut lines = Lines { text, start: 0 }.peekable();
    while let Some((start, line)) = lines.next() {
        let Some(indent) = indent_of(line) else { continue };
        if value_column.is_some_and(|column| indent > column) {
            continue;
        }
        let entry = Entry::read(line, indent);
        value_column = (!is_comment_or_empty(entry.value)).then_some(entry.column);
        let Some(key) = entry.key.filter(|key| TEXT_FIELDS.contains(key)) else { continue };
        if !needs_quotes(entry.value) {
            continue;
        }
        let continued = |next: &(usize, &str)| indent_of(next.1).is_some_and(|indent| indent > entry.column);
        if lines.peek().is_some_and(continued) {
            continue;
        }
        value_column = Some(entry.column);
        let begin = start + entry.value_at;
        let end = begin + entry.value.len();
        out.push_str(text.get(copied..begin).unwrap_or_default());
        let rewritten = out.len();
        out.push('\'');
        out.push_str(&entry.value.replace('\'', "''"));
        out.push('\'');
        copied = end;
        edits.push(Edit { field: key.to_owned(), original: begin..end, rewritten: rewritten..out.len() });
    }
    if edits.is_empty() {
        return Rescued { text: Cow::Borrowed(text), edits };
    }
    out.push_str(text.get(copied..).unwrap_or_default());
    Rescued { text: Cow::Owned(out), edits }
}

/// The lines of a text that are not empty, with their offsets.
struct Lines<'t> {
    text: &'t str,
    start: usize,
}

impl<'t> Iterator for Lines<'t> {
    type Item = (usize, &'t str);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let rest = self.text.get(self.start..).filter(|rest| !rest.is_empty())?;
            let length = rest.find('\n').unwrap_or(rest.len());
            let (start, line) = (self.start, rest.get(..length)?);
            self.start += length + 1;
            if !line.trim().is_empty() {
                return Some((start, line));
            }
        }
    }
}

/// How many spaces a line begins with; `None` for a comment.
fn indent_of(line: &str) -> Option<usize> {
    let rest = line.trim_start_matches(' ');
    (!rest.trim_start().starts_with('#')).then_some(line.len() - rest.len())
}

/// A line taken apart: `- key: value`.
struct Entry<'t> {
    /// The column of the key, or of the item's dash where there is no key.
    column: usize,
    key: Option<&'t str>,
    value: &'t str,
    /// The offset of the value in the line.
    value_at: usize,
}

impl<'t> Entry<'t> {
    /// Takes a line apart that is indented by some spaces.
    fn read(line: &'t str, indent: usize) -> Self {
        let mut column = indent;
        let mut item = indent;
        while let Some(rest) = line.get(column..).and_then(|rest| rest.strip_prefix("- ")) {
            item = column;
            column = line.len() - rest.trim_start_matches(' ').len();
        }
        let rest = line.get(column..).unwrap_or_default();
        let (key, after) = match rest.split_once(':') {
            Some((key, after)) if after.is_empty() || after.starts_with([' ', '\t', '\r']) => {
                (Some(key.trim_end()), after)
            }
            _ => (None, rest),
        };
        let value = after.trim_start_matches([' ', '\t']);
        let value_at = line.len() - value.len();
        Self { column: if key.is_some() { column } else { item }, key, value: value.trim_end(), value_at }
    }
}

/// Whether there is nothing behind a key but a comment.
fn is_comment_or_empty(value: &str) -> bool {
    value.is_empty() || value.starts_with('#')
}

/// Whether YAML would read a line of text wrongly or not at all.
fn needs_quotes(value: &str) -> bool {
    let mut chars = value.chars();
    let first = chars.next();
    let lone = chars.next().is_none_or(|second| second == ' ' || second == '\t');
    match first {
        None => false,
        Some('"') => quoted_end(value, '"').is_some_and(|end| has_more(value, end)),
        Some('\'') => quoted_end(value, '\'').is_some_and(|end| has_more(value, end)),
        Some('[' | '{') => flow_end(value).is_none_or(|end| has_more(value, end)),
        Some('|' | '>') => !is_block_header(value),
        Some('@' | '`' | '%' | '*' | '&' | '!' | ',' | ']' | '}') => true,
        Some('#') => !lone,
        Some('-' | '?') if lone => true,
        Some(_) => {
            value.ends_with(':')
                || value.as_bytes().windows(2).any(|pair| matches!(pair, [b':', b' ' | b'\t'] | [b' ' | b'\t', b'#']))
                    && !is_name_with_comment(value)
        }
    }
}

/// Whether a value is a single plain name with a comment: `default # see themes/`. That is how
/// settings are written, and no sentence.
fn is_name_with_comment(value: &str) -> bool {
    value.split_once([' ', '\t']).is_some_and(|(name, rest)| {
        name.starts_with(|c: char| c.is_ascii_lowercase())
            && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'_'))
            && rest.trim_start().starts_with('#')
    })
}

/// Whether something other than a comment follows behind an offset.
fn has_more(value: &str, end: usize) -> bool {
    let rest = value.get(end..).unwrap_or_default();
    let trimmed = rest.trim_start();
    !(trimmed.is_empty() || trimmed.len() < rest.len() && trimmed.starts_with('#'))
}

/// The offset behind the closing quote of a value that begins with a quote.
fn quoted_end(value: &str, quote: char) -> Option<usize> {
    let bytes = value.as_bytes();
    let (quote, escape) = if quote == '"' { (b'"', b'\\') } else { (b'\'', b'\'') };
    let mut at = 1;
    loop {
        at += memchr::memchr2(quote, escape, bytes.get(at..)?)?;
        // What follows the sign of an escape is text, be it the sign itself.
        let is_escape = bytes.get(at) == Some(&escape) && (escape != quote || bytes.get(at + 1) == Some(&quote));
        if !is_escape {
            return Some(at + 1);
        }
        at += 2;
    }
}

/// The offset behind the bracket that closes a value's first one.
fn flow_end(value: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut begins = true;
    let mut at = 0;
    while let Some(c) = value.get(at..).and_then(|rest| rest.chars().next()) {
        if begins && (c == '"' || c == '\'') {
            at += quoted_end(value.get(at..)?, c)?;
            begins = false;
            continue;
        }
        at += c.len_utf8();
        match c {
            '[' | '{' => depth += 1,
            ']' | '}' => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
        begins = matches!(c, '[' | '{' | ',' | ':') || (begins && c.is_whitespace());
    }
    None
}

/// Whether a value is the head of a block of text: `|`, `>`, with `+`, `-`, a digit and a comment.
fn is_block_header(value: &str) -> bool {
    let rest = value.trim_start_matches(['|', '>']);
    let (signs, comment) =
        rest.split_once([' ', '\t']).map_or((rest, ""), |(signs, after)| (signs, after.trim_start()));
    value.len() - rest.len() == 1
        && signs.len() <= 2
        && signs.bytes().all(|b| matches!(b, b'+' | b'-' | b'1'..=b'9'))
        && is_comment_or_empty(comment)
}
