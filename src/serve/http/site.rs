//! Requests for pages and files of the portal, and for the files of the preview itself.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::{ALLOW, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri};
use axum::response::Response;

use super::path::SitePath;
use super::portal::{Answer, File, Found, Page, Portal};
use super::reply::{self, Content};
use super::types::content_type;
use super::{PREFIX, Shared, blocking, tag};
use crate::base::checksum::Checksum;

/// The content type of pages.
const HTML: &str = "text/html; charset=utf-8";

/// Answers a request for anything of the portal.
pub(super) async fn answer(
    State(shared): State<Arc<Shared>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    if method != Method::GET && method != Method::HEAD {
        let mut response = not_allowed(State(shared), method).await;
        response.headers_mut().insert(ALLOW, HeaderValue::from_static("GET,HEAD"));
        return response;
    }
    let Some(path) = SitePath::parse(uri.path()) else {
        return shared.texts.page(StatusCode::BAD_REQUEST, &method, "ui.serve.bad-address");
    };
    let portal = Arc::clone(&shared.portal);
    let Some(looked_up) = blocking(move || look_up(portal.as_ref(), &path)).await else {
        return shared.texts.page(StatusCode::INTERNAL_SERVER_ERROR, &method, "ui.serve.failed");
    };
    let answer = match looked_up {
        LookedUp::There(answer) => answer,
        LookedUp::AsFolder => {
            let query = uri.query().map_or_else(String::new, |query| format!("?{query}"));
            return reply::moved(StatusCode::PERMANENT_REDIRECT, &format!("{}/{query}", uri.path()));
        }
    };
    match answer {
        Answer::Page(page) => send_page(&shared, &method, &headers, &page),
        Answer::File(File { bytes, version, path }) => {
            let content = Content { bytes, version, content_type: content_type(&path) };
            reply::found(&method, &headers, content)
        }
        // As hosts do with the `_redirects` of a portal.
        Answer::Moved(to) => reply::moved(StatusCode::MOVED_PERMANENTLY, &to),
        Answer::Nothing => shared.texts.page(StatusCode::NOT_FOUND, &method, "ui.serve.not-found"),
        Answer::Starting(progress) => {
            let html = tag::insert(&shared.texts.starting(progress), shared.token.as_str(), "");
            let mut response = reply::passing(StatusCode::SERVICE_UNAVAILABLE, &method, html, HTML);
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("1"));
            response
        }
    }
}

/// What the portal has at a path.
enum LookedUp {
    There(Answer),
    /// Nothing, but there is a page with a slash after it.
    AsFolder,
}

fn look_up(portal: &dyn Portal, path: &SitePath) -> LookedUp {
    let answer = portal.answer(path);
    let is_missing = matches!(answer, Answer::Nothing | Answer::Page(Page { status: Found::Missing, .. }));
    let folder = path.as_folder().filter(|_| is_missing).map(|folder| portal.answer(&folder));
    match folder {
        Some(Answer::Page(Page { status: Found::Yes, .. }) | Answer::Moved(_)) => LookedUp::AsFolder,
        _ => LookedUp::There(answer),
    }
}

fn send_page(shared: &Shared, method: &Method, headers: &HeaderMap, page: &Page) -> Response {
    let html = tag::insert(&page.bytes, shared.token.as_str(), &page.version.to_string());
    match page.status {
        Found::Missing => reply::passing(StatusCode::NOT_FOUND, method, html, HTML),
        Found::Yes => {
            let version = Checksum::of(html.as_slice());
            let content = Content { bytes: html.into(), version, content_type: HTML.to_owned() };
            reply::found(method, headers, content)
        }
    }
}

/// Answers a request for a file of the preview itself.
pub(super) async fn client_file(
    State(shared): State<Arc<Shared>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let name = uri.path().strip_prefix(PREFIX).unwrap_or_default();
    let file = shared.client.iter().find(|file| file.name == name);
    let file = file.map(|file| (file.content_type, file.text));
    let Some((content_type, text)) = file else {
        return shared.texts.page(StatusCode::NOT_FOUND, &method, "ui.serve.not-found");
    };
    let content = Content {
        bytes: Bytes::from_static(text.as_bytes()),
        version: Checksum::of(text),
        content_type: content_type.to_owned(),
    };
    reply::found(&method, &headers, content)
}

/// Answers a request by a method that is of no use at its address; the router adds those that are.
pub(super) async fn not_allowed(State(shared): State<Arc<Shared>>, method: Method) -> Response {
    shared.texts.page(StatusCode::METHOD_NOT_ALLOWED, &method, "ui.serve.not-allowed")
}
