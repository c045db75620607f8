//! The path of a request: decoded once, and checked so that it cannot lead out of the site.

use std::fmt;
use std::sync::Arc;

use percent_encoding::percent_decode_str;

use crate::base::path::OutPath;

/// The path of an address as the portal is asked for it: decoded, begins with `/`, without empty,
/// `.` or `..` segments, backslashes or control characters. A closing slash means a folder.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SitePath(Arc<str>);

impl SitePath {
    /// Reads the path of a request as it came over the wire, percent-encoded; `None` where an
    /// escape is cut short, the text is no UTF-8 or a segment is not sound. Decoding is done once
    /// only: `%252e` stands for the name `%2e`, not for a dot.
    #[must_use]
    pub fn parse(raw: &str) -> Option<Self> {
        let mut escapes = raw.split('%').skip(1);
        let whole = |escape: &str| escape.as_bytes().get(..2).is_some_and(|two| two.iter().all(u8::is_ascii_hexdigit));
        // A slash or backslash in disguise would be a separator to some programs and none to others.
        let disguised = |escape: &str| escape.get(..2).is_some_and(|two| two.eq_ignore_ascii_case("2f"));
        if !escapes.all(|escape| whole(escape) && !disguised(escape)) {
            return None;
        }
        let path = percent_decode_str(raw).decode_utf8().ok()?;
        let inner = path.strip_prefix('/')?;
        let inner = inner.strip_suffix('/').unwrap_or(inner);
        (path == "/" || OutPath::new(inner).is_some()).then(|| Self(path.into()))
    }

    /// The path as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The same name as a folder, with a closing slash; `None` for a folder.
    #[must_use]
    pub fn as_folder(&self) -> Option<Self> {
        (!self.0.ends_with('/')).then(|| Self([&self.0, "/"].concat().into()))
    }
}

impl fmt::Display for SitePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_decoded_once() {
        for (raw, decoded) in [
            ("/", "/"),
            ("/tin-tuc/x/", "/tin-tuc/x/"),
            ("/%E1%BA%A3nh%20(1).jpg", "/ảnh (1).jpg"),
            ("/%252e%252e/x", "/%2e%2e/x"),
            ("/a...b", "/a...b"),
        ] {
            assert_eq!(SitePath::parse(raw).unwrap().as_str(), decoded, "{raw}");
        }
    }

    #[test]
    fn nothing_leads_out_of_the_site() {
        for bad in [
            "",
            "x",
            "//",
            "//other.example/",
            "/..",
            "/../x",
            "/a/../b",
            "/a/./b",
            "/%2e%2e/x",
            "/%2E./x",
            "/a%2fb",
            "/a%2Fb",
            "/a%5cb",
            "/a\\b",
            "/a%00",
            "/a%0ab",
            "/%",
            "/%2",
            "/%zz",
            "/%ff",
            "/a//b",
            "/%é",
        ] {
            assert_eq!(SitePath::parse(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn folders_are_answered_by_their_index() {
        let out = |raw| OutPath::answering(&SitePath::parse(raw).unwrap().as_str()[1..]).unwrap().to_string();
        assert_eq!([out("/"), out("/en/"), out("/en/atom.xml")], ["index.html", "en/index.html", "en/atom.xml"]);
        assert_eq!(SitePath::parse("/en").unwrap().as_folder(), SitePath::parse("/en/"));
        assert_eq!(SitePath::parse("/en/").unwrap().as_folder(), None);
    }
}
