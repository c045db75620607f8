//! Citations: numbers in texts become links to documents, documents tell who cites them, and what is not
//! clear is told.

use congso::base::lang::Lang;
use congso::diag::Severity;
use congso::site::publication::{Preview, Shown};

use crate::markup::{Tag, select};
use crate::support::{Built, Portal, congso};

/// A legal document with some more lines of front matter.
pub fn document(number: &str, issued: &str, lines: &str) -> String {
    let kind = "type: decision\nagency: prime-minister\n";
    format!("---\ntitle: Văn bản {number}\nnumber: {number}\nissued: {issued}\n{kind}{lines}---\n\nTóm tắt.\n")
}

/// A portal with Decision 749 in both languages and Decision 942 in one.
fn portal() -> Portal {
    Portal::new()
        .file("content/decisions/749.md", document("749/QĐ-TTg", "2020-06-03", ""))
        .file("content/decisions/749.en.md", "---\ntitle: National programme\n---\n\nSummary.\n")
        .file("content/decisions/942.md", document("942/QĐ-TTg", "2021-06-15", ""))
}

/// The links of a page that are citations: address, text, language of the page they lead to.
fn cited(built: &Built, path: &str) -> Vec<(String, String, Option<String>)> {
    let links = citations(&built.out(path)).into_iter();
    links.map(|a| (a.get("href").to_owned(), a.text.clone(), a.attributes.get("hreflang").cloned())).collect()
}

fn citations(html: &str) -> Vec<Tag> {
    select(html, "a").into_iter().filter(|a| a.get("class") == "citation").collect()
}

/// Where the pages lead that a document lists as citing it.
fn citing(built: &Built, path: &str) -> Vec<String> {
    let html = built.out(path);
    let part = html.split("aria-labelledby=\"cs-cited-by\"").nth(1).and_then(|part| part.split("</section>").next());
    let links = select(part.unwrap_or_default(), "a").into_iter();
    links.filter(|a| !a.get("href").starts_with("/chu-de/")).map(|a| a.get("href").to_owned()).collect()
}

pub fn addresses(built: &Built, path: &str) -> Vec<String> {
    cited(built, path).into_iter().map(|(href, ..)| href).collect()
}

const VI_749: &str = "/van-ban/2020/749/";

#[test]
fn the_first_mention_in_each_section_is_a_link_with_the_name_of_the_document() {
    let text = "Theo Quyết định số 749/QĐ-TTg, tức 749/QĐ-TTg.\n\n## Mục 749/QĐ-TTg\n\n- 749/QĐ- TTg\n- 749/QĐ-TTg\n\n\
                ### Phần\n\n[Quyết định 749/QĐ-TTg](../decisions/749.md), lại 749/QĐ-TTg\n";
    let built = portal().news("a.md", "date: 2026-01-02", text).build_clean();
    let name = |number: &str| (VI_749.to_owned(), format!("{number}: Văn bản 749/QĐ-TTg"), None);
    assert_eq!(cited(&built, "tin-tuc/a/index.html"), [name("749/QĐ-TTg"), name("749/QĐ- TTg")]);
    let html = built.out("tin-tuc/a/index.html");
    assert!(html.contains(", tức <span class=\"number\">749/QĐ-TTg</span>."), "{html}");
    // Headings and their contents list hold no links to documents.
    assert!(select(&html, "h2").iter().chain(&select(&html, "nav")).all(|part| !part.text.contains("Văn bản 749")));
    let nested = html.split("<a ").skip(1).filter(|part| !part.contains("</a>"));
    assert_eq!(nested.count(), 0);
}

