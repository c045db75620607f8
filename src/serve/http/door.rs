//! Who may come in: the `Host` of a request, and what a request that changes something must carry.

use std::net::IpAddr;

use axum::http::header::{HOST, ORIGIN};
use axum::http::{HeaderMap, HeaderValue, Uri};

use crate::base::hash::ContentHash;

/// The header that carries the token.
const TOKEN: &str = "x-congso-token";

/// A secret that pages of the preview know and pages of other sites do not.
#[derive(Clone)]
pub struct Token(String);

impl Token {
    /// A new one, from the operating system's random numbers.
    ///
    /// # Errors
    /// Where the system has none to give.
    pub fn random() -> Result<Self, getrandom::Error> {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes)?;
        Ok(Self(ContentHash::of(&bytes).short(32)))
    }

    /// The token as text: hexadecimal digits.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether this is the token. Digests are compared in its place, so that the time it takes tells
    /// nothing about how much of it was right.
    fn is(&self, given: &[u8]) -> bool {
        ContentHash::of(given) == ContentHash::of(self.0.as_bytes())
    }
}

/// Why somebody may not come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Denied {
    /// The request does not say whom it is for (RFC 9112, 3.2), or says it twice.
    NoHost,
    /// It is for somebody else: a foreign name may lead here by DNS rebinding.
    Foreign,
}

/// Lets in a request for `localhost`, a loopback address or the very address it came in by. The
/// port does not matter: it may be another one where connections are forwarded.
pub(super) fn check_host(uri: &Uri, headers: &HeaderMap, local: IpAddr) -> Result<(), Denied> {
    let host = only(headers, HOST.as_str()).and_then(|host| host.to_str().ok()).ok_or(Denied::NoHost)?;
    let own = |host: &str| match host_name(host) {
        None => false,
        Some(name) if name.eq_ignore_ascii_case("localhost") => true,
        Some(name) => name.parse::<IpAddr>().is_ok_and(|ip| {
            let (ip, local) = (ip.to_canonical(), local.to_canonical());
            !ip.is_unspecified() && (ip.is_loopback() || ip == local)
        }),
    };
    let named = uri.authority().is_none_or(|authority| own(authority.as_str()));
    if own(host) && named { Ok(()) } else { Err(Denied::Foreign) }
}

/// The name or address of a host, without its port and without brackets.
fn host_name(host: &str) -> Option<&str> {
    let is_port = |port: &str| port.bytes().all(|b| b.is_ascii_digit());
    if let Some(rest) = host.strip_prefix('[') {
        let (name, after) = rest.split_once(']')?;
        let sound = after.is_empty() || after.strip_prefix(':').is_some_and(is_port);
        return (sound && name.contains(':')).then_some(name);
    }
    match host.split_once(':') {
        Some((name, port)) => is_port(port).then_some(name),
        None => Some(host),
    }
}

/// Whether a request was made by a page of this server: it knows the token, and its origin is the
/// host it asks, which [`check_host`] has let in.
pub(super) fn is_own_page(headers: &HeaderMap, token: &Token) -> bool {
    let knows = only(headers, TOKEN).is_some_and(|given| token.is(given.as_bytes()));
    let origin = only(headers, ORIGIN.as_str()).and_then(|origin| origin.as_bytes().strip_prefix(b"http://"));
    let host = only(headers, HOST.as_str()).map(HeaderValue::as_bytes);
    knows && origin.zip(host).is_some_and(|(origin, host)| origin.eq_ignore_ascii_case(host))
}

/// The value of a header that is there once.
fn only<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a HeaderValue> {
    let mut values = headers.get_all(name).iter();
    values.next().filter(|_| values.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(host: &str, local: &str) -> Result<(), Denied> {
        let headers = HeaderMap::from_iter([(HOST, HeaderValue::from_str(host).unwrap())]);
        check_host(&Uri::from_static("/"), &headers, local.parse().unwrap())
    }

    #[test]
    fn own_names_and_addresses_may_come_in() {
        for host in
            ["localhost", "LocalHost:10010", "127.0.0.1:10010", "127.1.2.3", "[::1]:10010", "[::ffff:127.0.0.1]"]
        {
            assert_eq!(check(host, "127.0.0.1"), Ok(()), "{host}");
        }
        assert_eq!(check("192.168.1.7:10010", "192.168.1.7"), Ok(()));
        assert_eq!(check("192.168.1.7", "::ffff:192.168.1.7"), Ok(()));
        assert_eq!(check("[fd00::7]:10010", "fd00::7"), Ok(()));
    }

    #[test]
    fn others_may_not() {
        for host in [
            "evil.example",
            "localhost.evil.example",
            "evil.example:10010",
            "0.0.0.0:10010",
            "[::]:10010",
            "192.168.1.8",
            "[127.0.0.1]",
            "[::1",
            "::1",
            "localhost:x",
            "user@localhost",
            "",
            "2130706433",
        ] {
            assert_eq!(check(host, "192.168.1.7"), Err(Denied::Foreign), "{host}");
        }
        let headers = HeaderMap::from_iter([(HOST, HeaderValue::from_static("localhost"))]);
        let absolute = Uri::from_static("http://evil.example/");
        assert_eq!(check_host(&absolute, &headers, "127.0.0.1".parse().unwrap()), Err(Denied::Foreign));
        assert_eq!(
            check_host(&Uri::from_static("/"), &HeaderMap::new(), "127.0.0.1".parse().unwrap()),
            Err(Denied::NoHost)
        );
    }

    #[test]
    fn tokens_differ() {
        let (one, other) = (Token::random().unwrap(), Token::random().unwrap());
        assert_eq!(one.as_str().len(), 32);
        assert!(one.is(one.as_str().as_bytes()) && !one.is(other.as_str().as_bytes()) && !one.is(b""));
    }
}
