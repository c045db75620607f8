//! Legal documents: their relations and what is wrong with them, their status by time, their lists.

use congso::base::lang::Lang;
use congso::diag::{Code, Severity};

use crate::support::{Built, Portal};

/// A document of the Prime Minister, issued in a year, with some more lines.
pub fn document(portal: Portal, name: &str, number: &str, year: u16, lines: &str) -> Portal {
    let front = format!("title: Văn bản {name}\nnumber: {number}\ntype: decision\nissued: {year}-03-05\n");
    portal.file(
        &format!("content/decisions/{name}.md"),
        format!("---\n{front}agency: prime-minister\n{lines}\n---\nTóm tắt.\n"),
    )
}

/// The messages of a code in a language.
fn told(built: &Built, code: Code, lang: Lang) -> Vec<String> {
    let messages = built.messages(lang);
    messages.split("\n\n").filter(|message| message.contains(&format!("[{}]", code.id()))).map(str::to_owned).collect()
}

#[test]
fn a_loop_of_relations_names_the_whole_chain_and_the_number_that_is_most_likely_wrong() {
    let mut portal = document(Portal::new(), "a", "1/QĐ-TTg", 2019, "amends: [9/QĐ-TTg]\nbasis: [3/QĐ-TTg]");
    portal = document(portal, "b", "2/QĐ-TTg", 2020, "replaces: [1/QĐ-TTg]");
    portal = document(portal, "c", "3/QĐ-TTg", 2021, "implements: [2/QĐ-TTg]");
    let built = portal.build();
    assert!(built.outcome.report.is_none());
    for lang in Lang::ALL {
        let told = told(&built, Code::RelationLoop, lang);
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].contains("1/QĐ-TTg → 3/QĐ-TTg → 2/QĐ-TTg → 1/QĐ-TTg"), "{}", told[0]);
        assert!(told[0].contains("content/decisions/a.md:8"), "{}", told[0]);
    }
}

#[test]
fn two_ways_to_one_document_are_no_loop() {
    let mut portal = document(Portal::new(), "a", "1/QĐ-TTg", 2019, "");
    portal = document(portal, "b", "2/QĐ-TTg", 2020, "basis: [1/QĐ-TTg]");
    portal = document(portal, "c", "3/QĐ-TTg", 2021, "implements: [2/QĐ-TTg]\nbasis: [1/QĐ-TTg, 2/QĐ-TTg]");
    assert_eq!(portal.build().codes(Severity::Hint), Vec::<&str>::new());
}

#[test]
fn a_document_that_the_portal_lacks_is_no_mistake_but_a_mistyped_number_is() {
    let mut portal = document(Portal::new(), "a", "1/QĐ-TTg", 2019, "");
    portal = document(portal, "b", "2/QĐ-TTg", 2020, "replaces: [42/2022/NĐ-CP, 1 QĐ TTg]\nbasis: [Luật Công nghệ số]");
    let built = portal.build();
    assert!(built.outcome.report.is_some());
    assert_eq!(built.codes(Severity::Hint), ["relation-missing", "relation-mistyped", "relation-number"]);
    assert!(told(&built, Code::RelationMistyped, Lang::Vi)[0].contains("1/QĐ-TTg"));
    assert_eq!(built.codes(Severity::Warning), ["relation-mistyped", "relation-number"]);
}

#[test]
fn the_basis_is_told_on_both_pages() {
    let portal = document(Portal::new(), "a", "1/QĐ-TTg", 2019, "");
    let portal = document(portal, "b", "2/QĐ-TTg", 2020, "basis: [1/QĐ-TTg]");
    let built = portal.build_clean();
    let flat = |path: &str| built.out(path).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(flat("van-ban/2020/b/index.html").contains("<dt>Căn cứ</dt>"));
    assert!(flat("van-ban/2019/a/index.html").contains("<dt>Là căn cứ của</dt>"));
}

#[test]
fn documents_stand_in_lists_by_type_and_status_that_change_with_time() {
    let mut portal = document(Portal::new(), "a", "1/QĐ-TTg", 2019, "effective: 2019-04-01");
    portal = document(portal, "b", "2/QĐ-TTg", 2026, "effective: 2026-11-20\nreplaces: [1/QĐ-TTg]");
    let built = portal.build_clean();
    assert!(built.out("hieu-luc/con-hieu-luc/index.html").contains("1/QĐ-TTg"));
    assert!(built.out("hieu-luc/chua-co-hieu-luc/index.html").contains("2/QĐ-TTg"));
    assert!(built.out("en/document-types/decision/index.html").contains("2/QĐ-TTg"));
    assert!(built.out("en/legal-status/index.html").contains("/en/legal-status/in-force/"));
    let next = built.outcome.report.as_ref().unwrap().next_change.unwrap();
    assert_eq!(next.local.to_string(), "2026-11-20T00:00:00");
    portal.options.now = next.at;
    let later = portal.build_clean();
    assert!(later.out("hieu-luc/con-hieu-luc/index.html").contains("2/QĐ-TTg"));
    assert!(later.out("hieu-luc/da-duoc-thay-the/index.html").contains("1/QĐ-TTg"));
    assert!(!later.tree().contains_key("hieu-luc/chua-co-hieu-luc/index.html"));
}

#[test]
fn an_attachment_is_told_with_its_size_type_and_pages_and_its_size_is_told_anew() {
    let scan = "attachments: [{file: a.pdf, title: Bản quét, pages: 3, scanned: true}]";
    let portal = document(Portal::new(), "a", "1/QĐ-TTg", 2019, scan).file("content/decisions/a.pdf", "a".repeat(3000));
    let page = portal.build_clean().out("van-ban/2019/a/index.html");
    assert!(page.contains("PDF, 3 KB, 3 trang, "), "{page}");
    let portal = portal.file("content/decisions/a.pdf", "a".repeat(9000));
    assert!(portal.build_clean().out("van-ban/2019/a/index.html").contains("PDF, 9 KB, 3 trang, "));
}