#[test]
fn each_language_leads_to_its_own_page_or_to_the_one_there_is() {
    let built = portal()
        .news("a.md", "date: 2026-01-02", "Quyết định 749/QĐ-TTg")
        .file("content/news/a.en.md", "---\ntitle: A\n---\n\nDecision No. 749/QD-TTg and Decision No. 942/QD-TTg\n")
        .build_clean();
    let vi = Some("vi".to_owned());
    assert_eq!(
        cited(&built, "en/news/a/index.html"),
        [
            ("/en/decisions/2020/749/".to_owned(), "749/QD-TTg: National programme".to_owned(), None),
            ("/van-ban/2021/942/".to_owned(), "942/QD-TTg: Văn bản 942/QĐ-TTg".to_owned(), vi),
        ]
    );
    assert!(built.out("en/news/a/index.html").contains("<span class=\"hidden\" lang=\"vi\">: Văn bản 942"));
    // The English text cites what the Vietnamese one does not: the set counts once, in the reader's language.
    assert_eq!(citing(&built, "van-ban/2020/749/index.html"), ["/tin-tuc/a/"]);
    assert_eq!(citing(&built, "en/decisions/2020/749/index.html"), ["/en/news/a/"]);
    assert_eq!(citing(&built, "van-ban/2021/942/index.html"), ["/tin-tuc/a/"]);
}

#[test]
fn documents_list_who_cites_them_newest_first_and_never_themselves() {
    let built = portal()
        .file("content/decisions/943.md", document("943/QĐ-TTg", "2022-01-02", "description: Theo 749/QĐ-TTg\n"))
        .news("a.md", "date: 2026-01-02", "Quyết định 749/QĐ-TTg")
        .news("b.md", "date: 2026-03-02\ndescription: Theo Quyết định 749/QĐ-TTg", "Không.")
        .news("c.md", "date: 2026-02-02\nwithdrawn: {date: 2026-02-03}", "Quyết định 749/QĐ-TTg")
        .file("content/decisions/749.md", document("749/QĐ-TTg", "2020-06-03", "description: Tóm tắt 749/QĐ-TTg\n"))
        .build_clean();
    let path = "van-ban/2020/749/index.html";
    assert_eq!(citing(&built, path), ["/tin-tuc/b/", "/tin-tuc/a/", "/van-ban/2022/943/"]);
    assert!(cited(&built, path).is_empty());
    assert!(!built.out("van-ban/2021/942/index.html").contains("cs-cited-by"), "an empty list has no heading");
}

#[test]
fn two_documents_of_one_number_are_told_apart_by_the_date() {
    let two = || {
        Portal::new()
            .file("content/decisions/a.md", document("50/NQ-CP", "2020-04-17", ""))
            .file("content/decisions/b.md", document("50/NQ-CP", "2021-05-20", ""))
    };
    let text = "Nghị quyết số 50/NQ-CP ngày 17/4/2020\n\n## Hai\n\nNghị quyết 50/NQ-CP ngày 20 tháng 5 năm 2021\n\n## Ba\n\n\
                Nghị quyết 50/NQ-CP năm 2021\n\n## Bốn\n\nNghị quyết 50/NQ-CP ngày 1/1/2019";
    let built = two().news("n.md", "date: 2026-01-02", text).build_clean();
    assert_eq!(addresses(&built, "tin-tuc/n/index.html"), ["/van-ban/2020/a/", "/van-ban/2021/b/", "/van-ban/2021/b/"]);
    let built = two().news("n.md", "date: 2026-01-02", "Nghị quyết 50/NQ-CP").build();
    assert_eq!(built.codes(Severity::Warning), ["citation-unclear"]);
    assert_eq!(addresses(&built, "tin-tuc/n/index.html"), [""; 0]);
    let told = built.messages(Lang::Vi);
    assert!(told.contains("content/decisions/a.md") && told.contains("content/decisions/b.md"), "{told}");
    assert!(told.contains("content/news/n.md:6"), "{told}");
    // A document means itself.
    two()
        .file("content/decisions/a.md", document("50/NQ-CP", "2020-04-17", "description: Theo 50/NQ-CP\n"))
        .build_clean();
}

