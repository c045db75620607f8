//! The base URL of a portal: an origin and, for sites in a sub-folder, a path.

use crate::base::path::UrlPath;

/// An absolute http(s) address without query or fragment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl {
    origin: String,
    path: String,
}

impl BaseUrl {
    /// Reads an address such as `https://site.example/` or `https://site.example/folder/`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
        let host_end = rest.find('/').unwrap_or(rest.len());
        let (host, path) = rest.split_at(host_end);
        let host_ok = !host.is_empty()
            && host.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b':' | b'[' | b']'));
        let path = path.trim_matches('/');
        let path_ok = path.is_empty() || UrlPath::parse(&format!("/{path}")).is_some();
        if !host_ok || !path_ok {
            return None;
        }
        let origin_len = text.len() - rest.len() + host_end;
        Some(Self {
            origin: text.get(..origin_len)?.to_owned(),
            path: if path.is_empty() { String::new() } else { format!("/{path}") },
        })
    }

    /// Scheme and host: what every absolute address of the site begins with.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The host, with the port if one is given.
    #[must_use]
    pub fn host(&self) -> &str {
        self.origin.split("://").nth(1).unwrap_or_default()
    }

    /// The host without its port.
    #[must_use]
    pub fn domain(&self) -> &str {
        let host = self.host();
        match host.rsplit_once(':') {
            Some((domain, port)) if port.bytes().all(|b| b.is_ascii_digit()) => domain,
            _ => host,
        }
    }

    /// The path before every root-absolute link: empty, or `/folder`.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// An address for `href`: root-absolute, with the path of the base URL.
    #[must_use]
    pub fn href(&self, url: &UrlPath) -> String {
        [&self.path, url.as_str()].concat()
    }

    /// The absolute address of a place on the site.
    #[must_use]
    pub fn absolute(&self, url: &UrlPath) -> String {
        [&self.origin, &self.path, url.as_str()].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origin_and_path() {
        let base = BaseUrl::parse("https://site.example/sub/").unwrap();
        let url = UrlPath::root().dir("en");
        assert_eq!((base.href(&url).as_str(), base.host()), ("/sub/en/", "site.example"));
        assert_eq!(base.absolute(&url), "https://site.example/sub/en/");
        assert_eq!(BaseUrl::parse("https://site.example").unwrap().href(&url), "/en/");
        let local = BaseUrl::parse("http://localhost:10010/").unwrap();
        assert_eq!((local.host(), local.domain()), ("localhost:10010", "localhost"));
    }

    #[test]
    fn other_addresses_are_refused() {
        for bad in ["", "site.example", "ftp://x.example", "https://", "https://a b/", "https://x.example/?q=1"] {
            assert_eq!(BaseUrl::parse(bad), None, "{bad}");
        }
    }
}
