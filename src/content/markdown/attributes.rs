//! Reads the line of a directive: `:::name key="value" key=value flag`.

use std::ops::Range;

/// An opening line, read.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Opening<'a> {
    /// The name.
    pub(super) name: &'a str,
    /// The attributes in order.
    pub(super) attributes: Vec<Attribute<'a>>,
}

/// One attribute.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Attribute<'a> {
    /// The key.
    pub(super) key: &'a str,
    /// The value without quotes; absent for a flag.
    pub(super) value: Option<&'a str>,
    /// The whole attribute in the line.
    pub(super) range: Range<usize>,
}

/// Why an opening line cannot be read; each is a key of the message catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SyntaxError {
    /// A quotation mark is not closed.
    Quote,
    /// Something that is no attribute.
    Stray,
    /// A key twice.
    Twice,
}

impl SyntaxError {
    /// The text for people.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Quote => "directive-syntax.quote",
            Self::Stray => "directive-syntax.stray",
            Self::Twice => "directive-syntax.twice",
        }
    }
}

/// Reads a line from its `:::` on; `None` for a closing line, which has nothing but colons.
///
/// # Errors
/// [`SyntaxError`] and the place in the line.
pub(super) fn parse(line: &str) -> Result<Option<Opening<'_>>, (SyntaxError, Range<usize>)> {
    let line = line.trim_end();
    let start = line.len() - line.trim_start_matches(':').trim_start().len();
    let mut cursor = Cursor { line, at: start };
    let name = cursor.take_while(is_key);
    if name.is_empty() {
        return if cursor.rest().is_empty() { Ok(None) } else { Err((SyntaxError::Stray, start..line.len())) };
    }
    let mut attributes: Vec<Attribute<'_>> = Vec::new();
    loop {
        let before = cursor.at;
        cursor.skip_space();
        if cursor.rest().is_empty() {
            return Ok(Some(Opening { name, attributes }));
        }
        let from = cursor.at;
        let key = cursor.take_while(is_key);
        if key.is_empty() || from == before {
            return Err((SyntaxError::Stray, from..line.len()));
        }
        let value = cursor.value(from)?;
        let range = from..cursor.at;
        if attributes.iter().any(|attribute| attribute.key == key) {
            return Err((SyntaxError::Twice, range));
        }
        attributes.push(Attribute { key, value, range });
    }
}

/// What keys and names are made of.
fn is_key(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_')
}

/// A place in the line.
struct Cursor<'a> {
    line: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    fn rest(&self) -> &'a str {
        self.line.get(self.at..).unwrap_or_default()
    }

    fn take_while(&mut self, wanted: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let (taken, _) = rest.split_at(rest.find(|c| !wanted(c)).unwrap_or(rest.len()));
        self.at += taken.len();
        taken
    }

    fn skip_space(&mut self) {
        self.take_while(char::is_whitespace);
    }

    /// The value behind `=`, with or without quotes; curly quotes come from Vietnamese keyboards and
    /// office programs.
    fn value(&mut self, from: usize) -> Result<Option<&'a str>, (SyntaxError, Range<usize>)> {
        if !self.rest().starts_with('=') {
            return Ok(None);
        }
        self.at += 1;
        let Some(open) = self.rest().chars().next() else { return Ok(Some("")) };
        let close: &[char] = match open {
            '"' => &['"'],
            '\'' => &['\''],
            '“' | '”' | '„' => &['”', '“'],
            '‘' | '’' => &['’', '‘'],
            _ => return Ok(Some(self.take_while(|c| !c.is_whitespace()))),
        };
        self.at += open.len_utf8();
        let rest = self.rest();
        let Some(end) = rest.find(close) else { return Err((SyntaxError::Quote, from..self.line.len())) };
        let (value, tail) = rest.split_at(end);
        self.at += end + tail.chars().next().map_or(0, char::len_utf8);
        Ok(Some(value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(line: &str) -> Vec<(&str, Option<&str>)> {
        let opening = parse(line).unwrap().unwrap();
        opening.attributes.iter().map(|attribute| (attribute.key, attribute.value)).collect()
    }

    #[test]
    fn every_way_to_write_an_attribute() {
        assert_eq!(parse(":::callout").unwrap().unwrap().name, "callout");
        assert_eq!(
            values(r#"::: quote author="Chủ đề “Ngày 10/10”" role='a b' source=a.md flag"#),
            [("author", Some("Chủ đề “Ngày 10/10”")), ("role", Some("a b")), ("source", Some("a.md")), ("flag", None)]
        );
        assert_eq!(values(":::callout title=“Lưu ý” type=”note”"), [("title", Some("Lưu ý")), ("type", Some("note"))]);
        assert_eq!(values(":::figure src= alt=\"\""), [("src", Some("")), ("alt", Some(""))]);
    }

    #[test]
    fn closing_lines_have_no_name() {
        for line in [":::", "::::", ":::  ", ":::\t"] {
            assert_eq!(parse(line), Ok(None), "{line:?}");
        }
    }

    #[test]
    fn errors_name_their_place() {
        assert_eq!(parse(":::callout title=\"Lưu ý"), Err((SyntaxError::Quote, 11..25)));
        assert_eq!(parse(":::callout type=\"note\"title=\"a\""), Err((SyntaxError::Stray, 22..31)));
        assert_eq!(parse(":::callout = a"), Err((SyntaxError::Stray, 11..14)));
        assert_eq!(parse("::: (a)"), Err((SyntaxError::Stray, 4..7)));
        assert_eq!(parse(":::callout type=a type=b"), Err((SyntaxError::Twice, 18..24)));
    }
}