#[test]
fn a_link_of_the_writers_own_says_which_of_two_documents_is_meant() {
    let two = |text: &str| {
        Portal::new()
            .file("content/decisions/a.md", document("50/NQ-CP", "2020-04-17", ""))
            .file("content/decisions/b.md", document("50/NQ-CP", "2021-05-20", ""))
            .news("n.md", "date: 2026-01-02", text)
    };
    let b = "van-ban/2021/b/index.html";
    for text in [
        "[Nghị quyết số 50/NQ-CP](../decisions/b.md)",
        "[Nghị quyết số **50**/NQ-CP](/decisions/b.md)",
        "[Nghị quyết số 50/NQ-CP](/van-ban/2021/b/)",
        "[Nghị quyết số 50/NQ-CP ngày 17/4/2020](/decisions/b.md)",
        "## [Nghị quyết số 50/NQ-CP](../decisions/b.md)",
    ] {
        let built = two(text).build_clean();
        assert_eq!(citing(&built, b), ["/tin-tuc/n/"], "{text}");
        assert_eq!(citing(&built, "van-ban/2020/a/index.html"), [""; 0], "{text}");
        assert_eq!(addresses(&built, "tin-tuc/n/index.html"), [""; 0], "{text}");
    }
    // The link counts as the first mention of its section; a number outside still has to say which is meant.
    let text = "[Nghị quyết 50/NQ-CP](../decisions/b.md), tức Nghị quyết 50/NQ-CP ngày 20/5/2021";
    let built = two(text).build_clean();
    assert_eq!(addresses(&built, "tin-tuc/n/index.html"), [""; 0]);
    two("[Nghị quyết 50/NQ-CP](../decisions/b.md), Nghị quyết 50/NQ-CP")
        .accepted(&[("citation-unclear", "content/news/n.md:6")]);
    // A link to anything else says nothing.
    for link in ["../decisions/c.md", "https://example.vn/50-NQ-CP"] {
        two(&format!("[Nghị quyết 50/NQ-CP]({link})"))
            .file("content/decisions/c.md", document("52/NQ-CP", "2021-05-20", ""))
            .accepted(&[("citation-unclear", "content/news/n.md:6")]);
    }
}

#[test]
fn one_identity_in_two_files_is_an_error_that_names_both() {
    let portal = portal().file("content/decisions/c.md", document("749/QD-TTg", "2020-06-03", ""));
    let built = portal.refused(&[("duplicate-document", "content/decisions/c.md:3")]);
    let told = built.messages(Lang::En);
    assert!(told.contains("content/decisions/749.md") && told.contains("content/decisions/c.md"), "{told}");
    // A draft is none yet.
    let draft = document("749/QD-TTg", "2020-06-03", "draft: true\n");
    portal.file("content/decisions/c.md", draft).accepted(&[]);
}

#[test]
fn what_is_withheld_is_neither_linked_nor_named() {
    let hidden = |lines: &str| document("411/QĐ-TTg", "2022-03-31", lines).replace("Văn bản 411", "Bí mật 411");
    for lines in
        ["draft: true\n", "publish: 2027-01-01\n", "unpublish: 2026-01-01\n", "withdrawn: {date: 2026-01-01}\n"]
    {
        let mut portal = portal()
            .file("content/decisions/411.md", hidden(lines))
            .news("a.md", "date: 2026-01-02", "Quyết định 411/QĐ-TTg và 749/QĐ-TTg")
            .news("b.md", "date: 2026-01-02\ndraft: true\ndescription: Bí mật", "Quyết định 749/QĐ-TTg");
        let built = portal.build();
        assert_eq!(addresses(&built, "tin-tuc/a/index.html"), [VI_749], "{lines}");
        for (path, bytes) in built.tree() {
            assert!(!String::from_utf8_lossy(&bytes).contains("Bí mật"), "{path} {lines}");
        }
        assert_eq!(citing(&built, "van-ban/2020/749/index.html"), ["/tin-tuc/a/"]);
        if lines.starts_with("draft") {
            portal.options.preview = Preview { drafts: Shown::Shown, future: Shown::Hidden };
            portal.options.out = portal.root().join("nhap");
            assert_eq!(addresses(&portal.build(), "tin-tuc/a/index.html").len(), 2);
        }
    }
}

