//! Documents of which each province may have one of the same number: told apart by the province that is stated,
//! and found by the one that is named.

use congso::base::lang::Lang;

use crate::citations::{addresses, document};
use crate::support::Portal;

#[test]
fn documents_of_two_provinces_are_told_apart_by_the_name() {
    let settings = crate::support::SETTINGS.replace(
        "menu:",
        "  a: {vi: UBND tỉnh Lào Cai, en: Lao Cai People's Committee}\n  b: {vi: UBND tỉnh Cà Mau, en: Ca Mau People's Committee}\n\
         provinces:\n  lao-cai: {vi: Lào Cai, en: Lao Cai}\n  ca-mau: {vi: Cà Mau, en: Ca Mau}\nmenu:",
    );
    let of = |agency: &str| document("15/2024/QĐ-UBND", "2024-03-04", "").replace("prime-minister", agency);
    let built = Portal::new()
        .file("site.yaml", settings)
        .file("content/decisions/a.md", of("a"))
        .file("content/decisions/b.md", of("b"))
        .news("n.md", "date: 2026-01-02", "Quyết định 15/2024/QĐ-UBND của UBND tỉnh Cà Mau")
        .build_clean();
    assert_eq!(addresses(&built, "tin-tuc/n/index.html"), ["/van-ban/2024/b/"]);
}

/// Two decisions of one number and day, of two provinces, and what more there is.
fn provincial(more: &[(&str, String)]) -> Portal {
    let provinces = "provinces:\n  lao-cai: {vi: Lào Cai, en: Lao Cai}\n  quang-tri: {vi: Quảng Trị, en: Quang Tri}\n  \
                     hue: {vi: Huế, en: Hue}\n";
    let portal = Portal::new()
        .file("site.yaml", format!("{}{provinces}", crate::support::SETTINGS))
        .file("content/decisions/a.md", of_province("a", "lao-cai", ""))
        .file("content/decisions/b.md", of_province("b", "Quảng Trị", ""));
    more.iter().fold(portal, |portal, (path, text)| portal.file(path, text.clone()))
}

fn of_province(title: &str, province: &str, more: &str) -> String {
    let lines = if province.is_empty() { more.to_owned() } else { format!("province: {province}\n{more}") };
    let text = document("15/2024/QĐ-UBND", "2024-03-04", &lines).replace("Văn bản 15/2024/QĐ-UBND", title);
    text.replace("prime-minister", "provincial-peoples-committee")
}

#[test]
fn the_province_that_is_named_near_a_number_tells_whose_document_it_is() {
    let (a, b) = ("/van-ban/2024/a/", "/van-ban/2024/b/");
    for (text, wanted) in [
        ("Quyết định số 15/2024/QĐ-UBND của UBND tỉnh Quảng Trị", vec![b]),
        ("Quyết định 15/2024/QĐ-UBND ngày 04/3/2024 của UBND tỉnh Quảng Trị, khác với Lào Cai", vec![b]),
        ("UBND tỉnh Quảng Trị ban hành Quyết định 15/2024/QĐ-UBND", vec![b]),
        ("Quyết định 15/2024/QĐ-UBND (Lào Cai)", vec![a]),
        (
            "Quyết định 15/2024/QĐ-UBND của UBND tỉnh Lào Cai và Quyết định 15/2024/QĐ-UBND của UBND tỉnh Quảng Trị",
            vec![a, b],
        ),
        (
            "UBND tỉnh Quảng Trị ban hành Quyết định 15/2024/QĐ-UBND, còn Lào Cai ban hành Quyết định 15/2024/QĐ-UBND",
            vec![b, a],
        ),
        // The portal has no such document of this province: it is none of the others.
        ("Quyết định 15/2024/QĐ-UBND của UBND thành phố Huế", vec![]),
        ("Decision No. 15/2024/QD-UBND dated March 4, 2024 of the People's Committee of Quang Tri Province", vec![b]),
        ("Lao Cai's Decision No. 15/2024/QD-UBND", vec![a]),
    ] {
        let built = provincial(&[]).news("n.md", "date: 2026-01-02", text).build_clean();
        assert_eq!(addresses(&built, "tin-tuc/n/index.html"), wanted, "{text}");
    }
    provincial(&[])
        .news("n.md", "date: 2026-01-02", "Quyết định 15/2024/QĐ-UBND")
        .accepted(&[("citation-unclear", "content/news/n.md:6")]);
    let page = provincial(&[]).build_clean().out("van-ban/2024/b/index.html");
    assert!(page.contains("<dt>Tỉnh, thành phố</dt><dd>Quảng Trị</dd>"), "{page}");
    assert!(page.contains(r#""legislationJurisdiction":{"@type":"AdministrativeArea","name":"Quảng Trị"}"#), "{page}");
}

#[test]
fn number_date_and_province_are_one_document() {
    let same = [("content/decisions/c.md", of_province("c", "quang-tri", ""))];
    let built = provincial(&same).refused(&[("duplicate-document", "content/decisions/c.md:3")]);
    assert!(built.messages(Lang::Vi).contains("`province`"), "{}", built.messages(Lang::Vi));
    // Which province it is has to be said where there are several.
    let unsaid = [("content/decisions/c.md", of_province("c", "", ""))];
    provincial(&unsaid).refused(&[("duplicate-document", "content/decisions/c.md:3")]);
    provincial(&[("content/decisions/c.md", of_province("c", "hue", ""))]).build_clean();
    provincial(&[("content/decisions/c.md", of_province("c", "Sai", "").replace("2024-03-04", "2024-03-05"))])
        .refused(&[("unknown-province", "content/decisions/c.md:7")]);
}

#[test]
fn a_number_in_a_relation_means_the_document_of_the_same_province_and_the_last_before() {
    let later = |title: &str, province: &str, number: &str, issued: &str| {
        of_province(title, province, "basis: [15/2024/QĐ-UBND]\n")
            .replace("number: 15/2024/QĐ-UBND", &format!("number: {number}"))
            .replace("2024-03-04", issued)
    };
    let built =
        provincial(&[("content/decisions/c.md", later("c", "quang-tri", "3/QĐ-UBND", "2025-01-02"))]).build_clean();
    assert!(built.out("van-ban/2025/c/index.html").contains("/van-ban/2024/b/"));
    assert!(built.out("van-ban/2024/b/index.html").contains("/van-ban/2025/c/"));
    assert!(!built.out("van-ban/2024/a/index.html").contains("/van-ban/2025/c/"));
    let number = |name: &str, issued: &str, lines: &str| {
        (
            format!("content/decisions/{name}.md"),
            document(name, issued, lines).replace(&format!("number: {name}"), "number: 50/NQ-CP"),
        )
    };
    let mut portal = Portal::new();
    for (path, text) in [number("a", "2020-04-17", ""), number("b", "2021-05-20", ""), number("d", "2023-01-02", "")] {
        portal = portal.file(&path, text);
    }
    let built =
        portal.file("content/decisions/c.md", document("9/QĐ-TTg", "2022-01-02", "basis: [50/NQ-CP]\n")).build_clean();
    let page = built.out("van-ban/2022/c/index.html");
    let relations = page.split("aria-labelledby=\"cs-relations\"").nth(1).unwrap().split("</section>").next().unwrap();
    let links: Vec<&str> = relations.split("href=\"").skip(1).filter_map(|link| link.split('"').next()).collect();
    assert_eq!(links, ["/van-ban/2021/b/"]);
}
