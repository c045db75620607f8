//! What is broken stands as it last was, everything else goes on, and mending ends it.

use congso::site::publication::Shown;

use super::{Live, all, base, problems};

fn start(pages: &[(&str, &str)]) -> Live {
    Live::start(base(pages), all(Shown::Hidden))
}

fn news(title: &str, body: &str) -> String {
    format!("---\ntitle: {title}\ndate: 2026-10-01\n---\n\n{body}\n")
}

const A: &str = "content/news/a.md";
const B: &str = "content/news/b.md";
const PAGE_A: &str = "tin-tuc/a/index.html";
const PAGE_B: &str = "tin-tuc/b/index.html";

#[test]
fn a_broken_document_keeps_its_last_good_version_while_another_updates() {
    let mut live = start(&[(A, &news("A", "Một.")), (B, &news("B", "Hai."))]);
    let before = live.text(PAGE_A);
    live.edit(A, Some("---\ntitle: A\nkhong_co: x\n---\n\nHỏng.\n"));
    assert_eq!(live.text(PAGE_A), before);
    live.edit(B, Some(&news("B mới", "Ba.")));
    assert!(live.text(PAGE_A).contains("Một.") && live.text(PAGE_A).contains("B mới"));
    assert!(live.text(PAGE_B).contains("Ba."));
    assert!(live.text("tin-tuc/index.html").contains("B mới"));
    live.edit(A, Some(&news("A", "Lành.")));
    assert!(live.text(PAGE_A).contains("Lành."));
    live.equals_the_build();
}

#[test]
fn the_overlay_is_on_pages_that_depend_on_what_is_broken_only() {
    let mut live = start(&[(A, &news("A", "Một."))]);
    live.edit(A, Some("---\ntitle: A\ndate: 2026-10-01\nkhong_co: x\n---\n\nHỏng.\n"));
    let told = vec![("error".to_owned(), format!("unknown-field {A}:4"))];
    for (page, overlay) in [(PAGE_A, true), ("tin-tuc/index.html", true), ("about/index.html", false)] {
        let state = live.state(page);
        let (full, beside) = if overlay { (told.clone(), vec![]) } else { (vec![], told.clone()) };
        assert_eq!((problems(&state, "overlay"), problems(&state, "problems")), (full, beside), "{page}");
    }
    let problem = live.state(PAGE_A)["overlay"][0].clone();
    assert_eq!(problem["excerpt"][2]["text"], "khong_co: x");
    assert_eq!(problem["editor"], format!("vscode://file/portal/{A}:4:1"));
}

#[test]
fn a_page_comes_back_when_what_it_links_to_does() {
    let mut live = start(&[(A, &news("A", "Một."))]);
    live.edit(A, Some(&news("A", "[b](b.md)")));
    assert!(live.text(PAGE_A).contains("Một."));
    assert_eq!(live.errors(PAGE_A), [format!("broken-link {A}:6")]);
    live.edit(B, Some(&news("B", "Hai.")));
    assert!(live.text(PAGE_A).contains("/tin-tuc/b/"));
    live.equals_the_build();
}

#[test]
fn a_page_comes_back_when_the_heading_it_links_to_does() {
    let mut live = start(&[(A, &news("A", "Một.")), (B, &news("B", "Hai."))]);
    live.edit(A, Some(&news("A", "[b](b.md#muc)")));
    assert!(live.text(PAGE_A).contains("Một."));
    live.edit(B, Some(&news("B", "## Mục {#muc}")));
    assert!(live.text(PAGE_A).contains("/tin-tuc/b/#muc"));
    live.equals_the_build();
}

#[test]
fn a_page_whose_link_loses_its_heading_is_told_of_it_until_one_of_them_is_mended() {
    let mut live = start(&[(A, &news("A", "[b](b.md#muc)")), (B, &news("B", "## Mục {#muc}"))]);
    live.edit(B, Some(&news("B", "Không còn.")));
    assert!(live.text(PAGE_B).contains("Không còn."));
    assert_eq!(live.errors(PAGE_A), [format!("broken-anchor {A}:6")]);
    live.edit(A, Some(&news("A", "[b](b.md)")));
    live.equals_the_build();
}