#[test]
fn a_replaced_document_that_is_cited_as_in_force_is_told() {
    let portal = |text: &str, date: &str| {
        portal()
            .file(
                "content/decisions/1.md",
                document("1/QĐ-TTg", "2025-01-02", "effective: 2025-02-01\nreplaces: [942/QĐ-TTg]\n"),
            )
            .news("a.md", &format!("date: {date}"), text)
    };
    portal("Theo Quyết định 942/QĐ-TTg.", "2026-01-02").accepted(&[("citation-replaced", "content/news/a.md:6")]);
    let built = portal("Theo Quyết định 942/QĐ-TTg.", "2026-01-02").build();
    let told = built.messages(Lang::Vi);
    assert!(told.contains("1/QĐ-TTg") && told.contains("Văn bản 1/QĐ-TTg"), "{told}");
    for (text, date) in [
        // Written while it was in force.
        ("Theo Quyết định 942/QĐ-TTg.", "2025-01-20"),
        ("Theo Quyết định 942/QĐ-TTg, nay đã hết hiệu lực.", "2026-01-02"),
        ("Theo Quyết định 942/QĐ-TTg.\n\nQuyết định 1/QĐ-TTg đã ban hành.", "2026-01-02"),
        ("Theo Quyết định 749/QĐ-TTg.", "2026-01-02"),
        ("Theo Quyết định \\942/QĐ-TTg.", "2026-01-02"),
    ] {
        portal(text, date).accepted(&[]);
    }
}

