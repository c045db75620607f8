//! Portals for the codes of pages: front matter, text, links and addresses.

use congso::diag::Code;

use super::{Build, Way, news, page, text};
use crate::support::{Portal, SETTINGS};

/// A portal with a news item and its translation, with some more lines each.
fn pair(original: &str, translation: &str) -> Portal {
    news(original).file("content/news/a.en.md", format!("---\ntitle: Item\n{translation}---\n"))
}

/// A portal with a legal document with some more lines.
fn decision(agency: &str, lines: &str) -> Portal {
    let front = format!("title: Quyết định\nnumber: 1/QĐ-TTg\ntype: decision\nissued: 2026-01-02\nagency: {agency}\n");
    Portal::new().file("content/decisions/a.md", format!("---\n{front}{lines}---\n"))
}

/// A portal with two legal documents of one number, and a news item.
fn numbered(issued: &str, text: &str) -> Portal {
    let front =
        format!("title: Quyết định\nnumber: 1/QĐ-TTg\ntype: decision\nissued: {issued}\nagency: prime-minister\n");
    let portal = decision("prime-minister", "").file("content/decisions/b.md", format!("---\n{front}---\n"));
    portal.file("content/news/c.md", page("") + text + "\n")
}

/// A portal with an event with some more lines.
fn event(lines: &str) -> Portal {
    Portal::new().file("content/events/a.md", format!("---\ntitle: Sự kiện\n{lines}---\n"))
}

/// A portal with a second news item.
fn second(portal: Portal, name: &str, lines: &str) -> Portal {
    portal.file(&format!("content/news/{name}"), page(lines))
}

/// A portal that shows a file as a picture.
#[cfg(feature = "images")]
fn shown(name: &str, bytes: &[u8]) -> Portal {
    text(&format!("![Ảnh]({name})")).file(&format!("content/news/{name}"), bytes)
}

/// A JPEG whose head says that it has 60,000 × 60,000 pixels (ISO/IEC 10918-1, B.2.2).
#[cfg(feature = "images")]
fn bomb() -> Vec<u8> {
    let mut bytes = crate::images::jpeg(64, 64, 1);
    let at = bytes.windows(2).position(|pair| pair == [0xff, 0xc0]).unwrap();
    bytes[at + 5..at + 9].copy_from_slice(&[0xea, 0x60, 0xea, 0x60]);
    bytes
}

