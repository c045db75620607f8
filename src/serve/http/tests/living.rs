//! The server's life: ports, limits, slow and broken requests, its end.

use std::io::ErrorKind;
use std::net::TcpListener;
use std::time::Instant;

use super::*;
use crate::diag::Catalog;

#[test]
fn it_listens_at_once() {
    // The best of some, since other tests want the processor, too.
    let times = (0..5).map(|_| {
        let start = Instant::now();
        let _connected = house().connect();
        start.elapsed()
    });
    let best = times.min().unwrap();
    assert!(best < Duration::from_millis(50), "{best:?}");
    let house = house();
    assert_eq!(house.running.addresses(), [format!("http://{}/", house.running.bound())]);
}

#[test]
fn a_busy_port_gives_way_to_the_next() {
    let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = taken.local_addr().unwrap().port();
    let house = house_with(|options| options.port = port);
    let got = house.running.bound().port();
    assert!(got > port && got - port <= 100, "{got} for {port}");
    let message = house.running.port_message(&Catalog::load(Lang::En)).unwrap();
    assert!(message.contains(&port.to_string()) && message.contains(&got.to_string()), "{message}");
    assert!(super::house().running.port_message(&Catalog::load(Lang::En)).is_none());
}

#[test]
fn where_it_cannot_listen_that_is_said() {
    let mut options = options(0);
    options.bind = [192, 0, 2, 1].into();
    let error = serve(options, fake()).err().unwrap();
    assert!(matches!(error, ServeError::NoAddress(_)), "{error:?}");
    assert!(error.message(&Catalog::load(Lang::Vi)).contains("192.0.2.1"));
    let none = ServeError::NoPort(10010, 10110).message(&Catalog::load(Lang::En));
    assert!(none.contains("10010") && none.contains("10110"), "{none}");
}

#[test]
fn one_connection_carries_many_requests() {
    let house = house();
    let mut stream = house.connect();
    let one = "GET /site.css HTTP/1.1\r\nHost: localhost\r\n\r\n";
    let last = "GET /site.css HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    stream.write_all([one, one, last].concat().as_bytes()).unwrap();
    let mut all = String::new();
    stream.read_to_string(&mut all).unwrap();
    assert_eq!(all.matches("HTTP/1.1 200 OK").count(), 3);
}

#[test]
fn broken_requests_are_refused() {
    let house = house();
    for broken in [
        "\r\n\r\n\r\nrubbish\r\n\r\n",
        "GET\r\n\r\n",
        "GET / HTTP/9.9\r\n\r\n",
        "GET / HTTP/1.1\r\nHost localhost\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n",
        "GET /\u{0} HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "\u{16}\u{3}\u{1}\u{0}a TLS \r\n\r\n",
    ] {
        let answer = house.raw(broken.as_bytes());
        assert!(answer.is_empty() || answer.starts_with(b"HTTP/1.1 400 "), "{broken:?}: {answer:?}");
    }
    assert_eq!(house.get("/").status, 200);
}

#[test]
fn heads_without_end_are_cut_off() {
    let house = house();
    let long = format!("GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: {}\r\n\r\n", "x".repeat(100_000));
    assert!(!house.raw(long.as_bytes()).starts_with(b"HTTP/1.1 200"));
    let many = "X: y\r\n".repeat(500);
    let many = format!("GET / HTTP/1.1\r\nHost: localhost\r\n{many}\r\n");
    assert!(!house.raw(many.as_bytes()).starts_with(b"HTTP/1.1 200"));
    let address = format!("GET /{} HTTP/1.1\r\nHost: localhost\r\n\r\n", "x".repeat(100_000));
    assert!(!house.raw(address.as_bytes()).starts_with(b"HTTP/1.1 200"));
    assert_eq!(house.get("/").status, 200);
}

#[test]
fn slow_requests_are_not_waited_for() {
    let house = house_with(|options| options.limits.head_time = Duration::from_millis(100));
    let start = Instant::now();
    assert!(!house.raw(b"GET / HTTP/1.1\r\nHost: loc").starts_with(b"HTTP/1.1 200"));
    assert!(house.raw(b"").is_empty(), "a connection without a request");
    assert!(start.elapsed() < Duration::from_secs(1), "{:?}", start.elapsed());
}

#[test]
fn more_connections_than_the_limit_wait() {
    let house = house_with(|options| options.limits.connections = 2);
    let busy = [house.connect(), house.connect()];
    let mut third = house.connect();
    third.set_read_timeout(Some(Duration::from_millis(60))).unwrap();
    third.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").unwrap();
    let kind = third.read(&mut [0]).unwrap_err().kind();
    assert!(matches!(kind, ErrorKind::WouldBlock | ErrorKind::TimedOut), "{kind:?}");
    drop(busy);
    third.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    assert_eq!(third.read(&mut [0]).unwrap(), 1);
}

#[test]
fn after_the_end_nobody_listens() {
    let house = house();
    let bound = house.running.bound();
    let _idle = house.connect();
    let start = Instant::now();
    house.running.stop();
    assert!(start.elapsed() < Duration::from_secs(1), "{:?}", start.elapsed());
    assert!(TcpStream::connect(bound).is_err());
}