#[test]
fn documents_that_others_name_in_relations_are_listed_where_the_portal_lacks_them() {
    let portal = portal()
        .file(
            "content/decisions/1.md",
            document(
                "1/QĐ-TTg",
                "2025-01-02",
                "replaces: [942/QĐ-TTg, 505/QD-TTg]\nbasis: [60/2024/QH15, 505/QĐ-TTg]\n",
            ),
        )
        .file("content/decisions/2.md", document("2/QĐ-TTg", "2025-01-02", "basis: [60/2024/QH15]\n"))
        .news("a.md", "date: 2026-01-02", "Quyết định số 505/QĐ-TTg ngày 22/4/2022");
    let status = congso(portal.root(), &["status", "--ui-lang", "vi"]);
    let cited = "Quyết định 505/QĐ-TTg (Thủ tướng Chính phủ, 2022): 1 trang (content/news/a.md)";
    let lines = [
        format!(
            "{cited}; Căn cứ vào văn bản (`basis`) trong content/decisions/1.md; Thay thế văn bản (`replaces`) trong content/decisions/1.md"
        ),
        "60/2024/QH15 (Quốc hội): Căn cứ vào văn bản (`basis`) trong content/decisions/1.md, content/decisions/2.md"
            .to_owned(),
    ];
    assert!(lines.iter().all(|line| status.stdout.contains(line)), "{}", status.stdout);
    assert!(status.stdout.contains("(2):") && !status.stdout.contains("942/QĐ-TTg"), "{}", status.stdout);
    let json = congso(portal.root(), &["status", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
    let missing = json["missing_documents"].as_array().unwrap();
    assert_eq!(missing[1]["relations"]["basis"][1], "content/decisions/2.md");
    assert_eq!((missing.len(), &missing[0]["relations"]["replaces"][0]), (2, &"content/decisions/1.md".into()));
    // Told while it is built, too.
    let build = congso(portal.root(), &["build", "--verbose", "--ui-lang", "vi"]);
    assert!(build.stderr.contains(&lines[1]) || build.stdout.contains(&lines[1]), "{}{}", build.stdout, build.stderr);
}

#[test]
fn documents_that_the_portal_lacks_are_listed_and_never_linked() {
    let portal = portal()
        .news(
            "a.md",
            "date: 2026-01-02",
            "Quyết định 505/QĐ-TTg ngày 22/4/2022, Nghị quyết 52-NQ/TW, Luật Dữ liệu số 60/2024/QH15",
        )
        .news("b.md", "date: 2026-01-02", "Quyết định số 505/QĐ- TTg");
    let built = portal.build_clean();
    assert_eq!(addresses(&built, "tin-tuc/a/index.html"), [""; 0]);
    assert!(built.out("tin-tuc/a/index.html").contains("<span class=\"number\">505/QĐ-TTg</span>"));
    let line = "Quyết định 505/QĐ-TTg (Thủ tướng Chính phủ, 2022): 2 trang (content/news/a.md, content/news/b.md)";
    let status = congso(portal.root(), &["status", "--ui-lang", "vi"]);
    assert!(status.stdout.contains(line), "{}", status.stdout);
    assert!(status.stdout.contains("Luật 60/2024/QH15 (Quốc hội)"), "{}", status.stdout);
    let json = congso(portal.root(), &["status", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
    let missing = json["missing_documents"].as_array().unwrap();
    assert_eq!(missing.len(), 3);
    assert_eq!(missing[0]["number"], "505/QĐ-TTg");
    assert_eq!(missing[0]["year"], 2022);
    assert_eq!(missing[0]["agency"], "prime-minister");
    assert_eq!(missing[0]["files"].as_array().unwrap().len(), 2);
    // A build that has nothing to do tells the same.
    for _ in 0..2 {
        let verbose = congso(portal.root(), &["build", "--verbose", "--ui-lang", "vi"]);
        assert!(verbose.stderr.contains(line), "{}", verbose.stderr);
    }
    assert!(!congso(portal.root(), &["build", "--ui-lang", "vi"]).stderr.contains("505"));
}

#[test]
fn an_edit_of_one_text_reaches_the_pages_of_the_documents_it_cites() {
    let portal = portal().news("a.md", "date: 2026-01-02", "Quyết định 749/QĐ-TTg");
    portal.build_clean();
    let portal = portal.news("a.md", "date: 2026-01-02", "Quyết định 942/QĐ-TTg");
    let built = portal.build_clean();
    assert!(citing(&built, "van-ban/2020/749/index.html").is_empty());
    assert_eq!(citing(&built, "van-ban/2021/942/index.html"), ["/tin-tuc/a/"]);
    // The name of a document stands in the pages that cite it.
    let portal = portal
        .file("content/decisions/942.md", document("942/QĐ-TTg", "2021-06-15", "").replace("Văn bản", "Chiến lược"));
    let built = portal.build_clean();
    assert_eq!(cited(&built, "tin-tuc/a/index.html")[0].1, "942/QĐ-TTg: Chiến lược 942/QĐ-TTg");
}

#[test]
fn of_very_many_pages_that_cite_a_document_the_newest_are_named() {
    let mut portal = portal();
    for number in 0..53 {
        let date = format!("date: 2025-{:02}-{:02}", 1 + number / 28, 1 + number % 28);
        portal = portal.news(&format!("n{number}.md"), &date, "Quyết định 749/QĐ-TTg");
    }
    let built = portal.build_clean();
    let path = "van-ban/2020/749/index.html";
    let named = citing(&built, path);
    assert_eq!((named.len(), named[0].as_str(), named[49].as_str()), (50, "/tin-tuc/n52/", "/tin-tuc/n3/"));
    assert!(built.out(path).contains("và 3 trang khác"));
}

#[test]
fn a_number_still_to_come_identifies_nothing() {
    let new = || document("00/QĐ-TTg", "2026-01-02", "");
    portal().file("content/decisions/a.md", new()).file("content/decisions/b.md", new()).accepted(&[]);
}

/// The portal of this repository, built by itself.
fn own_portal() -> Built {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut portal = Portal::empty();
    for folder in ["content", "static", "themes", "site.yaml"] {
        for (path, bytes) in crate::support::tree(&root.join(folder)) {
            let path = if path.is_empty() { folder.to_owned() } else { format!("{folder}/{path}") };
            portal.write(&path, bytes);
        }
    }
    portal.options.strictness = congso::build::options::Strictness::Strict;
    portal.build_clean()
}

#[test]
fn the_portal_cites_its_documents() {
    let built = own_portal();
    let pages = |path: &str| citing(&built, path).into_iter().filter(|href| !href.contains("/topics/")).count();
    assert!(pages("van-ban/2020/749-qd-ttg/index.html") >= 10);
    assert!(pages("en/decisions/2020/749-qd-ttg/index.html") >= 10);
    // A space where none belongs hides no document.
    let torn = ("/van-ban/2020/1726-qd-btttt/", "1726/QĐ- BTTTT: ");
    let found = cited(&built, "huong-dan-doc-van-ban/index.html").into_iter();
    assert!(found.into_iter().any(|(href, text, _)| href == torn.0 && text.starts_with(torn.1)));
    assert!(citing(&built, "van-ban/2020/1726-qd-btttt/index.html").contains(&"/huong-dan-doc-van-ban/".to_owned()));
}
