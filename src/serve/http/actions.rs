//! Requests that change something: only the preview's own pages may make them.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, Method, Request, StatusCode};
use axum::response::Response;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::path::SitePath;
use super::portal::{Action, Reason, Shown};
use super::texts::refusal;
use super::{Shared, blocking, door, reply};

/// The longest body, in bytes.
const LONGEST_BODY: usize = 64 * 1024;

/// `{"page": "/path/"}`
#[derive(Deserialize)]
struct OfPage {
    page: String,
}

/// `{"drafts": true, "future": false}`
#[derive(Deserialize)]
struct Choice {
    drafts: bool,
    future: bool,
}

/// `POST /__congso/translate`
pub(super) async fn translate(State(shared): State<Arc<Shared>>, request: Request<Body>) -> Response {
    let action = |OfPage { page }| SitePath::parse(&page).map(Action::Translate);
    act(shared, request, StatusCode::CREATED, action).await
}

/// `POST /__congso/accept`
pub(super) async fn accept(State(shared): State<Arc<Shared>>, request: Request<Body>) -> Response {
    let action = |OfPage { page }| SitePath::parse(&page).map(Action::Accept);
    act(shared, request, StatusCode::OK, action).await
}

/// `POST /__congso/options`
pub(super) async fn options(State(shared): State<Arc<Shared>>, request: Request<Body>) -> Response {
    let shown = |yes| if yes { Shown::Yes } else { Shown::No };
    let action = |choice: Choice| Some(Action::Choose { drafts: shown(choice.drafts), future: shown(choice.future) });
    act(shared, request, StatusCode::OK, action).await
}

/// Checks a request, reads its body and has the portal do what it asks for.
async fn act<T: DeserializeOwned>(
    shared: Arc<Shared>,
    request: Request<Body>,
    done: StatusCode,
    action: impl FnOnce(T) -> Option<Action>,
) -> Response {
    let action = match read(&shared, request).await {
        Ok(asked) => action(asked),
        Err(response) => return response,
    };
    let Some(action) = action else {
        return shared.texts.message(StatusCode::BAD_REQUEST, "ui.serve.not-understood");
    };
    let portal = Arc::clone(&shared.portal);
    match blocking(move || portal.act(action)).await {
        Some(Ok(json)) => reply::passing(done, &Method::POST, json, "application/json"),
        Some(Err(refused)) => {
            let status = match refused.reason {
                Reason::NoSuchPage => StatusCode::NOT_FOUND,
                Reason::NotNow => StatusCode::CONFLICT,
                Reason::Failed => StatusCode::INTERNAL_SERVER_ERROR,
            };
            refusal(status, &refused.message)
        }
        None => shared.texts.message(StatusCode::INTERNAL_SERVER_ERROR, "ui.serve.failed"),
    }
}

/// The body of a request of the preview's own script.
async fn read<T: DeserializeOwned>(shared: &Shared, request: Request<Body>) -> Result<T, Response> {
    if !door::is_own_page(request.headers(), &shared.token) {
        return Err(shared.texts.message(StatusCode::FORBIDDEN, "ui.serve.forbidden"));
    }
    if !is_json(request.headers()) {
        return Err(shared.texts.message(StatusCode::UNSUPPORTED_MEDIA_TYPE, "ui.serve.not-understood"));
    }
    let body = to_bytes(request.into_body(), LONGEST_BODY + 1);
    let Ok(body) = tokio::time::timeout(shared.limits.body_time, body).await else {
        return Err(shared.texts.message(StatusCode::REQUEST_TIMEOUT, "ui.serve.not-understood"));
    };
    match body {
        Ok(body) if body.len() <= LONGEST_BODY => serde_json::from_slice(&body)
            .map_err(|_| shared.texts.message(StatusCode::BAD_REQUEST, "ui.serve.not-understood")),
        // A connection that breaks off gets no answer anyway.
        Ok(_) | Err(_) => Err(shared.texts.message(StatusCode::PAYLOAD_TOO_LARGE, "ui.serve.not-understood")),
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()?.split(';').next());
    kind.is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
}
