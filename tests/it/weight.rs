//! What the repository's own portal asks of readers' lines and browsers: the weight of pages, scripts and fonts,
//! and that nothing in them breaks the policy that forbids all that is inline or from elsewhere.

use std::collections::BTreeMap;
use std::io::Write as _;

use crate::fixtures;

/// What a file weighs as hosts send it (gzip; a few send something smaller), in bytes.
fn sent(bytes: &[u8]) -> usize {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap().len()
}

/// The values of an attribute in all tags of one name.
fn values<'a>(html: &'a str, tag: &str, attribute: &str) -> Vec<&'a str> {
    let opening = format!("<{tag} ");
    let tags = html.split(opening.as_str()).skip(1).filter_map(|rest| rest.split_once('>'));
    tags.filter_map(|(tag, _)| tag.split_once(&format!("{attribute}=\""))?.1.split_once('"').map(|(value, _)| value))
        .collect()
}

fn pages(tree: &BTreeMap<String, Vec<u8>>) -> impl Iterator<Item = (&String, &str)> {
    let html = tree.iter().filter(|(path, _)| path.ends_with(".html"));
    html.map(|(path, bytes)| (path, std::str::from_utf8(bytes).unwrap()))
}

#[test]
fn pages_weigh_what_a_slow_line_carries() {
    let tree = fixtures::real().build_clean().tree();
    let file = |url: &str| sent(&tree[url.trim_start_matches('/')]);
    for (path, html) in pages(&tree) {
        let sheets: Vec<&str> = values(html, "link", "href").into_iter().filter(|url| url.ends_with(".css")).collect();
        assert!(sheets.len() <= 1, "{path} loads {sheets:?}");
        let styles: usize = sheets.iter().map(|url| file(url)).sum();
        let scripts: usize = values(html, "script", "src").iter().map(|url| file(url)).sum();
        assert!(scripts <= 12 << 10, "{path} loads {scripts} bytes of script");
        // A list of all documents may be long: the bar is for what people read.
        if html.contains("<article") {
            let all = sent(html.as_bytes()) + styles + scripts;
            assert!(all <= 40 << 10, "{path} weighs {all} bytes");
        }
    }
    let fonts: usize = tree.iter().filter(|(path, _)| path.ends_with(".woff2")).map(|(_, bytes)| bytes.len()).sum();
    assert!((1..=50 << 10).contains(&fonts), "the web font weighs {fonts} bytes");
}

#[test]
fn nothing_is_inline_and_nothing_comes_from_elsewhere() {
    let tree = fixtures::real().build_clean().tree();
    for (path, html) in pages(&tree) {
        for forbidden in ["<style", " style=\"", "<base ", "<object", "<embed", "javascript:"] {
            assert!(!html.contains(forbidden), "{path} has {forbidden}");
        }
        for tag in html.split('<').filter_map(|rest| rest.split_once('>')).map(|(tag, _)| tag) {
            let is_tag = tag.starts_with(|first: char| first.is_ascii_alphabetic());
            assert!(
                !(is_tag && tag.split(' ').any(|part| part.starts_with("on") && part.contains("=\""))),
                "{path}: {tag}"
            );
        }
        // What stands between the tags of a script is data or nothing.
        for script in html.split("<script").skip(1) {
            let (tag, rest) = script.split_once('>').unwrap();
            let (text, _) = rest.split_once("</script>").unwrap();
            assert!(text.is_empty() || tag.contains("type=\"application/ld+json\""), "{path}: {tag}");
        }
        let loaded = ["script", "img", "source", "iframe"].iter().flat_map(|tag| values(html, tag, "src"));
        for url in loaded.chain(values(html, "link", "href").into_iter().filter(|url| url.ends_with(".css"))) {
            assert!(url.starts_with('/') && !url.starts_with("//"), "{path} loads {url}");
        }
    }
    for (path, css) in tree.iter().filter(|(path, _)| path.ends_with(".css")) {
        let css = std::str::from_utf8(css).unwrap();
        assert!(!css.contains("@import") && !css.contains("://"), "{path}");
    }
    let headers = std::str::from_utf8(&tree["_headers"]).unwrap();
    let policy = headers.lines().find_map(|line| line.trim().strip_prefix("Content-Security-Policy: ")).unwrap();
    assert!(
        policy.starts_with("default-src 'self';") && !policy.contains("unsafe") && !policy.contains("http"),
        "{policy}"
    );
}
