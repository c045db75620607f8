//! The preview's web server: it answers browsers from what a [`Portal`] tells it, for people who have
//! the portal open while they write.
//!
//! Whatever comes over the wire is taken for hostile: pages of other sites can send requests here.

mod actions;
mod door;
mod events;
mod listen;
mod local;
mod path;
mod portal;
mod reply;
mod site;
mod tag;
#[cfg(test)]
mod tests;
mod texts;
mod types;

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::http::{HeaderName, HeaderValue, Request, StatusCode};
use axum::response::Response;
use axum::routing::{get, post};
use tokio::sync::watch;

pub use axum::body::Bytes;
pub use door::Token;
pub use listen::{Running, ServeError, serve};
pub use local::{open_browser, qr};
pub use path::SitePath;
pub use portal::{Action, Answer, File, Found, Guard, Page, Portal, Progress, Reason, Refusal, Shown};

use crate::base::lang::Lang;
use crate::render::hosting::SECURITY;
use door::Denied;
use texts::Texts;

/// Below this lies all that belongs to the preview and not to the portal.
const PREFIX: &str = "/__congso/";

/// What a server needs to know.
pub struct ServeOptions {
    /// The address to listen on; a loopback address unless the writer asks for another.
    pub bind: IpAddr,
    /// The wanted port; 0 for any.
    pub port: u16,
    /// What the preview's own pages know.
    pub token: Token,
    /// The writer's language.
    pub lang: Lang,
    /// The files of the preview that browsers load.
    pub client: &'static [ClientFile],
    /// How much is borne.
    pub limits: Limits,
}

/// A file of the preview itself, below `/__congso/`.
#[derive(Clone, Copy, Debug)]
pub struct ClientFile {
    /// Its name, such as `client.js`.
    pub name: &'static str,
    /// Its content type.
    pub content_type: &'static str,
    /// Its content.
    pub text: &'static str,
}

/// How much the server bears.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Connections at once; further ones wait.
    pub connections: usize,
    /// The time to send the head of a request, and for which a connection may be idle.
    pub head_time: Duration,
    /// The time to send the body of a request.
    pub body_time: Duration,
    /// The time between signs of life where there is nothing to tell.
    pub keep_alive: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 256,
            head_time: Duration::from_secs(10),
            body_time: Duration::from_secs(10),
            keep_alive: Duration::from_secs(15),
        }
    }
}

/// What all requests share.
struct Shared {
    portal: Arc<dyn Portal>,
    token: Token,
    client: &'static [ClientFile],
    limits: Limits,
    texts: Texts,
    /// Changes, or loses its sender, when the server stops.
    stop: watch::Receiver<()>,
}

impl Shared {
    fn new(options: ServeOptions, portal: Arc<dyn Portal>, stop: watch::Receiver<()>) -> Self {
        let ServeOptions { token, lang, client, limits, .. } = options;
        Self { portal, token, client, limits, texts: Texts::new(lang), stop }
    }

    /// The answer to a request that may not come in.
    fn refuse<B>(&self, request: &Request<B>, local: IpAddr) -> Option<Response> {
        let page = |status, key| Some(self.texts.page(status, request.method(), key));
        match door::check_host(request.uri(), request.headers(), local) {
            Ok(()) => None,
            Err(Denied::NoHost) => page(StatusCode::BAD_REQUEST, "ui.serve.no-host"),
            Err(Denied::Foreign) => page(StatusCode::MISDIRECTED_REQUEST, "ui.serve.foreign-host"),
        }
    }
}

/// Where requests go.
fn router(shared: Arc<Shared>) -> Router {
    Router::new()
        .route("/__congso/events", get(events::events))
        .route("/__congso/translate", post(actions::translate))
        .route("/__congso/accept", post(actions::accept))
        .route("/__congso/options", post(actions::options))
        .route("/__congso/{*name}", get(site::client_file))
        .method_not_allowed_fallback(site::not_allowed)
        .fallback(site::answer)
        .with_state(shared)
}

/// An answer with the headers that the portal will have in production, so that what they forbid is
/// seen at home.
fn with_security(mut response: Response) -> Response {
    for (name, value) in SECURITY {
        if let Ok(name) = HeaderName::from_bytes(name.as_bytes()) {
            response.headers_mut().insert(name, HeaderValue::from_static(value));
        }
    }
    response
}

/// Does work that may take its time where it holds up nobody; `None` where it panics.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    tokio::task::spawn_blocking(work).await.ok()
}
