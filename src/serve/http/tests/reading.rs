//! Pages and files: types, conditions, ranges, redirects, what is missing.

use super::*;

#[test]
fn a_page_comes_with_the_tag_and_is_asked_for_each_time() {
    let house = house();
    let heard = house.get("/");
    assert_eq!((heard.status, heard.get("content-type")), (200, Some("text/html; charset=utf-8")));
    assert_eq!(heard.get("cache-control"), Some("no-cache"));
    let version = Checksum::of("<html><head></head><body>Chào</body></html>");
    let wanted = format!(
        "<html><head><script type=\"module\" src=\"/__congso/client.js\" data-congso data-token=\"{}\" data-version=\"{version}\"></script></head><body>Chào</body></html>",
        house.token.as_str()
    );
    assert_eq!(heard.text(), wanted);
    assert_eq!(heard.get("content-length"), Some(wanted.len().to_string().as_str()));
    assert_eq!(house.get("/?a=b").text(), wanted);
}

#[test]
fn every_answer_has_the_headers_of_production() {
    let house = house();
    let lines = [
        "GET /",
        "HEAD /",
        "GET /site.css",
        "GET /khong-co/",
        "GET /cu/",
        "GET /tin-tuc",
        "GET /a%00",
        "GET /hong/",
        "GET /nothing/",
        "GET /starting/",
        "DELETE /",
        "GET /__congso/client.js",
        "GET /__congso/none.js",
        "GET /__congso/accept",
        "POST /__congso/accept",
        "HEAD /__congso/events?page=/",
    ];
    for line in lines {
        let heard = house.ask(line, "", "");
        for (name, value) in SECURITY {
            assert_eq!(heard.get(name), Some(value), "{line}");
        }
    }
    let foreign = Heard::new(&house.raw(b"GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"));
    assert_eq!(foreign.get("x-frame-options"), Some("DENY"));
}

#[test]
fn the_policy_lets_the_previews_own_files_in() {
    let policy = SECURITY.iter().find(|(name, _)| *name == "Content-Security-Policy").unwrap().1;
    assert!(policy.contains("default-src 'self'"));
    for stricter in ["script-src", "connect-src", "style-src", "require-trusted-types-for", "sandbox"] {
        assert!(!policy.contains(stricter), "{stricter}");
    }
}

#[test]
fn a_file_comes_with_its_type_and_is_asked_for_again() {
    let house = house();
    let heard = house.get("/site.css");
    assert_eq!((heard.status, heard.text()), (200, "body { color: red }"));
    assert_eq!(heard.get("content-type"), Some("text/css; charset=utf-8"));
    assert_eq!(heard.get("cache-control"), Some("no-cache"));
    assert_eq!(house.get("/%E1%BA%A3nh%20(1).bin").body, DIGITS);
}

#[test]
fn the_head_alone_is_the_same_head() {
    let house = house();
    for path in ["/", "/site.css", "/khong-co/", "/__congso/client.js", "/nothing/"] {
        let (get, head) = (house.get(path), house.ask(&format!("HEAD {path}"), "", ""));
        assert_eq!(head.body, b"", "{path}");
        let lines = |heard: &Heard| {
            let mut lines: Vec<String> = heard.head.lines().map(str::to_owned).collect();
            lines.retain(|line| !line.starts_with("date:"));
            lines
        };
        assert_eq!(lines(&head), lines(&get), "{path}");
    }
}

#[test]
fn what_the_browser_has_is_not_sent_again() {
    let house = house();
    for path in ["/", "/site.css", "/__congso/client.js"] {
        let etag = house.get(path).get("etag").unwrap().to_owned();
        assert!(etag.starts_with('"'), "{etag}");
        for tags in [etag.clone(), format!("\"x\", W/{etag}"), "*".to_owned()] {
            let heard = house.ask(&format!("GET {path}"), &format!("If-None-Match: {tags}\r\n"), "");
            assert_eq!((heard.status, heard.body.len(), heard.get("etag")), (304, 0, Some(etag.as_str())));
        }
        let heard = house.ask(&format!("GET {path}"), "If-None-Match: \"x\"\r\n", "");
        assert_eq!(heard.status, 200);
    }
}