#[test]
fn a_page_that_becomes_a_draft_with_errors_goes() {
    let mut live = start(&[(A, &news("A", "Một."))]);
    live.edit(A, Some("---\ntitle: A\ndate: 2026-10-01\ndraft: true\nkhong_co: x\n---\n\nHỏng.\n"));
    assert!(live.is_missing(PAGE_A));
    live.equals_the_build();
    assert_eq!(
        problems(&live.state("index.html"), "problems"),
        [("warning".to_owned(), format!("unknown-field {A}:5"))]
    );
    live.edit(A, Some(&news("A", "Lành.")));
    live.equals_the_build();
}

#[test]
fn an_alias_in_the_way_of_another_page_does_not_take_its_place() {
    let mut live = start(&[(A, &news("A", "Một.")), (B, &news("B", "Hai."))]);
    let before = live.text(PAGE_A);
    live.edit(B, Some("---\ntitle: B\ndate: 2026-10-01\naliases: [/tin-tuc/a/]\n---\n\nBa.\n"));
    assert_eq!(live.text(PAGE_A), before);
    assert!(live.text(PAGE_B).contains("Hai."));
    assert_eq!(live.errors(PAGE_B), [format!("alias-shadows {B}")]);
    live.edit(A, None);
    assert!(live.text(PAGE_B).contains("Ba."));
    live.equals_the_build();
}

#[test]
fn what_has_gone_wrong_at_once_is_mended_one_by_one() {
    let mut live = start(&[(A, &news("A", "Một.")), (B, &news("B", "Hai."))]);
    let good = live.files().clone();
    let mut files = good.clone();
    files.insert(A.to_owned(), b"\xff\xfe\0".to_vec());
    files.insert(B.to_owned(), Vec::new());
    files.insert("themes/plain/templates/base.html".to_owned(), b"{% if %}".to_vec());
    files.insert("site.yaml".to_owned(), b"base_url: [".to_vec());
    let pages = [PAGE_A, PAGE_B, "index.html", "tin-tuc/index.html"];
    let before: Vec<String> = pages.iter().map(|page| live.text(page)).collect();
    live.save(files.clone());
    for path in ["site.yaml", A, "themes/plain/templates/base.html", B] {
        let now: Vec<String> = pages.iter().map(|page| live.text(page)).collect();
        assert!(now == before, "before {path} was mended");
        assert!(live.errors("index.html").iter().any(|error| error.contains(path)), "{path}");
        files.insert(path.to_owned(), good[path].clone());
        live.save(files.clone());
    }
    live.equals_the_build();
}

#[test]
fn it_starts_with_anything_broken_and_shows_the_page_once_that_is_mended() {
    let good = base(&[(A, &news("A", "Một."))]);
    let broken: [(&str, &[u8], &str); 4] = [
        ("site.yaml", b"base_url: [\n", "yaml"),
        ("themes/plain/templates/base.html", b"{% if %}\n", "template-syntax"),
        (A, b"---\ntitle: A\nkhong_co: 1\n---\n\nX\n", "unknown-field"),
        (A, b"\xff\xfe\0", "-"),
    ];
    for (path, bytes, code) in broken {
        let mut files = good.clone();
        files.insert(path.to_owned(), bytes.to_vec());
        let mut live = Live::start(files, all(Shown::Hidden));
        let state = live.state(PAGE_A);
        assert_eq!(state["stage"], "ready", "{path}");
        let told = [problems(&state, "overlay"), problems(&state, "problems")].concat();
        let here = |(severity, told): &(String, String)| severity == "error" && told.contains(path);
        assert!(told.iter().any(here) && (code == "-" || told.iter().any(|(_, told)| told.contains(code))), "{told:?}");
        live.save(good.clone());
        assert!(live.text(PAGE_A).contains("Một."), "{path}");
        live.equals_the_build();
    }
}

#[test]
fn a_document_broken_while_the_language_of_the_site_changes_does_not_come_back_in_the_wrong_one() {
    let mut files = base(&[(A, &news("A", "Một.")), ("content/news/a.vi.md", &news("Hai", "Hai."))]);
    files.retain(|path, _| !path.ends_with("_index.en.md"));
    let mut live = Live::start(files, all(Shown::Hidden));
    assert_ne!(live.errors(PAGE_A), [""; 0], "two files for one page");
    let mut files = live.files().clone();
    let settings = String::from_utf8(files["site.yaml"].clone()).unwrap();
    files.insert("site.yaml".to_owned(), format!("default_language: en\n{settings}").into_bytes());
    files.insert(A.to_owned(), b"---\ntitle: [\n---\n".to_vec());
    live.save(files.clone());
    files.insert(A.to_owned(), news("A", "English.").into_bytes());
    live.save(files);
    live.equals_the_build();
}

