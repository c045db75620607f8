//! Whom a request is for: names of others that lead here are refused.

use super::*;

fn ask_as(house: &House, host: &str) -> Heard {
    Heard::new(&house.raw(format!("GET / HTTP/1.1\r\n{host}Connection: close\r\n\r\n").as_bytes()))
}

#[test]
fn own_names_are_answered() {
    let house = house();
    for host in ["localhost", "LOCALHOST:9", "127.0.0.1", "[::1]:10010"] {
        assert_eq!(ask_as(&house, &format!("Host: {host}\r\n")).status, 200, "{host}");
    }
}

#[test]
fn foreign_names_are_refused_in_both_languages() {
    let house = house();
    for host in ["evil.example", "localhost.evil.example:10010", "192.168.1.7", "0.0.0.0", ""] {
        let heard = ask_as(&house, &format!("Host: {host}\r\n"));
        assert_eq!((heard.status, heard.get("content-type")), (421, Some("text/plain; charset=utf-8")), "{host}");
        let (vi, en) = heard.text().split_once("\n\n").unwrap();
        assert!(vi.contains("bản nháp") && en.contains("drafts"), "{}", heard.text());
        assert!(!heard.text().contains(house.token.as_str()));
    }
    let events = b"GET /__congso/events?page=/ HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n";
    assert_eq!(Heard::new(&house.raw(events)).status, 421);
}

#[test]
fn requests_for_nobody_or_for_two_are_refused() {
    let house = house();
    assert_eq!(ask_as(&house, "").status, 400);
    assert_eq!(ask_as(&house, "Host: localhost\r\nHost: evil.example\r\n").status, 400);
    assert_eq!(Heard::new(&house.raw(b"GET / HTTP/1.0\r\n\r\n")).status, 400);
    let absolute = b"GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    assert_eq!(Heard::new(&house.raw(absolute)).status, 421);
}
