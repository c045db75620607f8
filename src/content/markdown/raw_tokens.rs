//! Cuts raw HTML into tags and text, in linear time and without judging it.

/// A piece of raw HTML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token<'t> {
    /// What stands between tags.
    Text(&'t str),
    /// An opening tag.
    Open(Tag<'t>),
    /// A closing tag: its name.
    Close(&'t str),
    /// A comment, declaration or instruction.
    Other,
}

/// An opening tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tag<'t> {
    /// The name as written.
    pub(super) name: &'t str,
    /// The attributes in order.
    pub(super) attributes: Vec<Attribute<'t>>,
}

/// An attribute of a tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Attribute<'t> {
    /// The name as written.
    pub(super) name: &'t str,
    /// The value without quotes and with entities.
    pub(super) value: Option<&'t str>,
    /// Where the value begins in the raw HTML, quotes included.
    pub(super) value_at: usize,
    /// Where the attribute ends in the raw HTML.
    pub(super) end: usize,
}

/// The tokens of a piece of raw HTML, with the offset behind each.
pub(super) struct Tokens<'t> {
    html: &'t str,
    at: usize,
}

impl<'t> Tokens<'t> {
    pub(super) fn new(html: &'t str) -> Self {
        Self { html, at: 0 }
    }

    /// The offset behind the last token.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// Skips the content of an element such as `script`, up to its closing tag or to the end.
    pub(super) fn skip_content(&mut self, name: &str) {
        let mut from = self.at;
        while let Some(found) = self.html.get(from..).and_then(|rest| rest.find("</")) {
            let behind = from + found + 2;
            let same = self.html.get(behind..behind + name.len()).is_some_and(|end| end.eq_ignore_ascii_case(name));
            if same {
                self.at = from + found;
                return;
            }
            from = behind;
        }
        self.at = self.html.len();
    }

    fn rest(&self) -> &'t str {
        self.html.get(self.at..).unwrap_or_default()
    }

    /// Moves behind `end`, or to the end of everything.
    fn skip_past(&mut self, end: &str) -> Option<Token<'t>> {
        let rest = self.rest();
        self.at += rest.find(end).map_or(rest.len(), |found| found + end.len());
        Some(Token::Other)
    }

    fn take_until(&mut self, stop: impl Fn(char) -> bool) -> &'t str {
        let rest = self.rest();
        let (taken, _) = rest.split_at(rest.find(stop).unwrap_or(rest.len()));
        self.at += taken.len();
        taken
    }

    fn open_tag(&mut self) -> Option<Token<'t>> {
        let name = self.take_until(|c| c.is_ascii_whitespace() || matches!(c, '/' | '>'));
        let mut attributes = Vec::new();
        loop {
            self.take_until(|c| !c.is_ascii_whitespace() && c != '/');
            if self.rest().starts_with('>') {
                self.at += 1;
                return Some(Token::Open(Tag { name, attributes }));
            }
            let name = self.take_until(|c| c.is_ascii_whitespace() || matches!(c, '=' | '/' | '>'));
            let after_name = self.at;
            self.take_until(|c| !c.is_ascii_whitespace());
            let mut attribute = Attribute { name, value: None, value_at: after_name, end: after_name };
            if self.rest().starts_with('=') {
                self.at += 1;
                self.take_until(|c| !c.is_ascii_whitespace());
                attribute.value_at = self.at;
                attribute.value = Some(self.value()?);
                attribute.end = self.at;
            } else if name.is_empty() {
                return None;
            }
            attributes.push(attribute);
        }
    }

    fn value(&mut self) -> Option<&'t str> {
        let quote = self.rest().chars().next().filter(|c| matches!(c, '"' | '\''));
        let Some(quote) = quote else { return Some(self.take_until(|c| c.is_ascii_whitespace() || c == '>')) };
        self.at += 1;
        let value = self.take_until(|c| c == quote);
        self.at += 1;
        (self.at <= self.html.len()).then_some(value)
    }
}

