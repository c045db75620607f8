//! One answer with content: conditions, ranges and caching (RFC 9110 and 9111).

use std::ops::Range;

use axum::body::{Body, Bytes};
use axum::http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, ETAG, HeaderName, IF_NONE_MATCH,
    IF_RANGE, LOCATION, RANGE,
};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::Response;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::base::checksum::Checksum;

/// Content to be sent, and how.
pub(super) struct Content {
    /// The whole of it.
    pub bytes: Bytes,
    /// What differs where the bytes do.
    pub version: Checksum,
    /// Its type.
    pub content_type: String,
}

/// A browser may keep it, if it asks each time whether that is still right.
const ASK: HeaderValue = HeaderValue::from_static("no-cache");

/// A browser keeps nothing of it.
pub(super) const PASSING: HeaderValue = HeaderValue::from_static("no-store");

/// The answer to a request for content that is there: 200, 206, 304 or 416.
pub(super) fn found(method: &Method, headers: &HeaderMap, content: Content) -> Response {
    let etag = format!("\"{}\"", content.version);
    let mut response = if matches(headers, &etag) {
        bare(StatusCode::NOT_MODIFIED)
    } else {
        match range(method, headers, &etag, content.bytes.len()) {
            Wanted::Whole => body(StatusCode::OK, method, content.bytes, &content.content_type),
            Wanted::Part(part) => {
                let place = format!("bytes {}-{}/{}", part.start, part.end.saturating_sub(1), content.bytes.len());
                let bytes = content.bytes.slice(part);
                let mut response = body(StatusCode::PARTIAL_CONTENT, method, bytes, &content.content_type);
                set(&mut response, CONTENT_RANGE, &place);
                response
            }
            Wanted::Outside => {
                let mut response = bare(StatusCode::RANGE_NOT_SATISFIABLE);
                set(&mut response, CONTENT_RANGE, &format!("bytes */{}", content.bytes.len()));
                response
            }
        }
    };
    set(&mut response, ETAG, &etag);
    response.headers_mut().insert(CACHE_CONTROL, ASK);
    response.headers_mut().insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    response
}

/// An answer of any status with content that is not kept.
pub(super) fn passing(status: StatusCode, method: &Method, bytes: impl Into<Bytes>, content_type: &str) -> Response {
    let mut response = body(status, method, bytes.into(), content_type);
    response.headers_mut().insert(CACHE_CONTROL, PASSING);
    response
}

/// An answer that leads elsewhere. It is not kept, since browsers would otherwise go on obeying it
/// when the portal is another one.
pub(super) fn moved(status: StatusCode, to: &str) -> Response {
    /// What cannot stand in a header; all else in an address has a meaning already.
    const UNSAFE: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'\\');
    let mut response = bare(status);
    set(&mut response, LOCATION, &utf8_percent_encode(to, UNSAFE).to_string());
    response.headers_mut().insert(CACHE_CONTROL, PASSING);
    response
}

fn bare(status: StatusCode) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}

/// An answer with a body, or with only its length where just the head was asked for.
fn body(status: StatusCode, method: &Method, bytes: Bytes, content_type: &str) -> Response {
    let mut response = bare(status);
    response.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from(bytes.len()));
    set(&mut response, CONTENT_TYPE, content_type);
    if method != Method::HEAD {
        *response.body_mut() = Body::from(bytes);
    }
    response
}

fn set(response: &mut Response, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}

/// Whether the browser has this version already (`If-None-Match`, compared weakly).
fn matches(headers: &HeaderMap, etag: &str) -> bool {
    let lists = headers.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    let mut tags = lists.flat_map(|list| list.split(',')).map(str::trim);
    tags.any(|tag| tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == etag)
}

/// The part of some content that is asked for.
#[derive(Debug, PartialEq, Eq)]
enum Wanted {
    Whole,
    Part(Range<usize>),
    Outside,
}

/// Reads `Range` and `If-Range`. One range of bytes is honoured; whatever else is asked for gets the
/// whole, as RFC 9110, 14.2 allows.
fn range(method: &Method, headers: &HeaderMap, etag: &str, len: usize) -> Wanted {
    let same = headers.get(IF_RANGE).is_none_or(|tag| tag.as_bytes() == etag.as_bytes());
    let asked = headers.get(RANGE).filter(|_| method == Method::GET && same);
    let set = asked.and_then(|range| range.to_str().ok()?.strip_prefix("bytes="));
    let Some((first, last)) = set.and_then(|set| set.trim().split_once('-')) else { return Wanted::Whole };
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if !digits(first) || !digits(last) {
        return Wanted::Whole;
    }
    // A number too large for the machine is beyond the end as well.
    let number = |text: &str| text.parse::<usize>().unwrap_or(usize::MAX);
    match (first, last) {
        ("", "") => Wanted::Whole,
        ("", _) if number(last) == 0 || len == 0 => Wanted::Outside,
        ("", _) => Wanted::Part(len.saturating_sub(number(last))..len),
        _ if !last.is_empty() && number(last) < number(first) => Wanted::Whole,
        _ if number(first) >= len => Wanted::Outside,
        (_, "") => Wanted::Part(number(first)..len),
        _ => Wanted::Part(number(first)..number(last).saturating_add(1).min(len)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ranged(range: &str, len: usize) -> Wanted {
        let headers = HeaderMap::from_iter([(RANGE, HeaderValue::from_str(range).unwrap())]);
        super::range(&Method::GET, &headers, "\"e\"", len)
    }

    #[test]
    fn one_range_is_honoured() {
        assert_eq!(ranged("bytes=0-3", 10), Wanted::Part(0..4));
        assert_eq!(ranged("bytes=4-", 10), Wanted::Part(4..10));
        assert_eq!(ranged("bytes=-3", 10), Wanted::Part(7..10));
        assert_eq!(ranged("bytes=-30", 10), Wanted::Part(0..10));
        assert_eq!(ranged("bytes=9-99", 10), Wanted::Part(9..10));
        assert_eq!(ranged("bytes=0-99999999999999999999999", 10), Wanted::Part(0..10));
    }

    #[test]
    fn ranges_outside_are_told_and_others_ignored() {
        for outside in ["bytes=10-", "bytes=10-12", "bytes=-0", "bytes=99999999999999999999999-"] {
            assert_eq!(ranged(outside, 10), Wanted::Outside, "{outside}");
        }
        assert_eq!(ranged("bytes=0-", 0), Wanted::Outside);
        for odd in ["bytes=0-1,3-4", "bytes=5-2", "bytes=-", "lines=1-2", "bytes=a-b", "bytes=+1-2", "bytes=1"] {
            assert_eq!(ranged(odd, 10), Wanted::Whole, "{odd}");
        }
    }

    #[test]
    fn tags_are_compared_weakly() {
        let has = |tags: &str| {
            let headers = HeaderMap::from_iter([(IF_NONE_MATCH, HeaderValue::from_str(tags).unwrap())]);
            matches(&headers, "\"e\"")
        };
        assert!(has("\"e\"") && has("W/\"e\"") && has("\"a\", \"e\"") && has("*"));
        assert!(!has("\"f\"") && !has("e") && !has(""));
    }
}
