//! Open data of legal documents, read back as other programs read them.

use serde_json::Value as Json;

use crate::documents::document;
use crate::support::{Built, Portal, SETTINGS};

const TARGETS: &str = "targets:\n  - id: fibre\n    label: \"Hộ, xã \\\"có\\\" cáp quang\"\n    unit: \"%\"\n    \"2025\": \"> 80\"\n    \"2030\": 100\n    measured:\n      - {value: 82.5, as_of: 2024-07-19, source: Hội nghị}";

fn portal() -> Portal {
    let licence = "open_data:\n  licence: {name: {vi: Phép A, en: Licence A}, url: https://a.example/}\n";
    let portal = Portal::new().file("site.yaml", format!("{SETTINGS}{licence}"));
    let portal = document(portal, "a", "1/QĐ-TTg", 2019, &format!("effective: 2019-04-01\n{TARGETS}"));
    let portal = document(
        portal,
        "b",
        "2/QĐ-TTg",
        2026,
        "effective: 2026-04-01\nreplaces: [1/QĐ-TTg, 9/QĐ-TTg]\nattachments: [{file: b.pdf, title: Toàn văn, pages: 3}]",
    );
    portal
        .file("content/decisions/b.pdf", "x".repeat(2048))
        .file("content/decisions/b.en.md", "---\ntitle: Document b\n---\nSummary.\n")
        .file("content/decisions/c.md", "---\ntitle: C\ndraft: true\nnumber: 3/QĐ-TTg\ntype: decision\nissued: 2026-01-01\nagency: government\n---\n")
}

fn json(built: &Built, path: &str) -> Json {
    serde_json::from_str(&built.out(path)).unwrap()
}

#[test]
fn documents_are_told_with_licence_status_and_relations_in_each_language() {
    let built = portal().build_clean();
    for (path, lang, licence, status) in
        [("documents.json", "vi", "Phép A", "Còn hiệu lực"), ("en/documents.json", "en", "Licence A", "In force")]
    {
        let data = json(&built, path);
        let names: Vec<&String> = data.as_object().unwrap().keys().collect();
        assert_eq!(names, ["licence", "language", "generated_from", "items"]);
        assert_eq!((data["language"].as_str(), data["licence"]["name"].as_str()), (Some(lang), Some(licence)));
        let items = data["items"].as_array().unwrap();
        let numbers: Vec<&str> = items.iter().map(|item| item["number"].as_str().unwrap()).collect();
        assert_eq!(numbers, ["2/QĐ-TTg", "1/QĐ-TTg"], "the last issued first, and no draft");
        assert_eq!(items[0]["status_name"], status);
        assert_eq!(items[0]["language"], lang);
        assert_eq!(items[1]["language"], "vi");
        assert_eq!(items[1]["status"], "replaced");
        assert_eq!(items[0]["issued"], "2026-03-05");
        assert_eq!(items[0]["section"], "decisions");
        assert_eq!(items[0]["attachments"][0]["size"], 2048);
        let relations = items[0]["relations"].as_array().unwrap();
        assert_eq!(relations[0]["url"], "https://portal.example/van-ban/2019/a/");
        assert_eq!((&relations[1]["number"], &relations[1]["url"]), (&Json::from("9/QĐ-TTg"), &Json::Null));
    }
}

#[test]
fn targets_are_lines_of_one_value_each() {
    let built = portal().build_clean();
    let text = built.out("targets.csv");
    let text = text.strip_prefix('\u{feff}').expect("Excel needs a byte order mark");
    let lines: Vec<&str> = text.split("\r\n").collect();
    assert_eq!(
        lines[0],
        "document_number,document_url,target_id,target,unit,kind,year,as_of,comparison,value,source,language"
    );
    let start = "1/QĐ-TTg,https://portal.example/van-ban/2019/a/,fibre,\"Hộ, xã \"\"có\"\" cáp quang\",%";
    assert_eq!(lines[1], format!("{start},target,2025,,>,80,,vi"));
    assert_eq!(lines[2], format!("{start},target,2030,,,100,,vi"));
    assert_eq!(lines[3], format!("{start},measured,2024,2024-07-19,,82.5,Hội nghị,vi"));
    assert_eq!(&lines[4..], [""]);
    assert!(built.out("_headers").contains("/*.csv\n  Content-Type: text/csv; charset=utf-8"));
    assert!(built.out("van-ban/index.html").contains("data-source=\"/documents.json\""));
}

#[test]
fn without_documents_there_are_no_files() {
    let built = Portal::new().build_clean();
    assert!(!built.has("documents.json") && !built.has("targets.csv"));
    let built = document(Portal::new(), "a", "1/QĐ-TTg", 2019, "").build_clean();
    assert!(built.has("documents.json") && !built.has("targets.csv"));
    assert_eq!(json(&built, "documents.json")["licence"], Json::Null);
}
