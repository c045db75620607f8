//! Requests that change something, and who may not make them.

use super::*;

fn post(house: &House, path: &str, headers: &str, body: &str) -> Heard {
    let headers = format!("{headers}Content-Length: {}\r\n", body.len());
    house.ask(&format!("POST /__congso/{path}"), &headers, body)
}

/// What a page of the preview sends along.
fn own(house: &House) -> String {
    let (token, host) = (house.token.as_str(), house.running.bound());
    format!("X-Congso-Token: {token}\r\nOrigin: http://{host}\r\nContent-Type: application/json; charset=utf-8\r\n")
}

fn site_path(path: &str) -> SitePath {
    SitePath::parse(path).unwrap()
}

#[test]
fn what_is_asked_for_is_done() {
    let house = house();
    let own = own(&house);
    let made = post(&house, "translate", &own, "{\"page\": \"/tin-tuc/\"}");
    assert_eq!((made.status, made.text()), (201, "{\"done\":1}"));
    assert_eq!(made.get("content-type"), Some("application/json"));
    let chosen = post(&house, "options", &own, "{\"drafts\": true, \"future\": false}");
    assert_eq!(chosen.status, 200);
    let acts = house.fake.acts.lock().unwrap().clone();
    let choice = Action::Choose { drafts: Shown::Yes, future: Shown::No };
    assert_eq!(acts, [Action::Translate(site_path("/tin-tuc/")), choice]);
}

#[test]
fn what_cannot_be_done_is_said() {
    let house = house();
    let own = own(&house);
    let status = |page: &str| {
        let heard = post(&house, "accept", &own, &format!("{{\"page\": \"{page}\"}}"));
        let message = serde_json::from_slice::<serde_json::Value>(&heard.body).unwrap();
        assert!(!message["message"].as_str().unwrap().is_empty());
        heard.status
    };
    assert_eq!((status("/khong-co/"), status("/tin-tuc/"), status("/hong/")), (404, 409, 500));
    assert_eq!(status("/../x"), 400);
}

#[test]
fn others_may_not_change_anything() {
    let house = house();
    let (token, host) = (house.token.as_str(), house.running.bound());
    let json = "Content-Type: application/json\r\n";
    for headers in [
        String::new(),
        format!("X-Congso-Token: {token}\r\n"),
        format!("Origin: http://{host}\r\n"),
        format!("X-Congso-Token: {}\r\nOrigin: http://{host}\r\n", &token[1..]),
        format!("X-Congso-Token: {token}0\r\nOrigin: http://{host}\r\n"),
        format!("X-Congso-Token: {token}\r\nX-Congso-Token: {token}\r\nOrigin: http://{host}\r\n"),
        format!("X-Congso-Token: {token}\r\nOrigin: http://evil.example\r\n"),
        format!("X-Congso-Token: {token}\r\nOrigin: https://{host}\r\n"),
        format!("X-Congso-Token: {token}\r\nOrigin: http://localhost:1\r\n"),
        format!("X-Congso-Token: {token}\r\nOrigin: null\r\n"),
    ] {
        let heard = post(&house, "translate", &format!("{json}{headers}"), "{\"page\": \"/\"}");
        assert_eq!(heard.status, 403, "{headers}");
        assert!(heard.text().starts_with("{\"message\":"), "{}", heard.text());
    }
    assert_eq!(house.fake.acts.lock().unwrap().as_slice(), []);
}

#[test]
fn what_cannot_be_read_is_refused() {
    let house = house();
    let own = own(&house);
    for body in ["", "{", "[]", "{}", "{\"page\": 1}", "\u{1}"] {
        assert_eq!(post(&house, "translate", &own, body).status, 400, "{body}");
    }
    assert_eq!(post(&house, "options", &own, "{\"drafts\": true}").status, 400);
    let form = own.replace("application/json; charset=utf-8", "text/plain");
    assert_eq!(post(&house, "translate", &form, "{\"page\": \"/\"}").status, 415);
    let no_type = own.replace("Content-Type", "X-Type");
    assert_eq!(post(&house, "translate", &no_type, "{\"page\": \"/\"}").status, 415);
    let padded = |length: usize| format!("{{\"page\": \"/\"{}}}", " ".repeat(length - 13));
    assert_eq!(post(&house, "translate", &own, &padded(64 * 1024)).status, 201);
    assert_eq!(post(&house, "translate", &own, &padded(64 * 1024 + 1)).status, 413);
    assert_eq!(house.fake.acts.lock().unwrap().len(), 1);
}

#[test]
fn a_body_that_does_not_come_is_not_waited_for() {
    let house = house_with(|options| options.limits.body_time = Duration::from_millis(100));
    let headers = format!("{}Content-Length: 20\r\n", own(&house));
    assert_eq!(house.ask("POST /__congso/accept", &headers, "{\"page\"").status, 408);
}