#[test]
fn a_section_whose_address_is_taken_holds_no_page_back() {
    const SECTION: &str = "content/decisions/_index.md";
    const INSIDE: &str = "content/decisions/d.md";
    const PAGE: &str = "van-ban/2020/d/index.html";
    let section = |slug: &str| format!("---\ntitle: Văn bản\nkind: decision\nslug: {slug}\n---\n");
    let inside = |title: &str| {
        format!(
            "---\ntitle: {title}\nnumber: 1/QĐ-TTg\ntype: decision\nissued: 2020-01-01\nagency: prime-minister\n---\n"
        )
    };
    // A file that stands where the folder would be is in the way of everything in it.
    let mut live = start(&[("static/moi", "Tệp."), (SECTION, &section("van-ban")), (INSIDE, &inside("D"))]);
    let mut files = live.files().clone();
    files.insert(SECTION.to_owned(), section("moi").into_bytes());
    files.insert(INSIDE.to_owned(), inside("Mới").into_bytes());
    live.save(files);
    assert!(live.text(PAGE).contains("Mới"), "{}", live.text(PAGE));
    live.edit(SECTION, Some(&section("quyet-dinh")));
    live.equals_the_build();
}

#[test]
fn a_held_page_keeps_its_text_when_the_settings_make_all_be_read_anew() {
    let mut live = start(&[(A, &news("A", "Một."))]);
    let settings = String::from_utf8(live.files()["site.yaml"].clone()).unwrap();
    live.edit(A, Some("---\ntitle: [\n---\n\nHỏng.\n"));
    for policy in ["markdown: {html: escape}\n", "", "markdown: {html: escape}\n", ""] {
        live.edit("site.yaml", Some(&format!("{settings}{policy}")));
        assert!(live.text(PAGE_A).contains("<p>Một.</p>"), "{policy}: {}", live.text(PAGE_A));
        live.engine.changed(congso::serve::watch::Change::All);
        live.engine.settled();
        assert!(live.text(PAGE_A).contains("<p>Một.</p>"), "{policy}: {}", live.text(PAGE_A));
    }
    live.edit(A, Some(&news("A", "Lành.")));
    live.equals_the_build();
}

#[test]
fn what_is_wrong_with_names_is_told_as_long_as_it_is() {
    let mut live = start(&[("content/news/x.fr.md", &news("X", "Un."))]);
    let told = |live: &Live| problems(&live.state("index.html"), "problems");
    let french = ("error".to_owned(), "unknown-language content/news/x.fr.md".to_owned());
    assert_eq!(told(&live), std::slice::from_ref(&french));
    live.edit(A, Some(&news("A", "Một.")));
    assert_eq!(told(&live), std::slice::from_ref(&french));
    live.edit("content/news/b.md.txt", Some("B"));
    let text = ("warning".to_owned(), "markdown-as-text content/news/b.md.txt".to_owned());
    assert_eq!(told(&live), [text.clone(), french]);
    live.edit("content/news/x.fr.md", None);
    assert_eq!(told(&live), [text]);
    live.edit("content/news/b.md.txt", None);
    live.equals_the_build();
}

#[test]
fn what_a_listing_tells_is_told_once_and_goes_when_it_is_mended() {
    use congso::base::path::RelPath;
    use congso::serve::watch::Change;
    let mut live = start(&[]);
    let link = live.root().join("content/news/ra-ngoai.md");
    std::os::unix::fs::symlink("/etc/hostname", &link).unwrap();
    let folder = || Change::Paths([RelPath::new("content/news").unwrap()].into());
    for _ in 0..3 {
        live.engine.changed(folder());
        live.engine.settled();
        let told = problems(&live.state("index.html"), "problems");
        assert_eq!(told, [("error".to_owned(), "symlink-outside content/news/ra-ngoai.md".to_owned())]);
    }
    std::fs::remove_file(link).unwrap();
    live.engine.changed(folder());
    live.engine.settled();
    assert_eq!(problems(&live.state("index.html"), "problems"), []);
    live.equals_the_build();
}
