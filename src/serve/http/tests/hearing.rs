//! Events: the state at once and whenever it changes, for each tab on its own.

use std::io::{BufRead as _, BufReader};

use super::*;

/// A browser tab that listens.
struct Tab(BufReader<TcpStream>);

impl Tab {
    fn open(house: &House, page: &str) -> Self {
        let mut stream = house.connect();
        let request = format!("GET /__congso/events?page={page} HTTP/1.1\r\nHost: localhost\r\n\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        Self(BufReader::new(stream))
    }

    /// The next line that begins so; `None` at the end.
    fn line(&mut self, start: &str) -> Option<String> {
        loop {
            let mut line = String::new();
            if self.0.read_line(&mut line).unwrap() == 0 {
                return None;
            }
            if line.starts_with(start) {
                return Some(line.trim_end().to_owned());
            }
        }
    }
}

#[test]
fn the_state_comes_at_once_and_when_it_changes() {
    let house = house();
    let mut tab = Tab::open(&house, "%2Ftin-tuc%2F");
    assert_eq!(tab.line("HTTP/1.1 ").unwrap(), "HTTP/1.1 200 OK");
    assert_eq!(tab.line("content-type").unwrap(), "content-type: text/event-stream");
    assert_eq!(tab.line("event").unwrap(), "event: state");
    assert_eq!(tab.line("data").unwrap(), "data: {\"page\":\"/tin-tuc/\",\"n\":1}");
    house.fake.say("1");
    house.fake.say("2");
    assert_eq!(tab.line("data").unwrap(), "data: {\"page\":\"/tin-tuc/\",\"n\":2}", "nothing is said twice");
    for n in 3..100 {
        house.fake.say(&n.to_string());
    }
    while tab.line("data").unwrap() != "data: {\"page\":\"/tin-tuc/\",\"n\":99}" {}
}

#[test]
fn a_sign_of_life_where_there_is_nothing_to_tell() {
    let house = house();
    let mut tab = Tab::open(&house, "/");
    tab.line("data").unwrap();
    assert_eq!(tab.line(":").unwrap(), ":");
}

#[test]
fn pages_are_open_as_long_as_somebody_listens() {
    let house = house();
    let mut tabs = [Tab::open(&house, "/"), Tab::open(&house, "/tin-tuc/")];
    for tab in &mut tabs {
        tab.line("data").unwrap();
    }
    assert_eq!(house.fake.open.load(Ordering::SeqCst), 2);
    drop(tabs);
    wait_for(|| house.fake.open.load(Ordering::SeqCst) == 0);
}

#[test]
fn who_does_not_read_holds_up_nobody() {
    let house = house();
    let _deaf: Vec<Tab> = (0..10).map(|_| Tab::open(&house, "/")).collect();
    wait_for(|| house.fake.open.load(Ordering::SeqCst) == 10);
    let mut tab = Tab::open(&house, "/");
    let long = format!("\"{}\"", "x".repeat(500_000));
    for n in 0..5 {
        house.fake.say(&long.replacen('x', &n.to_string(), 1));
        assert_eq!(house.get("/").status, 200);
    }
    house.fake.say("7");
    while tab.line("data").unwrap() != "data: {\"page\":\"/\",\"n\":7}" {}
}

#[test]
fn events_end_when_the_server_stops() {
    let house = house();
    let mut tab = Tab::open(&house, "/");
    tab.line("data").unwrap();
    house.running.stop();
    while tab.line("data").is_some() {}
    assert_eq!(house.fake.open.load(Ordering::SeqCst), 0);
}

#[test]
fn an_engine_that_stumbles_leaves_the_tab_listening() {
    let house = house();
    let mut tab = Tab::open(&house, "/hong/");
    assert_eq!(tab.line("HTTP/1.1 ").unwrap(), "HTTP/1.1 200 OK");
    assert_eq!(tab.line(":").unwrap(), ":");
}

#[test]
fn events_of_no_page_are_refused() {
    let house = house();
    for query in ["", "?page=", "?page=x", "?page=%2F..%2F"] {
        assert_eq!(house.get(&format!("/__congso/events{query}")).status, 400, "{query}");
    }
}
