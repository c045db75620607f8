//! What stands beside the text of a news item: related, newest and earlier ones; each named once, dated, in the
//! reader's language.

use std::collections::BTreeSet;

use crate::fixtures;
use crate::support::Portal;

/// The parts beside a text by their heading's id, each with the addresses it names.
fn parts(html: &str) -> Vec<(String, Vec<String>)> {
    let Some((_, beside)) = html.split_once("<div class=\"wrap parts\">") else { return Vec::new() };
    let beside = beside.split_once("</main>").unwrap().0;
    let sections = beside.split("<section class=\"part\" aria-labelledby=\"").skip(1);
    let read = |section: &str| {
        let (id, rest) = section.split_once('"').unwrap();
        let list = rest.split_once("<ul").unwrap().1.split_once("</section>").unwrap().0;
        let rows: Vec<&str> = list.split("<li>").skip(1).collect();
        assert!(!rows.is_empty(), "{id} is an empty shell");
        let address = |row: &&str| {
            assert!(row.contains("<time datetime=\""), "no date: {row}");
            // The title comes behind the topic, where there is one.
            let title = row.split_once("row-title").map_or(*row, |(_, title)| title);
            title.split_once("<a href=\"").unwrap().1.split_once('"').unwrap().0.to_owned()
        };
        (id.to_owned(), rows.iter().map(address).collect())
    };
    sections.map(read).collect()
}

/// The addresses of one part.
fn part(html: &str, id: &str) -> Vec<String> {
    parts(html).into_iter().find(|(own, _)| own == id).map(|(_, addresses)| addresses).unwrap_or_default()
}

/// News by name, with the fields and the text of each.
fn portal(news: &[(&str, &str, &str)]) -> Portal {
    let decision = |number: &str| {
        format!(
            "---\ntitle: Về\nnumber: {number}\ntype: decision\nissued: 2020-06-03\nagency: government\n---\n\nNội dung.\n"
        )
    };
    let portal = Portal::new()
        .file("content/decisions/749.md", decision("749/QĐ-TTg"))
        .file("content/decisions/505.md", decision("505/QĐ-TTg"));
    news.iter().fold(portal, |portal, (name, fields, text)| portal.news(name, fields, text))
}

#[test]
fn a_shared_document_says_more_than_a_shared_topic() {
    let cites = "Theo Quyết định số 749/QĐ-TTg ngày 03/6/2020.";
    let built = portal(&[
        ("a.md", "date: 2026-01-05\ntopics: [data]", cites),
        ("b.md", "date: 2026-01-04\ntopics: [data]", "Không dẫn."),
        ("c.md", "date: 2026-01-01", cites),
        ("d.md", "date: 2026-01-03\ntopics: [skills]", "Theo [văn bản](../decisions/505.md)."),
    ])
    .build_clean();
    let near = part(&built.out("tin-tuc/a/index.html"), "cs-related");
    assert_eq!(near, ["/tin-tuc/c/", "/tin-tuc/b/"], "not the document itself, and nothing that shares nothing");
    assert_eq!(part(&built.out("tin-tuc/d/index.html"), "cs-related"), Vec::<String>::new());
}

#[test]
fn readers_are_led_to_what_they_can_read() {
    let portal = portal(&[
        ("a.md", "date: 2026-01-05\ntopics: [data]", "Một."),
        ("b.md", "date: 2026-01-04\ntopics: [data]", "Hai."),
        ("c.md", "date: 2026-01-03\ntopics: [data]", "Ba."),
        ("d.md", "date: 2026-01-02\ntopics: [skills]", "Bốn."),
    ]);
    let english = ["a", "c", "d"].into_iter();
    let portal = english.fold(portal, |portal, name| {
        portal.file(&format!("content/news/{name}.en.md"), format!("---\ntitle: {name}\n---\n\nWords.\n"))
    });
    let built = portal.build_clean();
    let shown = parts(&built.out("en/news/a/index.html"));
    let expected = [("cs-related", vec!["/en/news/c/"]), ("cs-latest", vec!["/en/news/d/"])];
    assert_eq!(shown, expected.map(|(id, urls)| (id.to_owned(), urls.into_iter().map(str::to_owned).collect())));
}

/// One article more is made again on the pages that show it, however many there are.
#[test]
fn the_newest_stand_beside_recent_news_only() {
    let names: Vec<String> = (0..70).map(|number| format!("n{number:02}.md")).collect();
    let portal = names.iter().enumerate().fold(Portal::new(), |portal, (number, name)| {
        portal.news(name, &format!("date: 2026-0{}-{:02}", number / 28 + 1, number % 28 + 1), "Một.")
    });
    let built = portal.build_clean();
    let latest = |number: usize| part(&built.out(&format!("tin-tuc/n{number}/index.html")), "cs-latest");
    assert_eq!(latest(20), ["/tin-tuc/n69/", "/tin-tuc/n68/", "/tin-tuc/n67/", "/tin-tuc/n66/"]);
    assert_eq!(latest(68), ["/tin-tuc/n69/", "/tin-tuc/n67/", "/tin-tuc/n66/", "/tin-tuc/n65/"], "not itself");
    assert_eq!(latest(19), Vec::<String>::new());
    portal.write("content/news/moi.md", "---\ntitle: Mới\ndate: 2026-10-01\n---\n\nMới.\n");
    let rendered = portal.build_clean().report().rendered;
    assert!((50..100).contains(&rendered), "{rendered}");
}

#[test]
fn on_the_real_portal_nothing_is_named_twice() {
    let tree = fixtures::real().build_clean().tree();
    let news = tree.iter().filter(|(path, _)| path.starts_with("tin-tuc/") || path.starts_with("en/news/"));
    let mut met = BTreeSet::new();
    for (path, bytes) in news {
        let html = String::from_utf8(bytes.clone()).unwrap();
        let shown = parts(&html);
        let mut named: Vec<&String> = shown.iter().flat_map(|(_, addresses)| addresses).collect();
        let own = format!("/{}", path.trim_end_matches("index.html"));
        let root = if path.starts_with("en/") { "/en/news/" } else { "/tin-tuc/" };
        assert!(named.iter().all(|url| url.starts_with(root) && **url != own), "{path}: {shown:?}");
        let count = named.len();
        named.sort();
        named.dedup();
        assert_eq!(named.len(), count, "{path}: {shown:?}");
        met.extend(shown.into_iter().map(|(id, _)| id));
    }
    assert_eq!(met.into_iter().collect::<Vec<_>>(), ["cs-earlier", "cs-latest", "cs-related"]);
}
