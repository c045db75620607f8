//! Edits of one page that show in another: each by itself, since chance finds them seldom.

use super::aged::Age;
use super::edit::How;
use super::model::{Model, Save, Theme};
use super::{Edited, Pools, Threads, differing, options, same};

/// What is done: fields of one page, its text, or those of another.
type Change = fn(&mut Model);

fn set(model: &mut Model, path: &str, field: &str, value: &str) {
    model.docs.get_mut(&format!("content/{path}")).unwrap().set(field, value);
}

fn text(model: &mut Model, path: &str, text: &str) {
    model.docs.get_mut(&format!("content/{path}")).unwrap().set_body(text);
}

const PDF: &str = "[{file: 749-qd-ttg/Toàn văn.PDF}]";
const IMAGE: &str = "{src: le-ky-niem/Ảnh hội nghị (1).GIF, alt: Ảnh}";
const TARGETS: &str = "[{id: fibre, label: Cáp quang, unit: \"%\", \"2025\": 85}, {id: egdi, label: Hạng}]";

/// What is there first, what is done to another page, and an output that shows it.
const PAIRS: &[(&str, Change, Change, &str)] = &[
    (
        "a file beside a page that moves",
        |model| {
            // Of itself it is in no relation to the other document.
            let fields =
                [("number", "1/QĐ"), ("type", "decision"), ("issued", "2010-01-05"), ("agency", "prime-minister")];
            let doc = super::doc::Doc::new("Cũ nhất", "Chữ.").with(&fields).with(&[("attachments", PDF)]);
            model.docs.insert("content/decisions/cu.md".to_owned(), doc);
        },
        |model| set(model, "decisions/749-qd-ttg/index.md", "slug", "khac"),
        "van-ban/2010/cu/index.html",
    ),
    (
        "a picture beside a page that moves",
        |model| set(model, "news/tin-hai.md", "image", IMAGE),
        |model| set(model, "news/le-ky-niem/index.md", "slug", "khac"),
        "tin-tuc/tin-hai/index.html",
    ),
    (
        "a table of targets of another document",
        |model| text(model, "about.md", ":::targets from=\"decisions/749-qd-ttg/index.md\" only=\"fibre\"\n:::"),
        |model| set(model, "decisions/749-qd-ttg/index.md", "targets", TARGETS),
        "about/index.html",
    ),
    (
        "the number of a document named by another",
        |_| (),
        |model| set(model, "decisions/12-qd-ttg.md", "title", "Quyết định khác"),
        "van-ban/2020/749-qd-ttg/index.html",
    ),
    (
        "the address of a page linked to",
        |model| text(model, "news/tin-hai.md", "[Trang](../about.md)"),
        |model| set(model, "about.md", "slug", "ve"),
        "tin-tuc/tin-hai/index.html",
    ),
    (
        "a page linked to that is taken back",
        |model| text(model, "news/tin-hai.md", "[Trang](tin-ba.md)"),
        |model| set(model, "news/tin-ba.md", "withdrawn", "{date: 2026-10-20}"),
        "tin-tuc/trang/2/index.html",
    ),
    (
        "a translation that comes for a page linked to",
        |model| text(model, "about.en.md", "[News](news/tin-hai.md)"),
        |model| {
            let page = super::doc::Doc::new("Second item", "Words.");
            model.docs.insert("content/news/tin-hai.en.md".to_owned(), page);
        },
        "en/about-us/index.html",
    ),
    (
        "the page that an old address leads to",
        |_| (),
        |model| set(model, "about.md", "slug", "ve"),
        "gioi-thieu-cu/index.html",
    ),
    (
        "an original that changes below its translation",
        |_| (),
        |model| set(model, "news/le-ky-niem/index.md", "authors", "[Người khác]"),
        "en/news/anniversary/index.html",
    ),
    (
        "events named in a text",
        |model| text(model, "about.md", ":::events when=\"all\"\n:::"),
        |model| set(model, "events/tuan-le.md", "title", "Tuần lễ khác"),
        "about/index.html",
    ),
];

#[test]
fn an_edit_shows_wherever_it_is_seen() {
    let pools = Pools::new();
    for (about, before, edit, shown) in PAIRS {
        for age in [Age::New, Age::Hour] {
            let mut portal = Edited::new(Theme::Plain);
            let build = |portal: &Edited, age| {
                let out = portal.root.join("public");
                pools.build(&options(&portal.root, out, &portal.model, &How::Ordinary), Threads::One, age)
            };
            let model = portal.model.clone();
            before(&mut portal.model);
            portal.model.sync(&model, &portal.root, Save::Write);
            let first = build(&portal, age);
            assert!(first.report.is_some(), "{about}: {}", first.diagnostics);
            let model = portal.model.clone();
            edit(&mut portal.model);
            portal.model.sync(&model, &portal.root, Save::KeepTime);
            let kept = build(&portal, age);
            assert!(kept.report.is_some(), "{about}: {}", kept.diagnostics);
            assert!(
                differing(&first.tree, &kept.tree).iter().any(|path| path == shown),
                "{about}: {shown} is the same"
            );
            let root = portal.place.path().canonicalize().unwrap().join("fresh");
            portal.model.write_fresh(&root);
            let asked = options(&root, root.join("elsewhere"), &portal.model, &How::Ordinary);
            let clean = pools.build(&asked, Threads::One, Age::New);
            same(&kept, &clean, about).unwrap_or_else(|error| panic!("{error}"));
        }
    }
}
