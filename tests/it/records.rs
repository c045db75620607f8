//! A portal with one page of every kind that states every field, and what a page's fields became.

use congso::build::load::load_for_reading;
use congso::site::Page;
use congso::site::meta::Meta;
use congso::source::disk::DiskWorkspace;

use crate::support::{Portal, SERIES, SETTINGS};

pub const NEWS: &str = "---\ntitle: Bài\ndescription: Mô tả riêng\nslug: duong-rieng\nid: dinh-danh\n\
date: 2026-10-01T08:00\nupdated: 2026-10-03\nfeatured: {until: 2026-11-30}\ntopics: [data]\ntags: [an toàn, thẻ tự do]\n\
authors: [Minh Phương]\naliases: [/cu-ky]\nextra: {a: b}\nimage: {src: anh.png, alt: chữ thay, caption: chú thích, credit: người chụp}\n\
source: {name: tên báo, url: https://a.example/x}\ncorrections:\n  - {date: 2026-10-03, text: đính chính}\n---\n\nNội dung.\n";

pub const DECISION: &str = "---\ntitle: Văn bản\nnumber: 749/QĐ-TTg\ntype: decision\nissued: 2020-06-03\n\
effective: 2020-06-04\neffective_until: 2030-12-31\nagency: prime-minister\nprovince: ha-noi\nsigner: người ký\npartly: true\n\
status_checked: {date: 2026-10-01, url: https://a.example/}\nreplaces: [1/QĐ-TTg]\namends: [3/QĐ-TTg]\n\
basis: [4/QĐ-TTg]\nimplements: [52-NQ/TW]\nofficial_url: https://a.example/o\nattachments: [{file: a.pdf, title: tên tệp, pages: 4, scanned: true}]\n\
targets:\n  - id: mot\n    label: tên chỉ tiêu\n    unit: \"%\"\n    \"2025\": 80\n    \"2030\": \">= 100\"\n    source: nguồn chỉ tiêu\n\
\x20   measured: [{value: 17, as_of: 2024-07-19, source: Hội nghị}]\n  - id: hai\n    label: chỉ tiêu hai\n    \"2025\": 1\n---\n\nNội dung.\n";

pub const EVENT: &str = "---\ntitle: Lễ\nstart: 2026-12-05T08:00\nend: 2026-12-06\nall_day: false\nstatus: rescheduled\n\
former_start: 2026-12-01\nattendance: hybrid\nplace: {name: tên nơi, address: địa chỉ nơi, province: ha-noi, url: https://a.example/p}\n\
organiser: đơn vị\nseries: the-day\ntheme: [{text: chủ đề, kind: year, source: nguồn chủ đề, verified: true}]\n---\n\nNội dung.\n";

/// The portal, with originals only.
pub fn portal() -> Portal {
    let more = "provinces:\n  ha-noi: {vi: Hà Nội, en: Ha Noi}\n  hue: {vi: Huế, en: Hue}\n";
    Portal::new()
        .file("site.yaml", format!("{SETTINGS}{SERIES}{more}"))
        .file("content/news/bai.md", NEWS)
        .file("content/news/anh.png", include_bytes!("../fixtures/photos/small.png"))
        .file("content/decisions/vb.md", DECISION)
        .file("content/decisions/a.pdf", "tệp")
        .file("content/events/le.md", EVENT)
        .file("content/cu.md", "---\ntitle: Cũ\nwithdrawn: {date: 2026-10-01, reason: sai}\n---\n")
        .file(
            "content/bao/_index.md",
            "---\ntitle: Báo\nkind: news\nsort: title\npage_size: 5\nfeed: false\narchive: false\nlayout: section.html\n---\n",
        )
}

/// A page as the program linked it.
#[track_caller]
pub fn linked_page(portal: &Portal, file: &str) -> Page {
    let workspace = DiskWorkspace::new(portal.root());
    let (linked, _) = load_for_reading(portal.root(), portal.options.now, &workspace);
    let pages = linked.unwrap().site.pages;
    pages.into_iter().find(|page| page.document.path.as_str() == file).unwrap_or_else(|| panic!("no page {file}"))
}

/// The fields of a page.
#[track_caller]
pub fn page_meta(portal: &Portal, file: &str) -> Meta {
    *linked_page(portal, file).meta
}