pub(super) fn way(code: Code) -> Option<Way> {
    let portal = match code {
        Code::YamlSyntax => news("extra: [a\n"),
        Code::YamlTab => news("extra:\n\ta: b\n"),
        Code::YamlDuplicateKey => news("title: Bài\n"),
        Code::YamlUnclosedQuote => news("slug: \"a\n"),
        Code::YamlAlias => news("id: &a b\nslug: *a\n"),
        Code::YamlTooDeep => news(&format!("extra: {{a: {}{}}}\n", "[".repeat(40), "]".repeat(40))),
        Code::YamlNotMapping => Portal::new().file("content/news/a.md", "---\n- title\n---\n"),
        Code::YamlRescuedText => news("description: Một: hai\n"),
        Code::FrontMatterMissing => Portal::new().file("content/news/a.md", "Bài viết.\n"),
        Code::FrontMatterUnclosed => Portal::new().file("content/news/a.md", "---\ntitle: Bài\n"),
        Code::UnknownField => news("titel: Bài\n"),
        Code::FieldNotForKind => news("number: 1/QĐ-TTg\n"),
        Code::FieldMissing => event(""),
        Code::FieldEmpty => Portal::new().file("content/news/a.md", "---\ntitle: \"\"\ndate: 2026-01-02\n---\n"),
        Code::WrongType => news("draft: [1]\n"),
        Code::BadDate => news("updated: 30/2/2026\n"),
        Code::BadChoice => event("start: 2026-12-01\nstatus: có lẽ\n"),
        Code::BadSlug => news("slug: Bài\n"),
        Code::ReservedSlug => Portal::new().file("content/the.md", "---\ntitle: Thẻ\n---\n"),
        Code::BadAlias => news("aliases: [cu]\n"),
        Code::BadUrl => news("source: {name: Báo, url: www}\n"),
        Code::BadTarget => decision("government", "targets: [{label: Một}]\n"),
        Code::ExpiresField => news("expires: 2027-01-01\n"),
        Code::EndBeforeStart => event("start: 2026-12-02\nend: 2026-12-01\n"),
        Code::InheritedField => pair("", "date: 2026-01-03\n"),
        Code::UnmatchedListEntry => {
            pair("corrections: [{date: 2026-01-03, text: Một}]\n", "corrections: [{date: 2026-01-04, text: One}]\n")
        }
        Code::UnknownTopic => news("topics: [x]\n"),
        Code::UnknownAgency => decision("x", ""),
        Code::UnknownProvince => decision("government", "province: x\n"),
        Code::UnknownSeries => event("start: 2026-12-01\nseries: x\n"),
        Code::FormerStart => event("start: 2026-12-01\nformer_start: 2026-11-30\n"),
        Code::FormerStartMissing => event("start: 2026-12-01\nstatus: rescheduled\n"),
        Code::FormerProvince => event("start: 2026-12-01\nplace: {province: cu}\n").file(
            "site.yaml",
            format!("{SETTINGS}provinces:\n  cu: {{vi: Tỉnh Cũ, en: Old Province, until: 2025-06-30}}\n"),
        ),
        Code::LateDate => event("start: 2026-12-01\ndate: 2026-12-01\n"),
        Code::EffectBeforeIssue => decision("government", "effective: 2026-01-01\n"),
        Code::ScanWithoutSummary => {
            decision("government", "attachments: [{file: a.pdf, scanned: true}]\n").file("content/decisions/a.pdf", "")
        }
        Code::RelationLoop => decision("government", "replaces: [1/QĐ-TTg]\n"),
        Code::RelationNumber => decision("government", "basis: [Luật Chuyển đổi số]\n"),
        Code::RelationMistyped => decision("government", "").file(
            "content/decisions/b.md",
            "---\ntitle: Hai\nnumber: 2/QĐ-TTg\ntype: decision\nissued: 2026-01-03\nagency: government\namends: [1 QĐ TTg]\n---\n",
        ),
        Code::RelationMissing => decision("government", "implements: [52-NQ/TW]\n"),
        Code::DuplicateId => second(news("id: x\n"), "b.md", "id: x\n"),
        Code::DuplicateDocument => numbered("2026-01-02", ""),
        Code::CitationUnclear => numbered("2025-01-02", "Theo Quyết định số 1/QĐ-TTg."),
        Code::CitationReplaced => {
            let portal =
                decision("prime-minister", "").file("content/news/c.md", page("") + "Theo Quyết định 01/QĐ-TTg.\n");
            let front = "title: Quyết định\nnumber: 2/QĐ-TTg\ntype: decision\nissued: 2026-01-02\nagency: prime-minister\nreplaces: [1/QĐ-TTg]\n";
            portal.file("content/decisions/b.md", format!("---\n{front}---\n"))
        }
        Code::DirectiveUnknown => text(":::abc\n:::"),
        Code::DirectiveUnclosed => text(":::callout\nMột."),
        Code::DirectiveStray => text("Một.\n\n:::"),
        Code::DirectiveSyntax => text(":::callout title=\"Một\nHai.\n:::"),
        Code::DirectiveAttribute => text(":::callout colour=\"red\"\nMột.\n:::"),
        Code::DirectiveMissing => text(":::video url=\"https://a.example/\"\n:::"),
        Code::DirectiveBody => text(":::events\nMột.\n:::"),
        Code::DirectiveDepth => text(&format!("{}Một.\n{}", ":::callout\n".repeat(40), ":::\n".repeat(40))),
        Code::DangerousLink => text("[Một](javascript:alert(1))"),
        Code::HtmlRemoved => text("<script>alert(1)</script>"),
        Code::HtmlTooDeep => text(&"<div>".repeat(2_000)),
        Code::IndentedProse => text("Một.\n\n    Chuyển đổi số là việc của mọi người dân và mọi doanh nghiệp.\n"),
        Code::ImageWithoutAlt => text("![](b.gif)").file("content/news/b.gif", ""),
        #[cfg(feature = "images")]
        Code::ImageHeic => shown("a.jpg", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"),
        #[cfg(feature = "images")]
        Code::ImageBroken => shown("a.jpg", b"<html>"),
        #[cfg(feature = "images")]
        Code::ImageHuge => shown("a.jpg", &bomb()),
        #[cfg(feature = "images")]
        Code::ImageMisnamed => shown("a.jpg", include_bytes!("../../fixtures/photos/small.png")),
        Code::HeadingLevelOne => text("# Một"),
        Code::UnknownSpanLang => text("[Một]{lang=12345}"),
        Code::FootnoteUndefined => text("Một.[^1]"),
        Code::FootnoteUnused => text("Một.\n\n[^1]: Hai."),
        Code::BrokenLink => text("[Một](b.md)"),
        Code::BrokenAnchor => text("[Một](#hai)"),
        Code::BrokenFile => text("[Một](b.pdf)"),
        Code::WrongCase => text("[Một](B.pdf)").file("content/news/b.pdf", ""),
        Code::LinkLeavesContent => text("[Một](../../b.pdf)"),
        Code::LinkWithheld => second(text("[Một](b.md)"), "b.md", "draft: true\n"),
        Code::UnknownLanguage => second(news(""), "b.fr.md", ""),
        Code::DoubleSource => second(news(""), "a.vi.md", ""),
        Code::UrlCollision => second(news(""), "b.md", "slug: a\n"),
        Code::AliasShadows => second(news(""), "b.md", "aliases: [/tin-tuc/a/]\n"),
        _ => return None,
    };
    Some(Build(portal))
}
