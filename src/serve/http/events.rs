//! Server-Sent Events: one browser tab hears the state of its page, at once and whenever it changes.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::State;
use axum::http::header::CACHE_CONTROL;
use axum::http::{Method, StatusCode, Uri};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse as _, Response};
use percent_encoding::percent_decode_str;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

use super::path::SitePath;
use super::{Shared, blocking, reply};

/// Answers a request for the events of a page: `?page=` and its path as the browser has it.
pub(super) async fn events(State(shared): State<Arc<Shared>>, method: Method, uri: Uri) -> Response {
    let Some(page) = uri.query().and_then(page) else {
        return shared.texts.page(StatusCode::BAD_REQUEST, &method, "ui.serve.bad-address");
    };
    // One event at a time: whoever reads slowly gets the newest state next, and holds up nobody.
    let (sender, events) = mpsc::channel(1);
    let keep_alive = KeepAlive::new().interval(shared.limits.keep_alive);
    if method == Method::GET {
        tokio::spawn(tell(shared, page, sender));
    }
    let mut response = Sse::new(ReceiverStream::new(events)).keep_alive(keep_alive).into_response();
    response.headers_mut().insert(CACHE_CONTROL, reply::PASSING);
    response
}

/// The page named in a query. Its path is encoded twice: as a path, and as the value of a query.
fn page(query: &str) -> Option<SitePath> {
    let value = query.split('&').find_map(|pair| pair.strip_prefix("page="))?;
    SitePath::parse(&percent_decode_str(value).decode_utf8().ok()?)
}

/// Sends the state of a page whenever it differs from the last one sent, until the browser goes or
/// the server stops.
async fn tell(shared: Arc<Shared>, page: SitePath, events: mpsc::Sender<Result<Event, Infallible>>) {
    let _open = shared.portal.open_page(&page);
    let mut ticks = shared.portal.ticks();
    let mut stop = shared.stop.clone();
    let mut sent: Option<String> = None;
    loop {
        ticks.mark_unchanged();
        let (portal, asked) = (Arc::clone(&shared.portal), page.clone());
        // Where the engine stumbles there is nothing to tell this time.
        let state = blocking(move || portal.state(&asked)).await;
        if let Some(state) = state.filter(|state| sent.as_ref() != Some(state)) {
            let event = Event::default().event("state").data(&state);
            tokio::select! {
                delivered = events.send(Ok(event)) => if delivered.is_err() { return },
                _ = stop.changed() => return,
            }
            sent = Some(state);
        }
        tokio::select! {
            tick = ticks.changed() => if tick.is_err() { return },
            () = events.closed() => return,
            _ = stop.changed() => return,
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_page_of_a_query() {
        let page = |query| super::page(query).map(|page| page.to_string());
        assert_eq!(page("page=/tin-tuc/"), Some("/tin-tuc/".to_owned()));
        assert_eq!(page("a=b&page=%2Ftin-tuc%2F"), Some("/tin-tuc/".to_owned()));
        assert_eq!(page("page=%2F%25E1%25BA%25A3nh%2F"), Some("/ảnh/".to_owned()));
        for bad in ["", "page", "page=", "page=x", "page=%2F..%2F", "page=%252e", "page=%ff"] {
            assert_eq!(page(bad), None, "{bad}");
        }
    }
}
