//! The server over real sockets: a preview that is made up, and a browser that may misbehave.

mod acting;
mod hearing;
mod hosts;
mod living;
mod reading;

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::*;
use crate::base::checksum::Checksum;
use crate::base::path::OutPath;

/// A preview of a few pages that are always the same.
struct Fake {
    state: Mutex<String>,
    ticks: watch::Sender<u64>,
    open: Arc<AtomicUsize>,
    acts: Mutex<Vec<Action>>,
}

/// Counts an open page until it is dropped.
struct Open(Arc<AtomicUsize>);

impl Drop for Open {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

/// A file without structure.
const DIGITS: &[u8] = b"0123456789";

fn page(html: &'static str, status: Found) -> Answer {
    let bytes = Bytes::from_static(html.as_bytes());
    Answer::Page(Page { version: Checksum::of(html), bytes, status })
}

fn file(path: &str, bytes: &'static [u8]) -> Answer {
    let bytes = Bytes::from_static(bytes);
    Answer::File(File { version: Checksum::of(&bytes), bytes, path: OutPath::new(path).unwrap() })
}

impl Portal for Fake {
    fn answer(&self, path: &SitePath) -> Answer {
        match path.as_str() {
            "/" => page("<html><head></head><body>Chào</body></html>", Found::Yes),
            "/tin-tuc/" => page("<html><head></head><body>Tin tức</body></html>", Found::Yes),
            "/site.css" => file("site.css", b"body { color: red }"),
            "/ảnh (1).bin" => file("ảnh (1).bin", DIGITS),
            "/cu/" => Answer::Moved("/tin-tức/?a=b".to_owned()),
            "/hong/" => panic!("the engine stumbles, as this test wants"),
            "/starting/" => Answer::Starting(Some(Progress { done: 3, all: 8 })),
            "/nothing/" => Answer::Nothing,
            other if other.starts_with("/en/") => page("<head></head>Not found", Found::Missing),
            _ => page("<head></head>Không tìm thấy", Found::Missing),
        }
    }

    fn state(&self, page: &SitePath) -> String {
        assert_ne!(page.as_str(), "/hong/", "the engine stumbles, as this test wants");
        format!("{{\"page\":\"{page}\",\"n\":{}}}", self.state.lock().unwrap())
    }

    fn ticks(&self) -> watch::Receiver<u64> {
        self.ticks.subscribe()
    }

    fn open_page(&self, _: &SitePath) -> Guard {
        self.open.fetch_add(1, Ordering::SeqCst);
        Box::new(Open(Arc::clone(&self.open)))
    }

    fn act(&self, action: Action) -> Result<String, Refusal> {
        self.acts.lock().unwrap().push(action.clone());
        match action {
            Action::Accept(page) if page.as_str() == "/khong-co/" => {
                Err(Refusal { reason: Reason::NoSuchPage, message: "Không có trang này".to_owned() })
            }
            Action::Accept(page) if page.as_str() == "/hong/" => panic!("the engine stumbles, as this test wants"),
            Action::Accept(_) => Err(Refusal { reason: Reason::NotNow, message: "Chưa được".to_owned() }),
            _ => Ok("{\"done\":1}".to_owned()),
        }
    }
}

impl Fake {
    /// Sets the state and ticks.
    fn say(&self, state: &str) {
        *self.state.lock().unwrap() = state.to_owned();
        self.ticks.send_modify(|tick| *tick += 1);
    }
}

/// A server with its preview.
struct House {
    fake: Arc<Fake>,
    token: Token,
    running: Running,
}

const CLIENT: &[ClientFile] =
    &[ClientFile { name: "client.js", content_type: "text/javascript; charset=utf-8", text: "export {};" }];

/// Limits that no test runs into unless it wants to, and a sign of life that need not be waited for.
const LIMITS: Limits = Limits {
    connections: 32,
    head_time: Duration::from_secs(5),
    body_time: Duration::from_secs(5),
    keep_alive: Duration::from_millis(100),
};

fn options(port: u16) -> ServeOptions {
    let token = Token::random().unwrap();
    ServeOptions { bind: Ipv4Addr::LOCALHOST.into(), port, token, lang: Lang::Vi, client: CLIENT, limits: LIMITS }
}

fn fake() -> Arc<Fake> {
    Arc::new(Fake {
        state: Mutex::new("1".to_owned()),
        ticks: watch::Sender::new(0),
        open: Arc::default(),
        acts: Mutex::default(),
    })
}

fn house() -> House {
    house_with(|_| {})
}

fn house_with(change: impl FnOnce(&mut ServeOptions)) -> House {
    let mut options = options(0);
    change(&mut options);
    let (fake, token) = (fake(), options.token.clone());
    let running = serve(options, Arc::clone(&fake) as Arc<dyn Portal>).unwrap();
    House { fake, token, running }
}

/// One answer as it came over the wire.
#[derive(Debug)]
struct Heard {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Heard {
    fn new(bytes: &[u8]) -> Self {
        let end = memchr::memmem::find(bytes, b"\r\n\r\n").expect("a head that ends");
        let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
        let status = head[9..12].parse().unwrap();
        Self { status, head, body: bytes[end + 4..].to_vec() }
    }

    /// The value of a header.
    fn get(&self, name: &str) -> Option<&str> {
        let line = self.head.lines().skip(1).find(|line| line.split(':').next().unwrap().eq_ignore_ascii_case(name))?;
        Some(line.split_once(':').unwrap().1.trim())
    }

    fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }
}

impl House {
    fn connect(&self) -> TcpStream {
        connect(self.running.bound())
    }

    /// Sends bytes, and reads until the server closes the connection.
    fn raw(&self, request: &[u8]) -> Vec<u8> {
        let mut stream = self.connect();
        stream.write_all(request).unwrap();
        let mut answer = Vec::new();
        // A server that closes before all was read may reset the connection: what came is the answer.
        let _reset = stream.read_to_end(&mut answer);
        answer
    }

    /// One request with headers of its own (`"Range: bytes=0-1\r\n"`).
    fn ask(&self, line: &str, headers: &str, body: &str) -> Heard {
        let host = self.running.bound();
        let request = format!("{line} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{headers}\r\n{body}");
        Heard::new(&self.raw(request.as_bytes()))
    }

    fn get(&self, path: &str) -> Heard {
        self.ask(&format!("GET {path}"), "", "")
    }
}

fn connect(to: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(to).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    stream
}

/// Waits for something that happens elsewhere.
fn wait_for(what: impl Fn() -> bool) {
    for _ in 0..500 {
        if what() {
            return;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    panic!("it did not happen");
}
