//! The server's life: a port, its threads, its connections, its end.

use std::convert::Infallible;
use std::io;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service as _, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpStream;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::task::JoinHandle;
use tokio::time::timeout;

use super::portal::Portal;
use super::{ServeOptions, Shared, local, router};
use crate::diag::{Arg, Catalog};

/// How many ports after the wanted one are tried.
const FURTHER_PORTS: u16 = 100;

/// How long connections may take to end when the server stops.
const FAREWELL: Duration = Duration::from_millis(500);

/// How much of a request's head is read, in bytes.
const LONGEST_HEAD: usize = 32 * 1024;

/// Threads for answers, beyond those that move bytes.
const RENDERING_THREADS: usize = 8;

/// A server at work. It stops when this is dropped.
pub struct Running {
    alive: Option<Alive>,
    bound: SocketAddr,
    wanted: u16,
}

/// What has to end when a server stops.
struct Alive {
    runtime: Runtime,
    /// Dropped to stop.
    stop: watch::Sender<()>,
    accepting: JoinHandle<()>,
    /// One place for each connection that may be.
    connections: Arc<Semaphore>,
    limit: usize,
}

/// Why the server could not start.
#[derive(Debug)]
pub enum ServeError {
    /// None of the ports tried is free; the first and the last.
    NoPort(u16, u16),
    /// This computer does not have the address.
    NoAddress(IpAddr),
    /// Anything else the system said.
    System(io::Error),
}

impl ServeError {
    /// What to tell the writer.
    #[must_use]
    pub fn message(&self, catalog: &Catalog) -> String {
        match self {
            Self::NoPort(first, last) => {
                let ports = [("first", Arg::Text(first.to_string())), ("last", Arg::Text(last.to_string()))];
                catalog.fill("ui.serve.no-port", &ports)
            }
            Self::NoAddress(ip) => catalog.fill("ui.serve.no-address", &[("address", Arg::Text(ip.to_string()))]),
            Self::System(error) => catalog.fill("ui.serve.no-start", &[("reason", Arg::Text(error.to_string()))]),
        }
    }
}

/// Starts a server for a portal; when this returns, it listens.
///
/// # Errors
/// Where it cannot listen or have threads.
pub fn serve(options: ServeOptions, portal: Arc<dyn Portal>) -> Result<Running, ServeError> {
    let listener = bind(options.bind, options.port)?;
    listener.set_nonblocking(true).map_err(ServeError::System)?;
    let bound = listener.local_addr().map_err(ServeError::System)?;
    let runtime = Builder::new_multi_thread()
        .worker_threads(2)
        .max_blocking_threads(RENDERING_THREADS)
        .thread_name("congso-serve")
        .enable_all()
        .build()
        .map_err(ServeError::System)?;
    let (stop, stopping) = watch::channel(());
    let limit = options.limits.connections;
    let connections = Arc::new(Semaphore::new(limit));
    let wanted = options.port;
    let shared = Arc::new(Shared::new(options, portal, stopping));
    let listener = {
        let _inside = runtime.enter();
        tokio::net::TcpListener::from_std(listener).map_err(ServeError::System)?
    };
    let accepting = runtime.spawn(accept(listener, shared, Arc::clone(&connections)));
    let alive = Alive { runtime, stop, accepting, connections, limit };
    Ok(Running { alive: Some(alive), bound, wanted })
}

/// The wanted port, or the next that is free. Port 0 is whichever the system gives.
fn bind(ip: IpAddr, wanted: u16) -> Result<TcpListener, ServeError> {
    let last = if wanted == 0 { 0 } else { wanted.saturating_add(FURTHER_PORTS) };
    for port in wanted..=last {
        match TcpListener::bind((ip, port)) {
            Ok(listener) => return Ok(listener),
            // Windows says so of ports that it has set aside.
            Err(error) if matches!(error.kind(), io::ErrorKind::AddrInUse | io::ErrorKind::PermissionDenied) => {}
            Err(error) if error.kind() == io::ErrorKind::AddrNotAvailable => return Err(ServeError::NoAddress(ip)),
            Err(error) => return Err(ServeError::System(error)),
        }
    }
    Err(ServeError::NoPort(wanted, last))
}

/// Takes connections until the server stops, never more at once than the limit.
async fn accept(listener: tokio::net::TcpListener, shared: Arc<Shared>, connections: Arc<Semaphore>) {
    let app = router(Arc::clone(&shared));
    let mut stop = shared.stop.clone();
    loop {
        let next = async {
            let place = Arc::clone(&connections).acquire_owned().await;
            (place, listener.accept().await)
        };
        let (place, accepted) = tokio::select! {
            next = next => next,
            _ = stop.changed() => return,
        };
        match (place, accepted) {
            (Ok(place), Ok((stream, _))) => {
                tokio::spawn(connection(stream, Arc::clone(&shared), app.clone(), place));
            }
            // Most likely too many files are open; they will not be fewer at once.
            _ => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
}

/// Answers the requests of one connection.
async fn connection(stream: TcpStream, shared: Arc<Shared>, app: Router, place: OwnedSemaphorePermit) {
    let _place = place;
    let Ok(local) = stream.local_addr() else { return };
    // Answers are sent whole; to wait for more would only delay them.
    let _without_it_slower = stream.set_nodelay(true);
    let app = TowerToHyperService::new(app);
    let service = service_fn(|request: Request<Incoming>| {
        let (shared, app) = (Arc::clone(&shared), app.clone());
        async move {
            let response = match shared.refuse(&request, local.ip()) {
                Some(refused) => refused,
                None => match app.call(request).await {
                    Ok(response) => response,
                    Err(never) => match never {},
                },
            };
            Ok::<_, Infallible>(super::with_security(response))
        }
    });
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(shared.limits.head_time)
        .max_buf_size(LONGEST_HEAD)
        .serve_connection(TokioIo::new(stream), service);
    let mut served = pin!(served);
    let mut stop = shared.stop.clone();
    tokio::select! {
        // What goes wrong here is the browser's going away.
        _gone = served.as_mut() => return,
        _ = stop.changed() => served.as_mut().graceful_shutdown(),
    }
    let _ended_or_cut_off = timeout(FAREWELL, served).await;
}

impl Running {
    /// The addresses to open, as URLs, this computer's own first.
    #[must_use]
    pub fn addresses(&self) -> Vec<String> {
        local::urls(self.bound)
    }

    /// The address and port it listens on.
    #[must_use]
    pub fn bound(&self) -> SocketAddr {
        self.bound
    }

    /// Says that another port was taken than the wanted one, where it was.
    #[must_use]
    pub fn port_message(&self, catalog: &Catalog) -> Option<String> {
        let port = self.bound.port();
        let ports = [("wanted", Arg::Text(self.wanted.to_string())), ("port", Arg::Text(port.to_string()))];
        (self.wanted != 0 && self.wanted != port).then(|| catalog.fill("ui.serve.other-port", &ports))
    }

    /// Stops: no more connections, events end, answers under way are sent for half a second.
    pub fn stop(self) {
        drop(self);
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let Some(Alive { runtime, stop, accepting, connections, limit }) = self.alive.take() else { return };
        drop(stop);
        let all = u32::try_from(limit).unwrap_or(u32::MAX);
        let all_gone = async {
            let _port_is_free = accepting.await;
            let _each_ended = connections.acquire_many(all).await;
        };
        // The clock of the runtime is needed to make the future, not only to wait for it.
        let _ended_or_given_up = runtime.block_on(async { timeout(FAREWELL * 2, all_gone).await });
        // An engine that still works on an answer is not waited for.
        runtime.shutdown_background();
    }
}
