//! What pages list: the editions of a series of events, and open data.

use serde_json::{Value, json};

use super::Page;
use super::pages::{OWNER, portal};
use crate::support::{Portal, SETTINGS};

#[test]
fn a_series_with_its_rule_and_its_editions() {
    let series = "series:\n  the-day: {vi: Ngày Chuyển đổi số, en: DX Day, yearly: 10/10}\n";
    let edition = |year: i16| format!("---\ntitle: Ngày {year}\nstart: {year}-10-10\nseries: the-day\n---\nChữ.\n");
    let portal = portal()
        .file("site.yaml", format!("{SETTINGS}{OWNER}{series}"))
        .file("content/_index.md", "---\ntitle: Trang chủ\nextra: {series: the-day}\n---\n")
        .file("content/events/a.md", edition(2025))
        .file("content/events/b.md", edition(2026));
    let built = portal.build_clean();
    let schedule = json!({
        "@type": "Schedule",
        "repeatFrequency": "P1Y",
        "byMonth": 10,
        "byMonthDay": 10,
        "scheduleTimezone": "Asia/Ho_Chi_Minh",
    });
    let b = "https://portal.example/su-kien/2026/b/";
    let edition = json!({
        "@type": "Event", "@id": format!("{b}#event"), "url": b, "name": "Ngày 2026", "startDate": "2026-10-10",
    });
    let page = Page::read(built.out("su-kien/2025/a/index.html"));
    let mut wanted = json!({
        "@type": "EventSeries",
        "@id": "https://portal.example/#series-the-day",
        "name": "Ngày Chuyển đổi số",
        "eventSchedule": schedule,
        "subEvent": [edition, {"@id": "https://portal.example/su-kien/2025/a/#event"}],
    });
    assert_eq!(page.node("EventSeries"), &wanted);
    for shown in ["Ngày Chuyển đổi số, ngày 10 tháng 10 hằng năm", "Ngày 2026"] {
        assert!(page.text().contains(shown), "{}", page.text());
    }
    // The home page shows the next day, and no editions.
    let home = Page::read(built.out("index.html"));
    wanted.as_object_mut().unwrap().remove("subEvent");
    assert_eq!(home.node("EventSeries"), &wanted);
    assert!(!Page::read(built.out("su-kien/index.html")).has("EventSeries"));
    let english = Page::read(built.out("en/index.html"));
    assert!(!english.has("EventSeries"), "it shows none");
}

#[test]
fn a_page_that_lists_the_open_data_names_each_with_its_files() {
    let licence = "open_data:\n  licence: {name: {vi: Phép A, en: Licence A}, url: https://a.example/}\n";
    let text = "---\ntitle: Dữ liệu mở\n---\n\n:::open-data\n:::\n";
    let target = "targets:\n  - {id: a, label: Hộ, unit: \"%\", \"2025\": 80}\n";
    let with = |portal: Portal| portal.file("content/du-lieu.md", text);
    let portal = portal()
        .file("site.yaml", format!("{SETTINGS}{OWNER}{licence}"))
        .file("content/du-lieu.en.md", text.replace("Dữ liệu mở", "Open data"))
        .file("content/events/le.md", "---\ntitle: Lễ\nstart: 2026-10-10\n---\nChữ.\n")
        .file("content/decisions/1.md", format!("---\ntitle: Một\nnumber: 1/QĐ-TTg\nissued: 2026-01-02\ntype: decision\nagency: prime-minister\n{target}---\nChữ.\n"));
    let built = with(portal).build_clean();
    for (path, name, folder) in [("du-lieu/index.html", "Văn bản", ""), ("en/du-lieu/index.html", "Documents", "en/")]
    {
        let page = Page::read(built.out(path));
        let sets: Vec<&Value> = page.graph.iter().filter(|node| node["@type"] == "Dataset").collect();
        assert_eq!(sets.len(), 3, "{:#?}", page.graph);
        assert_eq!(sets[0]["name"], name);
        assert_eq!(sets[0]["license"], "https://a.example/");
        assert_eq!(sets[0]["creator"]["@id"], "https://portal.example/#organization");
        let distribution = &sets[0]["distribution"];
        assert_eq!(
            distribution,
            &json!([{
                "@type": "DataDownload",
                "name": "documents.json",
                "contentUrl": format!("https://portal.example/{folder}documents.json"),
                "encodingFormat": "application/json",
            }])
        );
        let files: Vec<String> = sets
            .iter()
            .flat_map(|set| set["distribution"].as_array().unwrap())
            .map(|file| file["contentUrl"].as_str().unwrap().replace("https://portal.example/", ""))
            .collect();
        assert!(files.iter().all(|file| built.has(file)), "{files:?}");
        let calendar = if folder.is_empty() { "lich.ics" } else { "calendar.ics" };
        let wanted = ["documents.json", "targets.csv", "events.json", calendar].map(|file| format!("{folder}{file}"));
        assert_eq!(files, wanted);
        for set in sets {
            let shown = [&set["name"], &set["description"], &set["distribution"][0]["name"]];
            assert!(shown.iter().all(|text| page.text().contains(text.as_str().unwrap())), "{}", page.text());
        }
        let links = page.tags.iter().filter(|tag| tag.name == "a").map(|tag| tag.get("href").to_owned());
        let links: Vec<String> = links.collect();
        assert!(files.iter().all(|file| links.contains(&format!("/{file}"))), "{links:?}");
        assert!(links.iter().any(|link| link == "https://a.example/"), "{links:?}");
    }
    let page = Page::read(with(Portal::new()).build_clean().out("du-lieu/index.html"));
    assert!(!page.has("Dataset") && page.text().contains("Cổng chưa có dữ liệu mở."));
}