impl<'t> Iterator for Tokens<'t> {
    type Item = Token<'t>;

    fn next(&mut self) -> Option<Token<'t>> {
        let start = self.at;
        let rest = self.rest();
        if rest.is_empty() {
            return None;
        }
        let Some(tag) = rest.strip_prefix('<') else { return Some(Token::Text(self.take_until(|c| c == '<'))) };
        if tag.starts_with("!--") {
            return self.skip_past("-->");
        }
        if tag.starts_with("![CDATA[") {
            return self.skip_past("]]>");
        }
        if tag.starts_with(['!', '?']) {
            return self.skip_past(">");
        }
        let closing = tag.strip_prefix('/');
        if !closing.unwrap_or(tag).starts_with(|c: char| c.is_ascii_alphabetic()) {
            self.at += 1;
            self.take_until(|c| c == '<');
            return self.html.get(start..self.at).map(Token::Text);
        }
        self.at += 1 + usize::from(closing.is_some());
        let token = if closing.is_some() {
            let name = self.take_until(|c| c.is_ascii_whitespace() || matches!(c, '/' | '>'));
            self.take_until(|c| c == '>');
            let complete = self.rest().starts_with('>');
            self.at += 1;
            complete.then_some(Token::Close(name))
        } else {
            self.open_tag()
        };
        // A tag without an end: what is left is text, all of it, so that nothing is read twice.
        token.or_else(|| {
            self.at = self.html.len();
            self.html.get(start..).map(Token::Text)
        })
    }
}

/// Resolves the entities that addresses and names hold: numbers and the five of XML. `None` where
/// there are others.
pub(super) fn unescape(value: &str) -> Option<String> {
    let mut out = String::with_capacity(value.len());
    let mut parts = value.split('&');
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let Some((entity, rest)) = part.split_once(';') else {
            // A bare ampersand, as in `?a=1&b=2`.
            out.push('&');
            out.push_str(part);
            continue;
        };
        let number = entity.strip_prefix('#').and_then(|digits| match digits.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16).ok(),
            None => digits.parse().ok(),
        });
        let resolved = match entity {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            _ => char::from_u32(number?)?,
        };
        out.push(resolved);
        out.push_str(rest);
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(html: &str) -> Vec<String> {
        Tokens::new(html)
            .map(|token| match token {
                Token::Text(text) => format!("'{text}'"),
                Token::Open(tag) => {
                    let attributes =
                        tag.attributes.iter().map(|a| format!(" {}={:?}", a.name, a.value)).collect::<String>();
                    format!("<{}{attributes}>", tag.name)
                }
                Token::Close(name) => format!("</{name}>"),
                Token::Other => "!".to_owned(),
            })
            .collect()
    }

    #[test]
    fn tags_attributes_and_text() {
        assert_eq!(
            shown("a<b>x</b ><a href = 'x>y' t=1 u /><!-- <i> --><?x?><!X>1 < 2"),
            [
                "'a'",
                "<b>",
                "'x'",
                "</b>",
                "<a href=Some(\"x>y\") t=Some(\"1\") u=None>",
                "!",
                "!",
                "!",
                "'1 '",
                "'< 2'"
            ]
        );
    }

    #[test]
    fn what_has_no_end_is_text() {
        assert_eq!(shown("<b>x<a href=\"y<i>"), ["<b>", "'x'", "'<a href=\"y<i>'"]);
        assert_eq!(shown("</b"), ["'</b'"]);
        assert_eq!(shown("<a = b>"), ["<a =Some(\"b\")>"]);
        assert_eq!(shown("<a b"), ["'<a b'"]);
    }

    #[test]
    fn entities_of_addresses() {
        assert_eq!(unescape("a?b=1&amp;c=&#50;&#x33;&d").as_deref(), Some("a?b=1&c=23&d"));
        assert_eq!(unescape("java&Tab;script"), None);
    }
}
