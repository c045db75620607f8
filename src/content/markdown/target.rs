//! Where an address written in a text leads, as far as one file can tell.

use std::borrow::Cow;

use crate::base::text::nfc;
use crate::content::document::Target;

/// What an address is for; it decides what is dangerous.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// To be followed.
    Link,
    /// To be shown.
    Image,
}

/// Schemes that run code or carry a whole page.
const DANGEROUS: [&str; 4] = ["javascript", "vbscript", "livescript", "data"];

/// Kinds of pictures that may be written into an address; SVG may not, since it can hold scripts.
const PICTURES: [&str; 4] = ["image/png", "image/jpeg", "image/gif", "image/webp"];

/// Sorts an address (entities and escapes of Markdown already resolved).
pub(super) fn classify(written: &str, purpose: Purpose) -> Target {
    let address = written.trim_matches(|c: char| c.is_whitespace() || c.is_control());
    if is_dangerous(address, purpose) {
        return Target::Removed;
    }
    if has_scheme(address) {
        return Target::External(address.to_owned());
    }
    if let Some(anchor) = address.strip_prefix('#') {
        return Target::Anchor(decode(anchor));
    }
    if address.starts_with("//") {
        return Target::External(address.to_owned());
    }
    let (path, suffix) = split_suffix(address);
    let decoded = decode(path);
    if has_markdown_extension(&decoded) {
        let anchor = suffix.split_once('#').map(|(_, anchor)| decode(anchor));
        return Target::Page { path: decoded, anchor };
    }
    if path.starts_with('/') {
        return Target::Site { path: path.to_owned(), suffix: suffix.to_owned() };
    }
    Target::File { path: decoded, suffix: suffix.to_owned() }
}

/// An address with the backslashes of a path copied from Windows as slashes.
pub(super) fn with_slashes(address: &str) -> Cow<'_, str> {
    match has_scheme(address) || !address.contains('\\') {
        true => Cow::Borrowed(address),
        false => Cow::Owned(address.replace('\\', "/")),
    }
}

/// Whether an address would run code. Browsers skip control characters and white space inside a
/// scheme, so that they are skipped here too.
fn is_dangerous(address: &str, purpose: Purpose) -> bool {
    if !address.contains(':') {
        return false;
    }
    let mut visible = address.chars().filter(|c| !c.is_control() && !c.is_whitespace() && !is_zero_width(*c));
    let scheme: String = visible.by_ref().take_while(|c| *c != ':').take(16).collect::<String>().to_ascii_lowercase();
    if !DANGEROUS.contains(&scheme.as_str()) {
        return false;
    }
    let kind: String =
        visible.take_while(|c| !matches!(c, ';' | ',')).take(16).collect::<String>().to_ascii_lowercase();
    !(purpose == Purpose::Image && scheme == "data" && PICTURES.contains(&kind.as_str()))
}

/// Characters that nobody sees and that must not hide a scheme.
fn is_zero_width(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// Whether an address begins with a scheme (RFC 3986, section 3.1). A single letter is the drive of
/// a Windows path.
fn has_scheme(address: &str) -> bool {
    address.split_once(':').is_some_and(|(scheme, _)| {
        scheme.len() > 1
            && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
    })
}

/// The path, and what stands behind it from the first `?` or `#` on.
fn split_suffix(address: &str) -> (&str, &str) {
    address.split_at(address.find(['?', '#']).unwrap_or(address.len()))
}

/// Whether a path names a Markdown file.
fn has_markdown_extension(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(stem, extension)| !stem.is_empty() && extension.eq_ignore_ascii_case("md"))
}

/// Resolves percent-encoding, as NFC; what is no UTF-8 stays encoded.
pub(super) fn decode(text: &str) -> String {
    if !text.contains('%') {
        return nfc(text).into_owned();
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let octet = match (first, after) {
            (b'%', [high, low, ..]) => hex(*high).zip(hex(*low)).map(|(high, low)| high * 16 + low),
            _ => None,
        };
        bytes.push(octet.unwrap_or(first));
        rest = if octet.is_some() { after.get(2..).unwrap_or_default() } else { after };
    }
    String::from_utf8(bytes).map_or_else(|_| text.to_owned(), |decoded| nfc(&decoded).into_owned())
}

/// The value of a hexadecimal digit.
fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(written: &str) -> Target {
        classify(written, Purpose::Link)
    }

    fn page(path: &str, anchor: Option<&str>) -> Target {
        Target::Page { path: path.to_owned(), anchor: anchor.map(str::to_owned) }
    }

    fn file(path: &str, suffix: &str) -> Target {
        Target::File { path: path.to_owned(), suffix: suffix.to_owned() }
    }

    fn site(path: &str, suffix: &str) -> Target {
        Target::Site { path: path.to_owned(), suffix: suffix.to_owned() }
    }

    #[test]
    fn every_kind_of_address() {
        for (written, target) in [
            ("https://a.example/x.md", Target::External("https://a.example/x.md".to_owned())),
            ("mailto:a@b.example", Target::External("mailto:a@b.example".to_owned())),
            ("tel:+84", Target::External("tel:+84".to_owned())),
            ("//cdn.example/x", Target::External("//cdn.example/x".to_owned())),
            ("../a.md#muc", page("../a.md", Some("muc"))),
            ("/news/a.MD", page("/news/a.MD", None)),
            ("a%20b.md#ti%E1%BA%BFng", page("a b.md", Some("tiếng"))),
            ("Ảnh%20(1).jpg", file("Ảnh (1).jpg", "")),
            ("a.pdf#page=2", file("a.pdf", "#page=2")),
            ("100%.pdf", file("100%.pdf", "")),
            ("", file("", "")),
            ("C:/a.jpg", file("C:/a.jpg", "")),
            ("/tin-tuc/?a#b", site("/tin-tuc/", "?a#b")),
            ("/favicon.ico", site("/favicon.ico", "")),
            ("#muc-tieu", Target::Anchor("muc-tieu".to_owned())),
        ] {
            assert_eq!(link(written), target, "{written}");
        }
    }

    #[test]
    fn paths_from_windows() {
        assert_eq!(with_slashes("..\\a.md"), "../a.md");
        assert_eq!(with_slashes("C:\\a.jpg"), "C:/a.jpg");
        assert_eq!(with_slashes("https://a.example/\\"), "https://a.example/\\");
    }

    #[test]
    fn what_would_run_code_is_removed() {
        for written in [
            "javascript:alert(1)",
            " JavaScript:alert(1)",
            "java\nscript:alert(1)",
            "java\u{0}script:x",
            "\u{1}javascript:x",
            "java\u{200b}script:x",
            "java script:x",
            "vbscript:x",
            "data:text/html,x",
            "data:image/svg+xml,x",
            "data:image/png;base64,x",
        ] {
            assert_eq!(link(written), Target::Removed, "{written:?}");
        }
        assert_eq!(classify("data:image/svg+xml,x", Purpose::Image), Target::Removed);
        assert_eq!(classify("DATA:text/html;image/png,x", Purpose::Image), Target::Removed);
        let picture = "data:image/png;base64,x";
        assert_eq!(classify(picture, Purpose::Image), Target::External(picture.to_owned()));
        assert_eq!(link("javascript.md"), page("javascript.md", None));
    }
}
