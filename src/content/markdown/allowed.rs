//! Which elements and attributes raw HTML may have.

/// The elements a text may hold, with the attributes each may have besides [`EVERYWHERE`].
pub(super) const ALLOWED: [(&str, &[&str]); 57] = [
    ("a", &["href", "hreflang"]),
    ("abbr", &[]),
    ("b", &[]),
    ("bdi", &[]),
    ("bdo", &[]),
    ("blockquote", &["cite"]),
    ("br", &[]),
    ("caption", &[]),
    ("cite", &[]),
    ("code", &[]),
    ("col", &["span"]),
    ("colgroup", &["span"]),
    ("data", &["value"]),
    ("dd", &[]),
    ("del", &["cite", "datetime"]),
    ("details", &["open"]),
    ("dfn", &[]),
    ("div", &[]),
    ("dl", &[]),
    ("dt", &[]),
    ("em", &[]),
    ("figcaption", &[]),
    ("figure", &[]),
    ("h2", &[]),
    ("h3", &[]),
    ("h4", &[]),
    ("h5", &[]),
    ("h6", &[]),
    ("hr", &[]),
    ("i", &[]),
    ("img", &["src", "alt", "width", "height"]),
    ("ins", &["cite", "datetime"]),
    ("kbd", &[]),
    ("li", &["value"]),
    ("mark", &[]),
    ("ol", &["start", "reversed", "type"]),
    ("p", &[]),
    ("pre", &[]),
    ("q", &["cite"]),
    ("rp", &[]),
    ("rt", &[]),
    ("ruby", &[]),
    ("s", &[]),
    ("samp", &[]),
    ("small", &[]),
    ("span", &[]),
    ("strong", &[]),
    ("sub", &[]),
    ("summary", &[]),
    ("sup", &[]),
    ("table", &[]),
    ("tbody", &[]),
    ("td", &["colspan", "rowspan", "headers"]),
    ("tfoot", &[]),
    ("th", &["colspan", "rowspan", "headers", "scope", "abbr"]),
    ("thead", &[]),
    ("time", &["datetime"]),
];
/// Further elements without attributes of their own.
pub(super) const ALLOWED_PLAIN: [&str; 5] = ["tr", "u", "ul", "var", "wbr"];
/// Attributes that every element may have.
pub(super) const EVERYWHERE: [&str; 4] = ["dir", "id", "lang", "title"];
/// Attributes that hold an address.
pub(super) const ADDRESSES: [&str; 3] = ["cite", "href", "src"];
/// Elements whose content is no text of the page and goes with them.
pub(super) const WITH_CONTENT: [&str; 9] =
    ["script", "style", "textarea", "title", "iframe", "noembed", "noframes", "noscript", "xmp"];
/// Elements inside a line: all others end a line of the plain text.
pub(super) const IN_LINE: [&str; 24] = [
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "s",
    "samp", "small", "span", "strong", "sub", "sup", "u",
];

/// The attributes an element may have of its own, if it is allowed.
pub(super) fn attributes_of(name: &str) -> Option<&'static [&'static str]> {
    match ALLOWED.binary_search_by_key(&name, |(tag, _)| tag) {
        Ok(index) => ALLOWED.get(index).map(|(_, attributes)| *attributes),
        Err(_) => ALLOWED_PLAIN.contains(&name).then_some(&[]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted() {
        assert!(ALLOWED.is_sorted_by_key(|(tag, _)| tag));
    }
}