#[test]
fn parts_of_a_file() {
    let house = house();
    let path = "GET /%E1%BA%A3nh%20(1).bin";
    let etag = house.ask(path, "", "").get("etag").unwrap().to_owned();
    let part = house.ask(path, &format!("Range: bytes=2-4\r\nIf-Range: {etag}\r\n"), "");
    assert_eq!((part.status, part.text(), part.get("content-range")), (206, "234", Some("bytes 2-4/10")));
    assert_eq!((part.get("content-length"), part.get("accept-ranges")), (Some("3"), Some("bytes")));
    let outside = house.ask(path, "Range: bytes=10-\r\n", "");
    assert_eq!((outside.status, outside.get("content-range")), (416, Some("bytes */10")));
    for headers in ["Range: bytes=0-1,4-5\r\n", "Range: bytes=2-4\r\nIf-Range: \"old\"\r\n", "Range: x\r\n"] {
        let whole = house.ask(path, headers, "");
        assert_eq!((whole.status, whole.body.as_slice()), (200, DIGITS), "{headers}");
    }
    assert_eq!(house.ask("HEAD /site.css", "Range: bytes=2-4\r\n", "").status, 200);
}

#[test]
fn a_missing_slash_is_added_where_there_is_a_page() {
    let house = house();
    let heard = house.get("/tin-tuc?a=b");
    assert_eq!((heard.status, heard.get("location")), (308, Some("/tin-tuc/?a=b")));
    assert_eq!(heard.get("cache-control"), Some("no-store"));
    assert_eq!((house.get("/site.css/").status, house.get("/khong-co").status), (404, 404));
    assert_eq!(house.get("/cu").get("location"), Some("/cu/"));
}

#[test]
fn old_addresses_lead_to_the_new_ones() {
    let heard = house().get("/cu/");
    assert_eq!((heard.status, heard.get("location")), (301, Some("/tin-t%E1%BB%A9c/?a=b")));
    assert_eq!(heard.get("cache-control"), Some("no-store"));
}

#[test]
fn what_is_missing_is_said_in_the_right_language() {
    let house = house();
    let (vi, en) = (house.get("/khong-co/"), house.get("/en/none/"));
    assert_eq!((vi.status, en.status), (404, 404));
    assert!(vi.text().ends_with("Không tìm thấy") && en.text().ends_with("Not found"));
    assert!(vi.text().contains("data-congso") && vi.get("etag").is_none());
    let nothing = house.get("/nothing/");
    assert_eq!((nothing.status, nothing.get("content-type")), (404, Some("text/plain; charset=utf-8")));
}

#[test]
fn until_there_is_a_page_the_progress_is_shown() {
    let heard = house().get("/starting/");
    assert_eq!((heard.status, heard.get("retry-after")), (503, Some("1")));
    assert_eq!(heard.get("cache-control"), Some("no-store"));
    assert!(heard.text().contains("value=\"3\" max=\"8\"") && heard.text().contains("data-version=\"\""));
    assert!(heard.text().contains("<html lang=\"vi\">") && !heard.text().contains("style="), "{}", heard.text());
}

#[test]
fn an_engine_that_stumbles_costs_one_answer() {
    let house = house();
    let heard = house.get("/hong/");
    assert_eq!((heard.status, heard.get("content-type")), (500, Some("text/plain; charset=utf-8")));
    assert_eq!(house.get("/").status, 200);
}

#[test]
fn paths_that_lead_out_are_refused() {
    let house = house();
    for path in [
        "/../etc/passwd",
        "/a/../../etc/passwd",
        "/%2e%2e/etc/passwd",
        "/%2e%2e%2fetc/passwd",
        "/..%5cx",
        "/a\\b",
        "/a%00b",
        "//evil.example/",
        "/%zz",
        "/%ff",
    ] {
        let heard = house.get(path);
        assert_eq!(heard.status, 400, "{path}");
    }
    assert_eq!(house.get("/%252e%252e/etc/passwd").status, 404);
    assert_eq!(house.get("/__congso/../etc/passwd").status, 404);
    assert_eq!(house.get("/__congso/%2e%2e/x").status, 404);
}

#[test]
fn only_reading_is_allowed() {
    let house = house();
    for line in ["POST /", "PUT /site.css", "DELETE /tin-tuc/", "OPTIONS /", "POST /__congso/client.js"] {
        let heard = house.ask(line, "Content-Length: 0\r\n", "");
        assert_eq!((heard.status, heard.get("allow")), (405, Some("GET,HEAD")), "{line}");
    }
    let heard = house.get("/__congso/accept");
    assert_eq!((heard.status, heard.get("allow")), (405, Some("POST")));
}

#[test]
fn the_previews_own_files() {
    let house = house();
    let heard = house.get("/__congso/client.js");
    assert_eq!((heard.status, heard.text()), (200, "export {};"));
    assert_eq!(heard.get("content-type"), Some("text/javascript; charset=utf-8"));
    assert_eq!((house.get("/__congso/none.js").status, house.get("/__congso/").status), (404, 404));
}
